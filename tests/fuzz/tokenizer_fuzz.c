/* tokenizer_fuzz.c - any text becomes tokens that follow one another without a gap, but for
 * the blank behind those that say so; the same with a full cache. Needs the model. */
#include "fuzz.h"

#include "lang/tokenizer.h"

#include <string.h>

/* Kept for all inputs: what the cache of chunks holds must not matter. */
static struct known {
    rg_arena *arena;
    rg_model *model;
    rg_tokenizer *tokenizer;
} known;

static void open_known(void)
{
    rg_error err = {0};
    if (known.arena)
        return;
    known.arena = rg_arena_new();
    const char *path = getenv("RELGRAPH_MODEL");
    if (!path)
        path = rg_file_find_own(known.arena, "models/en_core_web_sm-3.8.0.rgm");
    fuzz_check(path && rg_model_open(&known.model, path, &err)
               && rg_tokenizer_new(&known.tokenizer, known.arena, known.model, &err));
}

static void check_pieces(const rg_pieces *pieces, rg_str text)
{
    int at = 0;
    for (int i = 0; i < pieces->count; i++) {
        const rg_piece *piece = &pieces->items[i];
        fuzz_check(piece->start == at && piece->len > 0);
        at += piece->len;
        fuzz_check(!piece->space_after || (at < text.len && text.bytes[at] == ' '));
        at += piece->space_after;
    }
    fuzz_check(at == text.len);
}

static void check_same(const rg_pieces *a, const rg_pieces *b)
{
    fuzz_check(a->count == b->count);
    for (int i = 0; i < a->count; i++)
        fuzz_check(a->items[i].len == b->items[i].len
                   && a->items[i].norm == b->items[i].norm);
}

static void split(rg_arena *arena, rg_str text)
{
    rg_pieces once = {0}, again = {0};
    rg_tokenizer_split(known.tokenizer, &once, arena, text);
    check_pieces(&once, text);
    rg_tokenizer_split(known.tokenizer, &again, arena, text);
    check_same(&once, &again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    open_known();
    rg_arena *arena = rg_arena_new();
    rg_document document = {.name = RG_STR("fuzz"),
                            .bytes = fuzz_input(bytes, size),
                            .mode = RG_TEXT_WHOLE};
    const rg_text *text;
    rg_error err = {0};
    fuzz_check(rg_text_read(&text, arena, &document, &err));
    for (int i = 0; i < text->block_count; i++)
        split(arena, text->blocks[i].text);
    rg_arena_free(arena);
    return 0;
}
