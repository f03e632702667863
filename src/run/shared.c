/* shared.c - records worked on by threads that share one input and one output.
 *
 * Each thread takes the next line, works on it and leaves its answer in a ring, where the
 * answers wait for those before them; who finishes the first one puts all that follow. So
 * nobody waits for another but when the ring is full, and the order is that of the lines.
 */
#include "run/filter.h"

#include "run/batch.h"

#include <pthread.h>

typedef struct job {
    rg_arena *arena; /* of the line and the answer; NULL: none */
    rg_read_line line;
    rg_filtered answer;
    bool done; /* guarded by `output` */
} job;

/* `input` guards the lines and `next`; `output` guards all that follows it. Who holds the
 * input may take the output, not the other way round. */
typedef struct crowd {
    const rg_filter_stream *run;
    job *ring;
    int ring_size;
    pthread_mutex_t input;
    long long next; /* record to be read */
    pthread_mutex_t output;
    pthread_cond_t moved; /* `first` moved on, or all is over */
    long long first;      /* record to be put */
    bool over;
    rg_error trouble; /* what could not be read or written */
} crowd;

static job *job_of(const crowd *all, long long record)
{
    return &all->ring[record % all->ring_size];
}

/* To be called with the output held. The first trouble is told, also that of writing what was
 * under way when the input ended. */
static void end(crowd *all, const rg_error *trouble)
{
    if (all->trouble.kind == RG_ERROR_NONE)
        all->trouble = *trouble;
    all->over = true;
    pthread_cond_broadcast(&all->moved);
}

/* ---- Reading, with the input held ---------------------------------------------------------------- */

/* Is there room in the ring? Waits for it; false if all is over. */
static bool wait_for_room(crowd *all)
{
    pthread_mutex_lock(&all->output);
    while (!all->over && all->next - all->first >= all->ring_size)
        pthread_cond_wait(&all->moved, &all->output);
    bool over = all->over;
    pthread_mutex_unlock(&all->output);
    return !over;
}

/* The next line, copied. False without an error: there is none. */
static bool read_line(void *user, rg_error *err)
{
    crowd *all = user;
    job *to = job_of(all, all->next);
    rg_read_line line;
    if (rg_lines_next(all->run->lines, &line, 1, true, err) <= 0)
        return false;
    to->arena = rg_arena_new();
    if (!to->arena)
        rg_arena_give_up(all->run->lines->arena);
    rg_arena_on_full_as(to->arena, all->run->lines->arena);
    to->line = (rg_read_line){rg_arena_str(to->arena, line.text), line.too_long};
    all->next++;
    return true;
}

static job *take(crowd *all)
{
    rg_error err = {0};
    job *taken = NULL;
    pthread_mutex_lock(&all->input);
    if (wait_for_room(all)) {
        if (rg_engine_protect(all->run->lines->arena, read_line, all, &err)) {
            taken = job_of(all, all->next - 1);
        } else {
            pthread_mutex_lock(&all->output);
            end(all, &err);
            pthread_mutex_unlock(&all->output);
        }
    }
    pthread_mutex_unlock(&all->input);
    return taken;
}

/* ---- Writing, with the output held --------------------------------------------------------------- */

static bool put_first(void *user, rg_error *err)
{
    crowd *all = user;
    return all->run->put(all->run->user, &job_of(all, all->first)->answer, err);
}

static void drop(job *gone)
{
    rg_arena_free(gone->arena);
    *gone = (job){0};
}

/* The answers that have none before them that is missing. */
static void put_done(crowd *all, job *finished)
{
    rg_error err = {0};
    pthread_mutex_lock(&all->output);
    finished->done = true;
    while (job_of(all, all->first)->done && all->trouble.kind == RG_ERROR_NONE) {
        if (!rg_engine_protect(all->run->arena, put_first, all, &err))
            end(all, &err);
        drop(job_of(all, all->first));
        all->first++;
    }
    pthread_cond_broadcast(&all->moved);
    pthread_mutex_unlock(&all->output);
}

/* ---- All of them --------------------------------------------------------------------------------- */

static void run_thread(void *user, int worker, int item)
{
    crowd *all = user;
    rg_workshop *workshop = &all->run->filter->engine->workers[worker];
    (void)item;
    for (job *taken; (taken = take(all));) {
        rg_filter_record(&taken->answer, taken->arena, all->run->filter, workshop,
                         &taken->line);
        put_done(all, taken);
    }
}

bool rg_filter_shared(const rg_filter_stream *run, rg_error *err)
{
    int threads = run->filter->engine->options.threads;
    crowd all = {.run = run,
                 .ring = rg_new(run->arena, job, threads * RG_FILTER_AHEAD),
                 .ring_size = threads * RG_FILTER_AHEAD,
                 .input = PTHREAD_MUTEX_INITIALIZER,
                 .output = PTHREAD_MUTEX_INITIALIZER,
                 .moved = PTHREAD_COND_INITIALIZER};
    rg_batch_run(&(rg_batch){
        .threads = threads, .count = threads, .work = run_thread, .user = &all});
    for (int i = 0; i < all.ring_size; i++)
        drop(&all.ring[i]);
    if (all.trouble.kind == RG_ERROR_NONE)
        return true;
    *err = all.trouble;
    return false;
}
