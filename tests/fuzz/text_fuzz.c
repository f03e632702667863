/* text_fuzz.c - any bytes become blocks of valid UTF-8 whose offsets lead back; cut between
 * blocks, they become the same ones. */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/text.h"

static void check_block(const rg_text *text, int number)
{
    const rg_block *block = &text->blocks[number];
    fuzz_check(block->start <= block->end && block->end <= text->document->bytes.len);
    fuzz_check(rg_utf8_find_bad(block->text) < 0);
    int before = block->start;
    for (int i = 0; i < block->text.len; i++) {
        if ((block->text.bytes[i] & 0xc0) == 0x80)
            continue; /* places are those of whole characters */
        int place = rg_text_place(text, number, i);
        fuzz_check(place >= before && place <= block->end);
        before = place;
    }
}

static void read_as(rg_str bytes, rg_text_mode mode)
{
    rg_arena *arena = rg_arena_new();
    rg_document document = {.name = RG_STR("fuzz"), .bytes = bytes, .mode = mode};
    const rg_text *text;
    rg_error err = {0};
    if (rg_text_read(&text, arena, &document, &err))
        for (int i = 0; i < text->block_count; i++)
            check_block(text, i);
    else
        fuzz_check(err.kind != RG_ERROR_NONE);
    rg_arena_free(arena);
}

static void check_same(const rg_text *whole, int number, const rg_text *portion, int at)
{
    rg_str text = portion->blocks[at].text;
    fuzz_check(number < whole->block_count
               && rg_str_equal(whole->blocks[number].text, text));
    fuzz_check(rg_text_place(whole, number, 0) == rg_text_place(portion, at, 0));
    fuzz_check(rg_text_place_end(whole, number, text.len)
               == rg_text_place_end(portion, at, text.len));
}

static void read_cut(rg_str bytes)
{
    rg_arena *arena = rg_arena_new();
    rg_document document = {.name = RG_STR("fuzz"), .bytes = bytes}, piece = document;
    const rg_text *whole, *portion;
    rg_error err = {0};
    fuzz_check(rg_text_read(&whole, arena, &document, &err));
    int number = 0;
    while (piece.base < bytes.len) {
        int end = rg_text_cut(bytes, piece.base, bytes.len % 32);
        fuzz_check(end > piece.base && end <= bytes.len);
        piece.bytes = rg_str_cut(bytes, piece.base, end);
        fuzz_check(rg_text_read(&portion, arena, &piece, &err));
        for (int i = 0; i < portion->block_count; i++)
            check_same(whole, number++, portion, i);
        piece.base = end;
    }
    fuzz_check(number == whole->block_count);
    rg_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    read_as(fuzz_input(bytes, size), RG_TEXT_BLOCKS);
    read_as(fuzz_input(bytes, size), RG_TEXT_WHOLE);
    read_cut(fuzz_input(bytes, size));
    return 0;
}
