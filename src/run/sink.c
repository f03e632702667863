#include "run/sink.h"

#include "base/file.h"
#include "base/utf8.h"

#include <string.h>

static bool is_standard(const rg_sink *sink)
{
    return strcmp(sink->path, "-") == 0;
}

rg_sink rg_sink_open(rg_arena *arena, const char *path, bool to_terminal)
{
    return (rg_sink){
        .path = path ? path : "-",
        .out = rg_buf_in(arena),
        .files = {.arena = arena},
        .shown = rg_buf_in(arena),
        .terminal = to_terminal,
    };
}

/* The last part of the path, without what a folder cannot hold. */
static rg_str make_stem(rg_arena *arena, rg_str document)
{
    rg_buf stem = rg_buf_in(arena);
    int slash, from = 0;
    while ((slash = rg_str_find_byte(document, '/', from)) >= 0)
        from = slash + 1;
    if (rg_str_ends(document, RG_STR(".txt")))
        document.len -= 4;
    for (int i = from; i < document.len && stem.len < 200; i++)
        rg_buf_byte(&stem,
                    (unsigned char)document.bytes[i] < 0x20 ? '_' : document.bytes[i]);
    if (stem.len == 0 || stem.bytes[0] == '.' || stem.bytes[0] == '-')
        return rg_arena_format(arena, "text%.*s", RG_PRINT(rg_buf_str(&stem)));
    return rg_buf_str(&stem);
}

rg_str rg_sink_name(rg_sink *sink, rg_str document)
{
    rg_arena *arena = sink->files.arena;
    rg_str stem = make_stem(arena, document), name = stem;
    if (!sink->names)
        sink->names = rg_map_new(arena);
    for (int i = 2; rg_map_find(sink->names, name) >= 0; i++)
        name = rg_arena_format(arena, "%.*s-%d", RG_PRINT(stem), i);
    rg_map_put(sink->names, name);
    return name;
}

/* Controls but line feed and tab, and what turns the direction of the text behind it. */
static bool is_unsafe(rg_utf8_step step)
{
    uint32_t code = step.code;
    return !step.ok || (code < 0x20 && code != '\n' && code != '\t')
           || (code >= 0x7f && code < 0xa0) || code == 0x61c || code == 0x200e
           || code == 0x200f || (code >= 0x2028 && code <= 0x202e)
           || (code >= 0x2066 && code <= 0x2069);
}

static rg_str show(rg_sink *sink, rg_str bytes)
{
    sink->shown.len = 0;
    for (int at = 0; at < bytes.len;) {
        rg_utf8_step step = rg_utf8_next(bytes, at);
        if (is_unsafe(step))
            for (int i = 0; i < step.len; i++)
                rg_buf_format(&sink->shown, "\\x%02x",
                              (unsigned char)bytes.bytes[at + i]);
        else
            rg_buf_put(&sink->shown, rg_str_cut(bytes, at, at + step.len));
        at += step.len;
    }
    return rg_buf_str(&sink->shown);
}

bool rg_sink_flush(rg_sink *sink, rg_error *err)
{
    if (!is_standard(sink))
        return true;
    rg_str bytes = rg_buf_str(&sink->out);
    sink->out.len = 0;
    if (sink->left || bytes.len == 0)
        return true;
    return rg_file_put_standard(sink->terminal ? show(sink, bytes) : bytes, &sink->left,
                                err);
}

bool rg_sink_close(rg_sink *sink, rg_error *err)
{
    if (sink->folder)
        return rg_files_write(&sink->files, sink->path, err);
    return is_standard(sink) ? rg_sink_flush(sink, err)
                             : rg_file_write(sink->path, rg_buf_str(&sink->out), err);
}
