/* pdf.c - the diagram as a page for print. */
#include "output/output.h"

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    return rg_graph_render(out, graph, RG_PICTURE_PDF, err);
}

const rg_format rg_format_pdf = {
    .name = "pdf",
    .ending = ".pdf",
    .summary = "the diagram as a page for print",
    .from = RG_FROM_GRAPH,
    .binary = true,
    .put_graph = put_graph,
};
