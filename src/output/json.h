/* json.h - what the formats in JSON share; private to output/.
 *
 * A jump of an arena that runs full would leave behind what is not yet written. So these
 * makers take nothing from an arena while they hold a value, and who must owns it by
 * rg_json_own. Without memory they give NULL, which jansson's functions hand on, and writing
 * the value gives up.
 */
#ifndef RG_OUTPUT_JSON_H
#define RG_OUTPUT_JSON_H

#include "base/buf.h"
#include "base/edge.h"
#include "base/json.h"
#include "entities/entities.h"

/* A JSON string; ill-formed UTF-8, which JSON cannot hold, becomes U+FFFD. */
json_t *rg_json_string(rg_str text);
/* A number from 0 to 1, rounded to hundredths as in tables. */
json_t *rg_json_hundredths(double share);
/* A triple with all its columns and offsets, as in JSON lines. */
json_t *rg_json_edge(const rg_edge *edge);
/* An entity with its mentions; the arena is for what comes before the value. */
json_t *rg_json_entity(rg_arena *arena, const rg_named *named, const rg_entity *entity);
/* Writes the value, which is freed. NULL is want of memory. */
void rg_json_put(rg_buf *out, json_t *value);
/* The same, and a line feed. */
void rg_json_put_line(rg_buf *out, json_t *value);

#endif
