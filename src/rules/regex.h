/* regex.h - regular expressions of rule files: PCRE2 with limits; private to rules/.
 *
 * Limits (docs/rules.md): 4 KiB of pattern, no callouts, verbs or \C, no pattern that
 * matches the empty string; a match is stopped after 100,000 steps, which is reported,
 * never taken for "no match".
 */
#ifndef RG_RULES_REGEX_H
#define RG_RULES_REGEX_H

#include "rules/pattern.h"

/* Compiles the pattern, which begins at the scalar's place; its index in rules->regexes,
 * or RG_NONE when something was reported. The same pattern gives the same index. */
int rg_regex_add(rg_compiler *c, rg_scalar at, rg_str pattern, bool caseless);

/* Does the text hold a match of the expression? *limit_hit is set (never cleared) when a
 * limit of PCRE2 ended the search: then nobody knows, and the run must say so. Without
 * memory for it the arena gives up. */
bool rg_regex_matches(const rg_regex *regex, rg_arena *arena, rg_str text,
                      bool *limit_hit);

#endif
