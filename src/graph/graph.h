/* graph.h - stage 5: edges -> one node an entity, parallel edges merged, and its picture.
 *
 * Nodes are keyed by (label, type). All edges from one node to another that are said in
 * the same way are one link, drawn as one edge: it has a line for each relation, with its
 * count. Order is that of first appearance. The graph is plain data in the arena; DOT is
 * made from it as text.
 *
 * The cgraph, layout and rendering live in a child process with limits on time and
 * memory, since Graphviz is neither thread-safe nor safe when memory runs out.
 */
#ifndef RG_GRAPH_GRAPH_H
#define RG_GRAPH_GRAPH_H

#include "base/buf.h"
#include "base/edge.h"
#include "base/error.h"
#include "base/style.h"

typedef struct rg_node {
    rg_str label, type;
    int degree; /* evidence of all edges that touch it */
} rg_node;

/* One relation between two nodes: a line of the drawn edge's label. */
typedef struct rg_line {
    rg_str relation;          /* label as printed in the TSV, such as "judges-risk" */
    int class;                /* of the style, by which it has its colour; -1: none */
    const rg_edge **evidence; /* the edges behind it, in order */
    int evidence_count;
} rg_line;

typedef struct rg_link {
    int from, to; /* indexes of nodes */
    rg_manner manner;
    rg_line *lines;
    int line_count;
    int weight;  /* edges behind it */
    bool turned; /* for layout only: drawn from `to` to `from` (turn.h) */
} rg_link;

/* The first class, as the style has them, of the link's lines; -1: none. */
int rg_link_class(const rg_link *link);

typedef struct rg_graph {
    rg_str title;
    rg_edges edges; /* all that it was built from, also what is no link */
    rg_node *nodes;
    int node_count;
    rg_link *links;
    int link_count;
    int entity_count;   /* nodes, with those that a reduced graph leaves out */
    int relation_count; /* lines of all links, with those left out */
    int hidden;         /* links left out */
    const struct rg_graph *whole; /* of a selection: what it was made from; or NULL */
    rg_cluster cluster;
    int document_count;
    const rg_style *style;
    const rg_theme *theme; /* of the style */
    bool adapts;           /* theme auto: light, and dark where the reader wants that */
    rg_arena *arena;
} rg_graph;

typedef struct rg_graph_options {
    rg_str title;          /* empty: the node of highest degree */
    const rg_style *style; /* outlives the graph */
    const char *theme;     /* its name; NULL: light */
    rg_cluster cluster;
} rg_graph_options;

/* The theme of this name (NULL: light). Fails if the style has none. */
bool rg_graph_find_theme(const rg_theme **out, const rg_style *style, const char *name,
                         rg_error *err);
/* Fails if the style has no such theme. */
bool rg_graph_build(const rg_graph **out, rg_arena *arena, const rg_edges *edges,
                    const rg_graph_options *options, rg_error *err);

/* The part of the graph that is asked for, counts as they are; the graph itself if that is
 * all. Fails if a name is not there, or nothing is left. */
bool rg_graph_select(const rg_graph **out, const rg_graph *graph,
                     const rg_selection *which, rg_error *err);

/* The graph that a picture shows: of a large one its most important part. Its nodes and
 * links, counted from 1, are the groups n1, e1... of the SVG. */
const rg_graph *rg_graph_shown(const rg_graph *graph);

/* What the child makes of the graph. */
typedef enum rg_picture {
    RG_PICTURE_DOT, /* canonical, without positions */
    RG_PICTURE_SVG, /* as Graphviz writes it */
    RG_PICTURE_PNG,
    RG_PICTURE_PDF,
} rg_picture;

/* Fails with RG_ERROR_LIMIT if the graph is too large or layout takes too long, with
 * RG_ERROR_MEMORY if the child ran out of memory. */
bool rg_graph_render(rg_buf *out, const rg_graph *graph, rg_picture picture,
                     rg_error *err);

#endif
