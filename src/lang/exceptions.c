#include "lang/exceptions.h"

#include "base/map.h"

#include <string.h>

enum {
    LIST_WIDTH = 3,  /* tokenizer.list: chunk, first piece, piece count */
    PIECE_WIDTH = 2, /* tokenizer.pieces: text, norm */
};

/* A trie over the numbers of words; node 0 is its root. */
typedef struct node {
    int word, child, sibling; /* -1 is none */
    bool ends_exception;
} node;

struct rg_exceptions {
    rg_arena *arena;
    rg_strings strings;
    rg_ids ids; /* hash of a chunk -> number of the exception */
    rg_numbers list, pieces;
    rg_map *words; /* of the trie */
    node *nodes;
    int node_count, node_capacity;
    int longest_word; /* bytes */
};

void rg_pieces_put(rg_pieces *to, rg_arena *arena, rg_piece piece)
{
    to->items = rg_arena_grow(arena, to->items, to->count, &to->capacity, sizeof piece);
    to->items[to->count++] = piece;
}

/* ---- the table ---- */

int rg_exceptions_find(const rg_exceptions *exceptions, rg_str text)
{
    if (text.len == 0 || text.len > RG_LONGEST_EXCEPTION)
        return -1;
    const uint32_t *found = rg_ids_find(&exceptions->ids, rg_string_hash(text));
    return found ? (int)*found : -1;
}

int rg_exceptions_count(const rg_exceptions *exceptions)
{
    return exceptions->list.count;
}

rg_str rg_exceptions_text(const rg_exceptions *exceptions, int number)
{
    return rg_strings_at(&exceptions->strings,
                         exceptions->list.at[number * LIST_WIDTH]);
}

void rg_exceptions_put(const rg_exceptions *exceptions, int number, rg_pieces *to,
                       rg_arena *arena, int start)
{
    const rg_exceptions *x = exceptions;
    const uint32_t *entry = &x->list.at[number * LIST_WIDTH];
    for (uint32_t i = 0; i < entry[2]; i++) {
        const uint32_t *piece = &x->pieces.at[(entry[1] + i) * PIECE_WIDTH];
        int len = rg_strings_at(&x->strings, piece[0]).len;
        rg_pieces_put(to, arena,
                      (rg_piece){.start = start, .len = len, .norm = piece[1]});
        start += len;
    }
}

/* ---- the trie ---- */

static int add_node(rg_exceptions *x, int parent, int word)
{
    x->nodes = rg_arena_grow(x->arena, x->nodes, x->node_count, &x->node_capacity,
                             sizeof(node));
    int number = x->node_count++;
    x->nodes[number] = (node){.word = word, .child = -1, .sibling = -1};
    if (parent >= 0) {
        x->nodes[number].sibling = x->nodes[parent].child;
        x->nodes[parent].child = number;
    }
    return number;
}

static int find_child(const rg_exceptions *x, int parent, int word)
{
    int child = x->nodes[parent].child;
    while (child >= 0 && x->nodes[child].word != word)
        child = x->nodes[child].sibling;
    return child;
}

static rg_str piece_text(rg_str text, const rg_piece *piece)
{
    return rg_str_cut(text, piece->start, piece->start + piece->len);
}

void rg_exceptions_expect(rg_exceptions *exceptions, const rg_pieces *split,
                          rg_str text)
{
    rg_exceptions *x = exceptions;
    int at = 0;
    for (int i = 0; i < split->count; i++) {
        rg_str word_text = piece_text(text, &split->items[i]);
        int word = rg_map_put(x->words, word_text);
        int child = find_child(x, at, word);
        at = child >= 0 ? child : add_node(x, at, word);
        if (word_text.len > x->longest_word)
            x->longest_word = word_text.len;
    }
    x->nodes[at].ends_exception = true;
}

/* The number of the word in the trie, or -1. */
static int find_word(const rg_exceptions *x, rg_str text)
{
    return text.len <= x->longest_word ? rg_map_find(x->words, text) : -1;
}

/* ---- the second pass ---- */

typedef struct stretch {
    int first, end; /* pieces, counted from the text's first one */
} stretch;

typedef struct stretches {
    stretch *items;
    int count, capacity, longest;
} stretches;

/* One text in the second pass. */
typedef struct joiner {
    const rg_exceptions *with;
    rg_arena *scratch;
    rg_str text;
    const rg_piece *pieces; /* as the first pass split it */
    int count;
    stretches found;
} joiner;

static void put_stretch(joiner *in, int first, int end)
{
    stretches *found = &in->found;
    found->items = rg_arena_grow(in->scratch, found->items, found->count,
                                 &found->capacity, sizeof(stretch));
    found->items[found->count++] = (stretch){first, end};
    if (end - first > found->longest)
        found->longest = end - first;
}

/* All stretches of pieces that are split as some exception is. */
static void find_stretches(joiner *in)
{
    const rg_exceptions *x = in->with;
    for (int first = 0; first < in->count; first++) {
        int at = 0;
        for (int i = first; i < in->count && at >= 0; i++) {
            int word = find_word(x, piece_text(in->text, &in->pieces[i]));
            at = word >= 0 ? find_child(x, at, word) : -1;
            if (at >= 0 && x->nodes[at].ends_exception)
                put_stretch(in, first, i + 1);
        }
    }
}

/* Longest first, then from the left: a stretch stays if its ends are not marked yet; it
 * marks its pieces in any case. The others are emptied. */
static void choose_stretches(joiner *in)
{
    bool *marked = rg_new(in->scratch, bool, in->count);
    for (int length = in->found.longest; length > 0; length--) {
        for (int i = 0; i < in->found.count; i++) {
            stretch *s = &in->found.items[i];
            if (s->end - s->first != length)
                continue;
            bool taken = marked[s->first] || marked[s->end - 1];
            memset(&marked[s->first], true, (size_t)length);
            if (taken)
                s->end = s->first;
        }
    }
}

static void put_pieces(const joiner *in, rg_pieces *to, int first, int end)
{
    for (int i = first; i < end; i++)
        rg_pieces_put(to, in->scratch, in->pieces[i]);
}

/* Puts an exception in the place of the pieces, if their text with its blanks is one. */
static void put_joined(const joiner *in, rg_pieces *to, stretch s)
{
    const rg_piece *first = &in->pieces[s.first], *last = &in->pieces[s.end - 1];
    rg_str text = rg_str_cut(in->text, first->start, last->start + last->len);
    int exception = rg_exceptions_find(in->with, text);
    if (exception < 0) {
        put_pieces(in, to, s.first, s.end);
        return;
    }
    rg_exceptions_put(in->with, exception, to, in->scratch, first->start);
    to->items[to->count - 1].space_after = last->space_after;
}

void rg_exceptions_join(const rg_exceptions *exceptions, rg_pieces *pieces, int from,
                        rg_arena *scratch, rg_str text)
{
    if (pieces->count == from)
        return;
    joiner in = {.with = exceptions,
                 .scratch = scratch,
                 .text = text,
                 .pieces = pieces->items + from,
                 .count = pieces->count - from};
    find_stretches(&in);
    if (in.found.count == 0)
        return;
    choose_stretches(&in);

    rg_piece *old = rg_new(scratch, rg_piece, in.count);
    memcpy(old, in.pieces, sizeof(rg_piece) * (size_t)in.count);
    in.pieces = old;
    pieces->count = from;
    int done = 0;
    for (int i = 0; i < in.found.count; i++) {
        stretch s = in.found.items[i];
        if (s.first == s.end)
            continue;
        put_pieces(&in, pieces, done, s.first);
        put_joined(&in, pieces, s);
        done = s.end;
    }
    put_pieces(&in, pieces, done, in.count);
}

/* ---- opening ---- */

/* Every exception's pieces must lie in the table, and make up its text. */
static bool check_exceptions(const rg_exceptions *x)
{
    uint32_t strings = x->strings.count;
    if (!rg_numbers_check(&x->list, LIST_WIDTH, 0, strings, false)
        || !rg_numbers_check(&x->pieces, PIECE_WIDTH, 0, strings, false)
        || !rg_numbers_check(&x->pieces, PIECE_WIDTH, 1, strings, true))
        return false;
    for (int i = 0; i < x->list.count; i++) {
        const uint32_t *entry = &x->list.at[i * LIST_WIDTH];
        uint32_t count = (uint32_t)x->pieces.count;
        if (entry[1] > count || entry[2] == 0 || entry[2] > count - entry[1])
            return false;
        uint64_t len = 0;
        for (uint32_t p = 0; p < entry[2]; p++) {
            uint32_t piece = x->pieces.at[(entry[1] + p) * PIECE_WIDTH];
            len += (uint64_t)rg_strings_at(&x->strings, piece).len;
        }
        int expected = rg_exceptions_text(x, i).len;
        if (expected > RG_LONGEST_EXCEPTION || len != (uint64_t)expected)
            return false;
    }
    return true;
}

bool rg_exceptions_new(rg_exceptions **out, rg_arena *arena, const rg_model *model,
                       rg_error *err)
{
    rg_exceptions *x = rg_new(arena, rg_exceptions, 1);
    x->arena = arena;
    x->words = rg_map_new(arena);
    add_node(x, -1, -1);
    *out = x;
    if (!rg_strings_open(&x->strings, model, err)
        || !rg_numbers_open(&x->list, model, "tokenizer.list", LIST_WIDTH, err)
        || !rg_numbers_open(&x->pieces, model, "tokenizer.pieces", PIECE_WIDTH, err)
        || !rg_ids_open(&x->ids, model, "tokenizer.exceptions", (uint32_t)x->list.count,
                        err))
        return false;
    return check_exceptions(x) || rg_table_fail(model, "tokenizer.list", err);
}
