/* messages.c - findings as people read them:
 *
 *     rules/news.yaml:14:9: error: unknown key 'mach' [unknown-key]
 *             mach: "..."
 *             ^
 *         hint: did you mean 'match'?
 */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line of a message holds at most this many characters; a source line is shown from
 * SHOWN_BEFORE characters before the place on. */
enum { MOST_SHOWN = 500, SHOWN_BEFORE = 200 };

typedef struct colours {
    const char *strong, *severity, *dim, *off; /* "" without colour */
} colours;

static bool has_colour(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDERR_FILENO) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static colours choose_style(rg_severity severity)
{
    if (!has_colour())
        return (colours){"", "", "", ""};
    static const char *const codes[] = {
        [RG_NOTE] = "\033[1;36m",
        [RG_WARNING] = "\033[1;35m",
        [RG_ERROR] = "\033[1;31m",
    };
    return (colours){"\033[1m", codes[severity], "\033[2m", "\033[0m"};
}

/* Length of the well-formed character at `at`, 0 if it is none. */
static int character_length(rg_str text, int at)
{
    unsigned char lead = (unsigned char)text.bytes[at];
    int len = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead > 0xf4 || at + len > text.len)
        return 0;
    for (int i = 1; i < len; i++)
        if (((unsigned char)text.bytes[at + i] & 0xc0) != 0x80)
            return 0;
    return len;
}

static unsigned code_of(rg_str text, int at, int len)
{
    unsigned code = (unsigned char)text.bytes[at];
    if (len > 1)
        code &= 0xffu >> (len + 1);
    for (int i = 1; i < len; i++)
        code = code << 6 | ((unsigned char)text.bytes[at + i] & 0x3fu);
    return code;
}

/* Controls, and the characters that turn the direction of what follows. */
static bool is_unsafe(unsigned code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x200e
           || code == 0x200f || (code >= 0x2028 && code <= 0x202e)
           || (code >= 0x2066 && code <= 0x2069) || (code >= 0xd800 && code < 0xe000);
}

/* One character of the text as it is printed. */
typedef struct shown {
    char bytes[24];
    int len;   /* bytes of text it stands for */
    int width; /* columns it takes */
} shown;

static shown show(rg_str text, int at, bool keep_tabs)
{
    shown made = {.len = character_length(text, at)};
    bool tab = text.bytes[at] == '\t' && keep_tabs;
    if (tab || (made.len > 0 && !is_unsafe(code_of(text, at, made.len)))) {
        snprintf(made.bytes, sizeof made.bytes, "%.*s", made.len, text.bytes + at);
        made.width = 1;
        return made;
    }
    if (made.len == 0)
        made.len = 1;
    for (int i = 0; i < made.len; i++)
        snprintf(made.bytes + 4 * i, 5, "\\x%02x", (unsigned char)text.bytes[at + i]);
    made.width = 4 * made.len;
    return made;
}

static void put_text(rg_str text)
{
    int width = 0;
    for (int at = 0; at < text.len;) {
        shown next = show(text, at, false);
        if (width + next.width > MOST_SHOWN - 1) {
            fputs("…", stderr);
            return;
        }
        fputs(next.bytes, stderr);
        width += next.width;
        at += next.len;
    }
}

/* Byte of the line at which its column (from 1, in characters) begins. */
static int find_column(rg_str line, int column)
{
    int at = 0;
    for (int i = 1; i < column && at < line.len; i++) {
        int len = character_length(line, at);
        at += len ? len : 1;
    }
    return at;
}

/* The source line, and a caret below its column. */
static void put_source(const rg_message *message, colours style)
{
    int place = find_column(message->source_line, message->column);
    int from = message->column > MOST_SHOWN / 2
                   ? find_column(message->source_line, message->column - SHOWN_BEFORE)
                   : 0;
    rg_str rest = {message->source_line.bytes + from, message->source_line.len - from};
    char blanks[MOST_SHOWN + 1];
    int blank_count = 0, width = 0;

    fputs("    ", stderr);
    for (int at = 0; at < rest.len && width < MOST_SHOWN - 24;) {
        shown next = show(rest, at, true);
        fputs(next.bytes, stderr);
        for (int i = 0; i < next.width && from + at < place; i++)
            blanks[blank_count++] = next.bytes[0] == '\t' ? '\t' : ' ';
        width += next.width;
        at += next.len;
    }
    fprintf(stderr, "\n    %.*s%s^%s\n", blank_count, blanks, style.severity,
            style.off);
}

static void put_place(const rg_message *message, colours style)
{
    fputs(style.strong, stderr);
    if (message->file.len > 0)
        put_text(message->file);
    else
        fputs("relgraph", stderr);
    if (message->line > 0)
        fprintf(stderr, ":%d", message->line);
    if (message->column > 0)
        fprintf(stderr, ":%d", message->column);
    fprintf(stderr, ":%s ", style.off);
}

const char *severity_name(rg_severity severity)
{
    static const char *const names[] = {
        [RG_NOTE] = "note",
        [RG_WARNING] = "warning",
        [RG_ERROR] = "error",
    };
    return names[severity];
}

static void print_message(void *user, const rg_message *message)
{
    (void)user;
    colours style = choose_style(message->severity);
    put_place(message, style);
    fprintf(stderr, "%s%s:%s ", style.severity, severity_name(message->severity),
            style.off);
    put_text(message->text);
    if (message->id && *message->id)
        fprintf(stderr, " %s[%s]%s", style.dim, message->id, style.off);
    fputc('\n', stderr);
    if (message->source_line.len > 0 && message->column > 0)
        put_source(message, style);
    if (message->hint.len > 0) {
        fputs("    hint: ", stderr);
        put_text(message->hint);
        fputc('\n', stderr);
    }
}

rg_reporter message_printer(void)
{
    return (rg_reporter){.report = print_message};
}

static rg_str slice(const char *text)
{
    return (rg_str){text, (int)strlen(text)};
}

void print_error(const rg_error *err)
{
    if (err->kind == RG_ERROR_NONE || err->reported)
        return;
    rg_message message = {
        .severity = RG_ERROR,
        .id = err->id,
        .file = slice(err->file),
        .line = err->line,
        .column = err->column,
        .text = slice(err->text),
        .source_line = slice(err->source_line),
        .hint = slice(err->hint),
    };
    print_message(NULL, &message);
}
