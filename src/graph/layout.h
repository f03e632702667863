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

/* What a reader sees of a layout. */
typedef struct layout_quality {
    int crossings;
    rg_conflicts labels;
    double width, height;
} layout_quality;

/* Of a graph that dot laid out: labels become nodes and get their places. False if
 * Graphviz fails. */
bool layout_labels(GVC_t *gvc, Agraph_t *graph, rg_arena *arena, layout_quality *out);
/* Sets the nodes of `legend` down in the last row of the graph's heading. False if Graphviz
 * fails. */
bool layout_legend(GVC_t *gvc, Agraph_t *graph, Agraph_t *legend);
/* Lays it out as its attributes say. */
bool layout_again(GVC_t *gvc, Agraph_t *graph);
/* Positions and sizes as attributes of the graph. */
void layout_attach(GVC_t *gvc, Agraph_t *graph);

/* cgraph wants writable names; no value is an empty one. */
const char *layout_get(void *object, const char *name);
void layout_set(void *object, const char *name, const char *value);
/* A label of markup stays one. */
void layout_set_label(Agnode_t *node, const char *label);

enum { LAYOUT_INCH = 72 }; /* points; nodes are measured in inches */

#endif
