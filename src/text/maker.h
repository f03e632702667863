/* maker.h - blocks made piece by piece: what the readers of marked-up text share.
 *
 * A piece is put with the place of the document that it stands for. White space is folded
 * as it comes: a blank waits until text follows it in the same block.
 *
 *     "a &amp; <b>b</b>"  ->  "a" 0..1, blank 1, "&" 2..7, blank 7, "b" 11..12
 */
#ifndef RG_TEXT_MAKER_H
#define RG_TEXT_MAKER_H

#include "base/buf.h"
#include "text/text.h"

typedef struct rg_maker {
    rg_arena *arena;
    bool latin; /* bytes are windows-1252, not UTF-8 */
    rg_buf text;
    rg_text_run *runs;
    rg_block *blocks;
    int run_count, run_capacity, block_count, block_capacity;
    bool is_open;              /* a block has begun; ... */
    int block_text, block_run; /* ... where its text and runs begin */
    int blank_at;              /* where the blank that waits stands; -1: none does */
    int distance; /* document offset - text offset of the run; INT_MIN: none goes on */
    int replaced;
} rg_maker;

rg_maker rg_maker_in(rg_arena *arena);
/* A piece that is in the document at `from`. */
void rg_maker_put(rg_maker *maker, rg_str piece, int from);
/* Another one, that stands for bytes [from, to) of the document. */
void rg_maker_put_for(rg_maker *maker, rg_str piece, int from, int to);
/* The same for one character; white space is a blank. */
void rg_maker_put_code(rg_maker *maker, uint32_t code, int from, int to);
void rg_maker_blank(rg_maker *maker, int at);
/* Bytes [from, to) of the document as text: decoded, folded; NUL and soft hyphens go. */
void rg_maker_text(rg_maker *maker, rg_str bytes, int from, int to);
/* False if no block was open. */
bool rg_maker_end_block(rg_maker *maker);
/* The text of the open block so far. */
rg_str rg_maker_so_far(const rg_maker *maker);
/* The blocks get their texts and runs, which may not move before. */
void rg_maker_finish(rg_maker *maker);
/* What windows-1252 has at a byte. */
uint32_t rg_maker_latin(unsigned char byte);

#endif
