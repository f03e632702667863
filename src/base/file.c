/* file.c - /proc/self is Linux's; elsewhere the program's own folder is unknown. */
#define _GNU_SOURCE
#include "base/file.h"

#include "base/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_errno(rg_error *err, rg_error_kind kind, const char *path,
                       const char *what)
{
    return rg_fail(err, kind, rg_place_file(rg_str_of(path)), "cannot %s: %s", what,
                   strerror(errno));
}

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

static ssize_t read_some(int fd, char *to, size_t size)
{
    ssize_t got;
    do
        got = read(fd, to, size);
    while (got < 0 && errno == EINTR);
    return got;
}

static int open_to_read(const char *path, rg_error *err)
{
    bool standard = is_standard(path);
    int fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        fail_errno(err, RG_ERROR_INPUT, path, "read");
    } else if (!standard && S_ISDIR(about.st_mode)) {
        rg_fail(err, RG_ERROR_INPUT, rg_place_file(rg_str_of(path)), "is a folder");
    } else {
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

bool rg_file_read(rg_str *out, rg_arena *arena, const char *path, size_t limit,
                  rg_error *err)
{
    if (limit > INT_MAX - 1)
        limit = INT_MAX - 1;
    int fd = open_to_read(path, err);
    if (fd < 0)
        return false;

    rg_buf all = rg_buf_in(arena);
    char piece[64 * 1024];
    ssize_t got;
    while ((got = read_some(fd, piece, sizeof piece)) > 0) {
        if ((size_t)all.len + (size_t)got > limit) {
            close(fd);
            return rg_fail(err, RG_ERROR_LIMIT, rg_place_file(rg_str_of(path)),
                           "is larger than %zu bytes", limit);
        }
        rg_buf_put(&all, (rg_str){piece, (int)got});
    }
    if (got < 0)
        fail_errno(err, RG_ERROR_INPUT, path, "read");
    close(fd);
    *out = rg_buf_str(&all);
    return got == 0;
}

bool rg_stream_open(rg_stream *out, const char *path, rg_error *err)
{
    *out = (rg_stream){path, open_to_read(path, err), false};
    return out->fd >= 0;
}

bool rg_stream_some(rg_stream *stream, char *to, size_t size, size_t *got,
                    rg_error *err)
{
    ssize_t more = read_some(stream->fd, to, size);
    *got = more > 0 ? (size_t)more : 0;
    stream->end = more == 0;
    return more >= 0 || fail_errno(err, RG_ERROR_INPUT, stream->path, "read");
}

bool rg_stream_read(rg_stream *stream, char *to, size_t size, size_t *got,
                    rg_error *err)
{
    *got = 0;
    while (*got < size && !stream->end) {
        size_t more;
        if (!rg_stream_some(stream, to + *got, size - *got, &more, err))
            return false;
        *got += more;
    }
    return true;
}

void rg_stream_close(rg_stream *stream)
{
    if (stream->fd >= 0)
        close(stream->fd);
    stream->fd = -1;
}

bool rg_file_map(rg_mapped *out, const char *path, rg_error *err)
{
    *out = (rg_mapped){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        if (fd >= 0)
            close(fd);
        return fail_errno(err, RG_ERROR_INPUT, path, "open");
    }
    size_t size = (size_t)about.st_size;
    void *bytes = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    bool full = bytes == MAP_FAILED && size && errno == ENOMEM;
    close(fd);
    if (full)
        return rg_fail(err, RG_ERROR_MEMORY, rg_place_file(rg_str_of(path)),
                       "out of memory");
    if (bytes == MAP_FAILED)
        return rg_fail(err, RG_ERROR_INPUT, rg_place_file(rg_str_of(path)),
                       size ? "cannot be mapped" : "is empty");
    *out = (rg_mapped){bytes, size};
    return true;
}

void rg_file_unmap(rg_mapped *mapped)
{
    if (mapped->bytes)
        munmap((void *)(uintptr_t)mapped->bytes, mapped->size);
    *mapped = (rg_mapped){0};
}

bool rg_file_write_bytes(const char *path, const void *bytes, size_t size,
                         rg_error *err)
{
    rg_writer writer;
    bool ok = rg_writer_open(&writer, path, err)
              && rg_writer_put(&writer, bytes, size, err) && !writer.left
              && rg_writer_close(&writer, err);
    if (!ok && writer.left)
        rg_fail(err, RG_ERROR_OUTPUT, rg_place_file(RG_STR("standard output")),
                "cannot write: nobody reads it");
    rg_writer_drop(&writer);
    return ok;
}

bool rg_file_write(const char *path, rg_str bytes, rg_error *err)
{
    return rg_file_write_bytes(path, bytes.bytes, (size_t)bytes.len, err);
}

bool rg_file_put_standard(rg_str bytes, bool *left, rg_error *err)
{
    rg_writer writer;
    bool ok = rg_writer_open(&writer, NULL, err)
              && rg_writer_put(&writer, bytes.bytes, (size_t)bytes.len, err);
    *left = writer.left;
    return ok;
}

bool rg_file_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}

bool rg_file_exceeds(const char *path, size_t size)
{
    struct stat about;
    if (is_standard(path))
        return true;
    if (stat(path, &about) != 0)
        return false;
    return S_ISREG(about.st_mode) ? (size_t)about.st_size > size
                                  : !S_ISDIR(about.st_mode);
}

bool rg_file_is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool rg_file_is_regular(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

bool rg_file_is_link(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISLNK(about.st_mode);
}

bool rg_file_is_program(const char *path)
{
    return rg_file_is_regular(path) && access(path, X_OK) == 0;
}

bool rg_file_ends(const char *path, const char *ending)
{
    size_t len = strlen(path), least = strlen(ending);
    return len >= least && strcasecmp(path + len - least, ending) == 0;
}

rg_str rg_file_program_folder(rg_arena *arena)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len <= 0)
        return (rg_str){"", 0};
    path[len] = '\0';
    const char *slash = strrchr(path, '/');
    return rg_arena_str(arena, (rg_str){path, slash ? (int)(slash - path) : 0});
}

static const char *find_above(rg_arena *arena, rg_str folder, const char *name)
{
    for (;;) {
        rg_str path = rg_arena_format(arena, "%.*s/%s", RG_PRINT(folder), name);
        if (rg_file_exists(path.bytes))
            return path.bytes;
        if (folder.len == 0)
            return NULL;
        while (folder.len > 0 && folder.bytes[folder.len - 1] != '/')
            folder.len--;
        folder.len -= folder.len > 0;
    }
}

static const char *find_in_share(rg_arena *arena, const char *share, const char *name)
{
    rg_str path = rg_arena_format(arena, "%s/relgraph/%s", share, name);
    return rg_file_exists(path.bytes) ? path.bytes : NULL;
}

const char *rg_file_find_own(rg_arena *arena, const char *name)
{
    const char *found = find_above(arena, rg_file_program_folder(arena), name);
    if (!found)
        found = find_in_share(arena, RG_PREFIX "/share", name);
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (!found && data && *data)
        return find_in_share(arena, data, name);
    if (!found && home && *home)
        return find_in_share(
            arena, rg_arena_format(arena, "%s/.local/share", home).bytes, name);
    return found;
}

const char *rg_file_cache_path(rg_arena *arena, const char *name)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache && *cache)
        return rg_arena_format(arena, "%s/relgraph/%s", cache, name).bytes;
    if (home && *home)
        return rg_arena_format(arena, "%s/.cache/relgraph/%s", home, name).bytes;
    return NULL;
}
