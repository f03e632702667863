/* full_edges.h - triples that have all that a triple can have, and a graph of them. */
#ifndef RG_TESTS_FULL_EDGES_H
#define RG_TESTS_FULL_EDGES_H

#include "../style.h"
#include "graph/graph.h"
#include "output/columns.h"

/* "Ann owns 5 % of Acme, the firm, since May." */
static inline rg_edge full_edge(void)
{
    static rg_qualifier qualifiers[] = {
        {{"time", 4}, {"since May", 9}, 132, 141, {"2020-05", 7}},
        {{"amount", 6}, {"5 %", 3}, -1, -1, {"", 0}},
    };
    static rg_further arguments[] = {
        {{"since", 5}, {"since May", 9}, 132, 141},
        {{"", 0}, {"the firm", 8}, -1, -1},
    };
    rg_edge edge = rg_column_defaults();
    edge.subject = RG_STR("Ann");
    edge.subject_type = RG_STR("person");
    edge.relation = RG_STR("owns");
    edge.object = RG_STR("Acme");
    edge.object_type = RG_STR("company");
    edge.source = RG_STR("Bob");
    edge.qualifiers = qualifiers;
    edge.qualifier_count = 2;
    edge.ordered = true;
    edge.arguments = arguments;
    edge.argument_count = 2;
    edge.confidence = 0.85;
    edge.rule = RG_STR("news.owns");
    edge.rule_place = RG_STR("rules/news.yaml:12");
    edge.tense = RG_STR("present");
    edge.aspect = RG_STR("simple");
    edge.style = RG_STR("adverse");
    edge.doc = RG_STR("a.txt");
    edge.sentence = 3;
    edge.start = 100;
    edge.end = 142;
    edge.characters = (rg_span){90, 132};
    edge.subject_text = RG_STR("Ann");
    edge.relation_text = RG_STR("owns");
    edge.object_text = RG_STR("Acme");
    edge.evidence = RG_STR("Ann owns 5 % of Acme, the firm, since May.");
    edge.subject_span = (rg_span){100, 103};
    edge.relation_span = (rg_span){104, 108};
    edge.object_span = (rg_span){116, 120};
    edge.subject_normal = RG_STR("ann");
    edge.object_normal = RG_STR("acme");
    edge.id = RG_STR("0123456789ab");
    edge.object_id = RG_STR("ba9876543210");
    edge.kinds[0] = RG_STR("holds");
    edge.kinds[1] = RG_STR("relates-to");
    edge.kind_count = 2;
    return edge;
}

/* Their graph, with the light theme if none is named. */
static inline const rg_graph *graph_of(rg_arena *in, const rg_edges *edges,
                                       const rg_style *style, const char *theme)
{
    rg_graph_options options = {.style = style, .theme = theme};
    const rg_graph *graph;
    rg_error err = {0};
    if (!rg_graph_build(&graph, in, edges, &options, &err))
        abort();
    return graph;
}

#endif
