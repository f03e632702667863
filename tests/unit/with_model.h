/* with_model.h - the English model for tests that need it; scripts/setup makes the file. */
#ifndef RG_TESTS_WITH_MODEL_H
#define RG_TESTS_WITH_MODEL_H

#include "base/file.h"
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

/* The model of RELGRAPH_MODEL, else that of the folder the test was built in. Without a
 * model the test fails: a skipped one would look as if it had passed. */
static inline rg_model *open_model(rg_arena *arena)
{
    const char *path = getenv("RELGRAPH_MODEL");
    if (!path || !*path)
        path = rg_file_find_own(arena, "models/en_core_web_sm-3.8.0.rgm");
    rg_model *model = NULL;
    rg_error err = {0};
    if (!path)
        fail_msg("there is no model file; scripts/setup makes it");
    if (!rg_model_open(&model, path, &err))
        fail_msg("%s: %s", path, err.text);
    return model;
}

#endif
