/* text_test.c - blocks, folding, repair, and the way back to the file. */
#include "with_arena.h"

#include "text/text.h"

#include "base/buf.h"

static const rg_text *read_bytes(rg_str bytes, rg_text_mode mode, int base)
{
    rg_document *document = rg_new(arena, rg_document, 1);
    *document = (rg_document){
        .name = RG_STR("test"), .bytes = bytes, .base = base, .mode = mode};
    const rg_text *text = NULL;
    rg_error err = {0};
    assert_true(rg_text_read(&text, arena, document, &err));
    return text;
}

static const rg_text *read_blocks(const char *bytes)
{
    return read_bytes(rg_str_of(bytes), RG_TEXT_BLOCKS, 0);
}

static void check_block(const rg_text *text, int block, const char *expected)
{
    assert_true(block < text->block_count);
    rg_str copy = rg_arena_str(arena, text->blocks[block].text);
    assert_string_equal(copy.bytes, expected);
}

/* Every character of the block, led back to the file, must be the same one (or a blank for
 * white space). */
static void check_places(const rg_text *text, rg_str bytes)
{
    for (int b = 0; b < text->block_count; b++) {
        rg_str block = text->blocks[b].text;
        for (int at = 0; at < block.len; at++) {
            int file = rg_text_place(text, b, at) - text->document->base;
            assert_true(file >= text->blocks[b].start && file < text->blocks[b].end);
            if (block.bytes[at] != ' ')
                assert_int_equal(bytes.bytes[file], block.bytes[at]);
        }
        assert_int_equal(rg_text_place(text, b, 0),
                         text->document->base + text->blocks[b].start);
        assert_int_equal(rg_text_place_end(text, b, block.len),
                         text->document->base + text->blocks[b].end);
    }
}

static void blank_lines_part_blocks(void **state)
{
    (void)state;
    static const char bytes[] = "\n \nTitle\n\nOne  line,\nand\tanother.\n \t\nEnd\n\n";
    const rg_text *text = read_blocks(bytes);
    assert_int_equal(text->block_count, 3);
    check_block(text, 0, "Title");
    check_block(text, 1, "One line, and another.");
    check_block(text, 2, "End");
    check_places(text, rg_str_of(bytes));
}

static void every_kind_of_line_end_counts_once(void **state)
{
    (void)state;
    static const char *const texts[] = {"a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc",
                                        "a\r\nb\n\rc"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const rg_text *text = read_blocks(texts[i]);
        assert_int_equal(text->block_count, 2);
        check_block(text, 0, "a b");
        check_block(text, 1, "c");
        check_places(text, rg_str_of(texts[i]));
    }
}

static void odd_white_space_is_folded_too(void **state)
{
    (void)state;
    static const char bytes[] = "a\xc2\xa0 \xe2\x80\x89z \xe3\x80\x80";
    const rg_text *text = read_blocks(bytes);
    check_block(text, 0, "a z");
    assert_int_equal(rg_text_place(text, 0, 1), 1);
    assert_int_equal(rg_text_place_end(text, 0, 1), 1);
    assert_int_equal(rg_text_place(text, 0, 2), 7);
    assert_int_equal(rg_text_place_end(text, 0, 3), 8);
}

static void nothing_makes_no_block(void **state)
{
    (void)state;
    assert_int_equal(read_blocks("")->block_count, 0);
    assert_int_equal(read_blocks(" \n\r\n\t ")->block_count, 0);
    assert_int_equal(read_blocks("\xef\xbb\xbf")->block_count, 0);
}

static void whole_keeps_the_text_as_it_is(void **state)
{
    (void)state;
    static const char bytes[] = "\r\n a  b\n\n\nc ";
    const rg_text *text = read_bytes(rg_str_of(bytes), RG_TEXT_WHOLE, 0);
    assert_int_equal(text->block_count, 1);
    check_block(text, 0, bytes);
    assert_int_equal(text->blocks[0].run_count, 1);
    const rg_text *empty = read_bytes(RG_STR(""), RG_TEXT_WHOLE, 0);
    assert_int_equal(empty->block_count, 1);
    assert_int_equal(rg_text_place(empty, 0, 0), 0);
    assert_int_equal(rg_text_place_end(empty, 0, 0), 0);
}

static void byte_order_mark_is_skipped_and_counted(void **state)
{
    (void)state;
    const rg_text *text = read_blocks("\xef\xbb\xbfOne two");
    check_block(text, 0, "One two");
    assert_int_equal(rg_text_place(text, 0, 0), 3);
    assert_int_equal(rg_text_place_end(text, 0, 7), 10);
}

static void a_mark_inside_the_file_is_a_character(void **state)
{
    (void)state;
    const rg_text *text = read_bytes(RG_STR("\xef\xbb\xbfx"), RG_TEXT_WHOLE, 100);
    check_block(text, 0, "\xef\xbb\xbfx");
    assert_int_equal(rg_text_place(text, 0, 3), 103);
}

static void ill_formed_pieces_are_replaced_one_for_one(void **state)
{
    (void)state;
    /* a lone byte; two of a three-byte sequence; a surrogate (three pieces) */
    const rg_text *text = read_blocks("a\xff"
                                      "b\xe2\x82"
                                      "c\xed\xa0\x80"
                                      "d");
    check_block(text, 0,
                "a\xef\xbf\xbd"
                "b\xef\xbf\xbd"
                "c\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
                "d");
    assert_int_equal(text->replaced, 5);
    assert_int_equal(rg_text_place(text, 0, 1), 1);
    assert_int_equal(rg_text_place_end(text, 0, 4), 2);
    assert_int_equal(rg_text_place(text, 0, 4), 2);
    assert_int_equal(rg_text_place_end(text, 0, 8), 5);
    assert_int_equal(rg_text_place(text, 0, 8), 5);
    assert_int_equal(rg_text_place(text, 0, 18), 9);
    assert_int_equal(rg_text_place_end(text, 0, 19), 10);
}

static void a_cut_sequence_at_the_end_stays_inside_the_file(void **state)
{
    (void)state;
    const rg_text *text = read_blocks("ab\xf0\x9f");
    check_block(text, 0, "ab\xef\xbf\xbd");
    assert_int_equal(rg_text_place_end(text, 0, 5), 4);
}

static void zero_is_a_character(void **state)
{
    (void)state;
    rg_str bytes = RG_STR("a\0b  c");
    const rg_text *text = read_bytes(bytes, RG_TEXT_BLOCKS, 0);
    assert_int_equal(text->blocks[0].text.len, 5);
    assert_memory_equal(text->blocks[0].text.bytes, "a\0b c", 5);
    check_places(text, bytes);
}

static void offsets_hold_in_any_mix(void **state)
{
    (void)state;
    static const char alphabet[][5] = {
        "a",    "b",        " ",        "  ", "\n",
        "\r\n", "\xc3\xa9", "\xc2\xa0", "\t", "\xf0\x9f\x98\x80"};
    unsigned seed = 1;
    for (int round = 0; round < 300; round++) {
        rg_buf bytes = rg_buf_in(arena);
        for (int i = 0; i < 40; i++) {
            seed = seed * 1103515245u + 12345u;
            rg_buf_text(&bytes, alphabet[(seed >> 16) % 10]);
        }
        rg_str all = rg_buf_str(&bytes);
        check_places(read_bytes(all, RG_TEXT_BLOCKS, 0), all);
    }
}

static void a_document_is_cut_between_paragraphs(void **state)
{
    (void)state;
    rg_str bytes = RG_STR("one\ntwo\n\nthree\r\n\r\n  four\n");
    assert_int_equal(rg_text_cut(bytes, 0, 0), 9);
    assert_int_equal(rg_text_cut(bytes, 0, 5), 9);
    assert_int_equal(rg_text_cut(bytes, 0, 8),
                     20); /* one line end is left of the first */
    assert_int_equal(rg_text_cut(bytes, 9, 1), 20);
    assert_int_equal(rg_text_cut(bytes, 20, 1), bytes.len);
    assert_int_equal(rg_text_cut(bytes, 0, 1000), bytes.len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blank_lines_part_blocks),
        cmocka_unit_test(every_kind_of_line_end_counts_once),
        cmocka_unit_test(odd_white_space_is_folded_too),
        cmocka_unit_test(nothing_makes_no_block),
        cmocka_unit_test(whole_keeps_the_text_as_it_is),
        cmocka_unit_test(byte_order_mark_is_skipped_and_counted),
        cmocka_unit_test(a_mark_inside_the_file_is_a_character),
        cmocka_unit_test(ill_formed_pieces_are_replaced_one_for_one),
        cmocka_unit_test(a_cut_sequence_at_the_end_stays_inside_the_file),
        cmocka_unit_test(zero_is_a_character),
        cmocka_unit_test(offsets_hold_in_any_mix),
        cmocka_unit_test(a_document_is_cut_between_paragraphs),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
