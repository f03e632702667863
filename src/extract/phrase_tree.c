#include "extract/phrase_tree.h"

#include "base/buf.h"
#include "base/ways.h"

#include <limits.h>

enum { LONGEST_PATH = 5 };

/* ---- The tree that joins words and slots ------------------------------------------------ */

/* One sentence at work. */
typedef struct reading_work {
    rg_arena *arena; /* for what stays */
    sentence *s;
    const rg_rule *rule;
    const flat *variant;
    int head[MOST_PARTS]; /* node of each part, RG_NONE: dropped or not found */
    int anchor;           /* part */
    int *by_edge;         /* of each node: the edge by which it is reached */
    bool *asked;          /* parts that the pattern asks for already */
} reading_work;

/* The node of bytes [from, to): of its tokens the one whose head lies outside. */
static int find_node(const sentence *s, int from, int to)
{
    int found = RG_NONE;
    for (int i = 0; i < s->count; i++) {
        const rg_token *token = sentence_token(s, i);
        int end = token->start + token->lexeme->text.len;
        if (token->start < from || end > to)
            continue;
        int head = token->head - s->first;
        const rg_token *above = &s->parse->tokens[token->head];
        bool outside = head == i || above->start < from
                       || above->start + above->lexeme->text.len > to;
        if (outside && !rg_token_is_mark(token))
            found = i;
    }
    return found;
}

static bool is_node(sentence *s, const rg_step *test, int node)
{
    matcher m;
    matcher_begin(&m, s);
    return match_holds(&m, test, node);
}

static int depth_of(const sentence *s, int node)
{
    int depth = 0, at = s->first + node;
    while (s->parse->tokens[at].head != at && depth < s->count) {
        at = s->parse->tokens[at].head;
        depth++;
    }
    return depth;
}

/* Where each part stands, and which words the pattern does not ask for. */
static bool find_heads(reading_work *w, const made *sentence_made)
{
    const rg_phrase_spec *spec = &w->s->rules->phrase;
    for (int i = 0; i < w->variant->count; i++) {
        const rg_phrase_part *part = w->variant->parts[i];
        w->head[i] = find_node(w->s, sentence_made->from[i], sentence_made->to[i]);
        if (part->kind == RG_PHRASE_SLOT && w->head[i] == RG_NONE)
            return false;
        if (part->kind == RG_PHRASE_WORD && !part->exact && w->head[i] != RG_NONE
            && is_node(w->s, &spec->drop, w->head[i]))
            w->head[i] = RG_NONE;
    }
    return true;
}

/* The word that the pattern hangs on: a verb before others, then the highest. */
static int find_anchor(const reading_work *w)
{
    int best = RG_NONE, best_rank = INT_MAX;
    for (int i = 0; i < w->variant->count; i++) {
        if (w->variant->parts[i]->kind == RG_PHRASE_SLOT || w->head[i] == RG_NONE)
            continue;
        bool verb = is_node(w->s, &w->s->rules->phrase.verb, w->head[i]);
        int rank = depth_of(w->s, w->head[i]) + (verb ? 0 : w->s->count);
        if (rank < best_rank) {
            best_rank = rank;
            best = i;
        }
    }
    return best;
}

/* Derived edges are nearer than the parser's: they hold for passives and relatives too. */
static int cost_of(const graph_edge *e)
{
    enum { DERIVED = 10, PARSER = 14 };
    return e->derived_by == RG_NONE ? PARSER : DERIVED;
}

/* Is it the parser's, or one of those that patterns are made of? */
static bool is_usable(const sentence *s, const graph_edge *e)
{
    const rg_phrase_spec *spec = &s->rules->phrase;
    bool usable = e->derived_by == RG_NONE || spec->edge_count == 0;
    for (int i = 0; i < spec->edge_count && !usable; i++)
        usable = spec->edges[i] == e->name;
    return usable && !e->gone;
}

/* Shortest ways from the anchor to all nodes. */
static void find_ways(reading_work *w)
{
    const sentence *s = w->s;
    rg_link *links = rg_new(s->arena, rg_link, s->edge_count + 1);
    int *edges = rg_new(s->arena, int, s->edge_count + 1), count = 0;
    for (int i = 0; i < s->edge_count; i++) {
        const graph_edge *e = &s->edges[i];
        if (!is_usable(s, e))
            continue;
        edges[count] = i;
        links[count++] = (rg_link){e->from, e->to, cost_of(e)};
    }
    w->by_edge =
        rg_ways_find(s->arena, links, count, s->count, w->head[w->anchor], INT_MAX);
    for (int i = 0; i < s->count; i++)
        if (w->by_edge[i] != RG_NONE)
            w->by_edge[i] = edges[w->by_edge[i]];
}

/* ---- The pattern as text ----------------------------------------------------------------- */

static const rg_synonyms *find_synonyms(const rg_rule *rule, rg_str lemma)
{
    for (int i = 0; i < rule->word_count; i++)
        if (rg_str_equal(rule->words[i].word, lemma))
            return &rule->words[i];
    return NULL;
}

static void put_lemma(rg_buf *out, rg_str lemma)
{
    bool plain = true;
    for (int i = 0; i < lemma.len; i++)
        plain = plain
                && ((lemma.bytes[i] >= 'a' && lemma.bytes[i] <= 'z')
                    || (unsigned char)lemma.bytes[i] >= 0x80 || lemma.bytes[i] == '-'
                    || (lemma.bytes[i] == '$' && i == 0));
    if (plain)
        rg_buf_put(out, lemma);
    else
        rg_buf_format(out, "'%.*s'", RG_PRINT(lemma));
}

static void put_synonyms(rg_buf *out, const rg_synonyms *words)
{
    put_lemma(out, words->word);
    for (int i = 0; i < words->count; i++) {
        rg_buf_byte(out, '|');
        put_lemma(out, words->others[i]);
    }
}

rg_str rg_phrases_synonyms(rg_arena *arena, const rg_synonyms *words)
{
    rg_buf out = rg_buf_in(arena);
    put_synonyms(&out, words);
    return rg_buf_str(&out);
}

/* What the pattern asks of a word of the phrase, without brackets. */
static void put_word_test(const reading_work *w, rg_buf *out, int part)
{
    const rg_phrase_part *word = w->variant->parts[part];
    const rg_token *token = sentence_token(w->s, w->head[part]);
    if (word->kind == RG_PHRASE_LIST) {
        rg_buf_format(out, "$%.*s", RG_PRINT(w->s->rules->lists[word->list].name));
        return;
    }
    if (word->exact) {
        rg_buf_format(out, "text='%.*s'", RG_PRINT(word->word));
        return;
    }
    rg_str lemma = rg_str_equal(token->lemma, token->lexeme->text)
                       ? token->lexeme->lower
                       : token->lemma;
    const rg_synonyms *more = find_synonyms(w->rule, lemma);
    if (more)
        put_synonyms(out, more);
    else
        put_lemma(out, lemma);
}

/* A slot for a kind of name also takes names of which nothing tells the kind. */
static bool takes_unknown(const rg_rules *rules, const rg_phrase_part *slot)
{
    const rg_phrase_spec *spec = &rules->phrase;
    bool names = spec->names != RG_NONE && spec->unknown.len > 0;
    for (int i = 0; i < slot->type_count && names; i++)
        names = slot->types[i] != spec->names
                && rg_rules_is_kind(rules, slot->types[i], spec->names);
    return names;
}

static void put_also(const reading_work *w, rg_buf *out, const rg_phrase_part *slot)
{
    const rg_rules *rules = w->s->rules;
    for (int i = 0; i < rules->phrase.also_count; i++)
        for (int t = 0; t < slot->type_count; t++)
            if (slot->types[t] == rules->phrase.also[i].type)
                rg_buf_format(out, "|:%.*s",
                              RG_PRINT(rules->types[rules->phrase.also[i].other].name));
}

static void put_slot_test(const reading_work *w, rg_buf *out,
                          const rg_phrase_part *slot)
{
    rg_buf_byte(out, '[');
    for (int i = 0; i < slot->type_count; i++)
        rg_buf_format(out, "%s:%.*s", i ? "|" : "",
                      RG_PRINT(w->s->rules->types[slot->types[i]].name));
    if (!slot->loose)
        put_also(w, out, slot);
    if (!slot->loose && takes_unknown(w->s->rules, slot))
        rg_buf_format(out, "|%.*s", RG_PRINT(w->s->rules->phrase.unknown));
    if (slot->loose && w->s->rules->phrase.loose.len > 0)
        rg_buf_format(out, "|%.*s", RG_PRINT(w->s->rules->phrase.loose));
    rg_buf_byte(out, ']');
}

/* The part of the phrase that stands at a node, or RG_NONE. */
static int part_at(const reading_work *w, int at)
{
    for (int i = 0; i < w->variant->count; i++)
        if (w->head[i] == at)
            return i;
    return RG_NONE;
}

static void put_step(const reading_work *w, rg_buf *out, const graph_edge *e, bool up)
{
    rg_str name = e->name == RG_NONE ? sentence_token(w->s, e->to)->dep
                                     : rg_map_key(w->s->rules->symbols, e->name);
    rg_buf_format(out, " %c%.*s", up ? '<' : '>', RG_PRINT(name));
    if (e->sub != RG_NONE)
        rg_buf_format(out, ":%.*s", RG_PRINT(sentence_word(w->s, e->sub)));
}

/* The sub-label of an edge stands for the preposition of the phrase. */
static void ask_sub(reading_work *w, const graph_edge *e)
{
    if (e->sub == RG_NONE)
        return;
    rg_str sub = sentence_word(w->s, e->sub);
    for (int i = 0; i < w->variant->count; i++)
        if (w->head[i] != RG_NONE && w->variant->parts[i]->kind == RG_PHRASE_WORD
            && rg_str_equal(sentence_token(w->s, w->head[i])->lexeme->lower, sub))
            w->asked[i] = true;
}

/* The way from the anchor to a node, with a test at each word of the phrase on it; false
 * if there is none, or a long one. */
static bool put_way(reading_work *w, rg_buf *out, int to)
{
    int way[LONGEST_PATH], count = 0;
    for (int at = to; at != w->head[w->anchor];) {
        if (w->by_edge[at] == RG_NONE || count == LONGEST_PATH)
            return false;
        way[count++] = at;
        const graph_edge *e = &w->s->edges[w->by_edge[at]];
        at = e->from == at ? e->to : e->from;
    }
    while (count > 0) {
        int at = way[--count], part = part_at(w, at);
        const graph_edge *e = &w->s->edges[w->by_edge[at]];
        put_step(w, out, e, e->from == at);
        ask_sub(w, e);
        if (part == RG_NONE || w->variant->parts[part]->kind == RG_PHRASE_SLOT)
            continue;
        rg_buf_byte(out, '[');
        put_word_test(w, out, part);
        rg_buf_byte(out, ']');
        w->asked[part] = true;
    }
    return true;
}

static bool put_args(reading_work *w, rg_reading *out)
{
    out->args = rg_new(w->arena, rg_str, w->rule->arg_count);
    for (int i = 0; i < w->variant->count; i++) {
        const rg_phrase_part *part = w->variant->parts[i];
        if (part->kind != RG_PHRASE_SLOT)
            continue;
        rg_buf text = rg_buf_in(w->arena);
        rg_buf_put(&text, w->rule->slots.names[0]);
        if (!put_way(w, &text, w->head[i]))
            return false;
        put_slot_test(w, &text, part);
        for (int a = 0; a < w->rule->arg_count; a++)
            if (w->rule->args[a].slot == part->slot)
                out->args[a] = rg_buf_str(&text);
    }
    return true;
}

/* "[acquire, VERB, has >prt[over]]": the anchor with the words that no path holds. */
static bool put_anchor(reading_work *w, rg_reading *out)
{
    rg_buf text = rg_buf_in(w->arena);
    int anchor = w->head[w->anchor];
    rg_buf_byte(&text, '[');
    put_word_test(w, &text, w->anchor);
    rg_buf_format(&text, ", %.*s", RG_PRINT(sentence_token(w->s, anchor)->pos));
    w->asked[w->anchor] = true;
    for (int i = 0; i < w->variant->count; i++) {
        if (w->variant->parts[i]->kind == RG_PHRASE_SLOT || w->head[i] == RG_NONE
            || w->asked[i])
            continue;
        rg_buf_text(&text, ", has");
        if (!put_way(w, &text, w->head[i]))
            return false;
    }
    rg_buf_byte(&text, ']');
    out->anchor = rg_buf_str(&text);
    return true;
}

bool phrase_tree_has_verb(sentence *s)
{
    for (int i = 0; i < s->count; i++)
        if (is_node(s, &s->rules->phrase.verb, i))
            return true;
    return false;
}

bool phrase_tree_read(rg_reading *out, rg_arena *arena, sentence *s,
                      const rg_rule *rule, const flat *variant,
                      const made *sentence_made)
{
    reading_work w = {.arena = arena,
                      .s = s,
                      .rule = rule,
                      .variant = variant,
                      .asked = rg_new(s->arena, bool, MOST_PARTS)};
    if (!find_heads(&w, sentence_made))
        return false;
    w.anchor = find_anchor(&w);
    if (w.anchor == RG_NONE)
        return false;
    find_ways(&w);
    return put_args(&w, out) && put_anchor(&w, out);
}
