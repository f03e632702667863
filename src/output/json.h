/* json.h - what the formats in JSON share; private to output/. */
#ifndef RG_OUTPUT_JSON_H
#define RG_OUTPUT_JSON_H

#include "base/buf.h"

#include <jansson.h>

/* A JSON string; ill-formed UTF-8, which JSON cannot hold, becomes U+FFFD. */
json_t *rg_json_string(rg_arena *arena, rg_str text);
/* Writes the value, which is freed, and a line feed. NULL is want of memory. */
void rg_json_put_line(rg_buf *out, json_t *value);

#endif
