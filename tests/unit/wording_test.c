/* wording_test.c - labels, wording and templates: spans, render, mentions, entities. */
#include "by_hand.h"

#include "extract/render.h"

/* "The big house of the old bank, which fell, sold." */
static const char fell[] = "The/DT/det/2 big/JJ/amod/2 house/NN/nsubj/11 of/IN/prep/2 "
                           "the/DT/det/6 old/JJ/amod/6 bank/NN/pobj/3 ^,/,/punct/2 "
                           "which/WDT/nsubj/9 fell:fall/VBD/relcl/2 ^,/,/punct/2 "
                           "sold:sell/VBD/ROOT/11 well/RB/advmod/11";

static const char output[] =
    "lists:\n  det: [the, a, \"'s\"]\n  short: {sell: sale, look up: search}\n"
    "output:\n"
    "  np: [head, head >(compound|amod|det), 'head >prep[of]', "
    "'head >prep[of] >pobj']\n"
    "  span: [head, head >>]\n"
    "  cut: [head >relcl, head >punct]\n"
    "  wording: [head, head >(aux|auxpass|neg|prt|advmod)]\n"
    "  passive: head >auxpass\n"
    "  edge: $det\n";

static const char *text_of(const sentence *s, rg_tokens tokens)
{
    return rg_arena_str(arena, rg_extract_text(arena, s->parse, tokens)).bytes;
}

static void a_label_is_what_np_collects_without_words_at_its_edge(void **state)
{
    (void)state;
    use_rules(output);
    sentence *s = load_sentence(fell);
    assert_string_equal(text_of(s, span_np(s, arena, 2)), "big house of bank");
    assert_string_equal(text_of(s, span_np(s, arena, 6)), "old bank");
    assert_string_equal(text_of(s, span_np(s, arena, 0)), "The");
}

static void wording_is_the_span_without_what_is_cut(void **state)
{
    (void)state;
    use_rules(output);
    sentence *s = load_sentence(fell);
    assert_string_equal(text_of(s, span_whole(s, arena, 2)),
                        "The big house of the old bank");
    assert_string_equal(text_of(s, span_wording(s, arena, 11)), "sold well");
    assert_string_equal(text_of(s, span_wording(s, arena, 9)), "fell");
}

static void a_name_is_never_split(void **state)
{
    (void)state;
    use_rules(output);
    sentence *s =
        load_sentence("The/DT/det/3/B-ORG Bank/NNP/nmod/3/I-ORG of/IN/prep/1/I-ORG "
                      "Rome/NNP/nsubj/4/I-ORG sold:sell/VBD/ROOT/4");
    assert_string_equal(text_of(s, span_np(s, arena, 3)), "Bank of Rome");
    assert_string_equal(text_of(s, span_whole(s, arena, 3)), "The Bank of Rome");
}

static void pieces_that_are_apart_are_joined_by_one_blank(void **state)
{
    (void)state;
    use_rules(output);
    sentence *s = load_sentence("a/NN/ROOT/0 b/NN/dep/0 ^c/NN/dep/0 d/NN/dep/0");
    int items[] = {0, 1, 2}, apart[] = {0, 2, 3};
    assert_string_equal(text_of(s, (rg_tokens){items, 3}), "a bc");
    assert_string_equal(text_of(s, (rg_tokens){apart, 3}), "a c d");
    assert_string_equal(text_of(s, (rg_tokens){items, 0}), "");
}

/* ---- Templates ------------------------------------------------------------------------- */

static const char looked[] =
    "Big/JJ/amod/1 Bob/NNP/nsubjpass/3/B-PERSON was:be/VBD/auxpass/3 "
    "sold:sell/VBN/ROOT/3 old/JJ/amod/5 houses:house/NNS/dobj/3 "
    "by/IN/agent/3 Acme/NNP/pobj/6/B-ORG";

/* The relation that a template gives; `x` is bound to nothing. */
static const char *render(const char *template)
{
    use_rules(
        rg_arena_format(arena,
                        "%srules:\n  - rule: r\n    match: {v: '[sell]'}\n"
                        "    args: {s: v >nsubjpass, o: v >dobj, x: maybe v >prt}\n"
                        "    not: x[zz]\n    relation: '%s'\n",
                        output, template)
            .bytes);
    const rg_edges *edges = edges_of(looked);
    assert_int_equal(edges->count, 1);
    return rg_arena_str(arena, edges->items[0].relation).bytes;
}

static void a_bare_name_in_a_relation_is_its_lemma(void **state)
{
    (void)state;
    assert_string_equal(render("{v}"), "sell");
    assert_string_equal(render("{v}-{o}"), "sell-house");
    assert_string_equal(render("{s}"), "bob");
}

static void fields_choose_the_form(void **state)
{
    (void)state;
    assert_string_equal(render("x-{o.text}"), "x-houses");
    assert_string_equal(render("{o.lemma}"), "house");
    assert_string_equal(render("{o.np}"), "old-houses");
    assert_string_equal(render("{o.head}"), "houses");
    assert_string_equal(render("{o.span}"), "old-houses");
}

static void filters_change_it(void **state)
{
    (void)state;
    assert_string_equal(render("{v|present}"), "sells");
    assert_string_equal(render("{v|past}"), "sold");
    assert_string_equal(render("{v|gerund}"), "selling");
    assert_string_equal(render("{v|participle}"), "sold");
    assert_string_equal(render("{v|voice}"), "is-sold");
    assert_string_equal(render("{o.text|singular}"), "house");
    assert_string_equal(render("{v|map:short}"), "sale");
    assert_string_equal(render("{o|map:short}"), "house");
    assert_string_equal(render("{v}{o|dash}"), "sell-house");
    assert_string_equal(render("{v}{x?|dash}"), "sell");
    assert_string_equal(render("{o.np|kebab}"), "old-houses");
}

static void a_relation_is_lower_case_with_dashes(void **state)
{
    (void)state;
    assert_string_equal(render("Sells To"), "sells-to");
    assert_string_equal(render("{s.text} and {o.text}"), "bob-and-houses");
    assert_string_equal(render("sells - to -"), "sells-to");
}

static void qualifiers_print_labels_unless_a_field_says_otherwise(void **state)
{
    (void)state;
    use_rules(
        "rules:\n  - rule: r\n    match: {v: '[sell]'}\n"
        "    args: {s: v >nsubjpass, o: v >dobj}\n    relation: r\n"
        "    set: {a: '{s} of {o.text}', b: '{o}', c: '{o.text}', d: '{s.text|lower}'}\n");
    assert_triples(looked, "Bob r houses a=Bob of houses c=houses d=bob");
}

/* ---- Names ------------------------------------------------------------------------------ */

static const char declared[] =
    "types: {org: {ent: ORG}, person: {ent: PERSON}, maker: {is: org}}\n"
    "aliases:\n  Acme: [Acme Corporation, Acme Corp., Pump Works]\n"
    "type:\n  maker: [Acme]\n"
    "rules:\n  - rule: r\n    match: {v: '[VERB]'}\n"
    "    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n";

static const char *types_of(const char *notation)
{
    const rg_edges *edges = edges_of(notation);
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < edges->count; i++)
        rg_buf_format(
            &out, "%s%.*s:%.*s %.*s:%.*s", i ? "; " : "",
            RG_PRINT(edges->items[i].subject), RG_PRINT(edges->items[i].subject_type),
            RG_PRINT(edges->items[i].object), RG_PRINT(edges->items[i].object_type));
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

static void other_names_lead_to_the_label_and_its_type(void **state)
{
    (void)state;
    use_rules(declared);
    assert_string_equal(types_of("Acme/NNP/compound/1 Corp./NNP/nsubj/2 hit/VBD/ROOT/2 "
                                 "Bob/NNP/dobj/2/B-PERSON"),
                        "Acme:maker Bob:person");
    assert_string_equal(types_of("The/DT/det/2 Pump/NNP/compound/2 Works/NNP/nsubj/3 "
                                 "hit/VBD/ROOT/3 Acme/NNP/dobj/3/B-PERSON"),
                        "Acme:maker Acme:maker");
}

static void the_longest_declared_name_wins(void **state)
{
    (void)state;
    use_rules(declared);
    const rg_parse *parse = read_parse("Acme/NNP/compound/1 Corporation/NNP/nsubj/2 "
                                       "hit/VBD/ROOT/2 Acme/NNP/dobj/2");
    rg_mentions *mentions = mentions_find(arena, extractor, parse);
    assert_int_equal(mentions->count, 2);
    assert_int_equal(mentions->items[0].end, 2);
    assert_int_equal(mentions->items[0].head, 1);
    assert_int_equal(mentions->of_token[2], RG_NONE);
    assert_int_equal(mentions->of_token[3], 1);
}

static void the_models_names_have_the_types_that_ask_for_them(void **state)
{
    (void)state;
    use_rules(declared);
    assert_string_equal(types_of("Ann/NNP/compound/1/B-PERSON Lee/NNP/nsubj/2/I-PERSON "
                                 "hit/VBD/ROOT/2 Rome/NNP/dobj/2/B-GPE"),
                        "Ann Lee:person Rome:");
}

static void ends_with_the_same_label_have_the_same_type(void **state)
{
    (void)state;
    use_rules(declared);
    assert_string_equal(
        types_of("Zed/NNP/nsubj/1/B-ORG hit/VBD/ROOT/1 Bob/NNP/dobj/1\n"
                 "Bob/NNP/nsubj/1/B-PERSON saw/VBD/ROOT/1 Zed/NNP/dobj/1/B-ORG\n"
                 "Zed/NNP/nsubj/1/B-PERSON met/VBD/ROOT/1 Bob/NNP/dobj/1"),
        "Zed:org Bob:person; Bob:person Zed:org; Zed:org Bob:person");
}

static void one_sentence_says_the_same_once(void **state)
{
    (void)state;
    use_rules(declared);
    assert_triples("Acme/NNP/nsubj/2 Acme/NNP/nsubj/2 hit/VBD/ROOT/2 Bob/NNP/dobj/2\n"
                   "Acme/NNP/nsubj/1 hit/VBD/ROOT/1 Bob/NNP/dobj/1",
                   "Acme hit Bob; Acme hit Bob");
}

static void evidence_and_offsets_are_those_of_the_sentence(void **state)
{
    (void)state;
    use_rules(declared);
    const rg_edges *edges =
        edges_of("Zed/NNP/nsubj/1 hit/VBD/ROOT/1 Bob/NNP/dobj/1 ^././punct/1\n"
                 "Ann/NNP/nsubj/1 saw/VBD/ROOT/1 Zed/NNP/dobj/1");
    assert_int_equal(edges->count, 2);
    const rg_edge *edge = &edges->items[1];
    assert_true(rg_str_is(edge->evidence, "Ann saw Zed"));
    assert_int_equal(edge->sentence, 2);
    assert_int_equal(edge->start, 13);
    assert_int_equal(edge->end, 24);
    assert_int_equal(edge->object_span.start, 21);
    assert_int_equal(edge->object_span.end, 24);
    assert_true(rg_str_is(edges->items[0].evidence, "Zed hit Bob."));
    assert_false(rg_str_equal(edges->items[0].id, edge->id));
}

static void labels_are_cut_between_characters(void **state)
{
    (void)state;
    use_rules(declared);
    rg_buf text = rg_buf_in(arena);
    rg_buf_text(&text, "x");
    for (int i = 0; i < 600; i++)
        rg_buf_text(&text, "é");
    rg_buf_text(&text, "/NNP/nsubj/1 hit/VBD/ROOT/1 Bob/NNP/dobj/1");
    const rg_triples *triples =
        extract_as(rg_arena_str(arena, rg_buf_str(&text)).bytes, false);
    const rg_entities *entities;
    rg_error err = {0};
    assert_true(rg_entities_link(&entities, arena, rules, triples, NULL, &err));
    const rg_edge *edge = &entities->edges.items[0];
    assert_int_equal(entities->cut, 1);
    assert_int_equal(edge->subject.len, 1023 + 3);
    assert_true(rg_str_ends(edge->subject, RG_STR("é…")));
    assert_int_equal(edge->subject_text.len, 1201);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(a_label_is_what_np_collects_without_words_at_its_edge),
        by_hand_test(wording_is_the_span_without_what_is_cut),
        by_hand_test(a_name_is_never_split),
        by_hand_test(pieces_that_are_apart_are_joined_by_one_blank),
        by_hand_test(a_bare_name_in_a_relation_is_its_lemma),
        by_hand_test(fields_choose_the_form),
        by_hand_test(filters_change_it),
        by_hand_test(a_relation_is_lower_case_with_dashes),
        by_hand_test(qualifiers_print_labels_unless_a_field_says_otherwise),
        by_hand_test(other_names_lead_to_the_label_and_its_type),
        by_hand_test(the_longest_declared_name_wins),
        by_hand_test(the_models_names_have_the_types_that_ask_for_them),
        by_hand_test(ends_with_the_same_label_have_the_same_type),
        by_hand_test(one_sentence_says_the_same_once),
        by_hand_test(evidence_and_offsets_are_those_of_the_sentence),
        by_hand_test(labels_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
