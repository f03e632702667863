/* edit.h - the first two stages in a sentence: repair and derive; private to extract/. */
#ifndef RG_EXTRACT_EDIT_H
#define RG_EXTRACT_EDIT_H

#include "extract/match.h"

/* Called for each repair made and each edge derived, when somebody wants to know. */
typedef struct edit_log {
    void (*repaired)(void *user, int repair, const int *bound, int node);
    void (*derived)(void *user, int line, int edge);
    void *user;
} edit_log;

/* Runs each repair once per site, in file order; later ones see the edits of earlier.
 * `by_types`: before the types were as they are now there was nothing to repair, so that
 * only what asks for types can begin. True if there was something to repair. */
bool edit_repair(sentence *s, bool by_types, const edit_log *log);
/* Adds derived edges, stratum by stratum, until there are no new ones. */
void edit_derive(sentence *s, const edit_log *log);

#endif
