/* transitions_test.c - what the parser may do, and what the moves do. */
#include "with_arena.h"

#include "lang/transitions.h"

enum {
    SHIFT = 1 << RG_MOVE_SHIFT,
    REDUCE = 1 << RG_MOVE_REDUCE,
    ARCS = 1 << RG_MOVE_LEFT | 1 << RG_MOVE_RIGHT,
    BREAK = 1 << RG_MOVE_BREAK,
};

static void do_moves(rg_state *s, const char *moves)
{
    for (; *moves; moves++)
        switch (*moves) {
        case 'S': rg_state_do(s, RG_MOVE_SHIFT, 0); break;
        case 'D': rg_state_do(s, RG_MOVE_REDUCE, 1); break;
        case 'L': rg_state_do(s, RG_MOVE_LEFT, 2); break;
        case 'R': rg_state_do(s, RG_MOVE_RIGHT, 49); break;
        default: rg_state_do(s, RG_MOVE_BREAK, 105); break;
        }
}

static rg_state after(int count, const char *moves)
{
    rg_state s = rg_state_new(arena, count);
    do_moves(&s, moves);
    return s;
}

static void an_empty_stack_can_only_be_shifted_onto(void **state)
{
    (void)state;
    rg_state s = after(3, "");
    assert_int_equal(rg_state_valid(&s), SHIFT | BREAK);
    s = after(1, "");
    assert_int_equal(rg_state_valid(&s), SHIFT);
}

static void the_last_token_cannot_be_shifted_onto_others(void **state)
{
    (void)state;
    rg_state s = after(2, "S");
    assert_int_equal(rg_state_valid(&s), REDUCE | ARCS);
}

static void at_the_end_only_reduce_is_left(void **state)
{
    (void)state;
    rg_state s = after(2, "SR");
    assert_int_equal(rg_state_valid(&s), REDUCE);
    do_moves(&s, "DD");
    assert_true(rg_state_is_done(&s));
    assert_int_equal(s.heads[1], 0);
    assert_int_equal(s.labels[1], 49);
    assert_int_equal(s.heads[0], -1);
}

static void nothing_reaches_across_a_break(void **state)
{
    (void)state;
    rg_state s = after(4, "SBR");
    assert_true(s.sent_start[2]);
    assert_int_equal(rg_state_valid(&s), REDUCE | BREAK);
    assert_int_equal(s.base, 0);
    do_moves(&s, "DD");
    assert_int_equal(rg_state_valid(&s), SHIFT | BREAK);
    assert_int_equal(s.base, 2);
}

static void a_break_is_done_once(void **state)
{
    (void)state;
    rg_state s = after(4, "SB");
    assert_int_equal(rg_state_valid(&s) & BREAK, 0);
}

static void a_token_without_a_head_goes_back_to_the_buffer_once(void **state)
{
    (void)state;
    rg_state s = after(4, "SSD");
    assert_int_equal(rg_state_stack(&s, 0), 0);
    assert_int_equal(rg_state_buffer(&s, 0), 1);
    assert_int_equal(rg_state_buffer(&s, 1), 2);
    /* it may not be shifted again, only be attached */
    assert_int_equal(rg_state_valid(&s), REDUCE | ARCS | BREAK);
    do_moves(&s, "R");
    assert_int_equal(s.heads[1], 0);
    assert_int_equal(rg_state_stack(&s, 0), 1);
    assert_int_equal(rg_state_buffer(&s, 0), 2);
}

static void no_break_between_tokens_that_are_not_neighbours(void **state)
{
    (void)state;
    rg_state s = after(5, "SSSDD");
    assert_int_equal(rg_state_buffer(&s, 0), 1);
    assert_int_equal(rg_state_buffer(&s, 1), 2);
    assert_int_not_equal(rg_state_valid(&s) & BREAK, 0);
    s = after(5, "SSSSDLD");
    assert_int_equal(rg_state_buffer(&s, 0), 1);
    assert_int_equal(rg_state_buffer(&s, 1), 3);
    assert_int_equal(rg_state_valid(&s) & BREAK, 0);
}

static void a_left_arc_lets_its_head_be_shifted_again(void **state)
{
    (void)state;
    rg_state s = after(5, "SSSD");
    assert_true(s.unshiftable[2]);
    do_moves(&s, "L");
    assert_int_equal(s.heads[1], 2);
    assert_false(s.unshiftable[2]);
    assert_int_not_equal(rg_state_valid(&s) & SHIFT, 0);
}

static void an_arc_can_be_replaced(void **state)
{
    (void)state;
    rg_state s = after(3, "SR");
    assert_int_equal(s.last_right[0], 1);
    do_moves(&s, "L");
    assert_int_equal(s.heads[1], 2);
    assert_int_equal(s.last_right[0], -1);
    assert_int_equal(s.last_left[2], 1);
}

static void the_child_attached_last_is_the_one_that_is_seen(void **state)
{
    (void)state;
    rg_state s = after(4, "SSLL");
    assert_int_equal(s.heads[0], 2);
    assert_int_equal(s.heads[1], 2);
    assert_int_equal(s.last_left[2], 0);
    assert_int_equal(s.older[0], 1);
}

static void an_endless_sentence_is_cut(void **state)
{
    (void)state;
    enum { COUNT = RG_LONGEST_SPAN + 10 };
    rg_state s = rg_state_new(arena, COUNT);
    while (s.forced_ends == 0)
        do_moves(&s, "S");
    assert_int_equal(s.next, RG_LONGEST_SPAN);
    assert_true(s.sent_start[RG_LONGEST_SPAN]);
    assert_int_equal(rg_state_valid(&s) & (SHIFT | ARCS), 0);
    do_moves(&s, "D");
    while (s.stack_count > 0) {
        assert_int_equal(rg_state_valid(&s) & (REDUCE | ARCS | BREAK), REDUCE | ARCS);
        do_moves(&s, "L");
    }
    do_moves(&s, "SD");
    assert_int_equal(s.base, RG_LONGEST_SPAN);
    assert_int_equal(rg_state_valid(&s), SHIFT | BREAK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_stack_can_only_be_shifted_onto),
        cmocka_unit_test(the_last_token_cannot_be_shifted_onto_others),
        cmocka_unit_test(at_the_end_only_reduce_is_left),
        cmocka_unit_test(nothing_reaches_across_a_break),
        cmocka_unit_test(a_break_is_done_once),
        cmocka_unit_test(a_token_without_a_head_goes_back_to_the_buffer_once),
        cmocka_unit_test(no_break_between_tokens_that_are_not_neighbours),
        cmocka_unit_test(a_left_arc_lets_its_head_be_shifted_again),
        cmocka_unit_test(an_arc_can_be_replaced),
        cmocka_unit_test(the_child_attached_last_is_the_one_that_is_seen),
        cmocka_unit_test(an_endless_sentence_is_cut),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
