/* packed.h - an analysis as bytes, to be kept and read again.
 *
 * The bytes are those of this machine: a cache, not for exchange. They hold everything of an
 * rg_parse but the ids that only the networks need. Reading them checks all that the rest of
 * the program relies on, and each token against the text: what was damaged, or belongs to
 * another text or model, is refused.
 */
#ifndef RG_LANG_PACKED_H
#define RG_LANG_PACKED_H

#include "base/buf.h"
#include "lang/lang.h"

/* Appends the analysis, made with the model of this id. False if it is too large. */
bool rg_parse_pack(rg_buf *out, const rg_parse *parse, uint64_t model);
/* The analysis of the text, in the arena; `bytes` must stay as long and be aligned to 8.
 * False if they are no analysis of it. */
bool rg_parse_unpack(const rg_parse **out, rg_arena *arena, rg_str bytes,
                     const rg_text *text, uint64_t model);

#endif
