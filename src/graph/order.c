#include "graph/order.h"

/* Heads of node i's links, in their order: heads[first[i]] up to heads[first[i + 1]]. */
typedef struct heads {
    int *first, *heads;
} heads;

static heads list_heads(rg_arena *arena, const rg_graph *graph)
{
    heads h = {rg_new(arena, int, graph->node_count + 2),
               rg_new(arena, int, graph->link_count + 1)};
    for (int i = 0; i < graph->link_count; i++)
        h.first[graph->links[i].from + 2]++;
    for (int i = 2; i < graph->node_count + 2; i++)
        h.first[i] += h.first[i - 1];
    for (int i = 0; i < graph->link_count; i++) /* moves first[tail + 1] to its end */
        h.heads[h.first[graph->links[i].from + 1]++] = graph->links[i].to;
    return h;
}

const int *rg_order_nodes(rg_arena *arena, const rg_graph *graph)
{
    heads h = list_heads(arena, graph);
    int *order = rg_new(arena, int, graph->node_count + 1), count = 0;
    bool *is_placed = rg_new(arena, bool, graph->node_count + 1);
    for (int start = 0, next = 0; start < graph->node_count; start++) {
        if (!is_placed[start])
            order[count++] = start;
        is_placed[start] = true;
        for (; next < count; next++)
            for (int i = h.first[order[next]]; i < h.first[order[next] + 1]; i++) {
                if (!is_placed[h.heads[i]])
                    order[count++] = h.heads[i];
                is_placed[h.heads[i]] = true;
            }
    }
    return order;
}
