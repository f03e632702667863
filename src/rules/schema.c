/* schema.c - checks of keys, kinds and plain values. */
#include "rules/load.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void load_warn(loader *l, rg_scalar scalar, const char *id, const char *hint,
               const char *format, ...)
{
    enum { MOST = 100 };
    if (++l->warnings > MOST)
        return;
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const rg_file *file = &l->c.rules->files[scalar.file];
    rg_report(l->c.reporter,
              (rg_finding){.severity = RG_WARNING,
                           .id = id,
                           .at = {file->path, file->text, scalar.offset},
                           .hint = hint},
              "%s", text);
}

rg_str load_excerpt(rg_str text)
{
    enum { LONGEST = 80 };
    int len = text.len < LONGEST ? text.len : LONGEST;
    while (len < text.len && len > 0 && ((unsigned char)text.bytes[len] & 0xc0) == 0x80)
        len--;
    return rg_str_cut(text, 0, len);
}

int load_line(loader *l, int file, int offset)
{
    rg_str text = l->c.rules->files[file].text;
    if (l->line == 0 || file != l->line_file || offset < l->line_offset) {
        l->line_file = file;
        l->line_offset = 0;
        l->line = 1;
    }
    int lines, column;
    rg_str rest = rg_str_cut(text, l->line_offset, text.len);
    rg_place_line(rest, offset - l->line_offset, &lines, &column);
    l->line += lines - 1;
    l->line_offset = offset;
    return l->line;
}

const char *load_place(loader *l, rg_scalar scalar)
{
    const rg_file *file = &l->c.rules->files[scalar.file];
    int line, column;
    if (rg_pattern_is_full(&l->c, scalar.file))
        return file->path.bytes; /* nobody will read it */
    rg_place_line(file->text, scalar.offset, &line, &column);
    return rg_arena_format(l->c.arena, "%.*s:%d", RG_PRINT(file->path), line).bytes;
}

/* What stands there, in words. */
static const char *kind_of(const rg_yaml *node)
{
    switch (node->kind) {
    case RG_YAML_LIST: return "a list";
    case RG_YAML_MAP: return "keys";
    default: return node->scalar.value.len ? "text" : "nothing";
    }
}

bool load_expect(loader *l, const rg_yaml *node, rg_yaml_kind kind, const char *hint)
{
    static const char *const wanted[] = {
        [RG_YAML_SCALAR] = "text",
        [RG_YAML_LIST] = "a list",
        [RG_YAML_MAP] = "keys (key: value)",
    };
    bool is_empty = node->kind == RG_YAML_SCALAR && node->scalar.value.len == 0;
    if (node->kind == kind && !is_empty)
        return true;
    rg_scalar at = is_empty && node->key ? node->key->scalar : node->scalar;
    return load_error(l, at, "wrong-kind", hint, "expected %s, found %s", wanted[kind],
                      kind_of(node));
}

static bool is_among(rg_str word, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        if (rg_str_is(word, words[i]))
            return true;
    return false;
}

/* "did you mean 'x'?", else all of them. */
static const char *suggest(loader *l, const char *const *words, rg_scalar word)
{
    if (rg_pattern_is_full(&l->c, word.file))
        return NULL;
    rg_map *known = rg_map_new(l->c.arena);
    rg_buf all = rg_buf_in(l->c.arena);
    for (int i = 0; words[i]; i++) {
        rg_map_put(known, rg_str_of(words[i]));
        rg_buf_format(&all, "%s %s", i ? "," : "known:", words[i]);
    }
    const char *hint = rg_pattern_suggest(&l->c, known, word.value);
    rg_buf_byte(&all, '\0');
    return hint ? hint : all.bytes;
}

void load_check_keys(loader *l, const rg_yaml *map, const char *where,
                     const char *const *known)
{
    for (const rg_yaml *child = map->first; child; child = child->next) {
        rg_scalar key = child->key->scalar;
        if (is_among(key.value, known))
            continue;
        load_error(l, key, "unknown-key", suggest(l, known, key),
                   "unknown key '%.*s' in %s", RG_PRINT(load_excerpt(key.value)),
                   where);
    }
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
           || (unsigned char)byte >= 0x80;
}

bool load_is_name(rg_str text)
{
    if (text.len == 0 || !is_letter(text.bytes[0]))
        return false;
    for (int i = 1; i < text.len; i++) {
        char byte = text.bytes[i];
        if (!is_letter(byte) && !(byte >= '0' && byte <= '9') && byte != '-'
            && byte != '_')
            return false;
    }
    return true;
}

bool load_check_name(loader *l, rg_scalar scalar, const char *what)
{
    return load_is_name(scalar.value)
           || load_error(l, scalar, "bad-name",
                         "a name is a letter, then letters, digits, '-' and '_'",
                         "'%.*s' cannot be the name of %s",
                         RG_PRINT(load_excerpt(scalar.value)), what);
}

int load_scalars(loader *l, const rg_yaml *node, const rg_scalar **out,
                 const char *hint)
{
    bool single = node->kind == RG_YAML_SCALAR;
    rg_scalar *scalars = rg_new(l->c.arena, rg_scalar, single ? 1 : node->count);
    int count = 0;
    *out = scalars;
    if (node->kind == RG_YAML_MAP) {
        load_error(l, node->scalar, "wrong-kind", hint,
                   "expected text or a list, found keys");
        return 0;
    }
    for (const rg_yaml *i = single ? node : node->first; i; i = single ? NULL : i->next)
        if (load_expect(l, i, RG_YAML_SCALAR, hint))
            scalars[count++] = i->scalar;
    return count;
}

int load_some(loader *l, const rg_yaml *node, const rg_scalar **out, const char *hint)
{
    if (node->kind == RG_YAML_LIST && node->count == 0)
        load_error(l, node->scalar, "empty-list", hint, "the list is empty");
    return load_scalars(l, node, out, hint);
}

bool load_label(loader *l, rg_scalar at, rg_label_kind kind, const char *what)
{
    if (rg_label_is_known(kind, at.value))
        return true;
    rg_str near = rg_label_nearest(kind, at.value);
    const char *hint =
        near.len
            ? rg_arena_format(l->c.arena, "did you mean '%.*s'?", RG_PRINT(near)).bytes
            : NULL;
    return load_error(l, at, "unknown-label", hint, "unknown %s '%.*s'", what,
                      RG_PRINT(load_excerpt(at.value)));
}

/* The scalar as a zero-terminated string of its own. */
static const char *text_of(loader *l, rg_scalar scalar)
{
    return rg_arena_str(l->c.arena, scalar.value).bytes;
}

bool load_int(loader *l, const rg_yaml *node, int least, int most, int *out)
{
    if (!load_expect(l, node, RG_YAML_SCALAR, NULL))
        return false;
    const char *text = text_of(l, node->scalar);
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (*end != '\0' || errno != 0 || value < least || value > most)
        return load_error(l, node->scalar, "bad-number", NULL,
                          "expected a whole number from %d to %d, found '%.*s'", least,
                          most, RG_PRINT(load_excerpt(node->scalar.value)));
    *out = (int)value;
    return true;
}

/* "1", "0.75", ".5": digits and one point; no locale, no exponent, no infinity. */
static bool read_decimal(rg_str text, double *out)
{
    double value = 0, unit = 1;
    bool behind_point = false, any = false;
    for (int i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        if (byte == '.' && !behind_point) {
            behind_point = true;
            continue;
        }
        if (byte < '0' || byte > '9' || text.len > 12)
            return false;
        any = true;
        value = value * 10 + (byte - '0');
        unit *= behind_point ? 10 : 1;
    }
    *out = value / unit;
    return any;
}

bool load_decimal(loader *l, const rg_yaml *node, int least, int most, double *out)
{
    double value;
    if (!load_expect(l, node, RG_YAML_SCALAR, NULL))
        return false;
    if (!read_decimal(node->scalar.value, &value) || value < least || value > most)
        return load_error(l, node->scalar, "bad-number", NULL,
                          "expected a number from %d to %d, found '%.*s'", least, most,
                          RG_PRINT(load_excerpt(node->scalar.value)));
    *out = value;
    return true;
}

bool load_number(loader *l, const rg_yaml *node, double *out)
{
    return load_decimal(l, node, 0, 1, out);
}

bool load_bool(loader *l, const rg_yaml *node, bool *out)
{
    if (!load_expect(l, node, RG_YAML_SCALAR, NULL))
        return false;
    *out = rg_str_is(node->scalar.value, "true");
    return *out || rg_str_is(node->scalar.value, "false")
           || load_error(l, node->scalar, "unknown-value", NULL,
                         "expected true or false, found '%.*s'",
                         RG_PRINT(load_excerpt(node->scalar.value)));
}

int load_word(loader *l, rg_scalar scalar, const char *const *words, const char *what)
{
    for (int i = 0; words[i]; i++)
        if (rg_str_is(scalar.value, words[i]))
            return i;
    load_error(l, scalar, "unknown-value", suggest(l, words, scalar),
               "unknown %s '%.*s'", what, RG_PRINT(load_excerpt(scalar.value)));
    return RG_NONE;
}

int load_list_reference(loader *l, rg_scalar scalar)
{
    rg_str name = rg_str_cut(scalar.value, 1, scalar.value.len);
    if (!rg_str_starts(scalar.value, RG_STR("$"))) {
        load_error(l, scalar, "unknown-list", "write $ before the name of a list",
                   "expected a list, found '%.*s'",
                   RG_PRINT(load_excerpt(scalar.value)));
        return RG_NONE;
    }
    int found = rg_map_find(l->c.lists, name);
    if (found != RG_NONE)
        l->c.rules->lists[found].used = true;
    else
        load_error(l, scalar, "unknown-list",
                   rg_pattern_suggest(&l->c, l->c.lists, name), "unknown list '$%.*s'",
                   RG_PRINT(load_excerpt(name)));
    return found;
}

int load_type_reference(loader *l, rg_scalar scalar)
{
    int found = rg_map_find(l->c.types, scalar.value);
    if (found == RG_NONE) {
        const char *hint = rg_pattern_suggest(&l->c, l->c.types, scalar.value);
        load_error(l, scalar, "unknown-type",
                   hint ? hint : "types are declared under 'types:'",
                   "unknown type '%.*s'", RG_PRINT(load_excerpt(scalar.value)));
    }
    return found;
}
