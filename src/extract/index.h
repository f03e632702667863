/* index.h - what is worked out once for a rule set; private to extract/. */
#ifndef RG_EXTRACT_INDEX_H
#define RG_EXTRACT_INDEX_H

#include "extract/extract.h"
#include "extract/needs.h"

/* Rules (their indexes, ascending) that a symbol may anchor. */
typedef struct bucket {
    int *rules;
    int count, capacity;
} bucket;

/* A list's words as symbols: single words as a set, longer items by each outer word. */
typedef struct list_index {
    uint64_t *single; /* bit set over symbols */
    int *phrases;     /* items of several words */
    int phrase_count;
} list_index;

enum { LONGEST_TEXT_WORD = 128 };

struct rg_extractor {
    const rg_rules *rules;
    int symbol_count;
    list_index *lists;
    bucket *by_lemma, *by_pos;    /* indexed by symbol */
    bucket others;                /* rules whose anchor names neither */
    bucket *by_word;              /* surface rules, by a word they need; by symbol */
    bucket texts, wordless_texts; /* all surface rules; those that need no word */
    bool has_texts;
    int longest_text_word; /* bytes, less than LONGEST_TEXT_WORD */
    int *ent_types;        /* symbol of a name label -> its first type, or RG_NONE */
    rg_kinds *ent_kinds;   /* and all that what bears it is a kind of */
    int *tested_types;     /* those with list, pos, text; parents before children */
    int tested_type_count;
    const rg_mention_rule *
        *name_files; /* the mention rules that have names of a file */
    int name_file_count;
    bool *name_starts;           /* pairs of first bytes of names: [a << 8 | b] */
    int longest_name;            /* bytes */
    path_needs *repairs, *lines; /* of each repair, of each derive line */
    path_needs **whens;          /* of each path of each attribute */
};

bool list_has_single(const list_index *list, int symbol);
/* The criterion by which the rule lies under lemmas; NULL: any word may be its anchor. */
const rg_crit *index_lemmas(const rg_rules *rules, const rg_rule *rule);

#endif
