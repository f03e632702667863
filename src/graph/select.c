/* select.c - the part of a graph that is asked for: around an entity, of a type, the top. */

#include "base/map.h"
#include "graph/reduce.h"

#include <limits.h>

static bool is_among(rg_name_list names, rg_str text)
{
    for (int i = 0; i < names.count; i++)
        if (rg_str_is(text, names.items[i]))
            return true;
    return names.count == 0;
}

/* ---- Names that are asked for: each must be there ------------------------------------ */

static bool check_names(rg_name_list names, const rg_map *known, const char *what,
                        rg_error *err)
{
    for (int i = 0; i < names.count; i++) {
        rg_str name = rg_str_of(names.items[i]);
        if (rg_map_find(known, name) >= 0)
            continue;
        rg_fail(err, RG_ERROR_INPUT, RG_NOWHERE, "there is no %s '%s'", what,
                names.items[i]);
        rg_str near = rg_map_nearest(known, name);
        return near.len > 0 ? rg_fail_hint(err, "did you mean '%.*s'?", RG_PRINT(near))
                            : rg_fail_hint(err, "-f tsv without it prints all triples");
    }
    return true;
}

static bool check_all(const rg_graph *graph, const rg_selection *which, rg_error *err)
{
    rg_map *labels = rg_map_new(graph->arena), *types = rg_map_new(graph->arena);
    rg_map *relations = rg_map_new(graph->arena), *docs = rg_map_new(graph->arena);
    for (int i = 0; i < graph->node_count; i++) {
        rg_map_put(labels, graph->nodes[i].label);
        rg_map_put(types, graph->nodes[i].type);
    }
    for (int i = 0; i < graph->edges.count; i++) {
        rg_map_put(relations, graph->edges.items[i].relation);
        rg_map_put(docs, graph->edges.items[i].doc);
    }
    return check_names(which->focuses, labels, "entity", err)
           && check_names(which->types, types, "type", err)
           && check_names(which->relations, relations, "relation", err)
           && check_names(which->docs, docs, "document", err);
}

/* ---- Links: what is left of their lines ------------------------------------------------ */

/* The line with its evidence of the documents asked for. */
static rg_line cut_line(const rg_graph *graph, const rg_line *line,
                        const rg_selection *which)
{
    rg_line made = *line;
    made.evidence = rg_new(graph->arena, const rg_edge *, line->evidence_count);
    made.evidence_count = 0;
    for (int i = 0; i < line->evidence_count; i++)
        if (is_among(which->docs, line->evidence[i]->doc))
            made.evidence[made.evidence_count++] = line->evidence[i];
    return made;
}

static rg_link cut_link(const rg_graph *graph, const rg_link *link,
                        const rg_selection *which)
{
    rg_link made = *link;
    made.lines = rg_new(graph->arena, rg_line, link->line_count);
    made.line_count = made.weight = 0;
    if (!is_among(which->types, graph->nodes[link->from].type)
        && !is_among(which->types, graph->nodes[link->to].type))
        return made;
    for (int i = 0; i < link->line_count; i++) {
        rg_line line = cut_line(graph, &link->lines[i], which);
        int least = which->min_evidence > 1 ? which->min_evidence : 1;
        if (line.evidence_count < least || !is_among(which->relations, line.relation))
            continue;
        made.lines[made.line_count++] = line;
        made.weight += line.evidence_count;
    }
    return made;
}

/* The graph with those links that have lines left, nodes as they are. */
static rg_graph *cut_links(const rg_graph *graph, const rg_selection *which)
{
    rg_graph *made = rg_new(graph->arena, rg_graph, 1);
    *made = *graph;
    made->links = rg_new(graph->arena, rg_link, graph->link_count);
    made->link_count = 0;
    for (int i = 0; i < graph->link_count; i++) {
        rg_link link = cut_link(graph, &graph->links[i], which);
        if (link.line_count > 0)
            made->links[made->link_count++] = link;
    }
    return made;
}

/* ---- Around an entity ------------------------------------------------------------------- */

/* Steps from the nearest node in focus, whichever way the links point. */
static int *find_distances(const rg_graph *graph, const rg_selection *which, int hops)
{
    int *distances = rg_new(graph->arena, int, graph->node_count);
    for (int i = 0; i < graph->node_count; i++)
        distances[i] = is_among(which->focuses, graph->nodes[i].label) ? 0 : INT_MAX;
    for (int step = 0; step < hops; step++) {
        bool grows = false;
        for (int i = 0; i < graph->link_count; i++) {
            int *from = &distances[graph->links[i].from];
            int *to = &distances[graph->links[i].to];
            int *next = *from == step ? to : *to == step ? from : NULL;
            if (!next || *next <= step)
                continue;
            *next = step + 1;
            grows = true;
        }
        if (!grows)
            break;
    }
    return distances;
}

static void keep_near(rg_graph *graph, const rg_selection *which)
{
    int hops = which->hops > 0 ? which->hops : 1, count = 0;
    const int *distances = find_distances(graph, which, hops);
    for (int i = 0; i < graph->link_count; i++) {
        rg_link link = graph->links[i];
        if (distances[link.from] <= hops && distances[link.to] <= hops)
            graph->links[count++] = link;
    }
    graph->link_count = count;
}

/* ---- All of it ----------------------------------------------------------------------------- */

static bool asks_for_nothing(const rg_selection *which)
{
    return which->focuses.count + which->types.count + which->relations.count
                   + which->docs.count
               == 0
           && which->top <= 0 && which->min_evidence <= 1;
}

bool rg_graph_select(const rg_graph **out, const rg_graph *graph,
                     const rg_selection *which, rg_error *err)
{
    *out = graph;
    if (asks_for_nothing(which))
        return true;
    if (!check_all(graph, which, err))
        return false;
    rg_graph *made = cut_links(graph, which);
    if (which->focuses.count > 0)
        keep_near(made, which);
    if (made->link_count == 0) {
        rg_fail(err, RG_ERROR_INPUT, RG_NOWHERE, "nothing is left to draw");
        return rg_fail_hint(err, "ask for less at once");
    }
    made->hidden = graph->hidden + graph->link_count - made->link_count;
    made->whole = graph;
    int most =
        which->top > 0 && which->top < made->link_count ? which->top : made->link_count;
    *out = rg_reduce_to(graph->arena, made, most);
    return true;
}
