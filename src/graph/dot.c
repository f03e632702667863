#include "graph/dot.h"

#include "base/map.h"
#include "graph/label.h"
#include "graph/order.h"
#include "graph/rows.h"
#include "graph/style.h"

#include <stdio.h>
#include <string.h>

typedef struct writer {
    rg_buf *out;
    rg_arena *arena;
    const rg_graph *graph;
    const rg_dot_options *options;
    const rg_style *style;
    const rg_theme *theme;
    int max_degree;
} writer;

/* Widths of lines, in characters. */
enum {
    TITLE_WIDTH = RG_LABEL_SHOWN,
    NODE_WIDTH = 16,
    HUB_WIDTH = 14,
    RELATION_WIDTH = 20
};

enum {
    LONGEST_TOOLTIP = 1000,
    LONGEST_SENTENCE = 400,
    LONGEST_LEGEND = 60,
    MOST_WEIGHT = 10
};

/* --- escapes ---------------------------------------------------------------------- */

/* Text inside an HTML-like label, whose text is an escString too: \N would be the name of
 * the node. */
static void put_html(rg_buf *out, rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        switch (text.bytes[i]) {
        case '&': rg_buf_text(out, "&amp;"); break;
        case '<': rg_buf_text(out, "&lt;"); break;
        case '>': rg_buf_text(out, "&gt;"); break;
        case '"': rg_buf_text(out, "&quot;"); break;
        case '\\': rg_buf_text(out, "\\\\"); break;
        default: rg_buf_byte(out, text.bytes[i]);
        }
    }
}

/* Text inside a tooltip, an escString in which Graphviz replaces escapes twice. The line
 * feeds are our own, since cleaned text has none. */
static void put_tooltip_text(rg_buf *out, rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        switch (text.bytes[i]) {
        case '&': rg_buf_text(out, "&amp;"); break;
        case '\\': rg_buf_text(out, "\\\\\\\\"); break;
        case '"': rg_buf_text(out, "\\\""); break;
        case '\n': rg_buf_text(out, "\\n"); break;
        default: rg_buf_byte(out, text.bytes[i]);
        }
    }
}

static void put_lines(rg_buf *out, rg_lines lines)
{
    for (int i = 0; i < lines.count; i++) {
        if (i > 0)
            rg_buf_text(out, "<BR/>");
        put_html(out, lines.items[i]);
    }
}

/* A number with two decimals, whatever the locale. */
static void put_size(rg_buf *out, double size)
{
    int hundredths = (int)(size * 100 + 0.5);
    rg_buf_format(out, "%d.%02d", hundredths / 100, hundredths % 100);
}

/* A size of the style, as short as it can be. */
static void put_points(const writer *w, rg_style_size size)
{
    int hundredths = (int)(w->style->sizes[size] * 100 + 0.5);
    int tenths = hundredths / 10 % 10, rest = hundredths % 10;
    rg_buf_format(w->out, "%d", hundredths / 100);
    if (tenths || rest)
        rg_buf_format(w->out, rest ? ".%d%d" : ".%d", tenths, rest);
}

static void put_plural(rg_buf *out, int count, const char *one, const char *many)
{
    rg_buf_format(out, "%d %s", count, count == 1 ? one : many);
}

/* --- title and legend ------------------------------------------------------------- */

static const char middle_dot[] = " \xc2\xb7 ";

static void put_counts(const writer *w)
{
    const rg_graph *graph = w->graph;
    put_plural(w->out, graph->relation_count, "relation", "relations");
    rg_buf_text(w->out, middle_dot);
    put_plural(w->out, graph->entity_count, "entity", "entities");
    if (graph->document_count > 0) {
        rg_buf_text(w->out, middle_dot);
        put_plural(w->out, graph->document_count, "document", "documents");
    }
    if (graph->hidden > 0) {
        rg_buf_text(w->out, middle_dot);
        rg_buf_format(w->out, "showing %d of %d connections", graph->link_count,
                      graph->link_count + graph->hidden);
    }
}

static void put_legend_word(const writer *w, const char *word)
{
    rg_buf_text(w->out, "<FONT POINT-SIZE=\"");
    put_points(w, RG_SIZE_LEGEND);
    rg_buf_text(w->out, "\">");
    put_html(w->out, rg_label_clean(w->arena, rg_str_of(word), LONGEST_LEGEND));
    rg_buf_text(w->out, "</FONT>");
}

static void put_legend_kind(const writer *w, int index)
{
    const rg_kind *kind = &w->style->kinds[index];
    rg_paint paint = rg_style_paint(w->style, w->theme, index);
    bool is_round = kind->is_round || kind->shape[0] == 'e';
    rg_buf_format(w->out, "<TD BORDER=\"1\"%s BGCOLOR=\"%s\" COLOR=\"%s\">",
                  is_round ? " STYLE=\"ROUNDED\"" : "", paint.fill, paint.stroke);
    put_legend_word(w, kind->legend);
    rg_buf_text(w->out, "</TD>");
}

/* A bar of a small drawing: a table of one cell, which stands in the middle of its row. */
static void put_bar(rg_buf *out, const char *color, int width, int height)
{
    rg_buf_text(out, "<TD CELLPADDING=\"0\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" "
                     "CELLSPACING=\"0\" CELLPADDING=\"0\"><TR>");
    rg_buf_format(out, "<TD FIXEDSIZE=\"TRUE\" WIDTH=\"%d\" HEIGHT=\"%d\"", width,
                  height);
    if (color)
        rg_buf_format(out, " BGCOLOR=\"%s\"", color);
    rg_buf_text(out, "></TD></TR></TABLE></TD>");
}

/* Lengths of stroke and gap of a line style that make up about 20 points. */
static const struct {
    const char *style;
    int stroke, gap, times;
} dashes[] = {{"solid", 20, 0, 1}, {"dashed", 5, 3, 3}, {"dotted", 2, 3, 5}};

static void put_legend_line(rg_buf *out, const char *color, const char *style)
{
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        if (!rg_str_is(rg_str_of(style), dashes[i].style))
            continue;
        for (int j = 0; j < dashes[i].times; j++) {
            if (j > 0)
                put_bar(out, NULL, dashes[i].gap, 1);
            put_bar(out, color, dashes[i].stroke, 1);
        }
    }
}

static void put_legend_stroke(const writer *w, const rg_stroke *stroke,
                              const char *color, const char *word)
{
    rg_buf_text(w->out,
                "<TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\"><TR>");
    put_legend_line(w->out, color, stroke->style);
    if (stroke->arrowhead[0] == 't')
        put_bar(w->out, color, 2, 8);
    else
        rg_buf_format(w->out,
                      "<TD CELLPADDING=\"0\"><FONT POINT-SIZE=\"7\" COLOR=\"%s\">"
                      "\xe2\x96\xba</FONT></TD>",
                      color);
    rg_buf_format(w->out, "<TD><FONT COLOR=\"%s\">", w->theme->page[RG_PAGE_FAINT]);
    put_legend_word(w, word);
    rg_buf_text(w->out, "</FONT></TD></TR></TABLE></TD>");
}

static const char *colour_of(const writer *w, int class)
{
    return rg_style_colour(w->theme, class);
}

/* What of the style is in the picture. */
typedef struct presence {
    bool kinds[RG_STYLE_KINDS], classes[RG_STYLE_CLASSES], manners[RG_MANNER_COUNT];
} presence;

static presence find_presence(const rg_graph *graph)
{
    presence found = {0};
    for (int i = 0; i < graph->node_count; i++)
        found.kinds[rg_style_find_kind(graph->style, graph->nodes[i].type)] = true;
    for (int i = 0; i < graph->link_count; i++) {
        int class = rg_link_class(&graph->links[i]);
        found.manners[graph->links[i].manner] = true;
        if (class >= 0 && graph->theme->classes[class])
            found.classes[class] = true;
    }
    return found;
}

static void put_legend_classes(const writer *w, const bool *is_present)
{
    for (int i = 0; i < w->style->class_count; i++)
        if (is_present[i])
            put_legend_stroke(w, &w->style->strokes[RG_MANNER_STATED], colour_of(w, i),
                              w->style->classes[i].legend);
}

/* Room for the nodes of rg_dot_put_legend, as wide as they may become. */
static void put_legend_room(const writer *w, const presence *found)
{
    enum { WIDTH = 5, MORE = 18 }; /* of a letter, and around a word */
    int width = 0;
    for (int i = 0; i < w->style->kind_count; i++)
        if (found->kinds[i])
            width += MORE + WIDTH * (int)strlen(w->style->kinds[i].legend);
    rg_buf_format(w->out, "<TR><TD HEIGHT=\"%d\" WIDTH=\"%d\"></TD></TR>",
                  RG_DOT_LEGEND_HEIGHT, width);
}

static void put_legend(const writer *w)
{
    presence found = find_presence(w->graph);
    rg_buf_text(w->out, "<TR><TD ALIGN=\"LEFT\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" "
                        "CELLSPACING=\"4\" CELLPADDING=\"3\"><TR>");
    for (int i = 0; i < w->style->kind_count && w->options->plain; i++)
        if (found.kinds[i])
            put_legend_kind(w, i);
    for (int i = 0; i < RG_MANNER_COUNT; i++) {
        if (found.manners[i])
            put_legend_stroke(w, &w->style->strokes[i], colour_of(w, -1),
                              w->style->strokes[i].legend);
        if (i == RG_MANNER_STATED)
            put_legend_classes(w, found.classes);
    }
    rg_buf_text(w->out, "</TR></TABLE></TD></TR>");
    if (!w->options->plain)
        put_legend_room(w, &found);
}

static void put_head(const writer *w)
{
    rg_buf_text(w->out, "label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\">"
                        "<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"");
    put_points(w, RG_SIZE_TITLE);
    rg_buf_text(w->out, "\"><B>");
    put_lines(w->out, rg_label_wrap(w->arena, w->graph->title, TITLE_WIDTH));
    rg_buf_text(w->out,
                "</B></FONT></TD></TR><TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"");
    put_points(w, RG_SIZE_COUNTS);
    rg_buf_format(w->out, "\" COLOR=\"%s\">", w->theme->page[RG_PAGE_FAINT]);
    put_counts(w);
    rg_buf_text(w->out, "</FONT></TD></TR>");
    if (w->graph->node_count > 0)
        put_legend(w);
    rg_buf_format(w->out, "<TR><TD HEIGHT=\"%d\"></TD></TR></TABLE>>",
                  RG_DOT_LEGEND_BELOW);
}

/* --- graph, nodes, edges ---------------------------------------------------------- */

static const char *const engine_attributes[] = {
    [RG_LAYOUT_DOT] = "layout=dot, nodesep=0.22, ranksep=0.55",
    [RG_LAYOUT_NEATO] = "layout=neato, mode=major, model=shortpath, overlap=prism, "
                        "overlap_scaling=-2.4, sep=\"+9,+7\"",
    [RG_LAYOUT_SFDP] = "layout=sfdp, overlap=prism, sep=\"+9,+7\"",
};

/* What the layout has time for. */
static const char *find_effort(const rg_dot_options *options)
{
    if (options->coarse)
        return "nslimit=2, nslimit1=2, mclimit=0.1, maxiter=200, splines=line";
    if (options->layout != RG_LAYOUT_DOT)
        return "mclimit=4, splines=true";
    return options->variant & RG_DOT_AS_IS
               ? "splines=true"
               : "newrank=true, remincross=true, searchsize=100, mclimit=4, "
                 "splines=true";
}

static void put_graph_attributes(const writer *w)
{
    rg_buf_format(w->out,
                  "  graph [%s, %s,\n    outputorder=edgesfirst, pad=\"0.3,0.25\", ",
                  engine_attributes[w->options->layout], find_effort(w->options));
    if (w->options->layout == RG_LAYOUT_DOT)
        rg_buf_format(w->out, "rankdir=%s, ",
                      w->options->variant & RG_DOT_DOWN ? "TB" : "LR");
    if (w->options->dpi > 0)
        rg_buf_format(w->out, "dpi=%d, ", w->options->dpi);
    rg_buf_format(w->out,
                  "bgcolor=\"%s\", charset=\"UTF-8\", fontname=\"%s\", "
                  "fontcolor=\"%s\",\n    labelloc=t, labeljust=l, tooltip=\"",
                  w->theme->page[RG_PAGE_BACKGROUND], w->style->font,
                  w->theme->page[RG_PAGE_TEXT]);
    put_tooltip_text(w->out,
                     rg_label_clean(w->arena, w->graph->title, LONGEST_TOOLTIP));
    rg_buf_text(w->out, "\",\n    ");
    put_head(w);
    rg_buf_text(w->out, "];\n");
}

static void put_defaults(const writer *w)
{
    rg_buf_format(w->out,
                  "  node [fontname=\"%s\", fontcolor=\"%s\", height=0.34, "
                  "width=0.4];\n"
                  "  edge [fontname=\"%s\", fontsize=",
                  w->style->font, w->theme->page[RG_PAGE_TEXT], w->style->font);
    put_points(w, RG_SIZE_RELATION);
    rg_buf_format(w->out,
                  ", fontcolor=\"%s\", color=\"%s\", arrowhead=normal, "
                  "arrowsize=0.62%s];\n",
                  w->theme->page[RG_PAGE_LINE_TEXT], w->theme->page[RG_PAGE_LINE],
                  w->options->layout == RG_LAYOUT_NEATO ? ", len=0.9" : "");
}

static rg_str clean(const writer *w, rg_str text, int limit)
{
    return rg_label_clean(w->arena, text, limit);
}

static void put_node_tooltip(const writer *w, const rg_node *node)
{
    rg_buf text = rg_buf_in(w->arena);
    rg_buf_put(&text, clean(w, node->label, LONGEST_TOOLTIP / 2));
    rg_buf_text(&text, " \xe2\x80\x94 ");
    if (node->type.len > 0) {
        rg_buf_put(&text, clean(w, node->type, 60));
        rg_buf_text(&text, ", ");
    }
    put_plural(&text, node->degree, "relation", "relations");
    rg_buf_text(w->out, "tooltip=\"");
    put_tooltip_text(w->out, rg_buf_str(&text));
    rg_buf_byte(w->out, '"');
}

static void put_node(const writer *w, int index)
{
    const rg_node *node = &w->graph->nodes[index];
    int kind_index = rg_style_find_kind(w->style, node->type);
    const rg_kind *kind = &w->style->kinds[kind_index];
    rg_paint paint = rg_style_paint(w->style, w->theme, kind_index);
    bool bold = rg_style_is_bold(node->degree, w->max_degree);
    rg_buf_format(w->out,
                  "  n%d [id=\"n%d\", class=\"t-%s\", shape=%s, style=\"%s\", "
                  "margin=\"%s\", fillcolor=\"%s\", color=\"%s\", fontsize=",
                  index + 1, index + 1, kind->name, kind->shape,
                  kind->is_round ? "rounded,filled" : "filled", kind->margin,
                  paint.fill, paint.stroke);
    put_size(w->out, rg_style_node_size(w->style, node->degree, w->max_degree));
    rg_buf_text(w->out, ", penwidth=");
    put_size(w->out, rg_style_node_line(node->degree, w->max_degree));
    rg_buf_text(w->out, bold ? ", label=<<B>" : ", label=<");
    put_lines(w->out,
              rg_label_wrap(w->arena, node->label, bold ? HUB_WIDTH : NODE_WIDTH));
    rg_buf_text(w->out, bold ? "</B>>, " : ">, ");
    put_node_tooltip(w, node);
    rg_buf_text(w->out, "];\n");
}

static const rg_stroke *stroke_of(const writer *w, const rg_link *link)
{
    return &w->style->strokes[link->manner];
}

static rg_str relation_text(const writer *w, const rg_link *link, const rg_line *line)
{
    rg_str relation = rg_label_relation(w->arena, line->relation);
    return rg_arena_format(w->arena, "%s%.*s", stroke_of(w, link)->before,
                           RG_PRINT(relation));
}

static void put_row(const writer *w, const rg_link *link, const rg_line *line)
{
    rg_buf_text(w->out, "<TR><TD>");
    bool has_colour = line->class >= 0 && w->theme->classes[line->class];
    if (has_colour)
        rg_buf_format(w->out, "<FONT COLOR=\"%s\">", colour_of(w, line->class));
    put_lines(w->out,
              rg_label_wrap(w->arena, relation_text(w, link, line), RELATION_WIDTH));
    if (line->evidence_count > 1)
        rg_buf_format(w->out, " <FONT COLOR=\"%s\">\xc3\x97%d</FONT>",
                      w->theme->page[RG_PAGE_FAINT], line->evidence_count);
    if (has_colour)
        rg_buf_text(w->out, "</FONT>");
    rg_buf_text(w->out, "</TD></TR>");
}

static void put_edge_label(const writer *w, const rg_link *link)
{
    rg_buf_text(w->out,
                "label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\"");
    rg_buf_format(w->out, " CELLPADDING=\"%d\"", link->line_count > 1 ? 2 : 1);
    /* A label on its line hides it; one beside it, as plain dot sets it down, would hide a
     * piece of another one. */
    if (!w->options->plain)
        rg_buf_format(w->out, " BGCOLOR=\"%s\"", w->theme->page[RG_PAGE_BACKGROUND]);
    rg_buf_byte(w->out, '>');
    for (int i = 0; i < link->line_count; i++)
        put_row(w, link, &link->lines[i]);
    if (w->options->plain) /* dot sets the label down on its line */
        rg_buf_text(w->out, "<TR><TD HEIGHT=\"3\"></TD></TR>");
    rg_buf_text(w->out, "</TABLE>>");
}

/* "S — relation → O", then where it is said: the sentence, the rule and its place. */
static void put_line_tooltip(const writer *w, rg_buf *text, const rg_link *link,
                             const rg_line *line)
{
    const rg_edge *edge = line->evidence[0];
    rg_buf_put(text, clean(w, edge->subject, 200));
    rg_buf_text(text, " \xe2\x80\x94 ");
    rg_buf_put(text, clean(w, relation_text(w, link, line), 200));
    rg_buf_text(text, " \xe2\x86\x92 ");
    rg_buf_put(text, clean(w, edge->object, 200));
    if (line->evidence_count > 1)
        rg_buf_format(text, " \xc3\x97%d", line->evidence_count);
    if (edge->evidence.len > 0) {
        rg_buf_byte(text, '\n');
        rg_buf_put(text, clean(w, edge->evidence, LONGEST_SENTENCE));
    }
    if (edge->rule.len > 0) {
        rg_buf_byte(text, '\n');
        rg_buf_put(text, clean(w, edge->rule, 100));
    }
    if (edge->rule_place.len > 0) {
        rg_buf_text(text, " (");
        rg_buf_put(text, clean(w, edge->rule_place, 100));
        rg_buf_byte(text, ')');
    }
}

/* Cuts at a character border. */
static rg_str cut_tooltip(rg_arena *arena, rg_str text)
{
    int end = LONGEST_TOOLTIP;
    if (text.len <= end)
        return text;
    while (end > 0 && ((unsigned char)text.bytes[end] & 0xc0) == 0x80)
        end--;
    return rg_arena_format(arena, "%.*s\xe2\x80\xa6",
                           RG_PRINT(rg_str_cut(text, 0, end)));
}

static void put_edge_tooltip(const writer *w, const rg_link *link)
{
    rg_buf text = rg_buf_in(w->arena);
    for (int i = 0; i < link->line_count && text.len < LONGEST_TOOLTIP; i++) {
        if (i > 0)
            rg_buf_byte(&text, '\n');
        put_line_tooltip(w, &text, link, &link->lines[i]);
    }
    rg_buf_text(w->out, "tooltip=\"");
    put_tooltip_text(w->out, cut_tooltip(w->arena, rg_buf_str(&text)));
    rg_buf_byte(w->out, '"');
}

static void put_edge_style(const writer *w, const rg_link *link)
{
    const rg_stroke *stroke = stroke_of(w, link);
    int class = rg_link_class(link);
    if (stroke->arrowhead[0] == 't') /* a bar as small as the arrows would hide */
        rg_buf_text(w->out, "arrowsize=1, ");
    rg_buf_format(w->out, "class=\"m-%s%s%s\", style=%s, ", stroke->name,
                  class < 0 ? "" : " ", class < 0 ? "" : w->style->classes[class].name,
                  stroke->style);
    if (class >= 0 && w->theme->classes[class])
        rg_buf_format(w->out, "color=\"%s\", ", colour_of(w, class));
    rg_buf_text(w->out, "penwidth=");
    put_size(w->out, rg_style_edge_line(link->weight));
    rg_buf_text(w->out, ", ");
    put_edge_tooltip(w, link);
}

static void put_edge(const writer *w, int index)
{
    const rg_link *link = &w->graph->links[index];
    int weight = link->weight < MOST_WEIGHT ? link->weight : MOST_WEIGHT;
    weight = w->options->variant & RG_DOT_AS_IS ? 1 : weight;
    rg_buf_format(w->out, "  n%d -> n%d [id=\"e%d\", ", link->from + 1, link->to + 1,
                  index + 1);
    rg_buf_format(w->out, "weight=%d, %s=%s, ", weight,
                  link->turned ? "dir=back, arrowtail" : "arrowhead",
                  stroke_of(w, link)->arrowhead);
    put_edge_style(w, link);
    if (w->options->layout == RG_LAYOUT_DOT) {
        rg_buf_text(w->out, ",\n    ");
        put_edge_label(w, link);
    }
    rg_buf_text(w->out, "];\n");
}

/* The label as a node between the ends, with half an edge on each side. */
static void put_edge_in_two(const writer *w, int index)
{
    const rg_link *link = &w->graph->links[index];
    rg_buf_format(w->out, "  l%d [id=\"l%d\", class=\"label\", shape=plain, ",
                  index + 1, index + 1);
    rg_buf_text(w->out, "fontsize=");
    put_points(w, RG_SIZE_RELATION);
    rg_buf_format(w->out, ", fontcolor=\"%s\", ", w->theme->page[RG_PAGE_LINE_TEXT]);
    put_edge_label(w, link);
    rg_buf_text(w->out, ", ");
    put_edge_tooltip(w, link);
    rg_buf_format(w->out, "];\n  n%d -> l%d [id=\"e%da\", arrowhead=none, ",
                  link->from + 1, index + 1, index + 1);
    put_edge_style(w, link);
    rg_buf_format(w->out, "];\n  l%d -> n%d [id=\"e%d\", arrowhead=%s, ", index + 1,
                  link->to + 1, index + 1, stroke_of(w, link)->arrowhead);
    put_edge_style(w, link);
    rg_buf_text(w->out, "];\n");
}

/* ---- clusters ---------------------------------------------------------------------- */

/* The document that all evidence of each node comes from; empty: there are several. */
static rg_str *find_documents(const rg_graph *graph)
{
    rg_str *docs = rg_new(graph->arena, rg_str, graph->node_count);
    bool *is_known = rg_new(graph->arena, bool, graph->node_count);
    for (int i = 0; i < graph->link_count; i++) {
        const rg_link *link = &graph->links[i];
        const int ends[] = {link->from, link->to};
        for (int j = 0; j < link->line_count; j++)
            for (int k = 0; k < 2 * link->lines[j].evidence_count; k++) {
                rg_str doc = link->lines[j].evidence[k / 2]->doc;
                int node = ends[k % 2];
                if (is_known[node] && !rg_str_equal(docs[node], doc))
                    doc = (rg_str){"", 0};
                docs[node] = doc;
                is_known[node] = true;
            }
    }
    return docs;
}

/* What each node's frame is called; empty: it stands outside of all. */
static rg_str *find_frames(const rg_graph *graph)
{
    if (graph->cluster == RG_CLUSTER_DOC)
        return find_documents(graph);
    rg_str *types = rg_new(graph->arena, rg_str, graph->node_count);
    for (int i = 0; i < graph->node_count; i++)
        types[i] = graph->nodes[i].type;
    return types;
}

static void put_frame(const writer *w, const rg_str *frames, int first, int number)
{
    rg_buf_format(w->out,
                  "  subgraph cluster_%d {\n    graph [id=\"c%d\", style=rounded, "
                  "color=\"%s\", fontcolor=\"%s\", fontsize=",
                  number, number, w->theme->page[RG_PAGE_LINE],
                  w->theme->page[RG_PAGE_FAINT]);
    put_points(w, RG_SIZE_COUNTS);
    rg_buf_text(w->out, ", tooltip=\"");
    put_tooltip_text(w->out, clean(w, frames[first], LONGEST_TOOLTIP));
    rg_buf_text(w->out, "\", label=<");
    put_lines(w->out, rg_label_wrap(w->arena, frames[first], TITLE_WIDTH));
    rg_buf_text(w->out, ">];\n   ");
    for (int i = first; i < w->graph->node_count; i++)
        if (rg_str_equal(frames[i], frames[first]))
            rg_buf_format(w->out, " n%d;", i + 1);
    rg_buf_text(w->out, "\n  }\n");
}

/* Behind the nodes, in the order of their first ones. */
static void put_frames(const writer *w)
{
    if (w->graph->cluster == RG_CLUSTER_NONE || w->options->layout != RG_LAYOUT_DOT)
        return;
    const rg_str *frames = find_frames(w->graph);
    rg_map *seen = rg_map_new(w->arena);
    for (int i = 0; i < w->graph->node_count; i++)
        if (frames[i].len > 0 && rg_map_find(seen, frames[i]) < 0)
            put_frame(w, frames, i, rg_map_put(seen, frames[i]) + 1);
}

/* For a picture by dot: in rows, or as it is, of which the turned one is in rows again; and
 * from the end, since with rankdir=LR dot puts what it meets first at the bottom while
 * reading starts at the top. */
static void put_variant(const writer *w)
{
    rg_rows rows = rg_rows_sort(w->arena, w->graph);
    int variant = w->options->variant;
    bool as_is = variant & RG_DOT_AS_IS && !(variant & RG_DOT_TURNED);
    bool from_start = !(variant & RG_DOT_TURNED) == !!(variant & RG_DOT_DOWN);
    const int *order = as_is ? rg_order_nodes(w->arena, w->graph) : rows.order;
    int nodes = w->graph->node_count, links = w->graph->link_count;
    int starts = RG_DOT_VARIANTS / RG_DOT_TURNS;
    int start = variant / RG_DOT_TURNS; /* of so many places to begin at */
    for (int i = 0; i < nodes; i++) {
        int at = (i + start * nodes / starts) % nodes;
        put_node(w, order[from_start ? at : nodes - 1 - at]);
    }
    for (int i = 0; i < links; i++) {
        int at = (i + start * links / starts) % links;
        put_edge(w, from_start ? at : links - 1 - at);
    }
    put_frames(w);
    for (int i = 0; i < rows.tie_count && !w->graph->cluster && !as_is; i++)
        rg_buf_format(w->out, "  n%d -> n%d [style=invis];\n", rows.ties[i].from + 1,
                      rows.ties[i].to + 1);
}

static void put_in_order(const writer *w)
{
    const int *order = rg_order_nodes(w->arena, w->graph);
    for (int i = 0; i < w->graph->node_count; i++)
        put_node(w, order[i]);
    put_frames(w);
    for (int i = 0; i < w->graph->link_count; i++) {
        if (w->options->layout == RG_LAYOUT_NEATO)
            put_edge_in_two(w, i);
        else
            put_edge(w, i);
    }
}

static int find_max_degree(const rg_graph *graph)
{
    int max = 0;
    for (int i = 0; i < graph->node_count; i++)
        if (graph->nodes[i].degree > max)
            max = graph->nodes[i].degree;
    return max;
}

static writer begin(rg_buf *out, const rg_graph *graph, const rg_dot_options *options)
{
    return (writer){.out = out,
                    .arena = out->arena,
                    .graph = graph,
                    .options = options,
                    .style = graph->style,
                    .theme = graph->theme,
                    .max_degree = find_max_degree(graph)};
}

void rg_dot_put(rg_buf *out, const rg_graph *graph, const rg_dot_options *options)
{
    writer w = begin(out, graph, options);
    rg_buf_text(out, "digraph relgraph {\n");
    put_graph_attributes(&w);
    put_defaults(&w);
    if (options->layout == RG_LAYOUT_DOT && !options->plain)
        put_variant(&w);
    else
        put_in_order(&w);
    rg_buf_text(out, "}\n");
}

static void put_legend_node(const writer *w, int index)
{
    const rg_kind *kind = &w->style->kinds[index];
    rg_paint paint = rg_style_paint(w->style, w->theme, index);
    bool is_pointed = kind->shape[0] == 'e' || kind->shape[0] == 'h';
    rg_buf_format(w->out,
                  "  k%d [class=\"legend\", shape=%s, style=\"%s\", margin=\"%s\", "
                  "fillcolor=\"%s\", color=\"%s\", label=<",
                  index + 1, kind->shape, kind->is_round ? "rounded,filled" : "filled",
                  is_pointed ? "0.03,0.01" : "0.07,0.03", paint.fill, paint.stroke);
    put_legend_word(w, kind->legend);
    rg_buf_text(w->out, ">];\n");
}

void rg_dot_put_legend(rg_buf *out, const rg_graph *graph)
{
    writer w = begin(out, graph, &(rg_dot_options){.plain = false});
    presence found = find_presence(graph);
    rg_buf_format(out,
                  "digraph " RG_DOT_LEGEND
                  " {\n  node [fontname=\"%s\", fontcolor=\"%s\", fontsize=",
                  w.style->font, w.theme->page[RG_PAGE_TEXT]);
    put_points(&w, RG_SIZE_LEGEND);
    rg_buf_text(out, ", height=0.24, width=0.3];\n");
    for (int i = 0; i < w.style->kind_count; i++)
        if (found.kinds[i])
            put_legend_node(&w, i);
    rg_buf_text(out, "}\n");
}
