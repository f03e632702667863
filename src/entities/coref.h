/* coref.h - which mentions of a document are the same thing; private to entities/.
 *
 *     find.c      names, nouns and pronouns of the analysis -> mentions in text order
 *     tree.c      what the syntax says of two tokens: roles, clauses, subjects, binding
 *     clues.c     what is known of a mention: gender, number, likeness to a person, type
 *     links.c     passes that link by a primitive both mentions share
 *     scores.c    passes that weigh the candidates of a pronoun
 *     coref.c     the sieve: pass after pass, merging entities
 *
 * Everything is linear in the document: names are looked up in maps, other candidates are
 * sought within a window of sentences.
 */
#ifndef RG_ENTITIES_COREF_H
#define RG_ENTITIES_COREF_H

#include "base/buf.h"
#include "entities/entities.h"

/* What passes know of a mention beside what is printed. */
typedef struct coref_mention {
    int first, end, head; /* tokens; first and end without titles, articles, 's */
    int sentence;
    rg_mention_kind kind;
    rg_edge_group role; /* RG_EDGES_COUNT: other */
    int pronoun;        /* index into the spec's, or RG_NONE */
    int label;          /* under which `aliases` declares it, or RG_NONE */
    int type;           /* or RG_NONE */
    rg_str norm;   /* names: words with single blanks; nominals: the noun's lemma */
    rg_str core;   /* names: norm before a small word: "University" of Oxford */
    int core_end;  /* the token behind it */
    int words;     /* of norm */
    bool declared; /* its type is said by a rule */
    bool plural, any_number;
    bool conjunct, embedded, compound;
    bool listed;   /* the first item of a list */
    bool relative; /* "her husband Bill": introduced by whose relation it is */
    double odds;   /* log-odds of female */
    double person; /* log-odds of a person */
    int entity;
    int next;       /* mention of the same entity, or RG_NONE */
    int antecedent; /* linked to this one, or RG_NONE */
    int pass;       /* by this pass; RG_NONE: none, or by hand */
    double share;   /* of the winner, 1 if it was not weighed */
    bool attribute; /* says what the entity is, names it not */
    rg_str printed; /* as a file of names prints it, or empty */
} coref_mention;

/* A name of `different` that an entity bears: the set, and which of its names. */
typedef struct hand_name {
    int set, name;
} hand_name;

/* An entity while it grows; `count` 0: merged into another. */
typedef struct cluster {
    int first;      /* its earliest mention */
    int list, tail; /* its mentions, linked by `next` in no order */
    int count, names, subjects, pronouns;
    double odds, person;
    bool plural, any_number;
    int full;  /* a name of several words, the longest; or RG_NONE */
    int type;  /* of its names, or RG_NONE */
    int label; /* declared, or RG_NONE */
    hand_name *hand;
    int hand_count;
} cluster;

/* For each token, worked out once. */
typedef struct token_facts {
    uint32_t edges;         /* groups of its label, bits */
    uint32_t tags;          /* groups of its tag, bits */
    uint64_t words, lemmas; /* lists that hold its lower-case text, its lemma; bits */
    int subject;            /* its first subject, or RG_NONE */
    int sentence;
    int quote;   /* the quotation it stands in, 0: none */
    int mention; /* whose head it is, or RG_NONE */
} token_facts;

typedef struct coref {
    rg_arena *arena, *scratch;
    const rg_rules *rules;
    const rg_coref_spec *spec;
    const rg_parse *parse;
    const rg_mentions *names; /* as extract/ finds them */
    token_facts *tokens;
    coref_mention *mentions;
    int mention_count, mention_capacity;
    unsigned char *kinds; /* of the mentions: rg_mention_kind */
    bool *follows;        /* is the mention not the first of its entity? */
    rg_map *seen;         /* names of one word so far */
    cluster *entities;    /* one for each mention at first */
    const rg_coref_watch *watch;
} coref;

/* ---- find.c */
void coref_find_mentions(coref *c);

/* ---- tree.c */
void coref_read_tokens(coref *c);
bool coref_has_edge(const coref *c, int token, rg_edge_group group);
bool coref_has_tag(const coref *c, int token, rg_tag_group group);
/* The role of a token, that of the first conjunct or of what it stands in apposition to. */
rg_edge_group coref_role(const coref *c, int token);
/* The verb of the clause that the token is in (never itself), or RG_NONE. */
int coref_clause(const coref *c, int token);
/* The token that is the verb's subject, its own or that of the verb it hangs on. */
int coref_subject(const coref *c, int verb);
/* Is `token` at or below `top`? */
bool coref_is_below(const rg_parse *parse, int token, int top);
/* Does the syntax allow pronoun and candidate to be the same? */
bool coref_may_bind(const coref *c, const coref_mention *pronoun,
                    const coref_mention *candidate);

/* ---- clues.c */
void coref_note_clues(coref *c, coref_mention *m);
/* The item of the spec's list, or RG_NONE; by lower-case text. */
int coref_list_item(const coref *c, rg_coref_words words, rg_str text);
bool coref_lemma_is(const coref *c, rg_coref_words words, int token);
/* Is the token one of the list, in lower case? */
bool coref_word_is(const coref *c, rg_coref_words words, int token);
/* The type that the last word of the name's core gives it ("Station"), or RG_NONE. */
int coref_type_by_word(const coref *c, const coref_mention *m);
/* 0 to 1. */
double coref_likeness(double person);
/* The combination of what two mentions say of one: the stronger, or the sum if they
 * disagree. */
double coref_combine(double a, double b);
/* Does check hold of an anaphor and a candidate? */
bool coref_check(const coref *c, rg_coref_check check, const coref_mention *anaphor,
                 const coref_mention *candidate);
/* False if the checks cannot hold of the anaphor, whatever the candidate. */
bool coref_may_link(const coref *c, uint32_t checks, const coref_mention *anaphor);
bool coref_check_all(const coref *c, uint32_t checks, const coref_mention *anaphor,
                     const coref_mention *candidate);

/* ---- links.c, scores.c */
void coref_run_links(coref *c, int pass);
void coref_run_scores(coref *c, int pass);
/* "their mother": the mention of the word that owns the token's noun, or RG_NONE. */
int coref_owner(const coref *c, int token);

/* ---- labels.c: label and type of an entity from all that its mentions say. */
rg_str coref_label(const coref *c, const cluster *e);
int coref_type(const coref *c, const cluster *e);

/* ---- coref.c */
/* Links the anaphor; false if something said by hand forbids it. */
bool coref_link(coref *c, int anaphor, int antecedent, int pass, double share);
const cluster *coref_cluster(const coref *c, const coref_mention *m);
/* of_token and chains, from mentions and entities. */
void coref_chain(rg_coref *out, rg_arena *arena, int tokens);

#endif
