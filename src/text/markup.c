#include "text/markup.h"

#include "base/calendar.h"
#include "base/utf8.h"

#include <stdlib.h>

/* ---- Tags ---------------------------------------------------------------------------- */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 'a' - 'A') : byte;
}

bool rg_markup_is(rg_str text, const char *name)
{
    int i = 0;
    while (i < text.len && name[i] != '\0' && lower(text.bytes[i]) == name[i])
        i++;
    return i == text.len && name[i] == '\0';
}

static int skip_blanks(rg_str bytes, int at, int to)
{
    while (at < to && is_blank(bytes.bytes[at]))
        at++;
    return at;
}

/* Behind a value that begins at `at`; -1 if its quote never ends. */
static int skip_value(rg_str bytes, int at, int to)
{
    char quote = at < to ? bytes.bytes[at] : ' ';
    if (quote == '"' || quote == '\'') {
        int end = rg_str_find_byte(rg_str_cut(bytes, 0, to), quote, at + 1);
        return end < 0 ? -1 : end + 1;
    }
    while (at < to && !is_blank(bytes.bytes[at]) && bytes.bytes[at] != '>')
        at++;
    return at;
}

static bool stop_at(rg_tag *out, int at)
{
    out->end = at;
    return false;
}

/* From behind the name to behind '>'. A '<' outside of quotes means that the tag was never
 * closed, or never one. */
static bool find_tag_end(rg_tag *out, rg_str bytes, int at, int to)
{
    while (at < to && bytes.bytes[at] != '>') {
        if (bytes.bytes[at] == '<')
            return stop_at(out, at);
        if (bytes.bytes[at] != '=') {
            at++;
            continue;
        }
        int value = skip_blanks(bytes, at + 1, to), end = skip_value(bytes, value, to);
        if (end < 0)
            return stop_at(out, value);
        at = end;
    }
    if (at == to)
        return stop_at(out, to);
    out->self = bytes.bytes[at - 1] == '/';
    out->end = at + 1;
    return true;
}

bool rg_markup_tag(rg_tag *out, rg_str bytes, int at, int to)
{
    int name = at + 1;
    *out = (rg_tag){.closes = name < to && bytes.bytes[name] == '/'};
    name += out->closes;
    if (name >= to || !is_letter(bytes.bytes[name]))
        return stop_at(out, at + 1);
    int end = name;
    while (end < to && !is_blank(bytes.bytes[end]) && bytes.bytes[end] != '>'
           && bytes.bytes[end] != '/' && bytes.bytes[end] != '<')
        end++;
    out->name = rg_str_cut(bytes, name, end);
    out->attributes = end;
    return find_tag_end(out, bytes, end, to);
}

static bool is_name_byte(char byte)
{
    return !is_blank(byte) && byte != '=' && byte != '/';
}

static rg_str without_quotes(rg_str value)
{
    bool quoted = value.len >= 2 && (value.bytes[0] == '"' || value.bytes[0] == '\'');
    return quoted ? rg_str_cut(value, 1, value.len - 1) : value;
}

bool rg_markup_attribute(rg_str *name, rg_str *value, rg_str bytes, int *at,
                         const rg_tag *tag)
{
    int from = *at, to = tag->end - 1;
    while (from < to && !is_name_byte(bytes.bytes[from]))
        from++;
    int end = from;
    while (end < to && is_name_byte(bytes.bytes[end]))
        end++;
    *name = rg_str_cut(bytes, from, end);
    *value = RG_STR("");
    *at = end;
    int sign = skip_blanks(bytes, end, to);
    if (end > from && sign < to && bytes.bytes[sign] == '=') {
        int start = skip_blanks(bytes, sign + 1, to);
        int behind = skip_value(bytes, start, to);
        *at = behind < 0 ? to : behind;
        *value = without_quotes(rg_str_cut(bytes, start, *at));
    }
    return end > from;
}

int rg_markup_find_end(rg_str bytes, rg_str name, int from, int to)
{
    rg_str within = rg_str_cut(bytes, 0, to);
    for (int at = from; (at = rg_str_find_byte(within, '<', at)) >= 0; at++) {
        int i = 0;
        if (at + 2 + name.len > to || bytes.bytes[at + 1] != '/')
            continue;
        while (i < name.len && lower(bytes.bytes[at + 2 + i]) == lower(name.bytes[i]))
            i++;
        char behind = at + 2 + i < to ? bytes.bytes[at + 2 + i] : '>';
        if (i == name.len && (is_blank(behind) || behind == '>' || behind == '/'))
            return at;
    }
    return -1;
}

/* ---- Character references --------------------------------------------------------------- */

enum { LONGEST_NAME = 32, LONGEST_BARE = 6 };

static const struct entity {
    const char *name;
    uint32_t code, more; /* a second code point, or 0 */
    bool bare;           /* needs no semicolon */
} entities[] = {
#include "text/entities.inc"
};

static int compare_entity(const void *key, const void *item)
{
    const rg_str *name = key;
    const struct entity *entity = item;
    int order = strncmp(name->bytes, entity->name, (size_t)name->len);
    return order ? order : -(entity->name[name->len] != '\0');
}

static const struct entity *find_entity(rg_str name)
{
    return bsearch(&name, entities, sizeof entities / sizeof *entities,
                   sizeof *entities, compare_entity);
}

/* What a reference says, and where it ends; end 0: it is none. */
typedef struct reference {
    uint32_t code, more;
    int end;
} reference;

static uint32_t sound_code(uint32_t code)
{
    bool bad = code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000);
    if (code >= 0x80 && code < 0xa0)
        return rg_maker_latin((unsigned char)code);
    return bad ? RG_UTF8_REPLACEMENT : code;
}

static int digit_of(char byte, bool hex)
{
    char letter = lower(byte);
    if (is_digit(byte))
        return byte - '0';
    return hex && letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* "&#65;", "&#x41;", also without the semicolon. */
static reference read_number(rg_str bytes, int at, int to)
{
    bool hex = at + 2 < to && lower(bytes.bytes[at + 2]) == 'x';
    int from = at + 2 + hex, end = from, digit;
    uint32_t code = 0;
    for (; end < to && (digit = digit_of(bytes.bytes[end], hex)) >= 0; end++)
        if (code <= 0x10ffff)
            code = code * (hex ? 16 : 10) + (uint32_t)digit;
    if (end == from)
        return (reference){0};
    end += end < to && bytes.bytes[end] == ';';
    return (reference){sound_code(code), 0, end};
}

static reference read_name(rg_str bytes, int at, int to)
{
    int from = at + 1, end = from;
    while (end < to && end - from < LONGEST_NAME
           && (is_letter(bytes.bytes[end]) || is_digit(bytes.bytes[end])))
        end++;
    const struct entity *found = NULL;
    if (end < to && bytes.bytes[end] == ';' && end > from)
        found = find_entity(rg_str_cut(bytes, from, end));
    if (found)
        return (reference){found->code, found->more, end + 1};
    if (end > from + LONGEST_BARE)
        end = from + LONGEST_BARE;
    for (; end > from + 1; end--) {
        found = find_entity(rg_str_cut(bytes, from, end));
        if (found && found->bare)
            return (reference){found->code, 0, end};
    }
    return (reference){0};
}

static void put_reference(rg_maker *p, reference r, int at)
{
    char bytes[2 * RG_UTF8_LONGEST];
    if (r.more == 0) {
        rg_maker_put_code(p, r.code, at, r.end);
        return;
    }
    int len = rg_utf8_encode(bytes, r.code);
    len += rg_utf8_encode(bytes + len, r.more);
    rg_maker_put_for(p, (rg_str){bytes, len}, at, r.end);
}

void rg_markup_text(rg_maker *p, rg_str bytes, int from, int to)
{
    rg_str within = rg_str_cut(bytes, 0, to);
    while (from < to) {
        int at = rg_str_find_byte(within, '&', from);
        at = at < 0 ? to : at;
        rg_maker_text(p, bytes, from, at);
        if (at == to)
            return;
        bool number = at + 1 < to && bytes.bytes[at + 1] == '#';
        reference r = number ? read_number(bytes, at, to) : read_name(bytes, at, to);
        if (r.end > 0)
            put_reference(p, r, at);
        else
            rg_maker_put(p, RG_STR("&"), at);
        from = r.end > 0 ? r.end : at + 1;
    }
}

/* ---- Short texts -------------------------------------------------------------------------- */

rg_str rg_markup_string(rg_arena *arena, rg_str text, bool latin)
{
    enum { MOST = 200, MOST_BYTES = 8 * 1024 };
    rg_maker p = rg_maker_in(arena);
    p.latin = latin;
    rg_markup_text(&p, text, 0, text.len < MOST_BYTES ? text.len : MOST_BYTES);
    return rg_utf8_cut(rg_maker_so_far(&p), MOST);
}

rg_str rg_markup_day(rg_str text)
{
    enum { DAY = 10 };
    rg_day day;
    rg_str found = rg_str_cut(rg_str_trim(text), 0, DAY);
    return found.len == DAY && rg_day_read(&day, found) ? found : RG_STR("");
}
