/* phrase_tree.h - the smallest tree that joins a phrase's words and slots, as text;
 * private to extract/. */
#ifndef RG_EXTRACT_PHRASE_TREE_H
#define RG_EXTRACT_PHRASE_TREE_H

#include "extract/match.h"
#include "extract/phrases.h"

enum { MOST_PARTS = RG_MAX_PHRASE_PARTS };

/* A variant without groups: which parts stand in which order. */
typedef struct flat {
    const rg_phrase_part *parts[MOST_PARTS];
    int count;
} flat;

/* A sentence made of a variant, and where each part stands in it. */
typedef struct made {
    rg_str text;
    int from[MOST_PARTS], to[MOST_PARTS];
} made;

/* The pattern that the sentence's graph gives for the variant; false if its words and
 * slots are not joined, or only by a long way. */
bool phrase_tree_read(rg_reading *out, rg_arena *arena, sentence *s,
                      const rg_rule *rule, const flat *variant,
                      const made *sentence_made);
bool phrase_tree_has_verb(sentence *s);

#endif
