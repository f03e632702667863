/* inflect.h - forms of English words from their lemma, for the labels of relations.
 *
 * The irregular words stand in inflect.def; all others follow the spelling rules of
 * American English. Of a phrase, the first word is inflected if a verb form is asked for
 * and the last one if a noun's: "take over" -> "took over", "trade talk" -> "trade talks".
 *
 *     rg_inflect(arena, RG_STR("ban"), RG_INFLECT_PAST)       "banned"
 *     rg_inflect(arena, RG_STR("cities"), RG_INFLECT_SINGULAR) "city"
 */
#ifndef RG_LANG_INFLECT_H
#define RG_LANG_INFLECT_H

#include "base/arena.h"

typedef enum rg_inflection {
    RG_INFLECT_PRESENT, /* third person singular: bans */
    RG_INFLECT_PAST,
    RG_INFLECT_PARTICIPLE, /* past participle */
    RG_INFLECT_GERUND,
    RG_INFLECT_PRESENT_PLURAL, /* they ban, they are */
    RG_INFLECT_PAST_PLURAL,
    RG_INFLECT_PLURAL,   /* of a noun */
    RG_INFLECT_SINGULAR, /* of a noun in the plural; a singular stays as it is */
    RG_INFLECT_PASSIVE,  /* third person singular of the passive: is banned */
} rg_inflection;

/* The form asked for; an empty word stays empty. */
rg_str rg_inflect(rg_arena *arena, rg_str word, rg_inflection what);

#endif
