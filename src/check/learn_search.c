/* learn_search.c - which edits of a parse help a lesson: sets of them, the smallest first. */
#include "check/compare.h"
#include "check/learn_repair.h"

#include <string.h>

enum { MOST_EDITS = 6 }; /* of a set */

typedef struct search {
    const lesson *l;
    remedies *out;
    uint64_t *tried; /* hashes of the parses tried */
    int tries;
    bool joined; /* the rules join the two as it is */
    bool near;   /* a way over logical edges does */
    const rg_rules *rules;
    const rg_extractor *extractor;
} search;

/* Lays an edit over the others of its token. */
static void lay_over(mended *out, const step *one)
{
    if (one->hang) {
        out->head = one->to.head;
        out->dep = one->to.dep;
    }
    if (one->tag) {
        out->pos = one->to.pos;
        out->tag = one->to.tag;
        out->lemma = one->to.lemma;
    }
}

/* A word that becomes another part of speech hangs elsewhere, too, if the shape says so. */
static bool is_whole(const plan *p, unsigned set)
{
    for (int i = 0; i < p->count; i++)
        for (int j = 0; j < p->count && p->steps[i].tag && set >> i & 1; j++)
            if (p->steps[j].hang && p->steps[j].to.token == p->steps[i].to.token
                && !(set >> j & 1))
                return false;
    return true;
}

/* The set's changes, one for each token. */
static int gather(mended *out, const plan *p, unsigned set)
{
    int count = 0;
    for (int i = 0; i < p->count; i++) {
        if (!(set >> i & 1))
            continue;
        int at = 0;
        while (at < count && out[at].token != p->steps[i].to.token)
            at++;
        if (at == count)
            out[count++] = p->steps[i].to;
        lay_over(&out[at], &p->steps[i]);
    }
    return count;
}

static bool is_tree(const rg_parse *parse)
{
    for (int i = 0; i < parse->token_count; i++) {
        int at = i, steps = 0;
        while (parse->tokens[at].head != at) {
            at = parse->tokens[at].head;
            if (++steps > parse->token_count)
                return false;
        }
    }
    return true;
}

static rg_parse copy_parse(const lesson *l, const mended *changes, int count)
{
    rg_parse copy = *l->made.parse;
    copy.tokens = rg_new(l->arena, rg_token, copy.token_count);
    memcpy(copy.tokens, l->made.parse->tokens,
           (size_t)copy.token_count * sizeof *copy.tokens);
    for (int i = 0; i < count; i++) {
        rg_token *t = &copy.tokens[changes[i].token];
        t->head = changes[i].head;
        t->dep = changes[i].dep;
        t->pos = changes[i].pos;
        t->tag = changes[i].tag;
        t->lemma = changes[i].lemma;
    }
    return copy;
}

static uint64_t hash_changes(const mended *changes, int count)
{
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        uint64_t one =
            (uint64_t)changes[i].token * 1000003u + (uint64_t)changes[i].head;
        one = one * 1000003u + rg_str_hash(changes[i].dep);
        sum += one * 1000003u + rg_str_hash(changes[i].pos);
    }
    return sum;
}

static bool is_known(search *s, uint64_t hash)
{
    for (int i = 0; i < s->tries; i++)
        if (s->tried[i] == hash)
            return true;
    s->tried[s->tries++] = hash;
    return false;
}

/* Is there a triple with these two, whatever its relation? */
static bool joins(const lesson *l, const rg_edges *edges)
{
    const scope all = {.partial = true};
    for (int i = 0; i < edges->count; i++) {
        rg_wanted wanted = {.subject = l->wanted->subject,
                            .relation = edges->items[i].relation,
                            .object = l->wanted->object};
        const rg_example any = {.wanted = &wanted, .wanted_count = 1};
        if (compare_find_missing(&any, edges, &all) < 0)
            return true;
    }
    return false;
}

/* Does a way over logical edges lead from one to the other by a third word? */
static bool is_near(const lesson *l, const sentence_run *made)
{
    lesson as_made = *l;
    as_made.made = *made;
    lesson_list_links(&as_made);
    lesson_way w = lesson_find_way(&as_made);
    return w.count == 3 && lesson_is_logical(&as_made, &w);
}

static bool keep(cures *list, const cure *one)
{
    if (list->count == RG_MOST_CURES)
        return false;
    list->items[list->count++] = *one;
    return true;
}

/* Keeps what helps; false if it does not, or there is enough of it. */
static bool judge(search *s, const cure *one)
{
    const scope all = {.partial = true};
    const rg_edges *edges = &one->made.found.entities->edges;
    if (compare_find_missing(s->l->example, edges, &all) < 0)
        return keep(&s->out->whole, one);
    if (!s->joined && joins(s->l, edges))
        return keep(&s->out->half, one);
    return !s->near && is_near(s->l, &one->made) && keep(&s->out->slight, one);
}

static void try_set(search *s, const plan *p, unsigned set)
{
    const lesson *l = s->l;
    cure one = {.made = l->made};
    one.count = gather(one.changes, p, set);
    if (is_known(s, hash_changes(one.changes, one.count)))
        return;
    rg_arena_mark mark = rg_arena_mark_now(l->arena);
    rg_parse *parse = rg_new(l->arena, rg_parse, 1);
    rg_error trouble = {0};
    *parse = copy_parse(l, one.changes, one.count);
    one.made.parse = parse;
    bool ok = is_tree(parse)
              && rg_entities_find(&one.made.found, l->arena, s->rules, s->extractor,
                                  parse, true, &trouble);
    if (!ok || !judge(s, &one))
        rg_arena_reset(l->arena, mark);
}

static int count_bits(unsigned set)
{
    int count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

/* Larger sets are not tried once some of one size do. */
static void try_plans(search *s, const plans *from)
{
    for (int size = 1; size <= MOST_EDITS && s->out->whole.count == 0; size++)
        for (int i = 0; i < from->count; i++)
            for (unsigned set = 1; set < 1u << from->items[i].count; set++)
                if (count_bits(set) == size && s->tries < RG_MOST_TRIES
                    && is_whole(&from->items[i], set))
                    try_set(s, &from->items[i], set);
}

static bool is_repaired(const lesson *l)
{
    const rg_triples *triples = l->made.found.triples;
    for (int i = 0; i < triples->event_count; i++)
        if (triples->events[i].kind == RG_EVENT_REPAIRED)
            return true;
    return false;
}

/* A new repair comes behind the others, which do not see what it does: where they have
 * nothing to do in the sentence the rules are tried without them. */
static void take_rules(search *s)
{
    s->rules = s->l->checker->rules;
    s->extractor = s->l->checker->extractor;
    if (is_repaired(s->l))
        return;
    rg_rules *rules = rg_new(s->l->arena, rg_rules, 1);
    *rules = *s->rules;
    rules->repair_count = 0;
    s->rules = rules;
    s->extractor = rg_extract_new(s->l->arena, rules);
}

void learn_search(remedies *out, const lesson *l, const plans *from)
{
    search s = {.l = l,
                .out = out,
                .tried = rg_new(l->arena, uint64_t, RG_MOST_TRIES),
                .joined = joins(l, &l->made.found.entities->edges),
                .near = is_near(l, &l->made)};
    out->whole.count = out->half.count = out->slight.count = 0;
    take_rules(&s);
    try_plans(&s, from);
}
