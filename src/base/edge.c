#include "base/edge.h"

#include <stddef.h>

rg_str rg_edge_id(rg_arena *arena, const rg_edge *edge)
{
    rg_arena_mark mark = rg_arena_mark_now(arena);
    rg_buf key = rg_buf_in(arena);
    const rg_str parts[] = {edge->doc, edge->rule, edge->subject, edge->relation,
                            edge->object};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        rg_buf_put(&key, parts[i]);
        rg_buf_byte(&key, '\0');
    }
    rg_buf_int(&key, edge->start);
    uint64_t hash = rg_str_hash(rg_buf_str(&key));
    rg_arena_reset(arena, mark);
    return rg_arena_format(arena, "%012llx", (unsigned long long)(hash >> 16));
}

/* ---- Edges as bytes -------------------------------------------------------------------------- */

/* The plain texts of an edge; those that often repeat stand first. */
static const size_t texts[] = {
    offsetof(rg_edge, evidence),       offsetof(rg_edge, subject),
    offsetof(rg_edge, subject_type),   offsetof(rg_edge, subject_text),
    offsetof(rg_edge, relation),       offsetof(rg_edge, object),
    offsetof(rg_edge, object_type),    offsetof(rg_edge, polarity),
    offsetof(rg_edge, modality),       offsetof(rg_edge, source),
    offsetof(rg_edge, rule),           offsetof(rg_edge, tense),
    offsetof(rg_edge, aspect),         offsetof(rg_edge, style),
    offsetof(rg_edge, relation_text),  offsetof(rg_edge, object_text),
    offsetof(rg_edge, subject_normal), offsetof(rg_edge, object_normal),
    offsetof(rg_edge, object_id),
};
enum { TEXTS = sizeof texts / sizeof *texts, AGAIN = -1, SOME_EDGES = 1 << 20 };

static rg_str *text_of(const rg_edge *edge, size_t offset)
{
    return (rg_str *)(uintptr_t)((const char *)edge + offset);
}

static void pack_place(rg_buf *out, int start, int end, int base)
{
    rg_pack_int(out, start < 0 ? -1 : start - base);
    rg_pack_int(out, end - start);
}

static void unpack_place(int *start, int *end, int base, rg_unpacker *from)
{
    int at = rg_unpack_int(from), len = rg_unpack_int(from);
    int most = INT32_MAX - base;
    from->ok = from->ok && at >= -1 && at <= most && len >= 0
               && len <= most - (at < 0 ? 0 : at);
    if (!from->ok)
        at = len = 0;
    *start = at == -1 ? -1 : at + base;
    *end = *start + len;
}

static void pack_rest(rg_buf *out, const rg_edge *e, int base)
{
    rg_pack_int(out, e->sentence);
    pack_place(out, e->start, e->end, base);
    pack_place(out, e->subject_span.start, e->subject_span.end, base);
    pack_place(out, e->relation_span.start, e->relation_span.end, base);
    pack_place(out, e->object_span.start, e->object_span.end, base);
    rg_pack_double(out, e->confidence);
    rg_pack_int(out, e->ordered);
    rg_pack_int(out, e->kind_count);
    for (int i = 0; i < e->kind_count; i++)
        rg_pack_str(out, e->kinds[i]);
    rg_pack_int(out, e->qualifier_count);
    for (int i = 0; i < e->qualifier_count; i++) {
        rg_pack_str(out, e->qualifiers[i].key);
        rg_pack_str(out, e->qualifiers[i].value);
        rg_pack_str(out, e->qualifiers[i].normal);
        pack_place(out, e->qualifiers[i].start, e->qualifiers[i].end, base);
    }
    rg_pack_int(out, e->argument_count);
    for (int i = 0; i < e->argument_count; i++) {
        rg_pack_str(out, e->arguments[i].lead);
        rg_pack_str(out, e->arguments[i].text);
        pack_place(out, e->arguments[i].start, e->arguments[i].end, base);
    }
}

/* How many follow: each takes more than one of the bytes that are left. */
static int unpack_count(rg_unpacker *from)
{
    return rg_unpack_in(from, 0, (int)(from->end - from->at) + 1);
}

static void unpack_lists(rg_edge *e, rg_arena *arena, int base, rg_unpacker *from)
{
    e->kind_count = rg_unpack_in(from, 0, RG_MAX_KINDS + 1);
    for (int i = 0; i < e->kind_count; i++)
        e->kinds[i] = rg_unpack_str(from);
    e->qualifier_count = unpack_count(from);
    e->qualifiers = rg_new(arena, rg_qualifier, e->qualifier_count + 1);
    for (int i = 0; i < e->qualifier_count && from->ok; i++) {
        rg_qualifier *one = &e->qualifiers[i];
        one->key = rg_unpack_str(from);
        one->value = rg_unpack_str(from);
        one->normal = rg_unpack_str(from);
        unpack_place(&one->start, &one->end, base, from);
    }
    e->argument_count = unpack_count(from);
    e->arguments = rg_new(arena, rg_further, e->argument_count + 1);
    for (int i = 0; i < e->argument_count && from->ok; i++) {
        rg_further *one = &e->arguments[i];
        one->lead = rg_unpack_str(from);
        one->text = rg_unpack_str(from);
        unpack_place(&one->start, &one->end, base, from);
    }
}

static void unpack_rest(rg_edge *e, rg_arena *arena, int base, rg_unpacker *from)
{
    e->sentence = rg_unpack_in(from, 0, INT32_MAX);
    unpack_place(&e->start, &e->end, base, from);
    unpack_place(&e->subject_span.start, &e->subject_span.end, base, from);
    unpack_place(&e->relation_span.start, &e->relation_span.end, base, from);
    unpack_place(&e->object_span.start, &e->object_span.end, base, from);
    e->confidence = rg_unpack_double(from);
    from->ok = from->ok && e->confidence >= 0 && e->confidence <= 1;
    e->ordered = rg_unpack_in(from, 0, 2);
    unpack_lists(e, arena, base, from);
}

/* A text is AGAIN if it is the one before it in its column. */
void rg_edges_pack(rg_buf *out, const rg_edges *edges, int base)
{
    rg_pack_int(out, edges->count);
    for (int i = 0; i < edges->count; i++) {
        const rg_edge *e = &edges->items[i];
        for (int t = 0; t < TEXTS; t++) {
            rg_str text = *text_of(e, texts[t]);
            if (i > 0 && rg_str_equal(text, *text_of(e - 1, texts[t])))
                rg_pack_int(out, AGAIN);
            else
                rg_pack_str(out, text);
        }
        pack_rest(out, e, base);
    }
}

/* The length of a text, or AGAIN. */
static rg_str unpack_text(const rg_str *before, rg_unpacker *from)
{
    rg_unpacker ahead = *from;
    if (rg_unpack_int(&ahead) != AGAIN)
        return rg_unpack_str(from);
    *from = ahead;
    from->ok = from->ok && before;
    return before ? *before : (rg_str){"", 0};
}

bool rg_edges_unpack(rg_edges *out, rg_arena *arena, int base, rg_unpacker *from)
{
    int count = rg_unpack_in(from, 0, SOME_EDGES);
    if (count > from->end - from->at) /* an edge takes some bytes */
        return false;
    out->items = rg_new(arena, rg_edge, count + 1);
    for (out->count = 0; out->count < count && from->ok; out->count++) {
        rg_edge *e = &out->items[out->count];
        for (int t = 0; t < TEXTS; t++) {
            const rg_str *before = out->count > 0 ? text_of(e - 1, texts[t]) : NULL;
            *text_of(e, texts[t]) = unpack_text(before, from);
        }
        unpack_rest(e, arena, base, from);
    }
    return from->ok;
}
