#include "lang/tagger.h"

#include <assert.h>
#include <math.h>

struct rg_tagger {
    const rg_kernels *kernels;
    rg_layer output;
    const rg_str *labels;
    float *scores, *mask;
    int most;
};

bool rg_tagger_new(rg_tagger **out, rg_arena *arena, const rg_model *model,
                   const rg_kernels *kernels, int most, rg_error *err)
{
    rg_tagger *t = rg_new(arena, rg_tagger, 1);
    rg_sections in = {model, "tagger", err};
    rg_str *labels;
    *out = t;
    if (!rg_sections_linear(&t->output, &in, "output", RG_WIDTH, RG_TAGS)
        || !rg_sections_lines(&labels, arena, &in, "labels", RG_TAGS))
        return false;
    t->labels = labels;
    t->kernels = kernels;
    t->most = most;
    t->scores = rg_new(arena, float, most * t->output.outputs);
    t->mask = rg_new(arena, float, t->output.outputs);
    for (int c = RG_TAGS; c < t->output.outputs; c++)
        t->mask[c] = -INFINITY;
    return true;
}

void rg_tagger_run(rg_tagger *t, rg_token *tokens, const float *vectors, int count,
                   rg_doubts *doubts)
{
    assert(count <= t->most);
    int width = t->output.outputs;
    t->kernels->linear(t->scores, vectors, RG_WIDTH, count, &t->output);
    for (int i = 0; i < count; i++) {
        rg_best best = t->kernels->best(t->scores + i * width, t->mask, width);
        tokens[i].tag = t->labels[best.index];
        doubts->close_calls += best.is_close;
    }
}
