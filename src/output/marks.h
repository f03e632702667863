/* marks.h - where the wording of a triple stands in its evidence.
 *
 *     Norsund agreed to buy its rival for cash.     relation_text "to buy for"
 *     [s    ]        [r   ] [o      ] [r]
 *
 * Offsets tell it if they are known; where they are not (triples read back from a TSV), or
 * where the evidence has less white space than the file, the wording is looked for.
 */
#ifndef RG_OUTPUT_MARKS_H
#define RG_OUTPUT_MARKS_H

#include "base/edge.h"

/* Bytes of the evidence; role: 's', 'r', 'o', or ' ' for none. */
typedef struct rg_marked {
    rg_str text;
    char role;
} rg_marked;

/* The evidence cut into pieces, one after another; *count is their number. */
rg_marked *rg_marks_cut(int *count, rg_arena *arena, const rg_edge *edge);

#endif
