/* nospace.c - for tests, preloaded: a disk that is full once NOSPACE_AFTER bytes are written to
 * regular files. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long left = -1;

static int is_full(int fd, size_t size)
{
    struct stat about;
    if (left < 0)
        left = atol(getenv("NOSPACE_AFTER"));
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        return 0;
    if ((long)size > left) {
        left = 0;
        errno = ENOSPC;
        return 1;
    }
    left -= (long)size;
    return 0;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    ssize_t (*real)(int, const void *, size_t);
    *(void **)&real = dlsym(RTLD_NEXT, "write");
    return is_full(fd, size) ? -1 : real(fd, bytes, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    ssize_t (*real)(int, const void *, size_t, off_t);
    *(void **)&real = dlsym(RTLD_NEXT, "pwrite");
    return is_full(fd, size) ? -1 : real(fd, bytes, size, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
    ssize_t (*real)(int, const void *, size_t, off64_t);
    *(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
    return is_full(fd, size) ? -1 : real(fd, bytes, size, at);
}
