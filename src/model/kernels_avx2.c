/* kernels_avx2.c - 8 floats at a time with fused multiply-add (Haswell, Zen and later).
 *
 * A block of 4 rows x 24 outputs keeps its 12 sums in registers, 3 more hold a piece of
 * the panel, 1 a number of a row; the panel (9 KB at 96 inputs) stays in the L1 cache
 * while the rows pass by. Of a maxout layer only the greatest piece is stored.
 */
#include "model/kernels.h"

#if defined(__x86_64__)

#    include <immintrin.h>
#    include <math.h>

#    define AVX2   __attribute__((target("avx2,fma")))
#    define INLINE static inline __attribute__((always_inline, target("avx2,fma")))
#    if defined(__clang__)
#        define UNROLL _Pragma("unroll")
#    else
#        define UNROLL _Pragma("GCC unroll 16")
#    endif

enum { EIGHT = 8, ROWS = 4, GROUP = 7, LINE = 64 };

static bool is_supported(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

/* sums[r] = bias + row r * panel, for `count` rows (a constant, at most 4). */
INLINE void multiply(__m256 sums[ROWS][3], const float *const rows[ROWS], int count,
                     const float *panel, const float *bias, int inputs)
{
    UNROLL for (int r = 0; r < count; r++) UNROLL for (int j = 0; j < 3; j++)
        sums[r][j] = _mm256_loadu_ps(bias + j * EIGHT);
    for (int k = 0; k < inputs; k++) {
        __m256 first = _mm256_loadu_ps(panel), second = _mm256_loadu_ps(panel + EIGHT);
        __m256 third = _mm256_loadu_ps(panel + 2 * EIGHT);
        panel += RG_PANEL;
        UNROLL for (int r = 0; r < count; r++)
        {
            __m256 number = _mm256_broadcast_ss(rows[r] + k);
            sums[r][0] = _mm256_fmadd_ps(number, first, sums[r][0]);
            sums[r][1] = _mm256_fmadd_ps(number, second, sums[r][1]);
            sums[r][2] = _mm256_fmadd_ps(number, third, sums[r][2]);
        }
    }
}

INLINE __m256 greatest_piece(const __m256 sums[3])
{
    return _mm256_max_ps(_mm256_max_ps(sums[0], sums[1]), sums[2]);
}

/* Each product's input, from the six rows of a tile. */
AVX2 static void tile_in(float *out, const float *const *tiles, int count)
{
    const __m256 two = _mm256_set1_ps(2), half = _mm256_set1_ps(0.5f);
    const __m256 more = _mm256_set1_ps(1.5f), most = _mm256_set1_ps(2.5f);
    size_t step = (size_t)count * RG_WIDTH;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < RG_WIDTH; k += EIGHT) {
            __m256 d[RG_TILE_ROWS];
            float *to = out + (size_t)i * RG_WIDTH + k;
            UNROLL for (int r = 0; r < RG_TILE_ROWS; r++) d[r] =
                _mm256_loadu_ps(tiles[i] + r * RG_WIDTH + k);
            __m256 outer = _mm256_sub_ps(d[1], d[3]), inner = _mm256_sub_ps(d[4], d[2]);
            __m256 even = _mm256_add_ps(_mm256_fnmadd_ps(two, d[2], d[0]), d[4]);
            __m256 odd = _mm256_add_ps(_mm256_fnmadd_ps(two, d[3], d[1]), d[5]);
            __m256 low = _mm256_fnmadd_ps(most, d[2], _mm256_sub_ps(d[4], d[1]));
            __m256 high = _mm256_fmadd_ps(half, d[2], _mm256_add_ps(d[4], d[1]));
            _mm256_storeu_ps(to, _mm256_fmadd_ps(more, outer, even));
            _mm256_storeu_ps(to + step, _mm256_fnmadd_ps(half, d[3], low));
            _mm256_storeu_ps(to + 2 * step, _mm256_fnmadd_ps(most, d[3], high));
            _mm256_storeu_ps(to + 3 * step, _mm256_fnmadd_ps(half, outer, inner));
            _mm256_storeu_ps(to + 4 * step, _mm256_fmadd_ps(two, outer, inner));
            _mm256_storeu_ps(to + 5 * step, _mm256_fnmadd_ps(more, inner, odd));
        }
}

/* The sums of a tile's windows for 8 outputs, from its six products. */
INLINE void put_windows(__m256 windows[RG_TILE], const float *sums, size_t step)
{
    __m256 m[RG_TILE_ROWS];
    UNROLL for (int p = 0; p < RG_TILE_ROWS; p++) m[p] =
        _mm256_loadu_ps(sums + (size_t)p * step);
    __m256 both = _mm256_add_ps(m[1], m[2]), apart = _mm256_sub_ps(m[1], m[2]);
    windows[0] = _mm256_add_ps(_mm256_add_ps(m[0], both), _mm256_add_ps(m[3], m[4]));
    windows[1] = _mm256_fmadd_ps(_mm256_set1_ps(2), m[3], apart);
    windows[1] = _mm256_fnmadd_ps(_mm256_set1_ps(0.5f), m[4], windows[1]);
    windows[2] = _mm256_fmadd_ps(_mm256_set1_ps(4), m[3], both);
    windows[2] = _mm256_fmadd_ps(_mm256_set1_ps(0.25f), m[4], windows[2]);
    windows[3] = _mm256_fmadd_ps(_mm256_set1_ps(8), m[3], apart);
    windows[3] = _mm256_fnmadd_ps(_mm256_set1_ps(0.125f), m[4], windows[3]);
    windows[3] = _mm256_add_ps(windows[3], m[5]);
}

AVX2 static void tile_out(float *out, const float *sums, int count)
{
    size_t step = (size_t)count * RG_PANEL;
    for (int i = 0; i < count; i++) {
        __m256 pieces[3][RG_TILE];
        UNROLL for (int j = 0; j < 3; j++)
            put_windows(pieces[j], sums + (size_t)i * RG_PANEL + j * EIGHT, step);
        UNROLL for (int w = 0; w < RG_TILE; w++)
        {
            __m256 two = _mm256_max_ps(pieces[0][w], pieces[1][w]);
            _mm256_storeu_ps(out + (size_t)(RG_TILE * i + w) * RG_WIDTH,
                             _mm256_max_ps(two, pieces[2][w]));
        }
    }
}

AVX2 static void greatest(float *out, const float *const *products, int count,
                          const rg_layer *layer)
{
    for (int at = 0; at < RG_MAXOUT; at += RG_PANEL) {
        __m256 sums[3];
        UNROLL for (int j = 0; j < 3; j++) sums[j] =
            _mm256_loadu_ps(layer->bias + at + j * EIGHT);
        for (int i = 0; i < count; i++)
            UNROLL for (int j = 0; j < 3; j++) sums[j] =
                _mm256_add_ps(sums[j], _mm256_loadu_ps(products[i] + at + j * EIGHT));
        _mm256_storeu_ps(out + at / RG_PIECES, greatest_piece(sums));
    }
}

INLINE void linear_rows(float *out, int out_step, const float *rows, int step,
                        int count, const float *panel, const float *bias, int inputs)
{
    __m256 sums[ROWS][3];
    const float *near[ROWS];
    UNROLL for (int r = 0; r < count; r++) near[r] = rows + (size_t)r * (size_t)step;
    multiply(sums, near, count, panel, bias, inputs);
    UNROLL for (int r = 0; r < count; r++) UNROLL for (int j = 0; j < 3; j++)
        _mm256_storeu_ps(out + (size_t)r * (size_t)out_step + j * EIGHT, sums[r][j]);
}

/* The next panel is fetched while this one is in use: `count` lines of 64 bytes. */
INLINE void fetch_ahead(const char *next, int count)
{
    for (int i = 0; i < count; i++)
        _mm_prefetch(next + (size_t)i * LINE, _MM_HINT_T0);
}

AVX2 static void linear_panel(float *out, const float *rows, int step, int count,
                              int panel, const rg_layer *layer)
{
    const float *weights = layer->weights + panel * layer->panel_size;
    const float *bias = layer->bias + panel * RG_PANEL;
    int inputs = layer->inputs, width = layer->outputs;
    int size = inputs * RG_PANEL * (int)sizeof(float);
    int lines = size / LINE / (count / ROWS + 1) + 1; /* for each block of rows */
    const char *next = (const char *)(weights + layer->panel_size);
    for (; count >= ROWS; count -= ROWS) {
        fetch_ahead(next, lines);
        next += (size_t)lines * LINE;
        linear_rows(out, width, rows, step, ROWS, weights, bias, inputs);
        out += (size_t)ROWS * (size_t)width;
        rows += (size_t)ROWS * (size_t)step;
    }
    switch (count) {
    case 3: linear_rows(out, width, rows, step, 3, weights, bias, inputs); break;
    case 2: linear_rows(out, width, rows, step, 2, weights, bias, inputs); break;
    case 1: linear_rows(out, width, rows, step, 1, weights, bias, inputs); break;
    default: break;
    }
}

static void linear(float *out, const float *rows, int step, int count,
                   const rg_layer *layer)
{
    for (int panel = 0; panel < layer->outputs / RG_PANEL; panel++)
        linear_panel(out + panel * RG_PANEL, rows, step, count, panel, layer);
}

AVX2 static void window_row(float *out, const float *left, const float *middle,
                            const float *right, const float *bias)
{
    for (int at = 0; at < RG_MAXOUT; at += RG_PANEL) {
        __m256 sums[3];
        UNROLL for (int j = 0; j < 3; j++)
        {
            int k = at + j * EIGHT;
            __m256 sum =
                _mm256_add_ps(_mm256_loadu_ps(left + k), _mm256_loadu_ps(middle + k));
            sum = _mm256_add_ps(sum, _mm256_loadu_ps(right + k));
            sums[j] = _mm256_add_ps(sum, _mm256_loadu_ps(bias + k));
        }
        _mm256_storeu_ps(out + at / RG_PIECES, greatest_piece(sums));
    }
}

static void window(float *out, const float *const *products, int count,
                   const rg_layer *layer)
{
    for (int i = 0; i < count; i++)
        window_row(out + (size_t)i * RG_WIDTH, products[i], products[i + 1] + RG_MAXOUT,
                   products[i + 2] + 2 * RG_MAXOUT, layer->bias);
}

INLINE float add_lanes(__m256 value)
{
    __m128 half =
        _mm_add_ps(_mm256_castps256_ps128(value), _mm256_extractf128_ps(value, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
}

AVX2 static void normalise_row(float *out, const float *row, bool add,
                               const rg_layer *layer)
{
    __m256 sum = _mm256_setzero_ps(), squares = _mm256_setzero_ps();
    for (int k = 0; k < RG_WIDTH; k += EIGHT)
        sum = _mm256_add_ps(sum, _mm256_loadu_ps(row + k));
    __m256 mean = _mm256_set1_ps(add_lanes(sum) / RG_WIDTH);
    for (int k = 0; k < RG_WIDTH; k += EIGHT) {
        __m256 off = _mm256_sub_ps(_mm256_loadu_ps(row + k), mean);
        squares = _mm256_fmadd_ps(off, off, squares);
    }
    __m256 scale = _mm256_set1_ps(1 / sqrtf(add_lanes(squares) / RG_WIDTH + 1e-8f));
    for (int k = 0; k < RG_WIDTH; k += EIGHT) {
        __m256 off = _mm256_sub_ps(_mm256_loadu_ps(row + k), mean);
        __m256 normal = _mm256_fmadd_ps(_mm256_mul_ps(off, scale),
                                        _mm256_loadu_ps(layer->scale + k),
                                        _mm256_loadu_ps(layer->shift + k));
        if (add)
            normal = _mm256_add_ps(_mm256_loadu_ps(out + k), normal);
        _mm256_storeu_ps(out + k, normal);
    }
}

static void normalise(float *out, const float *rows, int count, bool add,
                      const rg_layer *layer)
{
    for (int i = 0; i < count; i++)
        normalise_row(out + (size_t)i * RG_WIDTH, rows + (size_t)i * RG_WIDTH, add,
                      layer);
}

AVX2 static void add(float *out, const float *const rows[4])
{
    for (int k = 0; k < RG_WIDTH; k += EIGHT) {
        __m256 sum =
            _mm256_add_ps(_mm256_loadu_ps(rows[0] + k), _mm256_loadu_ps(rows[1] + k));
        sum = _mm256_add_ps(sum, _mm256_loadu_ps(rows[2] + k));
        _mm256_storeu_ps(out + k, _mm256_add_ps(sum, _mm256_loadu_ps(rows[3] + k)));
    }
}

AVX2 static void hidden(float *out, const float *const *rows, int row_count,
                        const float *bias)
{
    for (int k = 0; k < RG_HIDDEN; k += EIGHT) {
        __m256 first = _mm256_setzero_ps(), second = _mm256_setzero_ps();
        for (int f = 0; f < row_count; f++) {
            first = _mm256_add_ps(first, _mm256_loadu_ps(rows[f] + k));
            second = _mm256_add_ps(second, _mm256_loadu_ps(rows[f] + RG_HIDDEN + k));
        }
        first = _mm256_add_ps(first, _mm256_loadu_ps(bias + k));
        second = _mm256_add_ps(second, _mm256_loadu_ps(bias + RG_HIDDEN + k));
        _mm256_storeu_ps(out + k, _mm256_max_ps(first, second));
    }
}

/* `groups` x 8 classes at once: enough sums to hide the latency of the additions. */
INLINE void score_groups(float *out, const float *inputs, const float *weights,
                         const float *bias, int classes, int groups)
{
    __m256 sums[2 * GROUP];
    UNROLL for (int g = 0; g < groups; g++) sums[g] = _mm256_loadu_ps(bias + g * EIGHT);
    for (int k = 0; k < RG_HIDDEN; k++) {
        __m256 number = _mm256_broadcast_ss(inputs + k);
        UNROLL for (int g = 0; g < groups; g++)
        {
            __m256 weight = _mm256_loadu_ps(weights + g * EIGHT);
            sums[g] = _mm256_fmadd_ps(number, weight, sums[g]);
        }
        weights += classes;
    }
    UNROLL for (int g = 0; g < groups; g++) _mm256_storeu_ps(out + g * EIGHT, sums[g]);
}

/* The two widths that the model has (112 and 80) take one pass. */
AVX2 static void scores(float *out, const float *inputs, const float *weights,
                        const float *bias, int classes)
{
    if (classes == 112) {
        score_groups(out, inputs, weights, bias, classes, 14);
        return;
    }
    if (classes == 80) {
        score_groups(out, inputs, weights, bias, classes, 10);
        return;
    }
    for (int c = 0; c < classes; c += 2 * EIGHT)
        score_groups(out + c, inputs, weights + c, bias + c, classes, 2);
}

INLINE float highest_lane(__m256 value)
{
    __m128 half =
        _mm_max_ps(_mm256_castps256_ps128(value), _mm256_extractf128_ps(value, 1));
    half = _mm_max_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_max_ss(half, _mm_movehdup_ps(half)));
}

INLINE __m256 masked(const float *values, const float *mask, int c)
{
    return _mm256_add_ps(_mm256_loadu_ps(values + c), _mm256_loadu_ps(mask + c));
}

AVX2 static rg_best best(const float *values, const float *mask, int count)
{
    __m256 top = masked(values, mask, 0);
    for (int c = EIGHT; c < count; c += EIGHT)
        top = _mm256_max_ps(top, masked(values, mask, c));
    float highest = highest_lane(top);

    __m256 equal = _mm256_set1_ps(highest), near = _mm256_set1_ps(highest - 1e-4f);
    int index = -1, near_count = 0;
    for (int c = 0; c < count; c += EIGHT) {
        __m256 value = masked(values, mask, c);
        int hits = _mm256_movemask_ps(_mm256_cmp_ps(value, equal, _CMP_EQ_OQ));
        if (index < 0 && hits != 0)
            index = c + __builtin_ctz((unsigned)hits);
        int nears = _mm256_movemask_ps(_mm256_cmp_ps(value, near, _CMP_GT_OQ));
        near_count += __builtin_popcount((unsigned)nears);
    }
    return (rg_best){index, near_count > 1};
}

const rg_kernels rg_kernels_avx2 = {
    .name = "avx2",
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

#endif
