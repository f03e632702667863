/* msgpack_test.c - the reader in place: what it reads, what it refuses and where. */
#include "model/msgpack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static rg_error err;

static rg_msgpack over(const char *bytes, int len)
{
    memset(&err, 0, sizeof err);
    return rg_msgpack_over(RG_STR("file"), (rg_str){bytes, len}, &err);
}

#define OVER(literal) over((literal), (int)sizeof(literal) - 1)

static void assert_refused(rg_msgpack *in, const char *text)
{
    assert_false(rg_msgpack_skip(in));
    assert_int_equal(err.kind, RG_ERROR_MODEL);
    if (!strstr(err.text, text))
        fail_msg("'%s' is not in '%s'", text, err.text);
}

static void reads_numbers_of_every_width(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\x05\xcc\xff\xcd\x01\x02\xce\x01\x02\x03\x04"
                         "\xcf\xff\xff\xff\xff\xff\xff\xff\xff\xd0\x7f");
    const uint64_t expected[] = {5, 255, 0x102, 0x1020304, UINT64_MAX, 127};
    for (int i = 0; i < 6; i++) {
        uint64_t number;
        assert_true(rg_msgpack_number(&in, &number));
        assert_true(number == expected[i]);
    }
    assert_true(rg_msgpack_end(&in));
}

static void keeps_the_sign_of_negative_numbers(void **state)
{
    (void)state;
    rg_msgpack in =
        OVER("\xff\xd0\x80\xd1\xff\xfe\xd3\x80\x00\x00\x00\x00\x00\x00\x00");
    const int64_t expected[] = {-1, -128, -2, INT64_MIN};
    for (int i = 0; i < 4; i++) {
        rg_msgpack_value value;
        assert_true(rg_msgpack_next(&in, &value));
        assert_true(value.negative);
        assert_true(value.number == (uint64_t)expected[i]);
    }
}

static void reads_floats(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\xca\x3f\xc0\x00\x00\xcb\xbf\xf0\x00\x00\x00\x00\x00\x00");
    rg_msgpack_value value;
    assert_true(rg_msgpack_next(&in, &value));
    assert_true(value.real == 1.5);
    assert_true(rg_msgpack_next(&in, &value));
    assert_true(value.real == -1.0);
}

static void a_key_is_text_or_bytes(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\x82\xa2nd\xc3\xc4\x04type\xd9\x03<f4");
    int pairs;
    rg_str key, text;
    rg_msgpack_value value;
    assert_true(rg_msgpack_map(&in, &pairs));
    assert_int_equal(pairs, 2);
    assert_true(rg_msgpack_key(&in, &key) && rg_str_is(key, "nd"));
    assert_true(rg_msgpack_next(&in, &value));
    assert_int_equal(value.kind, RG_MSGPACK_BOOL);
    assert_true(rg_msgpack_key(&in, &key) && rg_str_is(key, "type"));
    assert_true(rg_msgpack_text(&in, &text) && rg_str_is(text, "<f4"));
    assert_true(rg_msgpack_end(&in));
}

static void skips_a_whole_value(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\x82\xa1"
                         "a\x93\x01\x90\x80\xa1"
                         "b\xdc\x00\x02\xc0\xc2\x07");
    uint64_t number;
    assert_true(rg_msgpack_skip(&in));
    assert_true(rg_msgpack_number(&in, &number));
    assert_int_equal(number, 7);
}

static void a_text_with_a_zero_byte_is_another_text(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\xa6nodes\0");
    rg_str key;
    assert_true(rg_msgpack_text(&in, &key));
    assert_false(rg_str_is(key, "nodes"));
}

static void counts_that_cannot_be_true_are_refused(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\xdf\xff\xff\xff\xff");
    assert_refused(&in, "byte 0: 4294967295 items announced, 0 bytes left");
    in = OVER("\xdd\xff\xff\xff\xff\x01");
    assert_refused(&in, "byte 0: 4294967295 items announced, 1 bytes left");
    in = OVER("\xdb\xff\xff\xff\xffx");
    assert_refused(&in, "byte 0: 4294967295 bytes announced, 1 left");
    in = OVER("\xa5xy");
    assert_refused(&in, "byte 0: 5 bytes announced, 2 left");
    in = OVER("\xc4\x01");
    assert_refused(&in, "byte 0: 1 bytes announced, 0 left");
    in = OVER("\x82\xa1");
    assert_refused(&in, "byte 0: 2 items announced");
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    static const char whole[] = "\x83\xa1"
                                "a\xcd\x01\x02\xc4\x03xyz\xcb\x3f\xf0\0\0\0\0\0\0"
                                "\xd9\x02hi\x92\xc0\xc3";
    int size = (int)sizeof whole - 1;
    rg_msgpack in = over(whole, size);
    assert_true(rg_msgpack_skip(&in) && rg_msgpack_end(&in));
    for (int len = 0; len < size; len++) {
        in = over(whole, len);
        assert_refused(&in, "byte ");
    }
}

static void extensions_and_reserved_types_are_refused(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\x91\xc1");
    assert_refused(&in, "byte 1: type 0xc1 is not expected here");
    in = OVER("\xc9\xff\xff\xff\xff\x01");
    assert_refused(&in, "byte 0: type 0xc9");
    in = OVER("\xd4\x01\x02");
    assert_refused(&in, "byte 0: type 0xd4");
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    char deep[1000];
    memset(deep, '\x91', sizeof deep);
    rg_msgpack in = over(deep, sizeof deep);
    assert_refused(&in, "nested more than 64 deep");
}

static void bytes_that_follow_are_refused(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\xc0\xc0\xc0");
    assert_true(rg_msgpack_skip(&in));
    assert_false(rg_msgpack_end(&in));
    assert_string_equal(err.text, "byte 1: 2 bytes too many");
}

static void another_type_is_named_in_the_message(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\x05");
    int count;
    assert_false(rg_msgpack_map(&in, &count));
    assert_string_equal(err.text, "byte 0: an integer stands where a map is expected");
    in = OVER("\xff");
    uint64_t number;
    assert_false(rg_msgpack_number(&in, &number));
    assert_string_equal(err.text, "byte 0: a negative number is not expected here");
}

static void nested_values_tell_their_place_in_the_file(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\x91\xc4\x02\x01\xc1");
    int count;
    rg_str bytes;
    uint64_t number;
    assert_true(rg_msgpack_array(&in, &count) && rg_msgpack_bytes(&in, &bytes));
    rg_msgpack inner = rg_msgpack_inside(&in, bytes);
    assert_true(rg_msgpack_number(&inner, &number));
    assert_refused(&inner, "byte 4: type 0xc1");
}

static void nothing_is_read_after_a_failure(void **state)
{
    (void)state;
    rg_msgpack in = OVER("\xc1\x01");
    assert_refused(&in, "byte 0");
    assert_refused(&in, "byte 0");
    assert_int_equal(in.at, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers_of_every_width),
        cmocka_unit_test(keeps_the_sign_of_negative_numbers),
        cmocka_unit_test(reads_floats),
        cmocka_unit_test(a_key_is_text_or_bytes),
        cmocka_unit_test(skips_a_whole_value),
        cmocka_unit_test(a_text_with_a_zero_byte_is_another_text),
        cmocka_unit_test(counts_that_cannot_be_true_are_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(extensions_and_reserved_types_are_refused),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(bytes_that_follow_are_refused),
        cmocka_unit_test(another_type_is_named_in_the_message),
        cmocka_unit_test(nested_values_tell_their_place_in_the_file),
        cmocka_unit_test(nothing_is_read_after_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
