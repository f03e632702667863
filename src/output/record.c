/* record.c - what `filter` writes: one line for each record, never a tab within. */
#include "output/json.h"
#include "output/output.h"

/* The id stands as it came, byte for byte; the rest is put behind it. */
static void put_line(rg_buf *out, rg_str id, json_t *rest)
{
    rg_buf_text(out, "{\"id\":");
    rg_buf_put(out, id);
    rg_buf_byte(out, ',');
    rg_json_put_inner(out, rest);
    rg_buf_text(out, "}\n");
}

void rg_output_put_record(rg_buf *out, rg_str id, const rg_edges *edges,
                          const rg_named *named, rg_str version)
{
    json_t *triples = json_array(), *entities = json_array();
    for (int i = 0; i < edges->count; i++) {
        json_t *triple = rg_json_edge(out->arena, &edges->items[i]);
        json_object_del(triple, "doc");
        json_array_append_new(triples, triple);
    }
    for (int i = 0; i < named->coref->entity_count; i++) {
        const rg_entity *entity = &named->coref->entities[i];
        if (!rg_coref_is_shown(entity))
            continue;
        json_t *value = rg_json_entity(out->arena, named, entity);
        json_object_del(value, "doc");
        json_array_append_new(entities, value);
    }
    put_line(out, id,
             json_pack("{sososo}", "triples", triples, "entities", entities, "v",
                       rg_json_string(out->arena, version)));
}

void rg_output_put_failure(rg_buf *out, rg_str id, const char *code, const char *text,
                           rg_str version)
{
    rg_str error = rg_arena_format(out->arena, "%s: %s", code, text);
    put_line(out, id,
             json_pack("{soso}", "error", rg_json_string(out->arena, error), "v",
                       rg_json_string(out->arena, version)));
}
