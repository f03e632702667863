#include "graph/rows.h"

/* Components of more nodes stand alone; below so many small ones a stack reads well. */
enum { LARGEST_SMALL = 3, FEWEST_TO_TIE = 4, MOST_IN_ROW = 4, SMALLEST_WIDE = 8 };

typedef struct component {
    int nodes;
    int first,
        last; /* a node without a link into it, and one without a link out of it */
} component;

static int find_root(int *parent, int node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* parent[i] becomes the lowest node of i's component. */
static int *join_nodes(rg_arena *arena, const rg_graph *graph)
{
    int *parent = rg_new(arena, int, graph->node_count);
    for (int i = 0; i < graph->node_count; i++)
        parent[i] = i;
    for (int i = 0; i < graph->link_count; i++) {
        int a = find_root(parent, graph->links[i].from);
        int b = find_root(parent, graph->links[i].to);
        parent[a > b ? a : b] = a > b ? b : a;
    }
    for (int i = 0; i < graph->node_count; i++)
        parent[i] = find_root(parent, i);
    return parent;
}

/* Components, each at the index of its lowest node; nodes is 0 elsewhere. In a cycle of
 * links the first and the last node are those of the first link. */
static component *list_components(rg_arena *arena, const rg_graph *graph)
{
    int *root = join_nodes(arena, graph);
    component *components = rg_new(arena, component, graph->node_count);
    bool *has_in = rg_new(arena, bool, graph->node_count);
    bool *has_out = rg_new(arena, bool, graph->node_count);
    for (int i = graph->link_count - 1; i >= 0; i--) {
        const rg_link *link = &graph->links[i];
        has_in[link->to] = has_out[link->from] = true;
        components[root[link->from]].first = link->from;
        components[root[link->from]].last = link->to;
    }
    for (int i = graph->node_count - 1; i >= 0; i--) {
        component *c = &components[root[i]];
        c->nodes++;
        if (!has_in[i])
            c->first = i;
        if (!has_out[i])
            c->last = i;
    }
    return components;
}

/* As many in a row as make the picture of `count` pairs wider than high: a pair takes some
 * 300 by 45 points. Beside a large component there is room for two. */
static int choose_row(int count, bool has_large)
{
    int in_row = has_large ? 2 : 1;
    while (in_row < MOST_IN_ROW && 4 * (in_row + 1) * (in_row + 1) <= count + 4)
        in_row++;
    return in_row;
}

rg_ties rg_rows_tie(rg_arena *arena, const rg_graph *graph)
{
    const component *components = list_components(arena, graph);
    int small = 0;
    bool has_large = false;
    for (int i = 0; i < graph->node_count; i++) {
        small += components[i].nodes > 0 && components[i].nodes <= LARGEST_SMALL;
        has_large = has_large || components[i].nodes >= SMALLEST_WIDE;
    }

    rg_ties ties = {rg_new(arena, rg_tie, graph->node_count + 1), 0};
    int in_row = choose_row(small, has_large), place = 0, last = -1;
    if (small < FEWEST_TO_TIE)
        return ties;
    for (int i = 0; i < graph->node_count; i++) {
        const component *c = &components[i];
        if (c->nodes == 0 || c->nodes > LARGEST_SMALL)
            continue;
        if (place++ % in_row > 0)
            ties.items[ties.count++] = (rg_tie){last, c->first};
        last = c->last;
    }
    return ties;
}
