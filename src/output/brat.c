/* brat.c - a document's entities and triples as annotations of its text, for brat.
 *
 * https://brat.nlplab.org/standoff.html. Offsets count characters of the document:
 *
 *     T1  Government 0 4   NCSC
 *     T2  Entity 10 20     manageable
 *     R1  judges_risk Arg1:T1 Arg2:T2
 *     A1  Negation R1
 *     #1  AnnotatorNotes R1   triple_id=...; relation=judges-risk; ...
 *
 * A text that goes over a line end is annotated in pieces, as brat wants.
 */
#include "base/map.h"
#include "base/utf8.h"
#include "output/details.h"
#include "output/neo4j.h"
#include "output/network.h"
#include "output/output.h"

typedef struct writer {
    rg_buf *out;
    const rg_document *document;
    rg_map *spans; /* the entities written, by span and type: id 0 is T1 */
    int relations, attributes;
    rg_utf8_cursor sentence; /* at its first byte */
} writer;

/* What programs take for the end of a line, and all other controls. */
static bool is_gap(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028
           || code == 0x2029;
}

/* Characters before a byte, counted from the sentence on; ill-formed ones count as U+FFFD. */
static int count_to(const writer *w, int byte)
{
    rg_utf8_cursor from = w->sentence;
    return rg_utf8_count_to(&from, w->document->bytes, byte);
}

static void put_clean(rg_buf *out, rg_str text)
{
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        at += step.len;
        rg_utf8_put(out, is_gap(step.code) ? ' ' : step.code);
    }
}

/* The next piece of [from, to) without gaps; false if there is none. */
static bool find_piece(rg_str bytes, int *from, int *to, int end)
{
    int at = *from;
    while (at < end && is_gap(rg_utf8_next(bytes, at).code))
        at += rg_utf8_next(bytes, at).len;
    *from = at;
    while (at < end && !is_gap(rg_utf8_next(bytes, at).code))
        at += rg_utf8_next(bytes, at).len;
    *to = at;
    return *from < *to;
}

/* " 0 4;6 9", and the text of these pieces; false if there is none. */
static bool put_pieces(const writer *w, rg_buf *places, rg_buf *text, rg_span span)
{
    rg_str bytes = w->document->bytes;
    int from = span.start, to;
    while (find_piece(bytes, &from, &to, span.end)) {
        int first = count_to(w, from);
        rg_buf_format(places, "%c%d %d", places->len ? ';' : ' ', first,
                      count_to(w, to));
        rg_buf_text(text, text->len ? " " : "");
        put_clean(text, rg_str_cut(bytes, from, to));
        from = to;
    }
    return text->len > 0;
}

/* The number of the entity's annotation, written if it is new; 0 if its place is unknown. */
static int put_entity(writer *w, rg_span span, rg_str type)
{
    rg_arena *arena = w->out->arena;
    span.start -= w->document->base;
    span.end -= w->document->base;
    if (span.start < 0 || span.end > w->document->bytes.len)
        return 0;
    rg_str key =
        rg_arena_format(arena, "%d %d %.*s", span.start, span.end, RG_PRINT(type));
    int known = rg_map_find(w->spans, key);
    if (known >= 0)
        return known + 1;
    rg_buf places = rg_buf_in(arena), text = rg_buf_in(arena);
    if (!put_pieces(w, &places, &text, span))
        return 0;
    int number = rg_map_put(w->spans, key) + 1;
    rg_buf_format(w->out, "T%d\t", number);
    rg_neo4j_put_label(w->out, type.len > 0 ? type : RG_STR("Entity"));
    rg_buf_format(w->out, "%.*s\t%.*s\n", RG_PRINT(rg_buf_str(&places)),
                  RG_PRINT(rg_buf_str(&text)));
    return number;
}

static void put_attributes(writer *w, const rg_edge *edge)
{
    if (rg_str_is(edge->polarity, "negated"))
        rg_buf_format(w->out, "A%d\tNegation R%d\n", ++w->attributes, w->relations);
    if (!rg_str_is(edge->modality, "asserted")) {
        rg_buf_format(w->out, "A%d\tModality R%d ", ++w->attributes, w->relations);
        rg_network_put_word(w->out, edge->modality);
        rg_buf_byte(w->out, '\n');
    }
}

static void put_note(writer *w, const rg_edge *edge)
{
    rg_buf_format(w->out, "#%d\tAnnotatorNotes R%d\t", w->relations, w->relations);
    for (int i = 0; i < RG_DETAIL_COUNT; i++) {
        rg_str text = rg_detail_text(w->out->arena, edge, i);
        if (text.len == 0)
            continue;
        rg_buf_format(w->out, "%s%s=", i > 0 ? "; " : "", rg_details[i].name);
        put_clean(w->out, text);
    }
    rg_buf_byte(w->out, '\n');
}

static void put_triple(writer *w, const rg_edge *edge)
{
    if (edge->start >= w->document->base)
        rg_utf8_count_to(&w->sentence, w->document->bytes,
                         edge->start - w->document->base);
    int subject = put_entity(w, edge->subject_span, edge->subject_type);
    int object =
        edge->object.len > 0 ? put_entity(w, edge->object_span, edge->object_type) : 0;
    if (subject == 0 || object == 0)
        return;
    rg_buf_format(w->out, "R%d\t", ++w->relations);
    rg_network_put_word(w->out, edge->relation);
    rg_buf_format(w->out, " Arg1:T%d Arg2:T%d\n", subject, object);
    put_attributes(w, edge);
    put_note(w, edge);
}

static void put_notes(rg_buf *out, const rg_document *document, const rg_edges *edges)
{
    writer w = {.out = out, .document = document, .spans = rg_map_new(out->arena)};
    for (int i = 0; i < edges->count; i++)
        put_triple(&w, &edges->items[i]);
}

const rg_format rg_format_brat = {
    .name = "brat",
    .ending = ".ann",
    .summary = "annotations of one text for brat; of several with -o FOLDER/",
    .from = RG_FROM_TEXT,
    .put_notes = put_notes,
};
