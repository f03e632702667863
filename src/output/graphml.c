/* graphml.c - the graph as GraphML: typed attributes, every triple an edge with its id.
 *
 * http://graphml.graphdrawing.org/specification.html; labels are there a second time as
 * yEd, which draws no others, wants them.
 */
#include "output/details.h"
#include "output/network.h"
#include "output/output.h"
#include "output/xml.h"

static const char *const types[] = {
    [RG_DETAIL_IS_TEXT] = "string",
    [RG_DETAIL_IS_NUMBER] = "int",
    [RG_DETAIL_IS_REAL] = "double",
};

/* A prefix keeps the keys of nodes and edges apart. */
static void put_key(rg_xml *xml, const char *of, const char *name, const char *type)
{
    rg_arena *arena = xml->out->arena;
    rg_xml_start(xml, "key");
    rg_xml_set(xml, "id", rg_arena_format(arena, "%s.%s", of, name));
    rg_xml_set(xml, "for", rg_str_of(of));
    rg_xml_set(xml, "attr.name", rg_str_of(name));
    rg_xml_set(xml, "attr.type", rg_str_of(type));
    rg_xml_end(xml);
}

static void put_yed_key(rg_xml *xml, const char *of, const char *type)
{
    rg_xml_start(xml, "key");
    rg_xml_set(xml, "id", rg_arena_format(xml->out->arena, "%s.drawn", of));
    rg_xml_set(xml, "for", rg_str_of(of));
    rg_xml_set(xml, "yfiles.type", rg_str_of(type));
    rg_xml_end(xml);
}

static void put_keys(rg_xml *xml)
{
    put_key(xml, "graph", "title", "string");
    put_key(xml, "node", "label", "string");
    put_key(xml, "node", "type", "string");
    put_key(xml, "node", "degree", "int");
    put_yed_key(xml, "node", "nodegraphics");
    put_key(xml, "edge", "label", "string");
    for (int i = 0; i < RG_DETAIL_COUNT; i++)
        put_key(xml, "edge", rg_details[i].name, types[rg_details[i].kind]);
    put_yed_key(xml, "edge", "edgegraphics");
}

/* What is empty is left out. */
static void put_data(rg_xml *xml, const char *of, const char *name, rg_str value)
{
    if (value.len == 0)
        return;
    rg_xml_start(xml, "data");
    rg_xml_set(xml, "key", rg_arena_format(xml->out->arena, "%s.%s", of, name));
    rg_xml_text(xml, value);
    rg_xml_end(xml);
}

static void put_yed(rg_xml *xml, const char *of, const char *shape, const char *label,
                    rg_str text)
{
    rg_xml_start(xml, "data");
    rg_xml_set(xml, "key", rg_arena_format(xml->out->arena, "%s.drawn", of));
    rg_xml_start(xml, shape);
    rg_xml_start(xml, label);
    rg_xml_text(xml, text);
    rg_xml_end(xml);
    rg_xml_end(xml);
    rg_xml_end(xml);
}

static void put_node(rg_xml *xml, const rg_network *network, int index)
{
    const rg_node *node = &network->graph->nodes[index];
    rg_xml_start(xml, "node");
    rg_xml_set(xml, "id", network->node_ids[index]);
    put_data(xml, "node", "label", node->label);
    put_data(xml, "node", "type", node->type);
    put_data(xml, "node", "degree",
             rg_arena_format(xml->out->arena, "%d", node->degree));
    put_yed(xml, "node", "y:ShapeNode", "y:NodeLabel", node->label);
    rg_xml_end(xml);
}

static void put_edge(rg_xml *xml, const rg_network *network, const rg_tie *tie)
{
    rg_xml_start(xml, "edge");
    rg_xml_set(xml, "id", tie->id);
    rg_xml_set(xml, "source", network->node_ids[tie->from]);
    rg_xml_set(xml, "target", network->node_ids[tie->to]);
    put_data(xml, "edge", "label", tie->edge->relation);
    for (int i = 0; i < RG_DETAIL_COUNT; i++)
        put_data(xml, "edge", rg_details[i].name,
                 rg_detail_text(xml->out->arena, tie->edge, i));
    put_yed(xml, "edge", "y:PolyLineEdge", "y:EdgeLabel", tie->edge->relation);
    rg_xml_end(xml);
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err; /* only memory can run out */
    rg_network network = rg_network_of(out->arena, graph);
    rg_xml xml = rg_xml_open(out);
    rg_xml_start(&xml, "graphml");
    rg_xml_set(&xml, "xmlns", RG_STR("http://graphml.graphdrawing.org/xmlns"));
    rg_xml_set(&xml, "xmlns:y", RG_STR("http://www.yworks.com/xml/graphml"));
    put_keys(&xml);
    rg_xml_start(&xml, "graph");
    rg_xml_set(&xml, "id", RG_STR("relgraph"));
    rg_xml_set(&xml, "edgedefault", RG_STR("directed"));
    put_data(&xml, "graph", "title", graph->title);
    for (int i = 0; i < graph->node_count; i++)
        put_node(&xml, &network, i);
    for (int i = 0; i < network.tie_count; i++)
        put_edge(&xml, &network, &network.ties[i]);
    rg_xml_end(&xml);
    rg_xml_end(&xml);
    rg_xml_close(&xml);
    return true;
}

const rg_format rg_format_graphml = {
    .name = "graphml",
    .ending = ".graphml",
    .summary = "the graph for yEd, Cytoscape, networkx, igraph",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
