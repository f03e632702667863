#include "graph/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SAID = 400 };

/* Our ends of the child's three streams; -1 once closed. The input is a socket, since a
 * write to a pipe whose reader died would raise SIGPIPE in our host program. */
typedef struct streams {
    int input, output, said;
} streams;

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_streams(streams *s)
{
    close_end(&s->input);
    close_end(&s->output);
    close_end(&s->said);
}

static void keep_from_others(int fd)
{
    if (fd >= 0)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
}

static bool open_streams(streams *ours, streams *theirs)
{
    int pairs[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    bool ok = socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[0]) == 0 && pipe(pairs[1]) == 0
              && pipe(pairs[2]) == 0;
    *ours = (streams){pairs[0][0], pairs[1][0], pairs[2][0]};
    *theirs = (streams){pairs[0][1], pairs[1][1], pairs[2][1]};
    for (int i = 0; i < 3; i++) {
        keep_from_others(pairs[i][0]);
        keep_from_others(pairs[i][1]);
    }
    if (!ok) {
        close_streams(ours);
        close_streams(theirs);
    }
    return ok;
}

/* errno says why not. */
static bool start(pid_t *pid, const rg_child *child, const streams *theirs)
{
    /* Nothing of our environment reaches Graphviz; a fixed date keeps PDF the same. */
    static char epoch[] = "SOURCE_DATE_EPOCH=0";
    char *environment[] = {epoch, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults, none;
    errno = 0;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return false;
    }
    sigfillset(&defaults);
    sigemptyset(&none);
    bool ok = posix_spawn_file_actions_adddup2(&actions, theirs->input, 0) == 0
              && posix_spawn_file_actions_adddup2(&actions, theirs->output, 1) == 0
              && posix_spawn_file_actions_adddup2(&actions, theirs->said, 2) == 0
              && posix_spawnattr_setsigdefault(&attributes, &defaults) == 0
              && posix_spawnattr_setsigmask(&attributes, &none) == 0
              && posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF
                                                           | POSIX_SPAWN_SETSIGMASK)
                     == 0
              && posix_spawn(pid, child->arguments[0], &actions, &attributes,
                             (char *const *)(uintptr_t)child->arguments, environment)
                     == 0;
    int cause = errno;
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    errno = cause;
    return ok;
}

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Sends some more of the input; closes the stream at its end or if nobody reads it. */
static void feed(streams *s, rg_str input, int *sent)
{
    ssize_t done = send(s->input, input.bytes + *sent, (size_t)(input.len - *sent),
                        MSG_NOSIGNAL | MSG_DONTWAIT);
    if (done > 0)
        *sent += (int)done;
    bool broken = done < 0 && errno != EAGAIN && errno != EINTR;
    if (broken || *sent == input.len)
        close_end(&s->input);
}

/* Takes what there is; false if it is more than `limit`. */
static bool collect(int *fd, rg_buf *into, size_t limit)
{
    char piece[64 * 1024];
    ssize_t got = read(*fd, piece, sizeof piece);
    if (got > 0) {
        if ((size_t)into->len + (size_t)got > limit)
            return false;
        rg_buf_put(into, (rg_str){piece, (int)got});
    } else if (got == 0 || errno != EINTR) {
        close_end(fd);
    }
    return true;
}

/* Words beyond MOST_SAID are read and dropped, so that the child does not wait for us. */
static void listen_to(int *fd, rg_buf *said)
{
    char piece[MOST_SAID];
    ssize_t got = read(*fd, piece, sizeof piece);
    if (got > 0 && said->len < MOST_SAID)
        rg_buf_put(said, (rg_str){piece, (int)got});
    else if (got == 0 || (got < 0 && errno != EINTR))
        close_end(fd);
}

/* Until the child closed its streams; false if time or room ran out before. */
static bool exchange(streams *s, rg_buf *out, rg_buf *said, const rg_child *child,
                     int64_t deadline)
{
    int sent = 0;
    while (s->output >= 0 || s->said >= 0) {
        struct pollfd fds[] = {
            {s->input, POLLOUT, 0}, {s->output, POLLIN, 0}, {s->said, POLLIN, 0}};
        int64_t left = deadline - now();
        if (left <= 0)
            return false;
        if (poll(fds, 3, (int)left) < 0 && errno != EINTR)
            return false;
        if (fds[0].revents && s->input >= 0)
            feed(s, child->input, &sent);
        if (fds[1].revents && s->output >= 0 && !collect(&s->output, out, child->limit))
            return false;
        if (fds[2].revents && s->said >= 0)
            listen_to(&s->said, said);
    }
    return true;
}

/* Waits for the child's end, which follows its last output at once if all is well. */
static bool wait_for(pid_t pid, int *status, int64_t deadline)
{
    for (long pause = 50000;; pause = pause < 10000000 ? pause * 2 : pause) {
        pid_t done = waitpid(pid, status, WNOHANG);
        if (done == pid)
            return true;
        if ((done < 0 && errno != EINTR) || now() > deadline)
            return false;
        nanosleep(&(struct timespec){0, pause}, NULL);
    }
}

static rg_child_end tell_end(int status)
{
    if (WIFSIGNALED(status)) {
        switch (WTERMSIG(status)) {
        case SIGXCPU: return RG_CHILD_TOO_SLOW;
        case SIGKILL:
            return RG_CHILD_NO_MEMORY; /* not by us: by the system, for memory */
        default: return RG_CHILD_FAILED;
        }
    }
    switch (WEXITSTATUS(status)) {
    case 0: return RG_CHILD_DONE;
    case RG_CHILD_EXIT_MEMORY: return RG_CHILD_NO_MEMORY;
    case RG_CHILD_EXIT_REFUSED: return RG_CHILD_REFUSED;
    default: return RG_CHILD_FAILED;
    }
}

rg_child_end rg_child_run(rg_buf *out, rg_buf *said, const rg_child *child)
{
    streams ours, theirs;
    int64_t deadline = now() + child->milliseconds;
    pid_t pid;
    if (!open_streams(&ours, &theirs))
        return RG_CHILD_FAILED;
    bool started = start(&pid, child, &theirs), full = !started && errno == ENOMEM;
    close_streams(&theirs);
    if (!started) {
        close_streams(&ours);
        if (full)
            return RG_CHILD_NO_MEMORY;
        rg_buf_format(said, "cannot start %s", child->arguments[0]);
        return RG_CHILD_FAILED;
    }

    int status = 0;
    bool ended =
        exchange(&ours, out, said, child, deadline) && wait_for(pid, &status, deadline);
    close_streams(&ours);
    if (ended)
        return tell_end(status);
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return RG_CHILD_TOO_SLOW;
}
