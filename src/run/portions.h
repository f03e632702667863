/* portions.h - which sources are at work together: a batch of documents, or of pieces of one.
 *
 * The analysis of a paragraph never depends on another paragraph. Where a format asks for
 * no more than that, a long text is cut between paragraphs into portions, documents of
 * their own to the stages: so memory does not grow with the text, and threads share it.
 */
#ifndef RG_RUN_PORTIONS_H
#define RG_RUN_PORTIONS_H

#include "base/file.h"
#include "run/sources.h"

typedef struct rg_portions {
    const rg_sources *sources;
    bool cut; /* long texts are cut */
    int next; /* source */

    /* The text that is being cut: `window` holds its bytes from `base` on. */
    rg_document text;
    rg_stream stream;
    rg_arena *room; /* of the window */
    rg_arena_mark empty;
    char *window;
    int base, held, capacity;
    int used; /* bytes of the window that the batch before has taken */
    bool is_open;
    rg_error trouble; /* why it cannot be read on */
} rg_portions;

/* `room` is for this alone. rg_portions_close when done. */
rg_portions rg_portions_of(const rg_sources *sources, bool cut, rg_arena *room);

/* The next batch for so many threads, in order: at most `most` sources, or some portions
 * of one text. 0: that was all. What the batch before borrowed is gone. */
int rg_portions_next(rg_portions *portions, rg_source *batch, int most, int threads);

void rg_portions_close(rg_portions *portions);

#endif
