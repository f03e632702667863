/* json.h - jansson with the memory of arenas: values that are read, made and written.
 *
 * Its reader does not tell memory that ran out from what is no JSON. And a jump of an arena
 * that runs full would leave behind what is not yet written: so these makers take nothing
 * from an arena while they hold a value, and who must owns it by rg_json_own. Without memory
 * they give NULL, which jansson's functions hand on, and writing the value gives up.
 */
#ifndef RG_BASE_JSON_H
#define RG_BASE_JSON_H

#include "base/buf.h"

#include <jansson.h>

/* From now on jansson's memory is watched. */
void rg_json_watch(void);
/* NULL, with *why (which may be NULL), if the text is no JSON; without memory the arena gives
 * up. The value is the arena's, which frees it; rg_json_drop does so at once. */
json_t *rg_json_read(rg_arena *arena, rg_str text, size_t flags, json_error_t *why);
/* NULL does nothing. */
void rg_json_drop(rg_arena *arena, json_t *value);
/* A value that is filled while the arena may run full: it is the arena's until rg_json_take.
 * Of NULL, want of memory, it gives up. */
json_t *rg_json_own(rg_arena *arena, json_t *value);
json_t *rg_json_take(rg_arena *arena, json_t *value);

/* A JSON string; ill-formed UTF-8, which JSON cannot hold, becomes U+FFFD. */
json_t *rg_json_string(rg_str text);
/* Writes the value, which is freed. NULL is want of memory. */
void rg_json_put(rg_buf *out, json_t *value);
/* The same, and a line feed. */
void rg_json_put_line(rg_buf *out, json_t *value);

#endif
