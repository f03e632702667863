#include "graph/place.h"

#include "graph/loop.h"

#include <math.h>
#include <stdlib.h>

/* What a place costs, in points of distance from the best one. */
static const double COST_STRUCK = 4000; /* each line, node or label over the label */
static const double COST_CLOSE = 400;   /* each one that only comes close */
static const double COST_AREA = 0.5;    /* each square point of a node or label */
static const double COST_BESIDE = 40;   /* next to the line instead of on it */
static const double COST_MIDDLE = 60;   /* from the middle of the line to its end */
static const double COST_AWAY = 0.06;   /* each point away from where dot kept room */
static const double COST_BOW = 150;     /* each line or label in the way of a loop */

static const double ROOM = 2.5;   /* points around a label that stay free */
static const double TIGHT = 0.5;  /* the same, without which it is struck */
static const double BESIDE = 2;   /* points between a line and a label next to it */
static const double ARROW = 9;    /* points at a line's end that stay to be seen */
static const double BOW_ROOM = 2; /* points around a loop that stay free */

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

rg_point rg_place_on_cubic(const rg_point *p, double t)
{
    double u = 1 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t,
           d = t * t * t;
    return (rg_point){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                      a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
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

/* Most pieces are far away: this is asked some million times. */
static bool is_apart(const rg_box *box, rg_point a, rg_point b)
{
    return (a.x <= box->left && b.x <= box->left)
           || (a.x >= box->right && b.x >= box->right)
           || (a.y <= box->low && b.y <= box->low)
           || (a.y >= box->high && b.y >= box->high);
}

static double side_of(rg_point a, rg_point b, double x, double y)
{
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

/* A piece that is not apart passes through unless all corners are on one side of it. */
static bool passes(const rg_box *box, rg_point a, rg_point b)
{
    if (is_apart(box, a, b))
        return false;
    double p = side_of(a, b, box->left, box->low);
    double q = side_of(a, b, box->right, box->low);
    double r = side_of(a, b, box->left, box->high);
    double s = side_of(a, b, box->right, box->high);
    return !(p >= 0 && q >= 0 && r >= 0 && s >= 0)
           && !(p <= 0 && q <= 0 && r <= 0 && s <= 0);
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

static rg_box box_around(rg_point middle, const rg_curve *curve, double room)
{
    double x = curve->width / 2 + room, y = curve->height / 2 + room;
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

/* Of one place: what is in its way, as it counts for the search and for the picture. */
typedef struct trouble {
    double cost;
    rg_conflicts conflicts;
} trouble;

static void add_conflict(trouble *sum, bool struck, double area)
{
    sum->cost += (struck ? COST_STRUCK : COST_CLOSE) + COST_AREA * area;
    sum->conflicts.struck += struck;
    sum->conflicts.close += !struck;
}

/* Boxes of a label: with its room around it, and without. */
typedef struct boxes {
    rg_box wide, tight;
} boxes;

static void add_box(trouble *sum, const boxes *own, const rg_box *other)
{
    double area = overlap_of(&own->wide, other);
    if (area > 0)
        add_conflict(sum, overlap_of(&own->tight, other) > 0, area);
}

static void add_curve(trouble *sum, const boxes *own, const rg_curve *other)
{
    if (is_struck(&own->wide, other))
        add_conflict(sum, is_struck(&own->tight, other), 0);
}

/* Two labels keep the room of one of them. */
static void add_label(trouble *sum, const boxes *own, const rg_curve *other)
{
    rg_box theirs = box_around(other->label, other, TIGHT);
    add_box(sum, own, &theirs);
}

/* Stops as soon as it costs `most`. */
static trouble trouble_at(const rg_sheet *sheet, int index, rg_point middle,
                          bool beside, double most)
{
    const rg_curve *own = &sheet->curves[index];
    const boxes box = {box_around(middle, own, ROOM), box_around(middle, own, TIGHT)};
    trouble sum = {0};
    if (beside)
        add_curve(&sum, &box, own);
    else if (hides_end(&box.wide, own))
        add_conflict(&sum, false, 0);
    for (int i = 0; i < sheet->node_count && sum.cost < most; i++)
        add_box(&sum, &box, &sheet->nodes[i]);
    for (int i = 0; i < sheet->curve_count && sum.cost < most; i++) {
        const rg_curve *other = &sheet->curves[i];
        if (i == index)
            continue;
        add_curve(&sum, &box, other);
        if (other->width > 0)
            add_label(&sum, &box, other);
    }
    return sum;
}

typedef struct place {
    rg_point middle;
    double cost; /* below 0: none is found yet */
    bool beside;
} place;

/* `wish`: cost of the place as such, without what is in its way. */
static bool try_place(place *best, const rg_sheet *sheet, int index, rg_point middle,
                      bool beside, double wish)
{
    double most = best->cost < 0 ? HUGE_VAL : best->cost - wish;
    if (most <= 0)
        return false;
    double cost = trouble_at(sheet, index, middle, beside, most).cost;
    if (cost >= most)
        return false;
    *best = (place){middle, wish + cost, beside};
    return true;
}

static double length_of(const rg_curve *curve, int to)
{
    double length = 0;
    for (int i = 0; i < to; i++)
        length += distance(curve->points[i], curve->points[i + 1]);
    return length;
}

/* On the line, above it, below it, to its sides and between these, at each of its
 * points. */
static place find_on_line(const rg_sheet *sheet, int index, rg_point reserved)
{
    const rg_curve *own = &sheet->curves[index];
    double up = own->height / 2 + ROOM + BESIDE, out = own->width / 2 + ROOM + BESIDE;
    const rg_point shifts[] = {{0, 0},    {0, up},    {0, -up},   {out, 0},   {-out, 0},
                               {out, up}, {-out, up}, {out, -up}, {-out, -up}};
    place best = {reserved, -1, true};
    double length = length_of(own, own->count - 1), so_far = 0;
    for (int i = 1; i + 1 < own->count; i++) {
        so_far += distance(own->points[i - 1], own->points[i]);
        double along = fabs(2 * so_far / length - 1);
        for (size_t j = 0; j < sizeof shifts / sizeof *shifts; j++) {
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

/* What is in the way of a loop, for which its box is taken. */
static double cost_of_bow(const rg_sheet *sheet, int index)
{
    const rg_curve *own = &sheet->curves[index];
    const rg_box *b = &own->bounds;
    rg_box box = {b->left - BOW_ROOM, b->low - BOW_ROOM, b->right + BOW_ROOM,
                  b->high + BOW_ROOM};
    int count = 0;
    for (int i = 0; i < sheet->node_count; i++)
        count += i != own->around - 1 && overlap_of(&box, &sheet->nodes[i]) > 0;
    for (int i = 0; i < sheet->curve_count; i++) {
        const rg_curve *other = &sheet->curves[i];
        if (i == index)
            continue;
        rg_box theirs = box_around(other->label, other, TIGHT);
        count += is_struck(&box, other);
        count += other->width > 0 && overlap_of(&box, &theirs) > 0;
    }
    return COST_BOW * count;
}

/* Bends the loop through each slot, and leaves it in the best one. */
static place find_slot(const rg_sheet *sheet, int index)
{
    rg_curve *own = &sheet->curves[index];
    place best = {own->label, -1, true};
    rg_slot slot, chosen = {0};
    for (int i = 0; rg_loop_slot(&slot, i); i++) {
        rg_loop_bend(own, sheet, &slot);
        double wish = slot.wish + cost_of_bow(sheet, index);
        rg_point middle = rg_loop_label(own, &slot, ROOM + BESIDE);
        if (try_place(&best, sheet, index, middle, true, wish))
            chosen = slot;
    }
    rg_loop_bend(own, sheet, &chosen);
    return best;
}

/* --- all labels --------------------------------------------------------------------- */

typedef struct turn {
    int index;
    double width;
    rg_point reserved; /* where dot kept room */
    bool beside;       /* the line, as it was placed last */
} turn;

static int compare_turns(const void *a, const void *b)
{
    const turn *left = a, *right = b;
    if (left->width > right->width || left->width < right->width)
        return left->width > right->width ? -1 : 1;
    return left->index - right->index;
}

static turn *list_turns(rg_arena *arena, const rg_sheet *sheet, int *count)
{
    turn *turns = rg_new(arena, turn, sheet->curve_count + 1);
    for (int i = 0; i < sheet->curve_count; i++) {
        const rg_curve *curve = &sheet->curves[i];
        if (curve->width > 0 && curve->count > 2)
            turns[(*count)++] = (turn){i, curve->width, curve->label, false};
    }
    if (*count > 0)
        qsort(turns, (size_t)*count, sizeof *turns, compare_turns);
    return turns;
}

/* False if the label stays where it is. */
static bool move_label(const rg_sheet *sheet, turn *one)
{
    rg_curve *curve = &sheet->curves[one->index];
    rg_point before = curve->label;
    place found = curve->around > 0 ? find_slot(sheet, one->index)
                                    : find_on_line(sheet, one->index, one->reserved);
    curve->label = found.middle;
    one->beside = found.beside;
    return distance(before, found.middle) > 0;
}

rg_conflicts rg_place_labels(rg_arena *arena, rg_sheet *sheet)
{
    enum { ROUNDS = 6 };
    int count = 0;
    turn *turns = list_turns(arena, sheet, &count);
    bool moved = true;
    for (int round = 0; round < ROUNDS && moved; round++) {
        moved = false;
        for (int i = 0; i < count; i++)
            moved = move_label(sheet, &turns[i]) || moved;
    }
    rg_conflicts left = {0, 0};
    for (int i = 0; i < count; i++) {
        rg_point middle = sheet->curves[turns[i].index].label;
        trouble t =
            trouble_at(sheet, turns[i].index, middle, turns[i].beside, HUGE_VAL);
        left.struck += t.conflicts.struck;
        left.close += t.conflicts.close;
    }
    return left;
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
