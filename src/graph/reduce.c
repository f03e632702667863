#include "graph/reduce.h"

#include <stdlib.h>

typedef struct rank {
    int weight, degrees, index;
} rank;

static int compare_ranks(const void *a, const void *b)
{
    const rank *left = a, *right = b;
    if (left->weight != right->weight)
        return left->weight > right->weight ? -1 : 1;
    if (left->degrees != right->degrees)
        return left->degrees > right->degrees ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

/* is_kept[i]: link i is one of the `most` first by rank. */
static bool *choose_links(rg_arena *arena, const rg_graph *graph, int most)
{
    rank *ranks = rg_new(arena, rank, graph->link_count);
    bool *is_kept = rg_new(arena, bool, graph->link_count);
    for (int i = 0; i < graph->link_count; i++) {
        const rg_link *link = &graph->links[i];
        int degrees = graph->nodes[link->from].degree + graph->nodes[link->to].degree;
        ranks[i] = (rank){link->weight, degrees, i};
    }
    qsort(ranks, (size_t)graph->link_count, sizeof *ranks, compare_ranks);
    for (int i = 0; i < most; i++)
        is_kept[ranks[i].index] = true;
    return is_kept;
}

/* Index of a node of the whole graph in the reduced one; new_index holds it plus 1. */
static int keep_node(rg_graph *made, int *new_index, const rg_graph *graph, int node)
{
    if (new_index[node] == 0) {
        made->nodes[made->node_count++] = graph->nodes[node];
        new_index[node] = made->node_count;
    }
    return new_index[node] - 1;
}

const rg_graph *rg_reduce(rg_arena *arena, const rg_graph *graph, int most)
{
    if (graph->link_count <= most)
        return graph;
    return rg_reduce_to(arena, graph, most);
}

const rg_graph *rg_reduce_to(rg_arena *arena, const rg_graph *graph, int most)
{
    const bool *is_kept = choose_links(arena, graph, most);
    int *new_index = rg_new(arena, int, graph->node_count);
    rg_graph *made = rg_new(arena, rg_graph, 1);
    *made = *graph;
    made->nodes = rg_new(arena, rg_node, graph->node_count);
    made->links = rg_new(arena, rg_link, most);
    made->node_count = made->link_count = 0;
    for (int i = 0; i < graph->link_count; i++) {
        if (!is_kept[i])
            continue;
        rg_link *link = &made->links[made->link_count++];
        *link = graph->links[i];
        link->from = keep_node(made, new_index, graph, link->from);
        link->to = keep_node(made, new_index, graph, link->to);
    }
    made->hidden = graph->hidden + graph->link_count - most;
    return made;
}
