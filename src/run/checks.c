/* checks.c - the public calls that check rules: examples and explanations. */
#include "check/check.h"
#include "run/engine.h"

typedef struct checking {
    rg_engine *engine;
    rg_str text; /* to explain */
    rg_test_counts counts;
    rg_str told;
} checking;

/* What a sentence needs, on the engine's first thread. */
static bool open_checker(rg_checker *out, rg_engine *engine, rg_error *err)
{
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
           && rg_check_examples(&c->counts, c->engine->workers[0].arena, &checker, err);
}

static bool run_explain(void *user, rg_error *err)
{
    checking *c = user;
    rg_checker checker;
    return open_checker(&checker, c->engine, err)
           && rg_check_explain(&c->told, c->engine->workers[0].arena, &checker, c->text,
                               err);
}

/* Memory that runs out in either arena ends the call. */
static bool protect(rg_engine *engine, bool (*call)(void *user, rg_error *err),
                    checking *c, rg_error *err)
{
    rg_engine_empty(engine);
    return rg_engine_protect(engine->arena, call, c, err);
}

bool rg_test(rg_engine *engine, rg_test_counts *out, rg_error *err)
{
    checking c = {.engine = engine};
    bool ok = protect(engine, run_examples, &c, err);
    *out = c.counts;
    rg_engine_empty(engine);
    if (!ok || c.counts.failed == 0)
        return ok;
    rg_fail(err, RG_ERROR_FINDINGS, RG_NOWHERE, "%d examples failed", c.counts.failed);
    err->reported = true;
    return false;
}

bool rg_explain(rg_engine *engine, rg_str text, rg_str *out, rg_error *err)
{
    checking c = {.engine = engine, .text = text};
    bool ok = protect(engine, run_explain, &c, err);
    *out = c.told;
    return ok;
}
