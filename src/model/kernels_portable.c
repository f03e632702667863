/* kernels_portable.c - plain C; the loops over a panel are what compilers vectorise. */
#include "model/kernels.h"

#include <math.h>
#include <string.h>

enum { EIGHT = 8 };

static bool is_supported(void)
{
    return true;
}

/* Sums of one row with a panel, begun with the bias. They are kept in a local array whose
 * length the compiler knows: it then takes several at a time. */
static void multiply(float *restrict out, const float *restrict row,
                     const float *restrict panel, const float *restrict bias,
                     int inputs)
{
    float sums[RG_PANEL];
    for (int j = 0; j < RG_PANEL; j++)
        sums[j] = bias[j];
    for (int k = 0; k < inputs; k++) {
        float number = row[k];
        for (int j = 0; j < RG_PANEL; j++)
            sums[j] += number * panel[j];
        panel += RG_PANEL;
    }
    for (int j = 0; j < RG_PANEL; j++)
        out[j] = sums[j];
}

static float greater(float a, float b)
{
    return a > b ? a : b;
}

static void put_greatest(float *out, const float sums[RG_PANEL])
{
    for (int j = 0; j < EIGHT; j++)
        out[j] = greater(greater(sums[j], sums[j + EIGHT]), sums[j + 2 * EIGHT]);
}

static void maxout(float *out, const float *const *rows, int count,
                   const rg_layer *layer)
{
    for (int panel = 0; panel < RG_MAXOUT / RG_PANEL; panel++) {
        const float *weights = layer->weights + panel * layer->panel_size;
        for (int i = 0; i < count; i++) {
            float sums[RG_PANEL];
            multiply(sums, rows[i], weights, layer->bias + panel * RG_PANEL,
                     layer->inputs);
            put_greatest(out + (size_t)i * RG_WIDTH + panel * EIGHT, sums);
        }
    }
}

static void greatest(float *out, const float *const *products, int count,
                     const rg_layer *layer)
{
    for (int at = 0; at < RG_MAXOUT; at += RG_PANEL) {
        float sums[RG_PANEL];
        memcpy(sums, layer->bias + at, sizeof sums);
        for (int i = 0; i < count; i++)
            for (int j = 0; j < RG_PANEL; j++)
                sums[j] += products[i][at + j];
        put_greatest(out + at / RG_PIECES, sums);
    }
}

static void linear(float *out, const float *rows, int step, int count,
                   const rg_layer *layer)
{
    for (int panel = 0; panel < layer->outputs / RG_PANEL; panel++) {
        const float *weights = layer->weights + panel * layer->panel_size;
        for (int i = 0; i < count; i++) {
            float sums[RG_PANEL];
            multiply(sums, rows + (size_t)i * (size_t)step, weights,
                     layer->bias + panel * RG_PANEL, layer->inputs);
            memcpy(out + (size_t)i * (size_t)layer->outputs + panel * RG_PANEL, sums,
                   sizeof sums);
        }
    }
}

static void window(float *out, const float *const *products, int count,
                   const rg_layer *layer)
{
    for (int i = 0; i < count; i++) {
        const float *left = products[i];
        const float *middle = products[i + 1] + RG_MAXOUT;
        const float *right = products[i + 2] + 2 * RG_MAXOUT;
        for (int at = 0; at < RG_MAXOUT; at += RG_PANEL) {
            float sums[RG_PANEL];
            for (int j = 0; j < RG_PANEL; j++)
                sums[j] =
                    left[at + j] + middle[at + j] + right[at + j] + layer->bias[at + j];
            put_greatest(out + (size_t)i * RG_WIDTH + at / RG_PIECES, sums);
        }
    }
}

/* mean and 1 / standard deviation, with the epsilon that the model was trained with. */
static void measure(const float *row, float *mean, float *scale)
{
    float sum = 0, squares = 0;
    for (int k = 0; k < RG_WIDTH; k++)
        sum += row[k];
    *mean = sum / RG_WIDTH;
    for (int k = 0; k < RG_WIDTH; k++)
        squares += (row[k] - *mean) * (row[k] - *mean);
    *scale = 1 / sqrtf(squares / RG_WIDTH + 1e-8f);
}

static void normalise(float *out, const float *rows, int count, bool add,
                      const rg_layer *layer)
{
    for (int i = 0; i < count; i++) {
        const float *row = rows + (size_t)i * RG_WIDTH;
        float *to = out + (size_t)i * RG_WIDTH, mean, scale;
        measure(row, &mean, &scale);
        for (int k = 0; k < RG_WIDTH; k++) {
            float normal = (row[k] - mean) * scale * layer->scale[k] + layer->shift[k];
            to[k] = add ? to[k] + normal : normal;
        }
    }
}

static void add(float *out, const float *const rows[4])
{
    for (int k = 0; k < RG_WIDTH; k++)
        out[k] = rows[0][k] + rows[1][k] + rows[2][k] + rows[3][k];
}

static void hidden(float *out, const float *const *rows, int row_count,
                   const float *bias)
{
    float sums[RG_LOWER] = {0};
    for (int f = 0; f < row_count; f++)
        for (int k = 0; k < RG_LOWER; k++)
            sums[k] += rows[f][k];
    for (int k = 0; k < RG_HIDDEN; k++)
        out[k] = greater(sums[k] + bias[k], sums[k + RG_HIDDEN] + bias[k + RG_HIDDEN]);
}

static void scores(float *out, const float *inputs, const float *weights,
                   const float *bias, int classes)
{
    for (int c = 0; c < classes; c += RG_SCORE_STEP) {
        float sums[RG_SCORE_STEP];
        for (int j = 0; j < RG_SCORE_STEP; j++)
            sums[j] = bias[c + j];
        for (int k = 0; k < RG_HIDDEN; k++)
            for (int j = 0; j < RG_SCORE_STEP; j++)
                sums[j] += inputs[k] * weights[k * classes + c + j];
        for (int j = 0; j < RG_SCORE_STEP; j++)
            out[c + j] = sums[j];
    }
}

static rg_best best(const float *values, const float *mask, int count)
{
    rg_best first = {0, false};
    float highest = -INFINITY, second = -INFINITY;
    for (int c = 0; c < count; c++) {
        float value = values[c] + mask[c];
        if (value > highest) {
            second = highest;
            highest = value;
            first.index = c;
        } else if (value > second) {
            second = value;
        }
    }
    first.is_close = second > highest - 1e-4f;
    return first;
}

const rg_kernels rg_kernels_portable = {
    .name = "portable",
    .is_supported = is_supported,
    .maxout = maxout,
    .greatest = greatest,
    .linear = linear,
    .window = window,
    .normalise = normalise,
    .add = add,
    .hidden = hidden,
    .scores = scores,
    .best = best,
};
