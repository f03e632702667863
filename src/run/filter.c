/* filter.c - JSON lines in, JSON lines out: one line for each line, in the same order. */
#include "run/filter.h"

#include "base/writer.h"
#include "entities/entities.h"
#include "output/output.h"
#include "run/records.h"

enum { MOST_RECORD = 16 * 1024 * 1024, FULL = 1 << 20 };

/* ---- One record -------------------------------------------------------------------------------- */

typedef struct errand {
    const rg_filtering *filter;
    rg_workshop *worker;
    rg_arena *output; /* of the line that is made */
    const rg_read_line *line;
    rg_record record;
    const char *code; /* of what made it fail */
    rg_filtered *out;
} errand;

static bool fail_limit(errand *task, const char *code, const char *what, int limit,
                       rg_error *err)
{
    task->code = code;
    return rg_fail(err, RG_ERROR_LIMIT, RG_NOWHERE, "%s: more than %d", what, limit);
}

/* The stages. */
static bool make_findings(errand *task, const rg_parse **parse, rg_findings *found,
                          rg_error *err)
{
    const rg_engine *engine = task->filter->engine;
    const rg_filter_request *request = task->filter->request;
    rg_arena *arena = task->worker->arena;
    const rg_document *document = &task->record.document;
    const rg_text *text;
    if (request->max_document_bytes > 0
        && document->bytes.len > request->max_document_bytes)
        return fail_limit(task, "too-long", "bytes of text",
                          request->max_document_bytes, err);
    if (!rg_engine_open_lang(task->worker, engine, err)
        || !rg_text_read(&text, arena, document, err)
        || !rg_lang_parse(parse, arena, task->worker->lang, text, err))
        return false;
    if (request->max_sentences > 0 && (*parse)->sentence_count > request->max_sentences)
        return fail_limit(task, "limit", "sentences", request->max_sentences, err);
    return rg_entities_find(found, arena, engine->rules, engine->extractor, *parse,
                            false, err);
}

static void put_failure(errand *task, const char *code, const char *why)
{
    task->out->line.len = 0;
    task->out->failed = true;
    rg_output_put_failure(&task->out->line, task->record.id, code, why,
                          task->filter->version);
}

static void put_trouble(errand *task)
{
    static const char *const codes[] = {[RG_RECORD_JSON] = "json",
                                        [RG_RECORD_UTF8] = "utf8",
                                        [RG_RECORD_NO_TEXT] = "no-text"};
    put_failure(task, codes[task->record.trouble], task->record.why);
}

/* Memory that runs out there is told as that of the work. */
static void start_line(const errand *task)
{
    rg_arena_on_full_as(task->output, task->worker->arena);
    task->out->line = rg_buf_in(task->output);
}

static bool make_record(void *user, rg_error *err)
{
    errand *task = user;
    rg_arena *arena = task->worker->arena;
    const rg_parse *parse;
    rg_findings found;
    start_line(task);
    task->record = (rg_record){.id = RG_STR("\"\"")};
    if (task->line->too_long) {
        task->record.id = rg_record_id(task->line->text);
        put_failure(task, "too-long",
                    rg_arena_format(arena, "the line has more than %d bytes",
                                    task->line->text.len)
                        .bytes);
        return true;
    }
    if (!rg_record_read(&task->record, arena, task->line->text)) {
        put_trouble(task);
        return true;
    }
    task->out->dateless = task->record.wrong_date;
    if (task->record.document.date.len == 0 && task->filter->engine->options.date)
        task->record.document.date = rg_str_of(task->filter->engine->options.date);
    if (!make_findings(task, &parse, &found, err))
        return false;
    task->out->stopped =
        found.triples->out_of_fuel > 0 || found.triples->stop_count > 0;
    const rg_named named = {task->filter->engine->rules, parse, found.coref};
    rg_output_put_record(&task->out->line, task->record.id, &found.entities->edges,
                         &named, task->filter->version);
    return true;
}

/* Behind make_record that failed; the arena may have run full. */
static bool make_failure(void *user, rg_error *err)
{
    errand *task = user;
    start_line(task);
    put_failure(task, task->code, err->text);
    return true;
}

/* Where there is no memory for anything else. */
static rg_filtered last_resort(void)
{
    rg_str line = RG_STR("{\"id\":\"\",\"error\":\"limit: out of memory\"}\n");
    rg_filtered out = {.failed = true};
    out.line.bytes = (char *)(uintptr_t)line.bytes; /* is read, not written to */
    out.line.len = line.len;
    return out;
}

void rg_filter_record(rg_filtered *out, rg_arena *arena, const rg_filtering *filter,
                      rg_workshop *worker, const rg_read_line *line)
{
    rg_error err = {0};
    errand task = {.filter = filter,
                   .worker = worker,
                   .output = arena,
                   .line = line,
                   .code = "limit",
                   .out = out};
    *out = (rg_filtered){0};
    bool made = rg_engine_protect(worker->arena, make_record, &task, &err);
    if (!made && err.kind == RG_ERROR_MEMORY) {
        rg_engine_close_lang(worker);
        rg_engine_empty_worker(worker);
        task.record.id = rg_record_id(line->text); /* that in the arena may be cut */
    }
    if (!made && !rg_engine_protect(worker->arena, make_failure, &task, &err))
        *out = last_resort();
    rg_arena_on_full(arena, NULL);
    rg_engine_empty_worker(worker);
}

/* ---- All of them -------------------------------------------------------------------------------- */

typedef struct running {
    rg_filtering filter;
    rg_lines lines;
    rg_writer writer;
    rg_filter_counts *counts;
    rg_arena *arena, *input; /* of what is read */
    rg_buf out;              /* what is not yet written */
} running;

static bool write_out(running *run, rg_str bytes, rg_error *err)
{
    if (!rg_writer_put(&run->writer, bytes.bytes, (size_t)bytes.len, err))
        return false;
    return !run->writer.left
           || rg_fail(err, RG_ERROR_OUTPUT, rg_place_file(RG_STR("standard output")),
                      "nobody reads it any more");
}

static bool flush(running *run, rg_error *err)
{
    rg_str bytes = rg_buf_str(&run->out);
    run->out.len = 0;
    return write_out(run, bytes, err);
}

/* A line of output. */
static bool put(void *user, const rg_filtered *made, rg_error *err)
{
    running *run = user;
    run->counts->records++;
    run->counts->failed += made->failed;
    run->counts->stopped += made->stopped;
    run->counts->dateless += made->dateless;
    if (made->line.len >= FULL)
        return flush(run, err) && write_out(run, rg_buf_str(&made->line), err);
    rg_buf_put(&run->out, rg_buf_str(&made->line));
    bool now = run->filter.request->line_buffered || run->out.len >= FULL;
    return !now || flush(run, err);
}

static bool load(void *user, rg_error *err)
{
    running *run = user;
    rg_engine *engine = run->filter.engine;
    if (!rg_engine_load_model(engine, err) || !rg_engine_load_rules(engine, err)
        || !rg_engine_open_lang(&engine->workers[0], engine, err))
        return false;
    run->filter.version =
        rg_engine_version(engine->arena, rg_model_id(engine->model), engine->rules);
    return true;
}

static bool filter_all(void *user, rg_error *err)
{
    running *run = user;
    bool ok;
    run->out = rg_buf_in(run->arena);
    const rg_filter_stream all = {&run->filter, &run->lines, run->arena, put, run};
    ok = run->filter.request->isolate ? rg_filter_isolated(&all, err)
                                      : rg_filter_shared(&all, err);
    return ok && flush(run, err) && rg_writer_close(&run->writer, err);
}

static bool open_files(running *run, rg_error *err)
{
    const rg_filter_request *request = run->filter.request;
    int most = request->max_record_bytes;
    most = most > 0 && most < MOST_RECORD ? most : MOST_RECORD;
    return rg_lines_open(&run->lines, run->input, request->input ? request->input : "-",
                         most, err)
           && rg_writer_open(&run->writer, request->output, err);
}

bool rg_filter_records(rg_engine *engine, const rg_filter_request *request,
                       rg_filter_counts *counts, rg_error *err)
{
    running run = {.filter = {.engine = engine, .request = request},
                   .lines.stream.fd = -1,
                   .writer.fd = -1,
                   .counts = counts,
                   .arena = rg_arena_new(),
                   .input = rg_arena_new()};
    *counts = (rg_filter_counts){0};
    rg_engine_empty(engine);
    bool ok = run.arena && run.input
                  ? rg_engine_protect(engine->arena, load, &run, err)
                        && open_files(&run, err)
                        && rg_engine_protect(run.arena, filter_all, &run, err)
                  : rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    rg_lines_close(&run.lines);
    rg_writer_drop(&run.writer);
    rg_engine_empty(engine);
    rg_arena_free(run.arena);
    rg_arena_free(run.input);
    return ok;
}
