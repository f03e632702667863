/* text_fuzz.c - any bytes become blocks of valid UTF-8 whose offsets lead back. */
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    read_as(fuzz_input(bytes, size), RG_TEXT_BLOCKS);
    read_as(fuzz_input(bytes, size), RG_TEXT_WHOLE);
    return 0;
}
