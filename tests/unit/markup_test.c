/* markup_test.c - HTML and Markdown: what is text, what is a block, and where it stands. */
#include "with_arena.h"

#include "base/buf.h"
#include "text/text.h"

/* Every byte of text that is as it is in the file leads to such a byte. */
static void check_places(const rg_text *text)
{
    for (int b = 0; b < text->block_count; b++) {
        const rg_block *block = &text->blocks[b];
        for (int r = 0; r < block->run_count; r++) {
            bool last = r + 1 == block->run_count;
            int end = last ? block->text.len : block->runs[r + 1].at;
            for (int i = block->runs[r].at; i < end && !block->runs[r].file_end; i++) {
                char byte = text->document->bytes.bytes[rg_text_place(text, b, i)];
                if (block->text.bytes[i] != ' ')
                    assert_int_equal(byte, block->text.bytes[i]);
            }
        }
        assert_int_equal(rg_text_place(text, b, 0), block->start);
        assert_int_equal(rg_text_place_end(text, b, block->text.len), block->end);
    }
}

static const rg_text *read_text(const char *bytes, rg_text_mode mode)
{
    rg_document *document = rg_new(arena, rg_document, 1);
    *document =
        (rg_document){.name = RG_STR("test"), .bytes = rg_str_of(bytes), .mode = mode};
    const rg_text *text = NULL;
    rg_error err = {0};
    assert_true(rg_text_read(&text, arena, document, &err));
    check_places(text);
    return text;
}

/* The blocks, '|' between. */
static const char *blocks_of(const rg_text *text)
{
    rg_buf out = rg_buf_in(arena);
    rg_buf_text(&out, "");
    for (int i = 0; i < text->block_count; i++) {
        rg_buf_text(&out, i > 0 ? "|" : "");
        rg_buf_put(&out, text->blocks[i].text);
    }
    return out.bytes;
}

static void check(rg_text_mode mode, const char *bytes, const char *expected)
{
    assert_string_equal(blocks_of(read_text(bytes, mode)), expected);
}

static void html(const char *bytes, const char *expected)
{
    check(RG_TEXT_HTML, bytes, expected);
}

static void markdown(const char *bytes, const char *expected)
{
    check(RG_TEXT_MARKDOWN, bytes, expected);
}

/* ---- HTML ------------------------------------------------------------------------------ */

static void elements_end_blocks(void **state)
{
    (void)state;
    html("<h1>A</h1>b <i>c</i>d<p>e<br>f<div>g</div>h", "A|b cd|e f|g|h");
    html("a<br><br>b<br> <br/>c", "a|b|c");
    html("<ul><li>a<li>b<ul><li>c</ul></ul><table><tr><td>d<th>e<tr><td>f</table>",
         "a|b|c|d|e|f");
    html("<pre>a\n b\n\nc</pre>", "a b|c");
}

static void references_are_decoded_in_place(void **state)
{
    (void)state;
    const rg_text *text =
        read_text("<p>Cats&nbsp;eat <b>fi</b>sh &amp; chips.</p>", RG_TEXT_HTML);
    assert_string_equal(blocks_of(text), "Cats eat fish & chips.");
    assert_int_equal(rg_text_place(text, 0, 9), 20);
    assert_int_equal(rg_text_place_end(text, 0, 13), 28);
    assert_int_equal(rg_text_place(text, 0, 14), 29);
    assert_int_equal(rg_text_place_end(text, 0, 15), 34);
    html("&lt;&#65;&#x42;&#128;&#0;&#xd800;&#x110000;&eacute;&eacute&notit;&nosuch;&",
         "<AB\xe2\x82\xac\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xc3\xa9\xc3\xa9\xc2\xac"
         "it;&nosuch;&");
    html("co&shy;op&NotEqualTilde;", "coop\xe2\x89\x82\xcc\xb8");
}

static void what_is_never_text_is_left_out(void **state)
{
    (void)state;
    html("a<script>b < c; '</p>'</script><style>d</style><template><p>e</template>"
         "<noscript>f</noscript><select><option>g</select><button>h</button>"
         "<!-- i --><!doctype j><?k?></ l>",
         "a");
    html("<p>Cats <![CDATA[ eat ]]> fish.</p><svg><![CDATA[Dogs & &amp;]]></svg>",
         "Cats fish.|Dogs & &amp;");
}

static void malformed_markup_loses_no_text(void **state)
{
    (void)state;
    html("a < b <3 x<y", "a < b <3 x<y");
    html("Cats <b eat fish. <p>Dogs run", "Cats <b eat fish.|Dogs run");
    html("a <!-- b <p>c", "a b|c");
    html("a <a href=\"x>b</a> c", "a <a href=\"x>b c");
    html("<title>a<p>b", "a|b");
    html("<textarea>a<p>b", "a|b");
    html("a</p", "a");
    html("<b><p>a</b>b</p></i>c", "ab|c");
    html("<div><p>a</span></div></div></div>b", "a|b");
}

static void zero_bytes_end_nothing(void **state)
{
    (void)state;
    static const char bytes[] = "<p\0>Cats eat \0 fish.</p\0>";
    rg_document document = {.bytes = {bytes, sizeof bytes - 1}, .mode = RG_TEXT_HTML};
    const rg_text *text;
    rg_error err = {0};
    assert_true(rg_text_read(&text, arena, &document, &err));
    assert_string_equal(blocks_of(text), "Cats eat fish.");
}

static void what_never_ends_is_told(void **state)
{
    (void)state;
    const rg_text *text = read_text("a<script>b", RG_TEXT_HTML);
    assert_string_equal(blocks_of(text), "a");
    assert_true(text->warning.len > 0);
    assert_true(read_text("a<div><noscript>b", RG_TEXT_HTML)->warning.len > 0);
    assert_int_equal(read_text("<noscript>b</noscript>a", RG_TEXT_HTML)->warning.len,
                     0);
}

static void the_main_text_is_chosen(void **state)
{
    (void)state;
    html("<nav>a</nav><header>b</header><p>c<aside>d</aside><form>e</form><footer>f",
         "c");
    html("<p>a<main><header><h1>b</h1></header><p>c</main><div>d</div>", "b|c");
    html("<p>a<article>b c d</article>", "b c d");
    html("<p>much more than is in the article<article>b</article>",
         "much more than is in the article|b");
    html("<ul><li><a href=x>Home</a><li><a href=x>News</a></ul><p>a <a href=x>b</a>.",
         "a b.");
    html("<form><p>a b c</form>", "a b c");
    html("<nav>a</nav>", "a");
    html("<div role=navigation>a</div><div hidden>b</div>c", "c");
}

static void what_is_too_deep_counts_as_if_flat(void **state)
{
    (void)state;
    rg_buf page = rg_buf_in(arena);
    for (int i = 0; i < 1000; i++)
        rg_buf_text(&page, "<div>");
    rg_buf_text(&page, "a<nav>b</nav>c");
    for (int i = 0; i < 1000; i++)
        rg_buf_text(&page, "</div>");
    rg_buf_text(&page, "<nav>d</nav>e");
    html(page.bytes, "a|b|c|e");
}

static void title_and_date_are_found(void **state)
{
    (void)state;
    const rg_text *text =
        read_text("<title> A &amp;\n b</title><meta property='article:published_time' "
                  "content='2019-02-20T10:00'><time datetime='2020-01-01'>x</time>",
                  RG_TEXT_HTML);
    assert_true(rg_str_is(text->document->title, "A & b"));
    assert_true(rg_str_is(text->document->date, "2019-02-20"));
    text = read_text("<nav><time datetime=2001-01-01></nav><svg><title>c</title></svg>"
                     "<time datetime='2020-01-32'><time datetime=2020-01-02>",
                     RG_TEXT_HTML);
    assert_int_equal(text->document->title.len, 0);
    assert_true(rg_str_is(text->document->date, "2020-01-02"));
}

static void encodings_are_those_declared(void **state)
{
    (void)state;
    html("<meta charset=iso-8859-1><p>Caf\xe9 \x80", "Caf\xc3\xa9 \xe2\x82\xac");
    html("<meta charset=iso-8859-1><p>Caf\xc3\xa9", "Caf\xc3\xa9");
    html("<meta http-equiv=c content='text/html; charset=latin1'>\xe9", "\xc3\xa9");
    html("\xef\xbb\xbf<p>a\xff", "a\xef\xbf\xbd");
    assert_int_equal(read_text("<meta charset=utf-16>a", RG_TEXT_HTML)->warning.len, 0);
    rg_str warning = read_text("<meta charset='x-\n'>a", RG_TEXT_HTML)->warning;
    assert_true(rg_str_find(warning, RG_STR("'x-'"), 0) > 0);
}

/* ---- Markdown -------------------------------------------------------------------------- */

static void lines_make_blocks(void **state)
{
    (void)state;
    markdown("# A #\nb\nc\n\nd\n===\ne\n---\nf\n***\ng", "A|b c|d|e|f|g");
    markdown("- a\n- b\n  c\n\n  d\n1. e\n2) f\n", "a|b c|d|e|f");
    markdown("> a\n> b\nc\n> > d\n>\n> e", "a b c|d|e");
    markdown("in\n1986. b\n# \n#c", "in 1986. b|#c");
    markdown("a\r\nb\r\n\r\nc\rd", "a b|c d");
    markdown("- - > a\n- - -\n* * *\nb", "a|b");
}

static void marks_go_and_text_stays(void **state)
{
    (void)state;
    markdown("*a* **b** ***c*** _d_ ~~e~~ `f *g*` ``h ` i``", "a b c d e f *g* h ` i");
    markdown("snake_case 2 * 3 a*b*c **open \\*x\\* &amp; &",
             "snake_case 2 * 3 abc **open *x* & &");
    markdown("[a](b \"c\") [d](<e f>) [g](h(i)) [j] [k](l", "a d g [j] [k](l");
    markdown("a ![b](c) d[^1] ![e [f](g)](h)i", "a d i");
    markdown("[a][b] [c][]\n\n[b]: x \"y\"\n[d]: e f g\n\n[^1]: note",
             "a c|[d]: e f g|note");
    markdown("a <b>c</b><br>d <https://e.f> <g@h> i<j", "a c d https://e.f g@h i<j");
}

static void code_and_comments_go(void **state)
{
    (void)state;
    markdown("a\n```c\nb\n\n~~~\n````\nc\n~~~\nd\n~~~~\n> ```\n> e\nf", "a|c|f");
    markdown("a <!-- b --> c\n<!-- d\n\ne --> f\n\n<!-- g", "a c|f|<!-- g");
    markdown("Cats <script>x</script> eat.\n\n<style>a\n\nb</style>\nc", "Cats eat.|c");
    assert_true(read_text("a\n```\nb", RG_TEXT_MARKDOWN)->warning.len > 0);
}

static void cells_are_blocks(void **state)
{
    (void)state;
    markdown("x\n\n| a | *b* |\n|---|:-:|\n| c \\| d |\ne | f\ng", "x|a|b|c | d|e|f|g");
    markdown("a | b\nc", "a | b c");
}

static void front_matter_tells_title_and_date(void **state)
{
    (void)state;
    const rg_text *text = read_text("---\ntitle: \"A b\"\ndate: 2019-02-20T01:00\n"
                                    "tags: [x]\n---\n# C\nd",
                                    RG_TEXT_MARKDOWN);
    assert_string_equal(blocks_of(text), "C|d");
    assert_true(rg_str_is(text->document->title, "A b"));
    assert_true(rg_str_is(text->document->date, "2019-02-20"));
    text = read_text("---\na: b\n\n## x\n# C *d*\n", RG_TEXT_MARKDOWN);
    assert_string_equal(blocks_of(text), "a: b|x|C d");
    assert_true(rg_str_is(text->document->title, "C d"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_end_blocks),
        cmocka_unit_test(references_are_decoded_in_place),
        cmocka_unit_test(what_is_never_text_is_left_out),
        cmocka_unit_test(malformed_markup_loses_no_text),
        cmocka_unit_test(zero_bytes_end_nothing),
        cmocka_unit_test(what_never_ends_is_told),
        cmocka_unit_test(the_main_text_is_chosen),
        cmocka_unit_test(what_is_too_deep_counts_as_if_flat),
        cmocka_unit_test(title_and_date_are_found),
        cmocka_unit_test(encodings_are_those_declared),
        cmocka_unit_test(lines_make_blocks),
        cmocka_unit_test(marks_go_and_text_stays),
        cmocka_unit_test(code_and_comments_go),
        cmocka_unit_test(cells_are_blocks),
        cmocka_unit_test(front_matter_tells_title_and_date),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
