/* mentions.h - finds the names of a document; private to extract/. */
#ifndef RG_EXTRACT_MENTIONS_H
#define RG_EXTRACT_MENTIONS_H

#include "extract/index.h"

/* Names from the model and from `aliases`; the longer of two that overlap wins, a declared
 * name also wins over a name of the model whose head it holds. */
rg_mentions *mentions_find(rg_arena *arena, const rg_extractor *x,
                           const rg_parse *parse);
/* Gives the mention that holds the token the type; a token in none becomes one. */
void mentions_set_type(rg_arena *arena, rg_mentions *mentions, int token, int type);

#endif
