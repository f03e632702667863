/* edit_test.c - repairs and derived edges. */
#include "by_hand.h"

#include "extract/edit.h"

/* What happened, such as "repair-3@1; ". */
typedef struct history {
    sentence *s;
    rg_buf out;
} history;

static void note_repair(void *user, int repair, const int *bound, int node)
{
    history *h = user;
    (void)bound;
    rg_buf_format(&h->out, "%s%.*s@%d", h->out.len ? "; " : "",
                  RG_PRINT(rules->repairs[repair].id), node);
}

static void note_derived(void *user, int line, int edge)
{
    history *h = user;
    const graph_edge *e = &h->s->edges[edge];
    assert_int_equal(e->derived_by, line);
    rg_buf_format(&h->out, "%s%d>%.*s", h->out.len ? "; " : "", e->from,
                  RG_PRINT(rg_map_key(rules->symbols, e->name)));
    if (e->sub != RG_NONE)
        rg_buf_format(&h->out, ":%.*s", RG_PRINT(sentence_word(h->s, e->sub)));
    rg_buf_format(&h->out, " %d", e->to);
}

static const char *run(sentence *s, bool derive)
{
    history h = {s, rg_buf_in(arena)};
    edit_log log = {note_repair, note_derived, &h};
    if (derive)
        edit_derive(s, &log);
    else
        edit_repair(s, false, &log);
    return rg_arena_str(arena, rg_buf_str(&h.out)).bytes;
}

#define assert_derived(lines, notation, wanted)                                        \
    (use_rules("derive:\n" lines),                                                     \
     assert_string_equal(run(load_sentence(notation), true), wanted))

static const char judged[] =
    "Panel/NN/nsubj/1 judged:judge/VBD/ROOT/1 risk/NN/compound/3 "
    "manageable/JJ/dobj/1 ^././punct/1";

static bool has_edge(const sentence *s, int from, const char *label, int to)
{
    int name = rg_map_find(rules->symbols, rg_str_of(label));
    return name >= 0 && sentence_find_edge(s, from, to, name) != RG_NONE;
}

static void a_repair_edits_each_place_where_it_fits(void **state)
{
    (void)state;
    use_rules("repair:\n"
              "  - repair: adj\n    match: 'v[judge] >dobj=a[ADJ] >compound=n'\n"
              "    edit: [del v >dobj a, add v >oprd a, del a >compound n, "
              "add v >dobj n]\n");
    sentence *s = load_sentence(judged);
    assert_string_equal(run(s, false), "adj@1");
    assert_false(has_edge(s, 1, "dobj", 3));
    assert_true(has_edge(s, 1, "oprd", 3));
    assert_true(has_edge(s, 1, "dobj", 2));
    assert_false(has_edge(s, 3, "compound", 2));
    int oprd = rg_map_find(rules->symbols, RG_STR("oprd"));
    assert_int_equal(s->nodes[3].symbols[RG_ATTR_DEP], oprd);
}

static void an_unnamed_repair_is_known_by_its_line(void **state)
{
    (void)state;
    use_rules("repair:\n  - {match: 'v[judge] >dobj=a', edit: [del v >dobj a]}\n");
    assert_string_equal(run(load_sentence(judged), false), "repair-3@1");
}

static void a_repair_runs_once_on_a_place(void **state)
{
    (void)state;
    use_rules("repair:\n  - {repair: swap, match: 'a >=b[NOUN|ADJ]', "
              "edit: [add b >dep a]}\n");
    assert_string_equal(run(load_sentence("x/NN/ROOT/0 y/NN/dep/0"), false), "swap@0");
    use_rules("repair:\n  - {repair: tag, match: 'a (>nsubj | >)=b[NOUN]', "
              "edit: [retag b tag=NNS]}\n");
    assert_string_equal(run(load_sentence("x/VB/ROOT/0 y/NN/nsubj/0"), false), "tag@0");
}

static void a_later_repair_sees_what_an_earlier_one_did(void **state)
{
    (void)state;
    use_rules(
        "repair:\n"
        "  - {repair: one, match: 'v >dobj=a[ADJ]', edit: [retag a pos=NOUN]}\n"
        "  - {repair: two, match: 'v >dobj=a[ADJ]', edit: [del v >dobj a]}\n"
        "  - {repair: three, match: 'v >dobj=a[NOUN]', edit: [retag v lemma=deem]}\n"
        "  - {repair: four, match: 'v[deem, lemma=/^dee/]', "
        "edit: [retag v tag=VBN]}\n");
    sentence *s = load_sentence(judged);
    assert_string_equal(run(s, false), "one@1; three@1; four@1");
}

static void places_found_before_an_edit_took_their_edge_are_left(void **state)
{
    (void)state;
    use_rules("repair:\n  - {repair: one, match: 'v >nsubj=a <nsubj >dobj=b', "
              "edit: [del v >nsubj a]}\n");
    assert_string_equal(
        run(load_sentence("a/NN/nsubj/1 v/VB/ROOT/1 b/NN/dobj/1 c/NN/dobj/1"), false),
        "one@1");
}

static void repairs_know_the_types_of_names(void **state)
{
    (void)state;
    use_rules("types: {person: {ent: PERSON}}\n"
              "repair:\n  - {repair: one, match: 'v >dobj=a[:person]', "
              "edit: [del v >dobj a, add v >dative a]}\n"
              "rules:\n  - {rule: r, match: {v: '[VERB]'}, "
              "args: {s: v >nsubj, o: v >dative}, relation: '{v}'}\n");
    assert_triples(
        "Bob/NNP/nsubj/1/B-PERSON told:tell/VBD/ROOT/1 Ann/NNP/dobj/1/B-PERSON",
        "Bob tell Ann");
}

static void a_line_derives_from_its_start_to_its_end(void **state)
{
    (void)state;
    assert_derived("  SUBJ: [v >nsubj]\n  OBJ: [v >dobj]\n", judged,
                   "1>SUBJ 0; 1>OBJ 3");
}

static void derived_edges_reach_a_fixed_point(void **state)
{
    (void)state;
    assert_derived(
        "  SUBJ: [v <xcomp >SUBJ, v >SUBJ >conj, v >nsubj]\n",
        "a/NN/nsubj/2 b/NN/conj/0 want/VB/ROOT/2 try/VB/xcomp/2 go/VB/xcomp/3",
        "2>SUBJ 0; 3>SUBJ 0; 4>SUBJ 0; 2>SUBJ 1; 3>SUBJ 1; 4>SUBJ 1");
}

static void unless_sees_all_edges_of_the_lower_strata(void **state)
{
    (void)state;
    assert_derived("  A: ['v > unless v >B']\n  B: [v >B >dep, 'v >nsubj']\n",
                   "x/NN/nsubj/1 v/VB/ROOT/1 y/NN/dep/0", "1>B 0; 1>B 2; 0>A 2");
}

static void when_asks_for_one_of_its_paths(void **state)
{
    (void)state;
    assert_derived("  A: [v >dobj when v >attr | v >nsubj]\n", judged, "1>A 3");
    assert_derived("  A: [v >dobj when v >attr]\n", judged, "");
    assert_derived("  A: ['v >dobj=o when v >nsubj unless o >amod']\n", judged,
                   "1>A 3");
    assert_derived("  A: ['v >dobj=o when v >nsubj unless o >compound']\n", judged, "");
}

static void a_line_runs_again_when_something_it_asks_for_has_come(void **state)
{
    (void)state;
    assert_derived("  A: [v >dobj when v >B]\n  B: [v >nsubj, v >A]\n", judged,
                   "1>B 0; 1>A 3; 1>B 3");
    assert_derived("  A: ['v[has >B] >dobj']\n  B: [v >nsubj, v >A]\n", judged,
                   "1>B 0; 1>A 3; 1>B 3");
}

static void a_sub_label_is_the_lemma_of_the_word_bound(void **state)
{
    (void)state;
    assert_derived("  'OBL:{p}': ['v >prep=p >pobj']\n",
                   "sat:sit/VBD/ROOT/0 Amid/IN/prep/0 noise/NN/pobj/1 in/IN/prep/0 "
                   "Rome/NNP/pobj/3 in/IN/prep/0 Rome/NNP/pobj/5",
                   "0>OBL:amid 2; 0>OBL:in 4; 0>OBL:in 6");
    assert_derived("  'OBL:fixed': [v >nsubj]\n", judged, "1>OBL:fixed 0");
}

static void no_edge_leads_from_a_token_to_itself(void **state)
{
    (void)state;
    assert_derived("  A: ['v >nsubj <nsubj', v]\n", judged, "");
}

static void a_derivation_without_end_is_stopped_and_named(void **state)
{
    (void)state;
    use_rules("derive: {LOOP: ['v (> | <)* (> | <)* >attr[zzz]', v >nsubj]}\n"
              "rules:\n  - {rule: r, match: {v: '[judge]'}, "
              "args: {s: v >LOOP, o: v >dobj}, relation: '{v}'}\n");
    const rg_triples *triples = extract_as(
        "a/NN/nsubj/1 judged:judge/VBD/ROOT/1 b/NN/dobj/1 c/NN/dobj/1 d/NN/dobj/1 "
        "e/NN/dobj/1 f/NN/dobj/1 g/NN/dobj/1 h/NN/dobj/1 i/NN/attr/1",
        false);
    assert_int_equal(triples->count, 0);
    assert_int_equal(triples->out_of_fuel, 1);
    assert_true(rg_str_is(triples->fuel_rule, "LOOP"));
}

static void derived_edges_are_no_edges_of_the_parser(void **state)
{
    (void)state;
    assert_derived("  A: [v >dobj]\n  B: [v >]\n", judged,
                   "1>A 3; 1>B 0; 1>B 3; 1>B 4; 3>B 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(a_repair_edits_each_place_where_it_fits),
        by_hand_test(an_unnamed_repair_is_known_by_its_line),
        by_hand_test(a_repair_runs_once_on_a_place),
        by_hand_test(a_later_repair_sees_what_an_earlier_one_did),
        by_hand_test(places_found_before_an_edit_took_their_edge_are_left),
        by_hand_test(repairs_know_the_types_of_names),
        by_hand_test(a_line_derives_from_its_start_to_its_end),
        by_hand_test(derived_edges_reach_a_fixed_point),
        by_hand_test(unless_sees_all_edges_of_the_lower_strata),
        by_hand_test(when_asks_for_one_of_its_paths),
        by_hand_test(a_line_runs_again_when_something_it_asks_for_has_come),
        by_hand_test(a_sub_label_is_the_lemma_of_the_word_bound),
        by_hand_test(no_edge_leads_from_a_token_to_itself),
        by_hand_test(a_derivation_without_end_is_stopped_and_named),
        by_hand_test(derived_edges_are_no_edges_of_the_parser),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
