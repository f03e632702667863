/* child.h - run a small program with bytes in, bytes out, and a limit on its time. */
#ifndef RG_GRAPH_CHILD_H
#define RG_GRAPH_CHILD_H

#include "base/buf.h"
#include "base/error.h"

typedef enum rg_child_end {
    RG_CHILD_DONE,
    RG_CHILD_TOO_SLOW, /* killed at the limit, or ended by its own */
    RG_CHILD_NO_MEMORY,
    RG_CHILD_REFUSED, /* it said that the result would not do */
    RG_CHILD_FAILED,
} rg_child_end;

/* Exit codes by which the child tells how it ended. */
enum { RG_CHILD_EXIT_FAILED = 1, RG_CHILD_EXIT_MEMORY = 8, RG_CHILD_EXIT_REFUSED = 9 };

typedef struct rg_child {
    const char *const
        *arguments; /* the first is the program's path; NULL ends the list */
    rg_str input;
    int milliseconds; /* wall time it may take */
    size_t limit;     /* bytes of output it may make */
} rg_child;

/* What the child wrote to standard output goes to *out; the first line of what it said on
 * standard error to *said. */
rg_child_end rg_child_run(rg_buf *out, rg_buf *said, const rg_child *child);

#endif
