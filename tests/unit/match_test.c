/* match_test.c - where paths lead in a sentence. */
#include "walking.h"

/* "Ann saw Bob and Carl of Acme yesterday." */
static const char seen[] = "Ann/NNP/nsubj/1/B-PERSON saw:see/VBD/ROOT/1 "
                           "Bob/NNP/dobj/1/B-PERSON and/CC/cc/2 Carl/NNP/conj/2 "
                           "of/IN/prep/4 Acme/NNP/pobj/5/B-ORG yesterday/NN/npadvmod/1 "
                           "^././punct/1";
enum { ANN, SAW, BOB, AND, CARL, OF, ACME, YESTERDAY };

static const char types[] = "types: {person: {ent: PERSON}, org: {ent: ORG}}\n"
                            "lists: {look: [see, look at], who: [Ann, Bob]}\n";

#define assert_walk(path, start, ends)                                                 \
    assert_string_equal(walk(types, path, seen, start), ends)

static void a_step_leads_down_or_up_edges_of_its_label(void **state)
{
    (void)state;
    assert_walk("v >nsubj", SAW, "0");
    assert_walk("v >dobj", SAW, "2");
    assert_walk("v <dobj", BOB, "1");
    assert_walk("v <dobj", ANN, "");
    assert_walk("v >dobj >conj", SAW, "4");
    assert_walk("v >(nsubj|dobj)", SAW, "0 2");
    assert_walk("v <nsubj >dobj", ANN, "2");
    assert_walk("v", SAW, "1");
}

static void a_step_without_a_label_takes_any_edge_of_the_parser(void **state)
{
    (void)state;
    assert_walk("v >", SAW, "0 2 7 8");
    assert_walk("v <", ACME, "5");
    use_rules("derive: {Y: [v >nsubj], X: [v >]}\n");
    sentence *s = load_sentence("a/NN/ROOT/0 b/NN/dep/0");
    sentence_add_edge(s, (graph_edge){.from = 1, .to = 0, .name = 0, .sub = RG_NONE});
    assert_string_equal(ends_from(s, 1), "");
}

static void a_doubled_step_goes_any_number_of_edges(void **state)
{
    (void)state;
    assert_walk("v >>", SAW, "0 2 3 4 5 6 7 8");
    assert_walk("v >>", BOB, "3 4 5 6");
    assert_walk("v <<", ACME, "1 2 4 5");
    assert_walk("v >>", ANN, "");
    assert_walk("v >>(dobj|conj)", SAW, "2 4");
}

static void a_quantifier_says_how_often(void **state)
{
    (void)state;
    assert_walk("v >conj?", BOB, "2 4");
    assert_walk("v >(dobj|conj|prep|pobj)*", SAW, "1 2 4 5 6");
    assert_walk("v >(dobj|conj|prep|pobj)+", SAW, "2 4 5 6");
    assert_walk("v >(dobj|conj|prep|pobj){2}", SAW, "4");
    assert_walk("v >(dobj|conj|prep|pobj){2,}", SAW, "4 5 6");
    assert_walk("v >(dobj|conj|prep|pobj){2,3}", SAW, "4 5");
    assert_walk("v >conj{0}", BOB, "2");
    assert_walk("v <(dobj|conj|prep|pobj)*", ACME, "1 2 4 5 6");
}

static void a_group_tries_its_alternatives_in_turn(void **state)
{
    (void)state;
    assert_walk("v (>nsubj | >dobj >conj)", SAW, "0 4");
    assert_walk("v (>dobj | >dobj >conj)? >prep >pobj", SAW, "6");
    assert_walk("v (>dobj (>conj | >cc))", SAW, "3 4");
    assert_walk("v (>nsubj)?", SAW, "0 1");
}

static void a_group_repeats_as_a_whole(void **state)
{
    (void)state;
    assert_walk("v >dobj (>conj | >prep >pobj)*", SAW, "2 4 6");
    assert_walk("v >dobj (>conj | >prep >pobj){2}", SAW, "6");
    assert_walk("v >dobj (>conj | >prep >pobj)+", SAW, "4 6");
    assert_walk("v (>dobj | >conj){1,2} >prep", SAW, "5");
}

static void a_group_that_stays_in_place_ends(void **state)
{
    (void)state;
    assert_walk("v ([VERB])*", SAW, "1");
    assert_walk("v ((>conj?)*)* >prep", BOB, "5");
    assert_walk("v ([VERB] | >dobj)* >conj", SAW, "4");
    assert_walk("v ([PROPN]){3}", ANN, "0");
    assert_walk("v ((([])*)*)* >dobj", SAW, "2");
    assert_walk("v (=x)? >dobj", SAW, "2");
    assert_walk("v ([VERB]){3}", ANN, "");
}

static void a_constraint_keeps_tokens_that_fit(void **state)
{
    (void)state;
    assert_walk("v >[PROPN]", SAW, "0 2");
    assert_walk("v >[NOUN|PUNCT]", SAW, "7 8");
    assert_walk("v >[!PROPN]", SAW, "7 8");
    assert_walk("v[see]", SAW, "1");
    assert_walk("v[tag=VBD, VERB]", SAW, "1");
    assert_walk("v[tag!=VBD]", SAW, "");
    assert_walk("v >[dep=dobj]", SAW, "2");
    assert_walk("v >[ent=PERSON]", SAW, "0 2");
    assert_walk("v >[shape=Xxx]", SAW, "0 2");
    assert_walk("v >[text='Ann']", SAW, "0");
    assert_walk("v >[text='ann']", SAW, "");
    assert_walk("v >[lower=ann]", SAW, "0");
    assert_walk("v >[ann]", SAW, "0");
    assert_walk("v >[]", SAW, "0 2 7 8");
}

static void a_bare_word_in_capitals_is_no_lemma(void **state)
{
    (void)state;
    assert_walk("v >['PROPN']", SAW, "");
    assert_walk("v ['see']", SAW, "1");
}

static void types_cover_the_whole_name(void **state)
{
    (void)state;
    static const char text[] = "Ann/NNP/compound/1/B-PERSON Lee/NNP/nsubj/2/I-PERSON "
                               "left:leave/VBD/ROOT/2 Acme/NNP/dobj/2/B-ORG";
    assert_string_equal(walk(types, "v >[:person]", text, 2), "1");
    assert_string_equal(walk(types, "v >>[:person]", text, 2), "0 1");
    assert_string_equal(walk(types, "v >[:person|:org]", text, 2), "1 3");
    assert_string_equal(walk(types, "v >[!:person]", text, 2), "3");
}

static void lists_hold_lemmas_and_phrases(void **state)
{
    (void)state;
    static const char look[] =
        "Ann/NNP/nsubj/1 looked:look/VBD/ROOT/1 at/IN/prep/1 Bob/NNP/pobj/2";
    assert_walk("v[$look]", SAW, "1");
    assert_string_equal(walk(types, "v[$look]", look, 1), "1");
    assert_string_equal(
        walk(types, "v[$look]", "Ann/NNP/nsubj/1 looked:look/VBD/ROOT/1", 1), "");
    assert_walk("v >[$who]", SAW, "0 2");
    assert_walk("v >[!$who]", SAW, "7 8");
}

static void features_are_compared_by_name(void **state)
{
    (void)state;
    assert_walk("v[morph.Tense=Past]", SAW, "1");
    assert_walk("v[morph.Tense=Past|Pres]", SAW, "1");
    assert_walk("v[morph.Tense!=Past]", SAW, "");
    assert_walk("v[morph.Number=Sing]", SAW, "");
    assert_walk("v[morph.VerbForm=Fin, morph.Tense=Past]", SAW, "1");
}

static void a_regular_expression_looks_at_the_feature_it_is_asked_of(void **state)
{
    (void)state;
    assert_walk("v[morph.Tense=/^Pa/]", SAW, "1");
    assert_walk("v[morph.Tense=/see|saw/]", SAW, "");
    assert_walk("v >[lower=/^[ab]/]", SAW, "0 2");
    assert_walk("v >[/^an+$/i]", SAW, "0");
    assert_walk("v >[tag=/^NN/]", SAW, "0 2 7");
    assert_walk("v >[lemma=/^ann$/]", SAW, "0");
}

static void has_asks_for_a_way_on(void **state)
{
    (void)state;
    assert_walk("v >[has >conj]", SAW, "2");
    assert_walk("v >[!has >conj]", SAW, "0 7 8");
    assert_walk("v >[has >conj >prep[of] >pobj[:org]]", SAW, "2");
    assert_walk("v >[has <nsubj[see, has >dobj[has >cc]]]", SAW, "0");
    assert_walk("v >[!has >[!has >]]", SAW, "0 7 8");
}

static void has_leaves_no_bindings_behind(void **state)
{
    (void)state;
    assert_walk("v[has >nsubj=x] >dobj=x", SAW, "2");
}

static void before_and_after_compare_places(void **state)
{
    (void)state;
    assert_walk("v >[before v]", SAW, "0");
    assert_walk("v >[after v]", SAW, "2 7 8");
    assert_walk("v >[!before v]", SAW, "2 7 8");
    assert_walk("v >nsubj=s <nsubj >[after s, PROPN]", SAW, "2");
    assert_walk("v[before v]", SAW, "");
}

static void attributes_of_two_tokens_are_compared(void **state)
{
    (void)state;
    assert_walk("v >nsubj=s <nsubj >[same ent s]", SAW, "0 2");
    assert_walk("v >nsubj=s <nsubj >[same tag s, same shape s]", SAW, "0 2");
    assert_walk("v >nsubj=s <nsubj >[same dep s]", SAW, "0");
    assert_walk("v >[text=Ann|Bob, lower=bob]", SAW, "2");
    assert_walk("v >[lower=$who]", SAW, "0 2");
}

static void a_name_stands_for_one_token(void **state)
{
    (void)state;
    assert_walk("v >dobj=x <dobj >=x", SAW, "2");
    assert_walk("v >nsubj=x <nsubj >dobj=x", SAW, "");
    assert_walk("v=v", SAW, "1");
    assert_walk("v >=v", SAW, "");
}

static void regular_expressions_match_the_whole_label(void **state)
{
    (void)state;
    assert_walk("v >/^[nd]/", SAW, "0 2 7");
    assert_walk("v >/subj$/", SAW, "0");
    assert_walk("v >/OBJ/i", SAW, "2");
    assert_walk("v <(/^nsubj/|dobj)", BOB, "1");
}

static void sub_labels_are_matched_exactly_or_at_all(void **state)
{
    (void)state;
    static const char in[] =
        "Ann/NNP/nsubj/1 slept:sleep/VBD/ROOT/1 in/IN/prep/1 Rome/NNP/pobj/2 "
        "amid/IN/prep/1 noise/NN/pobj/4";
    use_rules("derive:\n  X: [v >OBL:*]\n  'OBL:{p}': [v >prep=p >pobj]\n"
              "rules:\n  - {rule: r, match: {v: '[VERB]'}, "
              "args: {a: 'v >nsubj', b: 'v >OBL:in'}, relation: in}\n");
    assert_triples(in, "Ann in Rome");
    use_rules("derive:\n  'OBL:{p}': [v >prep=p >pobj]\n"
              "rules:\n  - {rule: r, match: {v: '[VERB]'}, "
              "args: {a: 'v >nsubj', b: 'v >OBL:*'}, relation: any}\n");
    assert_triples(in, "Ann any Rome; Ann any noise");
}

static void a_walk_without_fuel_ends(void **state)
{
    (void)state;
    use_rules("derive: {X: ['v >>']}\n");
    sentence *s = load_sentence(seen);
    s->fuel = 5;
    assert_true(strlen(ends_from(s, SAW)) < strlen("0 2 3 4 5 6 7 8"));
    assert_true(s->fuel < 0);
}

/* A chain of tokens, each the child of the next. */
static const char *chain(int count)
{
    rg_buf text = rg_buf_in(arena);
    for (int i = 0; i < count; i++)
        rg_buf_format(&text, "%sw/NN/dep/%d", i ? " " : "", i + 1 < count ? i + 1 : i);
    return rg_arena_str(arena, rg_buf_str(&text)).bytes;
}

static void a_chain_as_long_as_a_sentence_can_be_is_walked(void **state)
{
    (void)state;
    static const char *const paths[] = {"v >>", "v >dep*", "v (>dep)*",
                                        "v (>dep | >dep [VERB])*"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        use_rules(rg_arena_format(arena, "derive: {X: ['%s']}\n", paths[i]).bytes);
        sentence *s = load_sentence(chain(512));
        ends_from(s, 511);
        assert_true(s->fuel >= 0);
        assert_true(strstr(ends_from(s, 511), "0 1 2 3") != NULL);
    }
}

static void a_walk_that_goes_too_deep_is_out_of_fuel(void **state)
{
    (void)state;
    use_rules("derive: {X: ['v ((([]){99}){99}){99}']}\n");
    sentence *s = load_sentence(seen);
    assert_string_equal(ends_from(s, SAW), "");
    assert_true(s->fuel < 0);
}

static bool count_visit(matcher *m, int node)
{
    (void)node;
    return ++*(int *)m->user == 2;
}

static void a_visitor_stops_the_walk(void **state)
{
    (void)state;
    use_rules("derive: {X: ['v >']}\n");
    sentence *s = load_sentence(seen);
    matcher m;
    int visits = 0;
    matcher_begin(&m, s);
    m.visit = count_visit;
    m.user = &visits;
    assert_true(match_steps(&m, &rules->derives[0].path.steps, SAW));
    assert_int_equal(visits, 2);
    assert_false(match_steps(&m, &rules->derives[0].path.steps, ANN));
}

static void an_edge_taken_away_is_not_walked(void **state)
{
    (void)state;
    use_rules("derive: {X: ['v >dobj']}\n");
    sentence *s = load_sentence(seen);
    int dobj = rg_map_find(rules->symbols, RG_STR("dobj"));
    int edge = sentence_find_edge(s, SAW, BOB, dobj);
    assert_true(edge != RG_NONE);
    sentence_drop_edge(s, edge);
    assert_string_equal(ends_from(s, SAW), "");
    assert_int_equal(sentence_find_edge(s, SAW, BOB, dobj), RG_NONE);
    sentence_add_edge(s, (graph_edge){.from = SAW,
                                      .to = CARL,
                                      .name = dobj,
                                      .sub = RG_NONE,
                                      .derived_by = RG_NONE});
    assert_string_equal(ends_from(s, SAW), "4");
}

static void the_same_edge_is_added_once(void **state)
{
    (void)state;
    use_rules("derive: {X: ['v >dobj']}\n");
    sentence *s = load_sentence(seen);
    graph_edge edge = {.from = SAW, .to = ANN, .name = 0, .sub = RG_NONE};
    int before = s->edge_count, added = sentence_add_edge(s, edge);
    assert_int_equal(sentence_add_edge(s, edge), added);
    assert_int_equal(s->edge_count, before + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(a_step_leads_down_or_up_edges_of_its_label),
        by_hand_test(a_step_without_a_label_takes_any_edge_of_the_parser),
        by_hand_test(a_doubled_step_goes_any_number_of_edges),
        by_hand_test(a_quantifier_says_how_often),
        by_hand_test(a_group_tries_its_alternatives_in_turn),
        by_hand_test(a_group_repeats_as_a_whole),
        by_hand_test(a_group_that_stays_in_place_ends),
        by_hand_test(a_constraint_keeps_tokens_that_fit),
        by_hand_test(a_bare_word_in_capitals_is_no_lemma),
        by_hand_test(types_cover_the_whole_name),
        by_hand_test(lists_hold_lemmas_and_phrases),
        by_hand_test(features_are_compared_by_name),
        by_hand_test(a_regular_expression_looks_at_the_feature_it_is_asked_of),
        by_hand_test(has_asks_for_a_way_on),
        by_hand_test(has_leaves_no_bindings_behind),
        by_hand_test(before_and_after_compare_places),
        by_hand_test(attributes_of_two_tokens_are_compared),
        by_hand_test(a_name_stands_for_one_token),
        by_hand_test(regular_expressions_match_the_whole_label),
        by_hand_test(sub_labels_are_matched_exactly_or_at_all),
        by_hand_test(a_walk_without_fuel_ends),
        by_hand_test(a_chain_as_long_as_a_sentence_can_be_is_walked),
        by_hand_test(a_walk_that_goes_too_deep_is_out_of_fuel),
        by_hand_test(a_visitor_stops_the_walk),
        by_hand_test(an_edge_taken_away_is_not_walked),
        by_hand_test(the_same_edge_is_added_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
