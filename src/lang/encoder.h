/* encoder.h - vectors in context: four layers that each look one token left and right.
 *
 * A row of the result depends on four tokens on each side; outside of the block spaCy has
 * four rows of zeros, which go through the layers like tokens. A text is encoded piece by
 * piece, so that memory is bounded; each piece computes the rows around it again.
 *
 * The layers behind the first take four rows at a time, a tile (convolve.h). So that a row
 * never depends on the pieces, tiles are counted from the block's first token, and all of
 * a tile is computed from rows of whole tiles: ten rows on each side instead of four.
 *
 *     rows    -10 -9 -8 ... -4 .. -1  0 ..... n-1  (n is rounded up to whole tiles)
 *     input     0  0  0 .... 0 ... 0  v ....... v    0 .. n+9
 *     layer 1      x  x .... x ... x  x ....... x    x .. n+8
 *     layer 2         x .... x ... x  x ....... x    x .. n+7
 *     layer 3                x ... x  x ....... x    x .. n+3
 *     layer 4                         x ....... x
 */
#ifndef RG_LANG_ENCODER_H
#define RG_LANG_ENCODER_H

#include "lang/vectors.h"

enum {
    RG_MARGIN = (RG_LAYERS - 2) * RG_TILE + 2,
    RG_PIECE = RG_VECTORS_BATCH - 2 * RG_MARGIN, /* tokens of one call, at most */
    RG_GROUP = RG_VECTORS_BATCH / (2 * RG_MARGIN + RG_TILE), /* blocks, at most */
};

/* Tokens from `from` on of a block that is the tokens [first, end): from - first is a
 * multiple of RG_TILE. */
typedef struct rg_stretch {
    int first, end;
    int from, count;
} rg_stretch;

typedef struct rg_encoder rg_encoder;

bool rg_encoder_new(rg_encoder **out, rg_arena *arena, const rg_vectors_setup *setup,
                    rg_error *err);

/* 96 numbers for each token of each stretch, one after another. Short blocks go through
 * the layers together: more rows for each weight that is loaded. The rows stay valid until
 * the next call. */
const float *rg_encoder_run(rg_encoder *encoder, const rg_token *tokens,
                            const rg_stretch *stretches, int count);

/* Blocks follow one another and end at ends[i], none empty: how many of them, from the
 * at-th of `count` on, one call can take, and their stretches. 0: the first is too long. */
int rg_encoder_group(rg_stretch stretches[RG_GROUP], const int *ends, int at,
                     int count);

#endif
