/* The graph: what is a node, a link, a line; text for pictures; DOT that no label breaks. */
#include "with_arena.h"

#include "base/utf8.h"
#include "graph/dot.h"
#include "graph/graph.h"
#include "graph/label.h"
#include "graph/reduce.h"
#include "graph/rows.h"
#include "graph/style.h"
#include "output/columns.h"
#include "output/output.h"

#include <graphviz/cgraph.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../style.h"

/* --- making graphs ------------------------------------------------------------------ */

static rg_edge make_edge(const char *subject, const char *relation, const char *object)
{
    rg_edge edge = rg_column_defaults();
    edge.subject = rg_str_of(subject);
    edge.relation = rg_str_of(relation);
    edge.object = rg_str_of(object);
    edge.doc = RG_STR("a.txt");
    return edge;
}

static const rg_graph *build(rg_edge *edges, int count)
{
    const rg_graph *graph;
    rg_error err = {0};
    rg_edges list = {edges, count};
    assert_true(rg_graph_build(&graph, arena, &list,
                               &(rg_graph_options){.style = shipped_style(arena)},
                               &err));
    return graph;
}

static void assert_text(rg_str got, const char *expected)
{
    if (!rg_str_is(got, expected))
        fail_msg("expected '%s', got '%.*s'", expected, RG_PRINT(got));
}

/* --- building ----------------------------------------------------------------------- */

static void nodes_are_told_apart_by_label_and_type(void **state)
{
    (void)state;
    rg_edge edges[] = {make_edge("Amazon", "borders", "Peru"),
                       make_edge("Amazon", "sells", "books"),
                       make_edge("Amazon", "sells", "shoes")};
    edges[0].subject_type = RG_STR("place");
    edges[1].subject_type = edges[2].subject_type = RG_STR("org");
    const rg_graph *graph = build(edges, 3);
    assert_int_equal(graph->node_count, 5);
    assert_int_equal(graph->nodes[0].degree, 1);
    assert_int_equal(graph->nodes[2].degree, 2);
    assert_text(graph->title, "Amazon");
    assert_int_equal(graph->document_count, 1);
}

static void edges_between_two_nodes_are_one_link_with_lines(void **state)
{
    (void)state;
    rg_edge edges[] = {make_edge("A", "owns", "B"), make_edge("A", "sued", "B"),
                       make_edge("A", "owns", "B"), make_edge("B", "owns", "A")};
    const rg_graph *graph = build(edges, 4);
    assert_int_equal(graph->link_count, 2);
    assert_int_equal(graph->relation_count, 3);
    assert_int_equal(graph->links[0].line_count, 2);
    assert_int_equal(graph->links[0].weight, 3);
    assert_int_equal(graph->links[0].lines[0].evidence_count, 2);
    assert_ptr_equal(graph->links[0].lines[0].evidence[1], &edges[2]);
    assert_text(graph->links[0].lines[1].relation, "sued");
}

static void what_is_said_in_another_way_is_another_link(void **state)
{
    (void)state;
    const char *const modalities[] = {"asserted", "possible", "conditional", "reported",
                                      "intended", "obliged",  "denied"};
    rg_edge edges[8];
    for (int i = 0; i < 7; i++) {
        edges[i] = make_edge("A", "owns", "B");
        edges[i].modality = rg_str_of(modalities[i]);
    }
    edges[7] = make_edge("A", "owns", "B");
    edges[7].polarity = RG_STR("negated");
    const rg_graph *graph = build(edges, 8);
    assert_int_equal(graph->link_count, RG_MANNER_COUNT);
    assert_int_equal(graph->links[1].manner, RG_MANNER_POSSIBLE);
    assert_int_equal(graph->links[1].weight, 3);
    assert_int_equal(graph->links[2].manner, RG_MANNER_PLANNED);
    assert_int_equal(graph->links[3].manner, RG_MANNER_DENIED);
    assert_int_equal(graph->links[4].manner, RG_MANNER_NEGATED);
}

static void a_triple_without_object_is_not_drawn(void **state)
{
    (void)state;
    rg_edge edges[] = {make_edge("A", "resigned", "")};
    const rg_graph *graph = build(edges, 1);
    assert_int_equal(graph->node_count, 0);
    assert_int_equal(graph->link_count, 0);
}

static void a_large_graph_is_reduced_to_what_has_most_evidence(void **state)
{
    (void)state;
    rg_edge edges[] = {make_edge("A", "r", "B"), make_edge("C", "r", "D"),
                       make_edge("E", "r", "F"), make_edge("C", "s", "D"),
                       make_edge("E", "r", "F"), make_edge("E", "r", "G")};
    const rg_graph *graph = build(edges, 6);
    const rg_graph *made = rg_reduce(arena, graph, 3);
    assert_int_equal(made->link_count, 3);
    assert_int_equal(made->hidden, 1);
    assert_int_equal(made->node_count, 5);
    assert_int_equal(made->entity_count, 7);
    assert_text(made->nodes[made->links[0].from].label, "C");
    assert_text(made->nodes[made->links[2].to].label, "G");
    assert_ptr_equal(rg_reduce(arena, graph, 4), graph);
}

static void small_components_stand_side_by_side(void **state)
{
    (void)state;
    enum { PAIRS = 12 };
    static char names[2 * PAIRS][16];
    rg_edge edges[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
        snprintf(names[2 * i], sizeof names[0], "s%d", i);
        snprintf(names[2 * i + 1], sizeof names[0], "o%d", i);
        edges[i] = make_edge(names[2 * i], "r", names[2 * i + 1]);
    }
    rg_rows rows = rg_rows_sort(arena, build(edges, PAIRS));
    assert_int_equal(rows.tie_count, PAIRS / 2); /* four columns: two pairs in a row */
    assert_int_equal(rows.ties[0].from, 1);      /* end of the first pair ... */
    assert_int_equal(rows.ties[0].to, 2);        /* ... to the start of the second */
    for (int i = 0; i < 2 * PAIRS; i++)
        assert_int_equal(rows.order[i], i);
}

static void the_highest_component_comes_first(void **state)
{
    (void)state;
    rg_edge edges[] = {make_edge("A", "r", "B"), make_edge("C", "r", "C"),
                       make_edge("D", "r", "E"), make_edge("D", "r", "F"),
                       make_edge("G", "r", "H"), make_edge("H", "r", "G")};
    rg_rows rows = rg_rows_sort(arena, build(edges, 6));
    const int order[] = {3, 4, 5, 0, 1, 6, 7, 2};
    for (int i = 0; i < 8; i++)
        assert_int_equal(rows.order[i], order[i]);
    assert_int_equal(rows.tie_count, 2); /* D A, then G C */
}

static int count_of(rg_str text, const char *part)
{
    int count = 0;
    rg_str wanted = rg_str_of(part);
    for (int at = 0; (at = rg_str_find(text, wanted, at)) >= 0; at++)
        count++;
    return count;
}

static rg_str write_variant(const rg_graph *graph, int variant)
{
    rg_buf out = rg_buf_in(arena);
    rg_dot_put(&out, graph, &(rg_dot_options){.variant = variant});
    return rg_buf_str(&out);
}

static void a_variant_is_what_anybody_would_write(void **state)
{
    (void)state;
    rg_edge edges[] = {make_edge("A", "owns", "B"), make_edge("A", "owns", "B"),
                       make_edge("C", "owns", "D")};
    const rg_graph *graph = build(edges, 3);
    rg_str rows = write_variant(graph, 0);
    assert_int_equal(count_of(rows, "weight=2"), 1);
    assert_int_equal(count_of(rows, "style=invis"), 1);
    rg_str as_is = write_variant(graph, RG_DOT_AS_IS | RG_DOT_DOWN);
    assert_int_equal(count_of(as_is, "weight=2"), 0);
    assert_int_equal(count_of(as_is, "style=invis"), 0);
    assert_int_equal(count_of(as_is, "newrank"), 0);
    assert_int_equal(count_of(as_is, "rankdir=TB"), 1);
    assert_true(rg_str_find(as_is, RG_STR(" n1 ["), 0)
                < rg_str_find(as_is, RG_STR(" n2 ["), 0));
}

/* --- text for pictures -------------------------------------------------------------- */

static rg_str join(rg_lines lines, const char *between)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < lines.count; i++) {
        if (i > 0)
            rg_buf_text(&out, between);
        rg_buf_put(&out, lines.items[i]);
    }
    return rg_buf_str(&out);
}

static void lines_are_balanced_and_do_not_end_on_small_words(void **state)
{
    (void)state;
    const struct {
        const char *text, *lines;
        int width;
    } cases[] = {
        {"NCSC", "NCSC", 16},
        {"U.S. Department of Justice", "U.S.|Department|of Justice", 14},
        {"PLA Engineering Corps", "PLA Engineering|Corps", 16},
        {"requested extradition of", "requested|extradition of", 20},
        {"will remove equipment from", "will remove|equipment from", 20},
        {"Donaudampfschifffahrtsgesellschaft AG",
         "Donaudampfschifffahrtsgesellschaft|AG", 16},
        {"  two   blanks ", "two blanks", 16},
        {"", "\xe2\x80\x94", 16},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(
            join(rg_label_wrap(arena, rg_str_of(cases[i].text), cases[i].width), "|"),
            cases[i].lines);
}

static void long_labels_end_at_a_word_border(void **state)
{
    (void)state;
    rg_str long_text =
        RG_STR("The Joint Committee of the Two Houses on the Future of Telephone "
               "Networks and Their Vendors");
    assert_text(join(rg_label_wrap(arena, long_text, 100), " "),
                "The Joint Committee of the Two Houses on the Future of\xe2\x80\xa6");
}

static void relations_are_read_with_blanks(void **state)
{
    (void)state;
    assert_text(rg_label_relation(arena, RG_STR("judges-risk")), "judges risk");
    assert_text(rg_label_relation(arena, RG_STR("-")), "-");
    assert_text(rg_label_relation(arena, RG_STR("")), "");
}

static void cleaning_cuts_between_characters(void **state)
{
    (void)state;
    assert_text(rg_label_clean(arena, RG_STR("a\xe2\x82\xac"), 3), "a\xe2\x80\xa6");
    assert_text(rg_label_clean(arena, RG_STR("a\xe2\x82\xac"), 4), "a\xe2\x82\xac");
    assert_text(rg_label_clean(arena, RG_STR("a\tb\nc\x1b\xff\xe2\x80\xae"), 99),
                "a b c\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static bool is_kept(uint32_t code)
{
    rg_buf text = rg_buf_in(arena);
    rg_utf8_put(&text, code);
    rg_str clean = rg_label_clean(arena, rg_buf_str(&text), 99);
    return rg_str_equal(clean, rg_buf_str(&text));
}

/* Ranges of controls, of what turns the direction, of separators and noncharacters. */
static void what_changes_how_text_is_read_is_replaced(void **state)
{
    static const uint32_t ranges[][2] = {
        {0x7f, 0x9f},     {0x61c, 0x61c},   {0x200e, 0x200f},   {0x2028, 0x202e},
        {0x2066, 0x2069}, {0xfdd0, 0xfdef}, {0x1fffe, 0x1ffff},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        assert_true(is_kept(ranges[i][0] - 1));
        for (uint32_t code = ranges[i][0]; code <= ranges[i][1]; code++)
            assert_false(is_kept(code));
        assert_true(is_kept(ranges[i][1] + 1));
    }
}

/* --- labels that want to break out -------------------------------------------------- */

enum { MOST_LABELS = 100 };

/* The same kinds as in the literature on injection, and what broke earlier versions. */
static int list_hostile(rg_str labels[MOST_LABELS])
{
    const rg_str listed[] = {
        RG_STR("\""),
        RG_STR("\"\""),
        RG_STR("a\"b"),
        RG_STR("\\"),
        RG_STR("a\\"),
        RG_STR("a\\\""),
        RG_STR("\\\\"),
        RG_STR("\\\\\""),
        RG_STR("\\\n"),
        RG_STR("a\\\nb"),
        RG_STR("cat\\\"]; evil -> pwned [URL=<javascript:alert(1)>]; //"),
        RG_STR("x\"]; evil [label=\"pwned\"]; y [label=\""),
        RG_STR("\\N \\G \\L \\E \\T \\H \\l \\r \\n"),
        RG_STR("a\r\nb"),
        RG_STR("\t\t"),
        RG_STR("<b>bold</b>"),
        RG_STR("<"),
        RG_STR(">"),
        RG_STR("<<>>"),
        RG_STR("a>]; evil; n0 [label=<b"),
        RG_STR("</TD></TR></TABLE>>]; evil"),
        RG_STR("<IMG SRC=\"/etc/passwd\"/>"),
        RG_STR("<script>alert(1)</script>"),
        RG_STR("\" onload=\"alert(1)"),
        RG_STR("javascript:alert(1)"),
        RG_STR("*/ evil /*"),
        RG_STR("// evil"),
        RG_STR("# line 1 \"evil\""),
        RG_STR("#"),
        RG_STR("]]>"),
        RG_STR("<![CDATA[x]]>"),
        RG_STR("<!-- x -->"),
        RG_STR("--"),
        RG_STR("<?xml version=\"1.0\"?>"),
        RG_STR("<?php ?>"),
        RG_STR("&"),
        RG_STR("&amp;"),
        RG_STR("&amp;amp;"),
        RG_STR("&lt;b&gt;"),
        RG_STR("&nbsp;"),
        RG_STR("&#0;"),
        RG_STR("&#1114112;"),
        RG_STR("&#x1b;"),
        RG_STR("&bogus;"),
        RG_STR("&;"),
        RG_STR("a & b"),
        RG_STR("\x1b[31mred"),
        RG_STR("\x07\x08\x0b\x0c"),
        RG_STR("\x7f"),
        RG_STR("a\0b"),
        RG_STR("\xff\xfe"),
        RG_STR("\xc3"),
        RG_STR("\xed\xa0\x80"),
        RG_STR("\xc0\xaf"),
        RG_STR("\xf4\x90\x80\x80"),
        RG_STR("\xef\xbf\xbe \xef\xb7\x90"),
        RG_STR("\xc2\x85 \xc2\x9b"),
        RG_STR("\xe2\x80\xae evil \xe2\x80\xac"),
        RG_STR("\xe2\x81\xa6x\xe2\x81\xa9"),
        RG_STR("\xe2\x80\xa8\xe2\x80\xa9"),
        RG_STR("no\xc2\xa0"
               "break"),
        RG_STR("%"),
        RG_STR("%s%n"),
        RG_STR("%0"),
        RG_STR("node"),
        RG_STR("digraph"),
        RG_STR("subgraph"),
        RG_STR("strict"),
        RG_STR("graph"),
        RG_STR("edge"),
        RG_STR("1"),
        RG_STR("-1.5"),
        RG_STR("1e9"),
        RG_STR("{a|b}"),
        RG_STR("<f0>|<f1>"),
        RG_STR("a:b:c"),
        RG_STR("a -> b; c"),
        RG_STR("[x=y]"),
        RG_STR(";"),
        RG_STR("}"),
        RG_STR("$(id) `id`"),
        RG_STR("'"),
        RG_STR(" "),
        RG_STR(""),
        RG_STR("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac"),
        RG_STR("e\xcc\x81\xcc\x81\xcc\x81"),
        RG_STR("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"),
        RG_STR("\xe4\xb8\xad\xe6\x96\x87"),
        RG_STR("\xef\xbb\xbfx"),
        RG_STR("\xee\x80\x80"),
        RG_STR("soft\xc2\xadhyphen"),
    };
    int count = (int)(sizeof listed / sizeof *listed);
    assert_true(count >= 60 && count <= MOST_LABELS);
    memcpy(labels, listed, sizeof listed);
    return count;
}

/* Labels whose length is the point. */
static rg_str repeat(const char *piece, int count)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < count; i++)
        rg_buf_text(&out, piece);
    return rg_buf_str(&out);
}

static int list_all(rg_str labels[MOST_LABELS])
{
    int count = list_hostile(labels);
    labels[count++] = repeat("x", 16382);
    labels[count++] = repeat("&", 20000);
    labels[count++] = repeat("\"", 20000);
    labels[count++] = repeat("\\", 20001);
    labels[count++] = repeat("<", 20000);
    labels[count++] = repeat("\xe2\x82\xac", 6000);
    labels[count++] = repeat("a ", 10000);
    assert_true(count <= MOST_LABELS);
    return count;
}

/* A star: each label is a node; it is relation, evidence, rule and type at the same time. */
static const rg_graph *build_hostile(const rg_str *labels, int count)
{
    rg_edge *edges = rg_new(arena, rg_edge, count);
    for (int i = 0; i < count; i++) {
        edges[i] = make_edge("hub", "", "");
        edges[i].relation = edges[i].object = edges[i].evidence = labels[i];
        edges[i].rule = edges[i].rule_place = edges[i].doc = labels[i];
        edges[i].object_type = rg_arena_format(arena, "t%d", i); /* one node each */
        if (labels[i].len == 0)
            edges[i].object = RG_STR("\n");
    }
    return build(edges, count);
}

static rg_str write_dot(const rg_graph *graph, rg_layout layout)
{
    rg_buf out = rg_buf_in(arena);
    rg_dot_put(&out, graph, &(rg_dot_options){.layout = layout, .plain = true});
    return rg_buf_str(&out);
}

static Agraph_t *read_dot(rg_str dot)
{
    Agraph_t *graph = agmemread(rg_arena_str(arena, dot).bytes);
    assert_non_null(graph);
    return graph;
}

static rg_str write_again(Agraph_t *graph)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&bytes, &size);
    assert_int_equal(agwrite(graph, memory), 0);
    assert_int_equal(fclose(memory), 0);
    rg_str copy = rg_arena_str(arena, (rg_str){bytes, (int)size});
    free(bytes);
    return copy;
}

/* What a reader of the picture should see: the label in its lines, one blank between. */
static rg_str expected_text(rg_str label)
{
    return join(rg_label_wrap(arena, label, RG_LABEL_SHOWN), " ");
}

static void put_entity(rg_buf *out, rg_str entity)
{
    static const char *const names[][2] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}};
    for (int i = 0; i < 4; i++)
        if (rg_str_starts(entity, rg_str_of(names[i][0]))) {
            rg_buf_text(out, names[i][1]);
            return;
        }
    fail_msg("unknown entity '%.*s'", RG_PRINT(rg_str_cut(entity, 0, 10)));
}

/* The text of an HTML-like label, with a blank for <BR/>. */
static rg_str text_of_html(const char *html)
{
    rg_str all = rg_str_of(html);
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < all.len; i++) {
        rg_str rest = rg_str_cut(all, i, all.len);
        if (rest.bytes[0] == '<') {
            if (rg_str_starts(rest, RG_STR("<BR/>")))
                rg_buf_byte(&out, ' ');
            i += rg_str_find_byte(rest, '>', 0);
        } else if (rest.bytes[0] == '&') {
            put_entity(&out, rest);
            i += rg_str_find_byte(rest, ';', 0);
        } else {
            rg_buf_byte(&out, rest.bytes[0]);
            i += rg_str_starts(rest, RG_STR("\\\\"));
        }
    }
    return rg_buf_str(&out);
}

static void assert_labels(Agraph_t *read, const rg_graph *graph)
{
    for (int i = 0; i < graph->node_count; i++) {
        char name[16], key[] = "label";
        snprintf(name, sizeof name, "n%d", i + 1);
        Agnode_t *node = agnode(read, name, 0);
        assert_non_null(node);
        rg_str expected = expected_text(graph->nodes[i].label);
        rg_str got = text_of_html(agget(node, key));
        if (!rg_str_equal(got, expected))
            fail_msg("label %d: expected '%.*s', got '%.*s'", i, RG_PRINT(expected),
                     RG_PRINT(got));
    }
}

static void dot_survives_every_label(void **state)
{
    (void)state;
    rg_str labels[MOST_LABELS];
    int count = list_all(labels);
    const rg_graph *graph = build_hostile(labels, count);
    Agraph_t *read = read_dot(write_dot(graph, RG_LAYOUT_DOT));
    assert_int_equal(agnnodes(read), count + 1);
    assert_int_equal(agnedges(read), count);
    assert_labels(read, graph);

    rg_str first = write_again(read);
    Agraph_t *again = read_dot(first);
    assert_int_equal(agnnodes(again), count + 1);
    assert_labels(again, graph);
    assert_true(rg_str_equal(write_again(again), first));
    agclose(read);
    agclose(again);
}

static void dot_is_written_again_to_the_same_bytes(void **state)
{
    (void)state;
    enum { COUNT = 300, NODES = 90 };
    rg_edge *edges = rg_new(arena, rg_edge, COUNT);
    unsigned seed = 7;
    for (int i = 0; i < COUNT; i++) {
        seed = seed * 1103515245 + 12345;
        edges[i] = make_edge("", "r", "");
        edges[i].subject = rg_arena_format(arena, "%u", (seed >> 16) % NODES);
        seed = seed * 1103515245 + 12345;
        edges[i].object = rg_arena_format(arena, "%u", (seed >> 16) % NODES);
    }
    Agraph_t *read = read_dot(write_dot(build(edges, COUNT), RG_LAYOUT_DOT));
    rg_str once = write_again(read);
    Agraph_t *again = read_dot(once);
    assert_true(rg_str_equal(write_again(again), once));
    agclose(read);
    agclose(again);
}

static void a_hostile_title_adds_nothing(void **state)
{
    (void)state;
    const rg_style *style = shipped_style(arena);
    rg_str labels[MOST_LABELS];
    int count = list_all(labels);
    for (int i = 0; i < count; i++) {
        rg_edge edge = make_edge("A", "r", "B");
        const rg_graph *graph;
        rg_error err = {0};
        assert_true(rg_graph_build(
            &graph, arena, &(rg_edges){&edge, 1},
            &(rg_graph_options){.title = labels[i], .style = style}, &err));
        Agraph_t *read = read_dot(write_dot(graph, RG_LAYOUT_DOT));
        assert_int_equal(agnnodes(read), 2);
        assert_int_equal(agnedges(read), 1);
        agclose(read);
    }
}

static void layouts_for_large_graphs_survive_every_label(void **state)
{
    (void)state;
    rg_str labels[MOST_LABELS];
    int count = list_all(labels);
    const rg_graph *graph = build_hostile(labels, count);
    Agraph_t *read = read_dot(write_dot(graph, RG_LAYOUT_NEATO));
    assert_int_equal(agnnodes(read), 2 * count + 1); /* labels are nodes there */
    assert_int_equal(agnedges(read), 2 * count);
    agclose(read);
    read = read_dot(write_dot(graph, RG_LAYOUT_SFDP));
    assert_int_equal(agnnodes(read), count + 1);
    agclose(read);
}

/* --- the picture -------------------------------------------------------------------- */

static rg_str draw(const char *format, const rg_graph *graph)
{
    rg_buf out = rg_buf_in(arena);
    rg_error err = {0};
    const rg_format *found = rg_output_find(rg_str_of(format), RG_FROM_GRAPH);
    if (!found->put_graph(&out, graph, &err))
        fail_msg("%s: %s", format, err.text);
    return rg_buf_str(&out);
}

static xmlNode *find_id(xmlNode *from, const char *id)
{
    xmlNode *found = NULL;
    for (xmlNode *node = from; node && !found; node = node->next) {
        xmlChar *own = xmlGetProp(node, (const xmlChar *)"id");
        if (own && strcmp((const char *)own, id) == 0)
            found = node;
        xmlFree(own);
        if (!found)
            found = find_id(node->children, id);
    }
    return found;
}

/* The drawn text of a group: its <text> elements, with a blank between. */
static rg_str drawn_text(const xmlNode *group)
{
    rg_buf out = rg_buf_in(arena);
    for (const xmlNode *node = group->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE
            || !xmlStrEqual(node->name, (const xmlChar *)"text"))
            continue;
        xmlChar *text = xmlNodeGetContent(node);
        if (out.len > 0)
            rg_buf_byte(&out, ' ');
        rg_buf_text(&out, (const char *)text);
        xmlFree(text);
    }
    return rg_buf_str(&out);
}

static void assert_drawn(xmlDoc *doc, const rg_graph *graph)
{
    for (int i = 0; i < graph->node_count; i++) {
        char id[16];
        snprintf(id, sizeof id, "n%d", i + 1);
        xmlNode *group = find_id(xmlDocGetRootElement(doc), id);
        assert_non_null(group);
        rg_str expected = expected_text(graph->nodes[i].label), got = drawn_text(group);
        if (!rg_str_equal(got, expected))
            fail_msg("node %d: expected '%.*s', got '%.*s'", i, RG_PRINT(expected),
                     RG_PRINT(got));
    }
}

static void svg_shows_every_label_as_it_is(void **state)
{
    (void)state;
    rg_str labels[MOST_LABELS];
    int count = list_all(labels);
    for (int from = 0; from < count; from += 20) {
        int some = count - from < 20 ? count - from : 20;
        const rg_graph *graph = build_hostile(labels + from, some);
        rg_str svg = draw("svg", graph);
        xmlDoc *doc = xmlReadMemory(svg.bytes, svg.len, "svg", NULL, XML_PARSE_NONET);
        assert_non_null(doc);
        assert_drawn(doc, graph);
        xmlFreeDoc(doc);
        assert_true(rg_str_find(svg, RG_STR("<script"), 0) < 0);
        assert_true(rg_str_find(svg, RG_STR("href"), 0) < 0);
        assert_true(rg_str_find(svg, RG_STR("transparent"), 0) < 0);
    }
}

static void svg_titles_tell_relation_sentence_and_rule(void **state)
{
    (void)state;
    rg_edge edge = make_edge("NCSC", "judges-risk", "C:\\N & <b>");
    edge.polarity = RG_STR("negated");
    edge.evidence = RG_STR("The \"agency\" \\judged.");
    edge.rule = RG_STR("news.judges-risk");
    edge.rule_place = RG_STR("rules/news.yaml:12");
    rg_str svg = draw("svg", build(&edge, 1));
    assert_true(
        rg_str_find(svg,
                    RG_STR("<title>NCSC \xe2\x80\x94 not judges risk \xe2\x86\x92 "
                           "C:\\N &amp; &lt;b&gt;\nThe \"agency\" \\judged.\n"
                           "news.judges-risk (rules/news.yaml:12)</title>"),
                    0)
        > 0);
    assert_true(rg_str_find(svg, RG_STR(">negated</text>"), 0) > 0);
    assert_true(rg_str_find(svg, RG_STR(">stated</text>"), 0) < 0);
    assert_true(rg_str_find(svg, RG_STR("role=\"img\""), 0) > 0);
}

static void the_same_graph_gives_the_same_bytes(void **state)
{
    (void)state;
    const char *const formats[] = {"dot", "svg", "png", "pdf"};
    rg_edge edges[] = {make_edge("A", "owns", "B"), make_edge("B", "sued", "C")};
    for (int i = 0; i < 4; i++) {
        rg_str first = draw(formats[i], build(edges, 2));
        assert_true(first.len > 100);
        assert_true(rg_str_equal(first, draw(formats[i], build(edges, 2))));
    }
}

static void an_empty_graph_is_a_picture_too(void **state)
{
    (void)state;
    assert_true(rg_str_find(draw("svg", build(NULL, 0)), RG_STR("0 relations"), 0) > 0);
}

static void too_many_links_are_refused_with_a_way_out(void **state)
{
    (void)state;
    enum { COUNT = 5001 };
    rg_edge *edges = rg_new(arena, rg_edge, COUNT);
    for (int i = 0; i < COUNT; i++) {
        edges[i] = make_edge("hub", "r", "");
        edges[i].object = rg_arena_format(arena, "n%d", i);
    }
    rg_buf out = rg_buf_in(arena);
    rg_error err = {0};
    const rg_graph *graph = build(edges, COUNT);
    assert_false(rg_graph_render(&out, graph, RG_PICTURE_SVG, &err));
    assert_int_equal(err.kind, RG_ERROR_LIMIT);
    assert_string_equal(err.text,
                        "5001 connections are more than a picture shows (5000)");
    assert_true(err.hint[0] != '\0');
    assert_true(rg_graph_render(&out, graph, RG_PICTURE_DOT, &(rg_error){0}));
}

static void assert_kind(const rg_style *style, const char *type, const char *kind)
{
    int found = rg_style_find_kind(style, rg_str_of(type));
    assert_string_equal(style->kinds[found].name, kind);
}

static void every_type_has_a_kind(void **state)
{
    (void)state;
    const rg_style *style = shipped_style(arena);
    assert_kind(style, "group", "org");
    assert_kind(style, "facility", "place");
    assert_kind(style, "law", "product");
    assert_kind(style, "event", "other");
    assert_kind(style, "", "other");
}

static void a_class_is_that_of_the_rule_or_of_the_relation(void **state)
{
    (void)state;
    const rg_style *style = shipped_style(arena);
    int adverse = rg_style_find_class(style, RG_STR("adverse"), RG_STR("owns"));
    assert_string_equal(style->classes[adverse].name, "adverse");
    int owns = rg_style_find_class(style, RG_STR(""), RG_STR("owns"));
    assert_string_equal(style->classes[owns].name, "ownership");
    assert_int_equal(rg_style_find_class(style, RG_STR(""), RG_STR("says")), -1);
    assert_int_equal(rg_style_find_class(style, RG_STR("none"), RG_STR("says")), -1);
}

static void a_manner_is_polarity_before_modality(void **state)
{
    (void)state;
    const rg_style *style = shipped_style(arena);
    assert_int_equal(rg_style_find_manner(style, RG_STR("negated"), RG_STR("possible")),
                     RG_MANNER_NEGATED);
    assert_int_equal(rg_style_find_manner(style, RG_STR("affirmed"), RG_STR("obliged")),
                     RG_MANNER_PLANNED);
    assert_int_equal(
        rg_style_find_manner(style, RG_STR("affirmed"), RG_STR("asserted")),
        RG_MANNER_STATED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nodes_are_told_apart_by_label_and_type, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(edges_between_two_nodes_are_one_link_with_lines,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_said_in_another_way_is_another_link,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_triple_without_object_is_not_drawn, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_large_graph_is_reduced_to_what_has_most_evidence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(small_components_stand_side_by_side, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_highest_component_comes_first, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_variant_is_what_anybody_would_write, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            lines_are_balanced_and_do_not_end_on_small_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_labels_end_at_a_word_border, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(relations_are_read_with_blanks, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(cleaning_cuts_between_characters, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_changes_how_text_is_read_is_replaced,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(dot_survives_every_label, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dot_is_written_again_to_the_same_bytes, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_hostile_title_adds_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(layouts_for_large_graphs_survive_every_label,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(svg_shows_every_label_as_it_is, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(svg_titles_tell_relation_sentence_and_rule,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_graph_gives_the_same_bytes, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_empty_graph_is_a_picture_too, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(too_many_links_are_refused_with_a_way_out,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_type_has_a_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_class_is_that_of_the_rule_or_of_the_relation,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_manner_is_polarity_before_modality, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
