/* name_files.c - files of names: read, indexed, the index kept for the next run.
 *
 * The index of a large file is kept in $XDG_CACHE_HOME/relgraph (~/.cache/relgraph) under
 * the hash of the file's text, so that it is always that of this very text:
 *
 *     names-1f0c6a5be9d37c42-written.index
 */
#include "rules/load.h"

#include "base/file.h"

#include <stdlib.h>

enum { SMALL_NAMES = 64 * 1024 }; /* bytes of a file whose index is not kept */

static void note(loader *l, rg_scalar path, const char *id, const char *text)
{
    const rg_file *file = &l->c.rules->files[path.file];
    rg_report(l->c.reporter,
              (rg_finding){.severity = RG_NOTE,
                           .id = id,
                           .at = {file->path, file->text, path.offset}},
              "%s", text);
}

/* Where the index of this text is kept; NULL if it is not worth it, or there is no place. */
static const char *index_path(loader *l, rg_str text, rg_names_case fold)
{
    static const char *const folds[] = {"written", "any", "lower"};
    rg_arena *arena = l->c.arena;
    if (text.len <= SMALL_NAMES)
        return NULL;
    rg_str name = rg_arena_format(arena, "names-%016llx-%s.index",
                                  (unsigned long long)rg_names_hash(text), folds[fold]);
    return rg_file_cache_path(arena, name.bytes);
}

/* Maps the index that was kept, if there is one and it is sound. */
static bool open_kept(loader *l, rg_scalar path, const char *kept, rg_str text,
                      rg_names *out, rg_names_case fold)
{
    rg_rules *rules = l->c.rules;
    rg_mapped mapped;
    rg_error err = {0};
    if (!rg_file_exists(kept) || !rg_file_map(&mapped, kept, &err))
        return false;
    if (!rg_names_open(out, mapped.bytes, mapped.size, rg_names_hash(text), fold)) {
        rg_file_unmap(&mapped);
        note(l, path, "damaged-index",
             rg_arena_format(l->c.arena, "the index %s is damaged: it is built anew",
                             kept)
                 .bytes);
        return false;
    }
    load_grow(l, rules->mapped, rules->mapped_count, l->room.mapped);
    rules->mapped[rules->mapped_count++] = mapped;
    return true;
}

static void keep(loader *l, rg_scalar path, const char *kept, const rg_names *names)
{
    rg_error err = {0};
    if (!rg_file_write_bytes(kept, names->bytes, names->size, &err))
        note(l, path, "unkept-index",
             rg_arena_format(l->c.arena,
                             "the index of '%.*s' is built in every run: %s: %s",
                             RG_PRINT(load_excerpt(path.value)), err.file, err.text)
                 .bytes);
}

static bool build(loader *l, rg_scalar path, rg_str text, rg_names *out,
                  rg_names_case fold)
{
    rg_names_fault fault = {0};
    return rg_names_build(out, l->c.arena, text, fold, &fault)
           || load_error(l, path, "names", "one name a line; behind a tab its label",
                         "line %d of '%.*s' has %s", fault.line,
                         RG_PRINT(load_excerpt(path.value)), fault.what);
}

static void warn_of_contents(loader *l, rg_scalar path, const rg_names *names)
{
    if (names->count == 0)
        load_warn(l, path, "names", NULL, "'%.*s' has no names",
                  RG_PRINT(load_excerpt(path.value)));
    if (names->conflict_line > 0)
        load_warn(l, path, "duplicate-item", "the first one counts",
                  "line %d of '%.*s' gives a name another label than a line before it",
                  names->conflict_line, RG_PRINT(load_excerpt(path.value)));
}

const rg_names *load_names(loader *l, rg_scalar path, rg_str text, rg_names_case fold)
{
    rg_names *names = rg_new(l->c.arena, rg_names, 1);
    const char *kept = index_path(l, text, fold);
    if (!kept || !open_kept(l, path, kept, text, names, fold)) {
        if (!build(l, path, text, names, fold))
            return NULL;
        if (kept)
            keep(l, path, kept, names);
    }
    warn_of_contents(l, path, names);
    return names;
}

const rg_names *load_names_file(loader *l, rg_scalar path, rg_names_case fold)
{
    rg_str text;
    const rg_names *names = NULL;
    rg_arena *scratch = rg_arena_child(l->c.arena);
    if (load_names_text(l, path, scratch, &text))
        names = load_names(l, path, text, fold);
    rg_arena_free(scratch);
    return names;
}
