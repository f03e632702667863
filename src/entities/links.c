/* links.c - passes that link an anaphor to an earlier mention by what both share.
 *
 * For most primitives that is a key: mentions so far are kept under their keys, and those
 * under the anaphor's are tried, the nearest first. The rest go by the syntax.
 *
 *     token_suffix   "UK Home Office" is kept under "Office", "Home Office"
 *                    "Home Office" asks for itself
 */
#include "entities/coref.h"

#include "base/unicode.h"

enum { MOST_TRIES = 48, LONGEST_KEYED = 12 /* words */ };

/* Mentions under their keys, the newest first. */
typedef struct index {
    rg_arena *arena;
    rg_map *keys;
    int *newest; /* by key */
    int key_room;
    struct node {
        int mention, before;
    } * nodes;
    int node_count, node_room;
} index_of;

typedef struct linking {
    coref *c;
    const rg_coref_pass *pass;
    int number;                             /* of the pass */
    rg_coref_match matches[RG_MATCH_COUNT]; /* those of the pass */
    int match_count;
    bool has_keys;   /* some of them are found by key */
    int determiners; /* those of the pass: the spec's list, or RG_NONE */
    int anaphor;
    int found; /* the antecedent, or RG_NONE */
    int tries;
    bool many; /* several entities fit */
    index_of index;
    rg_buf key;
} linking;

/* ---- The index -------------------------------------------------------------------------------- */

static void keep(index_of *x, rg_str key, int mention)
{
    int known = rg_map_count(x->keys), id = rg_map_put(x->keys, key);
    if (id == known) {
        x->newest =
            rg_arena_grow(x->arena, x->newest, id, &x->key_room, sizeof *x->newest);
        x->newest[id] = RG_NONE;
    }
    x->nodes = rg_arena_grow(x->arena, x->nodes, x->node_count, &x->node_room,
                             sizeof *x->nodes);
    x->nodes[x->node_count].mention = mention;
    x->nodes[x->node_count].before = x->newest[id];
    x->newest[id] = x->node_count++;
}

static bool is_in_window(const linking *l, const coref_mention *anaphor,
                         const coref_mention *candidate)
{
    return l->pass->window < 0
           || anaphor->sentence - candidate->sentence <= l->pass->window;
}

/* Offers a candidate; true ends the search. */
static bool offer(linking *l, int candidate)
{
    const coref *c = l->c;
    const coref_mention *a = &c->mentions[l->anaphor], *b = &c->mentions[candidate];
    bool fits = candidate != l->anaphor && l->pass->antecedents >> b->kind & 1
                && is_in_window(l, a, b) && (b->entity != a->entity || !l->pass->merge)
                && coref_check_all(c, l->pass->checks, a, b);
    if (!fits)
        return ++l->tries > MOST_TRIES;
    bool other = l->found != RG_NONE && c->mentions[l->found].entity != b->entity;
    bool better =
        other && l->pass->frequent
        && coref_cluster(c, b)->names > coref_cluster(c, &c->mentions[l->found])->names;
    if (l->found == RG_NONE || better)
        l->found = candidate;
    bool counts = l->pass->checks >> RG_CHECK_ONE_BEARER & 1;
    l->many |= counts && other;
    return !(counts || l->pass->frequent) || l->many || ++l->tries > MOST_TRIES;
}

static void ask(linking *l, rg_str key)
{
    int id = rg_map_find(l->index.keys, key);
    for (int at = id == RG_NONE ? RG_NONE : l->index.newest[id]; at != RG_NONE;
         at = l->index.nodes[at].before)
        if (offer(l, l->index.nodes[at].mention))
            return;
}

/* What is done with a key: kept for a mention, or asked for. */
typedef void (*use_key)(linking *l, rg_str key, int mention);

static void use_kept(linking *l, rg_str key, int mention)
{
    keep(&l->index, key, mention);
}

static void use_asked(linking *l, rg_str key, int mention)
{
    (void)mention;
    ask(l, key);
}

/* Keys of different primitives begin with different letters. */
static void put_key(linking *l, use_key use, char kind, rg_str text, int mention)
{
    l->key.len = 0;
    rg_buf_byte(&l->key, kind);
    rg_buf_put(&l->key, text);
    use(l, rg_buf_str(&l->key), mention);
}

/* ---- Names ------------------------------------------------------------------------------------- */

/* Where each word of the norm begins; their number. */
static int split(rg_str norm, int *starts)
{
    int count = 0;
    for (int i = 0; i < norm.len && count < LONGEST_KEYED; i++)
        if (i == 0 || norm.bytes[i - 1] == ' ')
            starts[count++] = i;
    return count;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* "International Business Machines" -> "IBM"; small words may be left out. */
static rg_str initials(linking *l, const coref_mention *m, bool all)
{
    int starts[LONGEST_KEYED], count = split(m->norm, starts);
    rg_buf out = rg_buf_in(l->index.arena);
    for (int i = 0; i < count && count > 1; i++) {
        char letter = m->norm.bytes[starts[i]];
        bool capital = (letter >= 'A' && letter <= 'Z') || is_digit(letter);
        if (capital || (all && letter >= 'a' && letter <= 'z'))
            rg_buf_byte(&out, capital ? letter : (char)(letter - 'a' + 'A'));
    }
    return rg_buf_str(&out);
}

/* "U.S." -> "US" if it is all capitals, figures and full stops; else empty. */
static rg_str acronym(linking *l, const coref_mention *m)
{
    rg_buf out = rg_buf_in(l->index.arena);
    for (int i = 0; i < m->norm.len; i++) {
        char letter = m->norm.bytes[i];
        if ((letter >= 'A' && letter <= 'Z') || (i > 0 && is_digit(letter)))
            rg_buf_byte(&out, letter);
        else if (letter != '.')
            return (rg_str){"", 0};
    }
    return out.len > 1 ? rg_buf_str(&out) : (rg_str){"", 0};
}

static void use_acronym(linking *l, use_key use, char as_short, char as_long,
                        int mention)
{
    const coref_mention *m = &l->c->mentions[mention];
    rg_str small = acronym(l, m), all = initials(l, m, true),
           some = initials(l, m, false);
    if (small.len > 1)
        put_key(l, use, as_short, small, mention);
    if (all.len > 1)
        put_key(l, use, as_long, all, mention);
    if (some.len > 1 && !rg_str_equal(all, some))
        put_key(l, use, as_long, some, mention);
}

/* The ends of a name's core, or its beginnings: "Supreme Court" of "Italian Supreme Court of
 * Cassation"; "Oxford" is no end of "University of Oxford". */
static void use_parts(linking *l, use_key use, char whole, char part, bool ends,
                      int mention)
{
    const coref_mention *m = &l->c->mentions[mention];
    int starts[LONGEST_KEYED], count = split(m->core, starts);
    put_key(l, use, whole, m->norm, mention);
    if (m->core.len < m->norm.len)
        put_key(l, use, part, m->core, mention);
    for (int i = 1; i < count; i++)
        if (ends
            || !is_digit(m->core.bytes[starts[i]])) /* "London 2012" is no London */
            put_key(l, use, part,
                    ends ? rg_str_cut(m->core, starts[i], m->core.len)
                         : rg_str_cut(m->core, 0, starts[i] - 1),
                    mention);
}

/* One word of a name: its first or its last; not what a year follows: "London 2012". */
static void use_word(linking *l, use_key use, char whole, char part, bool last,
                     int mention)
{
    const coref_mention *m = &l->c->mentions[mention];
    int starts[LONGEST_KEYED], count = split(m->norm, starts);
    if (count == 1)
        put_key(l, use, whole, m->norm, mention);
    else if (last)
        put_key(l, use, part, rg_str_cut(m->norm, starts[count - 1], m->norm.len),
                mention);
    else if (!is_digit(m->norm.bytes[starts[1]]))
        put_key(l, use, part, rg_str_cut(m->norm, 0, starts[1] - 1), mention);
}

/* First and last word, for names that differ in the middle. */
static void use_outer(linking *l, use_key use, int mention)
{
    const coref_mention *m = &l->c->mentions[mention];
    int starts[LONGEST_KEYED], count = split(m->norm, starts);
    if (count < 2)
        return;
    rg_str first = rg_str_cut(m->norm, 0, starts[1] - 1),
           last = rg_str_cut(m->norm, starts[count - 1], m->norm.len);
    put_key(
        l, use, 'o',
        rg_arena_format(l->index.arena, "%.*s %.*s", RG_PRINT(first), RG_PRINT(last)),
        mention);
}

/* Without what says the legal form: "Acme Inc". */
static rg_str bare_name(const linking *l, const coref_mention *m)
{
    rg_str norm = m->norm;
    for (int blank; (blank = norm.len) > 0;) {
        while (blank > 0 && norm.bytes[blank - 1] != ' ')
            blank--;
        rg_str last = rg_str_cut(norm, blank, norm.len);
        bool is_suffix = blank > 1
                         && coref_list_item(l->c, RG_WORDS_SUFFIX,
                                            rg_unicode_lower(l->index.arena, last))
                                != RG_NONE;
        if (!is_suffix)
            break;
        norm = rg_str_trim(rg_str_cut(norm, 0, blank));
        while (norm.len > 0 && norm.bytes[norm.len - 1] == ',')
            norm.len--;
    }
    return norm;
}

/* The name in small letters, so that "NATO" and "Nato" are one; not so a short one: "US"
 * is no "us". */
static void use_equal(linking *l, use_key use, int mention)
{
    enum { SHORT = 3 };
    const coref_mention *m = &l->c->mentions[mention];
    rg_str bare = bare_name(l, m);
    put_key(l, use, 'e',
            bare.len <= SHORT ? bare : rg_unicode_lower(l->index.arena, bare), mention);
}

/* "Beijing", where it speaks, is China. */
static void use_capital(linking *l, use_key use, bool ask_for, int mention)
{
    const coref_mention *m = &l->c->mentions[mention];
    int list = l->c->spec->words[RG_WORDS_CAPITAL];
    if (list == RG_NONE)
        return;
    if (!ask_for) {
        rg_str label =
            m->label == RG_NONE ? m->norm : rg_map_key(l->c->rules->labels, m->label);
        put_key(l, use, 'c', label, mention);
        return;
    }
    int item = rg_rules_find_item(l->c->rules, list,
                                  rg_unicode_lower(l->index.arena, m->norm));
    if (item != RG_NONE)
        put_key(l, use, 'c', rg_rules_item_value(l->c->rules, list, item), mention);
}

/* ---- Nouns -------------------------------------------------------------------------------------- */

/* The last word of a name's core asks for nouns; of a name of one word only behind an
 * article: "the Court". */
static void use_last_word(linking *l, use_key use, int mention)
{
    const coref *c = l->c;
    const coref_mention *m = &c->mentions[mention];
    if (m->kind != RG_MENTION_NAME)
        put_key(l, use, 'w', m->norm, mention);
    else if (m->words > 1
             || (m->first > c->parse->sentences[m->sentence].first
                 && coref_word_is(c, RG_WORDS_ARTICLE, m->first - 1)))
        put_key(l, use, 'w', c->parse->tokens[m->core_end - 1].lexeme->lower, mention);
}

/* The phrase in small letters, without "the", if it is plain: two words and more, no
 * number, no owner, no "a". */
static void use_phrase(linking *l, use_key use, int mention)
{
    const coref *c = l->c;
    const coref_mention *m = &c->mentions[mention];
    int first = m->first;
    if (coref_word_is(c, RG_WORDS_DEFINITE, first))
        first++;
    rg_buf text = rg_buf_in(l->index.arena);
    for (int i = first; i < m->end; i++) {
        if (coref_has_edge(c, i, RG_EDGES_DETERMINER)
            || coref_has_edge(c, i, RG_EDGES_POSSESSOR)
            || coref_has_tag(c, i, RG_TAGS_NUMBER))
            return;
        if (i > first)
            rg_buf_byte(&text, ' ');
        rg_buf_put(&text, c->parse->tokens[i].lexeme->lower);
    }
    if (m->end > first + 1)
        put_key(l, use, 'q', rg_buf_str(&text), mention);
}

static void put_type_key(linking *l, use_key use, int type, int mention)
{
    put_key(l, use, 't', l->c->rules->types[type].name, mention);
}

/* Is there a noun list for a more special type that fits as well? */
static bool is_told_closer(const coref *c, int type, const rg_type_noun *noun)
{
    for (int i = 0; i < c->spec->noun_count; i++) {
        int other = c->spec->nouns[i].type;
        if (other != noun->type && rg_rules_is_kind(c->rules, other, noun->type)
            && rg_rules_is_kind(c->rules, type, other))
            return true;
    }
    return false;
}

/* A noun for things of a type asks for it; a name is kept under the most special type
 * that it is a kind of: "the bank" is no court. */
static void use_type_noun(linking *l, use_key use, int mention)
{
    const coref *c = l->c;
    const coref_mention *m = &c->mentions[mention];
    int type = coref_cluster(c, m)->type;
    for (int i = 0; i < c->spec->noun_count; i++) {
        const rg_type_noun *noun = &c->spec->nouns[i];
        bool named = m->kind == RG_MENTION_NAME && type != RG_NONE
                     && rg_rules_is_kind(c->rules, type, noun->type)
                     && !is_told_closer(c, type, noun);
        bool asks = m->kind == RG_MENTION_NOMINAL
                    && rg_rules_find_item(c->rules, noun->list, m->norm) != RG_NONE;
        if (named || asks)
            put_type_key(l, use, noun->type, mention);
    }
}

/* "her mother", of the same her. */
static void use_owner(linking *l, use_key use, int mention)
{
    const coref_mention *m = &l->c->mentions[mention];
    int owner = coref_owner(l->c, m->head);
    if (owner != RG_NONE)
        put_key(l, use, 'p',
                rg_arena_format(l->index.arena, "%d %.*s", l->c->mentions[owner].entity,
                                RG_PRINT(m->norm)),
                mention);
}

static void use_keys(linking *l, rg_coref_match match, bool asked, int mention)
{
    use_key use = asked ? use_asked : use_kept;
    const coref_mention *m = &l->c->mentions[mention];
    switch (match) {
    case RG_MATCH_EQUAL: use_equal(l, use, mention); break;
    case RG_MATCH_ALIAS:
        if (m->label != RG_NONE)
            put_key(l, use, 'a', rg_map_key(l->c->rules->labels, m->label), mention);
        break;
    case RG_MATCH_ACRONYM:
        use_acronym(l, use, asked ? 'l' : 's', asked ? 's' : 'l', mention);
        break;
    case RG_MATCH_SUFFIX:
        use_parts(l, use, asked ? 'x' : 'X', asked ? 'X' : 'x', true, mention);
        break;
    case RG_MATCH_PREFIX:
        use_parts(l, use, asked ? 'y' : 'Y', asked ? 'Y' : 'y', false, mention);
        break;
    case RG_MATCH_LAST:
        use_word(l, use, asked ? 'z' : 'Z', asked ? 'Z' : 'z', true, mention);
        break;
    case RG_MATCH_FIRST:
        use_word(l, use, asked ? 'f' : 'F', asked ? 'F' : 'f', false, mention);
        break;
    case RG_MATCH_SUBSEQUENCE: use_outer(l, use, mention); break;
    case RG_MATCH_SAME_HEAD: put_key(l, use, 'h', m->norm, mention); break;
    case RG_MATCH_LAST_WORD: use_last_word(l, use, mention); break;
    case RG_MATCH_TYPE_NOUN: use_type_noun(l, use, mention); break;
    case RG_MATCH_CAPITAL: use_capital(l, use, asked, mention); break;
    case RG_MATCH_OWNER: use_owner(l, use, mention); break;
    case RG_MATCH_SAME_PHRASE: use_phrase(l, use, mention); break;
    default: break; /* by the syntax */
    }
}

/* ---- By the syntax --------------------------------------------------------------------------- */

static int mention_at(const coref *c, int token)
{
    return token == RG_NONE ? RG_NONE : c->tokens[token].mention;
}

int coref_owner(const coref *c, int token)
{
    const rg_sentence *s = &c->parse->sentences[c->tokens[token].sentence];
    bool is_person = coref_lemma_is(c, RG_WORDS_PERSON, token); /* "Acme chairman" */
    for (int i = token - 1; i >= s->first; i--)
        if (c->parse->tokens[i].head == token
            && (coref_has_edge(c, i, RG_EDGES_POSSESSOR)
                || (is_person && coref_has_edge(c, i, RG_EDGES_COMPOUND)
                    && coref_has_tag(c, i, RG_TAGS_PROPER))))
            return mention_at(c, i);
    return RG_NONE;
}

/* How many letters of the acronym are initials of no word of the name. */
static int count_foreign(linking *l, rg_str letters, const coref_mention *m)
{
    rg_str all = initials(l, m, true);
    bool used[LONGEST_KEYED] = {false};
    int foreign = 0;
    for (int i = 0; i < letters.len; i++) {
        int j = 0;
        while (j < all.len && (used[j] || all.bytes[j] != letters.bytes[i]))
            j++;
        foreign += j == all.len;
        if (j < all.len)
            used[j] = true;
    }
    return all.len < 2 ? letters.len : foreign;
}

/* "Movimento 5 Stelle (M5S)", "CEI (Italian Episcopal Conference)": the name before the
 * bracket, if the letters fit in any order; a long acronym may have one more. */
static int find_bracketed(linking *l, const coref_mention *m)
{
    const coref *c = l->c;
    int bracket = m->first - 1, at = l->anaphor - 1;
    while (bracket >= 0 && coref_word_is(c, RG_WORDS_ARTICLE, bracket))
        bracket--;
    if (bracket < 1 || at < 0
        || !rg_str_is(c->parse->tokens[bracket].lexeme->text, "("))
        return RG_NONE;
    const coref_mention *before = &c->mentions[at];
    if (before->kind != RG_MENTION_NAME || before->end != bracket)
        return RG_NONE;
    rg_str inner = acronym(l, m), outer = acronym(l, before);
    const coref_mention *full = inner.len > 1 ? before : m;
    rg_str letters = inner.len > 1 ? inner : outer;
    bool fits = letters.len > 1 && count_foreign(l, letters, full) <= letters.len / 4;
    return fits ? at : RG_NONE;
}

/* "chairman and founder Ann Lee": the name that a title joined by "and" belongs to. */
static int find_titled(const coref *c, const coref_mention *m)
{
    int i = m->head + 1, end = c->parse->sentences[m->sentence].end;
    bool plain = !coref_has_edge(c, m->first, RG_EDGES_DETERMINER)
                 && coref_lemma_is(c, RG_WORDS_PERSON, m->head);
    while (plain && i < end && !coref_has_tag(c, i, RG_TAGS_PROPER)
           && !rg_token_is_mark(&c->parse->tokens[i]))
        i++;
    int name = i < end ? c->parse->tokens[i].head : RG_NONE;
    if (!plain || i == end || i == m->head + 1
        || !coref_lemma_is(c, RG_WORDS_PERSON, i - 1))
        return RG_NONE;
    if (c->tokens[i].mention != RG_NONE && !coref_has_edge(c, i, RG_EDGES_COMPOUND))
        name = i;
    bool joined = coref_has_edge(c, name, RG_EDGES_CONJUNCT)
                  && c->parse->tokens[name].head == m->head
                  && c->parse->tokens[i - 1].head == name;
    return joined ? mention_at(c, name) : RG_NONE;
}

/* What the mention stands in apposition to: of several that are joined, the last one. */
static int find_apposed(const coref *c, const coref_mention *m)
{
    if (!coref_has_edge(c, m->head, RG_EDGES_APPOSITION))
        return RG_NONE;
    int said_of = c->parse->tokens[m->head].head;
    for (int i = said_of + 1; i < m->first; i++)
        if (coref_has_edge(c, i, RG_EDGES_CONJUNCT)
            && c->parse->tokens[i].head == said_of)
            said_of = i;
    return mention_at(c, said_of);
}

/* The subject of which the mention is said: "Ann is the founder". */
static int find_described(const coref *c, const coref_mention *m)
{
    int verb = c->parse->tokens[m->head].head;
    bool said = coref_has_edge(c, m->head, RG_EDGES_ATTRIBUTE)
                && coref_lemma_is(c, RG_WORDS_LINK, verb);
    return said ? mention_at(c, coref_subject(c, verb)) : RG_NONE;
}

/* The subject of the anaphor's clause, for "himself". */
static int find_local(const coref *c, const coref_mention *m)
{
    int verb = coref_clause(c, m->head);
    return verb == RG_NONE ? RG_NONE : mention_at(c, coref_subject(c, verb));
}

/* The last subject of a verb of saying, or of any verb, in the sentence that stands outside
 * quotations. */
static int find_speaker_in(const coref *c, int sentence, int block, bool any)
{
    if (sentence < 0 || sentence >= c->parse->sentence_count)
        return RG_NONE;
    const rg_sentence *s = &c->parse->sentences[sentence];
    int found = RG_NONE;
    for (int i = s->first; i < s->end && s->block == block; i++) {
        int subject = c->tokens[i].subject;
        if (subject != RG_NONE && c->tokens[subject].quote == 0
            && mention_at(c, subject) != RG_NONE
            && (any || coref_lemma_is(c, RG_WORDS_REPORT, i)))
            found = mention_at(c, subject);
    }
    return found;
}

/* The sentence before the paragraph, if a colon at its end introduces this. */
static int find_introduction(const coref *c, int sentence)
{
    enum { MOST_SENTENCES = 32 };
    const rg_sentence *sentences = c->parse->sentences;
    int at = sentence;
    while (at > 0 && sentences[at].block == sentences[sentence].block
           && sentence - at < MOST_SENTENCES)
        at--;
    int last = sentences[at].end - 1;
    while (last > sentences[at].first && c->parse->tokens[last].lexeme->is_space)
        last--;
    return sentences[at].block != sentences[sentence].block
                   && rg_str_ends(c->parse->tokens[last].lexeme->text, RG_STR(":"))
               ? at
               : RG_NONE;
}

/* Who says the quotation that the mention stands in. */
static int find_speaker(const coref *c, const coref_mention *m)
{
    static const int order[] = {0, -1, 1, -2};
    int block = c->parse->sentences[m->sentence].block;
    if (c->tokens[m->head].quote == 0)
        return RG_NONE;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        int found = find_speaker_in(c, m->sentence + order[i], block, false);
        if (found != RG_NONE)
            return found;
    }
    int before = find_introduction(c, m->sentence);
    return before == RG_NONE
               ? RG_NONE
               : find_speaker_in(c, before, c->parse->sentences[before].block, true);
}

static void offer_by_syntax(linking *l, rg_coref_match match)
{
    const coref *c = l->c;
    const coref_mention *m = &c->mentions[l->anaphor];
    int found = RG_NONE;
    switch (match) {
    case RG_MATCH_APPOSITION: found = find_apposed(c, m); break;
    case RG_MATCH_COPULA: found = find_described(c, m); break;
    case RG_MATCH_LOCAL: found = find_local(c, m); break;
    case RG_MATCH_SPEAKER: found = find_speaker(c, m); break;
    case RG_MATCH_BRACKETS: found = find_bracketed(l, m); break;
    case RG_MATCH_TITLES: found = find_titled(c, m); break;
    default: return;
    }
    if (found != RG_NONE)
        offer(l, found);
}

/* ---- A pass ------------------------------------------------------------------------------------ */

/* Which of the spec's lists is this one, or RG_NONE? */
static int words_of(const rg_coref_spec *spec, int list)
{
    for (int i = 0; i < RG_WORDS_COUNT && list != RG_NONE; i++)
        if (spec->words[i] == list)
            return i;
    return RG_NONE;
}

/* Does the mention begin with one of the determiners that the pass asks for? */
static bool is_determined(const linking *l, const coref_mention *m)
{
    const coref *c = l->c;
    if (l->pass->determiners == RG_NONE)
        return true;
    if (m->first == m->head)
        return false;
    return l->determiners == RG_NONE
               ? rg_rules_find_item(c->rules, l->pass->determiners,
                                    c->parse->tokens[m->first].lexeme->lower)
                     != RG_NONE
               : coref_word_is(c, (rg_coref_words)l->determiners, m->first);
}

/* Is the mention, of a kind that the pass links, one that it links? */
static bool is_anaphor(const linking *l, int index)
{
    const coref *c = l->c;
    const rg_coref_pass *pass = l->pass;
    const coref_mention *m = &c->mentions[index];
    bool asked = pass->pronouns == 0
                 || (m->pronoun != RG_NONE && pass->pronouns >> m->pronoun & 1);
    return asked && is_determined(l, m) && (!pass->bare || m->head == m->first + 1)
           && coref_may_link(c, pass->checks, m);
}

static void link_anaphor(linking *l, int index)
{
    l->anaphor = index;
    l->found = RG_NONE;
    l->tries = 0;
    l->many = false;
    for (int i = 0; i < l->match_count && l->found == RG_NONE; i++) {
        use_keys(l, l->matches[i], true, index);
        offer_by_syntax(l, l->matches[i]);
    }
    if (l->found == RG_NONE || l->many
        || !coref_link(l->c, index, l->found, l->number, 1))
        return;
    /* "Beijing", the government, is not the name of the city for later passes. */
    coref_mention *m = &l->c->mentions[index];
    if (l->pass->matches >> RG_MATCH_CAPITAL & 1)
        m->core = m->norm = l->c->mentions[l->found].norm;
}

static void keep_antecedent(linking *l, int index)
{
    for (int i = 0; i < l->match_count; i++)
        use_keys(l, l->matches[i], false, index);
}

/* Matches that are found by the syntax, not by key. */
static const uint32_t by_syntax = 1U << RG_MATCH_APPOSITION | 1U << RG_MATCH_COPULA
                                  | 1U << RG_MATCH_LOCAL | 1U << RG_MATCH_SPEAKER
                                  | 1U << RG_MATCH_BRACKETS | 1U << RG_MATCH_TITLES;

static linking new_linking(coref *c, int pass, rg_arena *arena)
{
    linking l = {.c = c,
                 .pass = &c->spec->passes[pass],
                 .number = pass,
                 .determiners = words_of(c->spec, c->spec->passes[pass].determiners),
                 .index = {.arena = arena, .keys = rg_map_new(arena)},
                 .key = rg_buf_in(arena)};
    for (int i = 0; i < RG_MATCH_COUNT; i++)
        if (l.pass->matches >> i & 1) {
            l.matches[l.match_count++] = (rg_coref_match)i;
            l.has_keys |= !(by_syntax >> i & 1);
        }
    return l;
}

/* Antecedents stand before the anaphor, but that of a capital anywhere. Of an entity only
 * the first mention is linked. Kinds and followers are read from tables of their own, for
 * most passes pass most mentions by. */
void coref_run_links(coref *c, int pass)
{
    rg_arena_mark mark = rg_arena_mark_now(c->scratch);
    rg_arena *arena = rg_arena_child(c->scratch);
    linking l = new_linking(c, pass, arena);
    uint32_t anaphors = l.pass->anaphors;
    uint32_t antecedents = l.has_keys ? l.pass->antecedents : 0;
    bool both_ways = l.pass->matches >> RG_MATCH_CAPITAL & 1;
    for (int i = 0; i < c->mention_count && both_ways; i++)
        if (antecedents >> c->kinds[i] & 1)
            keep_antecedent(&l, i);
    for (int i = 0; i < c->mention_count; i++) {
        bool may_link = !l.pass->merge || !c->follows[i];
        if (may_link && anaphors >> c->kinds[i] & 1 && is_anaphor(&l, i))
            link_anaphor(&l, i);
        if (!both_ways && antecedents >> c->kinds[i] & 1)
            keep_antecedent(&l, i);
    }
    rg_arena_free(arena);
    rg_arena_reset(c->scratch, mark);
}
