/* names_test.c - a large set of names as one block of bytes. */
#include "with_arena.h"

#include "base/buf.h"
#include "base/names.h"

#include <string.h>

static rg_names build(const char *source, rg_names_case fold)
{
    rg_names names;
    rg_names_fault fault = {0};
    if (!rg_names_build(&names, arena, rg_str_of(source), fold, &fault))
        fail_msg("line %d: %s", fault.line, fault.what);
    return names;
}

static rg_name_found find(const rg_names *names, const char *text)
{
    rg_name_walk walk;
    rg_name_walk_begin(&walk);
    assert_true(rg_name_walk_put(&walk, rg_str_of(text)));
    return rg_names_find(names, &walk);
}

static void a_name_is_found_with_its_label(void **state)
{
    (void)state;
    rg_names names = build("Bank of Ghana\tBoG\nBank One\n", RG_NAMES_WRITTEN);
    rg_name_found found = find(&names, "Bank of Ghana");
    assert_true(found.is_name);
    assert_true(rg_str_is(found.label, "BoG"));
    assert_true(rg_str_is(rg_names_label(&names, found.record), "BoG"));
    assert_true(rg_str_is(find(&names, "Bank One").label, "Bank One"));
    assert_int_equal(names.count, 2);
    assert_int_equal(names.longest, 13);
}

static void a_beginning_is_no_name(void **state)
{
    (void)state;
    rg_names names = build("Bank of Ghana\nBank\n", RG_NAMES_WRITTEN);
    assert_true(find(&names, "Bank").is_name);
    assert_true(find(&names, "Bank of").begins);
    assert_false(find(&names, "Bank of").is_name);
    assert_false(find(&names, "Ban").begins);
    assert_false(find(&names, "bank").begins);
    assert_false(find(&names, "Bank of Ghana Ltd").begins);
}

static void comments_blank_lines_and_marks_are_skipped(void **state)
{
    (void)state;
    rg_names names =
        build("\xef\xbb\xbf# banks\n\n  \nBank  \t of\r\n", RG_NAMES_WRITTEN);
    assert_int_equal(names.count, 1);
    assert_true(find(&names, "Bank").is_name);
    assert_true(rg_str_is(find(&names, "Bank").label, "of"));
}

static void white_space_in_a_name_is_one_blank(void **state)
{
    (void)state;
    rg_names names = build("Bank   of\vGhana\n", RG_NAMES_WRITTEN);
    assert_true(find(&names, "Bank of Ghana").is_name);
}

static void any_case_keeps_the_spelling_as_the_label(void **state)
{
    (void)state;
    rg_names names = build("Straße Ähre\nacme\tACME Corp\n", RG_NAMES_ANY);
    assert_true(rg_str_is(find(&names, "straße ähre").label, "Straße Ähre"));
    assert_true(rg_str_is(find(&names, "acme").label, "ACME Corp"));
    assert_false(find(&names, "Straße Ähre").is_name);
}

static void lower_case_gives_lower_labels(void **state)
{
    (void)state;
    rg_names names = build("Straße Ähre\nacme\tACME Corp\n", RG_NAMES_LOWER);
    assert_true(rg_str_is(find(&names, "straße ähre").label, "straße ähre"));
    assert_true(rg_str_is(find(&names, "acme").label, "ACME Corp"));
}

static void the_first_of_two_equal_names_counts(void **state)
{
    (void)state;
    rg_names names = build("A\tone\nB\nA\ttwo\nB\n", RG_NAMES_WRITTEN);
    assert_true(rg_str_is(find(&names, "A").label, "one"));
    assert_int_equal(names.conflict_line, 3);
    assert_int_equal(build("A\tone\nA\tone\n", RG_NAMES_WRITTEN).conflict_line, 0);
}

static void a_bad_line_is_told(void **state)
{
    (void)state;
    rg_names names;
    rg_names_fault fault = {0};
    char long_name[RG_LONGEST_NAME + 2];
    memset(long_name, 'x', sizeof long_name);
    rg_str text = {long_name, RG_LONGEST_NAME + 1};
    assert_false(rg_names_build(&names, arena, text, RG_NAMES_WRITTEN, &fault));
    assert_int_equal(fault.line, 1);
    assert_string_equal(fault.what, "a name of more than 1000 bytes");
    assert_false(rg_names_build(&names, arena, RG_STR("A\n\tlabel\n"), RG_NAMES_WRITTEN,
                                &fault));
    assert_int_equal(fault.line, 2);
    assert_string_equal(fault.what, "a label without a name before it");
    assert_false(
        rg_names_build(&names, arena, RG_STR("\xff\n"), RG_NAMES_WRITTEN, &fault));
    assert_string_equal(fault.what, "text that is not UTF-8");
}

static void no_names_are_an_index_too(void **state)
{
    (void)state;
    rg_names names = build("", RG_NAMES_WRITTEN);
    assert_int_equal(names.count, 0);
    assert_false(find(&names, "A").begins);
}

/* A copy that may be spoilt, aligned as a mapped file is. */
static unsigned char *copy_of(const rg_names *names)
{
    unsigned char *copy = rg_arena_take(arena, names->size, 64);
    memcpy(copy, names->bytes, names->size);
    return copy;
}

static void an_index_is_read_back(void **state)
{
    (void)state;
    rg_str source = RG_STR("Bank of Ghana\tBoG\nA\nA\tB\n");
    rg_names names = build(source.bytes, RG_NAMES_WRITTEN), again;
    uint64_t hash = rg_names_hash(source);
    assert_true(
        rg_names_open(&again, copy_of(&names), names.size, hash, RG_NAMES_WRITTEN));
    assert_true(rg_str_is(find(&again, "Bank of Ghana").label, "BoG"));
    assert_int_equal(again.conflict_line, 3);
    assert_int_equal(again.longest, 13);
    assert_false(
        rg_names_open(&again, copy_of(&names), names.size, hash + 1, RG_NAMES_WRITTEN));
    assert_false(
        rg_names_open(&again, copy_of(&names), names.size, hash, RG_NAMES_ANY));
}

static void a_changed_or_cut_index_is_refused(void **state)
{
    (void)state;
    rg_str source = RG_STR("Bank of Ghana\tBoG\n");
    rg_names names = build(source.bytes, RG_NAMES_WRITTEN), again;
    uint64_t hash = rg_names_hash(source);
    unsigned char *copy = copy_of(&names);
    for (size_t at = 0; at < names.size; at++) {
        copy[at] ^= 1;
        assert_false(rg_names_open(&again, copy, names.size, hash, RG_NAMES_WRITTEN));
        copy[at] ^= 1;
    }
    for (size_t size = 0; size < names.size; size++)
        assert_false(rg_names_open(&again, copy, size, hash, RG_NAMES_WRITTEN));
    assert_true(rg_names_open(&again, copy, names.size, hash, RG_NAMES_WRITTEN));
}

static void many_names_are_all_found(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    rg_buf source = rg_buf_in(arena);
    for (int i = 0; i < COUNT; i++)
        rg_buf_format(&source, "Firm %d of %d\tlabel %d\n", i * 7, i % 10, i);
    rg_buf_byte(&source, '\0');
    rg_names names = build(source.bytes, RG_NAMES_WRITTEN);
    for (int i = 0; i < COUNT; i++) {
        rg_str name = rg_arena_format(arena, "Firm %d of %d", i * 7, i % 10);
        rg_str label = rg_arena_format(arena, "label %d", i);
        assert_true(rg_str_equal(find(&names, name.bytes).label, label));
        name = rg_arena_format(arena, "Firm %d of %d", i * 7 + 1, i % 10);
        assert_false(find(&names, name.bytes).is_name);
    }
}

static void a_walk_ends_at_the_longest_name(void **state)
{
    (void)state;
    rg_name_walk walk;
    char text[RG_LONGEST_NAME] = {0};
    rg_name_walk_begin(&walk);
    assert_true(rg_name_walk_put(&walk, (rg_str){text, RG_LONGEST_NAME}));
    assert_false(rg_name_walk_put(&walk, RG_STR("x")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_found_with_its_label),
        cmocka_unit_test(a_beginning_is_no_name),
        cmocka_unit_test(comments_blank_lines_and_marks_are_skipped),
        cmocka_unit_test(white_space_in_a_name_is_one_blank),
        cmocka_unit_test(any_case_keeps_the_spelling_as_the_label),
        cmocka_unit_test(lower_case_gives_lower_labels),
        cmocka_unit_test(the_first_of_two_equal_names_counts),
        cmocka_unit_test(a_bad_line_is_told),
        cmocka_unit_test(no_names_are_an_index_too),
        cmocka_unit_test(an_index_is_read_back),
        cmocka_unit_test(a_changed_or_cut_index_is_refused),
        cmocka_unit_test(many_names_are_all_found),
        cmocka_unit_test(a_walk_ends_at_the_longest_name),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
