/* annotate.h - runs `attributes` on the triples of a sentence; private to extract/. */
#ifndef RG_EXTRACT_ANNOTATE_H
#define RG_EXTRACT_ANNOTATE_H

#include "extract/produce.h"

/* Applies each attribute rule whose path holds; polarity, modality, source, confidence and
 * style become fields, any other key a qualifier (the first to set it wins). */
void annotate_draft(drafts *d, sentence *s, draft *one);

#endif
