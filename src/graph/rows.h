/* rows.h - components side by side, for a layout that would stack them.
 *
 * Dot puts the components of a graph one under the other. Text gives many that hang on
 * nothing else, so the picture would be a narrow column. They are sorted into rows like
 * books on shelves, the highest first, each on the first row that has room. Ties are
 * invisible edges that hold a row together, from the end of one component to the start of
 * the next:
 *
 *     A -> B      becomes      A -> B  (tie)  C -> D
 *     C -> D
 */
#ifndef RG_GRAPH_ROWS_H
#define RG_GRAPH_ROWS_H

#include "graph/graph.h"

typedef struct rg_tie {
    int from, to; /* indexes of nodes */
} rg_tie;

typedef struct rg_rows {
    const int *order; /* all nodes, row by row */
    rg_tie *ties;
    int tie_count;
} rg_rows;

/* How many links the component with the most links has. */
int rg_rows_largest(rg_arena *arena, const rg_graph *graph);

rg_rows rg_rows_sort(rg_arena *arena, const rg_graph *graph);

#endif
