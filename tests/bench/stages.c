/* stages.c - words per CPU second of each stage of the analysis, on the first pass over a
 * text and when its words are known, and how much of the machine's arithmetic is used.
 *
 *     bench_stages TEXT [RUNS]
 *
 * One thread; the least time of RUNS (5). Each run has new caches; its second pass is the
 * warm one. The share is that of the peak of fused multiply-adds, 8 at a time, which is
 * measured in the same run; it is given for the encoders alone, whose arithmetic is known.
 */
#include "base/file.h"
#include "lang/attributes.h"
#include "lang/encoder.h"
#include "lang/lemmas.h"
#include "lang/lexemes.h"
#include "lang/networks.h"
#include "lang/tokenizer.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef enum stage {
    READ,
    TOKENS,
    PARSE,
    ATTRIBUTES,
    LEMMAS,
    NAMES,
    STAGE_COUNT,
} stage;

static const char *const stage_names[STAGE_COUNT] = {
    "text to blocks",
    "tokens and lexemes",
    "tagger and parser",
    "attribute ruler",
    "lemmas",
    "names",
};

enum { PASSES = 2 };

typedef struct bench {
    rg_arena *arena;
    rg_model *model;
    rg_document document;
    rg_tokenizer *tokenizer;
    rg_norms norms;
    rg_attributes *attributes;
    rg_lemmas *lemmas;
    rg_networks *networks;
    rg_encoder *encoders[2]; /* of the parser and of the names */
    double least[PASSES][STAGE_COUNT];
    double encoding[PASSES]; /* both encoders alone */
    double multiplications;  /* of both, multiply-adds */
    int words;
} bench;

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void keep_least(double *least, double seconds)
{
    if (*least == 0 || seconds < *least)
        *least = seconds;
}

static void stop(const rg_error *err)
{
    fprintf(stderr, "bench_stages: %s\n", err->text);
    exit(1);
}

/* ---- What is made of the text ------------------------------------------------------ */

typedef struct made {
    rg_token *tokens;
    int *ends; /* of the blocks that have tokens */
    int count, block_count;
} made;

static void make_tokens(made *out, bench *b, rg_arena *arena, const rg_text *text)
{
    rg_pieces pieces = {0};
    rg_lexemes *lexemes = rg_lexemes_new(arena, &b->norms);
    int *ends = rg_new(arena, int, text->block_count);
    *out = (made){.ends = ends};
    for (int i = 0; i < text->block_count; i++) {
        rg_tokenizer_split(b->tokenizer, &pieces, arena, text->blocks[i].text);
        if (pieces.count > (out->block_count > 0 ? ends[out->block_count - 1] : 0))
            ends[out->block_count++] = pieces.count;
    }
    out->count = pieces.count;
    out->tokens = rg_new(arena, rg_token, pieces.count);
    for (int i = 0, block = 0; i < pieces.count; i++) {
        block += i == ends[block];
        const rg_piece *piece = &pieces.items[i];
        rg_str all = text->blocks[block].text;
        rg_token *token = &out->tokens[i];
        token->lexeme = rg_lexemes_get(
            lexemes, rg_str_cut(all, piece->start, piece->start + piece->len));
        token->norm = token->lexeme->norm;
        token->norm_id = token->lexeme->norm_id;
        token->space_after = piece->space_after;
    }
}

static void apply_attributes(const bench *b, const made *m)
{
    for (int i = 0; i < m->block_count; i++) {
        int first = i > 0 ? m->ends[i - 1] : 0;
        rg_attributes_apply(b->attributes, m->tokens + first, m->ends[i] - first);
    }
}

static void find_lemmas(const bench *b, rg_arena *arena, const made *m)
{
    for (int i = 0; i < m->count; i++)
        if (!m->tokens[i].lemma.bytes)
            m->tokens[i].lemma = rg_lemmas_find(b->lemmas, arena, &m->tokens[i]);
}

static double lap(double *since)
{
    double at = now(), taken = at - *since;
    *since = at;
    return taken;
}

static void run_stages(bench *b, int pass)
{
    rg_arena *arena = rg_arena_new(), *scratch = rg_arena_new();
    rg_doubts doubts = {0};
    rg_error err = {0};
    const rg_text *text;
    made m;
    double at = now(), *least = b->least[pass];
    if (!rg_text_read(&text, arena, &b->document, &err))
        stop(&err);
    keep_least(&least[READ], lap(&at));
    make_tokens(&m, b, arena, text);
    keep_least(&least[TOKENS], lap(&at));
    rg_networks_parse(b->networks, scratch, m.tokens, m.ends, m.block_count, &doubts);
    keep_least(&least[PARSE], lap(&at));
    apply_attributes(b, &m);
    keep_least(&least[ATTRIBUTES], lap(&at));
    find_lemmas(b, arena, &m);
    keep_least(&least[LEMMAS], lap(&at));
    rg_networks_names(b->networks, m.tokens, m.ends, m.block_count, &doubts);
    keep_least(&least[NAMES], lap(&at));
    b->words = m.count;
    rg_arena_free(scratch);
    rg_arena_free(arena);
}

/* ---- The encoders alone ------------------------------------------------------------ */

/* Multiply-adds of the layers behind the first (encoder.h says which rows each takes). */
static double count_multiplications(const rg_stretch *s)
{
    int tiles = (s->count + RG_TILE - 1) / RG_TILE, all = 0;
    for (int layer = 1; layer < RG_LAYERS; layer++)
        all += tiles + 2 * (RG_LAYERS - 1 - layer);
    return (double)all * RG_TILE_ROWS * RG_WIDTH * RG_MAXOUT;
}

static void encode(bench *b, rg_encoder *encoder, const made *m)
{
    rg_stretch blocks[RG_GROUP];
    for (int at = 0; at < m->block_count;) {
        int grouped = rg_encoder_group(blocks, m->ends, at, m->block_count);
        int first = at > 0 ? m->ends[at - 1] : 0, end = m->ends[at];
        if (grouped > 0)
            rg_encoder_run(encoder, m->tokens, blocks, grouped);
        for (int i = 0; i < grouped; i++)
            b->multiplications += count_multiplications(&blocks[i]);
        for (int from = first; grouped == 0 && from < end; from += RG_PIECE) {
            int left = end - from;
            blocks[0] =
                (rg_stretch){first, end, from, left < RG_PIECE ? left : RG_PIECE};
            rg_encoder_run(encoder, m->tokens, blocks, 1);
            b->multiplications += count_multiplications(&blocks[0]);
        }
        at += grouped > 0 ? grouped : 1;
    }
}

static void run_encoders(bench *b, int pass)
{
    rg_arena *arena = rg_arena_new();
    rg_error err = {0};
    const rg_text *text;
    made m;
    if (!rg_text_read(&text, arena, &b->document, &err))
        stop(&err);
    make_tokens(&m, b, arena, text);
    b->multiplications = 0;
    double at = now();
    for (int i = 0; i < 2; i++)
        encode(b, b->encoders[i], &m);
    keep_least(&b->encoding[pass], lap(&at));
    rg_arena_free(arena);
}

/* ---- The run ----------------------------------------------------------------------- */

/* Billions of multiply-adds per second that the machine can do; 0: not known. */
#if defined(__x86_64__)
#    include <immintrin.h>

__attribute__((target("avx2,fma"))) static double measure_peak(void)
{
    enum { SUMS = 12, ROUNDS = 4000000 };
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return 0;
    __m256 sums[SUMS], a = _mm256_set1_ps(1e-3f), b = _mm256_set1_ps(1e-4f);
    volatile float sink;
    for (int i = 0; i < SUMS; i++)
        sums[i] = _mm256_setzero_ps();
    double start = now();
    for (int k = 0; k < ROUNDS; k++) {
#    pragma GCC unroll 12
        for (int i = 0; i < SUMS; i++)
            sums[i] = _mm256_fmadd_ps(a, b, sums[i]);
        __asm__ volatile("" : "+x"(a));
    }
    double taken = now() - start;
    for (int i = 0; i < SUMS; i++)
        sink = _mm256_cvtss_f32(sums[i]);
    (void)sink;
    return (double)SUMS * ROUNDS * 8 / taken * 1e-9;
}
#else
static double measure_peak(void)
{
    return 0;
}
#endif

static void open_bench(bench *b)
{
    rg_error err = {0};
    const rg_kernels *kernels = rg_kernels_find(NULL);
    rg_vectors_setup parse = {b->model, kernels, "tok2vec", RG_COLUMNS, NULL};
    rg_vectors_setup names = {b->model, kernels, "names", RG_NAMES_COLUMNS, NULL};
    if (!rg_norms_open(&b->norms, b->model, &err)
        || !rg_tokenizer_new(&b->tokenizer, b->arena, b->model, &err)
        || !rg_attributes_new(&b->attributes, b->arena, b->model, &err)
        || !rg_lemmas_new(&b->lemmas, b->arena, b->model, &err)
        || !rg_networks_new(&b->networks, b->arena, b->model, NULL, &err)
        || !rg_encoder_new(&b->encoders[0], b->arena, &parse, &err)
        || !rg_encoder_new(&b->encoders[1], b->arena, &names, &err))
        stop(&err);
}

static void run_once(bench *b, double *peak)
{
    b->arena = rg_arena_new();
    open_bench(b);
    double found = measure_peak();
    *peak = found > *peak ? found : *peak;
    for (int pass = 0; pass < PASSES; pass++) {
        run_stages(b, pass);
        run_encoders(b, pass);
    }
    rg_tokenizer_free(b->tokenizer);
    rg_arena_free(b->arena);
}

static void print_line(const char *name, const bench *b, double first, double warm)
{
    printf("%-20s %12.0f %12.0f\n", name, b->words / first, b->words / warm);
}

static void print_bench(const bench *b, double peak)
{
    double sums[PASSES] = {0};
    printf("%-20s %12s %12s   words per CPU second, of %d\n", "stage", "first", "warm",
           b->words);
    for (int s = 0; s < STAGE_COUNT; s++) {
        print_line(stage_names[s], b, b->least[0][s], b->least[1][s]);
        for (int pass = 0; pass < PASSES; pass++)
            sums[pass] += b->least[pass][s];
    }
    print_line("all", b, sums[0], sums[1]);
    print_line("the encoders alone", b, b->encoding[0], b->encoding[1]);
    double reached = b->multiplications / b->encoding[1] * 1e-9;
    printf(
        "their layers: %.1f billion multiply-adds a second, %.0f %% of the peak %.1f\n",
        reached, peak > 0 ? 100 * reached / peak : 0, peak);
}

int main(int count, char **args)
{
    if (count < 2) {
        fprintf(stderr, "usage: bench_stages TEXT [RUNS]\n");
        return 2;
    }
    bench b = {0};
    rg_arena *arena = rg_arena_new();
    rg_error err = {0};
    const char *model = getenv("RELGRAPH_MODEL");
    double peak = 0;
    if (!model)
        model = rg_file_find_own(arena, "models/en_core_web_sm-3.8.0.rgm");
    b.document.name = rg_str_of(args[1]);
    if (!rg_file_read(&b.document.bytes, arena, args[1], INT_MAX, &err) || !model
        || !rg_model_open(&b.model, model, &err))
        stop(&err);
    for (int run = count > 2 ? atoi(args[2]) : 5; run > 0; run--)
        run_once(&b, &peak);
    print_bench(&b, peak);
    rg_model_free(b.model);
    rg_arena_free(arena);
    return 0;
}
