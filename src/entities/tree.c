/* tree.c - what the syntax says of tokens: roles, clauses, subjects, binding. */
#include "entities/coref.h"

enum { MOST_STEPS = 64 }; /* upwards; deeper trees are no language */

/* ---- Facts of each token ---------------------------------------------------------------- */

/* What the table says of the symbol of a token's attribute. */
static uint64_t bits_of(const coref *c, const uint64_t *table, int count, int token,
                        rg_attr attr)
{
    int symbol = rg_extract_symbol(c->names, token, attr);
    return symbol == RG_NONE || symbol >= count ? 0 : table[symbol];
}

static token_facts read_token(const coref *c, int token, int sentence)
{
    const rg_coref_spec *spec = c->spec;
    int groups = spec->symbol_count, words = spec->word_symbols;
    return (token_facts){
        .edges = (uint32_t)bits_of(c, spec->edges, groups, token, RG_ATTR_DEP),
        .tags = (uint32_t)bits_of(c, spec->tags, groups, token, RG_ATTR_TAG),
        .words = bits_of(c, spec->word_lists, words, token, RG_ATTR_LOWER),
        .lemmas = bits_of(c, spec->word_lists, words, token, RG_ATTR_LEMMA),
        .subject = RG_NONE,
        .sentence = sentence,
        .mention = RG_NONE};
}

/* How a quotation mark changes the number of the quotation: 0 closes it. */
static int turn_quote(int now, int *last, rg_str how)
{
    bool opens = rg_str_is(how, "open") || (rg_str_is(how, "both") && now == 0);
    if (opens && now == 0)
        return ++*last;
    return opens ? now : 0;
}

static void read_quotes(coref *c)
{
    int list = c->spec->words[RG_WORDS_QUOTE], now = 0, last = 0, block = RG_NONE;
    for (int i = 0; i < c->parse->token_count && list != RG_NONE; i++) {
        const rg_token *t = &c->parse->tokens[i];
        if (t->block != block)
            now = 0; /* an unclosed quotation ends with its paragraph */
        block = t->block;
        int item = rg_token_is_mark(t)
                       ? rg_rules_find_item(c->rules, list, t->lexeme->lower)
                       : RG_NONE;
        if (item != RG_NONE)
            now = turn_quote(now, &last, rg_rules_item_value(c->rules, list, item));
        c->tokens[i].quote = now;
    }
}

static void read_sentence(coref *c, int index)
{
    const rg_sentence *s = &c->parse->sentences[index];
    for (int i = s->first; i < s->end; i++)
        c->tokens[i] = read_token(c, i, index);
    for (int i = s->end - 1; i >= s->first; i--)
        if (coref_has_edge(c, i, RG_EDGES_SUBJECT))
            c->tokens[c->parse->tokens[i].head].subject = i;
}

void coref_read_tokens(coref *c)
{
    c->tokens = rg_new(c->scratch, token_facts, c->parse->token_count + 1);
    for (int i = 0; i < c->parse->sentence_count; i++)
        read_sentence(c, i);
    read_quotes(c);
}

bool coref_has_edge(const coref *c, int token, rg_edge_group group)
{
    return c->tokens[token].edges >> group & 1;
}

bool coref_has_tag(const coref *c, int token, rg_tag_group group)
{
    return c->tokens[token].tags >> group & 1;
}

/* ---- Up the tree ------------------------------------------------------------------------- */

/* The head, or RG_NONE for the root. */
static int up(const rg_parse *parse, int token)
{
    int head = parse->tokens[token].head;
    return head == token ? RG_NONE : head;
}

/* The first item of the list that the token is a later one of, or what it stands in
 * apposition to. */
static int leading(const coref *c, int token)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        bool follows = coref_has_edge(c, token, RG_EDGES_CONJUNCT)
                       || coref_has_edge(c, token, RG_EDGES_APPOSITION);
        if (!follows || up(c->parse, token) == RG_NONE)
            break;
        token = up(c->parse, token);
    }
    return token;
}

rg_edge_group coref_role(const coref *c, int token)
{
    static const rg_edge_group roles[] = {RG_EDGES_SUBJECT, RG_EDGES_OBJECT,
                                          RG_EDGES_OBLIQUE, RG_EDGES_POSSESSOR,
                                          RG_EDGES_ATTRIBUTE};
    int first = leading(c, token);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (coref_has_edge(c, first, roles[i]))
            return roles[i];
    return RG_EDGES_COUNT;
}

int coref_clause(const coref *c, int token)
{
    int at = up(c->parse, token);
    for (int i = 0; i < MOST_STEPS && at != RG_NONE; i++) {
        if (coref_has_tag(c, at, RG_TAGS_VERB))
            return at;
        at = up(c->parse, at);
    }
    return RG_NONE;
}

/* The noun that a relative clause is about, or RG_NONE. */
static int relative_noun(const coref *c, int verb)
{
    return coref_has_edge(c, verb, RG_EDGES_RELATIVE) ? up(c->parse, verb) : RG_NONE;
}

int coref_subject(const coref *c, int verb)
{
    for (int i = 0; i < MOST_STEPS && verb != RG_NONE; i++) {
        int own = c->tokens[verb].subject, noun = relative_noun(c, verb);
        if (own != RG_NONE && (c->tokens[own].mention != RG_NONE || noun == RG_NONE))
            return own;
        if (noun != RG_NONE)
            return noun; /* "who" stands for it */
        bool shares = coref_has_edge(c, verb, RG_EDGES_CONJUNCT)
                      || coref_has_edge(c, verb, RG_EDGES_OPEN);
        if (!shares)
            return RG_NONE;
        verb = coref_clause(c, verb);
    }
    return RG_NONE;
}

bool coref_is_below(const rg_parse *parse, int token, int top)
{
    for (int i = 0; i < MOST_STEPS && token != RG_NONE; i++) {
        if (token == top)
            return true;
        token = up(parse, token);
    }
    return false;
}

/* ---- Binding ----------------------------------------------------------------------------- */

/* Is the token inside the noun phrase of `head`? Clauses, lists and appositions end it:
 * "the man and his wife", "the man who lost his hat". */
static bool is_within(const coref *c, int token, int head)
{
    static const rg_edge_group ends[] = {RG_EDGES_CONJUNCT, RG_EDGES_APPOSITION,
                                         RG_EDGES_RELATIVE};
    for (int i = 0; i < MOST_STEPS && token != RG_NONE; i++) {
        if (token == head)
            return true;
        for (size_t j = 0; j < sizeof ends / sizeof *ends; j++)
            if (coref_has_edge(c, token, ends[j]))
                return false;
        token = up(c->parse, token);
    }
    return false;
}

/* Is the token an argument of a verb, with nothing but prepositions between? */
static bool is_argument(const coref *c, int token, int verb)
{
    int at = up(c->parse, leading(c, token));
    while (at != RG_NONE && at != verb && coref_has_edge(c, at, RG_EDGES_PREPOSITION))
        at = up(c->parse, at);
    return at == verb;
}

/* "his wife Mary": the owner is not what is owned, nor its name. */
static bool owns(const coref *c, const coref_mention *owner, const coref_mention *owned)
{
    if (owner->role != RG_EDGES_POSSESSOR)
        return false;
    int noun = up(c->parse, owner->head), at = owned->head;
    if (noun == at)
        return true;
    bool names = coref_has_edge(c, at, RG_EDGES_APPOSITION)
                 || coref_has_edge(c, at, RG_EDGES_COMPOUND);
    return names && up(c->parse, at) == noun;
}

/* Is the candidate behind the pronoun below what the pronoun is the subject of? */
static bool is_commanded(const coref *c, const coref_mention *pronoun,
                         const coref_mention *candidate)
{
    bool commands =
        pronoun->role == RG_EDGES_SUBJECT || pronoun->role == RG_EDGES_OBJECT;
    int verb = coref_clause(c, pronoun->head);
    return commands && verb != RG_NONE && candidate->head > pronoun->head
           && coref_is_below(c->parse, candidate->head, verb);
}

bool coref_may_bind(const coref *c, const coref_mention *pronoun,
                    const coref_mention *candidate)
{
    if (pronoun->sentence != candidate->sentence)
        return true;
    if (is_within(c, pronoun->head, candidate->head)
        || is_within(c, candidate->head, pronoun->head) || owns(c, pronoun, candidate)
        || owns(c, candidate, pronoun) || is_commanded(c, pronoun, candidate))
        return false;
    if (pronoun->role == RG_EDGES_POSSESSOR || candidate->role == RG_EDGES_POSSESSOR)
        return true;
    int verb = coref_clause(c, pronoun->head);
    if (verb == RG_NONE || !is_argument(c, pronoun->head, verb))
        return true;
    bool is_subject = leading(c, pronoun->head) == c->tokens[verb].subject;
    if (!is_subject && coref_subject(c, verb) == leading(c, candidate->head))
        return false;
    return !is_argument(c, candidate->head, verb);
}
