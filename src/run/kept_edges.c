#include "run/kept_edges.h"

#include "run/engine.h"

static rg_str empty(void)
{
    return (rg_str){"", 0};
}

static uint64_t hash_of(rg_str bytes)
{
    return rg_hash_bytes(bytes.bytes, (size_t)bytes.len);
}

/* Of what belongs together in the two files of a document. */
static uint64_t words_hash(uint64_t edges, rg_str words)
{
    return rg_hash_stir(edges, hash_of(words));
}

/* ---- Names -------------------------------------------------------------------------------------- */

static rg_kept_name set_name(const rg_kept_edges *kept, uint64_t hash)
{
    return rg_analyses_name(kept->files, RG_KEPT_RULES, NULL,
                            rg_hash_stir(kept->key, hash));
}

/* `kind`: RG_KEPT_WORDS or RG_KEPT_EDGES. */
static rg_kept_name document_name(const rg_kept_edges *kept, int kind,
                                  const rg_text *text)
{
    uint64_t day = rg_str_hash(text->document->date); /* a record's own */
    rg_kept_name name =
        rg_analyses_name(kept->files, kind, text, rg_hash_stir(kept->key, day));
    name.needs = set_name(kept, kept->set_hash).content;
    return name;
}

/* ---- Sets of rules ------------------------------------------------------------------------------ */

static rg_str *list_places(rg_arena *arena, const rg_rules *rules,
                           const rg_rule_ids *ids)
{
    rg_str *places = rg_new(arena, rg_str, rg_map_count(ids->ids) + 1);
    for (int i = 0; i < rg_map_count(ids->ids); i++)
        places[i] = rg_rules_place(arena, rules, ids->first[i]);
    return places;
}

rg_kept_edges *rg_kept_edges_open(rg_analyses *files, rg_arena *arena,
                                  const rg_extractor *extractor, rg_str date)
{
    const rg_rules *rules = rg_extract_rules(extractor);
    if (!files->usable)
        return NULL;
    rg_arena *own = rg_arena_child(arena);
    rg_kept_edges *kept = rg_new(arena, rg_kept_edges, 1);
    rg_buf set = rg_buf_in(arena);
    rg_extract_pack_rules(&set, extractor);
    kept->files = files;
    kept->extractor = extractor;
    kept->arena = own;
    kept->set = rg_buf_str(&set);
    kept->set_hash = hash_of(kept->set);
    kept->key = rg_hash_stir(rg_hash_stir(1, rules->shared), rg_str_hash(date));
    kept->rules = rg_rules_ids(arena, rules);
    kept->places = list_places(arena, rules, &kept->rules);
    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

void rg_kept_edges_close(rg_kept_edges *kept)
{
    if (!kept)
        return;
    pthread_mutex_destroy(&kept->lock);
    rg_arena_free(kept->arena);
}

/* What a set that files were made with differs in from the present one. */
typedef struct comparison {
    rg_kept_edges *kept;
    uint64_t hash;
} comparison;

static bool compare(void *user, rg_error *err)
{
    (void)err;
    comparison *task = user;
    rg_kept_edges *kept = task->kept;
    rg_str before =
        rg_analyses_read(kept->files, kept->arena, set_name(kept, task->hash));
    rg_stale stale = {.all = true};
    if (hash_of(before) == task->hash)
        stale = rg_extract_compare(kept->arena, kept->extractor, before);
    kept->sets[kept->set_count++] = (struct rg_kept_set){task->hash, stale};
    return true;
}

static const rg_stale *find_set(rg_kept_edges *kept, uint64_t hash)
{
    static const rg_stale all = {.all = true};
    const rg_stale *found = NULL;
    rg_error ignored = {0};
    pthread_mutex_lock(&kept->lock);
    for (int round = 0; round < 2 && !found; round++) {
        for (int i = 0; i < kept->set_count && !found; i++)
            if (kept->sets[i].hash == hash)
                found = &kept->sets[i].stale;
        comparison task = {kept, hash};
        if (!found && kept->set_count < RG_KEPT_SETS)
            rg_engine_protect(kept->arena, compare, &task, &ignored);
    }
    pthread_mutex_unlock(&kept->lock);
    return found ? found : &all;
}

/* ---- Documents ---------------------------------------------------------------------------------- */

/* With --lines the document is one line of its file. */
static rg_str line_of(const rg_text *text)
{
    return text->block_count == 1 ? text->blocks[0].text : empty();
}

/* What is of this run, not of the text. */
static bool complete(const rg_kept_edges *kept, rg_arena *arena, const rg_text *text,
                     rg_edges *edges, bool lines)
{
    for (int i = 0; i < edges->count; i++) {
        rg_edge *e = &edges->items[i];
        int rule = rg_map_find(kept->rules.ids, e->rule);
        if (rule == RG_NONE)
            return false;
        e->rule_place = kept->places[rule];
        e->doc = text->document->name;
        e->line = lines ? line_of(text) : empty();
        e->id = rg_edge_id(arena, e);
    }
    return true;
}

/* The ids in statements hold the document's name. */
static bool has_statements(const rg_edges *edges)
{
    for (int i = 0; i < edges->count; i++)
        if (edges->items[i].object_id.len > 0)
            return true;
    return false;
}

/* The relations and kinds of the edges, each once. */
static void pack_relations(rg_buf *out, rg_arena *arena, const rg_edges *edges)
{
    rg_map *names = rg_map_new(arena);
    for (int i = 0; i < edges->count; i++) {
        const rg_edge *e = &edges->items[i];
        rg_map_put(names, e->relation);
        for (int k = 0; k < e->kind_count; k++)
            rg_map_put(names, e->kinds[k]);
    }
    rg_pack_int(out, rg_map_count(names));
    for (int i = 0; i < rg_map_count(names); i++)
        rg_pack_str(out, rg_map_key(names, i));
}

/* Is some triple of a relation that is another one now? Reads all of them. */
static bool find_stale_relation(const rg_stale *stale, rg_unpacker *from, int most)
{
    bool found = false;
    int count = rg_unpack_in(from, 0, most + 1);
    for (int i = 0; i < count && from->ok; i++) {
        rg_str name = rg_unpack_str(from);
        found |= stale && rg_map_find(stale->relations, name) != RG_NONE;
    }
    return found;
}

/* The edges that are kept, if they are sound; else NULL. */
static const rg_edges *unpack_edges(const rg_kept_edges *kept, rg_arena *arena,
                                    const rg_text *text, rg_str bytes)
{
    rg_edges *edges = rg_new(arena, rg_edges, 1);
    rg_unpacker from = rg_unpack_from(bytes);
    rg_str name = rg_unpack_str(&from);
    bool lines = rg_unpack_in(&from, 0, 2);
    bool sound = rg_edges_unpack(edges, arena, text->document->base, &from)
                 && rg_unpack_done(&from);
    if (!sound || (has_statements(edges) && !rg_str_equal(name, text->document->name))
        || !complete(kept, arena, text, edges, lines))
        return NULL;
    return edges;
}

/* The edges and triples that were kept with these words; if not `stale`, the edges hold. */
static void find_edges(rg_kept_text *out, const rg_kept_edges *kept, rg_arena *arena,
                       const rg_text *text, const rg_stale *stale, uint64_t words)
{
    rg_str body =
        rg_analyses_read(kept->files, arena, document_name(kept, RG_KEPT_EDGES, text));
    rg_unpacker from = rg_unpack_from(body);
    uint64_t of_words = rg_unpack_word(&from);
    rg_str edges = rg_unpack_str(&from);
    out->triples = rg_unpack_str(&from);
    if (!rg_unpack_done(&from) || of_words != words) {
        *out = (rg_kept_text){0};
        return;
    }
    out->body = body;
    if (!out->stale)
        out->edges = unpack_edges(kept, arena, text, edges);
    out->stale = stale && !stale->all ? stale : NULL;
}

rg_kept_text rg_kept_edges_find(rg_kept_edges *kept, rg_arena *arena,
                                const rg_text *text, uint64_t known)
{
    rg_kept_text out = {0};
    rg_str body =
        rg_analyses_read(kept->files, arena, document_name(kept, RG_KEPT_WORDS, text));
    rg_unpacker from = rg_unpack_from(body);
    uint64_t set = rg_unpack_word(&from), edges = rg_unpack_word(&from);
    rg_str words = rg_unpack_str(&from);
    if (!from.ok) /* such as where nothing is kept */
        return out;
    const rg_stale *stale = set == kept->set_hash ? NULL : find_set(kept, set);
    bool is_new = find_stale_relation(stale, &from, body.len);
    if (!rg_unpack_done(&from))
        return out;
    is_new = is_new || (stale && rg_extract_is_stale(arena, stale, words));
    out.same = !is_new && edges == known;
    out.stale = is_new ? stale : NULL;
    if (!out.same)
        find_edges(&out, kept, arena, text, stale, words_hash(edges, words));
    return out;
}

const rg_kept_triples *rg_kept_edges_triples(const rg_kept_edges *kept, rg_arena *arena,
                                             const rg_kept_text *known,
                                             const rg_parse *parse)
{
    const rg_kept_triples *out;
    if (!known->stale)
        return NULL;
    const bool *stale = rg_extract_stale_sentences(arena, known->stale, parse);
    rg_unpacker from = rg_unpack_from(known->triples);
    bool ok = rg_extract_unpack_triples(&out, arena, &kept->rules, parse, stale, &from)
              && rg_unpack_done(&from);
    return ok ? out : NULL;
}

/* Tells what the present set is, before any file says that it is made with it. */
static bool tell_set(rg_kept_edges *kept, rg_arena *arena)
{
    pthread_mutex_lock(&kept->lock);
    bool told = kept->told;
    pthread_mutex_unlock(&kept->lock);
    if (!told)
        told = rg_analyses_write(kept->files, arena, set_name(kept, kept->set_hash),
                                 kept->set);
    pthread_mutex_lock(&kept->lock);
    kept->told |= told;
    pthread_mutex_unlock(&kept->lock);
    return told;
}

rg_packed_edges rg_kept_edges_pack(rg_arena *arena, const rg_edges *edges, int base)
{
    rg_buf packed = rg_buf_in(arena);
    rg_edges_pack(&packed, edges, base);
    return (rg_packed_edges){rg_buf_str(&packed),
                             hash_of(rg_buf_str(&packed)) | 1}; /* never 0 */
}

/* What was kept of the text is wrong. */
static void forget(const rg_kept_edges *kept, rg_arena *arena, rg_kept_name words)
{
    rg_analyses_write(kept->files, arena, words, empty());
}

static bool is_limited(const rg_findings *found, const rg_parse *parse)
{
    const rg_triples *triples = found->triples;
    return triples->cut > 0 || triples->capped > 0 || triples->out_of_fuel > 0
           || triples->stop_count > 0 || triples->untold_stops > 0
           || found->entities->cut > 0 || parse->forced_ends > 0;
}

/* The edges and triples; true if they are on file. */
static bool keep_edges(const rg_kept_edges *kept, rg_arena *arena,
                       const rg_findings *found, const rg_parse *parse,
                       const rg_packed_edges *packed, uint64_t words, rg_str before)
{
    const rg_edges *edges = &found->entities->edges;
    rg_buf body = rg_buf_in(arena), outer = rg_buf_in(arena), inner = rg_buf_in(arena);
    rg_pack_str(&outer, parse->text->document->name);
    rg_pack_int(&outer, edges->count > 0 && edges->items[0].line.len > 0);
    rg_buf_put(&outer, packed->bytes);
    rg_extract_pack_triples(&inner, found->triples);
    rg_pack_word(&body, words);
    rg_pack_str(&body, rg_buf_str(&outer));
    rg_pack_str(&body, rg_buf_str(&inner));
    return rg_str_equal(rg_buf_str(&body), before)
           || rg_analyses_write(kept->files, arena,
                                document_name(kept, RG_KEPT_EDGES, parse->text),
                                rg_buf_str(&body));
}

void rg_kept_edges_keep(rg_kept_edges *kept, rg_arena *arena, const rg_findings *found,
                        const rg_parse *parse, const rg_packed_edges *packed,
                        const rg_kept_text *known)
{
    rg_kept_name name = document_name(kept, RG_KEPT_WORDS, parse->text);
    rg_buf first = rg_buf_in(arena), words = rg_buf_in(arena);
    if (is_limited(found, parse) || !tell_set(kept, arena)) {
        forget(kept, arena, name);
        return;
    }
    rg_extract_pack_words(&words, parse);
    if (!keep_edges(kept, arena, found, parse, packed,
                    words_hash(packed->hash, rg_buf_str(&words)), known->body))
        return;
    rg_pack_word(&first, kept->set_hash);
    rg_pack_word(&first, packed->hash);
    rg_pack_str(&first, rg_buf_str(&words));
    pack_relations(&first, arena, &found->entities->edges);
    rg_analyses_write(kept->files, arena, name, rg_buf_str(&first));
}
