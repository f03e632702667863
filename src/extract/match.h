/* match.h - walks paths over a sentence's graph; private to extract/.
 *
 * A walk tries every way to take the steps and calls `visit` at each end, with the
 * bindings made on the way in `bound` and the edges taken in `trail`. Alternatives are
 * taken in the order written, edges in the order in which they were made (the parser's in
 * order of the text). Each step costs fuel; a walk without fuel ends.
 */
#ifndef RG_EXTRACT_MATCH_H
#define RG_EXTRACT_MATCH_H

#include "extract/sentence.h"

enum { MAX_TRAIL = 64 };

typedef struct matcher {
    sentence *s;
    int bound[RG_MAX_SLOTS]; /* node of each slot, RG_NONE: unbound */
    int trail[MAX_TRAIL];    /* edges taken, oldest first; more are not kept */
    int trail_count;
    int depth;                                  /* of calls */
    bool (*visit)(struct matcher *m, int node); /* true: stop the walk */
    void *user;
} matcher;

/* How a path came to its end: the sub-label of the last edge (RG_NONE: none), and the
 * nodes that lead to it, ascending: what the edge's line and the path gave a name. */
typedef struct arrival {
    int via;
    int leads[MAX_LEADS];
    int lead_count;
} arrival;

/* The way of a walk that ends at a node and began with `before` bound. */
arrival match_way(const matcher *m, const int *before, int at);
/* A matcher with nothing bound. */
void matcher_begin(matcher *m, sentence *s);
/* One with the same bindings, and no trail, which takes long to copy. */
void match_begin_like(matcher *out, const matcher *m);
/* False if the node has no edge that the first of the steps could take: cheap to ask. */
static inline bool match_may_begin(const sentence *s, const rg_steps *steps, int node)
{
    const graph_node *n = &s->nodes[node];
    return steps->begin == 0
           || (steps->begin & (steps->begin_up ? n->in_mask : n->out_mask));
}
/* The first node from `from` on from which the steps may begin, or RG_NONE. */
int match_next_start(const sentence *s, const rg_steps *steps, int from);
/* True if some visit stopped the walk. */
bool match_steps(matcher *m, const rg_steps *steps, int start);
/* Is there any way at all? Bindings made on it are local. */
bool match_exists(const matcher *m, const rg_path *path);
bool match_any_exists(const matcher *m, const rg_paths *paths);
bool match_holds(matcher *m, const rg_step *test, int node);
/* What the token has for an attribute; a repair may have changed it. `feature`: of
 * RG_ATTR_MORPH the symbol of the feature's name. */
rg_str match_attr(const sentence *s, rg_attr attr, int feature, int node);

/* The ends of the paths from bound slots, each once, ascending; in the scratch arena. */
rg_tokens match_ends(const matcher *m, const rg_paths *paths);

#endif
