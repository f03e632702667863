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

/* What of a document is to be explained. */
typedef struct rg_explained {
    int line;      /* sentences in this line (from 1); 0: all */
    rg_str triple; /* id of the one triple to explain, or empty */
    rg_str entity; /* or the entities of this name, or empty */
    bool misses;   /* or the sentences without a triple, and what came nearest */
    bool json;     /* an object for each sentence, else text for people */
} rg_explained;

/* Adds analysis, repairs, derived edges, rules tried and fired, triples to `out`; *told
 * grows by the number of sentences or triples that were asked for and found. */
bool rg_check_explain(rg_buf *out, int *told, rg_arena *arena,
                      const rg_checker *checker, const rg_document *document,
                      const rg_explained *what, rg_error *err);

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

/* Rule files, each with one rule of this id, that may make the example's triple of its
 * sentence, the best first; they hold the example. RG_ERROR_INPUT if the sentence does not
 * hold the words of subject and object. */
enum { RG_DRAFTS = 8 };
bool rg_check_drafts(rg_str drafts[RG_DRAFTS], int *count, rg_arena *arena,
                     const rg_checker *checker, const rg_example *example, rg_str id,
                     rg_error *err);
/* Does the sentence give the example's triple, and by the rule of this id (empty: any) no
 * other one? */
bool rg_check_gives(bool *gives, rg_arena *arena, const rg_checker *checker,
                    const rg_example *example, rg_str rule, rg_error *err);

#endif
