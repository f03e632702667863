/* palette.h - the house style for those who draw without Graphviz: words and colours. */
#ifndef RG_GRAPH_PALETTE_H
#define RG_GRAPH_PALETTE_H

#include "graph/graph.h"

typedef struct rg_colours {
    const char *light, *dark;
} rg_colours;

/* What stands on the page whatever the types are. */
typedef struct rg_page_key {
    const char *name;
    rg_colours colours;
} rg_page_key;

/* A group of types: class, word of the legend, shape as Graphviz calls it. */
typedef struct rg_kind_key {
    const char *name, *word, *shape;
    bool is_round; /* corners of a box */
    rg_colours fill, stroke;
} rg_kind_key;

/* How a relation is said: class, word of the legend, line (solid, dashed or dotted), and
 * what stands before the relation, such as "not ". */
typedef struct rg_manner_key {
    const char *name, *word, *line, *before;
    bool has_bar; /* instead of an arrow head */
} rg_manner_key;

/* A class of relations; colours are empty if it is drawn as any other. */
typedef struct rg_class_key {
    const char *name, *word;
    rg_colours colours;
} rg_class_key;

/* The colours are those of the graph's theme and of its counterpart: dark for a light one,
 * light for a dark one. Each gives false behind the last one. */
bool rg_palette_page(rg_page_key *out, const rg_graph *graph, int index);
bool rg_palette_kind(rg_kind_key *out, const rg_graph *graph, int index);
bool rg_palette_class(rg_class_key *out, const rg_graph *graph, int index);
bool rg_palette_manner(rg_manner_key *out, const rg_graph *graph, int index);
/* Index of the kind that a type belongs to. */
int rg_palette_find_kind(const rg_graph *graph, rg_str type);
/* Index of the class that a triple's relation belongs to; -1: none. */
int rg_palette_find_class(const rg_graph *graph, const rg_edge *edge);

#endif
