/* by_hand.h - rules from a string and an analysis from a short notation, so that the
 * stages behind the model are tested without it.
 *
 *     Google/NNP/nsubj/1/B-ORG bought:buy/VBD/ROOT/1 phones:phone/NNS/dobj/1 ^./././1
 *
 * TEXT[:LEMMA]/TAG/DEP/HEAD[/ENT], tokens with a blank between; "^" glues a token to the one
 * before. Each line is a sentence of the same block, heads count within it. The part of
 * speech follows from the tag, the lemma, if not given, is the text in lower case (as it
 * is for proper nouns).
 */
#ifndef RG_TESTS_BY_HAND_H
#define RG_TESTS_BY_HAND_H

#include "base/buf.h"
#include "base/unicode.h"
#include "entities/entities.h"
#include "extract/index.h"
#include "extract/mentions.h"
#include "extract/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static rg_arena *arena;
static const rg_rules *rules;
static const rg_extractor *extractor;

static inline int open_world(void **state)
{
    (void)state;
    arena = rg_arena_new();
    rules = NULL;
    return arena ? 0 : -1;
}

static inline int close_world(void **state)
{
    (void)state;
    if (rules)
        rg_rules_free(rules);
    rg_arena_free(arena);
    return 0;
}

#define by_hand_test(name)                                                             \
    cmocka_unit_test_setup_teardown(name, open_world, close_world)

static inline void print_finding(void *user, const rg_message *message)
{
    (void)user;
    print_message("rules:%d:%d: %.*s\n", message->line, message->column,
                  RG_PRINT(message->text));
}

/* Loads rules from text; "relgraph: 1" is put before it. */
static inline void use_rules(const char *yaml)
{
    rg_str text = rg_arena_format(arena, "relgraph: 1\n%s", yaml);
    rg_file file = {.path = RG_STR("rules"), .text = text};
    rg_rules_request request = {.texts = &file, .text_count = 1};
    rg_error err = {0};
    if (rules)
        rg_rules_free(rules);
    rules = NULL;
    if (!rg_rules_load(&rules, arena, &request, (rg_reporter){print_finding, NULL},
                       &err))
        fail_msg("the rules are refused: %s", err.text);
    extractor = rg_extract_new(arena, rules);
}

/* ---- The notation ---------------------------------------------------------------------- */

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

static inline const rg_lexeme *make_lexeme(rg_str text)
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
                          .shape = rg_buf_str(&shape)};
    return lexeme;
}

static inline void read_token(rg_token *out, rg_str notation, int first)
{
    rg_str word = next_piece(&notation, '/');
    rg_str text = next_piece(&word, ':');
    out->lexeme = make_lexeme(text);
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
static inline void read_line(rg_parse *parse, rg_str line, rg_buf *block)
{
    int first = parse->token_count;
    while (line.len > 0) {
        rg_str notation = next_piece(&line, ' ');
        bool glued = notation.bytes[0] == '^' && notation.len > 1;
        rg_token *token = &parse->tokens[parse->token_count++];
        read_token(token, rg_str_cut(notation, glued, notation.len), first);
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

/* The analysis in the notation above; `document` is its text, the bytes themselves. */
static inline const rg_parse *read_parse(const char *notation)
{
    rg_str rest = rg_arena_str(arena, rg_str_of(notation));
    rg_parse *parse = rg_new(arena, rg_parse, 1);
    parse->tokens = rg_new(arena, rg_token, rest.len + 1);
    parse->sentences = rg_new(arena, rg_sentence, rest.len + 1);
    rg_buf block = rg_buf_in(arena);
    while (rest.len > 0)
        read_line(parse, next_piece(&rest, '\n'), &block);
    parse->block_first = rg_new(arena, int, 2);
    parse->block_first[1] = parse->token_count;

    rg_document *document = rg_new(arena, rg_document, 1);
    *document = (rg_document){.name = RG_STR("doc"), .bytes = rg_buf_str(&block)};
    rg_error err = {0};
    if (!rg_text_read(&parse->text, arena, document, &err))
        fail_msg("the text is refused: %s", err.text);
    return parse;
}

/* ---- One sentence as a graph ------------------------------------------------------------ */

/* The first sentence of the notation, with names and types, before repair and derive. */
static inline sentence *load_sentence(const char *notation)
{
    const rg_parse *parse = read_parse(notation);
    sentence *s = rg_new(arena, sentence, 1);
    *s = (sentence){.extractor = extractor,
                    .rules = rules,
                    .parse = parse,
                    .mentions = mentions_find(arena, extractor, parse),
                    .arena = arena,
                    .fuel = 10000};
    sentence_load(s, parse->sentences[0].first, parse->sentences[0].end);
    sentence_put_types(s);
    return s;
}

/* ---- Triples ------------------------------------------------------------------------------ */

static inline const rg_triples *extract_as(const char *notation, bool trace)
{
    const rg_triples *triples;
    const rg_extract_options options = {.trace = trace};
    rg_error err = {0};
    assert_true(rg_extract_run(&triples, arena, extractor, read_parse(notation),
                               &options, &err));
    return triples;
}

static inline const rg_edges *link_triples(const rg_triples *triples)
{
    const rg_entities *entities;
    rg_error err = {0};
    assert_true(rg_entities_link(&entities, arena, rules, triples, &err));
    return &entities->edges;
}

static inline const rg_edges *edges_of(const char *notation)
{
    return link_triples(extract_as(notation, false));
}

/* "Google buys phones; ..." with what is not as usual behind each. */
static inline const char *tell(const rg_edges *edges)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < edges->count; i++) {
        const rg_edge *edge = &edges->items[i];
        rg_buf_format(&out, "%s%.*s %.*s %.*s", i ? "; " : "", RG_PRINT(edge->subject),
                      RG_PRINT(edge->relation), RG_PRINT(edge->object));
        if (!rg_str_is(edge->polarity, "affirmed"))
            rg_buf_format(&out, " %.*s", RG_PRINT(edge->polarity));
        if (!rg_str_is(edge->modality, "asserted"))
            rg_buf_format(&out, " %.*s", RG_PRINT(edge->modality));
        if (edge->source.len > 0)
            rg_buf_format(&out, " source=%.*s", RG_PRINT(edge->source));
        for (int q = 0; q < edge->qualifier_count; q++)
            rg_buf_format(&out, " %.*s=%.*s", RG_PRINT(edge->qualifiers[q].key),
                          RG_PRINT(edge->qualifiers[q].value));
    }
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

#define assert_triples(notation, wanted)                                               \
    assert_string_equal(tell(edges_of(notation)), wanted)

#endif
