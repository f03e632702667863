/* tokenizer.h - text -> pieces: spaCy's rules for English, with the model's own tables.
 *
 * White space parts the text into chunks. From both ends of a chunk prefixes and suffixes
 * are stripped one by one until an exception, a URL, or a rest that is split at infixes
 * remains; a second pass finds the exceptions that contain affixes. Every step looks at a
 * bounded piece of the chunk, so that a chunk of any length takes linear time.
 *
 *     "(don't)"   ->   ( do n't )
 */
#ifndef RG_LANG_TOKENIZER_H
#define RG_LANG_TOKENIZER_H

#include "lang/lang.h"

/* One token as a piece of the text. */
typedef struct rg_piece {
    int start, len;
    uint32_t norm; /* number of the string of an exception's norm, or RG_NO_STRING */
    bool space_after;
} rg_piece;

typedef struct rg_pieces {
    rg_piece *items;
    int count, capacity;
} rg_pieces;

/* Has a cache of chunks and scratch memory: one for each thread. */
typedef struct rg_tokenizer rg_tokenizer;

/* In the arena, which must outlive it. *out is set, and must be freed, in any case. */
bool rg_tokenizer_new(rg_tokenizer **out, rg_arena *arena, const rg_model *model,
                      rg_error *err);
/* Frees the regular expressions. */
void rg_tokenizer_free(rg_tokenizer *tokenizer);

/* Appends the tokens of a text to *out, which grows in the arena `scratch`. */
void rg_tokenizer_split(rg_tokenizer *tokenizer, rg_pieces *out, rg_arena *scratch,
                        rg_str text);

#endif
