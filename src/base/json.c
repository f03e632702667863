#include "base/json.h"

#include <pthread.h>

static void watch(void)
{
    json_set_alloc_funcs(rg_library_take, rg_library_free);
}

void rg_json_watch(void)
{
    static pthread_once_t watched = PTHREAD_ONCE_INIT;
    pthread_once(&watched, watch);
}

static void free_value(void *value)
{
    json_decref(value);
}

json_t *rg_json_own(rg_arena *arena, json_t *value)
{
    if (!value)
        rg_arena_give_up(arena);
    rg_arena_own(arena, value, free_value);
    return value;
}

json_t *rg_json_take(rg_arena *arena, json_t *value)
{
    json_incref(value);
    rg_arena_release(arena, value);
    return value;
}

json_t *rg_json_read(rg_arena *arena, rg_str text, size_t flags, json_error_t *why)
{
    rg_json_watch();
    rg_library_ran_out();
    json_t *value = json_loadb(text.bytes, (size_t)text.len, flags, why);
    if (rg_library_ran_out()) {
        json_decref(value);
        rg_arena_give_up(arena);
    }
    return value ? rg_json_own(arena, value) : NULL;
}

void rg_json_drop(rg_arena *arena, json_t *value)
{
    if (value)
        rg_arena_release(arena, value);
}
