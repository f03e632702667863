/* png.c - the diagram as pixels. */
#include "output/output.h"

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    return rg_graph_render(out, graph, RG_PICTURE_PNG, err);
}

const rg_format rg_format_png = {
    .name = "png",
    .ending = ".png",
    .summary = "the diagram as pixels",
    .from = RG_FROM_GRAPH,
    .binary = true,
    .put_graph = put_graph,
};
