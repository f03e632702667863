/* cypher.c - the graph as Cypher statements, for Neo4j and Memgraph; one a line.
 *
 * MERGE on ids: what is run twice is there once. Names of labels and types are made of
 * letters, digits and `_`, so that no text of the input stands outside of a string.
 */
#include "output/details.h"
#include "output/neo4j.h"
#include "output/network.h"
#include "output/output.h"

#include "base/utf8.h"

/* Old versions read \uXXXX before all else, even behind another backslash: a `u` behind one
 * begins a string of its own. */
static void put_code(rg_buf *out, rg_str text, int after, uint32_t code)
{
    switch (code) {
    case '\\':
        rg_buf_text(out, "\\\\");
        if (after < text.len && (text.bytes[after] == 'u' || text.bytes[after] == 'U'))
            rg_buf_text(out, "' + '");
        break;
    case '\'': rg_buf_text(out, "\\'"); break;
    case '\n': rg_buf_text(out, "\\n"); break;
    case '\r': rg_buf_text(out, "\\r"); break;
    case '\t': rg_buf_text(out, "\\t"); break;
    default:
        if (code < 0x20 || code == 0x7f)
            rg_buf_format(out, "\\u%04x", (unsigned)code);
        else
            rg_utf8_put(out, code);
    }
}

static void put_string(rg_buf *out, rg_str text)
{
    rg_buf_byte(out, '\'');
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        at += step.len;
        put_code(out, text, at, step.code);
    }
    rg_buf_byte(out, '\'');
}

static void put_node(rg_buf *out, const rg_network *network, int index)
{
    const rg_node *node = &network->graph->nodes[index];
    rg_buf_format(out, "MERGE (n:Entity {id: '%.*s'}) SET n.name = ",
                  RG_PRINT(network->node_ids[index]));
    put_string(out, node->label);
    rg_buf_text(out, ", n.type = ");
    put_string(out, node->type);
    rg_buf_format(out, ", n.degree = %d", node->degree);
    if (node->type.len > 0) {
        rg_buf_text(out, ", n:");
        rg_neo4j_put_label(out, node->type);
    }
    rg_buf_text(out, ";\n");
}

static void put_details(rg_buf *out, const rg_edge *edge)
{
    const char *before = "";
    for (int i = 0; i < RG_DETAIL_COUNT; i++) {
        rg_str text = rg_detail_text(out->arena, edge, i);
        if (text.len == 0)
            continue;
        rg_buf_format(out, "%sr.`%s` = ", before, rg_details[i].name);
        if (rg_details[i].kind == RG_DETAIL_IS_TEXT)
            put_string(out, text);
        else
            rg_buf_put(out, text);
        before = ", ";
    }
}

static void put_relationship(rg_buf *out, const rg_network *network, const rg_tie *tie)
{
    rg_buf_format(out,
                  "MATCH (a:Entity {id: '%.*s'}), (b:Entity {id: '%.*s'}) "
                  "MERGE (a)-[r:",
                  RG_PRINT(network->node_ids[tie->from]),
                  RG_PRINT(network->node_ids[tie->to]));
    rg_neo4j_put_type(out, tie->edge->relation);
    rg_buf_format(out, " {id: '%.*s'}]->(b) SET ", RG_PRINT(tie->id));
    put_details(out, tie->edge);
    rg_buf_text(out, ";\n");
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err; /* only memory can run out */
    rg_network network = rg_network_of(out->arena, graph);
    for (int i = 0; i < graph->node_count; i++)
        put_node(out, &network, i);
    for (int i = 0; i < network.tie_count; i++)
        put_relationship(out, &network, &network.ties[i]);
    return true;
}

const rg_format rg_format_cypher = {
    .name = "cypher",
    .ending = ".cypher",
    .summary = "the graph as a script for Neo4j and Memgraph",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
