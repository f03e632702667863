/* kept_triples.c - the triples of a document as bytes, and back: what a cache keeps, so that
 * after a change of rules only some of the sentences go through the rules again. */
#include "extract/extract.h"

/* Tokens count from the sentence's first one. */
static void pack_tokens(rg_buf *out, rg_tokens tokens, int first)
{
    rg_pack_int(out, tokens.count);
    for (int i = 0; i < tokens.count; i++)
        rg_pack_int(out, tokens.items[i] - first);
}

static void pack_argument(rg_buf *out, const rg_argument *one, int first)
{
    rg_pack_int(out, one->head == RG_NONE ? RG_NONE : one->head - first);
    if (one->head == RG_NONE)
        rg_pack_str(out, one->text);
    pack_tokens(out, one->np, first);
    pack_tokens(out, one->span, first);
    pack_tokens(out, one->lead, first);
    rg_pack_str(out, one->value);
}

/* `before`: triples of earlier sentences. */
static void pack_triple(rg_buf *out, const rg_triple *t, int first, int before)
{
    rg_pack_str(out, t->rule->id);
    rg_pack_int(out, t->anchor - first);
    pack_argument(out, &t->subject, first);
    pack_argument(out, &t->object, first);
    rg_pack_int(out, t->statement == RG_NONE ? RG_NONE : t->statement - before);
    rg_pack_str(out, t->relation);
    pack_tokens(out, t->wording, first);
    rg_pack_str(out, t->supplied);
    rg_pack_int(out, t->ordered | t->negated << 1);
    rg_pack_int(out, (int)t->modality);
    pack_argument(out, &t->source, first);
    rg_pack_double(out, t->confidence);
    rg_pack_str(out, t->style);
    rg_pack_str(out, t->tense);
    rg_pack_str(out, t->aspect);
    rg_pack_int(out, t->argument_count);
    for (int i = 0; i < t->argument_count; i++)
        pack_argument(out, &t->arguments[i], first);
    rg_pack_int(out, t->qualifier_count);
    for (int i = 0; i < t->qualifier_count; i++) {
        rg_pack_str(out, t->qualifiers[i].key);
        pack_argument(out, &t->qualifiers[i].value, first);
    }
}

/* For each sentence how many triples, how many bytes, and these. */
void rg_extract_pack_triples(rg_buf *out, const rg_triples *triples)
{
    const rg_parse *parse = triples->parse;
    for (int i = 0, next = 0; i < parse->sentence_count; i++) {
        rg_buf bytes = rg_buf_in(out->arena);
        int before = next;
        for (; next < triples->count && triples->items[next].sentence == i; next++)
            pack_triple(&bytes, &triples->items[next], parse->sentences[i].first,
                        before);
        rg_pack_int(out, next - before);
        rg_pack_str(out, rg_buf_str(&bytes));
    }
}

/* ---- And back ----------------------------------------------------------------------------------- */

typedef struct reader {
    rg_arena *arena;
    const rg_rule_ids *rules;
    rg_unpacker from;
    int first, end; /* tokens of the sentence */
} reader;

static int unpack_token(reader *r)
{
    return r->first + rg_unpack_in(&r->from, 0, r->end - r->first);
}

static rg_tokens unpack_tokens(reader *r)
{
    int count = rg_unpack_in(&r->from, 0, (int)(r->from.end - r->from.at) + 1);
    rg_tokens out = {count > 0 ? rg_new(r->arena, int, count) : NULL, count};
    for (int i = 0; i < count; i++)
        out.items[i] = unpack_token(r);
    return out;
}

static rg_argument unpack_argument(reader *r)
{
    rg_argument out = {0};
    int head = rg_unpack_in(&r->from, RG_NONE, r->end - r->first);
    out.head = head == RG_NONE ? RG_NONE : r->first + head;
    if (head == RG_NONE)
        out.text = rg_unpack_str(&r->from);
    out.np = unpack_tokens(r);
    out.span = unpack_tokens(r);
    out.lead = unpack_tokens(r);
    out.value = rg_unpack_str(&r->from);
    return out;
}

static const rg_rule *find_rule(reader *r, rg_str id)
{
    int rule = rg_map_find(r->rules->ids, id);
    r->from.ok = r->from.ok && rule != RG_NONE;
    return rule == RG_NONE ? NULL : r->rules->first[rule];
}

static void unpack_lists(reader *r, rg_triple *t)
{
    int left = (int)(r->from.end - r->from.at) + 1;
    t->argument_count = rg_unpack_in(&r->from, 0, left);
    t->arguments = rg_new(r->arena, rg_argument, t->argument_count + 1);
    for (int i = 0; i < t->argument_count && r->from.ok; i++)
        t->arguments[i] = unpack_argument(r);
    t->qualifier_count = rg_unpack_in(&r->from, 0, left);
    t->qualifiers = rg_new(r->arena, rg_filled, t->qualifier_count + 1);
    for (int i = 0; i < t->qualifier_count && r->from.ok; i++) {
        t->qualifiers[i].key = rg_unpack_str(&r->from);
        t->qualifiers[i].value = unpack_argument(r);
    }
}

/* The `count` triples of the sentence begin at `before`. */
static void unpack_triple(reader *r, rg_triple *t, int before, int count)
{
    t->rule = find_rule(r, rg_unpack_str(&r->from));
    t->anchor = unpack_token(r);
    t->subject = unpack_argument(r);
    t->object = unpack_argument(r);
    int statement = rg_unpack_in(&r->from, RG_NONE, count);
    t->statement = statement == RG_NONE ? RG_NONE : before + statement;
    t->relation = rg_unpack_str(&r->from);
    t->wording = unpack_tokens(r);
    t->supplied = rg_unpack_str(&r->from);
    int flags = rg_unpack_in(&r->from, 0, 4);
    t->ordered = flags & 1;
    t->negated = flags >> 1;
    t->modality = (rg_modality)rg_unpack_in(&r->from, 0, RG_ASSERTED + 1);
    t->source = unpack_argument(r);
    t->confidence = rg_unpack_double(&r->from);
    r->from.ok = r->from.ok && t->confidence >= 0 && t->confidence <= 1;
    t->style = rg_unpack_str(&r->from);
    t->tense = rg_unpack_str(&r->from);
    t->aspect = rg_unpack_str(&r->from);
    unpack_lists(r, t);
}

bool rg_extract_unpack_triples(const rg_kept_triples **out, rg_arena *arena,
                               const rg_rule_ids *rules, const rg_parse *parse,
                               const bool *stale, rg_unpacker *from)
{
    rg_kept_triples *made = rg_new(arena, rg_kept_triples, 1);
    rg_triple *items = NULL;
    int count = 0, capacity = 0;
    made->first = rg_new(arena, int, parse->sentence_count + 1);
    made->stale = stale;
    for (int i = 0; i < parse->sentence_count && from->ok; i++) {
        const rg_sentence *sentence = &parse->sentences[i];
        int triples = rg_unpack_in(from, 0, INT32_MAX), before = count;
        rg_str bytes = rg_unpack_str(from);
        reader r = {.arena = arena,
                    .rules = rules,
                    .from = rg_unpack_from(bytes),
                    .first = sentence->first,
                    .end = sentence->end};
        made->first[i] = before;
        for (int t = 0; t < triples && r.from.ok && !stale[i]; t++) {
            items = rg_arena_grow(arena, items, count, &capacity, sizeof *items);
            items[count].sentence = i;
            unpack_triple(&r, &items[count++], before, triples);
        }
        from->ok = from->ok && (stale[i] || rg_unpack_done(&r.from));
    }
    made->first[parse->sentence_count] = count;
    made->items = items;
    *out = made;
    return from->ok;
}
