#include "run/records.h"

#include "base/calendar.h"
#include "base/json.h"
#include "base/utf8.h"

#include <string.h>

/* ---- The id as written ----------------------------------------------------------------------- */

static int skip_blanks(rg_str line, int at)
{
    while (at < line.len && strchr(" \t\r\n", line.bytes[at]) && line.bytes[at] != '\0')
        at++;
    return at;
}

/* Behind the string that begins at `at`; line.len if it does not end. */
static int skip_string(rg_str line, int at)
{
    for (at++; at < line.len && line.bytes[at] != '"'; at++)
        at += line.bytes[at] == '\\';
    return at < line.len ? at + 1 : line.len;
}

/* Behind a value: up to the comma or bracket that ends it. */
static int skip_value(rg_str line, int at)
{
    int depth = 0;
    while (at < line.len) {
        char byte = line.bytes[at];
        if (byte == '"') {
            at = skip_string(line, at);
            continue;
        }
        if (depth == 0 && (byte == ',' || byte == '}' || byte == ']'))
            break;
        depth += (byte == '{' || byte == '[') - (byte == '}' || byte == ']');
        at++;
    }
    return at;
}

/* Is this, in quotes, the key? */
static bool is_key(rg_str quoted, const char *key)
{
    return quoted.len >= 2 && rg_str_is(rg_str_cut(quoted, 1, quoted.len - 1), key);
}

rg_str rg_record_find(rg_str line, const char *wanted)
{
    rg_str none = RG_STR("");
    int at = skip_blanks(line, 0);
    if (at == line.len || line.bytes[at] != '{')
        return none;
    for (at++;; at++) {
        at = skip_blanks(line, at);
        if (at == line.len || line.bytes[at] != '"')
            return none;
        int key = at, key_end = skip_string(line, at),
            colon = skip_blanks(line, key_end);
        if (colon == line.len || line.bytes[colon] != ':')
            return none;
        int value = skip_blanks(line, colon + 1), end = skip_value(line, value);
        if (end == line.len || line.bytes[end] == ']')
            return none; /* it may not be all of it */
        if (is_key(rg_str_cut(line, key, key_end), wanted))
            return rg_str_trim(rg_str_cut(line, value, end));
        if (line.bytes[end] != ',')
            return none;
        at = end;
    }
}

rg_str rg_record_id(rg_str line)
{
    rg_str id = rg_record_find(line, "id");
    return id.len > 0 ? id : RG_STR("\"\"");
}

/* ---- The record --------------------------------------------------------------------------------- */

static bool fail(rg_record *out, rg_record_trouble trouble, const char *why)
{
    out->trouble = trouble;
    out->why = why;
    return false;
}

/* Ids are printed as they are written: only what is a JSON value, and without tabs. */
static bool is_printable(rg_arena *arena, rg_str id)
{
    json_t *value = rg_json_read(arena, id, JSON_DECODE_ANY, NULL);
    bool ok = value != NULL;
    for (int i = 0; i < id.len; i++)
        ok = ok && (unsigned char)id.bytes[i] >= ' ';
    rg_json_drop(arena, value);
    return ok;
}

static rg_str copy_string(rg_arena *arena, const json_t *value)
{
    rg_str text = {json_string_value(value), (int)json_string_length(value)};
    return rg_arena_str(arena, text);
}

/* "2019-02-20", also with a time behind it. */
static void read_date(rg_record *out, rg_arena *arena, const json_t *value)
{
    enum { DAY = 10 };
    rg_day day;
    if (!value || json_is_null(value))
        return;
    rg_str text = json_is_string(value) ? copy_string(arena, value) : RG_STR("");
    rg_str date = rg_str_cut(text, 0, text.len < DAY ? text.len : DAY);
    out->wrong_date = text.len > 0 ? !rg_day_read(&day, date) : !json_is_string(value);
    if (text.len > 0 && !out->wrong_date)
        out->document.date = date;
}

enum { LONGEST_TITLE = 200 }; /* characters */

static rg_str read_short(rg_arena *arena, const json_t *value)
{
    return json_is_string(value) ? copy_string(arena, value) : RG_STR("");
}

static bool read_object(rg_record *out, rg_arena *arena, const json_t *record)
{
    const json_t *id = json_object_get(record, "id"),
                 *text = json_object_get(record, "text");
    rg_str name = json_is_string(id) ? copy_string(arena, id) : out->id;
    if (!json_is_object(record))
        return fail(out, RG_RECORD_JSON, "not an object");
    out->document = (rg_document){
        .name = id ? name : RG_STR(""), .mode = RG_TEXT_BLOCKS, .is_record = true};
    if (!json_is_string(text))
        return fail(out, RG_RECORD_NO_TEXT,
                    text ? "\"text\" is no string" : "no \"text\"");
    out->document.bytes = copy_string(arena, text);
    read_date(out, arena, json_object_get(record, "date"));
    out->document.title =
        rg_utf8_cut(read_short(arena, json_object_get(record, "title")), LONGEST_TITLE);
    out->url = read_short(arena, json_object_get(record, "url"));
    return true;
}

bool rg_record_read(rg_record *out, rg_arena *arena, rg_str line)
{
    json_error_t why;
    *out = (rg_record){.id = rg_record_id(line)};
    if (!is_printable(arena, out->id))
        out->id = RG_STR("\"\"");
    int bad = rg_utf8_find_bad(line);
    if (bad >= 0) {
        const char *text =
            rg_arena_format(arena, "ill-formed UTF-8 at byte %d of the line", bad)
                .bytes;
        return fail(out, RG_RECORD_UTF8, text);
    }
    if (rg_str_trim(line).len == 0)
        return fail(out, RG_RECORD_JSON, "a blank line");
    json_t *record =
        rg_json_read(arena, line, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &why);
    bool ok =
        record
            ? read_object(out, arena, record)
            : fail(
                out, RG_RECORD_JSON,
                rg_arena_format(arena, "%s, at byte %d", why.text, why.position).bytes);
    rg_json_drop(arena, record);
    if (!record)
        out->id = RG_STR("\"\"");
    return ok;
}
