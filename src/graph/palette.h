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

/* Each gives false behind the last one. */
bool rg_palette_page(rg_page_key *out, int index);
bool rg_palette_kind(rg_kind_key *out, int index);
bool rg_palette_manner(rg_manner_key *out, int index);
/* Index of the kind that a type belongs to. */
int rg_palette_find_kind(rg_str type);

#endif
