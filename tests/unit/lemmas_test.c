/* lemmas_test.c - the lemmatizer; expectations are spaCy's. */
#include "lang/lemmas.h"

#include "with_lexemes.h"

static rg_lemmas *lemmas;

static int open_all(void **state)
{
    rg_error err = {0};
    open_lexemes(state);
    assert_true(rg_lemmas_new(&lemmas, arena, model, &err));
    return 0;
}

typedef struct example {
    const char *text, *pos, *morph, *lemma;
} example;

static rg_str lemma_of(rg_str text, const char *pos, const char *morph)
{
    rg_token token = {.lexeme = rg_lexemes_get(lexemes, text),
                      .pos = rg_str_of(pos),
                      .morph = rg_str_of(morph)};
    return rg_lemmas_find(lemmas, arena, &token);
}

static void check(const example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rg_str lemma =
            lemma_of(rg_str_of(examples[i].text), examples[i].pos, examples[i].morph);
        assert_string_equal(rg_arena_str(arena, lemma).bytes, examples[i].lemma);
    }
}

static void endings_lead_to_known_lemmas(void **state)
{
    (void)state;
    static const example examples[] = {
        {"bans", "VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "ban"},
        {"leaves", "VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "leave"},
        {"dies", "VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "die"},
        {"biggest", "ADJ", "Degree=Sup", "big"},
        {"quickly", "ADV", "", "quickly"},
        {"“", "PUNCT", "", "\""},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void exceptions_win(void **state)
{
    (void)state;
    static const example examples[] = {
        {"Said", "VERB", "Tense=Past|VerbForm=Fin", "say"},
        {"SOLD", "VERB", "Aspect=Perf|Tense=Past|VerbForm=Part", "sell"},
        {"oxen", "NOUN", "Number=Plur", "ox"},
        {"leaves", "NOUN", "Number=Plur", "leaf"},
        {"axes", "NOUN", "Number=Plur", "axis"},
        {"better", "ADJ", "Degree=Cmp", "well"},
        {"dowier", "ADJ", "Degree=Cmp", "dowy"},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void base_forms_stay(void **state)
{
    (void)state;
    static const example examples[] = {
        {"go", "VERB", "VerbForm=Inf", "go"},
        {"Big", "ADJ", "Degree=Pos", "big"},
        {"News", "NOUN", "Number=Sing", "news"},
        {"lies", "VERB", "Tense=Pres|VerbForm=Fin", "lies"},
        {"lies", "VERB", "Number=Sing|Tense=Pres|VerbForm=Fin", "lie"},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void parts_of_speech_without_tables_keep_the_word(void **state)
{
    (void)state;
    static const example examples[] = {
        {"Beijing", "PROPN", "Number=Sing", "Beijing"},
        {"The", "DET", "", "the"},
        {"Foo", "X", "", "foo"},
        {"Zed", "", "", "zed"},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void unknown_words_follow_the_first_ending(void **state)
{
    (void)state;
    static const example examples[] = {
        {"xyzzies", "NOUN", "Number=Plur", "xyzzie"},
        {"b2bs", "NOUN", "Number=Plur", "b2b"},
        {"unhyped", "VERB", "Tense=Past|VerbForm=Part", "unhype"},
        {"S", "NOUN", "Number=Plur", "S"},
        {"s", "VERB", "Tense=Past", "s"},
        {"’s", "PUNCT", "", "’s"},
    };
    check(examples, sizeof examples / sizeof *examples);
}

static void a_zero_byte_stays_in_the_lemma(void **state)
{
    (void)state;
    rg_str lemma = lemma_of(RG_STR("a\0bses"), "NOUN", "Number=Plur");
    assert_int_equal(lemma.len, 5);
    assert_memory_equal(lemma.bytes, "a\0bse", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endings_lead_to_known_lemmas),
        cmocka_unit_test(exceptions_win),
        cmocka_unit_test(base_forms_stay),
        cmocka_unit_test(parts_of_speech_without_tables_keep_the_word),
        cmocka_unit_test(unknown_words_follow_the_first_ending),
        cmocka_unit_test(a_zero_byte_stays_in_the_lemma),
    };
    return cmocka_run_group_tests(tests, open_all, close_lexemes);
}
