/* parse_fuzz.c - any text gets an analysis that holds together: tokens in order, trees
 * within their sentences, names of one piece. Needs the model (RELGRAPH_MODEL or models/).
 */
#include "fuzz.h"

static void check_token(const rg_parse *parse, const rg_sentence *sentence, int i)
{
    const rg_token *token = &parse->tokens[i];
    fuzz_check(token->head >= sentence->first && token->head < sentence->end);
    fuzz_check(token->block == sentence->block);
    fuzz_check((token->sent_start == 1) == (i == sentence->first));
    fuzz_check(token->ent_iob == 'O' ? token->ent_type.len == 0
                                     : token->ent_type.len > 0);
    if (token->ent_iob == 'I')
        fuzz_check(i > parse->block_first[token->block]
                   && rg_str_equal(parse->tokens[i - 1].ent_type, token->ent_type));
    fuzz_check(rg_parse_start(parse, i) <= rg_parse_end(parse, i));
}

/* From each token the way up ends at a root. */
static void check_tree(const rg_parse *parse, const rg_sentence *sentence)
{
    for (int i = sentence->first; i < sentence->end; i++) {
        int at = i, steps = 0;
        while (parse->tokens[at].head != at
               && steps <= sentence->end - sentence->first) {
            at = parse->tokens[at].head;
            steps++;
        }
        fuzz_check(parse->tokens[at].head == at);
    }
}

static void check_parse(const rg_parse *parse)
{
    int next = 0;
    for (int s = 0; s < parse->sentence_count; s++) {
        const rg_sentence *sentence = &parse->sentences[s];
        fuzz_check(sentence->first == next && sentence->end > next);
        next = sentence->end;
        for (int i = sentence->first; i < sentence->end; i++)
            check_token(parse, sentence, i);
        check_tree(parse, sentence);
    }
    fuzz_check(next == parse->token_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_arena *arena = rg_arena_new();
    rg_document document = {.name = RG_STR("fuzz"),
                            .bytes = fuzz_input(bytes, size),
                            .mode = size % 2 ? RG_TEXT_WHOLE : RG_TEXT_BLOCKS};
    const rg_text *text;
    const rg_parse *parse;
    rg_error err = {0};
    fuzz_check(rg_text_read(&text, arena, &document, &err)
               && rg_lang_parse(&parse, arena, fuzz_lang(), text, &err));
    check_parse(parse);
    rg_arena_free(arena);
    return 0;
}
