/* markup.h - what holds of the blocks of any page, shared by the fuzz targets of markup. */
#ifndef RG_FUZZ_MARKUP_H
#define RG_FUZZ_MARKUP_H

#include "fuzz.h"

#include "base/utf8.h"
#include "text/text.h"

static inline void check_run(const rg_text *text, const rg_block *block, int number)
{
    rg_text_run run = block->runs[number];
    bool last = number + 1 == block->run_count;
    int end = last ? block->text.len : block->runs[number + 1].at;
    int file_end = run.file_end ? run.file_end : run.file_at + (end - run.at);
    fuzz_check(run.at < end && run.file_at < file_end);
    fuzz_check(file_end <= text->document->bytes.len);
    fuzz_check(last || file_end <= block->runs[number + 1].file_at);
    for (int i = run.at; i < end && !run.file_end; i++)
        fuzz_check(block->text.bytes[i] == ' '
                   || block->text.bytes[i]
                          == text->document->bytes.bytes[run.file_at + i - run.at]);
}

/* Text of the block leads back into the document, in order, to bytes that are the same. */
static inline void check_block(const rg_text *text, int number)
{
    const rg_block *block = &text->blocks[number];
    int len = block->text.len;
    fuzz_check(len > 0 && block->run_count > 0 && block->runs[0].at == 0);
    fuzz_check(rg_utf8_find_bad(block->text) < 0);
    fuzz_check(block->text.bytes[0] != ' ' && block->text.bytes[len - 1] != ' ');
    for (int i = 0; i < block->run_count; i++)
        check_run(text, block, i);
    fuzz_check(rg_text_place(text, number, 0) == block->start);
    fuzz_check(rg_text_place_end(text, number, len) == block->end);
    fuzz_check(number == 0 || text->blocks[number - 1].end <= block->start);
}

static inline void read_markup(rg_str bytes, rg_text_mode mode)
{
    rg_arena *arena = rg_arena_new();
    rg_document document = {.name = RG_STR("fuzz"), .bytes = bytes, .mode = mode};
    const rg_text *text;
    rg_error err = {0};
    if (!rg_text_read(&text, arena, &document, &err)) {
        fuzz_check(err.kind == RG_ERROR_INPUT); /* UTF-16 */
    } else {
        for (int i = 0; i < text->block_count; i++)
            check_block(text, i);
        fuzz_check(rg_utf8_find_bad(text->document->title) < 0);
        fuzz_check(rg_utf8_find_bad(text->warning) < 0);
    }
    rg_arena_free(arena);
}

#endif
