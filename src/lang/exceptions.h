/* exceptions.h - the chunks that the model splits in its own way: don't -> do n't.
 *
 * Pieces (what the tokenizer makes of a text) and the table of exceptions. The second pass
 * finds exceptions that contain affixes, and so were split before they could be found: a
 * trie holds each such exception as the first pass splits it.
 *
 *     ( o.O   is how "(o.O" is split; the trie leads from these pieces to the exception
 */
#ifndef RG_LANG_EXCEPTIONS_H
#define RG_LANG_EXCEPTIONS_H

#include "lang/tokenizer.h"

/* Appends a piece; the array grows in the arena. */
void rg_pieces_put(rg_pieces *to, rg_arena *arena, rg_piece piece);

typedef struct rg_exceptions rg_exceptions;

/* In the arena. No exception has more bytes than RG_LONGEST_EXCEPTION. */
enum { RG_LONGEST_EXCEPTION = 64 };
bool rg_exceptions_new(rg_exceptions **out, rg_arena *arena, const rg_model *model,
                       rg_error *err);

/* The number of the exception that this text is, or -1. */
int rg_exceptions_find(const rg_exceptions *exceptions, rg_str text);
int rg_exceptions_count(const rg_exceptions *exceptions);
rg_str rg_exceptions_text(const rg_exceptions *exceptions, int number);
/* Appends the exception's pieces, the first of which stands at `start`. */
void rg_exceptions_put(const rg_exceptions *exceptions, int number, rg_pieces *to,
                       rg_arena *arena, int start);

/* Tells the second pass how the first one splits an exception. */
void rg_exceptions_expect(rg_exceptions *exceptions, const rg_pieces *split,
                          rg_str text);
/* The second pass over the pieces of a text, which begin at pieces->items[from]. */
void rg_exceptions_join(const rg_exceptions *exceptions, rg_pieces *pieces, int from,
                        rg_arena *scratch, rg_str text);

#endif
