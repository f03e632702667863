#include "run/converters.h"

#include "base/file.h"
#include "graph/child.h"

#include <stdlib.h>

enum { MILLISECONDS = 60 * 1000, MOST_TEXT = 64 * 1024 * 1024 };

static const rg_converter converters[] = {
    {".pdf", "pdftotext", "poppler-utils", {"-layout", "-enc", "UTF-8", NULL}, "-"},
    {".docx",
     "pandoc",
     "pandoc",
     {"--sandbox", "--wrap=none", "-t", "plain", "--from=docx", NULL},
     NULL},
    {".odt",
     "pandoc",
     "pandoc",
     {"--sandbox", "--wrap=none", "-t", "plain", "--from=odt", NULL},
     NULL},
    {".epub",
     "pandoc",
     "pandoc",
     {"--sandbox", "--wrap=none", "-t", "plain", "--from=epub", NULL},
     NULL},
};

const rg_converter *rg_converter_find(const char *path)
{
    for (size_t i = 0; i < sizeof converters / sizeof *converters; i++)
        if (rg_file_ends(path, converters[i].ending))
            return &converters[i];
    return NULL;
}

/* The program's path, from PATH; NULL if it is in none of its folders. */
static const char *find_program(rg_arena *arena, const char *name)
{
    rg_str folders = rg_str_of(getenv("PATH"));
    for (int from = 0; from < folders.len;) {
        int to = rg_str_find_byte(folders, ':', from);
        to = to < 0 ? folders.len : to;
        const char *path =
            rg_arena_format(arena, "%.*s/%s", to - from, folders.bytes + from, name)
                .bytes;
        if (to > from && rg_file_is_program(path))
            return path;
        from = to + 1;
    }
    return NULL;
}

bool rg_converter_is_there(rg_arena *arena, const rg_converter *converter)
{
    return find_program(arena, converter->program) != NULL;
}

static bool fail_end(const rg_converter *converter, const char *path, rg_child_end end,
                     const rg_buf *said, rg_error *err)
{
    rg_place at = rg_place_file(rg_str_of(path));
    if (end == RG_CHILD_TOO_SLOW)
        return rg_fail(err, RG_ERROR_LIMIT, at,
                       "%s took more than %d s, or gave more than %d MiB of text",
                       converter->program, MILLISECONDS / 1000, MOST_TEXT >> 20);
    rg_str why = rg_str_trim(rg_buf_str(said));
    int line = rg_str_find_byte(why, '\n', 0);
    why = line < 0 ? why : rg_str_cut(why, 0, line);
    return rg_fail(err, RG_ERROR_INPUT, at, "%s cannot read it%s%.*s",
                   converter->program, why.len > 0 ? ": " : "", RG_PRINT(why));
}

/* A path that begins with '-' would be an option. */
static const char *path_argument(rg_arena *arena, const char *path)
{
    return path[0] == '-' ? rg_arena_format(arena, "./%s", path).bytes : path;
}

bool rg_converter_run(rg_str *out, rg_arena *arena, const rg_converter *converter,
                      const char *path, rg_error *err)
{
    rg_place at = rg_place_file(rg_str_of(path));
    const char *arguments[10];
    int count = 0;
    rg_stream readable;
    if (!rg_stream_open(&readable, path, err))
        return false;
    rg_stream_close(&readable);
    arguments[count++] = find_program(arena, converter->program);
    if (!arguments[0]) {
        rg_fail(err, RG_ERROR_INPUT, at, "%s is needed to read it, and not installed",
                converter->program);
        return rg_fail_hint(err, "install the package %s", converter->package);
    }
    for (int i = 0; converter->arguments[i]; i++)
        arguments[count++] = converter->arguments[i];
    arguments[count++] = path_argument(arena, path);
    arguments[count++] = converter->last;
    arguments[count] = NULL;
    rg_buf text = rg_buf_in(arena), said = rg_buf_in(arena);
    rg_child child = {
        .arguments = arguments, .milliseconds = MILLISECONDS, .limit = MOST_TEXT};
    rg_child_end end = rg_child_run(&text, &said, &child);
    *out = rg_buf_str(&text);
    return end == RG_CHILD_DONE || fail_end(converter, path, end, &said, err);
}
