#include "model/import.h"

bool rg_import_tables(rg_model_writer *writer, rg_arena *arena, const char *folder,
                      rg_error *err)
{
    (void)writer;
    (void)arena;
    (void)folder;
    (void)err;
    return true;
}
