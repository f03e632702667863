/* network.h - the graph as formats for other programs take it: nodes and triples with ids.
 *
 * A node's id is a hash of its label and type, an edge's that of its triple: they stay the same
 * from run to run, so that what is loaded twice is there once. They begin with a letter, so
 * that nobody reads them as numbers. Every triple is an edge of
 * its own; triples without an object are none.
 */
#ifndef RG_OUTPUT_NETWORK_H
#define RG_OUTPUT_NETWORK_H

#include "graph/graph.h"

/* A triple between two nodes. */
typedef struct rg_tie {
    const rg_edge *edge;
    int from, to; /* indexes of nodes */
    rg_str id;    /* "t" and the triple's; with "-2" and so on where that is taken */
} rg_tie;

typedef struct rg_network {
    const rg_graph *graph;
    rg_str *node_ids; /* "n" and 16 hex digits */
    rg_tie *ties;     /* in the order of the documents */
    int tie_count;
} rg_network;

rg_network rg_network_of(rg_arena *arena, const rg_graph *graph);

/* A word for programs that take letters, digits and `_` only: all others become `_`. */
void rg_network_put_word(rg_buf *out, rg_str text);

#endif
