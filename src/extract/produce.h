/* produce.h - runs the rules on a sentence: anchors, arguments, triples; private. */
#ifndef RG_EXTRACT_PRODUCE_H
#define RG_EXTRACT_PRODUCE_H

#include "extract/render.h"

/* One filler of an arg of mode `list`. */
typedef struct listed {
    int node;
    int filler; /* its number among the fillers, while they are there */
    arrival reached;
    bool consumed; /* a rule of higher priority has said it */
} listed;

/* A triple on its way: what it is made of, for consume, attributes and order. */
typedef struct draft {
    rg_triple triple;
    int rule;                    /* index; lower is of higher or equal priority */
    int anchor, subject, object; /* nodes */
    int bound[RG_MAX_SLOTS];
    arrival *ways; /* of each slot */
    listed *list;  /* those behind the anchor first */
    int list_count;
    bool collected; /* an argument stands for several: `some`, `all`, or words */
    int *edges; /* that it stands on: those of its args, then those of its qualifiers */
    int edge_count;
} draft;

typedef struct drafts {
    rg_arena *keep; /* of the run: what triples are made of */
    rg_arena *work; /* emptied behind every arg that was tried */
    draft *items;   /* in the sentence's scratch arena */
    int count, capacity;
    rg_triples *out; /* where events and counts go */
    bool trace;
    double *seconds; /* of each rule, to be added to; or NULL */
    bool capped;     /* there would have been more */
} drafts;

/* All triples of the sentence that survive consumption, in their final order. */
void produce_drafts(drafts *d, sentence *s);
/* Does a draft before this one of the list say the same of the same nodes? */
bool produce_is_double(const drafts *d, const draft *one);
/* Adds a qualifier to the triple. */
void produce_put_filled(drafts *d, rg_triple *triple, rg_str key, rg_argument value);
/* Notes an event if somebody wants to know. */
void produce_event(drafts *d, const sentence *s, rg_event_kind kind, int index,
                   int node, rg_str detail);

#endif
