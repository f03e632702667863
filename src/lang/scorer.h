/* scorer.h - the scores of a parser's moves (parser and names have one each).
 *
 * A state is seen through a few tokens ("features"): parser 8, names 3. What each token
 * adds as each feature is computed once for the token (a row of features x 128 numbers);
 * a state's score is then a sum of such parts, the greater of two pieces, and a matrix.
 */
#ifndef RG_LANG_SCORER_H
#define RG_LANG_SCORER_H

#include "lang/sections.h"

typedef struct rg_scorer {
    const rg_kernels *kernels;
    rg_layer input, lower;
    const float *bias;    /* 128 */
    const float *padding; /* features x 128: stands for a token that is not there */
    const float *upper, *upper_bias;
    int features, classes;
    int row_size;  /* numbers in a token's row, with padding */
    int width;     /* classes with padding */
    float *inputs; /* scratch: up to `most` rows */
    float *hidden, *scores;
    int most;
} rg_scorer;

/* `most`: how many rows one call of rg_scorer_rows may compute. */
bool rg_scorer_init(rg_scorer *scorer, rg_arena *arena, const rg_sections *in,
                    const rg_kernels *kernels, int most);

/* The rows of `count` tokens with these vectors, row_size numbers each. */
void rg_scorer_rows(const rg_scorer *scorer, float *rows, const float *vectors,
                    int count);

/* The best class that the mask lets pass; parts[f] is what feature f adds. */
rg_best rg_scorer_best(const rg_scorer *scorer, const float *const *parts,
                       const float *mask);

/* A mask that lets nothing pass, to be opened class by class (0 lets pass). */
float *rg_scorer_mask(const rg_scorer *scorer, rg_arena *arena);

#endif
