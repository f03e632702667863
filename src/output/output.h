/* output.h - stage 6: one file a format, a table of formats.
 *
 * A format says what it is made from: the analysis of a document, its edges, or the graph
 * of all documents. Formats of the first two kinds are written document by document.
 */
#ifndef RG_OUTPUT_OUTPUT_H
#define RG_OUTPUT_OUTPUT_H

#include "base/buf.h"
#include "base/edge.h"
#include "base/files.h"
#include "entities/entities.h"
#include "graph/graph.h"
#include "lang/lang.h"

typedef enum rg_format_from {
    RG_FROM_PARSE,
    RG_FROM_EDGES,
    RG_FROM_GRAPH,
    RG_FROM_ENTITIES,
    RG_FROM_TEXT /* the edges of a document, with its bytes */
} rg_format_from;

typedef struct rg_format {
    const char *name;    /* as -f takes it */
    const char *ending;  /* file name ending with its dot; empty: a folder */
    const char *summary; /* one line for --help */
    rg_format_from from;
    bool binary; /* refused on a terminal */
    bool
        by_block; /* of an analysis: blocks are written one after another, none needs others */
    /* The lines before the first document; NULL if there are none. */
    void (*put_header)(rg_buf *out);
    /* Exactly one of these is set, as `from` says. first_block: blocks written before. */
    void (*put_parse)(rg_buf *out, const rg_parse *parse, int first_block);
    void (*put_edges)(rg_buf *out, const rg_edges *edges);
    bool (*put_graph)(rg_buf *out, const rg_graph *graph, rg_error *err);
    void (*put_files)(rg_files *out, const rg_graph *graph); /* instead of put_graph */
    void (*put_entities)(rg_buf *out, const rg_named *named);
    void (*put_notes)(rg_buf *out, const rg_document *document, const rg_edges *edges);
} rg_format;

/* From now on libxml2's memory is watched (rg_library_ran_out). */
void rg_output_watch(void);

/* The format of this name that is made `from` this, or NULL. */
const rg_format *rg_output_find(rg_str name, rg_format_from from);
/* The format whose ending the path has, or NULL. */
const rg_format *rg_output_find_ending(rg_str path, rg_format_from from);
/* All formats, in the order of formats.def; NULL ends the list. */
const rg_format *const *rg_output_all(void);

/* The differences of two sets of triples, sentence by sentence in the order of the
 * documents: for people, or as a table with the columns change, subject, relation, object,
 * doc, sentence, what. Two triples are the same if document, sentence (by its place in the
 * file), subject, relation and object are; what else is told of them may have changed. */
rg_change_counts rg_output_changes(rg_buf *out, const rg_edges *before,
                                   const rg_edges *after, bool as_tsv);

/* A line of `filter`: {"id", "triples", "entities", "v"}. `id` is JSON as it came; triples and
 * entities are those of JSON lines without `doc`. */
void rg_output_put_record(rg_buf *out, rg_str id, const rg_edges *edges,
                          const rg_named *named, rg_str version);
/* {"id", "error": "CODE: TEXT", "v"} */
void rg_output_put_failure(rg_buf *out, rg_str id, const char *code, const char *text,
                           rg_str version);

/* Triples read back from TSV (a header line names the columns; subject, relation, object
 * are needed) or from JSON lines with `subject`. Unknown columns are named in a note. */
bool rg_output_read_tsv(rg_edges *out, rg_arena *arena, const rg_document *document,
                        rg_reporter reporter, rg_error *err);
bool rg_output_read_jsonl(rg_edges *out, rg_arena *arena, const rg_document *document,
                          rg_reporter reporter, rg_error *err);

#endif
