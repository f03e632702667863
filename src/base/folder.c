#include "base/folder.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

static int compare_names(const void *a, const void *b)
{
    return rg_str_compare(*(const rg_str *)a, *(const rg_str *)b);
}

bool rg_folder_names(rg_str **out, int *count, rg_arena *arena, const char *path,
                     rg_error *err)
{
    *out = NULL;
    *count = 0;
    DIR *folder = opendir(path);
    if (!folder)
        return rg_fail(err, RG_ERROR_INPUT, rg_place_file(rg_str_of(path)),
                       "cannot read: %s", strerror(errno));
    int capacity = 0;
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        rg_str name = rg_str_of(entry->d_name);
        if (rg_str_is(name, ".") || rg_str_is(name, ".."))
            continue;
        *out = rg_arena_grow(arena, *out, *count, &capacity, sizeof **out);
        (*out)[(*count)++] = rg_arena_str(arena, name);
    }
    closedir(folder);
    if (*count > 1)
        qsort(*out, (size_t)*count, sizeof **out, compare_names);
    return true;
}

bool rg_folder_is_pattern(const char *path)
{
    return strpbrk(path, "*?[") && !rg_file_exists(path);
}

bool rg_folder_match(rg_str **out, int *count, rg_arena *arena, const char *pattern)
{
    glob_t found = {0};
    bool any = glob(pattern, GLOB_NOSORT, NULL, &found) == 0;
    *count = 0;
    *out = rg_new(arena, rg_str, any ? found.gl_pathc : 0);
    for (; any && *count < (int)found.gl_pathc; ++*count)
        (*out)[*count] = rg_arena_str(arena, rg_str_of(found.gl_pathv[*count]));
    globfree(&found);
    if (*count > 1)
        qsort(*out, (size_t)*count, sizeof **out, compare_names);
    return *count > 0;
}
