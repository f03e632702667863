/* run_test.c - documents from paths, batches of threads. */
#include "run/batch.h"
#include "run/sources.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static rg_arena *arena;

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

static const char *write_new(const char *name, rg_str bytes)
{
    rg_error err = {0};
    rg_str folder = rg_file_program_folder(arena);
    const char *path =
        rg_arena_format(arena, "%.*s/scratch/run/%s", RG_PRINT(folder), name).bytes;
    assert_true(rg_file_write(path, bytes, &err));
    return path;
}

static rg_sources list(const char *path, rg_cut cut, bool triples, int *failed)
{
    rg_error err = {0};
    rg_sources made;
    rg_source_options options = {&path, 1, cut, triples};
    rg_sources_list(&made, arena, &options, failed, (rg_reporter){0}, &err);
    return made;
}

static void lines_are_documents_with_their_number_and_place(void **state)
{
    (void)state;
    int failed;
    const char *path = write_new("a.txt", RG_STR("One.\n\nTw\ro.\r\nlast"));
    rg_sources made = list(path, RG_CUT_LINES, false, &failed);
    assert_int_equal(failed, 0);
    assert_int_equal(made.count, 3);
    assert_true(rg_str_is(made.items[0].document.bytes, "One."));
    assert_true(rg_str_ends(made.items[0].document.name, RG_STR("a.txt:1")));
    assert_true(rg_str_is(made.items[1].document.bytes, "Tw\ro.\r"));
    assert_true(rg_str_ends(made.items[1].document.name, RG_STR("a.txt:3")));
    assert_int_equal(made.items[1].document.base, 6);
    assert_true(rg_str_is(made.items[2].document.bytes, "last"));
}

static void a_file_without_lines_has_no_documents(void **state)
{
    (void)state;
    int failed;
    const char *path = write_new("a.txt", RG_STR("\n\n\n"));
    assert_int_equal(list(path, RG_CUT_LINES, false, &failed).count, 0);
    assert_int_equal(failed, 0);
}

static void triples_are_known_by_their_ending(void **state)
{
    (void)state;
    int failed;
    assert_int_equal(list("a.tsv", RG_CUT_BLOCKS, true, &failed).items[0].kind,
                     RG_SOURCE_TSV);
    assert_int_equal(list("a.jsonl", RG_CUT_BLOCKS, true, &failed).items[0].kind,
                     RG_SOURCE_JSONL);
    assert_int_equal(list("a.tsv", RG_CUT_BLOCKS, false, &failed).items[0].kind,
                     RG_SOURCE_TEXT);
}

static void a_missing_file_is_counted_when_lines_are_cut(void **state)
{
    (void)state;
    int failed;
    assert_int_equal(list("/no/such/file", RG_CUT_LINES, false, &failed).count, 0);
    assert_int_equal(failed, 1);
}

enum { ITEMS = 1000, THREADS = 8 };

static void mark_item(void *user, int worker, int item)
{
    assert_true(worker >= 0 && worker < THREADS);
    ((int *)user)[item] += item + 1;
}

static void every_item_is_done_once(void **state)
{
    (void)state;
    int *done = rg_new(arena, int, ITEMS);
    rg_batch_run(THREADS, ITEMS, mark_item, done);
    for (int i = 0; i < ITEMS; i++)
        assert_int_equal(done[i], i + 1);
    rg_batch_run(1, 0, mark_item, NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        TEST(lines_are_documents_with_their_number_and_place),
        TEST(a_file_without_lines_has_no_documents),
        TEST(triples_are_known_by_their_ending),
        TEST(a_missing_file_is_counted_when_lines_are_cut),
        TEST(every_item_is_done_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
