/* watch.c - draws again whenever a text or a rule file changes, and tells what changed.
 *
 * Files are looked at ten times a second: that works on every file system, and an editor
 * may write a file in any way. Those watched are the texts, the rule files given, and all
 * that the last set of rules that loaded was made of.
 */
#include "cli/run.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { LOOK_MS = 100, SETTLE_MS = 50, MOST_FILES = 1024 };

/* How a file looked; all zero if it is not there. */
typedef struct look {
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec changed;
} look;

/* Files, and how they looked before the last run. */
typedef struct watched {
    const char *paths[MOST_FILES];
    look looks[MOST_FILES];
    int count;
} watched;

typedef struct watch {
    rg_options options;
    rg_job job;
    rg_engine *engine; /* of the last run that succeeded */
    watched files;
} watch;

static look look_at(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return (look){0};
    return (look){about.st_dev, about.st_ino, about.st_size, about.st_mtim};
}

static bool is_same(const look *a, const look *b)
{
    return a->device == b->device && a->number == b->number && a->size == b->size
           && a->changed.tv_sec == b->changed.tv_sec
           && a->changed.tv_nsec == b->changed.tv_nsec;
}

/* A file that was watched before keeps its look: it may have changed since. */
static void add_file(watched *files, const watched *before, const char *path)
{
    if (files->count == MOST_FILES)
        return;
    int at = 0;
    while (at < before->count && strcmp(before->paths[at], path) != 0)
        at++;
    files->paths[files->count] = path;
    files->looks[files->count++] =
        at < before->count ? before->looks[at] : look_at(path);
}

static void list_files(watch *w)
{
    const watched before = w->files;
    watched *files = &w->files;
    files->count = 0;
    for (int i = 0; i < w->job.path_count; i++)
        add_file(files, &before, w->job.paths[i]);
    for (int i = 0; i < w->options.rule_count; i++)
        add_file(files, &before, w->options.rules[i]);
    for (int i = 0; i < w->options.add_rule_count; i++)
        add_file(files, &before, w->options.add_rules[i]);
    const char *path;
    for (int i = 0; w->engine && (path = rg_engine_rule_file(w->engine, i)); i++)
        add_file(files, &before, path);
}

static void sleep_ms(long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static bool has_changed(watch *w)
{
    bool changed = false;
    watched *files = &w->files;
    for (int i = 0; i < files->count; i++) {
        look now = look_at(files->paths[i]);
        changed = changed || !is_same(&now, &files->looks[i]);
        files->looks[i] = now;
    }
    return changed;
}

/* Waits for a change, and for a moment without another one. */
static void wait_for_change(watch *w)
{
    while (!has_changed(w))
        sleep_ms(LOOK_MS);
    do
        sleep_ms(SETTLE_MS);
    while (has_changed(w));
}

static void tell(const watch *w, const rg_engine *last, rg_str told)
{
    if (last)
        fwrite(told.bytes, 1, (size_t)told.len, stdout);
    printf("%swrote %s\n", last ? "" : "watching; ", w->job.output);
    fflush(stdout);
}

/* One round; what goes wrong is told, and the engine before stays the one to compare
 * with. Only a mistake in the command line ends the watch. */
static bool run_round(watch *w, rg_error *err)
{
    rg_engine *engine = NULL, *last = w->engine;
    rg_str told;
    rg_change_counts counts;
    bool ok = rg_engine_new(&engine, &w->options, err)
              && rg_rerun(engine, &w->job, last, &told, &counts, err);
    if (!ok && !err->reported)
        print_error(err);
    if (!ok) {
        rg_engine_free(engine);
        fprintf(stderr, "nothing written; waiting for the next change\n");
        return err->kind != RG_ERROR_USAGE;
    }
    tell(w, last, told);
    w->engine = engine;
    list_files(w); /* the rule files may be others; their paths are the new engine's */
    rg_engine_free(last);
    return true;
}

bool run_watch(const arguments *args, rg_error *err)
{
    watch w = {0};
    if (!read_job(&w.job, args, RG_PRODUCT_DIAGRAM, err)
        || !read_engine_options(&w.options, args, err))
        return false;
    if (!w.job.output || strcmp(w.job.output, "-") == 0)
        return fail_usage(err, "relgraph watch article.txt -o article.svg",
                          "watch needs -o OUT");
    w.options.cache = true;
    list_files(&w);
    for (;;) {
        rg_error trouble = {0};
        if (!run_round(&w, &trouble)) {
            *err = trouble;
            err->reported = true;
            return false;
        }
        wait_for_change(&w);
    }
}
