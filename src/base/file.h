/* file.h - files read whole, mapped read-only, and written whole or not at all.
 *
 * A path of "-" is standard input or output where said. Linux's O_TMPFILE is used where
 * there is one, so that a killed writer leaves nothing behind.
 */
#ifndef RG_BASE_FILE_H
#define RG_BASE_FILE_H

#include "base/buf.h"
#include "base/error.h"

/* A regular file (or, for "-", standard input) read whole into the arena; at most `limit`
 * bytes, below 2 GiB. Fails with RG_ERROR_INPUT or RG_ERROR_LIMIT. */
bool rg_file_read(rg_str *out, rg_arena *arena, const char *path, size_t limit,
                  rg_error *err);

/* A file (or standard input) read piece by piece; rg_stream_close when done. */
typedef struct rg_stream {
    const char *path;
    int fd;   /* -1: closed */
    bool end; /* all has been read */
} rg_stream;
bool rg_stream_open(rg_stream *out, const char *path, rg_error *err);
/* Reads into `to` until `size` bytes are there or the file ends. */
bool rg_stream_read(rg_stream *stream, char *to, size_t size, size_t *got,
                    rg_error *err);
/* Reads what is there already, or waits for some. */
bool rg_stream_some(rg_stream *stream, char *to, size_t size, size_t *got,
                    rg_error *err);
void rg_stream_close(rg_stream *stream);

/* A file mapped read-only; rg_file_unmap when done. */
typedef struct rg_mapped {
    const unsigned char *bytes;
    size_t size;
} rg_mapped;
bool rg_file_map(rg_mapped *out, const char *path, rg_error *err);
void rg_file_unmap(rg_mapped *mapped);

/* Replaces the file at `path` by these bytes, whole or not at all (fsync, then rename);
 * makes missing folders; "-" writes to standard output. RG_ERROR_OUTPUT names the path. */
bool rg_file_write(const char *path, rg_str bytes, rg_error *err);
/* The same for more than an rg_str holds. */
bool rg_file_write_bytes(const char *path, const void *bytes, size_t size,
                         rg_error *err);

/* Appends to standard output, at once. A reader that has left is no error: it sets
 * *left, and the caller stops writing. */
bool rg_file_put_standard(rg_str bytes, bool *left, rg_error *err);

bool rg_file_exists(const char *path);
/* Whether the file has more than so many bytes, or nobody knows: standard input, a pipe. */
bool rg_file_exceeds(const char *path, size_t size);
bool rg_file_is_folder(const char *path);
bool rg_file_is_regular(const char *path); /* or a link to one */
bool rg_file_is_link(const char *path);
bool rg_file_is_program(const char *path);
/* Does the path end so, in whatever case? */
bool rg_file_ends(const char *path, const char *ending);
/* Path of the running program's folder (/proc/self/exe), in the arena; "" if unknown. */
rg_str rg_file_program_folder(rg_arena *arena);
/* Path of a file or folder that belongs to relgraph, such as "rules": NAME in the nearest
 * parent folder of the running program that holds it, else in PREFIX/share/relgraph, else
 * in $XDG_DATA_HOME/relgraph (~/.local/share/relgraph). NULL if none of them has it. */
const char *rg_file_find_own(rg_arena *arena, const char *name);
/* Path of a file in the user's cache: $XDG_CACHE_HOME/relgraph/NAME, else
 * ~/.cache/relgraph/NAME; NULL if neither variable is set. Nothing is made. */
const char *rg_file_cache_path(rg_arena *arena, const char *name);

#endif
