/* records.h - documents as JSON lines: {"id", "text"} and, if known, "date", "title", "url".
 *
 * `id` is the value as it is written, quotes and escapes included, so that it can be told
 * byte for byte even of a record that is no good: {"id": "a\u00e9", ...  ->  "a\u00e9"
 */
#ifndef RG_RUN_RECORDS_H
#define RG_RUN_RECORDS_H

#include "text/text.h"

typedef enum rg_record_trouble {
    RG_RECORD_FINE,
    RG_RECORD_JSON,    /* no JSON object, or a blank line */
    RG_RECORD_UTF8,    /* ill-formed bytes */
    RG_RECORD_NO_TEXT, /* no string "text" */
} rg_record_trouble;

typedef struct rg_record {
    rg_str id;            /* JSON as written; "" in quotes if there is none */
    rg_document document; /* name: the id as text, copied; bytes: the text */
    rg_record_trouble trouble;
    const char *why; /* of the trouble, in words; in the arena */
    bool wrong_date; /* there is a date, but it is none */
    rg_str url;      /* copied; empty: none */
} rg_record;

/* False if trouble. */
bool rg_record_read(rg_record *out, rg_arena *arena, rg_str line);
/* The value of a key of the object, as written, even if the rest of the line is no JSON;
 * empty if it is not found. */
rg_str rg_record_find(rg_str line, const char *key);
/* The value of the key "id" of the object, as written, even if the rest of the line is no
 * JSON; "" in quotes if it is not found. */
rg_str rg_record_id(rg_str line);

#endif
