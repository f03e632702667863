/* sources.h - what a run reads: a list of documents to be, from paths.
 *
 * A file is a document; with RG_CUT_LINES each of its lines that is not empty is one. Of
 * RG_CUT_BLOCKS the ending says how it is read: as HTML, as Markdown, by another program
 * (converters.h), or line by line as JSON: a line with "text" is a document, one with "subject"
 * a triple. A folder stands for the files in it that have such an ending, a pattern for the
 * paths that match.
 * Whole files are read only when their turn comes (rg_source_read), so that a long list
 * of paths costs nothing; files cut into lines are read at once and shared by their lines.
 *
 *     a.txt = "One.\n\nTwo.\n", RG_CUT_LINES  ->  a.txt:1 "One." base 0, a.txt:3 "Two." base 6
 */
#ifndef RG_RUN_SOURCES_H
#define RG_RUN_SOURCES_H

#include "text/text.h"

typedef enum rg_source_kind {
    RG_SOURCE_TEXT,
    RG_SOURCE_TSV,   /* triples: .tsv */
    RG_SOURCE_JSONL, /* triples: .jsonl */
    RG_SOURCE_CSV,   /* written, never read back */
    RG_SOURCE_STORE, /* triples: .db */
} rg_source_kind;

struct rg_converter;

typedef struct rg_source {
    rg_source_kind kind;
    const char *path; /* to be read; NULL if document.bytes are there already */
    const struct rg_converter *converter; /* what makes text of it; NULL: it is text */
    bool is_record; /* document.bytes is a JSON line that holds the document */
    rg_document document;
    const rg_error *unreadable; /* why the bytes are not there; else NULL */
} rg_source;

typedef struct rg_sources {
    rg_source *items;
    int count, capacity;
} rg_sources;

typedef struct rg_source_options {
    const char *const *paths;
    int path_count;
    rg_cut cut;
    bool triples; /* endings of triples are read as such */
} rg_source_options;

/* Lists the documents in order. A file that cannot be read is left out: its error goes to
 * the reporter; *failed counts them and err keeps the first. */
void rg_sources_list(rg_sources *out, rg_arena *arena, const rg_source_options *options,
                     int *failed, rg_reporter reporter, rg_error *err);

/* Adds the records of a file's bytes, a line each: {"id", "text"}. The first that cannot be
 * read ends it. */
bool rg_sources_add_records(rg_sources *list, rg_arena *arena, const char *path,
                            rg_str all, rg_error *err);

/* Makes sure that the document's bytes are there. */
bool rg_source_read(rg_document *out, rg_arena *arena, const rg_source *source,
                    rg_error *err);

#endif
