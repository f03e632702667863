/* unicode.h - properties of code points and lower case, exactly as Python 3.11 has them.
 *
 * The tables (unicode.inc) are made from Unicode 14 by scripts/unicode_tables.py. The model
 * was trained on features made with these very definitions.
 *
 *     rg_unicode_lower(arena, RG_STR("ΟΔΟΣ"))   "οδος", with a final sigma
 */
#ifndef RG_BASE_UNICODE_H
#define RG_BASE_UNICODE_H

#include "base/arena.h"

/* Python's str.isspace: more than the property White_Space (U+001C to U+001F), too. */
bool rg_unicode_is_space(uint32_t code);
bool rg_unicode_is_alpha(uint32_t code); /* category L*: no marks */
bool rg_unicode_is_upper(uint32_t code);
bool rg_unicode_is_digit(
    uint32_t code); /* Numeric_Type Digit or Decimal: ² and ٣, too */

/* The text in lower case; the slice itself if nothing changes. Linear. */
rg_str rg_unicode_lower(rg_arena *arena, rg_str text);
/* Does the text consist of letters (at least one)? */
bool rg_unicode_is_word(rg_str text);

#endif
