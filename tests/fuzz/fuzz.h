/* fuzz.h - what the fuzz targets share: an arena for each input, the input as a slice. */
#ifndef RG_FUZZ_FUZZ_H
#define RG_FUZZ_FUZZ_H

#include "base/arena.h"

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

#endif
