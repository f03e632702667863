/* learn_plan.c - which edits of a parse may help a lesson. */
#include "check/learn_repair.h"

enum {
    MOST_VERBS = 5,
    MOST_WORDS = 3,
    FARTHEST = 20, /* tokens from the object */
};

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
    if (p->count < RG_MOST_STEPS)
        p->steps[p->count++] = one;
}

static bool are_in_one_sentence(const lesson *l, int a, int b)
{
    const rg_parse *parse = l->made.parse;
    for (int i = 0; i < parse->sentence_count; i++)
        if (a >= parse->sentences[i].first && a < parse->sentences[i].end)
            return b >= parse->sentences[i].first && b < parse->sentences[i].end;
    return false;
}

static void add_hang(plan *p, const lesson *l, int token, int head, rg_str dep)
{
    step one = {.to = as_it_is(l, token), .hang = true};
    bool is_there = one.to.head == head && rg_str_equal(one.to.dep, dep);
    if (is_there || token == head || !are_in_one_sentence(l, token, head))
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

static void add_plan(plans *out, const lesson *l, const rg_learn_shape *shape,
                     const int *bound)
{
    if (out->count == RG_MOST_PLANS)
        return;
    plan *p = &out->items[out->count];
    *p = (plan){.count = 0};
    for (int i = 0; i < shape->edit_count; i++) {
        const rg_edit *edit = &shape->edits[i];
        if (bound[edit->from] == RG_NONE
            || (edit->kind == RG_EDIT_ADD && bound[edit->to] == RG_NONE))
            return;
        rg_str label = symbol_of(l, edit->label);
        if (edit->kind == RG_EDIT_RETAG)
            add_tag(p, l, bound[edit->from], edit);
        else if (is_end(edit->to)
                 && is_taken(l, bound[edit->to], bound[edit->from], label))
            return;
        else
            add_hang(p, l, bound[edit->to], bound[edit->from], label);
    }
    add_lift(p, l, bound[RG_LEARN_VERB]);
    add_parts(p, l, l->subject);
    add_parts(p, l, l->object);
    out->count++;
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
static void add_shape(plans *out, const lesson *l, const rg_learn_shape *shape,
                      int *bound)
{
    int label = word_label(shape), words = 0;
    if (label == RG_NONE)
        add_plan(out, l, shape, bound);
    for (int away = 1; label != RG_NONE && away < FARTHEST; away++)
        for (int side = -1; side <= 1 && words < MOST_WORDS; side += 2) {
            int at = bound[RG_LEARN_OBJECT] + side * away;
            if (!may_be_word(l, at, label))
                continue;
            bound[RG_LEARN_WORD] = at;
            add_plan(out, l, shape, bound);
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

void learn_list_plans(plans *out, const lesson *l)
{
    out->count = 0;
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
            add_shape(out, l, &l->checker->rules->learn.shapes[i], bound);
    }
}
