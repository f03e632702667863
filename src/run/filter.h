/* filter.h - what filter.c and isolate.c share: one record through the stages. */
#ifndef RG_RUN_FILTER_H
#define RG_RUN_FILTER_H

#include "base/lines.h"
#include "run/engine.h"

/* What came of a record, beside its line. */
typedef struct rg_filtered {
    rg_buf line; /* with its line feed, in the workshop's arena */
    bool failed, stopped, dateless;
} rg_filtered;

typedef struct rg_filtering {
    rg_engine *engine;
    const rg_filter_request *request;
    rg_str version; /* of program, model and rules */
} rg_filtering;

/* Makes the record's line; never fails, and leaves the workshop usable. */
void rg_filter_record(rg_filtered *out, const rg_filtering *filter, rg_workshop *worker,
                      const rg_read_line *line);

/* The same for a stream of records by processes of their own; isolate.c. `put` is called
 * with one line for each record, in order. */
typedef struct rg_isolated {
    const rg_filtering *filter;
    rg_lines *lines;
    rg_arena *arena;
    bool (*put)(void *user, const rg_filtered *made, rg_error *err);
    void *user;
} rg_isolated;
bool rg_filter_isolated(const rg_isolated *run, rg_error *err);

#endif
