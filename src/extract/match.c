#include "extract/match.h"
#include "extract/regexes.h"

#include "base/unicode.h"

#include <string.h>

/* What is left to do when one round of a group is done: the steps from the group on. */
typedef struct follow {
    const rg_step *group;
    int left; /* steps from the group on */
    const struct follow *then;
    int from; /* where the round began */
    int rounds;
} follow;

/* Calls within calls, so that 512 KiB of stack are enough: a chain of 512 tokens taken by
 * a repeated group has half as many links. */
enum { DEEPEST = 1100 };

/* Pays for a step; without fuel, or too deep, the walk ends. */
static bool may_go(matcher *m)
{
    if (m->depth >= DEEPEST)
        m->s->fuel = 0;
    return --m->s->fuel >= 0;
}

static bool go(matcher *m, const rg_step *step, int left, int at, const follow *then);

void matcher_begin(matcher *m, sentence *s)
{
    m->s = s;
    m->depth = m->trail_count = 0;
    m->visit = NULL;
    m->user = NULL;
    for (int i = 0; i < RG_MAX_SLOTS; i++)
        m->bound[i] = RG_NONE;
}

/* ---- Constraints --------------------------------------------------------------------- */

/* An attribute of the token itself; a repair may have changed it. */
static rg_str own_attr(const sentence *s, rg_attr attr, int node)
{
    const rg_token *token = sentence_token(s, node);
    int symbol = attr < RG_ATTR_COUNT ? s->nodes[node].symbols[attr] : RG_NONE;
    if (symbol != RG_NONE)
        return rg_map_key(s->rules->symbols, symbol);
    switch (attr) {
    case RG_ATTR_LOWER: return token->lexeme->lower;
    case RG_ATTR_LEMMA: return rg_unicode_lower(s->arena, token->lemma);
    case RG_ATTR_POS: return token->pos;
    case RG_ATTR_TAG: return token->tag;
    case RG_ATTR_DEP: return token->dep;
    case RG_ATTR_ENT: return token->ent_type;
    case RG_ATTR_SHAPE: return token->lexeme->shape;
    default: return token->lexeme->text;
    }
}

/* The value of one feature in "Case=Nom|Number=Sing"; empty if it has none. */
static rg_str feature_value(rg_str morph, rg_str feature)
{
    for (int from = 0; from < morph.len;) {
        int bar = rg_str_find_byte(morph, '|', from);
        rg_str one = rg_str_cut(morph, from, bar < 0 ? morph.len : bar);
        int equals = rg_str_find_byte(one, '=', 0);
        if (equals > 0 && rg_str_equal(rg_str_cut(one, 0, equals), feature))
            return rg_str_cut(one, equals + 1, one.len);
        from += one.len + 1;
    }
    return (rg_str){"", 0};
}

rg_str match_attr(const sentence *s, rg_attr attr, int feature, int node)
{
    if (attr == RG_ATTR_PHRASE)
        return sentence_phrase(s, node);
    if (attr == RG_ATTR_MORPH)
        return feature_value(sentence_token(s, node)->morph,
                             rg_map_key(s->rules->symbols, feature));
    return own_attr(s, attr, node);
}

/* What the criterion looks at. */
static rg_str crit_text(const sentence *s, const rg_crit *crit, int node)
{
    return match_attr(s, crit->attr, crit->feature, node);
}

static bool is_in_list(const sentence *s, const rg_crit *crit, int list, int node)
{
    if (crit->attr == RG_ATTR_ANY || crit->attr == RG_ATTR_LEMMA)
        return sentence_is_listed(s, node, list);
    return rg_rules_find_item(s->rules, list, crit_text(s, crit, node)) >= 0;
}

static bool is_value(matcher *m, const rg_crit *crit, rg_value value, int at)
{
    const graph_node *n = &m->s->nodes[at];
    switch (value.kind) {
    case RG_VALUE_POS: return n->symbols[RG_ATTR_POS] == value.id;
    case RG_VALUE_TYPE: return n->types[value.id / 64] >> (value.id % 64) & 1;
    case RG_VALUE_LIST: return is_in_list(m->s, crit, value.id, at);
    case RG_VALUE_REGEX:
        return regexes_match(m->s, value.id, crit_text(m->s, crit, at), at);
    case RG_VALUE_WORD: break;
    }
    if (crit->attr == RG_ATTR_MORPH || crit->attr == RG_ATTR_PHRASE)
        return rg_str_equal(crit_text(m->s, crit, at),
                            rg_map_key(m->s->rules->symbols, value.id));
    return n->symbols[crit->attr == RG_ATTR_ANY ? RG_ATTR_LEMMA : crit->attr]
           == value.id;
}

static bool stop_at_once(matcher *m, int node)
{
    (void)m;
    (void)node;
    return true;
}

void match_begin_like(matcher *out, const matcher *m)
{
    out->s = m->s;
    memcpy(out->bound, m->bound, sizeof out->bound);
    out->trail_count = 0;
    out->depth = m->depth;
    out->visit = NULL;
    out->user = NULL;
}

/* Whether the steps lead anywhere from here; bindings and trail are as before. */
static bool leads_on(const matcher *m, const rg_step *steps, int count, int at)
{
    matcher local;
    match_begin_like(&local, m);
    local.visit = stop_at_once;
    return go(&local, steps, count, at, NULL);
}

/* Does some token between the two pass the test? */
static bool has_between(matcher *m, const rg_crit *crit, int at, int other)
{
    int first = at < other ? at : other, end = at < other ? other : at;
    for (int i = first + 1; i < end; i++)
        if (match_holds(m, crit->steps, i))
            return true;
    return false;
}

static bool has_same(const sentence *s, const rg_crit *crit, int at, int other)
{
    rg_str value = crit_text(s, crit, at);
    return value.len > 0 && rg_str_equal(value, crit_text(s, crit, other));
}

/* Criteria that look at another token: false if no token is bound to it. */
static bool relative_holds(matcher *m, const rg_crit *crit, int at)
{
    const sentence *s = m->s;
    int other = m->bound[crit->slot], apart = at < other ? other - at : at - other;
    if (other == RG_NONE)
        return false;
    switch (crit->kind) {
    case RG_CRIT_BEFORE: return at < other;
    case RG_CRIT_AFTER: return at > other;
    case RG_CRIT_BESIDE: return apart == 1;
    case RG_CRIT_WITHIN: return apart <= crit->number;
    case RG_CRIT_BETWEEN: return has_between(m, crit, at, other);
    case RG_CRIT_FIRST: return at == sentence_below(s, other).first;
    case RG_CRIT_LAST: return at == sentence_below(s, other).last;
    case RG_CRIT_INSIDE: return sentence_in_one_name(s, at, other);
    case RG_CRIT_SAME: return has_same(s, crit, at, other);
    default: return false;
    }
}

static bool crit_holds(matcher *m, const rg_crit *crit, int at)
{
    bool holds = false;
    switch (crit->kind) {
    case RG_CRIT_VALUES:
        for (int i = 0; i < crit->value_count && !holds; i++)
            holds = is_value(m, crit, crit->values[i], at);
        break;
    case RG_CRIT_HAS: holds = leads_on(m, crit->steps, crit->step_count, at); break;
    case RG_CRIT_SHORTER: holds = sentence_below(m->s, at).words < crit->number; break;
    case RG_CRIT_LONGER: holds = sentence_below(m->s, at).words > crit->number; break;
    default: holds = relative_holds(m, crit, at); break;
    }
    return holds != crit->negated;
}

bool match_holds(matcher *m, const rg_step *test, int node)
{
    for (int i = 0; i < test->crit_count; i++)
        if (!crit_holds(m, &test->crits[i], node))
            return false;
    return true;
}

/* ---- Steps --------------------------------------------------------------------------- */

/* "nsubj", or "OBL:in" as one word. */
static rg_str label_text(const sentence *s, const graph_edge *e)
{
    rg_str name = rg_map_key(s->rules->symbols, e->name);
    return e->sub == RG_NONE ? name
                             : rg_arena_format(s->arena, "%.*s:%.*s", RG_PRINT(name),
                                               RG_PRINT(sentence_word(s, e->sub)));
}

static bool is_label(sentence *s, const rg_label *label, const graph_edge *e)
{
    if (label->regex != RG_NONE)
        return e->name != RG_NONE
               && regexes_match(s, label->regex, label_text(s, e), e->to);
    if (label->name != e->name)
        return false;
    return label->any_sub ? e->sub != RG_NONE : label->sub == e->sub;
}

static bool may_take(sentence *s, const rg_step *step, const graph_edge *e)
{
    if (e->gone)
        return false;
    if (step->label_count == 0)
        return e->derived_by == RG_NONE;
    for (int i = 0; i < step->label_count; i++)
        if (is_label(s, &step->labels[i], e))
            return true;
    return false;
}

enum { ANY_NAME = RG_NONE - 1 };

/* The one name that an edge must have to be taken, or ANY_NAME. */
static int only_name(const rg_step *step)
{
    bool only = step->label_count == 1 && step->labels[0].regex == RG_NONE;
    return only ? step->labels[0].name : ANY_NAME;
}

static bool repeat_edge(matcher *m, const rg_step *step, int left, int at,
                        const follow *then, int rounds);

/* Takes each edge that the step allows, then what comes behind it. */
static bool take_edges(matcher *m, const rg_step *step, int left, int at,
                       const follow *then, int rounds)
{
    sentence *s = m->s;
    const graph_node *n = &s->nodes[at];
    if (!(step->mask & (step->up ? n->in_mask : n->out_mask)))
        return false;
    bool single = step->min == 1 && step->max == 1 && !step->deep;
    int name = only_name(step);
    for (int i = step->up ? n->first_in : n->first_out; i != RG_NONE;
         i = step->up ? s->edges[i].next_in : s->edges[i].next_out) {
        const graph_edge *e = &s->edges[i];
        if ((name != ANY_NAME && e->name != name) || !may_take(s, step, e))
            continue;
        int other = step->up ? e->from : e->to, before = m->trail_count;
        if (before < MAX_TRAIL)
            m->trail[m->trail_count++] = i;
        bool stop = single ? go(m, step + 1, left - 1, other, then)
                           : repeat_edge(m, step, left, other, then, rounds + 1);
        if (stop)
            return true;
        m->trail_count = before;
    }
    return false;
}

/* An edge taken `rounds` times: go on behind it, or take it once more. */
static bool repeat_edge(matcher *m, const rg_step *step, int left, int at,
                        const follow *then, int rounds)
{
    int most = step->deep ? -1 : step->max;
    if (!may_go(m))
        return false;
    m->depth++;
    bool more = most < 0 ? rounds < m->s->count : rounds < most;
    bool stop = (rounds >= step->min && go(m, step + 1, left - 1, at, then))
                || (more && take_edges(m, step, left, at, then, rounds));
    m->depth--;
    return stop;
}

/* A group taken `rounds` times: go on behind it, or once more through an alternative. */
static bool repeat_group(matcher *m, const rg_step *step, int left, int at,
                         const follow *then, int rounds)
{
    if (rounds >= step->min && go(m, step + 1, left - 1, at, then))
        return true;
    if (step->max < 0 ? rounds >= m->s->count : rounds >= step->max)
        return false;
    follow again = {step, left, then, at, rounds + 1};
    for (int i = 0; i < step->alternative_count; i++)
        if (go(m, step->alternatives[i].items, step->alternatives[i].count, at, &again))
            return true;
    return false;
}

/* Behind a round: one that led nowhere is not repeated for ever. */
static bool go_behind_round(matcher *m, int at, const follow *done)
{
    const rg_step *group = done->group;
    if (at == done->from && done->rounds >= group->min)
        return go(m, group + 1, done->left - 1, at, done->then);
    return repeat_group(m, group, done->left, at, done->then, done->rounds);
}

static bool bind(matcher *m, const rg_step *step, int left, int at, const follow *then)
{
    int before = m->bound[step->slot];
    if (before != RG_NONE && before != at)
        return false;
    m->bound[step->slot] = at;
    if (go(m, step + 1, left - 1, at, then))
        return true;
    m->bound[step->slot] = before;
    return false;
}

static bool go_on(matcher *m, const rg_step *step, int left, int at, const follow *then)
{
    if (left == 0)
        return then ? go_behind_round(m, at, then) : m->visit(m, at);
    switch (step->kind) {
    case RG_STEP_TEST: break; /* taken by go */
    case RG_STEP_BIND: return bind(m, step, left, at, then);
    case RG_STEP_GROUP: return repeat_group(m, step, left, at, then, 0);
    case RG_STEP_EDGE: break;
    }
    if (step->min == 1 && step->max == 1 && !step->deep)
        return take_edges(m, step, left, at, then, 0);
    return repeat_edge(m, step, left, at, then, 0);
}

static bool go(matcher *m, const rg_step *step, int left, int at, const follow *then)
{
    if (!may_go(m))
        return false;
    for (; left > 0 && step->kind == RG_STEP_TEST; step++, left--)
        if (!match_holds(m, step, at) || !may_go(m))
            return false;
    m->depth++;
    bool stop = go_on(m, step, left, at, then);
    m->depth--;
    return stop;
}

/* Those of the first FAST_NODES nodes from which the steps may begin, as bits. */
static uint64_t fast_starts(const sentence *s, const rg_steps *steps)
{
    const uint64_t *nodes = steps->begin_up ? s->in_nodes : s->out_nodes;
    uint64_t starts = 0;
    for (uint64_t left = steps->begin & s->labels; left != 0; left &= left - 1)
        starts |= nodes[__builtin_ctzll(left)];
    return starts;
}

int match_next_start(const sentence *s, const rg_steps *steps, int from)
{
    if (steps->begin != 0 && from < FAST_NODES) {
        uint64_t starts = fast_starts(s, steps) >> from;
        if (starts != 0)
            return from + __builtin_ctzll(starts);
        from = FAST_NODES;
    }
    for (; from < s->count; from++)
        if (match_may_begin(s, steps, from))
            return from;
    return RG_NONE;
}

bool match_steps(matcher *m, const rg_steps *steps, int start)
{
    return go(m, steps->items, steps->count, start, NULL);
}

bool match_exists(const matcher *m, const rg_path *path)
{
    int start = m->bound[path->start];
    return start != RG_NONE && match_may_begin(m->s, &path->steps, start)
           && leads_on(m, path->steps.items, path->steps.count, start);
}

bool match_any_exists(const matcher *m, const rg_paths *paths)
{
    for (int i = 0; i < paths->count; i++)
        if (match_exists(m, &paths->items[i]))
            return true;
    return false;
}

/* The nodes where walks ended, in the scratch arena; made at the first. */
typedef struct ends {
    bool *marked;
    int first, last, count;
} ends_found;

static bool mark_end(matcher *m, int node)
{
    ends_found *found = m->user;
    if (found->count == 0) {
        found->marked = rg_new(m->s->arena, bool, m->s->count);
        found->first = found->last = node;
    }
    found->first = node < found->first ? node : found->first;
    found->last = node > found->last ? node : found->last;
    found->count += !found->marked[node];
    found->marked[node] = true;
    return false;
}

rg_tokens match_ends(const matcher *m, const rg_paths *paths)
{
    sentence *s = m->s;
    ends_found found = {.count = 0};
    matcher local; /* a walk that nothing stops leaves it as it was */
    match_begin_like(&local, m);
    local.visit = mark_end;
    local.user = &found;
    for (int i = 0; i < paths->count; i++) {
        const rg_steps *steps = &paths->items[i].steps;
        int start = m->bound[paths->items[i].start];
        if (start != RG_NONE && match_may_begin(s, steps, start))
            match_steps(&local, steps, start);
    }
    rg_tokens ends = {NULL, 0};
    if (found.count == 0)
        return ends;
    ends.items = rg_new(s->arena, int, found.count);
    for (int i = found.first; i <= found.last; i++)
        if (found.marked[i])
            ends.items[ends.count++] = i;
    return ends;
}

static void add_lead(arrival *w, int node, int at)
{
    if (node == at || w->lead_count == MAX_LEADS)
        return;
    int i = w->lead_count;
    for (int j = 0; j < i; j++)
        if (w->leads[j] == node)
            return;
    for (; i > 0 && w->leads[i - 1] > node; i--)
        w->leads[i] = w->leads[i - 1];
    w->leads[i] = node;
    w->lead_count++;
}

arrival match_way(const matcher *m, const int *before, int at)
{
    arrival w = {.via = RG_NONE};
    if (m->trail_count > 0) {
        const graph_edge *last = &m->s->edges[m->trail[m->trail_count - 1]];
        w.via = last->sub;
        for (int i = 0; i < last->lead_count; i++)
            add_lead(&w, last->leads[i], at);
    }
    for (int i = 0; i < RG_MAX_SLOTS; i++)
        if (before[i] == RG_NONE && m->bound[i] != RG_NONE)
            add_lead(&w, m->bound[i], at);
    return w;
}
