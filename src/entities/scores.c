/* scores.c - passes that weigh the candidates of a pronoun.
 *
 * Pronouns are taken in text order, so that later ones see what earlier ones were linked
 * to. The score of an entity is that of its best mention in the window; its share among
 * all (softmax) says how sure the choice is. Features: coref_features.def.
 */
#include "entities/coref.h"

#include <math.h>

enum { MOST_CANDIDATES = 160, MOST_FEATURES = 64 };

/* An entity in the running. */
typedef struct rival {
    int entity;
    int mention; /* the best of its candidates */
    double score;
} rival;

typedef struct weighing {
    coref *c;
    const rg_coref_pass *pass;
    int number;
    int pronoun;      /* mention */
    int first_person; /* entity: the first person of the text, or RG_NONE */
    int clauses[4]; /* subjects of the pronoun's clause and those above it: mentions */
    rival rivals[MOST_CANDIDATES];
    int rival_count, tried;
    int features[MOST_FEATURES];
    double values[MOST_FEATURES];
    int feature_count;
} weighing;

static const coref_mention *pronoun_of(const weighing *w)
{
    return &w->c->mentions[w->pronoun];
}

static void put(weighing *w, int feature, double value)
{
    if (w->feature_count == MOST_FEATURES || value == 0)
        return;
    w->features[w->feature_count] = feature;
    w->values[w->feature_count++] = value;
}

/* ---- Features ----------------------------------------------------------------------------------- */

/* 0 the same sentence, 1 the one before, 2 further away. */
static int distance_of(const coref_mention *p, const coref_mention *m)
{
    int sentences = p->sentence - m->sentence;
    return sentences <= 0 ? 0 : sentences == 1 ? 1 : 2;
}

/* The first of three features for a role, or -1. */
static int role_feature(rg_edge_group role)
{
    switch (role) {
    case RG_EDGES_SUBJECT: return RG_FEATURE_ROLE_SUBJECT_SAME;
    case RG_EDGES_OBJECT: return RG_FEATURE_ROLE_OBJECT_SAME;
    case RG_EDGES_OBLIQUE: return RG_FEATURE_ROLE_OBLIQUE_SAME;
    case RG_EDGES_POSSESSOR: return RG_FEATURE_ROLE_POSSESSOR_SAME;
    case RG_EDGES_ATTRIBUTE: return RG_FEATURE_ROLE_ATTRIBUTE_SAME;
    default: return RG_FEATURE_ROLE_OTHER_SAME;
    }
}

static int parallel_feature(rg_edge_group role)
{
    switch (role) {
    case RG_EDGES_SUBJECT: return RG_FEATURE_PARALLEL_SUBJECT_SAME;
    case RG_EDGES_OBJECT: return RG_FEATURE_PARALLEL_OBJECT_SAME;
    case RG_EDGES_OBLIQUE: return RG_FEATURE_PARALLEL_OBLIQUE_SAME;
    case RG_EDGES_POSSESSOR: return RG_FEATURE_PARALLEL_POSSESSOR_SAME;
    default: return RG_NONE;
    }
}

/* Of three features by the pronoun's role: subject, possessor, other. */
static int by_role(const coref_mention *p)
{
    return p->role == RG_EDGES_SUBJECT ? 0 : p->role == RG_EDGES_POSSESSOR ? 1 : 2;
}

static void put_place(weighing *w, const coref_mention *p, const coref_mention *m,
                      int rank)
{
    int distance = distance_of(p, m), beyond = p->sentence - m->sentence - 3;
    int tokens = p->head > m->head ? p->head - m->head - 1 : m->head - p->head - 1;
    put(w, RG_FEATURE_DISTANCE_SAME + distance, 1);
    put(w, RG_FEATURE_TOKENS, log(1 + tokens));
    if (beyond > 0)
        put(w, RG_FEATURE_BEYOND, beyond < 3 ? beyond : 3);
    put(w, RG_FEATURE_RANK_1 + (rank < 3 ? rank : 3), 1);
    int before = (int)(m - w->c->mentions) - 1;
    if (before < 0 || w->c->mentions[before].sentence != m->sentence)
        put(w, RG_FEATURE_FIRST_SAME + distance, 1);
    if (w->c->tokens[p->head].quote != w->c->tokens[m->head].quote)
        put(w, RG_FEATURE_QUOTE, 1);
}

static void put_roles(weighing *w, const coref_mention *p, const coref_mention *m)
{
    int distance = distance_of(p, m);
    put(w, role_feature(m->role) + distance, 1);
    int parallel = parallel_feature(m->role);
    if (m->role == p->role && parallel != RG_NONE)
        put(w, parallel + distance, 1);
    if (m->conjunct)
        put(w, RG_FEATURE_CONJUNCT, 1);
    if (m->compound)
        put(w, RG_FEATURE_IN_COMPOUND, 1);
    else if (m->embedded)
        put(w, RG_FEATURE_EMBEDDED, 1);
}

static void put_clauses(weighing *w, const coref_mention *p, const coref_mention *m)
{
    enum { STEP = RG_FEATURE_CLAUSE_1_SUBJECT - RG_FEATURE_CLAUSE_0_SUBJECT };
    const coref *c = w->c;
    for (int level = 0; level < 4; level++)
        if (w->clauses[level] == (int)(m - c->mentions)) {
            put(w, RG_FEATURE_CLAUSE_0_SUBJECT + level * STEP + by_role(p), 1);
            break;
        }
    if (p->sentence == m->sentence
        && coref_clause(c, p->head) == coref_clause(c, m->head))
        put(w, RG_FEATURE_SAME_CLAUSE_SUBJECT + by_role(p), 1);
}

static void put_ahead(weighing *w, const coref_mention *p, const coref_mention *m)
{
    const coref *c = w->c;
    if (m->head < p->head)
        return;
    put(w, RG_FEATURE_AHEAD_SUBJECT + by_role(m), 1);
    int verb = coref_clause(c, m->head);
    bool is_subject = verb != RG_NONE && c->tokens[verb].subject == m->head;
    if (is_subject && coref_is_below(c->parse, p->head, verb))
        put(w, RG_FEATURE_AHEAD_CLAUSE, 1);
    else
        put(w, RG_FEATURE_AHEAD_PLAIN, 1);
}

static void put_kind(weighing *w, const coref_mention *p, const coref_mention *m,
                     const cluster *e)
{
    const coref *c = w->c;
    put(w, RG_FEATURE_KIND_NAME + (int)m->kind, 1);
    if (m->pronoun != RG_NONE && m->pronoun == p->pronoun)
        put(w, RG_FEATURE_SAME_PRONOUN, 1);
    if (m->kind == RG_MENTION_NAME && m->words > 1)
        put(w, RG_FEATURE_LONG_NAME, 1);
    if (m->plural)
        put(w, RG_FEATURE_PLURAL, 1);
    if (m->kind == RG_MENTION_NOMINAL) {
        bool definite = m->first < m->head
                        && coref_has_edge(c, m->first, RG_EDGES_DETERMINER)
                        && coref_word_is(c, RG_WORDS_DEFINITE, m->first);
        put(w, definite ? RG_FEATURE_DEFINITE : RG_FEATURE_INDEFINITE, 1);
    }
    if (e->any_number)
        put(w, RG_FEATURE_GROUP, 1);
}

static void put_entity(weighing *w, const coref_mention *p, const cluster *e)
{
    static const double steps[] = {0.25, 0.45, 0.6, 0.85};
    enum { CLIP = 4 };
    const coref *c = w->c;
    if (e->names > 0)
        put(w, RG_FEATURE_HAS_NAME, 1);
    if (e->pronouns > 0)
        put(w, RG_FEATURE_HAS_PRONOUN, 1);
    put(w, RG_FEATURE_SUBJECTS, log(1 + e->subjects));
    put(w, RG_FEATURE_MENTIONS, log(1 + e->count));
    if (w->first_person == (int)(e - c->entities))
        put(w, RG_FEATURE_FIRST_PERSON, 1);
    double odds = e->odds > CLIP ? CLIP : e->odds < -CLIP ? -CLIP : e->odds;
    rg_gender gender = c->spec->pronouns[p->pronoun].gender;
    if (gender != RG_GENDER_NONE)
        put(w, RG_FEATURE_GENDER, gender == RG_GENDER_FEMALE ? odds : -odds);
    if (fabs(odds) > 1)
        put(w, RG_FEATURE_GENDERED, 1);
    double likeness = coref_likeness(e->person);
    int step = 0;
    while (step < 4 && likeness > steps[step])
        step++;
    put(w, RG_FEATURE_PERSON_0 + step, 1);
    const int types[] = {c->spec->type_org, c->spec->type_place};
    for (int i = 0; i < 2; i++)
        if (e->type != RG_NONE && types[i] != RG_NONE
            && rg_rules_is_kind(c->rules, e->type, types[i]))
            put(w, RG_FEATURE_TYPE_ORG + i, 1);
}

static void put_manner(weighing *w, const coref_mention *p, const coref_mention *m,
                       const cluster *e)
{
    const coref *c = w->c;
    if (m->pronoun != RG_NONE && m->pronoun == p->pronoun && m->role == p->role)
        put(w, RG_FEATURE_CHAIN_SUBJECT + by_role(p), 1);
    if (m->listed)
        put(w, RG_FEATURE_LISTED, 1);
    if (coref_has_edge(c, m->head, RG_EDGES_APPOSITION))
        put(w, RG_FEATURE_APPOSED, 1);
    if (m->relative || c->mentions[e->first].relative)
        put(w, RG_FEATURE_RELATIVE, 1);
}

static double weigh(weighing *w, const coref_mention *m, int rank)
{
    const coref_mention *p = pronoun_of(w);
    const cluster *e = coref_cluster(w->c, m);
    w->feature_count = 0;
    put_place(w, p, m, rank);
    put_roles(w, p, m);
    put_clauses(w, p, m);
    put_ahead(w, p, m);
    put_kind(w, p, m, e);
    put_entity(w, p, e);
    put_manner(w, p, m, e);
    double score = 0;
    for (int i = 0; i < w->feature_count; i++)
        score += w->pass->weights[w->features[i]] * w->values[i];
    return score;
}

/* ---- Candidates ---------------------------------------------------------------------------------- */

static int find_rival(const weighing *w, int entity)
{
    for (int i = 0; i < w->rival_count; i++)
        if (w->rivals[i].entity == entity)
            return i;
    return w->rival_count;
}

/* A pronoun that nothing is known of is no antecedent. */
static bool refers(const weighing *w, const coref_mention *m)
{
    const cluster *e = coref_cluster(w->c, m);
    return m->kind != RG_MENTION_PRONOUN || e->count > e->pronouns;
}

static bool is_candidate(const weighing *w, const coref_mention *m)
{
    const coref_mention *p = pronoun_of(w);
    return w->pass->antecedents >> m->kind & 1 && m->entity != p->entity && refers(w, m)
           && coref_check_all(w->c, w->pass->checks, p, m);
}

static void tell(const weighing *w, const coref_mention *m, double score)
{
    const rg_coref_watch *watch = w->c->watch;
    rg_coref_candidate told = {.pronoun = pronoun_of(w)->head,
                               .candidate = m->head,
                               .pass = w->pass->id,
                               .features = w->features,
                               .values = w->values,
                               .count = w->feature_count,
                               .score = score};
    if (!watch)
        return;
    const cluster *e = coref_cluster(w->c, m);
    int *heads = rg_new(w->c->scratch, int, e->count);
    for (int i = e->list; i != RG_NONE; i = w->c->mentions[i].next)
        heads[told.entity_count++] = w->c->mentions[i].head;
    told.entity = heads;
    watch->candidate(watch->user, &told);
}

static void consider(weighing *w, int index)
{
    const coref_mention *m = &w->c->mentions[index];
    if (!is_candidate(w, m))
        return;
    int at = find_rival(w, m->entity);
    if (at == MOST_CANDIDATES)
        return;
    double score = weigh(w, m, at);
    tell(w, m, score);
    if (at == w->rival_count)
        w->rivals[w->rival_count++] = (rival){m->entity, index, score};
    else if (score > w->rivals[at].score)
        w->rivals[at] = (rival){m->entity, index, score};
}

/* Backwards within the window, then ahead in the sentence. */
static void gather(weighing *w)
{
    const coref *c = w->c;
    const coref_mention *p = pronoun_of(w);
    int tried = 0;
    w->rival_count = 0;
    for (int i = w->pronoun - 1; i >= 0 && tried < MOST_CANDIDATES; i--, tried++) {
        if (p->sentence - c->mentions[i].sentence > w->pass->window
            && w->pass->window >= 0)
            break;
        consider(w, i);
    }
    for (int i = w->pronoun + 1; i < c->mention_count; i++) {
        const coref_mention *m = &c->mentions[i];
        if (m->sentence != p->sentence || m->head - p->head > w->pass->ahead)
            break;
        if (m->kind == RG_MENTION_NAME)
            consider(w, i);
    }
}

/* The subjects of the pronoun's clause and of the three above it. */
static void find_clauses(weighing *w)
{
    const coref *c = w->c;
    int at = pronoun_of(w)->head;
    for (int level = 0; level < 4; level++) {
        at = at == RG_NONE ? RG_NONE : coref_clause(c, at);
        int subject = at == RG_NONE ? RG_NONE : coref_subject(c, at);
        w->clauses[level] = subject == RG_NONE ? -2 : c->tokens[subject].mention;
    }
}

static void choose(weighing *w)
{
    int best = RG_NONE;
    double sum = 0;
    for (int i = 0; i < w->rival_count; i++)
        if (best == RG_NONE || w->rivals[i].score > w->rivals[best].score)
            best = i;
    for (int i = 0; i < w->rival_count; i++)
        sum += exp(w->rivals[i].score - w->rivals[best].score);
    double floor =
        w->c->spec->min_share >= 0 ? w->c->spec->min_share : w->pass->min_share;
    if (best != RG_NONE && 1 / sum >= floor)
        coref_link(w->c, w->pronoun, w->rivals[best].mention, w->number, 1 / sum);
}

static bool is_anaphor(const weighing *w, const coref_mention *m)
{
    return w->pass->anaphors >> m->kind & 1
           && (w->pass->pronouns == 0
               || (m->pronoun != RG_NONE && w->pass->pronouns >> m->pronoun & 1))
           && m->antecedent == RG_NONE
           && coref_cluster(w->c, m)->count == coref_cluster(w->c, m)->pronouns;
}

static int find_first_person(const coref *c)
{
    for (int i = 0; i < c->mention_count; i++)
        if (c->mentions[i].kind == RG_MENTION_NAME
            && coref_likeness(coref_cluster(c, &c->mentions[i])->person) > 0.6)
            return c->mentions[i].entity;
    return RG_NONE;
}

void coref_run_scores(coref *c, int pass)
{
    weighing w = {.c = c,
                  .pass = &c->spec->passes[pass],
                  .number = pass,
                  .first_person = find_first_person(c)};
    for (int i = 0; i < c->mention_count; i++) {
        const coref_mention *m = &c->mentions[i];
        w.pronoun = i;
        if (!is_anaphor(&w, m)
            || (w.pass->checks >> RG_CHECK_REFERS & 1
                && !coref_check(c, RG_CHECK_REFERS, m, m)))
            continue;
        find_clauses(&w);
        gather(&w);
        if (w.rival_count > 0)
            choose(&w);
    }
}
