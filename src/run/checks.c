/* checks.c - the public calls that check rules: examples, explanations, suggestions. */
#include "base/file.h"
#include "check/check.h"
#include "run/engine.h"
#include "run/sources.h"

#include <stdio.h>

typedef struct checking {
    rg_engine *engine;
    const rg_explain_request *request; /* what to explain */
    const rg_test_request *test;
    const rg_source_options *files; /* to suggest merges of, or to count in */
    const rg_tallied *tallied;      /* what to count */
    rg_str lesson;                  /* to learn: SENTENCE => TRIPLE */
    rg_test_counts counts;
    rg_str told;
} checking;

/* What a sentence needs, on the engine's first thread, whose arena gives up as the engine's
 * does from now on. */
static bool open_checker(rg_checker *out, rg_engine *engine, rg_error *err)
{
    rg_arena_on_full_as(engine->workers[0].arena, engine->arena);
    if (!rg_engine_load_model(engine, err) || !rg_engine_load_rules(engine, err)
        || !rg_engine_open_lang(&engine->workers[0], engine, err))
        return false;
    *out = (rg_checker){.lang = engine->workers[0].lang,
                        .rules = engine->rules,
                        .extractor = engine->extractor,
                        .reporter = engine->options.reporter,
                        .date = rg_str_of(engine->options.date)};
    return true;
}

static bool run_examples(void *user, rg_error *err)
{
    checking *c = user;
    rg_checker checker;
    return open_checker(&checker, c->engine, err)
           && rg_check_examples(&c->counts, c->engine->workers[0].arena, &checker,
                                c->test, err);
}

/* The documents that the request is about: those of its path, or its own text. */
static bool list_documents(rg_sources *out, rg_arena *arena, const checking *c,
                           rg_error *err)
{
    const rg_explain_request *request = c->request;
    const rg_source_options options = {
        .paths = &request->path, .path_count = 1, .cut = request->cut};
    int failed = 0;
    if (request->path) {
        rg_sources_list(out, arena, &options, &failed, c->engine->options.reporter,
                        err);
        return failed == 0;
    }
    rg_source *own = rg_new(arena, rg_source, 1);
    own->document = (rg_document){.name = RG_STR("-"), .bytes = request->text};
    *out = (rg_sources){.items = own, .count = 1};
    return true;
}

static bool fail_untold(const rg_explain_request *request, rg_error *err)
{
    rg_place at = rg_place_file(rg_str_of(request->path));
    if (request->triple) {
        rg_fail(err, RG_ERROR_INPUT, at, "there is no triple '%s'", request->triple);
        return rg_fail_hint(err, "'relgraph extract -f jsonl FILE' gives the ids");
    }
    if (request->entity) {
        rg_fail(err, RG_ERROR_INPUT, at, "there is no entity '%s'", request->entity);
        return rg_fail_hint(err, "'relgraph entities FILE' lists them");
    }
    return rg_fail(err, RG_ERROR_INPUT, at, "line %d has no sentence", request->line);
}

/* With --lines a document is named FILE:LINE, and its line is its first. */
static bool is_other_line(const rg_explain_request *request, const rg_source *source)
{
    rg_str name = source->document.name;
    if (request->cut != RG_CUT_LINES || request->line == 0)
        return false;
    char ending[16];
    snprintf(ending, sizeof ending, ":%d", request->line);
    return !rg_str_ends(name, rg_str_of(ending));
}

static bool run_explain(void *user, rg_error *err)
{
    checking *c = user;
    rg_arena *arena = c->engine->workers[0].arena;
    const rg_explain_request *request = c->request;
    rg_picture page = {0};
    rg_explained what = {.line = request->cut == RG_CUT_LINES ? 0 : request->line,
                         .triple = rg_str_of(request->triple),
                         .entity = rg_str_of(request->entity),
                         .misses = request->misses,
                         .json = request->json,
                         .picture = request->svg ? &page : NULL};
    rg_checker checker;
    rg_sources sources;
    if (!open_checker(&checker, c->engine, err)
        || !list_documents(&sources, arena, c, err))
        return false;
    rg_buf out = rg_buf_in(arena);
    int told = 0;
    for (int i = 0; i < sources.count; i++) {
        rg_document document;
        if (is_other_line(request, &sources.items[i]))
            continue;
        if (!rg_source_read(&document, arena, &sources.items[i], err)
            || !rg_check_explain(&out, &told, arena, &checker, &document, &what, err))
            return false;
    }
    bool asked = request->triple || request->entity || request->line != 0;
    if (told == 0 && request->path && asked)
        return fail_untold(request, err);
    c->told = request->svg ? rg_check_picture(arena, rg_buf_str(&out), &page)
                           : rg_buf_str(&out);
    return !request->output || rg_file_write(request->output, c->told, err);
}

static bool run_suggest(void *user, rg_error *err)
{
    checking *c = user;
    rg_arena *arena = c->engine->workers[0].arena;
    rg_checker checker;
    rg_sources sources;
    int failed = 0;
    if (!open_checker(&checker, c->engine, err))
        return false;
    rg_sources_list(&sources, arena, c->files, &failed, c->engine->options.reporter,
                    err);
    rg_suggesting *s = rg_suggest_begin(arena, &checker);
    for (int i = 0; i < sources.count && failed == 0; i++) {
        rg_document document;
        if (!rg_source_read(&document, arena, &sources.items[i], err)
            || !rg_suggest_add(s, &document, err))
            return false;
    }
    c->told = rg_suggest_end(s);
    return failed == 0;
}

static bool add_documents(rg_tallies *tallies, const checking *c, rg_error *err)
{
    rg_arena *arena = c->engine->workers[0].arena;
    rg_sources sources;
    int failed = 0;
    rg_sources_list(&sources, arena, c->files, &failed, c->engine->options.reporter,
                    err);
    for (int i = 0; i < sources.count && failed == 0; i++) {
        rg_arena_mark mark = rg_arena_mark_now(arena);
        rg_document document;
        if (!rg_source_read(&document, arena, &sources.items[i], err)
            || !rg_tallies_add(tallies, arena, &document, err))
            return false;
        rg_arena_reset(arena, mark);
    }
    return failed == 0;
}

static bool run_stats(void *user, rg_error *err)
{
    checking *c = user;
    rg_checker checker;
    if (!open_checker(&checker, c->engine, err))
        return false;
    rg_tallies *tallies = rg_tallies_begin(c->engine->arena, &checker, c->tallied);
    rg_str rule = c->tallied->rule;
    if (rule.len > 0 && !rg_tallies_know(tallies, rule)) {
        rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "there is no rule '%.*s'",
                RG_PRINT(rule));
        return rg_fail_hint(err, "'relgraph rules list' names them");
    }
    if (!add_documents(tallies, c, err))
        return false;
    c->told = rg_tallies_end(tallies);
    return true;
}

/* ---- Learning ------------------------------------------------------------------------ */

static rg_checker quiet(const rg_checker *checker)
{
    rg_checker made = *checker;
    made.reporter = (rg_reporter){NULL, NULL};
    return made;
}

/* The example that the text is: the loader reads it, as it reads those of a file. */
static bool read_lesson(rg_example *out, checking *c, rg_error *err)
{
    rg_arena *arena = c->engine->arena;
    rg_buf file = rg_buf_in(arena);
    rg_buf_text(&file, "relgraph: 1\ntests:\n  - ");
    rg_buf_quoted(&file, c->lesson);
    rg_buf_byte(&file, '\n');
    const rg_rules *rules;
    const rg_extractor *extractor;
    if (!rg_engine_load_more(&rules, &extractor, c->engine, rg_buf_str(&file), err)) {
        if (err->kind != RG_ERROR_RULE)
            return false;
        *err = (rg_error){0};
        return rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE,
                       "the lesson is not SENTENCE => SUBJECT | relation | OBJECT");
    }
    *out = rules->tests.items[rules->tests.count - 1];
    out->text = c->lesson;
    rg_rules_free(rules);
    if (out->wanted_count == 1)
        return true;
    return rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "one triple is needed behind '=>'");
}

static bool fails(int *out, rg_arena *arena, const rg_checker *checker, rg_error *err)
{
    const rg_checker silent = quiet(checker);
    rg_test_counts counts = {0};
    rg_error trouble = {0};
    bool ok =
        rg_check_examples(&counts, arena, &silent, &(rg_test_request){0}, &trouble);
    *out = counts.failed;
    if (!ok && trouble.kind != RG_ERROR_FINDINGS)
        *err = trouble;
    return ok || trouble.kind == RG_ERROR_FINDINGS;
}

/* An id that no rule has: the relation's name, and a number behind it if need be. */
static rg_str free_id(rg_arena *arena, const rg_rules *rules, rg_str relation)
{
    const rg_map *ids = rg_rules_ids(arena, rules).ids;
    rg_str id = relation;
    for (int number = 2; rg_map_find(ids, id) >= 0; number++)
        id = rg_arena_format(arena, "%.*s-%d", RG_PRINT(relation), number);
    return id;
}

/* A lesson at work. */
typedef struct learning {
    checking *c;
    const rg_checker *checker;
    const rg_example *lesson;
    rg_str id;
    int failed; /* examples that fail without it */
} learning;

/* What the rules with the text make of the lesson; right is only what holds every example
 * that the set held without it. */
static bool ask(rg_answer *answer, const learning *l, const rg_checker *with, rg_str by,
                rg_error *err)
{
    rg_arena *arena = l->c->engine->workers[0].arena;
    int now = 0;
    bool ok = rg_check_gives(answer, arena, with, l->lesson, by, err);
    if (ok && *answer == RG_ANSWER_RIGHT)
        ok = fails(&now, arena, with, err);
    if (now > l->failed)
        *answer = RG_ANSWER_OTHER;
    return ok;
}

/* Nothing of the trial stays but the answer. */
static bool try_text(rg_answer *answer, const learning *l, rg_str text, rg_str by,
                     rg_error *err)
{
    rg_engine *engine = l->c->engine;
    rg_arena_mark rules = rg_arena_mark_now(engine->arena);
    rg_arena_mark work = rg_arena_mark_now(engine->workers[0].arena);
    rg_checker with = quiet(l->checker);
    rg_error trouble = {0};
    bool ok;
    *answer = RG_ANSWER_SILENT;
    if (rg_engine_load_more(&with.rules, &with.extractor, engine, text, &trouble)) {
        ok = ask(answer, l, &with, by, err);
        rg_rules_free(with.rules);
    } else {
        ok = trouble.kind != RG_ERROR_MEMORY; /* the text is no rule */
        if (!ok)
            *err = trouble;
    }
    rg_arena_reset(engine->workers[0].arena, work);
    rg_arena_reset(engine->arena, rules);
    return ok;
}

/* A rule that matches and is not heard is tried ahead of the others, too. */
static bool try_draft(bool *good, const learning *l, const rg_draft *draft,
                      rg_error *err)
{
    rg_answer answer;
    rg_str by = draft->by_any ? (rg_str){"", 0} : l->id;
    l->c->told = draft->text;
    bool ok = try_text(&answer, l, draft->text, by, err);
    if (ok && answer == RG_ANSWER_OTHER && !draft->by_any) {
        l->c->told = draft->ahead;
        ok = try_text(&answer, l, draft->ahead, by, err);
    }
    *good = ok && answer == RG_ANSWER_RIGHT;
    return ok;
}

/* The first draft of the stage that holds is told. */
static bool try_stage(bool *good, const learning *l, rg_draft_stage stage,
                      rg_error *err)
{
    rg_arena *arena = l->c->engine->workers[0].arena;
    rg_drafts *drafts = rg_new(arena, rg_drafts, 1);
    if (!rg_check_drafts(drafts, arena, l->checker, l->lesson, l->id, stage, err))
        return false;
    for (int i = 0; i < drafts->count && !*good; i++)
        if (!try_draft(good, l, &drafts->items[i], err))
            return false;
    return true;
}

static bool fail_known(const rg_example *lesson, rg_error *err)
{
    const rg_wanted *wanted = &lesson->wanted[0];
    return rg_fail(err, RG_ERROR_INPUT, RG_NOWHERE,
                   "the rules give this triple already: %.*s | %.*s | %.*s",
                   RG_PRINT(wanted->subject), RG_PRINT(wanted->relation),
                   RG_PRINT(wanted->object));
}

static bool is_repair(int stage)
{
    return stage == RG_DRAFT_REPAIR || stage == RG_DRAFT_REPAIR_LOOSE;
}

/* The stages in their order; `printed` is the lesson with the labels that print, which a wrong
 * parse can make nonsense: repairs are for the lesson as it was given. */
static bool try_stages(bool *good, learning *l, const rg_example *printed,
                       rg_str remark, rg_error *err)
{
    const rg_example *given = l->lesson;
    for (int stage = 0; stage < RG_DRAFT_STAGES && !*good; stage++) {
        l->lesson = given;
        if (!try_stage(good, l, (rg_draft_stage)stage, err))
            return false;
        if (*good || remark.len == 0 || is_repair(stage))
            continue;
        l->lesson = printed;
        if (!try_stage(good, l, (rg_draft_stage)stage, err))
            return false;
        if (*good)
            l->c->told = rg_arena_format(l->c->engine->workers[0].arena, "%.*s%.*s",
                                         RG_PRINT(l->c->told), RG_PRINT(remark));
    }
    return true;
}

static bool run_learn(void *user, rg_error *err)
{
    checking *c = user;
    rg_arena *arena = c->engine->workers[0].arena;
    rg_checker checker;
    rg_example lesson, printed;
    rg_answer answer;
    rg_str remark;
    bool good = false;
    learning l = {.c = c, .checker = &checker, .lesson = &lesson};
    if (!open_checker(&checker, c->engine, err) || !read_lesson(&lesson, c, err))
        return false;
    rg_wanted other = lesson.wanted[0];
    printed = lesson;
    printed.wanted = &other;
    if (!rg_check_use_labels(&printed, &remark, arena, &checker, err)
        || !rg_check_gives(&answer, arena, &checker, &printed, (rg_str){"", 0}, err))
        return false;
    if (answer == RG_ANSWER_RIGHT)
        return fail_known(&printed, err);
    l.id = free_id(c->engine->arena, checker.rules, lesson.wanted[0].relation);
    if (!fails(&l.failed, arena, &checker, err)
        || !try_stages(&good, &l, &printed, remark, err) || good)
        return good;
    rg_fail(err, RG_ERROR_INPUT, RG_NOWHERE,
            "no rule and no repair found that gives the triple and keeps the examples");
    return rg_fail_hint(err, "'relgraph explain' shows how the sentence is read");
}

/* Memory that runs out in either arena ends the call. */
static bool protect(rg_engine *engine, bool (*call)(void *user, rg_error *err),
                    checking *c, rg_error *err)
{
    rg_engine_empty(engine);
    bool ok = rg_engine_protect(engine->arena, call, c, err);
    rg_arena_on_full(engine->workers[0].arena, NULL);
    return ok;
}

bool rg_test(rg_engine *engine, const rg_test_request *request, rg_test_counts *out,
             rg_error *err)
{
    checking c = {.engine = engine, .test = request};
    bool ok = protect(engine, run_examples, &c, err);
    *out = c.counts;
    rg_engine_empty(engine);
    if (!ok || c.counts.failed + c.counts.uncovered == 0)
        return ok;
    rg_fail(err, RG_ERROR_FINDINGS, RG_NOWHERE,
            "%d examples failed, no example fires %d rules", c.counts.failed,
            c.counts.uncovered);
    err->reported = true;
    return false;
}

bool rg_explain(rg_engine *engine, const rg_explain_request *request, rg_str *out,
                rg_error *err)
{
    checking c = {.engine = engine, .request = request};
    bool ok = protect(engine, run_explain, &c, err);
    *out = c.told;
    return ok;
}

bool rg_stats(rg_engine *engine, const rg_stats_request *request, rg_str *out,
              rg_error *err)
{
    const rg_source_options files = {.paths = request->paths,
                                     .path_count = request->path_count,
                                     .cut = request->cut};
    const rg_tallied tallied = {rg_str_of(request->rule), request->times, request->tsv};
    checking c = {.engine = engine, .files = &files, .tallied = &tallied};
    bool ok = protect(engine, run_stats, &c, err);
    *out = c.told;
    return ok;
}

bool rg_suggest(rg_engine *engine, const char *const *paths, int count, rg_cut cut,
                rg_str *out, rg_error *err)
{
    const rg_source_options files = {.paths = paths, .path_count = count, .cut = cut};
    checking c = {.engine = engine, .files = &files};
    bool ok = protect(engine, run_suggest, &c, err);
    *out = c.told;
    return ok;
}

bool rg_learn(rg_engine *engine, rg_str lesson, rg_str *out, rg_error *err)
{
    checking c = {.engine = engine, .lesson = lesson};
    bool ok = protect(engine, run_learn, &c, err);
    *out = c.told;
    return ok;
}
