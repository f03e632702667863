/* base_test.c - slices, errors and their places, maps, arenas, files. */
#include "with_arena.h"

#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "base/pack.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define assert_str(str, text) assert_true(rg_str_is((str), (text)))

static void cuts_are_clamped_to_the_text(void **state)
{
    (void)state;
    rg_str word = RG_STR("abc");
    assert_str(rg_str_cut(word, -5, 2), "ab");
    assert_str(rg_str_cut(word, 1, 99), "bc");
    assert_str(rg_str_cut(word, 2, 1), "");
}

static void finds_parts_and_bytes(void **state)
{
    (void)state;
    rg_str text = RG_STR("aab aab");
    assert_int_equal(rg_str_find(text, RG_STR("ab"), 0), 1);
    assert_int_equal(rg_str_find(text, RG_STR("ab"), 2), 5);
    assert_int_equal(rg_str_find(text, RG_STR("abc"), 0), -1);
    assert_int_equal(rg_str_find_byte(text, 'b', 3), 6);
    assert_int_equal(rg_str_find_byte(text, 'b', 7), -1);
}

static void a_shorter_text_comes_first(void **state)
{
    (void)state;
    assert_true(rg_str_compare(RG_STR("ab"), RG_STR("abc")) < 0);
    assert_true(rg_str_compare(RG_STR("b"), RG_STR("abc")) > 0);
    assert_int_equal(rg_str_compare(RG_STR("x"), RG_STR("x")), 0);
}

static void distance_counts_edits_up_to_its_limit(void **state)
{
    (void)state;
    assert_int_equal(rg_str_distance(RG_STR("match"), RG_STR("mach"), 2), 1);
    assert_int_equal(rg_str_distance(RG_STR("kitten"), RG_STR("sitting"), 5), 3);
    assert_int_equal(rg_str_distance(RG_STR("kitten"), RG_STR("sitting"), 2), 3);
}

static void the_nearest_name_must_be_near(void **state)
{
    (void)state;
    const char *const names[] = {"draw", "extract", "parse"};
    assert_string_equal(rg_nearest("drw", names, 3), "draw");
    assert_string_equal(rg_nearest("extrcat", names, 3), "extract");
    assert_null(rg_nearest("query", names, 3));
}

static void keeps_the_first_error(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_str source = RG_STR("one\ntw\xc3\xb6 three\r\nfour");
    rg_place place = {RG_STR("a.yaml"), source, 9};
    assert_false(rg_fail(&err, RG_ERROR_RULE, place, "bad '%s'", "three"));
    assert_false(rg_fail(&err, RG_ERROR_LIMIT, RG_NOWHERE, "later"));
    assert_int_equal(err.kind, RG_ERROR_RULE);
    assert_string_equal(err.text, "bad 'three'");
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 5); /* in characters: the umlaut has two bytes */
    assert_string_equal(err.source_line, "tw\xc3\xb6 three");
    assert_string_equal(err.id, "rule");
}

static void count_report(void *user, const rg_message *message)
{
    assert_string_equal(message->text.bytes, "gone");
    *(int *)user += 1;
}

static void reports_an_error_once(void **state)
{
    (void)state;
    rg_error err = {0};
    int count = 0;
    rg_reporter reporter = {count_report, &count};
    rg_error_report(&err, reporter);
    assert_int_equal(count, 0);
    rg_fail(&err, RG_ERROR_INPUT, RG_NOWHERE, "gone");
    rg_error_report(&err, reporter);
    rg_error_report(&err, reporter);
    assert_int_equal(count, 1);
}

static void long_messages_are_cut_not_overrun(void **state)
{
    (void)state;
    rg_error err = {0};
    char *text = rg_new(arena, char, 5000);
    memset(text, 'x', 4999);
    rg_place place = {rg_str_of(text), rg_str_of(text), 4000};
    rg_fail(&err, RG_ERROR_INPUT, place, "%s", text);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(strlen(err.source_line), sizeof err.source_line - 1);
    assert_int_equal(strlen(err.file), sizeof err.file - 1);
}

static void map_ids_count_up_in_order(void **state)
{
    (void)state;
    rg_map *map = rg_map_new(arena);
    for (int i = 0; i < 1000; i++) {
        rg_str key = rg_arena_format(arena, "key-%d", i % 500);
        assert_int_equal(rg_map_put(map, key), i % 500);
    }
    assert_int_equal(rg_map_count(map), 500);
    assert_str(rg_map_key(map, 42), "key-42");
    assert_int_equal(rg_map_find(map, RG_STR("key-500")), -1);
}

static void arena_memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    for (size_t align = 1; align <= 64; align *= 2) {
        unsigned char *bytes = rg_arena_take(arena, 100, align);
        assert_int_equal((uintptr_t)bytes % align, 0);
        for (int i = 0; i < 100; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, 100);
    }
}

static void reset_gives_back_all_since_the_mark(void **state)
{
    (void)state;
    rg_str kept = rg_arena_str(arena, RG_STR("kept"));
    size_t held = rg_arena_held(arena);
    rg_arena_mark mark = rg_arena_mark_now(arena);
    for (int i = 0; i < 100; i++)
        rg_arena_take(arena, 64 * 1024, 8);
    assert_true(rg_arena_held(arena) > 100 * 64 * 1024 - 1);
    rg_arena_reset(arena, mark);
    assert_int_equal(rg_arena_held(arena), held);
    assert_str(kept, "kept");
}

/* Of a MiB and more: they lie alone. */
static void large_pieces_are_zeroed_and_go_with_a_reset(void **state)
{
    enum { SIZE = 3 << 20 };
    (void)state;
    size_t held = rg_arena_held(arena);
    char *kept = rg_new(arena, char, SIZE);
    rg_arena_mark mark = rg_arena_mark_now(arena);
    for (int i = 0; i < 3; i++) {
        char *piece = rg_new(arena, char, SIZE);
        for (int at = 0; at < SIZE; at += 1000)
            assert_int_equal(piece[at], 0);
        memset(piece, 'x', SIZE);
    }
    assert_int_equal(rg_arena_held(arena), held + 4 * (size_t)SIZE);
    rg_arena_reset(arena, mark);
    assert_int_equal(rg_arena_held(arena), held + SIZE);
    kept[SIZE - 1] = 'k';
}

/* Pieces grow in turn, from small ones on; one that was there before a mark stays. */
static void a_growing_string_holds_no_more_than_itself(void **state)
{
    enum { SIZE = 6 << 20 };
    (void)state;
    size_t held = rg_arena_held(arena);
    rg_buf first = rg_buf_in(arena), second = rg_buf_in(arena);
    for (int i = 0; i < SIZE / 8; i++) {
        rg_buf_format(&first, "%07d ", i);
        rg_buf_text(&second, "12345678");
    }
    assert_true(rg_arena_held(arena) - held < (2 * 8 << 20) + (5 << 20));
    rg_arena_mark mark = rg_arena_mark_now(arena);
    rg_new(arena, char, SIZE);
    rg_buf_put(&first, rg_buf_str(&second));
    rg_arena_reset(arena, mark);
    assert_int_equal(first.len, 2 * SIZE);
    for (int i = 0; i < SIZE / 8; i += 1001) {
        char number[16];
        snprintf(number, sizeof number, "%07d ", i);
        assert_memory_equal(first.bytes + (size_t)i * 8, number, 8);
        assert_memory_equal(first.bytes + SIZE + (size_t)i * 8, "12345678", 8);
    }
}

static void a_growing_array_keeps_its_items(void **state)
{
    enum { COUNT = 1 << 20 };
    (void)state;
    int *items = NULL, capacity = 0;
    for (int i = 0; i < COUNT; i++) {
        items = rg_arena_grow(arena, items, i, &capacity, sizeof *items);
        items[i] = i;
    }
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(items[i], i);
}

/* What does not fit stays as it was. */
static void a_piece_that_cannot_grow_stays(void **state)
{
    (void)state;
    char *piece = rg_new(arena, char, 2 << 20);
    piece[0] = 'a';
    assert_null(rg_arena_extend(arena, piece, 2 << 20, SIZE_MAX / 2));
    assert_int_equal(piece[0], 'a');
}

static void add_one(void *sum)
{
    ++*(int *)sum;
}

static void what_an_arena_owns_goes_with_it(void **state)
{
    int now = 0, by_reset = 0, at_end = 0;
    (void)state;
    rg_arena *own = rg_arena_new();
    rg_arena_own(own, &at_end, add_one);
    rg_arena_mark mark = rg_arena_mark_now(own);
    rg_arena_own(own, &now, add_one);
    rg_arena_own(own, &by_reset, add_one);
    rg_arena_release(own, &now);
    assert_true(now == 1 && by_reset == 0 && at_end == 0);
    rg_arena_reset(own, mark);
    assert_true(now == 1 && by_reset == 1 && at_end == 0);
    rg_arena_free(own);
    assert_true(now == 1 && by_reset == 1 && at_end == 1);
}

static void a_full_arena_jumps_to_its_handler(void **state)
{
    (void)state;
    jmp_buf full;
    if (setjmp(full) == 0) {
        rg_arena_on_full(arena, &full);
        rg_arena_take(arena, SIZE_MAX / 2, 1);
        fail_msg("%s", "took half of all addresses");
    }
    rg_arena_on_full(arena, NULL);
    assert_str(rg_arena_str(arena, RG_STR("still usable")), "still usable");
}

static void ill_formed_bytes_are_found(void **state)
{
    (void)state;
    assert_int_equal(rg_utf8_find_bad(RG_STR("ok \xc3\xb6")), -1);
    assert_int_equal(rg_utf8_find_bad(RG_STR("a\xc0\xaf")), 1);
    assert_int_equal(rg_utf8_find_bad(RG_STR("\xed\xa0\x80")), 0);
    assert_int_equal(rg_utf8_count(RG_STR("tw\xc3\xb6")), 3);
}

static void only_the_shortest_form_of_a_character_is_one(void **state)
{
    (void)state;
    char bytes[RG_UTF8_LONGEST];
    for (uint32_t code = 0; code < 0x110000; code++) {
        rg_str text = {bytes, rg_utf8_encode(bytes, code)};
        bool surrogate = code >= 0xd800 && code < 0xe000;
        assert_int_equal(rg_utf8_find_bad(text), surrogate ? 0 : -1);
        if (!surrogate)
            assert_int_equal(rg_utf8_next(text, 0).code, code);
    }
    assert_int_equal(rg_utf8_find_bad(RG_STR("\xe0\x9f\xbf")), 0);
    assert_int_equal(rg_utf8_find_bad(RG_STR("\xf0\x8f\xbf\xbf")), 0);
    assert_int_equal(rg_utf8_find_bad(RG_STR("\xf4\x90\x80\x80")), 0);
    assert_int_equal(rg_utf8_find_bad(RG_STR("\xf5\x80\x80\x80")), 0);
}

static void formatted_text_of_any_length_is_whole(void **state)
{
    (void)state;
    for (int len = 120; len < 140; len++) {
        rg_buf out = rg_buf_in(arena);
        rg_buf_format(&out, "%*d|", len, 7);
        assert_int_equal(out.len, len + 1);
        assert_int_equal(out.bytes[len - 1], '7');
        assert_int_equal(out.bytes[len], '|');
    }
}

static void what_was_packed_is_held_to_its_bounds(void **state)
{
    (void)state;
    rg_buf out = rg_buf_in(arena);
    rg_pack_int(&out, 5);
    rg_unpacker from = rg_unpack_from(rg_buf_str(&out));
    assert_int_equal(rg_unpack_in(&from, 0, 6), 5);
    assert_true(rg_unpack_done(&from));
    from = rg_unpack_from(rg_buf_str(&out));
    assert_int_equal(rg_unpack_in(&from, 0, 5), 0);
    assert_false(from.ok);
    from = rg_unpack_from(rg_buf_str(&out));
    assert_int_equal(rg_unpack_in(&from, 6, 9), 6);
    assert_false(from.ok);
    from = rg_unpack_from(rg_buf_str(&out)); /* announces five bytes, none is there */
    assert_int_equal(rg_unpack_str(&from).len, 0);
    assert_false(from.ok);
    from = rg_unpack_from(rg_buf_str(&out));
    assert_int_equal(rg_unpack_word(&from), 0);
    assert_false(from.ok);
    from = rg_unpack_from(RG_STR("\xff\xff\xff\xff\xff\xff"));
    assert_int_equal(rg_unpack_int(&from), 0);
    assert_false(from.ok);
}

static void ill_formed_text_is_repaired(void **state)
{
    (void)state;
    rg_str good = RG_STR("tw\xc3\xb6");
    assert_ptr_equal(rg_utf8_repair(arena, good).bytes, good.bytes);
    assert_true(rg_str_is(rg_utf8_repair(arena, RG_STR("a\xff\xe2\x82z")),
                          "a\xef\xbf\xbd\xef\xbf\xbdz"));
    assert_int_equal(rg_utf8_repair(arena, RG_STR("")).len, 0);
}

static void text_is_cut_at_code_points(void **state)
{
    (void)state;
    assert_true(
        rg_str_is(rg_utf8_cut(RG_STR("\xc3\xb6\xc3\xb6z"), 2), "\xc3\xb6\xc3\xb6"));
    assert_true(rg_str_is(rg_utf8_cut(RG_STR("ab"), 5), "ab"));
}

static void a_cursor_counts_on_and_back(void **state)
{
    (void)state;
    rg_str text = RG_STR("\xc3\xb6"
                         "a\xff"
                         "b");
    rg_utf8_cursor cursor = {0, 0};
    assert_int_equal(rg_utf8_count_to(&cursor, text, 3), 2);
    assert_int_equal(rg_utf8_count_to(&cursor, text, 99), 4);
    assert_int_equal(rg_utf8_count_to(&cursor, text, 2), 1);
}

/* A path in a folder of the test's own, beside its program. */
static const char *new_path(const char *name)
{
    rg_str folder = rg_file_program_folder(arena);
    return rg_arena_format(arena, "%.*s/scratch/base/%s", RG_PRINT(folder), name).bytes;
}

static void a_file_is_written_with_its_folders(void **state)
{
    (void)state;
    rg_error err = {0};
    const char *path = new_path("deep/er/file.txt");
    rg_str bytes = RG_STR("one\0two"), back;
    assert_true(rg_file_write(path, bytes, &err));
    assert_true(rg_file_read(&back, arena, path, 100, &err));
    assert_true(rg_str_equal(back, bytes));
    assert_true(rg_file_write(path, RG_STR("new"), &err));
    assert_true(rg_file_read(&back, arena, path, 100, &err));
    assert_str(back, "new");
}

static void a_file_over_the_limit_is_refused(void **state)
{
    (void)state;
    rg_error err = {0};
    const char *path = new_path("file.txt");
    rg_str back;
    assert_true(rg_file_write(path, RG_STR("12345"), &err));
    assert_false(rg_file_read(&back, arena, path, 4, &err));
    assert_int_equal(err.kind, RG_ERROR_LIMIT);
}

static void own_files_are_found_above_the_program(void **state)
{
    (void)state;
    rg_str folder = rg_file_program_folder(arena);
    assert_true(folder.len > 0);
    assert_non_null(rg_file_find_own(arena, "CMakeCache.txt")); /* in build/PRESET */
    assert_null(rg_file_find_own(arena, "no-such-file-anywhere"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(ill_formed_text_is_repaired),
        TEST(text_is_cut_at_code_points),
        TEST(a_cursor_counts_on_and_back),
        TEST(cuts_are_clamped_to_the_text),
        TEST(finds_parts_and_bytes),
        TEST(a_shorter_text_comes_first),
        TEST(distance_counts_edits_up_to_its_limit),
        TEST(the_nearest_name_must_be_near),
        TEST(keeps_the_first_error),
        TEST(reports_an_error_once),
        TEST(long_messages_are_cut_not_overrun),
        TEST(map_ids_count_up_in_order),
        TEST(arena_memory_is_zeroed_and_aligned),
        TEST(reset_gives_back_all_since_the_mark),
        TEST(large_pieces_are_zeroed_and_go_with_a_reset),
        TEST(a_growing_string_holds_no_more_than_itself),
        TEST(a_growing_array_keeps_its_items),
        TEST(a_piece_that_cannot_grow_stays),
        TEST(what_an_arena_owns_goes_with_it),
        TEST(a_full_arena_jumps_to_its_handler),
        TEST(ill_formed_bytes_are_found),
        TEST(what_was_packed_is_held_to_its_bounds),
        TEST(only_the_shortest_form_of_a_character_is_one),
        TEST(formatted_text_of_any_length_is_whole),
        TEST(a_file_is_written_with_its_folders),
        TEST(a_file_over_the_limit_is_refused),
        TEST(own_files_are_found_above_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
