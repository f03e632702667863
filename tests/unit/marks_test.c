/* Where the wording of a triple stands in its evidence. */
#include "with_arena.h"

#include "output/columns.h"
#include "output/marks.h"

#include <string.h>

static rg_edge make_edge(const char *evidence, const char *subject,
                         const char *relation, const char *object)
{
    rg_edge edge = rg_column_defaults();
    edge.evidence = rg_str_of(evidence);
    edge.subject_text = rg_str_of(subject);
    edge.relation_text = rg_str_of(relation);
    edge.object_text = rg_str_of(object);
    return edge;
}

/* The pieces as "[s Ann] [r leads] [o Acme]." */
static void assert_marks(rg_edge edge, const char *expected)
{
    int count;
    const rg_marked *pieces = rg_marks_cut(&count, arena, &edge);
    rg_buf got = rg_buf_in(arena), whole = rg_buf_in(arena);
    for (int i = 0; i < count; i++) {
        rg_buf_put(&whole, pieces[i].text);
        if (pieces[i].role == ' ')
            rg_buf_put(&got, pieces[i].text);
        else
            rg_buf_format(&got, "[%c %.*s]", pieces[i].role, RG_PRINT(pieces[i].text));
    }
    assert_true(rg_str_equal(rg_buf_str(&whole), edge.evidence));
    if (!rg_str_is(rg_buf_str(&got), expected))
        fail_msg("expected '%s', got '%.*s'", expected, RG_PRINT(rg_buf_str(&got)));
}

static void finds_wording_without_offsets(void **state)
{
    (void)state;
    assert_marks(make_edge("Ann leads Acme.", "Ann", "leads", "Acme"),
                 "[s Ann] [r leads] [o Acme].");
    assert_marks(make_edge("", "Ann", "leads", "Acme"), "");
    assert_marks(make_edge("It rains.", "Ann", "leads", ""), "It rains.");
}

static void looks_for_the_object_behind_the_relation(void **state)
{
    (void)state;
    assert_marks(make_edge("Acme said Ann leads Acme.", "Ann", "leads", "Acme"),
                 "Acme said [s Ann] [r leads] [o Acme].");
    assert_marks(make_edge("Acme, which Ann leads, fell.", "Ann", "leads", "Acme"),
                 "[o Acme], which [s Ann] [r leads], fell.");
}

static void cuts_no_words(void **state)
{
    (void)state;
    assert_marks(make_edge("Annabel saw Ann at Annex.", "Ann", "at", "Annex"),
                 "Annabel saw [s Ann] [r at] [o Annex].");
}

static void marks_wording_that_stands_apart(void **state)
{
    (void)state;
    assert_marks(
        make_edge("Ann is said to buy it for cash.", "Ann", "to buy for", "cash"),
        "[s Ann] is said [r to buy] it [r for] [o cash].");
}

static void leaves_out_what_a_rule_supplied(void **state)
{
    (void)state;
    assert_marks(make_edge("Acme's chief Ann spoke.", "Ann", "is chief", "Acme"),
                 "[o Acme]'s [r chief] [s Ann] spoke.");
}

static void offsets_choose_among_equals(void **state)
{
    (void)state;
    rg_edge edge = make_edge("He saw that he won the cup.", "he", "won", "the cup");
    edge.subject_text = RG_STR("He");
    edge.evidence = RG_STR("He saw that He won the cup.");
    edge.start = 100;
    edge.end = 127;
    edge.subject_span = (rg_span){112, 114};
    assert_marks(edge, "He saw that [s He] [r won] [o the cup].");
}

/* "Ann  \n  leads Acme" in the file: spans lie further on than in the evidence. */
static void allows_for_folded_white_space(void **state)
{
    (void)state;
    rg_edge edge = make_edge("Ann leads Acme, Bob leads Acme.", "Bob", "leads", "Acme");
    edge.start = 0;
    edge.end = edge.evidence.len + 4;
    edge.subject_span = (rg_span){20, 23};
    edge.relation_span = (rg_span){24, 29};
    edge.object_span = (rg_span){30, 34};
    assert_marks(edge, "Ann leads Acme, [s Bob] [r leads] [o Acme].");
}

static void survives_offsets_of_another_text(void **state)
{
    (void)state;
    rg_edge edge = make_edge("Ann leads Acme.", "Ann", "leads", "Acme");
    edge.start = 10;
    edge.end = 12;
    edge.subject_span = (rg_span){11, 2147483647};
    edge.relation_span = (rg_span){1999999999, 2000000000};
    edge.object_span = (rg_span){5, 3};
    assert_marks(edge, "Ann leads [o Acme].");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_wording_without_offsets),
        cmocka_unit_test(looks_for_the_object_behind_the_relation),
        cmocka_unit_test(cuts_no_words),
        cmocka_unit_test(marks_wording_that_stands_apart),
        cmocka_unit_test(leaves_out_what_a_rule_supplied),
        cmocka_unit_test(offsets_choose_among_equals),
        cmocka_unit_test(allows_for_folded_white_space),
        cmocka_unit_test(survives_offsets_of_another_text),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
