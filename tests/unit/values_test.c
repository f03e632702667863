/* values_test.c - normal values of dates and amounts, with the words of rules/core.yaml. */
#include "by_hand.h"

#include "base/file.h"
#include "extract/decimal.h"
#include "extract/values.h"

static void use_core(void)
{
    rg_error err = {0};
    const char *folder = rg_file_find_own(arena, "rules");
    if (!folder)
        fail_msg("there is no folder of rules");
    const char *path = rg_arena_format(arena, "%s/core.yaml", folder).bytes;
    rg_rules_request request = {.paths = &path, .path_count = 1, .folder = folder};
    if (!rg_rules_load(&rules, arena, &request, (rg_reporter){print_finding, NULL},
                       &err))
        fail_msg("%s", err.text);
    extractor = rg_extract_new(arena, rules);
}

/* The value of words "TEXT[:LEMMA] ..." that the model takes for a name of this kind. */
static const char *value_on(const char *kind, const char *words, const char *date)
{
    rg_buf notation = rg_buf_in(arena);
    rg_str rest = rg_arena_str(arena, rg_str_of(words));
    for (bool first = true; rest.len > 0; first = false) {
        rg_str word = next_piece(&rest, ' ');
        rg_buf_format(&notation, "%s%.*s/NN/dep/0/%c-%s", first ? "" : " ",
                      RG_PRINT(word), first ? 'B' : 'I', kind);
    }
    rg_buf_byte(&notation, '\0');
    sentence *s = load_sentence(notation.bytes);
    rg_document *document = rg_new(arena, rg_document, 1);
    *document = *s->parse->text->document;
    document->date = rg_str_of(date);
    rg_text *text = rg_new(arena, rg_text, 1);
    *text = *s->parse->text;
    text->document = document;
    rg_parse *parse = rg_new(arena, rg_parse, 1);
    *parse = *s->parse;
    parse->text = text;
    s->parse = parse;
    return rg_arena_str(arena,
                        values_of(s, arena, s->mentions->items[0].head - s->first))
        .bytes;
}

#define check(kind, words, wanted)                                                     \
    assert_string_equal(value_on(kind, words, ""), wanted)
#define check_on(date, words, wanted)                                                  \
    assert_string_equal(value_on("DATE", words, date), wanted)

static void a_full_date_is_iso(void **state)
{
    (void)state;
    use_core();
    check("DATE", "20 February 2019", "2019-02-20");
    check("DATE", "February 20 , 2019", "2019-02-20");
    check("DATE", "Wednesday , Feb. 20 , 2019", "2019-02-20");
    check("DATE", "the 20th of February 2019", "2019-02-20");
    check("DATE", "2019 - 02 - 20", "");
    check("DATE", "2019 ^- ^02 ^- ^20", "2019-02-20");
    check("DATE", "February 2019", "2019-02");
    check("DATE", "late February of 2019", "2019-02");
    check("DATE", "2019", "2019");
    check("DATE", "the year 2019", "2019");
    check("DATE", "the third quarter of 2019", "2019-Q3");
    check("DATE", "the 1990s", "199X");
}

static void what_is_no_date_has_no_value(void **state)
{
    (void)state;
    use_core();
    check("DATE", "30 February 2019", "");
    check("DATE", "fiscal 2019", "");
    check("DATE", "daily", "");
    check("DATE", "2,019", "2019"); /* a number, then, not a year */
    check("DATE", "the 1994s", "");
    check("DATE", "February 20 21 2019", "");
    check("DATE", "the third year", "");
    check("DATE", "40000 years:year ago", "");
}

static void relative_dates_need_a_day(void **state)
{
    (void)state;
    use_core();
    static const char *const relative[] = {"Sunday", "yesterday",        "last week",
                                           "March",  "3 years:year ago", "this year"};
    for (size_t i = 0; i < sizeof relative / sizeof *relative; i++)
        check("DATE", relative[i], "");
}

static void relative_dates_count_from_the_day(void **state)
{
    (void)state;
    use_core();
    check_on("2019-02-20", "Sunday", "2019-02-17");
    check_on("2019-02-20", "Wednesday", "2019-02-20");
    check_on("2019-02-20", "last Wednesday", "2019-02-13");
    check_on("2019-02-20", "next Wednesday", "2019-02-27");
    check_on("2019-02-20", "Monday morning", "2019-02-18");
    check_on("2019-02-20", "today", "2019-02-20");
    check_on("2019-03-01", "yesterday", "2019-02-28");
    check_on("2019-02-20", "last night", "2019-02-19");
    check_on("2019-02-20", "last week", "2019-W07");
    check_on("2020-01-02", "last week", "2019-W52");
    check_on("2019-01-20", "last month", "2018-12");
    check_on("2019-02-20", "this year", "2019");
    check_on("2019-02-20", "the previous quarter", "2018-Q4");
    check_on("2019-02-20", "three years:year ago", "2016");
    check_on("2019-02-20", "a month ago", "2019-01");
    check_on("2019-03-10", "10 days:day earlier", "2019-02-28");
    check_on("2019-02-20", "two weeks:week ago", "2019-W06");
    check_on("9999-12-31", "tomorrow", "");
    check_on("0001-01-01", "last year", "");
    check_on("0001-01-01", "last month", "");
    check_on("0001-01-01", "yesterday", "");
    check_on("0001-01-01", "last week", "");
}

static void a_month_is_the_latest_one(void **state)
{
    (void)state;
    use_core();
    check_on("2019-02-20", "January", "2019-01");
    check_on("2019-02-20", "February", "2019-02");
    check_on("2019-02-20", "March", "2018-03");
    check_on("2019-02-20", "next March", "2019-03");
    check_on("2019-02-20", "last February", "2018-02");
    check_on("2019-02-20", "February 20", "2019-02-20");
    check_on("2019-02-20", "February 21", "2018-02-21");
    check_on("2019-02-20", "February 29", "");
}

static void ranges_have_two_ends(void **state)
{
    (void)state;
    use_core();
    check("DATE", "2001 to 2006", "2001/2006");
    check("DATE", "between 2001 and 2006", "2001/2006");
    check("DATE", "March to May 2019", "2019-03/2019-05");
    check("DATE", "2006 to 2001", "");
    check("DATE", "2001 to", "");
}

static void amounts_have_a_number_and_a_unit(void **state)
{
    (void)state;
    use_core();
    check("MONEY", "$ 1.65 billion", "1650000000 USD");
    check("MONEY", "$ ^5bn", "5000000000 USD");
    check("MONEY", "1.65 million dollars:dollar", "1650000 USD");
    check("MONEY", "500 euros:euro", "500 EUR");
    check("MONEY", "more than £ ^20,000", ">20000 GBP");
    check("MONEY", "about 3 million yen", "~3000000 JPY");
    check("PERCENT", "27 %", "27 %");
    check("PERCENT", "12.50 percent", "12.5 %");
    check("QUANTITY", "410 million km", "410000000 km");
    check("QUANTITY", "five square kilometres:kilometre", "5 km²");
    check("DATE", "two years:year", "2 year");
    check("TIME", "three hours:hour", "3 h");
    check("CARDINAL", "1,650,000", "1650000");
    check("CARDINAL", "twenty ^- ^five", "25");
    check("CARDINAL", "three hundred and twenty ^- ^five thousand", "325000");
    check("CARDINAL", "two million three hundred thousand and six", "2300006");
    check("CARDINAL", "a dozen", "12");
    check("CARDINAL", "two hundred dozen", "2400");
    check("CARDINAL", "two hundred five thousand three hundred", "205300");
    check("CARDINAL", "0.05", "0.05");
    check("ORDINAL", "third", "3");
    check("ORDINAL", "20th", "20");
}

static void what_is_no_amount_has_no_value(void **state)
{
    (void)state;
    use_core();
    check("CARDINAL", "hundreds:hundred", "");
    check("CARDINAL", "two three", "");
    check("CARDINAL", "two hundred three hundred", "");
    check("CARDINAL", "two hundred five dozen", "");
    check("CARDINAL", "1,65", "");
    check("CARDINAL", "1,2345", "");
    check("CARDINAL", "5 - 10", "");
    check("CARDINAL", "two ^- ^thirds:third", "");
    check("CARDINAL", "several", "");
    check("MONEY", "dollars:dollar", "");
    check("MONEY", "$ 5 or £ 4", "");
    check("QUANTITY", "the third mile", "");
    check("CARDINAL", "99999999999999999999", "");
    check("CARDINAL", "999999999999999999 trillion trillion trillion", "");
    check("ORG", "1 2", "");
}

static void assert_value(const char *date, const char *words, const char *wanted)
{
    const char *value = value_on("DATE", words, date);
    if (strcmp(value, wanted) != 0)
        fail_msg("%s on %s: expected '%s', got '%s'", words, date, wanted, value);
}

static void words_of_dates_that_do_not_fit_have_no_value(void **state)
{
    (void)state;
    use_core();
    const struct {
        const char *words, *value;
    } cases[] = {
        {"this Wednesday", "2019-02-20"},
        {"this Friday", "2019-02-22"},
        {"Sunday 2019", ""},
        {"5 Sunday", ""},
        {"Sunday week", ""},
        {"Sunday tomorrow", ""},
        {"Monday Tuesday", ""},
        {"this March", "2019-03"},
        {"next January", "2020-01"},
        {"next February", "2020-02"},
        {"March May", ""},
        {"March ago", ""},
        {"March tomorrow", ""},
        {"March week", ""},
        {"last March 2019", ""},
        {"0 May 2019", ""},
        {"last 2019", ""},
        {"2019 ago", ""},
        {"2019 tomorrow", ""},
        {"fifth quarter 2019", ""},
        {"fourth quarter 2019", "2019-Q4"},
        {"fifth week 2019", ""},
        {"2019 2020", ""},
        {"week month", ""},
        {"last next week", ""},
        {"last two weeks:week", ""},
        {"last week ago", ""},
        {"last week tomorrow", ""},
        {"tomorrow week", ""},
        {"two yesterday", ""},
        {"today tomorrow", "2019-02-21"},
        {"next decade", ""},
        {"a decade ago", ""},
        {"a quarter ago", "2018-Q4"},
        {"three months:month later", "2019-05"},
        {"ago", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_value("2019-02-20", cases[i].words, cases[i].value);
}

/* Years are those from 1 to 9999. */
static void values_stay_within_the_calendar(void **state)
{
    (void)state;
    use_core();
    const struct {
        const char *date, *words, *value;
    } cases[] = {
        {"0001-03-31", "last quarter", ""},
        {"0001-04-01", "last quarter", "0001-Q1"},
        {"0001-02-01", "last month", "0001-01"},
        {"0002-01-01", "last year", "0001"},
        {"9999-12-01", "next month", ""},
        {"9999-11-01", "next month", "9999-12"},
        {"9999-12-01", "next quarter", ""},
        {"9999-09-01", "next quarter", "9999-Q4"},
        {"9999-12-01", "next year", ""},
        {"9998-12-01", "next year", "9999"},
        {"9999-12-30", "next week", ""},
        {"9999-12-31", "next January", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_value(cases[i].date, cases[i].words, cases[i].value);
}

static void ends_of_ranges_take_what_they_share(void **state)
{
    (void)state;
    use_core();
    check("DATE", "3 to 5 March 2019", "2019-03-03/2019-03-05");
    check("DATE", "March 3 to March 9 , 2019", "2019-03-03/2019-03-09");
    check("DATE", "March 2018 to May 2019", "2018-03/2019-05");
    check("DATE", "3 March to May", "");
    check("DATE", "3 to 5", "");
    check("DATE", "to 2006", "");
    check("DATE", "2001 to daily", "");
    check("DATE", "daily to 2001", "");
    check("DATE", "2001 to 2001", "");
    check_on("2019-05-20", "3 March to 5 May", "2019-03-03/2019-05-05");
}

static void parts_of_amounts_fit_together(void **state)
{
    (void)state;
    use_core();
    check("CARDINAL", "two hundred five", "205");
    check("CARDINAL", "twenty fifteen", "");
    check("CARDINAL", "fifteen five", "");
    check("CARDINAL", "^- 5", "");
    check("CARDINAL", "5 ^-", "");
    check("MONEY", "more than about 5 dollars:dollar", "");
    check("MONEY", "5 more than dollars:dollar", "");
    check("MONEY", "5 dollars:dollar 4 dollars:dollar", "");
    check("MONEY", "dollars:dollar 5 euros:euro", "");
    check("MONEY", "$ 5 dollars:dollar", "5 USD");
    check("MONEY", "dollars:dollar third", "");
    check("MONEY", "third dollars:dollar", "");
    check("CARDINAL", "1990s", "");
}

static void decimals_are_exact(void **state)
{
    (void)state;
    decimal a, b, c;
    rg_buf out = rg_buf_in(arena);
    assert_int_equal(decimal_read(&a, RG_STR("0.1")), 3);
    assert_int_equal(decimal_read(&b, RG_STR("1,000.20x")), 8);
    assert_true(decimal_add(&c, a, b));
    decimal_put(&out, c);
    rg_buf_byte(&out, ' ');
    assert_true(decimal_multiply(&c, a, b));
    decimal_put(&out, c);
    assert_true(rg_str_is(rg_buf_str(&out), "1000.3 100.02"));
    assert_int_equal(decimal_compare(a, b), -1);
    assert_int_equal(decimal_compare(b, b), 0);
    assert_int_equal(decimal_whole(a), -1);
    decimal zero = {0, 0};
    out.len = 0;
    decimal_put(&out, zero);
    assert_true(rg_str_is(rg_buf_str(&out), "0"));
    assert_int_equal(decimal_read(&a, RG_STR("")), 0);
    assert_int_equal(decimal_read(&a, RG_STR("1,23")), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        by_hand_test(a_full_date_is_iso),
        by_hand_test(what_is_no_date_has_no_value),
        by_hand_test(relative_dates_need_a_day),
        by_hand_test(relative_dates_count_from_the_day),
        by_hand_test(a_month_is_the_latest_one),
        by_hand_test(ranges_have_two_ends),
        by_hand_test(amounts_have_a_number_and_a_unit),
        by_hand_test(what_is_no_amount_has_no_value),
        by_hand_test(words_of_dates_that_do_not_fit_have_no_value),
        by_hand_test(values_stay_within_the_calendar),
        by_hand_test(ends_of_ranges_take_what_they_share),
        by_hand_test(parts_of_amounts_fit_together),
        by_hand_test(decimals_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
