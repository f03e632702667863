/* relgraph.h - the public interface: English text -> triples -> a relationship diagram.
 *
 * An engine holds what is loaded once: the English model and the rule set. A run takes
 * documents through the stages (text, analysis, rules, entities, graph) and writes one
 * format. The library never prints and never exits; findings go to a reporter.
 *
 *     rg_engine *engine;
 *     rg_error err = {0};
 *     bool ok = rg_engine_new(&engine, &(rg_options){0}, &err)
 *               && rg_run_files(engine, &(rg_job){.paths = paths, .path_count = 1,
 *                                                 .format = "tsv", .output = "-"}, &err);
 */
#ifndef RELGRAPH_H
#define RELGRAPH_H

#include <stdbool.h>
#include <stddef.h>

/* A slice of UTF-8 (or, where said, of any bytes); not zero-terminated. */
typedef struct rg_str {
    const char *bytes;
    int len;
} rg_str;

/* What went wrong; the value is the program's exit code. */
typedef enum rg_error_kind {
    RG_ERROR_NONE = 0,
    RG_ERROR_FINDINGS = 1, /* finished, but some documents, examples or checks failed */
    RG_ERROR_USAGE = 2,
    RG_ERROR_RULE = 3,
    RG_ERROR_MODEL = 4,
    RG_ERROR_INPUT = 5,
    RG_ERROR_OUTPUT = 6,
    RG_ERROR_LIMIT = 7,
    RG_ERROR_MEMORY = 8,
} rg_error_kind;

typedef enum rg_severity { RG_NOTE, RG_WARNING, RG_ERROR } rg_severity;

/* One finding with its place. Lines and columns count from 1; 0 is "none". */
typedef struct rg_message {
    rg_severity severity;
    const char *id;     /* short name of the check, such as "unknown-key" */
    rg_str file;        /* empty if it has no file */
    int line, column;   /* column in code points */
    rg_str text;        /* no capital, no full stop */
    rg_str source_line; /* the line of the file, without its line feed */
    rg_str hint;        /* what to do, such as "did you mean 'match'?"; may be empty */
} rg_message;

/* Where findings go; the message lives only as long as the call. */
typedef struct rg_reporter {
    void (*report)(void *user, const rg_message *message);
    void *user;
} rg_reporter;

/* The first error of a call, with its own copy of every byte. */
typedef struct rg_error {
    rg_error_kind kind;
    bool reported; /* the reporter has had it already */
    int line, column;
    char id[32];
    char file[512];
    char text[1024];
    char source_line[512];
    char hint[256];
} rg_error;

#endif
