#include "run/sources.h"

#include "base/file.h"
#include "run/records.h"

#include <limits.h>
#include <string.h>

static void add_source(rg_sources *list, rg_arena *arena, rg_source source)
{
    list->items = rg_arena_grow(arena, list->items, list->count, &list->capacity,
                                sizeof list->items[0]);
    list->items[list->count++] = source;
}

static rg_source_kind find_kind(const char *path)
{
    static const struct {
        const char *ending;
        rg_source_kind kind;
    } kinds[] = {
        {".tsv", RG_SOURCE_TSV},
        {".csv", RG_SOURCE_CSV},
        {".jsonl", RG_SOURCE_JSONL},
        {".db", RG_SOURCE_STORE},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (rg_str_ends(rg_str_of(path), rg_str_of(kinds[i].ending)))
            return kinds[i].kind;
    return RG_SOURCE_TEXT;
}

/* The lines of a file that has been read; only a line feed ends a line. */
static void add_lines(rg_sources *list, rg_arena *arena, const char *path, rg_str all)
{
    int number = 1;
    for (int from = 0; from < all.len; number++) {
        int to = rg_str_find_byte(all, '\n', from);
        if (to < 0)
            to = all.len;
        if (to > from) {
            rg_document line = {
                .name = rg_arena_format(arena, "%s:%d", path, number),
                .bytes = rg_str_cut(all, from, to),
                .base = from,
                .mode = RG_TEXT_WHOLE,
                .is_line = true,
            };
            add_source(list, arena,
                       (rg_source){.kind = RG_SOURCE_TEXT, .document = line});
        }
        from = to + 1;
    }
}

static bool read_record(rg_document *out, rg_arena *arena, rg_str line, rg_place at,
                        rg_error *err)
{
    rg_record record;
    if (!rg_record_read(&record, arena, line))
        return rg_fail(err, RG_ERROR_INPUT, at,
                       "no record with \"id\" and \"text\": %s", record.why);
    *out = record.document;
    return true;
}

bool rg_sources_add_records(rg_sources *list, rg_arena *arena, const char *path,
                            rg_str all, rg_error *err)
{
    for (int from = 0; from < all.len;) {
        int to = rg_str_find_byte(all, '\n', from);
        to = to < 0 ? all.len : to;
        rg_source source = {.kind = RG_SOURCE_TEXT};
        rg_str line = rg_str_cut(all, from, to);
        rg_place at = {rg_str_of(path), all, from};
        if (rg_str_trim(line).len > 0) {
            if (!read_record(&source.document, arena, line, at, err))
                return false;
            add_source(list, arena, source);
        }
        from = to + 1;
    }
    return true;
}

static bool add_path(rg_sources *list, rg_arena *arena, const char *path,
                     const rg_source_options *options, rg_error *err)
{
    rg_source_kind kind = options->triples ? find_kind(path) : RG_SOURCE_TEXT;
    bool records = options->cut == RG_CUT_RECORDS;
    if (kind == RG_SOURCE_TEXT && (options->cut == RG_CUT_LINES || records)) {
        rg_str all;
        if (!rg_file_read(&all, arena, path, INT_MAX, err))
            return false;
        if (records)
            return rg_sources_add_records(list, arena, path, all, err);
        add_lines(list, arena, path, all);
        return true;
    }
    rg_document file = {
        .name = rg_str_of(path),
        .mode = options->cut == RG_CUT_WHOLE ? RG_TEXT_WHOLE : RG_TEXT_BLOCKS,
    };
    add_source(list, arena, (rg_source){.kind = kind, .path = path, .document = file});
    return true;
}

void rg_sources_list(rg_sources *out, rg_arena *arena, const rg_source_options *options,
                     int *failed, rg_reporter reporter, rg_error *err)
{
    *out = (rg_sources){0};
    *failed = 0;
    for (int i = 0; i < options->path_count; i++) {
        rg_error trouble = {0};
        if (add_path(out, arena, options->paths[i], options, &trouble))
            continue;
        *failed += 1;
        rg_error_report(&trouble, reporter);
        if (err->kind == RG_ERROR_NONE)
            *err = trouble;
    }
}

bool rg_source_read(rg_document *out, rg_arena *arena, const rg_source *source,
                    rg_error *err)
{
    *out = source->document;
    if (source->unreadable) {
        *err = *source->unreadable;
        return false;
    }
    return !source->path || source->kind == RG_SOURCE_STORE
           || rg_file_read(&out->bytes, arena, source->path, INT_MAX, err);
}
