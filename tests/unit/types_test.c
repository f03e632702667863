/* types_test.c - which types tokens have: by label, list, part of speech, text; files of
 * names; chains of mentions. */
#include "by_hand.h"

#include "base/file.h"

#define CORE                                                                           \
    "lists: {banks: [acme, reserve bank], beasts: [dog]}\n"                            \
    "types:\n"                                                                         \
    "  name: {pos: PROPN}\n"                                                           \
    "  org: {is: name, ent: ORG}\n"                                                    \
    "  place: {is: name, ent: GPE}\n"

static bool has(const sentence *s, int node, const char *type)
{
    int id = rg_rules_find_type(rules, rg_str_of(type));
    assert_int_not_equal(id, RG_NONE);
    return s->nodes[node].types[id / 64] >> (id % 64) & 1;
}

static void a_list_gives_a_type_and_all_it_is_a_kind_of(void **state)
{
    (void)state;
    use_rules(CORE "  bank: {is: org, list: $banks}\n");
    const sentence *s =
        load_sentence("Acme/NNP/nsubj/1 met/VBD/ROOT/1 Zyph/NNP/dobj/1/B-ORG");
    assert_true(has(s, 0, "bank") && has(s, 0, "org") && has(s, 0, "name"));
    assert_false(has(s, 2, "bank"));
    assert_true(has(s, 2, "org"));
}

static void a_part_of_speech_narrows_a_list(void **state)
{
    (void)state;
    use_rules(CORE "  bank: {is: org, list: $banks, pos: PROPN}\n");
    const sentence *s = load_sentence("Acme/NNP/nsubj/1 met/VBD/ROOT/1 acme/NN/dobj/1");
    assert_true(has(s, 0, "bank"));
    assert_false(has(s, 2, "bank"));
}

static void a_text_narrows_what_the_type_is_a_kind_of(void **state)
{
    (void)state;
    use_rules(CORE "  school: {is: org, text: [/Univ/, Eton]}\n");
    const sentence *s = load_sentence(
        "Univ/NNP/compound/1/B-ORG East/NNP/nsubj/2/I-ORG met/VBD/ROOT/2 "
        "Univ/NNP/dobj/2/B-GPE Eton/NNP/dobj/2/B-ORG Acme/NNP/dobj/2/B-ORG");
    assert_true(has(s, 0, "school") && has(s, 1, "school"));
    assert_false(has(s, 3, "school"));
    assert_true(has(s, 4, "school"));
    assert_false(has(s, 5, "school"));
}

static void a_text_narrows_a_label_of_the_model(void **state)
{
    (void)state;
    use_rules(CORE "  school: {is: org, ent: ORG, text: /univ/i}\n");
    const sentence *s =
        load_sentence("Univ/NNP/nsubj/1/B-ORG met/VBD/ROOT/1 Acme/NNP/dobj/1/B-ORG");
    assert_true(has(s, 0, "school"));
    assert_false(has(s, 2, "school"));
    assert_true(has(s, 2, "org"));
}

static void a_type_without_any_key_is_given_by_hand_only(void **state)
{
    (void)state;
    use_rules(CORE "  ministry: {is: org}\n"
                   "type: {ministry: [Zyph]}\n");
    const sentence *s =
        load_sentence("Acme/NNP/nsubj/1/B-ORG met/VBD/ROOT/1 Zyph/NNP/dobj/1/B-GPE");
    assert_false(has(s, 0, "ministry"));
    assert_true(has(s, 2, "ministry") && has(s, 2, "org"));
    assert_false(has(s, 2, "place")); /* what is said by hand overrules the model */
}

static void types_of_types_are_told_in_order(void **state)
{
    (void)state;
    use_rules("types:\n"
              "  royal: {is: school, text: /Royal/}\n"
              "  school: {is: org, text: /Univ/}\n"
              "  org: {ent: ORG}\n");
    const sentence *s = load_sentence(
        "Royal/NNP/compound/1/B-ORG Univ/NNP/nsubj/2/I-ORG met/VBD/ROOT/2");
    assert_true(has(s, 1, "royal") && has(s, 1, "school"));
}

static void two_types_may_ask_for_one_label(void **state)
{
    (void)state;
    use_rules("types: {org: {ent: ORG}, legal-person: {ent: [ORG, PERSON]}}\n");
    const sentence *s = load_sentence("Acme/NNP/nsubj/1/B-ORG met/VBD/ROOT/1");
    assert_true(has(s, 0, "org") && has(s, 0, "legal-person"));
}

#define VERB_RULE                                                                      \
    "rules:\n"                                                                         \
    "  - rule: buys\n"                                                                 \
    "    match: {verb: \"[buy]\"}\n"                                                   \
    "    args: {subject: \"verb >nsubj\", object: \"verb >dobj\"}\n"                   \
    "    relation: buys\n"

static void the_most_special_type_is_printed(void **state)
{
    (void)state;
    use_rules(CORE "  bank: {is: org, list: $banks}\n"
                   "  beast: {list: $beasts}\n" VERB_RULE);
    const rg_edges *edges =
        edges_of("Acme/NNP/nsubj/1/B-ORG bought:buy/VBD/ROOT/1 dogs:dog/NNS/dobj/1");
    assert_int_equal(edges->count, 1);
    assert_true(rg_str_is(edges->items[0].subject_type, "bank"));
    assert_true(rg_str_is(edges->items[0].object_type, "beast"));
}

static void a_loose_type_takes_any_proper_noun(void **state)
{
    (void)state;
    use_rules("phrase: {loose: PROPN}\n" CORE "derive: {\"OBL:{p}\": v >prep=p >pobj}\n"
              "rules:\n"
              "  - rule: buys\n"
              "    match: {verb: \"[buy]\"}\n"
              "    args: {subject: \"verb >nsubj[:org~]\", object: \"verb >dobj\"}\n"
              "    with: {seller: from <org~>, place: from <org>}\n"
              "    relation: buys\n");
    assert_triples(
        "Zyph/NNP/nsubj/1/B-GPE bought:buy/VBD/ROOT/1 phones:phone/NNS/dobj/1 "
        "from/IN/prep/1 Norsund/NNP/pobj/3",
        "Zyph buys phones seller=Norsund");
    assert_triples("he/PRP/nsubj/1 bought:buy/VBD/ROOT/1 phones:phone/NNS/dobj/1", "");
}

/* ---- Chains ---------------------------------------------------------------------------- */

static const rg_edges *edges_with(const char *notation, const int *of_token, int count)
{
    const rg_triples *triples;
    const rg_chains chains = {of_token, NULL, count};
    const rg_extract_options options = {.chains = &chains};
    rg_error err = {0};
    assert_true(rg_extract_run(&triples, arena, extractor, read_parse(notation),
                               &options, &err));
    return link_triples(triples);
}

#define ORG_RULE                                                                       \
    "rules:\n"                                                                         \
    "  - rule: buys\n"                                                                 \
    "    match: {verb: \"[buy]\"}\n"                                                   \
    "    args: {subject: \"verb >nsubj[:org]\", object: \"verb >dobj\"}\n"             \
    "    relation: buys\n"

#define IT_BOUGHT                                                                      \
    "it/PRP/nsubj/1 bought:buy/VBD/ROOT/1 phones:phone/NNS/dobj/1\n"                   \
    "Acme/NNP/compound/1/B-ORG Corp/NNP/nsubj/2/I-ORG fell:fall/VBD/ROOT/2"

static void a_typed_slot_sees_the_whole_chain(void **state)
{
    (void)state;
    use_rules(CORE ORG_RULE);
    const int none[] = {-1, -1, -1, -1, -1, -1}, it[] = {0, -1, -1, -1, 0, -1},
              others[] = {1, -1, 0, -1, 0, -1};
    assert_string_equal(tell(edges_with(IT_BOUGHT, none, 0)), "");
    assert_string_equal(tell(edges_with(IT_BOUGHT, it, 1)), "it buys phones");
    assert_string_equal(tell(edges_with(IT_BOUGHT, others, 2)), "");
}

static void a_chain_sees_lists_and_mention_rules(void **state)
{
    (void)state;
    use_rules(
        "lists: {firms: [maker]}\n"
        "types: {org: {}, firm: {is: org, list: $firms}}\n"
        "mentions: [{type: org, match: \"verb[fall] >nsubj=who\", mention: who}]\n" ORG_RULE);
    const int chains[] = {0, -1, -1, 0, -1};
    assert_string_equal(
        tell(edges_with("it/PRP/nsubj/1 bought:buy/VBD/ROOT/1 phones:phone/NNS/dobj/1\n"
                        "maker/NN/nsubj/1 won:win/VBD/ROOT/1",
                        chains, 1)),
        "it buys phones");
    assert_string_equal(
        tell(edges_with("it/PRP/nsubj/1 bought:buy/VBD/ROOT/1 phones:phone/NNS/dobj/1\n"
                        "rival/NN/nsubj/1 fell:fall/VBD/ROOT/1",
                        chains, 1)),
        "it buys phones");
}

/* ---- Files of names ---------------------------------------------------------------------- */

/* Rules in a file of their own beside names.txt; a set of text alone includes nothing. */
static void use_rules_with_names(const char *yaml, const char *names)
{
    rg_error err = {0};
    rg_str folder = rg_file_program_folder(arena);
    rg_str at = rg_arena_format(arena, "%.*s/scratch/types", RG_PRINT(folder));
    const char *path = rg_arena_format(arena, "%s/rules.yaml", at.bytes).bytes;
    assert_true(
        rg_file_write(path, rg_arena_format(arena, "relgraph: 1\n%s", yaml), &err));
    assert_true(rg_file_write(rg_arena_format(arena, "%s/names.txt", at.bytes).bytes,
                              rg_str_of(names), &err));
    load_rules(&(rg_rules_request){.paths = &path, .path_count = 1});
}

#define NAMES "mentions: [{type: org, file: names.txt}]\n" VERB_RULE

static void a_name_of_a_file_is_one_mention_with_its_label(void **state)
{
    (void)state;
    use_rules_with_names(CORE NAMES, "AT&T Corp\tAT&T\n");
    assert_triples("AT&T/NNP/compound/1 Corp/NNP/nsubj/2 bought:buy/VBD/ROOT/2 "
                   "phones:phone/NNS/dobj/2",
                   "AT&T buys phones");
    assert_triples("AT/NNP/compound/3 ^&/NNP/compound/3 ^T/NNP/compound/3 "
                   "Corp/NNP/nsubj/4 bought:buy/VBD/ROOT/4 phones:phone/NNS/dobj/4",
                   "AT&T buys phones");
}

static void a_name_ends_where_a_word_ends(void **state)
{
    (void)state;
    use_rules_with_names(CORE NAMES, "Ac\tno\nAcme C\tno\n");
    assert_triples("Acme/NNP/compound/1 Corp/NNP/nsubj/2 bought:buy/VBD/ROOT/2 "
                   "phones:phone/NNS/dobj/2",
                   "Corp buys phones");
}

static void part_of_a_longer_name_is_left_to_the_model(void **state)
{
    (void)state;
    use_rules_with_names(CORE NAMES, "Acme\tno\nNorsund Bridge\tBridge\n");
    assert_triples(
        "Acme/NNP/compound/1/B-ORG Records/NNP/nsubj/2/I-ORG "
        "bought:buy/VBD/ROOT/2 Norsund/NNP/compound/4/B-GPE Bridge/NNP/dobj/2",
        "Acme Records buys Bridge");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(a_list_gives_a_type_and_all_it_is_a_kind_of),
        by_hand_test(a_part_of_speech_narrows_a_list),
        by_hand_test(a_text_narrows_what_the_type_is_a_kind_of),
        by_hand_test(a_text_narrows_a_label_of_the_model),
        by_hand_test(a_type_without_any_key_is_given_by_hand_only),
        by_hand_test(types_of_types_are_told_in_order),
        by_hand_test(two_types_may_ask_for_one_label),
        by_hand_test(the_most_special_type_is_printed),
        by_hand_test(a_loose_type_takes_any_proper_noun),
        by_hand_test(a_typed_slot_sees_the_whole_chain),
        by_hand_test(a_chain_sees_lists_and_mention_rules),
        by_hand_test(a_name_of_a_file_is_one_mention_with_its_label),
        by_hand_test(a_name_ends_where_a_word_ends),
        by_hand_test(part_of_a_longer_name_is_left_to_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
