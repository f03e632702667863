/* relgraph.c - THE PIPELINE: documents through the stages, in the order of the folders.
 *
 *     bytes -> rg_text -> rg_parse -> rg_triples -> rg_edges -> rg_graph -> a format
 *
 * Everything that is made of a document lies in the arena of the worker that makes it,
 * and goes when its batch is written (a diagram keeps all, to the end). Running out of
 * memory jumps to rg_engine_protect(), the one handler, and ends the document or the run.
 */
#include "relgraph.h"

#include "base/utf8.h"
#include "entities/entities.h"
#include "extract/extract.h"
#include "graph/graph.h"
#include "lang/lang.h"
#include "model/model.h"
#include "output/output.h"
#include "rules/rules.h"
#include "run/analyses.h"
#include "run/batch.h"
#include "run/building.h"
#include "run/engine.h"
#include "run/formats.h"
#include "run/kept_edges.h"
#include "run/portions.h"
#include "run/questions.h"
#include "run/sink.h"
#include "run/sources.h"
#include "text/text.h"

#include <stdio.h>

enum { BATCH_SHARE = 64 }; /* documents of a batch, for each thread */

/* What the stages make of one document. */
typedef struct result {
    rg_document document;
    const rg_text *text;
    const rg_parse *parse;
    rg_findings found;
    rg_kept_text known;     /* from an earlier run */
    rg_built built;         /* in the store */
    const rg_edges *edges;  /* the entities', or read back */
    rg_packed_edges packed; /* those, if they were to be kept; else its hash is 0 */
    bool waits;             /* for the model: no analysis of it is kept */
    rg_error err;
} result;

/* One run. */
typedef struct running {
    rg_engine *engine;
    const rg_job *job;
    rg_arena *arena;
    const rg_format *format;
    rg_sources sources;
    rg_portions portions;
    rg_sink sink;
    rg_source *batch; /* what is at work */
    result *made;     /* of each of the batch */
    int put;          /* of them: those before it are written */
    rg_error first;   /* why the first document that failed did */
    rg_error trouble; /* what ends the run: nothing more is written */
    bool headed;      /* the format's first lines are written */
    int blocks;       /* written so far */
    int forced_ends;  /* sentence ends that the parser had to force */
    int close_calls;  /* decisions that another order of additions could change */
    int cut, capped;  /* sentences cut into pieces, or with too many triples */
    int labels_cut;
    bool stopped; /* some rule ran out of fuel */
    bool keep;    /* triples of tables stay, too */
    int done, failed;
    rg_str title;              /* of the document that was done last; empty: unknown */
    rg_analyses analyses;      /* kept ones, if the engine's options ask for them */
    bool cached;               /* ... they do, and no model is loaded yet */
    rg_kept_edges *kept_edges; /* NULL: none */
    rg_building *building;     /* RG_PRODUCT_STORE, else NULL */
    rg_edges all;              /* of all documents, for a diagram */
    int all_capacity;
} running;

/* ---- One document ------------------------------------------------------------------ */

typedef struct errand {
    running *run;
    rg_workshop *worker;
    int item;
} errand;

static bool read_triples(result *out, const errand *task, rg_source_kind kind,
                         rg_error *err)
{
    rg_arena *arena = task->worker->arena;
    rg_reporter reporter = task->run->engine->options.reporter;
    rg_edges *edges = rg_new(arena, rg_edges, 1);
    if (kind == RG_SOURCE_CSV)
        return rg_fail(err, RG_ERROR_INPUT, rg_place_file(out->document.name),
                       "triples are read from .tsv and .jsonl, not from .csv");
    out->edges = edges;
    if (kind == RG_SOURCE_STORE)
        return rg_query_all(edges, arena, &out->document, err);
    return kind == RG_SOURCE_TSV
               ? rg_output_read_tsv(edges, arena, &out->document, reporter, err)
               : rg_output_read_jsonl(edges, arena, &out->document, reporter, err);
}

/* THE PIPELINE. */
static bool make_edges(result *made, const errand *task, rg_error *err)
{
    const rg_engine *engine = task->run->engine;
    rg_arena *arena = task->worker->arena;
    rg_analyses *kept = &task->run->analyses;
    bool known = rg_analyses_find_names(kept, arena, &made->found, engine->extractor,
                                        made->parse);
    if (!known) {
        if (!rg_entities_name(&made->found, arena, engine->rules, engine->extractor,
                              made->parse, err))
            return false;
        rg_analyses_keep_names(kept, arena, &made->found, engine->extractor,
                               made->parse);
    }
    if (task->run->kept_edges)
        made->found.kept = rg_kept_edges_triples(task->run->kept_edges, arena,
                                                 &made->known, made->parse);
    bool ok = rg_entities_relate(&made->found, arena, engine->rules, engine->extractor,
                                 made->parse, false, err);
    if (!ok)
        return false;
    made->edges = &made->found.entities->edges;
    if (task->run->kept_edges) {
        made->packed =
            rg_kept_edges_pack(arena, made->edges, made->text->document->base);
        rg_kept_edges_keep(task->run->kept_edges, arena, &made->found, made->parse,
                           &made->packed, &made->known);
    }
    return true;
}

static bool read_document(result *made, const errand *task, rg_error *err)
{
    const running *run = task->run;
    const rg_source *source = &run->batch[task->item];
    rg_arena *arena = task->worker->arena;
    if (!rg_source_read(&made->document, arena, source, err))
        return false;
    if (run->engine->options.date && made->document.date.len == 0)
        made->document.date = rg_str_of(run->engine->options.date);
    if (run->building
        && !rg_building_look(&made->built, run->building, &made->document,
                             run->engine->rules, err))
        return false;
    if (made->built.unchanged)
        return true;
    return source->kind == RG_SOURCE_TEXT
               ? rg_text_read(&made->text, arena, &made->document, err)
               : read_triples(made, task, source->kind, err);
}

/* The analysis that is kept, or a new one; without a model the document waits for it. */
static bool find_parse(result *made, const errand *task, rg_error *err)
{
    running *run = task->run;
    rg_arena *arena = task->worker->arena;
    bool keep = run->analyses.usable && run->job->product != RG_PRODUCT_ANALYSIS;
    if (keep && !made->waits)
        made->parse = rg_analyses_find(&run->analyses, arena, made->text);
    made->waits = !made->parse && run->cached;
    if (made->parse || made->waits)
        return true;
    bool ok =
        rg_engine_open_lang(task->worker, run->engine, err)
        && rg_lang_parse(&made->parse, arena, task->worker->lang, made->text, err);
    if (ok && keep)
        rg_analyses_keep(&run->analyses, arena, made->parse);
    return ok;
}

/* As the text says of itself, if there is one. */
static const rg_document *document_of(const result *made)
{
    return made->text ? made->text->document : &made->document;
}

static bool make_document(void *user, rg_error *err)
{
    const errand *task = user;
    const running *run = task->run;
    result *made = &run->made[task->item];
    if (!made->waits && !read_document(made, task, err))
        return false;
    if (!made->text)
        return true; /* triples, read back */
    if (run->kept_edges && !made->waits)
        made->known =
            rg_kept_edges_find(run->kept_edges, task->worker->arena, made->text,
                               made->built.has_names ? made->built.state.edges : 0);
    made->built.confirmed = made->known.same;
    if (made->built.confirmed)
        return true;
    made->edges = !run->building || made->built.has_names ? made->known.edges : NULL;
    if (made->edges)
        return true;
    return find_parse(made, task, err)
           && (made->waits || run->job->product == RG_PRODUCT_ANALYSIS
               || make_edges(made, task, err));
}

static bool make_item(void *user, rg_error *err)
{
    const errand *task = user;
    const running *run = task->run;
    result *made = &run->made[task->item];
    if (!make_document(user, err))
        return false;
    if (run->building && made->edges)
        rg_building_pack(&made->built, task->worker->arena, document_of(made),
                         made->edges, made->packed.hash ? &made->packed : NULL);
    return true;
}

static void do_item(void *user, int number, int item)
{
    running *run = user;
    rg_workshop *worker = &run->engine->workers[number];
    errand task = {run, worker, item};
    result *out = &run->made[item];
    rg_engine_protect(worker->arena, make_item, &task, &out->err);
    if (out->err.kind == RG_ERROR_MEMORY)
        rg_engine_close_lang(worker);
}

/* A document whose analysis was not kept. */
static void do_waiting(void *user, int number, int item)
{
    running *run = user;
    if (run->made[item].waits && run->made[item].err.kind == RG_ERROR_NONE)
        do_item(user, number, item);
}

/* ---- One batch: made by the workers, written in order ------------------------------ */

/* Where it stands, counted in characters. The cursor stays at the start, since the next
 * triple may begin there, too. */
static rg_span count_characters(const result *made, const rg_edge *edge,
                                rg_utf8_cursor *cursor)
{
    rg_str bytes = made->document.bytes;
    int base = made->document.base;
    if (edge->start < base)
        return (rg_span){-1, -1};
    int start = rg_utf8_count_to(cursor, bytes, edge->start - base);
    rg_utf8_cursor on = *cursor;
    return (rg_span){start, rg_utf8_count_to(&on, bytes, edge->end - base)};
}

static void keep_edges(running *run, const result *made)
{
    const rg_edges *edges = made->edges;
    rg_utf8_cursor cursor = {0, 0};
    for (int i = 0; i < edges->count; i++) {
        run->all.items = rg_arena_grow(run->arena, run->all.items, run->all.count,
                                       &run->all_capacity, sizeof run->all.items[0]);
        rg_edge *kept = &run->all.items[run->all.count++];
        *kept = edges->items[i];
        kept->characters = (rg_span){-1, -1};
        if (made->text)
            kept->characters = count_characters(made, kept, &cursor);
    }
}

/* The lines before the first document. */
static void put_header(running *run)
{
    if (!run->headed && run->format->put_header)
        run->format->put_header(&run->sink.out);
    run->headed = true;
}

/* The document itself goes beside its annotations, as UTF-8. */
static void put_in_folder(running *run, const result *made)
{
    rg_sink *sink = &run->sink;
    rg_str name = rg_sink_name(sink, made->document.name);
    rg_str bytes = rg_utf8_repair(run->arena, made->document.bytes);
    rg_buf_put(rg_files_add(&sink->files,
                            rg_arena_format(run->arena, "%.*s.txt", RG_PRINT(name))),
               bytes);
    run->format->put_notes(
        rg_files_add(&sink->files,
                     rg_arena_format(run->arena, "%.*s.ann", RG_PRINT(name))),
        &made->document, made->edges);
}

/* Annotations count in a text: there must be one, and one only in a file. */
static bool put_notes(running *run, const result *made, rg_error *err)
{
    rg_place at = rg_place_file(made->document.name);
    if (!made->text) {
        rg_fail(err, RG_ERROR_USAGE, at, "%s annotates texts, and these are triples",
                run->format->name);
        return rg_fail_hint(err, "draw the text itself");
    }
    if (run->sink.folder) {
        put_in_folder(run, made);
    } else if (run->done > 1) {
        rg_fail(err, RG_ERROR_USAGE, at, "%s has one text a file, and this is another",
                run->format->name);
        return rg_fail_hint(err, "give a folder by -o FOLDER/");
    } else {
        run->format->put_notes(&run->sink.out, &made->document, made->edges);
    }
    return true;
}

/* Into the store. */
static bool build_document(running *run, const result *made, rg_error *err)
{
    const rg_engine *engine = run->engine;
    const rg_named named = {engine->rules, made->parse, made->found.coref};
    return rg_building_put(run->building, &made->built, document_of(made), made->edges,
                           made->built.has_names ? NULL : &named, engine->rules, err);
}

static bool put_document(running *run, const result *made, rg_error *err)
{
    const rg_format *format = run->format;
    if (run->building)
        return build_document(run, made, err);
    put_header(run);
    if (format->from == RG_FROM_PARSE) {
        format->put_parse(&run->sink.out, made->parse, run->blocks);
        run->blocks += made->text->block_count;
    } else if (format->from == RG_FROM_EDGES) {
        format->put_edges(&run->sink.out, made->edges);
        if (run->keep)
            keep_edges(run, made);
    } else if (format->from == RG_FROM_ENTITIES) {
        const rg_named named = {run->engine->rules, made->parse, made->found.coref};
        format->put_entities(&run->sink.out, &named);
    } else if (format->from == RG_FROM_TEXT) {
        if (run->keep)
            keep_edges(run, made);
        return put_notes(run, made, err);
    } else {
        keep_edges(run, made);
    }
    return true;
}

/* A rule that would take too long is stopped in its sentence; the run goes on. */
static void report_fuel(running *run, const result *made)
{
    rg_finding warning = {RG_WARNING, "fuel", rg_place_file(made->document.name), NULL};
    rg_report(run->engine->options.reporter, warning,
              "rule '%.*s' was stopped for taking too many steps; such sentences: %d",
              RG_PRINT(made->found.triples->fuel_rule),
              made->found.triples->out_of_fuel);
    run->stopped = true;
}

static void count_cuts(running *run, const result *made)
{
    run->forced_ends += made->parse ? made->parse->forced_ends : 0;
    run->close_calls += made->parse ? made->parse->close_calls : 0;
    run->cut += made->found.triples ? made->found.triples->cut : 0;
    run->capped += made->found.triples ? made->found.triples->capped : 0;
    run->labels_cut += made->found.entities ? made->found.entities->cut : 0;
    if (made->found.triples && made->found.triples->out_of_fuel > 0)
        report_fuel(run, made);
    if (made->found.triples && made->found.triples->stop_count > 0) {
        rg_extract_report_stops(made->found.triples, run->engine->options.reporter);
        run->stopped = true;
    }
}

/* What a document says of itself, and what may be missing of it. */
static void note_document(running *run, const result *made)
{
    if (!made->text)
        return;
    run->title = rg_arena_str(run->arena, made->text->document->title);
    rg_finding warning = {RG_WARNING, "text", rg_place_file(made->document.name), NULL};
    if (made->text->warning.len > 0)
        rg_report(run->engine->options.reporter, warning, "%.*s",
                  RG_PRINT(made->text->warning));
}

static void report_failure(running *run, result *made)
{
    run->failed++;
    if (made->err.file[0] == '\0') /* such as memory: the document is what matters */
        snprintf(made->err.file, sizeof made->err.file, "%.*s",
                 RG_PRINT(made->document.name));
    rg_error_report(&made->err, run->engine->options.reporter);
    if (run->first.kind == RG_ERROR_NONE)
        run->first = made->err;
}

static bool load_model(void *user, rg_error *err)
{
    return rg_engine_load_model(user, err);
}

/* The next document of the batch: written, counted, or told to have failed. */
static bool put_next(void *user, rg_error *err)
{
    running *run = user;
    result *made = &run->made[run->put];
    if (made->err.kind != RG_ERROR_NONE) {
        report_failure(run, made);
        return true;
    }
    run->done += !made->document.goes_on;
    note_document(run, made);
    if (!put_document(run, made, err))
        return false;
    count_cuts(run, made);
    return true;
}

/* Called in order; one that waits for the model keeps back all behind it. */
static void finish_item(void *user, int item)
{
    running *run = user;
    if (run->trouble.kind != RG_ERROR_NONE || run->put != item
        || (run->made[item].waits && run->made[item].err.kind == RG_ERROR_NONE))
        return;
    if (rg_engine_protect(run->arena, put_next, run, &run->trouble))
        run->put++;
}

/* Makes the batch's documents; the model is loaded when the first of them waits for it. */
static bool make_batch(running *run, int count, rg_error *err)
{
    rg_engine *engine = run->engine;
    rg_batch all = {.threads = engine->options.threads,
                    .count = count,
                    .work = do_item,
                    .finish = finish_item,
                    .done = rg_new(run->arena, bool, count),
                    .user = run};
    for (int i = 0; i < count; i++)
        run->made[i] = (result){0};
    run->put = 0;
    rg_batch_run(&all);
    if (run->put < count && run->trouble.kind == RG_ERROR_NONE) {
        run->cached = false;
        if (!rg_engine_protect(engine->arena, load_model, engine, err))
            return false;
        all.work = do_waiting;
        all.done = rg_new(run->arena, bool, count);
        rg_batch_run(&all);
    }
    if (run->trouble.kind == RG_ERROR_NONE)
        return true;
    *err = run->trouble;
    return false;
}

static bool run_batch(running *run, int count, rg_error *err)
{
    rg_engine *engine = run->engine;
    if ((run->building && !rg_store_begin(run->building->store, err))
        || !make_batch(run, count, err))
        return false;
    if (run->building && !rg_store_commit(run->building->store, err))
        return false;
    if (run->job->progress)
        run->job->progress(run->job->user, run->done + run->failed, run->sources.count);
    if (run->format->from != RG_FROM_GRAPH && !run->keep)
        rg_engine_empty(engine);
    return rg_sink_flush(&run->sink, err);
}

/* ---- One run ----------------------------------------------------------------------- */

static bool put_picture(running *run, const rg_graph *graph, rg_error *err)
{
    if (!run->format->put_files)
        return run->format->put_graph(&run->sink.out, graph, err);
    run->format->put_files(&run->sink.files, graph);
    return true;
}

static bool put_graph(running *run, rg_error *err)
{
    rg_str own = run->done == 1 ? run->title : RG_STR("");
    rg_graph_options options = {.title =
                                    run->job->title ? rg_str_of(run->job->title) : own,
                                .style = run->engine->style,
                                .theme = run->job->theme,
                                .cluster = run->job->cluster};
    const rg_graph *graph;
    return rg_graph_build(&graph, run->arena, &run->all, &options, err)
           && rg_graph_select(&graph, graph, &run->job->show, err)
           && put_picture(run, graph, err);
}

static void note_cut(const running *run, int count, const char *id, const char *text)
{
    rg_finding note = {RG_NOTE, id, RG_NOWHERE, NULL};
    if (count > 0)
        rg_report(run->engine->options.reporter, note, "%d %s", count, text);
}

static void note_cuts(const running *run)
{
    note_cut(run, run->forced_ends, "forced-ends",
             "sentence ends were forced in spans too long for the parser");
    if (run->job->product == RG_PRODUCT_ANALYSIS)
        note_cut(run, run->close_calls, "close-calls",
                 "decisions were so close that rounding could turn them");
    note_cut(run, run->cut, "long-sentences",
             "sentences were cut into pieces for the rules");
    note_cut(run, run->capped, "many-triples",
             "sentences had more triples than the limit and lost the rest");
    note_cut(run, run->labels_cut, "long-labels", "labels were cut at 1024 bytes");
}

/* Some documents failed: that is a finding if others did not. */
static bool finish(const running *run, rg_error *err)
{
    note_cuts(run);
    if (run->failed > 0)
        *err = run->first;
    if (run->stopped || (run->failed > 0 && run->done > 0)) {
        err->kind = RG_ERROR_FINDINGS;
        err->reported = true;
    }
    return err->kind == RG_ERROR_NONE;
}

/* The model, or the place of the analyses that were made with it. */
static bool load_analysis(running *run, rg_error *err)
{
    const char *path;
    rg_engine *engine = run->engine;
    bool wanted = engine->options.cache || run->building;
    if (wanted && rg_engine_find_model(&path, engine, err))
        rg_analyses_open(&run->analyses, path,
                         run->building ? run->building->store : NULL);
    run->cached = run->analyses.usable && !engine->model;
    bool edges = run->job->product == RG_PRODUCT_TRIPLES
                 || run->job->product == RG_PRODUCT_DIAGRAM || run->building;
    if (run->building)
        rg_building_begin(run->building, run->analyses.model, engine->rules,
                          engine->options.date);
    if (run->analyses.usable && edges)
        run->kept_edges =
            rg_kept_edges_open(&run->analyses, run->arena, engine->extractor,
                               rg_str_of(engine->options.date));
    return run->cached || rg_engine_load_model(engine, err);
}

/* Loads what the run's documents need. */
static bool load(void *user, rg_error *err)
{
    running *run = user;
    bool text = false;
    for (int i = 0; i < run->sources.count; i++)
        text = text || run->sources.items[i].kind == RG_SOURCE_TEXT;
    if (text && run->job->product != RG_PRODUCT_ANALYSIS
        && !rg_engine_load_rules(run->engine, err))
        return false;
    if (run->job->product == RG_PRODUCT_DIAGRAM
        && !rg_engine_load_style(run->engine, err))
        return false;
    return !text || load_analysis(run, err);
}

/* All documents, batch by batch. */
static bool run_batches(running *run, rg_error *err)
{
    int threads = run->engine->options.threads, most = BATCH_SHARE * threads;
    rg_arena *room = rg_arena_child(run->arena);
    run->portions = rg_portions_of(&run->sources, run->format->by_block, room);
    run->batch = rg_new(run->arena, rg_source, most);
    run->made = rg_new(run->arena, result, most);
    int count;
    while (!run->sink.left
           && (count = rg_portions_next(&run->portions, run->batch, most, threads)) > 0)
        if (!run_batch(run, count, err))
            return false;
    return true;
}

/* Tables tell all triples. */
static bool check_selection(const running *run, rg_error *err)
{
    const rg_selection *show = &run->job->show;
    bool some = show->focuses.count + show->types.count + show->relations.count
                    + show->docs.count + show->top + show->min_evidence + show->hops
                > 0;
    if (run->format->from == RG_FROM_GRAPH || !(some || run->job->cluster))
        return true;
    rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE,
            "%s has all triples: only pictures show a part", run->format->name);
    return rg_fail_hint(err,
                        "leave out --focus and the like, or write svg, html or dot");
}

/* Before any work: a theme must be there. */
static bool check_theme(void *user, rg_error *err)
{
    running *run = user;
    const rg_theme *theme;
    return rg_engine_load_style(run->engine, err)
           && rg_graph_find_theme(&theme, run->engine->style, run->job->theme, err);
}

/* Everything but the end. */
static bool make_all(running *run, rg_error *err)
{
    const rg_job *job = run->job;
    rg_engine *engine = run->engine;
    rg_source_options which = {job->paths, job->path_count, job->cut,
                               job->product == RG_PRODUCT_DIAGRAM};
    if (!rg_run_find_format(&run->format, job, err) || !check_selection(run, err)
        || (job->theme && !rg_engine_protect(engine->arena, check_theme, run, err)))
        return false;
    rg_sources_list(&run->sources, run->arena, &which, &run->failed,
                    engine->options.reporter, &run->first);
    if (!rg_engine_protect(engine->arena, load, run, err))
        return false;
    run->sink = rg_sink_open(run->arena, job->output, job->to_terminal);
    run->sink.folder = rg_run_makes_folder(run->format, job);
    return run_batches(run, err);
}

static bool run_all(void *user, rg_error *err)
{
    running *run = user;
    if (!make_all(run, err))
        return false;
    if (run->failed > 0 && run->done == 0) /* no old file is replaced by nothing */
        return finish(run, err);
    put_header(run);
    return (run->format->from != RG_FROM_GRAPH || put_graph(run, err))
           && rg_sink_close(&run->sink, err) && finish(run, err);
}

static running open_run(rg_engine *engine, const rg_job *job)
{
    rg_output_watch();
    rg_engine_empty(engine);
    return (running){.engine = engine,
                     .job = job,
                     .arena = rg_arena_new(),
                     .portions.stream.fd = -1};
}

/* Documents of the run go into a store, and nowhere else. */
static const rg_format no_format = {.name = "store", .from = RG_FROM_EDGES};

static bool build_all(void *user, rg_error *err)
{
    running *run = user;
    rg_source_options which = {run->job->paths, run->job->path_count, run->job->cut,
                               false};
    run->format = &no_format;
    run->sink = rg_sink_open(run->arena, NULL, false);
    run->building = rg_building_open(run->arena, run->job->output, err);
    if (!run->building)
        return false;
    rg_sources_list(&run->sources, run->arena, &which, &run->failed,
                    run->engine->options.reporter, &run->first);
    if (!rg_engine_protect(run->engine->arena, load, run, err)
        || !run_batches(run, err))
        return false;
    bool keep = run->job->keep_others || run->failed > 0; /* it may be there, unread */
    return rg_building_end(run->building, run->engine->rules, keep, err)
           && finish(run, err);
}

static bool trim_cache(void *user, rg_error *err)
{
    (void)err;
    running *run = user;
    rg_kept_edges_close(run->kept_edges);
    if (run->building) {
        rg_store_close(run->building->store);
        return true;
    }
    rg_analyses_close(&run->analyses, run->arena, RG_ANALYSES_MOST);
    return true;
}

static void close_run(running *run)
{
    rg_error ignored = {0};
    if (run->arena)
        rg_engine_protect(run->arena, trim_cache, run, &ignored);
    rg_portions_close(&run->portions);
    rg_arena_free(run->arena);
}

static bool protect(running *run, bool (*call)(void *user, rg_error *err),
                    rg_error *err)
{
    return run->arena ? rg_engine_protect(run->arena, call, run, err)
                      : rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
}

bool rg_build(rg_engine *engine, const rg_job *job, rg_build_counts *counts,
              rg_error *err)
{
    running run = open_run(engine, job);
    bool ok = protect(&run, build_all, err);
    *counts = run.building ? run.building->counts : (rg_build_counts){0};
    close_run(&run);
    rg_engine_empty(engine);
    return ok;
}

bool rg_run(rg_engine *engine, const rg_job *job, rg_error *err)
{
    running run = open_run(engine, job);
    bool ok = protect(&run, run_all, err);
    close_run(&run);
    rg_engine_empty(engine);
    return ok;
}

/* ---- Two runs compared ------------------------------------------------------------- */

/* The triples of all documents, in run->all. */
static bool collect(void *user, rg_error *err)
{
    running *run = user;
    if (!make_all(run, err))
        return false;
    if (run->failed > 0)
        *err = run->first;
    return run->failed == 0;
}

typedef struct comparing {
    const rg_edges *before, *after;
    bool tsv;
    rg_arena *arena; /* of the answer */
    rg_str told;
    rg_change_counts counts;
} comparing;

static bool compare(void *user, rg_error *err)
{
    (void)err; /* only memory can run out */
    comparing *c = user;
    rg_buf out = rg_buf_in(c->arena);
    c->counts = rg_output_changes(&out, c->before, c->after, c->tsv);
    c->told = rg_buf_str(&out);
    return true;
}

bool rg_diff(rg_engine *before, rg_engine *after, const rg_diff_request *request,
             rg_str *out, rg_change_counts *counts, rg_error *err)
{
    rg_job first = *request->before, second = *request->after;
    first.product = second.product = RG_PRODUCT_DIAGRAM; /* keeps all triples */
    first.format = second.format = NULL;
    first.output = second.output = NULL;
    running old = open_run(before, &first), new = open_run(after, &second);
    comparing c = {.before = &old.all,
                   .after = &new.all,
                   .tsv = request->tsv,
                   .arena = after->workers[0].arena,
                   .told = {"", 0}};
    bool ok = protect(&old, collect, err) && protect(&new, collect, err)
              && rg_engine_protect(c.arena, compare, &c, err);
    close_run(&old);
    close_run(&new);
    if (before != after)
        rg_engine_empty(before);
    *out = c.told;
    *counts = c.counts;
    return ok;
}

/* The list itself goes where its triples are: it outlives the run. */
static bool keep_list(void *user, rg_error *err)
{
    (void)err; /* only memory can run out */
    running *run = user;
    rg_engine *engine = run->engine;
    rg_edge *items = rg_new(engine->workers[0].arena, rg_edge, run->all.count);
    for (int i = 0; i < run->all.count; i++)
        items[i] = run->all.items[i];
    engine->kept = (rg_edges){items, run->all.count};
    return true;
}

bool rg_rerun(rg_engine *engine, const rg_job *job, const rg_engine *last, rg_str *told,
              rg_change_counts *counts, rg_error *err)
{
    running run = open_run(engine, job);
    run.keep = true;
    rg_arena *arena = engine->workers[0].arena;
    comparing c = {.before = last ? &last->kept : NULL,
                   .after = &engine->kept,
                   .arena = arena,
                   .told = {"", 0}};
    bool ok = protect(&run, run_all, err);
    if (ok || err->kind == RG_ERROR_FINDINGS)
        ok = rg_engine_protect(arena, keep_list, &run, err) && ok
             && (!last || rg_engine_protect(arena, compare, &c, err));
    close_run(&run);
    *told = c.told;
    *counts = c.counts;
    return ok;
}
