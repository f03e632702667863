/* with_lexemes.h - the model and its words, for tests of what is known of single tokens. */
#ifndef RG_TESTS_WITH_LEXEMES_H
#define RG_TESTS_WITH_LEXEMES_H

#include "with_model.h"

#include "lang/lexemes.h"

static rg_arena *arena;
static rg_model *model;
static rg_norms norms;
static rg_lexemes *lexemes;

static inline int open_lexemes(void **state)
{
    (void)state;
    rg_error err = {0};
    arena = rg_arena_new();
    model = open_model(arena);
    assert_true(rg_norms_open(&norms, model, &err));
    lexemes = rg_lexemes_new(arena, &norms);
    return 0;
}

static inline int close_lexemes(void **state)
{
    (void)state;
    rg_model_free(model);
    rg_arena_free(arena);
    return 0;
}

#endif
