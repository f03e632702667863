/* affixes.h - the tokenizer's regular expressions: prefixes, suffixes, infixes, URLs.
 *
 * The model's expressions are compiled with PCRE2 (JIT where the system allows it). A limit
 * that a match runs into counts as "no match". Every search looks at a bounded piece of
 * the text but for infixes and URLs, which are asked for once a chunk.
 */
#ifndef RG_LANG_AFFIXES_H
#define RG_LANG_AFFIXES_H

#include "lang/lang.h"

typedef struct rg_affixes rg_affixes;

/* In the arena. *out is set, and must be freed, in any case. */
bool rg_affixes_new(rg_affixes **out, rg_arena *arena, const rg_model *model,
                    rg_error *err);
void rg_affixes_free(rg_affixes *affixes);

/* Length of the prefix or suffix of the text, 0 if it has none. */
int rg_affixes_prefix(const rg_affixes *affixes, rg_str text);
int rg_affixes_suffix(const rg_affixes *affixes, rg_str text);
/* The first infix [*start, *end) at or after `from`. */
bool rg_affixes_infix(const rg_affixes *affixes, rg_str text, int from, int *start,
                      int *end);
bool rg_affixes_is_url(const rg_affixes *affixes, rg_str text);
/* Was there no memory for some search, since this was last asked? */
bool rg_affixes_ran_out(const rg_affixes *affixes);

#endif
