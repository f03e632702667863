/* record.c - what `filter` writes: one line for each record, never a tab within. */
#include "output/json.h"
#include "output/output.h"

/* The id stands as it came, byte for byte. */
static void put_start(rg_buf *out, rg_str id)
{
    rg_buf_text(out, "{\"id\":");
    rg_buf_put(out, id);
}

static void put_end(rg_buf *out, rg_str version)
{
    rg_buf_text(out, ",\"v\":");
    rg_json_put(out, rg_json_string(out->arena, version));
    rg_buf_text(out, "}\n");
}

/* An item of an array, which may have thousands: each is written as soon as it is made. */
static void put_item(rg_buf *out, bool *first, json_t *value)
{
    json_object_del(value, "doc");
    rg_buf_text(out, *first ? "" : ",");
    *first = false;
    rg_json_put(out, value);
}

void rg_output_put_record(rg_buf *out, rg_str id, const rg_edges *edges,
                          const rg_named *named, rg_str version)
{
    bool first = true;
    put_start(out, id);
    rg_buf_text(out, ",\"triples\":[");
    for (int i = 0; i < edges->count; i++)
        put_item(out, &first, rg_json_edge(out->arena, &edges->items[i]));
    rg_buf_text(out, "],\"entities\":[");
    first = true;
    for (int i = 0; i < named->coref->entity_count; i++)
        if (rg_coref_is_shown(&named->coref->entities[i]))
            put_item(out, &first,
                     rg_json_entity(out->arena, named, &named->coref->entities[i]));
    rg_buf_byte(out, ']');
    put_end(out, version);
}

void rg_output_put_failure(rg_buf *out, rg_str id, const char *code, const char *text,
                           rg_str version)
{
    put_start(out, id);
    rg_buf_text(out, ",\"error\":");
    rg_json_put(out, rg_json_string(out->arena,
                                    rg_arena_format(out->arena, "%s: %s", code, text)));
    put_end(out, version);
}
