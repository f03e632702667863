/* buf.h - a growing string in an arena: for building text piece by piece.
 *
 *     rg_buf line = rg_buf_in(arena);
 *     rg_buf_put(&line, subject);
 *     rg_buf_byte(&line, '\t');
 */
#ifndef RG_BASE_BUF_H
#define RG_BASE_BUF_H

#include "base/arena.h"

typedef struct rg_buf {
    rg_arena *arena;
    char *bytes;
    int len, capacity;
} rg_buf;

rg_buf rg_buf_in(rg_arena *arena);
void rg_buf_put(rg_buf *buf, rg_str text);
/* The same, or false where that would jump: for who holds something. */
bool rg_buf_try(rg_buf *buf, rg_str text);
void rg_buf_text(rg_buf *buf, const char *text);
static inline void rg_buf_byte(rg_buf *buf, char byte)
{
    if (buf->len + 1 >= buf->capacity) {
        rg_buf_put(buf, (rg_str){&byte, 1});
        return;
    }
    buf->bytes[buf->len++] = byte;
    buf->bytes[buf->len] = '\0';
}
/* In decimal. */
void rg_buf_int(rg_buf *buf, int value);
/* At least `size` bytes behind what was put; who fills some adds them to buf->len. */
char *rg_buf_room(rg_buf *buf, int size);
void rg_buf_format(rg_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The text in double quotes, as YAML and JSON read it back; quotes and backslashes get a
 * backslash before them. */
void rg_buf_quoted(rg_buf *buf, rg_str text);
/* What was put so far; stays valid until the next put. */
rg_str rg_buf_str(const rg_buf *buf);

#endif
