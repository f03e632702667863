/* tree_test.c - sentences from heads, and labels of the form X||Y. */
#include "lang/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 12 };

static rg_arena *arena;
static rg_token tokens[MOST];
static const rg_lexeme word, space = {.is_space = true};

static int open_arena(void **state)
{
    (void)state;
    arena = rg_arena_new();
    return arena ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    rg_arena_free(arena);
    return 0;
}

static void set(int i, int head, const char *dep)
{
    tokens[i] = (rg_token){.lexeme = &word, .head = head, .dep = rg_str_of(dep)};
}

static void assert_token(int i, int head, const char *dep)
{
    assert_int_equal(tokens[i].head, head);
    assert_true(rg_str_is(tokens[i].dep, dep));
}

static void assert_starts(const char *starts)
{
    for (int i = 0; starts[i]; i++)
        assert_int_equal(tokens[i].sent_start, starts[i] == '1' ? 1 : -1);
}

static void a_sentence_begins_at_the_left_edge_of_its_root(void **state)
{
    (void)state;
    set(0, 1, "a");
    set(1, 1, "ROOT");
    set(2, 3, "a");
    set(3, 4, "b");
    set(4, 4, "ROOT");
    rg_tree_finish(tokens, 5, arena);
    assert_starts("10100");
}

static void one_token_is_a_sentence(void **state)
{
    (void)state;
    set(0, 0, "ROOT");
    rg_tree_finish(tokens, 1, arena);
    assert_starts("1");
}

/* The arc 3 -> 0 crosses out of the second tree: its span must grow to the left. */
static void a_root_inside_another_tree_begins_no_second_sentence_there(void **state)
{
    (void)state;
    set(0, 3, "a");
    set(1, 1, "ROOT");
    set(2, 3, "b");
    set(3, 3, "ROOT");
    rg_tree_finish(tokens, 4, arena);
    assert_starts("1100");
}

static void a_label_with_bars_names_the_true_head(void **state)
{
    (void)state;
    set(0, 0, "ROOT");
    set(1, 0, "dobj");
    set(2, 1, "det");
    set(3, 0, "acl||dobj");
    rg_tree_finish(tokens, 4, arena);
    assert_token(3, 1, "acl");
    assert_starts("1000");
}

static void the_search_goes_level_by_level_left_children_first(void **state)
{
    (void)state;
    set(0, 2, "x");
    set(1, 0, "y"); /* a level below */
    set(2, 2, "ROOT");
    set(3, 2, "x");
    set(4, 2, "y");
    set(5, 2, "acl||y");
    rg_tree_finish(tokens, 6, arena);
    assert_token(5, 4, "acl");
}

static void spaces_are_no_heads(void **state)
{
    (void)state;
    set(0, 0, "ROOT");
    set(1, 0, "y");
    tokens[1].lexeme = &space;
    set(2, 0, "acl||y");
    rg_tree_finish(tokens, 3, arena);
    assert_token(2, 0, "acl");
}

static void the_head_stays_if_no_token_has_the_label(void **state)
{
    (void)state;
    set(0, 0, "ROOT");
    set(1, 0, "acl||nowhere");
    rg_tree_finish(tokens, 2, arena);
    assert_token(1, 0, "acl");
}

static void a_token_is_not_its_own_head(void **state)
{
    (void)state;
    set(0, 0, "ROOT");
    set(1, 0, "y||y");
    set(2, 1, "y");
    rg_tree_finish(tokens, 3, arena);
    assert_token(1, 0, "y");
}

static void scratch_is_given_back(void **state)
{
    (void)state;
    size_t before = rg_arena_held(arena);
    set(0, 0, "ROOT");
    for (int i = 0; i < 20000; i++)
        rg_tree_finish(tokens, 1, arena);
    assert_int_equal(rg_arena_held(arena), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_begins_at_the_left_edge_of_its_root),
        cmocka_unit_test(one_token_is_a_sentence),
        cmocka_unit_test(a_root_inside_another_tree_begins_no_second_sentence_there),
        cmocka_unit_test(a_label_with_bars_names_the_true_head),
        cmocka_unit_test(the_search_goes_level_by_level_left_children_first),
        cmocka_unit_test(spaces_are_no_heads),
        cmocka_unit_test(the_head_stays_if_no_token_has_the_label),
        cmocka_unit_test(a_token_is_not_its_own_head),
        cmocka_unit_test(scratch_is_given_back),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
