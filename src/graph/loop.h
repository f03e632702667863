/* loop.h - an edge from a node to itself: a small bow on a side of it that is free.
 *
 * Dot lays the loops of a node into each other, so that one strikes the label of another.
 * Here each of them has many slots to stand in: four sides, some places along each, and
 * some heights. place.c chooses among them as among the places of any label.
 */
#ifndef RG_GRAPH_LOOP_H
#define RG_GRAPH_LOOP_H

#include "graph/place.h"

/* Points of a bow's line: the room that a loop's curve must have. */
enum { RG_LOOP_POINTS = 14 };

typedef struct rg_slot {
    double wish; /* what it costs as such, in points: the lowest is the nicest */
    int side;
    double along;  /* -1 to 1: from one end of the side to the other */
    double height; /* of the bow */
} rg_slot;

/* The slots of any node, by number; false: there are no more. */
bool rg_loop_slot(rg_slot *out, int number);
/* Leads the curve of a loop through a slot. */
void rg_loop_bend(rg_curve *curve, const rg_sheet *sheet, const rg_slot *slot);
/* Where the label stands if it keeps `room` from the bow: beyond it. */
rg_point rg_loop_label(const rg_curve *curve, const rg_slot *slot, double room);

#endif
