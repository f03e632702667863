/* tokenizer_test.c - text into tokens; expectations are spaCy's. */
#include "lang/tokenizer.h"

#include "with_model.h"

#include "base/buf.h"

#include <string.h>
#include <time.h>

static rg_arena *arena;
static rg_model *model;
static rg_tokenizer *tokenizer;

static int open_all(void **state)
{
    (void)state;
    rg_error err = {0};
    arena = rg_arena_new();
    model = open_model(arena);
    assert_true(rg_tokenizer_new(&tokenizer, arena, model, &err));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    rg_tokenizer_free(tokenizer);
    rg_model_free(model);
    rg_arena_free(arena);
    return 0;
}

static rg_pieces split(rg_str text)
{
    rg_pieces pieces = {0};
    rg_tokenizer_split(tokenizer, &pieces, arena, text);
    return pieces;
}

/* The tokens with | between them, a _ behind each that a blank follows. */
static const char *show(rg_str text)
{
    rg_pieces pieces = split(text);
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < pieces.count; i++) {
        const rg_piece *piece = &pieces.items[i];
        if (i > 0)
            rg_buf_byte(&out, '|');
        rg_buf_put(&out, rg_str_cut(text, piece->start, piece->start + piece->len));
        if (piece->space_after)
            rg_buf_byte(&out, '_');
    }
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

typedef struct example {
    const char *text, *tokens;
} example;

static void check(const example *examples, size_t count)
{
    for (int round = 0; round < 2; round++) /* the second time from the cache */
        for (size_t i = 0; i < count; i++)
            assert_string_equal(show(rg_str_of(examples[i].text)), examples[i].tokens);
}

static void affixes_are_stripped(void **state)
{
    (void)state;
    static const example examples[] = {
        {"(don't)", "(|do|n't|)"},
        {"Apple's coffee isn't $5.", "Apple|'s_|coffee_|is|n't_|$|5|."},
        {"\"''quoted''\"", "\"|''|quoted|''|\""},
        {"...wait....", "...|wait|...."},
        {"5km 100% £3.50 $5bn 10km/h", "5|km_|100|%_|£|3.50_|$|5bn_|10|km/h"},
        {"((((x))))", "(|(|(|(|x|)|)|)|)"},
        {"1990s '90s", "1990s_|'|90s"},
        {"'s 'S ’s", "'s_|'S_|’s"},
        {"no.", "no|."},
        {"'", "'"},
        {"-", "-"},
        {"..", ".."},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void exceptions_come_first(void **state)
{
    (void)state;
    static const example examples[] = {
        {"U.S. a.m. 8a.m.", "U.S._|a.m._|8|a.m."},
        {"I'm gonna can't", "I|'m_|gon|na_|ca|n't"},
        {"'Cause y'all", "'Cause_|y'|all"},
        {"don’t we’ve", "do|n’t_|we|’ve"},
        {"can't've", "ca|n't|'ve"},
        {"o'clock'", "o'clock|'"},
        {"we'll.\"", "we|'ll|.|\""},
        {"Ph.D.s", "Ph|.|D.s"},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void the_second_pass_joins_exceptions_with_affixes(void **state)
{
    (void)state;
    static const example examples[] = {
        {"(o.O)", "(|o.O|)"},
        {"x:-) (: :-)))", "x:-|)_|(:_|:-)))"},
        {"\\(o_o)/ x", "\\(o_o)/_|x"},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void infixes_and_urls_follow_the_model(void **state)
{
    (void)state;
    static const example examples[] = {
        {"e-mail co-op 3-4 a--b", "e|-|mail_|co|-|op_|3|-|4_|a|--|b"},
        {"user@example.com.", "user@example.com|."},
        {"a.b.c", "a.b.c"},
        {"Hello…world", "Hello|…|world"},
        {"John,Mary and/or C++", "John|,|Mary_|and/or_|C++"},
        {"8:00-9:00pm", "8:00|-|9:00pm"},
        {"北京，上海。", "北京，上海|。"},
        {"U.S.-based", "U.S.-based"},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void one_blank_belongs_to_the_word_before(void **state)
{
    (void)state;
    static const example examples[] = {
        {"", ""},
        {" ", " "},
        {"  two  spaces \n\n", "  |two_| |spaces_|\n\n"},
        {"a\tb ", "a|\t|b_"},
        {"\xc2\xa0x\xc2\xa0", "\xc2\xa0|x|\xc2\xa0"},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void an_exception_brings_its_norms(void **state)
{
    (void)state;
    rg_strings strings;
    rg_error err = {0};
    assert_true(rg_strings_open(&strings, model, &err));
    rg_pieces pieces = split(RG_STR("don't talk"));
    assert_int_equal(pieces.count, 3);
    assert_true(rg_str_is(rg_strings_at(&strings, pieces.items[0].norm), "do"));
    assert_true(rg_str_is(rg_strings_at(&strings, pieces.items[1].norm), "not"));
    assert_int_equal(pieces.items[2].norm, RG_NO_STRING);
}

static void pieces_cover_the_text(void **state)
{
    (void)state;
    static const char alphabet[][6] = {"a",  "B.", "'",  "\"", " ", "  ",
                                       "\n", "-",  "5",  "km", "…", "don",
                                       "'t", "😀",  ":)", ".",  "/", "@"};
    unsigned seed = 7;
    for (int round = 0; round < 3000; round++) {
        rg_buf buf = rg_buf_in(arena);
        for (int i = 0; i < 12; i++) {
            seed = seed * 1103515245u + 12345u;
            rg_buf_text(&buf, alphabet[(seed >> 16) % (sizeof alphabet / 6)]);
        }
        rg_str text = rg_buf_str(&buf);
        rg_pieces pieces = split(text);
        int at = 0;
        for (int i = 0; i < pieces.count; i++) {
            assert_int_equal(pieces.items[i].start, at);
            assert_true(pieces.items[i].len > 0);
            at += pieces.items[i].len;
            if (pieces.items[i].space_after)
                assert_int_equal(text.bytes[at++], ' ');
        }
        assert_int_equal(at, text.len);
    }
}

static double seconds_for(const char *piece, int count)
{
    rg_buf text = rg_buf_in(arena);
    for (int i = 0; i < count; i++)
        rg_buf_text(&text, piece);
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    split(rg_buf_str(&text));
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    return (double)(end.tv_sec - start.tv_sec)
           + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
}

/* A quadratic step would take minutes for these; linear ones take a tenth of a second. */
static void long_chunks_take_linear_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {"'",  "\"",   "(",   ")",  ".",    "-",
                                         "a:", "a:b@", "a.",  "x'", "...a", "'.",
                                         ":)", "@",    "5km", "’",  "😀"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        double seconds = seconds_for(pieces[i], 100 * 1000);
        if (seconds > 10)
            fail_msg("100,000 times %s took %.1f seconds", pieces[i], seconds);
    }
}

static void a_zero_byte_is_a_character(void **state)
{
    (void)state;
    rg_pieces pieces = split(RG_STR("a\0b c"));
    assert_int_equal(pieces.count, 2);
    assert_int_equal(pieces.items[0].len, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(affixes_are_stripped),
        cmocka_unit_test(exceptions_come_first),
        cmocka_unit_test(the_second_pass_joins_exceptions_with_affixes),
        cmocka_unit_test(infixes_and_urls_follow_the_model),
        cmocka_unit_test(one_blank_belongs_to_the_word_before),
        cmocka_unit_test(an_exception_brings_its_norms),
        cmocka_unit_test(pieces_cover_the_text),
        cmocka_unit_test(long_chunks_take_linear_time),
        cmocka_unit_test(a_zero_byte_is_a_character),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
