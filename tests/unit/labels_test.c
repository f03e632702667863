#include "lang/labels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_label_of_the_model_is_known(void **state)
{
    (void)state;
    assert_true(rg_label_is_known(RG_LABEL_DEP, RG_STR("nsubjpass")));
    assert_true(rg_label_is_known(RG_LABEL_POS, RG_STR("PROPN")));
    assert_true(rg_label_is_known(RG_LABEL_TAG, RG_STR("PRP$")));
    assert_true(rg_label_is_known(RG_LABEL_NAME, RG_STR("WORK_OF_ART")));
    assert_true(rg_label_is_known(RG_LABEL_FEATURE, RG_STR("Tense")));
}

static void a_label_of_another_kind_or_scheme_is_not(void **state)
{
    (void)state;
    assert_false(rg_label_is_known(RG_LABEL_DEP, RG_STR("obj")));
    assert_false(rg_label_is_known(RG_LABEL_DEP, RG_STR("VERB")));
    assert_false(rg_label_is_known(RG_LABEL_POS, RG_STR("verb")));
    assert_false(rg_label_is_known(RG_LABEL_NAME, RG_STR("")));
}

static void the_nearest_label_is_found_whatever_its_case(void **state)
{
    (void)state;
    rg_str found = rg_label_nearest(RG_LABEL_DEP, RG_STR("nsubjpas"));
    assert_true(rg_str_is(found, "nsubjpass"));
    assert_true(rg_str_is(rg_label_nearest(RG_LABEL_POS, RG_STR("verb")), "VERB"));
    assert_int_equal(rg_label_nearest(RG_LABEL_DEP, RG_STR("gargoyle")).len, 0);
}

static void the_lists_are_those_of_the_model(void **state)
{
    (void)state;
    assert_int_equal(rg_label_count(RG_LABEL_DEP), 45);
    assert_int_equal(rg_label_count(RG_LABEL_TAG), 50);
    assert_int_equal(rg_label_count(RG_LABEL_NAME), 18);
    assert_true(rg_str_is(rg_label_at(RG_LABEL_DEP, 1), "acl"));
    assert_int_equal(rg_label_at(RG_LABEL_DEP, 45).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_of_the_model_is_known),
        cmocka_unit_test(a_label_of_another_kind_or_scheme_is_not),
        cmocka_unit_test(the_nearest_label_is_found_whatever_its_case),
        cmocka_unit_test(the_lists_are_those_of_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
