/* entities_fuzz.c - lines of JSON, whatever they hold, give an error with its place or
 * entities that hold together: each mention in one of them, in text order, linked without
 * a circle, its clusters written as JSON with offsets within the text. Needs the model and
 * rules/, as the program does.
 */
#include "fuzz.h"

#include "entities/entities.h"
#include "output/output.h"
#include "run/engine.h"
#include "run/sources.h"

#include <jansson.h>

enum { LONGEST_TEXT = 4000 }; /* bytes: longer ones show nothing new */

/* The rules, and what they need, once for all inputs. */
static rg_engine *open_engine(void)
{
    static rg_engine *engine;
    const rg_options options = {.model = getenv("RELGRAPH_MODEL"), .threads = 1};
    rg_error err = {0};
    if (!engine)
        fuzz_check(rg_engine_new(&engine, &options, &err)
                   && rg_engine_load_rules(engine, &err)
                   && rg_engine_load_model(engine, &err)
                   && rg_engine_open_lang(&engine->workers[0], engine, &err));
    return engine;
}

static void check_entities(const rg_coref *coref)
{
    int seen = 0;
    for (int i = 0; i < coref->entity_count; i++) {
        const rg_entity *e = &coref->entities[i];
        fuzz_check(e->mention_count > 0 && e->label.len > 0);
        for (int j = 0; j < e->mention_count; j++) {
            fuzz_check(j == 0 || e->mentions[j] > e->mentions[j - 1]);
            fuzz_check(coref->mentions[e->mentions[j]].entity == i);
        }
        seen += e->mention_count;
    }
    fuzz_check(seen == coref->mention_count);
}

static void check_mentions(const rg_parse *parse, const rg_coref *coref)
{
    for (int i = 0; i < coref->mention_count; i++) {
        const rg_entity_mention *m = &coref->mentions[i];
        fuzz_check(m->first >= 0 && m->first < m->end && m->end <= parse->token_count);
        fuzz_check(m->first <= m->head && m->head < m->end);
        fuzz_check(coref->of_token[m->head] == i);
        fuzz_check(m->share > 0 && m->share <= 1);
        fuzz_check(m->antecedent == RG_NONE
                   || (m->antecedent != i
                       && coref->mentions[m->antecedent].entity == m->entity));
    }
}

static size_t count_points(rg_str text)
{
    size_t count = 0;
    for (int i = 0; i < text.len; i++)
        count += (text.bytes[i] & 0xc0) != 0x80;
    return count;
}

static void check_clusters(rg_str line, rg_str text)
{
    json_t *record = json_loadb(line.bytes, (size_t)line.len, JSON_ALLOW_NUL, NULL);
    json_t *cluster, *mention;
    size_t i, j;
    fuzz_check(record && json_is_string(json_object_get(record, "id")));
    json_array_foreach(json_object_get(record, "clusters"), i, cluster)
    {
        fuzz_check(json_array_size(cluster) > 1);
        json_array_foreach(cluster, j, mention)
        {
            json_int_t start = json_integer_value(json_array_get(mention, 0));
            json_int_t end = json_integer_value(json_array_get(mention, 1));
            fuzz_check(start >= 0 && start < end && (size_t)end <= count_points(text));
        }
    }
    json_decref(record);
}

static void check_document(rg_engine *engine, rg_arena *arena,
                           const rg_document *document)
{
    const rg_format *format = rg_output_find(RG_STR("jsonl"), RG_FROM_ENTITIES);
    const rg_text *text;
    const rg_parse *parse;
    rg_findings found;
    rg_error err = {0};
    rg_buf out = rg_buf_in(arena);
    fuzz_check(rg_text_read(&text, arena, document, &err)
               && rg_lang_parse(&parse, arena, engine->workers[0].lang, text, &err)
               && rg_entities_find(&found, arena, engine->rules, engine->extractor,
                                   parse, false, &err));
    check_mentions(parse, found.coref);
    check_entities(found.coref);
    format->put_entities(&out, &(rg_named){engine->rules, parse, found.coref});
    check_clusters(rg_buf_str(&out), document->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_engine *engine = open_engine();
    rg_arena *arena = rg_arena_new();
    rg_sources sources = {0};
    rg_error err = {0};
    bool ok =
        rg_sources_add_records(&sources, arena, "fuzz", fuzz_input(bytes, size), &err);
    fuzz_check(ok || (err.kind == RG_ERROR_INPUT && err.line > 0));
    for (int i = 0; i < sources.count; i++)
        if (sources.items[i].document.bytes.len <= LONGEST_TEXT)
            check_document(engine, arena, &sources.items[i].document);
    rg_arena_free(arena);
    return 0;
}
