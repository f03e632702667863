/* Labels on their lines, loops, and links on both sides of a hub. */
#include "with_arena.h"

#include "graph/loop.h"
#include "graph/place.h"
#include "graph/turn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A straight line of ten pieces, with a label of 40 by 10 points if it has one. */
static rg_curve make_line(rg_point from, rg_point to, bool has_label)
{
    enum { PIECES = 10 };
    rg_curve made = {.points = rg_new(arena, rg_point, PIECES + 1),
                     .count = PIECES + 1};
    for (int i = 0; i <= PIECES; i++)
        made.points[i] = (rg_point){from.x + (to.x - from.x) * i / PIECES,
                                    from.y + (to.y - from.y) * i / PIECES};
    made.width = has_label ? 40 : 0;
    made.height = has_label ? 10 : 0;
    made.label = (rg_point){(from.x + to.x) / 2, (from.y + to.y) / 2 + 12};
    rg_place_bound(&made);
    return made;
}

static void assert_free(rg_conflicts found)
{
    assert_int_equal(found.struck, 0);
    assert_int_equal(found.close, 0);
}

static void a_label_moves_onto_the_middle_of_its_line(void **state)
{
    (void)state;
    rg_curve line = make_line((rg_point){0, 0}, (rg_point){200, 0}, true);
    rg_sheet sheet = {.curves = &line, .curve_count = 1};
    assert_free(rg_place_labels(arena, &sheet));
    assert_int_equal((int)line.label.x, 100);
    assert_int_equal((int)line.label.y, 0);
}

static void a_label_makes_way_for_another_line(void **state)
{
    (void)state;
    rg_curve lines[] = {
        make_line((rg_point){0, 0}, (rg_point){200, 0}, true),
        make_line((rg_point){100, -50}, (rg_point){100, 50}, false),
    };
    rg_sheet sheet = {.curves = lines, .curve_count = 2};
    assert_int_equal(rg_place_crossings(&sheet), 0); /* they meet at a joint of both */
    assert_free(rg_place_labels(arena, &sheet));
    assert_true(lines[0].label.x + 20 < 100 || lines[0].label.x - 20 > 100);
}

static void two_labels_and_a_node_do_not_overlap(void **state)
{
    (void)state;
    rg_curve lines[] = {
        make_line((rg_point){0, 0}, (rg_point){200, 0}, true),
        make_line((rg_point){0, 9}, (rg_point){200, 9}, true),
    };
    rg_box node = {80, -30, 120, -4};
    rg_sheet sheet = {
        .nodes = &node, .node_count = 1, .curves = lines, .curve_count = 2};
    assert_free(rg_place_labels(arena, &sheet));
    assert_true(abs((int)(lines[0].label.x - lines[1].label.x)) >= 40
                || abs((int)(lines[0].label.y - lines[1].label.y)) >= 10);
}

static void crossings_are_counted_and_hidden_lines_are_not(void **state)
{
    (void)state;
    rg_curve lines[] = {
        make_line((rg_point){0, 0}, (rg_point){200, 0}, false),
        make_line((rg_point){93, -51}, (rg_point){93, 50}, false),
    };
    rg_sheet sheet = {.curves = lines, .curve_count = 2};
    assert_int_equal(rg_place_crossings(&sheet), 1);
    lines[1].hidden = true;
    assert_int_equal(rg_place_crossings(&sheet), 0);
}

/* A node of 80 by 40 points, as an ellipse or a box, with `count` loops laid into each
 * other on its right, as dot does it. */
static rg_sheet make_loops(int count, bool is_round)
{
    enum { CORNERS = 64 };
    rg_sheet sheet = {.nodes = rg_new(arena, rg_box, 1),
                      .outlines = rg_new(arena, rg_outline, 1),
                      .node_count = 1,
                      .curves = rg_new(arena, rg_curve, count),
                      .curve_count = count};
    sheet.nodes[0] = (rg_box){-40, -20, 40, 20};
    sheet.outlines[0].points = rg_new(arena, rg_point, CORNERS);
    for (int i = 0; i < CORNERS; i++) {
        double x = cos(i * 6.2832 / CORNERS), y = sin(i * 6.2832 / CORNERS);
        double out = is_round ? 1 : 1 / fmax(fabs(x), fabs(y));
        sheet.outlines[0].points[i] = (rg_point){40 * x * out, 20 * y * out};
    }
    sheet.outlines[0].count = CORNERS;
    for (int i = 0; i < count; i++) {
        rg_curve *loop = &sheet.curves[i];
        *loop = make_line((rg_point){40, 5}, (rg_point){60 + 40 * i, 0}, true);
        loop->points = rg_new(arena, rg_point, RG_LOOP_POINTS);
        loop->around = 1;
        loop->arrow = 6;
        memcpy(loop->points, (rg_point[]){{40, 5}, {60, 0}, {40, -5}}, 48);
        loop->count = 3;
    }
    return sheet;
}

static void loops_of_a_node_stand_apart(void **state)
{
    (void)state;
    rg_sheet sheet = make_loops(6, false);
    assert_free(rg_place_labels(arena, &sheet));
    assert_int_equal(rg_place_crossings(&sheet), 0);
}

static void a_loop_begins_and_ends_at_the_border(void **state)
{
    (void)state;
    rg_sheet sheet = make_loops(4, true);
    rg_place_labels(arena, &sheet);
    for (int i = 0; i < 4; i++) {
        const rg_curve *loop = &sheet.curves[i];
        assert_true(loop->is_bent);
        for (int j = 0; j < loop->count; j++) {
            rg_point p = loop->points[j];
            double out = hypot(p.x / 40, p.y / 20);
            bool is_end = j == 0 || j == loop->count - 1;
            assert_true(is_end ? fabs(out - 1) < 0.01 : out > 1);
        }
        rg_point tip = loop->points[loop->count - 1], base = loop->knots[3];
        assert_true(fabs(hypot(tip.x - base.x, tip.y - base.y) - 6) < 0.01);
    }
}

static void a_loop_leaves_a_side_where_other_lines_end(void **state)
{
    (void)state;
    rg_sheet sheet = make_loops(1, false);
    rg_curve lines[4] = {sheet.curves[0]};
    for (int i = 1; i < 4; i++)
        lines[i] = make_line((rg_point){15.0 * (i - 2), 20},
                             (rg_point){15.0 * (i - 2), 100}, false);
    sheet.curves = lines;
    sheet.curve_count = 4;
    assert_free(rg_place_labels(arena, &sheet));
    assert_true(lines[0].bounds.high < 20);
}

/* A hub that points at `out` nodes of its own. */
static const rg_graph *make_star(int out)
{
    rg_graph *graph = rg_new(arena, rg_graph, 1);
    *graph = (rg_graph){.nodes = rg_new(arena, rg_node, out + 1),
                        .node_count = out + 1,
                        .links = rg_new(arena, rg_link, out),
                        .link_count = out,
                        .arena = arena};
    for (int i = 0; i < out; i++)
        graph->links[i] = (rg_link){.from = 0, .to = i + 1};
    return graph;
}

static void half_of_a_hubs_ends_are_turned(void **state)
{
    (void)state;
    const rg_graph *graph = rg_turn(arena, make_star(20));
    int turned = 0;
    for (int i = 0; i < graph->link_count; i++) {
        turned += graph->links[i].turned;
        assert_int_equal(graph->links[i].turned, graph->links[i].to == 0);
    }
    assert_int_equal(turned, 10);
    assert_false(graph->links[0].turned);
}

static void a_small_star_stays_as_it_is(void **state)
{
    (void)state;
    const rg_graph *graph = make_star(7);
    assert_ptr_equal(rg_turn(arena, graph), graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_moves_onto_the_middle_of_its_line),
        cmocka_unit_test(a_label_makes_way_for_another_line),
        cmocka_unit_test(two_labels_and_a_node_do_not_overlap),
        cmocka_unit_test(crossings_are_counted_and_hidden_lines_are_not),
        cmocka_unit_test(loops_of_a_node_stand_apart),
        cmocka_unit_test(a_loop_begins_and_ends_at_the_border),
        cmocka_unit_test(a_loop_leaves_a_side_where_other_lines_end),
        cmocka_unit_test(half_of_a_hubs_ends_are_turned),
        cmocka_unit_test(a_small_star_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
