/* gexf.c - the graph as GEXF 1.3, for Gephi.
 *
 * Edges from one node to another are kept apart by their `kind`, the relation; programs
 * that know no kind find it as label and attribute, too. No date: the same input gives the
 * same bytes.
 */
#include "output/details.h"
#include "output/network.h"
#include "output/output.h"
#include "output/xml.h"

static const char *const types[] = {
    [RG_DETAIL_IS_TEXT] = "string",
    [RG_DETAIL_IS_NUMBER] = "integer",
    [RG_DETAIL_IS_REAL] = "double",
};

static void put_attribute(rg_xml *xml, const char *name, const char *type)
{
    rg_xml_start(xml, "attribute");
    rg_xml_set(xml, "id", rg_str_of(name));
    rg_xml_set(xml, "title", rg_str_of(name));
    rg_xml_set(xml, "type", rg_str_of(type));
    rg_xml_end(xml);
}

static void put_attributes(rg_xml *xml)
{
    rg_xml_start(xml, "attributes");
    rg_xml_set(xml, "class", RG_STR("node"));
    put_attribute(xml, "type", "string");
    put_attribute(xml, "degree", "integer");
    rg_xml_end(xml);
    rg_xml_start(xml, "attributes");
    rg_xml_set(xml, "class", RG_STR("edge"));
    for (int i = 0; i < RG_DETAIL_COUNT; i++)
        put_attribute(xml, rg_details[i].name, types[rg_details[i].kind]);
    rg_xml_end(xml);
}

/* What is empty is left out. */
static void put_value(rg_xml *xml, const char *name, rg_str value)
{
    if (value.len == 0)
        return;
    rg_xml_start(xml, "attvalue");
    rg_xml_set(xml, "for", rg_str_of(name));
    rg_xml_set(xml, "value", value);
    rg_xml_end(xml);
}

static void put_node(rg_xml *xml, const rg_network *network, int index)
{
    const rg_node *node = &network->graph->nodes[index];
    rg_xml_start(xml, "node");
    rg_xml_set(xml, "id", network->node_ids[index]);
    rg_xml_set(xml, "label", node->label);
    rg_xml_start(xml, "attvalues");
    put_value(xml, "type", node->type);
    put_value(xml, "degree", rg_arena_format(xml->out->arena, "%d", node->degree));
    rg_xml_end(xml);
    rg_xml_end(xml);
}

static void put_edge(rg_xml *xml, const rg_network *network, const rg_tie *tie)
{
    rg_xml_start(xml, "edge");
    rg_xml_set(xml, "id", tie->id);
    rg_xml_set(xml, "source", network->node_ids[tie->from]);
    rg_xml_set(xml, "target", network->node_ids[tie->to]);
    rg_xml_set(xml, "kind", tie->edge->relation);
    rg_xml_set(xml, "label", tie->edge->relation);
    rg_xml_start(xml, "attvalues");
    for (int i = 0; i < RG_DETAIL_COUNT; i++)
        put_value(xml, rg_details[i].name,
                  rg_detail_text(xml->out->arena, tie->edge, i));
    rg_xml_end(xml);
    rg_xml_end(xml);
}

static void put_meta(rg_xml *xml, const rg_graph *graph)
{
    rg_xml_start(xml, "meta");
    rg_xml_start(xml, "creator");
    rg_xml_text(xml, RG_STR("relgraph"));
    rg_xml_end(xml);
    rg_xml_start(xml, "description");
    rg_xml_text(xml, graph->title);
    rg_xml_end(xml);
    rg_xml_end(xml);
}

static void put_content(rg_xml *xml, const rg_network *network)
{
    rg_xml_start(xml, "graph");
    rg_xml_set(xml, "mode", RG_STR("static"));
    rg_xml_set(xml, "defaultedgetype", RG_STR("directed"));
    put_attributes(xml);
    rg_xml_start(xml, "nodes");
    for (int i = 0; i < network->graph->node_count; i++)
        put_node(xml, network, i);
    rg_xml_end(xml);
    rg_xml_start(xml, "edges");
    for (int i = 0; i < network->tie_count; i++)
        put_edge(xml, network, &network->ties[i]);
    rg_xml_end(xml);
    rg_xml_end(xml);
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err; /* only memory can run out */
    rg_network network = rg_network_of(out->arena, graph);
    rg_xml xml = rg_xml_open(out);
    rg_xml_start(&xml, "gexf");
    rg_xml_set(&xml, "xmlns", RG_STR("http://gexf.net/1.3"));
    rg_xml_set(&xml, "version", RG_STR("1.3"));
    put_meta(&xml, graph);
    put_content(&xml, &network);
    rg_xml_end(&xml);
    rg_xml_close(&xml);
    return true;
}

const rg_format rg_format_gexf = {
    .name = "gexf",
    .ending = ".gexf",
    .summary = "the graph for Gephi",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
