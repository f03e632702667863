/* Rule files that load: what becomes of them. What is wrong in rule files is in
 * spec/rules-errors.test. */
#include "base/buf.h"
#include "rules/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct fixture {
    rg_arena *arena;
    const rg_rules *rules;
    char first[512]; /* the first finding: "LINE:COLUMN: TEXT" */
    int findings;
} fixture;

static void note_first(void *user, const rg_message *message)
{
    fixture *f = user;
    if (f->findings++ == 0)
        snprintf(f->first, sizeof f->first, "%d:%d: %.*s", message->line,
                 message->column, RG_PRINT(message->text));
}

static bool load(fixture *f, const char *text)
{
    rg_file file = {.path = RG_STR("test.yaml"), .text = rg_str_of(text)};
    rg_rules_request request = {.texts = &file, .text_count = 1};
    rg_error err = {0};
    bool ok = rg_rules_load(&f->rules, f->arena, &request, (rg_reporter){note_first, f},
                            &err);
    assert_int_equal(ok, err.kind == RG_ERROR_NONE);
    assert_true(ok || (err.kind == RG_ERROR_RULE && err.reported));
    return ok;
}

static int start(void **state)
{
    static fixture f;
    f = (fixture){.arena = rg_arena_new()};
    *state = &f;
    return f.arena ? 0 : 1;
}

static int stop(void **state)
{
    fixture *f = *state;
    rg_rules_free(f->rules);
    rg_arena_free(f->arena);
    return 0;
}

static void assert_text(rg_str found, const char *wanted)
{
    char text[256];
    snprintf(text, sizeof text, "%.*s", RG_PRINT(found));
    assert_string_equal(text, wanted);
}

#define HEAD "relgraph: 1\nderive: {SUBJ: v >nsubj, OBJ: v >dobj}\n"

static void names_may_be_used_before_they_are_declared(void **state)
{
    fixture *f = *state;
    assert_true(load(f,
                     "relgraph: 1\n"
                     "rules:\n"
                     "  - rule: r\n"
                     "    match: {verb: \"[$judge]\"}\n"
                     "    args: {subject: \"verb >SUBJ[:org]\", object: verb >dobj}\n"
                     "    relation: x\n"
                     "derive: {SUBJ: v >nsubj}\n"
                     "types: {org: {list: $judge}}\n"
                     "lists: {judge: [judge]}\n"));
    assert_int_equal(f->rules->rule_count, 1);
    assert_true(f->rules->lists[0].used);
}

static void args_are_ordered_so_that_each_starts_at_a_bound_name(void **state)
{
    fixture *f = *state;
    assert_true(load(f, HEAD
                     "rules:\n"
                     "  - rule: r\n"
                     "    match: {verb: \"[VERB]\"}\n"
                     "    args: {object: p >pobj, topic: state >SUBJ,\n"
                     "           subject: verb >SUBJ, state: verb >ccomp >prep=p}\n"
                     "    relation: \"{topic}\"\n"));
    const rg_rule *rule = &f->rules->rules[0];
    const char *const order[] = {"subject", "state", "object", "topic"};
    assert_int_equal(rule->arg_count, 4);
    for (int i = 0; i < 4; i++)
        assert_text(rule->slots.names[rule->args[i].slot], order[i]);
    assert_text(rule->slots.names[0], "verb");
}

static void subject_and_object_are_the_first_args_unless_named(void **state)
{
    fixture *f = *state;
    assert_true(load(f, HEAD "rules:\n"
                             "  - rule: first\n"
                             "    match: {v: \"[VERB]\"}\n"
                             "    args: {agent: v >SUBJ, thing: v >OBJ}\n"
                             "    relation: x\n"
                             "  - rule: named\n"
                             "    match: {v: \"[VERB]\"}\n"
                             "    args: {object: v >SUBJ, agent: v >OBJ}\n"
                             "    relation: x\n"
                             "  - rule: told\n"
                             "    match: {v: \"[VERB]\"}\n"
                             "    args: {a: v >SUBJ, b: v >OBJ}\n"
                             "    subject: b\n"
                             "    object: v\n"
                             "    relation: \"{a}\"\n"));
    const char *const wanted[][2] = {
        {"agent", "thing"}, {"agent", "object"}, {"b", "v"}};
    for (int i = 0; i < 3; i++) {
        const rg_rule *rule = &f->rules->rules[i];
        assert_text(rule->slots.names[rule->subject], wanted[i][0]);
        assert_text(rule->slots.names[rule->object], wanted[i][1]);
    }
}

#define SMALL(id, more)                                                                \
    "  - {rule: " id                                                                   \
    ", match: {v: \"[VERB]\"}, args: {a: v >SUBJ, b: v >OBJ}, relation: x" more "}\n"

static void rules_lie_by_priority_then_as_written(void **state)
{
    fixture *f = *state;
    assert_true(load(f, HEAD "rules:\n" SMALL("low", ", priority: 10") SMALL("one", "")
                            SMALL("two", ", priority: 50")
                                SMALL("high", ", priority: 51")));
    const char *const order[] = {"high", "one", "two", "low"};
    for (int i = 0; i < 4; i++)
        assert_text(f->rules->rules[i].id, order[i]);
    assert_int_equal(f->rules->rules[3].line, 4);
}

static void a_rule_has_its_defaults(void **state)
{
    fixture *f = *state;
    assert_true(load(f,
                     HEAD "rules:\n"
                          "  - {match: {v: \"[VERB]\"}, args: {a: v >SUBJ, b: v >OBJ},"
                          " relation: x}\n"));
    const rg_rule *rule = &f->rules->rules[0];
    assert_text(rule->id, "test-4");
    assert_int_equal(rule->priority, 50);
    assert_true(rule->confidence == 1 && rule->enabled);
    assert_int_equal(rule->consume, RG_CONSUME_EDGES);
}

static void the_keys_of_a_rule_are_kept(void **state)
{
    fixture *f = *state;
    assert_true(load(f, HEAD "rules:\n" SMALL("r", ", confidence: .25, enabled: false,"
                                                   " consume: none, style: adverse,"
                                                   " set: {modality: possible},"
                                                   " not: [v >neg=n | v >det, a >neg],"
                                                   " where: [a .. b],"
                                                   " with: {by: v >agent >pobj},"
                                                   " examples: [S. => none]")));
    const rg_rule *rule = &f->rules->rules[0];
    assert_true(rule->confidence == 0.25 && !rule->enabled);
    assert_int_equal(rule->consume, RG_CONSUME_NONE);
    assert_text(rule->style, "adverse");
    assert_text(rule->sets[0].key, "modality");
    assert_int_equal(rule->not_count, 3);
    assert_int_equal(rule->where_count, 1);
    assert_text(rule->withs[0].key, "by");
    assert_int_equal(rule->examples.count, 1);
}

static void names_of_not_are_its_own(void **state)
{
    fixture *f = *state;
    assert_false(
        load(f, HEAD "rules:\n" SMALL("r", ", not: [v >prep=p], with: {x: p >pobj}")));
    assert_string_equal(f->first, "4:109: nothing is bound to the name 'p'");
}

static void a_template_is_cut_into_pieces(void **state)
{
    fixture *f = *state;
    assert_true(load(f,
                     HEAD "lists: {m: {arrest: arrest}}\n"
                          "rules:\n"
                          "  - rule: r\n"
                          "    match: {v: \"[VERB]\"}\n"
                          "    args: {prt: maybe v >prt, a: v >SUBJ, b: v >OBJ}\n"
                          "    subject: a\n"
                          "    object: b\n"
                          "    relation: \"{v.lemma|map:m|present}-é{prt?|dash}\"\n"));
    const rg_template *made = &f->rules->rules[0].relation;
    assert_int_equal(made->count, 3);
    assert_int_equal(made->pieces[0].slot, 0);
    assert_int_equal(made->pieces[0].field, RG_FIELD_LEMMA);
    assert_int_equal(made->pieces[0].filter_count, 2);
    assert_int_equal(made->pieces[0].filters[0].kind, RG_FILTER_MAP);
    assert_int_equal(made->pieces[0].filters[0].list, 0);
    assert_int_equal(made->pieces[0].filters[1].kind, RG_FILTER_PRESENT);
    assert_text(made->pieces[1].literal, "-é");
    assert_true(made->pieces[2].optional && !made->pieces[0].optional);
}

static void a_list_has_words_in_lower_case_and_values(void **state)
{
    fixture *f = *state;
    assert_true(load(f, "relgraph: 1\n"
                        "lists:\n"
                        "  no: [Take   OVER, no, 'off', ÉTAT]\n"
                        "  map: {Arrest: arrest, act of war: attack}\n"));
    const rg_list *words = &f->rules->lists[0], *map = &f->rules->lists[1];
    assert_int_equal(words->item_count, 4);
    assert_int_equal(words->items[0].word_count, 2);
    assert_int_equal(rg_map_find(words->words, RG_STR("take over")), 0);
    assert_int_equal(rg_map_find(words->words, RG_STR("no")), 1);
    assert_int_equal(rg_map_find(words->words, RG_STR("état")), 3);
    assert_text(words->items[0].value, "take over");
    assert_int_equal(rg_map_find(map->words, RG_STR("act of war")), 1);
    assert_text(map->items[1].value, "attack");
}

static void a_type_is_a_kind_of_all_above_it(void **state)
{
    fixture *f = *state;
    assert_true(load(f, "relgraph: 1\n"
                        "types:\n"
                        "  bank: {is: company}\n"
                        "  company: {is: [org, place], ent: [ORG]}\n"
                        "  org: {pos: [PROPN]}\n"
                        "  place:\n"));
    const rg_rules *rules = f->rules;
    int bank = rg_rules_find_type(rules, RG_STR("bank"));
    int org = rg_rules_find_type(rules, RG_STR("org"));
    int place = rg_rules_find_type(rules, RG_STR("place"));
    assert_true(rg_rules_is_kind(rules, bank, org));
    assert_true(rg_rules_is_kind(rules, bank, place));
    assert_true(rg_rules_is_kind(rules, bank, bank));
    assert_false(rg_rules_is_kind(rules, org, bank));
    assert_int_equal(rg_rules_find_type(rules, RG_STR("firm")), RG_NONE);
    assert_int_equal(rules->types[org].part_count, 1);
}

static void labels_have_names_and_types(void **state)
{
    fixture *f = *state;
    assert_true(load(f, "relgraph: 1\n"
                        "types: {org: {ent: [ORG]}}\n"
                        "aliases:\n"
                        "  NCSC: [National Cyber Security Centre]\n"
                        "  FT: Financial Times\n"
                        "type: {org: [FT, Acme]}\n"));
    const rg_rules *rules = f->rules;
    int ncsc = rg_rules_find_label(rules, RG_STR("NCSC"));
    int ft = rg_rules_find_label(rules, RG_STR("Financial Times"));
    int acme = rg_rules_find_label(rules, RG_STR("Acme"));
    assert_int_equal(
        rg_rules_find_label(rules, RG_STR("National Cyber Security Centre")), ncsc);
    assert_text(rg_map_key(rules->labels, ft), "FT");
    assert_int_equal(rules->label_types[ncsc], RG_NONE);
    assert_int_equal(rules->label_types[ft], rg_rules_find_type(rules, RG_STR("org")));
    assert_int_equal(rules->label_types[acme], rules->label_types[ft]);
    assert_int_equal(rg_rules_find_label(rules, RG_STR("Times")), RG_NONE);
}

static void an_example_is_cut_at_its_bare_signs(void **state)
{
    fixture *f = *state;
    assert_true(
        load(f, "relgraph: 1\n"
                "tests:\n"
                "  - 'A => B. => a \\| b | is | c \\; d | k=x \\= y | t= ; e | f | g'\n"
                "  - todo: It fell. => none\n"));
    const rg_examples *tests = &f->rules->tests;
    assert_int_equal(tests->count, 2);
    const rg_example *one = &tests->items[0];
    assert_text(one->sentence, "A => B.");
    assert_int_equal(one->wanted_count, 2);
    assert_text(one->wanted[0].subject, "a | b");
    assert_text(one->wanted[0].object, "c ; d");
    assert_int_equal(one->wanted[0].key_count, 2);
    assert_text(one->wanted[0].values[0], "x = y");
    assert_text(one->wanted[0].values[1], "");
    assert_text(one->wanted[1].relation, "f");
    assert_true(tests->items[1].todo && tests->items[1].wanted_count == 0);
}

static void layers_are_read(void **state)
{
    fixture *f = *state;
    assert_true(
        load(f, "relgraph: 1\n"
                "lists: {bank: [bank], a: [a]}\n"
                "types: {org: {list: $bank}}\n"
                "derive:\n"
                "  B: v >dobj unless v >A\n"
                "  A: [v >nsubj, v >csubj]\n"
                "  \"OBL:{p}\": v >prep=p >pobj\n"
                "repair:\n"
                "  - {match: v >dobj=o, edit: del v >dobj o}\n"
                "  - {repair: named, match: v >dobj=o, edit: [add o >conj v]}\n"
                "mentions: [{type: org, list: $bank}, {type: org, match: n >appos}]\n"
                "attributes: [{set: {source: \"{it}\"}, when: [verb >neg, s >det]}]\n"
                "output: {np: [head >det, head >amod | head], edge: $a}\n"));
    const rg_rules *rules = f->rules;
    assert_int_equal(rules->derive_count, 4);
    assert_text(rg_map_key(rules->symbols, rules->derives[3].name), "B");
    assert_text(rules->repairs[0].id, "repair-9");
    assert_text(rules->repairs[1].id, "named");
    assert_int_equal(rules->mentions[0].list, 0);
    assert_int_equal(rules->mentions[1].slot, rules->mentions[1].match.start);
    assert_int_equal(rules->attributes[0].when.count, 2);
    assert_text(rules->attributes[0].slots.names[0], "it");
    assert_int_equal(rules->output.np.count, 3);
    assert_int_equal(rules->output.edge_list, 1);
}

static bool matches(fixture *f, const char *pattern, const char *text, bool *limit_hit)
{
    rg_str head = rg_arena_format(f->arena,
                                  HEAD "rules:\n"
                                       "  - rule: r\n"
                                       "    match: {v: '[text=/%s/]'}\n"
                                       "    args: {a: v >SUBJ, b: v >OBJ}\n"
                                       "    relation: x\n",
                                  pattern);
    assert_true(load(f, head.bytes));
    assert_int_equal(f->rules->regex_count, 1);
    *limit_hit = false;
    return rg_regex_matches(&f->rules->regexes[0], f->arena, rg_str_of(text),
                            limit_hit);
}

static void a_regular_expression_is_looked_for_anywhere(void **state)
{
    bool limit_hit;
    assert_true(matches(*state, "co+l", "uncool", &limit_hit));
    assert_false(limit_hit);
}

static void a_regular_expression_that_is_not_there_hits_no_limit(void **state)
{
    bool limit_hit;
    assert_false(matches(*state, "^co+l", "uncool", &limit_hit));
    assert_false(limit_hit);
}

static void a_regular_expression_that_runs_long_is_stopped_and_told(void **state)
{
    bool limit_hit;
    assert_false(matches(*state, "^(a|aa)+$",
                         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", &limit_hit));
    assert_true(limit_hit);
}

static void a_place_counts_characters(void **state)
{
    fixture *f = *state;
    assert_false(load(f, "relgraph: 1\nlists: {é: [ü, x]}\ntypes: {ö: {is: ä}}\n"));
    assert_string_equal(f->first, "3:17: unknown type 'ä'");
}

static void a_place_in_escaped_text_is_that_of_the_text(void **state)
{
    fixture *f = *state;
    assert_false(load(f, HEAD "output: {np: \"h\\u0065ad >nsub\"}\n"));
    assert_string_equal(f->first, "3:14: unknown dependency label 'nsub'");
}

static void findings_come_in_order_of_place(void **state)
{
    fixture *f = *state;
    assert_false(load(f, "relgraph: 1\nrules: [{}]\nlists: {a: 1}\nlsts: {}\n"));
    assert_string_equal(f->first, "2:9: the rule has no 'match'");
    assert_int_equal(f->findings, 4);
}

static void edges_are_limited_in_number(void **state)
{
    fixture *f = *state;
    rg_buf text = rg_buf_in(f->arena);
    rg_buf_text(&text, "relgraph: 1\nderive:\n");
    for (int i = 0; i <= RG_MAX_DERIVED; i++)
        rg_buf_format(&text, "  A%d: v >nsubj\n", i);
    rg_buf_byte(&text, '\0');
    assert_false(load(f, text.bytes));
    assert_string_equal(f->first, "259:3: more than 256 names of derived edges");
    assert_int_equal(f->findings, 1);
}

static void only_absence_in_a_circle_is_refused(void **state)
{
    fixture *f = *state;
    assert_false(load(f, "relgraph: 1\n"
                         "derive:\n"
                         "  A: [v >nsubj, v >B >A]\n"
                         "  B: [v >dobj, v >A]\n"
                         "  C: v >dobj unless v >B\n"
                         "  D: v[!has >E] >dobj\n"
                         "  E: v >C >D\n"));
    assert_string_equal(f->first, "6:6: edge 'D' depends on its own absence");
    assert_int_equal(f->findings, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(names_may_be_used_before_they_are_declared),
        TEST(args_are_ordered_so_that_each_starts_at_a_bound_name),
        TEST(subject_and_object_are_the_first_args_unless_named),
        TEST(rules_lie_by_priority_then_as_written),
        TEST(a_rule_has_its_defaults),
        TEST(the_keys_of_a_rule_are_kept),
        TEST(names_of_not_are_its_own),
        TEST(a_template_is_cut_into_pieces),
        TEST(a_list_has_words_in_lower_case_and_values),
        TEST(a_type_is_a_kind_of_all_above_it),
        TEST(labels_have_names_and_types),
        TEST(an_example_is_cut_at_its_bare_signs),
        TEST(layers_are_read),
        TEST(a_regular_expression_is_looked_for_anywhere),
        TEST(a_regular_expression_that_is_not_there_hits_no_limit),
        TEST(a_regular_expression_that_runs_long_is_stopped_and_told),
        TEST(a_place_counts_characters),
        TEST(a_place_in_escaped_text_is_that_of_the_text),
        TEST(findings_come_in_order_of_place),
        TEST(edges_are_limited_in_number),
        TEST(only_absence_in_a_circle_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
