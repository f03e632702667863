#include "extract/produce.h"

#include "base/clock.h"
#include "extract/index.h"
#include "extract/nearmiss.h"
#include "extract/surface.h"

#include <stdlib.h>
#include <string.h>

enum { RULE_FUEL = 50000, SURFACE_FUEL = 200000, MOST_FILLERS = 64, MOST_DRAFTS = 256 };

/* One rule at one anchor. */
typedef struct attempt {
    drafts *d;
    sentence *s;
    const rg_rule *rule;
    int index;
    matcher m;
    bool built; /* at least one triple */
    int failed; /* the first arg that found nothing, RG_NONE: all did */
    int failed_bound[RG_MAX_SLOTS]; /* what was bound when it failed */
    const char *why;
    int edges[RG_MAX_SLOTS * 8]; /* taken by the args so far */
    int edge_count;
    arrival ways[RG_MAX_SLOTS]; /* how each slot's token was found */
    listed *list;               /* of the rule's arg of mode `list` */
    int list_count;
    int last[RG_MAX_SLOTS]; /* of a slot that collects a list: its last node */
    /* Of a surface rule: where it fits, and what of it is in each slot; else NULL. */
    const surface_match *match;
    const surface_filler *chosen[RG_MAX_SLOTS];
} attempt;

/* A filler of an arg, with what was bound and taken on the way to it. */
typedef struct filler {
    int node;
    int bound[RG_MAX_SLOTS];
    int edges[MAX_TRAIL];
    int edge_count;
    arrival reached;
} filler;

typedef struct fillers {
    rg_arena *arena;
    filler *items;
    int count, capacity;
    const int *before; /* what was bound when the walk began */
} fillers;

void produce_event(drafts *d, const sentence *s, rg_event_kind kind, int index,
                   int node, rg_str detail)
{
    if (!d->trace)
        return;
    rg_triples *out = d->out;
    out->events = rg_arena_grow(d->keep, out->events, out->event_count,
                                &out->event_capacity, sizeof *out->events);
    out->events[out->event_count++] = (rg_event){.kind = kind,
                                                 .sentence = s->index,
                                                 .index = index,
                                                 .token = s->first + node,
                                                 .other = RG_NONE,
                                                 .detail = detail};
}

/* ---- Arguments ----------------------------------------------------------------------- */

static bool note_filler(matcher *m, int at)
{
    fillers *found = m->user;
    for (int i = 0; i < found->count; i++)
        if (found->items[i].node == at)
            return false;
    if (found->count == MOST_FILLERS)
        return true;
    if (!found->items) { /* most have one only, and it is large */
        found->items = rg_new(found->arena, filler, 1);
        found->capacity = 1;
    }
    found->items = rg_arena_grow(found->arena, found->items, found->count,
                                 &found->capacity, sizeof *found->items);
    filler *f = &found->items[found->count++];
    f->node = at;
    memcpy(f->bound, m->bound, sizeof f->bound);
    memcpy(f->edges, m->trail, sizeof(int) * (size_t)m->trail_count);
    f->edge_count = m->trail_count;
    f->reached = match_way(m, found->before, at);
    return false;
}

static int by_node(const void *a, const void *b)
{
    return ((const filler *)a)->node - ((const filler *)b)->node;
}

/* All fillers of the paths, each token once, in order of the sentence; in the arena
 * `work`. */
static fillers find_fillers(attempt *a, const rg_paths *paths)
{
    fillers found = {.arena = a->d->work, .before = a->m.bound};
    for (int i = 0; i < paths->count; i++) {
        int start = a->m.bound[paths->items[i].start];
        if (start == RG_NONE || !match_may_begin(a->s, &paths->items[i].steps, start))
            continue;
        matcher m;
        match_begin_like(&m, &a->m);
        m.visit = note_filler;
        m.user = &found;
        match_steps(&m, &paths->items[i].steps, start);
    }
    if (found.count > 1)
        qsort(found.items, (size_t)found.count, sizeof(filler), by_node);
    return found;
}

static bool is_bound_elsewhere(const attempt *a, int slot, int at)
{
    for (int i = 0; i < a->rule->slots.count; i++)
        if (i != slot && a->m.bound[i] == at)
            return true;
    return false;
}

static void take_edges_of(attempt *a, const int *edges, int count)
{
    enum { MOST = (int)(sizeof a->edges / sizeof *a->edges) };
    for (int i = 0; i < count && a->edge_count < MOST; i++)
        a->edges[a->edge_count++] = edges[i];
}

/* Was the token found by one of these sub-labels? */
static bool via_holds(const attempt *a, const rg_where *where)
{
    bool found = false;
    for (int i = 0; i < where->sub_count; i++)
        found = found || a->ways[where->a].via == where->subs[i];
    return found != where->negated;
}

static bool where_holds(const attempt *a, const rg_where *where)
{
    int left = a->m.bound[where->a], right = a->m.bound[where->b];
    if (left == RG_NONE || right == RG_NONE)
        return false;
    if (where->kind == RG_WHERE_BEFORE)
        return left < right;
    if (where->kind == RG_WHERE_VIA)
        return via_holds(a, where);
    bool same = left == right;
    if (where->attr != RG_ATTR_ANY) {
        rg_str value = match_attr(a->s, where->attr, where->feature, left);
        same = value.len > 0
               && rg_str_equal(value,
                               match_attr(a->s, where->attr, where->feature, right));
    }
    return same == (where->kind == RG_WHERE_SAME);
}

static bool is_allowed(attempt *a)
{
    for (int i = 0; i < a->rule->where_count; i++)
        if (!where_holds(a, &a->rule->wheres[i])) {
            a->why = "where";
            return false;
        }
    for (int i = 0; i < a->rule->not_count; i++)
        if (match_exists(&a->m, &a->rule->nots[i])) {
            a->why = "not";
            return false;
        }
    return true;
}

/* ---- Triples ------------------------------------------------------------------------- */

void produce_put_filled(drafts *d, rg_triple *triple, rg_str key, rg_argument value)
{
    rg_filled *copy = rg_new(d->keep, rg_filled, triple->qualifier_count + 1);
    if (triple->qualifier_count > 0)
        memcpy(copy, triple->qualifiers,
               sizeof *copy * (size_t)triple->qualifier_count);
    copy[triple->qualifier_count++] = (rg_filled){key, value};
    triple->qualifiers = copy;
}

/* The first filler in sentence order, for each qualifier that has one. */
static void put_withs(attempt *a, draft *out)
{
    for (int i = 0; i < a->rule->with_count; i++) {
        const rg_with *with = &a->rule->withs[i];
        rg_arena_mark mark = rg_arena_mark_now(a->d->work);
        fillers found = find_fillers(a, &with->paths);
        if (found.count > 0) {
            take_edges_of(a, found.items[0].edges, found.items[0].edge_count);
            produce_put_filled(a->d, &out->triple, with->key,
                               span_qualifier(a->s, a->d->keep, found.items[0].node));
        }
        rg_arena_reset(a->d->work, mark);
    }
}

static void mark_tokens(bool *marked, const sentence *s, rg_tokens tokens)
{
    for (int i = 0; i < tokens.count; i++)
        marked[tokens.items[i] - s->first] = true;
}

/* The tokens at the ends of the rule's own paths. */
static rg_tokens find_own_wording(attempt *a)
{
    rg_tokens nodes = match_ends(&a->m, &a->rule->wording);
    rg_tokens tokens = {rg_new(a->d->keep, int, nodes.count + 1), nodes.count};
    for (int i = 0; i < nodes.count; i++)
        tokens.items[i] = a->s->first + nodes.items[i];
    return tokens;
}

/* The anchor's wording and the tokens that the relation's template names. */
static rg_tokens find_wording(attempt *a)
{
    sentence *s = a->s;
    if (a->rule->has_wording)
        return find_own_wording(a);
    rg_tokens literals = {0};
    if (a->match)
        literals = surface_literals(s, a->d->keep, a->match);
    if (literals.count > 0)
        return literals;
    bool *marked = rg_new(s->arena, bool, s->count);
    mark_tokens(marked, s, span_wording(s, s->arena, a->m.bound[0]));
    const rg_template *relation = &a->rule->relation;
    for (int i = 0; i < relation->count; i++) {
        int slot = relation->pieces[i].slot;
        if (slot != RG_NONE && a->m.bound[slot] != RG_NONE)
            marked[a->m.bound[slot]] = true;
    }
    rg_tokens tokens = {rg_new(a->d->keep, int, s->count), 0};
    for (int i = 0; i < s->count; i++)
        if (marked[i])
            tokens.items[tokens.count++] = s->first + i;
    return tokens;
}

static void put_sets(attempt *a, draft *out, const filling *f)
{
    for (int i = 0; i < a->rule->set_count; i++) {
        const rg_set *set = &a->rule->sets[i];
        int single = render_single(f, &set->value);
        rg_argument value = single == RG_NONE
                                ? (rg_argument){.head = RG_NONE,
                                                .text = render_template(f, &set->value)}
                                : span_qualifier(a->s, a->d->keep, single);
        produce_put_filled(a->d, &out->triple, set->key, value);
    }
}

/* What a surface pattern took for a slot. */
static rg_tokens tokens_of(const attempt *a, const surface_filler *taken)
{
    rg_tokens out = {rg_new(a->d->keep, int, taken->end - taken->first), 0};
    for (int node = taken->first; node < taken->end; node++)
        out.items[out.count++] = a->s->first + node;
    return out;
}

/* The argument in a slot; a collected list stands as a whole, from its first to its last
 * filler with what is between them. */
static rg_argument slot_argument(const attempt *a, int slot)
{
    rg_arena *keep = a->d->keep;
    rg_argument first = span_argument(a->s, keep, a->m.bound[slot]);
    if (a->chosen[slot])
        first.span = tokens_of(a, a->chosen[slot]);
    if (a->last[slot] == RG_NONE || a->last[slot] == a->m.bound[slot])
        return first;
    rg_tokens last = span_np(a->s, keep, a->last[slot]);
    int from = first.np.items[0], to = last.items[last.count - 1];
    if (from > to) /* the first is named by something behind the last */
        return first;
    rg_tokens all = {rg_new(keep, int, to - from + 1), to - from + 1};
    for (int i = 0; i < all.count; i++)
        all.items[i] = from + i;
    first.np = first.span = all;
    return first;
}

/* The word that the sentence leaves out, in its form; empty if the rule has none. */
static rg_str find_supplied(const attempt *a)
{
    int subject = a->rule->subject;
    for (int i = 0; i < a->rule->supply_count; i++) {
        const rg_supply *one = &a->rule->supplies[i];
        if (one->via == RG_NONE || one->via == a->ways[subject].via)
            return span_supplied(a->s, a->d->keep, one, a->m.bound[0],
                                 a->m.bound[subject]);
    }
    return (rg_str){"", 0};
}

/* What tuples.c needs to make more triples of this one. */
static void keep_ways(const attempt *a, draft *out)
{
    int count = a->rule->slots.count;
    out->ways = rg_new(a->s->arena, arrival, count);
    memcpy(out->ways, a->ways, sizeof(arrival) * (size_t)count);
    out->list_count = a->list_count;
    out->list = rg_new(a->s->arena, listed, a->list_count + 1);
    if (a->list_count > 0)
        memcpy(out->list, a->list, sizeof(listed) * (size_t)a->list_count);
    const int ends[] = {a->rule->subject, a->rule->object};
    out->collected = a->match != NULL;
    for (int i = 0; i < 2; i++)
        out->collected = out->collected || a->last[ends[i]] != RG_NONE;
}

/* "the carrier Norsund": where one names the other, the name is the first, and the words
 * are the second. */
static void part_names(const attempt *a, rg_triple *triple)
{
    int first = a->s->first, subject = a->m.bound[a->rule->subject];
    int object = a->m.bound[a->rule->object];
    bool by_subject = triple->subject.head == first + subject;
    rg_argument *named = by_subject ? &triple->object : &triple->subject;
    int node = by_subject ? object : subject;
    if (triple->subject.head != triple->object.head || subject == object)
        return;
    named->head = first + node;
    named->np = span_own_np(a->s, a->d->keep, node);
}

/* Has all that the triple would stand on been said by rules of higher priority? Derived
 * edges decide, since they carry what a sentence says; the parser's own only if there are
 * no others. */
static bool is_used_up(const attempt *a)
{
    int logical = 0, left = 0, plain_left = 0;
    for (int i = 0; i < a->edge_count; i++) {
        const graph_edge *e = &a->s->edges[a->edges[i]];
        bool derived = e->derived_by != RG_NONE;
        logical += derived;
        left += derived && !e->consumed;
        plain_left += !derived && !e->consumed;
    }
    return logical ? left == 0 : a->edge_count > 0 && plain_left == 0;
}

/* Is there something to say, and room for it? */
static bool may_build(attempt *a, const filling *f)
{
    drafts *d = a->d;
    int subject = a->m.bound[a->rule->subject], object = a->m.bound[a->rule->object];
    /* The parts of one name say nothing of one another. */
    if (subject == RG_NONE || object == RG_NONE
        || sentence_in_one_name(a->s, subject, object))
        return false;
    if (is_used_up(a)) {
        a->built = true;
        if (d->trace)
            produce_event(d, a->s, RG_EVENT_SUPPRESSED, a->index, f->anchor,
                          render_template(f, &a->rule->relation));
        return false;
    }
    bool full = d->count >= MOST_DRAFTS;
    d->out->capped += full && !d->capped;
    d->capped |= full;
    return !full;
}

static void build_draft(attempt *a)
{
    drafts *d = a->d;
    filling f = {.s = a->s,
                 .arena = d->keep,
                 .bound = a->m.bound,
                 .anchor = a->m.bound[0],
                 .ways = a->ways,
                 .label = true};
    if (!may_build(a, &f))
        return;
    d->items =
        rg_arena_grow(a->s->arena, d->items, d->count, &d->capacity, sizeof *d->items);
    draft *out = &d->items[d->count];
    *out = (draft){.rule = a->index,
                   .anchor = a->m.bound[0],
                   .subject = a->m.bound[a->rule->subject],
                   .object = a->m.bound[a->rule->object]};
    out->triple = (rg_triple){.rule = a->rule,
                              .sentence = a->s->index,
                              .anchor = a->s->first + out->anchor,
                              .statement = RG_NONE,
                              .relation = render_template(&f, &a->rule->relation),
                              .wording = find_wording(a),
                              .supplied = find_supplied(a),
                              .ordered = a->rule->list != RG_NONE,
                              .subject = slot_argument(a, a->rule->subject),
                              .object = slot_argument(a, a->rule->object),
                              .modality = RG_ASSERTED,
                              .source = {.head = RG_NONE},
                              .confidence = a->rule->confidence,
                              .style = a->rule->style};
    part_names(a, &out->triple);
    f.label = false;
    put_withs(a, out);
    put_sets(a, out, &f);
    memcpy(out->bound, a->m.bound, sizeof out->bound);
    keep_ways(a, out);
    out->edges = rg_new(a->s->arena, int, a->edge_count + 1);
    memcpy(out->edges, a->edges, sizeof(int) * (size_t)a->edge_count);
    out->edge_count = a->match ? 0 : a->edge_count; /* words use no edges */
    d->count++;
    a->built = true;
}

static void fill_args(attempt *a, int next);

/* Binds the filler to the arg's slot and goes on to the next arg. */
static void fill_with(attempt *a, int next, const filler *f)
{
    const rg_arg *arg = &a->rule->args[next];
    int bound[RG_MAX_SLOTS], edges = a->edge_count;
    memcpy(bound, a->m.bound, sizeof bound);
    if (arg->mode != RG_ARG_LIST) /* names in a list belong to one of it each */
        memcpy(a->m.bound, f->bound, sizeof bound);
    a->m.bound[arg->slot] = f->node;
    a->ways[arg->slot] = f->reached;
    take_edges_of(a, f->edges, f->edge_count);
    fill_args(a, next + 1);
    memcpy(a->m.bound, bound, sizeof bound);
    a->edge_count = edges;
}

/* Binds the first filler and remembers the last: the arg collects a list. */
static void fill_with_list(attempt *a, int next, const fillers *found)
{
    int slot = a->rule->args[next].slot, before = a->last[slot], edges = a->edge_count;
    for (int i = 1; i < found->count; i++)
        take_edges_of(a, found->items[i].edges, found->items[i].edge_count);
    a->last[slot] = found->items[found->count - 1].node;
    fill_with(a, next, &found->items[0]);
    a->last[slot] = before;
    a->edge_count = edges;
}

/* Has a rule of higher priority said already how the filler belongs to what leads to it?
 * Logical edges between the same two tokens say the same. */
static bool is_filler_consumed(const attempt *a, const filler *one)
{
    const sentence *s = a->s;
    if (s->rules->output.evidence || one->edge_count == 0)
        return false;
    int from = s->edges[one->edges[one->edge_count - 1]].from;
    return sentence_is_said(s, from, one->node);
}

/* Puts the fillers that stand behind the anchor, or else those ahead of it, into the list. */
static void list_fillers(attempt *a, const fillers *found, bool ahead)
{
    for (int i = 0; i < found->count; i++) {
        const filler *one = &found->items[i];
        if (sentence_is_ahead(a->s, one->node, a->m.bound[0]) == ahead)
            a->list[a->list_count++] =
                (listed){one->node, i, one->reached, is_filler_consumed(a, one)};
    }
}

/* Binds the first filler behind the anchor, else the first, and keeps all in that order:
 * those behind the anchor, then those ahead of it. */
static void fill_with_all(attempt *a, int next, const fillers *found)
{
    int edges = a->edge_count;
    a->list = rg_new(a->d->work, listed, found->count);
    a->list_count = 0;
    list_fillers(a, found, false);
    list_fillers(a, found, true);
    for (int i = 1; i < a->list_count; i++) {
        const filler *one = &found->items[a->list[i].filler];
        take_edges_of(a, one->edges, one->edge_count);
    }
    fill_with(a, next, &found->items[a->list[0].filler]);
    a->list_count = 0;
    a->edge_count = edges;
}

/* Leaves out fillers that another name is bound to, but for those that a path without
 * edges gives on purpose ("object: general"). */
static fillers find_free_fillers(attempt *a, const rg_arg *arg)
{
    fillers found = find_fillers(a, &arg->paths);
    int kept = 0;
    for (int i = 0; i < found.count; i++)
        if (found.items[i].edge_count == 0
            || !is_bound_elsewhere(a, arg->slot, found.items[i].node))
            found.items[kept++] = found.items[i];
    found.count = kept;
    return found;
}

/* Fills an arg in each way that there is. */
static void fill_arg(attempt *a, int next, const fillers *found)
{
    const rg_arg *arg = &a->rule->args[next];
    bool list = arg->mode == RG_ARG_SOME || arg->mode == RG_ARG_ALL;
    bool optional = arg->mode == RG_ARG_MAYBE || arg->mode == RG_ARG_ALL
                    || (arg->mode == RG_ARG_LIST && arg->slot != a->rule->object);
    if (found->count > 0 && arg->mode == RG_ARG_LIST)
        fill_with_all(a, next, found);
    else if (found->count > 0 && list)
        fill_with_list(a, next, found);
    else if (found->count > 0)
        for (int i = 0; i < found->count; i++)
            fill_with(a, next, &found->items[i]);
    else if (optional)
        fill_args(a, next + 1);
    else if (next >= a->failed) {
        a->failed = next;
        memcpy(a->failed_bound, a->m.bound, sizeof a->failed_bound);
    }
}

/* Depth is the number of args, at most RG_MAX_SLOTS. */
static void fill_args(attempt *a, int next)
{
    if (next == a->rule->arg_count) {
        a->failed = RG_NONE;
        if (is_allowed(a) && a->s->fuel >= 0) /* without fuel, absence is no proof */
            build_draft(a);
        return;
    }
    rg_arena_mark mark = rg_arena_mark_now(a->d->work);
    fillers found = find_free_fillers(a, &a->rule->args[next]);
    fill_arg(a, next, &found);
    rg_arena_reset(a->d->work, mark);
}

/* ---- Rules ---------------------------------------------------------------------------- */

static void note_failure(attempt *a, int anchor)
{
    if (!a->d->trace || a->built)
        return;
    rg_str why = rg_str_of(a->why);
    if (a->failed != RG_NONE && a->failed >= 0) {
        matcher m = a->m;
        memcpy(m.bound, a->failed_bound, sizeof m.bound);
        why = nearmiss_describe(a->d->keep, &m, a->rule, &a->rule->args[a->failed]);
    }
    produce_event(a->d, a->s, RG_EVENT_FAILED, a->index, anchor, why);
}

/* Sets all that is read; not what lies behind the counts, for attempts are many. */
static void begin_attempt(attempt *a, drafts *d, sentence *s, int index)
{
    a->d = d;
    a->s = s;
    a->rule = &s->rules->rules[index];
    a->index = index;
    a->built = false;
    a->failed = -1;
    a->why = "";
    a->edge_count = a->list_count = 0;
    a->list = NULL;
    a->match = NULL;
    for (int i = 0; i < a->rule->slots.count; i++) {
        a->last[i] = RG_NONE;
        a->ways[i] = (arrival){.via = RG_NONE};
        a->chosen[i] = NULL;
    }
    matcher_begin(&a->m, s);
}

/* Could some path of the arg begin at the anchor? True if one begins elsewhere. */
static bool may_fill(const sentence *s, const rg_arg *arg, int anchor)
{
    if (arg->mode != RG_ARG_EACH && arg->mode != RG_ARG_SOME)
        return true;
    for (int i = 0; i < arg->paths.count; i++)
        if (arg->paths.items[i].start != 0
            || match_may_begin(s, &arg->paths.items[i].steps, anchor))
            return true;
    return false;
}

/* Is the token an anchor of the rule, with an edge for each argument that it must have?
 * Most attempts end here; so that a near miss can be told, none does without an edge. */
static bool may_hold(const drafts *d, sentence *s, const rg_rule *rule, int anchor)
{
    for (int i = 0; i < rule->arg_count && !d->trace; i++)
        if (!may_fill(s, &rule->args[i], anchor))
            return false;
    matcher m;
    matcher_begin(&m, s);
    m.bound[0] = anchor;
    return match_holds(&m, &rule->anchor, anchor);
}

static void try_rule(drafts *d, sentence *s, int index, int anchor)
{
    const rg_rule *rule = &s->rules->rules[index];
    d->out->tried++;
    s->rule = index;
    s->fuel = RULE_FUEL;
    if (may_hold(d, s, rule, anchor)) {
        attempt a;
        begin_attempt(&a, d, s, index);
        a.m.bound[0] = anchor;
        fill_args(&a, 0);
        note_failure(&a, anchor);
    }
    sentence_note_limits(s, rule->id);
}

/* ---- Surface rules ---------------------------------------------------------------------- */

/* Each slot takes one of the phrases that the match gives it, if any; depth is the number
 * of slots. */
static void fill_slots(attempt *a, int slot)
{
    if (slot == a->rule->slots.count) {
        fill_args(a, 0);
        return;
    }
    bool any = false;
    for (const surface_filler *f = a->match->last; f; f = f->before) {
        if (f->slot != slot || a->d->capped)
            continue;
        any = true;
        a->m.bound[slot] = f->head;
        a->chosen[slot] = f;
        fill_slots(a, slot + 1);
    }
    a->m.bound[slot] = RG_NONE;
    a->chosen[slot] = NULL;
    if (!any)
        fill_slots(a, slot + 1);
}

static void fill_match(attempt *a, const surface_match *match)
{
    a->match = match;
    a->built = false;
    a->edge_count = 0;
    a->s->fuel = RULE_FUEL;
    a->m.bound[0] = surface_anchor(a->s, a->d->work, match);
    int anchor = a->m.bound[0];
    fill_slots(a, 1);
    note_failure(a, anchor);
    sentence_note_limits(a->s, a->rule->id);
}

/* What the try that came furthest wanted next, and found. */
static void note_nearest(const attempt *a, const surface_miss *miss)
{
    if (!miss->wanted)
        return;
    const sentence *s = a->s;
    rg_tokens fit = {rg_new(a->d->work, int, miss->at - miss->first), 0};
    for (int node = miss->first; node < miss->at; node++)
        fit.items[fit.count++] = s->first + node;
    rg_str text = rg_extract_text(a->d->work, s->parse, fit);
    rg_str next = RG_STR("the end");
    if (miss->at < s->count)
        next = rg_arena_format(a->d->work, "\"%.*s\"",
                               RG_PRINT(sentence_token(s, miss->at)->lexeme->text));
    rg_str why =
        rg_arena_format(a->d->keep, "\"%.*s\" fits; then %.*s is wanted, found %.*s",
                        RG_PRINT(text), RG_PRINT(miss->wanted->text), RG_PRINT(next));
    produce_event(a->d, s, RG_EVENT_FAILED, a->index, miss->first, why);
}

static void try_surface(drafts *d, sentence *s, int index)
{
    attempt a;
    begin_attempt(&a, d, s, index);
    d->out->tried++;
    s->rule = index;
    surface_miss miss = {0};
    rg_arena_mark mark = rg_arena_mark_now(d->work);
    s->fuel = SURFACE_FUEL;
    surface_matches found =
        surface_find(s, d->work, a.rule->surface, d->trace ? &miss : NULL);
    sentence_note_limits(s, a.rule->id);
    for (int i = 0; i < found.count; i++)
        fill_match(&a, &found.items[i]);
    if (found.count == 0)
        note_nearest(&a, &miss);
    rg_arena_reset(d->work, mark);
}

/* ---- Which rules are tried where -------------------------------------------------------- */

/* A rule and a token that may be its anchor. */
typedef struct candidate {
    int rule, anchor;
} candidate;

typedef struct candidates {
    candidate *items;
    int count, capacity;
} candidates;

static void put_bucket(candidates *out, rg_arena *arena, const bucket *b, int anchor)
{
    for (int i = 0; i < b->count; i++) {
        out->items = rg_arena_grow(arena, out->items, out->count, &out->capacity,
                                   sizeof *out->items);
        out->items[out->count++] = (candidate){b->rules[i], anchor};
    }
}

static int by_rule(const void *a, const void *b)
{
    const candidate *left = a, *right = b;
    return left->rule != right->rule ? left->rule - right->rule
                                     : left->anchor - right->anchor;
}

/* Words that stand without a blank between them may be one word of a pattern. */
static void put_joined_words(candidates *out, const sentence *s, int node)
{
    const rg_extractor *x = s->extractor;
    char word[LONGEST_TEXT_WORD];
    int len = 0;
    for (int i = node; i < s->count; i++) {
        const rg_token *token = sentence_token(s, i);
        rg_str lower = token->lexeme->lower;
        if (len + lower.len > x->longest_text_word)
            return;
        memcpy(word + len, lower.bytes, (size_t)lower.len);
        len += lower.len;
        int symbol =
            i > node ? rg_map_find(s->rules->symbols, (rg_str){word, len}) : RG_NONE;
        if (symbol != RG_NONE && symbol < x->symbol_count)
            put_bucket(out, s->arena, &x->by_word[symbol], 0);
        if (token->space_after)
            return;
    }
}

/* Surface rules one of whose words stands in the sentence, and those without words; with
 * trace all, for their near misses. */
static void put_texts(candidates *out, const sentence *s, bool trace)
{
    const rg_extractor *x = s->extractor;
    put_bucket(out, s->arena, trace ? &x->texts : &x->wordless_texts, 0);
    for (int i = 0; i < s->count && !trace; i++) {
        int lower = s->nodes[i].symbols[RG_ATTR_LOWER];
        int lemma = s->nodes[i].symbols[RG_ATTR_LEMMA];
        if (lower != RG_NONE)
            put_bucket(out, s->arena, &x->by_word[lower], 0);
        if (lemma != RG_NONE && lemma != lower)
            put_bucket(out, s->arena, &x->by_word[lemma], 0);
        put_joined_words(out, s, i);
    }
}

static candidates find_candidates(const sentence *s, bool trace)
{
    const rg_extractor *x = s->extractor;
    candidates out = {0};
    for (int i = 0; i < s->count; i++) {
        int lemma = s->nodes[i].symbols[RG_ATTR_LEMMA];
        int pos = s->nodes[i].symbols[RG_ATTR_POS];
        if (lemma != RG_NONE)
            put_bucket(&out, s->arena, &x->by_lemma[lemma], i);
        if (pos != RG_NONE)
            put_bucket(&out, s->arena, &x->by_pos[pos], i);
        put_bucket(&out, s->arena, &x->others, i);
    }
    if (x->has_texts)
        put_texts(&out, s, trace);
    if (out.count > 1)
        qsort(out.items, (size_t)out.count, sizeof(candidate), by_rule);
    return out;
}

/* ---- Consumption and order ------------------------------------------------------------ */

bool produce_is_double(const drafts *d, const draft *one)
{
    for (const draft *other = d->items; other < one; other++)
        if (other->subject == one->subject && other->object == one->object
            && rg_str_equal(other->triple.relation, one->triple.relation))
            return true;
    return false;
}

static bool is_one_thing(const sentence *s, int a, int b)
{
    return a == b || sentence_in_one_name(s, a, b);
}

/* Between the same two words a surface rule does not say more than a rule of higher
 * priority, nor any rule more than a surface rule of higher priority. */
static bool is_spoken_for(const drafts *d, const sentence *s, const draft *one)
{
    for (const draft *other = d->items; other < one; other++) {
        const rg_rule *higher = other->triple.rule, *lower = one->triple.rule;
        bool same = (is_one_thing(s, one->subject, other->subject)
                     && is_one_thing(s, one->object, other->object))
                    || (is_one_thing(s, one->subject, other->object)
                        && is_one_thing(s, one->object, other->subject));
        if (same && (higher->surface || lower->surface)
            && higher->priority > lower->priority && higher->consume != RG_CONSUME_NONE)
            return true;
    }
    return false;
}

/* Drops what earlier triples, or those of another kind of rule, have said already. */
static void drop_said(drafts *d, sentence *s, int first)
{
    int kept = first;
    for (int i = first; i < d->count; i++) {
        draft *one = &d->items[i];
        draft moved = *one;
        d->items[kept] = moved;
        if (produce_is_double(d, &d->items[kept])
            || is_spoken_for(d, s, &d->items[kept]))
            produce_event(d, s, RG_EVENT_SUPPRESSED, moved.rule, moved.anchor,
                          moved.triple.relation);
        else
            kept++;
    }
    d->count = kept;
}

/* No rule may start there, nor build on what is said there. */
static void consume_anchor(sentence *s, int anchor)
{
    s->nodes[anchor].consumed = true;
    for (int i = 0; i < s->edge_count; i++)
        if (s->edges[i].from == anchor || s->edges[i].to == anchor)
            s->edges[i].consumed = true;
}

static void consume(drafts *d, sentence *s, int first)
{
    for (int i = first; i < d->count; i++) {
        const draft *one = &d->items[i];
        produce_event(d, s, RG_EVENT_FIRED, one->rule, one->anchor,
                      one->triple.relation);
        if (one->triple.rule->consume == RG_CONSUME_ANCHOR)
            consume_anchor(s, one->anchor);
        if (one->triple.rule->consume != RG_CONSUME_NONE)
            for (int e = 0; e < one->edge_count; e++)
                s->edges[one->edges[e]].consumed = true;
    }
}

static int by_place(const void *a, const void *b)
{
    const draft *left = a, *right = b;
    if (left->anchor != right->anchor)
        return left->anchor - right->anchor;
    if (left->rule != right->rule)
        return left->rule - right->rule;
    if (left->subject != right->subject)
        return left->subject - right->subject;
    if (left->object != right->object)
        return left->object - right->object;
    return rg_str_compare(left->triple.relation, right->triple.relation);
}

static void try_candidate(drafts *d, sentence *s, candidate one)
{
    const rg_rule *rule = &s->rules->rules[one.rule];
    if (s->rules->output.evidence && !rule->has_wording)
        return;
    if (rule->surface)
        try_surface(d, s, one.rule);
    else if (!s->nodes[one.anchor].consumed)
        try_rule(d, s, one.rule, one.anchor);
}

static void time_candidate(drafts *d, sentence *s, candidate one)
{
    double start = rg_clock_cpu_seconds();
    try_candidate(d, s, one);
    d->seconds[one.rule] += rg_clock_cpu_seconds() - start;
}

void produce_drafts(drafts *d, sentence *s)
{
    void (*attempt_it)(drafts * d, sentence * s, candidate one) =
        d->seconds ? time_candidate : try_candidate;
    candidates all = find_candidates(s, d->trace);
    for (int first = 0, end; first < all.count; first = end) {
        int priority = s->rules->rules[all.items[first].rule].priority;
        int before = d->count;
        for (end = first; end < all.count
                          && s->rules->rules[all.items[end].rule].priority == priority;
             end++)
            if (end == first || by_rule(&all.items[end - 1], &all.items[end]) != 0)
                attempt_it(d, s, all.items[end]);
        drop_said(d, s, before);
        consume(d, s, before);
    }
    s->rule = RG_NONE;
    if (d->count > 1)
        qsort(d->items, (size_t)d->count, sizeof(draft), by_place);
}
