/* What each writer makes of all that a triple can have, of what it lacks, and of every kind
 * of character. That programs can read it is shown by tests/formats/. */
#include "full_edges.h"
#include "output/marks.h"
#include "output/network.h"
#include "output/output.h"
#include "with_arena.h"

#include "base/utf8.h"

#include <string.h>

static rg_str write_graph(const char *format, const rg_edges *edges)
{
    static const rg_style *style;
    if (!style)
        style = shipped_style(arena);
    const rg_graph *graph = graph_of(arena, edges, style, NULL);
    rg_buf out = rg_buf_in(arena);
    rg_error err = {0};
    assert_true(
        rg_output_find(rg_str_of(format), RG_FROM_GRAPH)->put_graph(&out, graph, &err));
    return rg_buf_str(&out);
}

static rg_str write_one(const char *format, rg_edge edge)
{
    return write_graph(format, &(rg_edges){&edge, 1});
}

static rg_str write_edges(const char *format, const rg_edges *edges)
{
    rg_buf out = rg_buf_in(arena);
    rg_output_find(rg_str_of(format), RG_FROM_EDGES)->put_edges(&out, edges);
    return rg_buf_str(&out);
}

static void assert_has(rg_str text, const char *piece)
{
    if (rg_str_find(text, rg_str_of(piece), 0) < 0)
        fail_msg("'%s' is not in:\n%.*s", piece, RG_PRINT(text));
}

static void assert_lacks(rg_str text, const char *piece)
{
    if (rg_str_find(text, rg_str_of(piece), 0) >= 0)
        fail_msg("'%s' is in:\n%.*s", piece, RG_PRINT(text));
}

static void assert_text(rg_str got, const char *expected)
{
    if (!rg_str_is(got, expected))
        fail_msg("expected '%s', got '%.*s'", expected, RG_PRINT(got));
}

/* A triple of which as little is known as can be. */
static rg_edge bare_edge(void)
{
    rg_edge edge = rg_column_defaults();
    edge.subject = RG_STR("Ann");
    edge.relation = RG_STR("owns");
    edge.object = RG_STR("Acme");
    return edge;
}

/* ---- All that there can be, and nothing ------------------------------------------------- */

static void every_field_is_told(void **state)
{
    (void)state;
    const struct {
        const char *format, *piece;
    } cases[] = {
        {"turtle", "oa:hasSelector <urn:relgraph:triple:0123456789ab:quote> ,\n"
                   "\t\t<urn:relgraph:triple:0123456789ab:characters> ,\n"
                   "\t\t<urn:relgraph:triple:0123456789ab:bytes> ."},
        {"turtle", "a oa:TextPositionSelector ;\n\toa:start 90 ;\n\toa:end 132 ."},
        {"turtle", "a oa:DataPositionSelector ;\n\toa:start 100 ;\n\toa:end 142 ."},
        {"turtle", "term:is relation:holds ,\n\t\trelation:relates-to ;"},
        {"turtle", "term:object_triple triple:ba9876543210 ;"},
        {"turtle",
         "a term:Qualifier ;\n\tterm:key \"time\" ;\n\trdf:value \"since May\" ;\n"
         "\toa:start 132 ;\n\toa:end 141 ;\n\tterm:normal \"2020-05\" ."},
        {"turtle",
         "a term:Qualifier ;\n\tterm:key \"amount\" ;\n\trdf:value \"5 %\" ."},
        {"turtle", "a term:Argument ;\n\tterm:lead \"since\" ;"},
        {"turtle", "term:subject_start 100 ;"},
        {"jsonld", "\"term:is\":[{\"@id\":\"relation:holds\"},"
                   "{\"@id\":\"relation:relates-to\"}]"},
        {"cypher", "r.`is` = 'holds; relates-to', r.`object_id` = 'ba9876543210';"},
        {"cypher", "r.`qualifiers` = 'time=since May; amount=5 %', "},
        {"cypher", "r.`sentence` = 3, r.`start` = 100, r.`end` = 142, "},
        {"cytoscape", "\"sentence\":3,\"start\":100,\"end\":142,"},
        {"cytoscape", "\"tense\":\"present\",\"aspect\":\"simple\","},
        {"ftm", "\"proof\":[\"de0afe44daa1b0d70\"],\"publisher\":[\"Bob\"]"},
        {"ftm", "\"schema\":\"Document\",\"properties\":{\"fileName\":[\"a.txt\"]}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_has(write_one(cases[i].format, full_edge()), cases[i].piece);
}

static void what_is_not_known_is_left_out(void **state)
{
    (void)state;
    const struct {
        const char *format, *piece;
    } cases[] = {
        {"turtle", "oa:"},
        {"turtle", "prov:was"},
        {"turtle", "term:qualifier"},
        {"turtle", "type:"},
        {"cypher", "`start`"},
        {"cypher", "`sentence`"},
        {"cytoscape", "\"sentence\""},
        {"cytoscape", "\"doc\""},
        {"ftm", "\"proof\""},
        {"ftm", "Document"},
        {"ftm", "\"keywords\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_str made = write_one(cases[i].format, bare_edge());
        if (strcmp(cases[i].format, "turtle") == 0) /* its prefixes name all */
            made = rg_str_cut(made, rg_str_find(made, RG_STR("\n\n"), 0), made.len);
        assert_has(made, "Acme");
        assert_lacks(made, cases[i].piece);
    }
}

/* A document whose text is not kept is one still. */
static void evidence_without_a_text_has_its_place(void **state)
{
    (void)state;
    rg_edge edge = full_edge();
    edge.evidence = RG_STR("");
    edge.characters = (rg_span){-1, -1};
    rg_str made = write_one("turtle", edge);
    assert_has(made, "oa:hasSelector <urn:relgraph:triple:0123456789ab:bytes> .");
    assert_lacks(made, "TextQuoteSelector");
    assert_lacks(made, "TextPositionSelector");
}

static void a_plain_statement_is_told_once_and_only_if_asserted(void **state)
{
    (void)state;
    rg_edge edges[] = {bare_edge(), bare_edge(), bare_edge()};
    edges[0].id = RG_STR("1");
    edges[1].id = RG_STR("2");
    edges[2].id = RG_STR("3");
    const char *plain = "<urn:relgraph:entity::Ann> <urn:relgraph:relation:owns> "
                        "<urn:relgraph:entity::Acme> .\n";
    rg_str made = write_graph("ntriples", &(rg_edges){edges, 3});
    int at = rg_str_find(made, rg_str_of(plain), 0);
    assert_true(at >= 0);
    assert_int_equal(rg_str_find(made, rg_str_of(plain), at + 1), -1);
    rg_edge denied = bare_edge(), negated = bare_edge();
    denied.modality = RG_STR("denied");
    negated.polarity = RG_STR("negated");
    assert_lacks(write_one("ntriples", denied), plain);
    assert_lacks(write_one("ntriples", negated), plain);
}

static void ids_that_are_taken_get_a_number(void **state)
{
    (void)state;
    rg_edge edges[] = {full_edge(), full_edge(), full_edge()};
    rg_str made = write_graph("cypher", &(rg_edges){edges, 3});
    assert_has(made, "{id: 't0123456789ab'}");
    assert_has(made, "{id: 't0123456789ab-2'}");
    assert_has(made, "{id: 't0123456789ab-3'}");
}

/* ---- Characters ------------------------------------------------------------------------- */

/* 'a', the character, 'b'. */
static rg_str around(uint32_t code)
{
    rg_buf text = rg_buf_in(arena);
    rg_buf_byte(&text, 'a');
    rg_utf8_put(&text, code);
    rg_buf_byte(&text, 'b');
    return rg_buf_str(&text);
}

/* What stands for the character, in what is behind this in the file. */
static rg_str written(const char *format, const char *behind, uint32_t code)
{
    rg_edge edge = bare_edge();
    edge.evidence = edge.object = around(code);
    rg_str made = write_one(format, edge);
    int at = rg_str_find(made, rg_str_of(behind), 0) + (int)strlen(behind);
    assert_int_equal(made.bytes[at], 'a');
    return rg_str_cut(made, at + 1, rg_str_find_byte(made, 'b', at));
}

/* NULL: as it is. */
static void assert_written(const char *format, const char *behind, uint32_t code,
                           const char *expected)
{
    rg_buf same = rg_buf_in(arena);
    rg_utf8_put(&same, code);
    rg_str got = written(format, behind, code);
    rg_str wanted = expected ? rg_str_of(expected) : rg_buf_str(&same);
    if (!rg_str_equal(got, wanted))
        fail_msg("U+%04X in %s: expected '%.*s', got '%.*s'", code, format,
                 RG_PRINT(wanted), RG_PRINT(got));
}

#define NONE "\xef\xbf\xbd"

/* At both sides of each bound. */
static void mermaid_has_entity_codes_for_what_could_be_read_as_syntax(void **state)
{
    (void)state;
    const struct {
        uint32_t code;
        const char *expected;
    } cases[] = {
        {'\t', " "},         {'\n', " "},         {'\r', " "},
        {1, NONE},           {0x1f, NONE},        {' ', NULL},
        {'"', "#34;"},       {'#', "#35;"},       {'\'', NULL},
        {'(', NULL},         {')', NULL},         {'*', "#42;"},
        {',', NULL},         {'-', NULL},         {'.', "#46;"},
        {'/', NULL},         {'0', NULL},         {'9', NULL},
        {':', "#58;"},       {'@', "#64;"},       {'A', NULL},
        {'Z', NULL},         {'[', "#91;"},       {'`', "#96;"},
        {'z', NULL},         {'{', "#123;"},      {'~', "#126;"},
        {0x7f, NONE},        {0x9f, NONE},        {0xa0, NULL},
        {0x1fff, NULL},      {0x2000, "#8192;"},  {0x200f, "#8207;"},
        {0x2010, NULL},      {0x2027, NULL},      {0x2028, "#8232;"},
        {0x202f, "#8239;"},  {0x2030, NULL},      {0x205e, NULL},
        {0x205f, "#8287;"},  {0x206f, "#8303;"},  {0x2070, NULL},
        {0xd7ff, NULL},      {0xe000, NULL},      {0xfdcf, NULL},
        {0xfdd0, "#64976;"}, {0xfdef, "#65007;"}, {0xfdf0, NULL},
        {0xfffd, NULL},      {0xfffe, NONE},      {0xffff, NONE},
        {0x10000, NULL},     {0x10fffd, NULL},    {0x10ffff, NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_written("mermaid", "n2[\"", cases[i].code, cases[i].expected);
}

static void cypher_escapes_in_strings(void **state)
{
    (void)state;
    const struct {
        uint32_t code;
        const char *expected;
    } cases[] = {
        {'\n', "\\n"},  {'\r', "\\r"},    {'\t', "\\t"},     {'\'', "\\'"},
        {'\\', "\\\\"}, {1, "\\u0001"},   {0x1f, "\\u001f"}, {0x7f, "\\u007f"},
        {0x80, NULL},   {0x10ffff, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_written("cypher", "`evidence` = '", cases[i].code, cases[i].expected);
    rg_edge edge = bare_edge();
    edge.evidence = RG_STR("\\U\\u\\v\\");
    assert_has(write_one("cypher", edge), "'\\\\' + 'U\\\\' + 'u\\\\v\\\\'");
}

static void xml_has_no_character_that_it_forbids(void **state)
{
    (void)state;
    const struct {
        uint32_t code;
        const char *expected;
    } cases[] = {
        {'\t', NULL},    {'\n', NULL},   {'\r', "&#13;"}, {1, NONE},
        {0x1f, NONE},    {'<', "&lt;"},  {'&', "&amp;"},  {0x7f, NULL},
        {0xfffd, NULL},  {0xfffe, NONE}, {0xffff, NONE},  {0x10000, NULL},
        {0x1fffe, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_written("graphml", "\"edge.evidence\">", cases[i].code,
                       cases[i].expected);
}

static void rdf_has_no_zero_byte(void **state)
{
    (void)state;
    rg_edge edge = full_edge();
    edge.evidence = (rg_str){"a\0b\0", 4};
    assert_has(write_one("turtle", edge), "oa:exact \"a" NONE "b" NONE "\"");
}

static void relations_become_words_of_letters(void **state)
{
    (void)state;
    const struct {
        const char *text, *word;
    } cases[] = {
        {"", "_"},          {"5-star", "_5_star"}, {"a5", "a5"}, {"Az@[`{", "Az____"},
        {"\xc3\xa9", "__"}, {"a/9:", "a_9_"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_buf out = rg_buf_in(arena);
        rg_network_put_word(&out, rg_str_of(cases[i].text));
        assert_text(rg_buf_str(&out), cases[i].word);
    }
}

static void shares_are_hundredths_within_their_range(void **state)
{
    (void)state;
    const struct {
        double share;
        const char *text;
    } cases[] = {
        {0, "0.00"}, {1, "1.00"},     {-1, "0.00"},
        {7, "1.00"}, {0.855, "0.86"}, {0.004, "0.00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_buf out = rg_buf_in(arena);
        rg_column_put_confidence(&out, cases[i].share);
        assert_text(rg_buf_str(&out), cases[i].text);
    }
}

static void csv_quotes_each_sign_that_needs_it(void **state)
{
    (void)state;
    const struct {
        rg_str text;
        const char *plain, *guarded;
    } cases[] = {
        {RG_STR("a"), "a,", "a,"},
        {RG_STR("a,"), "\"a,\",", "\"a,\","},
        {RG_STR("a\""), "\"a\"\"\",", "\"a\"\"\","},
        {RG_STR("a\n"), "\"a\n\",", "\"a\n\","},
        {RG_STR("a\r"), "\"a\r\",", "\"a\r\","},
        {RG_STR("=a"), "=a,", "'=a,"},
        {RG_STR("\tx"), "\tx,", "'\tx,"},
        {RG_STR("\rx"), "\"\rx\",", "\"'\rx\","},
        {{"\0x", 2}, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_edge edge = bare_edge();
        edge.subject = cases[i].text;
        rg_str plain = write_edges("csv", &(rg_edges){&edge, 1});
        rg_str guarded = write_edges("csv-safe", &(rg_edges){&edge, 1});
        if (cases[i].plain) {
            assert_true(rg_str_starts(plain, rg_str_of(cases[i].plain)));
            assert_true(rg_str_starts(guarded, rg_str_of(cases[i].guarded)));
        } else {
            assert_true(rg_str_equal(plain, guarded));
        }
    }
}

/* ---- FollowTheMoney --------------------------------------------------------------------- */

/* A schema needs a relation of its list, ends of its kind, and that it is so. */
static void a_link_has_the_schema_that_all_speaks_for(void **state)
{
    (void)state;
    const struct {
        const char *subject_type, *relation, *kind, *object_type, *polarity, *modality;
        const char *schema;
    } cases[] = {
        {"person", "owns", NULL, "org", "affirmed", "asserted", "Ownership"},
        {"person", "owns", NULL, "org", "affirmed", "reported", "Ownership"},
        {"person", "owns", NULL, "org", "affirmed", "intended", "UnknownLink"},
        {"person", "owns", NULL, "org", "negated", "asserted", "UnknownLink"},
        {"person", "owns", NULL, "", "affirmed", "asserted", "UnknownLink"},
        {"", "owns", NULL, "org", "affirmed", "asserted", "UnknownLink"},
        {"org", "subsidiary-of", NULL, "org", "affirmed", "asserted", "Ownership"},
        {"person", "subsidiary-of", NULL, "org", "affirmed", "asserted", "UnknownLink"},
        {"person", "snaps-up", "acquires", "org", "affirmed", "asserted", "Ownership"},
        {"person", "snaps-up", "takes", "org", "affirmed", "asserted", "UnknownLink"},
        {"person", "snaps-up", "acquires", "org", "negated", "asserted", "UnknownLink"},
        {"person", "marries", NULL, "person", "affirmed", "asserted", "Family"},
        {"person", "ceo-of", NULL, "org", "affirmed", "asserted", "Directorship"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_edge edge = bare_edge();
        edge.subject_type = rg_str_of(cases[i].subject_type);
        edge.relation = rg_str_of(cases[i].relation);
        edge.object_type = rg_str_of(cases[i].object_type);
        edge.polarity = rg_str_of(cases[i].polarity);
        edge.modality = rg_str_of(cases[i].modality);
        if (cases[i].kind)
            edge.kinds[edge.kind_count++] = rg_str_of(cases[i].kind);
        rg_str made = write_one("ftm", edge);
        assert_has(made,
                   rg_arena_format(arena, "\"schema\":\"%s\"", cases[i].schema).bytes);
    }
}

static void followthemoney_has_names_that_can_be_read(void **state)
{
    (void)state;
    rg_edge edge = bare_edge();
    edge.subject = RG_STR(" \x7f\t");
    edge.polarity = RG_STR("negated");
    edge.doc = RG_STR("\n");
    rg_str made = write_one("ftm", edge);
    assert_has(made, "\"name\":[\"(blank)\"]");
    assert_has(made, "\"fileName\":[\"(blank)\"]");
    assert_has(made, "\"role\":[\"not owns\"]");
}

static void a_document_of_many_triples_is_told_once(void **state)
{
    (void)state;
    rg_edge edges[] = {full_edge(), full_edge()};
    rg_str made = write_graph("ftm", &(rg_edges){edges, 2});
    rg_str document = RG_STR("\"schema\":\"Document\"");
    int at = rg_str_find(made, document, 0);
    assert_true(at > 0);
    assert_int_equal(rg_str_find(made, document, at + 1), -1);
}

/* ---- Mermaid ---------------------------------------------------------------------------- */

static void mermaid_joins_what_is_one_link(void **state)
{
    (void)state;
    rg_edge edges[] = {bare_edge(), bare_edge(), bare_edge()};
    edges[1].relation = RG_STR("leads");
    assert_has(write_graph("mermaid", &(rg_edges){edges, 3}),
               "n1 -->|\"owns ×2<br>leads\"| n2\n");
    edges[0].modality = RG_STR("possible");
    assert_has(write_graph("mermaid", &(rg_edges){edges, 1}), "n1 -.->|\"");
    edges[0].subject = RG_STR("");
    rg_str made = write_graph("mermaid", &(rg_edges){edges, 1});
    assert_lacks(made, "[\"\"]"); /* its readers take no empty text */
}

/* Mermaid draws 50,000 bytes. */
static void mermaid_says_how_much_it_left_out(void **state)
{
    (void)state;
    enum { MANY = 400 };
    rg_edge *edges = rg_new(arena, rg_edge, MANY);
    char name[101] = "";
    memset(name, '<', 100);
    for (int i = 0; i < MANY; i++) {
        edges[i] = bare_edge();
        edges[i].subject = rg_arena_format(arena, "%s%d", name, i);
        edges[i].object = rg_arena_format(arena, "%d%s", i + 1, name);
    }
    rg_str made = write_graph("mermaid", &(rg_edges){edges, MANY});
    assert_true(made.len < 50000);
    assert_true(rg_str_starts(made, RG_STR("%% ")));
    assert_has(made, " of 400 connections\n");
    assert_true(rg_str_find_byte(made, '\n', made.len - 1) == made.len - 1);
}

/* ---- brat ------------------------------------------------------------------------------- */

static rg_str write_notes(rg_str bytes, int base, rg_edge *edges, int count)
{
    rg_document document = {.name = RG_STR("a.txt"), .bytes = bytes, .base = base};
    rg_buf out = rg_buf_in(arena);
    rg_output_find(RG_STR("brat"), RG_FROM_TEXT)
        ->put_notes(&out, &document, &(rg_edges){edges, count});
    return rg_buf_str(&out);
}

/* "Ann owns Acme." with what the test wants between the two. */
static rg_edge edge_over(int subject, int subject_end, int object, int object_end)
{
    rg_edge edge = bare_edge();
    edge.start = 0;
    edge.subject_span = (rg_span){subject, subject_end};
    edge.object_span = (rg_span){object, object_end};
    return edge;
}

static void brat_annotates_pieces_of_lines(void **state)
{
    (void)state;
    rg_edge edge = edge_over(0, 9, 11, 19);
    rg_str made = write_notes(RG_STR("\xc3\x89va\n\tLee, the\x7f"
                                     "firm\xe2\x80\xa8."),
                              0, &edge, 1);
    assert_true(rg_str_starts(made, RG_STR("T1\tEntity 0 3;5 8\t\xc3\x89va Lee\n"
                                           "T2\tEntity 10 13;14 18\tthe firm\n"
                                           "R1\towns Arg1:T1 Arg2:T2\n")));
}

/* The separators of lines and paragraphs, other controls, and what is near to them. */
static void brat_cuts_at_gaps_only(void **state)
{
    (void)state;
    const struct {
        const char *between;
        bool is_gap;
    } cases[] = {
        {"\x1f", true},          {" ", false},           {"~", false},
        {"\x7f", true},          {"\xc2\x9f", true},     {"\xc2\xa0", false},
        {"\xe2\x80\xa7", false}, {"\xe2\x80\xa8", true}, {"\xe2\x80\xa9", true},
        {"\xe2\x80\xaa", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_str text = rg_arena_format(arena, "a%sb c", cases[i].between);
        rg_edge edge = edge_over(0, text.len - 2, text.len - 1, text.len);
        rg_str made = write_notes(text, 0, &edge, 1);
        assert_has(made,
                   cases[i].is_gap ? "T1\tEntity 0 1;2 3\ta b\n" : "T1\tEntity 0 3\ta");
    }
}

static void brat_tells_each_entity_once_and_how_a_triple_is_said(void **state)
{
    (void)state;
    rg_edge edges[] = {edge_over(0, 3, 9, 13), edge_over(0, 3, 9, 13)};
    edges[0].subject_type = edges[1].subject_type = RG_STR("person");
    edges[1].relation = RG_STR("leads");
    edges[1].polarity = RG_STR("negated");
    edges[1].modality = RG_STR("not sure");
    edges[1].evidence = RG_STR("a\nb");
    rg_str made = write_notes(RG_STR("Ann owns Acme."), 0, edges, 2);
    assert_has(made, "T1\tPerson 0 3\tAnn\nT2\tEntity 9 13\tAcme\nR1\t");
    assert_has(made, "\nR2\tleads Arg1:T1 Arg2:T2\nA1\tNegation R2\n"
                     "A2\tModality R2 not_sure\n#2\tAnnotatorNotes R2\t");
    assert_has(made, "; evidence=a b;");
    assert_lacks(made, "T3");
}

static void brat_leaves_out_what_has_no_place(void **state)
{
    (void)state;
    rg_str text = RG_STR("Ann owns Acme.\n\n");
    rg_edge edges[] = {
        edge_over(-1, -1, 9, 13), edge_over(0, 3, -1, -1), edge_over(0, 3, 9, 99),
        edge_over(0, 3, 14, 16),  edge_over(0, 3, 9, 13),
    };
    edges[4].object = RG_STR("");
    for (int i = 0; i < 5; i++)
        assert_lacks(write_notes(text, 0, &edges[i], 1), "R1");
    rg_edge before = edge_over(100, 103, 109, 113);
    before.start = 99;
    assert_has(write_notes(text, 100, &before, 1), "T1\tEntity 0 3\tAnn\n");
}

/* ---- The wording within its evidence ---------------------------------------------------- */

/* As "[Ann]s [owns]r [Acme]o." */
static rg_str marked(const rg_edge *edge)
{
    int count;
    const rg_marked *pieces = rg_marks_cut(&count, arena, edge);
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < count; i++)
        if (pieces[i].role == ' ')
            rg_buf_put(&out, pieces[i].text);
        else
            rg_buf_format(&out, "[%.*s]%c", RG_PRINT(pieces[i].text), pieces[i].role);
    return rg_buf_str(&out);
}

static void wording_is_marked_where_it_stands(void **state)
{
    (void)state;
    const struct {
        const char *evidence, *subject, *relation, *object, *expected;
    } cases[] = {
        {"Ann owns Acme.", "Ann", "owns", "Acme", "[Ann]s [owns]r [Acme]o."},
        {"Ann", "", "", "", "Ann"},
        {"Anna saw Ann.", "Ann", "saw", "Ben", "Anna [saw]r [Ann]s."},
        {"xAnn Z9Ann9 Ann", "Ann", "", "", "xAnn Z9Ann9 [Ann]s"},
        {"\xc3\xa9"
         "Ann Ann@ z",
         "Ann", "", "",
         "\xc3\xa9"
         "Ann [Ann]s@ z"},
        {"[Ann] {Ann", "Ann", "", "", "[[Ann]s] {Ann"},
        {"did not buy", "", "did buy", "", "[did]r not [buy]r"},
        {"it was  sold", "", "was sold", "", "it [was  sold]r"},
        {"Lee met Lee", "Lee", "met", "Lee", "[Lee]s [met]r [Lee]o"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_edge edge = bare_edge();
        edge.evidence = rg_str_of(cases[i].evidence);
        edge.subject_text = rg_str_of(cases[i].subject);
        edge.relation_text = rg_str_of(cases[i].relation);
        edge.object_text = rg_str_of(cases[i].object);
        assert_text(marked(&edge), cases[i].expected);
    }
}

/* Offsets that do not fit the evidence are not used. */
static void wording_is_looked_for_where_offsets_say(void **state)
{
    (void)state;
    const struct {
        int start, end, from, to;
        const char *expected;
    } cases[] = {
        {10, 21, 18, 21, "Lee met [Lee]s"}, {10, 21, 10, 13, "[Lee]s met Lee"},
        {-1, -1, 18, 21, "[Lee]s met Lee"}, {10, 5, 18, 21, "[Lee]s met Lee"},
        {10, 21, 3, 6, "[Lee]s met Lee"},   {10, 21, 18, 12, "[Lee]s met Lee"},
        {10, 31, 28, 31, "Lee met [Lee]s"}, {10, 15, 10, 15, "[Lee]s met Lee"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_edge edge = bare_edge();
        edge.evidence = RG_STR("Lee met Lee");
        edge.start = cases[i].start;
        edge.end = cases[i].end;
        edge.subject_text = RG_STR("Lee");
        edge.subject_span = (rg_span){cases[i].from, cases[i].to};
        assert_text(marked(&edge), cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_told),
        cmocka_unit_test(what_is_not_known_is_left_out),
        cmocka_unit_test(evidence_without_a_text_has_its_place),
        cmocka_unit_test(a_plain_statement_is_told_once_and_only_if_asserted),
        cmocka_unit_test(ids_that_are_taken_get_a_number),
        cmocka_unit_test(mermaid_has_entity_codes_for_what_could_be_read_as_syntax),
        cmocka_unit_test(cypher_escapes_in_strings),
        cmocka_unit_test(xml_has_no_character_that_it_forbids),
        cmocka_unit_test(rdf_has_no_zero_byte),
        cmocka_unit_test(relations_become_words_of_letters),
        cmocka_unit_test(shares_are_hundredths_within_their_range),
        cmocka_unit_test(csv_quotes_each_sign_that_needs_it),
        cmocka_unit_test(a_link_has_the_schema_that_all_speaks_for),
        cmocka_unit_test(followthemoney_has_names_that_can_be_read),
        cmocka_unit_test(a_document_of_many_triples_is_told_once),
        cmocka_unit_test(mermaid_joins_what_is_one_link),
        cmocka_unit_test(mermaid_says_how_much_it_left_out),
        cmocka_unit_test(brat_annotates_pieces_of_lines),
        cmocka_unit_test(brat_cuts_at_gaps_only),
        cmocka_unit_test(brat_tells_each_entity_once_and_how_a_triple_is_said),
        cmocka_unit_test(brat_leaves_out_what_has_no_place),
        cmocka_unit_test(wording_is_marked_where_it_stands),
        cmocka_unit_test(wording_is_looked_for_where_offsets_say),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
