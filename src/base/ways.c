#include "base/ways.h"

typedef struct search {
    int *costs, *by;
    int most; /* the cost of what is not reached */
} search;

static bool relax(search *s, int link, int from, int to, int cost)
{
    if (s->costs[from] == s->most || cost >= s->most - s->costs[from]
        || s->costs[from] + cost >= s->costs[to])
        return false;
    s->costs[to] = s->costs[from] + cost;
    s->by[to] = link;
    return true;
}

int *rg_ways_find(rg_arena *arena, const rg_link *links, int link_count, int node_count,
                  int start, int most)
{
    search s = {rg_new(arena, int, node_count), rg_new(arena, int, node_count), most};
    for (int i = 0; i < node_count; i++) {
        s.costs[i] = i == start ? 0 : most;
        s.by[i] = -1;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < link_count; i++) {
            const rg_link *at = &links[i];
            changed |= relax(&s, i, at->from, at->to, at->cost);
            changed |= relax(&s, i, at->to, at->from, at->cost);
        }
    }
    return s.by;
}
