/* packed.c - an analysis as bytes, and back: a cache of this machine, not for exchange.
 *
 * Everything of an rg_parse but the ids that only the networks need: a head, the lexemes,
 * tokens, sentences, where blocks begin, where strings end, and their bytes.
 */
#include "base/map.h"
#include "lang/lang.h"

#include <string.h>

enum { MOST_BYTES = 1 << 30, MOST_LABELS = 1 << 16 };
static const char magic[8] = "RGPARSE1";

typedef struct head {
    char magic[8];
    uint64_t model;
    uint64_t check; /* hash of all that follows the head */
    uint32_t lexemes, tokens, sentences, blocks, labels, strings, bytes;
    int32_t close_calls, forced_ends;
    uint32_t unused;
} head;

/* Strings by their index. */
typedef struct packed_lexeme {
    uint32_t text, lower, norm, prefix, suffix, shape;
    uint32_t is_space;
} packed_lexeme;

typedef struct packed_token {
    uint32_t lexeme, norm, lemma; /* index of the lexeme, of strings */
    uint32_t start, idx, head;
    uint16_t tag, pos, morph, dep, ent; /* labels */
    uint8_t sent_start, ent_iob, space_after, unused[3];
} packed_token;

typedef struct packed_sentence {
    uint32_t first, end, block;
} packed_sentence;

/* ---- Packing ----------------------------------------------------------------------------- */

typedef struct packing {
    const rg_parse *parse;
    rg_map *texts, *labels, *strings;
    packed_lexeme *lexemes; /* of each of `texts` */
    int lexeme_room;
    packed_token *tokens;
} packing;

static uint32_t put_string(packing *p, rg_str text)
{
    return (uint32_t)rg_map_put(p->strings, text);
}

static uint16_t put_label(packing *p, rg_str label)
{
    return (uint16_t)rg_map_put(p->labels, label);
}

/* A lexeme is known by its text. */
static uint32_t put_lexeme(packing *p, rg_arena *arena, const rg_lexeme *one)
{
    int known = rg_map_count(p->texts), id = rg_map_put(p->texts, one->text);
    if (id < known)
        return (uint32_t)id;
    p->lexemes =
        rg_arena_grow(arena, p->lexemes, id, &p->lexeme_room, sizeof *p->lexemes);
    p->lexemes[id] = (packed_lexeme){.text = put_string(p, one->text),
                                     .lower = put_string(p, one->lower),
                                     .norm = put_string(p, one->norm),
                                     .prefix = put_string(p, one->prefix),
                                     .suffix = put_string(p, one->suffix),
                                     .shape = put_string(p, one->shape),
                                     .is_space = one->is_space};
    return (uint32_t)id;
}

static packed_token pack_token(packing *p, rg_arena *arena, const rg_token *t)
{
    return (packed_token){.lexeme = put_lexeme(p, arena, t->lexeme),
                          .norm = put_string(p, t->norm),
                          .lemma = put_string(p, t->lemma),
                          .start = (uint32_t)t->start,
                          .idx = (uint32_t)t->idx,
                          .head = (uint32_t)t->head,
                          .tag = put_label(p, t->tag),
                          .pos = put_label(p, t->pos),
                          .morph = put_label(p, t->morph),
                          .dep = put_label(p, t->dep),
                          .ent = put_label(p, t->ent_type),
                          .sent_start = t->sent_start > 0,
                          .ent_iob = (uint8_t)t->ent_iob,
                          .space_after = t->space_after};
}

static void put_bytes(rg_buf *out, const void *bytes, size_t size)
{
    rg_buf_put(out, (rg_str){bytes, (int)size});
}

/* Where each string ends, for all of them behind one another. Their size. */
static uint32_t put_ends(rg_buf *out, const rg_map *map, uint32_t end)
{
    for (int i = 0; i < rg_map_count(map); i++) {
        end += (uint32_t)rg_map_key(map, i).len;
        put_bytes(out, &end, sizeof end);
    }
    return end;
}

static void put_keys(rg_buf *out, const rg_map *map)
{
    for (int i = 0; i < rg_map_count(map); i++)
        rg_buf_put(out, rg_map_key(map, i));
}

static void put_sentences(rg_buf *out, const rg_parse *parse)
{
    for (int i = 0; i < parse->sentence_count; i++) {
        const rg_sentence *s = &parse->sentences[i];
        packed_sentence one = {(uint32_t)s->first, (uint32_t)s->end,
                               (uint32_t)s->block};
        put_bytes(out, &one, sizeof one);
    }
}

static uint32_t put_body(rg_buf *out, const packing *p)
{
    const rg_parse *parse = p->parse;
    put_bytes(out, p->lexemes, sizeof *p->lexemes * (size_t)rg_map_count(p->texts));
    put_bytes(out, p->tokens, sizeof *p->tokens * (size_t)parse->token_count);
    put_sentences(out, parse);
    put_bytes(out, parse->block_first,
              sizeof *parse->block_first * (size_t)(parse->text->block_count + 1));
    uint32_t end = put_ends(out, p->strings, put_ends(out, p->labels, 0));
    put_keys(out, p->labels);
    put_keys(out, p->strings);
    return end;
}

bool rg_parse_pack(rg_buf *out, const rg_parse *parse, uint64_t model)
{
    rg_arena *arena = rg_arena_child(out->arena);
    packing p = {.parse = parse,
                 .texts = rg_map_new(arena),
                 .labels = rg_map_new(arena),
                 .strings = rg_map_new(arena),
                 .tokens = rg_new(arena, packed_token, parse->token_count + 1)};
    for (int i = 0; i < parse->token_count; i++)
        p.tokens[i] = pack_token(&p, arena, &parse->tokens[i]);
    rg_buf body = rg_buf_in(arena);
    head h = {.model = model,
              .lexemes = (uint32_t)rg_map_count(p.texts),
              .tokens = (uint32_t)parse->token_count,
              .sentences = (uint32_t)parse->sentence_count,
              .blocks = (uint32_t)parse->text->block_count,
              .labels = (uint32_t)rg_map_count(p.labels),
              .strings = (uint32_t)rg_map_count(p.strings),
              .close_calls = parse->close_calls,
              .forced_ends = parse->forced_ends};
    bool fits = parse->token_count < MOST_BYTES / (int)sizeof(packed_token) / 2
                && h.labels < MOST_LABELS;
    if (fits) {
        memcpy(h.magic, magic, sizeof magic);
        h.bytes = put_body(&body, &p);
        h.check = rg_hash_bytes(body.bytes, (size_t)body.len);
        put_bytes(out, &h, sizeof h);
        rg_buf_put(out, rg_buf_str(&body));
    }
    rg_arena_free(arena);
    return fits;
}

/* ---- Unpacking --------------------------------------------------------------------------- */

typedef struct unpacking {
    const head *h;
    const packed_lexeme *lexemes;
    const packed_token *tokens;
    const packed_sentence *sentences;
    const int32_t *block_first;
    const uint32_t *ends; /* of labels, then of strings */
    const char *bytes;
    const rg_text *text;
} unpacking;

/* `count` things of a size at *at; false if there are not so many. */
static bool take(const void **out, const char **at, const char *end, uint64_t count,
                 size_t size)
{
    if (count > (uint64_t)(end - *at) / size)
        return false;
    *out = *at;
    *at += count * size;
    return true;
}

static bool find_parts(unpacking *u, rg_str bytes)
{
    const char *at = bytes.bytes, *end = at + bytes.len;
    const void *part[7];
    if (bytes.len < (int)sizeof(head))
        return false;
    const head *h = u->h = (const head *)(const void *)at;
    at += sizeof *h;
    bool ok =
        memcmp(h->magic, magic, sizeof magic) == 0
        && take(&part[0], &at, end, h->lexemes, sizeof(packed_lexeme))
        && take(&part[1], &at, end, h->tokens, sizeof(packed_token))
        && take(&part[2], &at, end, h->sentences, sizeof(packed_sentence))
        && take(&part[3], &at, end, (uint64_t)h->blocks + 1, sizeof(int32_t))
        && take(&part[4], &at, end, (uint64_t)h->labels + h->strings, sizeof(uint32_t))
        && take(&part[5], &at, end, h->bytes, 1) && at == end;
    if (!ok)
        return false;
    u->lexemes = part[0];
    u->tokens = part[1];
    u->sentences = part[2];
    u->block_first = part[3];
    u->ends = part[4];
    u->bytes = part[5];
    return true;
}

static bool check_strings(const unpacking *u)
{
    uint32_t count = u->h->labels + u->h->strings, before = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (u->ends[i] < before)
            return false;
        before = u->ends[i];
    }
    return before == u->h->bytes;
}

static bool check_lexemes(const unpacking *u)
{
    uint32_t strings = u->h->strings;
    for (uint32_t i = 0; i < u->h->lexemes; i++) {
        const packed_lexeme *l = &u->lexemes[i];
        if (l->text >= strings || l->lower >= strings || l->norm >= strings
            || l->prefix >= strings || l->suffix >= strings || l->shape >= strings)
            return false;
    }
    return true;
}

static rg_str string_at(const unpacking *u, uint32_t index)
{
    uint32_t from = index == 0 ? 0 : u->ends[index - 1];
    return (rg_str){u->bytes + from, (int)(u->ends[index] - from)};
}

static rg_str text_of(const unpacking *u, uint32_t string)
{
    return string_at(u, u->h->labels + string);
}

/* Do the tokens of the block stand in its text, one behind the other? */
static bool check_block(const unpacking *u, int block)
{
    rg_str text = u->text->blocks[block].text;
    uint32_t labels = u->h->labels, at = 0;
    for (int i = u->block_first[block]; i < u->block_first[block + 1]; i++) {
        const packed_token *t = &u->tokens[i];
        if (t->lexeme >= u->h->lexemes || t->norm >= u->h->strings
            || t->lemma >= u->h->strings || t->tag >= labels || t->pos >= labels
            || t->morph >= labels || t->dep >= labels || t->ent >= labels
            || t->start < at || t->start > (uint32_t)text.len)
            return false;
        rg_str word = text_of(u, u->lexemes[t->lexeme].text);
        if (word.len > text.len - (int)t->start
            || memcmp(text.bytes + t->start, word.bytes, (size_t)word.len) != 0)
            return false;
        at = t->start + (uint32_t)word.len;
    }
    return true;
}

static bool check_tokens(const unpacking *u)
{
    if (u->h->blocks != (uint32_t)u->text->block_count || u->block_first[0] != 0
        || u->block_first[u->h->blocks] != (int32_t)u->h->tokens)
        return false;
    for (uint32_t b = 0; b < u->h->blocks; b++)
        if (u->block_first[b + 1] < u->block_first[b])
            return false;
    for (uint32_t b = 0; b < u->h->blocks; b++)
        if (!check_block(u, (int)b))
            return false;
    return true;
}

/* Do all heads of the sentence lead to a root? Tokens known to do so are marked. */
static bool check_heads(const unpacking *u, const packed_sentence *s, uint8_t *state)
{
    enum { UNSEEN, ON_THE_WAY, SOUND };
    for (uint32_t i = s->first; i < s->end; i++) {
        uint32_t at = i;
        while (state[at] == UNSEEN) {
            uint32_t above = u->tokens[at].head;
            if (above < s->first || above >= s->end)
                return false;
            state[at] = above == at ? SOUND : ON_THE_WAY;
            at = above;
        }
        if (state[at] == ON_THE_WAY)
            return false;
        for (at = i; state[at] == ON_THE_WAY; at = u->tokens[at].head)
            state[at] = SOUND;
    }
    return true;
}

static bool check_sentences(const unpacking *u, rg_arena *arena)
{
    uint8_t *state = rg_new(arena, uint8_t, u->h->tokens + 1);
    uint32_t at = 0;
    for (uint32_t i = 0; i < u->h->sentences; i++) {
        const packed_sentence *s = &u->sentences[i];
        if (s->first != at || s->end <= s->first || s->end > u->h->tokens
            || s->block >= u->h->blocks || s->first < (uint32_t)u->block_first[s->block]
            || s->end > (uint32_t)u->block_first[s->block + 1]
            || !check_heads(u, s, state))
            return false;
        at = s->end;
    }
    return at == u->h->tokens;
}

static rg_lexeme unpack_lexeme(const unpacking *u, const packed_lexeme *l)
{
    return (rg_lexeme){.text = text_of(u, l->text),
                       .lower = text_of(u, l->lower),
                       .norm = text_of(u, l->norm),
                       .prefix = text_of(u, l->prefix),
                       .suffix = text_of(u, l->suffix),
                       .shape = text_of(u, l->shape),
                       .is_space = l->is_space != 0};
}

static rg_token unpack_token(const unpacking *u, const rg_lexeme *lexemes, int block,
                             const packed_token *t)
{
    return (rg_token){.lexeme = &lexemes[t->lexeme],
                      .norm = text_of(u, t->norm),
                      .tag = string_at(u, t->tag),
                      .pos = string_at(u, t->pos),
                      .morph = string_at(u, t->morph),
                      .lemma = text_of(u, t->lemma),
                      .dep = string_at(u, t->dep),
                      .ent_type = string_at(u, t->ent),
                      .block = block,
                      .start = (int)t->start,
                      .idx = (int)t->idx,
                      .head = (int)t->head,
                      .sent_start = t->sent_start ? 1 : -1,
                      .ent_iob = (char)t->ent_iob,
                      .space_after = t->space_after != 0};
}

static rg_parse *unpack(const unpacking *u, rg_arena *arena)
{
    const head *h = u->h;
    rg_parse *parse = rg_new(arena, rg_parse, 1);
    rg_lexeme *lexemes = rg_new(arena, rg_lexeme, h->lexemes + 1);
    *parse = (rg_parse){.text = u->text,
                        .tokens = rg_new(arena, rg_token, h->tokens + 1),
                        .token_count = (int)h->tokens,
                        .block_first = rg_new(arena, int, h->blocks + 1),
                        .sentences = rg_new(arena, rg_sentence, h->sentences + 1),
                        .sentence_count = (int)h->sentences,
                        .close_calls = h->close_calls,
                        .forced_ends = h->forced_ends};
    for (uint32_t i = 0; i < h->lexemes; i++)
        lexemes[i] = unpack_lexeme(u, &u->lexemes[i]);
    for (uint32_t b = 0; b < h->blocks; b++)
        for (int i = u->block_first[b]; i < u->block_first[b + 1]; i++)
            parse->tokens[i] = unpack_token(u, lexemes, (int)b, &u->tokens[i]);
    for (uint32_t b = 0; b <= h->blocks; b++)
        parse->block_first[b] = u->block_first[b];
    for (uint32_t i = 0; i < h->sentences; i++)
        parse->sentences[i] =
            (rg_sentence){(int)u->sentences[i].first, (int)u->sentences[i].end,
                          (int)u->sentences[i].block};
    return parse;
}

bool rg_parse_unpack(const rg_parse **out, rg_arena *arena, rg_str bytes,
                     const rg_text *text, uint64_t model)
{
    unpacking u = {.text = text};
    bool ok = find_parts(&u, bytes) && u.h->model == model
              && u.h->check
                     == rg_hash_bytes(bytes.bytes + sizeof(head),
                                      (size_t)bytes.len - sizeof(head))
              && check_strings(&u) && check_lexemes(&u) && check_tokens(&u)
              && check_sentences(&u, arena);
    if (ok)
        *out = unpack(&u, arena);
    return ok;
}
