#include "run/batch.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

typedef struct crew {
    const rg_batch *all;
    atomic_int next;
    pthread_mutex_t lock; /* of what follows, and of all->done */
    int first;            /* item that is not finished */
    bool finishing;       /* somebody is at it */
} crew;

typedef struct member {
    crew *crew;
    int number;
    pthread_t thread;
} member;

/* Marks the item done. Who finds nobody finishing does so, with all that are done in turn; the
 * others go on working. */
static void finish(crew *c, int item)
{
    const rg_batch *all = c->all;
    pthread_mutex_lock(&c->lock);
    all->done[item] = true;
    bool mine = !c->finishing;
    c->finishing = true;
    while (mine && c->first < all->count && all->done[c->first]) {
        pthread_mutex_unlock(&c->lock);
        all->finish(all->user, c->first);
        pthread_mutex_lock(&c->lock);
        c->first++;
    }
    if (mine)
        c->finishing = false;
    pthread_mutex_unlock(&c->lock);
}

static void *run_member(void *given)
{
    member *self = given;
    crew *c = self->crew;
    int item;
    while ((item = atomic_fetch_add(&c->next, 1)) < c->all->count) {
        c->all->work(c->all->user, self->number, item);
        if (c->all->finish)
            finish(c, item);
    }
    return NULL;
}

void rg_batch_run(const rg_batch *all)
{
    assert(all->threads >= 1 && all->threads <= RG_BATCH_MOST_THREADS);
    crew c = {.all = all, .lock = PTHREAD_MUTEX_INITIALIZER};
    member members[RG_BATCH_MOST_THREADS];
    int started = 1;
    members[0] = (member){.crew = &c};
    while (started < all->threads && started < all->count) {
        member *next = &members[started];
        *next = (member){.crew = &c, .number = started};
        if (pthread_create(&next->thread, NULL, run_member, next) != 0)
            break;
        started++;
    }
    run_member(&members[0]);
    for (int i = 1; i < started; i++)
        pthread_join(members[i].thread, NULL);
}
