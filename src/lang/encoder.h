/* encoder.h - vectors in context: four layers that each look one token left and right.
 *
 * A row of the result depends on four tokens on each side; outside of the block spaCy has
 * four rows of zeros, which go through the layers like tokens. A text is encoded piece by
 * piece, so that memory is bounded; each piece computes the rows around it again.
 *
 *     row     -4 -3 -2 -1  0 ..... n-1   n n+1 n+2 n+3
 *     input    0  0  0  0  v ....... v   0   0   0   0
 *     layer 1     x  x  x  x ....... x   x   x   x
 *     layer 2        x  x  x ....... x   x   x
 *     layer 3           x  x ....... x   x
 *     layer 4              x ....... x
 */
#ifndef RG_LANG_ENCODER_H
#define RG_LANG_ENCODER_H

#include "lang/vectors.h"

enum { RG_PIECE = RG_VECTORS_BATCH - 2 * RG_LAYERS }; /* tokens of one call, at most */

typedef struct rg_encoder rg_encoder;

bool rg_encoder_new(rg_encoder **out, rg_arena *arena, const rg_vectors_setup *setup,
                    rg_error *err);

/* 96 numbers for each of `count` tokens from tokens[from] on; the block has token_count.
 * The rows stay valid until the next call. */
const float *rg_encoder_run(rg_encoder *encoder, const rg_token *tokens,
                            int token_count, int from, int count);

#endif
