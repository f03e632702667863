/* coref.h - how mentions are found to mean the same: the key `coref`, as entities/ reads it.
 *
 * A sieve of passes, the most precise first. Each links anaphors to antecedents, by a
 * primitive that both share (`match`), or, for pronouns, by a sum of weighted features.
 * C has the primitives, their names stand in coref_*.def; passes, words, labels of the
 * analysis, weights and thresholds are in rules/entities.yaml.
 */
#ifndef RG_RULES_COREF_H
#define RG_RULES_COREF_H

#include "relgraph.h"

#include <stdint.h>

typedef enum rg_edge_group {
#define EDGE_GROUP(id, key) RG_EDGES_##id,
#include "rules/coref_groups.def"
#undef EDGE_GROUP
    RG_EDGES_COUNT
} rg_edge_group;

typedef enum rg_tag_group {
#define TAG_GROUP(id, key) RG_TAGS_##id,
#include "rules/coref_groups.def"
#undef TAG_GROUP
    RG_TAGS_COUNT
} rg_tag_group;

typedef enum rg_coref_words {
#define WORD_LIST(id, key) RG_WORDS_##id,
#include "rules/coref_groups.def"
#undef WORD_LIST
    RG_WORDS_COUNT
} rg_coref_words;

typedef enum rg_coref_match {
#define MATCH(id, key) RG_MATCH_##id,
#include "rules/coref_passes.def"
#undef MATCH
    RG_MATCH_COUNT
} rg_coref_match;

typedef enum rg_coref_check {
#define CHECK(id, key) RG_CHECK_##id,
#include "rules/coref_passes.def"
#undef CHECK
    RG_CHECK_COUNT
} rg_coref_check;

typedef enum rg_feature {
#define FEATURE(id, key) RG_FEATURE_##id,
#include "rules/coref_features.def"
#undef FEATURE
    RG_FEATURE_COUNT
} rg_feature;

/* What speaks for a mention being a person, beside the labels of the model. */
typedef enum rg_person_clue {
#define CLUE(id, key) RG_CLUE_##id,
#include "rules/coref_groups.def"
#undef CLUE
    RG_CLUE_COUNT
} rg_person_clue;

typedef enum rg_mention_kind {
    RG_MENTION_NAME,
    RG_MENTION_NOMINAL,
    RG_MENTION_PRONOUN,
    RG_MENTION_COUNT
} rg_mention_kind;

typedef enum rg_gender { RG_GENDER_NONE, RG_GENDER_MALE, RG_GENDER_FEMALE } rg_gender;

/* One pronoun with its forms, such as he: he, him, his, himself. */
typedef struct rg_pronoun {
    rg_str name;
    int list; /* its forms */
    rg_gender gender;
    int person;  /* 1, 2, 3 */
    bool plural; /* they; `it` and `he` are not */
    bool any_number;
    bool animate;   /* people only */
    bool inanimate; /* no people */
} rg_pronoun;

enum { RG_MAX_PRONOUNS = 16 };

/* "the company": nouns that stand for what is of a type. */
typedef struct rg_type_noun {
    int type;
    int list;
} rg_type_noun;

typedef struct rg_coref_pass {
    rg_str id;
    bool enabled;
    uint32_t anaphors, antecedents; /* bits of rg_mention_kind */
    uint32_t pronouns;              /* bits: the anaphor is one of these; 0: any */
    uint32_t matches, checks;       /* bits of rg_coref_match, rg_coref_check */
    int determiners; /* a list: the anaphor begins with one; or RG_NONE */
    bool bare;       /* the anaphor has no other words before its noun than that */
    bool frequent;   /* of those that fit, that with the most names; else the nearest */
    int window;      /* sentences back; -1: the whole document */
    int ahead;       /* tokens ahead in the same sentence, for scored passes */
    bool attribute;  /* the mention says what the entity is: no name for it */
    bool merge;      /* else only what is known of it is passed on */
    bool scored;     /* candidates are weighed */
    double min_share; /* of the winner; below it the anaphor is left alone */
    double weights[RG_FEATURE_COUNT];
    int file, offset;
} rg_coref_pass;

/* Names that are or are not the same by hand (`same`, `different`). */
typedef struct rg_name_set {
    rg_str *names;
    int count;
} rg_name_set;

typedef struct rg_coref_spec {
    uint64_t *edges; /* for each symbol the groups that it is in */
    uint64_t *tags;
    int symbol_count;
    int words[RG_WORDS_COUNT]; /* lists, or RG_NONE */
    uint64_t *word_lists;      /* for each symbol the lists of `words` that hold it */
    int word_symbols;          /* how many symbols that table has */
    uint64_t word_files;       /* the lists with more words in a file, bits */
    double clues[RG_CLUE_COUNT];
    rg_pronoun pronouns[RG_MAX_PRONOUNS];
    int pronoun_count;
    rg_type_noun *nouns;
    int noun_count;
    int type_name, type_person, type_org,
        type_place; /* what they are called, or RG_NONE */
    rg_coref_pass *passes;
    int pass_count;
    double min_share; /* of all passes, if not below 0 */
    rg_name_set *same, *different;
    int same_count, different_count;
} rg_coref_spec;

#endif
