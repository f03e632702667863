/* fuzz.h - what the fuzz targets share: an arena for each input, the input as a slice. */
#ifndef RG_FUZZ_FUZZ_H
#define RG_FUZZ_FUZZ_H

#include "lang/lang.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline rg_str fuzz_input(const uint8_t *bytes, size_t size)
{
    return (rg_str){(const char *)bytes, size > INT_MAX ? INT_MAX : (int)size};
}

/* A property that holds whatever the input is. */
static inline void fuzz_check(bool holds)
{
    if (!holds)
        abort();
}

/* The analysis as one thread has it, for all inputs: what its caches hold must not matter.
 * The model is that of RELGRAPH_MODEL or models/. */
static inline rg_lang *fuzz_lang(void)
{
    static rg_model *model;
    static rg_lang *lang;
    if (lang)
        return lang;
    rg_arena *arena = rg_arena_new();
    rg_error err = {0};
    const char *path = getenv("RELGRAPH_MODEL");
    if (!path)
        path = rg_file_find_own(arena, "models/en_core_web_sm-3.8.0.rgm");
    fuzz_check(path && rg_model_open(&model, path, &err));
    lang = rg_lang_new(model, NULL, &err);
    fuzz_check(lang != NULL);
    rg_arena_free(arena);
    return lang;
}

#endif
