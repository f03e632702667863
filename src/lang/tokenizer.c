#include "lang/tokenizer.h"

#include "base/map.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    PREFIX,
    SUFFIX,
    INFIX,
    URL,
    PATTERN_COUNT,

    LIST_WIDTH = 3,   /* tokenizer.list: chunk, first piece, piece count */
    PIECE_WIDTH = 2,  /* tokenizer.pieces: text, norm */
    LONGEST_KEY = 64, /* bytes of an exception; longer ones are refused at start */

    /* No suffix but a run of full stops has more bytes (the longest have 10, and look
     * back over 4 more): a search from here finds all of them. */
    SUFFIX_WINDOW = 48,

    JIT_STACK_FIRST = 32 * 1024,
    JIT_STACK_LARGEST = 32 * 1024 * 1024,

    CACHE_SLOTS = 1 << 14, /* chunks are dropped, all at once, when half are used */
    LONGEST_CACHED = 48,   /* bytes of a chunk */
    CACHED_PIECES = 6,
};

/* Where a chunk's tokens begin and end, for the chunks that were split already. */
typedef struct cached {
    char chunk[LONGEST_CACHED];
    unsigned char len, count; /* len 0: a free slot */
    struct {
        unsigned char start, len;
        uint32_t norm;
    } pieces[CACHED_PIECES];
} cached;

/* A trie over the numbers of words: the exceptions as the first pass splits them. */
typedef struct node {
    int word, child, sibling; /* -1 is none */
    bool ends_exception;
} node;

struct rg_tokenizer {
    rg_arena *arena;
    rg_strings strings;
    rg_ids exceptions;
    rg_numbers list, pieces;
    pcre2_code *patterns[PATTERN_COUNT];
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    bool ignore_exceptions; /* while the trie is built */
    cached *cache;
    int cache_count;
    rg_map *words; /* of the trie */
    node *nodes;
    int node_count, node_capacity;
    int longest_word; /* bytes */
};

/* What is being split, and where the pieces go. */
typedef struct splitter {
    rg_tokenizer *with;
    rg_arena *scratch;
    rg_str text;
    rg_pieces *out;
    rg_pieces suffixes; /* of the current chunk, the last one first */
} splitter;

/* ---- regular expressions ---- */

static bool compile_pattern(rg_tokenizer *t, int which, rg_str pattern,
                            const rg_model *model, rg_error *err)
{
    int code;
    PCRE2_SIZE at;
    uint32_t anchored = which == PREFIX || which == URL ? PCRE2_ANCHORED : 0;
    t->patterns[which] =
        pcre2_compile((PCRE2_SPTR)pattern.bytes, (PCRE2_SIZE)pattern.len,
                      PCRE2_UTF | PCRE2_UCP | anchored, &code, &at, NULL);
    if (!t->patterns[which])
        return rg_table_fail(model, "tokenizer.patterns", err);
    /* Without JIT (which a system may forbid) the same expressions are interpreted. */
    (void)pcre2_jit_compile(t->patterns[which], PCRE2_JIT_COMPLETE);
    return true;
}

static bool compile_patterns(rg_tokenizer *t, const rg_model *model, rg_error *err)
{
    static const char name[] = "tokenizer.patterns";
    rg_numbers patterns;
    if (!rg_numbers_open(&patterns, model, name, 1, err))
        return false;
    if (patterns.count != PATTERN_COUNT
        || !rg_numbers_check(&patterns, 1, 0, t->strings.count, false))
        return rg_table_fail(model, name, err);
    for (int i = 0; i < PATTERN_COUNT; i++)
        if (!compile_pattern(t, i, rg_strings_at(&t->strings, patterns.at[i]), model,
                             err))
            return false;
    t->match = pcre2_match_data_create(1, NULL);
    t->context = pcre2_match_context_create(NULL);
    t->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_LARGEST, NULL);
    if (!t->match || !t->context || !t->stack)
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    pcre2_jit_stack_assign(t->context, NULL, t->stack);
    return true;
}

/* The first match in `text` at or after `from`. A limit that is met counts as none. */
static bool find_match(const rg_tokenizer *t, int which, rg_str text, int from,
                       int *start, int *end)
{
    int found =
        pcre2_match(t->patterns[which], (PCRE2_SPTR)text.bytes, (PCRE2_SIZE)text.len,
                    (PCRE2_SIZE)from, PCRE2_NO_UTF_CHECK, t->match, t->context);
    if (found < 0)
        return false;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(t->match);
    *start = (int)ends[0];
    *end = (int)ends[1];
    return true;
}

static int prefix_length(const rg_tokenizer *t, rg_str text)
{
    int start, end;
    return text.len > 0 && find_match(t, PREFIX, text, 0, &start, &end) ? end : 0;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Where the search for a suffix may begin: every one begins there or behind it. */
static int suffix_search_start(rg_str text)
{
    int dots = text.len;
    while (dots > 0 && text.bytes[dots - 1] == '.')
        dots--;
    int at = text.len - SUFFIX_WINDOW;
    if (dots < at)
        at = dots;
    while (at > 0 && is_continuation(text.bytes[at]))
        at--;
    return at > 0 ? at : 0;
}

static int suffix_length(const rg_tokenizer *t, rg_str text)
{
    int start, end;
    if (text.len == 0
        || !find_match(t, SUFFIX, text, suffix_search_start(text), &start, &end))
        return 0;
    return text.len - start;
}

/* A URL has a full stop. */
static bool is_url(const rg_tokenizer *t, rg_str text)
{
    int start, end;
    return rg_str_find_byte(text, '.', 0) >= 0
           && find_match(t, URL, text, 0, &start, &end);
}

/* ---- exceptions ---- */

/* The number of the exception that this text is, or -1. */
static int find_exception(const rg_tokenizer *t, rg_str text)
{
    if (t->ignore_exceptions || text.len == 0 || text.len > LONGEST_KEY)
        return -1;
    const uint32_t *found = rg_ids_find(&t->exceptions, rg_string_hash(text));
    return found ? (int)*found : -1;
}

static bool is_exception(const rg_tokenizer *t, rg_str text)
{
    return find_exception(t, text) >= 0;
}

static rg_str exception_text(const rg_tokenizer *t, int number)
{
    return rg_strings_at(&t->strings, t->list.at[number * LIST_WIDTH]);
}

/* ---- pieces ---- */

static void put_piece(rg_pieces *to, rg_arena *arena, rg_piece piece)
{
    to->items = rg_arena_grow(arena, to->items, to->count, &to->capacity, sizeof piece);
    to->items[to->count++] = piece;
}

static void put(splitter *in, int start, int end)
{
    put_piece(in->out, in->scratch,
              (rg_piece){.start = start, .len = end - start, .norm = RG_NO_STRING});
}

static void put_exception(splitter *in, int number, int start)
{
    const rg_tokenizer *t = in->with;
    const uint32_t *entry = &t->list.at[number * LIST_WIDTH];
    for (uint32_t i = 0; i < entry[2]; i++) {
        const uint32_t *piece = &t->pieces.at[(entry[1] + i) * PIECE_WIDTH];
        int len = rg_strings_at(&t->strings, piece[0]).len;
        put_piece(in->out, in->scratch,
                  (rg_piece){.start = start, .len = len, .norm = piece[1]});
        start += len;
    }
}

/* ---- one chunk ---- */

static void put_prefix(splitter *in, int *start, int len)
{
    put(in, *start, *start + len);
    *start += len;
}

static void hold_suffix(splitter *in, int *end, int len)
{
    *end -= len;
    put_piece(&in->suffixes, in->scratch,
              (rg_piece){.start = *end, .len = len, .norm = RG_NO_STRING});
}

/* Strips affixes from text[*start, *end): prefixes are put out, suffixes held back. The
 * search for a suffix leaves the prefix aside, the test for an exception does not. */
static void strip_affixes(splitter *in, int *start, int *end)
{
    const rg_tokenizer *t = in->with;
    for (int last = -1; *start < *end && *end - *start != last;) {
        rg_str chunk = rg_str_cut(in->text, *start, *end);
        if (is_exception(t, chunk))
            return;
        last = chunk.len;
        int prefix = prefix_length(t, chunk);
        rg_str rest = rg_str_cut(chunk, prefix, chunk.len);
        if (prefix > 0 && is_exception(t, rest)) {
            put_prefix(in, start, prefix);
            return;
        }
        int suffix = suffix_length(t, rest);
        if (suffix > 0 && is_exception(t, rg_str_cut(chunk, 0, chunk.len - suffix))) {
            hold_suffix(in, end, suffix);
            return;
        }
        if (prefix > 0)
            put_prefix(in, start, prefix);
        if (suffix > 0)
            hold_suffix(in, end, suffix);
    }
}

/* An infix at the very start is not split off: it stays glued to what follows. */
static void split_infixes(splitter *in, int start, int end)
{
    rg_str rest = rg_str_cut(in->text, start, end);
    int done = 0, from, to;
    for (int at = 0; at < rest.len && find_match(in->with, INFIX, rest, at, &from, &to);
         at = to > at ? to : at + 1) {
        if (from == 0)
            continue;
        if (from > done)
            put(in, start + done, start + from);
        if (to > from)
            put(in, start + from, start + to);
        done = to;
    }
    if (done < rest.len)
        put(in, start + done, end);
}

static void split_chunk(splitter *in, int start, int end)
{
    in->suffixes.count = 0;
    strip_affixes(in, &start, &end);
    rg_str rest = rg_str_cut(in->text, start, end);
    int exception = find_exception(in->with, rest);
    if (exception >= 0)
        put_exception(in, exception, start);
    else if (rest.len > 0 && is_url(in->with, rest))
        put(in, start, end);
    else if (rest.len > 0)
        split_infixes(in, start, end);
    for (int i = in->suffixes.count - 1; i >= 0; i--)
        put_piece(in->out, in->scratch, in->suffixes.items[i]);
}

/* ---- the cache of chunks ---- */

static cached *find_cached(rg_tokenizer *t, rg_str chunk)
{
    unsigned at = (unsigned)rg_string_hash(chunk) & (CACHE_SLOTS - 1);
    for (;; at = (at + 1) & (CACHE_SLOTS - 1)) {
        cached *c = &t->cache[at];
        if (c->len == 0 || rg_str_equal((rg_str){c->chunk, c->len}, chunk))
            return c;
    }
}

static void put_cached(splitter *in, const cached *c, int start)
{
    for (int i = 0; i < c->count; i++)
        put_piece(in->out, in->scratch,
                  (rg_piece){.start = start + c->pieces[i].start,
                             .len = c->pieces[i].len,
                             .norm = c->pieces[i].norm});
}

/* Keeps what the chunk was split into: the pieces from `first` on. */
static void keep_cached(splitter *in, cached *c, rg_str chunk, int start, int first)
{
    rg_tokenizer *t = in->with;
    int count = in->out->count - first;
    if (count > CACHED_PIECES)
        return;
    if (t->cache_count * 2 > CACHE_SLOTS) {
        memset(t->cache, 0, sizeof(cached) * CACHE_SLOTS);
        t->cache_count = 0;
        c = find_cached(t, chunk);
    }
    t->cache_count++;
    memcpy(c->chunk, chunk.bytes, (size_t)chunk.len);
    c->len = (unsigned char)chunk.len;
    c->count = (unsigned char)count;
    for (int i = 0; i < count; i++) {
        const rg_piece *piece = &in->out->items[first + i];
        c->pieces[i].start = (unsigned char)(piece->start - start);
        c->pieces[i].len = (unsigned char)piece->len;
        c->pieces[i].norm = piece->norm;
    }
}

static void put_chunk(splitter *in, int start, int end)
{
    rg_str chunk = rg_str_cut(in->text, start, end);
    if (chunk.len > LONGEST_CACHED || in->with->ignore_exceptions) {
        split_chunk(in, start, end);
        return;
    }
    cached *c = find_cached(in->with, chunk);
    if (c->len > 0) {
        put_cached(in, c, start);
        return;
    }
    int first = in->out->count;
    split_chunk(in, start, end);
    keep_cached(in, c, chunk, start, first);
}

/* ---- the whole text ---- */

/* A blank after a chunk belongs to it; other white space makes chunks of its own. */
static void split_chunks(splitter *in)
{
    rg_str text = in->text;
    int start = 0;
    bool in_space = text.len > 0 && rg_unicode_is_space(rg_utf8_next(text, 0).code);
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (rg_unicode_is_space(step.code) != in_space) {
            if (start < at)
                put_chunk(in, start, at);
            start = at;
            if (step.code == ' ') {
                in->out->items[in->out->count - 1].space_after = true;
                start = at + 1;
            }
            in_space = !in_space;
        }
        at += step.len;
    }
    if (start < text.len) {
        put_chunk(in, start, text.len);
        in->out->items[in->out->count - 1].space_after =
            text.bytes[text.len - 1] == ' ' && !in_space;
    }
}

/* ---- second pass: exceptions that contain affixes ---- */

typedef struct stretch {
    int first, end; /* tokens */
} stretch;

typedef struct stretches {
    stretch *items;
    int count, capacity, longest;
} stretches;

static int find_child(const rg_tokenizer *t, int parent, int word)
{
    int child = t->nodes[parent].child;
    while (child >= 0 && t->nodes[child].word != word)
        child = t->nodes[child].sibling;
    return child;
}

/* The number of the word in the trie, or -1. */
static int word_of(const rg_tokenizer *t, rg_str text)
{
    return text.len <= t->longest_word ? rg_map_find(t->words, text) : -1;
}

static rg_str piece_text(const splitter *in, const rg_piece *piece)
{
    return rg_str_cut(in->text, piece->start, piece->start + piece->len);
}

/* All stretches of pieces from `from` on that are split as some exception is. */
static void find_stretches(const splitter *in, stretches *found, int from)
{
    const rg_tokenizer *t = in->with;
    for (int first = from; first < in->out->count; first++) {
        int at = 0; /* the root */
        for (int i = first; i < in->out->count; i++) {
            int word = word_of(t, piece_text(in, &in->out->items[i]));
            at = word >= 0 ? find_child(t, at, word) : -1;
            if (at < 0)
                break;
            if (!t->nodes[at].ends_exception)
                continue;
            found->items = rg_arena_grow(in->scratch, found->items, found->count,
                                         &found->capacity, sizeof(stretch));
            found->items[found->count++] = (stretch){first, i + 1};
            if (i + 1 - first > found->longest)
                found->longest = i + 1 - first;
        }
    }
}

/* Longest first, then from the left: a stretch stays if its ends are not marked yet; it
 * marks its pieces in any case. The others are emptied. */
static void choose_stretches(const splitter *in, stretches *found, int from)
{
    bool *marked = rg_new(in->scratch, bool, in->out->count - from);
    for (int length = found->longest; length > 0; length--) {
        for (int i = 0; i < found->count; i++) {
            stretch *s = &found->items[i];
            if (s->end - s->first != length)
                continue;
            bool taken = marked[s->first - from] || marked[s->end - 1 - from];
            memset(&marked[s->first - from], true, (size_t)length);
            if (taken)
                s->end = s->first;
        }
    }
}

/* Puts an exception in the place of the pieces, if their text with its blanks is one. */
static void put_stretch(splitter *in, const rg_piece *pieces, int count)
{
    const rg_piece *last = &pieces[count - 1];
    rg_str text = rg_str_cut(in->text, pieces[0].start, last->start + last->len);
    int exception = find_exception(in->with, text);
    if (exception < 0) {
        for (int i = 0; i < count; i++)
            put_piece(in->out, in->scratch, pieces[i]);
        return;
    }
    put_exception(in, exception, pieces[0].start);
    in->out->items[in->out->count - 1].space_after = last->space_after;
}

static void join_exceptions(splitter *in, int from)
{
    stretches found = {0};
    find_stretches(in, &found, from);
    if (found.count == 0)
        return;
    choose_stretches(in, &found, from);

    int count = in->out->count - from;
    rg_piece *old = rg_new(in->scratch, rg_piece, count);
    memcpy(old, in->out->items + from, sizeof(rg_piece) * (size_t)count);
    in->out->count = from;
    int at = 0;
    for (int i = 0; i < found.count; i++) {
        stretch s = found.items[i];
        if (s.first == s.end)
            continue;
        for (; at < s.first - from; at++)
            put_piece(in->out, in->scratch, old[at]);
        put_stretch(in, &old[at], s.end - s.first);
        at = s.end - from;
    }
    for (; at < count; at++)
        put_piece(in->out, in->scratch, old[at]);
}

void rg_tokenizer_split(rg_tokenizer *tokenizer, rg_pieces *out, rg_arena *scratch,
                        rg_str text)
{
    splitter in = {.with = tokenizer, .scratch = scratch, .text = text, .out = out};
    int from = out->count;
    split_chunks(&in);
    join_exceptions(&in, from);
}

/* ---- the trie ---- */

static int add_node(rg_tokenizer *t, int parent, int word)
{
    t->nodes = rg_arena_grow(t->arena, t->nodes, t->node_count, &t->node_capacity,
                             sizeof(node));
    int number = t->node_count++;
    t->nodes[number] = (node){.word = word, .child = -1, .sibling = -1};
    if (parent >= 0) {
        t->nodes[number].sibling = t->nodes[parent].child;
        t->nodes[parent].child = number;
    }
    return number;
}

static void add_to_trie(rg_tokenizer *t, const splitter *in)
{
    int at = 0;
    for (int i = 0; i < in->out->count; i++) {
        rg_str text = piece_text(in, &in->out->items[i]);
        int word = rg_map_put(t->words, text);
        int child = find_child(t, at, word);
        at = child >= 0 ? child : add_node(t, at, word);
        if (text.len > t->longest_word)
            t->longest_word = text.len;
    }
    t->nodes[at].ends_exception = true;
}

static bool has_affix(const rg_tokenizer *t, rg_str text)
{
    int start, end;
    return rg_str_find_byte(text, ' ', 0) >= 0 || prefix_length(t, text) > 0
           || suffix_length(t, text) > 0 || find_match(t, INFIX, text, 0, &start, &end);
}

static void build_trie(rg_tokenizer *t)
{
    t->words = rg_map_new(t->arena);
    add_node(t, -1, -1);
    t->ignore_exceptions = true;
    rg_pieces pieces = {0};
    for (int i = 0; i < t->list.count; i++) {
        rg_str text = exception_text(t, i);
        if (!has_affix(t, text))
            continue;
        pieces.count = 0;
        splitter in = {.with = t, .scratch = t->arena, .text = text, .out = &pieces};
        split_chunks(&in);
        add_to_trie(t, &in);
    }
    t->ignore_exceptions = false;
}

/* ---- opening ---- */

/* Every exception's pieces must lie in the table, and make up its text. */
static bool check_exceptions(const rg_tokenizer *t)
{
    uint32_t strings = t->strings.count;
    if (!rg_numbers_check(&t->list, LIST_WIDTH, 0, strings, false)
        || !rg_numbers_check(&t->pieces, PIECE_WIDTH, 0, strings, false)
        || !rg_numbers_check(&t->pieces, PIECE_WIDTH, 1, strings, true))
        return false;
    for (int i = 0; i < t->list.count; i++) {
        const uint32_t *entry = &t->list.at[i * LIST_WIDTH];
        uint32_t count = (uint32_t)t->pieces.count;
        if (entry[1] > count || entry[2] == 0 || entry[2] > count - entry[1])
            return false;
        uint64_t len = 0;
        for (uint32_t p = 0; p < entry[2]; p++) {
            uint32_t piece = t->pieces.at[(entry[1] + p) * PIECE_WIDTH];
            len += (uint64_t)rg_strings_at(&t->strings, piece).len;
        }
        int expected = exception_text(t, i).len;
        if (expected > LONGEST_KEY || len != (uint64_t)expected)
            return false;
    }
    return true;
}

static bool open_tables(rg_tokenizer *t, const rg_model *model, rg_error *err)
{
    if (!rg_strings_open(&t->strings, model, err)
        || !rg_numbers_open(&t->list, model, "tokenizer.list", LIST_WIDTH, err)
        || !rg_numbers_open(&t->pieces, model, "tokenizer.pieces", PIECE_WIDTH, err)
        || !rg_ids_open(&t->exceptions, model, "tokenizer.exceptions",
                        (uint32_t)t->list.count, err))
        return false;
    return check_exceptions(t) || rg_table_fail(model, "tokenizer.list", err);
}

bool rg_tokenizer_new(rg_tokenizer **out, rg_arena *arena, const rg_model *model,
                      rg_error *err)
{
    rg_tokenizer *t = rg_new(arena, rg_tokenizer, 1);
    t->arena = arena;
    *out = t; /* before anything is allocated that the arena does not free */
    t->cache = rg_new(arena, cached, CACHE_SLOTS);
    if (!open_tables(t, model, err) || !compile_patterns(t, model, err))
        return false;
    build_trie(t);
    return true;
}

void rg_tokenizer_free(rg_tokenizer *tokenizer)
{
    if (!tokenizer)
        return;
    for (int i = 0; i < PATTERN_COUNT; i++)
        pcre2_code_free(tokenizer->patterns[i]);
    pcre2_match_data_free(tokenizer->match);
    pcre2_match_context_free(tokenizer->context);
    pcre2_jit_stack_free(tokenizer->stack);
}
