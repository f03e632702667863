/* import_test.c - spaCy's folder, made by ourselves: read when right, refused when not.
 *
 * The weight files are written from weights.def, each time with one fault, or with none.
 */
#include "model/import.h"
#include "model/layout.h"
#include "model/thinc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef enum fault {
    NO_FAULT,
    FEWER_NODES,
    WRONG_INDEX,
    NO_NAME,
    WRONG_KIND,
    WRONG_SEED,
    NO_SEED,
    WRONG_SHAPE,
    WRONG_RANK,
    HUGE_SHAPE,
    WRONG_TYPE,
    OBJECT_TYPE,
    NOT_AN_ARRAY,
    SHORT_DATA,
    NAN_WEIGHT,
    INFINITE_WEIGHT,
    NO_TENSOR,
    UNKNOWN_TENSOR,
    NO_DATA_KEY,
    UNKNOWN_KEY,
    A_SHIM,
    ZERO_IN_KEY,
    BYTES_BEHIND,
    FIVE_KEYS,
    TEXT_AS_SEED,
    LONG_SEED,
    NO_LIST_OF_SHIMS,
} fault;

typedef struct tensor {
    const char *file;
    int node;
    const char *kind, *param;
    int rank, shape[4], seed;
} tensor;

static const tensor tensors[] = {
#define WEIGHTS(name, path, nodes)
#define TENSOR(file, node, kind, param, rank, a, b, c, d, seed)                        \
    {#file, node, kind, param, rank, {a, b, c, d}, seed},
#include "model/weights.def"
};
enum { TENSORS = sizeof tensors / sizeof tensors[0] };

static const struct {
    const char *name, *path;
    int nodes;
} files[] = {
#define WEIGHTS(name, path, nodes) {#name, path, nodes},
#define TENSOR(file, node, kind, param, rank, a, b, c, d, seed)
#include "model/weights.def"
};
enum { FILES = sizeof files / sizeof files[0] };

static char folder[] = "/tmp/relgraph-import-test-XXXXXX";
static rg_error err;

/* ---- writing msgpack ---- */

static void put_text(FILE *out, const char *text)
{
    fprintf(out, "\xd9%c%s", (int)strlen(text), text);
}

static void put_key(FILE *out, const char *text)
{
    fprintf(out, "\xc4%c%s", (int)strlen(text), text);
}

static void put_number(FILE *out, uint32_t number)
{
    putc(0xce, out);
    for (int shift = 24; shift >= 0; shift -= 8)
        putc((int)(number >> shift & 0xff), out);
}

static void put_head(FILE *out, int head, uint32_t count)
{
    putc(head, out);
    for (int shift = 24; shift >= 0; shift -= 8)
        putc((int)(count >> shift & 0xff), out);
}

enum { ARRAY = 0xdd, BYTES = 0xc6, TEXT = 0xdb };

static void put_map(FILE *out, int pairs)
{
    putc(0x80 | pairs, out);
}

/* The n-th tensor of a node, or NULL. */
static const tensor *tensor_of(const char *file, int node, int n)
{
    for (int i = 0; i < TENSORS; i++)
        if (strcmp(tensors[i].file, file) == 0 && tensors[i].node == node && n-- == 0)
            return &tensors[i];
    return NULL;
}

/* Faults are put into the first tensor of a file, or its node. */
static bool is_first(const tensor *t)
{
    return t && (t == tensors || strcmp(t->file, t[-1].file) != 0);
}

static void put_node(FILE *out, const char *file, int node, fault with)
{
    const tensor *t = tensor_of(file, node, 0);
    bool spoilt = is_first(t);
    put_map(out, spoilt && with == NO_NAME ? 2 : 3);
    put_text(out, "index");
    put_number(out, (uint32_t)(spoilt && with == WRONG_INDEX ? node + 1 : node));
    if (!(spoilt && with == NO_NAME)) {
        put_text(out, "name");
        put_text(out, !t                             ? "other"
                      : spoilt && with == WRONG_KIND ? "maxouts"
                                                     : t->kind);
    }
    put_text(out, "refs");
    put_map(out, 0);
}

static void put_attributes(FILE *out, const char *file, int node, fault with)
{
    const tensor *t = tensor_of(file, node, 0);
    bool has_seed = t && t->seed >= 0 && with != NO_SEED;
    put_map(out, has_seed ? 2 : 1);
    put_text(out, "dropout_rate");
    put_key(out, "\xca\x01\x01\x01\x01");
    if (!has_seed)
        return;
    put_text(out, "seed");
    putc(with == TEXT_AS_SEED ? 0xd9 : 0xc4, out);
    putc(with == LONG_SEED ? 2 : 1, out);
    if (with == LONG_SEED)
        putc(0, out);
    putc(with == WRONG_SEED ? t->seed + 1 : t->seed, out);
}

static void put_shape(FILE *out, const tensor *t, fault with)
{
    put_head(out, ARRAY, (uint32_t)(with == WRONG_RANK ? 15 : t->rank));
    for (int i = 0; i < (with == WRONG_RANK ? 15 : t->rank); i++)
        put_number(out, with == HUGE_SHAPE          ? 0xffffffffu
                        : with == WRONG_SHAPE && !i ? 7
                        : i < 4                     ? (uint32_t)t->shape[i]
                                                    : 1);
}

/* Small numbers that differ from place to place. */
static float weight_at(int i)
{
    return (float)(i % 1999 - 999) / 1000;
}

static void put_data(FILE *out, const tensor *t, fault with)
{
    int count = t->shape[0] * t->shape[1] * t->shape[2] * t->shape[3];
    count -= with == SHORT_DATA;
    put_head(out, BYTES, (uint32_t)count * 4);
    for (int i = 0; i < count; i++) {
        float weight = weight_at(i);
        uint32_t bits = with == NAN_WEIGHT ? 0x7fc00000u : 0x7f800000u;
        if (i == 5 && (with == NAN_WEIGHT || with == INFINITE_WEIGHT))
            memcpy(&weight, &bits, sizeof weight);
        fwrite(&weight, sizeof weight, 1, out);
    }
}

static void put_array(FILE *out, const tensor *t, fault with)
{
    if (!is_first(t))
        with = NO_FAULT;
    put_map(out, with == NO_DATA_KEY ? 4 : 5);
    put_key(out, with == UNKNOWN_KEY ? "pickle" : "nd");
    putc(with == NOT_AN_ARRAY ? 0xc2 : 0xc3, out);
    put_key(out, "type");
    put_text(out, with == WRONG_TYPE ? "<f8" : with == OBJECT_TYPE ? "O" : "<f4");
    put_key(out, "kind");
    put_key(out, "");
    put_key(out, "shape");
    put_shape(out, t, with);
    if (with == NO_DATA_KEY)
        return;
    put_key(out, "data");
    put_data(out, t, with);
}

static int count_tensors(const char *file, int node)
{
    int count = 0;
    while (tensor_of(file, node, count))
        count++;
    return count;
}

static void put_parameters(FILE *out, const char *file, int node, fault with)
{
    int count = count_tensors(file, node);
    put_map(out, count + 1);
    for (int n = 0; n < count; n++) {
        const tensor *t = tensor_of(file, node, n);
        put_text(out, with == UNKNOWN_TENSOR && is_first(t) ? "X" : t->param);
        if (with == NO_TENSOR && is_first(t))
            putc(0xc0, out);
        else
            put_array(out, t, with);
    }
    put_text(out, "vectors");
    putc(0xc0, out);
}

static FILE *create(const char *name)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    mkdir(path, 0777);
    *slash = '/';
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    return file;
}

static void write_weights(int which, fault with)
{
    FILE *out = create(files[which].path);
    const char *file = files[which].name;
    int nodes = files[which].nodes - (with == FEWER_NODES);
    put_map(out, with == FIVE_KEYS ? 5 : 4);
    if (with == ZERO_IN_KEY)
        fwrite("\xd9\x06nodes", 1, 8, out);
    else
        put_text(out, "nodes");
    put_head(out, ARRAY, (uint32_t)nodes);
    for (int i = 0; i < nodes; i++)
        put_node(out, file, i, with);
    put_text(out, "attrs");
    put_head(out, ARRAY, (uint32_t)nodes);
    for (int i = 0; i < nodes; i++)
        put_attributes(out, file, i, with);
    put_text(out, "params");
    put_head(out, ARRAY, (uint32_t)nodes);
    for (int i = 0; i < nodes; i++)
        put_parameters(out, file, i, with);
    put_text(out, "shims");
    put_head(out, ARRAY, (uint32_t)nodes);
    for (int i = 0; i < nodes; i++)
        putc(i > 0                      ? 0x90
             : with == A_SHIM           ? 0x91
             : with == NO_LIST_OF_SHIMS ? 0xc0
                                        : 0x90,
             out);
    if (with == BYTES_BEHIND)
        putc(0xc0, out);
    fclose(out);
}

/* ---- reading them ---- */

static bool read_weights(int which)
{
    rg_arena *arena = rg_arena_new();
    rg_thinc found;
    memset(&err, 0, sizeof err);
    bool ok = rg_thinc_read(&found, arena, folder, (rg_weights)which, &err);
    rg_arena_free(arena);
    return ok;
}

static void assert_refused(int which, fault with, const char *text)
{
    write_weights(which, with);
    assert_false(read_weights(which));
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    assert_non_null(strstr(err.file, files[which].path));
    if (strncmp(err.text, "byte ", 5) != 0 || !strstr(err.text, text))
        fail_msg("'%s' is not in '%s'", text, err.text);
}

static void weight_files_that_are_right_are_read(void **state)
{
    (void)state;
    for (int i = 0; i < FILES; i++) {
        write_weights(i, NO_FAULT);
        if (!read_weights(i))
            fail_msg("%s: %s", err.file, err.text);
    }
}

static void every_fault_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        fault with;
        const char *text;
    } cases[] = {
        {FEWER_NODES, "nodes, this network has"},
        {WRONG_INDEX, "is expected here"},
        {NO_NAME, "lacks its index or name"},
        {WRONG_KIND, "should be a"},
        {WRONG_SHAPE, "has another shape"},
        {WRONG_RANK, "has another shape"},
        {HUGE_SHAPE, "has another shape"},
        {WRONG_TYPE, "element type '<f4' is expected"},
        {OBJECT_TYPE, "element type '<f4' is expected"},
        {NOT_AN_ARRAY, "an array is expected"},
        {SHORT_DATA, "bytes, not"},
        {NAN_WEIGHT, "holds a NaN"},
        {INFINITE_WEIGHT, "holds a NaN"},
        {NO_TENSOR, "is missing"},
        {UNKNOWN_TENSOR, "has a tensor too many"},
        {NO_DATA_KEY, "an array lacks a key"},
        {UNKNOWN_KEY, "unknown or doubled key"},
        {A_SHIM, "byte"},
        {ZERO_IN_KEY, "key 'nodes' is expected"},
        {BYTES_BEHIND, "1 bytes too many"},
        {FIVE_KEYS, "nodes, attrs, params and shims are expected"},
        {NO_LIST_OF_SHIMS, "byte"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++)
        for (int which = 0; which < FILES; which++)
            if (strcmp(files[which].name, "names") != 0)
                assert_refused(which, cases[c].with, cases[c].text);
}

static void embeddings_need_their_seeds(void **state)
{
    (void)state;
    assert_refused(0, WRONG_SEED, "the seed should be 8");
    assert_refused(0, NO_SEED, "lacks its seed");
    assert_refused(0, TEXT_AS_SEED, "byte");
    assert_refused(0, LONG_SEED, "bytes too many");
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    enum { TAGGER = RG_WEIGHTS_tagger };
    char path[200];
    struct stat about;
    write_weights(TAGGER, NO_FAULT);
    snprintf(path, sizeof path, "%s/%s", folder, files[TAGGER].path);
    assert_int_equal(stat(path, &about), 0);
    for (off_t size = about.st_size - 1; size >= 0; size -= size > 600 ? 97 : 1) {
        assert_int_equal(truncate(path, size), 0);
        assert_false(read_weights(TAGGER));
        assert_int_equal(err.kind, RG_ERROR_MODEL);
    }
}

static void packed_weights_stand_where_the_kernels_look(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_model_writer *writer = rg_model_writer_new(arena);
    rg_model *model;
    char path[200];
    size_t size;
    const float *mixer, *tagger, *upper;
    memset(&err, 0, sizeof err);
    for (int i = 0; i < FILES; i++)
        write_weights(i, NO_FAULT);
    assert_true(rg_import_weights(writer, arena, folder, &err));
    const void *file = rg_model_writer_file(writer, &size);
    snprintf(path, sizeof path, "%s/model.rgm", folder);
    assert_true(rg_file_write_bytes(path, file, size, &err));
    assert_true(rg_model_open(&model, path, &err));
    enum { MIXER = 576 * RG_MAXOUT };
    assert_true(rg_model_floats(&mixer, model, "tok2vec.mixer",
                                MIXER + RG_MAXOUT + 2 * RG_WIDTH, &err));
    /* output 9, piece 2, input 5: panel 1, column 2 x 8 + 1 */
    assert_true(mixer[1 * 576 * RG_PANEL + 5 * RG_PANEL + 17]
                == weight_at((9 * 3 + 2) * 576 + 5));
    assert_true(mixer[MIXER + 1 * RG_PANEL + 17] == weight_at(9 * 3 + 2));
    assert_true(rg_model_floats(&tagger, model, "tagger.output", 72 * 97, &err));
    assert_true(tagger[1 * 96 * RG_PANEL + 7 * RG_PANEL + 3] == weight_at(27 * 96 + 7));
    assert_true(tagger[72 * 96 + 49] == weight_at(49) && tagger[72 * 96 + 50] == 0);
    assert_true(rg_model_floats(&upper, model, "parser.upper", 112 * 65, &err));
    assert_true(upper[3 * 112 + 105] == weight_at(105 * 64 + 3));
    rg_model_free(model);
    unlink(path);
    rg_arena_free(arena);
}

/* ---- the rest of the folder ---- */

static void write_file(const char *name, const char *text)
{
    FILE *out = create(name);
    fputs(text, out);
    fclose(out);
}

static void assert_not_imported(const char *file, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/model.rgm", folder);
    memset(&err, 0, sizeof err);
    assert_false(rg_model_import(folder, path, &err));
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    assert_false(rg_file_exists(path));
    if (!strstr(err.file, file) || !strstr(err.text, text))
        fail_msg("%s: %s", err.file, err.text);
}

static void another_release_is_not_imported(void **state)
{
    (void)state;
    assert_not_imported("meta.json", "cannot read");
    write_file("meta.json", "{\"lang\":\"en\",\"name\":\"core_web_sm\"");
    assert_not_imported("meta.json", "byte ");
    write_file("meta.json",
               "{\"lang\":\"en\",\"name\":\"core_web_sm\",\"version\":\"3.7.1\"}");
    assert_not_imported("meta.json", "this is en_core_web_sm 3.7.1");
    write_file("meta.json",
               "{\"lang\":\"de\",\"name\":\"core_news_sm\",\"version\":\"3.8.0\"}");
    assert_not_imported("meta.json", "this is de_core_news_sm 3.8.0");
    write_file("meta.json",
               "{\"lang\":\"en\",\"name\":\"core_web_sm\",\"version\":\"3.8.0\"}");
    assert_not_imported("config.cfg", "cannot read");
    write_file("config.cfg", "[nlp]\npipeline = [\"tok2vec\",\"ner\"]\n");
    assert_not_imported("config.cfg", "the pipeline is another one");
}

static bool import_labels(void)
{
    rg_arena *arena = rg_arena_new();
    memset(&err, 0, sizeof err);
    bool ok = rg_import_labels(rg_model_writer_new(arena), arena, folder, &err);
    rg_arena_free(arena);
    return ok;
}

static void tags_of_another_number_are_refused(void **state)
{
    (void)state;
    write_file("tagger/cfg", "{\"labels\":[\"NN\",\"VB\"]}");
    assert_false(import_labels());
    assert_string_equal(err.text, "50 labels are expected");
    write_file("tagger/cfg", "{\"labels\":");
    assert_false(import_labels());
    assert_int_equal(err.kind, RG_ERROR_MODEL);
}

/* ---- labels ---- */

/* The labels 0 to 49; one may be another JSON value. */
static void write_tags(const char *last)
{
    FILE *out = create("tagger/cfg");
    fputs("{\"labels\":[", out);
    for (int i = 0; i < 49; i++)
        fprintf(out, "\"T%d\",", i);
    fprintf(out, "%s]}", last);
    fclose(out);
}

/* {"moves": JSON, "cfg": {}}; moves of action 2, more of action 3, one of 4. */
static void write_moves(const char *name, int first, int more, const char *last)
{
    static char json[4000];
    char *at = json;
    at += sprintf(at, "{\"0\":{\"\":9},\"2\":{");
    for (int i = 0; i < first; i++)
        at += sprintf(at, "%s\"m%d\":%d", i > 0 ? "," : "", i, i % 7);
    at += sprintf(at, "},\"3\":{");
    for (int i = 0; i < more; i++)
        at += sprintf(at, "%s\"m%d\":%d", i > 0 ? "," : "", i, i % 5);
    at += sprintf(at, "},\"4\":{%s}}", last);
    FILE *out = create(name);
    put_map(out, 2);
    put_text(out, "moves");
    put_head(out, TEXT, (uint32_t)strlen(json));
    fputs(json, out);
    put_text(out, "cfg");
    put_map(out, 0);
    fclose(out);
}

static const char last_move[] = "\"ROOT\":5";
enum { HALF = 52, FIRST = 35 }; /* of 106 and 74 moves */

static void write_labels(void)
{
    write_tags("\"X\"");
    write_moves("parser/moves", HALF, RG_PARSER_CLASSES - 2 - HALF, last_move);
    write_moves("ner/moves", FIRST, RG_NAMES_CLASSES - 2 - FIRST, last_move);
}

static void assert_labels_refused(const char *text)
{
    assert_false(import_labels());
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    if (!strstr(err.text, text))
        fail_msg("'%s' is not in '%s'", text, err.text);
    write_labels();
}

static void labels_of_another_network_are_refused(void **state)
{
    (void)state;
    static const char *const tags[] = {"7", "\"a\\nb\"", "\"X\",\"Y\""};
    write_labels();
    assert_true(import_labels());
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        write_tags(tags[i]);
        assert_labels_refused("50 labels are expected");
    }
    static const char *const moves[] = {"", "\"ROOT\":\"x\"", "\"a\\nb\":1"};
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        write_moves("ner/moves", FIRST, RG_NAMES_CLASSES - 2 - FIRST, moves[i]);
        assert_labels_refused("the moves are those of another network");
    }
    write_moves("ner/moves", 65, 7, last_move); /* more than an action can have */
    assert_labels_refused("the moves are those of another network");
    write_moves("parser/moves", 5, 5, "\"ROOT\"");
    assert_labels_refused("byte 0: ");
    static const char *const names[] = {"tagger/cfg", "parser/moves", "ner/moves"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(unlink(path), 0);
        assert_labels_refused("cannot read");
    }
}

static void moves_of_another_shape_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text;
    } cases[] = {
        {"\x81\xa5moves\xa2{}", "keys moves and cfg are expected"},
        {"\x82\xa5moved\xa2{}\xa3"
         "cfg\x80",
         "keys moves and cfg are expected"},
        {"\x82\xa5moves\xa2{}\xa3"
         "cfg\x80\xc0",
         "bytes too many"},
        {"\x82\xa5moves\xa2{}\xa3"
         "cfg\xc1",
         "byte "},
        {"\x82\xa5moves\xa2{}\xc0", "byte "},
        {"\x82\xa5moves\xa2{}", "byte "},
        {"\x82\xa5moves\xc0", "byte "},
        {"\x82\xc0", "byte "},
        {"\xc0", "byte "},
    };
    write_labels();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_file("parser/moves", cases[i].bytes);
        assert_labels_refused(cases[i].text);
    }
}

/* ---- a whole folder ---- */

static void write_table(const char *name, const char *bytes, size_t size)
{
    FILE *out = create(name);
    assert_int_equal(fwrite(bytes, 1, size, out), size);
    fclose(out);
}

static void write_all(void)
{
    static const char patterns[] = "\x84\xadprefix_search\xa1x\xadsuffix_search\xa1x"
                                   "\xaeinfix_finditer\xa1x\xa9url_match\xa1x",
                      norms[] = "\x81\xablexeme_norm\x81\x07\xa3not";
    for (int i = 0; i < FILES; i++)
        write_weights(i, NO_FAULT);
    write_labels();
    write_file("meta.json",
               "{\"lang\":\"en\",\"name\":\"core_web_sm\",\"version\":\"3.8.0\"}");
    write_file("config.cfg",
               "[nlp]\npipeline = [\"tok2vec\",\"tagger\",\"parser\",\"senter\","
               "\"attribute_ruler\",\"lemmatizer\",\"ner\"]\n");
    write_table("tokenizer", patterns, sizeof patterns - 1);
    write_table("vocab/lookups.bin", norms, sizeof norms - 1);
    write_table("attribute_ruler/patterns", "\x90", 1);
    write_file("lemmatizer/x", ""); /* makes the folder */
    write_table("lemmatizer/lookups/lookups.bin", "\x80", 1);
}

static void a_whole_folder_becomes_a_model(void **state)
{
    (void)state;
    char path[200];
    uint64_t id = 0;
    rg_model *model;
    snprintf(path, sizeof path, "%s/model.rgm", folder);
    memset(&err, 0, sizeof err);
    write_all();
    if (!rg_model_import(folder, path, &err))
        fail_msg("%s: %s", err.file, err.text);
    assert_true(rg_model_open(&model, path, &err));
    assert_true(
        rg_str_starts(rg_model_section(model, "tagger.labels"), RG_STR("T0\nT1\n")));
    /* the most frequent first, then the last in order */
    assert_true(rg_str_starts(rg_model_section(model, "names.moves"),
                              RG_STR("0\n2m6\n2m34\n2m27\n2m20\n2m13\n2m5\n")));
    assert_true(rg_model_peek(&id, path) && id == rg_model_id(model));
    rg_model_free(model);
    unlink(path);
}

/* Weights that are not there are told, whichever they are. */
static void missing_weights_are_told(void **state)
{
    (void)state;
    write_all();
    for (int i = 0; i < FILES; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/%s", folder, files[i].path);
        assert_int_equal(unlink(path), 0);
        assert_not_imported(files[i].path, "cannot read");
        write_weights(i, NO_FAULT);
    }
}

static int remove_folder(void **state)
{
    (void)state;
    char command[200];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weight_files_that_are_right_are_read),
        cmocka_unit_test(every_fault_is_refused_with_its_place),
        cmocka_unit_test(embeddings_need_their_seeds),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(packed_weights_stand_where_the_kernels_look),
        cmocka_unit_test(another_release_is_not_imported),
        cmocka_unit_test(tags_of_another_number_are_refused),
        cmocka_unit_test(labels_of_another_network_are_refused),
        cmocka_unit_test(moves_of_another_shape_are_refused),
        cmocka_unit_test(a_whole_folder_becomes_a_model),
        cmocka_unit_test(missing_weights_are_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
