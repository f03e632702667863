/* graph_fuzz.c - whatever labels hold, the DOT text is read back to the same graph. */
#include "fuzz_edges.h"

#include "graph/dot.h"

#include <graphviz/cgraph.h>
#include <stdio.h>
#include <string.h>

static char *write_graph(Agraph_t *graph)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&bytes, &size);
    fuzz_check(memory && agwrite(graph, memory) == 0 && fclose(memory) == 0);
    return bytes;
}

static void check_dot(const rg_graph *graph, rg_layout layout)
{
    rg_buf dot = rg_buf_in(graph->arena);
    rg_dot_put(&dot, graph, &(rg_dot_options){.layout = layout, .plain = true});
    fuzz_check(strlen(dot.bytes) == (size_t)dot.len); /* no zero byte ends it early */
    int labels = layout == RG_LAYOUT_NEATO ? graph->link_count : 0;
    Agraph_t *read = agmemread(dot.bytes);
    fuzz_check(read && agnnodes(read) == graph->node_count + labels
               && agnedges(read) == graph->link_count + labels);
    char *once = write_graph(read); /* what -f dot gives */
    Agraph_t *again = agmemread(once);
    char *twice = write_graph(again);
    if (layout == RG_LAYOUT_DOT)
        fuzz_check(strcmp(once, twice) == 0);
    agclose(read);
    agclose(again);
    free(once);
    free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_arena *arena = rg_arena_new();
    rg_str input = fuzz_input(bytes, size);
    rg_edges edges = make_edges(arena, input);
    rg_graph_options options = {.title = rg_str_cut(input, 0, 100),
                                .style = known_style()};
    const rg_graph *graph;
    rg_error err = {0};
    fuzz_check(rg_graph_build(&graph, arena, &edges, &options, &err));
    check_dot(graph, RG_LAYOUT_DOT);
    check_dot(graph, RG_LAYOUT_NEATO);
    rg_arena_free(arena);
    return 0;
}
