/* decimal.h - decimal numbers as they are written: exact, or refused; private to extract/. */
#ifndef RG_EXTRACT_DECIMAL_H
#define RG_EXTRACT_DECIMAL_H

#include "base/buf.h"

#include <stdint.h>

/* digits * 10^exponent; digits is never negative. */
typedef struct decimal {
    int64_t digits;
    int exponent;
} decimal;

/* "1,650,000", "1.65", "12": commas part groups of three. The number of bytes read from
 * the start of the text, 0 if it begins with none or with one of too many digits. */
int decimal_read(decimal *out, rg_str text);
/* Exact sum and product; false if they have too many digits. */
bool decimal_add(decimal *out, decimal a, decimal b);
bool decimal_multiply(decimal *out, decimal a, decimal b);
/* -1, 0, 1 as a is less than, equal to, greater than b. */
int decimal_compare(decimal a, decimal b);
/* The number if it is a whole one of at most nine digits, else -1. */
int decimal_whole(decimal number);
void decimal_put(rg_buf *out, decimal number);

#endif
