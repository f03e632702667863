/* pack.h - numbers and strings as few bytes, in the order in which they are read again.
 *
 *     rg_pack_int(&out, -3);  rg_pack_str(&out, name);
 *     int n = rg_unpack_int(&from);  rg_str name = rg_unpack_str(&from);
 *
 * A reader that meets what it cannot read is no longer `ok`, and gives zeros from there on.
 */
#ifndef RG_BASE_PACK_H
#define RG_BASE_PACK_H

#include "base/buf.h"

#include <stdint.h>

typedef struct rg_unpacker {
    const unsigned char *at, *end;
    bool ok;
} rg_unpacker;

/* Seven bits a byte, the lowest first; negative numbers in turn with the others. */
void rg_pack_int(rg_buf *out, int value);
void rg_pack_word(rg_buf *out, uint64_t value); /* eight bytes */
void rg_pack_double(rg_buf *out, double value);
void rg_pack_str(rg_buf *out, rg_str text);

rg_unpacker rg_unpack_from(rg_str bytes);
int rg_unpack_int(rg_unpacker *from);
/* The same, from `least` up to, not including, `end`; others are not ok. */
int rg_unpack_in(rg_unpacker *from, int least, int end);
uint64_t rg_unpack_word(rg_unpacker *from);
double rg_unpack_double(rg_unpacker *from);
/* Points into the bytes. */
rg_str rg_unpack_str(rg_unpacker *from);
/* Is all read, and was all of it sound? */
bool rg_unpack_done(const rg_unpacker *from);

#endif
