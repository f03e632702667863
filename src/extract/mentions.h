/* mentions.h - finds the names of a document; private to extract/. */
#ifndef RG_EXTRACT_MENTIONS_H
#define RG_EXTRACT_MENTIONS_H

#include "extract/index.h"
#include "extract/sentence.h"

/* Names from the model and from `aliases`; the longer of two that overlap wins, a declared
 * name also wins over a name of the model whose head it holds. */
rg_mentions *mentions_find(rg_arena *arena, const rg_extractor *x,
                           const rg_parse *parse);
/* Cuts a mention in two: it keeps the tokens before `joint`, and a new one of the same type
 * with this head gets those behind it. The index of the new one. */
int mentions_cut(rg_arena *arena, rg_mentions *mentions, int index, int joint,
                 int head);
/* Gives the mention that holds the token the type; a token in none becomes one. */
void mentions_set_type(rg_arena *arena, rg_mentions *mentions, int token, int type);
/* The same for what follows from the rules' types: the mention counts as found by the
 * model still. */
void mentions_put_type(rg_arena *arena, rg_mentions *mentions, int token, int type);

/* types.c: gives mentions the more special types, by list, label or text, that their heads
 * have; a token that is in no mention becomes one. */
void mentions_refine(rg_arena *arena, rg_mentions *mentions, const sentence *s);
/* Keeps the types of the sentence's nodes in mentions->kinds. */
void mentions_keep_kinds(rg_mentions *mentions, const sentence *s);
/* The types of each chain: all that its mentions have, and its own. */
rg_kinds *chains_types(rg_arena *arena, const rg_chains *chains,
                       const rg_mentions *mentions, const rg_parse *parse,
                       const rg_rules *rules);
/* Adds the types of chains to those of the nodes that are in them. */
void chains_spread_types(const rg_chains *chains, const rg_kinds *types, sentence *s);

#endif
