#include "extract/sentence.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "extract/index.h"
#include "extract/long_list.h"
#include "extract/regexes.h"

#include <string.h>

const rg_token *sentence_token(const sentence *s, int node)
{
    return &s->parse->tokens[s->first + node];
}

/* ---- The symbols of tokens --------------------------------------------------------------- */

/* The symbols looked up last, by where their text stands: tokens share the texts of their
 * lexemes and of tags. */
enum { PLACES = 256 };

struct place {
    const char *bytes;
    int len, symbol;
};

typedef struct lookup {
    const rg_map *symbols;
    rg_arena *arena;
    struct place *places; /* PLACES of each attribute */
} lookup;

static int find_symbol(lookup *l, rg_attr attr, rg_str text)
{
    struct place *at =
        &l->places[(uintptr_t)attr * PLACES + ((uintptr_t)text.bytes >> 3) % PLACES];
    if (at->bytes != text.bytes || at->len != text.len) {
        rg_str word = attr == RG_ATTR_LEMMA ? rg_unicode_lower(l->arena, text) : text;
        *at = (struct place){text.bytes, text.len, rg_map_find(l->symbols, word)};
    }
    return at->symbol;
}

static void put_symbols(int *out, lookup *l, const rg_token *token)
{
    const rg_lexeme *lexeme = token->lexeme;
    out[RG_ATTR_TEXT] = find_symbol(l, RG_ATTR_TEXT, lexeme->text);
    out[RG_ATTR_LOWER] = rg_str_equal(lexeme->lower, lexeme->text)
                             ? out[RG_ATTR_TEXT]
                             : find_symbol(l, RG_ATTR_LOWER, lexeme->lower);
    out[RG_ATTR_LEMMA] = rg_str_equal(token->lemma, lexeme->text)
                             ? out[RG_ATTR_LOWER]
                             : find_symbol(l, RG_ATTR_LEMMA, token->lemma);
    out[RG_ATTR_POS] = find_symbol(l, RG_ATTR_POS, token->pos);
    out[RG_ATTR_TAG] = find_symbol(l, RG_ATTR_TAG, token->tag);
    out[RG_ATTR_DEP] = find_symbol(l, RG_ATTR_DEP, token->dep);
    out[RG_ATTR_ENT] = find_symbol(l, RG_ATTR_ENT, token->ent_type);
    out[RG_ATTR_SHAPE] = find_symbol(l, RG_ATTR_SHAPE, lexeme->shape);
}

static lookup new_lookup(rg_arena *arena, const rg_rules *rules)
{
    return (lookup){rules->symbols, arena,
                    rg_new(arena, struct place, RG_ATTR_COUNT * PLACES)};
}

token_symbols *sentence_symbols(rg_arena *arena, const rg_rules *rules,
                                const rg_parse *parse)
{
    token_symbols *symbols = rg_new(arena, token_symbols, parse->token_count + 1);
    rg_arena *work = rg_arena_child(arena);
    lookup l = new_lookup(work, rules);
    for (int i = 0; i < parse->token_count; i++)
        put_symbols(symbols[i].of, &l, &parse->tokens[i]);
    rg_arena_free(work);
    return symbols;
}

void sentence_load(sentence *s, int first, int end)
{
    const token_symbols *known = s->mentions->symbols;
    s->first = first;
    s->count = end - first;
    s->nodes = rg_new(s->arena, graph_node, s->count);
    s->words = rg_map_new(s->arena);
    s->arguments = rg_new(s->arena, rg_argument, s->count);
    s->arguments_in = NULL;
    s->edges = NULL;
    s->edge_count = s->edge_capacity = 0;
    s->labels = 0;
    memset(s->out_nodes, 0, sizeof s->out_nodes);
    memset(s->in_nodes, 0, sizeof s->in_nodes);
    lookup l = {0};
    if (!known)
        l = new_lookup(s->arena, s->rules);
    for (int i = 0; i < s->count; i++) {
        graph_node *n = &s->nodes[i];
        if (known)
            memcpy(n->symbols, known[first + i].of, sizeof n->symbols);
        else
            put_symbols(n->symbols, &l, sentence_token(s, i));
        n->first_out = n->last_out = n->first_in = n->last_in = RG_NONE;
    }
    for (int i = 0; i < s->count; i++) {
        int head = sentence_token(s, i)->head - first;
        if (head != i && head >= 0 && head < s->count)
            sentence_add_edge(s, (graph_edge){.from = head,
                                              .to = i,
                                              .name = s->nodes[i].symbols[RG_ATTR_DEP],
                                              .sub = RG_NONE,
                                              .derived_by = RG_NONE});
    }
}

static bool is_same_edge(const graph_edge *a, const graph_edge *b)
{
    return !a->gone && a->to == b->to && a->name == b->name && a->sub == b->sub
           && (a->derived_by == RG_NONE) == (b->derived_by == RG_NONE);
}

/* Puts edge `index` last in the lists of both its nodes. */
static void link_edge(sentence *s, int index)
{
    graph_edge *e = &s->edges[index];
    graph_node *from = &s->nodes[e->from], *to = &s->nodes[e->to];
    if (from->last_out == RG_NONE)
        from->first_out = index;
    else
        s->edges[from->last_out].next_out = index;
    from->last_out = index;
    if (to->last_in == RG_NONE)
        to->first_in = index;
    else
        s->edges[to->last_in].next_in = index;
    to->last_in = index;
    from->out_mask |= rg_label_bit(e->name);
    to->in_mask |= rg_label_bit(e->name);
    s->labels |= rg_label_bit(e->name);
    int bit = __builtin_ctzll(rg_label_bit(e->name));
    if (e->from < FAST_NODES)
        s->out_nodes[bit] |= (uint64_t)1 << e->from;
    if (e->to < FAST_NODES)
        s->in_nodes[bit] |= (uint64_t)1 << e->to;
}

int sentence_add_edge(sentence *s, graph_edge e)
{
    if (s->nodes[e.from].out_mask & rg_label_bit(e.name))
        for (int i = s->nodes[e.from].first_out; i != RG_NONE; i = s->edges[i].next_out)
            if (is_same_edge(&s->edges[i], &e))
                return i;
    s->edges = rg_arena_grow(s->arena, s->edges, s->edge_count, &s->edge_capacity,
                             sizeof *s->edges);
    e.next_out = e.next_in = RG_NONE;
    s->edges[s->edge_count] = e;
    link_edge(s, s->edge_count);
    return s->edge_count++;
}

int sentence_find_edge(const sentence *s, int from, int to, int name)
{
    for (int i = s->nodes[from].first_out; i != RG_NONE; i = s->edges[i].next_out) {
        const graph_edge *e = &s->edges[i];
        if (!e->gone && e->to == to && e->name == name && e->derived_by == RG_NONE)
            return i;
    }
    return RG_NONE;
}

void sentence_drop_edge(sentence *s, int index)
{
    s->edges[index].gone = true;
}

void sentence_note_limits(sentence *s, rg_str rule)
{
    if (s->fuel < 0 && s->stopped++ == 0)
        s->stopped_rule = rule;
    regexes_note(s, rule);
}

int sentence_put_word(sentence *s, rg_str word)
{
    int known = rg_map_find(s->rules->symbols, word);
    return known >= 0 ? known : s->extractor->symbol_count + rg_map_put(s->words, word);
}

rg_str sentence_word(const sentence *s, int symbol)
{
    int own = symbol - s->extractor->symbol_count;
    return own >= 0 ? rg_map_key(s->words, own) : rg_map_key(s->rules->symbols, symbol);
}

/* ---- What is below a node ------------------------------------------------------------- */

void sentence_mark_below(const sentence *s, bool *marked, int top)
{
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    int *stack = rg_new(s->arena, int, s->count + 1), depth = 0;
    if (!marked[top])
        stack[depth++] = top;
    marked[top] = true;
    while (depth > 0) {
        int at = stack[--depth];
        for (int i = s->nodes[at].first_out; i != RG_NONE; i = s->edges[i].next_out) {
            const graph_edge *e = &s->edges[i];
            if (e->gone || e->derived_by != RG_NONE || marked[e->to])
                continue;
            marked[e->to] = true; /* so each is on the stack once */
            stack[depth++] = e->to;
        }
    }
    rg_arena_reset(s->arena, mark);
}

static bool is_word(const sentence *s, int node)
{
    const rg_token *token = sentence_token(s, node);
    return !rg_token_is_mark(token) && !token->lexeme->is_space;
}

phrase_below sentence_below(const sentence *s, int node)
{
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    bool *marked = rg_new(s->arena, bool, s->count);
    phrase_below below = {.first = node, .last = node};
    sentence_mark_below(s, marked, node);
    for (int i = 0; i < s->count; i++) {
        if (!marked[i])
            continue;
        below.first = i < below.first ? i : below.first;
        below.last = i > below.last ? i : below.last;
        below.words += is_word(s, i);
    }
    rg_arena_reset(s->arena, mark);
    return below;
}

bool sentence_is_ahead(const sentence *s, int node, int other)
{
    if (node >= other)
        return false;
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    bool *marked = rg_new(s->arena, bool, s->count);
    sentence_mark_below(s, marked, node);
    bool above = marked[other];
    rg_arena_reset(s->arena, mark);
    return !above;
}

rg_str sentence_phrase(const sentence *s, int node)
{
    bool *marked = rg_new(s->arena, bool, s->count);
    sentence_mark_below(s, marked, node);
    int first = 0, last = s->count - 1;
    while (first < node && (!marked[first] || !is_word(s, first)))
        first++;
    while (last > node && (!marked[last] || !is_word(s, last)))
        last--;
    rg_buf text = rg_buf_in(s->arena);
    for (int i = first; i <= last; i++) {
        if (!marked[i] || sentence_token(s, i)->lexeme->is_space)
            continue;
        if (text.len > 0)
            rg_buf_byte(&text, ' ');
        rg_buf_put(&text, sentence_token(s, i)->lexeme->lower);
    }
    return rg_buf_str(&text);
}

bool sentence_in_one_name(const sentence *s, int a, int b)
{
    int mention = s->mentions->of_token[s->first + a];
    return mention != RG_NONE && mention == s->mentions->of_token[s->first + b]
           && s->mentions->items[mention].name;
}

/* Is some child of the node this word? */
static bool has_child_word(const sentence *s, int node, int word)
{
    for (int i = s->nodes[node].first_out; i != RG_NONE; i = s->edges[i].next_out) {
        const graph_edge *e = &s->edges[i];
        if (!e->gone && e->derived_by == RG_NONE
            && s->nodes[e->to].symbols[RG_ATTR_LEMMA] == word)
            return true;
    }
    return false;
}

/* The node is the phrase's first or last word, and its other words are children of it:
 * "take ... over", "prime minister". */
static bool is_phrase(const sentence *s, int node, const rg_item *item)
{
    int lemma = s->nodes[node].symbols[RG_ATTR_LEMMA];
    int own = lemma == item->words[0]                      ? 0
              : lemma == item->words[item->word_count - 1] ? item->word_count - 1
                                                           : RG_NONE;
    if (own == RG_NONE)
        return false;
    for (int i = 0; i < item->word_count; i++)
        if (i != own && !has_child_word(s, node, item->words[i]))
            return false;
    return true;
}

bool sentence_is_listed(const sentence *s, int node, int list)
{
    int lemma = s->nodes[node].symbols[RG_ATTR_LEMMA];
    return list_has_single(&s->extractor->lists[list], lemma)
           || sentence_list_item(s, node, list) != RG_NONE;
}

int sentence_list_item(const sentence *s, int node, int list)
{
    int lemma = s->nodes[node].symbols[RG_ATTR_LEMMA];
    const list_index *index = &s->extractor->lists[list];
    if (s->rules->lists[list].names) {
        int item = long_list_item(s, node, s->rules->lists[list].names);
        if (item != RG_NONE)
            return s->rules->lists[list].item_count + item;
    }
    if (lemma == RG_NONE)
        return RG_NONE;
    for (int i = 0; i < index->phrase_count; i++)
        if (is_phrase(s, node, &s->rules->lists[list].items[index->phrases[i]]))
            return index->phrases[i];
    return list_has_single(index, lemma) ? rg_rules_find_item(
               s->rules, list, rg_map_key(s->rules->symbols, lemma))
                                         : RG_NONE;
}

bool sentence_is_said(const sentence *s, int from, int to)
{
    for (int i = s->nodes[to].first_in; i != RG_NONE; i = s->edges[i].next_in)
        if (s->edges[i].consumed && s->edges[i].derived_by != RG_NONE
            && s->edges[i].from == from)
            return true;
    return false;
}
