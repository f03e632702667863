/* reduce.h - the most important part of a graph that is too large to be read as a whole. */
#ifndef RG_GRAPH_REDUCE_H
#define RG_GRAPH_REDUCE_H

#include "graph/graph.h"

/* The `most` links with the most evidence (of equals, those between the better connected
 * nodes; of these, the first), in their order, with their nodes. Counts stay those of the
 * whole graph; `hidden` tells how many links are left out. */
const rg_graph *rg_reduce(rg_arena *arena, const rg_graph *graph, int most);
/* The same for `most` up to the number of links: nodes without links go, too. */
const rg_graph *rg_reduce_to(rg_arena *arena, const rg_graph *graph, int most);

#endif
