#include "base/lines.h"

#include <string.h>

enum { PORTION = 64 * 1024 };

bool rg_lines_open(rg_lines *out, rg_arena *arena, const char *path, int most,
                   rg_error *err)
{
    *out = (rg_lines){.most = most, .arena = arena};
    return rg_stream_open(&out->stream, path, err);
}

void rg_lines_close(rg_lines *lines)
{
    rg_stream_close(&lines->stream);
}

/* Room for one more portion behind what is held, which moves to the front. */
static void make_room(rg_lines *l)
{
    char *from = l->bytes + l->at;
    l->held -= l->at;
    l->at = 0;
    if (l->capacity - l->held < PORTION) {
        l->capacity = l->capacity == 0 ? 2 * PORTION : 2 * l->capacity;
        l->bytes = rg_arena_take(l->arena, (size_t)l->capacity, 1);
    }
    if (l->held > 0 && from != l->bytes)
        memmove(l->bytes, from, (size_t)l->held);
}

static bool read_more(rg_lines *l, rg_error *err)
{
    size_t got;
    make_room(l);
    bool ok = rg_stream_some(&l->stream, l->bytes + l->held, PORTION, &got, err);
    l->held += (int)got;
    return ok;
}

/* Drops what is held of a line that was given out as too long; is it at its end? */
static bool skip(rg_lines *l)
{
    const char *feed = memchr(l->bytes + l->at, '\n', (size_t)(l->held - l->at));
    l->at = feed ? (int)(feed - l->bytes) + 1 : l->held;
    l->skipping = !feed && !l->stream.end;
    return !l->skipping;
}

/* The next line, if it is held whole, or as much of it as is looked at. */
static bool take(rg_lines *l, rg_read_line *out)
{
    if (l->skipping && (l->at == l->held || !skip(l)))
        return false;
    int held = l->held - l->at;
    const char *from = l->bytes + l->at;
    const char *feed = held > 0 ? memchr(from, '\n', (size_t)held) : NULL;
    int len = feed ? (int)(feed - from) : held;
    bool too_long = len > l->most;
    if (!feed && !too_long && (!l->stream.end || held == 0))
        return false;
    *out = (rg_read_line){{from, too_long ? l->most : len}, too_long};
    l->skipping = too_long && !feed && !l->stream.end;
    l->at += feed ? len + 1 : len;
    return true;
}

bool rg_lines_wait(const rg_lines *l)
{
    int held = l->held - l->at;
    return held > 0 && !l->skipping
           && (held > l->most || memchr(l->bytes + l->at, '\n', (size_t)held));
}

int rg_lines_next(rg_lines *lines, rg_read_line *out, int count, bool patient,
                  rg_error *err)
{
    int made = 0;
    for (bool asked = false;; asked = true) {
        while (made < count && take(lines, &out[made]))
            made++;
        if (made > 0 || lines->stream.end || (asked && !patient))
            return made;
        if (!read_more(lines, err))
            return -1;
    }
}
