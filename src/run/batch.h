/* batch.h - the same work on every item of a list, by several threads.
 *
 * Threads take the next item when they are free; results belong to the item's index, so
 * that nothing depends on who was faster.
 */
#ifndef RG_RUN_BATCH_H
#define RG_RUN_BATCH_H

/* Does the item; `worker` counts the threads from 0, so that each has its own memory. */
typedef void (*rg_batch_work)(void *user, int worker, int item);

/* Returns when all `count` items are done. The caller is one of the `threads`; where no
 * more can be started, fewer do the work. */
void rg_batch_run(int threads, int count, rg_batch_work work, void *user);

enum { RG_BATCH_MOST_THREADS = 256 };

#endif
