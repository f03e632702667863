#include "lang/encoder.h"

#include "lang/sections.h"

#include <assert.h>
#include <string.h>

enum { MARGIN = RG_LAYERS };

struct rg_encoder {
    const rg_kernels *kernels;
    rg_vectors *vectors;
    rg_layer layers[RG_LAYERS];
    const float *records[RG_VECTORS_BATCH]; /* of the piece with its margins */
    const float *nothing;                   /* the record of a row outside the block */
    float *rows;                            /* RG_VECTORS_BATCH x 96 */
    float *units; /* the same: a layer's output before its norm */
};

bool rg_encoder_new(rg_encoder **out, rg_arena *arena, const rg_vectors_setup *setup,
                    rg_error *err)
{
    rg_encoder *e = rg_new(arena, rg_encoder, 1);
    rg_sections in = {setup->model, setup->network, err};
    *out = e;
    for (int i = 0; i < RG_LAYERS; i++)
        if (!rg_sections_maxout(&e->layers[i], &in, "layer", i + 1, RG_WINDOW))
            return false;
    e->kernels = setup->kernels;
    e->nothing = rg_new(arena, float, RG_RECORD);
    e->rows = rg_arena_take(arena, sizeof(float) * RG_VECTORS_BATCH * RG_WIDTH, 64);
    e->units = rg_arena_take(arena, sizeof(float) * RG_VECTORS_BATCH * RG_WIDTH, 64);

    rg_vectors_setup with_layer = *setup;
    with_layer.window = &e->layers[0];
    return rg_vectors_new(&e->vectors, arena, &with_layer, err);
}

/* Records of the piece and four rows around it; rows outside the block have none. */
static void find_records(rg_encoder *e, const rg_token *tokens, int token_count,
                         int from, int count)
{
    int first = from > MARGIN ? from - MARGIN : 0;
    int end = from + count + MARGIN < token_count ? from + count + MARGIN : token_count;
    int before = first - (from - MARGIN);
    for (int i = 0; i < count + 2 * MARGIN; i++)
        e->records[i] = e->nothing;
    rg_vectors_find(e->vectors, e->records + before, tokens + first, end - first);
}

static void copy_vectors(rg_encoder *e, int count)
{
    for (int i = 0; i < count; i++)
        memcpy(e->rows + (size_t)i * RG_WIDTH, e->records[i], sizeof(float) * RG_WIDTH);
}

/* The first layer adds up products that the records hold (their part behind the vector). */
static void run_first_layer(rg_encoder *e, int count)
{
    const float *products[RG_VECTORS_BATCH];
    for (int i = 0; i < count; i++)
        products[i] = e->records[i] + RG_WIDTH;
    e->kernels->window(e->units, products, count - 2, &e->layers[0]);
    e->kernels->normalise(e->rows + RG_WIDTH, e->units, count - 2, true, &e->layers[0]);
}

const float *rg_encoder_run(rg_encoder *e, const rg_token *tokens, int token_count,
                            int from, int count)
{
    assert(count > 0 && count <= RG_PIECE && from + count <= token_count);
    int rows = count + 2 * MARGIN;
    find_records(e, tokens, token_count, from, count);
    copy_vectors(e, rows);
    run_first_layer(e, rows);
    for (int layer = 1; layer < RG_LAYERS; layer++) {
        /* rows layer .. rows - layer - 1 are right so far; a row's window begins with
         * its left neighbour */
        int right = rows - 2 * (layer + 1);
        float *first = e->rows + (size_t)(layer + 1) * RG_WIDTH;
        e->kernels->maxout(e->units, first - RG_WIDTH, RG_WIDTH, right,
                           &e->layers[layer]);
        e->kernels->normalise(first, e->units, right, true, &e->layers[layer]);
    }
    return e->rows + (size_t)MARGIN * RG_WIDTH;
}
