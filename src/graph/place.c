#include "graph/place.h"

#include <math.h>
#include <stdlib.h>

/* What a place costs, in points of distance from the best one. */
static const double COST_CONFLICT = 400; /* each line, node or label in its box */
static const double COST_AREA = 0.5;     /* each square point of a node or label */
static const double COST_BESIDE = 40;    /* next to the line instead of on it */
static const double COST_MIDDLE = 60;    /* from the middle of the line to its end */
static const double COST_AWAY = 0.06;    /* each point away from where dot kept room */

static const double ROOM = 2.5; /* points around a label that stay free */
static const double BESIDE = 2; /* points between a line and a label next to it */
static const double ARROW = 9;  /* points at a line's end that stay to be seen */

/* --- boxes and lines ---------------------------------------------------------------- */

void rg_place_bound(rg_curve *curve)
{
    rg_box *b = &curve->bounds;
    *b = (rg_box){0, 0, 0, 0};
    for (int i = 0; i < curve->count; i++) {
        rg_point p = curve->points[i];
        b->left = i == 0 || p.x < b->left ? p.x : b->left;
        b->right = i == 0 || p.x > b->right ? p.x : b->right;
        b->low = i == 0 || p.y < b->low ? p.y : b->low;
        b->high = i == 0 || p.y > b->high ? p.y : b->high;
    }
}

static double overlap_of(const rg_box *a, const rg_box *b)
{
    double width = fmin(a->right, b->right) - fmax(a->left, b->left);
    double height = fmin(a->high, b->high) - fmax(a->low, b->low);
    return width > 0 && height > 0 ? width * height : 0;
}

static bool may_meet(const rg_box *a, const rg_box *b)
{
    return a->left <= b->right && b->left <= a->right && a->low <= b->high
           && b->low <= a->high;
}

static bool contains(const rg_box *box, rg_point p)
{
    return p.x > box->left && p.x < box->right && p.y > box->low && p.y < box->high;
}

/* Cuts [*from, *to] of a piece's length down to what lies between two parallel lines. */
static bool clip(double start, double step, double least, double most, double *from,
                 double *to)
{
    if (step == 0)
        return start > least && start < most;
    double a = (least - start) / step, b = (most - start) / step;
    *from = fmax(*from, fmin(a, b));
    *to = fmin(*to, fmax(a, b));
    return *from < *to;
}

static bool passes(const rg_box *box, rg_point a, rg_point b)
{
    double from = 0, to = 1;
    return clip(a.x, b.x - a.x, box->left, box->right, &from, &to)
           && clip(a.y, b.y - a.y, box->low, box->high, &from, &to);
}

static bool is_struck(const rg_box *box, const rg_curve *curve)
{
    if (curve->hidden || !may_meet(box, &curve->bounds))
        return false;
    for (int i = 0; i + 1 < curve->count; i++)
        if (passes(box, curve->points[i], curve->points[i + 1]))
            return true;
    return false;
}

static rg_box box_around(rg_point middle, const rg_curve *curve)
{
    double x = curve->width / 2 + ROOM, y = curve->height / 2 + ROOM;
    return (rg_box){middle.x - x, middle.y - y, middle.x + x, middle.y + y};
}

/* --- what a place costs ------------------------------------------------------------- */

static double distance(rg_point a, rg_point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

/* Would the label hide an end of its line? */
static bool hides_end(const rg_box *box, const rg_curve *curve)
{
    const rg_point first = curve->points[0], last = curve->points[curve->count - 1];
    for (int i = 0; i < curve->count; i++) {
        rg_point p = curve->points[i];
        if (contains(box, p)
            && (distance(p, first) < ARROW || distance(p, last) < ARROW))
            return true;
    }
    return false;
}

static int conflicts_at(const rg_sheet *sheet, int index, const rg_box *box,
                        bool beside, double *area)
{
    const rg_curve *own = &sheet->curves[index];
    int count = beside ? is_struck(box, own) : hides_end(box, own);
    for (int i = 0; i < sheet->node_count; i++) {
        double shared = overlap_of(box, &sheet->nodes[i]);
        count += shared > 0;
        *area += shared;
    }
    for (int i = 0; i < sheet->curve_count; i++) {
        const rg_curve *other = &sheet->curves[i];
        if (i == index)
            continue;
        count += is_struck(box, other);
        if (other->width <= 0)
            continue;
        rg_box theirs = box_around(other->label, other);
        double shared = overlap_of(box, &theirs);
        count += shared > 0;
        *area += shared;
    }
    return count;
}

typedef struct place {
    rg_point middle;
    double cost;
    int conflicts;
} place;

/* `wish`: cost of the place as such, without what is in its way. */
static void try_place(place *best, const rg_sheet *sheet, int index, rg_point middle,
                      bool beside, double wish)
{
    if (best->conflicts >= 0 && wish >= best->cost)
        return;
    double area = 0;
    rg_box box = box_around(middle, &sheet->curves[index]);
    int conflicts = conflicts_at(sheet, index, &box, beside, &area);
    double cost = wish + COST_CONFLICT * conflicts + COST_AREA * area;
    if (best->conflicts < 0 || cost < best->cost)
        *best = (place){middle, cost, conflicts};
}

static double length_of(const rg_curve *curve, int to)
{
    double length = 0;
    for (int i = 0; i < to; i++)
        length += distance(curve->points[i], curve->points[i + 1]);
    return length;
}

/* On the line, above it, below it, and to its sides, at each of its points. */
static place find_place(const rg_sheet *sheet, int index, rg_point reserved)
{
    const rg_curve *own = &sheet->curves[index];
    double up = own->height / 2 + ROOM + BESIDE, out = own->width / 2 + ROOM + BESIDE;
    const rg_point shifts[] = {{0, 0}, {0, up}, {0, -up}, {out, 0}, {-out, 0}};
    place best = {reserved, 0, -1};
    double length = length_of(own, own->count - 1);
    for (int i = 1; i + 1 < own->count; i++) {
        double along = fabs(2 * length_of(own, i) / length - 1);
        for (int j = 0; j < 5; j++) {
            rg_point middle = {own->points[i].x + shifts[j].x,
                               own->points[i].y + shifts[j].y};
            double wish = COST_MIDDLE * along * along
                          + COST_AWAY * distance(middle, reserved)
                          + (j > 0 ? COST_BESIDE : 0);
            try_place(&best, sheet, index, middle, j > 0, wish);
        }
    }
    return best;
}

/* --- all labels --------------------------------------------------------------------- */

typedef struct turn {
    int index;
    double width;
} turn;

static int compare_turns(const void *a, const void *b)
{
    const turn *left = a, *right = b;
    if (left->width > right->width || left->width < right->width)
        return left->width > right->width ? -1 : 1;
    return left->index - right->index;
}

int rg_place_labels(rg_arena *arena, rg_sheet *sheet)
{
    enum { ROUNDS = 3 };
    turn *turns = rg_new(arena, turn, sheet->curve_count + 1);
    rg_point *reserved = rg_new(arena, rg_point, sheet->curve_count + 1);
    int count = 0, conflicts = 0;
    for (int i = 0; i < sheet->curve_count; i++) {
        reserved[i] = sheet->curves[i].label;
        if (sheet->curves[i].width > 0 && sheet->curves[i].count > 2)
            turns[count++] = (turn){i, sheet->curves[i].width};
    }
    if (count > 0)
        qsort(turns, (size_t)count, sizeof *turns, compare_turns);
    for (int round = 0; round < ROUNDS; round++) {
        conflicts = 0;
        for (int i = 0; i < count; i++) {
            place found = find_place(sheet, turns[i].index, reserved[turns[i].index]);
            sheet->curves[turns[i].index].label = found.middle;
            conflicts += found.conflicts;
        }
    }
    return conflicts;
}

/* --- crossings ---------------------------------------------------------------------- */

static double side(rg_point a, rg_point b, rg_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool do_cross(rg_point a, rg_point b, rg_point c, rg_point d)
{
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

static int count_crossings(const rg_curve *one, const rg_curve *other)
{
    int count = 0;
    for (int i = 0; i + 1 < one->count; i++) {
        rg_box piece = {fmin(one->points[i].x, one->points[i + 1].x),
                        fmin(one->points[i].y, one->points[i + 1].y),
                        fmax(one->points[i].x, one->points[i + 1].x),
                        fmax(one->points[i].y, one->points[i + 1].y)};
        if (!may_meet(&piece, &other->bounds))
            continue;
        for (int j = 0; j + 1 < other->count; j++)
            count += do_cross(one->points[i], one->points[i + 1], other->points[j],
                              other->points[j + 1]);
    }
    return count;
}

int rg_place_crossings(const rg_sheet *sheet)
{
    int count = 0;
    for (int i = 0; i < sheet->curve_count; i++)
        for (int j = i + 1; j < sheet->curve_count; j++) {
            const rg_curve *one = &sheet->curves[i], *other = &sheet->curves[j];
            if (!one->hidden && !other->hidden
                && may_meet(&one->bounds, &other->bounds))
                count += count_crossings(one, other);
        }
    return count;
}
