/* sources.c - finds rule files: paths, folders, includes; each file is read once. */
#include "rules/load.h"

#include "base/file.h"
#include "base/folder.h"

#include <string.h>

enum {
    MAX_FILE = 8 * 1024 * 1024,
    MAX_INCLUDED = 4 * 1024 * 1024,
    MAX_NAMES = 256 * 1024 * 1024,
    MAX_ALL_NAMES = 1024 * 1024 * 1024,
    MAX_SET = 64 * 1024 * 1024,
    MAX_INCLUDED_FILES = 64,
    MAX_INCLUDES = 1000, /* places that include, of files read already, too */
    MAX_DEPTH = 8,
};

static void read_source(loader *l, int file);

static void report_path(loader *l, const char *path, const char *id, const char *text)
{
    l->c.errors++;
    rg_report(l->c.reporter,
              (rg_finding){
                  .severity = RG_ERROR, .id = id, .at = rg_place_file(rg_str_of(path))},
              "%s", text);
}

static int find_file(const loader *l, rg_file_id id)
{
    for (int i = 0; i < l->c.rules->file_count; i++)
        if (rg_file_id_equal(l->origins[i].id, id))
            return i;
    return RG_NONE;
}

static int add_file(loader *l, rg_str path, rg_str text, origin from)
{
    rg_rules *rules = l->c.rules;
    load_grow(l, rules->files, rules->file_count, l->room.files);
    load_grow(l, l->origins, rules->file_count, l->room.origins);
    if (rg_str_starts(text, RG_STR("\xef\xbb\xbf")))
        text = rg_str_cut(text, 3, text.len); /* so that columns are an editor's */
    rules->files[rules->file_count] =
        (rg_file){.path = path, .text = text, .included = from.depth > 0};
    l->origins[rules->file_count] = from;
    return rules->file_count++;
}

static bool add_bytes(loader *l, int count)
{
    l->byte_count += (size_t)count;
    return l->byte_count <= MAX_SET;
}

/* ---- Includes ------------------------------------------------------------------------- */

/* A name without slash and dot is that of a file of the rules folder. */
static bool is_bare(rg_str path)
{
    return rg_str_find_byte(path, '/', 0) < 0 && rg_str_find_byte(path, '.', 0) < 0;
}

/* "did you mean 'core'?" for a bare name. */
static const char *suggest_bare(loader *l, rg_str name)
{
    rg_str *names;
    int count;
    rg_error err = {0};
    rg_map *known = rg_map_new(l->c.arena);
    if (rg_folder_names(&names, &count, l->c.arena, l->request->folder, &err))
        for (int i = 0; i < count; i++)
            if (rg_str_ends(names[i], RG_STR(".yaml")))
                rg_map_put(known, rg_str_cut(names[i], 0, names[i].len - 5));
    return rg_pattern_suggest(&l->c, known, name);
}

/* What lies beneath which folder: `folder` gets the root, `path` the way from there. */
static bool place_include(loader *l, rg_scalar name, origin *from, rg_str *path)
{
    const origin *here = &l->origins[name.file];
    rg_arena *arena = l->c.arena;
    const char *root = is_bare(name.value) ? l->request->folder : here->root;
    if (!root)
        return load_error(l, name, "include", NULL,
                          "cannot include '%.*s': there is no folder of rules",
                          RG_PRINT(load_excerpt(name.value)));
    *from = (origin){.root = root, .includer = name.file, .depth = here->depth + 1};
    if (!is_bare(name.value)) {
        rg_str way = name.value;
        while (rg_str_starts(way, RG_STR("./")))
            way = rg_str_cut(way, 2, way.len);
        *path = rg_str_starts(way, RG_STR("/"))
                    ? way
                    : rg_arena_format(arena, "%.*s%.*s", RG_PRINT(here->folder),
                                      RG_PRINT(way));
        return true;
    }
    *path = rg_arena_format(arena, "%.*s.yaml", RG_PRINT(name.value));
    return true;
}

static bool check_limits(loader *l, rg_scalar name)
{
    if (l->origins[name.file].depth == MAX_DEPTH)
        return load_error(l, name, "limit", NULL, "includes nested deeper than %d",
                          MAX_DEPTH);
    if (++l->include_count > MAX_INCLUDES)
        return load_error(l, name, "limit", NULL, "more than %d includes",
                          MAX_INCLUDES);
    int included = 0;
    for (int i = 0; i < l->c.rules->file_count; i++)
        included += l->origins[i].depth > 0;
    return included < MAX_INCLUDED_FILES
           || load_error(l, name, "limit", NULL, "more than %d included files",
                         MAX_INCLUDED_FILES);
}

/* Length of path up to its last slash, that included. */
static int folder_length(rg_str path)
{
    int len = path.len;
    while (len > 0 && path.bytes[len - 1] != '/')
        len--;
    return len;
}

static rg_str shown_path(loader *l, const char *root, rg_str path)
{
    if (strcmp(root, ".") == 0)
        return rg_arena_str(l->c.arena, path);
    return rg_arena_format(l->c.arena, "%s/%.*s", root, RG_PRINT(path));
}

/* A file on its way: where it lies, and what stands in it. */
typedef struct included {
    origin from;
    rg_str path, text;
} included;

static bool read_included(loader *l, rg_scalar name, rg_arena *arena, size_t limit,
                          included *out)
{
    rg_error err = {0};
    return check_limits(l, name) && place_include(l, name, &out->from, &out->path)
           && (rg_beneath_read(&out->text, &out->from.id, arena, out->from.root,
                               out->path, limit, &err)
               || load_error(l, name, "include",
                             is_bare(name.value) ? suggest_bare(l, name.value) : NULL,
                             "cannot include '%.*s': %s",
                             RG_PRINT(load_excerpt(name.value)), err.text));
}

bool load_names_text(loader *l, rg_scalar path, rg_arena *arena, rg_str *out)
{
    included file;
    if (!read_included(l, path, arena, MAX_NAMES, &file))
        return false;
    *out = file.text;
    l->names_hash = rg_hash_stir(l->names_hash, rg_names_hash(file.text));
    l->names_byte_count += (size_t)file.text.len;
    return l->names_byte_count <= MAX_ALL_NAMES
           || load_error(l, path, "limit", NULL,
                         "the files of names are larger than %d bytes in all",
                         MAX_ALL_NAMES);
}

/* Reads what `name` names; *seen is set if that is a file read before. */
static int find_included(loader *l, rg_scalar name, bool *seen)
{
    included file;
    *seen = false;
    if (!read_included(l, name, l->c.arena, MAX_INCLUDED, &file))
        return RG_NONE;
    origin from = file.from;
    rg_str path = file.path, text = file.text;
    if (!add_bytes(l, text.len)) {
        load_error(l, name, "limit", NULL,
                   "the rule files are larger than %d bytes in all", MAX_SET);
        return RG_NONE;
    }
    int known = find_file(l, from.id);
    *seen = known != RG_NONE;
    if (*seen)
        return known;
    from.folder = rg_str_cut(path, 0, folder_length(path));
    return add_file(l, shown_path(l, from.root, path), text, from);
}

int load_included_file(loader *l, rg_scalar path)
{
    bool seen;
    return find_included(l, path, &seen);
}

static void include_file(loader *l, rg_scalar name)
{
    bool seen;
    int file = find_included(l, name, &seen);
    if (file == RG_NONE)
        return;
    if (!seen)
        read_source(l, file);
    else if (l->origins[file].open)
        load_error(l, name, "include", NULL, "'%.*s' is included in a circle",
                   RG_PRINT(load_excerpt(name.value)));
}

static void read_includes(loader *l, const rg_yaml *root)
{
    const char *hint = "write include: [NAME, ...]";
    const rg_yaml *list = rg_yaml_find(root, "include");
    if (!list || !load_expect(l, list, RG_YAML_LIST, hint))
        return;
    for (const rg_yaml *item = list->first; item; item = item->next)
        if (load_expect(l, item, RG_YAML_SCALAR, hint))
            include_file(l, item->scalar);
}

/* ---- Files ------------------------------------------------------------------------------ */

/* The file's tree, behind those of the files it includes. Nests at most MAX_DEPTH deep. */
static void read_source(loader *l, int file)
{
    const rg_yaml *root = rg_yaml_read(&l->c, file);
    if (!root
        || !load_expect(l, root, RG_YAML_MAP, "a rule file starts with 'relgraph: 1'"))
        return;
    l->origins[file].open = true;
    if (!l->origins[file].profile)
        read_includes(l, root);
    l->origins[file].open = false;
    load_grow(l, l->sources, l->source_count, l->room.sources);
    l->sources[l->source_count++] = (source){file, root};
}

static void read_path(loader *l, rg_str path, bool profile)
{
    origin from = {.includer = RG_NONE, .profile = profile};
    bool has_id = rg_file_id_of(&from.id, path.bytes);
    int known = has_id ? find_file(l, from.id) : RG_NONE;
    if (known != RG_NONE) {
        l->c.rules->files[known].included = false;
        return;
    }
    rg_str text;
    rg_error err = {0};
    if (!rg_file_read(&text, l->c.arena, path.bytes, MAX_FILE, &err)) {
        report_path(l, path.bytes, err.kind == RG_ERROR_LIMIT ? "limit" : "unreadable",
                    err.text);
        return;
    }
    if (!add_bytes(l, text.len)) {
        report_path(l, path.bytes, "limit", "the rule files are too large in all");
        return;
    }
    int folder = folder_length(path);
    from.root = folder == 0 ? "."
                : folder == 1
                    ? "/"
                    : rg_arena_str(l->c.arena, rg_str_cut(path, 0, folder - 1)).bytes;
    read_source(l, add_file(l, path, text, from));
}

static void read_folder(loader *l, const char *path)
{
    rg_str *names;
    int count;
    rg_error err = {0};
    if (!rg_folder_names(&names, &count, l->c.arena, path, &err)) {
        report_path(l, path, "unreadable", err.text);
        return;
    }
    for (int i = 0; i < count; i++)
        if (rg_str_ends(names[i], RG_STR(".yaml"))
            || rg_str_ends(names[i], RG_STR(".yml")))
            read_path(l,
                      rg_arena_format(l->c.arena, "%s/%.*s", path, RG_PRINT(names[i])),
                      false);
}

void load_sources(loader *l)
{
    for (int i = 0; i < l->request->path_count; i++) {
        const char *path = l->request->paths[i];
        if (rg_file_is_folder(path))
            read_folder(l, path);
        else
            read_path(l, rg_arena_str(l->c.arena, rg_str_of(path)), false);
    }
    if (l->request->profile)
        read_path(l, rg_arena_str(l->c.arena, rg_str_of(l->request->profile)), true);
    for (int i = 0; i < l->request->text_count; i++) {
        const rg_file *text = &l->request->texts[i];
        origin nowhere = {.includer = RG_NONE, .id = {0, (uint64_t)i}};
        read_source(l, add_file(l, text->path, text->text, nowhere));
    }
}
