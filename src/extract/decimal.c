#include "extract/decimal.h"

/* Digits of a number; more are no amount that people write about. */
enum { MOST_DIGITS = 18, LARGEST_EXPONENT = 30 };

static const int64_t largest = 999999999999999999;

static bool is_digit(rg_str text, int at)
{
    return at < text.len && text.bytes[at] >= '0' && text.bytes[at] <= '9';
}

/* Without zeros at the end, so that equal numbers look equal. */
static decimal shorten(decimal number)
{
    while (number.digits != 0 && number.digits % 10 == 0) {
        number.digits /= 10;
        number.exponent++;
    }
    if (number.digits == 0)
        number.exponent = 0;
    return number;
}

/* Adds digits from `at` on; the place behind them, or -1 if there are too many. */
static int read_digits(decimal *out, rg_str text, int at, bool fraction)
{
    for (; is_digit(text, at); at++) {
        if (out->digits > largest / 10)
            return -1;
        out->digits = out->digits * 10 + (text.bytes[at] - '0');
        out->exponent -= fraction;
    }
    return at;
}

/* A comma and three digits, no more. */
static bool is_group(rg_str text, int at)
{
    return at < text.len && text.bytes[at] == ',' && is_digit(text, at + 1)
           && is_digit(text, at + 2) && is_digit(text, at + 3)
           && !is_digit(text, at + 4);
}

int decimal_read(decimal *out, rg_str text)
{
    *out = (decimal){0, 0};
    int at = is_digit(text, 0) ? read_digits(out, text, 0, false) : -1;
    bool grouped = at > 0 && at <= 3;
    while (grouped && at > 0 && is_group(text, at))
        at = read_digits(out, text, at + 1, false);
    if (at > 0 && at < text.len && text.bytes[at] == '.' && is_digit(text, at + 1))
        at = read_digits(out, text, at + 1, true);
    *out = shorten(*out);
    return at < 0 ? 0 : at;
}

/* The number with a smaller exponent; false if it does not fit. */
static bool lengthen(decimal *number, int exponent)
{
    for (; number->digits != 0 && number->exponent > exponent; number->exponent--) {
        if (number->digits > largest / 10)
            return false;
        number->digits *= 10;
    }
    number->exponent = exponent;
    return true;
}

static bool equalise(decimal *a, decimal *b)
{
    int least = a->exponent < b->exponent ? a->exponent : b->exponent;
    return lengthen(a, least) && lengthen(b, least);
}

bool decimal_add(decimal *out, decimal a, decimal b)
{
    if (!equalise(&a, &b) || a.digits > largest - b.digits)
        return false;
    *out = shorten((decimal){a.digits + b.digits, a.exponent});
    return true;
}

bool decimal_multiply(decimal *out, decimal a, decimal b)
{
    a = shorten(a);
    b = shorten(b);
    if (b.digits != 0 && a.digits > largest / b.digits)
        return false;
    *out = shorten((decimal){a.digits * b.digits, a.exponent + b.exponent});
    return out->exponent <= LARGEST_EXPONENT && out->exponent >= -LARGEST_EXPONENT;
}

int decimal_compare(decimal a, decimal b)
{
    if (!equalise(&a,
                  &b)) /* one is too large to be written with the other's exponent */
        return a.exponent > b.exponent ? 1 : -1;
    return a.digits < b.digits ? -1 : a.digits > b.digits;
}

int decimal_whole(decimal number)
{
    number = shorten(number);
    if (number.exponent < 0 || !lengthen(&number, 0) || number.digits > 999999999)
        return -1;
    return (int)number.digits;
}

void decimal_put(rg_buf *out, decimal number)
{
    char digits[MOST_DIGITS + LARGEST_EXPONENT + 2]; /* the last one first */
    int count = 0;
    number = shorten(number);
    do {
        digits[count++] = (char)('0' + number.digits % 10);
        number.digits /= 10;
    } while (number.digits > 0);
    while (count <= -number.exponent)
        digits[count++] = '0';
    for (int i = count - 1; i >= 0; i--) {
        rg_buf_byte(out, digits[i]);
        if (i > 0 && i == -number.exponent)
            rg_buf_byte(out, '.');
    }
    for (int i = 0; i < number.exponent; i++)
        rg_buf_byte(out, '0');
}
