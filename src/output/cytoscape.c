/* cytoscape.c - the graph as JSON for Cytoscape and cytoscape.js. */
#include "output/details.h"
#include "output/json.h"
#include "output/network.h"
#include "output/output.h"

#include <stdlib.h>

typedef struct maker {
    rg_arena *arena;
    const rg_network *network;
    int failed;
} maker;

static void set(maker *m, json_t *object, const char *key, json_t *value)
{
    m->failed |= json_object_set_new(object, key, value);
}

static void set_text(maker *m, json_t *object, const char *key, rg_str text)
{
    set(m, object, key, rg_json_string(text));
}

/* A new object at the end of the list, which is its only owner; NULL without memory. */
static json_t *append_data(maker *m, json_t *list)
{
    json_t *data = json_object();
    m->failed |= json_array_append_new(list, json_pack("{so}", "data", data));
    return m->failed ? NULL : data;
}

static void append_node(maker *m, json_t *list, int index)
{
    const rg_node *node = &m->network->graph->nodes[index];
    json_t *data = append_data(m, list);
    set_text(m, data, "id", m->network->node_ids[index]);
    set_text(m, data, "label", node->label);
    set_text(m, data, "name", node->label); /* Cytoscape draws it */
    set_text(m, data, "type", node->type);
    set(m, data, "degree", json_integer(node->degree));
}

static json_t *make_value(const rg_edge *edge, int detail, rg_str text)
{
    switch (rg_details[detail].kind) {
    case RG_DETAIL_IS_NUMBER: return json_integer(strtol(text.bytes, NULL, 10));
    case RG_DETAIL_IS_REAL: return rg_json_hundredths(edge->confidence);
    default: return rg_json_string(text);
    }
}

static void append_edge(maker *m, json_t *list, const rg_tie *tie)
{
    json_t *data = append_data(m, list);
    set_text(m, data, "id", tie->id);
    set_text(m, data, "source", m->network->node_ids[tie->from]);
    set_text(m, data, "target", m->network->node_ids[tie->to]);
    set_text(m, data, "label", tie->edge->relation);
    set_text(m, data, "interaction", tie->edge->relation); /* Cytoscape draws it */
    for (int i = 0; i < RG_DETAIL_COUNT; i++) {
        rg_str text = rg_detail_text(m->arena, tie->edge, i);
        if (text.len > 0)
            set(m, data, rg_details[i].name, make_value(tie->edge, i, text));
    }
}

static json_t *make_all(maker *m)
{
    json_t *nodes = rg_json_own(m->arena, json_array());
    json_t *edges = rg_json_own(m->arena, json_array());
    for (int i = 0; i < m->network->graph->node_count; i++)
        append_node(m, nodes, i);
    for (int i = 0; i < m->network->tie_count; i++)
        append_edge(m, edges, &m->network->ties[i]);
    if (m->failed)
        rg_arena_give_up(m->arena);
    return json_pack("{s{ssso}s{soso}}", "data", "generator", "relgraph", "name",
                     rg_json_string(m->network->graph->title), "elements", "nodes",
                     rg_json_take(m->arena, nodes), "edges",
                     rg_json_take(m->arena, edges));
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err; /* only memory can run out */
    rg_network network = rg_network_of(out->arena, graph);
    maker m = {.arena = out->arena, .network = &network};
    rg_json_put_line(out, make_all(&m));
    return true;
}

const rg_format rg_format_cytoscape = {
    .name = "cytoscape",
    .ending = ".cyjs",
    .summary = "the graph as JSON for Cytoscape and cytoscape.js",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
