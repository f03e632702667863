/* tagger.h - part-of-speech tags: one matrix over the token vectors. */
#ifndef RG_LANG_TAGGER_H
#define RG_LANG_TAGGER_H

#include "lang/networks.h"
#include "lang/sections.h"

typedef struct rg_tagger rg_tagger;

bool rg_tagger_new(rg_tagger **out, rg_arena *arena, const rg_model *model,
                   const rg_kernels *kernels, int most, rg_error *err);
/* Sets the tag of `count` tokens (at most `most`) with these vectors. */
void rg_tagger_run(rg_tagger *tagger, rg_token *tokens, const float *vectors, int count,
                   rg_doubts *doubts);

#endif
