/* record.c - what `filter` writes: one line for each record, never a tab within. */
#include "output/json.h"
#include "output/output.h"

/* The id stands as it came, byte for byte; what follows is written value by value, so that
 * none is held while the next one is made. */
static void start_line(rg_buf *out, rg_str id)
{
    rg_buf_text(out, "{\"id\":");
    rg_buf_put(out, id);
}

static void end_line(rg_buf *out, rg_str version)
{
    rg_buf_text(out, ",\"v\":");
    rg_json_put(out, rg_json_string(version));
    rg_buf_text(out, "}\n");
}

/* An item of a list, which does not repeat the document. */
static void put_item(rg_buf *out, json_t *item)
{
    json_object_del(item, "doc");
    rg_json_put(out, item);
}

static void put_triples(rg_buf *out, const rg_edges *edges)
{
    rg_buf_text(out, ",\"triples\":[");
    for (int i = 0; i < edges->count; i++) {
        rg_buf_text(out, i > 0 ? "," : "");
        put_item(out, rg_json_edge(&edges->items[i]));
    }
    rg_buf_byte(out, ']');
}

static void put_entities(rg_buf *out, const rg_named *named)
{
    const char *between = "";
    rg_buf_text(out, ",\"entities\":[");
    for (int i = 0; i < named->coref->entity_count; i++) {
        const rg_entity *entity = &named->coref->entities[i];
        if (!rg_coref_is_shown(entity))
            continue;
        rg_buf_text(out, between);
        put_item(out, rg_json_entity(out->arena, named, entity));
        between = ",";
    }
    rg_buf_byte(out, ']');
}

void rg_output_put_record(rg_buf *out, rg_str id, const rg_edges *edges,
                          const rg_named *named, rg_str version)
{
    start_line(out, id);
    put_triples(out, edges);
    put_entities(out, named);
    end_line(out, version);
}

void rg_output_put_failure(rg_buf *out, rg_str id, const char *code, const char *text,
                           rg_str version)
{
    rg_str error = rg_arena_format(out->arena, "%s: %s", code, text);
    start_line(out, id);
    rg_buf_text(out, ",\"error\":");
    rg_json_put(out, rg_json_string(error));
    end_line(out, version);
}
