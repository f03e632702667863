#include "run/batch.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

typedef struct batch {
    atomic_int next;
    int count;
    rg_batch_work work;
    void *user;
} batch;

typedef struct member {
    batch *shared;
    int number;
    pthread_t thread;
} member;

static void *run_member(void *given)
{
    member *self = given;
    batch *shared = self->shared;
    int item;
    while ((item = atomic_fetch_add(&shared->next, 1)) < shared->count)
        shared->work(shared->user, self->number, item);
    return NULL;
}

void rg_batch_run(int threads, int count, rg_batch_work work, void *user)
{
    assert(threads >= 1 && threads <= RG_BATCH_MOST_THREADS);
    batch shared = {.count = count, .work = work, .user = user};
    member members[RG_BATCH_MOST_THREADS];
    int started = 1;
    members[0] = (member){.shared = &shared};
    while (started < threads && started < count) {
        member *next = &members[started];
        *next = (member){.shared = &shared, .number = started};
        if (pthread_create(&next->thread, NULL, run_member, next) != 0)
            break;
        started++;
    }
    run_member(&members[0]);
    for (int i = 1; i < started; i++)
        pthread_join(members[i].thread, NULL);
}
