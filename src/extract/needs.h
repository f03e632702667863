/* needs.h - what a path cannot do without, and what it looks at at all; private to
 * extract/.
 *
 * Both are masks of label bits (rg_label_bit), worked out once for a rule set. So a line
 * whose first label is nowhere in the sentence is not walked from every token, and a line
 * of a recursive stratum runs again only when an edge has come that it looks at.
 */
#ifndef RG_EXTRACT_NEEDS_H
#define RG_EXTRACT_NEEDS_H

#include "rules/rules.h"

enum { MOST_NEEDS = 4 };

typedef struct path_needs {
    uint64_t must[MOST_NEEDS]; /* of each mask some label must be there */
    int must_count;
    uint64_t reads;
    bool types; /* it asks what mentions there are */
} path_needs;

path_needs needs_of(const rg_path *path);
/* What a repair must have, which is that of its first path, and what all of them read. */
path_needs needs_of_repair(const rg_repair *repair);
/* What the line reads, its conditions included. */
path_needs needs_of_line(const rg_derive *line);
/* False if the path leads nowhere in a sentence with these labels only. */
bool needs_are_met(const path_needs *needs, uint64_t labels);

#endif
