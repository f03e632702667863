#include "lang/tokenizer.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "lang/affixes.h"
#include "lang/exceptions.h"

#include <string.h>

enum {
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

struct rg_tokenizer {
    rg_arena *arena;
    rg_affixes *affixes;
    rg_exceptions *exceptions;
    bool ignore_exceptions; /* while the second pass is told what to expect */
    cached *cache;
    int cache_count;
};

/* What is being split, and where the pieces go. */
typedef struct splitter {
    rg_tokenizer *with;
    rg_arena *scratch;
    rg_str text;
    rg_pieces *out;
    rg_pieces suffixes; /* of the current chunk, the last one first */
} splitter;

/* ---- one chunk ---- */

static int find_exception(const rg_tokenizer *t, rg_str text)
{
    return t->ignore_exceptions ? -1 : rg_exceptions_find(t->exceptions, text);
}

static bool is_exception(const rg_tokenizer *t, rg_str text)
{
    return find_exception(t, text) >= 0;
}

static void put_plain(rg_pieces *to, rg_arena *arena, int start, int end)
{
    rg_pieces_put(to, arena,
                  (rg_piece){.start = start, .len = end - start, .norm = RG_NO_STRING});
}

static void put(splitter *in, int start, int end)
{
    put_plain(in->out, in->scratch, start, end);
}

static void put_prefix(splitter *in, int *start, int len)
{
    put(in, *start, *start + len);
    *start += len;
}

static void hold_suffix(splitter *in, int *end, int len)
{
    put_plain(&in->suffixes, in->scratch, *end - len, *end);
    *end -= len;
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
        int prefix = rg_affixes_prefix(t->affixes, chunk);
        rg_str rest = rg_str_cut(chunk, prefix, chunk.len);
        if (prefix > 0 && is_exception(t, rest)) {
            put_prefix(in, start, prefix);
            return;
        }
        int suffix = rg_affixes_suffix(t->affixes, rest);
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
    for (int at = 0;
         at < rest.len && rg_affixes_infix(in->with->affixes, rest, at, &from, &to);
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
        rg_exceptions_put(in->with->exceptions, exception, in->out, in->scratch, start);
    else if (rest.len > 0 && rg_affixes_is_url(in->with->affixes, rest))
        put(in, start, end);
    else if (rest.len > 0)
        split_infixes(in, start, end);
    for (int i = in->suffixes.count - 1; i >= 0; i--)
        rg_pieces_put(in->out, in->scratch, in->suffixes.items[i]);
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
        rg_pieces_put(in->out, in->scratch,
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

void rg_tokenizer_split(rg_tokenizer *tokenizer, rg_pieces *out, rg_arena *scratch,
                        rg_str text)
{
    splitter in = {.with = tokenizer, .scratch = scratch, .text = text, .out = out};
    int from = out->count;
    split_chunks(&in);
    if (rg_affixes_ran_out(tokenizer->affixes))
        rg_arena_give_up(scratch);
    rg_exceptions_join(tokenizer->exceptions, out, from, scratch, text);
}

/* ---- opening ---- */

static bool has_affix(const rg_affixes *affixes, rg_str text)
{
    int start, end;
    return rg_str_find_byte(text, ' ', 0) >= 0 || rg_affixes_prefix(affixes, text) > 0
           || rg_affixes_suffix(affixes, text) > 0
           || rg_affixes_infix(affixes, text, 0, &start, &end);
}

/* The exceptions with affixes, split as if they were none. */
static void expect_exceptions(rg_tokenizer *t)
{
    t->ignore_exceptions = true;
    rg_pieces pieces = {0};
    for (int i = 0; i < rg_exceptions_count(t->exceptions); i++) {
        rg_str text = rg_exceptions_text(t->exceptions, i);
        if (!has_affix(t->affixes, text))
            continue;
        pieces.count = 0;
        splitter in = {.with = t, .scratch = t->arena, .text = text, .out = &pieces};
        split_chunks(&in);
        rg_exceptions_expect(t->exceptions, &pieces, text);
    }
    t->ignore_exceptions = false;
}

bool rg_tokenizer_new(rg_tokenizer **out, rg_arena *arena, const rg_model *model,
                      rg_error *err)
{
    rg_tokenizer *t = rg_new(arena, rg_tokenizer, 1);
    t->arena = arena;
    *out = t; /* before anything is allocated that the arena does not free */
    t->cache = rg_new(arena, cached, CACHE_SLOTS);
    if (!rg_exceptions_new(&t->exceptions, arena, model, err)
        || !rg_affixes_new(&t->affixes, arena, model, err))
        return false;
    expect_exceptions(t);
    return true;
}

void rg_tokenizer_free(rg_tokenizer *tokenizer)
{
    if (tokenizer)
        rg_affixes_free(tokenizer->affixes);
}
