/* unicode_test.c - properties and lower case, as Python's. */
#include "base/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check_lower(const char *text, const char *expected)
{
    rg_arena *arena = rg_arena_new();
    rg_str lower = rg_arena_str(arena, rg_unicode_lower(arena, rg_str_of(text)));
    assert_string_equal(lower.bytes, expected);
    rg_arena_free(arena);
}

static void spaces_are_those_of_python(void **state)
{
    (void)state;
    static const uint32_t singles[] = {32,     0x85,   0xa0,   0x1680, 0x2028,
                                       0x2029, 0x202f, 0x205f, 0x3000};
    int count = 0;
    for (uint32_t code = 0; code <= 0x10ffff; code++) {
        bool expected = (code >= 9 && code <= 13) || (code >= 28 && code <= 31)
                        || (code >= 0x2000 && code <= 0x200a);
        for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
            expected = expected || code == singles[i];
        assert_int_equal(rg_unicode_is_space(code), expected);
        count += expected;
    }
    assert_int_equal(count, 29);
}

static void letters_are_no_marks(void **state)
{
    (void)state;
    assert_true(rg_unicode_is_alpha('a'));
    assert_true(rg_unicode_is_alpha(0x4e2d));  /* a Chinese character */
    assert_true(rg_unicode_is_alpha(0x10400)); /* Deseret, beyond the first plane */
    assert_false(rg_unicode_is_alpha(0x93f));  /* a Hindi vowel sign */
    assert_false(rg_unicode_is_alpha('1'));
    assert_false(rg_unicode_is_alpha(0x110000));
    assert_true(rg_unicode_is_word(RG_STR("Straße")));
    assert_false(rg_unicode_is_word(RG_STR("co-op")));
    assert_false(rg_unicode_is_word(RG_STR("")));
}

static void digits_include_superscripts(void **state)
{
    (void)state;
    assert_true(rg_unicode_is_digit('7'));
    assert_true(rg_unicode_is_digit(0xb2));    /* superscript two */
    assert_true(rg_unicode_is_digit(0x663));   /* Arabic-Indic three */
    assert_false(rg_unicode_is_digit(0xbd));   /* one half */
    assert_false(rg_unicode_is_digit(0x2167)); /* Roman eight */
}

static void upper_case_is_the_property(void **state)
{
    (void)state;
    assert_true(rg_unicode_is_upper('A'));
    assert_true(rg_unicode_is_upper(0x2167)); /* Roman eight */
    assert_false(rg_unicode_is_upper('a'));
    assert_false(rg_unicode_is_upper(0x1c5)); /* a title-case letter */
}

static void lower_case_changes_what_has_case(void **state)
{
    (void)state;
    check_lower("", "");
    check_lower("already small 1", "already small 1");
    check_lower("BBC News", "bbc news");
    check_lower("ÄÖÜ Łódź ЖУК", "äöü łódź жук");
    check_lower("\xf0\x90\x90\x80", "\xf0\x90\x90\xa8"); /* Deseret */
    check_lower("ẞ", "ß");
}

static void dotted_i_becomes_two(void **state)
{
    (void)state;
    check_lower("İstanbul", "i\xcc\x87stanbul");
}

static void sigma_is_final_at_the_end_of_a_word(void **state)
{
    (void)state;
    check_lower("ΟΔΟΣ", "οδος");
    check_lower("ΣΑΣ ΣΑ", "σας σα");
    check_lower("Σ", "σ");
    check_lower("ΑΣ.Α", "ασ.α"); /* the full stop is ignorable, a letter follows */
    check_lower("ΑΣ.", "ας.");
    check_lower("Α'Σ", "α'ς");
    check_lower("1Σ", "1σ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces_are_those_of_python),
        cmocka_unit_test(letters_are_no_marks),
        cmocka_unit_test(digits_include_superscripts),
        cmocka_unit_test(upper_case_is_the_property),
        cmocka_unit_test(lower_case_changes_what_has_case),
        cmocka_unit_test(dotted_i_becomes_two),
        cmocka_unit_test(sigma_is_final_at_the_end_of_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
