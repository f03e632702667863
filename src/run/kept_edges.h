/* kept_edges.h - the triples of a text kept in the user's cache: after a change of rules only
 * sentences with a word that a changed rule asks for go through the rules again.
 *
 * Beside the analyses (analyses.h) there are two files for each document, its words with the
 * set of rules that it went through, and its triples; and one for each such set: what the set was, so that it can be compared with the
 * present one. What all rules share (repairs, derived edges, types) is part of the names.
 */
#ifndef RG_RUN_KEPT_EDGES_H
#define RG_RUN_KEPT_EDGES_H

#include "run/analyses.h"

#include <pthread.h>

enum { RG_KEPT_SETS = 16 };

typedef struct rg_kept_edges {
    rg_analyses *files;
    const rg_extractor *extractor;
    uint64_t key;      /* what else the triples of a text depend on: names of files */
    uint64_t set_hash; /* of the present rules */
    rg_rule_ids rules; /* the present ones ... */
    rg_str *places;    /* ... and FILE:LINE of each id */
    rg_str set;        /* the present rules, packed */
    /* Sets that files were made with, once met; all below belongs to `lock`. */
    pthread_mutex_t lock;
    rg_arena *arena;
    struct rg_kept_set {
        uint64_t hash;
        rg_stale stale;
    } sets[RG_KEPT_SETS];
    int set_count;
    bool told; /* the present set is on file */
} rg_kept_edges;

/* In the arena; NULL if nothing is kept. `date`: that of all documents, or empty.
 * rg_kept_edges_close when done. */
rg_kept_edges *rg_kept_edges_open(rg_analyses *files, rg_arena *arena,
                                  const rg_extractor *extractor, rg_str date);
void rg_kept_edges_close(rg_kept_edges *kept);

/* What is kept of a text. */
typedef struct rg_kept_text {
    const rg_edges *edges; /* as the present rules make them, or NULL: ... */
    const rg_stale *stale; /* ... then what else they may find; NULL: nothing is kept */
    rg_str triples;        /* packed */
    rg_str body;           /* of the file of edges and triples, if it was read */
    bool same;             /* these edges are known already: they stay NULL */
} rg_kept_text;

/* Triples as bytes, wherever their document stands, and a hash of these, never 0. */
typedef struct rg_packed_edges {
    rg_str bytes;
    uint64_t hash;
} rg_packed_edges;
rg_packed_edges rg_kept_edges_pack(rg_arena *arena, const rg_edges *edges, int base);

/* `known`: a hash of packed edges, or 0; if these are kept, and the present rules make them,
 * no more is read. By several threads. */
rg_kept_text rg_kept_edges_find(rg_kept_edges *kept, rg_arena *arena,
                                const rg_text *text, uint64_t known);
/* The triples of the sentences in which the rules find what they found, or NULL. */
const rg_kept_triples *rg_kept_edges_triples(const rg_kept_edges *kept, rg_arena *arena,
                                             const rg_kept_text *known,
                                             const rg_parse *parse);
/* Keeps them, if no limit stopped a rule or cut anything. `packed`: the edges found; `known`:
 * what rg_kept_edges_find told of the text. */
void rg_kept_edges_keep(rg_kept_edges *kept, rg_arena *arena, const rg_findings *found,
                        const rg_parse *parse, const rg_packed_edges *packed,
                        const rg_kept_text *known);

#endif
