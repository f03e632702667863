#include "model/thinc.h"

#include "model/import.h"
#include "model/msgpack.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { LARGEST_RANK = 4, NO_SEED = -1 };

/* A tensor that must be there, and where. */
typedef struct tensor {
    rg_weights file;
    int node;
    const char *node_name, *param;
    int rank, shape[LARGEST_RANK]; /* unused places are 1 */
    int seed;                      /* of a hashembed node */
} tensor;

static const tensor tensors[] = {
#define WEIGHTS(name, path, nodes)
#define TENSOR(file, node, kind, param, rank, a, b, c, d, seed)                        \
    {RG_WEIGHTS_##file, node, kind, param, rank, {a, b, c, d}, seed},
#include "model/weights.def"
};

static const struct {
    const char *path;
    int node_count;
} files[] = {
#define WEIGHTS(name, path, nodes) [RG_WEIGHTS_##name] = {path, nodes},
#define TENSOR(file, node, kind, param, rank, a, b, c, d, seed)
#include "model/weights.def"
};

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

_Static_assert(COUNT(tensors) <= RG_WEIGHTS_TENSORS, "room for all tensors");

/* A file that is being read. */
typedef struct reader {
    rg_msgpack in;
    rg_arena *arena;
    rg_thinc *found;
} reader;

static int size_of(const tensor *t)
{
    int size = 1;
    for (int i = 0; i < LARGEST_RANK; i++)
        size *= t->shape[i];
    return size;
}

/* The tensor of this node and parameter, any parameter if `param` is empty; or NULL. */
static const tensor *find_tensor(rg_weights file, int node, rg_str param)
{
    for (int i = 0; i < COUNT(tensors); i++)
        if (tensors[i].file == file && tensors[i].node == node
            && (param.len == 0 || rg_str_is(param, tensors[i].param)))
            return &tensors[i];
    return NULL;
}

static const tensor *find_node(const reader *r, int node)
{
    return find_tensor(r->found->file, node, RG_STR(""));
}

static int node_count(const reader *r)
{
    return files[r->found->file].node_count;
}

static const float **data_of(rg_thinc *found, const tensor *t)
{
    return &found->data[t - tensors];
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
    if (count != node_count(r))
        return rg_msgpack_fail(&r->in, at, "%d %s, this network has %d", count, name,
                               node_count(r));
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
    const tensor *expected = find_node(r, node);
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
    const tensor *expected = find_node(r, node);
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
    bool same = rank == t->rank;
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
    *data_of(r->found, t) = data;
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
        const tensor *t = key.len > 0 ? find_tensor(r->found->file, node, key) : NULL;
        if (!t || *data_of(r->found, t))
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
    for (int node = 0; node < node_count(r); node++)
        if (!read(r, node))
            return false;
    return true;
}

static bool check_complete(reader *r)
{
    for (int i = 0; i < COUNT(tensors); i++)
        if (tensors[i].file == r->found->file && !r->found->data[i])
            return rg_msgpack_fail(&r->in, r->in.at, "tensor %s of node %d is missing",
                                   tensors[i].param, tensors[i].node);
    return true;
}

bool rg_thinc_read(rg_thinc *out, rg_arena *arena, const char *folder, rg_weights file,
                   rg_error *err)
{
    rg_str bytes, path;
    *out = (rg_thinc){.file = file};
    if (!rg_import_read(&bytes, &path, arena, folder, files[file].path, err))
        return false;
    reader r = {rg_msgpack_over(path, bytes, err), arena, out};
    int pairs;
    if (!rg_msgpack_map(&r.in, &pairs))
        return false;
    if (pairs != 4)
        return rg_msgpack_fail(&r.in, 0, "nodes, attrs, params and shims are expected");
    return read_part(&r, "nodes", read_node) && read_part(&r, "attrs", read_attributes)
           && read_part(&r, "params", read_parameters)
           && read_part(&r, "shims", read_shim) && rg_msgpack_end(&r.in)
           && check_complete(&r);
}

const float *rg_thinc_data(const rg_thinc *found, int node, const char *param)
{
    const tensor *t = find_tensor(found->file, node, rg_str_of(param));
    assert(t && found->data[t - tensors]);
    return found->data[t - tensors];
}
