#include "graph/loop.h"

#include <math.h>

static const double HALF_WIDTH = 8;  /* of a bow, where it leaves its node */
static const double CORNER = 5;      /* of a side, where no bow stands */
static const double BULGE = 4 / 3.0; /* a cubic reaches 3/4 of the way to its handles */

static const double heights[] = {15, 24, 36, 50};
static const double alongs[] = {0, -0.4, 0.4, -0.75, 0.75, -1, 1};

/* Sides: what is across on one is along on the other. */
static const struct side {
    bool is_level; /* above or below the node */
    double out;    /* which way is out */
    double wish;
} sides[] = {{true, 1, 0}, {true, -1, 3}, {false, 1, 5}, {false, -1, 6}};

enum {
    SIDES = sizeof sides / sizeof *sides,
    ALONGS = sizeof alongs / sizeof *alongs,
    HEIGHTS = sizeof heights / sizeof *heights,
};

bool rg_loop_slot(rg_slot *out, int number)
{
    if (number >= SIDES * ALONGS * HEIGHTS)
        return false;
    int side = number % SIDES, along = number / SIDES % ALONGS;
    int height = number / SIDES / ALONGS;
    *out = (rg_slot){.side = side,
                     .along = alongs[along],
                     .height = heights[height],
                     .wish = sides[side].wish + 8 * fabs(alongs[along])
                             + 0.8 * (heights[height] - heights[0])};
    return true;
}

/* A point so far along a side and so far out. */
static rg_point point_at(const struct side *side, double along, double out)
{
    return side->is_level ? (rg_point){along, out * side->out}
                          : (rg_point){out * side->out, along};
}

static double along_of(const struct side *side, rg_point p)
{
    return side->is_level ? p.x : p.y;
}

static double out_of(const struct side *side, rg_point p)
{
    return side->out * (side->is_level ? p.y : p.x);
}

/* How far out the border of a node is at a place along its side. */
static double find_border(const rg_outline *outline, const struct side *side,
                          double along)
{
    double most = -HUGE_VAL;
    for (int i = 0; i < outline->count; i++) {
        rg_point a = outline->points[i], b = outline->points[(i + 1) % outline->count];
        double from = along_of(side, a) - along, to = along_of(side, b) - along;
        if (from * to > 0)
            continue;
        double t = from == to ? 0 : from / (from - to);
        most = fmax(most, out_of(side, a) + t * (out_of(side, b) - out_of(side, a)));
    }
    return most;
}

/* The middle of a slot, so that both ends of the bow are on the side. */
static double find_middle(const rg_box *node, const struct side *side, double along)
{
    double least = side->is_level ? node->left : node->low;
    double most = side->is_level ? node->right : node->high;
    double reach = fmax((most - least) / 2 - HALF_WIDTH - CORNER, 0);
    return (least + most) / 2 + along * reach;
}

/* Ends its line where the arrow begins. */
static void cut_for_arrow(rg_curve *curve, rg_point tip)
{
    rg_point *k = curve->knots;
    double length = hypot(k[2].x - tip.x, k[2].y - tip.y);
    double share = length > 0 ? curve->arrow / length : 0;
    k[3] =
        (rg_point){tip.x + share * (k[2].x - tip.x), tip.y + share * (k[2].y - tip.y)};
}

void rg_loop_bend(rg_curve *curve, const rg_sheet *sheet, const rg_slot *slot)
{
    const struct side *side = &sides[slot->side];
    const rg_outline *outline = &sheet->outlines[curve->around - 1];
    double middle = find_middle(&sheet->nodes[curve->around - 1], side, slot->along);
    double from = middle - HALF_WIDTH, to = middle + HALF_WIDTH;
    double first = find_border(outline, side, from);
    double last = find_border(outline, side, to);
    double top = fmax(first, last) + BULGE * slot->height;
    rg_point tip = point_at(side, to, last);
    curve->knots[0] = point_at(side, from, first);
    curve->knots[1] = point_at(side, from - HALF_WIDTH / 2, top);
    curve->knots[2] = point_at(side, to + HALF_WIDTH / 2, top);
    cut_for_arrow(curve, tip);
    curve->is_bent = true;
    curve->count = 0;
    for (int i = 0; i < RG_LOOP_POINTS - 1; i++)
        curve->points[curve->count++] =
            rg_place_on_cubic(curve->knots, i / (double)(RG_LOOP_POINTS - 2));
    curve->points[curve->count++] = tip;
    rg_place_bound(curve);
}

rg_point rg_loop_label(const rg_curve *curve, const rg_slot *slot, double room)
{
    const struct side *side = &sides[slot->side];
    const rg_box *b = &curve->bounds;
    double half = (side->is_level ? curve->height : curve->width) / 2;
    double out = side->out
                 * (side->is_level ? (side->out > 0 ? b->high : b->low)
                                   : (side->out > 0 ? b->right : b->left));
    double along = side->is_level ? (b->left + b->right) / 2 : (b->low + b->high) / 2;
    return point_at(side, along, out + room + half);
}
