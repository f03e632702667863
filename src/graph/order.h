/* order.h - the order in which cgraph writes nodes, so that its text is stable.
 *
 * agwrite writes the heads of a node's edges right behind the node. Read back and written
 * again, these nodes come earlier, and so do their own heads: the text settles only when
 * nodes stand in breadth-first order. Written in that order at once, it never changes.
 */
#ifndef RG_GRAPH_ORDER_H
#define RG_GRAPH_ORDER_H

#include "graph/graph.h"

/* Indexes of all nodes: breadth first, beginning at the first node not yet reached. */
const int *rg_order_nodes(rg_arena *arena, const rg_graph *graph);

#endif
