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
#define BEGIN "{\"subject\":\"A\",\"relation\":\"b\","
        {RG_STR("{\"relation\":\"b\"}"), "needs a \"subject\" and a \"relation\"", 1},
        {RG_STR("{\"start\":-2}"), "\"start\" is not an offset or a count", 1},
        {RG_STR("{\"end\":2147483648}"), "\"end\" is not an offset or a count", 1},
        {RG_STR("{\"confidence\":-0.1}"), "\"confidence\" is not a number from 0 to 1",
         1},
        {RG_STR("{\"confidence\":\"1\"}"), "\"confidence\" is not a number from 0 to 1",
         1},
        {RG_STR("{\"qualifiers\":[{\"key\":1}]}"), "\"key\" is not a string", 1},
        {RG_STR("{\"qualifiers\":[{\"value\":1}]}"), "\"value\" is not a string", 1},
        {RG_STR("{\"qualifiers\":[{\"normal\":1}]}"), "\"normal\" is not a string", 1},
        {RG_STR("{\"qualifiers\":[{\"span\":1}]}"),
         "the span of \"value\" is not [start, end]", 1},
        {RG_STR(BEGIN "\"spans\":{\"subject\":[1]}}"),
         "the span of \"subject\" is not [start, end]", 1},
        {RG_STR(BEGIN "\"spans\":{\"relation\":{}}}"),
         "the span of \"relation\" is not [start, end]", 1},
        {RG_STR(BEGIN "\"spans\":{\"object\":[1,\"2\"]}}"),
         "\"object\" is not an offset or a count", 1},
        {RG_STR(BEGIN "\"spans\":{\"object\":[\"1\",2]}}"),
         "\"object\" is not an offset or a count", 1},
        {RG_STR(BEGIN "\"arguments\":{}}"), "\"arguments\" is not a list", 1},
        {RG_STR(BEGIN "\"arguments\":[{\"lead\":1}]}"), "\"lead\" is not a string", 1},
        {RG_STR(BEGIN "\"arguments\":[{\"text\":1}]}"), "\"text\" is not a string", 1},
        {RG_STR(BEGIN "\"arguments\":[{\"span\":[]}]}"),
         "the span of \"text\" is not [start, end]", 1},
        {RG_STR(BEGIN "\"tense\":1}"), "\"tense\" is not a string", 1},
        {RG_STR(BEGIN "\"aspect\":1}"), "\"aspect\" is not a string", 1},
        {RG_STR(BEGIN "\"style\":1}"), "\"style\" is not a string", 1},
        {RG_STR(BEGIN "\"rule_place\":1}"), "\"rule_place\" is not a string", 1},
        {RG_STR(BEGIN "\"subject_normal\":1}"), "\"subject_normal\" is not a string",
         1},
        {RG_STR(BEGIN "\"object_normal\":1}"), "\"object_normal\" is not a string", 1},
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

static rg_edge read_good(rg_arena *arena, read_function *read, rg_str bytes)
{
    rg_edges edges;
    rg_error err = {0};
    rg_document document = {.name = RG_STR("good"), .bytes = bytes};
    if (!read(&edges, arena, &document, (rg_reporter){0}, &err))
        fail_msg("%.*s: %s", RG_PRINT(bytes), err.text);
    assert_int_equal(edges.count, 1);
    return edges.items[0];
}

/* What is null is not there. */
static void jsonl_reader_fills_in_what_is_null(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_edge edge = read_good(
        arena, rg_output_read_jsonl,
        RG_STR("\xef\xbb\xbf{\"subject\":\"A\",\"relation\":\"b\",\"object\":null,"
               "\"polarity\":\"\",\"start\":null,\"end\":-1,\"confidence\":null,"
               "\"qualifiers\":null,\"arguments\":null,\"tense\":null,"
               "\"spans\":{\"subject\":null,\"relation\":[null,7]}}\n\n"));
    assert_text(edge.object, "");
    assert_text(edge.polarity, "affirmed");
    assert_int_equal(edge.start, -1);
    assert_int_equal(edge.end, -1);
    assert_float_equal(edge.confidence, 1, 0);
    assert_int_equal(edge.qualifier_count, 0);
    assert_false(edge.ordered);
    assert_int_equal(edge.relation_span.start, -1);
    assert_int_equal(edge.relation_span.end, 7);
    edge = read_good(arena, rg_output_read_jsonl,
                     RG_STR("{\"subject\":\"A\",\"relation\":\"b\",\"confidence\":0,"
                            "\"qualifiers\":[{}],\"arguments\":[{}]}"));
    assert_float_equal(edge.confidence, 0, 0);
    assert_int_equal(edge.qualifier_count, 1);
    assert_int_equal(edge.qualifiers[0].start, -1);
    assert_true(edge.ordered);
    assert_int_equal(edge.arguments[0].end, -1);
    rg_arena_free(arena);
}

#define COLUMNS "subject\trelation\tobject\t"

static void tsv_reader_undoes_each_escape(void **state)
{
    (void)state;
    const struct {
        const char *field, *text;
    } cases[] = {
        {"a\\tb\\nc\\rd\\\\e\\;f", "a\tb\nc\rd\\e;f"},
        {"a\\q\\", "a\\q\\"},
        {"a\rb", "a\rb"},
    };
    rg_arena *arena = rg_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_str bytes = rg_arena_format(arena, "subject\trelation\tobject\nA\tb\t%s\n",
                                       cases[i].field);
        rg_edge edge = read_good(arena, rg_output_read_tsv, bytes);
        assert_text(edge.object, cases[i].text);
        rg_str again = write_edge(arena, "tsv", edge);
        assert_text(read_good(arena, rg_output_read_tsv,
                              rg_arena_format(arena, "%.*s", RG_PRINT(again)))
                        .object,
                    cases[i].text);
    }
    rg_arena_free(arena);
}

/* As "key=value|key=value". */
static void tsv_reader_takes_qualifiers_apart(void **state)
{
    (void)state;
    const struct {
        const char *field, *expected;
    } cases[] = {
        {"", ""},
        {"time=now", "time=now|"},
        {"time=now;  place=here;", "time=now|place=here|"},
        {"  ", ""},
        {"now; a=b", "a=b|"},
        {"a=b\\;c; d=\\", "a=b;c|d=\\|"},
        {"=x; y=", "=x|y=|"},
    };
    rg_arena *arena = rg_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_edge edge = read_good(
            arena, rg_output_read_tsv,
            rg_arena_format(arena, COLUMNS "qualifiers\nA\tb\tC\t%s", cases[i].field));
        rg_buf found = rg_buf_in(arena);
        for (int q = 0; q < edge.qualifier_count; q++)
            rg_buf_format(&found, "%.*s=%.*s|", RG_PRINT(edge.qualifiers[q].key),
                          RG_PRINT(edge.qualifiers[q].value));
        assert_text(rg_buf_str(&found), cases[i].expected);
    }
    rg_arena_free(arena);
}

/* A number, or NULL: refused. */
static void tsv_reader_reads_numbers_within_their_range(void **state)
{
    (void)state;
    const struct {
        const char *column, *field, *number;
    } cases[] = {
        {"start", "", "-1"},
        {"start", "0", "0"},
        {"start", "2147483647", "2147483647"},
        {"start", "2147483648", NULL},
        {"start", "99999999999999999999", NULL},
        {"start", "-1", NULL},
        {"start", "1:", NULL},
        {"start", "/1", NULL},
        {"confidence", "", "1.00"},
        {"confidence", "0", "0.00"},
        {"confidence", "1.00", "1.00"},
        {"confidence", ".25", "0.25"},
        {"confidence", "1.01", NULL},
        {"confidence", "0.2.5", NULL},
        {"confidence", "0:5", NULL},
        {"confidence", "0.250000000000000000", "0.25"},
        {"confidence", "0.2500000000000000000", NULL},
    };
    rg_arena *arena = rg_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_str bytes = rg_arena_format(arena, COLUMNS "%s\nA\tb\tC\t%s\n",
                                       cases[i].column, cases[i].field);
        if (!cases[i].number) {
            rg_error err = read_bad(rg_output_read_tsv, bytes);
            assert_non_null(strstr(err.text, cases[i].field));
            continue;
        }
        rg_edge edge = read_good(arena, rg_output_read_tsv, bytes);
        rg_str found = strcmp(cases[i].column, "start") == 0
                           ? rg_arena_format(arena, "%d", edge.start)
                           : rg_arena_format(arena, "%.2f", edge.confidence);
        assert_text(found, cases[i].number);
    }
    rg_arena_free(arena);
}

static void tsv_reader_keeps_defaults_of_what_is_empty(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_edge edge = read_good(arena, rg_output_read_tsv,
                             RG_STR(COLUMNS "polarity\tmodality\tsource\n"
                                            "A\tb\tC\t\tdenied\t\n"));
    assert_text(edge.polarity, "affirmed");
    assert_text(edge.modality, "denied");
    assert_text(edge.source, "");
    assert_string_equal(
        read_bad(rg_output_read_tsv, RG_STR("subject\trelation\tobject\nA\t\tC\n"))
            .text,
        "needs a subject and a relation");
    rg_arena_free(arena);
}

/* ---- What changed ------------------------------------------------------------------- */

static void changes_are_told_with_what_is_known_of_their_sentence(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_edge before[3], after[3];
    for (int i = 0; i < 3; i++) {
        before[i] = after[i] = rg_column_defaults();
        before[i].subject = after[i].subject = RG_STR("A");
        before[i].relation = after[i].relation = RG_STR("owns");
        before[i].object = after[i].object = rg_arena_format(arena, "B%d", i);
        before[i].doc = after[i].doc = RG_STR("a.txt");
    }
    after[0].polarity = RG_STR("negated");
    after[0].source = RG_STR("Bob");
    after[1].object = RG_STR("C");
    after[2].object = RG_STR("D");
    rg_buf text = rg_buf_in(arena), table = rg_buf_in(arena);
    rg_edges old = {before, 3}, new = {after, 3};
    rg_change_counts counts = rg_output_changes(&text, &old, &new, false);
    rg_output_changes(&table, &old, &new, true);
    assert_int_equal(counts.gained, 2);
    assert_int_equal(counts.lost, 2);
    assert_int_equal(counts.changed, 1);
    assert_text(
        rg_buf_str(&text),
        "a.txt\n"
        "  ~ A | owns | B0  (polarity: affirmed -> negated; source: none -> Bob)\n"
        "  - A | owns | B1\n"
        "  - A | owns | B2\n"
        "  + A | owns | C\n"
        "  + A | owns | D\n"
        "2 lost, 2 gained, 1 changed, 0 kept\n");
    assert_text(rg_buf_str(&table),
                "change\tsubject\trelation\tobject\tdoc\tsentence\twhat\n"
                "~\tA\towns\tB0\ta.txt\t0\tpolarity: affirmed -> negated; "
                "source: none -> Bob\n"
                "-\tA\towns\tB1\ta.txt\t0\t\n"
                "-\tA\towns\tB2\ta.txt\t0\t\n"
                "+\tA\towns\tC\ta.txt\t0\t\n"
                "+\tA\towns\tD\ta.txt\t0\t\n");
    rg_arena_free(arena);
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

/* Words in capitals, digits, letters beyond ASCII; what the sentence lacks stays as it is. */
static void oie_knows_where_words_begin_and_end(void **state)
{
    (void)state;
    const struct {
        const char *sentence, *wording, *expected;
    } cases[] = {
        {"XLee Lee9 LEEX @Lee[ met", "Lee", "@Lee["},
        {"ZAP ZAPZ ZAP", "ZAP", "ZAP"},
        {"a1 1a 1", "1", "1"},
        {"\xc3\xa9"
         "a a",
         "a", "a"},
        {"{a} `b`", "a", "{a}"},
        {"big\r\n house", "big  house", "big   house"},
        {"big house", "big  \t house", "big house"},
        {"big", "big house", "big house"},
        {"the end of", "of  ever", "of ever"},
        {"a b", "", ""},
        {"x", " \t", ""},
    };
    rg_arena *arena = rg_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_edge edge = rg_column_defaults();
        edge.evidence = rg_str_of(cases[i].sentence);
        edge.subject_text = rg_str_of(cases[i].wording);
        rg_str made = write_edge(arena, "oie", edge);
        int from = rg_str_find(made, RG_STR("\t1.00\t"), 0) + 6;
        assert_text(rg_str_cut(made, from, rg_str_find_byte(made, '\t', from)),
                    cases[i].expected);
    }
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
        cmocka_unit_test(jsonl_reader_fills_in_what_is_null),
        cmocka_unit_test(tsv_reader_undoes_each_escape),
        cmocka_unit_test(tsv_reader_takes_qualifiers_apart),
        cmocka_unit_test(tsv_reader_reads_numbers_within_their_range),
        cmocka_unit_test(tsv_reader_keeps_defaults_of_what_is_empty),
        cmocka_unit_test(changes_are_told_with_what_is_known_of_their_sentence),
        cmocka_unit_test(oie_knows_where_words_begin_and_end),
        cmocka_unit_test(formats_are_found_by_name_and_ending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
