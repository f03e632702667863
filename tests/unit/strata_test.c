/* strata_test.c - the order in which edges are derived. */
#include "by_hand.h"

/* Loads derive lines; the strata in the order in which the lines will run, such as
 * "A0 B1", or the error. */
typedef struct refused {
    rg_str text;
    int line;
} refused;

static void keep_message(void *user, const rg_message *message)
{
    refused *to = user;
    to->text = rg_arena_str(arena, message->text);
    to->line = message->line;
}

static const char *strata_of(const char *lines)
{
    rg_str text = rg_arena_format(arena, "relgraph: 1\nderive:\n%s", lines);
    rg_file file = {.path = RG_STR("rules"), .text = text};
    rg_rules_request request = {.texts = &file, .text_count = 1};
    refused told = {0};
    rg_error err = {0};
    if (rules)
        rg_rules_free(rules);
    rules = NULL;
    if (!rg_rules_load(&rules, arena, &request, (rg_reporter){keep_message, &told},
                       &err))
        return rg_arena_format(arena, "%d: %.*s", told.line, RG_PRINT(told.text)).bytes;
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < rules->derive_count; i++)
        rg_buf_format(&out, "%s%.*s%d", i ? " " : "",
                      RG_PRINT(rg_map_key(rules->symbols, rules->derives[i].name)),
                      rules->derives[i].stratum);
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

static void edges_of_the_parser_alone_need_no_order(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  B: [v >nsubj]\n  A: [v >dobj]\n"), "B0 A0");
}

static void an_edge_may_use_itself(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  A: [v >nsubj, v >A >conj]\n"), "A0 A0");
    assert_string_equal(strata_of("  A: [v >B]\n  B: [v >A, v >nsubj]\n"), "A0 B0 B0");
}

static void what_is_absent_comes_first(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  A: [v >dobj unless v >B]\n  B: [v >nsubj]\n"),
                        "B0 A1");
    assert_string_equal(strata_of("  A: ['v[!has >B] >dobj']\n  B: [v >nsubj]\n"),
                        "B0 A1");
    assert_string_equal(
        strata_of("  A: ['v >(dobj|conj)[!has (>nsubj | >B)]']\n  B: [v >nsubj]\n"),
        "B0 A1");
}

static void what_is_present_need_not_come_first(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  A: [v >dobj when v >B]\n  B: [v >nsubj]\n"),
                        "A0 B0");
    assert_string_equal(strata_of("  A: ['v[has >B] >dobj']\n  B: [v >nsubj]\n"),
                        "A0 B0");
}

static void edges_with_fixed_sub_labels_are_told_apart(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  'A:x': [v >nsubj]\n"
                                  "  'A:y': [v <conj >A:* unless v >A:x]\n"),
                        "A0 A1");
    assert_string_equal(strata_of("  'A:x': [v >nsubj]\n"
                                  "  'A:y': [v <conj >A:x unless v >A:*]\n"),
                        "4: edge 'A:y' depends on its own absence");
    assert_string_equal(strata_of("  'A:x': [v >nsubj]\n"
                                  "  'A:{p}': ['v <conj=p >A:x unless v >A:z']\n"),
                        "4: edge 'A:{p}' depends on its own absence");
    assert_string_equal(strata_of("  A: [v >nsubj]\n"
                                  "  'A:y': [v <conj >A unless v >A]\n"),
                        "A0 A1");
}

static void strata_add_up(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  C: [v >dobj unless v >B]\n"
                                  "  A: [v >C when v >B]\n"
                                  "  B: [v >nsubj unless v >D]\n"
                                  "  D: [v >attr]\n"),
                        "D0 B1 C2 A2");
}

static void lines_of_one_edge_share_a_stratum(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  A: [v >nsubj, v >dobj unless v >B]\n"
                                  "  B: [v >attr]\n"),
                        "B0 A1 A1");
}

static void recursion_through_absence_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  A: [v >nsubj unless v >A]\n"),
                        "3: edge 'A' depends on its own absence");
    assert_string_equal(strata_of("  B: [v >A]\n  A: ['v[!has >B] >dobj']\n"),
                        "4: edge 'A' depends on its own absence");
    assert_string_equal(strata_of("  A: ['v >nsubj when v[!has >A]']\n"),
                        "3: edge 'A' depends on its own absence");
}

static void a_regular_expression_reads_every_edge_that_it_matches(void **state)
{
    (void)state;
    assert_string_equal(strata_of("  A: [v >dobj unless v >/^B/]\n  B: [v >nsubj]\n"),
                        "B0 A1");
    assert_string_equal(strata_of("  A: [v >dobj unless v >/^n/]\n  B: [v >nsubj]\n"),
                        "A0 B0");
    assert_string_equal(strata_of("  A: [v >dobj unless v >/^A/]\n"),
                        "3: edge 'A' depends on its own absence");
}

static void double_absence_is_still_absence(void **state)
{
    (void)state;
    assert_string_equal(
        strata_of("  A: ['v >dobj unless v >nsubj[!has >B]']\n  B: [v >nsubj]\n"),
        "B0 A1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(edges_of_the_parser_alone_need_no_order),
        by_hand_test(an_edge_may_use_itself),
        by_hand_test(what_is_absent_comes_first),
        by_hand_test(what_is_present_need_not_come_first),
        by_hand_test(edges_with_fixed_sub_labels_are_told_apart),
        by_hand_test(strata_add_up),
        by_hand_test(lines_of_one_edge_share_a_stratum),
        by_hand_test(recursion_through_absence_is_refused_with_its_place),
        by_hand_test(a_regular_expression_reads_every_edge_that_it_matches),
        by_hand_test(double_absence_is_still_absence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
