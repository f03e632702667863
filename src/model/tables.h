/* tables.h - the model's tables as they lie in the file: strings, numbers, maps.
 *
 * Nothing is built at start: a section of numbers is used as an array, a map is a hash
 * table whose slots were filled by the import. Opening checks once that every number is
 * in its range, so that no lookup has to. Part of model.h.
 *
 *     strings   sections strings.refs (offset, length) and strings.bytes
 *     map       keys u64 [slots], then values u32 [slots]; slots is a power of two, key 0
 *               marks a free slot, a key stands in the first free slot from key mod slots
 */
#ifndef RG_MODEL_TABLES_H
#define RG_MODEL_TABLES_H

#include "base/error.h"

typedef struct rg_model rg_model;

/* All strings of the tables, each with a number. */
typedef struct rg_strings {
    const uint32_t *refs;
    rg_str bytes;
    uint32_t count;
} rg_strings;
bool rg_strings_open(rg_strings *out, const rg_model *model, rg_error *err);
rg_str rg_strings_at(const rg_strings *strings, uint32_t number);

enum { RG_NO_STRING = 0x7fffffff }; /* stands in a table where there is no string */

/* A section of records of `width` numbers. */
typedef struct rg_numbers {
    const uint32_t *at;
    int count; /* records */
} rg_numbers;
bool rg_numbers_open(rg_numbers *out, const rg_model *model, const char *name,
                     int width, rg_error *err);
/* Is column `column` of all records below `limit`, or RG_NO_STRING if `optional`? */
bool rg_numbers_check(const rg_numbers *numbers, int width, int column, uint32_t limit,
                      bool optional);
/* Says in the error that the section holds a number out of its range; false. */
bool rg_table_fail(const rg_model *model, const char *name, rg_error *err);

/* 64-bit ids (model/strings.h) -> numbers. */
typedef struct rg_ids {
    const uint64_t *keys;
    const uint32_t *values;
    uint32_t mask;
} rg_ids;
/* All values must be below `limit`. */
bool rg_ids_open(rg_ids *out, const rg_model *model, const char *name, uint32_t limit,
                 rg_error *err);
/* The value of the key, or NULL. */
const uint32_t *rg_ids_find(const rg_ids *ids, uint64_t key);

#endif
