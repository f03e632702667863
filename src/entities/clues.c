/* clues.c - what is known of a mention, and what must hold of two that are linked. */
#include "entities/coref.h"

#include "base/unicode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int coref_list_item(const coref *c, rg_coref_words words, rg_str text)
{
    int list = c->spec->words[words];
    return list == RG_NONE ? RG_NONE : rg_rules_find_item(c->rules, list, text);
}

static bool has_file(const coref *c, rg_coref_words words)
{
    return c->spec->word_files >> words & 1;
}

bool coref_lemma_is(const coref *c, rg_coref_words words, int token)
{
    return c->tokens[token].lemmas >> words & 1
           || (has_file(c, words)
               && coref_list_item(
                      c, words,
                      rg_unicode_lower(c->scratch, c->parse->tokens[token].lemma))
                      != RG_NONE);
}

bool coref_word_is(const coref *c, rg_coref_words words, int token)
{
    return c->tokens[token].words >> words & 1
           || (has_file(c, words)
               && coref_list_item(c, words, c->parse->tokens[token].lexeme->lower)
                      != RG_NONE);
}

double coref_likeness(double person)
{
    return 1 / (1 + exp(-person));
}

double coref_combine(double a, double b)
{
    if ((a < 0) != (b < 0))
        return a + b;
    return fabs(a) > fabs(b) ? a : b;
}

/* ---- Gender and likeness to a person ----------------------------------------------------- */

enum { SURE_ODDS = 6 };

static rg_str lower_of(const coref *c, int token)
{
    return c->parse->tokens[token].lexeme->lower;
}

/* "-4.2 <tab> 0.94": log-odds of female, share of given names among all bearers. */
static bool find_given(const coref *c, int token, double *odds, double *share)
{
    int list = c->spec->words[RG_WORDS_GIVEN];
    int item = list == RG_NONE ? RG_NONE
                               : rg_rules_find_item(c->rules, list, lower_of(c, token));
    if (item == RG_NONE)
        return false;
    rg_str value = rg_rules_item_value(c->rules, list, item);
    char text[32] = "", *end;
    if (value.len >= (int)sizeof text)
        return false;
    memcpy(text, value.bytes, (size_t)value.len);
    *odds = strtod(text, &end);
    *share = *end ? strtod(end, NULL) : 1;
    return true;
}

static bool is_of_type(const coref *c, const coref_mention *m, int type)
{
    return m->type != RG_NONE && type != RG_NONE
           && rg_rules_is_kind(c->rules, m->type, type);
}

/* What the given name says of the gender; of a bare name it may be a surname. China, said
 * to be a place, is none. */
static void note_given(const coref *c, coref_mention *m)
{
    double odds, share;
    bool is_other = m->declared && !is_of_type(c, m, c->spec->type_person);
    if (is_other || !find_given(c, m->first, &odds, &share))
        return;
    m->odds = coref_combine(m->odds, odds * share);
    m->person += c->spec->clues[RG_CLUE_GIVEN] * share;
}

static void note_gender(const coref *c, coref_mention *m, int token)
{
    if (coref_lemma_is(c, RG_WORDS_MALE, token))
        m->odds = -SURE_ODDS;
    else if (coref_lemma_is(c, RG_WORDS_FEMALE, token))
        m->odds = SURE_ODDS;
}

/* Titles before the name: "Mr Smith", "Acme chairman Bob Smith". */
static void note_titles(const coref *c, coref_mention *m)
{
    int sentence = c->parse->sentences[m->sentence].first;
    for (int i = m->first - 1; i >= sentence && i >= m->first - 4; i--) {
        bool is_title = coref_word_is(c, RG_WORDS_TITLE, i)
                        || coref_lemma_is(c, RG_WORDS_PERSON, i);
        if (!is_title)
            break;
        if (c->parse->tokens[i].head == m->head || i == m->first - 1) {
            m->person += c->spec->clues[RG_CLUE_TITLE];
            note_gender(c, m, i);
            break;
        }
    }
}

static void note_type(const coref *c, coref_mention *m)
{
    const rg_coref_spec *spec = c->spec;
    if (m->type == RG_NONE)
        return;
    static const rg_person_clue clues[] = {RG_CLUE_TYPE_PERSON, RG_CLUE_TYPE_ORG,
                                           RG_CLUE_TYPE_PLACE};
    const int types[] = {spec->type_person, spec->type_org, spec->type_place};
    rg_person_clue clue = RG_CLUE_TYPE_OTHER;
    for (int i = 2; i >= 0; i--)
        if (is_of_type(c, m, types[i]))
            clue = clues[i];
    m->person += spec->clues[clue];
    if (m->declared && clue != RG_CLUE_TYPE_PERSON)
        m->person += spec->clues[RG_CLUE_DECLARED];
}

static bool is_locative(const coref *c, const coref_mention *m)
{
    int above = c->parse->tokens[m->head].head;
    return m->role == RG_EDGES_OBLIQUE && coref_word_is(c, RG_WORDS_LOCATIVE, above);
}

/* Is it the subject of such a verb? */
static bool does(const coref *c, const coref_mention *m, rg_coref_words verbs)
{
    return coref_has_edge(c, m->head, RG_EDGES_SUBJECT)
           && coref_lemma_is(c, verbs, c->parse->tokens[m->head].head);
}

static bool speaks(const coref *c, const coref_mention *m)
{
    return does(c, m, RG_WORDS_REPORT);
}

/* "Washington urged", "pressure from Beijing": what governments do or get. */
static bool is_actor(const coref *c, const coref_mention *m)
{
    int word = c->parse->tokens[m->head].head, noun = c->parse->tokens[word].head;
    return does(c, m, RG_WORDS_ACT)
           || (coref_has_edge(c, m->head, RG_EDGES_OBLIQUE)
               && coref_word_is(c, RG_WORDS_ACTOR, word)
               && coref_lemma_is(c, RG_WORDS_ACT, noun));
}

static bool acts(const coref *c, const coref_mention *m)
{
    return speaks(c, m) || is_actor(c, m);
}

static bool has_article(const coref *c, const coref_mention *m)
{
    int before = m->first - 1;
    return before >= c->parse->sentences[m->sentence].first
           && coref_word_is(c, RG_WORDS_ARTICLE, before);
}

/* The type that a list of last words gives the name, or RG_NONE. */
static int find_word_type(const coref *c, const coref_mention *m, rg_coref_words words)
{
    int word = m->core_end - 1;
    int item = coref_word_is(c, words, word)
                   ? coref_list_item(c, words, lower_of(c, word))
                   : RG_NONE;
    return item == RG_NONE
               ? RG_NONE
               : rg_rules_find_type(
                   c->rules,
                   rg_rules_item_value(c->rules, c->spec->words[words], item));
}

int coref_type_by_word(const coref *c, const coref_mention *m)
{
    int type = find_word_type(c, m, RG_WORDS_ORG_WORD);
    bool alone = m->words < 2 && !has_article(c, m);
    if (type == RG_NONE)
        type = find_word_type(c, m, RG_WORDS_PLACE_WORD);
    return alone ? RG_NONE : type;
}

/* Such a word knows better than the model, but for people: "Veronica Lake". */
static void correct_type(const coref *c, coref_mention *m)
{
    int type = coref_type_by_word(c, m);
    bool is_person = is_of_type(c, m, c->spec->type_person);
    if (!m->declared && !is_person && type != RG_NONE && !is_of_type(c, m, type))
        m->type = type;
}

static void note_name(const coref *c, coref_mention *m)
{
    const double *clues = c->spec->clues;
    int last = m->core_end - 1;
    correct_type(c, m);
    m->person += clues[RG_CLUE_BASE];
    note_type(c, m);
    note_given(c, m);
    note_titles(c, m);
    if (coref_word_is(c, RG_WORDS_ORG_WORD, last))
        m->person += clues[RG_CLUE_ORG_WORD];
    if (coref_word_is(c, RG_WORDS_PLACE_WORD, last))
        m->person += clues[RG_CLUE_PLACE_WORD];
    if (is_locative(c, m))
        m->person += clues[RG_CLUE_LOCATIVE];
    if (speaks(c, m))
        m->person += clues[RG_CLUE_SPEAKS];
    if (has_article(c, m))
        m->person += clues[RG_CLUE_ARTICLE];
    m->any_number = m->plural; /* "Acme Industries" */
    m->plural = false;
}

static void note_nominal(const coref *c, coref_mention *m)
{
    note_gender(c, m, m->head);
    bool is_person = m->odds != 0 || coref_lemma_is(c, RG_WORDS_PERSON, m->head)
                     || coref_lemma_is(c, RG_WORDS_RELATION, m->head);
    m->person =
        is_person ? c->spec->clues[RG_CLUE_NOUN] : -c->spec->clues[RG_CLUE_NOUN];
    m->any_number = !m->plural && coref_lemma_is(c, RG_WORDS_GROUP, m->head);
}

/* "her husband Bill Clinton": the word before the name for whose relation it is, or
 * RG_NONE. */
static int find_relation(const coref *c, const coref_mention *m)
{
    int first = c->parse->sentences[m->sentence].first;
    for (int i = m->first - 1; i >= m->first - 3 && i >= first; i--)
        if (coref_lemma_is(c, RG_WORDS_RELATION, i))
            return i;
    return RG_NONE;
}

static void note_relation(const coref *c, coref_mention *m)
{
    int relation = find_relation(c, m);
    m->relative = relation != RG_NONE;
    if (m->relative && m->kind == RG_MENTION_NAME
        && (c->parse->tokens[m->head].head == relation
            || c->parse->tokens[relation].head == m->head))
        note_gender(c, m, relation);
}

/* Is it the first item of a list? */
static bool is_listed(const coref *c, const coref_mention *m)
{
    enum { NEAR = 12 };
    int end = c->parse->sentences[m->sentence].end;
    for (int i = m->head + 1; i < end && i < m->head + NEAR; i++)
        if (c->parse->tokens[i].head == m->head
            && coref_has_edge(c, i, RG_EDGES_CONJUNCT))
            return true;
    return false;
}

void coref_note_clues(coref *c, coref_mention *m)
{
    m->listed = is_listed(c, m);
    note_relation(c, m);
    if (m->kind == RG_MENTION_NAME) {
        note_name(c, m);
    } else if (m->kind == RG_MENTION_NOMINAL) {
        note_nominal(c, m);
    } else {
        const rg_pronoun *p = &c->spec->pronouns[m->pronoun];
        m->odds = p->gender == RG_GENDER_FEMALE ? SURE_ODDS
                  : p->gender == RG_GENDER_MALE ? -SURE_ODDS
                                                : 0;
        m->person = p->animate ? SURE_ODDS : p->inanimate ? -SURE_ODDS : 0;
    }
}

/* ---- Checks ------------------------------------------------------------------------------- */

/* Could the two types be that of one thing? */
static bool types_agree(const coref *c, int a, int b)
{
    return a == RG_NONE || b == RG_NONE || rg_rules_is_kind(c->rules, a, b)
           || rg_rules_is_kind(c->rules, b, a);
}

/* A company may be "they", but "the companies" are not one. */
static bool numbers_agree(const coref_mention *m, const cluster *e)
{
    if (m->kind == RG_MENTION_NOMINAL && e->names == 0)
        return m->plural == e->plural;
    return m->any_number || e->any_number || m->plural == e->plural;
}

static const double clear_odds = 2;

static bool genders_agree(double a, double b)
{
    return fabs(a) < clear_odds || fabs(b) < clear_odds || (a < 0) == (b < 0);
}

/* Does a title say the anaphor's (Clinton is a first name too), and is it the other's? */
static bool share_gender(double anaphor, double other)
{
    return fabs(anaphor) >= SURE_ODDS && fabs(other) >= clear_odds
           && (anaphor < 0) == (other < 0);
}

/* Do all words of the shorter name stand in the longer one? "Ann Lee", "Ann B. Lee". */
static bool is_same_name(rg_str a, rg_str b)
{
    rg_str small = a.len < b.len ? a : b, large = a.len < b.len ? b : a;
    for (int from = 0, end; from < small.len; from = end + 1) {
        end = rg_str_find_byte(small, ' ', from);
        end = end < 0 ? small.len : end;
        rg_str word = rg_str_cut(small, from, end);
        bool found = false;
        for (int at = 0, stop; at < large.len && !found; at = stop + 1) {
            stop = rg_str_find_byte(large, ' ', at);
            stop = stop < 0 ? large.len : stop;
            found = rg_str_equal(word, rg_str_cut(large, at, stop));
        }
        if (!found)
            return false;
    }
    return true;
}

/* Are the full names of the two the same, where both have one? Through "Liu" alone, Liu Wei
 * and Liu Yang are not one. */
static bool full_names_agree(const coref *c, const cluster *a, const cluster *e)
{
    return a->full == RG_NONE || e->full == RG_NONE
           || is_same_name(c->mentions[a->full].norm, c->mentions[e->full].norm);
}

static const double against_person = -2, clear_person = 2;

/* Is one of them a person, and does nothing speak much against the other? */
static bool may_be_people(const cluster *a, const cluster *e)
{
    return (a->person > 0 || e->person > 0) && a->person > against_person
           && e->person > against_person;
}

/* May both be people, or neither? Labels of the model are no proof of it for a name. */
static bool are_alike(const cluster *a, const cluster *e)
{
    enum { CLEAR_NOUN = 1, CLEAR_NAME = 4 };
    double clear = e->names > 0 ? CLEAR_NAME : CLEAR_NOUN;
    return fabs(a->person) < CLEAR_NOUN || fabs(e->person) < clear
           || (a->person < 0) == (e->person < 0);
}

/* The owner of the anaphor's noun if the antecedent's is the same; else RG_NONE. */
static int find_shared_owner(const coref *c, const coref_mention *anaphor,
                             const coref_mention *candidate)
{
    int a = coref_owner(c, anaphor->head), b = coref_owner(c, candidate->head);
    bool same =
        a != RG_NONE && b != RG_NONE && c->mentions[a].entity == c->mentions[b].entity;
    return same ? a : RG_NONE;
}

/* Is a word of the anaphor's noun phrase, other than its first, not in the antecedent's? */
static bool adds_words(const coref *c, const coref_mention *anaphor,
                       const coref_mention *candidate)
{
    int owner = find_shared_owner(c, anaphor, candidate);
    for (int i = anaphor->first; i < anaphor->head; i++) {
        bool modifies = coref_has_edge(c, i, RG_EDGES_MODIFIER)
                        || coref_has_edge(c, i, RG_EDGES_COMPOUND);
        bool found = !modifies || (owner != RG_NONE && c->tokens[i].mention == owner);
        for (int j = candidate->first; j < candidate->end && !found; j++)
            found = rg_str_equal(lower_of(c, i), lower_of(c, j));
        if (!found)
            return true;
    }
    return false;
}

static bool names_nothing(const coref *c, const coref_mention *m)
{
    return coref_word_is(c, RG_WORDS_NONE_OF, m->first);
}

/* "It" of the weather, of "it is clear that": the verb or what is said has no subject. */
static bool is_empty(const coref *c, const coref_mention *m)
{
    int verb = c->parse->tokens[m->head].head;
    if (!coref_has_edge(c, m->head, RG_EDGES_SUBJECT))
        return !(c->tokens[m->head].edges) && m->role == RG_EDGES_COUNT;
    if (coref_lemma_is(c, RG_WORDS_EMPTY, verb))
        return true;
    bool links = coref_lemma_is(c, RG_WORDS_LINK, verb), said = false, clause = false;
    const rg_sentence *s = &c->parse->sentences[m->sentence];
    for (int i = verb + 1; i < s->end && links; i++) {
        int head = c->parse->tokens[i].head;
        bool below = head == verb;
        said |= below && coref_lemma_is(c, RG_WORDS_EMPTY, i);
        clause |= (coref_has_edge(c, i, RG_EDGES_COMPLEMENT)
                   || coref_has_edge(c, i, RG_EDGES_OPEN)
                   || coref_has_edge(c, i, RG_EDGES_RELATIVE))
                  && (below || c->parse->tokens[head].head == verb);
    }
    return said || clause;
}

/* Does a mark stand between the two, or is the second one a name? "Acme, the bank", "the
 * bank Acme". */
static bool is_set_off(const coref *c, const coref_mention *a, const coref_mention *b)
{
    const coref_mention *before = a->head < b->head ? a : b;
    const coref_mention *behind = before == a ? b : a;
    bool marked = false, away = false; /* in brackets that are of another word */
    for (int i = before->head + 1; i < behind->first; i++) {
        rg_str text = c->parse->tokens[i].lexeme->text;
        if (rg_str_is(text, "("))
            away = i != before->end;
        else if (rg_str_is(text, ")"))
            away = false;
        marked |= rg_token_is_mark(&c->parse->tokens[i]);
    }
    return !away && (marked || behind->kind == RG_MENTION_NAME);
}

bool coref_check(const coref *c, rg_coref_check check, const coref_mention *anaphor,
                 const coref_mention *candidate)
{
    const cluster *a = coref_cluster(c, anaphor), *e = coref_cluster(c, candidate);
    switch (check) {
    case RG_CHECK_PERSON: return may_be_people(a, e);
    case RG_CHECK_NOT_PERSON:
        return a->person < clear_person && e->person < clear_person;
    case RG_CHECK_SAME_TYPE: return types_agree(c, a->type, e->type);
    case RG_CHECK_GENDER: return genders_agree(a->odds, e->odds);
    case RG_CHECK_SAME_GENDER: return share_gender(a->odds, e->odds);
    case RG_CHECK_FULL_NAMES: return full_names_agree(c, a, e);
    case RG_CHECK_NUMBER: return numbers_agree(anaphor, e);
    case RG_CHECK_ANIMACY: return are_alike(a, e);
    case RG_CHECK_MODIFIERS: return !adds_words(c, anaphor, candidate);
    case RG_CHECK_PARTS:
        return !coref_is_below(c->parse, anaphor->head, candidate->head)
               && !coref_is_below(c->parse, candidate->head, anaphor->head);
    case RG_CHECK_INTRODUCED: return !candidate->relative;
    case RG_CHECK_BINDING: return coref_may_bind(c, anaphor, candidate);
    case RG_CHECK_NAMED: return !names_nothing(c, candidate);
    case RG_CHECK_KINDS: return anaphor->kind != candidate->kind;
    case RG_CHECK_SPEAKS: return speaks(c, anaphor);
    case RG_CHECK_ACTS: return acts(c, anaphor);
    case RG_CHECK_SET_OFF: return is_set_off(c, anaphor, candidate);
    case RG_CHECK_REFERS: return !is_empty(c, anaphor);
    case RG_CHECK_ONE_BEARER: /* links.c counts them */
    case RG_CHECK_COUNT: break;
    }
    return true;
}

bool coref_may_link(const coref *c, uint32_t checks, const coref_mention *anaphor)
{
    const cluster *a = coref_cluster(c, anaphor);
    return !((checks >> RG_CHECK_PERSON & 1 && a->person <= against_person)
             || (checks >> RG_CHECK_NOT_PERSON & 1 && a->person >= clear_person)
             || (checks >> RG_CHECK_SAME_GENDER & 1 && fabs(a->odds) < SURE_ODDS)
             || (checks >> RG_CHECK_SPEAKS & 1 && !speaks(c, anaphor))
             || (checks >> RG_CHECK_ACTS & 1 && !acts(c, anaphor))
             || (checks >> RG_CHECK_REFERS & 1 && is_empty(c, anaphor)));
}

bool coref_check_all(const coref *c, uint32_t checks, const coref_mention *anaphor,
                     const coref_mention *candidate)
{
    for (int i = 0; i < RG_CHECK_COUNT; i++)
        if (checks >> i & 1 && !coref_check(c, (rg_coref_check)i, anaphor, candidate))
            return false;
    return true;
}
