/* produce_test.c - which triples rules make of a sentence. */
#include "by_hand.h"

/* "Ann and Bob gave Carl books in Rome." */
static const char gave[] =
    "Ann/NNP/nsubj/3/B-PERSON and/CC/cc/0 Bob/NNP/conj/0/B-PERSON "
    "gave:give/VBD/ROOT/3 Carl/NNP/dative/3/B-PERSON "
    "books:book/NNS/dobj/3 in/IN/prep/3 Rome/NNP/pobj/6/B-GPE "
    "^././punct/3";

static const char head[] = "types: {person: {ent: PERSON}, place: {ent: GPE}}\n"
                           "derive:\n"
                           "  SUBJ: [v >nsubj, v >SUBJ >conj]\n"
                           "  OBJ: [v >dobj, v >dative]\n"
                           "rules:\n";

static void use(const char *rest)
{
    use_rules(rg_arena_format(arena, "%s%s", head, rest).bytes);
}

/* One rule with these lines. */
static void use_rule(const char *lines)
{
    use(rg_arena_format(arena, "  - rule: r\n    match: {v: '[VERB]'}\n%s", lines)
            .bytes);
}

static void each_filler_gives_a_triple(void **state)
{
    (void)state;
    use_rule("    args: {s: v >SUBJ, o: v >dobj}\n    relation: '{v}'\n");
    assert_triples(gave, "Ann give books; Bob give books");
    use_rule("    args: {s: v >SUBJ, o: v >OBJ}\n    relation: '{v}'\n");
    assert_triples(gave,
                   "Ann give Carl; Ann give books; Bob give Carl; Bob give books");
}

static void a_required_arg_that_is_missing_gives_nothing(void **state)
{
    (void)state;
    use_rule("    args: {s: v >SUBJ, o: v >attr}\n    relation: '{v}'\n");
    assert_triples(gave, "");
}

static void maybe_is_left_out_only_when_it_is_missing(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >dobj, p: maybe v >prep}\n"
             "    relation: '{v}{p?|dash}'\n");
    assert_triples(gave, "Ann give-in books");
    use_rule("    args: {s: v >nsubj, o: v >dobj, p: maybe v >prt}\n"
             "    relation: '{v}{p?|dash}'\n");
    assert_triples(gave, "Ann give books");
}

static void some_and_all_collect_a_list(void **state)
{
    (void)state;
    use_rule("    args: {s: some v >SUBJ, o: v >dobj}\n    relation: '{v}'\n");
    assert_triples(gave, "Ann and Bob give books");
    use_rule(
        "    args: {s: 'some v >SUBJ[:place]', o: v >dobj}\n    relation: '{v}'\n");
    assert_triples(gave, "");
    use_rule("    args: {s: v >nsubj, o: v >dobj, x: all v >prt}\n"
             "    relation: '{v}{x?|dash}'\n");
    assert_triples(gave, "Ann give books");
}

static void args_may_start_at_one_another_in_any_order(void **state)
{
    (void)state;
    use_rule("    args: {o: p >pobj, p: v >prep, s: v >nsubj}\n"
             "    subject: s\n    relation: '{v}-{p}'\n");
    assert_triples(gave, "Ann give-in Rome");
}

static void different_names_stand_for_different_tokens(void **state)
{
    (void)state;
    use_rule("    args: {s: v >SUBJ, o: v >SUBJ}\n    relation: meet\n");
    assert_triples(gave, "Ann meet Bob; Bob meet Ann");
}

static void alternatives_of_a_path_give_each_token_once(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >dobj | v >OBJ}\n    relation: '{v}'\n");
    assert_triples(gave, "Ann give Carl; Ann give books");
}

static void a_not_that_holds_keeps_the_triple_away(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n"
             "    not: v >prep >pobj[:place]\n");
    assert_triples(gave, "");
    use_rule("    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n"
             "    not: [v >neg, 's >conj[:place]']\n");
    assert_triples(gave, "Ann give books");
}

static void where_compares_places_and_words(void **state)
{
    (void)state;
    use_rule("    args: {s: v >SUBJ, o: v >SUBJ}\n    relation: meet\n"
             "    where: [s .. o]\n");
    assert_triples(gave, "Ann meet Bob");
    use_rule("    args: {s: v >SUBJ, o: v >SUBJ}\n    relation: meet\n"
             "    where: [s.dep != o.dep, s.pos = o.pos, s.tag = o.tag, s != o]\n");
    assert_triples(gave, "Ann meet Bob; Bob meet Ann");
    use_rule("    args: {s: v >SUBJ, o: v >SUBJ}\n    relation: meet\n"
             "    where: [s.lemma = o.lemma]\n");
    assert_triples(gave, "");
}

static void where_knows_words_that_no_rule_names(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n"
             "    where: [s.lemma = o.lemma]\n");
    assert_triples("Cars:car/NNS/nsubj/1 hit/VBP/ROOT/1 cars:car/NNS/dobj/1",
                   "Cars hit cars");
    use_rule("    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n"
             "    where: [s.lemma != o.lemma]\n");
    assert_triples("Cars:car/NNS/nsubj/1 hit/VBP/ROOT/1 cars:car/NNS/dobj/1", "");
    assert_triples("Cars:car/NNS/nsubj/1 hit/VBP/ROOT/1 trees:tree/NNS/dobj/1",
                   "Cars hit trees");
}

static void a_qualifier_is_the_first_in_the_sentence_and_never_required(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n"
             "    with: {to: v >dobj | v >dative, place: 'v >prep >pobj[:place]', "
             "time: v >npadvmod}\n");
    assert_triples(gave, "Ann give books to=Carl place=Rome");
}

static void set_writes_attributes_and_qualifiers(void **state)
{
    (void)state;
    use_rule(
        "    args: {s: v >nsubj, o: v >dobj, p: maybe v >prt}\n    relation: '{v}'\n"
        "    set: {polarity: negated, modality: possible, mood: glad, "
        "act: '{v.text}', up: '{p?}', doubt: '{p?}{p?}'}\n");
    assert_triples(gave, "Ann give books negated possible mood=glad act=gave");
}

/* Rules "high" and "low", with these lines and paths. */
static void use_two(const char *high, const char *high_args, const char *low_args)
{
    use(rg_arena_format(arena,
                        "  - rule: low\n    match: {v: '[VERB]'}\n    priority: 10\n"
                        "    args: {%s}\n    relation: low\n"
                        "  - rule: high\n    match: {v: '[give]'}\n    priority: 60\n"
                        "    args: {%s}\n    relation: high\n%s",
                        low_args, high_args, high)
            .bytes);
}

static void edges_used_by_a_higher_rule_are_consumed(void **state)
{
    (void)state;
    use_two("", "s: v >SUBJ, o: v >OBJ", "s: v >SUBJ, o: v >OBJ");
    assert_triples("Ann/NNP/nsubj/1 gave:give/VBD/ROOT/1 books/NNS/dobj/1",
                   "Ann high books");
    use_two("", "s: v >SUBJ, o: 'v >OBJ[PROPN]'", "s: v >SUBJ, o: v >OBJ");
    assert_triples("Ann/NNP/nsubj/1 gave:give/VBD/ROOT/1 Bob/NNP/dative/1 "
                   "books/NNS/dobj/1",
                   "Ann high Bob; Ann low books");
}

static void consume_none_takes_nothing(void **state)
{
    (void)state;
    use_two("    consume: none\n", "s: v >SUBJ, o: v >OBJ", "s: v >SUBJ, o: v >OBJ");
    assert_triples("Ann/NNP/nsubj/1 gave:give/VBD/ROOT/1 books/NNS/dobj/1",
                   "Ann high books; Ann low books");
}

static void consume_anchor_takes_all_edges_of_the_anchor(void **state)
{
    (void)state;
    static const char text[] = "Ann/NNP/nsubj/1 gave:give/VBD/ROOT/1 Bob/NNP/dative/1 "
                               "books/NNS/dobj/1";
    use_two("    consume: anchor\n", "s: v >SUBJ, o: v >dative",
            "s: v >SUBJ, o: v >OBJ");
    assert_triples(text, "Ann high Bob");
    use("  - {rule: low, priority: 10, match: {n: '[NOUN]'}, "
        "args: {v: n <dobj, s: v >nsubj}, subject: s, object: n, relation: low}\n"
        "  - {rule: high, match: {v: '[give]'}, consume: anchor, "
        "args: {s: v >SUBJ, o: v >dative}, relation: high}\n");
    assert_triples(text, "Ann high Bob");
}

static void rules_of_equal_priority_do_not_disturb_each_other(void **state)
{
    (void)state;
    use("  - {rule: a, match: {v: '[VERB]'}, args: {s: v >SUBJ, o: v >dobj}, "
        "relation: a}\n"
        "  - {rule: b, match: {v: '[VERB]'}, args: {s: v >SUBJ, o: v >dobj}, "
        "relation: b}\n");
    assert_triples(gave, "Ann a books; Bob a books; Ann b books; Bob b books");
}

static void the_same_is_said_once(void **state)
{
    (void)state;
    use("  - {rule: a, match: {v: '[VERB]'}, args: {s: v >nsubj, o: v >dobj}, "
        "relation: gives}\n"
        "  - {rule: b, match: {v: '[give]'}, args: {s: v >nsubj, o: v >dobj}, "
        "relation: gives}\n");
    const rg_edges *edges = edges_of(gave);
    assert_string_equal(tell(edges), "Ann gives books");
    assert_true(rg_str_is(edges->items[0].rule, "a"));
}

static void triples_come_by_anchor_then_by_priority(void **state)
{
    (void)state;
    use("  - {rule: late, priority: 20, match: {v: '[VERB]'}, "
        "args: {s: v >nsubj, o: v >dobj}, relation: late, consume: none}\n"
        "  - {rule: early, match: {v: '[VERB]'}, args: {s: v >nsubj, o: v >dobj}, "
        "relation: early, consume: none}\n"
        "  - {rule: first, priority: 1, match: {n: '[PROPN, has >cc]'}, "
        "args: {o: n >conj}, subject: n, object: o, relation: first}\n");
    assert_triples(gave, "Ann first Bob; Ann early books; Ann late books");
}

static void disabled_rules_rest(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n"
             "    enabled: false\n");
    assert_triples(gave, "");
}

static void an_anchor_in_an_unnamed_word_is_found(void **state)
{
    (void)state;
    use("  - {rule: r, match: {v: '[tag=/^VB/]'}, args: {s: v >nsubj, o: v >dobj}, "
        "relation: '{v|present}'}\n");
    assert_triples(gave, "Ann gives books");
    use("  - {rule: r, match: {v: '[!NOUN, has >nsubj]'}, "
        "args: {s: v >nsubj, o: v >dobj}, relation: '{v|past}'}\n");
    assert_triples(gave, "Ann gave books");
}

static void anchors_are_found_whatever_they_ask_for(void **state)
{
    (void)state;
    static const char *const anchors[] = {
        "give",
        "$deed",
        "lemma=give",
        "VERB",
        "pos=VERB",
        "VERB|NOUN, has >dobj",
        "$deed|buy",
        "tag=VBD",
        "!PROPN, has >nsubj",
        "has >dobj, give|take",
        "VERB, $deed",
        "$deed|/x/|give, VERB",
    };
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++) {
        use_rules(rg_arena_format(arena,
                                  "lists: {deed: [take over, give]}\n"
                                  "rules:\n  - rule: r\n    match: {v: '[%s]'}\n"
                                  "    args: {s: v >nsubj, o: v >dobj}\n"
                                  "    relation: r\n",
                                  anchors[i])
                      .bytes);
        assert_triples(gave, "Ann r books");
    }
}

static void a_phrase_anchors_at_its_first_or_last_word(void **state)
{
    (void)state;
    static const char took[] = "Ann/NNP/nsubj/1 took:take/VBD/ROOT/1 the/DT/det/3 "
                               "firm/NN/dobj/1 over/RP/prt/1";
    use_rules("lists: {deed: [take over]}\n"
              "rules:\n  - {rule: r, match: {v: '[$deed]'}, "
              "args: {s: v >nsubj, o: v >dobj}, relation: '{v}'}\n");
    assert_triples(took, "Ann take firm");
    assert_triples("Ann/NNP/nsubj/1 took:take/VBD/ROOT/1 it/PRP/dobj/1", "");
}

static void a_path_without_edges_may_name_a_token_again(void **state)
{
    (void)state;
    use_rule("    args: {s: v >dobj, o: 's[NOUN]', x: v >nsubj}\n"
             "    relation: is-of-{x}\n");
    assert_triples(gave, "books is-of-ann books");
}

/* "w0 w1 ... gave": a sentence with as many subjects and objects. */
static const char *wide_sentence(int count)
{
    rg_buf text = rg_buf_in(arena);
    for (int i = 0; i < count; i++)
        rg_buf_format(&text, "s%d/NN/nsubj/%d ", i, count);
    rg_buf_format(&text, "gave:give/VBD/ROOT/%d", count);
    for (int i = 0; i < count; i++)
        rg_buf_format(&text, " o%d/NN/dobj/%d", i, count);
    return rg_arena_str(arena, rg_buf_str(&text)).bytes;
}

static void a_sentence_gives_at_most_256_triples_and_is_counted_once(void **state)
{
    (void)state;
    use_rule("    args: {s: v >SUBJ, o: v >dobj}\n    relation: '{v}'\n");
    const rg_triples *triples = extract_as(wide_sentence(40), false);
    assert_int_equal(triples->count, 256);
    assert_int_equal(triples->capped, 1);
    triples = extract_as(wide_sentence(16), false);
    assert_int_equal(triples->count, 256);
    assert_int_equal(triples->capped, 0);
}

static void a_sentence_over_512_tokens_is_cut_into_pieces(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n"
             "    where: [s.shape = o.shape]\n");
    assert_int_equal(extract_as(wide_sentence(255), false)->cut, 0);
    const rg_triples *triples = extract_as(wide_sentence(600), false);
    assert_int_equal(triples->cut, 1);
    assert_int_equal(triples->capped, 0);
    assert_int_equal(triples->count, 0); /* the verb's piece has o0 to o422 alone */
    assert_int_equal(
        extract_as("Ann/NNP/nsubj/1 gave:give/VBD/ROOT/1 Bob/NNP/dobj/1", false)->cut,
        0);
}

static void absence_is_not_proven_without_fuel(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >dobj}\n    relation: '{v}'\n"
             "    not: 'v (> | <)* [zz]'\n");
    const rg_triples *triples = extract_as(wide_sentence(8), false);
    assert_int_equal(triples->count, 0);
    assert_int_equal(triples->out_of_fuel, 1);
    assert_true(rg_str_is(triples->fuel_rule, "r"));
}

static void what_a_rule_did_is_told(void **state)
{
    (void)state;
    use_rule("    args: {s: v >nsubj, o: v >attr}\n    relation: '{v}'\n");
    const rg_triples *triples = extract_as(gave, true);
    bool told = false;
    for (int i = 0; i < triples->event_count; i++)
        told = told
               || (triples->events[i].kind == RG_EVENT_FAILED
                   && rg_str_find(triples->events[i].detail,
                                  RG_STR("o: no >attr below \"gave\""), 0)
                          >= 0);
    assert_true(told);
    assert_int_equal(extract_as(gave, false)->event_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(each_filler_gives_a_triple),
        by_hand_test(a_required_arg_that_is_missing_gives_nothing),
        by_hand_test(maybe_is_left_out_only_when_it_is_missing),
        by_hand_test(some_and_all_collect_a_list),
        by_hand_test(args_may_start_at_one_another_in_any_order),
        by_hand_test(different_names_stand_for_different_tokens),
        by_hand_test(alternatives_of_a_path_give_each_token_once),
        by_hand_test(a_not_that_holds_keeps_the_triple_away),
        by_hand_test(where_compares_places_and_words),
        by_hand_test(where_knows_words_that_no_rule_names),
        by_hand_test(a_qualifier_is_the_first_in_the_sentence_and_never_required),
        by_hand_test(set_writes_attributes_and_qualifiers),
        by_hand_test(edges_used_by_a_higher_rule_are_consumed),
        by_hand_test(consume_none_takes_nothing),
        by_hand_test(consume_anchor_takes_all_edges_of_the_anchor),
        by_hand_test(rules_of_equal_priority_do_not_disturb_each_other),
        by_hand_test(the_same_is_said_once),
        by_hand_test(triples_come_by_anchor_then_by_priority),
        by_hand_test(disabled_rules_rest),
        by_hand_test(an_anchor_in_an_unnamed_word_is_found),
        by_hand_test(anchors_are_found_whatever_they_ask_for),
        by_hand_test(a_phrase_anchors_at_its_first_or_last_word),
        by_hand_test(a_path_without_edges_may_name_a_token_again),
        by_hand_test(a_sentence_gives_at_most_256_triples_and_is_counted_once),
        by_hand_test(a_sentence_over_512_tokens_is_cut_into_pieces),
        by_hand_test(absence_is_not_proven_without_fuel),
        by_hand_test(what_a_rule_did_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
