/* build.c - a folder or files -> a store, brought up to date. */
#include "cli/run.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Told on a terminal only. */
typedef struct progress {
    time_t start;
    bool shown;
} progress;

static void show(void *user, int done, int all)
{
    progress *p = user;
    double seconds = difftime(time(NULL), p->start);
    double rate = seconds > 0 ? done / seconds : 0;
    if (rate > 0 && done < all)
        fprintf(stderr, "\r%d of %d documents, %.1f a second, %.0f s left   ", done,
                all, rate, (all - done) / rate);
    else
        fprintf(stderr, "\r%d of %d documents   ", done, all);
    p->shown = true;
}

static bool read_build(rg_job *job, const arguments *args, rg_error *err)
{
    if (!read_job(job, args, RG_PRODUCT_STORE, err))
        return false;
    job->keep_others = is_given(args, OPTION_keep);
    return job->output
           || fail_usage(err, "relgraph build texts/ -o KB.db", "no store is named");
}

bool run_build(const arguments *args, rg_error *err)
{
    rg_engine *engine = NULL;
    rg_options options;
    rg_job job;
    rg_build_counts counts = {0};
    progress told = {.start = time(NULL)};
    if (!read_build(&job, args, err) || !read_engine_options(&options, args, err)
        || !rg_engine_new(&engine, &options, err))
        return false;
    if (isatty(STDERR_FILENO)) {
        job.progress = show;
        job.user = &told;
    }
    bool ok = rg_build(engine, &job, &counts, err);
    rg_engine_free(engine);
    if (told.shown)
        fprintf(stderr, "\n");
    if (ok || err->kind == RG_ERROR_FINDINGS)
        printf("%d documents: %d unchanged, %d with the same triples, %d written, %d "
               "dropped\n",
               counts.documents, counts.unchanged, counts.same, counts.written,
               counts.dropped);
    return ok;
}
