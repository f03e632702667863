/* lang_test.c - the whole analysis of a document, and the formats that show it. */
#include "lang/lang.h"

#include "with_model.h"

#include "model/writer.h"
#include "output/output.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

static rg_arena *arena;
static rg_model *model;
static rg_lang *lang;

static int open_all(void **state)
{
    (void)state;
    rg_error err = {0};
    arena = rg_arena_new();
    model = open_model(arena);
    lang = rg_lang_new(model, NULL, &err);
    assert_non_null(lang);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    rg_lang_free(lang);
    rg_model_free(model);
    rg_arena_free(arena);
    return 0;
}

static const rg_parse *parse_with(rg_lang *with, rg_str bytes, rg_text_mode mode)
{
    rg_document *document = rg_new(arena, rg_document, 1);
    *document = (rg_document){.name = RG_STR("a.txt"), .bytes = bytes, .mode = mode};
    const rg_text *text;
    const rg_parse *parse = NULL;
    rg_error err = {0};
    assert_true(rg_text_read(&text, arena, document, &err));
    assert_true(rg_lang_parse(&parse, arena, with, text, &err));
    return parse;
}

static const rg_parse *parse_blocks(const char *bytes)
{
    return parse_with(lang, rg_str_of(bytes), RG_TEXT_BLOCKS);
}

static const char *written(const char *format, const rg_parse *parse)
{
    const rg_format *found = rg_output_find(rg_str_of(format), RG_FROM_PARSE);
    assert_non_null(found);
    rg_buf out = rg_buf_in(arena);
    if (found->put_header)
        found->put_header(&out);
    found->put_parse(&out, parse, 0);
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

static const char two_blocks[] =
    "Mary Jones met\n  him.  She left.\n\nThe EU didn't.\n";

static void blocks_and_sentences_follow_one_another(void **state)
{
    (void)state;
    const rg_parse *parse = parse_blocks(two_blocks);
    assert_int_equal(parse->token_count, 13);
    assert_int_equal(parse->block_first[0], 0);
    assert_int_equal(parse->block_first[1], 8);
    assert_int_equal(parse->block_first[2], 13);
    assert_int_equal(parse->sentence_count, 3);
    static const rg_sentence expected[] = {{0, 5, 0}, {5, 8, 0}, {8, 13, 1}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(parse->sentences[i].first, expected[i].first);
        assert_int_equal(parse->sentences[i].end, expected[i].end);
        assert_int_equal(parse->sentences[i].block, expected[i].block);
    }
    for (int i = 0; i < parse->token_count; i++) {
        const rg_token *head = &parse->tokens[parse->tokens[i].head];
        assert_int_equal(head->block, parse->tokens[i].block);
    }
}

static void places_lead_back_to_the_file(void **state)
{
    (void)state;
    const rg_parse *parse = parse_blocks(two_blocks);
    for (int i = 0; i < parse->token_count; i++) {
        rg_str text = parse->tokens[i].lexeme->text;
        int start = rg_parse_start(parse, i), end = rg_parse_end(parse, i);
        assert_int_equal(end - start, text.len);
        assert_memory_equal(two_blocks + start, text.bytes, (size_t)text.len);
    }
}

static void an_exception_gives_its_norm_to_the_token(void **state)
{
    (void)state;
    const rg_parse *parse = parse_blocks(two_blocks);
    const rg_token *not_token = &parse->tokens[11];
    assert_true(rg_str_is(not_token->lexeme->text, "n't"));
    assert_true(rg_str_is(not_token->norm, "not"));
    assert_true(not_token->norm_id == rg_string_id(RG_STR("not")));
}

static void offsets_count_code_points_too(void **state)
{
    (void)state;
    const rg_parse *parse = parse_blocks("\xef\xbb\xbf😀 é\xff x");
    assert_int_equal(parse->token_count, 4); /* U+FFFD is a token of its own */
    static const int idx[] = {0, 2, 3, 5}, start[] = {3, 8, 10, 12};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(parse->tokens[i].idx, idx[i]);
        assert_int_equal(rg_parse_start(parse, i), start[i]);
    }
    assert_int_equal(rg_parse_end(parse, 2), 11);
}

static void nothing_makes_no_token(void **state)
{
    (void)state;
    assert_int_equal(parse_blocks("")->token_count, 0);
    assert_int_equal(parse_blocks(" \n\n ")->sentence_count, 0);
    const rg_parse *whole = parse_with(lang, RG_STR(""), RG_TEXT_WHOLE);
    assert_int_equal(whole->token_count, 0);
    assert_int_equal(whole->block_first[1], 0);
}

static void a_run_leaves_nothing_behind(void **state)
{
    (void)state;
    const char *before = written("tsv", parse_blocks(two_blocks));
    for (int i = 0; i < 50; i++)
        parse_blocks("Something else don't (o.O) 3-4 it's http://a.b/c?d=e .");
    assert_string_equal(written("tsv", parse_blocks(two_blocks)), before);
}

static void both_kernels_say_the_same(void **state)
{
    (void)state;
    rg_error err = {0};
    rg_lang *portable = rg_lang_new(model, "portable", &err);
    assert_non_null(portable);
    const rg_parse *parse = parse_with(portable, rg_str_of(two_blocks), RG_TEXT_BLOCKS);
    assert_string_equal(written("tsv", parse),
                        written("tsv", parse_blocks(two_blocks)));
    rg_lang_free(portable);
}

static void an_unknown_kernel_is_refused(void **state)
{
    (void)state;
    rg_error err = {0};
    assert_null(rg_lang_new(model, "abacus", &err));
    assert_int_equal(err.kind, RG_ERROR_USAGE);
    assert_non_null(strstr(err.text, "'abacus'"));
}

/* ---- formats ---- */

static void tsv_escapes_white_space_and_controls(void **state)
{
    (void)state;
    const rg_parse *parse = parse_with(lang, RG_STR("a\n\\\x01"), RG_TEXT_WHOLE);
    const char *tsv = written("tsv", parse);
    assert_int_equal(
        strncmp(tsv,
                "doc\ti\ttext\tws\tidx\tnorm\tprefix\tsuffix\tshape\tlower\t"
                "tag\tpos\tmorph\tlemma\thead\tdep\tsent_start\tent_iob\t"
                "ent_type\n0\t0\ta\t0\t0\ta\ta\ta\tx\ta\t",
                118),
        0);
    assert_non_null(strstr(tsv, "\n0\t1\t\\u000a\t0\t1\t\\u000a\t"));
    assert_non_null(strstr(tsv, "\n0\t2\t\\\\\\u0001\t0\t2\t"));
}

static void conllu_has_ten_columns(void **state)
{
    (void)state;
    assert_string_equal(
        written("conllu", parse_blocks(two_blocks)),
        "# newdoc id = a.txt\n"
        "# sent_id = 0-1\n"
        "# text = Mary Jones met him.\n"
        "1\tMary\tMary\tPROPN\tNNP\tNumber=Sing\t2\tcompound\t_\tNER=B-PERSON\n"
        "2\tJones\tJones\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tNER=I-PERSON\n"
        "3\tmet\tmeet\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\tROOT\t_\t_\n"
        "4\thim\the\tPRON\tPRP\t"
        "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs\t3\tdobj\t_\t"
        "SpaceAfter=No\n"
        "5\t.\t.\tPUNCT\t.\tPunctType=Peri\t3\tpunct\t_\t_\n"
        "\n"
        "# sent_id = 0-2\n"
        "# text = She left.\n"
        "1\tShe\tshe\tPRON\tPRP\t"
        "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs\t2\tnsubj\t_\t_\n"
        "2\tleft\tleave\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\tROOT\t_\t"
        "SpaceAfter=No\n"
        "3\t.\t.\tPUNCT\t.\tPunctType=Peri\t2\tpunct\t_\tSpaceAfter=No\n"
        "\n"
        "# sent_id = 1-1\n"
        "# text = The EU didn't.\n"
        "1\tThe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\t_\n"
        "2\tEU\tEU\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tNER=B-ORG\n"
        "3\tdid\tdo\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\tROOT\t_\tSpaceAfter=No\n"
        "4\tn't\tnot\tPART\tRB\tPolarity=Neg\t3\tneg\t_\tSpaceAfter=No\n"
        "5\t.\t.\tPUNCT\t.\tPunctType=Peri\t3\tpunct\t_\tSpaceAfter=No\n"
        "\n");
}

static void conllu_keeps_white_space_out_of_its_columns(void **state)
{
    (void)state;
    const rg_parse *parse =
        parse_with(lang, RG_STR("He\t\n ran\xc2\xa0"), RG_TEXT_WHOLE);
    const char *conllu = written("conllu", parse);
    assert_non_null(strstr(conllu, "# text = He   ran \n"));
    assert_non_null(strstr(conllu, "\n2\t\\t\\n\\s\t\\t\\n\\s\tSPACE\t_SP\t_\t"));
    assert_non_null(strstr(conllu, "\t\\u00a0\t"));
}

static void json_is_one_object_with_offsets_of_the_file(void **state)
{
    (void)state;
    const char *text = written("json", parse_blocks(two_blocks));
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    assert_null(strchr(strchr(text, '\n') + 1, '\n')); /* one line */
    assert_string_equal(json_string_value(json_object_get(root, "doc")), "a.txt");
    const json_t *tokens = json_object_get(root, "tokens");
    assert_int_equal(json_array_size(tokens), 13);
    const json_t *him = json_array_get(tokens, 3);
    assert_string_equal(json_string_value(json_object_get(him, "text")), "him");
    assert_string_equal(json_string_value(json_object_get(him, "lemma")), "he");
    assert_int_equal(json_integer_value(json_object_get(him, "start")), 17);
    assert_int_equal(json_integer_value(json_object_get(him, "end")), 20);
    assert_int_equal(json_integer_value(json_object_get(him, "head")), 2);
    const json_t *sentences = json_object_get(root, "sentences");
    assert_int_equal(json_array_size(sentences), 3);
    const json_t *last = json_array_get(sentences, 2);
    assert_int_equal(json_integer_value(json_object_get(last, "first")), 8);
    assert_int_equal(json_integer_value(json_object_get(last, "last")), 12);
    assert_int_equal(json_integer_value(json_object_get(last, "block")), 1);
    json_decref(root);
}

/* ---- broken tables ---- */

/* A copy of the model whose section `name` has other bytes, opened. */
static rg_model *open_changed(const char *name, const void *bytes, size_t size)
{
    rg_model_writer *writer = rg_model_writer_new(arena);
    for (int i = 0; i < rg_model_section_count(model); i++) {
        rg_str section, found = rg_model_section_at(model, i, &section);
        bool changed = rg_str_is(found, name);
        rg_model_writer_add(writer, rg_arena_str(arena, found).bytes,
                            changed ? bytes : section.bytes,
                            changed ? size : (size_t)section.len);
    }
    size_t file_size;
    const void *file = rg_model_writer_file(writer, &file_size);
    char path[] = "/tmp/relgraph-lang-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    rg_error err = {0};
    rg_model *copy = NULL;
    assert_true(rg_file_write_bytes(path, file, file_size, &err));
    assert_true(rg_model_open(&copy, path, &err));
    unlink(path);
    return copy;
}

static void check_refused(const char *name, const void *bytes, size_t size)
{
    rg_model *copy = open_changed(name, bytes, size);
    rg_error err = {0};
    assert_null(rg_lang_new(copy, NULL, &err));
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    assert_non_null(strstr(err.text, "does not hold what it should"));
    rg_model_free(copy);
}

static const char *const table_names[] = {
    "strings.refs",       "tokenizer.list", "tokenizer.pieces",  "tokenizer.exceptions",
    "tokenizer.patterns", "norms",          "ruler.rules",       "ruler.conditions",
    "ruler.values",       "lemmas.rules",   "lemmas.exceptions", "lemmas.values",
    "lemmas.words",
};

static void tables_with_numbers_out_of_range_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table_names / sizeof *table_names; i++) {
        rg_str section = rg_model_section(model, table_names[i]);
        assert_true(section.len > 0);
        unsigned char *bytes = rg_arena_take(arena, (size_t)section.len, 64);
        memset(bytes, 0xfe, (size_t)section.len);
        check_refused(table_names[i], bytes, (size_t)section.len);
    }
}

static void tables_of_another_size_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table_names / sizeof *table_names; i++) {
        rg_str section = rg_model_section(model, table_names[i]);
        check_refused(table_names[i], section.bytes, (size_t)section.len - 1);
        check_refused(table_names[i], "", 0);
    }
}

/* ":(" is an exception; as a regular expression it has no end. */
static void a_broken_regular_expression_is_refused(void **state)
{
    (void)state;
    rg_strings strings;
    rg_error err = {0};
    assert_true(rg_strings_open(&strings, model, &err));
    uint32_t number = 0;
    while (number < strings.count && !rg_str_is(rg_strings_at(&strings, number), ":("))
        number++;
    assert_true(number < strings.count);
    uint32_t patterns[] = {number, number, number, number};
    check_refused("tokenizer.patterns", patterns, sizeof patterns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_and_sentences_follow_one_another),
        cmocka_unit_test(places_lead_back_to_the_file),
        cmocka_unit_test(an_exception_gives_its_norm_to_the_token),
        cmocka_unit_test(offsets_count_code_points_too),
        cmocka_unit_test(nothing_makes_no_token),
        cmocka_unit_test(a_run_leaves_nothing_behind),
        cmocka_unit_test(both_kernels_say_the_same),
        cmocka_unit_test(an_unknown_kernel_is_refused),
        cmocka_unit_test(tsv_escapes_white_space_and_controls),
        cmocka_unit_test(conllu_has_ten_columns),
        cmocka_unit_test(conllu_keeps_white_space_out_of_its_columns),
        cmocka_unit_test(json_is_one_object_with_offsets_of_the_file),
        cmocka_unit_test(tables_with_numbers_out_of_range_are_refused),
        cmocka_unit_test(tables_of_another_size_are_refused),
        cmocka_unit_test(a_broken_regular_expression_is_refused),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
