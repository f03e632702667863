/* check.h - checks of rules: what loading refuses, and what is bad style.
 *
 * Findings go to the reporter with their place, those of a file in order.
 */
#ifndef RG_CHECK_CHECK_H
#define RG_CHECK_CHECK_H

#include "rules/rules.h"

/* Loads the rules, then looks at the files that were asked for (not at those they
 * include) for rules without an example, anchors that any token fits, lists that nothing
 * uses. False with RG_ERROR_RULE if they cannot be loaded, with RG_ERROR_FINDINGS if
 * there are findings; both are reported already. */
bool rg_lint(rg_arena *arena, const rg_rules_request *request, rg_reporter reporter,
             rg_error *err);

#endif
