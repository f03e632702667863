/* sentence_run.h - a text of one's own through the stages; private to check/. */
#ifndef RG_CHECK_SENTENCE_RUN_H
#define RG_CHECK_SENTENCE_RUN_H

#include "check/check.h"

/* What the stages made of a text. */
typedef struct sentence_run {
    rg_document document;
    const rg_text *text;
    const rg_parse *parse;
    const rg_triples *triples;
    const rg_entities *entities;
} sentence_run;

bool check_run(sentence_run *out, rg_arena *arena, const rg_checker *checker,
               rg_str text, bool trace, rg_error *err);

#endif
