#include "model/convolve.h"

#include <assert.h>
#include <string.h>

enum { PANELS = RG_MAXOUT / RG_PANEL, SLAB = RG_WIDTH * RG_PANEL };

/* The weights of each product, from those of the left, the middle and the right row. */
static const double from_rows[RG_TILE_ROWS][3] = {
    {1, 0, 0},
    {-1 / 3.0, -1 / 3.0, -1 / 3.0},
    {1 / 3.0, -1 / 3.0, 1 / 3.0},
    {1 / 15.0, 2 / 15.0, 4 / 15.0},
    {-16 / 15.0, 8 / 15.0, -4 / 15.0},
    {0, 0, 1},
};

/* The product that adds to each of a tile's sums once: it brings the bias along. */
enum { WITH_BIAS = 1 };

static void make_slab(float *to, const float *panel, const double share[3])
{
    for (int i = 0; i < SLAB; i++)
        to[i] = (float)(share[0] * (double)panel[i] + share[1] * (double)panel[SLAB + i]
                        + share[2] * (double)panel[2 * SLAB + i]);
}

void rg_convolution_init(rg_convolution *out, rg_arena *arena, const rg_layer *layer)
{
    assert(layer->inputs == RG_WINDOW && layer->outputs == RG_MAXOUT);
    size_t slabs = (size_t)PANELS * RG_TILE_ROWS;
    float *weights = rg_arena_take(arena, sizeof(float) * slabs * SLAB, 64);
    float *bias = rg_arena_take(arena, sizeof(float) * slabs * RG_PANEL, 64);
    for (int panel = 0; panel < PANELS; panel++) {
        const float *from = layer->weights + panel * layer->panel_size;
        for (int p = 0; p < RG_TILE_ROWS; p++)
            make_slab(weights + (size_t)(panel * RG_TILE_ROWS + p) * SLAB, from,
                      from_rows[p]);
        memcpy(bias + (panel * RG_TILE_ROWS + WITH_BIAS) * RG_PANEL,
               layer->bias + panel * RG_PANEL, sizeof(float) * RG_PANEL);
    }
    *out = (rg_convolution){weights, bias};
}

void rg_tiles_init(rg_tiles *out, rg_arena *arena, int most)
{
    size_t rows = (size_t)RG_TILE_ROWS * (size_t)most;
    out->inputs = rg_arena_take(arena, sizeof(float) * rows * RG_WIDTH, 64);
    out->sums = rg_arena_take(arena, sizeof(float) * rows * RG_PANEL, 64);
    out->most = most;
}

static void multiply_panel(const rg_convolution *layer, int panel, int count,
                           const rg_kernels *kernels, const rg_tiles *room)
{
    for (int p = 0; p < RG_TILE_ROWS; p++) {
        int slab = panel * RG_TILE_ROWS + p;
        const rg_layer product = {
            .weights = layer->weights + (size_t)slab * SLAB,
            .bias = layer->bias + slab * RG_PANEL,
            .inputs = RG_WIDTH,
            .outputs = RG_PANEL,
            .panel_size = SLAB,
        };
        kernels->linear(room->sums + (size_t)(p * count) * RG_PANEL,
                        room->inputs + (size_t)(p * count) * RG_WIDTH, RG_WIDTH, count,
                        &product);
    }
}

void rg_convolve(float *out, const float *const *tiles, int count,
                 const rg_convolution *layer, const rg_kernels *kernels,
                 const rg_tiles *room)
{
    assert(count <= room->most);
    kernels->tile_in(room->inputs, tiles, count);
    for (int panel = 0; panel < PANELS; panel++) {
        multiply_panel(layer, panel, count, kernels, room);
        kernels->tile_out(out + panel * (RG_PANEL / RG_PIECES), room->sums, count);
    }
}
