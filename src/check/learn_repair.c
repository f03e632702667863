/* learn_repair.c - edits of the parse with which the wanted triple comes out.
 *
 * `learn: shapes` says how subject, verb and object of a lesson may hang together. Each shape
 * is laid on the sentence with each word that may be the verb; where the parse differs from
 * it are the edits to try, with two more kinds: the verb takes the place of what it wrongly
 * hangs on, and a word of a name or noun phrase goes back to it. Sets of one edit come before
 * those of two, and so on, at most MOST_TRIES in all. Each is made in a copy of the parse, and
 * the rules run over it:
 *
 *     "Corlin eyes the bid"   eyes: compound of bid, Corlin: compound of eyes
 *       try    Corlin -> nsubj of eyes                                nothing
 *       ...
 *       try    Corlin -> nsubj of eyes, bid -> dobj of eyes, ...      Corlin | eyes | bid
 */
#include "check/compare.h"
#include "check/lesson.h"

#include <string.h>

enum {
    MOST_TRIES = 2000,
    MOST_VERBS = 5,
    MOST_WORDS = 3,
    FARTHEST = 20,  /* tokens from the object */
    MOST_STEPS = 8, /* of a plan */
    MOST_PLANS = 128,
    MOST_EDITS = 6, /* of a set */
    FEW_EDITS = 2,
    MOST_FOUND = 4, /* of a kind */
};

/* One edit: the token as it shall be. */
typedef struct step {
    mended to;
    bool hang, tag; /* which part of it is meant */
} step;

/* What may be edited, with one shape and one choice of its words. */
typedef struct plan {
    step steps[MOST_STEPS];
    int count;
} plan;

/* A set of edits that helps. */
typedef struct cure {
    mended changes[MOST_STEPS];
    int count;
    sentence_run made;
} cure;

typedef struct cures {
    cure items[MOST_FOUND];
    int count;
} cures;

typedef struct search {
    const lesson *l;
    plan *plans;
    int plan_count;
    uint64_t *tried; /* hashes of the parses tried */
    int tries;
    bool joined,
        near; /* the rules join the two as it is; a way over logical edges does */
    const rg_rules *rules;
    const rg_extractor *extractor;
    cures whole;  /* with which the triple comes out */
    cures half;   /* with which the two are joined by another relation */
    cures slight; /* with which they are joined by logical edges */
} search;

/* ---- Plans: what may be edited -------------------------------------------------------- */

static mended as_it_is(const lesson *l, int token)
{
    const rg_token *t = lesson_token(l, token);
    return (mended){token, t->head, t->dep, t->pos, t->tag, t->lemma};
}

static rg_str symbol_of(const lesson *l, int symbol)
{
    return rg_map_key(l->checker->rules->symbols, symbol);
}

static bool is_outside(const lesson *l, int token)
{
    return !lesson_holds(l->subject, token) && !lesson_holds(l->object, token);
}

static void add_step(plan *p, step one)
{
    if (p->count < MOST_STEPS)
        p->steps[p->count++] = one;
}

static void add_hang(plan *p, const lesson *l, int token, int head, rg_str dep)
{
    step one = {.to = as_it_is(l, token), .hang = true};
    bool is_there = one.to.head == head && rg_str_equal(one.to.dep, dep);
    if (is_there || token == head)
        return;
    one.to.head = head;
    one.to.dep = dep;
    add_step(p, one);
}

/* Does another word hang there by this label, so that there is no place for one more? */
static bool is_taken(const lesson *l, int token, int head, rg_str dep)
{
    for (int i = 0; i < l->made.parse->token_count; i++) {
        const rg_token *t = lesson_token(l, i);
        if (i != token && i != head && t->head == head && is_outside(l, i)
            && rg_str_equal(t->dep, dep))
            return true;
    }
    return false;
}

/* Edits that give one word other tags are one. */
static void add_tag(plan *p, const lesson *l, int token, const rg_edit *edit)
{
    rg_str value = symbol_of(l, edit->label);
    step *last = p->count > 0 ? &p->steps[p->count - 1] : NULL;
    if (edit->attr == RG_ATTR_TAG && last && last->tag && last->to.token == token)
        last->to.tag = value;
    if (edit->attr != RG_ATTR_POS || rg_str_equal(value, lesson_token(l, token)->pos))
        return;
    step one = {.to = as_it_is(l, token), .tag = true};
    one.to.pos = value;
    one.to.lemma = lesson_token(l, token)->lemma;
    add_step(p, one);
}

/* The verb takes the place of the highest of subject and object that it hangs below. */
static void add_lift(plan *p, const lesson *l, int verb)
{
    int top = RG_NONE;
    for (int at = verb; lesson_token(l, at)->head != at;) {
        at = lesson_token(l, at)->head;
        if (lesson_holds(l->subject, at) || lesson_holds(l->object, at))
            top = at;
    }
    if (top == RG_NONE)
        return;
    int above = lesson_token(l, top)->head;
    step one = {.to = as_it_is(l, verb), .hang = true};
    one.to.head = above == top ? verb : above;
    one.to.dep = lesson_token(l, top)->dep;
    add_step(p, one);
}

static void add_parts(plan *p, const lesson *l, rg_tokens words)
{
    int head = lesson_head(l, words);
    rg_str part = l->checker->rules->learn.part;
    for (int i = 0; i < words.count && part.len > 0; i++)
        if (words.items[i] != head
            && !rg_token_is_mark(lesson_token(l, words.items[i])))
            add_hang(p, l, words.items[i], head, part);
}

static bool is_end(int name)
{
    return name == RG_LEARN_SUBJECT || name == RG_LEARN_OBJECT;
}

static void add_plan(search *s, const rg_learn_shape *shape, const int *bound)
{
    if (s->plan_count == MOST_PLANS)
        return;
    plan *p = &s->plans[s->plan_count];
    *p = (plan){.count = 0};
    for (int i = 0; i < shape->edit_count; i++) {
        const rg_edit *edit = &shape->edits[i];
        if (bound[edit->from] == RG_NONE
            || (edit->kind == RG_EDIT_ADD && bound[edit->to] == RG_NONE))
            return;
        rg_str label = symbol_of(s->l, edit->label);
        if (edit->kind == RG_EDIT_RETAG)
            add_tag(p, s->l, bound[edit->from], edit);
        else if (is_end(edit->to)
                 && is_taken(s->l, bound[edit->to], bound[edit->from], label))
            return;
        else
            add_hang(p, s->l, bound[edit->to], bound[edit->from], label);
    }
    add_lift(p, s->l, bound[RG_LEARN_VERB]);
    add_parts(p, s->l, s->l->subject);
    add_parts(p, s->l, s->l->object);
    s->plan_count++;
}

/* The label by which the shape hangs its word, or RG_NONE: it has none. */
static int word_label(const rg_learn_shape *shape)
{
    for (int i = 0; i < shape->edit_count; i++)
        if (shape->edits[i].kind == RG_EDIT_ADD && shape->edits[i].to == RG_LEARN_WORD)
            return shape->edits[i].label;
    return RG_NONE;
}

/* Does the token hang by the label, outside of subject and object? */
static bool may_be_word(const lesson *l, int token, int label)
{
    return token >= 0 && token < l->made.parse->token_count && is_outside(l, token)
           && rg_str_equal(lesson_token(l, token)->dep, symbol_of(l, label));
}

/* A plan for each word that hangs by the label already, those near the object first; one
 * plan if the shape has no word. */
static void add_shape(search *s, const rg_learn_shape *shape, int *bound)
{
    int label = word_label(shape), words = 0;
    if (label == RG_NONE)
        add_plan(s, shape, bound);
    for (int away = 1; label != RG_NONE && away < FARTHEST; away++)
        for (int side = -1; side <= 1 && words < MOST_WORDS; side += 2) {
            int at = bound[RG_LEARN_OBJECT] + side * away;
            if (!may_be_word(s->l, at, label))
                continue;
            bound[RG_LEARN_WORD] = at;
            add_plan(s, shape, bound);
            words++;
        }
    bound[RG_LEARN_WORD] = RG_NONE;
}

/* A verb, or what may be one taken for something else: named by the relation, or of the
 * part of speech of subject or object. */
static bool may_be_verb(const lesson *l, int token)
{
    rg_str pos = lesson_token(l, token)->pos;
    return lesson_is_verb(lesson_token(l, token)) || lesson_is_named(l, token)
           || rg_str_equal(pos, lesson_token(l, lesson_head(l, l->subject))->pos)
           || rg_str_equal(pos, lesson_token(l, lesson_head(l, l->object))->pos);
}

/* How likely a word is to be the verb: named by the relation, between the two, near the
 * object; 0: not at all. */
static int rank_verb(const lesson *l, int token)
{
    int s = lesson_head(l, l->subject), o = lesson_head(l, l->object);
    const rg_token *t = lesson_token(l, token);
    bool between = (token > s && token < o) || (token > o && token < s);
    int away = token > o ? token - o : o - token;
    if (!is_outside(l, token) || rg_token_is_mark(t) || !lesson_is_plain(t->lemma)
        || away > FARTHEST || !may_be_verb(l, token))
        return 0;
    return 100 * lesson_is_named(l, token) + 50 * lesson_is_verb(t) + 40 * between
           + FARTHEST + 1 - away;
}

static void list_plans(search *s)
{
    const lesson *l = s->l;
    int count = l->made.parse->token_count, below = 1000;
    for (int verbs = 0; verbs < MOST_VERBS; verbs++) {
        int best = RG_NONE, most = 0;
        for (int i = 0; i < count; i++) {
            int rank = rank_verb(l, i);
            if (rank > most && rank < below) {
                most = rank;
                best = i;
            }
        }
        if (best == RG_NONE)
            return;
        below = most;
        int bound[RG_LEARN_NAMES] = {[RG_LEARN_SUBJECT] = lesson_head(l, l->subject),
                                     [RG_LEARN_OBJECT] = lesson_head(l, l->object),
                                     [RG_LEARN_VERB] = best,
                                     [RG_LEARN_WORD] = RG_NONE};
        int above = lesson_token(l, bound[RG_LEARN_SUBJECT])->head;
        bound[RG_LEARN_FIRST] = is_outside(l, above) && above != best ? above : RG_NONE;
        for (int i = 0; i < l->checker->rules->learn.shape_count; i++)
            add_shape(s, &l->checker->rules->learn.shapes[i], bound);
    }
}

/* ---- Trying ------------------------------------------------------------------------------ */

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
    if (list->count == MOST_FOUND)
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
        return keep(&s->whole, one);
    if (!s->joined && joins(s->l, edges))
        return keep(&s->half, one);
    return !s->near && is_near(s->l, &one->made) && keep(&s->slight, one);
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
static void try_plans(search *s)
{
    for (int size = 1; size <= MOST_EDITS && s->whole.count == 0; size++)
        for (int i = 0; i < s->plan_count; i++)
            for (unsigned set = 1; set < 1u << s->plans[i].count; set++)
                if (count_bits(set) == size && s->tries < MOST_TRIES
                    && is_whole(&s->plans[i], set))
                    try_set(s, &s->plans[i], set);
}

/* ---- Drafts ---------------------------------------------------------------------------------- */

/* The rule that makes the triple, or NULL: none of this set's own. */
static const rg_rule *find_rule(const lesson *l, const cure *c)
{
    const scope all = {.partial = true};
    const rg_edges *edges = &c->made.found.entities->edges;
    for (int i = 0; i < edges->count; i++) {
        const rg_edges one = {.items = &edges->items[i], .count = 1};
        if (compare_find_missing(l->example, &one, &all) < 0)
            return c->made.found.triples->items[c->made.found.entities->triples[i]]
                .rule;
    }
    return NULL;
}

/* Up to and with the last slash. */
static rg_str folder_of(rg_str path)
{
    int end = path.len;
    while (end > 0 && path.bytes[end - 1] != '/')
        end--;
    return rg_str_cut(path, 0, end);
}

/* The name by which a rule file beside core.yaml is included, or empty: it is core, or lies
 * elsewhere. */
static rg_str include_name(const lesson *l, const rg_rule *rule)
{
    const rg_rules *rules = l->checker->rules;
    const rg_str ending = RG_STR(".yaml"), none = {"", 0};
    if (!rule || rules->derive_count == 0)
        return none;
    rg_str path = rules->files[rule->file].path;
    rg_str core = rules->files[rules->derives[0].file].path, folder = folder_of(path);
    if (rg_str_equal(path, core) || !rg_str_equal(folder, folder_of(core))
        || !rg_str_ends(path, ending))
        return none;
    return rg_str_cut(path, folder.len, path.len - ending.len);
}

/* A repair alone; its example needs the rule that makes the triple. */
static void draft_whole(rg_drafts *out, const lesson *l, const cure *c)
{
    rg_str repair = learn_put_repair(l, c->changes, c->count, true);
    rg_str file = include_name(l, find_rule(l, c));
    if (repair.len == 0)
        return;
    rg_buf draft = rg_buf_in(l->arena);
    rg_buf_format(&draft, "relgraph: 1\ninclude: [core%s%.*s]\n\n%.*s",
                  file.len ? ", " : "", RG_PRINT(file), RG_PRINT(repair));
    if (out->count < RG_DRAFTS)
        out->items[out->count++] =
            (rg_draft){.text = rg_buf_str(&draft), .by_any = true};
}

static bool has_verb(const lesson *l, const lesson_way *w)
{
    bool has = false;
    for (int i = 1; i + 1 < w->count; i++)
        has = has || lesson_is_verb(lesson_token(l, w->tokens[i]));
    return has;
}

/* Repair and rule: phrases, since how a phrase is read in other sentences confirms the
 * edit; at the very last ways, which nothing confirms. */
static void draft_half(rg_drafts *out, const lesson *l, const cure *c, bool ways)
{
    lesson with = *l;
    with.repair = learn_put_repair(l, c->changes, c->count, false);
    with.made = c->made;
    if (with.repair.len == 0)
        return;
    lesson_list_links(&with);
    lesson_way w = lesson_find_way(&with);
    if (!has_verb(&with, &w))
        return;
    if (!ways)
        learn_phrases(out, &with, &w);
    else if (lesson_is_logical(&with, &w))
        learn_ways(out, &with, &w);
}

static bool has_retag(const lesson *l, const cure *c)
{
    for (int i = 0; i < c->count; i++)
        if (!rg_str_equal(c->changes[i].pos, lesson_token(l, c->changes[i].token)->pos))
            return true;
    return false;
}

/* An edge or two may be a phrase's ground; what takes more is left for the end. */
static void draft_halves(rg_drafts *out, const lesson *l, const cures *found, bool ways)
{
    for (int i = 0; i < found->count; i++) {
        const cure *c = &found->items[i];
        bool few = c->count <= FEW_EDITS && !has_retag(l, c);
        if (few || ways)
            draft_half(out, l, c, false);
        if (ways)
            draft_half(out, l, c, true);
    }
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

void learn_repairs(rg_drafts *out, const lesson *l, bool ways)
{
    search *s = rg_new(l->arena, search, 1);
    *s = (search){.l = l,
                  .plans = rg_new(l->arena, plan, MOST_PLANS),
                  .tried = rg_new(l->arena, uint64_t, MOST_TRIES),
                  .joined = joins(l, &l->made.found.entities->edges),
                  .near = is_near(l, &l->made)};
    take_rules(s);
    take_rules(s);
    list_plans(s);
    try_plans(s);
    for (int i = 0; i < s->whole.count && !ways; i++)
        draft_whole(out, l, &s->whole.items[i]);
    draft_halves(out, l, &s->half, ways);
    draft_halves(out, l, &s->slight, ways);
}
