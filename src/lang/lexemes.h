/* lexemes.h - what depends on a token's text alone: lower case, norm, shape, affixes, ids.
 *
 * A table of lexemes belongs to one parse and lies in its arena, so that each distinct text
 * is worked out once and lives as long as the tokens that point to it. The lexemes point
 * into the text, the model and the arena.
 *
 *     "Huawei"   lower huawei, norm huawei, prefix H, suffix wei, shape Xxxxx
 */
#ifndef RG_LANG_LEXEMES_H
#define RG_LANG_LEXEMES_H

#include "lang/lang.h"

typedef struct rg_lexemes rg_lexemes;

/* The model's norms; checked once, for each rg_lang. */
typedef struct rg_norms {
    rg_strings strings;
    rg_ids ids; /* string id -> norm */
} rg_norms;
bool rg_norms_open(rg_norms *out, const rg_model *model, rg_error *err);

rg_lexemes *rg_lexemes_new(rg_arena *arena, const rg_norms *norms);
/* The lexeme of this text, which must outlive the table. */
const rg_lexeme *rg_lexemes_get(rg_lexemes *lexemes, rg_str text);

#endif
