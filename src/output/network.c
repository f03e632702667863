#include "output/network.h"

#include "base/map.h"

#include <inttypes.h>

/* The id itself, or with a number behind it if it is taken. */
static rg_str make_unique(rg_arena *arena, rg_map *taken, rg_str id)
{
    rg_str unique = id;
    for (int i = 2; rg_map_find(taken, unique) >= 0; i++)
        unique = rg_arena_format(arena, "%.*s-%d", RG_PRINT(id), i);
    rg_map_put(taken, unique);
    return unique;
}

static rg_str make_node_id(rg_arena *arena, const rg_node *node)
{
    rg_str key = rg_arena_format(arena, "%d %.*s%.*s", node->type.len,
                                 RG_PRINT(node->type), RG_PRINT(node->label));
    return rg_arena_format(arena, "n%016" PRIx64, rg_str_hash(key));
}

static void name_nodes(rg_network *made, rg_arena *arena)
{
    const rg_graph *graph = made->graph;
    rg_map *taken = rg_map_new(arena);
    made->node_ids = rg_new(arena, rg_str, graph->node_count + 1);
    for (int i = 0; i < graph->node_count; i++)
        made->node_ids[i] =
            make_unique(arena, taken, make_node_id(arena, &graph->nodes[i]));
}

/* The link of each triple; NULL for those that are none of the graph. */
static const rg_link **find_links(rg_arena *arena, const rg_graph *graph)
{
    const rg_link **link_of = rg_new(arena, const rg_link *, graph->edges.count + 1);
    for (int i = 0; i < graph->link_count; i++)
        for (int j = 0; j < graph->links[i].line_count; j++) {
            const rg_line *line = &graph->links[i].lines[j];
            for (int k = 0; k < line->evidence_count; k++)
                link_of[line->evidence[k] - graph->edges.items] = &graph->links[i];
        }
    return link_of;
}

rg_network rg_network_of(rg_arena *arena, const rg_graph *graph)
{
    rg_network made = {.graph = graph};
    const rg_link **link_of = find_links(arena, graph);
    rg_map *taken = rg_map_new(arena);
    name_nodes(&made, arena);
    made.ties = rg_new(arena, rg_tie, graph->edges.count + 1);
    for (int i = 0; i < graph->edges.count; i++) {
        const rg_edge *edge = &graph->edges.items[i];
        if (link_of[i])
            made.ties[made.tie_count++] = (rg_tie){
                .edge = edge,
                .from = link_of[i]->from,
                .to = link_of[i]->to,
                .id = make_unique(arena, taken,
                                  rg_arena_format(arena, "t%.*s", RG_PRINT(edge->id)))};
    }
    return made;
}

void rg_network_put_word(rg_buf *out, rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool is_digit = byte >= '0' && byte <= '9';
        if (is_digit && i == 0)
            rg_buf_byte(out, '_');
        rg_buf_byte(out, is_letter || is_digit ? byte : '_');
    }
    if (text.len == 0)
        rg_buf_byte(out, '_');
}
