/* attributes.h - the attribute ruler: tag, word and label -> part of speech and features.
 *
 * The model's rules look at one or two tokens (tag, lower case, dependency label, white
 * space) and set attributes of one of them. All matches are found on what tagger and
 * parser said; where several rules set an attribute, the last one in the table wins.
 *
 *     tag VBZ, lower "is"   ->   pos AUX, lemma be, morph Mood=Ind|Number=Sing|...
 */
#ifndef RG_LANG_ATTRIBUTES_H
#define RG_LANG_ATTRIBUTES_H

#include "lang/lang.h"

typedef struct rg_attributes rg_attributes;

bool rg_attributes_new(rg_attributes **out, rg_arena *arena, const rg_model *model,
                       rg_error *err);

/* Fills pos and morph, and lemma where a rule gives one (else lemma.bytes is NULL);
 * white space gets its own tag and label. */
void rg_attributes_apply(const rg_attributes *attributes, rg_token *tokens, int count);

#endif
