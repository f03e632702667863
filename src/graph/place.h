/* place.h - labels of edges: each set down on its own line, where nothing else runs.
 *
 * Dot keeps room for labels beside their edges, and then leads lines through that room.
 * So its places are only where the search begins: a label may stand anywhere along its own
 * line, which pauses for it, or next to it. Longest labels choose first; a second round
 * lets the early ones see the late ones.
 *
 * Plain geometry in points, y upwards: the layout child reads sheets from cgraph.
 */
#ifndef RG_GRAPH_PLACE_H
#define RG_GRAPH_PLACE_H

#include "base/arena.h"

#include <stdbool.h>

typedef struct rg_point {
    double x, y;
} rg_point;

typedef struct rg_box {
    double left, low, right, high;
} rg_box;

/* The line of an edge, as a chain of short pieces, and its label. */
typedef struct rg_curve {
    rg_point *points;
    int count;
    rg_box bounds;
    bool hidden;  /* it only helps layout */
    int around;   /* of a loop: its node, counted from 1; else 0 */
    double arrow; /* of a loop: the length of its arrow */
    bool is_bent; /* a loop that has its line by us: by these four points */
    rg_point knots[4];
    double width, height; /* of its label; 0: none */
    rg_point label;       /* the middle of its label */
} rg_curve;

/* The border of a node, as a polygon. */
typedef struct rg_outline {
    rg_point *points;
    int count;
} rg_outline;

typedef struct rg_sheet {
    rg_box *nodes;        /* and what else no label may lie over */
    rg_outline *outlines; /* of the nodes; for loops only */
    int node_count;
    rg_curve *curves;
    int curve_count;
} rg_sheet;

/* How many lines, nodes and labels lie over a label, or only close to one. */
typedef struct rg_conflicts {
    int struck, close;
} rg_conflicts;

/* Fills in the bounds of a curve whose points are set. */
void rg_place_bound(rg_curve *curve);
/* The point at t, from 0 to 1, of a Bezier curve of four points. */
rg_point rg_place_on_cubic(const rg_point *p, double t);
/* Moves all labels, and loops with theirs. What still is in their way. */
rg_conflicts rg_place_labels(rg_arena *arena, rg_sheet *sheet);
/* How often lines cross. */
int rg_place_crossings(const rg_sheet *sheet);

#endif
