/* annotate_test.c - what attributes add to triples. */
#include "by_hand.h"

/* "Bob said that Ann did not give books in Rome." */
static const char said[] =
    "Bob/NNP/nsubj/1/B-PERSON said:say/VBD/ROOT/1 that/IN/mark/5 "
    "Ann/NNP/nsubj/5/B-PERSON not/RB/neg/5 gave:give/VBD/ccomp/1 "
    "books:book/NNS/dobj/5 in/IN/prep/5 Rome/NNP/pobj/7/B-GPE";

static const char rule[] = "types: {place: {ent: GPE}}\n"
                           "rules:\n"
                           "  - rule: gives\n"
                           "    match: {verb: '[give]'}\n"
                           "    args: {who: verb >nsubj, what: verb >dobj}\n"
                           "    with: {where: 'verb >prep=p >pobj[:place]'}\n"
                           "    relation: gives\n";

static void use(const char *more, const char *attributes)
{
    use_rules(
        rg_arena_format(arena, "%s%sattributes:\n%s", rule, more, attributes).bytes);
}

static void an_attribute_holds_if_one_of_its_paths_does(void **state)
{
    (void)state;
    use("", "  - {set: {polarity: negated}, when: [verb >aux, verb >neg]}\n");
    assert_triples(said, "Ann gives books negated where=Rome");
    use("",
        "  - {set: {polarity: negated}, when: [verb >aux, subject >neg, object >neg]}\n");
    assert_triples(said, "Ann gives books where=Rome");
}

static void paths_start_at_verb_subject_and_object_or_at_names_of_the_rule(void **state)
{
    (void)state;
    use("", "  - {set: {a: yes}, when: 'subject[ann]'}\n"
            "  - {set: {b: yes}, when: 'object[book]'}\n"
            "  - {set: {c: yes}, when: 'who[ann]'}\n"
            "  - {set: {d: yes}, when: 'verb[give]'}\n");
    assert_triples(said, "Ann gives books where=Rome a=yes b=yes c=yes d=yes");
    use_rules("rules:\n  - rule: r\n    match: {act: '[give]'}\n"
              "    args: {subject: act >dobj, object: act >nsubj}\n    relation: r\n"
              "attributes:\n  - {set: {a: yes}, when: 'verb[give]'}\n"
              "  - {set: {b: yes}, when: 'subject[book]'}\n");
    assert_triples(said, "books r Ann a=yes b=yes");
}

static void a_name_that_the_rule_does_not_bind_keeps_it_away(void **state)
{
    (void)state;
    use("    style: adverse\n",
        "  - {set: {a: yes}, when: 'seller >det'}\n  - {set: {b: yes}, when: 'seller'}\n");
    assert_triples(said, "Ann gives books where=Rome");
}

static void it_is_the_end_of_the_path(void **state)
{
    (void)state;
    use("", "  - {set: {source: '{it}', act: '{it.lemma}', how: '{it.text}ly'}, "
            "when: verb <ccomp >nsubj}\n");
    assert_triples(said,
                   "Ann gives books reported source=Bob where=Rome act=bob how=Bobly");
}

static void names_that_a_path_binds_are_its_own(void **state)
{
    (void)state;
    use_rules(
        "rules:\n  - rule: gives\n    match: {verb: '[give]'}\n"
        "    args: {who: verb >nsubj, what: 'verb >prep >pobj', p: verb >prep}\n"
        "    relation: gives-{p}\n"
        "attributes:\n  - {set: {head: '{p.text}'}, when: 'verb <ccomp=p[say]'}\n");
    assert_triples(said, "Ann gives-in Rome head=said");
}

static void the_first_to_set_a_qualifier_or_the_source_wins(void **state)
{
    (void)state;
    use("", "  - {set: {source: '{it}', mood: glad, where: here}, when: verb >nsubj}\n"
            "  - {set: {source: '{it}', mood: sad}, when: verb >dobj}\n");
    assert_triples(said, "Ann gives books reported source=Ann where=Rome mood=glad");
}

static void a_rule_sets_before_attributes_do(void **state)
{
    (void)state;
    use("    set: {source: '{what}', mood: calm, polarity: negated}\n",
        "  - {set: {source: '{it}', mood: sad}, when: verb >nsubj}\n");
    assert_triples(
        said, "Ann gives books negated reported source=books where=Rome mood=calm");
}

static void the_first_modality_in_the_fixed_order_wins(void **state)
{
    (void)state;
    static const char *const order[] = {"denied",   "conditional", "obliged",
                                        "intended", "possible",    "reported"};
    for (int i = 0; i < 5; i++) {
        use("", rg_arena_format(arena,
                                "  - {set: {modality: %s}, when: verb >nsubj}\n"
                                "  - {set: {modality: %s}, when: verb >dobj}\n"
                                "  - {set: {modality: %s}, when: verb >nsubj}\n",
                                order[i + 1], order[i], order[i + 1])
                    .bytes);
        assert_triples(
            said,
            rg_arena_format(arena, "Ann gives books %s where=Rome", order[i]).bytes);
    }
}

static void asserted_takes_nothing_back(void **state)
{
    (void)state;
    use("", "  - {set: {modality: possible}, when: verb >nsubj}\n"
            "  - {set: {modality: asserted}, when: verb >nsubj}\n");
    assert_triples(said, "Ann gives books possible where=Rome");
}

static void a_source_makes_what_is_asserted_reported(void **state)
{
    (void)state;
    use("", "  - {set: {source: '{it}'}, when: verb <ccomp >nsubj}\n");
    assert_triples(said, "Ann gives books reported source=Bob where=Rome");
    use("",
        "  - {set: {source: '{it}', modality: denied}, when: verb <ccomp >nsubj}\n");
    assert_triples(said, "Ann gives books denied source=Bob where=Rome");
}

static void confidence_and_style_are_fields(void **state)
{
    (void)state;
    use("    confidence: 0.9\n", "  - {set: {confidence: 0.25, style: adverse}, "
                                 "when: verb >neg}\n");
    const rg_edges *edges = edges_of(said);
    assert_int_equal(edges->count, 1);
    assert_true(edges->items[0].confidence == 0.25);
    assert_true(rg_str_is(edges->items[0].style, "adverse"));
    assert_int_equal(edges->items[0].qualifier_count, 1);
}

static void what_stands_in_the_triple_is_no_qualifier_of_it(void **state)
{
    (void)state;
    use("", "  - {set: {thing: '{it}'}, when: verb >dobj}\n");
    assert_triples(said, "Ann gives books where=Rome");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(an_attribute_holds_if_one_of_its_paths_does),
        by_hand_test(paths_start_at_verb_subject_and_object_or_at_names_of_the_rule),
        by_hand_test(a_name_that_the_rule_does_not_bind_keeps_it_away),
        by_hand_test(it_is_the_end_of_the_path),
        by_hand_test(names_that_a_path_binds_are_its_own),
        by_hand_test(the_first_to_set_a_qualifier_or_the_source_wins),
        by_hand_test(a_rule_sets_before_attributes_do),
        by_hand_test(the_first_modality_in_the_fixed_order_wins),
        by_hand_test(asserted_takes_nothing_back),
        by_hand_test(a_source_makes_what_is_asserted_reported),
        by_hand_test(confidence_and_style_are_fields),
        by_hand_test(what_stands_in_the_triple_is_no_qualifier_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
