#include "output/json.h"

#include "base/utf8.h"
#include "output/columns.h"

json_t *rg_json_string(rg_arena *arena, rg_str text)
{
    if (text.len == 0)
        return json_string(""); /* the slice may point nowhere */
    text = rg_utf8_repair(arena, text);
    return json_stringn(text.bytes, (size_t)text.len);
}

json_t *rg_json_hundredths(rg_arena *arena, double share)
{
    rg_buf text = rg_buf_in(arena);
    rg_column_put_confidence(&text, share);
    return json_real((text.bytes[0] - '0') + (text.bytes[2] - '0') / 10.0
                     + (text.bytes[3] - '0') / 100.0);
}

static int put_piece(const char *bytes, size_t size, void *out)
{
    rg_buf_put(out, (rg_str){bytes, (int)size});
    return 0;
}

void rg_json_put(rg_buf *out, json_t *value)
{
    int failed = json_dump_callback(
        value, put_piece, out, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(6));
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
