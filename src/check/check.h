/* check.h - checks of rules: what loading refuses, what is bad style, do the examples
 * hold, and what happened to a sentence.
 *
 * Findings go to the reporter with their place, those of a file in order.
 */
#ifndef RG_CHECK_CHECK_H
#define RG_CHECK_CHECK_H

#include "base/buf.h"
#include "entities/entities.h"

/* Loads the rules, then looks at the files that were asked for (not at those they
 * include) for rules without an example, anchors that any token fits, lists that nothing
 * uses. False with RG_ERROR_RULE if they cannot be loaded, with RG_ERROR_FINDINGS if
 * there are findings; both are reported already. */
bool rg_lint(rg_arena *arena, const rg_rules_request *request, rg_reporter reporter,
             rg_error *err);

/* What running a sentence needs. */
typedef struct rg_checker {
    rg_lang *lang;
    const rg_rules *rules;
    const rg_extractor *extractor;
    rg_reporter reporter;
    rg_str date; /* of the sentence, YYYY-MM-DD; empty: unknown */
} rg_checker;

/* Runs the examples of the files that were asked for (not of those they include); each
 * failure is reported at its place. The whole rule set is active: of a rule's example only
 * the rule's own triples are compared, of a repair's or an attribute's those it names, of
 * one under `tests` all. */
bool rg_check_examples(rg_test_counts *out, rg_arena *arena, const rg_checker *checker,
                       const rg_test_request *request, rg_error *err);

/* How many examples of the rules with this id hold. Nothing is reported. */
bool rg_check_rule(rg_test_counts *out, rg_arena *arena, const rg_checker *checker,
                   rg_str id, rg_error *err);

/* How large a picture is so far. */
typedef struct rg_picture {
    double width, height;
} rg_picture;

/* What of a document is to be explained. */
typedef struct rg_explained {
    int line;      /* sentences in this line (from 1); 0: all */
    rg_str triple; /* id of the one triple to explain, or empty */
    rg_str entity; /* or the entities of this name, or empty */
    bool misses;   /* or the sentences without a triple, and what came nearest */
    bool json;     /* an object for each sentence, else text for people */
    rg_picture
        *picture; /* or shapes of SVG, each sentence below those before; or NULL */
} rg_explained;

/* Adds analysis, repairs, derived edges, rules tried and fired, triples to `out`; *told
 * grows by the number of sentences or triples that were asked for and found. */
bool rg_check_explain(rg_buf *out, int *told, rg_arena *arena,
                      const rg_checker *checker, const rg_document *document,
                      const rg_explained *what, rg_error *err);

/* The SVG file with the shapes that rg_check_explain drew. */
rg_str rg_check_picture(rg_arena *arena, rg_str drawn, const rg_picture *page);

/* What each rule did, over all documents added. */
typedef struct rg_tallied {
    rg_str rule; /* of this rule the sentences, instead of the table; or empty */
    bool times;  /* CPU time of each rule, too */
    bool tsv;    /* a table to be read back, else text for people */
} rg_tallied;
typedef struct rg_tallies rg_tallies;
rg_tallies *rg_tallies_begin(rg_arena *arena, const rg_checker *checker,
                             const rg_tallied *what);
/* Is there an enabled rule of this id? */
bool rg_tallies_know(const rg_tallies *tallies, rg_str rule);
/* What lies in `work` is not needed afterwards. */
bool rg_tallies_add(rg_tallies *tallies, rg_arena *work, const rg_document *document,
                    rg_error *err);
rg_str rg_tallies_end(rg_tallies *tallies);

/* Names of entities, of all documents added, that are likely one thing. */
typedef struct rg_suggesting rg_suggesting;
rg_suggesting *rg_suggest_begin(rg_arena *arena, const rg_checker *checker);
bool rg_suggest_add(rg_suggesting *s, const rg_document *document, rg_error *err);
/* A rule file with `aliases`, and the evidence in remarks. */
rg_str rg_suggest_end(rg_suggesting *s);

/* A rule file that may make a lesson's triple of its sentence; it holds the lesson as an
 * example. */
typedef struct rg_draft {
    rg_str text;
    rg_str ahead; /* the same, before rules that say something else of the same words */
    bool by_any;  /* a repair alone: whichever rule makes the triple then; no `ahead` */
} rg_draft;

enum { RG_DRAFTS = 48 };
typedef struct rg_drafts {
    rg_draft items[RG_DRAFTS]; /* the best first */
    int count;
} rg_drafts;

/* Each is to be tried if none before it gave a draft that holds. */
typedef enum rg_draft_stage {
    RG_DRAFT_PLAIN,        /* rules over what the sentence says */
    RG_DRAFT_REPAIR,       /* repairs of its parse, with a rule or without */
    RG_DRAFT_LOOSE,        /* rules over the parser's edges, as they are */
    RG_DRAFT_REPAIR_LOOSE, /* both */
    RG_DRAFT_STAGES,
} rg_draft_stage;

/* Drafts, each with a rule of this id. RG_ERROR_INPUT if the sentence does not hold the
 * words of subject and object. */
bool rg_check_drafts(rg_drafts *out, rg_arena *arena, const rg_checker *checker,
                     const rg_example *example, rg_str id, rg_draft_stage stage,
                     rg_error *err);
/* What a rule says of a sentence. */
typedef enum rg_answer {
    RG_ANSWER_SILENT, /* it does not match */
    RG_ANSWER_OTHER,  /* it matches, but the triple does not come, or others come too */
    RG_ANSWER_RIGHT,
} rg_answer;

/* Gives the lesson's subject and object the labels that they print as, where the sentence's
 * triples hold them in longer words: "ferries" -> "two ferries", "port of Kessel" -> "port".
 * *changed is a remark that says so, or empty. */
bool rg_check_use_labels(rg_example *example, rg_str *changed, rg_arena *arena,
                         const rg_checker *checker, rg_error *err);

/* Does the sentence give the example's triple, and by the rule of this id (empty: any) no
 * other one? */
bool rg_check_gives(rg_answer *out, rg_arena *arena, const rg_checker *checker,
                    const rg_example *example, rg_str rule, rg_error *err);

#endif
