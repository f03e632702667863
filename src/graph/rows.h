/* rows.h - small components side by side, for a layout that would stack them.
 *
 * Dot puts the components of a graph one under the other. Text gives many pairs that hang
 * on nothing else, so the picture would be a narrow column. Ties are invisible edges from
 * the end of one small component to the start of the next, which makes rows of them:
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

typedef struct rg_ties {
    rg_tie *items;
    int count;
} rg_ties;

rg_ties rg_rows_tie(rg_arena *arena, const rg_graph *graph);

#endif
