/* networks_test.c - the networks with weights of our own making.
 *
 * The model is random; what must hold for any weights is tested here: pieces and caches
 * change nothing, both kinds of kernel decide alike, the results make a tree and names.
 * That the true weights give spaCy's annotation is tested in tests/parity.
 */
#include "lang/encoder.h"
#include "lang/networks.h"
#include "model/layout.h"
#include "model/writer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST = 7000 }; /* more than the cache of vectors holds */

static rg_arena *arena, *scratch;
static rg_model *model;
static rg_error err;
static uint64_t seed = 42;
static char path[] = "/tmp/relgraph-networks-test-XXXXXX";
static rg_lexeme lexemes[MOST];
static rg_token tokens[MOST];

static uint64_t random_number(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return seed >> 20;
}

/* ---- a model ---- */

static void add_random(rg_model_writer *writer, const char *name, int count, float size)
{
    float *floats = rg_new(arena, float, count);
    for (int i = 0; i < count; i++)
        floats[i] = ((float)(random_number() % 2000) - 999.5f) / 1000 * size;
    rg_model_writer_add(writer, name, floats, sizeof(float) * (size_t)count);
}

static void add_encoder(rg_model_writer *writer, const char *network, int columns)
{
    char name[RG_MODEL_NAME];
    for (int c = 0; c < columns; c++) {
        snprintf(name, sizeof name, "%s.embed.%d", network, c);
        add_random(writer, name, rg_embed_rows[c] * RG_WIDTH, 1);
    }
    snprintf(name, sizeof name, "%s.mixer", network);
    add_random(writer, name, columns * RG_WIDTH * RG_MAXOUT + RG_MAXOUT + 2 * RG_WIDTH,
               0.3f);
    for (int layer = 1; layer <= RG_LAYERS; layer++) {
        snprintf(name, sizeof name, "%s.layer%d", network, layer);
        add_random(writer, name, RG_WINDOW * RG_MAXOUT + RG_MAXOUT + 2 * RG_WIDTH,
                   0.3f);
    }
}

static void add_scorer(rg_model_writer *writer, const char *network, int features,
                       int classes)
{
    char name[RG_MODEL_NAME];
    int outputs = features * RG_LOWER, padded = rg_padded(outputs);
    snprintf(name, sizeof name, "%s.input", network);
    add_random(writer, name, rg_padded(RG_HIDDEN) * (RG_WIDTH + 1), 1);
    snprintf(name, sizeof name, "%s.lower", network);
    add_random(writer, name, padded * (RG_HIDDEN + 1) + RG_LOWER + outputs, 1);
    snprintf(name, sizeof name, "%s.upper", network);
    add_random(writer, name, rg_padded_scores(classes) * (RG_HIDDEN + 1), 1);
}

static void add_lines(rg_model_writer *writer, const char *name, const char *first,
                      const char *line, int count, const char *last)
{
    rg_buf lines = rg_buf_in(arena);
    rg_buf_text(&lines, first);
    for (int i = 0; i < count; i++)
        rg_buf_format(&lines, line, i);
    rg_buf_text(&lines, last);
    rg_model_writer_add(writer, name, lines.bytes, (size_t)lines.len);
}

static void add_labels(rg_model_writer *writer)
{
    add_lines(writer, "tagger.labels", "", "T%d\n", RG_TAGS, "");
    rg_buf moves = rg_buf_in(arena);
    rg_buf_text(&moves, "0\n1\n");
    for (int i = 0; i < RG_PARSER_CLASSES - 3; i++)
        rg_buf_format(&moves, i % 9 == 8 ? "%dl%d||l0\n" : "%dl%d\n", i < 47 ? 2 : 3,
                      i);
    rg_buf_text(&moves, "4TOP\n");
    rg_model_writer_add(writer, "parser.moves", moves.bytes, (size_t)moves.len);
    rg_buf names = rg_buf_in(arena);
    for (int action = 1; action <= 4; action++)
        for (int i = 0; i < 18; i++)
            rg_buf_format(&names, "%dn%d\n", action, i);
    rg_buf_text(&names, "4\n5\n");
    rg_model_writer_add(writer, "names.moves", names.bytes, (size_t)names.len);
}

static bool write_model(const char *without)
{
    rg_model_writer *writer = rg_model_writer_new(arena);
    add_encoder(writer, "tok2vec", RG_COLUMNS);
    add_encoder(writer, "names", RG_NAMES_COLUMNS);
    add_scorer(writer, "parser", RG_PARSER_FEATURES, RG_PARSER_CLASSES);
    add_scorer(writer, "names", RG_NAMES_FEATURES, RG_NAMES_CLASSES);
    if (strcmp(without, "tagger") != 0)
        add_random(writer, "tagger.output", rg_padded(RG_TAGS) * (RG_WIDTH + 1), 1);
    if (strcmp(without, "labels") != 0)
        add_labels(writer);
    size_t size;
    const void *file = rg_model_writer_file(writer, &size);
    return rg_file_write_bytes(path, file, size, &err)
           && rg_model_open(&model, path, &err);
}

static int open_model(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    arena = rg_arena_new();
    scratch = rg_arena_new();
    return fd >= 0 && close(fd) == 0 && arena && scratch && write_model("") ? 0 : -1;
}

static int close_model(void **state)
{
    (void)state;
    rg_model_free(model);
    rg_arena_free(scratch);
    rg_arena_free(arena);
    return unlink(path);
}

/* ---- a text ---- */

/* `count` random tokens out of `words` different ones. */
static void make_tokens(int count, int words)
{
    for (int i = 0; i < count; i++) {
        uint64_t word = random_number() % (uint64_t)words;
        lexemes[i] = (rg_lexeme){
            .prefix_id = word * 7,
            .suffix_id = word * 13,
            .shape_id = word % 11,
            .is_space = word % 31 == 0,
        };
        tokens[i] = (rg_token){
            .lexeme = &lexemes[i],
            .norm_id = word + 1000,
            .space_after = random_number() % 3 == 0,
        };
    }
}

static rg_networks *open_networks(const char *kernel)
{
    rg_networks *networks;
    memset(&err, 0, sizeof err);
    if (!rg_networks_new(&networks, arena, model, kernel, &err))
        fail_msg("%s", err.text);
    return networks;
}

static rg_doubts run_blocks(rg_networks *networks, const int *ends, int count)
{
    rg_doubts doubts = {0};
    rg_networks_parse(networks, scratch, tokens, ends, count, &doubts);
    rg_networks_names(networks, tokens, ends, count, &doubts);
    return doubts;
}

static rg_doubts run(rg_networks *networks, int count)
{
    return run_blocks(networks, &count, 1);
}

static rg_token *copy_tokens(int count)
{
    rg_token *copy = rg_new(arena, rg_token, count);
    return memcpy(copy, tokens, sizeof(rg_token) * (size_t)count);
}

static void assert_same_labels(const rg_token *a, const rg_token *b, int count)
{
    for (int i = 0; i < count; i++) {
        assert_true(rg_str_equal(a[i].tag, b[i].tag));
        assert_true(rg_str_equal(a[i].dep, b[i].dep));
        assert_int_equal(a[i].head, b[i].head);
        assert_int_equal(a[i].sent_start, b[i].sent_start);
        assert_int_equal(a[i].ent_iob, b[i].ent_iob);
        assert_true(rg_str_equal(a[i].ent_type, b[i].ent_type));
    }
}

/* ---- the encoder, written out ---- */

static void norm_row(double *to, const double *row, const float *scale,
                     const float *shift)
{
    double mean = 0, variance = 0;
    for (int k = 0; k < RG_WIDTH; k++)
        mean += row[k] / RG_WIDTH;
    for (int k = 0; k < RG_WIDTH; k++)
        variance += (row[k] - mean) * (row[k] - mean) / RG_WIDTH;
    for (int k = 0; k < RG_WIDTH; k++)
        to[k] = (row[k] - mean) / sqrt(variance + 1e-8) * (double)scale[k]
                + (double)shift[k];
}

/* The greatest of the three pieces of output o; weights as import_weights.c packs them. */
static double unit(const double *row, const float *weights, const float *bias,
                   int inputs, int o, bool is_window)
{
    double best = -INFINITY;
    for (int p = 0; p < RG_PIECES; p++) {
        int column = o / 8 * RG_PANEL + p * 8 + o % 8;
        double sum = (double)bias[column];
        for (int k = 0; k < inputs; k++) {
            int at = is_window ? column + k / RG_WIDTH * RG_MAXOUT : column;
            int input = is_window ? k % RG_WIDTH : k;
            int rows = is_window ? RG_WIDTH : inputs;
            sum +=
                row[k]
                * (double)
                    weights[(at / RG_PANEL * rows + input) * RG_PANEL + at % RG_PANEL];
        }
        best = fmax(best, sum);
    }
    return best;
}

static void layer(double *to, const double *row, const char *name, int inputs)
{
    double units[RG_WIDTH];
    rg_str bytes = rg_model_section(model, name);
    const float *weights = (const void *)bytes.bytes;
    const float *bias = weights + inputs * RG_MAXOUT, *scale = bias + RG_MAXOUT;
    for (int o = 0; o < RG_WIDTH; o++)
        units[o] = unit(row, weights, bias, inputs, o, strstr(name, "layer1") != NULL);
    norm_row(to, units, scale, scale + RG_WIDTH);
}

static void embed(double *to, const rg_token *token)
{
    const uint64_t values[RG_COLUMNS] = {
        token->norm_id,          token->lexeme->prefix_id, token->lexeme->suffix_id,
        token->lexeme->shape_id, token->space_after,       token->lexeme->is_space,
    };
    double row[RG_COLUMNS * RG_WIDTH] = {0};
    for (int c = 0; c < RG_COLUMNS; c++) {
        char name[RG_MODEL_NAME];
        uint32_t keys[4], size = (uint32_t)rg_embed_rows[c];
        snprintf(name, sizeof name, "tok2vec.embed.%d", c);
        const float *table = (const void *)rg_model_section(model, name).bytes;
        rg_vectors_hash(keys, values[c], (uint32_t)(8 + c));
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < RG_WIDTH; k++)
                row[c * RG_WIDTH + k] +=
                    (double)table[(size_t)(keys[i] % size) * RG_WIDTH + (size_t)k];
    }
    layer(to, row, "tok2vec.mixer", RG_COLUMNS * RG_WIDTH);
}

/* The whole block with four rows of zeros on each side, layer by layer. */
static double *encode_plainly(int count)
{
    enum { MARGIN = 4 };
    int rows = count + 2 * MARGIN;
    double *now = rg_new(arena, double, rows *RG_WIDTH);
    for (int i = 0; i < count; i++)
        embed(now + (i + MARGIN) * RG_WIDTH, &tokens[i]);
    for (int l = 1; l <= RG_LAYERS; l++) {
        char name[RG_MODEL_NAME];
        double *next = rg_new(arena, double, rows *RG_WIDTH);
        snprintf(name, sizeof name, "tok2vec.layer%d", l);
        for (int i = l; i < rows - l; i++) {
            layer(next + i * RG_WIDTH, now + (i - 1) * RG_WIDTH, name, RG_WINDOW);
            for (int k = 0; k < RG_WIDTH; k++)
                next[i * RG_WIDTH + k] += now[i * RG_WIDTH + k];
        }
        now = next;
    }
    return now + MARGIN * RG_WIDTH;
}

static void check_encoder(const rg_kernels *kernels, int count, const double *expected)
{
    rg_encoder *encoder;
    rg_vectors_setup setup = {model, kernels, "tok2vec", RG_COLUMNS, NULL};
    assert_true(rg_encoder_new(&encoder, arena, &setup, &err));
    for (int from = 0; from < count; from += RG_PIECE) {
        int piece = count - from < RG_PIECE ? count - from : RG_PIECE;
        rg_stretch stretch = {0, count, from, piece};
        const float *rows = rg_encoder_run(encoder, tokens, &stretch, 1);
        for (int i = 0; i < piece * RG_WIDTH; i++)
            if (!(fabs((double)rows[i] - expected[from * RG_WIDTH + i]) < 1e-3))
                fail_msg("token %d: %g, not %g", from + i / RG_WIDTH, (double)rows[i],
                         expected[from * RG_WIDTH + i]);
    }
}

static void pieces_of_a_block_give_what_the_whole_block_gives(void **state)
{
    (void)state;
    static const int counts[] = {1, 2, 5, RG_PIECE + 3};
    for (int i = 0; i < 4; i++) {
        make_tokens(counts[i], 50);
        const double *expected = encode_plainly(counts[i]);
        check_encoder(rg_kernels_find("portable"), counts[i], expected);
        check_encoder(rg_kernels_find(NULL), counts[i], expected);
    }
}

/* ---- the rest ---- */

static void the_hash_is_that_of_the_model(void **state)
{
    (void)state;
    uint32_t rows[4];
    rg_vectors_hash(rows, 0, 8);
    assert_true(rows[0] == 0 && rows[1] == 0 && rows[2] == 0 && rows[3] == 0);
    rg_vectors_hash(rows, 1, 8);
    assert_true(rows[0] == 1161550108u && rows[1] == 2247783286u);
    assert_true(rows[2] == 1742325162u && rows[3] == 1224191281u);
    rg_vectors_hash(rows, 3197928453018144401u, 8); /* the id of "coffee" */
    assert_true(rows[0] == 2399055680u && rows[1] == 1118310852u);
    assert_true(rows[2] == 3598583520u && rows[3] == 1677466278u);
}

static void a_full_cache_changes_nothing(void **state)
{
    (void)state;
    enum { COUNT = 300 };
    rg_networks *used = open_networks("portable");
    make_tokens(MOST, 1000000);
    run(used, MOST);
    make_tokens(COUNT, 150);
    run(used, COUNT);
    const rg_token *before = copy_tokens(COUNT);
    run(open_networks("portable"), COUNT);
    assert_same_labels(before, tokens, COUNT);
    run(used, COUNT);
    assert_same_labels(before, tokens, COUNT);
}

static void all_kernels_decide_alike(void **state)
{
    (void)state;
    make_tokens(600, 400);
    run(open_networks("portable"), 600);
    const rg_token *portable = copy_tokens(600);
    run(open_networks(NULL), 600);
    assert_same_labels(portable, tokens, 600);
}

static bool reaches_root(int i, int count)
{
    for (int steps = 0; steps <= count; steps++) {
        if (tokens[i].head == i)
            return true;
        i = tokens[i].head;
    }
    return false;
}

static void every_token_has_a_head_tag_and_place_in_a_tree(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    make_tokens(COUNT, 300);
    run(open_networks(NULL), COUNT);
    assert_int_equal(tokens[0].sent_start, 1);
    for (int i = 0; i < COUNT; i++) {
        assert_in_range(tokens[i].head, 0, COUNT - 1);
        assert_true(reaches_root(i, COUNT));
        assert_int_equal(tokens[i].tag.bytes[0], 'T');
        assert_true(tokens[i].dep.len > 0);
        assert_int_equal(rg_str_find(tokens[i].dep, RG_STR("||"), 0), -1);
    }
}

static void blocks_that_go_together_give_what_each_gives_alone(void **state)
{
    (void)state;
    static const int ends[] = {1, 40, 42, 300, 305, 700, 701, 702, 720};
    enum { BLOCKS = sizeof ends / sizeof ends[0], COUNT = 720 };
    make_tokens(COUNT, 200);
    run_blocks(open_networks(NULL), ends, BLOCKS);
    const rg_token *together = copy_tokens(COUNT);
    rg_networks *networks = open_networks(NULL);
    for (int b = 0; b < BLOCKS; b++) {
        int first = b > 0 ? ends[b - 1] : 0, count = ends[b] - first;
        memcpy(tokens, together + first, sizeof(rg_token) * (size_t)count);
        run(networks, count);
        for (int i = 0; i < count; i++)
            tokens[i].head += first;
        assert_same_labels(together + first, tokens, count);
    }
}

static void names_are_whole_and_stay_within_sentences(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    make_tokens(COUNT, 300);
    run(open_networks(NULL), COUNT);
    int found = 0;
    for (int i = 0; i < COUNT; i++) {
        char iob = tokens[i].ent_iob;
        assert_true(iob == 'B' || iob == 'I' || iob == 'O');
        assert_int_equal(tokens[i].ent_type.len > 0, iob != 'O');
        assert_false(iob == 'B' && tokens[i].lexeme->is_space);
        found += iob == 'B';
        if (iob != 'I')
            continue;
        assert_true(i > 0 && tokens[i - 1].ent_iob != 'O' && tokens[i].sent_start != 1);
        assert_true(rg_str_equal(tokens[i].ent_type, tokens[i - 1].ent_type));
    }
    assert_true(found > 0);
}

static void no_blocks_have_nothing_to_label(void **state)
{
    (void)state;
    rg_doubts doubts = run_blocks(open_networks(NULL), NULL, 0);
    assert_int_equal(doubts.close_calls, 0);
}

static void an_unknown_kernel_is_refused(void **state)
{
    (void)state;
    rg_networks *networks;
    memset(&err, 0, sizeof err);
    assert_false(rg_networks_new(&networks, arena, model, "abacus", &err));
    assert_int_equal(err.kind, RG_ERROR_USAGE);
    assert_string_equal(err.text, "this machine has no kernel called 'abacus'");
}

static void assert_model_refused(const char *without, const char *text)
{
    rg_networks *networks;
    rg_model_free(model);
    memset(&err, 0, sizeof err);
    assert_true(write_model(without));
    assert_false(rg_networks_new(&networks, arena, model, NULL, &err));
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    if (!strstr(err.text, text))
        fail_msg("%s", err.text);
}

static void a_model_without_a_section_is_refused(void **state)
{
    (void)state;
    assert_model_refused("tagger", "section tagger.output has 0 bytes");
    assert_model_refused("labels", "does not hold 50 labels");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hash_is_that_of_the_model),
        cmocka_unit_test(pieces_of_a_block_give_what_the_whole_block_gives),
        cmocka_unit_test(a_full_cache_changes_nothing),
        cmocka_unit_test(all_kernels_decide_alike),
        cmocka_unit_test(every_token_has_a_head_tag_and_place_in_a_tree),
        cmocka_unit_test(blocks_that_go_together_give_what_each_gives_alone),
        cmocka_unit_test(names_are_whole_and_stay_within_sentences),
        cmocka_unit_test(no_blocks_have_nothing_to_label),
        cmocka_unit_test(an_unknown_kernel_is_refused),
        cmocka_unit_test(a_model_without_a_section_is_refused),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
