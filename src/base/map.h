/* map.h - strings to small integers: an interner whose ids count up from 0.
 *
 * Ids follow the order of first insertion, so that nothing printed depends on hashing.
 * Values of any kind are kept by the caller in an array indexed by the id.
 */
#ifndef RG_BASE_MAP_H
#define RG_BASE_MAP_H

#include "base/arena.h"

typedef struct rg_map rg_map;

rg_map *rg_map_new(rg_arena *arena);
/* The id of key, added (with a copy of its bytes) if it is new. */
int rg_map_put(rg_map *map, rg_str key);
/* The id of key, or -1. */
int rg_map_find(const rg_map *map, rg_str key);
/* The key with this id. */
rg_str rg_map_key(const rg_map *map, int id);
int rg_map_count(const rg_map *map);
/* The key nearest to `word` in spelling, for "did you mean"; empty if none is near. */
rg_str rg_map_nearest(const rg_map *map, rg_str word);

#endif
