/* entities.h - stage 4: triples -> edges whose ends are entities.
 *
 * An argument's label is the one under which `aliases` declares its name, else its own
 * noun phrase; its type is the declared one, else that of the name or noun. So one thing
 * is one node in the graph, and every column of the TSV is ready.
 *
 *     "the U.K.'s National Cyber Security Centre"  ->  NCSC, government
 */
#ifndef RG_ENTITIES_ENTITIES_H
#define RG_ENTITIES_ENTITIES_H

#include "base/edge.h"
#include "extract/extract.h"

typedef struct rg_entities {
    rg_edges edges; /* in order of the text */
    int *triples;   /* for each edge the index of its triple */
    int cut;        /* labels cut because they were too long */
} rg_entities;

bool rg_entities_link(const rg_entities **out, rg_arena *arena, const rg_rules *rules,
                      const rg_triples *triples, rg_error *err);

#endif
