/* filter.h - what filter.c, shared.c and isolate.c share: one record through the stages. */
#ifndef RG_RUN_FILTER_H
#define RG_RUN_FILTER_H

#include "base/lines.h"
#include "run/engine.h"

/* What came of a record, beside its line. */
typedef struct rg_filtered {
    rg_buf line; /* with its line feed */
    bool failed, stopped, dateless;
} rg_filtered;

typedef struct rg_filtering {
    rg_engine *engine;
    const rg_filter_request *request;
    rg_str version; /* of program, model and rules */
} rg_filtering;

/* Makes the record's line, in the arena; never fails, and leaves the workshop empty. */
void rg_filter_record(rg_filtered *out, rg_arena *arena, const rg_filtering *filter,
                      rg_workshop *worker, const rg_read_line *line);

/* A stream of records. */
typedef struct rg_filter_stream {
    const rg_filtering *filter;
    rg_lines *lines; /* in an arena of their own */
    rg_arena *arena; /* for the output's side */
    /* Takes one line for each record, in order; never called twice at a time. */
    bool (*put)(void *user, const rg_filtered *made, rg_error *err);
    void *user;
} rg_filter_stream;

/* Both: how many records may be under way for each thread or process; one that takes long
 * holds up no more than these. */
enum { RG_FILTER_AHEAD = 8 };

/* Records worked on by the engine's threads; shared.c. */
bool rg_filter_shared(const rg_filter_stream *run, rg_error *err);
/* Records worked on by processes of their own; isolate.c. */
bool rg_filter_isolated(const rg_filter_stream *run, rg_error *err);

#endif
