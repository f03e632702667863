/* json.h - jansson's reader, which does not tell memory that ran out from what is no JSON. */
#ifndef RG_BASE_JSON_H
#define RG_BASE_JSON_H

#include "base/arena.h"

#include <jansson.h>

/* From now on jansson's memory is watched. */
void rg_json_watch(void);
/* NULL, with *why (which may be NULL), if the text is no JSON; without memory the arena gives
 * up. To be freed by json_decref. */
json_t *rg_json_read(rg_arena *arena, rg_str text, size_t flags, json_error_t *why);

#endif
