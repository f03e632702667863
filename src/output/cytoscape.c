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
    set(m, object, key, rg_json_string(m->arena, text));
}

static void append_data(maker *m, json_t *list, json_t *data)
{
    m->failed |= json_array_append_new(list, json_pack("{so}", "data", data));
}

static json_t *make_node(maker *m, int index)
{
    const rg_node *node = &m->network->graph->nodes[index];
    json_t *data = json_object();
    set_text(m, data, "id", m->network->node_ids[index]);
    set_text(m, data, "label", node->label);
    set_text(m, data, "name", node->label); /* Cytoscape draws it */
    set_text(m, data, "type", node->type);
    set(m, data, "degree", json_integer(node->degree));
    return data;
}

static json_t *make_value(maker *m, const rg_edge *edge, int detail, rg_str text)
{
    switch (rg_details[detail].kind) {
    case RG_DETAIL_IS_NUMBER: return json_integer(strtol(text.bytes, NULL, 10));
    case RG_DETAIL_IS_REAL: return rg_json_hundredths(m->arena, edge->confidence);
    default: return rg_json_string(m->arena, text);
    }
}

static json_t *make_edge(maker *m, const rg_tie *tie)
{
    json_t *data = json_object();
    set_text(m, data, "id", tie->id);
    set_text(m, data, "source", m->network->node_ids[tie->from]);
    set_text(m, data, "target", m->network->node_ids[tie->to]);
    set_text(m, data, "label", tie->edge->relation);
    set_text(m, data, "interaction", tie->edge->relation); /* Cytoscape draws it */
    for (int i = 0; i < RG_DETAIL_COUNT; i++) {
        rg_str text = rg_detail_text(m->arena, tie->edge, i);
        if (text.len > 0)
            set(m, data, rg_details[i].name, make_value(m, tie->edge, i, text));
    }
    return data;
}

static json_t *make_all(maker *m)
{
    json_t *nodes = json_array(), *edges = json_array();
    for (int i = 0; i < m->network->graph->node_count; i++)
        append_data(m, nodes, make_node(m, i));
    for (int i = 0; i < m->network->tie_count; i++)
        append_data(m, edges, make_edge(m, &m->network->ties[i]));
    return json_pack("{s{ssso}s{soso}}", "data", "generator", "relgraph", "name",
                     rg_json_string(m->arena, m->network->graph->title), "elements",
                     "nodes", nodes, "edges", edges);
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err; /* only memory can run out */
    rg_network network = rg_network_of(out->arena, graph);
    maker m = {.arena = out->arena, .network = &network};
    json_t *made = make_all(&m);
    if (m.failed)
        rg_arena_give_up(out->arena);
    rg_json_put_line(out, made);
    return true;
}

const rg_format rg_format_cytoscape = {
    .name = "cytoscape",
    .ending = ".cyjs",
    .summary = "the graph as JSON for Cytoscape and cytoscape.js",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
