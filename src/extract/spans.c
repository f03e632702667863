#include "extract/spans.h"

#include "extract/index.h"
#include "extract/values.h"

#include "base/buf.h"
#include "lang/inflect.h"

#include <string.h>

/* Fuel of one span; all of a sentence's tokens several times over. */
enum { SPAN_FUEL = 100000 };

rg_tokens span_ends(sentence *s, const rg_paths *paths, int head)
{
    matcher m;
    matcher_begin(&m, s);
    m.bound[0] = head;
    int before = s->fuel;
    s->fuel = SPAN_FUEL;
    rg_tokens ends = match_ends(&m, paths);
    s->fuel = before;
    return ends;
}

/* Node numbers to tokens of the parse, copied into arena. */
static rg_tokens to_parse(const sentence *s, rg_arena *arena, rg_tokens nodes)
{
    rg_tokens tokens = {rg_new(arena, int, nodes.count), nodes.count};
    for (int i = 0; i < nodes.count; i++)
        tokens.items[i] = nodes.items[i] + s->first;
    return tokens;
}

static rg_tokens range(rg_arena *arena, int first, int end)
{
    rg_tokens tokens = {rg_new(arena, int, end - first), end - first};
    for (int i = first; i < end; i++)
        tokens.items[i - first] = i;
    return tokens;
}

/* The name that the node is the head of, or NULL. */
static const rg_mention *name_of(const sentence *s, int head)
{
    int index = s->mentions->of_token[s->first + head];
    const rg_mention *mention = index == RG_NONE ? NULL : &s->mentions->items[index];
    return mention && mention->name ? mention : NULL;
}

bool span_is_edge_word(const sentence *s, int token)
{
    int list = s->rules->output.edge_list;
    const token_symbols *known = s->mentions->symbols;
    bool simple = list != RG_NONE && known && !s->rules->lists[list].names;
    if (simple)
        return list_has_single(&s->extractor->lists[list],
                               known[token].of[RG_ATTR_LOWER]);
    return list != RG_NONE
           && rg_rules_find_item(s->rules, list, s->parse->tokens[token].lexeme->lower)
                  >= 0;
}

/* Without marks at both ends and, in labels, without words of the list `edge`. */
static rg_tokens trim(const sentence *s, rg_tokens tokens, bool label)
{
    const rg_token *all = s->parse->tokens;
    while (tokens.count > 1
           && (rg_token_is_mark(&all[tokens.items[0]])
               || (label && span_is_edge_word(s, tokens.items[0])))) {
        tokens.items++;
        tokens.count--;
    }
    while (tokens.count > 1
           && (rg_token_is_mark(&all[tokens.items[tokens.count - 1]])
               || (label && span_is_edge_word(s, tokens.items[tokens.count - 1]))))
        tokens.count--;
    return tokens;
}

int span_namer(sentence *s, int head)
{
    if (s->rules->output.name.count == 0)
        return head;
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    rg_tokens ends = span_ends(s, &s->rules->output.name, head);
    int namer = ends.count > 0 ? ends.items[0] : head;
    rg_arena_reset(s->arena, mark);
    return namer;
}

rg_tokens span_np(sentence *s, rg_arena *arena, int head)
{
    return span_own_np(s, arena, span_namer(s, head));
}

/* Is it an amount or a date, and no proper name? */
static bool is_measure(const sentence *s, const rg_mention *name)
{
    int names = s->rules->phrase.names;
    return names != RG_NONE && name->type != RG_NONE
           && !rg_rules_is_kind(s->rules, name->type, names);
}

/* The tokens of both, ascending. */
static rg_tokens join(rg_arena *arena, rg_tokens a, rg_tokens b)
{
    rg_tokens all = {rg_new(arena, int, a.count + b.count + 1), 0};
    for (int i = 0, j = 0; i < a.count || j < b.count;) {
        bool first = j == b.count || (i < a.count && a.items[i] <= b.items[j]);
        int next = first ? a.items[i] : b.items[j];
        i += i < a.count && a.items[i] == next;
        j += j < b.count && b.items[j] == next;
        all.items[all.count++] = next;
    }
    return all;
}

rg_tokens span_own_np(sentence *s, rg_arena *arena, int head)
{
    const rg_mention *name = name_of(s, head);
    rg_tokens named = {NULL, 0};
    if (name)
        named = range(arena, name->first, name->end);
    if (name && !is_measure(s, name))
        return trim(s, named, true);
    rg_tokens ends = span_ends(s, &s->rules->output.np, head);
    if (ends.count == 0 && !name)
        return range(arena, s->first + head, s->first + head + 1);
    for (int i = 0; i < ends.count; i++) { /* names within it stay whole */
        const rg_mention *inner = name_of(s, ends.items[i]);
        if (inner && ends.items[i] != head)
            named = join(arena, named, range(arena, inner->first, inner->end));
    }
    return trim(s, join(arena, named, to_parse(s, arena, ends)), true);
}

/* Trims edge words and marks from nodes [first, end), but not the head. */
static phrase_range trim_range(const sentence *s, int head, phrase_range r)
{
    const rg_token *all = s->parse->tokens + s->first;
    while (r.first < head
           && (rg_token_is_mark(&all[r.first])
               || span_is_edge_word(s, s->first + r.first)))
        r.first++;
    while (r.end > head + 1
           && (rg_token_is_mark(&all[r.end - 1])
               || span_is_edge_word(s, s->first + r.end - 1)))
        r.end--;
    return r;
}

static phrase_range range_of_name(const sentence *s, const rg_mention *name)
{
    phrase_range r = {name->first - s->first, name->end - s->first};
    return (phrase_range){r.first < 0 ? 0 : r.first,
                          r.end > s->count ? s->count : r.end};
}

phrase_range span_phrase(sentence *s, int head)
{
    const rg_mention *name = name_of(s, head);
    if (name)
        return trim_range(s, head, range_of_name(s, name));
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    rg_tokens ends = span_ends(s, &s->rules->output.np, head);
    phrase_range r = {head, head + 1};
    for (int i = ends.count - 1; i >= 0; i--)
        r.first -= ends.items[i] == r.first - 1;
    for (int i = 0; i < ends.count; i++)
        r.end += ends.items[i] == r.end;
    rg_arena_reset(s->arena, mark);
    return trim_range(s, head, r);
}

rg_tokens span_whole(sentence *s, rg_arena *arena, int head)
{
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    rg_tokens ends = span_ends(s, &s->rules->output.span, head);
    rg_tokens cuts = span_ends(s, &s->rules->output.cut, head);
    bool *cut = rg_new(s->arena, bool, s->count);
    for (int i = 0; i < cuts.count; i++)
        sentence_mark_below(s, cut, cuts.items[i]);
    const rg_mention *name = name_of(s, head);
    rg_tokens kept = {rg_new(s->arena, int, s->count), 0};
    bool *in = rg_new(s->arena, bool, s->count);
    for (int i = 0; i < ends.count; i++)
        in[ends.items[i]] = !cut[ends.items[i]];
    in[head] = true;
    for (int i = 0; i < s->count; i++) {
        bool named = name && s->first + i >= name->first && s->first + i < name->end;
        if (in[i] || named)
            kept.items[kept.count++] = i;
    }
    rg_tokens tokens = trim(s, to_parse(s, arena, kept), false);
    if (s->arena != arena)
        rg_arena_reset(s->arena, mark);
    return tokens;
}

rg_tokens span_trim(const sentence *s, rg_tokens tokens)
{
    return trim(s, tokens, false);
}

/* Marks the whole of the name that the node is part of, if it is. */
static void mark_name(const sentence *s, bool *marked, int node)
{
    const rg_mention *name = name_of(s, node);
    int first = name ? name->first - s->first : node;
    int end = name ? name->end - s->first : node + 1;
    for (int i = first < 0 ? 0 : first; i < end && i < s->count; i++)
        marked[i] = true;
}

rg_tokens span_minimal(sentence *s, rg_arena *arena, int head)
{
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    rg_tokens ends = span_ends(s, &s->rules->output.minimal, head);
    bool *marked = rg_new(s->arena, bool, s->count);
    mark_name(s, marked, head);
    for (int i = 0; i < ends.count; i++)
        mark_name(s, marked, ends.items[i]);
    rg_tokens kept = {rg_new(s->arena, int, s->count), 0};
    for (int i = 0; i < s->count; i++)
        if (marked[i])
            kept.items[kept.count++] = i;
    rg_tokens tokens = trim(s, to_parse(s, arena, kept), false);
    if (s->arena != arena)
        rg_arena_reset(s->arena, mark);
    return tokens;
}

/* ---- Supplied words ------------------------------------------------------------------ */

/* The head of the node by the parser's edges, or RG_NONE. */
static int head_of(const sentence *s, int node)
{
    for (int i = s->nodes[node].first_in; i != RG_NONE; i = s->edges[i].next_in)
        if (!s->edges[i].gone && s->edges[i].derived_by == RG_NONE)
            return s->edges[i].from;
    return RG_NONE;
}

/* The nearest finite verb above the node, or RG_NONE. */
static int find_finite(sentence *s, int node)
{
    for (int i = 0; i < s->count && (node = head_of(s, node)) != RG_NONE; i++) {
        rg_tokens ends = span_ends(s, &s->rules->output.finite, node);
        if (ends.count > 0)
            return ends.items[0];
    }
    return RG_NONE;
}

/* Is the nearest finite verb above the anchor in the past? */
static bool is_past(sentence *s, int anchor)
{
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    int before = s->fuel, finite = find_finite(s, anchor);
    matcher m;
    matcher_begin(&m, s);
    s->fuel = SPAN_FUEL;
    bool past = finite != RG_NONE && s->rules->output.has_past
                && match_holds(&m, &s->rules->output.past, finite);
    s->fuel = before;
    rg_arena_reset(s->arena, mark);
    return past;
}

rg_str span_supplied(sentence *s, rg_arena *arena, const rg_supply *supply, int anchor,
                     int subject)
{
    if (s->rules->output.no_supply)
        return (rg_str){"", 0};
    bool past = supply->tense == RG_TENSE_NEAREST ? is_past(s, anchor)
                                                  : supply->tense == RG_TENSE_PAST;
    rg_arena_mark mark = rg_arena_mark_now(s->arena);
    bool plural = span_ends(s, &s->rules->output.plural, subject).count > 0;
    rg_arena_reset(s->arena, mark);
    rg_inflection form = past ? RG_INFLECT_PAST : RG_INFLECT_PRESENT;
    if (plural)
        form = past ? RG_INFLECT_PAST_PLURAL : RG_INFLECT_PRESENT_PLURAL;
    return rg_inflect(arena, supply->lemma, form);
}

rg_tokens span_wording(sentence *s, rg_arena *arena, int anchor)
{
    rg_tokens ends = span_ends(s, &s->rules->output.wording, anchor);
    if (ends.count == 0)
        return range(arena, s->first + anchor, s->first + anchor + 1);
    return to_parse(s, arena, ends);
}

bool span_is_passive(sentence *s, int anchor)
{
    matcher m;
    matcher_begin(&m, s);
    m.bound[0] = anchor;
    int before = s->fuel;
    s->fuel = SPAN_FUEL;
    bool passive = match_any_exists(&m, &s->rules->output.passive);
    s->fuel = before;
    return passive;
}

rg_argument span_argument(sentence *s, rg_arena *arena, int head)
{
    rg_argument *known = &s->arguments[head];
    if (s->arguments_in != arena) { /* those of another arena may live too short */
        memset(s->arguments, 0, sizeof *known * (size_t)s->count);
        s->arguments_in = arena;
    }
    if (known->np.count == 0) {
        int namer = span_namer(s, head);
        *known = (rg_argument){.head = s->first + namer,
                               .np = span_own_np(s, arena, namer),
                               .span = span_whole(s, arena, head),
                               .value = values_of(s, arena, head)};
    }
    return *known;
}

rg_argument span_qualifier(sentence *s, rg_arena *arena, int head)
{
    rg_argument made = span_argument(s, arena, head);
    const rg_mention *name = name_of(s, head);
    if (name && is_measure(s, name))
        made.span = span_trim(s, range(arena, name->first, name->end));
    return made;
}

rg_str rg_extract_text(rg_arena *arena, const rg_parse *parse, rg_tokens tokens)
{
    rg_buf text = rg_buf_in(arena);
    for (int i = 0; i < tokens.count; i++) {
        const rg_token *token = &parse->tokens[tokens.items[i]];
        if (token->lexeme->is_space)
            continue;
        bool apart = i > 0
                     && (tokens.items[i] != tokens.items[i - 1] + 1
                         || parse->tokens[tokens.items[i - 1]].space_after
                         || parse->tokens[tokens.items[i - 1]].lexeme->is_space);
        if (apart && text.len > 0)
            rg_buf_byte(&text, ' ');
        rg_buf_put(&text, token->lexeme->text);
    }
    return rg_buf_str(&text);
}
