/* compiler.c - what all parts of rule loading share: errors with a place, names, symbols. */
#include "rules/pattern.h"

#include <stdarg.h>
#include <stdio.h>

/* Beyond this many in one file errors are only counted: working out their lines costs a
 * pass over the file each. Of those kept, load.c prints the first twenty by place. */
enum { MOST_KEPT = 100, MOST_SUGGESTED = 200 };

static rg_place place_of(const rg_compiler *c, rg_scalar scalar, int at)
{
    const rg_file *file = &c->rules->files[scalar.file];
    return (rg_place){file->path, file->text, scalar.offset + (scalar.exact ? at : 0)};
}

bool rg_pattern_is_full(const rg_compiler *c, int file)
{
    return c->rules->files[file].errors >= MOST_KEPT;
}

bool rg_pattern_error(rg_compiler *c, rg_scalar scalar, int at, const char *id,
                      const char *hint, const char *format, ...)
{
    c->errors++;
    bool full = rg_pattern_is_full(c, scalar.file);
    c->rules->files[scalar.file].errors++;
    if (full)
        return false;

    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    rg_report(c->reporter,
              (rg_finding){.severity = RG_ERROR,
                           .id = id,
                           .at = place_of(c, scalar, at),
                           .hint = hint},
              "%s", text);
    return false;
}

const char *rg_pattern_suggest(rg_compiler *c, const rg_map *map, rg_str word)
{
    /* Each suggestion looks at all names; past the first errors few are read. */
    if (c->errors > MOST_SUGGESTED)
        return NULL;
    rg_str nearest = map ? rg_map_nearest(map, word) : (rg_str){"", 0};
    if (nearest.len == 0)
        return NULL;
    return rg_arena_format(c->arena, "did you mean '%.*s'?", RG_PRINT(nearest)).bytes;
}

int rg_pattern_slot(rg_slots *slots, rg_str name, bool open)
{
    for (int i = 0; i < slots->count; i++)
        if (rg_str_equal(slots->names[i], name))
            return i;
    if (!open || slots->count == RG_MAX_SLOTS)
        return RG_NONE;
    slots->names[slots->count] = name;
    return slots->count++;
}

int rg_pattern_symbol(rg_compiler *c, rg_str word)
{
    return rg_map_put(c->rules->symbols, word);
}

rg_compiler rg_rules_compiler(rg_arena *arena, rg_rules *rules, rg_reporter reporter)
{
    rg_compiler c = {.arena = arena,
                     .rules = rules,
                     .reporter = reporter,
                     .lists = rg_map_new(arena),
                     .types = rg_map_new(arena),
                     .derived = rg_map_new(arena),
                     .derived_subs = rg_map_new(arena)};
    for (int i = 0; i < rules->list_count; i++)
        rg_map_put(c.lists, rules->lists[i].name);
    for (int i = 0; i < rules->type_count; i++)
        rg_map_put(c.types, rules->types[i].name);
    for (int i = 0; i < rules->derive_count; i++)
        rg_map_put(c.derived, rg_map_key(rules->symbols, rules->derives[i].name));
    return c;
}
