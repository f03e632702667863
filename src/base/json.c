#include "base/json.h"

#include "base/utf8.h"

#include <pthread.h>
#include <string.h>

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

/* With U+FFFD for what is not UTF-8. */
static json_t *make_repaired(rg_str text)
{
    static const char replacement[] = "\xef\xbf\xbd";
    char *made = rg_library_take(3 * (size_t)text.len);
    size_t size = 0;
    for (int at = 0; made && at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        size_t len = step.ok ? (size_t)step.len : sizeof replacement - 1;
        memcpy(made + size, step.ok ? text.bytes + at : replacement, len);
        size += len;
        at += step.len;
    }
    json_t *value = made ? json_stringn(made, size) : NULL;
    rg_library_free(made);
    return value;
}

json_t *rg_json_string(rg_str text)
{
    if (text.len == 0)
        return json_string(""); /* the slice may point nowhere */
    return rg_utf8_find_bad(text) >= 0 ? make_repaired(text)
                                       : json_stringn(text.bytes, (size_t)text.len);
}

static int put_piece(const char *bytes, size_t size, void *out)
{
    return rg_buf_try(out, (rg_str){bytes, (int)size}) ? 0 : -1;
}

void rg_json_put(rg_buf *out, json_t *value)
{
    int failed = json_dump_callback(
        value, put_piece, out, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
    json_decref(value);
    /* jansson fails for want of memory only, since all strings are UTF-8 */
    bool full = rg_library_ran_out();
    if (failed || full)
        rg_arena_give_up(out->arena);
}

void rg_json_put_line(rg_buf *out, json_t *value)
{
    rg_json_put(out, value);
    rg_buf_byte(out, '\n');
}
