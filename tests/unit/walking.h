/* walking.h - where a path leads in a sentence written by hand. */
#ifndef RG_TESTS_WALKING_H
#define RG_TESTS_WALKING_H

#include "by_hand.h"

#include "extract/match.h"

/* The ends of the path of the first derived edge from a token, ascending, such as "2 4". */
static inline const char *ends_from(sentence *s, int start)
{
    matcher m;
    matcher_begin(&m, s);
    const rg_path *path = &rules->derives[0].path;
    m.bound[path->start] = start;
    rg_tokens ends = match_ends(&m, &(rg_paths){(rg_path *)(uintptr_t)path, 1});
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < ends.count; i++)
        rg_buf_format(&out, "%s%d", i ? " " : "", ends.items[i]);
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

/* The same of "v PATH", compiled behind `more` rules as that of a derived edge. */
static inline const char *walk(const char *more, const char *path, const char *notation,
                               int start)
{
    use_rules(rg_arena_format(arena, "%sderive: {X: [\"%s\"]}\n", more, path).bytes);
    return ends_from(load_sentence(notation), start);
}

#endif
