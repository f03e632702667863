/* style.h - the style of a graph, looked up: kinds of types, classes of relations, paint.
 *
 * What is looked up stands in rules/style.yaml; base/style.h has its fields.
 */
#ifndef RG_GRAPH_STYLE_H
#define RG_GRAPH_STYLE_H

#include "graph/graph.h"

/* Index of the kind of a type; that of "other" for a type that no kind lists. */
int rg_style_find_kind(const rg_style *style, rg_str type);
/* Index of the class of a relation that the triple calls `name`; -1: none. */
int rg_style_find_class(const rg_style *style, rg_str name, rg_str relation);
rg_manner rg_style_find_manner(const rg_style *style, rg_str polarity, rg_str modality);
/* The theme of this name, or NULL. */
const rg_theme *rg_style_find_theme(const rg_style *style, rg_str name);

/* Colours, also of a kind and of a class that the theme does not name. */
rg_paint rg_style_paint(const rg_style *style, const rg_theme *theme, int kind);
const char *rg_style_colour(const rg_theme *theme, int class);

/* Sizes in points; degree and max_degree as of rg_node. */
double rg_style_node_size(const rg_style *style, int degree, int max_degree);
double rg_style_node_line(int degree, int max_degree);
double rg_style_edge_line(int weight);
bool rg_style_is_bold(int degree, int max_degree);

#endif
