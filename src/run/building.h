/* building.h - a run that goes into a store: what of a document is there already, and what
 * is put in its place. */
#ifndef RG_RUN_BUILDING_H
#define RG_RUN_BUILDING_H

#include "run/engine.h"
#include "run/kept_edges.h"
#include "store/store.h"

typedef struct rg_building {
    rg_store *store;
    rg_arena *arena, *scratch; /* scratch: of one document */
    rg_str version;            /* of program, model, rules and date */
    rg_map *paths;             /* of all documents of the run */
    rg_build_counts counts;
} rg_building;

/* What is known of a document that is at work. */
typedef struct rg_built {
    rg_store_state state;
    uint64_t content;
    bool unchanged; /* there is nothing to do */
    bool confirmed; /* its triples are those of the present rules */
    bool has_names; /* its entities are in the store as the rules find them */
    uint64_t hash;  /* of its triples, once rg_building_pack was called; never 0 */
    rg_str packed;  /* these, if the store has others */
} rg_built;

/* NULL arena memory; rg_store_close(building->store) when done. */
rg_building *rg_building_open(rg_arena *arena, const char *path, rg_error *err);
/* Once model and rules are known. */
void rg_building_begin(rg_building *b, uint64_t model, const rg_rules *rules,
                       const char *date);
/* By several threads at once. */
bool rg_building_look(rg_built *out, rg_building *b, const rg_document *document,
                      const rg_rules *rules, rg_error *err);
/* What is to be put, made ready; by several threads at once. `packed`: the triples, if that is
 * done. */
void rg_building_pack(rg_built *built, rg_arena *arena, const rg_document *document,
                      const rg_edges *edges, const rg_packed_edges *packed);
/* `named` may be NULL if built->has_names. */
bool rg_building_put(rg_building *b, const rg_built *built, const rg_document *document,
                     const rg_edges *edges, const rg_named *named,
                     const rg_rules *rules, rg_error *err);
/* All documents are put: others go, unless `keep_others`, and things are told apart anew. */
bool rg_building_end(rg_building *b, const rg_rules *rules, bool keep_others,
                     rg_error *err);

#endif
