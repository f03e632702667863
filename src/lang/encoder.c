#include "lang/encoder.h"

#include "lang/sections.h"
#include "model/convolve.h"

#include <assert.h>
#include <string.h>

/* Rows of all stretches lie one after another, each stretch with its margins. */
struct rg_encoder {
    const rg_kernels *kernels;
    rg_vectors *vectors;
    rg_layer layers[RG_LAYERS];
    rg_convolution convolutions[RG_LAYERS]; /* of the layers behind the first */
    rg_tiles room;
    const rg_token *tokens[RG_VECTORS_BATCH]; /* NULL: a row outside of its block */
    const float *records[RG_VECTORS_BATCH];
    float *rows;  /* RG_VECTORS_BATCH x 96 */
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
    for (int i = 1; i < RG_LAYERS; i++)
        rg_convolution_init(&e->convolutions[i], arena, &e->layers[i]);
    rg_tiles_init(&e->room, arena, RG_VECTORS_BATCH / RG_TILE);
    e->kernels = setup->kernels;
    e->rows = rg_arena_take(arena, sizeof(float) * RG_VECTORS_BATCH * RG_WIDTH, 64);
    e->units = rg_arena_take(arena, sizeof(float) * RG_VECTORS_BATCH * RG_WIDTH, 64);

    rg_vectors_setup with_layer = *setup;
    with_layer.window = &e->layers[0];
    return rg_vectors_new(&e->vectors, arena, &with_layer, err);
}

/* The rows of a stretch's last tile that are behind its end count as well. */
static int whole_tiles(const rg_stretch *s)
{
    return (s->count + RG_TILE - 1) / RG_TILE * RG_TILE;
}

static int rows_of(const rg_stretch *s)
{
    return whole_tiles(s) + 2 * RG_MARGIN;
}

/* The tokens of each stretch and those around it, as far as the block has them. */
static int list_tokens(rg_encoder *e, const rg_token *tokens,
                       const rg_stretch *stretches, int count)
{
    int rows = 0;
    for (int s = 0; s < count; s++) {
        const rg_stretch *here = &stretches[s];
        assert(here->count > 0 && here->from >= here->first
               && here->from + here->count <= here->end
               && (here->from - here->first) % RG_TILE == 0);
        int first = here->from - RG_MARGIN, end = first + rows_of(here);
        assert(rows + rows_of(here) <= RG_VECTORS_BATCH);
        for (int at = first; at < end; at++)
            e->tokens[rows++] =
                at >= here->first && at < here->end ? &tokens[at] : NULL;
    }
    return rows;
}

/* The first layer adds up products that the records hold (their part behind the vector);
 * what it makes of the outermost rows of a stretch is not used. */
static void run_first_layer(rg_encoder *e, int rows)
{
    const float *products[RG_VECTORS_BATCH];
    for (int i = 0; i < rows; i++) {
        memcpy(e->rows + (size_t)i * RG_WIDTH, e->records[i], sizeof(float) * RG_WIDTH);
        products[i] = e->records[i] + RG_WIDTH;
    }
    e->kernels->window(e->units, products, rows - 2, &e->layers[0]);
    e->kernels->normalise(e->rows + RG_WIDTH, e->units, rows - 2, true, &e->layers[0]);
}

/* The rows of a stretch that `layer` computes begin here and end as far from its end. */
static int edge_of(int layer)
{
    return RG_MARGIN - (RG_LAYERS - 1 - layer) * RG_TILE;
}

static void run_layer(rg_encoder *e, int layer, const rg_stretch *stretches, int count)
{
    const float *tiles[RG_VECTORS_BATCH / RG_TILE] = {0};
    int wanted = 0, edge = edge_of(layer);
    const float *rows = e->rows;
    for (int s = 0; s < count; rows += (size_t)rows_of(&stretches[s++]) * RG_WIDTH)
        for (int i = edge; i < rows_of(&stretches[s]) - edge; i += RG_TILE)
            tiles[wanted++] = rows + (size_t)(i - 1) * RG_WIDTH;
    rg_convolve(e->units, tiles, wanted, &e->convolutions[layer], e->kernels, &e->room);

    const float *units = e->units;
    float *to = e->rows;
    for (int s = 0; s < count; to += (size_t)rows_of(&stretches[s++]) * RG_WIDTH) {
        int made = rows_of(&stretches[s]) - 2 * edge;
        e->kernels->normalise(to + (size_t)edge * RG_WIDTH, units, made, true,
                              &e->layers[layer]);
        units += (size_t)made * RG_WIDTH;
    }
}

/* Without the margins. */
static void join_rows(rg_encoder *e, const rg_stretch *stretches, int count)
{
    float *to = e->rows;
    const float *from = e->rows + (size_t)RG_MARGIN * RG_WIDTH;
    for (int s = 0; s < count; s++) {
        size_t size = (size_t)stretches[s].count * RG_WIDTH;
        memmove(to, from, sizeof(float) * size);
        to += size;
        from += (size_t)rows_of(&stretches[s]) * RG_WIDTH;
    }
}

const float *rg_encoder_run(rg_encoder *e, const rg_token *tokens,
                            const rg_stretch *stretches, int count)
{
    int rows = list_tokens(e, tokens, stretches, count);
    rg_vectors_find(e->vectors, e->records, e->tokens, rows);
    run_first_layer(e, rows);
    for (int layer = 1; layer < RG_LAYERS; layer++)
        run_layer(e, layer, stretches, count);
    if (count == 1)
        return e->rows + (size_t)RG_MARGIN * RG_WIDTH;
    join_rows(e, stretches, count);
    return e->rows;
}

int rg_encoder_group(rg_stretch stretches[RG_GROUP], const int *ends, int at, int count)
{
    int rows = 0, grouped = 0;
    for (; at + grouped < count; grouped++) {
        int first = at + grouped > 0 ? ends[at + grouped - 1] : 0;
        int end = ends[at + grouped];
        rg_stretch block = {first, end, first, end - first};
        rows += rows_of(&block);
        if (rows > RG_VECTORS_BATCH)
            break;
        stretches[grouped] = block;
    }
    return grouped;
}
