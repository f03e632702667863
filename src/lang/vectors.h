/* vectors.h - token -> vector, and what the first layer of the encoder makes of it.
 *
 * A token's vector depends on a few features only (six ids; four for names), and words
 * come again and again: records are kept in a bounded cache. A record is the vector (96
 * numbers) and its products with the first layer's weights as left neighbour, as the
 * token itself and as right neighbour (3 x 288).
 *
 * A vector is a maxout over the features' embeddings side by side, so each feature adds
 * its own product: these are kept, too, for the suffixes, shapes ... that come again in
 * words that do not.
 */
#ifndef RG_LANG_VECTORS_H
#define RG_LANG_VECTORS_H

#include "lang/lang.h"

enum {
    RG_VECTORS_BATCH = 288, /* tokens of one call, at most */
    RG_RECORD = RG_WIDTH + 3 * RG_MAXOUT,
};

typedef struct rg_vectors rg_vectors;

/* `network` names the sections (layout.h); `window` is its first layer. */
typedef struct rg_vectors_setup {
    const rg_model *model;
    const rg_kernels *kernels;
    const char *network;
    int columns;
    const rg_layer *window;
} rg_vectors_setup;

bool rg_vectors_new(rg_vectors **out, rg_arena *arena, const rg_vectors_setup *setup,
                    rg_error *err);

/* The records of `count` tokens, zeros for NULL; they stay valid until the next call. */
void rg_vectors_find(rg_vectors *vectors, const float **records,
                     const rg_token *const *tokens, int count);

/* The hash of a feature (MurmurHash3 x64 128), as four 32-bit numbers. */
void rg_vectors_hash(uint32_t rows[4], uint64_t value, uint32_t seed);

#endif
