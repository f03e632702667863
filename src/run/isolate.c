/* isolate.c - records worked on in processes of their own: one that crashes or takes too long
 * costs its record, not the run.
 *
 * The processes are forks of this one, which has loaded model and rules and starts no thread.
 * Each gets one record at a time over a socket and answers with its line; answers are put in
 * the order of the records.
 */
#define _GNU_SOURCE
#include "run/filter.h"

#include "base/clock.h"
#include "output/output.h"
#include "run/records.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#ifdef __linux__
#    include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORKERS = 256 };

/* Before the bytes, in both directions. */
typedef struct head {
    int len;
    bool too_long;                  /* of a record */
    bool failed, stopped, dateless; /* of an answer */
} head;

typedef struct job {
    rg_read_line line;  /* a copy */
    rg_filtered answer; /* the line in its own arena */
    rg_arena *arena;
    bool done;
} job;

typedef struct process {
    pid_t pid; /* 0: none */
    int fd;
    int job;         /* index into the ring; -1: idle */
    double deadline; /* of the job, seconds of the clock */
} process;

typedef struct pool {
    const rg_filter_stream *run;
    process processes[MOST_WORKERS];
    int process_count;
    job *ring; /* RG_FILTER_AHEAD for each process */
    int ring_size;
    long long first, next; /* records that wait to be put: [first, next) */
    bool end;
} pool;

/* ---- The bytes ---------------------------------------------------------------------------------- */

static bool send_all(int fd, const void *bytes, size_t size)
{
    for (const char *at = bytes; size > 0;) {
        ssize_t done = send(fd, at, size, MSG_NOSIGNAL);
        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            at += done;
            size -= (size_t)done;
        }
    }
    return true;
}

static bool receive_all(int fd, void *bytes, size_t size)
{
    for (char *at = bytes; size > 0;) {
        ssize_t done = recv(fd, at, size, 0);
        if (done == 0 || (done < 0 && errno != EINTR))
            return false;
        if (done > 0) {
            at += done;
            size -= (size_t)done;
        }
    }
    return true;
}

/* ---- A process ---------------------------------------------------------------------------------- */

/* A record as it comes in. */
typedef struct incoming {
    int fd;
    rg_arena *arena;
    rg_read_line line;
} incoming;

static bool receive_record(void *user, rg_error *err)
{
    (void)err;
    incoming *in = user;
    head of;
    if (!receive_all(in->fd, &of, sizeof of))
        return false;
    char *bytes = rg_arena_take(in->arena, (size_t)of.len + 1, 1);
    in->line = (rg_read_line){{bytes, of.len}, of.too_long};
    return receive_all(in->fd, bytes, (size_t)of.len);
}

static bool answer(const rg_filtering *filter, rg_workshop *worker, incoming *in)
{
    rg_filtered made;
    rg_error ignored = {0};
    rg_arena_mark mark = rg_arena_mark_now(in->arena);
    if (!rg_engine_protect(in->arena, receive_record, in, &ignored))
        return false;
    rg_filter_record(&made, in->arena, filter, worker, &in->line);
    const head of = {made.line.len, false, made.failed, made.stopped, made.dateless};
    bool ok = send_all(in->fd, &of, sizeof of)
              && send_all(in->fd, made.line.bytes, (size_t)made.line.len);
    rg_arena_reset(in->arena, mark);
    return ok;
}

static _Noreturn void work(const pool *all, int fd)
{
    const struct rlimit none = {0, 0};
    const rg_filtering *filter = all->run->filter;
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a record may hold us up */
#endif
    for (int i = 0; i < all->process_count; i++)
        if (all->processes[i].pid > 0)
            close(all->processes[i].fd);
    incoming in = {.fd = fd, .arena = rg_arena_new()};
    while (in.arena && answer(filter, &filter->engine->workers[0], &in))
        ;
    _exit(0);
}

static bool start(pool *all, process *one, rg_error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return rg_fail(err, RG_ERROR_LIMIT, RG_NOWHERE, "cannot start a process: %s",
                       strerror(errno));
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        work(all, ends[1]);
    }
    int cause = errno;
    close(ends[1]);
    *one = (process){.pid = pid > 0 ? pid : 0, .fd = ends[0], .job = -1};
    if (pid > 0)
        return true;
    close(ends[0]);
    return rg_fail(err, RG_ERROR_LIMIT, RG_NOWHERE, "cannot start a process: %s",
                   strerror(cause));
}

/* How it ended. */
static int stop(process *one)
{
    int status = 0;
    close(one->fd);
    while (waitpid(one->pid, &status, 0) < 0 && errno == EINTR)
        ;
    *one = (process){.job = -1, .fd = -1};
    return status;
}

/* ---- Records ------------------------------------------------------------------------------------ */

static void put_failure(const pool *all, job *of, const char *code, const char *why)
{
    of->answer = (rg_filtered){.line = rg_buf_in(of->arena), .failed = true};
    rg_output_put_failure(&of->answer.line, rg_record_id(of->line.text), code, why,
                          all->run->filter->version);
    of->done = true;
}

static void tell_crash(pool *all, process *one)
{
    job *of = &all->ring[one->job];
    int status = stop(one);
    const char *name = WIFSIGNALED(status) ? sigabbrev_np(WTERMSIG(status)) : NULL;
    rg_str why = name ? rg_arena_format(of->arena, "SIG%s", name)
                 : WIFSIGNALED(status)
                     ? rg_arena_format(of->arena, "signal %d", WTERMSIG(status))
                     : rg_arena_format(of->arena, "exit %d", WEXITSTATUS(status));
    put_failure(all, of, "crash", why.bytes);
}

static void tell_timeout(pool *all, process *one)
{
    job *of = &all->ring[one->job];
    kill(one->pid, SIGKILL);
    stop(one);
    put_failure(all, of, "timeout",
                rg_arena_format(of->arena, "more than %d ms",
                                all->run->filter->request->timeout_ms)
                    .bytes);
}

static void take_answer(pool *all, process *one)
{
    head of;
    job *at = &all->ring[one->job];
    rg_buf line = rg_buf_in(at->arena);
    bool ok = receive_all(one->fd, &of, sizeof of) && of.len >= 0
              && receive_all(one->fd, rg_buf_room(&line, of.len + 1), (size_t)of.len);
    if (!ok) {
        tell_crash(all, one);
        return;
    }
    line.len = of.len;
    at->answer = (rg_filtered){line, of.failed, of.stopped, of.dateless};
    at->done = true;
    one->job = -1;
}

/* The next record to an idle process, which is started if it is none yet. */
static bool give(pool *all, process *one, const rg_read_line *line, rg_error *err)
{
    int index = (int)(all->next % all->ring_size),
        limit = all->run->filter->request->timeout_ms;
    job *of = &all->ring[index];
    const head about = {.len = line->text.len, .too_long = line->too_long};
    of->arena = rg_arena_child(all->run->arena);
    of->line = (rg_read_line){rg_arena_str(of->arena, line->text), line->too_long};
    of->done = false;
    all->next++;
    if (one->pid == 0 && !start(all, one, err))
        return false;
    one->job = index;
    one->deadline = limit > 0 ? rg_clock_seconds() + limit / 1000.0 : 0;
    /* one that has died is told when it is asked for its answer */
    if (send_all(one->fd, &about, sizeof about))
        send_all(one->fd, of->line.text.bytes, (size_t)of->line.text.len);
    return true;
}

/* Those that are done, in order. */
static bool put_done(pool *all, rg_error *err)
{
    for (; all->first < all->next; all->first++) {
        job *of = &all->ring[all->first % all->ring_size];
        if (!of->done)
            return true;
        bool ok = all->run->put(all->run->user, &of->answer, err);
        rg_arena_free(of->arena);
        of->arena = NULL;
        if (!ok)
            return false;
    }
    return true;
}

static process *find_idle(pool *all)
{
    if (all->end || all->next - all->first >= all->ring_size)
        return NULL;
    for (int i = 0; i < all->process_count; i++)
        if (all->processes[i].job < 0)
            return &all->processes[i];
    return NULL;
}

static bool is_busy(const pool *all)
{
    for (int i = 0; i < all->process_count; i++)
        if (all->processes[i].job >= 0)
            return true;
    return false;
}

/* Gives out records as long as there are some and somebody is idle. */
static bool give_out(pool *all, bool readable, rg_error *err)
{
    rg_lines *lines = all->run->lines;
    process *one;
    rg_read_line line;
    while ((one = find_idle(all))) {
        if (!readable && !rg_lines_wait(lines) && is_busy(all))
            return true;
        int count = rg_lines_next(lines, &line, 1, !is_busy(all), err);
        if (count < 0)
            return false;
        all->end = count == 0 && lines->stream.end;
        if (count == 0)
            return true;
        if (!give(all, one, &line, err))
            return false;
        readable = false;
    }
    return true;
}

/* Milliseconds to the next deadline; -1: there is none. */
static int time_left(const pool *all)
{
    double now = rg_clock_seconds(), least = -1;
    for (int i = 0; i < all->process_count; i++) {
        const process *one = &all->processes[i];
        double left = one->deadline > now ? one->deadline - now : 0;
        if (one->job >= 0 && one->deadline > 0 && (least < 0 || left < least))
            least = left;
    }
    return least < 0 ? -1 : (int)(least * 1000) + 1;
}

/* Waits for answers, or for a record while somebody is idle. */
static bool wait_for_news(pool *all, bool *readable, rg_error *err)
{
    struct pollfd polled[MOST_WORKERS + 1];
    int count = all->process_count;
    for (int i = 0; i < count; i++)
        polled[i] = (struct pollfd){
            all->processes[i].job >= 0 ? all->processes[i].fd : -1, POLLIN, 0};
    polled[count] =
        (struct pollfd){find_idle(all) ? all->run->lines->stream.fd : -1, POLLIN, 0};
    if (poll(polled, (nfds_t)count + 1, time_left(all)) < 0 && errno != EINTR)
        return rg_fail(err, RG_ERROR_LIMIT, RG_NOWHERE, "cannot wait: %s",
                       strerror(errno));
    for (int i = 0; i < count; i++) {
        process *one = &all->processes[i];
        if (polled[i].revents)
            take_answer(all, one);
        else if (one->job >= 0 && one->deadline > 0
                 && rg_clock_seconds() > one->deadline)
            tell_timeout(all, one);
    }
    *readable = polled[count].revents != 0;
    return true;
}

static bool run_pool(void *user, rg_error *err)
{
    pool *all = user;
    bool readable = false;
    rg_arena_on_full_as(all->run->lines->arena, all->run->arena);
    for (;;) {
        if (!give_out(all, readable, err))
            return false;
        if (!is_busy(all))
            return put_done(all, err);
        if (!wait_for_news(all, &readable, err) || !put_done(all, err))
            return false;
    }
}

bool rg_filter_isolated(const rg_filter_stream *run, rg_error *err)
{
    int threads = run->filter->engine->options.threads;
    pool *all = rg_new(run->arena, pool, 1);
    *all = (pool){.run = run,
                  .process_count = threads < MOST_WORKERS ? threads : MOST_WORKERS,
                  .ring = rg_new(run->arena, job, threads * RG_FILTER_AHEAD),
                  .ring_size = threads * RG_FILTER_AHEAD};
    for (int i = 0; i < all->process_count; i++)
        all->processes[i] = (process){.job = -1, .fd = -1};
    bool ok = rg_engine_protect(run->arena, run_pool, all, err);
    for (int i = 0; i < all->process_count; i++)
        if (all->processes[i].pid > 0) {
            if (!ok) /* nobody waits for what it is at */
                kill(all->processes[i].pid, SIGKILL);
            stop(&all->processes[i]);
        }
    for (int i = 0; i < all->ring_size; i++)
        rg_arena_free(all->ring[i].arena);
    return ok;
}
