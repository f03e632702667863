/* questions.c - a store answers: triples in a format, or its numbers. */
#include "run/questions.h"

#include "output/output.h"
#include "run/engine.h"
#include "store/store.h"

bool rg_query_all(rg_edges *out, rg_arena *arena, const rg_document *document,
                  rg_error *err)
{
    static const rg_question all = {0};
    rg_store *store;
    const char *path = rg_arena_str(arena, document->name).bytes;
    if (!rg_store_open(&store, arena, path, RG_STORE_READ, err))
        return false;
    bool ok = rg_store_ask(out, store, arena, &all, err);
    rg_store_close(store);
    return ok;
}

typedef struct asking {
    const rg_query_request *request;
    rg_arena *arena;
    rg_store *store;
    rg_str told;
} asking;

static bool find_format(const rg_format **out, const char *name, rg_error *err)
{
    *out = rg_output_find(rg_str_of(name ? name : "tsv"), RG_FROM_EDGES);
    return *out
           || rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "no format of triples: '%s'",
                      name)
           || rg_fail_hint(err,
                           "formats are tsv, csv, jsonl; 'relgraph draw KB.db' draws");
}

static bool answer(void *user, rg_error *err)
{
    asking *a = user;
    const rg_query_request *r = a->request;
    const rg_format *format;
    rg_edges edges;
    rg_buf out = rg_buf_in(a->arena);
    bool ok = find_format(&format, r->format, err)
              && rg_store_open(&a->store, a->arena, r->store, RG_STORE_READ, err);
    if (!ok)
        return false;
    if (r->counts) {
        ok = rg_store_count(&out, a->store, r->format != NULL, err);
    } else {
        ok = rg_store_ask(&edges, a->store, a->arena, &r->question, err);
        if (ok && format->put_header)
            format->put_header(&out);
        if (ok)
            format->put_edges(&out, &edges);
    }
    a->told = rg_buf_str(&out);
    return ok;
}

bool rg_query(rg_engine *engine, const rg_query_request *request, rg_str *out,
              rg_error *err)
{
    asking a = {.request = request, .arena = engine->workers[0].arena};
    rg_engine_empty(engine);
    bool ok = rg_engine_protect(a.arena, answer, &a, err);
    rg_store_close(a.store);
    *out = a.told;
    return ok;
}
