/* phrases.h - phrase rules become patterns: "<org> acquires <org>" -> anchor and paths.
 *
 * A phrase is an example. Its slots are filled with words of their type (key `like`), the
 * sentence is analysed, repaired and derived like any other, and the smallest tree that
 * joins the phrase's words and slots is read off as a pattern in the language of `match`
 * and `args`:
 *
 *     "<org> acquires <org>"   ->   verb: [acquire, VERB]
 *                                   org:  verb >SUBJ[:org]
 *                                   org2: verb >OBJ[:org]
 *
 * It is done for several fillers: each reading gets their votes. So one odd parse does not
 * decide, and a phrase that the parser sees in two ways is told.
 */
#ifndef RG_EXTRACT_PHRASES_H
#define RG_EXTRACT_PHRASES_H

#include "extract/extract.h"

/* One way to read a phrase, as text of the rule language. */
typedef struct rg_reading {
    rg_str anchor; /* "[acquire, VERB]" */
    rg_str *args;  /* for each arg of the rule its path; empty: not in this variant */
    int votes;
} rg_reading;

/* All readings of one variant of a phrase (its groups and options chosen), the one with
 * the most votes first. */
typedef struct rg_variant {
    int rule, phrase; /* indexes */
    rg_str text;      /* the first sentence made of it */
    rg_reading *readings;
    int reading_count;
    int tried;  /* sentences made */
    bool known; /* from a lock or the cache: not read anew */
} rg_variant;

typedef struct rg_variants {
    rg_variant *items;
    int count, capacity;
} rg_variants;

/* Reads one phrase of a rule. The extractor is one of the same rules; phrases in it that
 * are not compiled yet are asleep. */
bool rg_phrases_read(rg_variants *out, rg_arena *arena, const rg_extractor *extractor,
                     rg_lang *lang, int rule, int phrase, rg_error *err);
/* How a reading asks for a word that has synonyms: "acquire|buy|'take over'". */
rg_str rg_phrases_synonyms(rg_arena *arena, const rg_synonyms *words);
rg_variant *rg_phrases_add(rg_variants *out, rg_arena *arena, int rule, int phrase);

/* A rule set in which the rule's phrases are replaced by chosen[i] of variants.items[i];
 * several rules share the id then. RG_NONE: the variant is left out. */
bool rg_phrases_apply(const rg_rules **out, rg_arena *arena, const rg_rules *rules,
                      const rg_variants *variants, const int *chosen,
                      rg_reporter reporter, rg_error *err);

#endif
