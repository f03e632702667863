/* entities.h - stage 4: which mentions are the same thing, and triples -> edges between
 * entities.
 *
 * rg_coref_resolve finds mentions (names, nouns, pronouns) and merges those of one thing by
 * the passes of `coref` (rules/entities.yaml); each mention keeps the pass that linked it
 * and to what. rg_entities_link gives each argument of a triple the label and the type of
 * its entity, so that one thing is one node in the graph and every column of the TSV is
 * ready. What is no mention (a date, an adjective) has its own noun phrase as label.
 *
 *     "Britain's National Cyber Security Center said ... The panel has ..."
 *     "the panel"  ->  NCSC, government
 *
 * The method is the multi-pass sieve of Lee et al. 2013 (Computational Linguistics 39(4),
 * 885-916); pronouns are weighed by a linear model.
 */
#ifndef RG_ENTITIES_ENTITIES_H
#define RG_ENTITIES_ENTITIES_H

#include "base/edge.h"
#include "extract/extract.h"

typedef struct rg_entity_mention {
    int first, end, head; /* tokens of the parse */
    int sentence;         /* index */
    rg_mention_kind kind;
    int entity;     /* index into rg_coref.entities */
    int antecedent; /* the mention it was linked to, or RG_NONE */
    rg_str pass;    /* that linked it; empty if none did */
    double share;   /* how sure that is, 0 to 1; 1 for what is not weighed */
    bool attribute; /* says what the entity is ("the founder"), does not name it */
} rg_entity_mention;

typedef struct rg_entity {
    rg_str label; /* declared, else the best of its names, else its first noun phrase */
    int type;     /* or RG_NONE */
    bool named;
    int *mentions; /* in text order */
    int mention_count;
} rg_entity;

typedef struct rg_coref {
    rg_entity_mention *mentions; /* in text order */
    int mention_count;
    rg_entity *entities; /* in order of their first mentions */
    int entity_count;
    int *of_token; /* for each token the mention whose head it is, or RG_NONE */
    rg_chains chains;
} rg_coref;

/* For the fit of weights: what a pronoun's candidates look like. */
typedef struct rg_coref_candidate {
    int pronoun, candidate; /* tokens: their heads */
    const int *entity;      /* the heads of all mentions of the candidate's entity */
    int entity_count;
    rg_str pass;
    const int *features; /* rg_feature */
    const double *values;
    int count;
    double score;
} rg_coref_candidate;

typedef struct rg_coref_watch {
    void (*candidate)(void *user, const rg_coref_candidate *candidate);
    void *user;
} rg_coref_watch;

/* `watch` may be NULL. */
bool rg_coref_resolve(const rg_coref **out, rg_arena *arena, const rg_rules *rules,
                      const rg_parse *parse, const rg_mentions *names,
                      const rg_coref_watch *watch, rg_error *err);
/* The same as bytes, and back; kept.c. What is unpacked points into the bytes; false if they
 * are not sound. */
void rg_coref_pack(rg_buf *out, const rg_coref *coref, const rg_rules *rules);
bool rg_coref_unpack(const rg_coref **out, rg_arena *arena, const rg_rules *rules,
                     const rg_parse *parse, rg_unpacker *from);
/* The mention as it stands, white space folded. */
rg_str rg_coref_text(rg_arena *arena, const rg_parse *parse,
                     const rg_entity_mention *mention);

/* The entities of a document with what they stand on. */
typedef struct rg_named {
    const rg_rules *rules;
    const rg_parse *parse;
    const rg_coref *coref;
} rg_named;

/* What the mention was linked to, and how sure that is where it was weighed:
 * "Ann Smith", "Ann Smith (0.83)"; empty where nothing linked it. */
rg_str rg_coref_evidence(rg_arena *arena, const rg_named *named,
                         const rg_entity_mention *mention);
/* Is it of use to a reader: it has a name, or several mentions? */
bool rg_coref_is_shown(const rg_entity *entity);
/* "name", "nominal" or "pronoun". */
const char *rg_coref_kind_name(rg_mention_kind kind);
/* The type's name, or empty. */
rg_str rg_coref_type_name(const rg_rules *rules, const rg_entity *entity);

typedef struct rg_entities {
    rg_edges edges; /* in order of the text */
    int *triples;   /* for each edge the index of its triple */
    int cut;        /* labels cut because they were too long */
    const rg_coref *coref;
} rg_entities;

/* `coref` may be NULL: then every mention is an entity of its own. */
bool rg_entities_link(const rg_entities **out, rg_arena *arena, const rg_rules *rules,
                      const rg_triples *triples, const rg_coref *coref, rg_error *err);

/* What stages 3 and 4 make of one analysis. */
typedef struct rg_findings {
    const rg_mentions *mentions;
    const rg_coref *coref;
    const rg_triples *triples;
    const rg_entities *entities;
    const rg_kept_triples
        *kept; /* of an earlier run, for rg_entities_relate; or NULL */
} rg_findings;

/* Mentions and who is who; then the rules, which see it. This is the one place where the
 * arrow bends: rules with typed slots need the chains that this folder finds on the mentions
 * of extract/. `trace` as in rg_extract_options. */
bool rg_entities_name(rg_findings *out, rg_arena *arena, const rg_rules *rules,
                      const rg_extractor *extractor, const rg_parse *parse,
                      rg_error *err);
/* The rules, then the edges, with out->mentions and out->coref as they are. */
bool rg_entities_relate(rg_findings *out, rg_arena *arena, const rg_rules *rules,
                        const rg_extractor *extractor, const rg_parse *parse,
                        bool trace, rg_error *err);
/* Both. */
bool rg_entities_find(rg_findings *out, rg_arena *arena, const rg_rules *rules,
                      const rg_extractor *extractor, const rg_parse *parse, bool trace,
                      rg_error *err);

#endif
