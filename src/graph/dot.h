/* dot.h - the graph as DOT text in the house style.
 *
 * The text is ours, not cgraph's: cgraph is neither thread-safe nor safe when memory runs
 * out, and its writer does not escape backslashes, so that a label could add nodes. Only
 * the layout child builds a cgraph, by reading this text. What keeps any label harmless:
 *
 *   - names are generated (n1, e1), text of the input stands in labels and tooltips only
 *   - text is cleaned and cut first (label.h)
 *   - HTML-like labels: & < > " are entities in every piece of text, \ is doubled, all
 *     tags are ours
 *   - tooltips: & is an entity, " has a backslash, \ has three
 *   - no URL, image, font or stylesheet attribute is ever written
 *
 * Engine dot takes labels on edges. Engine neato takes each label as a node of its own
 * between the two ends, for larger graphs. Engine sfdp draws the lines only; labels are in
 * the tooltips.
 */
#ifndef RG_GRAPH_DOT_H
#define RG_GRAPH_DOT_H

#include "graph/graph.h"

typedef enum rg_layout { RG_LAYOUT_DOT, RG_LAYOUT_NEATO, RG_LAYOUT_SFDP } rg_layout;

/* The first ones turn order and direction, those behind them begin elsewhere in it. As it
 * is: as anybody would write it for dot, so that no picture has many more crossings. */
enum {
    RG_DOT_TURNED = 1,
    RG_DOT_AS_IS = 2,
    RG_DOT_DOWN = 4,
    RG_DOT_TURNS = 8,
    RG_DOT_VARIANTS = 40
};

typedef struct rg_dot_options {
    rg_layout layout;
    bool plain; /* the graph as such, without what only helps layout */
    int variant; /* from 0: in another order or direction, for dot to find what is best */
    bool coarse; /* less time for a fine layout: larger graphs, second tries */
    int dpi;     /* 0: points */
} rg_dot_options;

void rg_dot_put(rg_buf *out, const rg_graph *graph, const rg_dot_options *options);

/* A graph of this name has the shapes of the legend as its nodes. They are set down in the
 * last row of the heading, which has room for them, when all else has its place. */
#define RG_DOT_LEGEND "legend"
enum { RG_DOT_LEGEND_HEIGHT = 24, RG_DOT_LEGEND_BELOW = 12 };
void rg_dot_put_legend(rg_buf *out, const rg_graph *graph);

#endif
