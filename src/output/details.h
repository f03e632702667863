/* details.h - what the formats of graphs tell of a triple beside its two ends. One list,
 * details.def; each value is text before any escape of the format, empty if there is none.
 */
#ifndef RG_OUTPUT_FIELDS_H
#define RG_OUTPUT_FIELDS_H

#include "base/buf.h"
#include "base/edge.h"

enum {
#define TEXT(name, member)    RG_DETAIL_##name,
#define NUMBER(name, member)  RG_DETAIL_##name,
#define MADE(name, kind, put) RG_DETAIL_##name,
#include "output/details.def"
#undef TEXT
#undef NUMBER
#undef MADE
    RG_DETAIL_COUNT
};

typedef enum rg_detail_kind {
    RG_DETAIL_IS_TEXT,
    RG_DETAIL_IS_NUMBER, /* a whole one, in decimal */
    RG_DETAIL_IS_REAL    /* 0.00 to 1.00 */
} rg_detail_kind;

typedef struct rg_detail {
    const char *name;
    rg_detail_kind kind;
    size_t offset; /* of the member in rg_edge, or ... */
    void (*put)(rg_buf *out, const rg_edge *edge); /* ... what makes it, or NULL */
} rg_detail;

extern const rg_detail rg_details[RG_DETAIL_COUNT];

/* The value of one of them, or empty. */
rg_str rg_detail_text(rg_arena *arena, const rg_edge *edge, int detail);

#endif
