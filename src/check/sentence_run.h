/* sentence_run.h - a text through the stages; private to check/. */
#ifndef RG_CHECK_SENTENCE_RUN_H
#define RG_CHECK_SENTENCE_RUN_H

#include "check/check.h"

/* What the stages made of a text. */
typedef struct sentence_run {
    rg_document document;
    const rg_text *text;
    const rg_parse *parse;
    rg_findings found;
} sentence_run;

/* A text of one's own, with its events. */
bool check_run(sentence_run *out, rg_arena *arena, const rg_checker *checker,
               rg_str text, rg_error *err);
/* A document, which is copied into *out. */
bool check_run_document(sentence_run *out, rg_arena *arena, const rg_checker *checker,
                        const rg_document *document, rg_error *err);

/* FILE:LINE where the sentence begins; of a document that is a line, its name says it. */
void check_put_place(rg_buf *out, const sentence_run *made, int sentence);
/* The sentence as it stands in the document, on one line. */
void check_put_text(rg_buf *out, const sentence_run *made, int sentence);

/* How many of its arguments a rule found before it failed; `detail` is its event's. */
int check_count_found(rg_str detail);

#endif
