/* lexemes_test.c - what is known of a token from its text; expectations are spaCy's. */
#include "with_lexemes.h"

#include <string.h>

static void check(rg_str found, const char *expected)
{
    assert_string_equal(rg_arena_str(arena, found).bytes, expected);
}

static void every_attribute_is_that_of_spacy(void **state)
{
    (void)state;
    static const struct {
        const char *text, *lower, *norm, *prefix, *suffix, *shape;
    } known[] = {
        {"don't", "don't", "don't", "d", "n't", "xxx'x"},
        {"I'm", "i'm", "i'm", "I", "I'm", "X'x"},
        {"THE", "the", "the", "T", "THE", "XXX"},
        {"labour", "labour", "labor", "l", "our", "xxxx"},
        {"F-16s", "f-16s", "f-16s", "F", "16s", "X-ddx"},
        {"12ab", "12ab", "12ab", "1", "2ab", "ddxx"},
        {"AAAAAbbbbb", "aaaaabbbbb", "aaaaabbbbb", "A", "bbb", "XXXXxxxx"},
        {"US$", "us$", "$", "U", "US$", "XX$"},
        {"--", "--", "-", "-", "--", "--"},
        {"X", "x", "x", "X", "X", "X"},
        {"’s", "’s", "'s", "’", "’s", "’x"},
        {"ΟΔΟΣ", "οδος", "οδος", "Ο", "ΔΟΣ", "XXXX"},
        {"中中中中中", "中中中中中", "中中中中中", "中", "中中中", "xxxx"},
        {"²٣½", "²٣½", "²٣½", "²", "²٣½", "dd½"},
        {"हिन्दी", "हिन्दी", "हिन्दी", "ह", "्दी", "xिx्xी"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const rg_lexeme *lexeme = rg_lexemes_get(lexemes, rg_str_of(known[i].text));
        check(lexeme->lower, known[i].lower);
        check(lexeme->norm, known[i].norm);
        check(lexeme->prefix, known[i].prefix);
        check(lexeme->suffix, known[i].suffix);
        check(lexeme->shape, known[i].shape);
        assert_true(lexeme->norm_id == rg_string_id(lexeme->norm));
        assert_true(lexeme->prefix_id == rg_string_id(lexeme->prefix));
        assert_true(lexeme->suffix_id == rg_string_id(lexeme->suffix));
        assert_true(lexeme->shape_id == rg_string_id(lexeme->shape));
        assert_false(lexeme->is_space);
    }
}

static void a_hundred_characters_have_the_shape_long(void **state)
{
    (void)state;
    char text[400] = "";
    for (int i = 0; i < 99; i++)
        strcat(text, "é");
    check(rg_lexemes_get(lexemes, rg_arena_str(arena, rg_str_of(text)))->shape, "xxxx");
    strcat(text, "é");
    check(rg_lexemes_get(lexemes, rg_arena_str(arena, rg_str_of(text)))->shape, "LONG");
}

static void white_space_is_told_from_text(void **state)
{
    (void)state;
    assert_true(rg_lexemes_get(lexemes, RG_STR(" \n\t"))->is_space);
    assert_true(rg_lexemes_get(lexemes, RG_STR("\xc2\xa0"))->is_space);
    assert_false(rg_lexemes_get(lexemes, RG_STR(" a"))->is_space);
    assert_false(rg_lexemes_get(lexemes, RG_STR("\xe2\x80\x8b"))->is_space);
}

static void equal_texts_share_a_lexeme(void **state)
{
    (void)state;
    const rg_lexeme *first = rg_lexemes_get(lexemes, RG_STR("shared"));
    for (int i = 0; i < 2000; i++) /* makes the table grow */
        rg_lexemes_get(lexemes, rg_arena_format(arena, "w%d", i));
    assert_ptr_equal(first, rg_lexemes_get(lexemes, rg_arena_format(arena, "shared")));
    const rg_lexeme *one = rg_lexemes_get(lexemes, RG_STR("w1"));
    assert_ptr_equal(one, rg_lexemes_get(lexemes, rg_arena_format(arena, "w%d", 1)));
    check(one->text, "w1");
}

static void a_zero_byte_is_part_of_the_text(void **state)
{
    (void)state;
    const rg_lexeme *lexeme = rg_lexemes_get(lexemes, RG_STR("a\0B"));
    assert_int_equal(lexeme->lower.len, 3);
    assert_memory_equal(lexeme->lower.bytes, "a\0b", 3);
    assert_memory_equal(lexeme->shape.bytes, "x\0X", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_attribute_is_that_of_spacy),
        cmocka_unit_test(a_hundred_characters_have_the_shape_long),
        cmocka_unit_test(white_space_is_told_from_text),
        cmocka_unit_test(equal_texts_share_a_lexeme),
        cmocka_unit_test(a_zero_byte_is_part_of_the_text),
    };
    return cmocka_run_group_tests(tests, open_lexemes, close_lexemes);
}
