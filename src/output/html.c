/* html.c - the diagram as one page that can be searched, filtered and cited.
 *
 * The page is made of html/page.html, page.css and the scripts, which the build puts
 * together (html/embed.cmake). What comes from the input goes in at {{title}}, {{picture}} and
 * {{data}}: as escaped text, as the checked SVG, and as JSON that cannot end its element.
 */
#include "base/map.h"
#include "base/utf8.h"
#include "graph/palette.h"
#include "output/columns.h"
#include "output/json.h"
#include "output/marks.h"
#include "output/output.h"

static const unsigned char page[] = {
#include "output/html_page.inc"
};

/* --- escapes ------------------------------------------------------------------------ */

/* Not what HTML forbids: controls, noncharacters; nor what is no UTF-8. */
static bool is_text(rg_utf8_step step)
{
    uint32_t code = step.code;
    bool is_control =
        (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0);
    bool is_nothing = (code & 0xfffe) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
    return step.ok && !is_control && !is_nothing;
}

static void put_escaped(rg_buf *out, rg_str text)
{
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        at += step.len;
        switch (step.code) {
        case '&': rg_buf_text(out, "&amp;"); break;
        case '<': rg_buf_text(out, "&lt;"); break;
        case '>': rg_buf_text(out, "&gt;"); break;
        case '"': rg_buf_text(out, "&quot;"); break;
        default: rg_utf8_put(out, is_text(step) ? step.code : 0xfffd);
        }
    }
}

/* What stands in JSON as a number: all that could end or open an element, that HTML forbids,
 * or that once ended a line of JavaScript. */
static bool is_plain(rg_utf8_step step)
{
    return is_text(step) && step.code != '<' && step.code != '>' && step.code != '&'
           && step.code != 0x2028 && step.code != 0x2029;
}

/* JSON inside of <script>: only in its strings can something stand that is not plain. */
static void put_json(rg_buf *out, rg_str json)
{
    for (int at = 0; at < json.len;) {
        rg_utf8_step step = rg_utf8_next(json, at);
        if (is_plain(step))
            rg_buf_put(out, rg_str_cut(json, at, at + step.len));
        else if (step.code < 0x10000)
            rg_buf_format(out, "\\u%04x", step.code);
        else
            rg_buf_format(out, "\\u%04x\\u%04x", 0xd7c0 + (step.code >> 10),
                          0xdc00 + (step.code & 0x3ff));
        at += step.len;
    }
}

/* --- data --------------------------------------------------------------------------- */

/* What the data of one page is made from. */
typedef struct maker {
    rg_arena *arena;
    const rg_graph *whole, *graph; /* all of it, and what is drawn */
    int failed;
} maker;

static void set(maker *m, json_t *object, const char *key, json_t *value)
{
    m->failed |= json_object_set_new(object, key, value);
}

static void append(maker *m, json_t *list, json_t *value)
{
    m->failed |= json_array_append_new(list, value);
}

static json_t *make_colours(rg_colours colours)
{
    return json_pack("[ss]", colours.light, colours.dark);
}

static json_t *make_page(maker *m)
{
    json_t *object = json_object();
    rg_page_key key;
    for (int i = 0; rg_palette_page(&key, m->graph, i); i++)
        set(m, object, key.name, make_colours(key.colours));
    return object;
}

static json_t *make_kinds(maker *m)
{
    json_t *list = json_array();
    rg_kind_key key;
    for (int i = 0; rg_palette_kind(&key, m->graph, i); i++)
        append(m, list,
               json_pack("{sssssssbsoso}", "name", key.name, "word", key.word, "shape",
                         key.shape, "round", key.is_round, "fill",
                         make_colours(key.fill), "stroke", make_colours(key.stroke)));
    return list;
}

static json_t *make_classes(maker *m)
{
    json_t *list = json_array();
    rg_class_key key;
    for (int i = 0; rg_palette_class(&key, m->graph, i); i++)
        append(
            m, list,
            json_pack("{ssssso}", "name", key.name, "word", key.word, "colour",
                      key.colours.light[0] ? make_colours(key.colours) : json_null()));
    return list;
}

static json_t *make_manners(maker *m)
{
    json_t *list = json_array();
    rg_manner_key key;
    for (int i = 0; rg_palette_manner(&key, m->graph, i); i++)
        append(m, list,
               json_pack("{sssssssssb}", "name", key.name, "word", key.word, "line",
                         key.line, "before", key.before, "bar", key.has_bar));
    return list;
}

static json_t *make_node(const maker *m, const rg_node *node)
{
    return json_pack("{sososi}", "label", rg_json_string(node->label), "type",
                     rg_json_string(node->type), "kind",
                     rg_palette_find_kind(m->graph, node->type));
}

static rg_str key_of(const maker *m, const rg_node *node)
{
    return rg_arena_format(m->arena, "%d %.*s%.*s", node->label.len,
                           RG_PRINT(node->label), RG_PRINT(node->type));
}

/* Those that are drawn, in order, and then all others. */
static json_t *make_nodes(maker *m)
{
    json_t *list = rg_json_own(m->arena, json_array());
    rg_map *drawn = rg_map_new(m->arena);
    for (int i = 0; i < m->graph->node_count; i++) {
        append(m, list, make_node(m, &m->graph->nodes[i]));
        rg_map_put(drawn, key_of(m, &m->graph->nodes[i]));
    }
    for (int i = 0; i < m->whole->node_count; i++)
        if (rg_map_find(drawn, key_of(m, &m->whole->nodes[i])) < 0)
            append(m, list, make_node(m, &m->whole->nodes[i]));
    return rg_json_take(m->arena, list);
}

static json_t *make_links(maker *m)
{
    json_t *list = json_array();
    for (int i = 0; i < m->graph->link_count; i++) {
        const rg_link *link = &m->graph->links[i];
        append(m, list,
               json_pack("{sisisisi}", "from", link->from, "to", link->to, "manner",
                         (int)link->manner, "class", rg_link_class(link)));
    }
    return list;
}

/* The link of each triple; -1 for those that the picture does not show. */
static int *find_links(const maker *m)
{
    const rg_edges *edges = &m->graph->edges;
    int *link_of = rg_new(m->arena, int, edges->count + 1);
    for (int i = 0; i < edges->count; i++)
        link_of[i] = -1;
    for (int i = 0; i < m->graph->link_count; i++)
        for (int j = 0; j < m->graph->links[i].line_count; j++) {
            const rg_line *line = &m->graph->links[i].lines[j];
            for (int k = 0; k < line->evidence_count; k++)
                link_of[line->evidence[k] - edges->items] = i;
        }
    return link_of;
}

/* The evidence in pieces: [["s", "Ann"], ["", " "], ["r", "leads"]]. */
static json_t *make_marks(maker *m, const rg_edge *edge)
{
    int count;
    const rg_marked *pieces = rg_marks_cut(&count, m->arena, edge);
    json_t *list = json_array();
    for (int i = 0; i < count; i++) {
        char role[] = {pieces[i].role, '\0'};
        append(m, list,
               json_pack("[so]", role[0] == ' ' ? "" : role,
                         rg_json_string(pieces[i].text)));
    }
    return list;
}

static json_t *make_triples(maker *m)
{
    const int *link_of = find_links(m);
    json_t *list = rg_json_own(m->arena, json_array());
    for (int i = 0; i < m->graph->edges.count; i++) {
        const rg_edge *edge = &m->graph->edges.items[i];
        json_t *marks = make_marks(m, edge);
        json_t *triple = rg_json_edge(edge);
        set(m, triple, "link", json_integer(link_of[i]));
        set(m, triple, "class", json_integer(rg_palette_find_class(m->graph, edge)));
        set(m, triple, "marks", marks);
        append(m, list, triple);
    }
    return rg_json_take(m->arena, list);
}

static json_t *make_columns(maker *m)
{
    json_t *list = json_array();
    for (int column = 0; column < RG_COLUMN_COUNT; column++)
        append(m, list, json_string(rg_column_names[column]));
    return list;
}

static json_t *make_data(maker *m)
{
    const rg_graph *graph = m->graph;
    json_t *data = rg_json_own(m->arena, json_object());
    set(m, data, "title", rg_json_string(graph->title));
    set(m, data, "dark", json_boolean(graph->theme->dark));
    set(m, data, "documents", json_integer(graph->document_count));
    set(m, data, "drawn", json_integer(graph->node_count));
    set(m, data, "hidden", json_integer(graph->hidden));
    set(m, data, "page", make_page(m));
    set(m, data, "kinds", make_kinds(m));
    set(m, data, "classes", make_classes(m));
    set(m, data, "manners", make_manners(m));
    set(m, data, "nodes", make_nodes(m));
    set(m, data, "links", make_links(m));
    set(m, data, "columns", make_columns(m));
    set(m, data, "triples", make_triples(m));
    if (m->failed)
        rg_arena_give_up(m->arena);
    return rg_json_take(m->arena, data);
}

static void put_data(rg_buf *out, const rg_graph *graph)
{
    maker m = {.arena = out->arena,
               .whole = graph->whole ? graph->whole : graph,
               .graph = rg_graph_shown(graph)};
    rg_buf json = rg_buf_in(out->arena);
    rg_json_put_line(&json, make_data(&m));
    put_json(out, rg_buf_str(&json));
}

/* --- the page ----------------------------------------------------------------------- */

/* Without the XML declaration: inside of HTML it would be a remark. */
static bool put_picture(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    const rg_format *svg = rg_output_find(RG_STR("svg"), RG_FROM_GRAPH);
    rg_buf drawn = rg_buf_in(out->arena);
    rg_graph fixed = *graph; /* the page themes it by its own style */
    fixed.adapts = false;
    if (!svg->put_graph(&drawn, &fixed, err))
        return false;
    rg_str picture = rg_buf_str(&drawn);
    rg_buf_put(
        out, rg_str_cut(picture, rg_str_find(picture, RG_STR("<svg"), 0), picture.len));
    return true;
}

static bool put_value(rg_buf *out, rg_str name, const rg_graph *graph, rg_error *err)
{
    if (rg_str_is(name, "title"))
        put_escaped(out, graph->title);
    else if (rg_str_is(name, "data"))
        put_data(out, graph);
    else if (rg_str_is(name, "picture"))
        return put_picture(out, graph, err);
    return true;
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    rg_str rest = {(const char *)page, (int)sizeof page};
    for (int open; (open = rg_str_find(rest, RG_STR("{{"), 0)) >= 0;) {
        int close = rg_str_find(rest, RG_STR("}}"), open);
        rg_buf_put(out, rg_str_cut(rest, 0, open));
        if (!put_value(out, rg_str_cut(rest, open + 2, close), graph, err))
            return false;
        rest = rg_str_cut(rest, close + 2, rest.len);
    }
    rg_buf_put(out, rest);
    return true;
}

const rg_format rg_format_html = {
    .name = "html",
    .ending = ".html",
    .summary = "the diagram as a page to explore, with its evidence",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
