/* phrases.h - compiles the phrases of a rule set when the engine starts.
 *
 * For each phrase the best-voted reading is taken that holds the rule's examples. If the
 * votes are split and there are no examples, both readings are shown in a warning.
 */
#ifndef RG_RUN_PHRASES_H
#define RG_RUN_PHRASES_H

#include "check/check.h"
#include "extract/phrases.h"

/* Replaces *rules by a set without phrases that sleep; `checker` has the networks and the
 * reporter. Nothing is done if the set has no phrases. */
bool rg_phrases_compile(const rg_rules **rules, rg_arena *arena,
                        const rg_checker *checker, rg_error *err);
/* Does some rule of the set wait for its phrases? */
bool rg_phrases_wait(const rg_rules *rules);

#endif
