/* dot.c - the graph as Graphviz reads it, in the house style, without positions. */
#include "output/output.h"

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    return rg_graph_render(out, graph, RG_PICTURE_DOT, err);
}

const rg_format rg_format_dot = {
    .name = "dot",
    .ending = ".dot",
    .summary = "the diagram as a Graphviz graph",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
