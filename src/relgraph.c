/* relgraph.c - THE PIPELINE: documents through the stages, in the order of the folders.
 *
 *     bytes -> rg_text -> rg_parse -> rg_triples -> rg_edges -> rg_graph -> a format
 *
 * Everything that is made of a document lies in the arena of the worker that makes it,
 * and goes when its batch is written (a diagram keeps all, to the end). Running out of
 * memory jumps to protect(), the one handler, and ends the document or the run.
 */
#include "relgraph.h"

#include "base/file.h"
#include "graph/graph.h"
#include "lang/lang.h"
#include "model/model.h"
#include "output/output.h"
#include "run/batch.h"
#include "run/formats.h"
#include "run/sink.h"
#include "run/sources.h"
#include "text/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_SHARE = 64 }; /* documents of a batch, for each thread */

/* What one thread works with. */
typedef struct workshop {
    rg_arena *arena;
    rg_arena_mark empty;
    rg_lang *lang;
} workshop;

struct rg_engine {
    rg_options options;
    rg_arena *arena;
    rg_model *model;
    workshop *workers;
    rg_str description; /* of the model */
};

/* What the stages make of one document. */
typedef struct result {
    rg_document document;
    const rg_text *text;
    const rg_parse *parse;
    const rg_edges *edges;
    rg_error err;
} result;

/* One run. */
typedef struct running {
    rg_engine *engine;
    const rg_job *job;
    rg_arena *arena;
    const rg_format *format;
    rg_sources sources;
    rg_sink sink;
    result *batch;   /* the documents at work */
    int batch_first; /* index of the batch's first source */
    bool headed;     /* the format's first lines are written */
    int blocks;      /* written so far */
    int forced_ends; /* sentence ends that the parser had to force */
    int done, failed;
    rg_edges all; /* of all documents, for a diagram */
    int all_capacity;
} running;

/* Calls `call`; memory that runs out in the arena ends it with an error. */
static bool protect(rg_arena *arena, bool (*call)(void *user, rg_error *err),
                    void *user, rg_error *err)
{
    jmp_buf full;
    if (setjmp(full) != 0) {
        rg_arena_on_full(arena, NULL);
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    }
    rg_arena_on_full(arena, &full);
    bool ok = call(user, err);
    rg_arena_on_full(arena, NULL);
    return ok;
}

/* ---- One document ------------------------------------------------------------------ */

typedef struct errand {
    running *run;
    workshop *worker;
    int item;
} errand;

static bool read_triples(result *out, const errand *task, rg_source_kind kind,
                         rg_error *err)
{
    rg_arena *arena = task->worker->arena;
    rg_reporter reporter = task->run->engine->options.reporter;
    rg_edges *edges = rg_new(arena, rg_edges, 1);
    out->edges = edges;
    return kind == RG_SOURCE_TSV
               ? rg_output_read_tsv(edges, arena, &out->document, reporter, err)
               : rg_output_read_jsonl(edges, arena, &out->document, reporter, err);
}

static bool make_document(void *user, rg_error *err)
{
    const errand *task = user;
    running *run = task->run;
    rg_arena *arena = task->worker->arena;
    const rg_source *source = &run->sources.items[run->batch_first + task->item];
    result *out = &run->batch[task->item];

    if (!rg_source_read(&out->document, arena, source, err))
        return false;
    if (source->kind != RG_SOURCE_TEXT)
        return read_triples(out, task, source->kind, err);
    return rg_fail(err, RG_ERROR_INPUT, rg_place_file(out->document.name),
                   "holds no triples");
}

static void do_item(void *user, int number, int item)
{
    running *run = user;
    workshop *worker = &run->engine->workers[number];
    errand task = {run, worker, item};
    result *out = &run->batch[item];
    *out = (result){0};
    protect(worker->arena, make_document, &task, &out->err);
}

/* ---- One batch: made by the workers, written in order ------------------------------ */

static void keep_edges(running *run, const rg_edges *edges)
{
    for (int i = 0; i < edges->count; i++) {
        run->all.items = rg_arena_grow(run->arena, run->all.items, run->all.count,
                                       &run->all_capacity, sizeof run->all.items[0]);
        run->all.items[run->all.count++] = edges->items[i];
    }
}

static bool put_header(running *run, rg_error *err)
{
    if (run->headed || !run->format->put_header)
        return true;
    rg_buf header = rg_buf_in(run->arena);
    run->format->put_header(&header);
    run->headed = true;
    return rg_sink_put(&run->sink, rg_buf_str(&header), err);
}

static bool put_document(running *run, workshop *scratch, const result *made,
                         rg_error *err)
{
    const rg_format *format = run->format;
    rg_buf out = rg_buf_in(scratch->arena);
    if (format->from == RG_FROM_PARSE) {
        format->put_parse(&out, made->parse, run->blocks);
        run->blocks += made->text->block_count;
    } else if (format->from == RG_FROM_EDGES) {
        format->put_edges(&out, made->edges);
    } else {
        keep_edges(run, made->edges);
        return true;
    }
    return rg_sink_put(&run->sink, rg_buf_str(&out), err);
}

static void report_failure(running *run, result *made, rg_error *first)
{
    run->failed++;
    if (made->err.file[0] == '\0') /* such as memory: the document is what matters */
        snprintf(made->err.file, sizeof made->err.file, "%.*s",
                 RG_PRINT(made->document.name));
    rg_error_report(&made->err, run->engine->options.reporter);
    if (first->kind == RG_ERROR_NONE)
        *first = made->err;
}

static void empty_workers(rg_engine *engine)
{
    for (int i = 0; i < engine->options.threads; i++)
        rg_arena_reset(engine->workers[i].arena, engine->workers[i].empty);
}

static bool run_batch(running *run, int count, rg_error *first, rg_error *err)
{
    rg_engine *engine = run->engine;
    rg_batch_run(engine->options.threads, count, do_item, run);
    bool ok = true;
    for (int i = 0; ok && i < count; i++) {
        result *made = &run->batch[i];
        if (made->err.kind != RG_ERROR_NONE) {
            report_failure(run, made, first);
            continue;
        }
        run->done++;
        run->forced_ends += made->parse ? made->parse->forced_ends : 0;
        ok = put_header(run, err) && put_document(run, &engine->workers[0], made, err);
    }
    if (run->format->from != RG_FROM_GRAPH)
        empty_workers(engine);
    return ok;
}

/* ---- One run ----------------------------------------------------------------------- */

static bool write_graph(running *run, rg_error *err)
{
    rg_graph_options options = {rg_str_of(run->job->title), run->job->dark};
    const rg_graph *graph;
    rg_buf out = rg_buf_in(run->arena);
    return rg_graph_build(&graph, run->arena, &run->all, &options, err)
           && run->format->put_graph(&out, graph, err)
           && rg_sink_put(&run->sink, rg_buf_str(&out), err);
}

static void note_cuts(const running *run)
{
    rg_finding note = {RG_NOTE, "forced-ends", RG_NOWHERE, NULL};
    if (run->forced_ends > 0)
        rg_report(run->engine->options.reporter, note,
                  "%d sentence ends were forced in spans too long for the parser",
                  run->forced_ends);
}

/* Some documents failed: that is a finding if others did not. */
static bool finish(const running *run, const rg_error *first, rg_error *err)
{
    note_cuts(run);
    if (run->failed == 0)
        return true;
    *err = *first;
    if (run->done > 0)
        err->kind = RG_ERROR_FINDINGS;
    return false;
}

static bool run_all(void *user, rg_error *err)
{
    running *run = user;
    const rg_job *job = run->job;
    rg_engine *engine = run->engine;
    rg_error first = {0};
    rg_source_options which = {job->paths, job->path_count, job->cut,
                               job->product == RG_PRODUCT_DIAGRAM};
    if (!rg_run_find_format(&run->format, job, err))
        return false;
    rg_sources_list(&run->sources, run->arena, &which, &run->failed,
                    engine->options.reporter, &first);

    int share = BATCH_SHARE * engine->options.threads;
    run->batch = rg_new(run->arena, result, share);
    run->sink = rg_sink_open(run->arena, job->output);
    bool ok = true;
    for (int from = 0; ok && from < run->sources.count && !run->sink.left;
         from += share) {
        int left = run->sources.count - from;
        run->batch_first = from;
        ok = run_batch(run, left < share ? left : share, &first, err);
    }
    if (ok && run->failed > 0
        && run->done == 0) /* an old file is not replaced by nothing */
        return finish(run, &first, err);
    return ok && put_header(run, err)
           && (run->format->from != RG_FROM_GRAPH || write_graph(run, err))
           && rg_sink_close(&run->sink, err) && finish(run, &first, err);
}

bool rg_run(rg_engine *engine, const rg_job *job, rg_error *err)
{
    running run = {.engine = engine, .job = job, .arena = rg_arena_new()};
    bool ok = run.arena ? protect(run.arena, run_all, &run, err)
                        : rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    rg_arena_free(run.arena);
    empty_workers(engine);
    return ok;
}

/* ---- The engine -------------------------------------------------------------------- */

/* --model, else RELGRAPH_MODEL, else the file that lies near the program. */
static bool find_model(const char **out, const rg_engine *engine, rg_error *err)
{
    static const char name[] = "models/en_core_web_sm-3.8.0.rgm";
    const char *environment = getenv("RELGRAPH_MODEL");
    if (engine->options.model)
        *out = engine->options.model;
    else if (environment && *environment)
        *out = environment;
    else
        *out = rg_file_find_own(engine->arena, name);
    if (*out)
        return true;
    rg_fail(err, RG_ERROR_MODEL, RG_NOWHERE, "there is no model file %s", name);
    return rg_fail_hint(err,
                        "scripts/setup makes it; --model FILE names another place");
}

static bool load_model(rg_engine *engine, rg_error *err)
{
    const char *path;
    return engine->model
           || (find_model(&path, engine, err)
               && rg_model_open(&engine->model, path, err));
}

static bool describe_model(void *user, rg_error *err)
{
    rg_engine *engine = user;
    if (!load_model(engine, err))
        return false;
    rg_buf out = rg_buf_in(engine->arena);
    rg_buf_format(&out, "%.*s\n", RG_PRINT(rg_model_path(engine->model)));
    for (int i = 0; i < rg_model_section_count(engine->model); i++) {
        rg_str bytes, name = rg_model_section_at(engine->model, i, &bytes);
        rg_buf_format(&out, "%10d bytes  %.*s\n", bytes.len, RG_PRINT(name));
    }
    engine->description = rg_buf_str(&out);
    return true;
}

bool rg_engine_describe_model(rg_engine *engine, rg_str *out, rg_error *err)
{
    bool ok = protect(engine->arena, describe_model, engine, err);
    *out = engine->description;
    return ok;
}

bool rg_engine_import_model(const char *folder, const char *path, rg_error *err)
{
    return rg_model_import(folder, path, err);
}

static void add_workers(rg_engine *engine)
{
    int count = engine->options.threads;
    engine->workers = rg_new(engine->arena, workshop, count);
    for (int i = 0; i < count; i++) {
        workshop *worker = &engine->workers[i];
        worker->arena = rg_arena_new();
        if (!worker->arena)
            rg_arena_give_up(engine->arena);
        worker->empty = rg_arena_mark_now(worker->arena);
    }
}

static bool fill_engine(void *user, rg_error *err)
{
    rg_engine *engine = user;
    if (engine->options.threads < 1)
        engine->options.threads = 1;
    if (engine->options.threads > RG_BATCH_MOST_THREADS)
        return rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "at most %d threads",
                       RG_BATCH_MOST_THREADS);
    add_workers(engine);
    return true;
}

bool rg_engine_new(rg_engine **out, const rg_options *options, rg_error *err)
{
    *out = NULL;
    rg_arena *arena = rg_arena_new();
    if (!arena)
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    rg_engine *engine = rg_new(arena, rg_engine, 1);
    *engine = (rg_engine){.options = *options, .arena = arena};
    if (!protect(arena, fill_engine, engine, err)) {
        rg_engine_free(engine);
        return false;
    }
    *out = engine;
    return true;
}

void rg_engine_free(rg_engine *engine)
{
    if (!engine)
        return;
    for (int i = 0; engine->workers && i < engine->options.threads; i++) {
        rg_arena_free(engine->workers[i].arena);
    }
    rg_model_free(engine->model);
    rg_arena_free(engine->arena);
}
