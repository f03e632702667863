/* folder.h - the names in a folder, the paths that a pattern stands for; in byte order. */
#ifndef RG_BASE_FOLDER_H
#define RG_BASE_FOLDER_H

#include "base/arena.h"
#include "base/error.h"

/* Names of all entries but "." and "..", in the arena. RG_ERROR_INPUT if it cannot be
 * read. */
bool rg_folder_names(rg_str **out, int *count, rg_arena *arena, const char *path,
                     rg_error *err);

/* Has the path a '*', '?' or '[', and is no file of that name? */
bool rg_folder_is_pattern(const char *path);
/* The paths that match, in the arena; false if there are none. */
bool rg_folder_match(rg_str **out, int *count, rg_arena *arena, const char *pattern);

#endif
