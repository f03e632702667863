/* questions.h - all triples of a store, for diagrams and comparisons. */
#ifndef RG_RUN_QUESTIONS_H
#define RG_RUN_QUESTIONS_H

#include "base/edge.h"
#include "text/text.h"

/* The document's name is the path of the store. What is given out lies in the arena. */
bool rg_query_all(rg_edges *out, rg_arena *arena, const rg_document *document,
                  rg_error *err);

#endif
