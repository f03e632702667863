/* The formats that are made from triples: written, and read back to the same. */
#include "output/columns.h"
#include "output/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
/* cmocka wants the four headers above */
#include <cmocka.h>

static rg_edge make_edge(void)
{
    static rg_qualifier qualifiers[] = {
        {{"time", 4}, {"on Sunday; at noon", 18}, 60, 77, {"", 0}},
        {{"amount", 6}, {"a\\b=c", 5}, -1, -1, {"", 0}},
    };
    rg_edge edge = rg_column_defaults();
    edge.subject = RG_STR("NCSC");
    edge.relation = RG_STR("judges-risk");
    edge.object = RG_STR("manage\table\nor\\not");
    edge.subject_type = RG_STR("government");
    edge.polarity = RG_STR("negated");
    edge.modality = RG_STR("reported");
    edge.source = RG_STR("Financial Times");
    edge.qualifiers = qualifiers;
    edge.qualifier_count = 2;
    edge.confidence = 0.85;
    edge.rule = RG_STR("news.judges-risk");
    edge.rule_place = RG_STR("rules/news.yaml:12");
    edge.style = RG_STR("adverse");
    edge.doc = RG_STR("a \"b\", c.txt");
    edge.sentence = 3;
    edge.start = 10;
    edge.end = 90;
    edge.subject_text = RG_STR("The agency");
    edge.relation_text = RG_STR("judged");
    edge.object_text = RG_STR("manageable");
    edge.evidence =
        RG_STR("The agency judged the risk \xe2\x80\x9cmanageable\xe2\x80\x9d.");
    edge.subject_span = (rg_span){10, 20};
    edge.relation_span = (rg_span){21, 27};
    return edge;
}

static rg_str write_edge(rg_arena *arena, const char *format, rg_edge edge)
{
    const rg_format *found = rg_output_find(rg_str_of(format), RG_FROM_EDGES);
    assert_non_null(found);
    rg_buf out = rg_buf_in(arena);
    if (found->put_header)
        found->put_header(&out);
    found->put_edges(&out, &(rg_edges){&edge, 1});
    return rg_buf_str(&out);
}

static void assert_text(rg_str got, const char *expected)
{
    if (!rg_str_is(got, expected))
        fail_msg("expected '%s', got '%.*s'", expected, RG_PRINT(got));
}

typedef bool read_function(rg_edges *, rg_arena *, const rg_document *, rg_reporter,
                           rg_error *);

static rg_error read_bad(read_function *read, rg_str bytes)
{
    rg_arena *arena = rg_arena_new();
    rg_edges edges;
    rg_error err = {0};
    rg_document document = {.name = RG_STR("bad"), .bytes = bytes};
    assert_false(read(&edges, arena, &document, (rg_reporter){0}, &err));
    assert_int_equal(err.kind, RG_ERROR_INPUT);
    rg_arena_free(arena);
    return err;
}

static void assert_same_edge(const rg_edge *a, const rg_edge *b)
{
    for (int column = 0; column < RG_COLUMN_COUNT; column++) {
        rg_edge left = *a, right = *b;
        rg_str *text = rg_column_text(&left, (rg_column)column);
        int *number = rg_column_number(&left, (rg_column)column);
        if (text)
            assert_true(
                rg_str_equal(*text, *rg_column_text(&right, (rg_column)column)));
        if (number)
            assert_int_equal(*number, *rg_column_number(&right, (rg_column)column));
    }
    assert_int_equal(a->qualifier_count, b->qualifier_count);
    for (int i = 0; i < a->qualifier_count; i++) {
        assert_true(rg_str_equal(a->qualifiers[i].key, b->qualifiers[i].key));
        assert_true(rg_str_equal(a->qualifiers[i].value, b->qualifiers[i].value));
    }
    assert_float_equal(a->confidence, b->confidence, 1e-9);
}

static void tsv_is_one_line_a_triple_with_escapes(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    assert_text(
        write_edge(arena, "tsv", make_edge()),
        "subject\trelation\tobject\tsubject_type\tobject_type\tpolarity\tmodality\tsource\t"
        "qualifiers\tconfidence\trule\tdoc\tsentence\tstart\tend\tsubject_text\t"
        "relation_text\tobject_text\tevidence\n"
        "NCSC\tjudges-risk\tmanage\\table\\nor\\\\not\tgovernment\t\tnegated\treported\t"
        "Financial Times\ttime=on Sunday\\; at noon; amount=a\\\\b=c\t0.85\t"
        "news.judges-risk\ta \"b\", c.txt\t3\t10\t90\tThe agency\tjudged\tmanageable\t"
        "The agency judged the risk \xe2\x80\x9cmanageable\xe2\x80\x9d.\n");
    rg_arena_free(arena);
}

static void reads_back_what_it_wrote(read_function *read, const char *format,
                                     bool spans)
{
    rg_arena *arena = rg_arena_new();
    rg_edge edge = make_edge();
    rg_document document = {.name = RG_STR("x"),
                            .bytes = write_edge(arena, format, edge)};
    rg_edges edges;
    rg_error err = {0};
    assert_true(read(&edges, arena, &document, (rg_reporter){0}, &err));
    assert_int_equal(edges.count, 1);
    assert_same_edge(&edge, &edges.items[0]);
    assert_true(rg_str_equal(edges.items[0].id, rg_edge_id(arena, &edge)));
    if (spans) {
        assert_int_equal(edges.items[0].subject_span.end, 20);
        assert_int_equal(edges.items[0].object_span.start, -1);
        assert_int_equal(edges.items[0].qualifiers[0].start, 60);
        assert_text(edges.items[0].style, "adverse");
    }
    rg_str again = write_edge(arena, format, edges.items[0]);
    if (!spans)
        assert_true(rg_str_equal(again, document.bytes));
    rg_arena_free(arena);
}

static void tsv_reads_back_what_it_wrote(void **state)
{
    (void)state;
    reads_back_what_it_wrote(rg_output_read_tsv, "tsv", false);
}

static void jsonl_reads_back_what_it_wrote(void **state)
{
    (void)state;
    reads_back_what_it_wrote(rg_output_read_jsonl, "jsonl", true);
}

static int notes;
static void count_note(void *user, const rg_message *message)
{
    (void)user;
    assert_int_equal(message->severity, RG_NOTE);
    assert_non_null(strstr(message->text.bytes, "'mood'"));
    notes++;
}

static void tsv_reader_names_unknown_columns_and_fills_in_the_rest(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_document document = {
        .name = RG_STR("x"),
        .bytes = RG_STR("\xef\xbb\xbfrelation\tmood\tsubject\tobject\tstyle\r\n"
                        "owns\tgay\tA\xff\tB\\q\tadverse\r\n\r\n"),
    };
    rg_edges edges;
    rg_error err = {0};
    notes = 0;
    assert_true(rg_output_read_tsv(&edges, arena, &document,
                                   (rg_reporter){count_note, NULL}, &err));
    assert_int_equal(notes, 1);
    assert_int_equal(edges.count, 1);
    assert_text(edges.items[0].subject, "A\xef\xbf\xbd");
    assert_text(edges.items[0].object, "B\\q");
    assert_text(edges.items[0].style, "adverse");
    assert_text(edges.items[0].polarity, "affirmed");
    assert_int_equal(edges.items[0].start, -1);
    rg_arena_free(arena);
}

static void tsv_reader_tells_the_place_of_what_is_wrong(void **state)
{
    (void)state;
    const struct {
        rg_str bytes;
        const char *text;
        int line, column;
    } cases[] = {
        {RG_STR(""), "the header has no column 'subject'", 1, 1},
        {RG_STR("subject\tobject\n"), "the header has no column 'relation'", 1, 1},
        {RG_STR("subject\tsubject\n"), "column 'subject' stands twice", 1, 9},
        {RG_STR("subject\trelation\tobject\nA\tb\n"), "has 2 fields, the header has 3",
         2, 1},
        {RG_STR("subject\trelation\tobject\nA\tb\tC\tD\n"),
         "has more fields than the header's 3", 2, 7},
        {RG_STR("subject\trelation\tobject\n\tb\tC\n"),
         "needs a subject and a relation", 2, 1},
        {RG_STR("subject\trelation\tobject\tstart\nA\tb\tC\t1x\n"),
         "'1x' is not a number", 2, 7},
        {RG_STR("subject\trelation\tobject\tconfidence\nA\tb\tC\t1,5\n"),
         "confidence '1,5' is not a number from 0 to 1", 2, 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_error err = read_bad(rg_output_read_tsv, cases[i].bytes);
        assert_string_equal(err.text, cases[i].text);
        assert_int_equal(err.line, cases[i].line);
        assert_int_equal(err.column, cases[i].column);
    }
}

static void jsonl_reader_tells_what_is_wrong(void **state)
{
    (void)state;
    const struct {
        rg_str bytes;
        const char *text;
        int line;
    } cases[] = {
        {RG_STR("{\"subject\":\"A\",\"relation\":\"b\"}\n[1]\n"),
         "is not a JSON object", 2},
        {RG_STR("{\"subject\":\"A\"}"), "needs a \"subject\" and a \"relation\"", 1},
        {RG_STR("{\"subject\":5}"), "\"subject\" is not a string", 1},
        {RG_STR("{\"start\":1e3}"), "\"start\" is not an offset or a count", 1},
        {RG_STR("{\"confidence\":7}"), "\"confidence\" is not a number from 0 to 1", 1},
        {RG_STR("{\"qualifiers\":{}}"), "\"qualifiers\" is not a list", 1},
        {RG_STR("{\"subject\":\"A\",\"relation\":\"b\",\"spans\":{\"subject\":[1]}}"),
         "the span of \"subject\" is not [start, end]", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_error err = read_bad(rg_output_read_jsonl, cases[i].bytes);
        assert_string_equal(err.text, cases[i].text);
        assert_int_equal(err.line, cases[i].line);
    }
    rg_error err = read_bad(rg_output_read_jsonl, RG_STR("{\"subject\": oops}\n"));
    assert_non_null(strstr(err.text, "is not JSON: "));
    assert_true(err.column > 1);
}

static void jsonl_holds_any_bytes_as_text(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_edge edge = rg_column_defaults();
    edge.subject = (rg_str){"a\0b\xff\"", 5};
    edge.relation = RG_STR("\xe2\x80\xa8");
    rg_str line = write_edge(arena, "jsonl", edge);
    assert_true(
        rg_str_find(line, RG_STR("{\"subject\":\"a\\u0000b\xef\xbf\xbd\\\"\""), 0)
        == 0);
    assert_int_equal(rg_str_find_byte(line, '\n', 0), line.len - 1);
    rg_arena_free(arena);
}

static void csv_quotes_what_needs_it(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_str text = write_edge(arena, "csv", make_edge());
    assert_true(
        rg_str_find(text, RG_STR("\r\nNCSC,judges-risk,\"manage\table\nor\\not\","), 0)
        > 0);
    assert_true(rg_str_find(text, RG_STR(",\"a \"\"b\"\", c.txt\",3,10,90,"), 0) > 0);
    rg_arena_free(arena);
}

static rg_edge make_oie_edge(void)
{
    static rg_qualifier qualifiers[] = {
        {{"time", 4}, {"on Friday", 9}, 33, 42, {"", 0}},
        {{"place", 5}, {"In Rome", 7}, 0, 7, {"", 0}},
    };
    rg_edge edge = rg_column_defaults();
    edge.evidence = RG_STR("In Rome, Lee and Kim didn't meet on Friday.");
    edge.start = 0;
    edge.qualifiers = qualifiers;
    edge.qualifier_count = 2;
    edge.subject_text = RG_STR("Lee");
    edge.relation_text = RG_STR("did meet");
    edge.object_text = RG_STR("is Kim");
    return edge;
}

static void oie_widens_to_words_and_orders_qualifiers(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_edge edge = make_oie_edge();
    assert_text(write_edge(arena, "oie", edge),
                "In Rome, Lee and Kim didn't meet on Friday.\t1.00\tLee\tdidn't meet\t"
                "is Kim\tIn Rome,\ton Friday.\n");
    rg_arena_free(arena);
}

static void oie_keeps_the_whole_line_where_there_is_one(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_edge edge = make_oie_edge();
    edge.line =
        RG_STR("This is it. In Rome,  Lee and\tKim didn't meet on Friday. \\o/");
    edge.qualifier_count = 0;
    edge.subject_text = RG_STR("Lee and Kim");
    assert_text(write_edge(arena, "oie", edge),
                "This is it. In Rome,  Lee and Kim didn't meet on Friday. \\o/\t1.00\t"
                "Lee and Kim\tdidn't meet\tis Kim\n");
    rg_arena_free(arena);
}

static void oie_takes_the_occurrence_at_the_place(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_edge edge = make_oie_edge();
    edge.evidence = RG_STR("(Lee) saw Lee's Lee.");
    edge.start = 100;
    edge.qualifier_count = 0;
    edge.subject_span = (rg_span){101, 104};
    edge.relation_text = RG_STR("saw");
    edge.object_text = RG_STR("Lee");
    edge.object_span = (rg_span){116, 119};
    assert_text(write_edge(arena, "oie", edge),
                "(Lee) saw Lee's Lee.\t1.00\t(Lee)\tsaw\tLee.\n");
    rg_arena_free(arena);
}

static void formats_are_found_by_name_and_ending(void **state)
{
    (void)state;
    assert_string_equal(rg_output_find_ending(RG_STR("a/b.tsv"), RG_FROM_EDGES)->name,
                        "tsv");
    assert_null(rg_output_find(RG_STR("tsvx"), RG_FROM_EDGES));
    assert_null(rg_output_find(RG_STR("oie"), RG_FROM_PARSE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tsv_is_one_line_a_triple_with_escapes),
        cmocka_unit_test(tsv_reads_back_what_it_wrote),
        cmocka_unit_test(jsonl_reads_back_what_it_wrote),
        cmocka_unit_test(tsv_reader_names_unknown_columns_and_fills_in_the_rest),
        cmocka_unit_test(tsv_reader_tells_the_place_of_what_is_wrong),
        cmocka_unit_test(jsonl_reader_tells_what_is_wrong),
        cmocka_unit_test(jsonl_holds_any_bytes_as_text),
        cmocka_unit_test(csv_quotes_what_needs_it),
        cmocka_unit_test(oie_widens_to_words_and_orders_qualifiers),
        cmocka_unit_test(oie_keeps_the_whole_line_where_there_is_one),
        cmocka_unit_test(oie_takes_the_occurrence_at_the_place),
        cmocka_unit_test(formats_are_found_by_name_and_ending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
