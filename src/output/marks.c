#include "output/marks.h"

#include <string.h>

/* The evidence with a role for each of its bytes. */
typedef struct painting {
    rg_str evidence;
    char *roles;
} painting;

/* Where a piece of wording may stand: bytes of the evidence. */
typedef struct window {
    int start, end;
} window;

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
           || (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
}

/* Does a word end, or begin, at this byte? */
static bool is_border(rg_str text, int at)
{
    return at <= 0 || at >= text.len || !is_letter(text.bytes[at - 1])
           || !is_letter(text.bytes[at]);
}

/* First place of the wording in the window that cuts no word; -1 if there is none. */
static int find_wording(rg_str evidence, rg_str wording, window where)
{
    int at = wording.len > 0 ? where.start - 1 : -1;
    do {
        at = wording.len > 0 ? rg_str_find(evidence, wording, at + 1) : -1;
    } while (at >= 0
             && !(is_border(evidence, at) && is_border(evidence, at + wording.len)));
    return at >= 0 && at + wording.len <= where.end ? at : -1;
}

static bool is_blank_between(const painting *p, int from, int to)
{
    for (int i = from; i < to; i++)
        if (p->evidence.bytes[i] != ' ')
            return false;
    return true;
}

/* Word by word, in order; a word that is not there was supplied by the rule. */
static int paint_words(painting *p, rg_str wording, window where, char role)
{
    int last = -1;
    for (int at = 0; at < wording.len;) {
        int end = rg_str_find_byte(wording, ' ', at);
        end = end < 0 ? wording.len : end;
        rg_str word = rg_str_cut(wording, at, end);
        at = end + 1;
        int found = find_wording(p->evidence, word, where);
        if (found < 0)
            continue;
        int from = last >= 0 && is_blank_between(p, last, found) ? last : found;
        last = where.start = found + word.len;
        memset(p->roles + from, role, (size_t)(last - from));
    }
    return last;
}

/* The end of what was painted, or -1. */
static int paint(painting *p, rg_str wording, window where, char role)
{
    int found = find_wording(p->evidence, wording, where);
    if (found < 0)
        return paint_words(p, wording, where, role);
    memset(p->roles + found, role, (size_t)wording.len);
    return found + wording.len;
}

static int clamp(int value, int most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

/* The evidence may be shorter than its bytes in the file, since white space is folded, or
 * longer, since ill-formed bytes are repaired. */
static window find_window(const rg_edge *edge, rg_span span)
{
    int len = edge->evidence.len, more = edge->end - edge->start - len;
    int before = more > 0 ? more : 0, behind = more < 0 ? -more : 0;
    return (window){clamp(span.start - edge->start - before, len),
                    clamp(clamp(span.end - edge->start, len) + behind, len)};
}

static bool has_offsets(const rg_edge *edge, rg_span span)
{
    return edge->start >= 0 && edge->end >= edge->start && span.start >= edge->start
           && span.end >= span.start;
}

/* Where offsets are unknown, behind what was found last or else anywhere. */
static int paint_part(painting *p, const rg_edge *edge, rg_span span, rg_str wording,
                      char role, int behind)
{
    window whole = {0, p->evidence.len};
    if (has_offsets(edge, span))
        return paint(p, wording, find_window(edge, span), role);
    if (behind > 0
        && find_wording(p->evidence, wording, (window){behind, whole.end}) >= 0)
        whole.start = behind;
    return paint(p, wording, whole, role);
}

static rg_marked *cut_pieces(int *count, rg_arena *arena, const painting *p)
{
    rg_marked *pieces = NULL;
    int capacity = 0;
    *count = 0;
    for (int start = 0, end; start < p->evidence.len; start = end) {
        end = start + 1;
        while (end < p->evidence.len && p->roles[end] == p->roles[start])
            end++;
        pieces = rg_arena_grow(arena, pieces, *count, &capacity, sizeof *pieces);
        pieces[(*count)++] =
            (rg_marked){rg_str_cut(p->evidence, start, end), p->roles[start]};
    }
    return pieces;
}

rg_marked *rg_marks_cut(int *count, rg_arena *arena, const rg_edge *edge)
{
    painting p = {edge->evidence, rg_new(arena, char, edge->evidence.len + 1)};
    memset(p.roles, ' ', (size_t)edge->evidence.len);
    int subject = paint_part(&p, edge, edge->subject_span, edge->subject_text, 's', 0);
    int relation =
        paint_part(&p, edge, edge->relation_span, edge->relation_text, 'r', subject);
    paint_part(&p, edge, edge->object_span, edge->object_text, 'o', relation);
    return cut_pieces(count, arena, &p);
}
