/* strings_test.c - ids of strings. */
#include "model/strings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void hashes_are_those_of_the_model(void **state)
{
    (void)state;
    assert_true(rg_string_id(RG_STR("a")) == 11901859001352538922u);
    assert_true(rg_string_id(RG_STR("the")) == 7425985699627899538u);
    assert_true(rg_string_id(RG_STR("coffee")) == 3197928453018144401u);
    assert_true(rg_string_id(RG_STR("\xf0\x9f\x98\x80")) == 13900606239988879105u);
    assert_true(rg_string_id(RG_STR("case")) == 8110129090154140942u);
}

static void symbols_have_fixed_ids(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int id;
    } known[] = {{"X", 101},
                 {"DATE", 391},
                 {"mark", 423},
                 {"punct", 445},
                 {"IS_ALPHA", 1},
                 {"_", 456},
                 {"FLAG19", 19},
                 {"FLAG63", 63},
                 {"DEPRECATED001", 104},
                 {"DEPRECATED276", 379},
                 {"WORK_OF_ART", 388},
                 {"xcomp", 450},
                 {"ADJ", 84},
                 {"IS_OOV_DEPRECATED", 13}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(rg_string_id(rg_str_of(known[i].name)), known[i].id);
}

static void near_symbols_are_hashed(void **state)
{
    (void)state;
    static const char *const names[] = {
        "x",    "Mark",  "FLAG18", "FLAG64", "FLAG1x", "DEPRECATED277", "DEPRECATED000",
        "FLAG", "marks", "mar"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        rg_str name = rg_str_of(names[i]);
        assert_true(rg_string_id(name) == rg_string_hash(name));
    }
}

static void the_empty_string_is_zero(void **state)
{
    (void)state;
    assert_int_equal(rg_string_id(RG_STR("")), 0);
    assert_true(rg_string_hash(RG_STR("")) != 0);
}

static void zero_bytes_count(void **state)
{
    (void)state;
    assert_true(rg_string_id(RG_STR("a\0")) != rg_string_id(RG_STR("a")));
    assert_true(rg_string_id(RG_STR("12345678\0")) != rg_string_id(RG_STR("12345678")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_those_of_the_model),
        cmocka_unit_test(symbols_have_fixed_ids),
        cmocka_unit_test(near_symbols_are_hashed),
        cmocka_unit_test(the_empty_string_is_zero),
        cmocka_unit_test(zero_bytes_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
