#include "graph/dot.h"
#include "graph/layout.h"

#include <stdio.h>
#include <stdlib.h>

static const double GAP = 6;               /* points between two shapes */
static const double LEFT = 6, SPACING = 2; /* of the heading's table */

static const char *const copied[] = {"class",     "shape",  "style",    "margin",
                                     "fillcolor", "color",  "fontname", "fontsize",
                                     "fontcolor", "height", "width"};

static void put_place(Agnode_t *node, double x, double y)
{
    char text[64];
    snprintf(text, sizeof text, "%.2f,%.2f", x, y);
    layout_set(node, "pos", text);
}

static void copy_nodes(Agraph_t *graph, Agraph_t *legend)
{
    for (Agnode_t *n = agfstnode(legend); n; n = agnxtnode(legend, n)) {
        Agnode_t *made = agnode(graph, agnameof(n), 1);
        for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
            layout_set(made, copied[i], layout_get(n, copied[i]));
        layout_set_label(made, layout_get(n, "label"));
        layout_set(made, "id", agnameof(n));
        layout_set(made, "pos", layout_get(graph, "lp"));
    }
}

/* From the left, in the row above the space below the heading. */
static void place_nodes(Agraph_t *graph, Agraph_t *legend)
{
    double x, y;
    if (sscanf(layout_get(graph, "lp"), "%lf,%lf", &x, &y) != 2)
        return;
    x += LEFT - atof(layout_get(graph, "lwidth")) * LAYOUT_INCH / 2;
    y += 2 * SPACING + RG_DOT_LEGEND_BELOW + RG_DOT_LEGEND_HEIGHT / 2.0
         - atof(layout_get(graph, "lheight")) * LAYOUT_INCH / 2;
    for (Agnode_t *n = agfstnode(legend); n; n = agnxtnode(legend, n)) {
        Agnode_t *made = agnode(graph, agnameof(n), 0);
        double width = atof(layout_get(made, "width")) * LAYOUT_INCH;
        put_place(made, x + width / 2, y);
        x += width + GAP;
    }
}

bool layout_legend(GVC_t *gvc, Agraph_t *graph, Agraph_t *legend)
{
    layout_attach(gvc, graph);
    gvFreeLayout(gvc, graph); /* before there are nodes that it did not lay out */
    layout_set(graph, "layout", "nop2");
    copy_nodes(graph, legend);
    if (gvLayout(gvc, graph, "nop2") != 0)
        return false;
    layout_attach(gvc, graph);
    place_nodes(graph, legend);
    return layout_again(gvc, graph);
}
