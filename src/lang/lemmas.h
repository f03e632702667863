/* lemmas.h - the rule lemmatizer: text, part of speech and features -> lemma.
 *
 *     bans, VERB, Tense=Pres|...   ->   the endings s, es, ies are tried; "ban" is listed
 *     better, ADJ                  ->   an exception: well
 */
#ifndef RG_LANG_LEMMAS_H
#define RG_LANG_LEMMAS_H

#include "lang/lang.h"

typedef struct rg_lemmas rg_lemmas;

bool rg_lemmas_new(rg_lemmas **out, rg_arena *arena, const rg_model *model,
                   rg_error *err);

/* The lemma of a token that has pos and morph; it may be built in the arena. */
rg_str rg_lemmas_find(const rg_lemmas *lemmas, rg_arena *arena, const rg_token *token);

#endif
