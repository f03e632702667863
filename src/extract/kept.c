/* kept.c - the mentions of a document as bytes, and back: what a cache keeps. */
#include "extract/extract.h"
#include "extract/regexes.h"
#include "extract/sentence.h"

#include <string.h>

enum { MOST_KINDS = 4096 };

bool rg_extract_is_keepable(const rg_mentions *mentions)
{
    return mentions->out_of_fuel == 0 && !regexes_stopped(mentions->regexes);
}

static void pack_mention(rg_buf *out, const rg_mention *m)
{
    rg_pack_int(out, m->first);
    rg_pack_int(out, m->end - m->first);
    rg_pack_int(out, m->head);
    rg_pack_int(out, m->type);
    rg_pack_int(out, m->label);
    rg_pack_int(out, m->given | m->name << 1);
    rg_pack_str(out, m->printed);
}

/* The index of these types among those seen so far, or a new one. */
static int kinds_index(rg_kinds *seen, int *count, const rg_kinds *kinds)
{
    for (int i = 0; i < *count; i++)
        if (memcmp(&seen[i], kinds, sizeof *kinds) == 0)
            return i;
    if (*count < MOST_KINDS)
        seen[*count] = *kinds;
    return (*count)++;
}

void rg_extract_pack(rg_buf *out, const rg_mentions *mentions, const rg_parse *parse)
{
    rg_kinds *seen = rg_new(out->arena, rg_kinds, MOST_KINDS);
    int count = 0;
    rg_pack_int(out, mentions->count);
    for (int i = 0; i < mentions->count; i++)
        pack_mention(out, &mentions->items[i]);
    for (int i = 0; i < parse->token_count; i++) {
        int known = count, index = kinds_index(seen, &count, &mentions->kinds[i]);
        rg_pack_int(out, index < known ? index : RG_NONE);
        for (int w = 0; index >= known && w < RG_MAX_TYPES / 64; w++)
            rg_pack_word(out, mentions->kinds[i].bits[w]);
        rg_pack_int(out, mentions->mended[i]);
    }
}

static bool unpack_mention(rg_mention *m, const rg_rules *rules, int tokens,
                           rg_unpacker *from)
{
    m->first = rg_unpack_in(from, 0, tokens);
    m->end = m->first + rg_unpack_in(from, 1, tokens - m->first + 1);
    m->head = rg_unpack_in(from, m->first, m->end);
    m->type = rg_unpack_in(from, RG_NONE, rules->type_count);
    m->label = rg_unpack_in(from, RG_NONE, rg_map_count(rules->labels));
    int flags = rg_unpack_in(from, 0, 4);
    m->given = flags & 1;
    m->name = flags >> 1;
    m->printed = rg_unpack_str(from);
    return from->ok;
}

static void unpack_kinds(rg_mentions *out, rg_arena *arena, int tokens,
                         rg_unpacker *from)
{
    rg_kinds *seen = rg_new(arena, rg_kinds, MOST_KINDS);
    int count = 0;
    for (int i = 0; i < tokens && from->ok; i++) {
        int index =
            rg_unpack_in(from, RG_NONE, count < MOST_KINDS ? count : MOST_KINDS);
        if (index != RG_NONE)
            out->kinds[i] = seen[index];
        for (int w = 0; index == RG_NONE && w < RG_MAX_TYPES / 64; w++)
            out->kinds[i].bits[w] = rg_unpack_word(from);
        if (index == RG_NONE && count++ < MOST_KINDS)
            seen[count - 1] = out->kinds[i];
        out->mended[i] = rg_unpack_in(from, 0, 2);
    }
}

bool rg_extract_unpack(const rg_mentions **out, rg_arena *arena,
                       const rg_extractor *extractor, const rg_parse *parse,
                       rg_unpacker *from)
{
    const rg_rules *rules = rg_extract_rules(extractor);
    int tokens = parse->token_count;
    rg_mentions *made = rg_new(arena, rg_mentions, 1);
    made->count = made->capacity = rg_unpack_in(from, 0, tokens + 1);
    made->items = rg_new(arena, rg_mention, made->count + 1);
    made->of_token = rg_new(arena, int, tokens + 1);
    made->kinds = rg_new(arena, rg_kinds, tokens + 1);
    made->mended = rg_new(arena, bool, tokens + 1);
    for (int i = 0; i < tokens; i++)
        made->of_token[i] = RG_NONE;
    for (int i = 0; i < made->count; i++) {
        if (!unpack_mention(&made->items[i], rules, tokens, from))
            return false;
        for (int t = made->items[i].first; t < made->items[i].end; t++)
            made->of_token[t] = i;
    }
    unpack_kinds(made, arena, tokens, from);
    made->regexes = regexes_new(arena, rules);
    made->symbols = sentence_symbols(arena, rules, parse);
    *out = made;
    return from->ok;
}
