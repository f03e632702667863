#include "run/engine.h"

#include "base/calendar.h"
#include "base/file.h"
#include "base/json.h"
#include "check/check.h"
#include "run/batch.h"
#include "run/phrases.h"

#include <stdlib.h>

bool rg_engine_protect(rg_arena *arena, bool (*call)(void *user, rg_error *err),
                       void *user, rg_error *err)
{
    jmp_buf full;
    jmp_buf *volatile before = rg_arena_on_full(arena, NULL);
    if (setjmp(full) != 0) {
        rg_arena_on_full(arena, before);
        rg_library_ran_out(); /* told by this */
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    }
    rg_arena_on_full(arena, &full);
    bool ok = call(user, err);
    rg_arena_on_full(arena, before);
    return ok;
}

bool rg_engine_open_lang(rg_workshop *worker, const rg_engine *engine, rg_error *err)
{
    if (!worker->lang)
        worker->lang = rg_lang_new(engine->model, engine->options.kernel, err);
    return worker->lang != NULL;
}

void rg_engine_close_lang(rg_workshop *worker)
{
    rg_lang_free(worker->lang);
    worker->lang = NULL;
}

void rg_engine_empty_worker(rg_workshop *worker)
{
    rg_arena_on_full(worker->arena, NULL);
    rg_arena_reset(worker->arena, worker->empty);
}

void rg_engine_empty(rg_engine *engine)
{
    engine->kept = (rg_edges){0};
    for (int i = 0; i < engine->options.threads; i++)
        rg_engine_empty_worker(&engine->workers[i]);
}

/* ---- Model and rules -------------------------------------------------------------- */

/* --model, else RELGRAPH_MODEL, else the file that lies near the program. */
bool rg_engine_find_model(const char **out, const rg_engine *engine, rg_error *err)
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

bool rg_engine_load_model(rg_engine *engine, rg_error *err)
{
    const char *path;
    return engine->model
           || (rg_engine_find_model(&path, engine, err)
               && rg_model_open(&engine->model, path, err));
}

/* The default set, in the order of its files. */
static const char *const default_rules[] = {"core", "open", "news", "entities",
                                            "style"};
enum { DEFAULT_RULES = sizeof default_rules / sizeof default_rules[0] };

static bool find_rules_folder(const char **out, const rg_engine *engine, rg_error *err)
{
    const char *environment = getenv("RELGRAPH_RULES");
    *out = environment && *environment ? environment
                                       : rg_file_find_own(engine->arena, "rules");
    if (*out || engine->options.rule_count > 0)
        return true;
    rg_fail(err, RG_ERROR_RULE, RG_NOWHERE, "there is no folder of rules");
    return rg_fail_hint(err, "RELGRAPH_RULES names one, --rules PATH replaces it");
}

/* The paths to load: --rules or the default set, then --add-rules, then the profile. */
static rg_rules_request list_rules(const rg_engine *engine, const char *folder)
{
    const rg_options *options = &engine->options;
    rg_arena *arena = engine->arena;
    int most = options->rule_count + DEFAULT_RULES + options->add_rule_count;
    const char **paths = rg_new(arena, const char *, most);
    int count = 0;
    for (int i = 0; i < options->rule_count; i++)
        paths[count++] = options->rules[i];
    for (int i = 0; options->rule_count == 0 && i < DEFAULT_RULES; i++)
        paths[count++] =
            rg_arena_format(arena, "%s/%s.yaml", folder, default_rules[i]).bytes;
    for (int i = 0; i < options->add_rule_count; i++)
        paths[count++] = options->add_rules[i];
    const char *profile = NULL;
    if (options->profile)
        profile = rg_arena_format(arena, "%s/profiles/%s.yaml", folder ? folder : ".",
                                  options->profile)
                      .bytes;
    return (rg_rules_request){
        .paths = paths, .path_count = count, .profile = profile, .folder = folder};
}

static bool read_rules(const rg_rules **out, rg_engine *engine, rg_error *err)
{
    const char *folder;
    if (!find_rules_folder(&folder, engine, err))
        return false;
    rg_rules_request request = list_rules(engine, folder);
    return rg_rules_load(out, engine->arena, &request, engine->options.reporter, err);
}

/* Phrases are read by the analysis itself, on the first thread. */
static bool open_phrases(rg_engine *engine, rg_checker *checker,
                         rg_phrases_request *request, rg_error *err)
{
    if (!rg_engine_load_model(engine, err)
        || !rg_engine_open_lang(&engine->workers[0], engine, err))
        return false;
    *checker = (rg_checker){.lang = engine->workers[0].lang,
                            .reporter = engine->options.reporter};
    *request =
        (rg_phrases_request){.checker = checker, .model = rg_model_id(engine->model)};
    return true;
}

/* Compiles the phrases of a set that has some. */
static bool compile_phrases(const rg_rules **rules, rg_engine *engine,
                            rg_reporter reporter, rg_error *err)
{
    rg_checker checker;
    rg_phrases_request request;
    if (!rg_phrases_wait(*rules))
        return true;
    if (!open_phrases(engine, &checker, &request, err))
        return false;
    checker.reporter = reporter;
    return rg_phrases_compile(rules, engine->arena, &request, err);
}

bool rg_engine_lock_phrases(rg_engine *engine, rg_error *err)
{
    rg_checker checker;
    rg_phrases_request request;
    const rg_rules *rules;
    if (!read_rules(&rules, engine, err)
        || !open_phrases(engine, &checker, &request, err))
        return false;
    request.fresh = true;
    bool ok = rg_phrases_lock(rules, engine->arena, &request, err);
    rg_rules_free(rules);
    return ok;
}

bool rg_engine_load_rules(rg_engine *engine, rg_error *err)
{
    if (engine->rules)
        return true;
    if (!read_rules(&engine->rules, engine, err))
        return false;
    if (!compile_phrases(&engine->rules, engine, engine->options.reporter, err))
        return false;
    engine->extractor = rg_extract_new(engine->arena, engine->rules);
    return true;
}

/* Only `style` is read: of the folder's own file, then of the engine's set. */
static bool read_style(rg_engine *engine, rg_error *err)
{
    const char *folder;
    if (!find_rules_folder(&folder, engine, err))
        return false;
    const rg_options *options = &engine->options;
    const char **paths = rg_new(engine->arena, const char *,
                                options->rule_count + options->add_rule_count + 1);
    int count = 0;
    if (folder)
        paths[count++] = rg_arena_format(engine->arena, "%s/style.yaml", folder).bytes;
    for (int i = 0; i < options->rule_count; i++)
        paths[count++] = options->rules[i];
    for (int i = 0; i < options->add_rule_count; i++)
        paths[count++] = options->add_rules[i];
    rg_rules_request request = {
        .paths = paths, .path_count = count, .folder = folder, .style_only = true};
    const rg_rules *rules;
    if (!rg_rules_load(&rules, engine->arena, &request, options->reporter, err))
        return false;
    engine->style = rules->style;
    rg_rules_free(rules);
    return true;
}

bool rg_engine_load_style(rg_engine *engine, rg_error *err)
{
    if (!engine->style && engine->rules && engine->options.rule_count == 0)
        engine->style = engine->rules->style;
    return engine->style || read_style(engine, err);
}

bool rg_engine_load_more(const rg_rules **rules, const rg_extractor **extractor,
                         rg_engine *engine, rg_str text, rg_error *err)
{
    const char *folder;
    const rg_reporter nobody = {NULL, NULL};
    const rg_file more = {.path = RG_STR("learnt.yaml"), .text = text};
    if (!find_rules_folder(&folder, engine, err))
        return false;
    rg_rules_request request = list_rules(engine, folder);
    request.texts = &more;
    request.text_count = 1;
    if (!rg_rules_load(rules, engine->arena, &request, nobody, err))
        return false;
    if (!compile_phrases(rules, engine, nobody, err)) {
        rg_rules_free(*rules);
        return false;
    }
    *extractor = rg_extract_new(engine->arena, *rules);
    return true;
}

static bool lint_rules(void *user, rg_error *err)
{
    rg_engine *engine = user;
    const char *folder;
    if (!find_rules_folder(&folder, engine, err))
        return false;
    rg_rules_request request = list_rules(engine, folder);
    return rg_lint(engine->arena, &request, engine->options.reporter, err);
}

bool rg_engine_lint(rg_engine *engine, rg_error *err)
{
    return rg_engine_protect(engine->arena, lint_rules, engine, err);
}

static bool describe_model(void *user, rg_error *err)
{
    rg_engine *engine = user;
    if (!rg_engine_load_model(engine, err))
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
    bool ok = rg_engine_protect(engine->arena, describe_model, engine, err);
    *out = engine->description;
    return ok;
}

bool rg_engine_import_model(const char *folder, const char *path, rg_error *err)
{
    return rg_model_import(folder, path, err);
}

const char *rg_engine_rule_file(const rg_engine *engine, int index)
{
    if (!engine->rules || index < 0 || index >= engine->rules->file_count)
        return NULL;
    return engine->rules->files[index].path.bytes;
}

rg_str rg_engine_version(rg_arena *arena, uint64_t model, const rg_rules *rules)
{
    uint64_t hash = rg_hash_stir(model, rg_rules_fingerprint(rules));
    return rg_arena_format(arena, "%s-%016llx", RG_VERSION, (unsigned long long)hash);
}

/* ---- The engine's life ------------------------------------------------------------- */

static void add_workers(rg_engine *engine)
{
    int count = engine->options.threads;
    engine->workers = rg_new(engine->arena, rg_workshop, count);
    for (int i = 0; i < count; i++) {
        rg_workshop *worker = &engine->workers[i];
        worker->arena = rg_arena_new();
        if (!worker->arena)
            rg_arena_give_up(engine->arena);
        worker->empty = rg_arena_mark_now(worker->arena);
    }
}

static bool check_date(const char *date, rg_error *err)
{
    rg_day day;
    if (!date || rg_day_read(&day, rg_str_of(date)))
        return true;
    rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "'%s' is no date", date);
    return rg_fail_hint(err, "write a day as YYYY-MM-DD, such as 2019-02-20");
}

static bool fill_engine(void *user, rg_error *err)
{
    rg_engine *engine = user;
    if (!check_date(engine->options.date, err))
        return false;
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
    rg_json_watch();
    rg_arena *arena = rg_arena_new();
    if (!arena)
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    rg_engine *engine = rg_new(arena, rg_engine, 1);
    *engine = (rg_engine){.options = *options, .arena = arena};
    if (!rg_engine_protect(arena, fill_engine, engine, err)) {
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
        rg_lang_free(engine->workers[i].lang);
        rg_arena_free(engine->workers[i].arena);
    }
    rg_rules_free(engine->rules);
    rg_model_free(engine->model);
    rg_arena_free(engine->arena);
}
