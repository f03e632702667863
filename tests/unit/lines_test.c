/* lines_test.c - lines of a pipe as they come, and files written piece by piece. */
#include "base/lines.h"
#include "base/writer.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST = 8 };

/* A reader of a pipe whose other end is *to. */
static rg_lines open_pipe(int *to)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *to = ends[1];
    return (rg_lines){.stream = {.path = "pipe", .fd = ends[0]},
                      .most = MOST,
                      .arena = rg_arena_new()};
}

static void put(int to, const char *text)
{
    assert_int_equal(write(to, text, strlen(text)), (ssize_t)strlen(text));
}

static void check(const rg_read_line *line, const char *text, bool too_long)
{
    assert_int_equal(line->text.len, (int)strlen(text));
    assert_memory_equal(line->text.bytes, text, strlen(text));
    assert_int_equal(line->too_long, too_long);
}

static void gives_the_lines_that_are_there(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_read_line out[4];
    int to;
    rg_lines lines = open_pipe(&to);
    put(to, "one\n\ntw");
    assert_int_equal(rg_lines_next(&lines, out, 4, true, &err), 2);
    check(&out[0], "one", false);
    check(&out[1], "", false);
    assert_false(rg_lines_wait(&lines));
    put(to, "o\nthree\nlast");
    assert_int_equal(rg_lines_next(&lines, out, 1, true, &err), 1);
    check(&out[0], "two", false);
    assert_true(rg_lines_wait(&lines));
    close(to);
    assert_int_equal(rg_lines_next(&lines, out, 4, true, &err), 1);
    check(&out[0], "three", false);
    assert_int_equal(rg_lines_next(&lines, out, 4, true, &err), 1);
    check(&out[0], "last", false);
    assert_int_equal(rg_lines_next(&lines, out, 4, true, &err), 0);
    assert_true(lines.stream.end);
    rg_lines_close(&lines);
    rg_arena_free(lines.arena);
}

static void without_patience_reads_once(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_read_line out[4];
    int to;
    rg_lines lines = open_pipe(&to);
    put(to, "on");
    assert_int_equal(rg_lines_next(&lines, out, 4, false, &err), 0);
    assert_false(lines.stream.end);
    put(to, "e\n");
    assert_int_equal(rg_lines_next(&lines, out, 4, false, &err), 1);
    check(&out[0], "one", false);
    close(to);
    rg_lines_close(&lines);
    rg_arena_free(lines.arena);
}

static void a_long_line_is_given_once_and_passed_over(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_read_line out[4];
    int to;
    rg_lines lines = open_pipe(&to);
    put(to, "123456789");
    assert_int_equal(rg_lines_next(&lines, out, 4, true, &err), 1);
    check(&out[0], "12345678", true);
    put(to, "more\nnext\n12345678\n");
    assert_int_equal(rg_lines_next(&lines, out, 4, true, &err), 2);
    check(&out[0], "next", false);
    check(&out[1], "12345678", false);
    put(to, "123456789\n123456789");
    close(to);
    assert_int_equal(rg_lines_next(&lines, out, 4, true, &err), 2);
    check(&out[0], "12345678", true);
    check(&out[1], "12345678", true);
    assert_int_equal(rg_lines_next(&lines, out, 4, true, &err), 0);
    rg_lines_close(&lines);
    rg_arena_free(lines.arena);
}

static void read_file(const char *path, char out[64])
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    out[fread(out, 1, 63, file)] = '\0';
    fclose(file);
}

static void a_file_is_replaced_when_it_is_whole(void **state)
{
    (void)state;
    char folder[] = "/tmp/lines_test-XXXXXX", path[64], held[64];
    rg_writer writer;
    rg_error err = {0};
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a", folder);
    for (int round = 0; round < 2; round++) {
        assert_true(rg_writer_open(&writer, path, &err));
        assert_true(rg_writer_put(&writer, "one", 3, &err));
        assert_int_equal(access(path, F_OK) == 0, round == 1);
        assert_true(rg_writer_put(&writer, round ? "!" : "?", 1, &err));
        assert_true(rg_writer_close(&writer, &err));
        rg_writer_drop(&writer);
        read_file(path, held);
        assert_string_equal(held, round ? "one!" : "one?");
    }
    assert_true(rg_writer_open(&writer, path, &err));
    assert_true(rg_writer_put(&writer, "two", 3, &err));
    rg_writer_drop(&writer);
    read_file(path, held);
    assert_string_equal(held, "one!");
    unlink(path);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left there */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_lines_that_are_there),
        cmocka_unit_test(without_patience_reads_once),
        cmocka_unit_test(a_long_line_is_given_once_and_passed_over),
        cmocka_unit_test(a_file_is_replaced_when_it_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
