/* surface.h - finds where `text:` patterns fit a sentence; private to extract/.
 *
 * A backtracking machine over tokens with a stack of its own. Among the ways to fit at
 * the leftmost place the longest is taken, and the search goes on behind it. What cannot
 * fit at a place is remembered, so that a search is linear in the sentence (unless what
 * fits depends on what is bound); each step costs fuel.
 */
#ifndef RG_EXTRACT_SURFACE_H
#define RG_EXTRACT_SURFACE_H

#include "extract/spans.h"

/* What a name was bound to; a slot such as <thing+> has several. Nodes [first, end). */
typedef struct surface_filler {
    int slot, head, first, end;
    bool phrase;                         /* else one or more literal tokens */
    const struct surface_filler *before; /* the one bound before it, NULL: none */
} surface_filler;

typedef struct surface_match {
    int first, end; /* nodes */
    const surface_filler *last;
} surface_match;

typedef struct surface_matches {
    surface_match *items; /* without overlap, in order */
    int count, capacity;
} surface_matches;

/* The try that came furthest without fitting: behind `taken` words and phrases `wanted`
 * did not fit at the node `at`. `wanted` NULL: no try took anything. */
typedef struct surface_miss {
    int first, at, taken;
    const rg_move *wanted;
} surface_miss;

/* Where the pattern fits, as long as there is fuel; in `arena`. miss may be NULL. */
surface_matches surface_find(sentence *s, rg_arena *arena, const rg_surface *pattern,
                             surface_miss *miss);

/* The tokens (of the parse) of a match that stand in no phrase, without marks at both
 * ends; in `arena`. */
rg_tokens surface_literals(const sentence *s, rg_arena *arena,
                           const surface_match *match);
/* The node that the anchor's name is bound to, else the literal that stands highest in the
 * tree, else, if there is none, the highest node of the match. */
int surface_anchor(const sentence *s, rg_arena *arena, const surface_match *match);

#endif
