/* learn.c - rules that may give a wanted triple: drafts from one sentence.
 *
 * The first drafts are phrases: the words from the subject to the object, with slots in
 * their place. The last are the shortest way between the two in the graph of the sentence,
 * logical edges before the parser's, anchored at its first verb, or else at its first word
 * between them. Whether a draft holds is for others to find out.
 */
#include "base/unicode.h"
#include "base/ways.h"
#include "check/compare.h"
#include "check/sentence_run.h"

enum { LONGEST_PHRASE = 8, LOGICAL = 2, PARSED = 3, MOST_COST = 24, FIRST = 200 };

/* The sentence's part that matters. */
typedef struct lesson {
    rg_arena *arena;
    const rg_checker *checker;
    const rg_example *example;
    const rg_wanted *wanted;
    sentence_run made;
    rg_str id;
    rg_tokens subject, object; /* where they stand */
    bool first;     /* before rules that say something else of the same words */
    rg_link *links; /* between tokens, from head to dependent */
    rg_str *labels; /* theirs */
    int link_count;
} lesson;

/* ---- Where subject and object stand -------------------------------------------------- */

static const rg_token *token_at(const lesson *l, int token)
{
    return &l->made.parse->tokens[token];
}

/* Tokens [first, end) that read as `label`, the first such; false if there are none. */
static bool find_words(rg_tokens *out, const lesson *l, rg_str label)
{
    int count = l->made.parse->token_count;
    for (int first = 0; first < count; first++)
        for (int end = first + 1; end <= count && end - first < 32; end++) {
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

static bool holds(rg_tokens tokens, int token)
{
    return tokens.count > 0 && token >= tokens.items[0]
           && token <= tokens.items[tokens.count - 1];
}

/* The token of the words that hangs on none of the others. */
static int head_of(const lesson *l, rg_tokens tokens)
{
    for (int i = 0; i < tokens.count; i++) {
        int at = tokens.items[i], head = token_at(l, at)->head;
        if (head == at || !holds(tokens, head))
            return at;
    }
    return tokens.items[0];
}

/* The name of the type of what the token names, or empty. */
static rg_str type_of(const lesson *l, int token)
{
    int mention = l->made.found.mentions->of_token[token];
    int type =
        mention == RG_NONE ? RG_NONE : l->made.found.mentions->items[mention].type;
    return type == RG_NONE ? (rg_str){"", 0} : l->checker->rules->types[type].name;
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

/* ---- Phrases -------------------------------------------------------------------------- */

static void put_slot(rg_buf *out, const char *name, rg_str type)
{
    rg_buf_format(out, "<%s:%.*s>", name,
                  RG_PRINT(type.len > 0 ? type : RG_STR("thing")));
}

/* Words that a phrase can hold as they are. */
static bool is_plain(rg_str word)
{
    for (int i = 0; i < word.len; i++) {
        char c = word.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'))
            return false;
    }
    return word.len > 0;
}

/* "<subject:org> was bought by <object:org>"; false if the words between are too many, or
 * more than words. */
static bool put_phrase(rg_buf *out, const lesson *l, bool typed)
{
    bool turned = l->object.items[0] < l->subject.items[0];
    rg_tokens first = turned ? l->object : l->subject;
    rg_tokens last = turned ? l->subject : l->object;
    int from = first.items[first.count - 1] + 1, to = last.items[0];
    if (from >= to || to - from > LONGEST_PHRASE)
        return false;
    rg_str none = {"", 0};
    rg_str subject = typed ? type_of(l, head_of(l, l->subject)) : none;
    rg_str object = typed ? type_of(l, head_of(l, l->object)) : none;
    put_slot(out, turned ? "object" : "subject", turned ? object : subject);
    for (int i = from; i < to; i++) {
        rg_str word = token_at(l, i)->lexeme->text;
        if (!is_plain(word))
            return false;
        rg_buf_format(out, " %.*s", RG_PRINT(word));
    }
    rg_buf_byte(out, ' ');
    put_slot(out, turned ? "subject" : "object", turned ? subject : object);
    return true;
}

/* ---- The way through the graph -------------------------------------------------------- */

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

static void list_links(lesson *l)
{
    const rg_triples *triples = l->made.found.triples;
    int most = triples->event_count + l->made.parse->token_count;
    l->links = rg_new(l->arena, rg_link, most);
    l->labels = rg_new(l->arena, rg_str, most);
    for (int i = 0; i < triples->event_count; i++) {
        const rg_event *event = &triples->events[i];
        if (event->kind == RG_EVENT_DERIVED && is_logical(l, event->detail))
            add_link(l, event->token, event->other, event->detail, LOGICAL);
    }
    for (int i = 0; i < l->made.parse->token_count; i++)
        if (token_at(l, i)->head != i)
            add_link(l, token_at(l, i)->head, i, token_at(l, i)->dep, PARSED);
}

typedef struct way {
    int *tokens; /* from subject to object */
    int *steps;  /* steps[i]: the link that leads from tokens[i] to tokens[i + 1] */
    int count;   /* tokens */
} way;

static int other_end(const rg_link *at, int end)
{
    return at->from == end ? at->to : at->from;
}

static bool find_way(way *out, const lesson *l, int from, int to)
{
    int count = l->made.parse->token_count;
    const int *by =
        rg_ways_find(l->arena, l->links, l->link_count, count, from, MOST_COST);
    if (by[to] < 0)
        return false;
    *out = (way){rg_new(l->arena, int, count), rg_new(l->arena, int, count), 1};
    for (int at = to; at != from; out->count++)
        at = other_end(&l->links[by[at]], at);
    int at = to;
    for (int i = out->count - 1; i > 0; i--) {
        out->tokens[i] = at;
        out->steps[i - 1] = by[at];
        at = other_end(&l->links[by[at]], at);
    }
    out->tokens[0] = from;
    return true;
}

static bool is_verb(const rg_token *token)
{
    return rg_str_is(token->pos, "VERB");
}

static int find_anchor(const lesson *l, const way *w)
{
    for (int i = 1; i < w->count - 1; i++)
        if (is_verb(token_at(l, w->tokens[i])))
            return i;
    return 1;
}

static void put_lemma(rg_buf *out, const rg_token *token)
{
    if (is_plain(token->lemma))
        rg_buf_format(out, "[%.*s]", RG_PRINT(token->lemma));
    else
        rg_buf_format(out, "[%.*s]", RG_PRINT(token->pos));
}

/* The steps from the anchor (tokens[at]) to one end of the way. */
static void put_steps(rg_buf *out, const lesson *l, const way *w, int at, int end,
                      bool typed)
{
    int step = end > at ? 1 : -1;
    for (; at != end; at += step) {
        int by = w->steps[step > 0 ? at : at - 1], next = w->tokens[at + step];
        rg_buf_format(out, " %c%.*s", l->links[by].to == next ? '>' : '<',
                      RG_PRINT(l->labels[by]));
        if (at + step != end)
            put_lemma(out, token_at(l, next));
    }
    rg_str type = type_of(l, w->tokens[end]);
    if (typed && type.len > 0)
        rg_buf_format(out, "[:%.*s]", RG_PRINT(type));
}

/* ---- Drafts ----------------------------------------------------------------------------- */

static void put_end(rg_buf *out, const lesson *l)
{
    rg_buf_format(out, "    relation: %.*s\n", RG_PRINT(l->wanted->relation));
    if (l->first)
        rg_buf_format(out, "    priority: %d\n", FIRST);
    rg_buf_text(out, "    examples:\n      - ");
    rg_buf_quoted(out, l->example->text);
    rg_buf_byte(out, '\n');
}

static rg_buf begin(const lesson *l)
{
    rg_buf out = rg_buf_in(l->arena);
    rg_buf_format(&out, "relgraph: 1\ninclude: [core]\n\nrules:\n  - rule: %.*s\n",
                  RG_PRINT(l->id));
    return out;
}

static bool draft_phrase(rg_str *out, const lesson *l, bool typed)
{
    rg_buf phrase = rg_buf_in(l->arena), draft = begin(l);
    if (!put_phrase(&phrase, l, typed))
        return false;
    rg_buf_text(&draft, "    say: ");
    rg_buf_quoted(&draft, rg_buf_str(&phrase));
    rg_buf_byte(&draft, '\n');
    put_end(&draft, l);
    *out = rg_buf_str(&draft);
    return true;
}

static bool draft_way(rg_str *out, const lesson *l, const way *w, bool typed)
{
    if (w->count < 3)
        return false;
    int anchor = find_anchor(l, w);
    const rg_token *word = token_at(l, w->tokens[anchor]);
    rg_buf draft = begin(l);
    rg_buf_text(&draft, "    match: {v: \"");
    put_lemma(&draft, word);
    rg_buf_text(&draft, "\"}\n    args:\n      subject: \"v");
    put_steps(&draft, l, w, anchor, 0, typed);
    rg_buf_text(&draft, "\"\n      object: \"v");
    put_steps(&draft, l, w, anchor, w->count - 1, typed);
    rg_buf_text(&draft, "\"\n");
    put_end(&draft, l);
    *out = rg_buf_str(&draft);
    return true;
}

bool rg_check_gives(bool *gives, rg_arena *arena, const rg_checker *checker,
                    const rg_example *example, rg_str rule, rg_error *err)
{
    sentence_run made;
    const scope what = {.owner = rule, .rule = rule};
    if (!check_run(&made, arena, checker, example->sentence, err))
        return false;
    const rg_edges *edges = &made.found.entities->edges;
    *gives = compare_find_missing(example, edges, &what) < 0
             && (rule.len == 0 || !compare_find_surplus(example, edges, &what));
    return true;
}

static int draft_all(rg_str *drafts, const lesson *l, const way *w)
{
    int count = 0;
    for (int untyped = 0; untyped < 2; untyped++)
        count += draft_phrase(&drafts[count], l, !untyped);
    for (int untyped = 0; w && untyped < 2; untyped++)
        count += draft_way(&drafts[count], l, w, !untyped);
    return count;
}

bool rg_check_drafts(rg_str drafts[RG_DRAFTS], int *count, rg_arena *arena,
                     const rg_checker *checker, const rg_example *example, rg_str id,
                     rg_error *err)
{
    lesson l = {.arena = arena,
                .checker = checker,
                .example = example,
                .wanted = &example->wanted[0],
                .id = id};
    *count = 0;
    if (!check_run(&l.made, arena, checker, example->sentence, err)
        || !find_ends(&l, err))
        return false;
    way w;
    list_links(&l);
    bool joined = find_way(&w, &l, head_of(&l, l.subject), head_of(&l, l.object));
    for (int first = 0; first < 2; first++) {
        l.first = first == 1;
        *count += draft_all(&drafts[*count], &l, joined ? &w : NULL);
    }
    return true;
}
