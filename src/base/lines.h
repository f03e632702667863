/* lines.h - a file, a pipe or standard input, line by line as they come: never waits for
 * more than one line, holds no more than one line of `most` bytes and a portion.
 */
#ifndef RG_BASE_LINES_H
#define RG_BASE_LINES_H

#include "base/file.h"

typedef struct rg_read_line {
    rg_str text;   /* without its line feed */
    bool too_long; /* more than `most` bytes: the text is its beginning */
} rg_read_line;

typedef struct rg_lines {
    rg_stream stream;
    int most; /* bytes of a line */
    rg_arena *arena;
    char *bytes;
    int at, held, capacity; /* what is read and not yet given out: [at, held) */
    bool skipping;          /* the rest of a line that is too long */
} rg_lines;

/* "-" is standard input; the lines lie in the arena. rg_lines_close when done. RG_ERROR_INPUT. */
bool rg_lines_open(rg_lines *out, rg_arena *arena, const char *path, int most,
                   rg_error *err);
void rg_lines_close(rg_lines *lines);
/* Up to `count` lines, in order: those that are there; if there is none, it waits for one, or
 * without `patient` reads once. They are valid until the next call. 0 with stream.end is the
 * end. -1: cannot be read; err says why. */
int rg_lines_next(rg_lines *lines, rg_read_line *out, int count, bool patient,
                  rg_error *err);
/* Are there whole lines that can be given out without reading? */
bool rg_lines_wait(const rg_lines *lines);

#endif
