/* import.c - spaCy's folder -> one model file. */
#include "model/import.h"

#include <jansson.h>

bool rg_import_read(rg_str *out, rg_str *path, rg_arena *arena, const char *folder,
                    const char *name, rg_error *err)
{
    *path = rg_arena_format(arena, "%s/%s", folder, name);
    if (rg_file_read(out, arena, path->bytes, RG_IMPORT_LIMIT, err))
        return true;
    err->kind = RG_ERROR_MODEL;
    return false;
}

static rg_str text_of(const json_t *object, const char *key)
{
    return rg_str_of(json_string_value(json_object_get(object, key)));
}

/* The weights and tables that the program knows belong to one release. */
static bool check_release(const json_t *meta, rg_str path, rg_error *err)
{
    rg_str lang = text_of(meta, "lang"), name = text_of(meta, "name");
    rg_str version = text_of(meta, "version");
    if (rg_str_is(lang, "en") && rg_str_starts(name, RG_STR("core_web_sm"))
        && rg_str_is(version, "3.8.0"))
        return true;
    return rg_fail(err, RG_ERROR_MODEL, rg_place_file(path),
                   "this is %.*s_%.*s %.*s, en_core_web_sm 3.8.0 is expected",
                   RG_PRINT(lang), RG_PRINT(name), RG_PRINT(version));
}

static bool check_meta(rg_arena *arena, const char *folder, rg_error *err)
{
    rg_str bytes, path;
    if (!rg_import_read(&bytes, &path, arena, folder, "meta.json", err))
        return false;
    json_error_t where;
    json_t *meta = json_loadb(bytes.bytes, (size_t)bytes.len, 0, &where);
    if (!meta)
        return rg_fail(err, RG_ERROR_MODEL, rg_place_file(path), "byte %d: %s",
                       where.position, where.text);
    bool ok = check_release(meta, path, err);
    json_decref(meta);
    return ok;
}

/* The components and their order are built into lang/. */
static bool check_config(rg_arena *arena, const char *folder, rg_error *err)
{
    static const char pipeline[] =
        "\npipeline = [\"tok2vec\",\"tagger\",\"parser\",\"senter\",\"attribute_ruler\","
        "\"lemmatizer\",\"ner\"]\n";
    rg_str bytes, path;
    if (!rg_import_read(&bytes, &path, arena, folder, "config.cfg", err))
        return false;
    if (rg_str_find(bytes, RG_STR(pipeline), 0) >= 0)
        return true;
    return rg_fail(err, RG_ERROR_MODEL, rg_place_file(path),
                   "the pipeline is another one than en_core_web_sm 3.8.0 has");
}

static bool import_to(rg_arena *arena, const char *folder, const char *path,
                      rg_error *err)
{
    rg_model_writer *writer = rg_model_writer_new(arena);
    bool ok = check_meta(arena, folder, err) && check_config(arena, folder, err)
              && rg_import_weights(writer, arena, folder, err)
              && rg_import_labels(writer, arena, folder, err)
              && rg_import_tables(writer, arena, folder, err);
    if (!ok)
        return false;
    size_t size;
    const void *file = rg_model_writer_file(writer, &size);
    return rg_file_write_bytes(path, file, size, err);
}

bool rg_model_import(const char *folder, const char *path, rg_error *err)
{
    rg_arena *arena = rg_arena_new();
    jmp_buf full;
    if (!arena || setjmp(full) != 0) {
        rg_arena_free(arena);
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    }
    rg_arena_on_full(arena, &full);
    bool ok = import_to(arena, folder, path, err);
    rg_arena_free(arena);
    return ok;
}
