/* What Graphviz may have drawn, and what becomes of it: a program beside ours, whose output
 * nobody trusts. Here it draws what a test wants. */
#include "base/utf8.h"
#include "full_edges.h"
#include "output/output.h"
#include "with_arena.h"

#include <string.h>

/* What it draws; NULL: it fails. */
static const char *drawing;

bool __wrap_rg_graph_render(rg_buf *out, const rg_graph *graph, rg_picture picture,
                            rg_error *err);

bool __wrap_rg_graph_render(rg_buf *out, const rg_graph *graph, rg_picture picture,
                            rg_error *err)
{
    (void)graph;
    (void)picture;
    if (!drawing)
        return rg_fail(err, RG_ERROR_LIMIT, RG_NOWHERE, "layout took too long");
    rg_buf_text(out, drawing);
    return true;
}

static bool write_as(rg_buf *out, const char *format, const char *drawn,
                     const char *theme, rg_error *err)
{
    rg_edge edge = full_edge();
    const rg_graph *graph =
        graph_of(arena, &(rg_edges){&edge, 1}, shipped_style(arena), theme);
    drawing = drawn;
    *out = rg_buf_in(arena);
    return rg_output_find(rg_str_of(format), RG_FROM_GRAPH)->put_graph(out, graph, err);
}

static void what_no_picture_needs_is_refused(void **state)
{
    (void)state;
    const struct {
        const char *drawn, *text;
    } cases[] = {
        {"", "layout wrote a picture that is not well-formed"},
        {"<svg><g></svg>", "layout wrote a picture that is not well-formed"},
        {"<html/>", "layout wrote no picture"},
        {"<svg><g><script>alert(1)</script></g></svg>",
         "layout wrote an element 'script'"},
        {"<svg><image href='file:///etc/passwd'/></svg>",
         "layout wrote an element 'image'"},
        {"<svg onload='alert(1)'/>", "layout wrote an attribute 'onload' of 'svg'"},
        {"<svg><g><a title='x' href='javascript:alert(1)'/></g></svg>",
         "layout wrote an attribute 'href' of 'a'"},
        {"<svg><text font-family='x' fill='a' x='1' y='2' text-anchor='m' font-size='1'"
         " font-weight='b' font-style='i' baseline-shift='s' style='x'/></svg>",
         "layout wrote an attribute 'style' of 'text'"},
        {"<svg><g><![CDATA[x]]></g></svg>",
         "layout wrote what is neither element nor text"},
        {"<svg><?xml-stylesheet href='x'?></svg>",
         "layout wrote what is neither element nor text"},
        {"<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg>&e;</svg>",
         "layout wrote what is neither element nor text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_buf out;
        rg_error err = {0};
        assert_false(write_as(&out, "svg", cases[i].drawn, NULL, &err));
        assert_string_equal(err.text, cases[i].text);
        assert_int_equal(err.kind, RG_ERROR_OUTPUT);
        assert_int_equal(out.len, 0);
    }
}

static void a_layout_that_fails_is_told(void **state)
{
    (void)state;
    const char *const formats[] = {"svg", "html", "png", "pdf", "dot"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        rg_buf out;
        rg_error err = {0};
        assert_false(write_as(&out, formats[i], NULL, NULL, &err));
        assert_string_equal(err.text, "layout took too long");
        assert_int_equal(err.kind, RG_ERROR_LIMIT);
    }
}

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static void the_picture_is_made_fit_for_the_web(void **state)
{
    (void)state;
    const struct {
        const char *drawn, *made;
    } cases[] = {
        {"<svg/>", "<svg/>"},
        /* comments and the document type go */
        {"<!-- by Graphviz --><!DOCTYPE svg [<!ELEMENT svg ANY>]><!-- 2 -->"
         "<svg><g><!-- n1 --><path d=\"M0\"/></g></svg>",
         "<svg><g><path d=\"M0\"/></g></svg>"},
        /* a tooltip becomes the title of its group, which need not have had one */
        {"<svg><g><g><title>n1</title><g id=\"a_n1\"><a title=\"Ann\"><path/></a></g></g>"
         "</g></svg>",
         "<svg><g><g><title>Ann</title><path/></g></g></svg>"},
        {"<svg><g><g><title>n1</title><g id=\"a_n1\"><a><path/></a></g></g></g></svg>",
         "<svg><g><g><title>n1</title><path/></g></g></svg>"},
        {"<svg><g><g><g id=\"a_n1\"><a title=\"Ann\"><path/></a></g></g></g></svg>",
         "<svg><g><g><path/></g></g></svg>"},
        /* where no group is around it, it stays as it is */
        {"<svg><a title=\"Ann\"><path/></a></svg>",
         "<svg><a title=\"Ann\"><path/></a></svg>"},
        /* the legend is the heading's */
        {"<svg><g><g class=\"node legend\"><title>l</title><path/></g>"
         "<g class=\"node\"><title>n1</title></g></g></svg>",
         "<svg><g><path/><g class=\"node\"><title>n1</title></g></g></svg>"},
        /* a text may have all that a text needs */
        {"<svg><text baseline-shift=\"super\">x</text></svg>",
         "<svg><text baseline-shift=\"super\">x</text></svg>"},
        /* transparent is no colour of SVG 1.1; an attribute may be empty */
        {"<svg><g><path stroke=\"transparent\" fill=\"\"/></g></svg>",
         "<svg><g><path stroke=\"none\" fill=\"\"/></g></svg>"},
        /* the page gets a line of its own colour */
        {"<svg><g><polygon fill=\"white\"/></g></svg>",
         "<svg><g><polygon fill=\"white\" stroke=\"white\" stroke-width=\"2\"/></g></svg>"},
        {"<svg><g><polygon points=\"0,0\"/></g></svg>",
         "<svg><g><polygon points=\"0,0\"/></g></svg>"},
        /* the title of the whole is told to screen readers */
        {"<svg><g><title>All</title></g></svg>",
         "<svg role=\"img\"><title>All</title><desc>2 entities, 1 relations</desc><g/>"
         "</svg>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_buf out;
        rg_error err = {0};
        assert_true(write_as(&out, "svg", cases[i].drawn, NULL, &err));
        assert_string_equal(rg_arena_str(arena, rg_buf_str(&out)).bytes,
                            rg_arena_format(arena, HEAD "%s\n", cases[i].made).bytes);
    }
}

/* Variables for colours; a root that is empty has no place for them. */
static void with_theme_auto_the_picture_has_a_style_sheet(void **state)
{
    (void)state;
    rg_buf out;
    rg_error err = {0};
    assert_true(write_as(&out, "svg", "<svg><g/></svg>", "auto", &err));
    rg_str made = rg_buf_str(&out);
    assert_true(rg_str_find(made, RG_STR("<svg class=\"relgraph relgraph-"), 0) > 0);
    assert_true(rg_str_find(made, RG_STR("<style>"), 0) > 0);
    assert_true(rg_str_find(made, RG_STR("(prefers-color-scheme:dark)"), 0) > 0);
    assert_true(write_as(&out, "svg", "<svg/>", "auto", &err));
    assert_true(rg_str_equal(rg_buf_str(&out), RG_STR(HEAD "<svg/>\n")));
}

/* The page's title, and the evidence in its data, between '~' and '!'. */
static rg_str written(bool in_title, uint32_t code)
{
    rg_edge edge = full_edge();
    rg_buf text = rg_buf_in(arena), out = rg_buf_in(arena);
    rg_error err = {0};
    rg_buf_byte(&text, '~');
    rg_utf8_put(&text, code);
    rg_buf_byte(&text, '!');
    edge.subject = edge.evidence = rg_buf_str(&text);
    const rg_graph *graph =
        graph_of(arena, &(rg_edges){&edge, 1}, shipped_style(arena), NULL);
    drawing = "<svg/>";
    assert_true(
        rg_output_find(RG_STR("html"), RG_FROM_GRAPH)->put_graph(&out, graph, &err));
    rg_str made = rg_buf_str(&out);
    rg_str key = in_title ? RG_STR("<title>~") : RG_STR("\"evidence\":\"~");
    int at = rg_str_find(made, key, 0);
    assert_true(at >= 0);
    at += key.len;
    return rg_str_cut(made, at, rg_str_find_byte(made, '!', at));
}

/* At both sides of each bound; NULL: as it is. */
static void a_page_has_no_character_that_it_forbids(void **state)
{
    (void)state;
    static const char none[] = "\xef\xbf\xbd";
    const struct {
        uint32_t code;
        const char *title, *data;
    } cases[] = {
        {'<', "&lt;", "\\u003c"},
        {'>', "&gt;", "\\u003e"},
        {'&', "&amp;", "\\u0026"},
        {'"', "&quot;", "\\\""},
        {0x1f, none, "\\u001F"},
        {0x7e, NULL, NULL},
        {0x7f, none, "\\u007f"},
        {0x9f, none, "\\u009f"},
        {0xa0, NULL, NULL},
        {0x2027, NULL, NULL},
        {0x2028, NULL, "\\u2028"},
        {0x2029, NULL, "\\u2029"},
        {0xfdcf, NULL, NULL},
        {0xfdd0, none, "\\ufdd0"},
        {0xfdef, none, "\\ufdef"},
        {0xfdf0, NULL, NULL},
        {0xfffd, NULL, NULL},
        {0xfffe, none, "\\ufffe"},
        {0xffff, none, "\\uffff"},
        {0x10000, NULL, NULL},
        {0x1fffe, none, "\\ud83f\\udffe"},
        {0x10ffff, none, "\\udbff\\udfff"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int in_title = 0; in_title < 2; in_title++) {
            const char *expected = in_title ? cases[i].title : cases[i].data;
            rg_buf same = rg_buf_in(arena);
            rg_utf8_put(&same, cases[i].code);
            rg_str got = written(in_title, cases[i].code);
            if (!rg_str_equal(got, expected ? rg_str_of(expected) : rg_buf_str(&same)))
                fail_msg("U+%04X: got '%.*s'", cases[i].code, RG_PRINT(got));
        }
}

static void the_time_of_day_is_no_part_of_a_page(void **state)
{
    (void)state;
    const struct {
        const char *drawn, *made;
    } cases[] = {
        {"%PDF /CreationDate (D:20261128155400Z) /X",
         "%PDF /CreationDate (D:19700101000000Z) /X"},
        {"%PDF without a date", "%PDF without a date"},
        {"%PDF cut /CreationDate (D:2026", "%PDF cut /CreationDate (D:2026"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_buf out;
        rg_error err = {0};
        assert_true(write_as(&out, "pdf", cases[i].drawn, NULL, &err));
        assert_true(rg_str_is(rg_buf_str(&out), cases[i].made));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_picture_needs_is_refused),
        cmocka_unit_test(a_layout_that_fails_is_told),
        cmocka_unit_test(the_picture_is_made_fit_for_the_web),
        cmocka_unit_test(with_theme_auto_the_picture_has_a_style_sheet),
        cmocka_unit_test(a_page_has_no_character_that_it_forbids),
        cmocka_unit_test(the_time_of_day_is_no_part_of_a_page),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
