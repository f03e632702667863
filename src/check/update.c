/* update.c - finds the scalar of an example in its file, writes it anew, shows the lines. */
#include "check/update.h"

#include "base/buf.h"

#include <stdlib.h>

/* ---- Where the example stands ---------------------------------------------------------- */

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static int skip_space(rg_str text, int at)
{
    while (at < text.len && is_space(text.bytes[at]))
        at++;
    return at;
}

/* The byte behind a plain scalar with this value, or -1: its lines are folded. */
static int end_of_plain(rg_str text, int at, rg_str value)
{
    for (int i = 0; i < value.len;) {
        if (at >= text.len)
            return -1;
        if (value.bytes[i] == text.bytes[at]) {
            i++;
            at++;
            continue;
        }
        if (!is_space(value.bytes[i]) || !is_space(text.bytes[at]))
            return -1;
        i = skip_space(value, i);
        at = skip_space(text, at);
    }
    return at;
}

/* The byte behind the closing quote of a scalar of one line whose opening one is at `at`,
 * or -1 if it does not have this value. */
static int end_of_quoted(rg_str text, int at, rg_str value)
{
    char quote = text.bytes[at++];
    for (int i = 0; at < text.len; at++, i++) {
        char byte = text.bytes[at];
        bool twice = quote == '\'' && at + 1 < text.len && text.bytes[at + 1] == quote;
        if (byte == quote && !twice)
            return i == value.len ? at + 1 : -1;
        if ((byte == quote && twice) || (byte == '\\' && quote == '"'))
            at++;
        if (i >= value.len || at >= text.len || text.bytes[at] != value.bytes[i])
            return -1;
    }
    return -1;
}

static bool is_quote(char byte)
{
    return byte == '"' || byte == '\'';
}

/* The scalar's bytes with its quotes; `quote` is 0 for a plain one. */
static bool find_scalar(const rg_rules *rules, const rg_example *example, update *out,
                        char *quote)
{
    rg_str text = rules->files[example->file].text;
    int at = example->offset;
    if (at > 0 && is_quote(text.bytes[at - 1])) /* a place behind the opening quote */
        at--;
    *quote = is_quote(text.bytes[at]) ? text.bytes[at] : '\0';
    int end = *quote ? end_of_quoted(text, at, example->text)
                     : end_of_plain(text, at, example->text);
    *out = (update){.file = example->file, .from = at, .to = end};
    return end >= 0;
}

/* ---- What stands there then -------------------------------------------------------------- */

/* Can YAML read the text as it is, wherever it stands? Commas and brackets end plain text
 * between brackets. */
static bool is_plain(rg_str text)
{
    for (int i = 0; i < text.len; i++)
        if (rg_str_find_byte(RG_STR(",[]{}#:\"'\n"), text.bytes[i], 0) >= 0)
            return false;
    return true;
}

static rg_str quote_scalar(rg_arena *arena, rg_str value, char quote)
{
    rg_buf out = rg_buf_in(arena);
    rg_buf_byte(&out, quote);
    for (int i = 0; i < value.len; i++) {
        char byte = value.bytes[i];
        if (quote == '"' && (byte == '"' || byte == '\\'))
            rg_buf_byte(&out, '\\');
        if (quote == '\'' && byte == '\'')
            rg_buf_byte(&out, '\'');
        rg_buf_byte(&out, byte);
    }
    rg_buf_byte(&out, quote);
    return rg_buf_str(&out);
}

bool update_add(updates *list, const rg_example *example, rg_str wanted)
{
    update made;
    char quote;
    if (!find_scalar(list->rules, example, &made, &quote)
        || rg_str_find_byte(example->sentence, '\n', 0) >= 0)
        return false;
    rg_str value = rg_arena_format(list->arena, "%.*s => %.*s",
                                   RG_PRINT(example->sentence), RG_PRINT(wanted));
    if (!quote && !is_plain(wanted))
        quote = '"';
    made.text = quote ? quote_scalar(list->arena, value, quote) : value;
    for (int i = 0; i < list->count; i++) /* of a template that is used twice */
        if (list->items[i].file == made.file && list->items[i].from == made.from)
            return false;
    list->items = rg_arena_grow(list->arena, list->items, list->count, &list->room,
                                sizeof *list->items);
    list->items[list->count++] = made;
    return true;
}

/* ---- Files --------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const update *one = a, *other = b;
    return one->file != other->file ? one->file - other->file : one->from - other->from;
}

/* Each line of the text with a mark before it. */
static void put_lines(rg_buf *out, char mark, rg_str text)
{
    for (int from = 0; from < text.len;) {
        int end = rg_str_find_byte(text, '\n', from);
        end = end < 0 ? text.len : end;
        rg_buf_byte(out, mark);
        rg_buf_put(out, rg_str_cut(text, from, end));
        rg_buf_byte(out, '\n');
        from = end + 1;
    }
}

/* The lines of an update, as they are and as they will be. Updates of one line are shown
 * one after the other. */
static void put_change(rg_buf *out, rg_str text, const update *one)
{
    int from = one->from, end = rg_str_find_byte(text, '\n', one->to), line, column;
    while (from > 0 && text.bytes[from - 1] != '\n')
        from--;
    end = end < 0 ? text.len : end;
    rg_str before = rg_str_cut(text, from, one->from),
           behind = rg_str_cut(text, one->to, end);
    rg_place_line(text, from, &line, &column);
    rg_buf_format(out, "@@ line %d @@\n", line);
    put_lines(out, '-', rg_str_cut(text, from, end));
    put_lines(out, '+',
              rg_arena_format(out->arena, "%.*s%.*s%.*s", RG_PRINT(before),
                              RG_PRINT(one->text), RG_PRINT(behind)));
}

/* The updates [first, end) of one file. */
static bool write_file(updates *list, int first, int end,
                       void (*show)(void *user, rg_str text), void *user, rg_error *err)
{
    const rg_file *file = &list->rules->files[list->items[first].file];
    rg_buf diff = rg_buf_in(list->arena), made = rg_buf_in(list->arena);
    int at = 0;
    rg_buf_format(&diff, "--- %.*s\n+++ %.*s\n", RG_PRINT(file->path),
                  RG_PRINT(file->path));
    for (int i = first; i < end; i++) {
        const update *one = &list->items[i];
        put_change(&diff, file->text, one);
        rg_buf_put(&made, rg_str_cut(file->text, at, one->from));
        rg_buf_put(&made, one->text);
        at = one->to;
    }
    rg_buf_put(&made, rg_str_cut(file->text, at, file->text.len));
    if (show)
        show(user, rg_buf_str(&diff));
    return rg_file_write(rg_arena_str(list->arena, file->path).bytes, rg_buf_str(&made),
                         err);
}

bool update_write(updates *list, void (*show)(void *user, rg_str text), void *user,
                  rg_error *err)
{
    if (list->count > 1)
        qsort(list->items, (size_t)list->count, sizeof *list->items, by_place);
    for (int first = 0, end; first < list->count; first = end) {
        for (end = first;
             end < list->count && list->items[end].file == list->items[first].file;
             end++)
            ;
        if (!write_file(list, first, end, show, user, err))
            return false;
    }
    return true;
}
