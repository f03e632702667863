/* pdf.c - the diagram as a page for print. */
#include "output/output.h"

/* cairo writes the time of day into the file; the same triples shall give the same bytes. */
static void fix_date(rg_buf *pdf, int from)
{
    static const char epoch[] = "19700101000000";
    rg_str key = RG_STR("/CreationDate (D:");
    int at = rg_str_find(rg_buf_str(pdf), key, from);
    if (at < 0 || at + key.len + (int)sizeof epoch > pdf->len)
        return;
    for (int i = 0; epoch[i]; i++)
        pdf->bytes[at + key.len + i] = epoch[i];
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    int from = out->len;
    if (!rg_graph_render(out, graph, RG_PICTURE_PDF, err))
        return false;
    fix_date(out, from);
    return true;
}

const rg_format rg_format_pdf = {
    .name = "pdf",
    .ending = ".pdf",
    .summary = "the diagram as a page for print",
    .from = RG_FROM_GRAPH,
    .binary = true,
    .put_graph = put_graph,
};
