/* kernels_test.c - each kind of kernel against sums in double precision. */
#include "base/arena.h"
#include "model/convolve.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_ROWS = 11, INPUTS = RG_WINDOW };

static rg_arena *arena;
static uint32_t seed;

static float random_float(void)
{
    seed = seed * 1664525u + 1013904223u;
    return (float)(seed >> 8) / (1 << 23) - 1.0f;
}

static float *random_floats(int count)
{
    float *floats = rg_new(arena, float, count);
    for (int i = 0; i < count; i++)
        floats[i] = random_float();
    return floats;
}

static int open_arena(void **state)
{
    (void)state;
    arena = rg_arena_new();
    seed = 1;
    return arena ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    rg_arena_free(arena);
    return 0;
}

static void assert_near(float found, double expected)
{
    if (!(fabs((double)found - expected) < 2e-4))
        fail_msg("%g is not near %g", (double)found, expected);
}

/* Packed output `column` of the row, in double precision. */
static double dot(const float *row, const rg_layer *layer, int column)
{
    const float *weights = layer->weights + column / RG_PANEL * layer->inputs * RG_PANEL
                           + column % RG_PANEL;
    double sum = (double)layer->bias[column];
    for (int k = 0; k < layer->inputs; k++)
        sum += (double)row[k] * (double)weights[k * RG_PANEL];
    return sum;
}

static rg_layer random_layer(int inputs, int outputs)
{
    return (rg_layer){
        .weights = random_floats(inputs * outputs),
        .bias = random_floats(outputs),
        .scale = random_floats(RG_WIDTH),
        .shift = random_floats(RG_WIDTH),
        .inputs = inputs,
        .outputs = outputs,
        .panel_size = inputs * RG_PANEL,
    };
}

/* All kernels that this machine can run. */
static int find_kernels(const rg_kernels *found[2])
{
    static const char *const names[] = {"portable", "avx2"};
    int count = 0;
    for (int i = 0; i < 2; i++)
        if (rg_kernels_find(names[i]))
            found[count++] = rg_kernels_find(names[i]);
    return count;
}

/* Overlapping tiles: each begins 96 numbers behind the one before. */
static void list_tiles(const float *out[MOST_ROWS], const float *rows)
{
    for (int i = 0; i < MOST_ROWS; i++)
        out[i] = rows + i * RG_WIDTH;
}

static float *random_tiles(const float *out[MOST_ROWS])
{
    float *rows = random_floats((MOST_ROWS + RG_TILE_ROWS) * RG_WIDTH);
    list_tiles(out, rows);
    return rows;
}

/* The greatest piece of unit `unit` of the layer for this row. */
static double greatest_piece(const float *row, const rg_layer *layer, int unit)
{
    double best = -INFINITY;
    for (int p = 0; p < RG_PIECES; p++)
        best = fmax(best, dot(row, layer, unit / 8 * RG_PANEL + p * 8 + unit % 8));
    return best;
}

static void check_convolution(const rg_kernels *kernels, int count)
{
    rg_layer layer = random_layer(INPUTS, RG_MAXOUT);
    rg_convolution convolution;
    rg_tiles room;
    rg_convolution_init(&convolution, arena, &layer);
    rg_tiles_init(&room, arena, count);
    const float *tiles[MOST_ROWS];
    random_tiles(tiles);
    float *out = random_floats((MOST_ROWS * RG_TILE + 1) * RG_WIDTH);
    float behind = out[count * RG_TILE * RG_WIDTH];
    rg_convolve(out, tiles, count, &convolution, kernels, &room);
    for (int i = 0; i < count * RG_TILE; i++)
        for (int o = 0; o < RG_WIDTH; o++)
            assert_near(
                out[i * RG_WIDTH + o],
                greatest_piece(tiles[i / RG_TILE] + i % RG_TILE * RG_WIDTH, &layer, o));
    assert_true(out[count * RG_TILE * RG_WIDTH] == behind);
}

static void a_convolution_takes_the_greatest_piece_of_each_window(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    for (int k = find_kernels(kernels) - 1; k >= 0; k--)
        for (int count = 1; count < MOST_ROWS; count++)
            check_convolution(kernels[k], count);
}

static void check_linear(const rg_kernels *kernels, int count)
{
    rg_layer layer = random_layer(RG_WIDTH, 3 * RG_PANEL);
    float *rows = random_floats(MOST_ROWS * RG_WIDTH);
    float *out = random_floats(MOST_ROWS * layer.outputs);
    kernels->linear(out, rows, RG_WIDTH, count, &layer);
    for (int i = 0; i < count; i++)
        for (int o = 0; o < layer.outputs; o++)
            assert_near(out[i * layer.outputs + o],
                        dot(rows + i * RG_WIDTH, &layer, o));
}

static void linear_multiplies_and_adds_the_bias(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    for (int k = find_kernels(kernels) - 1; k >= 0; k--)
        for (int count = 1; count < MOST_ROWS; count++)
            check_linear(kernels[k], count);
}

static void a_tile_is_the_same_however_many_tiles_a_call_has(void **state)
{
    (void)state;
    enum { TILE_SIZE = RG_TILE * RG_WIDTH };
    const rg_kernels *kernels[2];
    rg_layer layer = random_layer(INPUTS, RG_MAXOUT);
    rg_convolution convolution;
    rg_tiles room;
    rg_convolution_init(&convolution, arena, &layer);
    rg_tiles_init(&room, arena, MOST_ROWS);
    float *all = random_floats(MOST_ROWS * TILE_SIZE), *one = random_floats(TILE_SIZE);
    const float *tiles[MOST_ROWS];
    random_tiles(tiles);
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        rg_convolve(all, tiles, MOST_ROWS, &convolution, kernels[k], &room);
        for (int i = 0; i < MOST_ROWS; i++) {
            rg_convolve(one, tiles + i, 1, &convolution, kernels[k], &room);
            assert_memory_equal(one, all + i * TILE_SIZE, sizeof(float) * TILE_SIZE);
        }
    }
}

static void a_window_adds_the_parts_of_three_rows(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    rg_layer layer = random_layer(INPUTS, RG_MAXOUT);
    const float *products[3];
    for (int i = 0; i < 3; i++)
        products[i] = random_floats(3 * RG_MAXOUT);
    float *out = random_floats(RG_WIDTH);
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        kernels[k]->window(out, products, 1, &layer);
        for (int o = 0; o < RG_WIDTH; o++) {
            double best = -INFINITY;
            for (int p = 0; p < RG_PIECES; p++) {
                int at = o / 8 * RG_PANEL + p * 8 + o % 8;
                best = fmax(best, (double)products[0][at]
                                      + (double)products[1][RG_MAXOUT + at]
                                      + (double)products[2][2 * RG_MAXOUT + at]
                                      + (double)layer.bias[at]);
            }
            assert_near(out[o], best);
        }
    }
}

static void a_sum_of_parts_is_a_maxout_of_the_whole(void **state)
{
    (void)state;
    enum { PARTS = RG_WINDOW / RG_WIDTH };
    const rg_kernels *kernels[2];
    rg_layer layer = random_layer(INPUTS, RG_MAXOUT), part = layer;
    float *row = random_floats(INPUTS), summed[RG_WIDTH];
    const float *products[PARTS];
    part.inputs = RG_WIDTH; /* panel_size stays: a slice of each panel */
    part.bias = rg_new(arena, float, RG_MAXOUT);
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        for (int p = 0; p < PARTS; p++) {
            float *product = random_floats(RG_MAXOUT);
            part.weights = layer.weights + p * RG_WIDTH * RG_PANEL;
            kernels[k]->linear(product, row + p * RG_WIDTH, RG_WIDTH, 1, &part);
            products[p] = product;
        }
        kernels[k]->greatest(summed, products, PARTS, &layer);
        for (int o = 0; o < RG_WIDTH; o++)
            assert_near(summed[o], greatest_piece(row, &layer, o));
    }
}

static void four_rows_are_added(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    const float *rows[4];
    float out[RG_WIDTH];
    for (int r = 0; r < 4; r++)
        rows[r] = random_floats(RG_WIDTH);
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        kernels[k]->add(out, rows);
        for (int o = 0; o < RG_WIDTH; o++)
            assert_near(out[o], (double)rows[0][o] + (double)rows[1][o]
                                    + (double)rows[2][o] + (double)rows[3][o]);
    }
}

static void check_normal(const rg_kernels *kernels, bool add)
{
    rg_layer layer = random_layer(1, RG_PANEL);
    float *row = random_floats(RG_WIDTH), *out = random_floats(RG_WIDTH);
    float before[RG_WIDTH];
    memcpy(before, out, sizeof before);
    double mean = 0, variance = 0;
    for (int k = 0; k < RG_WIDTH; k++)
        mean += (double)row[k] / RG_WIDTH;
    for (int k = 0; k < RG_WIDTH; k++)
        variance += ((double)row[k] - mean) * ((double)row[k] - mean) / RG_WIDTH;
    kernels->normalise(out, row, 1, add, &layer);
    for (int k = 0; k < RG_WIDTH; k++) {
        double normal = ((double)row[k] - mean) / sqrt(variance + 1e-8);
        normal = normal * (double)layer.scale[k] + (double)layer.shift[k];
        assert_near(out[k], add ? (double)before[k] + normal : normal);
    }
}

static void a_norm_has_mean_zero_and_is_added_where_asked(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        check_normal(kernels[k], false);
        check_normal(kernels[k], true);
    }
}

static void a_row_of_equal_numbers_has_a_norm(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    rg_layer layer = random_layer(1, RG_PANEL);
    float row[RG_WIDTH] = {0}, out[RG_WIDTH];
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        kernels[k]->normalise(out, row, 1, false, &layer);
        for (int i = 0; i < RG_WIDTH; i++)
            assert_near(out[i], (double)layer.shift[i]);
    }
}

static void hidden_takes_the_greater_piece_of_the_sum(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    const float *rows[3], *bias = random_floats(RG_LOWER);
    for (int f = 0; f < 3; f++)
        rows[f] = random_floats(RG_LOWER);
    float out[RG_HIDDEN];
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        kernels[k]->hidden(out, rows, 3, bias);
        for (int o = 0; o < RG_HIDDEN; o++) {
            double pieces[2];
            for (int p = 0; p < 2; p++) {
                int at = p * RG_HIDDEN + o;
                pieces[p] = (double)rows[0][at] + (double)rows[1][at]
                            + (double)rows[2][at] + (double)bias[at];
            }
            assert_near(out[o], fmax(pieces[0], pieces[1]));
        }
    }
}

static void scores_are_right_for_every_width(void **state)
{
    (void)state;
    static const int widths[] = {16, 80, 112, 128};
    const rg_kernels *kernels[2];
    float out[128], *inputs = random_floats(RG_HIDDEN);
    for (int k = find_kernels(kernels) - 1; k >= 0; k--)
        for (int w = 0; w < 4; w++) {
            float *weights = random_floats(RG_HIDDEN * widths[w]);
            float *bias = random_floats(widths[w]);
            kernels[k]->scores(out, inputs, weights, bias, widths[w]);
            for (int c = 0; c < widths[w]; c++) {
                double sum = (double)bias[c];
                for (int i = 0; i < RG_HIDDEN; i++)
                    sum += (double)inputs[i] * (double)weights[i * widths[w] + c];
                assert_near(out[c], sum);
            }
        }
}

static void the_first_of_equal_scores_wins_and_is_close(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    float mask[24] = {0}, scores[24] = {0};
    scores[5] = scores[13] = scores[14] = 2;
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        rg_best best = kernels[k]->best(scores, mask, 24);
        assert_int_equal(best.index, 5);
        assert_true(best.is_close);
    }
}

static void masked_scores_never_win_nor_count_as_close(void **state)
{
    (void)state;
    const rg_kernels *kernels[2];
    float mask[24], scores[24];
    for (int c = 0; c < 24; c++) {
        mask[c] = c == 9 || c == 20 ? 0 : -INFINITY;
        scores[c] = c == 20 ? -3.0f : c == 9 ? -3.1f : 100.0f;
    }
    for (int k = find_kernels(kernels) - 1; k >= 0; k--) {
        rg_best best = kernels[k]->best(scores, mask, 24);
        assert_int_equal(best.index, 20);
        assert_false(best.is_close);
    }
    scores[9] = -3.00005f;
    for (int k = find_kernels(kernels) - 1; k >= 0; k--)
        assert_true(kernels[k]->best(scores, mask, 24).is_close);
}

static void kernels_are_found_by_name(void **state)
{
    (void)state;
    assert_ptr_equal(rg_kernels_find("portable"), &rg_kernels_portable);
    assert_null(rg_kernels_find("abacus"));
    assert_non_null(rg_kernels_find(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_convolution_takes_the_greatest_piece_of_each_window),
        cmocka_unit_test(linear_multiplies_and_adds_the_bias),
        cmocka_unit_test(a_tile_is_the_same_however_many_tiles_a_call_has),
        cmocka_unit_test(a_window_adds_the_parts_of_three_rows),
        cmocka_unit_test(a_sum_of_parts_is_a_maxout_of_the_whole),
        cmocka_unit_test(four_rows_are_added),
        cmocka_unit_test(a_norm_has_mean_zero_and_is_added_where_asked),
        cmocka_unit_test(a_row_of_equal_numbers_has_a_norm),
        cmocka_unit_test(hidden_takes_the_greater_piece_of_the_sum),
        cmocka_unit_test(scores_are_right_for_every_width),
        cmocka_unit_test(the_first_of_equal_scores_wins_and_is_close),
        cmocka_unit_test(masked_scores_never_win_nor_count_as_close),
        cmocka_unit_test(kernels_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
