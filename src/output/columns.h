/* columns.h - the columns of triples as text, for the formats that are tables.
 *
 * One list (columns.def) is the header, the order and the fields. A column's text is the
 * value before any escape of the format; only the qualifiers are a small language of
 * their own: `key=value; key=value`, with `;` in a value written `\;`.
 */
#ifndef RG_OUTPUT_COLUMNS_H
#define RG_OUTPUT_COLUMNS_H

#include "base/buf.h"
#include "base/edge.h"

typedef enum rg_column {
#define COLUMN(name) RG_COLUMN_##name,
#include "output/columns.def"
#undef COLUMN
    RG_COLUMN_COUNT
} rg_column;

extern const char *const rg_column_names[RG_COLUMN_COUNT];

/* The column of this name, or -1. */
int rg_column_find(rg_str name);
/* The field of a column whose value is text; NULL for qualifiers and numbers. */
rg_str *rg_column_text(rg_edge *edge, rg_column column);
/* The field of a column whose value is a whole number; NULL for all others. */
int *rg_column_number(rg_edge *edge, rg_column column);

/* Puts the value of a column; put_value escapes a piece of text as the format wants. */
typedef void rg_put_value(rg_buf *out, rg_str value);
void rg_column_put(rg_buf *out, const rg_edge *edge, rg_column column,
                   rg_put_value *put_value);
/* 0 to 100. */
int rg_column_hundredths(double confidence);
/* 0.00 to 1.00, whatever the locale. */
void rg_column_put_confidence(rg_buf *out, double confidence);

/* What a triple has whose file does not say otherwise. */
rg_edge rg_column_defaults(void);

#endif
