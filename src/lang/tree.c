#include "lang/tree.h"

#include <string.h>

enum { MOST_PASSES = 12 };

/* The leftmost and the rightmost token of each subtree, as far as they are known. */
typedef struct spans {
    int *left, *right;
    bool *starts; /* a sentence begins here */
} spans;

static void widen(const rg_token *tokens, spans *s, int i)
{
    int head = tokens[i].head;
    if (s->left[i] < s->left[head])
        s->left[head] = s->left[i];
    if (s->right[i] > s->right[head])
        s->right[head] = s->right[i];
}

static void mark_starts(const rg_token *tokens, spans *s, int count)
{
    memset(s->starts, 0, sizeof(bool) * (size_t)count);
    for (int i = 0; i < count; i++)
        if (tokens[i].head == i)
            s->starts[s->left[i]] = true;
}

static bool are_heads_within(const rg_token *tokens, int first, int last)
{
    for (int i = first; i < last; i++)
        if (tokens[i].head < first || tokens[i].head > last)
            return false;
    return true;
}

/* spaCy's test, last token and all: the segment that ends at i may have heads up to i. */
static bool are_sentences_closed(const rg_token *tokens, const spans *s, int count)
{
    int first = 0;
    for (int i = 0; i < count; i++) {
        if (!(i > 0 && s->starts[i]) && i != count - 1)
            continue;
        if (!are_heads_within(tokens, first, i))
            return false;
        first = i;
    }
    return true;
}

/* Crossing arcs may need several passes; spaCy gives up after twelve. */
static void find_spans(const rg_token *tokens, spans *s, int count)
{
    for (int i = 0; i < count; i++)
        s->left[i] = s->right[i] = i;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        for (int i = 0; i < count; i++)
            widen(tokens, s, i);
        for (int i = count - 1; i >= 0; i--)
            widen(tokens, s, i);
        mark_starts(tokens, s, count);
        if (are_sentences_closed(tokens, s, count))
            break;
    }
}

/* A search down from the head of `token`, level by level. */
typedef struct search {
    rg_token *tokens;
    const spans *spans;
    int token;
    rg_str label;
    int *queue; /* room for all tokens */
    int queued, count;
} search;

/* Looks at the children of `parent` in [from, end); -1 if none has the label. */
static int search_children(search *in, int parent, int from, int end)
{
    for (int c = from; c < end; c++) {
        const rg_token *child = &in->tokens[c];
        if (child->head != parent || c == parent || c == in->token
            || child->lexeme->is_space)
            continue;
        if (rg_str_equal(child->dep, in->label))
            return c;
        if (in->queued < in->count)
            in->queue[in->queued++] = c;
    }
    return -1;
}

/* The first token with the label below the head; the head itself if there is none. */
static int find_head(search *in)
{
    int top = in->tokens[in->token].head;
    in->queued = 0;
    in->queue[in->queued++] = top;
    for (int i = 0; i < in->queued; i++) {
        int parent = in->queue[i];
        int found = search_children(in, parent, in->spans->left[parent], parent);
        if (found < 0)
            found =
                search_children(in, parent, parent + 1, in->spans->right[parent] + 1);
        if (found >= 0)
            return found;
    }
    return top;
}

/* Labels "X||Y"; heads changed for earlier tokens are seen, spans are those from before. */
static bool resolve_labels(rg_token *tokens, const spans *s, int count, int *queue)
{
    bool changed = false;
    for (int i = 0; i < count; i++) {
        int bars = rg_str_find(tokens[i].dep, RG_STR("||"), 0);
        if (bars < 0)
            continue;
        search in = {
            tokens, s, i,    rg_str_cut(tokens[i].dep, bars + 2, tokens[i].dep.len),
            queue,  0, count};
        tokens[i].head = find_head(&in);
        tokens[i].dep = rg_str_cut(tokens[i].dep, 0, bars);
        changed = true;
    }
    return changed;
}

void rg_tree_finish(rg_token *tokens, int count, rg_arena *scratch)
{
    rg_arena_mark mark = rg_arena_mark_now(scratch);
    spans s = {
        .left = rg_new(scratch, int, count),
        .right = rg_new(scratch, int, count),
        .starts = rg_new(scratch, bool, count),
    };
    find_spans(tokens, &s, count);
    if (resolve_labels(tokens, &s, count, rg_new(scratch, int, count)))
        find_spans(tokens, &s, count);
    mark_starts(tokens, &s, count);
    for (int i = 0; i < count; i++)
        tokens[i].sent_start = s.starts[i] ? 1 : -1;
    rg_arena_reset(scratch, mark);
}
