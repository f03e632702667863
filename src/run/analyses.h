/* analyses.h - analyses kept in the user's cache or in a store, so that an unchanged text is
 * analysed once, and who is who in it found once for all rule sets that differ in relations
 * only.
 *
 * Files in cache/relgraph/analyses, named by a hash of the document's bytes, the model and this
 * build of the program, those of who is who also of the parts of the rules that it depends on.
 * A file that is damaged or of another text is made anew. When all of them take more than
 * RG_ANALYSES_MOST bytes, those used longest ago go first.
 */
#ifndef RG_RUN_ANALYSES_H
#define RG_RUN_ANALYSES_H

#include "entities/entities.h"
#include "model/model.h"
#include "store/store.h"

#include <stdatomic.h>

#define RG_ANALYSES_MOST ((size_t)1 << 30)

typedef struct rg_analyses {
    uint64_t model;   /* id of the model */
    uint64_t program; /* this build of the program; 0 in a store */
    rg_store *store;  /* instead of the user's cache; or NULL */
    bool usable;      /* there is a place for the cache, and a model file */
    atomic_bool written;
} rg_analyses;

/* For the model file at `path`, which is looked at, not loaded. */
void rg_analyses_open(rg_analyses *a, const char *path, rg_store *store);
/* The kept analysis of the text, in the arena, or NULL. By several threads at once. */
const rg_parse *rg_analyses_find(const rg_analyses *a, rg_arena *arena,
                                 const rg_text *text);
/* The mentions and entities that rules with the same `naming` found in it: sets out's, or
 * gives false. */
bool rg_analyses_find_names(const rg_analyses *a, rg_arena *arena, rg_findings *out,
                            const rg_extractor *extractor, const rg_parse *parse);
void rg_analyses_keep_names(rg_analyses *a, rg_arena *arena, const rg_findings *found,
                            const rg_extractor *extractor, const rg_parse *parse);
/* Keeps it; one that cannot be kept costs time later, nothing else. */
void rg_analyses_keep(rg_analyses *a, rg_arena *arena, const rg_parse *parse);
/* For what else is kept there (kept_edges.h): what `key` tells apart of a text, or of none. */
rg_kept_name rg_analyses_name(const rg_analyses *a, int kind, const rg_text *text,
                              uint64_t key);
/* The bytes as they were written; empty if there are none, or they are damaged. */
rg_str rg_analyses_read(const rg_analyses *a, rg_arena *arena, rg_kept_name name);
bool rg_analyses_write(rg_analyses *a, rg_arena *arena, rg_kept_name name,
                       rg_str bytes);
/* Removes what is too much, once something was kept. */
void rg_analyses_close(rg_analyses *a, rg_arena *arena, size_t most);

#endif
