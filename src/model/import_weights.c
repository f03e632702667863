/* import_weights.c - spaCy's tensors -> packed layers (layout.h). */
#include "model/import.h"
#include "model/layout.h"
#include "model/thinc.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* A section that is filled from its start. */
typedef struct filler {
    float *floats;
    int count, capacity;
} filler;

static filler new_filler(rg_arena *arena, int capacity)
{
    return (filler){
        rg_arena_take(arena, sizeof(float) * (size_t)capacity, RG_MODEL_ALIGN), 0,
        capacity};
}

/* The place of the next `count` floats, which are zero. */
static float *fill(filler *to, int count)
{
    assert(count <= to->capacity - to->count);
    to->count += count;
    return to->floats + to->count - count;
}

static void copy(filler *to, const float *from, int count)
{
    memcpy(fill(to, count), from, sizeof(float) * (size_t)count);
}

/* One network on its way from spaCy's file to sections. */
typedef struct packing {
    rg_model_writer *writer;
    rg_arena *arena;
    const rg_thinc *from;
    const char *network;
} packing;

static void add_section(const packing *p, const char *name, int index, filler section)
{
    char full[RG_MODEL_NAME];
    if (index >= 0)
        snprintf(full, sizeof full, "%s.%s%d", p->network, name, index);
    else
        snprintf(full, sizeof full, "%s.%s", p->network, name);
    assert(section.count == section.capacity);
    rg_model_writer_add(p->writer, full, section.floats,
                        sizeof(float) * (size_t)section.count);
}

/* Puts one row of a matrix (`inputs` numbers) into column `output` of packed panels. */
static void pack_row(float *packed, int inputs, int output, const float *row)
{
    float *to = packed + (size_t)(output / RG_PANEL) * (size_t)(inputs * RG_PANEL)
                + output % RG_PANEL;
    for (int k = 0; k < inputs; k++)
        to[k * RG_PANEL] = row[k];
}

/* Where piece p of output o of a maxout layer stands among the packed outputs. */
static int maxout_place(int o, int p)
{
    return o / 8 * RG_PANEL + p * 8 + o % 8;
}

static void put_maxout_bias(filler *to, const packing *p, int node)
{
    const float *bias = rg_thinc_data(p->from, node, "b");
    float *packed = fill(to, RG_MAXOUT);
    for (int o = 0; o < RG_WIDTH; o++)
        for (int k = 0; k < RG_PIECES; k++)
            packed[maxout_place(o, k)] = bias[o * RG_PIECES + k];
    copy(to, rg_thinc_data(p->from, node + 1, "G"), RG_WIDTH);
    copy(to, rg_thinc_data(p->from, node + 1, "b"), RG_WIDTH);
}

static filler pack_maxout(const packing *p, int node, int inputs)
{
    filler to = new_filler(p->arena, inputs * RG_MAXOUT + RG_MAXOUT + 2 * RG_WIDTH);
    const float *weights = rg_thinc_data(p->from, node, "W");
    float *packed = fill(&to, inputs * RG_MAXOUT);
    for (int o = 0; o < RG_WIDTH; o++)
        for (int k = 0; k < RG_PIECES; k++)
            pack_row(packed, inputs, maxout_place(o, k),
                     weights + (o * RG_PIECES + k) * inputs);
    put_maxout_bias(&to, p, node);
    return to;
}

/* The first layer: the three parts of the window become outputs of their own. */
static filler pack_window(const packing *p, int node)
{
    filler to = new_filler(p->arena, RG_WINDOW * RG_MAXOUT + RG_MAXOUT + 2 * RG_WIDTH);
    const float *weights = rg_thinc_data(p->from, node, "W");
    float *packed = fill(&to, RG_WINDOW * RG_MAXOUT);
    for (int part = 0; part < 3; part++)
        for (int o = 0; o < RG_WIDTH; o++)
            for (int k = 0; k < RG_PIECES; k++)
                pack_row(packed, RG_WIDTH, part * RG_MAXOUT + maxout_place(o, k),
                         weights + (o * RG_PIECES + k) * RG_WINDOW + part * RG_WIDTH);
    put_maxout_bias(&to, p, node);
    return to;
}

static filler pack_linear(const packing *p, int node, int outputs, int inputs)
{
    filler to = new_filler(p->arena, rg_padded(outputs) * (inputs + 1));
    const float *weights = rg_thinc_data(p->from, node, "W");
    float *packed = fill(&to, rg_padded(outputs) * inputs);
    for (int o = 0; o < outputs; o++)
        pack_row(packed, inputs, o, weights + o * inputs);
    memcpy(fill(&to, rg_padded(outputs)), rg_thinc_data(p->from, node, "b"),
           sizeof(float) * (size_t)outputs);
    return to;
}

/* [output][piece] -> [piece][output] */
static void put_by_piece(float *to, const float *from)
{
    for (int o = 0; o < RG_HIDDEN; o++)
        for (int p = 0; p < 2; p++)
            to[p * RG_HIDDEN + o] = from[o * 2 + p];
}

static filler pack_lower(const packing *p, int node, int features)
{
    int outputs = features * RG_LOWER;
    filler to =
        new_filler(p->arena, rg_padded(outputs) * (RG_HIDDEN + 1) + RG_LOWER + outputs);
    const float *weights = rg_thinc_data(p->from, node, "W");
    float *packed = fill(&to, rg_padded(outputs) * RG_HIDDEN);
    for (int f = 0; f < features; f++)
        for (int o = 0; o < RG_HIDDEN; o++)
            for (int piece = 0; piece < 2; piece++)
                pack_row(packed, RG_HIDDEN, f * RG_LOWER + piece * RG_HIDDEN + o,
                         weights + ((f * RG_HIDDEN + o) * 2 + piece) * RG_HIDDEN);
    fill(&to, rg_padded(outputs));
    put_by_piece(fill(&to, RG_LOWER), rg_thinc_data(p->from, node, "b"));
    for (int f = 0; f < features; f++)
        put_by_piece(fill(&to, RG_LOWER),
                     rg_thinc_data(p->from, node, "pad") + f * RG_LOWER);
    return to;
}

static filler pack_upper(const packing *p, int node, int classes)
{
    int width = rg_padded_scores(classes);
    filler to = new_filler(p->arena, width * (RG_HIDDEN + 1));
    const float *weights = rg_thinc_data(p->from, node, "W");
    float *packed = fill(&to, width * RG_HIDDEN);
    for (int c = 0; c < classes; c++)
        for (int k = 0; k < RG_HIDDEN; k++)
            packed[k * width + c] = weights[c * RG_HIDDEN + k];
    memcpy(fill(&to, width), rg_thinc_data(p->from, node, "b"),
           sizeof(float) * (size_t)classes);
    return to;
}

/* Embeddings, mixer and layers of a token-to-vector network. */
static void add_encoder(const packing *p, int first_embed, int columns)
{
    for (int c = 0; c < columns; c++) {
        int size = rg_embed_rows[c] * RG_WIDTH;
        filler embed = new_filler(p->arena, size);
        copy(&embed, rg_thinc_data(p->from, first_embed + 2 * c, "E"), size);
        add_section(p, "embed.", c, embed);
    }
    add_section(p, "mixer", -1, pack_maxout(p, 39, columns * RG_WIDTH));
    add_section(p, "layer", 1, pack_window(p, 57));
    for (int layer = 2; layer <= RG_LAYERS; layer++)
        add_section(p, "layer", layer, pack_maxout(p, 55 + 2 * layer, RG_WINDOW));
}

/* The scorer of parser or names: vectors -> 64, features, hidden layer, classes. */
static void add_scorer(const packing *p, int features, int classes)
{
    add_section(p, "input", -1, pack_linear(p, 6, RG_HIDDEN, RG_WIDTH));
    add_section(p, "lower", -1, pack_lower(p, 2, features));
    add_section(p, "upper", -1, pack_upper(p, 3, classes));
}

bool rg_import_weights(rg_model_writer *writer, rg_arena *arena, const char *folder,
                       rg_error *err)
{
    rg_thinc from;
    packing p = {writer, arena, &from, "tok2vec"};
    if (!rg_thinc_read(&from, arena, folder, RG_WEIGHTS_tok2vec, err))
        return false;
    add_encoder(&p, 28, RG_COLUMNS);

    p.network = "tagger";
    if (!rg_thinc_read(&from, arena, folder, RG_WEIGHTS_tagger, err))
        return false;
    add_section(&p, "output", -1, pack_linear(&p, 3, RG_TAGS, RG_WIDTH));

    p.network = "parser";
    if (!rg_thinc_read(&from, arena, folder, RG_WEIGHTS_parser, err))
        return false;
    add_scorer(&p, RG_PARSER_FEATURES, RG_PARSER_CLASSES);

    p.network = "names";
    if (!rg_thinc_read(&from, arena, folder, RG_WEIGHTS_names, err))
        return false;
    add_encoder(&p, 32, RG_NAMES_COLUMNS);
    add_scorer(&p, RG_NAMES_FEATURES, RG_NAMES_CLASSES);
    return true;
}
