/* learn_phrase.c - drafts that are phrases.
 *
 * The shortest phrase has the words on the way from the subject to the object and those that
 * the relation names, with what joins them; what else stands between is left out:
 *
 *     "Norsund threatened on Thursday to cancel its contract"   threatens-to-cancel
 *     <subject:org> threatens to cancel <object:thing>
 *
 * More literal ones come behind it: in the order of the sentence, with its auxiliaries;
 * where nothing else does, with all words as they stand.
 */
#include "check/lesson.h"

#include "lang/inflect.h"

enum { LONGEST_PHRASE = 8 };

/* How a phrase is put together. */
typedef struct plan {
    enum { SUBJECT_FIRST, AS_IT_STANDS, OBJECT_FIRST } order;
    bool helped; /* with auxiliaries, and every word in its form */
    bool typed;
} plan;

typedef struct wording {
    const lesson *l;
    bool *kept; /* of each token */
    int subject, object;
} wording;

static bool is_inside(const wording *w, int token)
{
    return lesson_holds(w->l->subject, token) || lesson_holds(w->l->object, token);
}

/* ---- Which words ---------------------------------------------------------------------- */

/* The words between `from` and `to` that the label names: the "with" of OBL:with. */
static void keep_joint(wording *w, int from, int to, rg_str label)
{
    int colon = rg_str_find_byte(label, ':', 0);
    rg_str lemma = rg_str_cut(label, colon + 1, label.len);
    for (int at = lesson_token(w->l, to)->head, i = 0; colon >= 0 && at != from;
         at = lesson_token(w->l, at)->head) {
        if (rg_str_equal(lesson_token(w->l, at)->lexeme->lower, lemma))
            w->kept[at] = true;
        if (lesson_token(w->l, at)->head == at || ++i > LONGEST_PHRASE)
            return;
    }
}

static void keep_way(wording *w, const lesson_way *way)
{
    for (int i = 0; i + 1 < way->count; i++) {
        const rg_link *link = &w->l->links[way->steps[i]];
        if (i > 0)
            w->kept[way->tokens[i]] = true;
        keep_joint(w, link->from, link->to, w->l->labels[way->steps[i]]);
    }
}

/* Is `above` a head of the token, or a head of its head? */
static bool is_below(const wording *w, int token, int above)
{
    while (lesson_token(w->l, token)->head != token) {
        token = lesson_token(w->l, token)->head;
        if (token == above)
            return true;
    }
    return false;
}

/* Keeps all between a token and what is kept above it, or is kept below it. */
static void keep_named(wording *w, int token)
{
    int count = w->l->made.parse->token_count;
    for (int i = 0; i < count; i++) {
        int low = is_below(w, token, i) ? token : i;
        int high = low == token ? i : token;
        if (!w->kept[i] || !is_below(w, low, high))
            continue;
        for (int at = low; at != high; at = lesson_token(w->l, at)->head)
            w->kept[at] = !is_inside(w, at);
        w->kept[token] = true;
        return;
    }
}

static bool has_dependent(const wording *w, int token)
{
    for (int i = 0; i < w->l->made.parse->token_count; i++)
        if (i != token && lesson_token(w->l, i)->head == token)
            return true;
    return false;
}

static bool is_kept_pos(const wording *w, int token)
{
    const rg_learn_spec *spec = &w->l->checker->rules->learn;
    for (int i = 0; i < spec->keep_count; i++)
        if (rg_str_equal(lesson_token(w->l, token)->pos, spec->keep[i]))
            return true;
    return false;
}

/* A word that belongs to a kept one and has nothing below it: "to cancel", "took over". */
static bool is_small(const wording *w, int token)
{
    const rg_learn_spec *spec = &w->l->checker->rules->learn;
    const rg_token *t = lesson_token(w->l, token);
    bool fits = (spec->part.len > 0 && rg_str_equal(t->dep, spec->part))
                || is_kept_pos(w, token);
    return fits && t->head != token && !is_inside(w, token) && !has_dependent(w, token);
}

static void choose_words(wording *w, const lesson_way *way)
{
    int count = w->l->made.parse->token_count;
    w->kept = rg_new(w->l->arena, bool, count);
    keep_way(w, way);
    for (int i = 0; i < count; i++)
        if (!w->kept[i] && !is_inside(w, i) && lesson_is_named(w->l, i))
            keep_named(w, i);
    bool *small = rg_new(w->l->arena, bool, count);
    for (int i = 0; i < count; i++)
        small[i] =
            !w->kept[i] && is_small(w, i) && w->kept[lesson_token(w->l, i)->head];
    for (int i = 0; i < count; i++)
        w->kept[i] = (w->kept[i] || small[i]) && !is_inside(w, i);
}

/* ---- How they are written --------------------------------------------------------------- */

static void put_slot(rg_buf *out, const wording *w, bool object, bool typed)
{
    rg_str type = lesson_type(w->l, object ? w->l->object : w->l->subject);
    if (!typed || type.len == 0)
        type = RG_STR("thing");
    rg_buf_format(out, "%s<%s:%.*s>", out->len ? " " : "",
                  object ? "object" : "subject", RG_PRINT(type));
}

/* Is it the verb on which all other kept words hang, without a small word before it? */
static bool is_finite(const wording *w, int token)
{
    if (!lesson_is_verb(lesson_token(w->l, token)))
        return false;
    for (int at = token; lesson_token(w->l, at)->head != at;) {
        at = lesson_token(w->l, at)->head;
        if (w->kept[at])
            return false;
    }
    return token == 0 || !w->kept[token - 1]
           || lesson_token(w->l, token - 1)->head != token;
}

static bool put_word(rg_buf *out, const wording *w, int token, bool helped)
{
    const rg_token *t = lesson_token(w->l, token);
    rg_str word = t->lexeme->text;
    if (!helped && is_finite(w, token))
        word = rg_inflect(w->l->arena, t->lemma, RG_INFLECT_PRESENT);
    rg_buf_format(out, "%s%.*s", out->len ? " " : "", RG_PRINT(word));
    return lesson_is_plain(word);
}

static bool is_put(const wording *w, int token, bool helped)
{
    const rg_token *t = lesson_token(w->l, token);
    return w->kept[token]
           || (helped && rg_str_is(t->pos, "AUX") && !is_inside(w, token)
               && w->kept[t->head]);
}

/* The phrase; empty if it is too long, some word is none, or all are prepositions and the
 * like, with which it would fit everywhere. */
static rg_str put_phrase(const wording *w, plan how)
{
    rg_buf out = rg_buf_in(w->l->arena);
    int count = w->l->made.parse->token_count, words = 0;
    bool says = false;
    if (how.order != AS_IT_STANDS)
        put_slot(&out, w, how.order == OBJECT_FIRST, how.typed);
    for (int i = 0; i < count; i++) {
        bool slot = i == w->subject || i == w->object;
        if (slot && how.order == AS_IT_STANDS)
            put_slot(&out, w, i == w->object, how.typed);
        if (slot || !is_put(w, i, how.helped))
            continue;
        if (++words > LONGEST_PHRASE || !put_word(&out, w, i, how.helped))
            return (rg_str){"", 0};
        says = says || !is_kept_pos(w, i);
    }
    if (how.order != AS_IT_STANDS)
        put_slot(&out, w, how.order == SUBJECT_FIRST, how.typed);
    return says ? rg_buf_str(&out) : (rg_str){"", 0};
}

/* All words between the two, as they stand. */
static void keep_all(wording *w)
{
    bool turned = w->object < w->subject;
    rg_tokens first = turned ? w->l->object : w->l->subject;
    rg_tokens last = turned ? w->l->subject : w->l->object;
    for (int i = 0; i < w->l->made.parse->token_count; i++)
        w->kept[i] = i > first.items[first.count - 1] && i < last.items[0];
}

static void draft_phrase(rg_drafts *out, const wording *w, plan how)
{
    for (int untyped = 0; untyped < 2; untyped++) {
        how.typed = !untyped;
        rg_str phrase = put_phrase(w, how);
        if (phrase.len == 0)
            continue;
        rg_buf draft = rg_buf_in(w->l->arena);
        rg_buf_text(&draft, "    say: ");
        rg_buf_quoted(&draft, phrase);
        rg_buf_byte(&draft, '\n');
        lesson_add(out, w->l, rg_buf_str(&draft));
    }
}

void learn_phrases(rg_drafts *out, const lesson *l, const lesson_way *way)
{
    static const plan plans[] = {
        {.order = SUBJECT_FIRST},
        {.order = AS_IT_STANDS},
        {.order = OBJECT_FIRST},
        {.order = AS_IT_STANDS, .helped = true},
    };
    wording w = {.l = l,
                 .subject = lesson_head(l, l->subject),
                 .object = lesson_head(l, l->object)};
    choose_words(&w, way);
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        draft_phrase(out, &w, plans[i]);
}

void learn_literally(rg_drafts *out, const lesson *l)
{
    wording w = {.l = l,
                 .kept = rg_new(l->arena, bool, l->made.parse->token_count),
                 .subject = lesson_head(l, l->subject),
                 .object = lesson_head(l, l->object)};
    keep_all(&w);
    draft_phrase(out, &w, (plan){.order = AS_IT_STANDS, .helped = true});
}
