/* model_test.c - the model file: written, opened, and refused when anything is odd. */
#include "model/model.h"
#include "model/tables.h"
#include "model/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ENTRY = RG_MODEL_HEADER, OFFSET = ENTRY + RG_MODEL_NAME };

static rg_arena *arena;
static rg_error err;
static rg_model *model;
static char path[] = "/tmp/relgraph-model-test-XXXXXX";

static int open_arena(void **state)
{
    (void)state;
    arena = rg_arena_new();
    int fd = mkstemp(path);
    return arena && fd >= 0 ? close(fd) : -1;
}

static int close_arena(void **state)
{
    (void)state;
    unlink(path);
    rg_arena_free(arena);
    return 0;
}

static const float numbers[3] = {1.5f, -2.0f, 3.25f};

/* A small file with two sections; the caller may spoil it. */
static unsigned char *build(size_t *size)
{
    rg_model_writer *writer = rg_model_writer_new(arena);
    rg_model_writer_add(writer, "numbers", numbers, sizeof numbers);
    rg_model_writer_add(writer, "words", "one\ntwo\n", 8);
    unsigned char *copy = rg_arena_take(arena, 4096, 1);
    const void *file = rg_model_writer_file(writer, size);
    assert_true(*size <= 4096);
    return memcpy(copy, file, *size);
}

static bool open_bytes(const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    memset(&err, 0, sizeof err);
    return rg_model_open(&model, path, &err);
}

static void assert_refused(const void *bytes, size_t size, const char *text)
{
    assert_false(open_bytes(bytes, size));
    assert_null(model);
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    assert_string_equal(err.file, path);
    if (!strstr(err.text, text))
        fail_msg("'%s' is not in '%s'", text, err.text);
}

/* Puts the right checksum into a file that was spoilt, as a forger would. */
static void sign(unsigned char *file, size_t size)
{
    uint64_t sum = rg_model_checksum(file, size);
    memcpy(file + 24, &sum, sizeof sum);
}

static void sections_come_back_as_they_were_written(void **state)
{
    (void)state;
    size_t size;
    const float *found;
    rg_str bytes;
    unsigned char *file = build(&size);
    assert_true(open_bytes(file, size));
    assert_true(rg_str_is(rg_model_section(model, "words"), "one\ntwo\n"));
    assert_int_equal(rg_model_section(model, "others").len, 0);
    assert_int_equal(rg_model_section_count(model), 2);
    assert_true(rg_str_is(rg_model_section_at(model, 0, &bytes), "numbers"));
    assert_true(rg_model_floats(&found, model, "numbers", 3, &err));
    assert_memory_equal(found, numbers, sizeof numbers);
    assert_int_equal((uintptr_t)found % 64, 0);
    rg_model_free(model);
}

static void a_section_of_another_size_is_refused(void **state)
{
    (void)state;
    size_t size;
    const float *found;
    unsigned char *file = build(&size);
    assert_true(open_bytes(file, size));
    assert_false(rg_model_floats(&found, model, "numbers", 4, &err));
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    assert_string_equal(err.text, "section numbers has 12 bytes, 16 are expected");
    rg_model_free(model);
}

static void every_changed_byte_is_noticed(void **state)
{
    (void)state;
    size_t size;
    unsigned char *file = build(&size);
    for (size_t at = 0; at < size; at++) {
        file[at] ^= 0x10;
        assert_false(open_bytes(file, size));
        assert_int_equal(err.kind, RG_ERROR_MODEL);
        file[at] ^= 0x10;
    }
    assert_true(open_bytes(file, size));
    rg_model_free(model);
}

static void every_truncation_is_noticed(void **state)
{
    (void)state;
    size_t size;
    unsigned char *file = build(&size);
    assert_refused(file, 0, "is empty");
    for (size_t len = 1; len < RG_MODEL_HEADER; len++)
        assert_refused(file, len, "byte 0: this is not a model file");
    for (size_t len = RG_MODEL_HEADER; len < size; len++)
        assert_refused(file, len, "byte 16: ");
    assert_refused(file, size + 64, "byte 16: ");
}

static void other_files_and_versions_are_refused(void **state)
{
    (void)state;
    size_t size;
    unsigned char *file = build(&size);
    file[0] = 'X';
    assert_refused(file, size, "byte 0: this is not a model file of relgraph");
    file = build(&size);
    file[8] = 99;
    assert_refused(file, size, "byte 8: format version 99");
    file = build(&size);
    file[size - 1] ^= 1;
    assert_refused(file, size, "byte 24: the checksum is wrong");
    assert_non_null(strstr(err.hint, "model import"));
}

static void a_forged_directory_is_refused(void **state)
{
    (void)state;
    static const struct {
        int at;
        unsigned char byte;
        const char *text;
    } cases[] = {
        {12, 200, "byte 12: more sections"},
        {15, 0xff, "byte 12: more sections"},
        {ENTRY, 0, "byte 64: a section"},
        {OFFSET - 1, 'x', "byte 64: a section"},
        {OFFSET, 1, "byte 64: a section"},
        {OFFSET + 7, 0xff, "byte 64: a section"},
        {OFFSET + 8 + 1, 1, "byte 64: a section"}, /* fits only from the file's start */
        {OFFSET + 8 + 2, 1, "byte 64: a section"},
        {OFFSET + 8 + 7, 0xff, "byte 64: a section"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t size;
        unsigned char *file = build(&size);
        file[cases[i].at] = cases[i].byte;
        sign(file, size);
        assert_refused(file, size, cases[i].text);
    }
}

/* ---- tables.h: what sections must hold ---- */

/* A model whose sections are numbers of 32 bits, and words. */
static void open_table(const char *name, const uint32_t *table, int count,
                       const char *words)
{
    size_t size;
    rg_model_writer *writer = rg_model_writer_new(arena);
    rg_model_writer_add(writer, name, table, (size_t)count * sizeof *table);
    rg_model_writer_add(writer, "strings.bytes", words, strlen(words));
    const void *file = rg_model_writer_file(writer, &size);
    assert_true(open_bytes(file, size));
}

static void assert_table_refused(bool ok, const char *name)
{
    assert_false(ok);
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    assert_string_equal(err.file, path);
    if (!strstr(err.text, "does not hold what it should") || !strstr(err.text, name))
        fail_msg("%s", err.text);
    rg_model_free(model);
}

static void strings_outside_their_bytes_are_refused(void **state)
{
    (void)state;
    static const uint32_t right[] = {0, 3, 3, 2}, behind[] = {0, 3, 6, 0},
                          long_one[] = {0, 3, 3, 3}, wraps[] = {4, 0xffffffffu};
    rg_strings strings;
    open_table("strings.refs", right, 4, "onety");
    assert_true(rg_strings_open(&strings, model, &err));
    assert_true(rg_str_is(rg_strings_at(&strings, 1), "ty"));
    rg_model_free(model);
    open_table("strings.refs", behind, 4, "onety");
    assert_table_refused(rg_strings_open(&strings, model, &err), "strings.refs");
    open_table("strings.refs", long_one, 4, "onety");
    assert_table_refused(rg_strings_open(&strings, model, &err), "strings.refs");
    open_table("strings.refs", wraps, 2, "onety");
    assert_table_refused(rg_strings_open(&strings, model, &err), "strings.refs");
    open_table("strings.refs", right, 3, "onety");
    assert_table_refused(rg_strings_open(&strings, model, &err), "strings.refs");
    open_table("others", right, 3, "onety");
    assert_table_refused(rg_strings_open(&strings, model, &err), "strings.refs");
}

static void numbers_are_below_their_limit_or_none(void **state)
{
    (void)state;
    static const uint32_t table[] = {7, 1, 9, RG_NO_STRING};
    rg_numbers found;
    open_table("t", table, 4, "");
    assert_true(rg_numbers_open(&found, model, "t", 2, &err));
    assert_true(rg_numbers_check(&found, 2, 0, 10, false));
    assert_false(rg_numbers_check(&found, 2, 0, 9, true));
    assert_true(rg_numbers_check(&found, 2, 1, 2, true));
    assert_false(rg_numbers_check(&found, 2, 1, 2, false));
    rg_model_free(model);
}

static void a_map_of_ids_has_free_slots_and_values_below_the_limit(void **state)
{
    (void)state;
    /* two keys of 64 bits, then their values */
    static const uint32_t right[] = {0, 0, 5, 0, 0, 3}, full[] = {4, 0, 5, 0, 1, 3},
                          high[] = {0, 0, 5, 0, 0, 9}, three[9] = {0};
    rg_ids ids;
    open_table("t", right, 6, "");
    assert_true(rg_ids_open(&ids, model, "t", 9, &err));
    assert_int_equal(*rg_ids_find(&ids, 5), 3);
    assert_null(rg_ids_find(&ids, 7));
    assert_null(rg_ids_find(&ids, 0));
    rg_model_free(model);
    open_table("t", full, 6, "");
    assert_table_refused(rg_ids_open(&ids, model, "t", 9, &err), "section t ");
    open_table("t", high, 6, "");
    assert_table_refused(rg_ids_open(&ids, model, "t", 9, &err), "section t ");
    open_table("t", three, 9, "");
    assert_table_refused(rg_ids_open(&ids, model, "t", 9, &err), "section t ");
    open_table("t", right, 5, "");
    assert_table_refused(rg_ids_open(&ids, model, "t", 9, &err), "section t ");
    open_table("t", right, 2, "");
    assert_table_refused(rg_ids_open(&ids, model, "t", 9, &err), "section t ");
}

static void a_model_is_known_by_its_header(void **state)
{
    (void)state;
    uint64_t id;
    size_t size;
    unsigned char *file = build(&size);
    assert_true(open_bytes(file, size));
    assert_true(rg_model_peek(&id, path) && id == rg_model_id(model));
    assert_true(rg_str_is(rg_model_path(model), path));
    rg_model_free(model);
    assert_false(open_bytes(file, 20));
    assert_false(rg_model_peek(&id, path));
    file[0] = 'X';
    assert_false(open_bytes(file, size));
    assert_false(rg_model_peek(&id, path));
    assert_false(rg_model_peek(&id, "/nowhere/at/all.rgm"));
}

static void a_missing_file_is_a_model_error(void **state)
{
    (void)state;
    memset(&err, 0, sizeof err);
    assert_false(rg_model_open(&model, "/nowhere/at/all.rgm", &err));
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    assert_string_equal(err.file, "/nowhere/at/all.rgm");
}

static void freeing_nothing_does_nothing(void **state)
{
    (void)state;
    rg_model_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_come_back_as_they_were_written),
        cmocka_unit_test(a_section_of_another_size_is_refused),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(every_truncation_is_noticed),
        cmocka_unit_test(other_files_and_versions_are_refused),
        cmocka_unit_test(a_forged_directory_is_refused),
        cmocka_unit_test(strings_outside_their_bytes_are_refused),
        cmocka_unit_test(numbers_are_below_their_limit_or_none),
        cmocka_unit_test(a_map_of_ids_has_free_slots_and_values_below_the_limit),
        cmocka_unit_test(a_model_is_known_by_its_header),
        cmocka_unit_test(a_missing_file_is_a_model_error),
        cmocka_unit_test(freeing_nothing_does_nothing),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
