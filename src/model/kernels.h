/* kernels.h - the arithmetic of the networks: a table of functions for each kind of machine.
 *
 * Portable C and AVX2 with FMA read the same packed layers (layout.h). Their sums are
 * rounded differently, by some 1e-6; both must lead to the same decisions. A row is summed
 * in the same order however many rows a call has, so that results do not depend on how a
 * text is cut into calls.
 */
#ifndef RG_MODEL_KERNELS_H
#define RG_MODEL_KERNELS_H

#include "base/str.h"
#include "model/layout.h"

/* A layer where it lies in the model. */
typedef struct rg_layer {
    const float *weights;       /* panels of 24 outputs: [panel][input][24] */
    const float *bias;          /* in the order of the packed outputs */
    const float *scale, *shift; /* of the layer norm, in maxout layers only */
    int inputs, outputs;        /* outputs with the zeros that fill the last panel */
    int panel_size;             /* numbers from one panel to the next */
} rg_layer;

/* A tile is four windows of three rows (convolve.h). */
enum { RG_TILE = 4, RG_TILE_ROWS = RG_TILE + 2 };

/* The first of the highest scores, and whether another one is closer than 1e-4. */
typedef struct rg_best {
    int index;
    bool is_close;
} rg_best;

typedef struct rg_kernels {
    const char *name;
    bool (*is_supported)(void);

    /* What the products of a tile multiply (convolve.h), out (6 x count x 96): sums of the
     * tile's rows. */
    void (*tile_in)(float *out, const float *const *tiles, int count);
    /* The windows' sums from the products (6 x count x 24), and of each the greatest
     * pieces: 8 numbers each, at out + (4 * tile + window) * 96. */
    void (*tile_out)(float *out, const float *sums, int count);
    /* out (96): the greatest of the three pieces of each unit, for one row whose products
     * (288 each) are at hand, part by part; they are added to the bias in their order. */
    void (*greatest)(float *out, const float *const *products, int count,
                     const rg_layer *layer);
    /* out (count x outputs) = rows * weights + bias. */
    void (*linear)(float *out, const float *rows, int step, int count,
                   const rg_layer *layer);
    /* Maxout of a window from products kept for each row: 288 as left neighbour, 288 as
     * the token itself, 288 as right neighbour; out[i] takes rows i, i + 1, i + 2. */
    void (*window)(float *out, const float *const *products, int count,
                   const rg_layer *layer);
    /* out[i] = the layer norm of rows[i] (96 wide), added to what stands there if `add`. */
    void (*normalise)(float *out, const float *rows, int count, bool add,
                      const rg_layer *layer);
    /* out (96) = the sum of four rows. */
    void (*add)(float *out, const float *const rows[4]);
    /* out (64): the greater of the two pieces of the sum of the rows and the bias. */
    void (*hidden)(float *out, const float *const *rows, int row_count,
                   const float *bias);
    /* out (classes) = hidden (64) * weights + bias; classes is a multiple of 16. */
    void (*scores)(float *out, const float *hidden, const float *weights,
                   const float *bias, int classes);
    /* mask: 0 for classes that are valid, minus infinity for the others; count is a
     * multiple of 8. At least one class must be valid. */
    rg_best (*best)(const float *scores, const float *mask, int count);
} rg_kernels;

/* The best kernels that this machine supports, or (for tests) those of this name; NULL if
 * there are none such. */
const rg_kernels *rg_kernels_find(const char *name);

extern const rg_kernels rg_kernels_portable;
#if defined(__x86_64__)
extern const rg_kernels rg_kernels_avx2;
#endif

#endif
