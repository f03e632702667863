/* relgraph.h - the public interface: English text -> triples -> a relationship diagram.
 *
 * An engine holds what is loaded once: the English model and the rule set. A run takes
 * documents through the stages (text, analysis, rules, entities, graph) and writes one
 * format. The library never prints and never exits; findings go to a reporter.
 *
 *     rg_engine *engine;
 *     rg_error err = {0};
 *     const char *paths[] = {"article.txt"};
 *     rg_job job = {.paths = paths, .path_count = 1,
 *                   .product = RG_PRODUCT_DIAGRAM, .output = "article.svg"};
 *     bool ok = rg_engine_new(&engine, &(rg_options){0}, &err)
 *               && rg_run(engine, &job, &err);
 *     rg_engine_free(engine);
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

/* Where things are looked for; zero means the default (docs/library.md). The strings and
 * the lists must outlive the engine. */
typedef struct rg_options {
    const char *model;        /* model file */
    const char *const *rules; /* rule files and folders instead of the default set */
    const char *const *add_rules; /* and more of them */
    int rule_count, add_rule_count;
    const char *profile; /* name of a file of the rules folder's profiles/ */
    const char *kernel;  /* matrix kernels by name, for tests; NULL: the fastest */
    int threads;         /* 0 is 1 */
    const char *date;    /* the day of documents that tell none; NULL: unknown */
    bool cache; /* keep analyses in the user's cache folder, and use those kept */
    rg_reporter reporter;
} rg_options;

typedef struct rg_engine rg_engine;

/* Model and rules are loaded by the first call that needs them. One thread calls an
 * engine at a time; rg_engine_free takes NULL. */
bool rg_engine_new(rg_engine **out, const rg_options *options, rg_error *err);
void rg_engine_free(rg_engine *engine);

/* Turns spaCy's folder of en_core_web_sm 3.8.0 into a model file at path. */
bool rg_engine_import_model(const char *folder, const char *path, rg_error *err);
/* Checks the engine's rules without loading a model: what is wrong, then what is bad
 * style. Findings go to the reporter; RG_ERROR_RULE or RG_ERROR_FINDINGS if there are any. */
bool rg_engine_lint(rg_engine *engine, rg_error *err);
/* What the engine's model file is and holds, as lines for people; valid with the engine. */
bool rg_engine_describe_model(rg_engine *engine, rg_str *out, rg_error *err);

/* What a run makes of its documents. */
typedef enum rg_product {
    RG_PRODUCT_ANALYSIS, /* tokens, tags, tree: default format tsv */
    RG_PRODUCT_TRIPLES,  /* default format tsv */
    RG_PRODUCT_DIAGRAM,  /* one of all documents: default format svg */
    RG_PRODUCT_ENTITIES, /* who is who: default format tsv */
    RG_PRODUCT_STORE,    /* a corpus in one file, `output`; no format */
} rg_product;

/* What is a document. */
typedef enum rg_cut {
    RG_CUT_BLOCKS,  /* a file, cut at blank lines or by its markup into blocks */
    RG_CUT_WHOLE,   /* a file, as it is */
    RG_CUT_LINES,   /* each line that is not empty, named FILE:LINE */
    RG_CUT_RECORDS, /* each line, a JSON object with "id" and "text", named by its id */
} rg_cut;

typedef struct rg_name_list {
    const char *const *items;
    int count; /* 0: all are meant */
} rg_name_list;

typedef enum rg_cluster { RG_CLUSTER_NONE, RG_CLUSTER_DOC, RG_CLUSTER_TYPE } rg_cluster;

/* The part of a graph that a diagram shows; zero: all of it. */
typedef struct rg_selection {
    rg_name_list focuses;   /* labels of entities: only what is near one of them */
    int hops;               /* ... up to so many steps; 0 is 1 */
    rg_name_list types;     /* connections of an entity of such a type */
    rg_name_list relations; /* labels */
    rg_name_list docs;      /* documents that say so */
    int min_evidence;       /* relations that so many triples tell */
    int top;                /* the most important connections of the rest; 0: all */
} rg_selection;

typedef struct rg_job {
    const char *const
        *paths; /* "-" is standard input; folders, patterns such as "*.txt";
                               * a diagram's may be of triples */
    int path_count;
    rg_cut cut;
    rg_product product;
    const char *format; /* NULL: by the ending of output, else the product's default */
    const char *output; /* path, replaced whole or not at all; NULL or "-": standard
                         * output, written document by document */
    bool to_terminal;   /* refuse formats that are no text, show control characters */
    const char *title;  /* of the diagram; NULL: that of its only document, else the
                         * entity with the most relations */
    rg_selection show;  /* of the diagram */
    rg_cluster cluster; /* frames around the nodes of a document or a type */
    const char *theme;  /* of the diagram, such as "dark"; NULL: light */
    bool keep_others;   /* documents of the store that are not among the paths stay */
    /* Told now and then while documents are worked on; NULL: nobody is told. */
    void (*progress)(void *user, int done, int all);
    void *user;
} rg_job;

/* Runs the job. A document that fails is reported and left out: RG_ERROR_FINDINGS if
 * others were written, else the error of the first one. */
bool rg_run(rg_engine *engine, const rg_job *job, rg_error *err);

/* What a build of a store did. */
typedef struct rg_build_counts {
    int documents; /* in the store now */
    int unchanged; /* neither they nor the rules have changed */
    int same;      /* worked on again, with the same triples */
    int written;   /* new, or with other triples */
    int dropped;
} rg_build_counts;

/* Makes or brings up to date the store at job->output (RG_PRODUCT_STORE): what has not changed
 * is not worked on again. Committed every few documents: whatever ends it, the next build
 * goes on from there. */
bool rg_build(rg_engine *engine, const rg_job *job, rg_build_counts *counts,
              rg_error *err);

/* A question to a store; all that is given must hold. */
typedef struct rg_question {
    rg_name_list entities;  /* subject or object is one of these things, by any name */
    rg_name_list relations; /* labels */
    rg_name_list types;     /* of subject or object */
    rg_name_list docs;
    const char *since,
        *until;            /* dates of documents, YYYY-MM-DD, both inclusive; or NULL */
    const char *text;      /* stands in the evidence, whatever its case; or NULL */
    const char *from, *to; /* only a shortest way between two things; or NULL */
    bool contradictions;   /* only what is affirmed in one triple, negated in another */
    bool changes; /* only subjects and relations with other objects at other dates */
} rg_question;

typedef struct rg_query_request {
    const char *store; /* path */
    rg_question question;
    bool counts;        /* instead: numbers of the store */
    const char *format; /* a format of triples; NULL: tsv. With counts: tsv, or NULL */
} rg_query_request;

/* The answer in the format; valid until the engine's next call. */
bool rg_query(rg_engine *engine, const rg_query_request *request, rg_str *out,
              rg_error *err);

/* Records in, records out: a filter in a pipe (docs/formats.md, "Records"). */
typedef struct rg_filter_request {
    const char *input;  /* path; NULL or "-": standard input */
    const char *output; /* path, replaced whole or not at all; NULL or "-": standard
                         * output, written as records are done */
    bool line_buffered; /* each batch of records is written at once */
    bool isolate; /* records are worked on in processes of their own, which may crash */
    int max_record_bytes;   /* of a line; 0 is 16 MiB, which is also the most */
    int max_document_bytes; /* of a text; 0: no limit but that of the record */
    int max_sentences;      /* of a text; 0: no limit */
    int timeout_ms;         /* of wall time for a record, needs isolate; 0: no limit */
} rg_filter_request;

/* What became of the records. */
typedef struct rg_filter_counts {
    long long records, failed; /* failed: with an error record */
    long long stopped;         /* some rule was stopped there for taking too long */
    long long dateless;        /* had a date that is none */
} rg_filter_counts;

/* For each line of input exactly one line of output, in the same order: triples and entities,
 * or an error. Fails only before the first line is read, or when reading or writing does;
 * a reader that has left is RG_ERROR_OUTPUT. */
bool rg_filter_records(rg_engine *engine, const rg_filter_request *request,
                       rg_filter_counts *counts, rg_error *err);

/* Triples of one set that the other does not have, and those of both. */
typedef struct rg_change_counts {
    int lost, gained;
    int changed; /* the same triple, but other types, polarity, modality, source, qualifiers */
    int kept;
} rg_change_counts;

typedef struct rg_diff_request {
    const rg_job *before,
        *after; /* documents or triples; of each paths and cut are read */
    bool tsv;   /* a table, else text for people */
} rg_diff_request;

/* What one engine makes of the job `before`, against what another (or the same) makes of
 * `after`; *out is valid until the next call of the engine `after`. A document that cannot
 * be read is an error. */
bool rg_diff(rg_engine *before, rg_engine *after, const rg_diff_request *request,
             rg_str *out, rg_change_counts *counts, rg_error *err);

/* Like rg_run, for triples and diagrams; the triples stay with the engine until its next
 * call. `last` is the engine of the run before, which has kept its own, or NULL: what is
 * new since then is told, as rg_diff tells it. *told is valid with the engine's triples. */
bool rg_rerun(rg_engine *engine, const rg_job *job, const rg_engine *last, rg_str *told,
              rg_change_counts *counts, rg_error *err);

/* Path of the index-th rule file that the engine has read, or NULL behind the last. */
const char *rg_engine_rule_file(const rg_engine *engine, int index);

/* How the examples of rule files came out. */
typedef struct rg_test_counts {
    int passed, failed, todo; /* todo: fails, and is marked as a known failure */
    int rewritten;            /* of the passed ones: expect now what the rules give */
    int uncovered;            /* rules, repairs, attributes that no example fires */
} rg_test_counts;

typedef enum rg_outcome {
    RG_PASSED,
    RG_FAILED,
    RG_TODO,       /* a known failure */
    RG_TODO_HOLDS, /* marked as a known failure, but it holds; counted as passed */
    RG_UNCOVERED,  /* no example: a rule that none fires */
} rg_outcome;

/* How one example came out; valid only as long as the call. */
typedef struct rg_test_result {
    rg_outcome outcome;
    rg_str owner; /* id of the rule or repair; "attribute" or "tests" */
    rg_str sentence;
    rg_str file;
    int line;
    rg_str text, hint; /* what is wrong, if something is */
} rg_test_result;

typedef struct rg_test_request {
    bool coverage; /* rules that no example fires are findings */
    bool update;   /* failed examples are rewritten to expect what the rules give */
    void (*result)(void *user, const rg_test_result *result); /* of each; may be NULL */
    void (*diff)(void *user, rg_str text); /* what will be rewritten; may be NULL */
    void *user;
} rg_test_request;

/* Runs the examples in the engine's rule files; failures go to the reporter. With
 * failures or uncovered rules, false and RG_ERROR_FINDINGS, reported already. */
bool rg_test(rg_engine *engine, const rg_test_request *request, rg_test_counts *out,
             rg_error *err);

/* What is to be explained. */
typedef struct rg_explain_request {
    rg_str text;      /* a text of one's own, if there is no path */
    const char *path; /* a file, cut into documents as `cut` says; ... */
    rg_cut cut;
    int line;           /* ... of it the sentences in this line; 0: all */
    const char *triple; /* ... or the triple with this id; NULL: none */
    const char *entity; /* ... or the entities of this name; NULL: none */
    bool misses; /* ... or the sentences without a triple, each with the rule that
                         * came nearest; text only */
    bool json;   /* one object a sentence, else text for people */
    bool svg;    /* or a drawing: words, edges, and what triples stand on */
    const char *output; /* written to this path, whole or not at all; NULL: not */
} rg_explain_request;

/* What happens to a text: analysis, repairs, derived edges, rules, triples and who set
 * their attributes, or why an entity is one; valid until the engine's next call.
 * RG_ERROR_INPUT if the line has no sentence or the file no such triple or entity. */
bool rg_explain(rg_engine *engine, const rg_explain_request *request, rg_str *out,
                rg_error *err);

/* What each rule does over files. */
typedef struct rg_stats_request {
    const char *const *paths;
    int path_count;
    rg_cut cut;
    const char
        *rule;  /* the sentences behind this rule, instead of all rules; or NULL */
    bool times; /* CPU time of each rule, too: not the same at each run */
    bool tsv;   /* a table, else text for people */
} rg_stats_request;

/* Matches, overlaps, conflicts and triples of each rule (docs/rules.md); valid until the
 * engine's next call. RG_ERROR_USAGE if there is no such rule. */
bool rg_stats(rg_engine *engine, const rg_stats_request *request, rg_str *out,
              rg_error *err);

/* Names in the files that are likely one thing though nothing merged them, as a rule file
 * with `aliases`, the evidence in remarks; valid until the engine's next call. */
bool rg_suggest(rg_engine *engine, const char *const *paths, int count, rg_cut cut,
                rg_str *out, rg_error *err);

/* A rule file with a rule, a repair of the parse, or both, with which the sentence gives the
 * triple, from a lesson such as "Ann heads Acme. => Ann | leads | Acme": tried out, and no
 * example of the engine's rules fails that held before. *out is valid until the engine's next call. RG_ERROR_INPUT if none
 * is found. */
bool rg_learn(rg_engine *engine, rg_str lesson, rg_str *out, rg_error *err);

/* What can be told of the engine's rules. */
typedef enum rg_rules_view {
    RG_RULES_LIST,     /* a line for each: id, priority, relation, place */
    RG_RULES_SOURCE,   /* one rule as it stands in its file */
    RG_RULES_EXPANDED, /* anchors and paths, phrases compiled; of one rule or of all */
} rg_rules_view;
/* id: of one rule, or NULL; *out is valid with the engine. RG_ERROR_USAGE if there is no
 * such rule. */
bool rg_rules_tell(rg_engine *engine, rg_rules_view view, const char *id, rg_str *out,
                   rg_error *err);
/* Reads all phrases anew and writes NAME.lock beside each rule file given that has some. */
bool rg_rules_lock(rg_engine *engine, rg_error *err);

/* A format that a product can be written in. */
typedef struct rg_format_info {
    const char *name, *ending, *summary;
} rg_format_info;

/* The index-th format of a product, in the order of help; false behind the last. */
bool rg_format_at(rg_format_info *out, rg_product product, int index);

/* The name that differs least from word in spelling, or NULL if none is near. */
const char *rg_nearest(const char *word, const char *const *names, int count);

#endif
