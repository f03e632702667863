/* import_tables_test.c - spaCy's tables, made small by hand: taken over, or refused. */
#include "model/import_tables.h"

#include "base/buf.h"
#include "model/strings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

static rg_arena *arena;
static char folder[] = "/tmp/relgraph-import-test-XXXXXX";

static int open_all(void **state)
{
    (void)state;
    arena = rg_arena_new();
    assert_non_null(mkdtemp(folder));
    static const char *const folders[] = {"attribute_ruler", "lemmatizer",
                                          "lemmatizer/lookups", "vocab"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        mkdir(rg_arena_format(arena, "%s/%s", folder, folders[i]).bytes, 0700);
    return 0;
}

static void remove_path(const char *name)
{
    remove(rg_arena_format(arena, "%s/%s", folder, name).bytes);
}

static int close_all(void **state)
{
    (void)state;
    static const char *const made[] = {"tokenizer",
                                       "vocab/lookups.bin",
                                       "vocab",
                                       "attribute_ruler/patterns",
                                       "attribute_ruler",
                                       "lemmatizer/lookups/lookups.bin",
                                       "lemmatizer/lookups",
                                       "lemmatizer",
                                       ""};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        remove_path(made[i]);
    rg_arena_free(arena);
    return 0;
}

/* ---- msgpack by hand: {} [] as heads, 'text', numbers ---- */

static void put_head(rg_buf *out, int kind, int count)
{
    assert_in_range(count, 0, 15);
    rg_buf_byte(out, (char)(kind + count));
}

static void put_map(rg_buf *out, int pairs)
{
    put_head(out, 0x80, pairs);
}

static void put_array(rg_buf *out, int count)
{
    put_head(out, 0x90, count);
}

static void put_text(rg_buf *out, const char *text)
{
    rg_str slice = rg_str_of(text);
    rg_buf_byte(out, (char)0xd9);
    rg_buf_byte(out, (char)slice.len);
    rg_buf_put(out, slice);
}

static void put_number(rg_buf *out, uint64_t number)
{
    rg_buf_byte(out, (char)0xcf);
    for (int shift = 56; shift >= 0; shift -= 8)
        rg_buf_byte(out, (char)(number >> shift & 0xff));
}

/* ---- msgpack from JSON: a text "#7" is the number 7, "'noun" the hash of the text ---- */

static void put_value(rg_buf *out, const json_t *value);

static void put_json_text(rg_buf *out, const char *text)
{
    if (text[0] == '#')
        put_number(out, strtoull(text + 1, NULL, 10));
    else if (text[0] == '\'')
        put_number(out, rg_string_id(rg_str_of(text + 1)));
    else
        put_text(out, text);
}

static void put_object(rg_buf *out, const json_t *object)
{
    const char *key;
    json_t *value;
    put_map(out, (int)json_object_size(object));
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        put_json_text(out, key);
        put_value(out, value);
    }
}

static void put_value(rg_buf *out, const json_t *value)
{
    if (json_is_string(value)) {
        put_json_text(out, json_string_value(value));
    } else if (json_is_object(value)) {
        put_object(out, value);
    } else if (json_is_array(value)) {
        put_array(out, (int)json_array_size(value));
        for (size_t i = 0; i < json_array_size(value); i++)
            put_value(out, json_array_get(value, i));
    } else {
        rg_buf_byte(out, (char)(json_is_true(value) ? 0xc3 : 0xc2));
    }
}

static rg_str pack(const char *text)
{
    rg_buf out = rg_buf_in(arena);
    json_error_t where;
    json_t *value = json_loads(text, JSON_DECODE_ANY, &where);
    if (!value)
        fail_msg("%s: %s", text, where.text);
    put_value(&out, value);
    json_decref(value);
    return rg_buf_str(&out);
}

/* ---- one import ---- */

static rg_model_writer *writer;
static rg_import import;

typedef bool (*importer)(rg_import *to);

/* Not by rg_file_write: its fsync takes too long for hundreds of truncations. */
static void write_file(const char *name, rg_str bytes)
{
    FILE *file = fopen(rg_arena_format(arena, "%s/%s", folder, name).bytes, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.bytes, 1, (size_t)bytes.len, file), bytes.len);
    fclose(file);
}

static bool import_file(const char *name, rg_str bytes, importer run, rg_error *err)
{
    write_file(name, bytes);
    writer = rg_model_writer_new(arena);
    import = (rg_import){arena, writer, folder, rg_map_new(arena), err};
    return run(&import);
}

static void check_refused(const char *name, rg_str bytes, importer run,
                          const char *text)
{
    rg_error err = {0};
    assert_false(import_file(name, bytes, run, &err));
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    if (!strstr(err.text, text))
        fail_msg("'%s' is not in '%s'", text, err.text);
}

/* Wherever the file ends too early, it is refused. */
static void check_truncations(const char *name, rg_str bytes, importer run)
{
    for (int len = 0; len < bytes.len; len++)
        check_refused(name, rg_str_cut(bytes, 0, len), run, "byte ");
    rg_buf longer = rg_buf_in(arena);
    rg_buf_put(&longer, bytes);
    rg_buf_byte(&longer, 1);
    check_refused(name, rg_buf_str(&longer), run, "byte ");
}

/* ---- tokenizer ---- */

static rg_str make_tokenizer(const char *url, const char *chunk, const char *first)
{
    rg_buf out = rg_buf_in(arena);
    put_map(&out, 5);
    put_text(&out, "prefix_search");
    put_text(&out, "^\\u00A6|^\\U0001F600");
    put_text(&out, "suffix_search");
    put_text(&out, "[a[:b]$");
    put_text(&out, "infix_finditer");
    put_text(&out, "\\.\\.+");
    put_text(&out, "url_match");
    put_text(&out, url);
    put_text(&out, "exceptions");
    put_map(&out, 1);
    put_text(&out, chunk);
    put_array(&out, 2);
    put_map(&out, 1);
    put_number(&out, 65);
    put_text(&out, first);
    put_map(&out, 2);
    put_number(&out, 65);
    put_text(&out, "n't");
    put_number(&out, 67);
    put_text(&out, "not");
    return rg_buf_str(&out);
}

static void tokenizer_is_taken_over(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_str bytes =
        make_tokenizer("(?u)^(?:[\\w+]{2,}\\w)(?:\\S+(?::\\S*)?@)?\\S$", "don't", "do");
    assert_true(import_file("tokenizer", bytes, rg_import_tokenizer, &err));
    static const char *const expected[] = {
        "^\\x{00A6}|^\\x{0001F600}",
        "[a\\[:b]$",
        "\\.\\.+",
        "^(?:[\\p{L}\\p{N}_+]{2,}[\\p{L}\\p{N}_])(?:(?s:.)+@)?(?s:.)$",
        "don't",
        "do",
        "n't",
        "not",
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (rg_map_find(import.strings, rg_str_of(expected[i])) < 0)
            fail_msg("'%s' was not stored", expected[i]);
}

static void a_broken_tokenizer_is_refused(void **state)
{
    (void)state;
    rg_str whole = make_tokenizer("x", "don't", "do");
    check_truncations("tokenizer", whole, rg_import_tokenizer);
    check_refused("tokenizer", make_tokenizer("x", "don't", "du"), rg_import_tokenizer,
                  "the pieces of an exception do not make it up");
    check_refused("tokenizer", make_tokenizer("", "don't", "do"), rg_import_tokenizer,
                  "url_match is missing");
}

static void keys_of_no_use_are_skipped(void **state)
{
    (void)state;
    check_refused("tokenizer", pack("{\"token_match\": [\"x\"]}"), rg_import_tokenizer,
                  "prefix_search is missing");
    check_refused("tokenizer", pack("{\"exceptions\": {\"\": []}}"),
                  rg_import_tokenizer, "the pieces of an exception do not make it up");
}

static void an_exception_may_set_text_and_norm_only(void **state)
{
    (void)state;
    rg_buf out = rg_buf_in(arena);
    put_map(&out, 1);
    put_text(&out, "exceptions");
    put_map(&out, 1);
    put_text(&out, "x");
    put_array(&out, 1);
    put_map(&out, 1);
    put_number(&out, 73);
    put_text(&out, "x");
    check_refused("tokenizer", rg_buf_str(&out), rg_import_tokenizer,
                  "an exception may have ORTH and NORM only");
}

/* ---- attribute ruler ---- */

/* One rule on a token whose LOWER matches a regular expression. */
static rg_str make_ruler(const char *attribute, const char *regex, const char *sets,
                         uint64_t index)
{
    rg_buf out = rg_buf_in(arena);
    put_array(&out, 1);
    put_map(&out, 3);
    put_text(&out, "patterns");
    put_array(&out, 1);
    put_array(&out, 1);
    put_map(&out, 1);
    put_text(&out, attribute);
    put_map(&out, 1);
    put_text(&out, "REGEX");
    put_text(&out, regex);
    put_text(&out, "attrs");
    put_map(&out, 1);
    put_text(&out, sets);
    put_text(&out, "_");
    put_text(&out, "index");
    put_number(&out, index);
    return rg_buf_str(&out);
}

static const char ruler_file[] = "attribute_ruler/patterns";

static void finite_expressions_become_words(void **state)
{
    (void)state;
    rg_error err = {0};
    assert_true(import_file(ruler_file, make_ruler("LOWER", "^n[ou]'?t$", "MORPH", 0),
                            rg_import_ruler, &err));
    static const char *const words[] = {"not", "no't", "nut", "nu't"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(rg_map_find(import.strings, rg_str_of(words[i])) >= 0);
    /* these four and "", which stands for MORPH "_" */
    assert_int_equal(rg_map_count(import.strings), 5);
    assert_true(rg_map_find(import.strings, RG_STR("")) >= 0);
}

static void a_broken_ruler_is_refused(void **state)
{
    (void)state;
    rg_str whole = make_ruler("LOWER", "^n't$", "POS", 0);
    for (int len = 0; len < whole.len; len++) {
        rg_error err = {0};
        assert_false(
            import_file(ruler_file, rg_str_cut(whole, 0, len), rg_import_ruler, &err));
        assert_int_equal(err.kind, RG_ERROR_MODEL);
    }
    check_refused(ruler_file, make_ruler("LOWER", "^a.*$", "POS", 0), rg_import_ruler,
                  "a regular expression of an unknown kind");
    check_refused(ruler_file, make_ruler("ORTH", "^a$", "POS", 0), rg_import_ruler,
                  "a condition on an unknown attribute");
    check_refused(ruler_file, make_ruler("LOWER", "^a$", "FLAG", 0), rg_import_ruler,
                  "attribute");
    check_refused(ruler_file, make_ruler("LOWER", "^a$", "POS", 1), rg_import_ruler,
                  "index is behind the pattern");
}

#define RULES(alternatives)                                                            \
    "[{\"patterns\": [" alternatives                                                   \
    "], \"attrs\": {\"POS\": \"X\"}, \"index\": \"#0\"}]"

static void conditions_are_of_four_kinds(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_str bytes =
        pack(RULES("[{\"TAG\": \"VB\", \"IS_SPACE\": true},"
                   " {\"LOWER\": {\"IN\": [\"to\", \"\"]}, \"IS_SPACE\": false}],"
                   "[{\"TAG\": {\"NOT_IN\": [\"NN\"]}}]"));
    assert_true(import_file(ruler_file, bytes, rg_import_ruler, &err));
    assert_int_equal(rg_map_count(import.strings), 4); /* VB, to, NN, X; not "" */
    for (int len = 0; len < bytes.len; len++) {
        rg_error cut = {0};
        assert_false(
            import_file(ruler_file, rg_str_cut(bytes, 0, len), rg_import_ruler, &cut));
        assert_int_equal(cut.kind, RG_ERROR_MODEL);
    }
}

static void rules_of_another_shape_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text;
    } cases[] = {
        {RULES("[]"), "a pattern of 0 tokens"},
        {RULES("[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]"),
         "a pattern of 15 tokens"},
        {RULES("[{\"TAG\": false}]"), "a condition of an unknown kind"},
        {RULES("[{\"TAG\": {}}]"), "a condition of an unknown kind"},
        {RULES("[{\"TAG\": {\"FUZZY\": \"x\"}}]"), "a condition of an unknown kind"},
        {RULES("[{\"IS_SPACE\": \"x\"}]"), "IS_SPACE must be true or false"},
        {RULES("[{\"TAG\": {\"REGEX\": \"a$\"}}]"), "a regular expression of an"},
        {RULES("[{\"TAG\": {\"REGEX\": \"^a\"}}]"), "a regular expression of an"},
        {RULES("[{\"TAG\": {\"REGEX\": \"^[a$\"}}]"), "a regular expression of an"},
        {RULES("[{\"TAG\": {\"REGEX\": \"^aaaaaaaaaaaaaaaaa$\"}}]"), "a regular"},
        {"[{\"patterns\": []}]", "patterns, attrs, index are expected"},
        {"[{\"pattern\": [], \"attrs\": {}, \"index\": \"#0\"}]", "patterns, attrs"},
        {"[{\"patterns\": [], \"attr\": {}, \"index\": \"#0\"}]", "patterns, attrs"},
        {"[{\"patterns\": [], \"attrs\": {}, \"indexes\": \"#0\"}]", "patterns, attrs"},
        {"[{\"patterns\": [], \"attrs\": {}, \"index\": \"x\"}]", "stands where"},
        {"[{\"patterns\": [], \"attrs\": {\"MORPH\": \"a\", \"FLAG\": \"b\"}, \"index\": 1}]",
         "an unknown attribute is set"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_refused(ruler_file, pack(cases[i].json), rg_import_ruler, cases[i].text);
}

/* It is refused before its words are made: 27,000 here, millions in a hostile file. */
static void an_expression_of_too_many_words_is_not_expanded(void **state)
{
    (void)state;
    check_refused(ruler_file,
                  make_ruler("LOWER",
                             "^[abcdefghijklmnopqrstuvwxyzABCD]"
                             "[abcdefghijklmnopqrstuvwxyzABCD]"
                             "[abcdefghijklmnopqrstuvwxyzABCD]a$",
                             "POS", 0),
                  rg_import_ruler, "a regular expression of an unknown kind");
    assert_int_equal(rg_map_count(import.strings), 0);
}

/* ---- lemmatizer ---- */

static rg_str make_lemmas(const char *part, const char *table)
{
    rg_buf out = rg_buf_in(arena);
    put_map(&out, 3);
    put_text(&out, "lemma_rules");
    put_map(&out, 1);
    put_number(&out, rg_string_id(rg_str_of(part)));
    put_array(&out, 1);
    put_array(&out, 2);
    put_text(&out, "s");
    put_text(&out, "");
    put_text(&out, table);
    put_map(&out, 1);
    put_number(&out, rg_string_id(RG_STR("noun")));
    put_map(&out, 1);
    put_text(&out, "oxen");
    put_array(&out, 1);
    put_text(&out, "ox");
    put_text(&out, "lemma_index");
    put_map(&out, 1);
    put_number(&out, rg_string_id(RG_STR("noun")));
    put_array(&out, 1);
    put_text(&out, "ox");
    return rg_buf_str(&out);
}

static const char lemma_file[] = "lemmatizer/lookups/lookups.bin";

static void lemmas_are_taken_over(void **state)
{
    (void)state;
    rg_error err = {0};
    assert_true(import_file(lemma_file, make_lemmas("noun", "lemma_exc"),
                            rg_import_lemmas, &err));
    assert_true(rg_map_find(import.strings, RG_STR("ox")) >= 0);
}

static void broken_lemmas_are_refused(void **state)
{
    (void)state;
    check_truncations(lemma_file, make_lemmas("noun", "lemma_exc"), rg_import_lemmas);
    check_refused(lemma_file, make_lemmas("verbs", "lemma_exc"), rg_import_lemmas,
                  "an unknown part of speech");
    check_refused(lemma_file, make_lemmas("noun", "lemma_lookup"), rg_import_lemmas,
                  "an unknown table of the lemmatizer");
}

static void a_lemma_rule_has_two_endings(void **state)
{
    (void)state;
    check_refused(lemma_file,
                  pack("{\"lemma_rules\": {\"'noun\": [[\"s\", \"\", \"x\"]]}}"),
                  rg_import_lemmas, "a rule has an old and a new ending");
}

/* ---- all tables ---- */

static bool import_all(rg_import *to)
{
    return rg_import_tables(to->writer, to->arena, to->folder, to->err);
}

static void write_tables(void)
{
    write_file("tokenizer", make_tokenizer("x", "don't", "do"));
    write_file("vocab/lookups.bin", pack("{\"lexeme_norm\": {\"#7\": \"not\"}}"));
    write_file(ruler_file, make_ruler("LOWER", "^n't$", "POS", 0));
    write_file(lemma_file, make_lemmas("noun", "lemma_exc"));
}

static void all_tables_are_taken_over(void **state)
{
    (void)state;
    rg_error err = {0};
    write_tables();
    assert_true(
        import_file(lemma_file, make_lemmas("noun", "lemma_exc"), import_all, &err));
}

static void a_table_that_is_not_there_is_told(void **state)
{
    (void)state;
    static const char *const names[] = {"tokenizer", "vocab/lookups.bin", ruler_file,
                                        lemma_file};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        rg_error err = {0};
        write_tables();
        remove_path(names[i]);
        import = (rg_import){arena, rg_model_writer_new(arena), folder,
                             rg_map_new(arena), &err};
        assert_false(import_all(&import));
        assert_int_equal(err.kind, RG_ERROR_MODEL);
        assert_non_null(strstr(err.file, names[i]));
    }
}

static void broken_norms_are_refused(void **state)
{
    (void)state;
    static const char *const name = "vocab/lookups.bin";
    write_tables();
    check_truncations(name, pack("{\"lexeme_norm\": {\"#7\": \"not\"}}"), import_all);
    check_refused(name, pack("{\"lexeme_prob\": {}}"), import_all, "one table");
    check_refused(name, pack("{\"lexeme_norm\": {}, \"x\": {}}"), import_all,
                  "one table");
    check_refused(name, pack("{\"lexeme_norm\": {\"x\": \"not\"}}"), import_all,
                  "stands where");
    check_refused(name, pack("{\"#1\": {}}"), import_all, "a key is expected");
    check_refused(name, pack("{\"lexeme_norm\": {\"#0\": \"not\"}}"), import_all,
                  "a key twice");
}

/* ---- maps ---- */

static void a_map_grows_with_its_keys(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_import to = {arena, rg_model_writer_new(arena), folder, rg_map_new(arena), &err};
    rg_id_list map = {0};
    for (uint64_t key = 1; key <= 40; key++)
        rg_import_put_pair(&to, &map, key << 4, (uint32_t)key); /* few slots */
    assert_true(rg_import_add_map(&to, "norms", &map));
}

static void a_key_that_comes_twice_is_refused(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_import to = {arena, rg_model_writer_new(arena), folder, rg_map_new(arena), &err};
    rg_id_list map = {0};
    rg_import_put_pair(&to, &map, 7, 1);
    rg_import_put_pair(&to, &map, 23, 1); /* the same slot of sixteen */
    rg_import_put_pair(&to, &map, 7, 2);
    assert_false(rg_import_add_map(&to, "norms", &map));
    assert_non_null(strstr(err.text, "table norms has a key twice"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokenizer_is_taken_over),
        cmocka_unit_test(a_broken_tokenizer_is_refused),
        cmocka_unit_test(keys_of_no_use_are_skipped),
        cmocka_unit_test(an_exception_may_set_text_and_norm_only),
        cmocka_unit_test(finite_expressions_become_words),
        cmocka_unit_test(a_broken_ruler_is_refused),
        cmocka_unit_test(conditions_are_of_four_kinds),
        cmocka_unit_test(rules_of_another_shape_are_refused),
        cmocka_unit_test(an_expression_of_too_many_words_is_not_expanded),
        cmocka_unit_test(lemmas_are_taken_over),
        cmocka_unit_test(broken_lemmas_are_refused),
        cmocka_unit_test(a_lemma_rule_has_two_endings),
        cmocka_unit_test(all_tables_are_taken_over),
        cmocka_unit_test(a_table_that_is_not_there_is_told),
        cmocka_unit_test(broken_norms_are_refused),
        cmocka_unit_test(a_map_grows_with_its_keys),
        cmocka_unit_test(a_key_that_comes_twice_is_refused),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
