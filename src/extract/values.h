/* values.h - the normal value of a date or an amount: one spelling for all; private.
 *
 *     20 February 2019          2019-02-20           $1.65 billion       1650000000 USD
 *     February 2019             2019-02              27 percent          27 %
 *     the 1990s                 199X                 410 million km      410000000 km
 *     last week                 2019-W07 *           more than 500       >500
 *     Sunday                    2019-02-17 *         twenty-five         25
 *
 * Dates are ISO 8601, decades and ranges ("2001/2006") as in EDTF. Those with a star need
 * the document's date (here 2019-02-20). The words are the rules' (key `values`); what is
 * not understood to its last word has no value.
 */
#ifndef RG_EXTRACT_VALUES_H
#define RG_EXTRACT_VALUES_H

#include "extract/sentence.h"

/* The value of the mention that the node is part of, if its type is a date or an amount;
 * else empty. */
rg_str values_of(const sentence *s, rg_arena *arena, int node);

#endif
