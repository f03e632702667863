/* utf8.h - UTF-8: decode, encode, repair.
 *
 * Ill-formed bytes become U+FFFD, one for each maximal subpart (Unicode 14, 3.9, "U+FFFD
 * Substitution of Maximal Subparts", as Python's errors="replace").
 */
#ifndef RG_BASE_UTF8_H
#define RG_BASE_UTF8_H

#include "base/buf.h"

enum { RG_UTF8_REPLACEMENT = 0xfffd, RG_UTF8_LONGEST = 4 };

/* One step over text: the code point at `at` and its length in bytes (at least 1). An
 * ill-formed subpart gives U+FFFD with ok false. Precondition: 0 <= at < text.len. */
typedef struct rg_utf8_step {
    uint32_t code;
    int len;
    bool ok;
} rg_utf8_step;
rg_utf8_step rg_utf8_long(rg_str text, int at); /* the same, out of line */
static inline rg_utf8_step rg_utf8_next(rg_str text, int at)
{
    unsigned char byte = (unsigned char)text.bytes[at];
    return byte < 0x80 ? (rg_utf8_step){byte, 1, true} : rg_utf8_long(text, at);
}

/* Writes the code point to `out`, returns its length in bytes (1 to 4). */
int rg_utf8_encode(char out[RG_UTF8_LONGEST], uint32_t code);
void rg_utf8_put(rg_buf *buf, uint32_t code);
/* The text itself if it is well-formed, else a copy with U+FFFD for what is not. */
rg_str rg_utf8_repair(rg_arena *arena, rg_str text);
/* The first `most` code points. */
rg_str rg_utf8_cut(rg_str text, int most);
/* So many code points stand before byte `at` of a text. */
typedef struct rg_utf8_cursor {
    int at, count;
} rg_utf8_cursor;
/* The code points before a byte, counted on from the cursor, which goes there; anew if the
 * byte is before it. */
int rg_utf8_count_to(rg_utf8_cursor *cursor, rg_str text, int byte);
/* Index of the first ill-formed byte, or -1. */
int rg_utf8_find_bad(rg_str text);
/* Number of code points; an ill-formed subpart counts as one. */
int rg_utf8_count(rg_str text);

#endif
