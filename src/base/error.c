#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

rg_place rg_place_file(rg_str file)
{
    return (rg_place){file, {"", 0}, -1};
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Does a line end with byte i? LF, CR LF and a lone CR end lines. */
static bool ends_line(rg_str source, int i)
{
    return source.bytes[i] == '\n'
           || (source.bytes[i] == '\r'
               && (i + 1 == source.len || source.bytes[i + 1] != '\n'));
}

void rg_place_line(rg_str source, int offset, int *line, int *column)
{
    *line = 1;
    *column = 1;
    for (int i = 0; i < offset && i < source.len; i++) {
        if (ends_line(source, i)) {
            *line += 1;
            *column = 1;
        } else if (!is_continuation(source.bytes[i])) {
            *column += 1;
        }
    }
}

rg_str rg_place_source_line(rg_str source, int offset)
{
    if (offset > source.len)
        offset = source.len;
    int from = offset, to = offset;
    while (from > 0 && !ends_line(source, from - 1))
        from--;
    while (to < source.len && !ends_line(source, to))
        to++;
    if (to > from && source.bytes[to - 1] == '\r')
        to--;
    return rg_str_cut(source, from, to);
}

/* Copies into a fixed buffer, cut at a character border, always zero-terminated. */
static void copy_cut(char *to, size_t size, rg_str from)
{
    size_t len = (size_t)from.len < size - 1 ? (size_t)from.len : size - 1;
    if (len < (size_t)from.len)
        while (len > 0 && is_continuation(from.bytes[len]))
            len--;
    if (len > 0)
        memcpy(to, from.bytes, len);
    to[len] = '\0';
}

/* The id of errors that have no check of their own. */
static const char *const kind_ids[] = {
    [RG_ERROR_NONE] = "",         [RG_ERROR_FINDINGS] = "findings",
    [RG_ERROR_USAGE] = "usage",   [RG_ERROR_RULE] = "rule",
    [RG_ERROR_MODEL] = "model",   [RG_ERROR_INPUT] = "input",
    [RG_ERROR_OUTPUT] = "output", [RG_ERROR_LIMIT] = "limit",
    [RG_ERROR_MEMORY] = "memory",
};

bool rg_fail(rg_error *err, rg_error_kind kind, rg_place at, const char *format, ...)
{
    if (err->kind != RG_ERROR_NONE)
        return false;
    *err = (rg_error){.kind = kind};
    snprintf(err->id, sizeof err->id, "%s", kind_ids[kind]);
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    copy_cut(err->file, sizeof err->file, at.file);
    if (at.offset >= 0) {
        rg_place_line(at.source, at.offset, &err->line, &err->column);
        copy_cut(err->source_line, sizeof err->source_line,
                 rg_place_source_line(at.source, at.offset));
    }
    return false;
}

bool rg_fail_hint(rg_error *err, const char *format, ...)
{
    if (err->hint[0] != '\0')
        return false;
    va_list args;
    va_start(args, format);
    vsnprintf(err->hint, sizeof err->hint, format, args);
    va_end(args);
    return false;
}

void rg_error_report(rg_error *err, rg_reporter reporter)
{
    if (err->kind == RG_ERROR_NONE || err->reported || !reporter.report)
        return;
    rg_message message = {
        .severity = RG_ERROR,
        .id = err->id,
        .file = rg_str_of(err->file),
        .line = err->line,
        .column = err->column,
        .text = rg_str_of(err->text),
        .source_line = rg_str_of(err->source_line),
        .hint = rg_str_of(err->hint),
    };
    reporter.report(reporter.user, &message);
    err->reported = true;
}

void rg_report(rg_reporter reporter, rg_finding what, const char *format, ...)
{
    if (!reporter.report)
        return;
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    rg_message message = {
        .severity = what.severity,
        .id = what.id,
        .file = what.at.file,
        .text = rg_str_of(text),
        .hint = rg_str_of(what.hint),
    };
    if (what.at.offset >= 0) {
        rg_place_line(what.at.source, what.at.offset, &message.line, &message.column);
        message.source_line = rg_place_source_line(what.at.source, what.at.offset);
    }
    reporter.report(reporter.user, &message);
}
