/* names.h - named entities: begin, in, last, unit or out for each token, left to right. */
#ifndef RG_LANG_NAMES_H
#define RG_LANG_NAMES_H

#include "lang/encoder.h"
#include "lang/networks.h"

typedef struct rg_names rg_names;

bool rg_names_new(rg_names **out, rg_arena *arena, const rg_model *model,
                  const rg_kernels *kernels, rg_error *err);
/* Sets ent_iob and ent_type; reads sent_start. The blocks follow one another and end at
 * ends[i]; none is empty. */
void rg_names_run(rg_names *names, rg_encoder *encoder, rg_token *tokens,
                  const int *ends, int count, rg_doubts *doubts);

#endif
