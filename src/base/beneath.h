/* beneath.h - files read by a path that a stranger wrote, inside one folder.
 *
 * The path is walked folder by folder with O_NOFOLLOW: no symbolic links, nothing above the
 * folder, regular files only. `sub/../x` is fine, `../x` and `/x` are refused.
 */
#ifndef RG_BASE_BENEATH_H
#define RG_BASE_BENEATH_H

#include "base/arena.h"
#include "base/error.h"

/* The same for two paths only if they lead to the same file. */
typedef struct rg_file_id {
    uint64_t device, number;
} rg_file_id;

bool rg_file_id_equal(rg_file_id a, rg_file_id b);
/* The id of a path of our own (links followed); false if there is no such file. */
bool rg_file_id_of(rg_file_id *out, const char *path);

/* A regular file of at most `limit` bytes, at `path` beneath `folder`. The message names
 * what is wrong, not the path; it fails with RG_ERROR_INPUT or RG_ERROR_LIMIT. */
bool rg_beneath_read(rg_str *out, rg_file_id *id, rg_arena *arena, const char *folder,
                     rg_str path, size_t limit, rg_error *err);

#endif
