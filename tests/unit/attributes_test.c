/* attributes_test.c - the attribute ruler; expectations are spaCy's. */
#include "lang/attributes.h"

#include "with_lexemes.h"

static rg_attributes *attributes;

static int open_all(void **state)
{
    rg_error err = {0};
    open_lexemes(state);
    assert_true(rg_attributes_new(&attributes, arena, model, &err));
    return 0;
}

static rg_token token_of(const char *text, const char *tag, const char *dep)
{
    return (rg_token){.lexeme = rg_lexemes_get(lexemes, rg_str_of(text)),
                      .tag = rg_str_of(tag),
                      .dep = rg_str_of(dep)};
}

/* lemma NULL: no rule gives one */
static void check(const rg_token *token, const char *pos, const char *morph,
                  const char *lemma)
{
    assert_string_equal(rg_arena_str(arena, token->pos).bytes, pos);
    assert_string_equal(rg_arena_str(arena, token->morph).bytes, morph);
    if (!lemma)
        assert_null(token->lemma.bytes);
    else
        assert_string_equal(rg_arena_str(arena, token->lemma).bytes, lemma);
}

static void one_token_decides_by_tag_word_and_label(void **state)
{
    (void)state;
    static const struct {
        const char *text, *tag, *dep, *pos, *morph, *lemma;
    } known[] = {
        {"is", "VBZ", "ROOT", "AUX",
         "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "be"},
        {"that", "IN", "mark", "SCONJ", "", NULL},
        {"you", "PRP", "dobj", "PRON", "Case=Acc|Person=2|PronType=Prs", "you"},
        {"you", "PRP", "nsubj", "PRON", "Case=Nom|Person=2|PronType=Prs", "you"},
        {"nuthin'", "NN", "dobj", "NOUN", "Number=Sing", "nothing"},
        {"had", "VBD", "ROOT", "VERB", "Tense=Past|VerbForm=Fin", "have"},
        {"had", "VBD", "aux", "AUX", "Tense=Past|VerbForm=Fin", "have"},
        {"this", "DT", "nsubj", "PRON", "Number=Sing|PronType=Dem", NULL},
        {"this", "DT", "det", "DET", "Number=Sing|PronType=Dem", NULL},
        {"to", "TO", "aux", "PART", "", NULL},
        {"x", "_SP", "ROOT", "X", "", NULL},
        {"odd", "ZZ", "dep", "", "", NULL},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        rg_token token = token_of(known[i].text, known[i].tag, known[i].dep);
        rg_attributes_apply(attributes, &token, 1);
        check(&token, known[i].pos, known[i].morph, known[i].lemma);
    }
}

static void two_tokens_decide_about_either(void **state)
{
    (void)state;
    rg_token aint[] = {token_of("ai", "VBZ", "aux"), token_of("n't", "RB", "neg")};
    rg_attributes_apply(attributes, aint, 2);
    check(&aint[0], "AUX", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "be");
    check(&aint[1], "PART", "Polarity=Neg", "not");

    rg_token gonna[] = {token_of("gon", "VBG", "ROOT"), token_of("na", "TO", "aux")};
    rg_attributes_apply(attributes, gonna, 2);
    check(&gonna[0], "VERB", "Aspect=Prog|Tense=Pres|VerbForm=Part", "go");
    check(&gonna[1], "PART", "", "to");

    rg_token there[] = {token_of("There", "EX", "expl"), token_of("is", "VBZ", "ROOT")};
    rg_attributes_apply(attributes, there, 2);
    check(&there[1], "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
          "be");
}

static void a_pattern_does_not_reach_behind_the_end(void **state)
{
    (void)state;
    rg_token tokens[] = {token_of("gon", "VBG", "ROOT"), token_of("na", "TO", "aux")};
    rg_attributes_apply(attributes, tokens, 1);
    check(&tokens[0], "VERB", "Aspect=Prog|Tense=Pres|VerbForm=Part", NULL);
    assert_null(tokens[1].pos.bytes);
}

static void white_space_gets_its_own_labels(void **state)
{
    (void)state;
    rg_token token = token_of("\n", "NN", "punct");
    rg_attributes_apply(attributes, &token, 1);
    check(&token, "SPACE", "", NULL);
    assert_true(rg_str_is(token.tag, "_SP"));
    assert_true(rg_str_is(token.dep, "dep"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_token_decides_by_tag_word_and_label),
        cmocka_unit_test(two_tokens_decide_about_either),
        cmocka_unit_test(a_pattern_does_not_reach_behind_the_end),
        cmocka_unit_test(white_space_gets_its_own_labels),
    };
    return cmocka_run_group_tests(tests, open_all, close_lexemes);
}
