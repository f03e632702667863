#include "model/model.h"

#include "model/writer.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#    error "the model file is used where it lies: little-endian machines only"
#endif

/* What an entry of the directory says, with the zeros of its name. */
typedef struct entry {
    char name[RG_MODEL_NAME];
    uint64_t offset, size, zero;
} entry;

struct rg_model {
    rg_arena *arena;
    rg_str path;
    rg_mapped file;
    const entry *entries;
    int entry_count;
};

static uint64_t word_at(const rg_model *model, size_t offset)
{
    uint64_t word;
    memcpy(&word, model->file.bytes + offset, sizeof word);
    return word;
}

static bool refuse(const rg_model *model, size_t at, const char *what, rg_error *err)
{
    bool failed = rg_fail(err, RG_ERROR_MODEL, rg_place_file(model->path),
                          "byte %zu: %s", at, what);
    rg_fail_hint(err, "make the file again with: relgraph model import FOLDER -o FILE");
    return failed;
}

static bool check_header(const rg_model *model, rg_error *err)
{
    size_t size = model->file.size;
    if (size < RG_MODEL_HEADER || memcmp(model->file.bytes, RG_MODEL_MAGIC, 8) != 0)
        return refuse(model, 0, "this is not a model file of relgraph", err);
    uint32_t version = (uint32_t)word_at(model, 8);
    if (version != RG_MODEL_VERSION)
        return rg_fail(err, RG_ERROR_MODEL, rg_place_file(model->path),
                       "byte 8: format version %u, this program reads version %d",
                       version, RG_MODEL_VERSION)
               || rg_fail_hint(err, "import the model again");
    if (word_at(model, 16) != size || size % RG_MODEL_ALIGN != 0)
        return rg_fail(err, RG_ERROR_MODEL, rg_place_file(model->path),
                       "byte 16: %llu bytes announced, the file has %zu",
                       (unsigned long long)word_at(model, 16), size);
    if (rg_model_checksum(model->file.bytes, size) != word_at(model, 24))
        return refuse(model, 24, "the checksum is wrong: the file was changed", err);
    return true;
}

static bool is_entry_sound(const rg_model *model, const entry *e)
{
    uint64_t size = model->file.size;
    return e->name[0] != '\0' && e->name[RG_MODEL_NAME - 1] == '\0'
           && e->offset % RG_MODEL_ALIGN == 0 && e->offset <= size
           && e->size <= size - e->offset && e->size <= INT_MAX;
}

static bool check_directory(rg_model *model, rg_error *err)
{
    uint64_t count = word_at(model, 8) >> 32;
    if (count > (model->file.size - RG_MODEL_HEADER) / RG_MODEL_ENTRY)
        return refuse(model, 12, "more sections announced than the file can hold", err);
    model->entries = (const void *)(model->file.bytes + RG_MODEL_HEADER);
    model->entry_count = (int)count;
    for (int i = 0; i < model->entry_count; i++)
        if (!is_entry_sound(model, &model->entries[i]))
            return refuse(model, RG_MODEL_HEADER + (size_t)i * RG_MODEL_ENTRY,
                          "a section lies outside the file", err);
    return true;
}

/* A missing or unreadable model file is trouble with the model, not with the input. */
static bool map_model(rg_model *model, const char *path, rg_error *err)
{
    bool ok = rg_file_map(&model->file, path, err);
    if (!ok && err->kind == RG_ERROR_INPUT)
        err->kind = RG_ERROR_MODEL;
    return ok;
}

bool rg_model_open(rg_model **out, const char *path, rg_error *err)
{
    *out = NULL;
    rg_arena *arena = rg_arena_new();
    if (!arena)
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    rg_model *model = rg_new(arena, rg_model, 1);
    model->arena = arena;
    model->path = rg_arena_str(arena, rg_str_of(path));
    if (!map_model(model, path, err) || !check_header(model, err)
        || !check_directory(model, err)) {
        rg_model_free(model);
        return false;
    }
    *out = model;
    return true;
}

void rg_model_free(rg_model *model)
{
    if (!model)
        return;
    rg_file_unmap(&model->file);
    rg_arena_free(model->arena);
}

bool rg_model_peek(uint64_t *id, const char *path)
{
    rg_stream file;
    rg_error ignored = {0};
    char header[RG_MODEL_HEADER];
    size_t got = 0;
    if (!rg_stream_open(&file, path, &ignored))
        return false;
    bool ok = rg_stream_read(&file, header, sizeof header, &got, &ignored)
              && got == sizeof header && memcmp(header, RG_MODEL_MAGIC, 8) == 0;
    rg_stream_close(&file);
    if (ok)
        memcpy(id, header + 24, sizeof *id);
    return ok;
}

uint64_t rg_model_id(const rg_model *model)
{
    return word_at(model, 24);
}

rg_str rg_model_path(const rg_model *model)
{
    return model->path;
}

int rg_model_section_count(const rg_model *model)
{
    return model->entry_count;
}

rg_str rg_model_section_at(const rg_model *model, int index, rg_str *bytes)
{
    assert(index >= 0 && index < model->entry_count);
    const entry *e = &model->entries[index];
    *bytes = (rg_str){(const char *)model->file.bytes + e->offset, (int)e->size};
    return rg_str_of(e->name);
}

rg_str rg_model_section(const rg_model *model, const char *name)
{
    rg_str bytes;
    for (int i = 0; i < model->entry_count; i++)
        if (rg_str_is(rg_model_section_at(model, i, &bytes), name))
            return bytes;
    return (rg_str){"", 0};
}

bool rg_model_floats(const float **out, const rg_model *model, const char *name,
                     size_t count, rg_error *err)
{
    rg_str bytes = rg_model_section(model, name);
    *out = (const void *)bytes.bytes;
    if ((size_t)bytes.len != count * sizeof(float))
        return rg_fail(err, RG_ERROR_MODEL, rg_place_file(model->path),
                       "section %s has %d bytes, %zu are expected", name, bytes.len,
                       count * sizeof(float));
    return true;
}
