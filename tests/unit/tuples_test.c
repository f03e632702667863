/* tuples_test.c - wording, leads, lists of arguments, and how many triples they become. */
#include "by_hand.h"

/* "In May Ann gave old books of Bob and pens to Carl at Acme." */
static const char gave[] =
    "In/IN/prep/3 May/NNP/pobj/0/B-DATE Ann/NNP/nsubj/3/B-PERSON "
    "gave:give/VBD/ROOT/3 old/JJ/amod/5 books:book/NNS/dobj/3 of/IN/prep/5 "
    "Bob/NNP/pobj/6/B-PERSON and/CC/cc/5 pens:pen/NNS/conj/5 to/IN/prep/3 "
    "Carl/NNP/pobj/10/B-PERSON at/IN/prep/11 Acme/NNP/pobj/12/B-ORG ^././punct/3";

static const char head[] = "lists: {joint: [and]}\n"
                           "derive:\n"
                           "  'GS:own': [v >nsubj]\n"
                           "  'GS:red': ['v[tag=VBN] <acl']\n"
                           "  'GS:conj': ['v <conj >GS:* unless v >GS:own']\n"
                           "  WORD: [v >aux, v >xcomp, v >WORD >WORD]\n"
                           "  ARG: [v >dobj, v >ccomp >mark=m <mark]\n"
                           "  'ARG:{p}': [v >(prep|agent)=p >pobj]\n";

static const char output[] = "  conjuncts: [head (>conj)+]\n"
                             "  minimal: [head, head >(compound|amod)]\n"
                             "  carry: [head <dobj, head <pobj <agent]\n"
                             "  nested: ['head >prep=p >pobj']\n"
                             "  finite: ['head[tag=VBD|VBZ]']\n"
                             "  past: '[tag=VBD]'\n"
                             "  plural: ['head[tag=NNS]']\n"
                             "  span: [head, head >>]\n"
                             "  joint: $joint\n";

static const char clause[] =
    "rules:\n"
    "  - rule: r\n    match: {v: '[VERB, !has <WORD]'}\n"
    "    args: {s: v >GS:*, others: list v >WORD* >(ARG|ARG:*)}\n"
    "    subject: s\n    object: others\n"
    "    relation: '{v}{others.lead|dash}'\n"
    "    wording: v >WORD*\n";

/* The rule above with more lines, and more lines of `output`. */
static void use_clause(const char *lines, const char *switches)
{
    use_rules(rg_arena_format(arena, "%soutput:\n%s%s%s%s", head, output, switches,
                              clause, lines)
                  .bytes);
}

/* Every triple as "subject|wording|object|argument|argument". */
static const char *wordings(const char *notation)
{
    const rg_edges *edges = edges_of(notation);
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < edges->count; i++) {
        const rg_edge *e = &edges->items[i];
        rg_buf_format(&out, "%s%.*s|%.*s|%.*s", i ? "; " : "",
                      RG_PRINT(e->subject_text), RG_PRINT(e->relation_text),
                      RG_PRINT(e->object_text));
        for (int j = 0; j < e->argument_count; j++)
            rg_buf_format(&out, "|%.*s", RG_PRINT(e->arguments[j].text));
    }
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

#define assert_wordings(notation, wanted)                                              \
    assert_string_equal(wordings(notation), wanted)

static void a_list_keeps_its_arguments_in_order_those_before_the_anchor_last(
    void **state)
{
    (void)state;
    use_clause("", "");
    assert_wordings(gave, "Ann|gave|old books of Bob and pens|to Carl at Acme|In May");
    assert_triples(gave, "Ann give books");
}

static void each_argument_knows_what_leads_to_it(void **state)
{
    (void)state;
    use_clause("", "");
    const rg_edges *edges = edges_of(gave);
    assert_int_equal(edges->count, 1);
    const rg_edge *e = &edges->items[0];
    assert_true(e->ordered);
    assert_int_equal(e->argument_count, 2);
    assert_true(rg_str_is(e->arguments[0].lead, "to"));
    assert_true(rg_str_is(e->arguments[1].lead, "In"));
    assert_true(e->arguments[1].start >= 0
                && e->arguments[1].start < e->arguments[0].start);
}

static void a_lead_of_several_words_stays_whole(void **state)
{
    (void)state;
    use_rules("derive:\n  'ARG:{p}': [v >prep=q >prep=p >pobj]\n"
              "rules:\n  - rule: r\n    match: {v: '[VERB]'}\n"
              "    args: {s: v >nsubj, o: list v >ARG:*}\n"
              "    relation: '{v}{o.lead|dash}'\n    lead: o\n    wording: v\n");
    static const char ran[] = "Ann/NNP/nsubj/1 ran:run/VBD/ROOT/1 out/IN/prep/1 "
                              "of/IN/prep/2 town/NN/pobj/3";
    assert_wordings(ran, "Ann|ran out of|town");
    assert_triples(ran, "Ann run-out-of town");
}

/* "Ann agreed to meet with Bob." */
static const char agreed[] =
    "Ann/NNP/nsubj/1/B-PERSON agreed:agree/VBD/ROOT/1 to/TO/aux/3 meet/VB/xcomp/1 "
    "with/IN/prep/3 Bob/NNP/pobj/4/B-PERSON ^././punct/1";

static void wording_collects_tokens_and_swallows_anchors(void **state)
{
    (void)state;
    use_clause("", "");
    assert_wordings(agreed, "Ann|agreed to meet|with Bob");
    use_clause("    lead: others\n", "");
    assert_wordings(agreed, "Ann|agreed to meet with|Bob");
}

static void only_a_lead_behind_the_anchor_joins(void **state)
{
    (void)state;
    use_clause("    lead: others\n", "");
    assert_wordings(
        "In/IN/prep/3 May/NNP/pobj/0 Ann/NNP/nsubj/3 slept:sleep/VBD/ROOT/3",
        "Ann|slept|In May");
    assert_wordings(gave, "Ann|gave|old books of Bob and pens|to Carl at Acme|In May");
}

static void the_noun_of_a_relative_clause_is_not_ahead_of_its_verb(void **state)
{
    (void)state;
    static const char raised[] =
        "Ann/NNP/nsubj/1 led:lead/VBD/ROOT/1 troops/NNS/dobj/1 Bob/NNP/nsubj/4 "
        "raised:raise/VBD/relcl/2 in/IN/prep/4 May/NNP/pobj/5";
    use_rules(rg_arena_format(arena, "%s%s    lead: others\n",
                              "derive:\n  'GS:own': [v >nsubj]\n  WORD: [v >aux]\n"
                              "  ARG: [v >dobj, v <relcl]\n"
                              "  'ARG:{p}': [v >prep=p >pobj, "
                              "'v >prep=p[!has >] <prep <relcl']\n",
                              clause)
                  .bytes);
    assert_wordings(raised, "Ann|led|troops; Bob|raised|troops|in May");
    static const char lived[] =
        "Ann/NNP/nsubj/1 saw:see/VBD/ROOT/1 towns/NNS/dobj/1 in/IN/prep/6 "
        "which/WDT/pobj/3 he/PRP/nsubj/6 lived:live/VBD/relcl/2";
    use_rules(rg_arena_format(
                  arena, "%s%s    lead: others\n",
                  "derive:\n  'GS:own': [v >nsubj]\n  WORD: [v >aux]\n"
                  "  ARG: [v >dobj]\n"
                  "  'ARG:{p}': ['v >prep=p >pobj[tag=WDT] <pobj <prep <relcl']\n",
                  clause)
                  .bytes);
    assert_wordings(lived, "Ann|saw|towns; he|lived in|towns");
}

static void the_lead_of_a_clause_leaves_its_object(void **state)
{
    (void)state;
    static const char said[] = "Ann/NNP/nsubj/1 said:say/VBD/ROOT/1 that/IN/mark/4 "
                               "Bob/NNP/nsubj/4 slept:sleep/VBD/ccomp/1";
    use_clause("    lead: others\n", "");
    assert_wordings(said, "Ann|said that|Bob slept");
    use_clause("", "");
    assert_wordings(said, "Ann|said|that Bob slept");
}

/* "Ann saw books written by Bob." */
static const char reduced[] =
    "Ann/NNP/nsubj/1 saw:see/VBD/ROOT/1 books:book/NNS/dobj/1 "
    "written:write/VBN/acl/2 by/IN/agent/3 Bob/NNP/pobj/4/B-PERSON ^././punct/1";

static void the_sub_label_of_an_edge_is_read(void **state)
{
    (void)state;
    use_clause("    set: {how: '{s.via}'}\n    where: s.via = red\n", "");
    const rg_edges *edges = edges_of(reduced);
    assert_int_equal(edges->count, 1);
    assert_true(rg_str_is(edges->items[0].subject_text, "books written by Bob"));
    assert_int_equal(edges->items[0].qualifier_count, 1);
    assert_true(rg_str_is(edges->items[0].qualifiers[0].value, "red"));
    use_clause("    where: s.via != red\n", "");
    assert_wordings(reduced, "Ann|saw|books written by Bob");
    use_clause("    where: s.via = own|conj\n", "");
    assert_wordings(reduced, "Ann|saw|books written by Bob");
}

static void a_word_is_supplied_in_tense_and_number(void **state)
{
    (void)state;
    use_clause("    where: s.via = red\n    lead: others\n    supply: {red: be}\n",
               "  cut: ['head >acl']\n");
    assert_wordings(reduced, "books|were written by|Bob");
    assert_wordings("Ann/NNP/nsubj/1 sees:see/VBZ/ROOT/1 a/DT/det/3 book/NN/dobj/1 "
                    "written:write/VBN/acl/3 by/IN/agent/4 Bob/NNP/pobj/5",
                    "a book|is written by|Bob");
    use_clause("    where: s.via = red\n    lead: others\n    supply: be present\n",
               "  cut: ['head >acl']\n");
    assert_wordings(reduced, "books|are written by|Bob");
    use_clause("    where: s.via = red\n    lead: others\n    supply: {own: be}\n",
               "  cut: ['head >acl']\n");
    assert_wordings(reduced, "books|written by|Bob");
}

static void output_may_supply_nothing(void **state)
{
    (void)state;
    use_clause("    where: s.via = red\n    lead: others\n    supply: be\n",
               "  cut: ['head >acl']\n  supply: false\n");
    assert_wordings(reduced, "books|written by|Bob");
}

static void wording_none_leaves_what_is_supplied(void **state)
{
    (void)state;
    use_rules("rules:\n  - rule: r\n    match: {n: '[PROPN]'}\n"
              "    args: {o: n >appos}\n    subject: n\n    object: o\n"
              "    relation: is\n    wording: none\n    supply: be present\n");
    assert_wordings("Ann/NNP/nsubj/3 a/DT/det/2 chair/NN/appos/0 left/VBD/ROOT/3",
                    "Ann|is|chair");
}

static void binary_gives_a_triple_for_each_argument(void **state)
{
    (void)state;
    use_clause("    lead: others\n", "  tuple: binary\n");
    assert_wordings(gave,
                    "Ann|gave|old books of Bob and pens; Ann|gave to|Carl at Acme; "
                    "Ann|gave In|May");
    assert_triples(gave, "Ann give books; Ann give-to Carl; Ann give-in May");
}

static void a_chain_goes_on_from_the_object(void **state)
{
    (void)state;
    use_clause("", "  tuple: chain\n  spans: minimal\n  depth: 0\n");
    assert_wordings(gave, "Ann|gave|old books; Ann|gave old books to|Carl; "
                          "Ann|gave old books In|May");
}

static void a_chain_follows_the_phrases_of_a_noun_so_deep(void **state)
{
    (void)state;
    use_clause("", "  tuple: chain\n  spans: minimal\n  depth: 1\n");
    assert_wordings(gave,
                    "Ann|gave|old books; Ann|gave old books of|Bob; "
                    "Ann|gave old books to|Carl; Ann|gave old books to Carl at|Acme; "
                    "Ann|gave old books In|May");
    static const char deep[] =
        "Ann/NNP/nsubj/1 saw:see/VBD/ROOT/1 lids:lid/NNS/dobj/1 of/IN/prep/2 "
        "pots:pot/NNS/pobj/3 of/IN/prep/4 clay/NN/pobj/5";
    assert_wordings(deep, "Ann|saw|lids; Ann|saw lids of|pots");
    use_clause("", "  tuple: chain\n  spans: minimal\n  depth: 2\n");
    assert_wordings(deep, "Ann|saw|lids; Ann|saw lids of|pots; "
                          "Ann|saw lids of pots of|clay");
}

static void carried_arguments_stand_in_later_relations(void **state)
{
    (void)state;
    use_clause("", "  tuple: chain\n  spans: minimal\n  depth: 0\n");
    assert_wordings(
        "Bob/NNP/nsubj/1 seen:see/VBD/ROOT/1 by/IN/agent/1 Ann/NNP/pobj/2 "
        "in/IN/prep/1 Rome/NNP/pobj/4 on/IN/prep/1 foot/NN/pobj/6",
        "Bob|seen by|Ann; Bob|seen by Ann in|Rome; Bob|seen by Ann on|foot");
}

static void coordinations_are_split_by_slot(void **state)
{
    (void)state;
    use_clause("", "  split: {object: all}\n");
    assert_wordings(gave, "Ann|gave|old books of Bob|to Carl at Acme|In May; "
                          "Ann|gave|pens|to Carl at Acme|In May");
    use_clause("", "  split: {subject: all}\n");
    assert_wordings(gave, "Ann|gave|old books of Bob and pens|to Carl at Acme|In May");
    assert_wordings("Ann/NNP/nsubj/3 and/CC/cc/0 Bob/NNP/conj/0 saw:see/VBD/ROOT/3 "
                    "Carl/NNP/dobj/3",
                    "Ann|saw|Carl; Bob|saw|Carl");
}

static void coordinations_are_split_by_length(void **state)
{
    (void)state;
    use_clause("", "  split: {object: 3}\n");
    assert_wordings(gave, "Ann|gave|old books of Bob and pens|to Carl at Acme|In May");
    use_clause("", "  split: {object: 4}\n");
    assert_wordings(gave, "Ann|gave|old books of Bob|to Carl at Acme|In May; "
                          "Ann|gave|pens|to Carl at Acme|In May");
}

static void a_name_is_neither_split_nor_cut(void **state)
{
    (void)state;
    static const char firm[] =
        "Ann/NNP/nsubj/1 left:leave/VBD/ROOT/1 Bell/NNP/dobj/1/B-ORG "
        "and/CC/cc/2/I-ORG Hill/NNP/conj/2/I-ORG";
    use_clause("", "  split: all\n  spans: minimal\n");
    assert_wordings(firm, "Ann|left|Bell and Hill");
}

static void spans_are_built_by_slot(void **state)
{
    (void)state;
    use_clause("", "  spans: {object: minimal}\n");
    assert_wordings(gave, "Ann|gave|old books|to Carl at Acme|In May");
    use_clause("", "  spans: {arguments: minimal}\n");
    assert_wordings(gave, "Ann|gave|old books of Bob and pens|to Carl|In May");
}

static void plain_rules_stay_as_they_are(void **state)
{
    (void)state;
    use_rules("rules:\n  - rule: r\n    match: {v: '[VERB]'}\n"
              "    args: {s: v >nsubj, o: v >prep=p >pobj}\n    relation: '{v}-{p}'\n"
              "    subject: s\n    object: o\n");
    const rg_edges *edges = edges_of(agreed);
    assert_int_equal(edges->count, 0);
    assert_triples(gave, "Ann give-in May; Ann give-to Carl");
    assert_false(edges_of(gave)->items[0].ordered);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(a_list_keeps_its_arguments_in_order_those_before_the_anchor_last),
        by_hand_test(each_argument_knows_what_leads_to_it),
        by_hand_test(a_lead_of_several_words_stays_whole),
        by_hand_test(wording_collects_tokens_and_swallows_anchors),
        by_hand_test(only_a_lead_behind_the_anchor_joins),
        by_hand_test(the_noun_of_a_relative_clause_is_not_ahead_of_its_verb),
        by_hand_test(the_lead_of_a_clause_leaves_its_object),
        by_hand_test(the_sub_label_of_an_edge_is_read),
        by_hand_test(a_word_is_supplied_in_tense_and_number),
        by_hand_test(output_may_supply_nothing),
        by_hand_test(wording_none_leaves_what_is_supplied),
        by_hand_test(binary_gives_a_triple_for_each_argument),
        by_hand_test(a_chain_goes_on_from_the_object),
        by_hand_test(a_chain_follows_the_phrases_of_a_noun_so_deep),
        by_hand_test(carried_arguments_stand_in_later_relations),
        by_hand_test(coordinations_are_split_by_slot),
        by_hand_test(coordinations_are_split_by_length),
        by_hand_test(a_name_is_neither_split_nor_cut),
        by_hand_test(spans_are_built_by_slot),
        by_hand_test(plain_rules_stay_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
