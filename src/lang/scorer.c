#include "lang/scorer.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static bool find_lower(rg_scorer *s, const rg_sections *in)
{
    const float *at;
    int outputs = s->features * RG_LOWER, padded = rg_padded(outputs);
    int size = padded * RG_HIDDEN;
    if (!rg_sections_floats(&at, in, "lower", -1, size + padded + RG_LOWER + outputs))
        return false;
    s->lower = (rg_layer){.weights = at,
                          .bias = at + size,
                          .inputs = RG_HIDDEN,
                          .outputs = padded,
                          .panel_size = RG_HIDDEN * RG_PANEL};
    s->bias = at + size + padded;
    s->padding = s->bias + RG_LOWER;
    s->row_size = padded;
    return true;
}

static bool find_upper(rg_scorer *s, const rg_sections *in)
{
    s->width = rg_padded_scores(s->classes);
    if (!rg_sections_floats(&s->upper, in, "upper", -1, s->width * (RG_HIDDEN + 1)))
        return false;
    s->upper_bias = s->upper + s->width * RG_HIDDEN;
    return true;
}

bool rg_scorer_init(rg_scorer *s, rg_arena *arena, const rg_sections *in,
                    const rg_kernels *kernels, int most)
{
    assert(s->features > 0 && s->classes > 0);
    s->kernels = kernels;
    s->most = most;
    if (!rg_sections_linear(&s->input, in, "input", RG_WIDTH, RG_HIDDEN)
        || !find_lower(s, in) || !find_upper(s, in))
        return false;
    s->inputs = rg_new(arena, float, most * s->input.outputs);
    s->hidden = rg_new(arena, float, RG_HIDDEN);
    s->scores = rg_new(arena, float, s->width);
    return true;
}

void rg_scorer_rows(const rg_scorer *s, float *rows, const float *vectors, int count)
{
    assert(count <= s->most);
    s->kernels->linear(s->inputs, vectors, RG_WIDTH, count, &s->input);
    s->kernels->linear(rows, s->inputs, s->input.outputs, count, &s->lower);
}

rg_best rg_scorer_best(const rg_scorer *s, const float *const *parts, const float *mask)
{
    s->kernels->hidden(s->hidden, parts, s->features, s->bias);
    s->kernels->scores(s->scores, s->hidden, s->upper, s->upper_bias, s->width);
    return s->kernels->best(s->scores, mask, s->width);
}

float *rg_scorer_mask(const rg_scorer *s, rg_arena *arena)
{
    float *mask = rg_new(arena, float, s->width);
    for (int c = 0; c < s->width; c++)
        mask[c] = -INFINITY;
    return mask;
}
