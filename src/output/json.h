/* json.h - what the formats in JSON share; private to output/. */
#ifndef RG_OUTPUT_JSON_H
#define RG_OUTPUT_JSON_H

#include "base/edge.h"
#include "base/json.h"
#include "entities/entities.h"

/* A number from 0 to 1, rounded to hundredths as in tables. */
json_t *rg_json_hundredths(double share);
/* A triple with all its columns and offsets, as in JSON lines. */
json_t *rg_json_edge(const rg_edge *edge);
/* An entity with its mentions; the arena is for what comes before the value. */
json_t *rg_json_entity(rg_arena *arena, const rg_named *named, const rg_entity *entity);

#endif
