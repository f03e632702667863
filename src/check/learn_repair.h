/* learn_repair.h - which edits of a parse may help a lesson, and which do; private to check/.
 *
 * `learn: shapes` says how subject, verb and object of a lesson may hang together. Each shape
 * is laid on the sentence with each word that may be the verb; where the parse differs from
 * it are the edits of a plan, with two more kinds: the verb takes the place of what it wrongly
 * hangs on, and a word of a name or noun phrase goes back to it (learn_plan.c). Sets of one
 * edit come before those of two, and so on, at most RG_MOST_TRIES in all. Each is made in a copy
 * of the parse, and the rules run over it (learn_search.c):
 *
 *     "Corlin eyes the bid"   eyes: compound of bid, Corlin: compound of eyes
 *       try    Corlin -> nsubj of eyes                                nothing
 *       ...
 *       try    Corlin -> nsubj of eyes, bid -> dobj of eyes, ...      Corlin | eyes | bid
 */
#ifndef RG_CHECK_LEARN_REPAIR_H
#define RG_CHECK_LEARN_REPAIR_H

#include "check/lesson.h"

enum {
    RG_MOST_TRIES = 2000,
    RG_MOST_STEPS = 8, /* of a plan */
    RG_MOST_PLANS = 128,
    RG_MOST_CURES = 4, /* of a kind */
};

/* One edit: the token as it shall be. */
typedef struct step {
    mended to;
    bool hang, tag; /* which part of it is meant */
} step;

/* What may be edited, with one shape and one choice of its words. */
typedef struct plan {
    step steps[RG_MOST_STEPS];
    int count;
} plan;

typedef struct plans {
    plan items[RG_MOST_PLANS]; /* the likeliest verb first */
    int count;
} plans;

/* A set of edits that helps. */
typedef struct cure {
    mended changes[RG_MOST_STEPS];
    int count;
    sentence_run made;
} cure;

typedef struct cures {
    cure items[RG_MOST_CURES]; /* the smallest first */
    int count;
} cures;

typedef struct remedies {
    cures whole;  /* with which the triple comes out */
    cures half;   /* with which the two are joined by another relation */
    cures slight; /* with which they are joined by logical edges */
} remedies;

void learn_list_plans(plans *out, const lesson *l);
void learn_search(remedies *out, const lesson *l, const plans *from);

#endif
