#include "run/sources.h"

#include "base/file.h"
#include "base/folder.h"
#include "run/converters.h"
#include "run/records.h"

#include <limits.h>
#include <string.h>

/* What the operands are read into. */
typedef struct listing {
    rg_sources *list;
    rg_arena *arena;
    const rg_source_options *options;
    int failed;
    rg_reporter reporter;
    rg_error *first;
    int unknown, unreadable; /* files of folders that are left out */
} listing;

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

/* ---- Files ------------------------------------------------------------------------------ */

static bool read_bytes(rg_str *out, rg_arena *arena, const char *path, rg_error *err)
{
    const rg_converter *converter = rg_converter_find(path);
    return converter ? rg_converter_run(out, arena, converter, path, err)
                     : rg_file_read(out, arena, path, INT_MAX, err);
}

static bool has_key(rg_str line, const char *key)
{
    return rg_record_find(line, key).len > 0;
}

static void add_record(listing *l, const char *path, int number, rg_str line)
{
    rg_document document = {.name = rg_arena_format(l->arena, "%s:%d", path, number),
                            .bytes = line};
    add_source(
        l->list, l->arena,
        (rg_source){.kind = RG_SOURCE_TEXT, .document = document, .is_record = true});
}

static bool fail_triple(const char *path, rg_str all, int at, rg_error *err)
{
    rg_place place = {rg_str_of(path), all, at};
    rg_fail(err, RG_ERROR_INPUT, place, "is a triple, no document");
    return rg_fail_hint(err, "'relgraph draw' and 'diff' take triples");
}

/* Adds the documents. Where triples are read, too, the other lines are for their reader:
 * `triples` is a copy of all, in which the documents are blanked out. */
static bool add_json_lines(listing *l, const char *path, rg_str all, char *triples,
                           int *documents, rg_error *err)
{
    int at = rg_str_starts(all, RG_STR("\xef\xbb\xbf")) ? 3 : 0;
    for (int number = 1, end; at < all.len; at = end + 1, number++) {
        end = rg_str_find_byte(all, '\n', at);
        end = end < 0 ? all.len : end;
        rg_str line = rg_str_cut(all, at, end);
        bool triple = triples ? has_key(line, "subject") || !has_key(line, "text")
                              : has_key(line, "subject") && !has_key(line, "text");
        if (rg_str_trim(line).len == 0 || (triple && triples))
            continue;
        if (triple)
            return fail_triple(path, all, at, err);
        *documents += 1;
        add_record(l, path, number, line);
        if (triples)
            memset(triples + at, ' ', (size_t)line.len);
    }
    return true;
}

static bool has_text(rg_str bytes)
{
    return rg_str_trim(bytes).len > 0;
}

static bool add_json(listing *l, const char *path, rg_error *err)
{
    rg_str all, rest = {"", 0};
    int documents = 0;
    if (!rg_file_read(&all, l->arena, path, INT_MAX, err))
        return false;
    char *copy = NULL;
    if (l->options->triples) {
        copy = rg_arena_take(l->arena, (size_t)all.len + 1, 1);
        memcpy(copy, all.bytes, (size_t)all.len);
        rest = (rg_str){copy, all.len};
    }
    if (!add_json_lines(l, path, all, copy, &documents, err))
        return false;
    rg_document triples = {.name = rg_str_of(path), .bytes = rest};
    if (copy && (documents == 0 || has_text(rest)))
        add_source(l->list, l->arena,
                   (rg_source){.kind = RG_SOURCE_JSONL, .document = triples});
    return true;
}

static rg_text_mode mode_of(rg_cut cut, const char *path)
{
    static const struct {
        const char *ending;
        rg_text_mode mode;
    } modes[] = {
        {".html", RG_TEXT_HTML},         {".htm", RG_TEXT_HTML},
        {".xhtml", RG_TEXT_HTML},        {".md", RG_TEXT_MARKDOWN},
        {".markdown", RG_TEXT_MARKDOWN},
    };
    if (cut == RG_CUT_WHOLE)
        return RG_TEXT_WHOLE;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (rg_file_ends(path, modes[i].ending))
            return modes[i].mode;
    return RG_TEXT_BLOCKS;
}

static bool add_cut(listing *l, const char *path, rg_error *err)
{
    rg_str all;
    if (!read_bytes(&all, l->arena, path, err))
        return false;
    if (l->options->cut == RG_CUT_RECORDS)
        return rg_sources_add_records(l->list, l->arena, path, all, err);
    add_lines(l->list, l->arena, path, all);
    return true;
}

static bool add_file(listing *l, const char *path, rg_error *err)
{
    rg_cut cut = l->options->cut;
    rg_source_kind kind = l->options->triples ? find_kind(path) : RG_SOURCE_TEXT;
    bool json = rg_file_ends(path, ".jsonl");
    if (json && (kind == RG_SOURCE_JSONL || cut == RG_CUT_BLOCKS))
        return add_json(l, path, err);
    if (kind == RG_SOURCE_TEXT && (cut == RG_CUT_LINES || cut == RG_CUT_RECORDS))
        return add_cut(l, path, err);
    rg_document file = {.name = rg_str_of(path), .mode = mode_of(cut, path)};
    add_source(l->list, l->arena,
               (rg_source){.kind = kind,
                           .path = path,
                           .document = file,
                           .converter = rg_converter_find(path)});
    return true;
}

/* ---- Folders and patterns ------------------------------------------------------------------ */

static void fail_operand(listing *l, rg_error *trouble)
{
    l->failed++;
    rg_error_report(trouble, l->reporter);
    if (l->first->kind == RG_ERROR_NONE)
        *l->first = *trouble;
}

static void try_file(listing *l, const char *path)
{
    rg_error trouble = {0};
    if (!add_file(l, path, &trouble))
        fail_operand(l, &trouble);
}

static bool is_known(const char *path)
{
    static const char *const endings[] = {".txt", ".md",    ".markdown", ".html",
                                          ".htm", ".xhtml", ".jsonl",    NULL};
    for (int i = 0; endings[i]; i++)
        if (rg_file_ends(path, endings[i]))
            return true;
    return false;
}

static void add_found(listing *l, const char *path)
{
    const rg_converter *converter = rg_converter_find(path);
    if (converter && !rg_converter_is_there(l->arena, converter))
        l->unreadable++;
    else if (converter || is_known(path))
        try_file(l, path);
    else
        l->unknown++;
}

static bool list_names(listing *l, rg_str **names, int *count, const char *path)
{
    rg_error trouble = {0};
    if (rg_folder_names(names, count, l->arena, path, &trouble))
        return true;
    fail_operand(l, &trouble);
    return false;
}

/* Hidden ones are passed over, and links to folders, which may lead back. */
static void add_folder(listing *l, const char *path)
{
    rg_str *names;
    int count;
    bool slash = rg_str_ends(rg_str_of(path), RG_STR("/"));
    if (!list_names(l, &names, &count, path))
        return;
    for (int i = 0; i < count; i++) {
        const char *inner = rg_arena_format(l->arena, "%s%s%.*s", path,
                                            slash ? "" : "/", RG_PRINT(names[i]))
                                .bytes;
        if (names[i].bytes[0] == '.')
            continue;
        if (rg_file_is_regular(inner))
            add_found(l, inner);
        else if (rg_file_is_folder(inner) && !rg_file_is_link(inner))
            add_folder(l, inner);
    }
}

static void add_folder_operand(listing *l, const char *path)
{
    int sources = l->list->count, failed = l->failed;
    add_folder(l, path);
    if (l->list->count > sources || l->failed > failed)
        return;
    rg_error trouble = {0};
    rg_fail(&trouble, RG_ERROR_INPUT, rg_place_file(rg_str_of(path)),
            "no document in this folder");
    rg_fail_hint(&trouble, "read are .txt .md .html .jsonl, with pdftotext .pdf, with "
                           "pandoc .docx .odt .epub");
    fail_operand(l, &trouble);
}

static void add_operand(listing *l, const char *path)
{
    rg_str *paths = NULL, one = rg_str_of(path);
    int count = 0;
    if (!rg_folder_is_pattern(path)
        || !rg_folder_match(&paths, &count, l->arena, path)) {
        paths = &one; /* as it is: if there is no such file, that is told */
        count = 1;
    }
    for (int i = 0; i < count; i++)
        if (rg_file_is_folder(paths[i].bytes))
            add_folder_operand(l, paths[i].bytes);
        else
            try_file(l, paths[i].bytes);
}

static void note_left_out(const listing *l)
{
    rg_finding note = {RG_NOTE, "left-out", RG_NOWHERE, NULL};
    if (l->unknown + l->unreadable > 0)
        rg_report(l->reporter, note,
                  "files of folders that are left out: %d with other endings, %d for "
                  "want of pdftotext or pandoc",
                  l->unknown, l->unreadable);
}

void rg_sources_list(rg_sources *out, rg_arena *arena, const rg_source_options *options,
                     int *failed, rg_reporter reporter, rg_error *err)
{
    *out = (rg_sources){0};
    listing l = {.list = out,
                 .arena = arena,
                 .options = options,
                 .reporter = reporter,
                 .first = err};
    for (int i = 0; i < options->path_count; i++)
        add_operand(&l, options->paths[i]);
    note_left_out(&l);
    *failed = l.failed;
}

/* ---- One document ---------------------------------------------------------------------------- */

/* A record is named by its id, its address, or where it stands. */
static bool read_line_of_json(rg_document *out, rg_arena *arena,
                              const rg_document *line, rg_error *err)
{
    rg_record record;
    if (!rg_record_read(&record, arena, line->bytes))
        return rg_fail(err, RG_ERROR_INPUT, rg_place_file(line->name),
                       "no document with \"text\": %s", record.why);
    *out = record.document;
    out->is_record = false;
    if (out->name.len == 0)
        out->name = record.url.len > 0 ? record.url : line->name;
    return true;
}

bool rg_source_read(rg_document *out, rg_arena *arena, const rg_source *source,
                    rg_error *err)
{
    *out = source->document;
    if (source->unreadable) {
        *err = *source->unreadable;
        return false;
    }
    if (source->is_record)
        return read_line_of_json(out, arena, &source->document, err);
    return !source->path || source->kind == RG_SOURCE_STORE
           || read_bytes(&out->bytes, arena, source->path, err);
}
