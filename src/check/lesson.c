/* lesson.c - where subject and object of a lesson stand, and the ways between words. */
#include "check/lesson.h"

#include "base/unicode.h"
#include "lang/inflect.h"

enum {
    LOGICAL = 2,
    PARSED = 3,
    MOST_COST = 24,
    LONGEST_LABEL = 32,
    LEAST_STEM = 4,
    AHEAD = 200
};

const rg_token *lesson_token(const lesson *l, int token)
{
    return &l->made.parse->tokens[token];
}

/* ---- Where subject and object stand -------------------------------------------------- */

/* Tokens [first, end) that read as `label`, the first such; false if there are none. */
static bool find_words(rg_tokens *out, const lesson *l, rg_str label)
{
    int count = l->made.parse->token_count;
    for (int first = 0; first < count; first++)
        for (int end = first + 1; end <= count && end - first < LONGEST_LABEL; end++) {
            int *items = rg_new(l->arena, int, end - first);
            for (int i = first; i < end; i++)
                items[i - first] = i;
            rg_tokens tokens = {items, end - first};
            rg_str text = rg_extract_text(l->arena, l->made.parse, tokens);
            if (text.len > label.len)
                break;
            if (rg_str_equal(rg_unicode_lower(l->arena, text),
                             rg_unicode_lower(l->arena, label))) {
                *out = tokens;
                return true;
            }
        }
    return false;
}

static bool find_ends(lesson *l, rg_error *err)
{
    const rg_str labels[] = {l->wanted->subject, l->wanted->object};
    rg_tokens *const found[] = {&l->subject, &l->object};
    for (int i = 0; i < 2; i++)
        if (!find_words(found[i], l, labels[i])) {
            rg_fail(err, RG_ERROR_INPUT, RG_NOWHERE,
                    "the sentence does not hold the words '%.*s'", RG_PRINT(labels[i]));
            return rg_fail_hint(err, "write subject and object as the sentence does");
        }
    return true;
}

bool lesson_open(lesson *out, rg_arena *arena, const rg_checker *checker,
                 const rg_example *example, rg_error *err)
{
    *out = (lesson){.arena = arena,
                    .checker = checker,
                    .example = example,
                    .wanted = &example->wanted[0],
                    .repair = {"", 0}};
    if (!check_run(&out->made, arena, checker, example->sentence, err)
        || !find_ends(out, err))
        return false;
    lesson_list_links(out);
    return true;
}

/* ---- Words --------------------------------------------------------------------------- */

bool lesson_holds(rg_tokens tokens, int token)
{
    return tokens.count > 0 && token >= tokens.items[0]
           && token <= tokens.items[tokens.count - 1];
}

int lesson_head(const lesson *l, rg_tokens tokens)
{
    for (int i = 0; i < tokens.count; i++) {
        int at = tokens.items[i], head = lesson_token(l, at)->head;
        if (head == at || !lesson_holds(tokens, head))
            return at;
    }
    return tokens.items[0];
}

rg_str lesson_type(const lesson *l, rg_tokens tokens)
{
    int mention = l->made.found.mentions->of_token[lesson_head(l, tokens)];
    int type =
        mention == RG_NONE ? RG_NONE : l->made.found.mentions->items[mention].type;
    return type == RG_NONE ? (rg_str){"", 0} : l->checker->rules->types[type].name;
}

/* "refusal" and "refuses": but for the last two letters of the shorter, at least four. */
static bool has_stem(rg_str a, rg_str b)
{
    int same = 0, shorter = a.len < b.len ? a.len : b.len;
    while (same < shorter && a.bytes[same] == b.bytes[same])
        same++;
    return same >= LEAST_STEM && same >= shorter - 2;
}

static bool is_form(const lesson *l, const rg_token *token, rg_str word)
{
    return has_stem(token->lemma, word) || rg_str_equal(token->lexeme->lower, word)
           || rg_str_equal(token->lemma, word)
           || rg_str_equal(rg_inflect(l->arena, token->lemma, RG_INFLECT_PRESENT), word)
           || rg_str_equal(rg_inflect(l->arena, token->lemma, RG_INFLECT_PARTICIPLE),
                           word);
}

bool lesson_is_named(const lesson *l, int token)
{
    rg_str relation = l->wanted->relation;
    for (int at = 0; at < relation.len;) {
        int dash = rg_str_find_byte(relation, '-', at);
        int end = dash < 0 ? relation.len : dash;
        if (is_form(l, lesson_token(l, token), rg_str_cut(relation, at, end)))
            return true;
        at = end + 1;
    }
    return false;
}

bool lesson_is_plain(rg_str word)
{
    for (int i = 0; i < word.len; i++) {
        char c = word.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'))
            return false;
    }
    return word.len > 0;
}

bool lesson_is_verb(const rg_token *token)
{
    return rg_str_is(token->pos, "VERB");
}

/* ---- The way through the graph ------------------------------------------------------- */

static void add_link(lesson *l, int from, int to, rg_str label, int cost)
{
    l->links[l->link_count] = (rg_link){from, to, cost};
    l->labels[l->link_count++] = label;
}

/* Is the derived edge one that phrases are made of? */
static bool is_logical(const lesson *l, rg_str label)
{
    const rg_phrase_spec *spec = &l->checker->rules->phrase;
    int colon = rg_str_find_byte(label, ':', 0);
    rg_str name = rg_str_cut(label, 0, colon < 0 ? label.len : colon);
    for (int i = 0; i < spec->edge_count; i++)
        if (rg_str_equal(rg_map_key(l->checker->rules->symbols, spec->edges[i]), name))
            return true;
    return false;
}

void lesson_list_links(lesson *l)
{
    const rg_triples *triples = l->made.found.triples;
    int most = triples->event_count + l->made.parse->token_count;
    l->link_count = 0;
    l->links = rg_new(l->arena, rg_link, most);
    l->labels = rg_new(l->arena, rg_str, most);
    for (int i = 0; i < triples->event_count; i++) {
        const rg_event *event = &triples->events[i];
        if (event->kind == RG_EVENT_DERIVED && is_logical(l, event->detail))
            add_link(l, event->token, event->other, event->detail, LOGICAL);
    }
    for (int i = 0; i < l->made.parse->token_count; i++)
        if (lesson_token(l, i)->head != i)
            add_link(l, lesson_token(l, i)->head, i, lesson_token(l, i)->dep, PARSED);
}

static int other_end(const rg_link *at, int end)
{
    return at->from == end ? at->to : at->from;
}

lesson_way lesson_find_way(const lesson *l)
{
    int count = l->made.parse->token_count;
    int from = lesson_head(l, l->subject), to = lesson_head(l, l->object);
    const int *by =
        rg_ways_find(l->arena, l->links, l->link_count, count, from, MOST_COST);
    if (by[to] < 0)
        return (lesson_way){NULL, NULL, 0};
    lesson_way out = {rg_new(l->arena, int, count), rg_new(l->arena, int, count), 1};
    for (int at = to; at != from; out.count++)
        at = other_end(&l->links[by[at]], at);
    int at = to;
    for (int i = out.count - 1; i > 0; i--) {
        out.tokens[i] = at;
        out.steps[i - 1] = by[at];
        at = other_end(&l->links[by[at]], at);
    }
    out.tokens[0] = from;
    return out;
}

bool lesson_is_logical(const lesson *l, const lesson_way *w)
{
    for (int i = 0; i + 1 < w->count; i++)
        if (l->links[w->steps[i]].cost != LOGICAL)
            return false;
    return true;
}

/* ---- The frame of a draft ------------------------------------------------------------ */

static rg_str put_frame(const lesson *l, rg_str body, bool ahead)
{
    rg_buf out = rg_buf_in(l->arena);
    rg_buf_format(&out, "relgraph: 1\ninclude: [core]\n\n%.*srules:\n  - rule: %.*s\n",
                  RG_PRINT(l->repair), RG_PRINT(l->id));
    rg_buf_put(&out, body);
    rg_buf_format(&out, "    relation: %.*s\n", RG_PRINT(l->wanted->relation));
    if (ahead)
        rg_buf_format(&out, "    priority: %d\n", AHEAD);
    rg_buf_text(&out, "    examples:\n      - ");
    rg_buf_quoted(&out, l->example->text);
    rg_buf_byte(&out, '\n');
    return rg_buf_str(&out);
}

void lesson_add(rg_drafts *out, const lesson *l, rg_str body)
{
    rg_draft draft = {put_frame(l, body, false), put_frame(l, body, true), false};
    for (int i = 0; i < out->count; i++)
        if (rg_str_equal(out->items[i].text, draft.text))
            return;
    if (out->count < RG_DRAFTS)
        out->items[out->count++] = draft;
}
