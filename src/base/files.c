#include "base/files.h"

#include "base/file.h"

rg_buf *rg_files_add(rg_files *files, rg_str name)
{
    files->items = rg_arena_grow(files->arena, files->items, files->count,
                                 &files->capacity, sizeof *files->items);
    struct rg_files_item *item = &files->items[files->count++];
    item->name = rg_arena_str(files->arena, name);
    item->bytes = rg_buf_in(files->arena);
    return &item->bytes;
}

bool rg_files_write(const rg_files *files, const char *folder, rg_error *err)
{
    for (int i = 0; i < files->count; i++) {
        const struct rg_files_item *item = &files->items[i];
        rg_str path =
            rg_arena_format(files->arena, "%s/%.*s", folder, RG_PRINT(item->name));
        if (!rg_file_write(path.bytes, rg_buf_str(&item->bytes), err))
            return false;
    }
    return true;
}
