/* labels.c - what an entity is called, and its type, from all that its mentions say. */
#include "entities/coref.h"

#include "base/unicode.h"

/* ---- The label ------------------------------------------------------------------------------------- */

/* One name of an entity, in all its spellings alike. */
typedef struct called {
    rg_str name;
    int words, count;
    int first; /* the earliest mention of it */
} called;

static bool is_acronym(rg_str name)
{
    for (int i = 0; i < name.len; i++)
        if ((name.bytes[i] < 'A' || name.bytes[i] > 'Z') && name.bytes[i] != '.')
            return false;
    return true;
}

static bool is_better_called(const called *a, const called *b, bool longest)
{
    if (longest && a->words != b->words)
        return a->words > b->words;
    if (a->count != b->count)
        return a->count > b->count;
    return a->words != b->words ? a->words > b->words : a->first < b->first;
}

/* The longest name of a person; else the commonest, or the longest of those that are not
 * much rarer, so that an acronym does not stand for what the text spells out. */
static rg_str choose_name(const called *names, int count, bool person)
{
    enum { LONGEST = 5, RARER = 3 };
    const called *best = &names[0], *full = NULL;
    for (int i = 1; i < count; i++)
        if (names[i].words <= LONGEST && is_better_called(&names[i], best, person))
            best = &names[i];
    for (int i = 0; i < count && !person; i++) {
        bool fit = names[i].count * RARER >= best->count || is_acronym(best->name);
        if (fit
            && (!full || names[i].words > full->words
                || (names[i].words == full->words
                    && is_better_called(&names[i], full, false))))
            full = &names[i];
    }
    return full ? full->name : best->name;
}

static bool is_shouted(rg_str name)
{
    for (int i = 0; i < name.len; i++)
        if (name.bytes[i] >= 'a' && name.bytes[i] <= 'z')
            return false;
    return true;
}

/* "London" of a headline's "LONDON", if the text spells it so as often. */
static rg_str spelled_low(const coref *c, const called *names, int count, rg_str best)
{
    int shouted = 0;
    if (!is_shouted(best))
        return best;
    rg_str low = rg_unicode_lower(c->scratch, best);
    for (int i = 0; i < count; i++)
        shouted = rg_str_equal(names[i].name, best) ? names[i].count : shouted;
    for (int i = 0; i < count; i++)
        if (names[i].count >= shouted && !is_shouted(names[i].name)
            && rg_str_equal(rg_unicode_lower(c->scratch, names[i].name), low))
            return names[i].name;
    return best;
}

/* In text order: members of the list are in none. */
static int next_mention(const coref *c, const cluster *e, int behind)
{
    int next = RG_NONE;
    for (int i = e->list; i != RG_NONE; i = c->mentions[i].next)
        if (i > behind && (next == RG_NONE || i < next))
            next = i;
    return next;
}

static int add_name(const coref *c, called *names, int count, int room, int mention)
{
    const coref_mention *m = &c->mentions[mention];
    for (int i = 0; i < count; i++)
        if (rg_str_equal(names[i].name, m->norm)) {
            names[i].count++;
            names[i].first = mention < names[i].first ? mention : names[i].first;
            return count;
        }
    if (count < room)
        names[count++] = (called){m->norm, m->words, 1, mention};
    return count;
}

static rg_str name_of(const coref *c, const cluster *e)
{
    enum { MOST_NAMES = 32 };
    called names[MOST_NAMES];
    int count = 0;
    for (int i = e->list; i != RG_NONE; i = c->mentions[i].next) {
        const coref_mention *m = &c->mentions[i];
        if (m->kind == RG_MENTION_NAME && !m->attribute)
            count = add_name(c, names, count, MOST_NAMES, i);
    }
    for (int i = e->list; i != RG_NONE && count == 0; i = c->mentions[i].next)
        if (c->mentions[i].kind == RG_MENTION_NAME)
            count = add_name(c, names, count, MOST_NAMES, i);
    rg_str best = choose_name(names, count, coref_likeness(e->person) > 0.6);
    return spelled_low(c, names, count, best);
}

/* The first noun phrase, without its article; else the pronoun. */
static rg_str phrase_of(const coref *c, const cluster *e)
{
    int at = RG_NONE;
    for (int i = e->list; i != RG_NONE; i = c->mentions[i].next)
        if (c->mentions[i].kind == RG_MENTION_NOMINAL && (at == RG_NONE || i < at))
            at = i;
    const coref_mention *m = &c->mentions[at == RG_NONE ? next_mention(c, e, -1) : at];
    rg_entity_mention span = {.first = m->first, .end = m->end};
    while (span.first < m->head && coref_word_is(c, RG_WORDS_ARTICLE, span.first))
        span.first++;
    return rg_coref_text(c->arena, c->parse, &span);
}

static rg_str printed_of(const coref *c, const cluster *e)
{
    for (int i = e->list; i != RG_NONE; i = c->mentions[i].next)
        if (c->mentions[i].printed.len > 0)
            return c->mentions[i].printed;
    return (rg_str){"", 0};
}

rg_str coref_label(const coref *c, const cluster *e)
{
    if (e->label != RG_NONE)
        return rg_map_key(c->rules->labels, e->label);
    rg_str printed = printed_of(c, e);
    if (printed.len > 0)
        return printed;
    return e->names > 0 ? name_of(c, e) : phrase_of(c, e);
}

/* ---- The type --------------------------------------------------------------------------------------- */

enum { BY_WORD = 3, BY_PRONOUN = 2, BY_NOUN = 4 };

/* A last word of names whose list gives it a type: "Station" -> facility. */
static void vote_by_word(const coref *c, const coref_mention *m, int *votes)
{
    int type = coref_type_by_word(c, m);
    bool knows_better = type != RG_NONE && m->type != RG_NONE
                        && rg_rules_is_kind(c->rules, m->type, type);
    if (type != RG_NONE)
        votes[knows_better ? m->type : type] += BY_WORD;
}

/* "Maple Ridge Metals, a mining company": what is said of a name tells its type, unless the
 * name's own is of that kind already. */
static void vote_by_noun(const coref *c, const cluster *e, const coref_mention *m,
                         int *votes)
{
    for (int i = 0; i < c->spec->noun_count; i++) {
        const rg_type_noun *noun = &c->spec->nouns[i];
        bool knows_better =
            e->type != RG_NONE && rg_rules_is_kind(c->rules, e->type, noun->type);
        if (rg_rules_find_item(c->rules, noun->list, m->norm) != RG_NONE)
            votes[knows_better ? e->type : noun->type] += BY_NOUN;
    }
}

static void vote(const coref *c, const cluster *e, const coref_mention *m, int *votes)
{
    if (m->kind == RG_MENTION_NOMINAL && m->attribute && e->names > 0)
        vote_by_noun(c, e, m, votes);
    if (m->kind == RG_MENTION_PRONOUN && c->spec->pronouns[m->pronoun].animate
        && c->spec->pronouns[m->pronoun].gender != RG_GENDER_NONE
        && c->spec->type_person != RG_NONE)
        votes[c->spec->type_person] += BY_PRONOUN;
    if (m->kind != RG_MENTION_NAME)
        return;
    if (m->type != RG_NONE)
        votes[m->type]++;
    vote_by_word(c, m, votes);
}

/* The type declared for the label, else that with the most votes of the names; without a
 * name that of a noun. */
int coref_type(const coref *c, const cluster *e)
{
    int votes[RG_MAX_TYPES] = {0}, best = RG_NONE;
    if (e->label != RG_NONE && c->rules->label_types[e->label] != RG_NONE)
        return c->rules->label_types[e->label];
    for (int i = e->list; i != RG_NONE; i = c->mentions[i].next) {
        const coref_mention *m = &c->mentions[i];
        if (m->declared && m->type != RG_NONE)
            return m->type;
        vote(c, e, m, votes);
    }
    for (int t = 0; t < c->rules->type_count; t++)
        if (votes[t] > (best == RG_NONE ? 0 : votes[best]))
            best = t;
    bool is_person = e->names > 0 && coref_likeness(e->person) > 0.85
                     && c->spec->type_person != RG_NONE;
    if (is_person
        && (best == RG_NONE || !rg_rules_is_kind(c->rules, best, c->spec->type_person)))
        return c->spec->type_person;
    return best == RG_NONE ? e->type : best;
}
