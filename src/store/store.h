/* store.h - a corpus in one file (SQLite): documents, who is who, triples with their
 * evidence, and what it takes not to work anything out twice.
 *
 * Written inside transactions of some documents each (WAL, synchronous FULL): a writer that
 * is killed loses what it was at, and nothing else. What is read of a file that others may
 * have made is checked: its application id, its tables, its pages.
 *
 *     doc 1 -- n triple          as in the TSV, for SQL; doc_edges has them with all offsets
 *     doc 1 -- n doc_entity 1 -- n mention
 *     entity 1 -- n label        one thing in all documents, and what they call it
 *     kept                       analyses, names, triples: compressed, for the next build
 */
#ifndef RG_STORE_STORE_H
#define RG_STORE_STORE_H

#include "base/edge.h"
#include "entities/entities.h"

typedef struct rg_store rg_store;

typedef enum rg_store_mode { RG_STORE_READ, RG_STORE_WRITE } rg_store_mode;

/* RG_STORE_WRITE makes a file that is not there. RG_ERROR_INPUT if it is no store. */
bool rg_store_open(rg_store **out, rg_arena *arena, const char *path,
                   rg_store_mode mode, rg_error *err);
/* What is not committed is dropped. */
void rg_store_close(rg_store *store);
/* Is the file at `path` a store, by its first bytes? */
bool rg_store_is_one(const char *path);

bool rg_store_begin(rg_store *store, rg_error *err);
bool rg_store_commit(rg_store *store, rg_error *err);

/* What is kept for a content (a hash of a document's bytes): one of each kind, the last. */
typedef struct rg_kept_name {
    int kind; /* RG_KEPT_RULES: of no document */
    uint64_t content;
    uint64_t key;   /* tells apart what was made of the same content */
    uint64_t needs; /* content of the rules without which it is of no use; 0: none */
} rg_kept_name;
enum { RG_KEPT_ANALYSIS, RG_KEPT_NAMES, RG_KEPT_EDGES, RG_KEPT_RULES, RG_KEPT_WORDS };

/* The bytes, aligned; empty if there are none with this key. By several threads at once.
 * Without memory the arena gives up. */
rg_str rg_store_kept(rg_store *store, rg_arena *arena, rg_kept_name name);
bool rg_store_keep(rg_store *store, rg_arena *arena, rg_kept_name name, rg_str bytes,
                   rg_error *err);

/* What is known of a document. */
typedef struct rg_store_state {
    bool known;
    long long id;
    uint64_t content; /* hash of its bytes */
    uint64_t edges;   /* hash of its edges, as it was put */
    uint64_t naming;  /* of the rules that its entities were found by */
    char version[64]; /* of program, model and rules that made its triples */
    char date[16];
} rg_store_state;

/* By several threads at once. */
bool rg_store_find(rg_store_state *out, rg_store *store, rg_str path, rg_error *err);

/* Triples (rg_edges_pack) as the store keeps them. */
rg_str rg_store_pack(rg_arena *arena, rg_str edges);

/* A document to be put, in the place of the one of the same name. */
typedef struct rg_store_document {
    const rg_document *document;
    rg_str title;
    uint64_t content, naming;
    rg_str version;
    const rg_edges *edges;
    rg_str packed;         /* the same by rg_store_pack */
    uint64_t edges_hash;   /* which rg_store_find tells again */
    const rg_named *named; /* NULL: its entities are as they were */
} rg_store_document;
bool rg_store_put(rg_store *store, rg_arena *arena, const rg_store_document *document,
                  rg_error *err);
/* The triples are the same, made by another version. */
bool rg_store_confirm(rg_store *store, long long id, rg_str version, rg_error *err);

/* Drops the documents whose path is not among these. */
bool rg_store_drop_others(rg_store *store, rg_arena *arena, const rg_map *paths,
                          int *dropped, rg_error *err);

/* Works out who is who in all documents (merge.c). */
bool rg_store_merge(rg_store *store, rg_arena *arena, rg_error *err);
/* What is left to do once all documents are put, also by builds that came to no end: the
 * rules with their hashes, what is kept for nobody, who is who in all documents. */
bool rg_store_end(rg_store *store, rg_arena *arena, const rg_rules *rules,
                  rg_error *err);

/* ---- Questions (query.c) ------------------------------------------------------------------ */

/* The triples, in the order of paths and text, with the labels of all documents' things. */
bool rg_store_ask(rg_edges *out, rg_store *store, rg_arena *arena,
                  const rg_question *question, rg_error *err);

/* Numbers of the store as lines for people, or tab-separated. */
bool rg_store_count(rg_buf *out, rg_store *store, bool tsv, rg_error *err);

#endif
