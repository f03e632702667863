/* spans.h - what stands within a block of Markdown: emphasis, code, links, tags. */
#ifndef RG_TEXT_SPANS_H
#define RG_TEXT_SPANS_H

#include "base/arena.h"

/* What a byte of Markdown is. */
typedef enum rg_mark {
    RG_MARK_TEXT,
    RG_MARK_GONE,    /* no text */
    RG_MARK_LITERAL, /* text without character references */
    RG_MARK_BLANK,   /* stands for a blank */
    RG_MARK_KIND = 3,
    RG_MARK_CUT = 0x80, /* and a block begins here */
} rg_mark;

typedef struct rg_bracket {
    int at; /* of '[' */
    bool image;
} rg_bracket;

/* A run of emphasis marks that another may match. */
typedef struct rg_emphasis {
    int at, count;
} rg_emphasis;

typedef struct rg_emphases {
    rg_emphasis *items;
    int count, capacity;
} rg_emphases;

/* Filled by who goes over the lines; the rest is for rg_spans_mark alone. */
typedef struct rg_spans {
    rg_arena *arena;
    rg_str bytes;
    unsigned char *marks; /* of each byte, an rg_mark */
    bool has_definitions; /* [text][label] may be a link */
    rg_bracket *brackets;
    int bracket_count, bracket_capacity, open_images;
    rg_emphases emphases[3]; /* of '*', '_', '~' */
} rg_spans;

void rg_spans_set(rg_spans *spans, int from, int to, rg_mark mark);
/* Marks bytes [from, to), the content of a block. What is marked as gone is passed over. */
void rg_spans_mark(rg_spans *spans, int from, int to);

#endif
