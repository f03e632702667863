#include "lang/lang.h"

#include "base/utf8.h"
#include "lang/attributes.h"
#include "lang/lemmas.h"
#include "lang/lexemes.h"
#include "lang/networks.h"
#include "lang/tokenizer.h"

struct rg_lang {
    rg_arena *arena;   /* tables and caches */
    rg_arena *scratch; /* given back after each document */
    rg_arena_mark empty;
    rg_norms norms;
    rg_tokenizer *tokenizer;
    rg_networks *networks;
    rg_attributes *attributes;
    rg_lemmas *lemmas;
    rg_strings strings;
};

/* ---- handle ---- */

static bool open_stages(rg_lang *lang, const rg_model *model, const char *kernel,
                        rg_error *err)
{
    return rg_strings_open(&lang->strings, model, err)
           && rg_norms_open(&lang->norms, model, err)
           && rg_tokenizer_new(&lang->tokenizer, lang->arena, model, err)
           && rg_attributes_new(&lang->attributes, lang->arena, model, err)
           && rg_lemmas_new(&lang->lemmas, lang->arena, model, err)
           && rg_networks_new(&lang->networks, lang->arena, model, kernel, err);
}

rg_lang *rg_lang_new(const rg_model *model, const char *kernel, rg_error *err)
{
    rg_arena *arena = rg_arena_new(), *scratch = rg_arena_new();
    rg_lang *volatile lang = NULL; /* read after a jump */
    jmp_buf full;
    if (!arena || !scratch || setjmp(full) != 0) {
        rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
        if (lang) {
            rg_lang_free(lang);
        } else {
            rg_arena_free(arena);
            rg_arena_free(scratch);
        }
        return NULL;
    }
    rg_arena_on_full(arena, &full);
    rg_arena_on_full(scratch, &full);
    lang = rg_new(arena, rg_lang, 1);
    lang->arena = arena;
    lang->scratch = scratch;
    lang->empty = rg_arena_mark_now(scratch);
    if (open_stages(lang, model, kernel, err))
        return lang;
    rg_lang_free(lang);
    return NULL;
}

void rg_lang_free(rg_lang *lang)
{
    if (!lang)
        return;
    rg_tokenizer_free(lang->tokenizer);
    rg_arena_free(lang->scratch);
    rg_arena_free(lang->arena);
}

/* ---- tokens ---- */

/* One document on its way. */
typedef struct analysis {
    rg_lang *lang;
    rg_arena *arena;
    rg_parse *parse;
    rg_pieces pieces; /* of all blocks */
    rg_lexemes *lexemes;
    rg_doubts doubts;
} analysis;

static void split_blocks(analysis *a)
{
    const rg_text *text = a->parse->text;
    a->parse->block_first = rg_new(a->arena, int, text->block_count + 1);
    for (int b = 0; b < text->block_count; b++) {
        a->parse->block_first[b] = a->pieces.count;
        rg_tokenizer_split(a->lang->tokenizer, &a->pieces, a->lang->scratch,
                           text->blocks[b].text);
    }
    a->parse->block_first[text->block_count] = a->pieces.count;
}

static rg_token make_token(analysis *a, rg_str text, const rg_piece *piece)
{
    rg_token token = {
        .lexeme = rg_lexemes_get(
            a->lexemes, rg_str_cut(text, piece->start, piece->start + piece->len)),
        .start = piece->start,
        .space_after = piece->space_after,
    };
    token.norm = token.lexeme->norm;
    token.norm_id = token.lexeme->norm_id;
    if (piece->norm != RG_NO_STRING) {
        token.norm = rg_strings_at(&a->lang->strings, piece->norm);
        token.norm_id = rg_string_id(token.norm);
    }
    return token;
}

/* The tokens of a block, with their offsets in code points. */
static void make_tokens(analysis *a, int block)
{
    rg_str text = a->parse->text->blocks[block].text;
    int idx = 0, counted = 0; /* code points before byte `counted` */
    for (int i = a->parse->block_first[block]; i < a->parse->block_first[block + 1];
         i++) {
        rg_token *token = &a->parse->tokens[i];
        *token = make_token(a, text, &a->pieces.items[i]);
        idx += rg_utf8_count(rg_str_cut(text, counted, token->start));
        counted = token->start;
        token->idx = idx;
        token->block = block;
    }
}

/* ---- the stages ---- */

/* The ends of the blocks that have tokens. */
static int list_ends(const analysis *a, int *ends)
{
    const int *first = a->parse->block_first;
    int count = 0;
    for (int b = 0; b < a->parse->text->block_count; b++)
        if (first[b + 1] > first[b])
            ends[count++] = first[b + 1];
    return count;
}

static void find_lemmas(analysis *a)
{
    for (int i = 0; i < a->parse->token_count; i++) {
        rg_token *token = &a->parse->tokens[i];
        if (!token->lemma.bytes)
            token->lemma = rg_lemmas_find(a->lang->lemmas, a->arena, token);
    }
}

static void analyse_blocks(analysis *a)
{
    rg_lang *lang = a->lang;
    rg_token *tokens = a->parse->tokens;
    int *ends = rg_new(lang->scratch, int, a->parse->text->block_count);
    int count = list_ends(a, ends);
    rg_networks_parse(lang->networks, lang->scratch, tokens, ends, count, &a->doubts);
    for (int b = 0; b < count; b++) {
        int first = b > 0 ? ends[b - 1] : 0;
        rg_attributes_apply(lang->attributes, tokens + first, ends[b] - first);
    }
    find_lemmas(a);
    rg_networks_names(lang->networks, tokens, ends, count, &a->doubts);
}

static bool starts_sentence(const rg_parse *parse, int token)
{
    const rg_token *here = &parse->tokens[token];
    return token == 0 || here->sent_start == 1 || here[-1].block != here->block;
}

static void list_sentences(analysis *a)
{
    rg_parse *parse = a->parse;
    int count = 0;
    for (int i = 0; i < parse->token_count; i++)
        count += starts_sentence(parse, i);
    parse->sentences = rg_new(a->arena, rg_sentence, count);
    for (int i = 0; i < parse->token_count; i++) {
        if (starts_sentence(parse, i))
            parse->sentences[parse->sentence_count++] =
                (rg_sentence){.first = i, .block = parse->tokens[i].block};
        parse->sentences[parse->sentence_count - 1].end = i + 1;
    }
}

bool rg_lang_parse(const rg_parse **out, rg_arena *arena, rg_lang *lang,
                   const rg_text *text, rg_error *err)
{
    (void)err; /* no text is refused */
    rg_arena_on_full_as(lang->arena, arena);
    rg_arena_on_full_as(lang->scratch, arena);
    rg_parse *parse = rg_new(arena, rg_parse, 1);
    parse->text = text;
    analysis a = {.lang = lang, .arena = arena, .parse = parse};
    a.lexemes = rg_lexemes_new(arena, &lang->norms);

    split_blocks(&a);
    parse->token_count = a.pieces.count;
    parse->tokens = rg_new(arena, rg_token, parse->token_count);
    for (int block = 0; block < text->block_count; block++)
        make_tokens(&a, block);
    analyse_blocks(&a);
    list_sentences(&a);
    parse->close_calls = a.doubts.close_calls;
    parse->forced_ends = a.doubts.forced_ends;
    rg_arena_reset(lang->scratch, lang->empty);
    *out = parse;
    return true;
}

/* ---- places ---- */

int rg_parse_start(const rg_parse *parse, int token)
{
    const rg_token *at = &parse->tokens[token];
    return rg_text_place(parse->text, at->block, at->start);
}

int rg_parse_end(const rg_parse *parse, int token)
{
    const rg_token *at = &parse->tokens[token];
    return rg_text_place_end(parse->text, at->block, at->start + at->lexeme->text.len);
}
