/* find.c - names, nouns and pronouns of the analysis -> mentions, in text order. */
#include "entities/coref.h"

#include "base/unicode.h"

static const rg_token *token_at(const coref *c, int token)
{
    return &c->parse->tokens[token];
}

static rg_str lower_of(const coref *c, int token)
{
    return token_at(c, token)->lexeme->lower;
}

/* The token of [first, end) whose head lies outside, the last one if there are several. */
static int find_head(const coref *c, int first, int end)
{
    for (int i = end - 1; i >= first; i--) {
        int head = token_at(c, i)->head;
        bool outside = head < first || head >= end || head == i;
        if (outside && !rg_token_is_mark(token_at(c, i)))
            return i;
    }
    return end - 1;
}

static bool is_trimmed(const coref *c, int token)
{
    return rg_token_is_mark(token_at(c, token)) || token_at(c, token)->lexeme->is_space
           || coref_has_tag(c, token, RG_TAGS_GENITIVE);
}

/* Words of [first, end) with single blanks between, as they stand or in lower case. */
static rg_str join(const coref *c, int first, int end)
{
    if (end == first + 1)
        return token_at(c, first)->lexeme->text;
    rg_buf out = rg_buf_in(c->arena);
    for (int i = first; i < end; i++) {
        if (token_at(c, i)->lexeme->is_space)
            continue;
        if (out.len > 0 && token_at(c, i - 1)->space_after)
            rg_buf_byte(&out, ' ');
        rg_buf_put(&out, token_at(c, i)->lexeme->text);
    }
    return rg_buf_str(&out);
}

/* ---- Numbers and roles --------------------------------------------------------------------- */

/* Does the noun phrase stand within another one: "the owner of the house"? */
static bool is_embedded(const coref *c, int head)
{
    int above = token_at(c, head)->head;
    if (above == head || !coref_has_edge(c, head, RG_EDGES_OBLIQUE))
        return coref_has_edge(c, head, RG_EDGES_COMPOUND);
    int noun = token_at(c, above)->head;
    return noun != above
           && (coref_has_tag(c, noun, RG_TAGS_NOUN)
               || coref_has_tag(c, noun, RG_TAGS_PROPER));
}

static coref_mention new_mention(const coref *c, rg_mention_kind kind, int first,
                                 int end, int head)
{
    return (coref_mention){
        .first = first,
        .end = end,
        .head = head,
        .sentence = c->tokens[head].sentence,
        .kind = kind,
        .role = coref_role(c, head),
        .pronoun = RG_NONE,
        .label = RG_NONE,
        .type = RG_NONE,
        .words = 1,
        .plural = coref_has_tag(c, head, RG_TAGS_PLURAL),
        .conjunct = coref_has_edge(c, head, RG_EDGES_CONJUNCT),
        .embedded = is_embedded(c, head),
        .compound = coref_has_edge(c, head, RG_EDGES_COMPOUND),
        .next = RG_NONE,
        .antecedent = RG_NONE,
        .pass = RG_NONE,
        .share = 1,
    };
}

static void put_mention(coref *c, coref_mention m)
{
    if (c->tokens[m.head].mention != RG_NONE)
        return; /* one mention a head */
    c->mentions = rg_arena_grow(c->scratch, c->mentions, c->mention_count,
                                &c->mention_capacity, sizeof *c->mentions);
    c->tokens[m.head].mention = c->mention_count;
    c->mentions[c->mention_count++] = m;
}

/* ---- Names ----------------------------------------------------------------------------------- */

/* Titles and articles at the front, marks at both ends are no part of a name. */
static void trim_name(const coref *c, int *first, int *end)
{
    while (*end > *first + 1 && is_trimmed(c, *end - 1))
        --*end;
    while (*end > *first + 1
           && (is_trimmed(c, *first) || coref_word_is(c, RG_WORDS_ARTICLE, *first)))
        ++*first;
    while (*end > *first + 1 && coref_word_is(c, RG_WORDS_TITLE, *first)
           && coref_has_tag(c, *first + 1, RG_TAGS_PROPER))
        ++*first;
}

/* A name that runs over the end of a line is cut there. */
static int cut_at_line(const coref *c, int first, int end)
{
    for (int i = first; i < end; i++)
        if (token_at(c, i)->lexeme->is_space
            && rg_str_find_byte(token_at(c, i)->lexeme->text, '\n', 0) >= 0)
            return i;
    return end;
}

static int count_words(rg_str norm)
{
    int count = 1;
    for (int i = 0; i < norm.len; i++)
        count += norm.bytes[i] == ' ';
    return count;
}

/* What is known of a name before its mention is made. */
typedef struct known {
    int label, type;
    bool declared;
    bool seen; /* it was a name before */
    rg_str printed;
} known;

/* Where the first small word of a name stands, or its end. */
static int find_core_end(const coref *c, int first, int end)
{
    for (int i = first + 1; i < end - 1; i++)
        if (coref_word_is(c, RG_WORDS_JOINT, i))
            return i;
    return end;
}

static void put_name(coref *c, int first, int end, known about)
{
    end = cut_at_line(c, first, end);
    if (end <= first)
        return;
    trim_name(c, &first, &end);
    int head = find_head(c, first, end);
    bool is_noun =
        coref_has_tag(c, head, RG_TAGS_PROPER) || coref_has_tag(c, head, RG_TAGS_NOUN);
    if (!is_noun && !about.declared && !about.seen)
        return; /* "Chinese" */
    coref_mention m = new_mention(c, RG_MENTION_NAME, first, end, head);
    while (end > first + 2 && coref_word_is(c, RG_WORDS_HONOUR, end - 1))
        end--; /* "Ann Lee OBE" is called Ann Lee */
    m.norm = join(c, first, end);
    m.words = count_words(m.norm);
    m.core_end = find_core_end(c, first, end);
    m.core = m.core_end == end ? m.norm : join(c, first, m.core_end);
    m.label = about.label;
    m.type = about.type;
    m.declared = about.declared;
    m.printed = about.printed;
    put_mention(c, m);
    if (m.words == 1)
        rg_map_put(c->seen, m.norm);
}

static bool is_name_type(const coref *c, int type)
{
    int name = c->spec->type_name;
    return type != RG_NONE
           && (name == RG_NONE || rg_rules_is_kind(c->rules, type, name));
}

/* Is the word written with a capital? */
static bool has_capital(const coref *c, int token)
{
    return !rg_str_equal(token_at(c, token)->lexeme->text, lower_of(c, token));
}

static bool is_proper(const coref *c, int token)
{
    return coref_has_tag(c, token, RG_TAGS_PROPER) && has_capital(c, token)
           && c->names->of_token[token] == RG_NONE
           && token_at(c, token)->lexeme->text.len > 1
           && !rg_token_is_mark(token_at(c, token));
}

static bool is_same_sentence(const coref *c, int a, int b)
{
    return b < c->parse->token_count && c->tokens[a].sentence == c->tokens[b].sentence;
}

/* The token behind the name or the run of proper nouns that begins at `token`, or
 * `token` if none does. */
static int find_proper_end(const coref *c, int token)
{
    int end = token, found = c->names->of_token[token];
    if (found != RG_NONE && c->names->items[found].name)
        return is_name_type(c, c->names->items[found].type) ? c->names->items[found].end
                                                            : token;
    while (is_same_sentence(c, token, end) && is_proper(c, end))
        end++;
    return end;
}

static bool is_headed_in(const coref *c, int token, int first, int end)
{
    int head = token_at(c, token)->head;
    return head >= first && head < end && head != token;
}

/* "Movimento 5 Stelle": a number between two proper nouns on which it hangs. The token
 * behind, or `end`. */
static int add_number(const coref *c, int first, int end)
{
    if (!is_same_sentence(c, first, end + 1) || !coref_has_tag(c, end, RG_TAGS_NUMBER)
        || !coref_has_tag(c, end + 1, RG_TAGS_PROPER))
        return end;
    int behind = find_proper_end(c, end + 1);
    return behind > end + 1 && is_headed_in(c, end, first, behind) ? behind : end;
}

/* "Municipality of Livorno": a word for a body, a small word that hangs on it, a name. The
 * token behind, or `end`. */
static int add_place(const coref *c, int first, int end)
{
    bool is_body = coref_word_is(c, RG_WORDS_ORG_WORD, end - 1)
                   || coref_word_is(c, RG_WORDS_PLACE_WORD, end - 1);
    if (!is_body || !is_same_sentence(c, first, end + 1)
        || !coref_word_is(c, RG_WORDS_JOINT, end) || !is_headed_in(c, end, first, end))
        return end;
    int next = end + 1 + coref_word_is(c, RG_WORDS_ARTICLE, end + 1);
    if (!is_same_sentence(c, first, next))
        return end;
    int behind = find_proper_end(c, next);
    return behind > next ? behind : end;
}

/* A name found before the rules; the token behind it. */
static int take_name(coref *c, int token)
{
    const rg_mention *found = &c->names->items[c->names->of_token[token]];
    bool is_known = found->label != RG_NONE || found->printed.len > 0;
    if (!found->name || (!is_known && !is_name_type(c, found->type)))
        return found->end;
    int end = is_known ? found->end : add_place(c, token, found->end);
    put_name(c, token, end,
             (known){.label = found->label,
                     .type = found->type,
                     .declared = is_known || found->given,
                     .printed = found->printed});
    return end;
}

/* A run of proper nouns that the model has given no kind; the token behind it. */
static int take_run(coref *c, int token)
{
    known about = {.label = RG_NONE, .type = RG_NONE};
    int run = find_proper_end(c, token), end = add_number(c, token, run);
    int last = end > run ? c->names->of_token[end - 1] : RG_NONE;
    if (last != RG_NONE && c->names->items[last].given)
        about.type = c->names->items[last].type; /* "London 2012 Olympics" */
    end = add_place(c, token, end);
    bool is_title = end == token + 1
                    && (coref_word_is(c, RG_WORDS_TITLE, token)
                        || coref_word_is(c, RG_WORDS_PERSON, token));
    if (!is_title)
        put_name(c, token, end, about);
    return end;
}

/* A word with a capital that was a name before, whatever the model calls it here: "the
 * Lombardy region". */
static bool take_seen(coref *c, int token)
{
    bool inside = token > c->parse->sentences[c->tokens[token].sentence].first;
    if (!inside || !has_capital(c, token) || c->names->of_token[token] != RG_NONE
        || rg_map_find(c->seen, token_at(c, token)->lexeme->text) == RG_NONE)
        return false;
    put_name(c, token, token + 1,
             (known){.label = RG_NONE, .type = RG_NONE, .seen = true});
    return true;
}

/* ---- Nouns and pronouns --------------------------------------------------------------------- */

/* Where the noun phrase begins that ends with its head: the leftmost word that hangs on it,
 * but behind a name that owns it ("Acme's" chairman). */
static int phrase_first(const coref *c, int head)
{
    int first = head;
    for (int i = head - 1; i >= c->parse->sentences[c->tokens[head].sentence].first;
         i--) {
        if (!coref_is_below(c->parse, i, head))
            break;
        bool own = token_at(c, i)->head == head;
        if (own && coref_has_edge(c, i, RG_EDGES_POSSESSOR)
            && !coref_has_tag(c, i, RG_TAGS_POSSESSIVE))
            break;
        if (own && !rg_token_is_mark(token_at(c, i)))
            first = i;
    }
    while (first < head && coref_has_tag(c, first, RG_TAGS_GENITIVE))
        first++;
    return first;
}

static bool is_in_value(const coref *c, int token)
{
    int index = c->names->of_token[token];
    return index != RG_NONE && c->names->items[index].name;
}

static void take_noun(coref *c, int token)
{
    bool is_noun = coref_has_tag(c, token, RG_TAGS_NOUN)
                   || coref_has_tag(c, token, RG_TAGS_PROPER);
    if (!is_noun || coref_has_edge(c, token, RG_EDGES_COMPOUND)
        || is_in_value(c, token))
        return;
    coref_mention m =
        new_mention(c, RG_MENTION_NOMINAL, phrase_first(c, token), token + 1, token);
    int found = c->names->of_token[token];
    m.norm = rg_unicode_lower(c->arena, token_at(c, token)->lemma);
    m.type = found == RG_NONE ? RG_NONE : c->names->items[found].type;
    put_mention(c, m);
}

static void take_pronoun(coref *c, int token)
{
    for (int i = 0; i < c->spec->pronoun_count; i++) {
        const rg_pronoun *one = &c->spec->pronouns[i];
        if (one->list == RG_NONE
            || rg_rules_find_item(c->rules, one->list, lower_of(c, token)) == RG_NONE)
            continue;
        coref_mention m = new_mention(c, RG_MENTION_PRONOUN, token, token + 1, token);
        m.pronoun = i;
        m.norm = one->name;
        m.plural = one->plural;
        m.any_number = one->any_number;
        put_mention(c, m);
        return;
    }
}

void coref_find_mentions(coref *c)
{
    c->seen = rg_map_new(c->scratch);
    for (int i = 0; i < c->parse->token_count;) {
        int named = c->names->of_token[i];
        bool is_name = named != RG_NONE && c->names->items[named].name;
        if (is_name) {
            i = take_name(c, i);
        } else if (is_proper(c, i)) {
            int end = take_run(c, i);
            for (; i < end; i++)
                take_noun(c, i); /* what became no name */
        } else {
            if (coref_has_tag(c, i, RG_TAGS_PRONOUN))
                take_pronoun(c, i);
            else if (!take_seen(c, i))
                take_noun(c, i);
            i++;
        }
    }
    for (int i = 0; i < c->mention_count; i++)
        coref_note_clues(c, &c->mentions[i]);
}
