/* str.h - slices of bytes: compare, cut, find; nothing here allocates.
 *
 * An rg_str (relgraph.h) points into somebody else's bytes and is passed by value.
 */
#ifndef RG_BASE_STR_H
#define RG_BASE_STR_H

#include "relgraph.h"

#include <stdint.h>
#include <string.h>

/* A slice of a string literal, for use in expressions. */
#define RG_STR(literal) ((rg_str){(literal), (int)sizeof(literal) - 1})
/* The same as an initialiser, for static tables. */
#define RG_STR_IN_TABLE(literal)                                                       \
    {                                                                                  \
        (literal), (int)sizeof(literal) - 1                                            \
    }
/* The two arguments that printf's "%.*s" takes. */
#define RG_PRINT(string) (string).len, (string).bytes

/* The slice of a zero-terminated string; NULL gives the empty slice. */
static inline rg_str rg_str_of(const char *text)
{
    return text ? (rg_str){text, (int)strlen(text)} : (rg_str){"", 0};
}
static inline bool rg_str_equal(rg_str a, rg_str b)
{
    return a.len == b.len
           && (a.len == 0
               || (a.bytes[0] == b.bytes[0]
                   && memcmp(a.bytes, b.bytes, (size_t)a.len) == 0));
}
static inline bool rg_str_is(rg_str a, const char *text)
{
    return rg_str_equal(a, rg_str_of(text));
}
/* Byte order, shorter first: the order of all sorted output. */
int rg_str_compare(rg_str a, rg_str b);
bool rg_str_starts(rg_str text, rg_str start);
bool rg_str_ends(rg_str text, rg_str end);
/* Index of the first byte that equals `byte` at or after `from`, or -1. */
int rg_str_find_byte(rg_str text, char byte, int from);
/* Index of the first occurrence of `part` at or after `from`, or -1. */
int rg_str_find(rg_str text, rg_str part, int from);
/* Bytes [from, to) of text; both are clamped to it. */
rg_str rg_str_cut(rg_str text, int from, int to);
/* Without leading and trailing ASCII blanks, tabs and line ends. */
rg_str rg_str_trim(rg_str text);
/* 64-bit hash of the bytes (FNV-1a with a final mix); the same on every machine. */
uint64_t rg_str_hash(rg_str text);
/* Others, for what never leaves the machine: one more word stirred in, and a hash of many
 * bytes, 32 at a time. */
static inline uint64_t rg_hash_stir(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}
uint64_t rg_hash_bytes(const void *bytes, size_t size);
/* Number of bytes to add, drop, change or swap with their neighbour, at most `limit` + 1
 * (for suggestions). */
int rg_str_distance(rg_str a, rg_str b, int limit);

#endif
