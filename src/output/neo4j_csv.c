/* neo4j_csv.c - nodes.csv and relationships.csv, as neo4j-admin imports them.
 *
 *     neo4j-admin database import full --multiline-fields=true
 *         --nodes=OUT/nodes.csv --relationships=OUT/relationships.csv
 */
#include "output/csv.h"
#include "output/details.h"
#include "output/neo4j.h"
#include "output/network.h"
#include "output/output.h"

static const char *const types[] = {
    [RG_DETAIL_IS_TEXT] = "",
    [RG_DETAIL_IS_NUMBER] = ":int",
    [RG_DETAIL_IS_REAL] = ":double",
};

static char to_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

void rg_neo4j_put_label(rg_buf *out, rg_str type)
{
    int first = out->len;
    rg_network_put_word(out, type);
    out->bytes[first] = to_upper(out->bytes[first]);
}

void rg_neo4j_put_type(rg_buf *out, rg_str relation)
{
    int first = out->len;
    rg_network_put_word(out, relation);
    for (int i = first; i < out->len; i++)
        out->bytes[i] = to_upper(out->bytes[i]);
}

static void put_node(rg_buf *out, const rg_network *network, int index)
{
    const rg_node *node = &network->graph->nodes[index];
    rg_buf_put(out, network->node_ids[index]);
    rg_buf_byte(out, ',');
    rg_csv_put_field(out, node->label);
    rg_buf_byte(out, ',');
    rg_csv_put_field(out, node->type);
    rg_buf_format(out, ",%d,Entity", node->degree);
    if (node->type.len > 0) {
        rg_buf_byte(out, ';');
        rg_neo4j_put_label(out, node->type);
    }
    rg_buf_byte(out, '\n');
}

static void put_relationship(rg_buf *out, const rg_network *network, const rg_tie *tie)
{
    rg_buf_format(out, "%.*s,%.*s,", RG_PRINT(network->node_ids[tie->from]),
                  RG_PRINT(network->node_ids[tie->to]));
    rg_neo4j_put_type(out, tie->edge->relation);
    rg_buf_byte(out, ',');
    rg_buf_put(out, tie->id);
    for (int i = 0; i < RG_DETAIL_COUNT; i++) {
        rg_buf_byte(out, ',');
        rg_csv_put_field(out, rg_detail_text(out->arena, tie->edge, i));
    }
    rg_buf_byte(out, '\n');
}

static void put_files(rg_files *out, const rg_graph *graph)
{
    rg_network network = rg_network_of(out->arena, graph);
    rg_buf *nodes = rg_files_add(out, RG_STR("nodes.csv"));
    rg_buf_text(nodes, "id:ID,name,type,degree:int,:LABEL\n");
    for (int i = 0; i < graph->node_count; i++)
        put_node(nodes, &network, i);

    rg_buf *relationships = rg_files_add(out, RG_STR("relationships.csv"));
    rg_buf_text(relationships, ":START_ID,:END_ID,:TYPE,id");
    for (int i = 0; i < RG_DETAIL_COUNT; i++)
        rg_buf_format(relationships, ",%s%s", rg_details[i].name,
                      types[rg_details[i].kind]);
    rg_buf_byte(relationships, '\n');
    for (int i = 0; i < network.tie_count; i++)
        put_relationship(relationships, &network, &network.ties[i]);
}

const rg_format rg_format_neo4j_csv = {
    .name = "neo4j-csv",
    .ending = "",
    .summary = "nodes.csv and relationships.csv for neo4j-admin; needs -o FOLDER",
    .from = RG_FROM_GRAPH,
    .put_files = put_files,
};
