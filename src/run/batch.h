/* batch.h - the same work on every item of a list, by several threads.
 *
 * Threads take the next item when they are free; results belong to the item's index, so
 * that nothing depends on who was faster.
 */
#ifndef RG_RUN_BATCH_H
#define RG_RUN_BATCH_H

#include <stdbool.h>

/* Does the item; `worker` counts the threads from 0, so that each has its own memory. */
typedef void (*rg_batch_work)(void *user, int worker, int item);

/* What follows the work on an item: in the order of the items and never twice at a time,
 * while others are still worked on. */
typedef void (*rg_batch_finish)(void *user, int item);

typedef struct rg_batch {
    int threads, count;
    rg_batch_work work;
    rg_batch_finish finish; /* NULL: nothing follows */
    bool *done;             /* with `finish`: `count` times false */
    void *user;
} rg_batch;

/* Returns when all items are done. The caller is one of the threads; where no more can be
 * started, fewer do the work. */
void rg_batch_run(const rg_batch *all);

enum { RG_BATCH_MOST_THREADS = 256 };

#endif
