/* notation.h - an analysis from a short notation, for tests that need no model.
 *
 *     Google/NNP/nsubj/1/B-ORG bought:buy/VBD/ROOT/1 phones:phone/NNS/dobj/1 ^././punct/1
 *
 * TEXT[:LEMMA]/TAG/DEP/HEAD[/ENT], tokens with a blank between; "^" glues a token to the one
 * before. Each line is a sentence of the same block, heads count within it. The part of
 * speech follows from the tag; the lemma, if not given, is the text in lower case (of
 * proper nouns the text).
 */
#ifndef RG_TESTS_NOTATION_H
#define RG_TESTS_NOTATION_H

#include "base/buf.h"
#include "base/unicode.h"
#include "lang/lang.h"

#include <stdlib.h>
#include <string.h>

static inline rg_str pos_of(rg_str tag)
{
    static const struct {
        const char *start, *pos;
    } table[] = {
        {"NNP", "PROPN"}, {"NN", "NOUN"}, {"VB", "VERB"},   {"IN", "ADP"},
        {"DT", "DET"},    {"JJ", "ADJ"},  {"RB", "ADV"},    {"CD", "NUM"},
        {"PRP", "PRON"},  {"W", "PRON"},  {"MD", "AUX"},    {"CC", "CCONJ"},
        {"TO", "PART"},   {"RP", "ADP"},  {"_SP", "SPACE"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (rg_str_starts(tag, rg_str_of(table[i].start)))
            return rg_str_of(table[i].pos);
    return RG_STR("PUNCT");
}

/* The next piece of `text` up to `end`, which is stepped over. */
static inline rg_str next_piece(rg_str *text, char end)
{
    int at = rg_str_find_byte(*text, end, 1);
    rg_str piece = rg_str_cut(*text, 0, at < 0 ? text->len : at);
    *text = rg_str_cut(*text, at < 0 ? text->len : at + 1, text->len);
    return piece;
}

static inline const rg_lexeme *make_lexeme(rg_arena *arena, rg_str text)
{
    rg_lexeme *lexeme = rg_new(arena, rg_lexeme, 1);
    rg_buf shape = rg_buf_in(arena);
    for (int i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        bool upper = byte >= 'A' && byte <= 'Z', digit = byte >= '0' && byte <= '9';
        rg_buf_byte(&shape, upper ? 'X' : digit ? 'd' : 'x');
    }
    *lexeme = (rg_lexeme){.text = text,
                          .lower = rg_unicode_lower(arena, text),
                          .is_space = text.len > 0 && text.bytes[0] == '\t',
                          .shape = rg_buf_str(&shape)};
    return lexeme;
}

static inline void read_token(rg_arena *arena, rg_token *out, rg_str notation,
                              int first)
{
    rg_str word = next_piece(&notation, '/');
    rg_str text = next_piece(&word, ':');
    out->lexeme = make_lexeme(arena, text);
    out->tag = next_piece(&notation, '/');
    out->pos = pos_of(out->tag);
    out->dep = next_piece(&notation, '/');
    out->head = first + atoi(rg_arena_str(arena, next_piece(&notation, '/')).bytes);
    bool proper = rg_str_is(out->pos, "PROPN");
    out->lemma = word.len ? word : proper ? text : out->lexeme->lower;
    out->ent_iob = notation.len ? notation.bytes[0] : 'O';
    out->ent_type = rg_str_cut(notation, 2, notation.len);
    out->morph = rg_str_is(out->tag, "VBD") ? RG_STR("Tense=Past|VerbForm=Fin")
                                            : RG_STR("Number=Sing");
}

/* Puts the tokens of one line; their texts go to the block. */
static inline void read_line(rg_arena *arena, rg_parse *parse, rg_str line,
                             rg_buf *block)
{
    int first = parse->token_count;
    while (line.len > 0) {
        rg_str notation = next_piece(&line, ' ');
        bool glued = notation.bytes[0] == '^' && notation.len > 1;
        rg_token *token = &parse->tokens[parse->token_count++];
        read_token(arena, token, rg_str_cut(notation, glued, notation.len), first);
        if (block->len > 0 && !glued) {
            rg_buf_byte(block, ' ');
            token[-1].space_after = true;
        }
        token->start = (int)block->len;
        rg_buf_put(block, token->lexeme->text);
    }
    parse->sentences[parse->sentence_count++] =
        (rg_sentence){.first = first, .end = parse->token_count};
}

/* The analysis that the notation says; the document is its text. */
static inline const rg_parse *read_notation(rg_arena *arena, const char *notation)
{
    rg_str rest = rg_arena_str(arena, rg_str_of(notation));
    rg_parse *parse = rg_new(arena, rg_parse, 1);
    parse->tokens = rg_new(arena, rg_token, rest.len + 1);
    parse->sentences = rg_new(arena, rg_sentence, rest.len + 1);
    rg_buf block = rg_buf_in(arena);
    while (rest.len > 0)
        read_line(arena, parse, next_piece(&rest, '\n'), &block);
    parse->block_first = rg_new(arena, int, 2);
    parse->block_first[1] = parse->token_count;

    rg_document *document = rg_new(arena, rg_document, 1);
    *document = (rg_document){.name = RG_STR("doc"), .bytes = rg_buf_str(&block)};
    rg_error err = {0};
    if (!rg_text_read(&parse->text, arena, document, &err))
        abort();
    return parse;
}

#endif
