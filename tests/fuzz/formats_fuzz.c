/* formats_fuzz.c - whatever labels hold, what is written for other programs can be read. */
#include "fuzz_edges.h"

#include "output/output.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <serd/serd.h>
#include <string.h>

static void read_xml(rg_str made)
{
    xmlDoc *read = xmlReadMemory(made.bytes, made.len, NULL, NULL,
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_HUGE);
    fuzz_check(read != NULL);
    xmlFreeDoc(read);
}

/* Each line is a value. */
static void read_json(rg_str made)
{
    for (int from = 0, to; from < made.len; from = to + 1) {
        to = rg_str_find_byte(made, '\n', from);
        fuzz_check(to >= 0);
        json_t *read = json_loadb(made.bytes + from, (size_t)(to - from),
                                  JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
        fuzz_check(read != NULL);
        json_decref(read);
    }
}

static void read_rdf(rg_str made, SerdSyntax syntax)
{
    fuzz_check(memchr(made.bytes, '\0', (size_t)made.len) == NULL);
    SerdReader *reader = serd_reader_new(syntax, NULL, NULL, NULL, NULL, NULL, NULL);
    serd_reader_set_strict(reader, true);
    fuzz_check(serd_reader_read_string(reader, (const uint8_t *)made.bytes) == 0);
    serd_reader_free(reader);
}

static void read_turtle(rg_str made)
{
    read_rdf(made, SERD_TURTLE);
}

static void read_ntriples(rg_str made)
{
    read_rdf(made, SERD_NTRIPLES);
}

/* A statement a line, with as many quotes as end. */
static void read_lines(rg_str made)
{
    fuzz_check(made.len == 0 || made.bytes[made.len - 1] == '\n');
    for (int i = 0; i < made.len; i++)
        fuzz_check((unsigned char)made.bytes[i] >= ' ' || made.bytes[i] == '\n');
}

static const struct {
    const char *name;
    void (*read)(rg_str made);
} readers[] = {
    {"graphml", read_xml},       {"gexf", read_xml},     {"cytoscape", read_json},
    {"jsonld", read_json},       {"ftm", read_json},     {"turtle", read_turtle},
    {"ntriples", read_ntriples}, {"cypher", read_lines}, {"mermaid", read_lines},
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_arena *arena = rg_arena_new();
    rg_str input = fuzz_input(bytes, size);
    rg_edges edges = make_edges(arena, input);
    rg_graph_options options = {.title = rg_str_cut(input, 0, 100),
                                .style = known_style()};
    const rg_graph *graph;
    rg_error err = {0};
    for (int i = 0; i < edges.count; i++) {
        edges.items[i].id = rg_edge_id(arena, &edges.items[i]);
        edges.items[i].doc = edges.items[i].source = edges.items[i].subject;
    }
    fuzz_check(rg_graph_build(&graph, arena, &edges, &options, &err));
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const rg_format *format =
            rg_output_find(rg_str_of(readers[i].name), RG_FROM_GRAPH);
        rg_buf made = rg_buf_in(arena);
        fuzz_check(format->put_graph(&made, graph, &err));
        readers[i].read(rg_buf_str(&made));
    }
    rg_files files = {.arena = arena};
    rg_output_find(RG_STR("neo4j-csv"), RG_FROM_GRAPH)->put_files(&files, graph);
    fuzz_check(files.count == 2);
    rg_arena_free(arena);
    return 0;
}
