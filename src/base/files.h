/* files.h - several files that are made in memory and then written to one folder. */
#ifndef RG_BASE_FILES_H
#define RG_BASE_FILES_H

#include "base/buf.h"
#include "base/error.h"

typedef struct rg_files {
    rg_arena *arena;
    struct rg_files_item {
        rg_str name; /* within the folder */
        rg_buf bytes;
    } * items;
    int count, capacity;
} rg_files;

/* The bytes of one more file, to be filled before the next is added. */
rg_buf *rg_files_add(rg_files *files, rg_str name);
/* Writes each file whole or not at all, in their order; makes the folder. Other files that
 * are in it stay. */
bool rg_files_write(const rg_files *files, const char *folder, rg_error *err);

#endif
