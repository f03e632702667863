#include "extract/tuples.h"

#include "base/buf.h"

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
                                   : span_argument(t->s, t->out->keep, node).span;
}

static bool is_joint(const tuples *t, int node)
{
    int list = t->spec->joint_list;
    return list != RG_NONE && sentence_is_listed(t->s, node, list);
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
    if (most == 0 || t->from->triple.rule->list == RG_NONE)
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
    const bool *words;   /* of the relation */
    const bool *carried; /* those of them that are arguments before; NULL: none */
    rg_str label;        /* the same in short, for the relation's label */
} tuple;

static bool is_lead(const arrival *way, int node)
{
    for (int i = 0; i < way->lead_count; i++)
        if (way->leads[i] == node)
            return true;
    return false;
}

/* The relation's tokens in the order of the sentence, but what stands before the anchor and
 * belongs behind it does so: arguments that are repeated, then what leads to the object:
 * "born in" for "in 1990 he was born". */
static rg_tokens order_words(const tuples *t, const tuple *one)
{
    rg_tokens tokens = {rg_new(t->out->keep, int, t->s->count), 0};
    for (int pass = 0; pass < 3; pass++)
        for (int i = 0; i < t->s->count; i++) {
            bool carried = one->carried && one->carried[i] && i < t->from->anchor;
            int when = is_lead(one->reached, i) ? 2 : carried ? 1 : 0;
            if (one->words[i] && when == pass)
                tokens.items[tokens.count++] = t->s->first + i;
        }
    return tokens;
}

/* The template for these tokens: "gives", "gives-books-to". */
static rg_str render_relation(const tuples *t, const draft *made, const tuple *one,
                              const rg_template *template)
{
    const rg_rule *rule = made->triple.rule;
    int object = rule->object;
    arrival *ways = rg_new(t->s->arena, arrival, rule->slots.count);
    memcpy(ways, made->ways, sizeof(arrival) * (size_t)rule->slots.count);
    if (rule->list != RG_NONE)
        object = rule->list;
    if (one->reached)
        ways[object] = *one->reached;
    filling f = {.s = t->s,
                 .arena = t->out->keep,
                 .bound = made->bound,
                 .anchor = made->anchor,
                 .ways = ways,
                 .carried = one->label,
                 .label = true};
    return render_template(&f, template);
}

/* Without qualifiers that are the subject or the object. */
static void drop_own_qualifiers(const tuples *t, rg_triple *triple)
{
    rg_filled *kept = rg_new(t->out->keep, rg_filled, triple->qualifier_count + 1);
    int count = 0;
    for (int i = 0; i < triple->qualifier_count; i++) {
        int head = triple->qualifiers[i].value.head;
        if (head == RG_NONE
            || (head != triple->object.head && head != triple->subject.head))
            kept[count++] = triple->qualifiers[i];
    }
    triple->qualifiers = kept;
    triple->qualifier_count = count;
}

/* Who did it becomes the subject, without the words that led to it. */
static void turn_round(const tuples *t, draft *made, const tuple *one)
{
    rg_triple *triple = &made->triple;
    rg_argument subject = triple->subject;
    arrival way = *one->reached;
    tuple turned = *one;
    way.lead_count = 0;
    turned.reached = &way;
    triple->relation = render_relation(t, made, &turned, &triple->rule->turn);
    triple->subject = triple->object;
    triple->object = subject;
    made->subject = one->object_node;
    made->object = one->subject_node;
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
    made->triple.ordered =
        rule->list != RG_NONE && (t->spec->evidence || t->spec->tuple == RG_TUPLE_NARY);
    made->triple.relation = render_relation(t, made, one, &rule->relation);
    if (rule->has_turn && !t->spec->no_turn && one->reached->via == rule->turn_via)
        turn_round(t, made, one);
    drop_own_qualifiers(t, &made->triple);
    out->count -= produce_is_double(out, made);
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
    return (listed){from->object, RG_NONE, from->ways[rule->object], false};
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
    if (!m->s->rules->output.evidence && sentence_is_said(m->s, m->bound[0], at))
        return false;
    to->items[to->count++] = (listed){at, RG_NONE, match_way(m, to->before, at), false};
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

static void put_part(tuples *t, tuple one, const listed *part, int depth);

/* An argument in a relation's label: a short noun phrase, else its head. */
static rg_str short_label(const tuples *t, int node)
{
    enum { MOST_WORDS = 2 };
    rg_tokens np = span_np(t->s, t->s->arena, node);
    if (np.count > MOST_WORDS || np.count == 0)
        return sentence_token(t->s, node)->lexeme->lower;
    return rg_extract_text(t->s->arena, t->s->parse, np);
}

/* What a label repeats: what leads to an argument, and the argument in short. */
static rg_str label_carried(const tuples *t, const arrival *reached, int node)
{
    rg_buf label = rg_buf_in(t->s->arena);
    for (int i = 0; i < reached->lead_count; i++) {
        rg_buf_put(&label, sentence_token(t->s, reached->leads[i])->lexeme->lower);
        rg_buf_byte(&label, ' ');
    }
    rg_buf_put(&label, short_label(t, node));
    return rg_buf_str(&label);
}

/* The relation's words and its label, with an argument and what leads to it put behind. */
static void carry(const tuples *t, tuple *one, const arrival *reached, int node,
                  int end)
{
    bool *words = new_set(t), *carried = new_set(t);
    size_t size = sizeof(bool) * (size_t)t->s->count;
    memcpy(words, one->words, size);
    if (one->carried)
        memcpy(carried, one->carried, size);
    add_leads(words, reached);
    rg_tokens span = span_minimal(t->s, t->out->keep, node);
    for (int i = 0; i < span.count; i++) {
        int at = span.items[i] - t->s->first;
        if (at < end || end < node)
            words[at] = carried[at] = true;
    }
    one->words = words;
    one->carried = carried;
    if (one->label.len == 0)
        one->label = label_carried(t, reached, node);
}

/* What is told of a node by its phrases: the relation goes on up to what leads there. */
static void put_nested(tuples *t, tuple one, const arrival *reached, int node,
                       int depth)
{
    found all = find_nested(t, node);
    for (int i = 0; i < all.count; i++) {
        const listed *next = &all.items[i];
        tuple longer = one;
        int end = next->reached.lead_count > 0 ? next->reached.leads[0] : next->node;
        longer.label = (rg_str){"", 0}; /* of the noun alone: "becomes-captain-of" */
        carry(t, &longer, reached, node, end);
        put_part(t, longer, next, depth - 1);
    }
}

static bool is_left_out(const tuples *t, rg_part part, int node)
{
    const rg_steps *tests = &t->spec->withouts[part];
    bool left_out = false;
    matcher m;
    matcher_begin(&m, t->s);
    for (int i = 0; i < tests->count && t->from->triple.rule->list != RG_NONE; i++)
        left_out = left_out || match_holds(&m, &tests->items[i], node);
    return left_out;
}

/* Has another rule told this item of a list of objects? */
static bool is_told(const tuples *t, int node)
{
    return !t->spec->evidence && sentence_is_said(t->s, t->from->anchor, node);
}

/* One argument as the object of a triple, then what is told of it. Depth: at most eight,
 * by the key `depth`. */
static void put_part(tuples *t, tuple one, const listed *part, int depth)
{
    bool *with_lead = new_set(t);
    memcpy(with_lead, one.words, sizeof(bool) * (size_t)t->s->count);
    add_leads(with_lead, &part->reached);
    items objects = find_items(t, RG_PART_OBJECT, part->node);
    for (int i = 0; i < objects.count; i++) {
        tuple this = one;
        if (is_left_out(t, RG_PART_OBJECT, objects.nodes[i])
            || (i > 0 && is_told(t, objects.nodes[i])))
            continue;
        this.words = with_lead;
        this.reached = &part->reached;
        this.object_node = objects.nodes[i];
        this.object =
            make_argument(t, RG_PART_OBJECT, &objects, i, &part->reached, false);
        if (!put_tuple(t, &this))
            return;
        if (t->spec->tuple == RG_TUPLE_CHAIN && depth > 0
            && t->from->triple.rule->list != RG_NONE)
            put_nested(t, one, &part->reached, objects.nodes[i], depth);
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
    for (int i = 0; i < count_parts(t); i++) {
        listed part = part_at(t, i);
        put_part(t, one, &part, is_ahead(t, part.node) ? 0 : t->spec->depth);
        if (is_carried(t, &part))
            carry(t, &one, &part.reached, part.node, t->s->count);
    }
}

/* ---- What is left of a list --------------------------------------------------------------- */

static bool is_absorbed_key(const rg_output_spec *spec, rg_str key)
{
    for (int i = 0; i < spec->absorb_count; i++)
        if (rg_str_equal(spec->absorbs[i], key))
            return true;
    return false;
}

/* Is the argument a qualifier, too, of a key that `absorb` names? */
static bool is_absorbed(const tuples *t, const listed *part)
{
    const rg_triple *triple = &t->from->triple;
    for (int i = 0; i < triple->qualifier_count; i++)
        if (triple->qualifiers[i].value.head == t->s->first + part->node
            && is_absorbed_key(t->spec, triple->qualifiers[i].key))
            return true;
    return false;
}

/* Keeps those that no other rule has said and that may be objects; if `absorb` says so,
 * qualifiers only where there is nothing else. */
static void filter_list(const tuples *t, draft *d)
{
    int kept = 0, others = 0; /* that are no qualifiers, or said elsewhere */
    for (int i = 0; i < d->list_count; i++) {
        const listed *one = &d->list[i];
        bool gone = one->consumed || is_left_out(t, RG_PART_OBJECT, one->node);
        others += gone || !is_absorbed(t, one);
        if (!gone)
            d->list[kept++] = *one;
    }
    d->list_count = kept;
    if (others == 0)
        return;
    kept = 0;
    for (int i = 0; i < d->list_count; i++)
        if (!is_absorbed(t, &d->list[i]))
            d->list[kept++] = d->list[i];
    d->list_count = kept;
}

/* ---- All drafts ---------------------------------------------------------------------------- */

/* Is the draft a triple as it stands? */
static bool is_plain(const rg_output_spec *spec, const draft *one)
{
    const rg_rule *rule = one->triple.rule;
    bool plain = rule->list == RG_NONE && rule->lead == RG_NONE;
    for (int i = 0; i < RG_PART_COUNT; i++)
        plain = plain && !spec->minimals[i];
    return plain || one->collected || rule->statement;
}

/* Has the relation no words but those that are not to be printed? */
static bool is_unsaid(const rg_output_spec *spec, const draft *one)
{
    return spec->no_supply && one->triple.rule->supply_count > 0
           && one->triple.wording.count == 0;
}

static void expand_draft(tuples *t)
{
    const draft *from = t->from;
    items subjects = find_items(t, RG_PART_SUBJECT, from->subject);
    bool *words = new_set(t);
    add_tokens(t, words, from->triple.wording);
    if (count_parts(t) == 0)
        return;
    for (int i = 0; i < subjects.count; i++) {
        if (is_left_out(t, RG_PART_SUBJECT, subjects.nodes[i]))
            continue;
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
        draft *one = &d->items[i];
        tuples t = {&made, s, &s->rules->output, one, made.count};
        s->fuel = TUPLE_FUEL;
        if (is_unsaid(t.spec, one))
            continue;
        filter_list(&t, one);
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
