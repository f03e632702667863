/* learn_mend.c - changes of a parse as a repair, in the rule language.
 *
 * The repair's paths are the smallest tree of the parse, as it is, that joins all words whose
 * edges change with their old and new heads. What each word must be is written closely, so
 * that it does not begin elsewhere: verbs, particles and what gets another part of speech by
 * lemma, all others by part of speech, each before or behind the word it hangs on.
 */
#include "check/lesson.h"

enum { MOST_NAMED = 8 };

typedef struct mending {
    const lesson *l;
    const mended *changes;
    int count;
    bool *named; /* of each token: the paths give it a name */
    int top;     /* the token above all others of them */
    rg_buf out;
    int end;   /* the token where the path being written ends */
    int paths; /* begun so far */
} mending;

static const rg_token *token_of(const mending *m, int token)
{
    return lesson_token(m->l, token);
}

static const mended *change_of(const mending *m, int token)
{
    for (int i = 0; i < m->count; i++)
        if (m->changes[i].token == token)
            return &m->changes[i];
    return NULL;
}

static bool is_rehung(const mending *m, const mended *change)
{
    const rg_token *t = token_of(m, change->token);
    return change->head != t->head || !rg_str_equal(change->dep, t->dep);
}

static bool is_retagged(const mending *m, const mended *change)
{
    return change && !rg_str_equal(change->pos, token_of(m, change->token)->pos);
}

/* ---- Which words the paths name ----------------------------------------------------------- */

static bool is_at_or_below(const mending *m, int token, int above)
{
    while (token != above && token_of(m, token)->head != token)
        token = token_of(m, token)->head;
    return token == above;
}

static bool covers_all(const mending *m, int above)
{
    for (int i = 0; i < m->l->made.parse->token_count; i++)
        if (m->named[i] && !is_at_or_below(m, i, above))
            return false;
    return true;
}

/* Names the words of the changes and what joins them; false if nothing does, or they are
 * too many. */
static bool name_words(mending *m)
{
    int tokens = m->l->made.parse->token_count, named = 0;
    m->named = rg_new(m->l->arena, bool, tokens);
    for (int i = 0; i < m->count; i++) {
        const mended *change = &m->changes[i];
        m->named[change->token] = true;
        m->named[change->head] = m->named[token_of(m, change->token)->head] = true;
    }
    m->top = m->changes[0].token;
    while (!covers_all(m, m->top)) {
        if (token_of(m, m->top)->head == m->top)
            return false;
        m->top = token_of(m, m->top)->head;
    }
    for (int i = 0; i < tokens; i++)
        for (int at = i; m->named[i] && at != m->top; at = token_of(m, at)->head)
            m->named[at] = true;
    m->named[m->top] = true;
    for (int i = 0; i < tokens; i++)
        named += m->named[i];
    return named <= MOST_NAMED;
}

/* "s" and "o" for subject and object, "w3" for the third word. */
static void put_name(rg_buf *out, const mending *m, int token)
{
    if (token == lesson_head(m->l, m->l->subject))
        rg_buf_byte(out, 's');
    else if (token == lesson_head(m->l, m->l->object))
        rg_buf_byte(out, 'o');
    else
        rg_buf_format(out, "w%d", token + 1);
}

/* ---- The paths -------------------------------------------------------------------------------- */

static bool is_by_lemma(const mending *m, int token)
{
    const rg_learn_spec *spec = &m->l->checker->rules->learn;
    const rg_token *t = token_of(m, token);
    bool is = lesson_is_verb(t) || is_retagged(m, change_of(m, token));
    for (int i = 0; i < spec->keep_count; i++)
        is = is || rg_str_equal(t->pos, spec->keep[i]);
    return is && lesson_is_plain(t->lemma);
}

/* "!has >nsubj": what is hung there has none of its kind there yet. */
static void put_vacancies(mending *m, int head)
{
    for (int i = 0; i < m->count; i++) {
        const mended *change = &m->changes[i];
        bool vacant = change->head == head && change->token != head;
        for (int j = 0; j < m->l->made.parse->token_count; j++)
            vacant = vacant
                     && (j == head || token_of(m, j)->head != head
                         || !rg_str_equal(token_of(m, j)->dep, change->dep));
        if (vacant)
            rg_buf_format(&m->out, ", !has >%.*s", RG_PRINT(change->dep));
    }
}

static void put_type(mending *m, int token)
{
    const lesson *l = m->l;
    bool subject = token == lesson_head(l, l->subject);
    if (!subject && token != lesson_head(l, l->object))
        return;
    rg_str type = lesson_type(l, subject ? l->subject : l->object);
    if (type.len > 0)
        rg_buf_format(&m->out, ", :%.*s", RG_PRINT(type));
}

static void put_constraint(mending *m, int token)
{
    const rg_token *t = token_of(m, token);
    rg_buf_byte(&m->out, '[');
    if (is_by_lemma(m, token))
        rg_buf_format(&m->out, "lemma=%.*s, ", RG_PRINT(t->lemma));
    rg_buf_format(&m->out, "%.*s", RG_PRINT(t->pos));
    if (is_retagged(m, change_of(m, token)))
        rg_buf_format(&m->out, ", tag=%.*s", RG_PRINT(t->tag));
    if (t->head == token)
        rg_buf_format(&m->out, ", dep=%.*s", RG_PRINT(t->dep));
    put_type(m, token);
    put_vacancies(m, token);
    if (token != m->top) {
        rg_buf_text(&m->out, token < t->head ? ", before " : ", after ");
        put_name(&m->out, m, t->head);
    }
    rg_buf_byte(&m->out, ']');
}

static void begin_path(mending *m, int from)
{
    rg_buf_text(&m->out, m->paths++ > 0 ? "\"\n      - \"" : "\n      - \"");
    put_name(&m->out, m, from);
    m->end = from;
}

/* Nests as deep as words are named, which are few. */
static void put_below(mending *m, int head)
{
    for (int i = 0; i < m->l->made.parse->token_count; i++) {
        const rg_token *t = token_of(m, i);
        if (!m->named[i] || t->head != head || i == head)
            continue;
        if (m->end != head)
            begin_path(m, head);
        rg_buf_format(&m->out, " >%.*s=", RG_PRINT(t->dep));
        put_name(&m->out, m, i);
        put_constraint(m, i);
        m->end = i;
        put_below(m, i);
    }
}

static void put_paths(mending *m)
{
    rg_buf_text(&m->out, "    match:");
    begin_path(m, m->top);
    put_constraint(m, m->top);
    put_below(m, m->top);
    rg_buf_text(&m->out, "\"\n");
}

/* ---- The edits -------------------------------------------------------------------------------- */

static void put_edge(mending *m, int head, rg_str dep, int token, bool to)
{
    if (!to)
        rg_buf_byte(&m->out, ' ');
    put_name(&m->out, m, head);
    rg_buf_format(&m->out, " >%.*s", RG_PRINT(dep));
    if (!to) {
        rg_buf_byte(&m->out, ' ');
        put_name(&m->out, m, token);
    }
}

static void put_rehung(mending *m, const mended *change)
{
    const rg_token *t = token_of(m, change->token);
    bool was_root = t->head == change->token, is_root = change->head == change->token;
    rg_buf_text(&m->out, was_root  ? "\n      - add"
                         : is_root ? "\n      - del"
                                   : "\n      - move");
    if (was_root) {
        put_edge(m, change->head, change->dep, change->token, false);
        return;
    }
    put_edge(m, t->head, t->dep, change->token, false);
    if (is_root)
        return;
    rg_buf_text(&m->out, " to ");
    put_edge(m, change->head, change->dep, change->token, true);
}

static void put_retag(mending *m, int token, const char *attr, rg_str was, rg_str is)
{
    if (rg_str_equal(was, is))
        return;
    rg_buf_text(&m->out, "\n      - retag ");
    put_name(&m->out, m, token);
    rg_buf_format(&m->out, " %s=%.*s", attr, RG_PRINT(is));
}

static void put_edits(mending *m)
{
    rg_buf_text(&m->out, "    edit:");
    for (int i = 0; i < m->count; i++) {
        const mended *change = &m->changes[i];
        const rg_token *t = token_of(m, change->token);
        if (is_rehung(m, change))
            put_rehung(m, change);
        put_retag(m, change->token, "pos", t->pos, change->pos);
        put_retag(m, change->token, "tag", t->tag, change->tag);
        put_retag(m, change->token, "lemma", t->lemma, change->lemma);
    }
    rg_buf_byte(&m->out, '\n');
}

/* ---- The remark ------------------------------------------------------------------------------- */

static void put_place(mending *m, int token, int head, rg_str dep)
{
    if (head == token)
        rg_buf_format(&m->out, "%.*s", RG_PRINT(dep));
    else
        rg_buf_format(&m->out, "%.*s of \"%.*s\"", RG_PRINT(dep),
                      RG_PRINT(token_of(m, head)->lexeme->text));
}

static void put_remark(mending *m)
{
    rg_buf_text(&m->out, "# A repair: the parse of the sentence is wrong.\n");
    for (int i = 0; i < m->count; i++) {
        const mended *change = &m->changes[i];
        const rg_token *t = token_of(m, change->token);
        rg_buf_format(&m->out, "#   \"%.*s\" is", RG_PRINT(t->lexeme->text));
        if (is_retagged(m, change))
            rg_buf_format(&m->out, " %.*s, not %.*s%s", RG_PRINT(change->pos),
                          RG_PRINT(t->pos), is_rehung(m, change) ? ";" : "");
        if (is_rehung(m, change)) {
            rg_buf_byte(&m->out, ' ');
            put_place(m, change->token, change->head, change->dep);
            rg_buf_text(&m->out, ", not ");
            put_place(m, change->token, t->head, t->dep);
        }
        rg_buf_byte(&m->out, '\n');
    }
}

rg_str learn_put_repair(const lesson *l, const mended *changes, int count, bool alone)
{
    mending m = {
        .l = l, .changes = changes, .count = count, .out = rg_buf_in(l->arena)};
    if (count == 0 || !name_words(&m))
        return (rg_str){"", 0};
    put_remark(&m);
    rg_buf_format(&m.out, "repair:\n  - repair: mend-%.*s\n", RG_PRINT(l->id));
    put_paths(&m);
    put_edits(&m);
    if (alone) {
        rg_buf_text(&m.out, "    examples:\n      - ");
        rg_buf_quoted(&m.out, l->example->text);
    }
    rg_buf_byte(&m.out, '\n');
    return rg_buf_str(&m.out);
}
