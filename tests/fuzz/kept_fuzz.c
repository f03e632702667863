/* kept_fuzz.c - what the cache keeps of a text, with bytes changed: refused, or an analysis,
 * entities and triples that the rules and the formats can work on.
 *
 * The input is a byte that says what of it, then triples of bytes: a place, its higher half
 * first, and what is put there. The analysis's hash is mended, so that the checks behind it
 * are tried. Needs the model and rules/.
 */
#include "fuzz.h"

#include "entities/entities.h"
#include "output/output.h"
#include "run/engine.h"

enum { HEAD = 64, CHECK_AT = 16, MODEL = 7 };

static const char sample[] =
    "Ann Lee, the founder of Acme, left it in 2001. She said that the "
    "company had been sold.\n\nNorsund bought it.";

/* What the text is made of, once for all inputs. */
static struct known {
    rg_engine *engine;
    rg_document document;
    const rg_text *text;
    const rg_parse *parse;
    rg_buf packed, names, triples, edges, set;
    rg_findings found;
    rg_rule_ids rules;
} known;

static void open_triples(rg_arena *arena, rg_findings *found)
{
    const rg_engine *e = known.engine;
    rg_error err = {0};
    known.triples = rg_buf_in(arena);
    known.edges = rg_buf_in(arena);
    known.set = rg_buf_in(arena);
    known.rules = rg_rules_ids(arena, e->rules);
    fuzz_check(rg_entities_relate(found, arena, e->rules, e->extractor, known.parse,
                                  false, &err));
    rg_extract_pack_triples(&known.triples, found->triples);
    rg_edges_pack(&known.edges, &found->entities->edges, 0);
    rg_extract_pack_rules(&known.set, e->extractor);
    known.found = *found;
}

static void open_known(void)
{
    const rg_options options = {.model = getenv("RELGRAPH_MODEL"), .threads = 1};
    rg_error err = {0};
    rg_findings found;
    if (known.engine)
        return;
    fuzz_check(rg_engine_new(&known.engine, &options, &err)
               && rg_engine_load_rules(known.engine, &err)
               && rg_engine_load_model(known.engine, &err)
               && rg_engine_open_lang(&known.engine->workers[0], known.engine, &err));
    rg_engine *e = known.engine;
    rg_arena *arena = e->workers[0].arena;
    known.document = (rg_document){.name = RG_STR("a.txt"), .bytes = RG_STR(sample)};
    known.packed = rg_buf_in(arena);
    known.names = rg_buf_in(arena);
    fuzz_check(
        rg_text_read(&known.text, arena, &known.document, &err)
        && rg_lang_parse(&known.parse, arena, e->workers[0].lang, known.text, &err)
        && rg_entities_name(&found, arena, e->rules, e->extractor, known.parse, &err)
        && rg_parse_pack(&known.packed, known.parse, MODEL));
    rg_extract_pack(&known.names, found.mentions, known.parse);
    rg_coref_pack(&known.names, found.coref, e->rules);
    open_triples(arena, &found);
}

/* A copy with the input's changes, aligned. */
static rg_str changed(rg_arena *arena, const rg_buf *from, const uint8_t *bytes,
                      size_t size)
{
    char *copy =
        (char *)rg_new(arena, uint64_t, (size_t)from->len / sizeof(uint64_t) + 1);
    memcpy(copy, from->bytes, (size_t)from->len);
    for (size_t i = 0; i + 2 < size; i += 3)
        copy[(bytes[i] << 8 | bytes[i + 1]) % from->len] = (char)bytes[i + 2];
    return (rg_str){copy, from->len};
}

static void relate(rg_arena *arena, rg_findings *found, const rg_parse *parse)
{
    rg_error err = {0};
    const rg_engine *e = known.engine;
    fuzz_check(
        rg_entities_relate(found, arena, e->rules, e->extractor, parse, false, &err));
}

static void try_parse(rg_arena *arena, const uint8_t *bytes, size_t size)
{
    rg_str packed = changed(arena, &known.packed, bytes, size);
    rg_str body = rg_str_cut(packed, HEAD, packed.len);
    uint64_t hash = rg_hash_bytes(body.bytes, (size_t)body.len);
    memcpy((char *)(uintptr_t)packed.bytes + CHECK_AT, &hash, sizeof hash);
    const rg_parse *parse;
    rg_findings found;
    rg_error err = {0};
    if (!rg_parse_unpack(&parse, arena, packed, known.text, MODEL))
        return;
    fuzz_check(rg_entities_name(&found, arena, known.engine->rules,
                                known.engine->extractor, parse, &err));
    relate(arena, &found, parse);
}

static void try_names(rg_arena *arena, const uint8_t *bytes, size_t size)
{
    rg_findings found = {0};
    rg_unpacker from = rg_unpack_from(changed(arena, &known.names, bytes, size));
    const rg_engine *e = known.engine;
    if (rg_extract_unpack(&found.mentions, arena, e->extractor, known.parse, &from)
        && rg_coref_unpack(&found.coref, arena, e->rules, known.parse, &from)
        && rg_unpack_done(&from))
        relate(arena, &found, known.parse);
}

static void try_triples(rg_arena *arena, const uint8_t *bytes, size_t size)
{
    rg_findings found = known.found;
    rg_unpacker from = rg_unpack_from(changed(arena, &known.triples, bytes, size));
    bool *stale = rg_new(arena, bool, known.parse->sentence_count + 1);
    stale[0] = size > 1 && bytes[1] % 2;
    if (rg_extract_unpack_triples(&found.kept, arena, &known.rules, known.parse, stale,
                                  &from))
        relate(arena, &found, known.parse);
}

static void try_edges(rg_arena *arena, const uint8_t *bytes, size_t size)
{
    rg_edges edges;
    rg_unpacker from = rg_unpack_from(changed(arena, &known.edges, bytes, size));
    const rg_format *format = rg_output_find(RG_STR("jsonl"), RG_FROM_EDGES);
    rg_buf out = rg_buf_in(arena);
    if (rg_edges_unpack(&edges, arena, 0, &from))
        format->put_edges(&out, &edges);
}

static void try_set(rg_arena *arena, const uint8_t *bytes, size_t size)
{
    rg_stale stale = rg_extract_compare(arena, known.engine->extractor,
                                        changed(arena, &known.set, bytes, size));
    rg_extract_stale_sentences(arena, &stale, known.parse);
    rg_extract_is_stale(arena, &stale, (rg_str){(const char *)bytes, (int)size});
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    open_known();
    rg_arena *arena = rg_arena_new();
    static void (*const tries[])(rg_arena *, const uint8_t *, size_t) = {
        try_names, try_parse, try_triples, try_edges, try_set};
    enum { TRIES = sizeof tries / sizeof *tries };
    if (size > 0)
        tries[bytes[0] % TRIES](arena, bytes + 1, size - 1);
    rg_arena_free(arena);
    return 0;
}
