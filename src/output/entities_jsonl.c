/* entities_jsonl.c - who is who as JSON lines: one entity a line; of documents that came as
 * JSON lines one document a line, {"id", "clusters"}, with offsets in code points. */
#include "base/utf8.h"
#include "output/json.h"
#include "output/output.h"

/* What a mention's value needs of an arena. */
typedef struct wording {
    rg_str text, evidence;
} wording;

static wording *find_wordings(rg_arena *arena, const rg_named *named,
                              const rg_entity *entity)
{
    wording *found = rg_new(arena, wording, entity->mention_count + 1);
    for (int i = 0; i < entity->mention_count; i++) {
        const rg_entity_mention *m = &named->coref->mentions[entity->mentions[i]];
        found[i] = (wording){rg_coref_text(arena, named->parse, m),
                             rg_coref_evidence(arena, named, m)};
    }
    return found;
}

static json_t *make_mention(const rg_named *named, const rg_entity_mention *m,
                            const wording *said)
{
    return json_pack(
        "{sisisosssososf}", "start", rg_parse_start(named->parse, m->first), "end",
        rg_parse_end(named->parse, m->end - 1), "text", rg_json_string(said->text),
        "kind", rg_coref_kind_name(m->kind), "pass", rg_json_string(m->pass),
        "evidence", rg_json_string(said->evidence), "share",
        (double)(int)(m->share * 100 + 0.5) / 100);
}

json_t *rg_json_entity(rg_arena *arena, const rg_named *named, const rg_entity *entity)
{
    const wording *said = find_wordings(arena, named, entity);
    json_t *mentions = json_array();
    for (int i = 0; i < entity->mention_count; i++)
        json_array_append_new(
            mentions, make_mention(named, &named->coref->mentions[entity->mentions[i]],
                                   &said[i]));
    rg_str type = rg_coref_type_name(named->rules, entity);
    return json_pack("{sosososo}", "entity", rg_json_string(entity->label), "type",
                     rg_json_string(type), "doc",
                     rg_json_string(named->parse->text->document->name), "mentions",
                     mentions);
}

/* ---- Documents from JSON lines ------------------------------------------------------ */

static json_t *make_cluster(rg_utf8_cursor *at, const rg_named *named,
                            const rg_entity *entity)
{
    rg_str text = named->parse->text->document->bytes;
    json_t *cluster = json_array();
    for (int i = 0; i < entity->mention_count; i++) {
        const rg_entity_mention *m = &named->coref->mentions[entity->mentions[i]];
        int start = rg_utf8_count_to(at, text, rg_parse_start(named->parse, m->first));
        int end = rg_utf8_count_to(at, text, rg_parse_end(named->parse, m->end - 1));
        json_array_append_new(cluster, json_pack("[ii]", start, end));
    }
    return cluster;
}

static void put_clusters(rg_buf *out, const rg_named *named)
{
    const rg_document *document = named->parse->text->document;
    rg_utf8_cursor at = {0, 0};
    json_t *clusters = json_array();
    for (int i = 0; i < named->coref->entity_count; i++)
        if (named->coref->entities[i].mention_count > 1)
            json_array_append_new(clusters,
                                  make_cluster(&at, named, &named->coref->entities[i]));
    rg_json_put_line(out, json_pack("{soso}", "id", rg_json_string(document->name),
                                    "clusters", clusters));
}

static void put_entities(rg_buf *out, const rg_named *named)
{
    if (named->parse->text->document->is_record) {
        put_clusters(out, named);
        return;
    }
    for (int i = 0; i < named->coref->entity_count; i++)
        if (rg_coref_is_shown(&named->coref->entities[i]))
            rg_json_put_line(
                out, rg_json_entity(out->arena, named, &named->coref->entities[i]));
}

const rg_format rg_format_entities_jsonl = {
    .name = "jsonl",
    .ending = ".jsonl",
    .summary = "entities, one a line, as JSON",
    .from = RG_FROM_ENTITIES,
    .put_entities = put_entities,
};
