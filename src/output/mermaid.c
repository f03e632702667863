/* mermaid.c - the diagram as Mermaid, for READMEs and wikis.
 *
 * It shows what the picture shows. Mermaid draws at most 500 edges and 50,000 bytes: behind
 * these the rest is left out, and the first line says so. All but letters, digits and harmless
 * signs is written as an entity code, so that no label can be read as syntax.
 */
#include "base/utf8.h"
#include "graph/label.h"
#include "graph/palette.h"
#include "output/output.h"

enum { MOST_BYTES = 48000, LONGEST = 120 /* characters of a label */ };

/* Letters of any script, digits, and signs that neither Mermaid nor Markdown reads. */
static bool is_plain(uint32_t code)
{
    bool is_letter = ((code | 0x20) >= 'a' && (code | 0x20) <= 'z');
    bool is_digit = code >= '0' && code <= '9';
    return is_letter || is_digit || code == ' ' || code == ',' || code == '\''
           || code == '(' || code == ')' || code == '/' || code == '-'
           || (code >= 0xa0 && code < 0x2000) || (code >= 0x2010 && code <= 0x2027)
           || (code >= 0x2030 && code <= 0x205e) || (code >= 0x2070 && code < 0xd800)
           || (code >= 0xe000 && code < 0xfdd0) || (code > 0xfdef && code < 0xfffe)
           || code > 0xffff;
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code & 0xfffe) == 0xfffe;
}

static void put_code(rg_buf *out, uint32_t code)
{
    if (code == '\n' || code == '\t' || code == '\r')
        rg_buf_byte(out, ' ');
    else if (is_control(code))
        rg_utf8_put(out, RG_UTF8_REPLACEMENT);
    else if (is_plain(code))
        rg_utf8_put(out, code);
    else
        rg_buf_format(out, "#%u;", (unsigned)code);
}

static void put_label(rg_buf *out, rg_str text)
{
    int count = 0;
    for (int at = 0; at < text.len; count++) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (count == LONGEST) {
            rg_utf8_put(out, 0x2026);
            return;
        }
        at += step.len;
        put_code(out, step.code);
    }
    if (text.len == 0)
        rg_buf_byte(out, '-');
}

/* Each node once, before the first line that needs it. */
static void put_node(rg_buf *out, const rg_graph *graph, int index)
{
    rg_buf_format(out, "  n%d[\"", index + 1);
    put_label(out, graph->nodes[index].label);
    rg_buf_format(out, "\"]:::k%d\n",
                  rg_palette_find_kind(graph, graph->nodes[index].type));
}

static const char *arrow_of(const rg_manner_key *key)
{
    if (key->has_bar)
        return "--x";
    return key->line[0] == 's' ? "-->" : "-.->";
}

static void put_link(rg_buf *out, const rg_graph *graph, const rg_link *link)
{
    rg_manner_key key;
    rg_palette_manner(&key, graph, (int)link->manner);
    rg_buf_format(out, "  n%d %s|\"", link->from + 1, arrow_of(&key));
    for (int i = 0; i < link->line_count; i++) {
        rg_buf_text(out, i > 0 ? "<br>" : "");
        if (key.before[0] != '\0')
            put_label(out, rg_str_of(key.before));
        put_label(out, rg_label_relation(out->arena, link->lines[i].relation));
        if (link->lines[i].evidence_count > 1)
            rg_buf_format(out, " ×%d", link->lines[i].evidence_count);
    }
    rg_buf_format(out, "\"| n%d\n", link->to + 1);
}

static void put_kinds(rg_buf *out, const rg_graph *graph)
{
    rg_kind_key key;
    for (int i = 0; rg_palette_kind(&key, graph, i); i++)
        rg_buf_format(out, "  classDef k%d fill:%s,stroke:%s,color:#1B2530\n", i,
                      key.fill.light, key.stroke.light);
}

/* The links that there is room for; gives their number. */
static int put_links(rg_buf *out, const rg_graph *graph)
{
    bool *is_there = rg_new(out->arena, bool, graph->node_count + 1);
    for (int i = 0; i < graph->link_count; i++) {
        const rg_link *link = &graph->links[i];
        const int ends[] = {link->from, link->to};
        int before = out->len;
        for (int j = 0; j < 2; j++) {
            if (!is_there[ends[j]])
                put_node(out, graph, ends[j]);
            is_there[ends[j]] = true;
        }
        put_link(out, graph, link);
        if (out->len > MOST_BYTES) {
            out->len = before;
            return i;
        }
    }
    return graph->link_count;
}

static bool put_graph(rg_buf *out, const rg_graph *whole, rg_error *err)
{
    (void)err; /* only memory can run out */
    const rg_graph *graph = rg_graph_shown(whole);
    rg_buf body = rg_buf_in(out->arena);
    put_kinds(&body, graph);
    int drawn = put_links(&body, graph);
    int all = graph->link_count + graph->hidden;
    if (drawn < all)
        rg_buf_format(out, "%%%% %d of %d connections\n", drawn, all);
    rg_buf_text(out, "flowchart LR\n");
    rg_buf_put(out, rg_buf_str(&body));
    return true;
}

const rg_format rg_format_mermaid = {
    .name = "mermaid",
    .ending = ".mmd",
    .summary = "the diagram as Mermaid, for READMEs and wikis",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
