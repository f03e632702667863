/* rule_views.c - the public calls that tell of rules: list, source, expanded; lock. */
#include "rules/expand.h"
#include "run/engine.h"
#include "run/phrases.h"

typedef struct viewing {
    rg_engine *engine;
    rg_rules_view view;
    rg_str id;
    rg_str told;
} viewing;

static bool fail_unknown(const viewing *v, rg_error *err)
{
    const rg_map *ids = rg_rules_ids(v->engine->arena, v->engine->rules).ids;
    rg_str near = rg_map_nearest(ids, v->id);
    rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "there is no rule '%.*s'",
            RG_PRINT(v->id));
    if (near.len > 0)
        return rg_fail_hint(err, "did you mean '%.*s'?", RG_PRINT(near));
    return rg_fail_hint(err, "'relgraph rules list' names them");
}

static bool tell(void *user, rg_error *err)
{
    viewing *v = user;
    if (!rg_engine_load_rules(v->engine, err))
        return false;
    const rg_rules *rules = v->engine->rules;
    rg_buf out = rg_buf_in(v->engine->arena);
    bool found = true;
    if (v->view == RG_RULES_LIST)
        rg_rules_put_list(&out, rules);
    else if (v->view == RG_RULES_SOURCE)
        found = rg_rules_put_source(&out, rules, v->id);
    else
        found = rg_rules_put_expanded(&out, rules, v->id) > 0 || v->id.len == 0;
    v->told = rg_buf_str(&out);
    return found || fail_unknown(v, err);
}

bool rg_rules_tell(rg_engine *engine, rg_rules_view view, const char *id, rg_str *out,
                   rg_error *err)
{
    viewing v = {.engine = engine, .view = view, .id = rg_str_of(id)};
    bool ok = rg_engine_protect(engine->arena, tell, &v, err);
    *out = v.told;
    return ok;
}

static bool lock(void *user, rg_error *err)
{
    return rg_engine_lock_phrases(user, err);
}

bool rg_rules_lock(rg_engine *engine, rg_error *err)
{
    return rg_engine_protect(engine->arena, lock, engine, err);
}
