/* nomem.c - for tests, preloaded: the NOMEM_AT-th allocation of the process fails, all others are
 * as ever. With NOMEM_COUNT=FILE nothing fails, and their number is in the file at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static long at = -1, so_far;
static pid_t process; /* forks of it have all they ask for */

__attribute__((constructor)) static void start(void)
{
    const char *text = getenv("NOMEM_AT");
    process = getpid();
    at = text ? atol(text) : 0;
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("NOMEM_COUNT");
    FILE *out = path && getpid() == process ? fopen(path, "w") : NULL;
    if (out)
        fprintf(out, "%ld\n", so_far);
    if (out)
        fclose(out);
}

/* What comes before `start` is the loader's. */
static int fails(void)
{
    if (at < 0 || getpid() != process || ++so_far != at)
        return 0;
    errno = ENOMEM;
    return 1;
}

/* The next function of this name: AddressSanitizer's, where there is one, or libc's. */
#define REAL(name)                                                                     \
    static __typeof__(&name) real;                                                     \
    if (!real)                                                                         \
    *(void **)&real = dlsym(RTLD_NEXT, #name)

void *malloc(size_t size)
{
    REAL(malloc);
    return fails() ? NULL : real(size);
}

void *calloc(size_t count, size_t size)
{
    REAL(calloc);
    return fails() ? NULL : real(count, size);
}

void *realloc(void *old, size_t size)
{
    REAL(realloc);
    return fails() ? NULL : real(old, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    REAL(aligned_alloc);
    return fails() ? NULL : real(align, size);
}

int posix_memalign(void **out, size_t align, size_t size)
{
    REAL(posix_memalign);
    return fails() ? ENOMEM : real(out, align, size);
}

void *mmap(void *where, size_t size, int protection, int flags, int fd, off_t from)
{
    REAL(mmap);
    return fails() ? MAP_FAILED : real(where, size, protection, flags, fd, from);
}
