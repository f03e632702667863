#include "base/beneath.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_FOLDERS = 32 };

bool rg_file_id_equal(rg_file_id a, rg_file_id b)
{
    return a.device == b.device && a.number == b.number;
}

static rg_file_id id_of(const struct stat *about)
{
    return (rg_file_id){(uint64_t)about->st_dev, (uint64_t)about->st_ino};
}

bool rg_file_id_of(rg_file_id *out, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return false;
    *out = id_of(&about);
    return true;
}

static bool refuse(rg_error *err, rg_error_kind kind, const char *what)
{
    return rg_fail(err, kind, RG_NOWHERE, "%s", what);
}

/* The names of a path, with "." and "NAME/.." taken out: no links are followed, so that
 * is what the kernel would do. -1 if the path leads out of the folder. */
static int split(rg_str names[MAX_FOLDERS], rg_str path, rg_error *err)
{
    int count = 0;
    for (int from = 0; from <= path.len;) {
        int slash = rg_str_find_byte(path, '/', from);
        int to = slash < 0 ? path.len : slash;
        rg_str name = rg_str_cut(path, from, to);
        from = to + 1;
        if (name.len == 0 || rg_str_is(name, "."))
            continue;
        if (rg_str_is(name, ".."))
            count--;
        else if (count < MAX_FOLDERS)
            names[count++] = name;
        else
            count = -1;
        if (count < 0) {
            refuse(err, RG_ERROR_INPUT, "leads out of the folder of the rules");
            return -1;
        }
    }
    return count;
}

/* Opens the entry of an open folder, and closes the folder; -1 with errno set. */
static int step_down(int folder, rg_arena *arena, rg_str name, int flags)
{
    const char *entry = rg_arena_str(arena, name).bytes;
    int fd =
        openat(folder, entry, flags | O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    int cause = errno;
    close(folder);
    errno = cause;
    return fd;
}

/* `size`: what the file system says, so that a large file is copied once. */
static bool read_all(rg_str *out, rg_arena *arena, int fd, size_t size, size_t limit,
                     rg_error *err)
{
    rg_buf all = rg_buf_in(arena);
    if (size <= limit && size < INT_MAX) {
        all.bytes = rg_arena_take(arena, size + 1, 1);
        all.capacity = (int)size + 1;
    }
    char piece[64 * 1024];
    for (;;) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refuse(err, RG_ERROR_INPUT, strerror(errno));
        if (got == 0)
            break;
        if ((size_t)all.len + (size_t)got > limit)
            return rg_fail(err, RG_ERROR_LIMIT, RG_NOWHERE, "larger than %zu bytes",
                           limit);
        rg_buf_put(&all, (rg_str){piece, (int)got});
    }
    *out = rg_buf_str(&all);
    return true;
}

static bool read_regular(rg_str *out, rg_file_id *id, rg_arena *arena, int fd,
                         size_t limit, rg_error *err)
{
    struct stat about;
    if (fstat(fd, &about) != 0)
        return refuse(err, RG_ERROR_INPUT, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return refuse(err, RG_ERROR_INPUT, "not a regular file");
    *id = id_of(&about);
    return read_all(out, arena, fd, (size_t)about.st_size, limit, err);
}

bool rg_beneath_read(rg_str *out, rg_file_id *id, rg_arena *arena, const char *folder,
                     rg_str path, size_t limit, rg_error *err)
{
    rg_str names[MAX_FOLDERS];
    if (rg_str_starts(path, RG_STR("/")))
        return refuse(err, RG_ERROR_INPUT, "leads out of the folder of the rules");
    int count = split(names, path, err);
    if (count < 0)
        return false;
    if (count == 0)
        return refuse(err, RG_ERROR_INPUT, "not a regular file");

    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < count && fd >= 0; i++)
        fd = step_down(fd, arena, names[i], i + 1 < count ? O_DIRECTORY : 0);
    if (fd < 0)
        return refuse(err, RG_ERROR_INPUT,
                      errno == ELOOP ? "symbolic links are not followed"
                                     : strerror(errno));
    bool ok = read_regular(out, id, arena, fd, limit, err);
    close(fd);
    return ok;
}
