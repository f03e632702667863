/* msgpack.h - reads msgpack in place: a cursor over somebody else's bytes.
 *
 * Nothing is allocated, so no count found in the file can make it allocate. Every read is
 * checked against the end; an array or a map may not claim more items than bytes are left.
 * All calls return false after the first failure, which stands in *err with the byte
 * offset, so that reads chain with `&&`:
 *
 *     int count;
 *     rg_str key;
 *     bool ok = rg_msgpack_map(in, &count) && rg_msgpack_text(in, &key)
 *               && rg_str_is(key, "nodes") && rg_msgpack_skip(in);
 *
 * Types: https://github.com/msgpack/msgpack/blob/master/spec.md; extensions are refused.
 */
#ifndef RG_MODEL_MSGPACK_H
#define RG_MODEL_MSGPACK_H

#include "base/error.h"

typedef enum rg_msgpack_kind {
    RG_MSGPACK_NIL,
    RG_MSGPACK_BOOL,
    RG_MSGPACK_INT,
    RG_MSGPACK_FLOAT,
    RG_MSGPACK_TEXT,
    RG_MSGPACK_BYTES,
    RG_MSGPACK_ARRAY,
    RG_MSGPACK_MAP,
} rg_msgpack_kind;

typedef struct rg_msgpack {
    rg_str file;  /* for messages */
    rg_str bytes; /* the whole file, or a value nested in it as bytes */
    int at;       /* the next byte to be read */
    int base;     /* offset of bytes in the file, for messages */
    rg_error *err;
} rg_msgpack;

/* One value; of an array or a map only the head, its items follow. */
typedef struct rg_msgpack_value {
    rg_msgpack_kind kind;
    int at;        /* where it begins in `bytes` */
    bool negative; /* of an integer: `number` is its two's complement */
    uint64_t number;
    double real;
    rg_str text; /* of TEXT and BYTES */
    int count;   /* of ARRAY and MAP: items, or pairs */
} rg_msgpack_value;

rg_msgpack rg_msgpack_over(rg_str file, rg_str bytes, rg_error *err);
/* A reader over bytes that were found in `outer` (msgpack nested in msgpack). */
rg_msgpack rg_msgpack_inside(const rg_msgpack *outer, rg_str bytes);

/* Puts "byte N: ..." into the error and returns false; `at` is an offset in in->bytes. */
bool rg_msgpack_fail(rg_msgpack *in, int at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

bool rg_msgpack_next(rg_msgpack *in, rg_msgpack_value *out);
/* Passes over one whole value, at most 64 levels deep. */
bool rg_msgpack_skip(rg_msgpack *in);

bool rg_msgpack_array(rg_msgpack *in, int *count);
bool rg_msgpack_map(rg_msgpack *in, int *pair_count);
bool rg_msgpack_text(rg_msgpack *in, rg_str *out);
bool rg_msgpack_bytes(rg_msgpack *in, rg_str *out);
/* A key of a map: text, or bytes as numpy's arrays have them. */
bool rg_msgpack_key(rg_msgpack *in, rg_str *out);
/* An integer that is not negative. */
bool rg_msgpack_number(rg_msgpack *in, uint64_t *out);
/* Fails if anything follows. */
bool rg_msgpack_end(rg_msgpack *in);

#endif
