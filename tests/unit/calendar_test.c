/* calendar_test.c - days of the Gregorian calendar. */
#include "base/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static rg_day day(const char *text)
{
    rg_day read = {0};
    assert_true(rg_day_read(&read, rg_str_of(text)));
    return read;
}

static void a_day_is_read_from_iso_only(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2019",        "2019-2-20",  "2019-02-29",
        "2019-13-01", "0000-01-01",  "2019-00-10", "2019-01-32",
        "2019/01/01", "2019-01-01 ", "20190-1-01"};
    rg_day read = day("2019-02-20");
    assert_int_equal(read.year, 2019);
    assert_int_equal(read.month, 2);
    assert_int_equal(read.day, 20);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(rg_day_read(&read, rg_str_of(wrong[i])));
    day("2000-02-29");
    assert_false(rg_day_read(&read, RG_STR("1900-02-29")));
}

static void days_count_without_a_gap(void **state)
{
    (void)state;
    assert_int_equal(rg_day_number(day("1970-01-01")), 0);
    assert_int_equal(rg_day_number(day("2000-03-01")), 11017);
    int first = rg_day_number(day("0001-01-01"));
    for (int i = first; i < first + 3000000; i += 7) {
        rg_day one = rg_day_of(i);
        assert_true(rg_day_exists(one));
        assert_int_equal(rg_day_number(one), i);
    }
}

static void weekdays_and_weeks_are_those_of_iso(void **state)
{
    (void)state;
    int year;
    assert_int_equal(rg_day_weekday(day("2019-02-20")), 3);
    assert_int_equal(rg_day_weekday(day("1970-01-01")), 4);
    assert_int_equal(rg_day_weekday(day("1969-12-28")), 7);
    assert_int_equal(rg_day_week(day("2019-02-17"), &year), 7);
    assert_int_equal(rg_day_week(day("2019-12-30"), &year), 1);
    assert_int_equal(year, 2020);
    assert_int_equal(rg_day_week(day("2021-01-03"), &year), 53);
    assert_int_equal(year, 2020);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_read_from_iso_only),
        cmocka_unit_test(days_count_without_a_gap),
        cmocka_unit_test(weekdays_and_weeks_are_those_of_iso),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
