/* writer.c - O_TMPFILE and /proc/self are Linux's; elsewhere a named temporary is used. */
#define _GNU_SOURCE
#include "base/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_write(rg_writer *w, rg_error *err)
{
    return rg_fail(err, RG_ERROR_OUTPUT, rg_place_file(rg_str_of(w->path)),
                   "cannot write: %s", strerror(errno));
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(fd, bytes, size);
        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            bytes += done;
            size -= (size_t)done;
        }
    }
    return true;
}

/* Length of the folder part of path, without its last slash; 0 if it has none. */
static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path) : 0;
}

/* Makes the folders that lead to path. */
static void make_folders(char *path)
{
    for (char *at = path + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        mkdir(path, 0777); /* one that stands already is fine; open tells the rest */
        *at = '/';
    }
}

static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

/* An unnamed file in folder, or a named one where the file system has no O_TMPFILE
 * (then *named is set and `name` holds its path). */
static int open_temporary(const char *folder, char name[PATH_MAX], bool *named)
{
    *named = false;
#ifdef O_TMPFILE
    int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (fd >= 0)
        return fd;
#endif
    *named = true;
    if (snprintf(name, PATH_MAX, "%s/.relgraph-XXXXXX", folder) >= PATH_MAX)
        return -1;
    int made = mkstemp(name);
    mode_t mask = umask(0);
    umask(mask);
    if (made >= 0)
        fchmod(made, 0666 & ~mask);
    return made;
}

/* Gives the unnamed file a name beside its final one. */
static bool name_temporary(int fd, const char *folder, char name[PATH_MAX])
{
    char link_path[64];
    snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", fd);
    for (int attempt = 0; attempt < 100; attempt++) {
        if (snprintf(name, PATH_MAX, "%s/.relgraph-%d-%d.tmp", folder, (int)getpid(),
                     attempt)
            >= PATH_MAX)
            return false;
        if (linkat(AT_FDCWD, link_path, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0)
            return true;
        if (errno != EEXIST)
            return false;
    }
    return false;
}

/* The folder that the file is in; the ones that lead to it are made. */
static bool find_folder(rg_writer *w)
{
    int len = folder_length(w->path);
    if (snprintf(w->folder, sizeof w->folder, "%s", w->path) >= PATH_MAX)
        return false;
    make_folders(w->folder);
    if (len == 0)
        snprintf(w->folder, sizeof w->folder, w->path[0] == '/' ? "/" : ".");
    else
        w->folder[len] = '\0';
    return true;
}

bool rg_writer_open(rg_writer *out, const char *path, rg_error *err)
{
    struct stat about;
    out->path = path ? path : "-";
    out->fd = -1;
    out->named = out->left = out->special = out->hasty = false;
    out->standard = strcmp(out->path, "-") == 0;
    if (out->standard) {
        out->path = "standard output";
        out->fd = STDOUT_FILENO;
        return true;
    }
    if (!find_folder(out))
        return rg_fail(err, RG_ERROR_OUTPUT, rg_place_file(rg_str_of(path)),
                       "path is too long");
    out->special = stat(path, &about) == 0 && !S_ISREG(about.st_mode);
    out->fd = out->special ? open(path, O_WRONLY | O_CLOEXEC)
                           : open_temporary(out->folder, out->name, &out->named);
    out->named = out->named && out->fd >= 0;
    return out->fd >= 0 || fail_write(out, err);
}

bool rg_writer_put(rg_writer *w, const void *bytes, size_t size, rg_error *err)
{
    if (w->left || write_all(w->fd, bytes, size))
        return true;
    w->left = w->standard && errno == EPIPE;
    return w->left || fail_write(w, err);
}

/* The unnamed file gets a name, and at once the final one. No signal that can wait comes
 * in between, so that no other name is left. */
static bool swap(rg_writer *w)
{
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, &before);
    if (!w->named)
        w->named = name_temporary(w->fd, w->folder, w->name);
    bool ok = w->named && rename(w->name, w->path) == 0;
    int cause = errno;
    if (w->named && !ok)
        unlink(w->name);
    w->named = false;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = cause;
    return ok;
}

/* The temporary file takes the place of the old one. */
static bool replace(rg_writer *w)
{
    bool ok = (w->hasty || fsync(w->fd) == 0) && swap(w);
    int cause = errno;
    ok = close(w->fd) == 0 && ok;
    w->fd = -1;
    if (ok) {
        if (!w->hasty)
            sync_folder(w->folder);
        return true;
    }
    rg_writer_drop(w);
    errno = cause;
    return false;
}

bool rg_writer_close(rg_writer *w, rg_error *err)
{
    if (w->standard)
        return true;
    if (!w->special)
        return replace(w) || fail_write(w, err);
    bool ok = close(w->fd) == 0;
    w->fd = -1;
    return ok || fail_write(w, err);
}

void rg_writer_drop(rg_writer *w)
{
    if (w->fd >= 0 && !w->standard)
        close(w->fd);
    w->fd = -1;
    if (w->named)
        unlink(w->name);
    w->named = false;
}
