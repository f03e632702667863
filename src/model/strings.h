/* strings.h - the 64-bit ids by which spaCy's model knows strings.
 *
 * The networks embed these ids, and the tables of the model are keyed by them. A few
 * hundred names ("X", "mark", "DATE") have small fixed ids; all other strings have their
 * hash. Part of model.h.
 */
#ifndef RG_MODEL_STRINGS_H
#define RG_MODEL_STRINGS_H

#include "base/str.h"

/* MurmurHash64A with seed 1 of the bytes (Austin Appleby, public domain). */
uint64_t rg_string_hash(rg_str text);
/* The id of a string: 0 for the empty one, a fixed id for a symbol, else its hash. */
uint64_t rg_string_id(rg_str text);

#endif
