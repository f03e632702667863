/* engine.h - what is loaded once, and what each thread works with.
 *
 * Model, rules and networks are loaded by the first run that needs them. The engine's
 * arena holds the rules; each workshop's arena holds what a thread makes of documents,
 * until rg_engine_empty.
 */
#ifndef RG_RUN_ENGINE_H
#define RG_RUN_ENGINE_H

#include "base/edge.h"
#include "extract/extract.h"
#include "lang/lang.h"
#include "model/model.h"
#include "rules/rules.h"

/* What one thread works with. */
typedef struct rg_workshop {
    rg_arena *arena;
    rg_arena_mark empty;
    rg_lang *lang;
} rg_workshop;

struct rg_engine {
    rg_options options;
    rg_arena *arena;
    rg_model *model;
    const rg_rules *rules;
    const rg_extractor *extractor;
    const rg_style *style; /* of diagrams; in the arena */
    rg_workshop *workers;
    rg_str description; /* of the model */
    rg_edges kept;      /* of the last rg_rerun; in the workshops' arenas */
};

/* Calls `call`; memory that runs out in the arena ends it with an error. */
bool rg_engine_protect(rg_arena *arena, bool (*call)(void *user, rg_error *err),
                       void *user, rg_error *err);

/* Each does nothing if it is done already. To be called within rg_engine_protect of the
 * engine's arena. */
bool rg_engine_load_model(rg_engine *engine, rg_error *err);
/* Where the model file is; nothing is loaded. */
bool rg_engine_find_model(const char **out, const rg_engine *engine, rg_error *err);
bool rg_engine_load_rules(rg_engine *engine, rg_error *err);
/* What diagrams look like: with nothing else of the rules, if none are loaded. */
bool rg_engine_load_style(rg_engine *engine, rg_error *err);
/* The engine's set with one more file, which stands nowhere but in `text`; what is wrong goes
 * to nobody. To be freed by rg_rules_free. */
bool rg_engine_load_more(const rg_rules **rules, const rg_extractor **extractor,
                         rg_engine *engine, rg_str text, rg_error *err);
/* Writes the locks of the engine's rule files; the engine's own rules stay as they are. */
bool rg_engine_lock_phrases(rg_engine *engine, rg_error *err);

/* Of program, model and rules: what has the same one was made alike. */
rg_str rg_engine_version(rg_arena *arena, uint64_t model, const rg_rules *rules);

/* The thread's networks and caches: made once, and again after memory ran out. */
bool rg_engine_open_lang(rg_workshop *worker, const rg_engine *engine, rg_error *err);
void rg_engine_close_lang(rg_workshop *worker);
void rg_engine_empty_worker(rg_workshop *worker);
/* Drops what the workshops' arenas hold, the kept triples too. */
void rg_engine_empty(rg_engine *engine);

#endif
