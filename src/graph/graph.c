#include "graph/graph.h"

#include "base/map.h"
#include "graph/style.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The graph while it grows: maps give ids, which index the arrays beside them. */
typedef struct builder {
    rg_arena *arena;
    rg_graph *graph;
    rg_map *nodes, *links, *lines, *documents;
    int node_capacity, link_capacity;
    int *line_of; /* id in `lines` -> index of the line in its link */
    int line_of_capacity;
} builder;

/* The id of a key of several parts, which may hold any byte. */
static int put_key(rg_arena *arena, rg_map *map, int number, const rg_str *parts,
                   int count)
{
    rg_arena_mark mark = rg_arena_mark_now(arena);
    rg_buf key = rg_buf_in(arena);
    rg_buf_format(&key, "%d", number);
    for (int i = 0; i < count; i++) {
        rg_buf_format(&key, " %d ", parts[i].len);
        rg_buf_put(&key, parts[i]);
    }
    rg_str found = rg_buf_str(&key);
    int id = rg_map_find(map, found);
    if (id < 0)
        return rg_map_put(map, found); /* takes memory: the key cannot be given back */
    rg_arena_reset(arena, mark);
    return id;
}

static int put_node(builder *b, rg_str label, rg_str type)
{
    rg_graph *graph = b->graph;
    const rg_str key[] = {label, type};
    int id = put_key(b->arena, b->nodes, 0, key, 2);
    if (id == graph->node_count) {
        graph->nodes = rg_arena_grow(b->arena, graph->nodes, graph->node_count,
                                     &b->node_capacity, sizeof *graph->nodes);
        graph->nodes[graph->node_count++] = (rg_node){.label = label, .type = type};
    }
    graph->nodes[id].degree++;
    return id;
}

static int put_link(builder *b, int from, int to, rg_manner manner)
{
    rg_graph *graph = b->graph;
    const int ends[] = {from, to};
    const rg_str key[] = {{(const char *)ends, sizeof ends}};
    int id = put_key(b->arena, b->links, (int)manner, key, 1);
    if (id == graph->link_count) {
        graph->links = rg_arena_grow(b->arena, graph->links, graph->link_count,
                                     &b->link_capacity, sizeof *graph->links);
        graph->links[graph->link_count++] =
            (rg_link){.from = from, .to = to, .manner = manner};
    }
    return id;
}

/* Arrays of a link are small: a power of two is the sign that one is full. */
static bool is_full(int count)
{
    return (count & (count - 1)) == 0;
}

static void add_evidence(builder *b, rg_line *line, const rg_edge *edge)
{
    if (is_full(line->evidence_count)) {
        int room = line->evidence_count ? line->evidence_count * 2 : 1;
        const rg_edge **larger = rg_new(b->arena, const rg_edge *, room);
        for (int i = 0; i < line->evidence_count; i++)
            larger[i] = line->evidence[i];
        line->evidence = larger;
    }
    line->evidence[line->evidence_count++] = edge;
}

static rg_line *add_line(builder *b, rg_link *link, const rg_edge *edge)
{
    if (is_full(link->line_count)) {
        int room = link->line_count ? link->line_count * 2 : 1;
        rg_line *larger = rg_new(b->arena, rg_line, room);
        for (int i = 0; i < link->line_count; i++)
            larger[i] = link->lines[i];
        link->lines = larger;
    }
    b->graph->relation_count++;
    rg_line *line = &link->lines[link->line_count++];
    *line = (rg_line){
        .relation = edge->relation,
        .class = rg_style_find_class(b->graph->style, edge->style, edge->relation)};
    return line;
}

static void put_line(builder *b, int link_id, const rg_edge *edge)
{
    rg_link *link = &b->graph->links[link_id];
    int known = rg_map_count(b->lines);
    int id = put_key(b->arena, b->lines, link_id, &edge->relation, 1);
    if (id == known) {
        b->line_of = rg_arena_grow(b->arena, b->line_of, known, &b->line_of_capacity,
                                   sizeof *b->line_of);
        b->line_of[id] = link->line_count;
        add_line(b, link, edge);
    }
    add_evidence(b, &link->lines[b->line_of[id]], edge);
    link->weight++;
}

/* A triple without an object has nothing to point at: it is no edge of the picture. */
static void put_edge(builder *b, const rg_edge *edge)
{
    if (edge->object.len == 0)
        return;
    int from = put_node(b, edge->subject, edge->subject_type);
    int to = put_node(b, edge->object, edge->object_type);
    rg_manner manner =
        rg_style_find_manner(b->graph->style, edge->polarity, edge->modality);
    put_line(b, put_link(b, from, to, manner), edge);
    if (edge->doc.len > 0)
        rg_map_put(b->documents, edge->doc);
}

/* Is `a` the better title? Of equal degrees that which has a type: a name. */
static bool is_better(const rg_node *a, const rg_node *b)
{
    if (a->degree != b->degree)
        return a->degree > b->degree;
    return a->type.len > 0 && b->type.len == 0;
}

static rg_str find_title(const rg_graph *graph)
{
    int best = -1;
    for (int i = 0; i < graph->node_count; i++)
        if (best < 0 || is_better(&graph->nodes[i], &graph->nodes[best]))
            best = i;
    return best < 0 ? (rg_str){"", 0} : graph->nodes[best].label;
}

bool rg_graph_find_theme(const rg_theme **out, const rg_style *style, const char *name,
                         rg_error *err)
{
    const char *names[RG_STYLE_THEMES];
    char list[RG_STYLE_THEMES * 32] = "";
    bool is_usual = !name || strcmp(name, "auto") == 0;
    *out = rg_style_find_theme(style, is_usual ? RG_STR("light") : rg_str_of(name));
    if (*out)
        return true;
    for (int i = 0; i < style->theme_count; i++) {
        names[i] = style->themes[i].name;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", names[i]);
    }
    rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "there is no theme '%s'", name);
    const char *near = rg_nearest(name, names, style->theme_count);
    if (near)
        rg_fail_hint(err, "did you mean '%s'?", near);
    return rg_fail_hint(err, "themes are %s, auto", list);
}

int rg_link_class(const rg_link *link)
{
    int first = -1;
    for (int i = 0; i < link->line_count; i++) {
        int class = link->lines[i].class;
        if (class >= 0 && (first < 0 || class < first))
            first = class;
    }
    return first;
}

bool rg_graph_build(const rg_graph **out, rg_arena *arena, const rg_edges *edges,
                    const rg_graph_options *options, rg_error *err)
{
    assert(out && arena && edges && options && options->style);
    const rg_theme *theme;
    if (!rg_graph_find_theme(&theme, options->style, options->theme, err))
        return false;
    rg_graph *graph = rg_new(arena, rg_graph, 1);
    *graph = (rg_graph){.edges = *edges,
                        .style = options->style,
                        .theme = theme,
                        .cluster = options->cluster,
                        .arena = arena};
    builder b = {.arena = arena,
                 .graph = graph,
                 .nodes = rg_map_new(arena),
                 .links = rg_map_new(arena),
                 .lines = rg_map_new(arena),
                 .documents = rg_map_new(arena)};
    for (int i = 0; i < edges->count; i++)
        put_edge(&b, &edges->items[i]);
    graph->adapts = options->theme && strcmp(options->theme, "auto") == 0;
    graph->entity_count = graph->node_count;
    graph->document_count = rg_map_count(b.documents);
    graph->title = options->title.len > 0 ? options->title : find_title(graph);
    *out = graph;
    return true;
}
