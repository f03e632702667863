#include "run/building.h"

rg_building *rg_building_open(rg_arena *arena, const char *path, rg_error *err)
{
    rg_building *b = rg_new(arena, rg_building, 1);
    b->arena = arena;
    b->paths = rg_map_new(arena);
    b->scratch = rg_arena_child(arena);
    return rg_store_open(&b->store, arena, path, RG_STORE_WRITE, err) ? b : NULL;
}

void rg_building_begin(rg_building *b, uint64_t model, const rg_rules *rules,
                       const char *date)
{
    b->version = rg_engine_version(b->arena, model, rules);
    if (date)
        b->version = rg_arena_format(b->arena, "%.*s %s", RG_PRINT(b->version), date);
}

bool rg_building_look(rg_built *built, rg_building *b, const rg_document *document,
                      const rg_rules *rules, rg_error *err)
{
    rg_built out = {0};
    if (!rg_store_find(&out.state, b->store, document->name, err))
        return false;
    out.content = rg_hash_bytes(document->bytes.bytes, (size_t)document->bytes.len);
    /* of a record the date stands beside the text; of others it is in it */
    bool same = out.state.known && out.state.content == out.content
                && (!document->is_record || rg_str_is(document->date, out.state.date));
    out.unchanged = same && rg_str_is(b->version, out.state.version);
    out.has_names = same && out.state.naming == rules->naming;
    *built = out;
    return true;
}

static bool is_same(const rg_built *built)
{
    return built->confirmed || (built->has_names && built->hash == built->state.edges);
}

void rg_building_pack(rg_built *built, rg_arena *arena, const rg_document *document,
                      const rg_edges *edges, const rg_packed_edges *packed)
{
    rg_packed_edges own;
    if (!packed) {
        own = rg_kept_edges_pack(arena, edges, document->base);
        packed = &own;
    }
    built->hash = packed->hash;
    if (is_same(built))
        return;
    if (document->base > 0) { /* the store has them as they stand in the file */
        own = rg_kept_edges_pack(arena, edges, 0);
        packed = &own;
    }
    built->packed = rg_store_pack(arena, packed->bytes);
}

/* Other triples than the store has. */
static bool write_document(rg_building *b, const rg_store_document *put, rg_error *err)
{
    rg_arena_mark empty = rg_arena_mark_now(b->scratch);
    rg_arena_on_full_as(b->scratch, b->arena);
    b->counts.written++;
    bool ok = rg_store_put(b->store, b->scratch, put, err);
    rg_arena_reset(b->scratch, empty);
    return ok;
}

bool rg_building_put(rg_building *b, const rg_built *built, const rg_document *document,
                     const rg_edges *edges, const rg_named *named,
                     const rg_rules *rules, rg_error *err)
{
    rg_map_put(b->paths, document->name);
    b->counts.documents++;
    if (built->unchanged) {
        b->counts.unchanged++;
        return true;
    }
    if (is_same(built)) {
        b->counts.same++;
        return rg_store_confirm(b->store, built->state.id, b->version, err);
    }
    const rg_store_document put = {.document = document,
                                   .title = document->title,
                                   .content = built->content,
                                   .naming = rules->naming,
                                   .version = b->version,
                                   .edges = edges,
                                   .packed = built->packed,
                                   .edges_hash = built->hash,
                                   .named = named};
    return write_document(b, &put, err);
}

bool rg_building_end(rg_building *b, const rg_rules *rules, bool keep_others,
                     rg_error *err)
{
    if (!rg_store_begin(b->store, err))
        return false;
    if (!keep_others
        && !rg_store_drop_others(b->store, b->arena, b->paths, &b->counts.dropped, err))
        return false;
    return rg_store_end(b->store, b->arena, rules, err)
           && rg_store_commit(b->store, err);
}
