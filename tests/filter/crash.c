/* crash.c - for tests, preloaded: a record with a marked text kills the process that reads it,
 * or holds it up. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int has(const char *bytes, size_t size, const char *mark)
{
    return memmem(bytes, size, mark, strlen(mark)) != NULL;
}

json_t *json_loadb(const char *bytes, size_t size, size_t flags, json_error_t *error)
{
    json_t *(*real)(const char *, size_t, size_t, json_error_t *);
    *(void **)&real = dlsym(RTLD_NEXT, "json_loadb");
    if (has(bytes, size, "please crash")) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    }
    if (has(bytes, size, "please exit"))
        _exit(3);
    while (has(bytes, size, "please wait"))
        pause();
    return real(bytes, size, flags, error);
}
