/* layout.h - a laid out cgraph -> a sheet, and labels as nodes; of the layout child only.
 *
 * Dot takes labels on edges, so that it keeps room for them. They become nodes then:
 * Graphviz tells how large each of them is, place.c where it stands, and the engine nop2
 * draws it all as given, the labels last, so that lines end at them.
 */
#ifndef RG_GRAPH_LAYOUT_H
#define RG_GRAPH_LAYOUT_H

#include "graph/place.h"

#include <graphviz/gvc.h>

/* Of a graph that dot laid out: labels become nodes and get their places; *score is the
 * number of crossings, and more for what is in the way of a label. False if Graphviz
 * fails. */
bool layout_labels(GVC_t *gvc, Agraph_t *graph, rg_arena *arena, int *score);
/* Lays it out as its attributes say. */
bool layout_again(GVC_t *gvc, Agraph_t *graph);
/* Positions and sizes as attributes of the graph. */
void layout_attach(GVC_t *gvc, Agraph_t *graph);

#endif
