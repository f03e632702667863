/* pieces.h - the words of a date or an amount, with all that the rules say of them; private.
 *
 *     "20 February"   ->   number 20 | month 2
 */
#ifndef RG_EXTRACT_PIECES_H
#define RG_EXTRACT_PIECES_H

#include "extract/decimal.h"
#include "extract/sentence.h"

enum { MOST_PIECES = 16 };

/* One or several tokens that stand in a list of `values`, or a number in digits, or both:
 * "5bn" is a number and, behind it, a scale. */
typedef struct piece {
    bool has_digits;
    bool is_year; /* four digits without a comma */
    decimal number;
    rg_str words[RG_VALUES_COUNT]; /* the value in each list; bytes NULL: not in it */
} piece;

typedef struct pieces {
    piece items[MOST_PIECES];
    int count;
} pieces;

/* Splits tokens [first, end); false if some word is in no list and no number. */
bool pieces_read(pieces *out, const sentence *s, int first, int end);
bool piece_is(const piece *p, rg_values_part part);
/* The whole number that the piece is in a list of numbers. */
int piece_number(const piece *p, rg_values_part part);

#endif
