/* convolve.h - a maxout layer over windows of three rows, with half the multiplications.
 *
 * Four neighbouring windows are a tile: they share six rows. A tile's four sums are taken
 * from 6 products of 96 numbers, each with weights of its own, instead of from 12 (Winograd's
 * minimal filtering F(4, 3): Lavin and Gray, Fast Algorithms for Convolutional Neural
 * Networks, CVPR 2016, section 4). The points are 0, 1, -1, 2, -1/2 and infinity: with them
 * sums are off by 1.6 times as much as summed one after another, some 1e-6.
 *
 * A row's numbers depend on all six rows of its tile, if only by rounding: the caller cuts
 * a text into the same tiles whatever else it computes with them.
 */
#ifndef RG_MODEL_CONVOLVE_H
#define RG_MODEL_CONVOLVE_H

#include "base/arena.h"
#include "model/kernels.h"

typedef struct rg_convolution {
    const float *weights; /* [panel][product][input][24] */
    const float *bias;    /* [panel][product][24]: only the second product has one */
} rg_convolution;

/* Room for what a call makes on its way, for at most `most` tiles. */
typedef struct rg_tiles {
    float *inputs; /* [product][tile][96] */
    float *sums;   /* of one panel: [product][tile][24] */
    int most;
} rg_tiles;

/* `layer` is a maxout layer of 288 inputs: the left row's, the middle's, the right's. */
void rg_convolution_init(rg_convolution *out, rg_arena *arena, const rg_layer *layer);

void rg_tiles_init(rg_tiles *out, rg_arena *arena, int most);

/* out (count x 4 x 96): window i of a tile is its rows i, i + 1 and i + 2. A tile is the
 * 6 x 96 floats from its pointer on; tiles may overlap. */
void rg_convolve(float *out, const float *const *tiles, int count,
                 const rg_convolution *layer, const rg_kernels *kernels,
                 const rg_tiles *room);

#endif
