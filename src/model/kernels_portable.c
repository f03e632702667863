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

/* Each product's input, from the six rows of a tile. */
static void tile_in(float *out, const float *const *tiles, int count)
{
    size_t step = (size_t)count * RG_WIDTH;
    for (int i = 0; i < count; i++) {
        const float *row = tiles[i];
        float *to = out + (size_t)i * RG_WIDTH;
        for (size_t k = 0; k < RG_WIDTH; k++) {
            float d[RG_TILE_ROWS];
            for (int r = 0; r < RG_TILE_ROWS; r++)
                d[r] = row[r * RG_WIDTH + (int)k];
            to[k] = d[0] - 2 * d[2] + d[4] + 1.5f * (d[1] - d[3]);
            to[step + k] = d[4] - d[1] - 2.5f * d[2] - 0.5f * d[3];
            to[2 * step + k] = d[4] + d[1] + 0.5f * d[2] - 2.5f * d[3];
            to[3 * step + k] = d[4] - d[2] + 0.5f * (d[3] - d[1]);
            to[4 * step + k] = d[4] - d[2] + 2 * (d[1] - d[3]);
            to[5 * step + k] = d[1] - 2 * d[3] + d[5] + 1.5f * (d[2] - d[4]);
        }
    }
}

static void tile_out(float *out, const float *sums, int count)
{
    size_t step = (size_t)count * RG_PANEL;
    for (int i = 0; i < count; i++) {
        const float *from = sums + (size_t)i * RG_PANEL;
        float windows[RG_TILE][RG_PANEL];
        for (size_t j = 0; j < RG_PANEL; j++) {
            float m[RG_TILE_ROWS];
            for (size_t p = 0; p < RG_TILE_ROWS; p++)
                m[p] = from[p * step + j];
            float both = m[1] + m[2], apart = m[1] - m[2];
            windows[0][j] = m[0] + both + m[3] + m[4];
            windows[1][j] = apart + 2 * m[3] - 0.5f * m[4];
            windows[2][j] = both + 4 * m[3] + 0.25f * m[4];
            windows[3][j] = apart + 8 * m[3] - 0.125f * m[4] + m[5];
        }
        for (int w = 0; w < RG_TILE; w++)
            put_greatest(out + (size_t)(RG_TILE * i + w) * RG_WIDTH, windows[w]);
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
    .tile_in = tile_in,
    .tile_out = tile_out,
    .greatest = greatest,
    .linear = linear,
    .window = window,
    .normalise = normalise,
    .add = add,
    .hidden = hidden,
    .scores = scores,
    .best = best,
};
