/* run_test.c - documents from paths, portions of long ones, batches of threads. */
#include "with_arena.h"

#include "run/batch.h"
#include "run/portions.h"
#include "run/sources.h"

#include "base/file.h"

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
    const char *path = write_new("a.jsonl", RG_STR("{\"subject\": \"A\"}\n"));
    assert_int_equal(list(path, RG_CUT_BLOCKS, true, &failed).items[0].kind,
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

static void a_line_with_text_is_a_document(void **state)
{
    (void)state;
    int failed;
    const char *path = write_new("a.jsonl", RG_STR("{\"text\": \"A\"}\n"
                                                   "{\"subject\": \"B\"}\n"));
    rg_sources made = list(path, RG_CUT_BLOCKS, true, &failed);
    assert_int_equal(made.count, 2);
    assert_true(made.items[0].is_record);
    assert_true(rg_str_ends(made.items[0].document.name, RG_STR("a.jsonl:1")));
    assert_int_equal(made.items[1].kind, RG_SOURCE_JSONL);
    assert_true(rg_str_is(made.items[1].document.bytes,
                          "             \n{\"subject\": \"B\"}\n"));
    assert_int_equal(list(path, RG_CUT_BLOCKS, false, &failed).count, 1);
    assert_int_equal(failed, 1);
}

static void markup_is_known_by_its_ending(void **state)
{
    (void)state;
    int failed;
    rg_sources made = list("a.HTM", RG_CUT_BLOCKS, false, &failed);
    assert_int_equal(made.items[0].document.mode, RG_TEXT_HTML);
    made = list("a.md", RG_CUT_BLOCKS, false, &failed);
    assert_int_equal(made.items[0].document.mode, RG_TEXT_MARKDOWN);
    made = list("a.md", RG_CUT_WHOLE, false, &failed);
    assert_int_equal(made.items[0].document.mode, RG_TEXT_WHOLE);
    made = list("a.pdf", RG_CUT_BLOCKS, false, &failed);
    assert_non_null(made.items[0].converter);
}

/* Paragraphs of growing length, the last ones longer than a portion. */
static rg_str long_text(void)
{
    rg_buf text = rg_buf_in(arena);
    for (int length = 1; length < 200000; length = length * 3 / 2 + 1) {
        for (int i = 0; i < length; i++)
            rg_buf_text(&text, i % 60 == 59 ? "\n" : "x");
        rg_buf_text(&text, "\n\n");
    }
    return rg_buf_str(&text);
}

/* Everything that the portions of a file hold; each begins where the one before ended. */
static rg_str join_portions(const char *path, int threads, int *count)
{
    enum { MOST = 64 };
    int failed;
    rg_source batch[MOST];
    rg_sources made = list(path, RG_CUT_BLOCKS, false, &failed);
    rg_portions portions = rg_portions_of(&made, true, rg_arena_child(arena));
    rg_buf all = rg_buf_in(arena);
    *count = 0;
    for (int got; (got = rg_portions_next(&portions, batch, MOST, threads)) > 0;)
        for (int i = 0; i < got; i++, *count += 1) {
            assert_null(batch[i].unreadable);
            assert_int_equal(batch[i].document.base, all.len);
            assert_int_equal(batch[i].document.goes_on, *count > 0);
            rg_buf_put(&all, batch[i].document.bytes);
        }
    rg_portions_close(&portions);
    return rg_buf_str(&all);
}

static void portions_of_a_long_text_join_to_the_text(void **state)
{
    (void)state;
    rg_str text = long_text();
    const char *path = write_new("long.txt", text);
    for (int threads = 1; threads < 6; threads += 4) {
        int count;
        rg_str joined = join_portions(path, threads, &count);
        assert_int_equal(joined.len, text.len);
        assert_memory_equal(joined.bytes, text.bytes, (size_t)text.len);
        assert_in_range(count, 4, 12);
    }
}

static void a_short_file_is_left_whole_and_unread(void **state)
{
    (void)state;
    int failed;
    rg_source batch[2];
    rg_sources made =
        list(write_new("a.txt", RG_STR("a\n\nb")), RG_CUT_BLOCKS, false, &failed);
    rg_portions portions = rg_portions_of(&made, true, rg_arena_child(arena));
    assert_int_equal(rg_portions_next(&portions, batch, 2, 1), 1);
    assert_non_null(batch[0].path);
    assert_int_equal(batch[0].document.bytes.len, 0);
    assert_int_equal(rg_portions_next(&portions, batch, 2, 1), 0);
    rg_portions_close(&portions);
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
    rg_batch_run(&(rg_batch){
        .threads = THREADS, .count = ITEMS, .work = mark_item, .user = done});
    for (int i = 0; i < ITEMS; i++)
        assert_int_equal(done[i], i + 1);
    rg_batch_run(&(rg_batch){.threads = 1, .work = mark_item});
}

/* Items worked on, in the order in which they were finished. */
typedef struct finished {
    int worked[ITEMS], order[ITEMS], count;
} finished;

static void work_on_item(void *user, int worker, int item)
{
    (void)worker;
    ((finished *)user)->worked[item]++;
}

static void finish_item(void *user, int item)
{
    finished *all = user;
    assert_int_equal(all->worked[item], 1);
    all->order[all->count++] = item;
}

static void items_are_finished_in_order(void **state)
{
    (void)state;
    for (int threads = 1; threads <= THREADS; threads++) {
        finished *all = rg_new(arena, finished, 1);
        rg_batch_run(&(rg_batch){.threads = threads,
                                 .count = ITEMS,
                                 .work = work_on_item,
                                 .finish = finish_item,
                                 .done = rg_new(arena, bool, ITEMS),
                                 .user = all});
        assert_int_equal(all->count, ITEMS);
        for (int i = 0; i < ITEMS; i++)
            assert_int_equal(all->order[i], i);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(lines_are_documents_with_their_number_and_place),
        TEST(a_file_without_lines_has_no_documents),
        TEST(triples_are_known_by_their_ending),
        TEST(a_line_with_text_is_a_document),
        TEST(markup_is_known_by_its_ending),
        TEST(a_missing_file_is_counted_when_lines_are_cut),
        TEST(portions_of_a_long_text_join_to_the_text),
        TEST(a_short_file_is_left_whole_and_unread),
        TEST(every_item_is_done_once),
        TEST(items_are_finished_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
