/* json.h - jansson's reader, which does not tell memory that ran out from what is no JSON. */
#ifndef RG_BASE_JSON_H
#define RG_BASE_JSON_H

#include "base/arena.h"

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

#endif
