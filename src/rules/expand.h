/* expand.h - a rule set written out again: what every line came to mean. */
#ifndef RG_RULES_EXPAND_H
#define RG_RULES_EXPAND_H

#include "base/buf.h"
#include "rules/rules.h"

/* A line for each rule: id, priority, relation, place; tabs between. */
void rg_rules_put_list(rg_buf *out, const rg_rules *rules);
/* The rules as YAML of anchors and paths, phrases compiled; with an id, that rule only.
 * The number of rules written. */
int rg_rules_put_expanded(rg_buf *out, const rg_rules *rules, rg_str id);
/* The source of the rule as it stands in its file, with a line FILE:LINE before it; false
 * if there is no such rule. */
bool rg_rules_put_source(rg_buf *out, const rg_rules *rules, rg_str id);

#endif
