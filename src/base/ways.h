/* ways.h - the shortest ways from one node of a small graph to the others.
 *
 * Bellman and Ford's: links go both ways; of ways of one cost the first found stays, so
 * that the order of the links decides.
 */
#ifndef RG_BASE_WAYS_H
#define RG_BASE_WAYS_H

#include "base/arena.h"

typedef struct rg_link {
    int from, to; /* nodes, from 0 */
    int cost;     /* above 0 */
} rg_link;

/* For each of the nodes the index of the last link on the way to it; -1 for the start and
 * for what costs `most` or more. In the arena. */
int *rg_ways_find(rg_arena *arena, const rg_link *links, int link_count, int node_count,
                  int start, int most);

#endif
