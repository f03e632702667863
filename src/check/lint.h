/* lint.h - findings of style, gathered before they are told; private to check/. */
#ifndef RG_CHECK_LINT_H
#define RG_CHECK_LINT_H

#include "rules/rules.h"

typedef struct style_finding {
    const char *id, *hint;
    rg_str text;
    int file, offset;
} style_finding;

typedef struct linter {
    rg_arena *arena;
    const rg_rules *rules;
    style_finding *items;
    int count, room;
} linter;

void lint_add(linter *l, style_finding what);
/* Was the file asked for, not only included by one? */
bool lint_is_checked(const linter *l, int file);

/* Rules that say what another rule says already: lint_twins.c. */
void lint_twins(linter *l);
/* Constraints that no token can pass: lint_patterns.c. */
void lint_patterns(linter *l);

#endif
