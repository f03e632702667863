/* names.h - a large set of names as one block of bytes: built once, kept as a file, mapped.
 *
 * The block is a hash table over the names and over their beginnings that end at a blank,
 * and the names themselves behind it. So a text is held against a million names word by
 * word, and most words end the search at the first look:
 *
 *     names "Bank of Ghana", "Bank One"       text "the Bank of Ghana said"
 *     keys  Bank* | Bank of* | Bank of Ghana | Bank One        (* a beginning only)
 *     walk  Bank -> begins, Bank of -> begins, Bank of Ghana -> whole, ... said -> nothing
 *
 *     bytes 0  head: magic, version, sizes, hash of the source, checksum
 *         128  slots: 8 bytes each, tag and record
 *           .  records: length of name u16, of label u16, name, label
 *
 * Numbers are in the byte order of the machine: the file is a cache, not for exchange.
 */
#ifndef RG_BASE_NAMES_H
#define RG_BASE_NAMES_H

#include "base/arena.h"

enum { RG_LONGEST_NAME = 1000 /* bytes, also of a label */ };

typedef enum rg_names_case {
    RG_NAMES_WRITTEN, /* found as written */
    RG_NAMES_ANY,     /* in lower case; without a label, the spelling is the label */
    RG_NAMES_LOWER,   /* in lower case; without a label, so is the label */
} rg_names_case;

/* An index, in memory or mapped; made by rg_names_build or rg_names_open. */
typedef struct rg_names {
    const unsigned char *bytes;
    size_t size;
    const struct rg_name_slot *slots;
    uint64_t slot_count;
    size_t records;     /* offset of the first record */
    int count;          /* names */
    int longest;        /* bytes of the longest name */
    rg_names_case fold; /* names are in lower case */
    int conflict_line; /* of the first name that stood before, with another label, or 0 */
} rg_names;

/* Why a source cannot be indexed. */
typedef struct rg_names_fault {
    int line; /* from 1; 0: the file as such */
    const char *what;
} rg_names_fault;

/* Builds the index of a source text: one name a line; behind a tab its label; lines that
 * begin with # are comments. White space is folded, the first of two equal names counts. */
bool rg_names_build(rg_names *out, rg_arena *arena, rg_str source, rg_names_case fold,
                    rg_names_fault *fault);
/* Reads an index whose bytes (aligned to 8) stay where they are. False unless it is whole,
 * unchanged, and that of a source with this hash. */
bool rg_names_open(rg_names *out, const void *bytes, size_t size, uint64_t source,
                   rg_names_case fold);
/* The hash of a source text, many bytes at a time. */
uint64_t rg_names_hash(rg_str source);

/* A piece of text that grows until no name begins with it. */
typedef struct rg_name_walk {
    uint64_t hash;
    int len;
    char text[RG_LONGEST_NAME];
} rg_name_walk;
void rg_name_walk_begin(rg_name_walk *walk);
/* Adds to the text; false if it would be longer than any name. */
bool rg_name_walk_put(rg_name_walk *walk, rg_str more);

typedef struct rg_name_found {
    bool begins;  /* some name begins with the text and a blank, or is the text */
    bool is_name; /* the text is a name */
    rg_str label; /* of the name, as the source gives it */
    int record;   /* of the name: rg_names_label gives its label again */
} rg_name_found;
rg_name_found rg_names_find(const rg_names *names, const rg_name_walk *walk);
rg_str rg_names_label(const rg_names *names, int record);

#endif
