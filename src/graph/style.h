/* style.h - the house style as tables: colours of the page, shapes and colours of types.
 *
 * Shape repeats the type, so that colour is never the only sign. The palettes were
 * checked for contrast (text on fill at least 11:1) and for the common kinds of colour
 * blindness, in light and in dark.
 */
#ifndef RG_GRAPH_STYLE_H
#define RG_GRAPH_STYLE_H

#include "graph/graph.h"

typedef struct rg_page {
    const char *background, *text, *faint; /* faint: counts and legend */
    const char *line, *line_text, *adverse;
} rg_page;

typedef struct rg_paint {
    const char *fill, *stroke;
} rg_paint;

/* How a group of types is drawn. */
typedef struct rg_kind {
    const char *name;   /* class of its nodes in SVG, behind "t-" */
    const char *legend; /* word of the legend */
    const char *shape, *style, *margin;
    rg_paint light, dark;
} rg_kind;

enum { RG_KIND_COUNT = 6 };
extern const rg_kind rg_style_kinds[RG_KIND_COUNT];

const rg_page *rg_style_page(bool dark);
/* Index of the kind of a type; that of "other" for a type that is not in the table. */
int rg_style_find_kind(rg_str type);
rg_paint rg_style_paint(const rg_kind *kind, bool dark);

/* How a manner is drawn: `style` and `arrowhead` of Graphviz, and the word before the
 * relation. */
typedef struct rg_stroke {
    const char *name;   /* class of its edges in SVG, behind "m-" */
    const char *legend; /* word of the legend */
    const char *style, *arrowhead, *before;
} rg_stroke;
extern const rg_stroke rg_style_strokes[RG_MANNER_COUNT];

/* Sizes in points; degree and max_degree as of rg_node. */
double rg_style_node_size(int degree, int max_degree);
double rg_style_node_line(int degree, int max_degree);
double rg_style_edge_line(int weight);
bool rg_style_is_bold(int degree, int max_degree);

#define RG_STYLE_FONT    "Helvetica,Arial,sans-serif"
#define RG_STYLE_ADVERSE "adverse"

#endif
