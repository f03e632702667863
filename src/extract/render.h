/* render.h - fills templates such as "{verb|present}-{about}"; private to extract/. */
#ifndef RG_EXTRACT_RENDER_H
#define RG_EXTRACT_RENDER_H

#include "extract/spans.h"

/* What the names of a template stand for. */
typedef struct filling {
    sentence *s;
    rg_arena *arena;
    const int *bound;    /* node of each slot, RG_NONE: unbound */
    int anchor;          /* node */
    const arrival *ways; /* of each slot; NULL: unknown */
    rg_str carried;      /* what a chain repeats, for the field `chain` */
    bool label; /* a relation's: a bare name is its lemma, blanks become dashes */
} filling;

/* The text; empty if a name that is not optional is unbound. */
rg_str render_template(const filling *f, const rg_template *template);
/* The node that the template consists of ("{it.np}"), or RG_NONE if it is more. */
int render_single(const filling *f, const rg_template *template);

#endif
