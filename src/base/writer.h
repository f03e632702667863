/* writer.h - a file written piece by piece that replaces the old one whole or not at all.
 *
 * What is put goes to a file without a name beside the final one (Linux's O_TMPFILE where
 * there is one, so that a killed writer leaves nothing behind); rg_writer_close gives it the
 * name. "-" is standard output, and a device or a pipe is written to as it is.
 */
#ifndef RG_BASE_WRITER_H
#define RG_BASE_WRITER_H

#include "base/error.h"

#include <limits.h>

typedef struct rg_writer {
    const char *path;
    int fd; /* -1: closed */
    bool standard, special;
    bool named; /* `name` is the path of the temporary file */
    bool hasty; /* set behind open: what is lost when the machine stops is no loss */
    bool left;  /* nobody reads standard output any more; what is put is dropped */
    char name[PATH_MAX], folder[PATH_MAX];
} rg_writer;

/* NULL for path is "-". Makes missing folders. RG_ERROR_OUTPUT names the path. */
bool rg_writer_open(rg_writer *out, const char *path, rg_error *err);
bool rg_writer_put(rg_writer *writer, const void *bytes, size_t size, rg_error *err);
/* All is on the disk, and the file has its name; or the old one is as it was. */
bool rg_writer_close(rg_writer *writer, rg_error *err);
/* Gives up: the old file stays. Does nothing behind a close. */
void rg_writer_drop(rg_writer *writer);

#endif
