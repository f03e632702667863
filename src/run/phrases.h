/* phrases.h - compiles the phrases of a rule set when the engine starts.
 *
 * For each phrase the best-voted reading is taken that holds the rule's examples. If the
 * votes are split and there are no examples, both readings are shown in a warning.
 * Readings come from NAME.lock beside the rule file if it holds them, else from the user's
 * cache, else the phrase is read and the cache filled.
 */
#ifndef RG_RUN_PHRASES_H
#define RG_RUN_PHRASES_H

#include "check/check.h"
#include "extract/phrases.h"

typedef struct rg_phrases_request {
    const rg_checker *checker; /* networks and reporter; its rules are not used */
    uint64_t model;            /* rg_model_id */
    bool fresh;                /* neither locks nor the cache are used */
} rg_phrases_request;

/* Replaces *rules by a set without phrases that sleep. */
bool rg_phrases_compile(const rg_rules **rules, rg_arena *arena,
                        const rg_phrases_request *request, rg_error *err);
/* Does some rule of the set wait for its phrases? */
bool rg_phrases_wait(const rg_rules *rules);

/* Reads all phrases anew and writes NAME.lock beside each rule file that was asked for and
 * has phrases. */
bool rg_phrases_lock(const rg_rules *rules, rg_arena *arena,
                     const rg_phrases_request *request, rg_error *err);

#endif
