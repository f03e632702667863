/* names_fuzz.c - any bytes as a file of names: refused, or each name is found again; and
 * an index whose slots and records lie leads nowhere outside of it. */
#include "fuzz.h"

#include "base/names.h"

#include <string.h>

enum { HEAD = 128 };

static rg_name_found find(const rg_names *names, rg_str text)
{
    rg_name_walk walk;
    rg_name_walk_begin(&walk);
    if (!rg_name_walk_put(&walk, text))
        return (rg_name_found){.record = -1};
    return rg_names_find(names, &walk);
}

/* What each line of the source gives; a comment may look like a name. */
static int find_lines(const rg_names *names, rg_str source)
{
    int found = 0;
    for (int from = 0; from < source.len;) {
        int end = rg_str_find_byte(source, '\n', from);
        rg_str line = rg_str_cut(source, from, end < 0 ? source.len : end);
        int tab = rg_str_find_byte(line, '\t', 0);
        rg_str name = rg_str_trim(rg_str_cut(line, 0, tab < 0 ? line.len : tab));
        rg_name_found one = find(names, name);
        one.is_name &= line.len > 0 && line.bytes[0] != '#';
        if (one.is_name)
            fuzz_check(rg_str_equal(one.label, rg_names_label(names, one.record)));
        found += one.is_name;
        from += line.len + 1;
    }
    return found;
}

/* The index with every byte behind its head changed by one of the input. */
static void check_lies(rg_arena *arena, const rg_names *names, rg_str source)
{
    unsigned char *copy = rg_arena_take(arena, names->size, 64);
    memcpy(copy, names->bytes, names->size);
    for (size_t at = HEAD; source.len > 0 && at < names->size; at++)
        copy[at] ^= (unsigned char)source.bytes[at % (size_t)source.len];
    rg_names lying = *names, opened;
    lying.bytes = copy;
    lying.slots = (const void *)(copy + HEAD);
    find_lines(&lying, source);
    rg_names_open(&opened, copy, names->size, rg_names_hash(source), names->fold);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_arena *arena = rg_arena_new();
    rg_str source = fuzz_input(bytes, size);
    for (int fold = RG_NAMES_WRITTEN; fold <= RG_NAMES_LOWER; fold++) {
        rg_names names, again;
        rg_names_fault fault = {0};
        if (!rg_names_build(&names, arena, source, (rg_names_case)fold, &fault)) {
            fuzz_check(fault.what && fault.line > 0);
            continue;
        }
        int found = find_lines(&names, source);
        fuzz_check(found <= names.count || fold != RG_NAMES_WRITTEN);
        fuzz_check(rg_names_open(&again, names.bytes, names.size, rg_names_hash(source),
                                 (rg_names_case)fold));
        fuzz_check(find_lines(&again, source) == found);
        check_lies(arena, &names, source);
    }
    rg_names opened;
    unsigned char *copy = rg_arena_take(arena, size + 1, 64);
    if (size > 0)
        memcpy(copy, bytes, size);
    fuzz_check(!rg_names_open(&opened, copy, size, 0, RG_NAMES_WRITTEN));
    rg_arena_free(arena);
    return 0;
}
