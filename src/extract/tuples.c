#include "extract/tuples.h"

#include <string.h>

enum { MOST_ITEMS = 16, MOST_OF_ONE = 64, TUPLE_FUEL = 50000 };

/* One draft that becomes several. */
typedef struct tuples {
    drafts *out;
    sentence *s;
    const rg_output_spec *spec;
    const draft *from;
    int first; /* of its triples in out */
} tuples;

/* The items of a coordination, or one token alone. */
typedef struct items {
    int nodes[MOST_ITEMS];
    int count;
} items;

/* ---- Sets of tokens --------------------------------------------------------------------- */

static bool *new_set(const tuples *t)
{
    return rg_new(t->s->arena, bool, t->s->count);
}

static void add_tokens(const tuples *t, bool *set, rg_tokens tokens)
{
    for (int i = 0; i < tokens.count; i++)
        set[tokens.items[i] - t->s->first] = true;
}

static void add_leads(bool *set, const arrival *w)
{
    for (int i = 0; i < w->lead_count; i++)
        set[w->leads[i]] = true;
}

static rg_tokens take_tokens(const tuples *t, const bool *set)
{
    rg_tokens tokens = {rg_new(t->out->keep, int, t->s->count), 0};
    for (int i = 0; i < t->s->count; i++)
        if (set[i])
            tokens.items[tokens.count++] = t->s->first + i;
    return tokens;
}

static rg_tokens take_leads(const tuples *t, const arrival *w)
{
    rg_tokens tokens = {rg_new(t->out->keep, int, MAX_LEADS), w->lead_count};
    for (int i = 0; i < w->lead_count; i++)
        tokens.items[i] = t->s->first + w->leads[i];
    return tokens;
}

/* ---- Spans and coordinations ------------------------------------------------------------ */

static rg_tokens build_span(const tuples *t, rg_part part, int node)
{
    return t->spec->minimals[part] ? span_minimal(t->s, t->out->keep, node)
                                   : span_whole(t->s, t->out->keep, node);
}

static bool is_joint(const tuples *t, int node)
{
    int list = t->spec->joint_list;
    return list != RG_NONE && sentence_list_item(t->s, node, list) != RG_NONE;
}

/* The span of one item: without the other items below it and the words that join them. */
static rg_tokens item_span(const tuples *t, rg_part part, const items *all, int node)
{
    sentence *s = t->s;
    rg_tokens whole = build_span(t, part, node);
    if (all->count == 1)
        return whole;
    bool *below = new_set(t), *cut = new_set(t), *kept = new_set(t);
    sentence_mark_below(s, below, node);
    for (int i = 0; i < all->count; i++)
        if (all->nodes[i] != node && below[all->nodes[i]])
            sentence_mark_below(s, cut, all->nodes[i]);
    for (int i = 0; i < whole.count; i++) {
        int at = whole.items[i] - s->first;
        kept[at] = !cut[at];
    }
    for (int i = s->count - 1; i > node && (!kept[i] || is_joint(t, i)); i--)
        kept[i] = false; /* "the bank and" */
    for (int i = 0; i < node && (!kept[i] || is_joint(t, i)); i++)
        kept[i] = false;
    return span_trim(s, take_tokens(t, kept));
}

static int count_words(const tuples *t, rg_tokens tokens)
{
    int count = 0;
    for (int i = 0; i < tokens.count; i++)
        count += !rg_token_is_mark(&t->s->parse->tokens[tokens.items[i]]);
    return count;
}

/* The items of the coordination that the node begins, if they are to be split. */
static items find_items(const tuples *t, rg_part part, int node)
{
    items all = {.nodes = {node}, .count = 1};
    int most = t->spec->splits[part];
    if (most == 0)
        return all;
    rg_tokens ends = span_ends(t->s, &t->spec->conjuncts, node);
    for (int i = 0; i < ends.count && all.count < MOST_ITEMS; i++)
        if (ends.items[i] != node && !sentence_in_one_name(t->s, node, ends.items[i]))
            all.nodes[all.count++] = ends.items[i];
    for (int i = 0; all.count > 1 && i < all.count; i++)
        if (count_words(t, item_span(t, part, &all, all.nodes[i])) > most)
            return (items){.nodes = {node}, .count = 1};
    return all;
}

/* An item as an argument; its leading words stand in its wording, or elsewhere. */
static rg_argument make_argument(const tuples *t, rg_part part, const items *all,
                                 int at, const arrival *reached, bool with_lead)
{
    rg_argument made = span_argument(t->s, t->out->keep, all->nodes[at]);
    bool *span = new_set(t);
    add_tokens(t, span, item_span(t, part, all, all->nodes[at]));
    for (int i = 0; reached && i < reached->lead_count; i++)
        span[reached->leads[i]] = with_lead;
    made.span = span_trim(t->s, take_tokens(t, span));
    if (reached)
        made.lead = take_leads(t, reached);
    return made;
}

/* ---- Triples ----------------------------------------------------------------------------- */

/* A triple of the draft's with this subject, object (found on which way) and wording. */
typedef struct tuple {
    rg_argument subject, object;
    int subject_node, object_node;
    const arrival *reached;
    const bool *words; /* of the relation */
} tuple;

/* The relation's tokens; words before the anchor that lead to an argument stand last:
 * "born in" for "in 1990 he was born". */
static rg_tokens order_words(const tuples *t, const tuple *one)
{
    bool *words = new_set(t);
    memcpy(words, one->words, sizeof(bool) * (size_t)t->s->count);
    bool leading = one->reached->lead_count > 0 && words[one->reached->leads[0]]
                   && one->reached->leads[0] < t->from->anchor;
    for (int i = 0; leading && i < one->reached->lead_count; i++)
        words[one->reached->leads[i]] = false;
    rg_tokens tokens = take_tokens(t, words);
    for (int i = 0; leading && i < one->reached->lead_count; i++)
        tokens.items[tokens.count++] = t->s->first + one->reached->leads[i];
    return tokens;
}

/* The rule's relation for these tokens: "gives", "gives-to". */
static rg_str render_relation(const tuples *t, const draft *made, const tuple *one)
{
    const rg_rule *rule = made->triple.rule;
    int object = rule->object;
    arrival *ways = rg_new(t->s->arena, arrival, rule->slots.count);
    memcpy(ways, made->ways, sizeof(arrival) * (size_t)rule->slots.count);
    if (rule->list != RG_NONE)
        object = rule->list;
    if (one->reached)
        ways[object] = *one->reached;
    filling f = {t->s, t->out->keep, made->bound, made->anchor, ways, true};
    return render_template(&f, &rule->relation);
}

static draft *put_tuple(tuples *t, const tuple *one)
{
    drafts *out = t->out;
    if (out->count - t->first >= MOST_OF_ONE)
        return NULL;
    out->items = rg_arena_grow(t->s->arena, out->items, out->count, &out->capacity,
                               sizeof *out->items);
    draft *made = &out->items[out->count++];
    *made = *t->from;
    const rg_rule *rule = made->triple.rule;
    made->subject = made->bound[rule->subject] = one->subject_node;
    made->object = made->bound[rule->object] = one->object_node;
    if (rule->list != RG_NONE)
        made->bound[rule->list] = one->object_node;
    made->triple.subject = one->subject;
    made->triple.object = one->object;
    made->triple.wording = order_words(t, one);
    made->triple.relation = render_relation(t, made, one);
    return made;
}

/* The object of the rule, then its list. */
static listed part_at(const tuples *t, int index)
{
    const draft *from = t->from;
    const rg_rule *rule = from->triple.rule;
    if (rule->list == rule->object)
        return from->list[index];
    if (index > 0)
        return from->list[index - 1];
    return (listed){from->object, RG_NONE, from->ways[rule->object]};
}

static int count_parts(const tuples *t)
{
    const rg_rule *rule = t->from->triple.rule;
    return t->from->list_count + (rule->list != rule->object);
}

static bool is_ahead(const tuples *t, int node)
{
    return sentence_is_ahead(t->s, node, t->from->anchor);
}

/* Does the lead of the first part go into the relation? */
static bool lead_joins(const tuples *t, const listed *first)
{
    const rg_rule *rule = t->from->triple.rule;
    bool named = rule->lead != RG_NONE
                 && (rule->lead == rule->object || rule->lead == rule->list);
    return named && !is_ahead(t, first->node);
}

/* One triple with all arguments. */
static void put_nary(tuples *t, tuple one)
{
    listed first = part_at(t, 0);
    const rg_rule *rule = t->from->triple.rule;
    bool joins = lead_joins(t, &first), own = rule->list == rule->object && !joins;
    int count = count_parts(t) - 1;
    bool *words = new_set(t);
    memcpy(words, one.words, sizeof(bool) * (size_t)t->s->count);
    if (joins)
        add_leads(words, &first.reached);
    items objects = find_items(t, RG_PART_OBJECT, first.node);
    one.words = words;
    one.reached = &first.reached;
    for (int i = 0; i < objects.count; i++) {
        one.object_node = objects.nodes[i];
        one.object = make_argument(t, RG_PART_OBJECT, &objects, i, &first.reached, own);
        draft *made = put_tuple(t, &one);
        if (!made)
            return;
        made->triple.arguments = rg_new(t->out->keep, rg_argument, count + 1);
        made->triple.argument_count = count;
        for (int j = 0; j < count; j++) {
            listed more = part_at(t, j + 1);
            items alone = {.nodes = {more.node}, .count = 1};
            made->triple.arguments[j] =
                make_argument(t, RG_PART_ARGUMENT, &alone, 0, &more.reached, true);
        }
    }
}

/* ---- Chains ------------------------------------------------------------------------------- */

/* Ends of paths with the way to each. */
typedef struct found {
    listed items[MOST_ITEMS];
    int count;
    const int *before;
} found;

static bool note_end(matcher *m, int at)
{
    found *to = m->user;
    for (int i = 0; i < to->count; i++)
        if (to->items[i].node == at)
            return false;
    if (to->count == MOST_ITEMS)
        return true;
    to->items[to->count++] = (listed){at, RG_NONE, match_way(m, to->before, at)};
    return false;
}

/* What the phrases of an argument tell of it (key `nested`). */
static found find_nested(const tuples *t, int node)
{
    matcher m;
    int before[RG_MAX_SLOTS];
    found out = {.before = before};
    matcher_begin(&m, t->s);
    m.bound[0] = node;
    memcpy(before, m.bound, sizeof before);
    for (int i = 0; i < t->spec->nested.count; i++) {
        matcher walk = m;
        walk.visit = note_end;
        walk.user = &out;
        t->s->fuel = TUPLE_FUEL;
        match_steps(&walk, &t->spec->nested.items[i].steps, node);
    }
    return out;
}

static void put_part(tuples *t, tuple one, const bool *words, const listed *part,
                     int depth);

/* The relation of what is told of a node: its words up to what leads on. */
static void put_nested(tuples *t, tuple one, const bool *words, int node, int depth)
{
    found all = find_nested(t, node);
    for (int i = 0; i < all.count; i++) {
        const listed *next = &all.items[i];
        bool *more = new_set(t);
        memcpy(more, words, sizeof(bool) * (size_t)t->s->count);
        rg_tokens span = build_span(t, RG_PART_OBJECT, node);
        int end = next->reached.lead_count > 0 ? next->reached.leads[0] : next->node;
        for (int j = 0; j < span.count && span.items[j] - t->s->first < end; j++)
            more[span.items[j] - t->s->first] = true;
        put_part(t, one, more, next, depth - 1);
    }
}

/* One argument as the object of a triple, then what is told of it. Depth: at most eight,
 * by the key `depth`. */
static void put_part(tuples *t, tuple one, const bool *words, const listed *part,
                     int depth)
{
    bool *with_lead = new_set(t);
    memcpy(with_lead, words, sizeof(bool) * (size_t)t->s->count);
    add_leads(with_lead, &part->reached);
    items objects = find_items(t, RG_PART_OBJECT, part->node);
    one.words = with_lead;
    one.reached = &part->reached;
    for (int i = 0; i < objects.count; i++) {
        one.object_node = objects.nodes[i];
        one.object =
            make_argument(t, RG_PART_OBJECT, &objects, i, &part->reached, false);
        if (!put_tuple(t, &one))
            return;
        if (t->spec->tuple == RG_TUPLE_CHAIN && depth > 0)
            put_nested(t, one, with_lead, objects.nodes[i], depth);
    }
}

/* Do the relations of later arguments repeat this one? */
static bool is_carried(const tuples *t, const listed *part)
{
    return t->spec->tuple == RG_TUPLE_CHAIN && !is_ahead(t, part->node)
           && span_ends(t->s, &t->spec->carry, part->node).count > 0;
}

/* A triple for each argument. */
static void put_separate(tuples *t, tuple one)
{
    bool *words = new_set(t);
    memcpy(words, one.words, sizeof(bool) * (size_t)t->s->count);
    for (int i = 0; i < count_parts(t); i++) {
        listed part = part_at(t, i);
        bool leading = is_ahead(t, part.node);
        put_part(t, one, leading ? one.words : words, &part,
                 leading ? 0 : t->spec->depth);
        if (is_carried(t, &part)) {
            add_leads(words, &part.reached);
            add_tokens(t, words, build_span(t, RG_PART_OBJECT, part.node));
        }
    }
}

/* ---- All drafts ---------------------------------------------------------------------------- */

/* Is the draft a triple as it stands? */
static bool is_plain(const rg_output_spec *spec, const draft *one)
{
    bool default_spans = spec->tuple != RG_TUPLE_CHAIN;
    for (int i = 0; i < RG_PART_COUNT; i++)
        default_spans = default_spans && !spec->minimals[i] && spec->splits[i] == 0;
    const rg_rule *rule = one->triple.rule;
    return one->collected || rule->statement
           || (default_spans && rule->list == RG_NONE && rule->lead == RG_NONE);
}

static void expand_draft(tuples *t)
{
    const draft *from = t->from;
    items subjects = find_items(t, RG_PART_SUBJECT, from->subject);
    bool *words = new_set(t);
    add_tokens(t, words, from->triple.wording);
    for (int i = 0; i < subjects.count; i++) {
        tuple one = {.subject_node = subjects.nodes[i], .words = words};
        one.subject = make_argument(t, RG_PART_SUBJECT, &subjects, i, NULL, false);
        if (t->spec->tuple == RG_TUPLE_NARY)
            put_nary(t, one);
        else
            put_separate(t, one);
    }
}

void tuples_expand(drafts *d, sentence *s)
{
    drafts made = *d;
    made.items = NULL;
    made.count = made.capacity = 0;
    for (int i = 0; i < d->count; i++) {
        const draft *one = &d->items[i];
        tuples t = {&made, s, &s->rules->output, one, made.count};
        s->fuel = TUPLE_FUEL;
        if (!is_plain(t.spec, one)) {
            expand_draft(&t);
            continue;
        }
        made.items = rg_arena_grow(s->arena, made.items, made.count, &made.capacity,
                                   sizeof *made.items);
        made.items[made.count++] = *one;
    }
    d->items = made.items;
    d->count = made.count;
    d->capacity = made.capacity;
}
