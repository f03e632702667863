/* compare.h - what an example wants against what a sentence gives; private to check/. */
#ifndef RG_CHECK_COMPARE_H
#define RG_CHECK_COMPARE_H

#include "base/edge.h"
#include "rules/rules.h"

/* What an example is compared with. */
typedef struct scope {
    rg_str owner; /* id of the rule or repair, for messages */
    rg_str rule;  /* only triples of this rule; empty: of all */
    bool partial; /* triples that are not wanted are no failure */
} scope;

/* "A | r | B | polarity=negated ; ..." or "none", for messages. */
rg_str compare_describe(rg_arena *arena, const rg_edges *edges, const scope *what);
rg_str compare_describe_wanted(rg_arena *arena, const rg_wanted *wanted);
/* The first wanted triple that is missing, as its index, or -1. */
int compare_find_missing(const rg_example *example, const rg_edges *edges,
                         const scope *what);
/* A triple that the example does not want, or NULL. */
const rg_edge *compare_find_surplus(const rg_example *example, const rg_edges *edges,
                                    const scope *what);
/* What the rules give, as the example would say it: of a partial scope only what is like
 * something that the example names. Empty if there is nothing of that. */
rg_str compare_rewrite(rg_arena *arena, const rg_example *example,
                       const rg_edges *edges, const scope *what);

#endif
