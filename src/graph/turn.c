#include "graph/turn.h"

enum {
    MOST_APART = 7
}; /* links that one side of a node may have more than the other */

/* Links of each node. */
typedef struct degrees {
    int out, in;
} degrees;

static degrees *count_links(rg_arena *arena, const rg_graph *graph)
{
    degrees *counts = rg_new(arena, degrees, graph->node_count + 1);
    for (int i = 0; i < graph->link_count; i++) {
        counts[graph->links[i].from].out++;
        counts[graph->links[i].to].in++;
    }
    return counts;
}

/* How many links of a node must change sides. */
static int count_surplus(degrees d)
{
    int apart = d.out - d.in;
    return apart > MOST_APART ? apart / 2 : apart < -MOST_APART ? apart / 2 : 0;
}

static bool is_leaf(degrees d)
{
    return d.out + d.in == 1;
}

/* surplus: positive for links to be led in, negative for links to be led out. */
static bool wants_turn(const degrees *counts, const int *surplus, const rg_link *link)
{
    return (surplus[link->from] > 0 && is_leaf(counts[link->to]))
           || (surplus[link->to] < 0 && is_leaf(counts[link->from]));
}

static void turn_link(rg_link *link, int *surplus)
{
    if (surplus[link->from] > 0)
        surplus[link->from]--;
    else
        surplus[link->to]++;
    int from = link->from;
    link->from = link->to;
    link->to = from;
    link->turned = true;
}

const rg_graph *rg_turn(rg_arena *arena, const rg_graph *graph)
{
    const degrees *counts = count_links(arena, graph);
    int *surplus = rg_new(arena, int, graph->node_count + 1);
    bool any = false;
    for (int i = 0; i < graph->node_count; i++) {
        surplus[i] = count_surplus(counts[i]);
        any = any || surplus[i] != 0;
    }
    if (!any)
        return graph;
    rg_graph *made = rg_new(arena, rg_graph, 1);
    *made = *graph;
    made->links = rg_new(arena, rg_link, graph->link_count);
    for (int i = graph->link_count - 1; i >= 0; i--) { /* the last said turn first */
        made->links[i] = graph->links[i];
        if (wants_turn(counts, surplus, &made->links[i]))
            turn_link(&made->links[i], surplus);
    }
    return made;
}
