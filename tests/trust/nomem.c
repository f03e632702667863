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

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t align, size_t size);

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

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    return fails() ? NULL : __libc_memalign(align, size);
}

int posix_memalign(void **out, size_t align, size_t size)
{
    void *made = fails() ? NULL : __libc_memalign(align, size);
    if (!made)
        return ENOMEM;
    *out = made;
    return 0;
}

void *mmap(void *where, size_t size, int protection, int flags, int fd, off_t from)
{
    void *(*real)(void *, size_t, int, int, int, off_t);
    if (fails())
        return MAP_FAILED;
    *(void **)&real = dlsym(RTLD_NEXT, "mmap");
    return real(where, size, protection, flags, fd, from);
}
