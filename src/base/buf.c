#include "base/buf.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

rg_buf rg_buf_in(rg_arena *arena)
{
    return (rg_buf){.arena = arena};
}

/* Room for `more` bytes and a zero behind them; false if there is none. */
static bool try_room(rg_buf *buf, int more)
{
    size_t need = (size_t)buf->len + (size_t)more + 1;
    if (need <= (size_t)buf->capacity)
        return true;
    size_t larger = (size_t)buf->capacity * 2 > 64 ? (size_t)buf->capacity * 2 : 64;
    if (larger < need)
        larger = need;
    if (larger > INT_MAX) /* past what an rg_str can hold: ends the run, as no memory */
        larger = (size_t)-1;
    char *larger_bytes =
        rg_arena_extend(buf->arena, buf->bytes, (size_t)buf->capacity, larger);
    if (!larger_bytes)
        return false;
    buf->bytes = larger_bytes;
    buf->capacity = (int)larger;
    return true;
}

static void make_room(rg_buf *buf, int more)
{
    if (!try_room(buf, more))
        rg_arena_give_up(buf->arena);
}

static void append(rg_buf *buf, rg_str text)
{
    if (text.len > 0)
        memcpy(buf->bytes + buf->len, text.bytes, (size_t)text.len);
    buf->len += text.len;
    buf->bytes[buf->len] = '\0';
}

void rg_buf_put(rg_buf *buf, rg_str text)
{
    make_room(buf, text.len);
    append(buf, text);
}

bool rg_buf_try(rg_buf *buf, rg_str text)
{
    bool ok = try_room(buf, text.len);
    if (ok)
        append(buf, text);
    return ok;
}

void rg_buf_text(rg_buf *buf, const char *text)
{
    rg_buf_put(buf, rg_str_of(text));
}

void rg_buf_int(rg_buf *buf, int value)
{
    char digits[12];
    int at = sizeof digits;
    unsigned left = value < 0 ? 0u - (unsigned)value : (unsigned)value;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        digits[--at] = '-';
    rg_buf_put(buf, (rg_str){digits + at, (int)sizeof digits - at});
}

char *rg_buf_room(rg_buf *buf, int size)
{
    make_room(buf, size);
    return buf->bytes + buf->len;
}

void rg_buf_format(rg_buf *buf, const char *format, ...)
{
    enum { USUAL = 128 };
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    make_room(buf, USUAL);
    int len = vsnprintf(buf->bytes + buf->len, USUAL, format, args);
    va_end(args);
    if (len > 0 && len < USUAL) {
        buf->len += len;
    } else if (len > 0) {
        make_room(buf, len);
        vsnprintf(buf->bytes + buf->len, (size_t)len + 1, format, again);
        buf->len += len;
    }
    va_end(again);
}

void rg_buf_quoted(rg_buf *buf, rg_str text)
{
    rg_buf_byte(buf, '"');
    for (int i = 0; i < text.len; i++) {
        if (text.bytes[i] == '"' || text.bytes[i] == '\\')
            rg_buf_byte(buf, '\\');
        rg_buf_byte(buf, text.bytes[i]);
    }
    rg_buf_byte(buf, '"');
}

rg_str rg_buf_str(const rg_buf *buf)
{
    return buf->bytes ? (rg_str){buf->bytes, buf->len} : (rg_str){"", 0};
}
