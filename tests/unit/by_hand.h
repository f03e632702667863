/* by_hand.h - rules from a string and an analysis from a short notation (notation.h), so
 * that the stages behind the model are tested without it.
 */
#ifndef RG_TESTS_BY_HAND_H
#define RG_TESTS_BY_HAND_H

#include "entities/entities.h"
#include "extract/index.h"
#include "extract/mentions.h"
#include "extract/regexes.h"
#include "extract/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../notation.h"

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

static inline void load_rules(const rg_rules_request *request)
{
    rg_error err = {0};
    if (rules)
        rg_rules_free(rules);
    rules = NULL;
    if (!rg_rules_load(&rules, arena, request, (rg_reporter){print_finding, NULL},
                       &err))
        fail_msg("the rules are refused: %s", err.text);
    extractor = rg_extract_new(arena, rules);
}

/* Loads rules from text; "relgraph: 1" is put before it. */
static inline void use_rules(const char *yaml)
{
    rg_str text = rg_arena_format(arena, "relgraph: 1\n%s", yaml);
    rg_file file = {.path = RG_STR("rules"), .text = text};
    load_rules(&(rg_rules_request){.texts = &file, .text_count = 1});
}

static inline const rg_parse *read_parse(const char *notation)
{
    return read_notation(arena, notation);
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
                    .fuel = 10000,
                    .rule = RG_NONE,
                    .regexes = regexes_new(arena, rules)};
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
    assert_true(rg_entities_link(&entities, arena, rules, triples, NULL, &err));
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
