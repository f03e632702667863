/* learn_way.c - drafts that are an anchor and paths: the shortest way from the subject to
 * the object in the graph of the sentence, logical edges before the parser's, anchored at
 * its first verb, or else at its first word between the two. */
#include "check/lesson.h"

static int find_anchor(const lesson *l, const lesson_way *w)
{
    for (int i = 1; i < w->count - 1; i++)
        if (lesson_is_verb(lesson_token(l, w->tokens[i])))
            return i;
    return 1;
}

static void put_lemma(rg_buf *out, const rg_token *token)
{
    if (lesson_is_plain(token->lemma))
        rg_buf_format(out, "[%.*s]", RG_PRINT(token->lemma));
    else
        rg_buf_format(out, "[%.*s]", RG_PRINT(token->pos));
}

/* The steps from the anchor (tokens[at]) to one end of the way. */
static void put_steps(rg_buf *out, const lesson *l, const lesson_way *w, int at,
                      int end, bool typed)
{
    int step = end > at ? 1 : -1;
    for (; at != end; at += step) {
        int by = w->steps[step > 0 ? at : at - 1], next = w->tokens[at + step];
        rg_buf_format(out, " %c%.*s", l->links[by].to == next ? '>' : '<',
                      RG_PRINT(l->labels[by]));
        if (at + step != end)
            put_lemma(out, lesson_token(l, next));
    }
    rg_str type = lesson_type(l, end == 0 ? l->subject : l->object);
    if (typed && type.len > 0)
        rg_buf_format(out, "[:%.*s]", RG_PRINT(type));
}

static rg_str put_way(const lesson *l, const lesson_way *w, bool typed)
{
    int anchor = find_anchor(l, w);
    rg_buf draft = rg_buf_in(l->arena);
    rg_buf_text(&draft, "    match: {v: \"");
    put_lemma(&draft, lesson_token(l, w->tokens[anchor]));
    rg_buf_text(&draft, "\"}\n    args:\n      subject: \"v");
    put_steps(&draft, l, w, anchor, 0, typed);
    rg_buf_text(&draft, "\"\n      object: \"v");
    put_steps(&draft, l, w, anchor, w->count - 1, typed);
    rg_buf_text(&draft, "\"\n");
    return rg_buf_str(&draft);
}

void learn_ways(rg_drafts *out, const lesson *l, const lesson_way *w)
{
    if (w->count < 3)
        return;
    lesson_add(out, l, put_way(l, w, true));
    lesson_add(out, l, put_way(l, w, false));
}
