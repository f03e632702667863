/* import_weights.c - thinc's weight files -> packed layers (layout.h).
 *
 * Each file is {"nodes": N maps, "attrs": N maps, "params": N maps, "shims": N empty lists};
 * which tensors must stand where is a table; anything else is refused.
 */
#include "model/import.h"
#include "model/layout.h"
#include "model/msgpack.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

enum { LARGEST_RANK = 4, MOST_TENSORS = 40, NO_SEED = -1 };

/* A tensor that must be there, and where. */
typedef struct tensor {
    int node;
    const char *node_name, *param;
    int shape[LARGEST_RANK]; /* unused places are 0 */
    int seed;                /* of a hashembed node */
} tensor;

typedef struct weight_file {
    const char *path;
    int node_count;
    const tensor *tensors;
    int tensor_count;
} weight_file;

#define EMBED(at, rows, from)                                                          \
    {                                                                                  \
        at, "hashembed", "E", {rows, RG_WIDTH}, from                                   \
    }
#define MAXOUT(at, inputs)                                                             \
    {at, "maxout", "W", {RG_WIDTH, RG_PIECES, inputs}, NO_SEED},                       \
        {at, "maxout", "b", {RG_WIDTH, RG_PIECES}, NO_SEED},                           \
        {at + 1, "layernorm", "G", {RG_WIDTH}, NO_SEED},                               \
    {                                                                                  \
        at + 1, "layernorm", "b", {RG_WIDTH}, NO_SEED                                  \
    }
#define LINEAR(at, name, outputs, inputs)                                              \
    {at, name, "W", {outputs, inputs}, NO_SEED},                                       \
    {                                                                                  \
        at, name, "b", {outputs}, NO_SEED                                              \
    }
#define LOWER(at, features)                                                            \
    {at, "precomputable_affine", "W", {features, RG_HIDDEN, 2, RG_HIDDEN}, NO_SEED},   \
        {at, "precomputable_affine", "b", {RG_HIDDEN, 2}, NO_SEED},                    \
    {                                                                                  \
        at, "precomputable_affine", "pad", {1, features, RG_HIDDEN, 2}, NO_SEED        \
    }

static const tensor tok2vec_tensors[] = {
    EMBED(28, 5000, 8),       EMBED(30, 1000, 9),    EMBED(32, 2500, 10),
    EMBED(34, 2500, 11),      EMBED(36, 50, 12),     EMBED(38, 50, 13),
    MAXOUT(39, 6 * RG_WIDTH), MAXOUT(57, RG_WINDOW), MAXOUT(59, RG_WINDOW),
    MAXOUT(61, RG_WINDOW),    MAXOUT(63, RG_WINDOW),
};
static const tensor tagger_tensors[] = {LINEAR(3, "softmax", RG_TAGS, RG_WIDTH)};
static const tensor parser_tensors[] = {
    LOWER(2, RG_PARSER_FEATURES),
    LINEAR(3, "linear", RG_PARSER_CLASSES, RG_HIDDEN),
    LINEAR(6, "linear", RG_HIDDEN, RG_WIDTH),
};
static const tensor names_tensors[] = {
    LOWER(2, RG_NAMES_FEATURES),
    LINEAR(3, "linear", RG_NAMES_CLASSES, RG_HIDDEN),
    LINEAR(6, "linear", RG_HIDDEN, RG_WIDTH),
    EMBED(32, 5000, 8),
    EMBED(34, 1000, 9),
    EMBED(36, 2500, 10),
    EMBED(38, 2500, 11),
    MAXOUT(39, 4 * RG_WIDTH),
    MAXOUT(57, RG_WINDOW),
    MAXOUT(59, RG_WINDOW),
    MAXOUT(61, RG_WINDOW),
    MAXOUT(63, RG_WINDOW),
};

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))
#define FILE_OF(path, nodes, tensors)                                                  \
    {                                                                                  \
        path, nodes, tensors, COUNT(tensors)                                           \
    }
static const weight_file tok2vec_file = FILE_OF("tok2vec/model", 65, tok2vec_tensors);
static const weight_file tagger_file = FILE_OF("tagger/model", 4, tagger_tensors);
static const weight_file parser_file = FILE_OF("parser/model", 7, parser_tensors);
static const weight_file names_file = FILE_OF("ner/model", 65, names_tensors);

/* Where a file is read, and the data of its tensors in the order of the table. */
typedef struct reader {
    rg_msgpack in;
    const weight_file *file;
    rg_arena *arena;
    const float *data[MOST_TENSORS];
} reader;

static int size_of(const tensor *t)
{
    int size = 1;
    for (int i = 0; i < LARGEST_RANK && t->shape[i] > 0; i++)
        size *= t->shape[i];
    return size;
}

static int rank_of(const tensor *t)
{
    int rank = 0;
    while (rank < LARGEST_RANK && t->shape[rank] > 0)
        rank++;
    return rank;
}

/* The first tensor of the table that stands in this node, or NULL. */
static const tensor *find_node(const weight_file *file, int node)
{
    for (int i = 0; i < file->tensor_count; i++)
        if (file->tensors[i].node == node)
            return &file->tensors[i];
    return NULL;
}

static const tensor *find_tensor(const weight_file *file, int node, rg_str param)
{
    for (int i = 0; i < file->tensor_count; i++)
        if (file->tensors[i].node == node && rg_str_is(param, file->tensors[i].param))
            return &file->tensors[i];
    return NULL;
}

/* The key of the next part of the file and the list that must follow. */
static bool open_part(reader *r, const char *name)
{
    int at = r->in.at, count;
    rg_str key;
    if (!rg_msgpack_text(&r->in, &key))
        return false;
    if (!rg_str_is(key, name))
        return rg_msgpack_fail(&r->in, at, "key '%s' is expected", name);
    at = r->in.at;
    if (!rg_msgpack_array(&r->in, &count))
        return false;
    if (count != r->file->node_count)
        return rg_msgpack_fail(&r->in, at, "%d %s, this network has %d", count, name,
                               r->file->node_count);
    return true;
}

static bool check_index(reader *r, int node)
{
    int at = r->in.at;
    uint64_t index;
    if (!rg_msgpack_number(&r->in, &index))
        return false;
    return index == (uint64_t)node
           || rg_msgpack_fail(&r->in, at, "node %d is expected here", node);
}

static bool check_name(reader *r, int node)
{
    int at = r->in.at;
    rg_str name;
    if (!rg_msgpack_text(&r->in, &name))
        return false;
    const tensor *expected = find_node(r->file, node);
    return !expected || rg_str_is(name, expected->node_name)
           || rg_msgpack_fail(&r->in, at, "node %d should be a %s", node,
                              expected->node_name);
}

/* {"index": i, "name": text, "dims": ..., "refs": ...} */
static bool read_node(reader *r, int node)
{
    int pairs, at = r->in.at;
    bool named = false, indexed = false;
    if (!rg_msgpack_map(&r->in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++) {
        rg_str key;
        bool ok = rg_msgpack_text(&r->in, &key);
        if (ok && rg_str_is(key, "index"))
            ok = indexed = check_index(r, node);
        else if (ok && rg_str_is(key, "name"))
            ok = named = check_name(r, node);
        else
            ok = ok && rg_msgpack_skip(&r->in);
        if (!ok)
            return false;
    }
    return (named && indexed)
           || rg_msgpack_fail(&r->in, at, "node %d lacks its index or name", node);
}

/* The seed is msgpack inside bytes. */
static bool check_seed(reader *r, int seed)
{
    int at = r->in.at;
    rg_str bytes;
    uint64_t found;
    if (!rg_msgpack_bytes(&r->in, &bytes))
        return false;
    rg_msgpack inner = rg_msgpack_inside(&r->in, bytes);
    if (!rg_msgpack_number(&inner, &found) || !rg_msgpack_end(&inner))
        return false;
    return found == (uint64_t)seed
           || rg_msgpack_fail(&r->in, at, "the seed should be %d", seed);
}

static bool read_attributes(reader *r, int node)
{
    const tensor *expected = find_node(r->file, node);
    int seed = expected ? expected->seed : NO_SEED;
    int pairs, at = r->in.at;
    bool seeded = seed == NO_SEED;
    if (!rg_msgpack_map(&r->in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++) {
        rg_str key;
        bool ok = rg_msgpack_text(&r->in, &key);
        if (ok && seed != NO_SEED && rg_str_is(key, "seed"))
            ok = seeded = check_seed(r, seed);
        else
            ok = ok && rg_msgpack_skip(&r->in);
        if (!ok)
            return false;
    }
    return seeded || rg_msgpack_fail(&r->in, at, "node %d lacks its seed", node);
}

static bool check_shape(reader *r, const tensor *t)
{
    int rank, at = r->in.at;
    if (!rg_msgpack_array(&r->in, &rank))
        return false;
    bool same = rank == rank_of(t);
    for (int i = 0; i < rank; i++) {
        uint64_t size;
        if (!rg_msgpack_number(&r->in, &size))
            return false;
        same = same && i < LARGEST_RANK && size == (uint64_t)t->shape[i];
    }
    return same
           || rg_msgpack_fail(&r->in, at, "tensor %s of node %d has another shape",
                              t->param, t->node);
}

/* Copies the data, which is not aligned in the file, and refuses NaN and infinity. */
static bool read_data(reader *r, const tensor *t)
{
    int at = r->in.at, count = size_of(t);
    rg_str bytes;
    if (!rg_msgpack_bytes(&r->in, &bytes))
        return false;
    if (bytes.len != count * (int)sizeof(float))
        return rg_msgpack_fail(&r->in, at, "tensor %s of node %d has %d bytes, not %d",
                               t->param, t->node, bytes.len,
                               count * (int)sizeof(float));
    float *data = rg_new(r->arena, float, count);
    memcpy(data, bytes.bytes, (size_t)bytes.len);
    for (int i = 0; i < count; i++)
        if (!isfinite(data[i]))
            return rg_msgpack_fail(&r->in, at, "tensor %s of node %d holds a NaN",
                                   t->param, t->node);
    r->data[t - r->file->tensors] = data;
    return true;
}

static bool check_true(reader *r)
{
    rg_msgpack_value value;
    if (!rg_msgpack_next(&r->in, &value))
        return false;
    return (value.kind == RG_MSGPACK_BOOL && value.number == 1)
           || rg_msgpack_fail(&r->in, value.at, "an array is expected");
}

/* numpy's name of the element type; "O" would be a pickle. */
static bool check_text(reader *r, const char *expected)
{
    int at = r->in.at;
    rg_str text;
    if (!rg_msgpack_key(&r->in, &text))
        return false;
    return rg_str_is(text, expected)
           || rg_msgpack_fail(&r->in, at, "element type '%s' is expected", expected);
}

static bool read_array_field(reader *r, const tensor *t, unsigned *seen)
{
    static const char *const keys[] = {"nd", "type", "kind", "shape", "data"};
    int at = r->in.at, field = 0;
    rg_str key;
    if (!rg_msgpack_key(&r->in, &key))
        return false;
    while (field < COUNT(keys) && !rg_str_is(key, keys[field]))
        field++;
    if (field == COUNT(keys) || (*seen >> field & 1) != 0)
        return rg_msgpack_fail(&r->in, at, "unknown or doubled key of an array");
    *seen |= 1u << field;
    switch (field) {
    case 0: return check_true(r);
    case 1: return check_text(r, "<f4");
    case 2: return check_text(r, "");
    case 3: return check_shape(r, t);
    default: return read_data(r, t);
    }
}

/* {"nd": true, "type": "<f4", "kind": "", "shape": [...], "data": bytes} */
static bool read_array(reader *r, const tensor *t)
{
    int pairs, at = r->in.at;
    unsigned seen = 0;
    if (!rg_msgpack_map(&r->in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++)
        if (!read_array_field(r, t, &seen))
            return false;
    return seen == 31 || rg_msgpack_fail(&r->in, at, "an array lacks a key");
}

static bool is_nil(const rg_msgpack *in)
{
    return in->at < in->bytes.len && (unsigned char)in->bytes.bytes[in->at] == 0xc0;
}

static bool read_parameters(reader *r, int node)
{
    int pairs;
    if (!rg_msgpack_map(&r->in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++) {
        int at = r->in.at;
        rg_str key;
        if (!rg_msgpack_text(&r->in, &key))
            return false;
        if (is_nil(&r->in)) {
            r->in.at++;
            continue;
        }
        const tensor *t = find_tensor(r->file, node, key);
        if (!t || r->data[t - r->file->tensors])
            return rg_msgpack_fail(&r->in, at, "node %d has a tensor too many", node);
        if (!read_array(r, t))
            return false;
    }
    return true;
}

static bool read_shim(reader *r, int node)
{
    int count, at = r->in.at;
    if (!rg_msgpack_array(&r->in, &count))
        return false;
    return count == 0 || rg_msgpack_fail(&r->in, at, "node %d has a shim", node);
}

static bool read_part(reader *r, const char *name, bool (*read)(reader *, int))
{
    if (!open_part(r, name))
        return false;
    for (int node = 0; node < r->file->node_count; node++)
        if (!read(r, node))
            return false;
    return true;
}

static bool check_complete(reader *r)
{
    for (int i = 0; i < r->file->tensor_count; i++)
        if (!r->data[i])
            return rg_msgpack_fail(&r->in, r->in.at, "tensor %s of node %d is missing",
                                   r->file->tensors[i].param, r->file->tensors[i].node);
    return true;
}

static bool read_file(reader *r, const weight_file *file, rg_arena *arena,
                      const char *folder, rg_error *err)
{
    assert(file->tensor_count <= MOST_TENSORS);
    rg_str bytes, path;
    if (!rg_import_read(&bytes, &path, arena, folder, file->path, err))
        return false;
    *r = (reader){rg_msgpack_over(path, bytes, err), file, arena, {0}};
    int pairs;
    if (!rg_msgpack_map(&r->in, &pairs))
        return false;
    if (pairs != 4)
        return rg_msgpack_fail(&r->in, 0,
                               "nodes, attrs, params and shims are expected");
    return read_part(r, "nodes", read_node) && read_part(r, "attrs", read_attributes)
           && read_part(r, "params", read_parameters)
           && read_part(r, "shims", read_shim) && rg_msgpack_end(&r->in)
           && check_complete(r);
}

/* The data of a tensor that read_file has found. */
static const float *data_of(const reader *r, int node, const char *param)
{
    const tensor *t = find_tensor(r->file, node, rg_str_of(param));
    assert(t && r->data[t - r->file->tensors]);
    return r->data[t - r->file->tensors];
}

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

static void add_section(rg_model_writer *writer, const char *network, const char *name,
                        int index, const filler *from)
{
    char full[RG_MODEL_NAME];
    if (index >= 0)
        snprintf(full, sizeof full, "%s.%s%d", network, name, index);
    else
        snprintf(full, sizeof full, "%s.%s", network, name);
    assert(from->count == from->capacity);
    rg_model_writer_add(writer, full, from->floats,
                        sizeof(float) * (size_t)from->count);
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

static void put_maxout_bias(filler *to, const reader *r, int node)
{
    const float *bias = data_of(r, node, "b");
    float *packed = fill(to, RG_MAXOUT);
    for (int o = 0; o < RG_WIDTH; o++)
        for (int p = 0; p < RG_PIECES; p++)
            packed[maxout_place(o, p)] = bias[o * RG_PIECES + p];
    copy(to, data_of(r, node + 1, "G"), RG_WIDTH);
    copy(to, data_of(r, node + 1, "b"), RG_WIDTH);
}

static filler pack_maxout(rg_arena *arena, const reader *r, int node, int inputs)
{
    filler to = new_filler(arena, inputs * RG_MAXOUT + RG_MAXOUT + 2 * RG_WIDTH);
    const float *weights = data_of(r, node, "W");
    float *packed = fill(&to, inputs * RG_MAXOUT);
    for (int o = 0; o < RG_WIDTH; o++)
        for (int p = 0; p < RG_PIECES; p++)
            pack_row(packed, inputs, maxout_place(o, p),
                     weights + (o * RG_PIECES + p) * inputs);
    put_maxout_bias(&to, r, node);
    return to;
}

/* The first layer: the three parts of the window become outputs of their own. */
static filler pack_window(rg_arena *arena, const reader *r, int node)
{
    filler to = new_filler(arena, RG_WINDOW * RG_MAXOUT + RG_MAXOUT + 2 * RG_WIDTH);
    const float *weights = data_of(r, node, "W");
    float *packed = fill(&to, RG_WINDOW * RG_MAXOUT);
    for (int part = 0; part < 3; part++)
        for (int o = 0; o < RG_WIDTH; o++)
            for (int p = 0; p < RG_PIECES; p++)
                pack_row(packed, RG_WIDTH, part * RG_MAXOUT + maxout_place(o, p),
                         weights + (o * RG_PIECES + p) * RG_WINDOW + part * RG_WIDTH);
    put_maxout_bias(&to, r, node);
    return to;
}

static filler pack_linear(rg_arena *arena, const reader *r, int node, int outputs,
                          int inputs)
{
    filler to = new_filler(arena, rg_padded(outputs) * (inputs + 1));
    const float *weights = data_of(r, node, "W");
    float *packed = fill(&to, rg_padded(outputs) * inputs);
    for (int o = 0; o < outputs; o++)
        pack_row(packed, inputs, o, weights + o * inputs);
    memcpy(fill(&to, rg_padded(outputs)), data_of(r, node, "b"),
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

static filler pack_lower(rg_arena *arena, const reader *r, int node, int features)
{
    int outputs = features * RG_LOWER;
    filler to =
        new_filler(arena, rg_padded(outputs) * (RG_HIDDEN + 1) + RG_LOWER + outputs);
    const float *weights = data_of(r, node, "W");
    float *packed = fill(&to, rg_padded(outputs) * RG_HIDDEN);
    for (int f = 0; f < features; f++)
        for (int o = 0; o < RG_HIDDEN; o++)
            for (int p = 0; p < 2; p++)
                pack_row(packed, RG_HIDDEN, f * RG_LOWER + p * RG_HIDDEN + o,
                         weights + ((f * RG_HIDDEN + o) * 2 + p) * RG_HIDDEN);
    fill(&to, rg_padded(outputs));
    put_by_piece(fill(&to, RG_LOWER), data_of(r, node, "b"));
    for (int f = 0; f < features; f++)
        put_by_piece(fill(&to, RG_LOWER), data_of(r, node, "pad") + f * RG_LOWER);
    return to;
}

static filler pack_upper(rg_arena *arena, const reader *r, int node, int classes)
{
    int width = rg_padded_scores(classes);
    filler to = new_filler(arena, width * (RG_HIDDEN + 1));
    const float *weights = data_of(r, node, "W");
    float *packed = fill(&to, width * RG_HIDDEN);
    for (int c = 0; c < classes; c++)
        for (int k = 0; k < RG_HIDDEN; k++)
            packed[k * width + c] = weights[c * RG_HIDDEN + k];
    memcpy(fill(&to, width), data_of(r, node, "b"), sizeof(float) * (size_t)classes);
    return to;
}

/* Embeddings, mixer and layers of a token-to-vector network. */
static void add_encoder(rg_model_writer *writer, const reader *r, const char *network,
                        int first_embed, int columns)
{
    for (int c = 0; c < columns; c++) {
        int size = rg_embed_rows[c] * RG_WIDTH;
        filler embed = new_filler(r->arena, size);
        copy(&embed, data_of(r, first_embed + 2 * c, "E"), size);
        add_section(writer, network, "embed.", c, &embed);
    }
    filler mixer = pack_maxout(r->arena, r, 39, columns * RG_WIDTH);
    add_section(writer, network, "mixer", -1, &mixer);
    filler first = pack_window(r->arena, r, 57);
    add_section(writer, network, "layer", 1, &first);
    for (int layer = 2; layer <= RG_LAYERS; layer++) {
        filler packed = pack_maxout(r->arena, r, 55 + 2 * layer, RG_WINDOW);
        add_section(writer, network, "layer", layer, &packed);
    }
}

/* The scorer of parser or names: vectors -> 64, features, hidden layer, classes. */
static void add_scorer(rg_model_writer *writer, const reader *r, const char *network,
                       int features, int classes)
{
    filler input = pack_linear(r->arena, r, 6, RG_HIDDEN, RG_WIDTH);
    add_section(writer, network, "input", -1, &input);
    filler lower = pack_lower(r->arena, r, 2, features);
    add_section(writer, network, "lower", -1, &lower);
    filler upper = pack_upper(r->arena, r, 3, classes);
    add_section(writer, network, "upper", -1, &upper);
}

static bool add_networks(rg_model_writer *writer, rg_arena *arena, const char *folder,
                         rg_error *err)
{
    reader r;
    if (!read_file(&r, &tok2vec_file, arena, folder, err))
        return false;
    add_encoder(writer, &r, "tok2vec", 28, RG_COLUMNS);

    if (!read_file(&r, &tagger_file, arena, folder, err))
        return false;
    filler output = pack_linear(arena, &r, 3, RG_TAGS, RG_WIDTH);
    add_section(writer, "tagger", "output", -1, &output);

    if (!read_file(&r, &parser_file, arena, folder, err))
        return false;
    add_scorer(writer, &r, "parser", RG_PARSER_FEATURES, RG_PARSER_CLASSES);

    if (!read_file(&r, &names_file, arena, folder, err))
        return false;
    add_encoder(writer, &r, "names", 32, RG_NAMES_COLUMNS);
    add_scorer(writer, &r, "names", RG_NAMES_FEATURES, RG_NAMES_CLASSES);
    return true;
}

/* A list of labels as it is built: lines, and how many. */
typedef struct labels {
    rg_buf lines;
    int count;
} labels;

static bool put_label(labels *to, const char *label)
{
    if (!label || strchr(label, '\n'))
        return false;
    rg_buf_text(&to->lines, label);
    rg_buf_byte(&to->lines, '\n');
    to->count++;
    return true;
}

static bool refuse_labels(rg_str path, const char *what, rg_error *err)
{
    return rg_fail(err, RG_ERROR_MODEL, rg_place_file(path), "%s", what);
}

static bool put_tags(labels *to, const json_t *cfg)
{
    const json_t *list = json_object_get(cfg, "labels");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!put_label(to, json_string_value(json_array_get(list, i))))
            return false;
    return to->count == RG_TAGS;
}

static bool add_tags(rg_model_writer *writer, rg_arena *arena, const char *folder,
                     rg_error *err)
{
    rg_str bytes, path;
    if (!rg_import_read(&bytes, &path, arena, folder, "tagger/cfg", err))
        return false;
    json_error_t where;
    json_t *cfg = json_loadb(bytes.bytes, (size_t)bytes.len, 0, &where);
    if (!cfg)
        return rg_fail(err, RG_ERROR_MODEL, rg_place_file(path), "byte %d: %s",
                       where.position, where.text);
    labels tags = {rg_buf_in(arena), 0};
    bool ok = put_tags(&tags, cfg);
    json_decref(cfg);
    if (!ok)
        return refuse_labels(path, "50 labels are expected", err);
    rg_model_writer_add(writer, "tagger.labels", tags.lines.bytes,
                        (size_t)tags.lines.len);
    return true;
}

/* One label of an action with its frequency in training. */
typedef struct move {
    const char *label;
    json_int_t count;
} move;

/* spaCy's order of classes: by frequency, then by label, both falling. */
static bool comes_before(const move *a, const move *b)
{
    return a->count > b->count
           || (a->count == b->count && strcmp(a->label, b->label) > 0);
}

enum { MOST_MOVES = 64 };

/* Sorts the labels of one action into `moves`; -1 if something is odd. */
static int sort_moves(move moves[MOST_MOVES], json_t *action)
{
    int count = 0;
    const char *label;
    json_t *value;
    json_object_foreach(action, label, value)
    {
        if (count == MOST_MOVES || !json_is_integer(value))
            return -1;
        move next = {label, json_integer_value(value)};
        int at = count++;
        for (; at > 0 && comes_before(&next, &moves[at - 1]); at--)
            moves[at] = moves[at - 1];
        moves[at] = next;
    }
    return count;
}

static bool put_moves(labels *to, const json_t *all, int class_count)
{
    for (int action = 0; action <= 5; action++) {
        char key[2] = {(char)('0' + action), '\0'};
        move moves[MOST_MOVES];
        int count = sort_moves(moves, json_object_get(all, key));
        if (count < 0)
            return false;
        for (int i = 0; i < count; i++) {
            rg_buf_byte(&to->lines, key[0]);
            if (!put_label(to, moves[i].label))
                return false;
        }
    }
    return to->count == class_count;
}

/* {"moves": text that is JSON: {"0": {label: frequency, ...}, ...}, "cfg": ...} */
static bool read_moves(json_t **out, rg_str bytes, rg_str path, rg_error *err)
{
    rg_msgpack in = rg_msgpack_over(path, bytes, err);
    int pairs;
    rg_str key, text;
    if (!rg_msgpack_map(&in, &pairs) || !rg_msgpack_text(&in, &key)
        || !rg_msgpack_text(&in, &text))
        return false;
    if (pairs != 2 || !rg_str_is(key, "moves"))
        return rg_msgpack_fail(&in, 0, "keys moves and cfg are expected");
    if (!rg_msgpack_text(&in, &key) || !rg_msgpack_skip(&in) || !rg_msgpack_end(&in))
        return false;
    json_error_t where;
    *out = json_loadb(text.bytes, (size_t)text.len, 0, &where);
    return *out || rg_msgpack_fail(&in, 0, "%s", where.text);
}

static bool add_moves(rg_model_writer *writer, rg_arena *arena, const char *folder,
                      const char *network, rg_error *err)
{
    bool is_parser = strcmp(network, "parser") == 0;
    rg_str bytes, path;
    json_t *all = NULL;
    if (!rg_import_read(&bytes, &path, arena, folder,
                        is_parser ? "parser/moves" : "ner/moves", err)
        || !read_moves(&all, bytes, path, err))
        return false;
    labels moves = {rg_buf_in(arena), 0};
    bool ok = put_moves(&moves, all, is_parser ? RG_PARSER_CLASSES : RG_NAMES_CLASSES);
    json_decref(all);
    if (!ok)
        return refuse_labels(path, "the moves are those of another network", err);
    rg_model_writer_add(writer, is_parser ? "parser.moves" : "names.moves",
                        moves.lines.bytes, (size_t)moves.lines.len);
    return true;
}

bool rg_import_weights(rg_model_writer *writer, rg_arena *arena, const char *folder,
                       rg_error *err)
{
    return add_networks(writer, arena, folder, err)
           && add_tags(writer, arena, folder, err)
           && add_moves(writer, arena, folder, "parser", err)
           && add_moves(writer, arena, folder, "names", err);
}
