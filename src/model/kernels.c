#include "model/kernels.h"

#include <string.h>

/* From the fastest to the one that runs everywhere. */
static const rg_kernels *const all_kernels[] = {
#if defined(__x86_64__)
    &rg_kernels_avx2,
#endif
    &rg_kernels_portable,
};

const rg_kernels *rg_kernels_find(const char *name)
{
    int count = (int)(sizeof all_kernels / sizeof all_kernels[0]);
    for (int i = 0; i < count; i++) {
        const rg_kernels *kernels = all_kernels[i];
        if ((!name || strcmp(name, kernels->name) == 0) && kernels->is_supported())
            return kernels;
    }
    return NULL;
}
