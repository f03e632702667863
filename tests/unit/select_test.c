/* The part of a graph that is asked for: around an entity, of a type, of documents, the top. */
#include "with_arena.h"

#include "graph/graph.h"
#include "output/columns.h"

#include <string.h>

#include "../style.h"

/* A chain: Ann - Acme - Baltic - Cobalt - Dora - Oslo, and Emil, who is in none of it. */
static const struct {
    const char *subject, *subject_type, *relation, *object, *object_type, *doc;
} told[] = {
    {"Ann", "person", "leads", "Acme", "org", "a.txt"},
    {"Ann", "person", "leads", "Acme", "org", "b.txt"},
    {"Acme", "org", "owns", "Baltic", "org", "a.txt"},
    {"Acme", "org", "sues", "Baltic", "org", "b.txt"},
    {"Baltic", "org", "owns", "Cobalt", "org", "b.txt"},
    {"Cobalt", "org", "sues", "Dora", "person", "c.txt"},
    {"Dora", "person", "lives-in", "Oslo", "place", "c.txt"},
    {"Emil", "person", "visits", "Rome", "", "c.txt"},
};

enum { TOLD = sizeof told / sizeof *told };

static const rg_graph *build_chain(void)
{
    const rg_graph *graph;
    rg_error err = {0};
    rg_edge *edges = rg_new(arena, rg_edge, TOLD);
    for (int i = 0; i < TOLD; i++) {
        edges[i] = rg_column_defaults();
        edges[i].subject = rg_str_of(told[i].subject);
        edges[i].subject_type = rg_str_of(told[i].subject_type);
        edges[i].relation = rg_str_of(told[i].relation);
        edges[i].object = rg_str_of(told[i].object);
        edges[i].object_type = rg_str_of(told[i].object_type);
        edges[i].doc = rg_str_of(told[i].doc);
    }
    rg_edges list = {edges, TOLD};
    assert_true(rg_graph_build(&graph, arena, &list,
                               &(rg_graph_options){.style = shipped_style(arena)},
                               &err));
    return graph;
}

/* "Ann leads 2 Acme, Acme owns 1 sues 1 Baltic": links, their lines, and how often each is
 * told. */
static rg_str describe(const rg_graph *graph)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < graph->link_count; i++) {
        const rg_link *link = &graph->links[i];
        rg_buf_format(&out, "%s%.*s ", i > 0 ? ", " : "",
                      RG_PRINT(graph->nodes[link->from].label));
        for (int j = 0; j < link->line_count; j++)
            rg_buf_format(&out, "%.*s %d ", RG_PRINT(link->lines[j].relation),
                          link->lines[j].evidence_count);
        rg_buf_put(&out, graph->nodes[link->to].label);
    }
    return rg_buf_str(&out);
}

static const rg_graph *choose(rg_selection which)
{
    const rg_graph *made;
    rg_error err = {0};
    if (!rg_graph_select(&made, build_chain(), &which, &err))
        fail_msg("%s", err.text);
    return made;
}

static void assert_left(rg_selection which, const char *expected)
{
    rg_str got = describe(choose(which));
    if (!rg_str_is(got, expected))
        fail_msg("expected '%s', got '%.*s'", expected, RG_PRINT(got));
}

static void assert_refused(rg_selection which, const char *text, const char *hint)
{
    const rg_graph *made;
    rg_error err = {0};
    assert_false(rg_graph_select(&made, build_chain(), &which, &err));
    assert_int_equal(err.kind, RG_ERROR_INPUT);
    assert_string_equal(err.text, text);
    assert_string_equal(err.hint, hint);
}

/* A list of names that the caller wrote in place. */
#define NAMES(...)                                                                     \
    {                                                                                  \
        (const char *const[]){__VA_ARGS__},                                            \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)                \
    }

static void nothing_asked_for_is_the_graph_itself(void **state)
{
    (void)state;
    const rg_graph *graph = build_chain(), *made;
    rg_error err = {0};
    assert_true(rg_graph_select(&made, graph, &(rg_selection){0}, &err));
    assert_ptr_equal(made, graph);
    assert_true(
        rg_graph_select(&made, graph, &(rg_selection){.min_evidence = 1}, &err));
    assert_ptr_equal(made, graph);
    assert_true(rg_graph_select(&made, graph, &(rg_selection){.hops = 3}, &err));
    assert_ptr_equal(made, graph);
}

static void a_focus_has_its_neighbours_on_both_sides(void **state)
{
    (void)state;
    assert_left((rg_selection){.focuses = NAMES("Baltic")},
                "Acme owns 1 sues 1 Baltic, Baltic owns 1 Cobalt");
}

static void hops_go_further_whichever_way_links_point(void **state)
{
    (void)state;
    assert_left((rg_selection){.focuses = NAMES("Oslo"), .hops = 2},
                "Cobalt sues 1 Dora, Dora lives-in 1 Oslo");
    assert_left((rg_selection){.focuses = NAMES("Ann"), .hops = 99},
                "Ann leads 2 Acme, Acme owns 1 sues 1 Baltic, Baltic owns 1 Cobalt, "
                "Cobalt sues 1 Dora, Dora lives-in 1 Oslo");
}

static void several_focuses_are_shown_together(void **state)
{
    (void)state;
    assert_left((rg_selection){.focuses = NAMES("Ann", "Oslo")},
                "Ann leads 2 Acme, Dora lives-in 1 Oslo");
}

static void a_type_is_that_of_either_end(void **state)
{
    (void)state;
    assert_left((rg_selection){.types = NAMES("person")},
                "Ann leads 2 Acme, Cobalt sues 1 Dora, Dora lives-in 1 Oslo, "
                "Emil visits 1 Rome");
}

static void other_relations_of_a_link_go(void **state)
{
    (void)state;
    const rg_graph *made = choose((rg_selection){.relations = NAMES("sues")});
    assert_true(rg_str_is(describe(made), "Acme sues 1 Baltic, Cobalt sues 1 Dora"));
    assert_int_equal(made->links[0].weight, 1);
}

static void only_what_the_documents_say_is_counted(void **state)
{
    (void)state;
    assert_left((rg_selection){.docs = NAMES("b.txt")},
                "Ann leads 1 Acme, Acme sues 1 Baltic, Baltic owns 1 Cobalt");
}

static void evidence_is_that_of_one_relation(void **state)
{
    (void)state;
    assert_left((rg_selection){.min_evidence = 2}, "Ann leads 2 Acme");
}

static void evidence_is_counted_within_the_documents(void **state)
{
    (void)state;
    assert_refused((rg_selection){.min_evidence = 2, .docs = NAMES("b.txt")},
                   "nothing is left to draw", "ask for less at once");
}

static void the_top_has_most_evidence_and_then_the_busiest_ends(void **state)
{
    (void)state;
    assert_left((rg_selection){.top = 1}, "Acme owns 1 sues 1 Baltic");
    assert_left((rg_selection){.top = 2},
                "Ann leads 2 Acme, Acme owns 1 sues 1 Baltic");
    assert_left((rg_selection){.top = 1, .relations = NAMES("lives-in", "visits")},
                "Dora lives-in 1 Oslo");
}

static void a_selection_keeps_only_its_nodes_and_counts_the_whole(void **state)
{
    (void)state;
    const rg_graph *made = choose((rg_selection){.focuses = NAMES("Baltic")});
    assert_int_equal(made->node_count, 3);
    assert_int_equal(made->link_count, 2);
    assert_int_equal(made->hidden, 4);
    assert_int_equal(made->entity_count, 8);
    assert_int_equal(made->relation_count, 7);
    assert_int_equal(made->whole->link_count, 6);
}

static void the_whole_graph_stays_as_it_was(void **state)
{
    (void)state;
    const rg_graph *graph = build_chain(), *made;
    rg_str before = describe(graph);
    rg_error err = {0};
    rg_selection which = {.relations = NAMES("sues"), .docs = NAMES("b.txt")};
    assert_true(rg_graph_select(&made, graph, &which, &err));
    assert_true(rg_str_equal(describe(graph), before));
    assert_int_equal(graph->hidden, 0);
}

static void a_name_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    assert_refused((rg_selection){.focuses = NAMES("Ann", "Baltik")},
                   "there is no entity 'Baltik'", "did you mean 'Baltic'?");
    assert_refused((rg_selection){.types = NAMES("orgs")}, "there is no type 'orgs'",
                   "did you mean 'org'?");
    assert_refused((rg_selection){.relations = NAMES("own")},
                   "there is no relation 'own'", "did you mean 'owns'?");
    assert_refused((rg_selection){.docs = NAMES("a.tx")}, "there is no document 'a.tx'",
                   "did you mean 'a.txt'?");
    assert_refused((rg_selection){.focuses = NAMES("Zoological Society")},
                   "there is no entity 'Zoological Society'",
                   "-f tsv without it prints all triples");
}

static void conditions_that_no_link_meets_are_an_error(void **state)
{
    (void)state;
    assert_refused(
        (rg_selection){.focuses = NAMES("Ann"), .relations = NAMES("lives-in")},
        "nothing is left to draw", "ask for less at once");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asked_for_is_the_graph_itself),
        cmocka_unit_test(a_focus_has_its_neighbours_on_both_sides),
        cmocka_unit_test(hops_go_further_whichever_way_links_point),
        cmocka_unit_test(several_focuses_are_shown_together),
        cmocka_unit_test(a_type_is_that_of_either_end),
        cmocka_unit_test(other_relations_of_a_link_go),
        cmocka_unit_test(only_what_the_documents_say_is_counted),
        cmocka_unit_test(evidence_is_that_of_one_relation),
        cmocka_unit_test(evidence_is_counted_within_the_documents),
        cmocka_unit_test(the_top_has_most_evidence_and_then_the_busiest_ends),
        cmocka_unit_test(a_selection_keeps_only_its_nodes_and_counts_the_whole),
        cmocka_unit_test(the_whole_graph_stays_as_it_was),
        cmocka_unit_test(a_name_that_is_not_there_is_an_error),
        cmocka_unit_test(conditions_that_no_link_meets_are_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
