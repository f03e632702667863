/* turn.h - ends that hang on one node only, spread over both sides of it.
 *
 * Dot sets what a node points at to its right. A node that points at thirty others gets one
 * high column there, and lines that run into each other. So some of these links are drawn
 * from right to left: turned, they have their ends exchanged.
 *
 *     hub -> a, b, c, d      becomes      c, d <- hub -> a, b
 */
#ifndef RG_GRAPH_TURN_H
#define RG_GRAPH_TURN_H

#include "graph/graph.h"

/* The same graph, some links turned; `graph` itself if no node has too many on one side. */
const rg_graph *rg_turn(rg_arena *arena, const rg_graph *graph);

#endif
