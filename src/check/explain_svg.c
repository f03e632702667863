/* explain_svg.c - a sentence as a picture: words in a row, arcs between them.
 *
 *         .------dobj------.
 *     nsubj-.              |          the parser's edges above
 *     Ann   bought   the   boat
 *     SUBJ--'--------OBJ---'          derived edges below
 *
 * Arcs are laid on levels: an arc goes above all shorter ones that it shares ground with.
 * Where several meet at a word they stand side by side, so that none crosses another that
 * it encloses. What a triple stands on is drawn bold. Widths of words are estimated.
 */
#include "base/utf8.h"
#include "check/explain.h"

#include <stdlib.h>

enum {
    MARGIN = 16,
    WORD_SIZE = 15,  /* font */
    LABEL_SIZE = 11, /* font */
    GAP = 18,        /* between words, at least */
    PORT = 8,        /* between arcs that meet at a word */
    LEVEL = 24,      /* height of a level */
    ROW = 44,        /* height of the words with their tags */
    LINE = 18,       /* height of a line of text below */
    MOST_LINES = 40,
};

typedef enum side { ABOVE, BELOW } side;

typedef struct arc {
    int head, dependent; /* words of the sentence, from 0 */
    rg_str label;
    side side;
    bool used;       /* a triple stands on it */
    bool mended;     /* no edge of the parser: a repair added it */
    int level;       /* from 1 */
    double from, to; /* where it leaves the head, where it meets the dependent */
} arc;

typedef struct drawing {
    telling *t;
    const rg_sentence *sentence;
    int count; /* words */
    double *middle;
    arc *arcs;
    int arc_count, capacity;
    int levels[2]; /* of each side */
    double width, height;
} drawing;

/* ---- What is to be drawn --------------------------------------------------------------- */

static arc *add_arc(drawing *d, int head, int dependent, rg_str label, side where)
{
    d->arcs = rg_arena_grow(d->t->out.arena, d->arcs, d->arc_count, &d->capacity,
                            sizeof *d->arcs);
    arc *made = &d->arcs[d->arc_count++];
    *made = (arc){.head = head - d->sentence->first,
                  .dependent = dependent - d->sentence->first,
                  .label = label,
                  .side = where};
    return made;
}

static arc *find_arc(const drawing *d, int head, int dependent, rg_str label)
{
    for (int i = 0; i < d->arc_count; i++)
        if (d->arcs[i].head == head - d->sentence->first
            && d->arcs[i].dependent == dependent - d->sentence->first
            && rg_str_equal(d->arcs[i].label, label))
            return &d->arcs[i];
    return NULL;
}

static void list_arcs(drawing *d)
{
    const rg_triples *triples = d->t->made->found.triples;
    for (int i = d->sentence->first; i < d->sentence->end; i++) {
        const rg_token *token = &d->t->made->parse->tokens[i];
        if (token->head != i)
            add_arc(d, token->head, i, token->dep, ABOVE);
    }
    for (int i = 0; i < triples->event_count; i++) {
        const rg_event *event = &triples->events[i];
        if (event->kind == RG_EVENT_DERIVED && event->token >= d->sentence->first
            && event->token < d->sentence->end && event->token != event->other
            && !find_arc(d, event->token, event->other, event->detail))
            add_arc(d, event->token, event->other, event->detail, BELOW);
    }
}

/* Does the label look like that of a derived edge? */
static bool is_derived(rg_str label)
{
    return label.len > 0 && label.bytes[0] >= 'A' && label.bytes[0] <= 'Z';
}

static void mark_used(drawing *d, const rg_triple *triple)
{
    for (int i = 0; i < triple->ground_count; i++) {
        const rg_ground *at = &triple->grounds[i];
        if (at->from == at->to)
            continue;
        arc *used = find_arc(d, at->from, at->to, at->label);
        if (!used) {
            used = add_arc(d, at->from, at->to, at->label,
                           is_derived(at->label) ? BELOW : ABOVE);
            used->mended = true;
        }
        used->used = true;
    }
}

/* ---- Where it goes ----------------------------------------------------------------------- */

static double width_of(rg_str text, double size)
{
    int letters = 0;
    for (int i = 0; i < text.len; letters++)
        i += rg_utf8_next(text, i).len;
    return letters * size * 0.6;
}

static int left_of(const arc *a)
{
    return a->head < a->dependent ? a->head : a->dependent;
}

static int right_of(const arc *a)
{
    return a->head < a->dependent ? a->dependent : a->head;
}

static int length_of(const arc *a)
{
    return right_of(a) - left_of(a);
}

static int compare_arcs(const void *left, const void *right)
{
    const arc *a = left, *b = right;
    if (a->side != b->side)
        return (int)a->side - (int)b->side;
    if (length_of(a) != length_of(b))
        return length_of(a) - length_of(b);
    if (left_of(a) != left_of(b))
        return left_of(a) - left_of(b);
    if (a->head != b->head)
        return a->head - b->head;
    return rg_str_compare(a->label, b->label);
}

/* The shorter arcs stand before it in the list. */
static void put_levels(drawing *d)
{
    qsort(d->arcs, (size_t)d->arc_count, sizeof *d->arcs, compare_arcs);
    for (int i = 0; i < d->arc_count; i++) {
        arc *a = &d->arcs[i];
        a->level = 1;
        for (int j = 0; j < i; j++) {
            const arc *b = &d->arcs[j];
            if (b->side == a->side && left_of(b) < right_of(a)
                && left_of(a) < right_of(b) && b->level >= a->level)
                a->level = b->level + 1;
        }
        if (a->level > d->levels[a->side])
            d->levels[a->side] = a->level;
    }
}

/* How many arcs of the side meet at the word. */
static int count_ports(const drawing *d, side where, int word)
{
    int count = 0;
    for (int i = 0; i < d->arc_count; i++)
        count += d->arcs[i].side == where
                 && (d->arcs[i].head == word || d->arcs[i].dependent == word);
    return count;
}

static double space_of(const drawing *d, int word)
{
    const rg_token *token = &d->t->made->parse->tokens[d->sentence->first + word];
    double most = width_of(token->lexeme->text, WORD_SIZE);
    const double others[] = {
        width_of(token->tag, LABEL_SIZE), width_of(token->lemma, LABEL_SIZE),
        PORT * count_ports(d, ABOVE, word), PORT * count_ports(d, BELOW, word)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] > most)
            most = others[i];
    return most;
}

/* Words side by side; neighbours stand far enough apart for the labels between them. */
static void put_words(drawing *d)
{
    d->middle = rg_new(d->t->out.arena, double, d->count + 1);
    double right = MARGIN;
    for (int i = 0; i < d->count; i++) {
        double space = space_of(d, i);
        d->middle[i] = right + space / 2;
        for (int j = 0; j < d->arc_count; j++) {
            const arc *a = &d->arcs[j];
            int ports =
                count_ports(d, a->side, i) + count_ports(d, a->side, left_of(a));
            double least = width_of(a->label, LABEL_SIZE) + PORT * (1 + ports / 2.0);
            if (right_of(a) == i && d->middle[i] - d->middle[left_of(a)] < least)
                d->middle[i] = d->middle[left_of(a)] + least;
        }
        right = d->middle[i] + space / 2 + GAP;
    }
    d->width = right - GAP + MARGIN;
}

/* At a word: arcs to the left, the shortest first, then those to the right, the longest
 * first. */
static int compare_ports(const arc *a, const arc *b, int word)
{
    bool a_right = left_of(a) == word, b_right = left_of(b) == word;
    if (a_right != b_right)
        return a_right ? 1 : -1;
    int order = a->level - b->level;
    return a_right ? -order : order;
}

static double port_of(const drawing *d, const arc *a, int word)
{
    int before = 0;
    for (int i = 0; i < d->arc_count; i++) {
        const arc *b = &d->arcs[i];
        bool meets =
            b != a && b->side == a->side && (b->head == word || b->dependent == word);
        int order = meets ? compare_ports(b, a, word) : 1;
        before += order < 0 || (order == 0 && b < a);
    }
    return d->middle[word]
           + PORT * (before - (count_ports(d, a->side, word) - 1) / 2.0);
}

static void put_ports(drawing *d)
{
    for (int i = 0; i < d->arc_count; i++) {
        d->arcs[i].from = port_of(d, &d->arcs[i], d->arcs[i].head);
        d->arcs[i].to = port_of(d, &d->arcs[i], d->arcs[i].dependent);
    }
}

/* ---- Writing ----------------------------------------------------------------------------- */

static void put_xml(rg_buf *out, rg_str text)
{
    for (int i = 0; i < text.len; i++)
        switch (text.bytes[i]) {
        case '&': rg_buf_text(out, "&amp;"); break;
        case '<': rg_buf_text(out, "&lt;"); break;
        case '>': rg_buf_text(out, "&gt;"); break;
        case '"': rg_buf_text(out, "&quot;"); break;
        default: /* XML has no other control characters */
            rg_buf_byte(out, (unsigned char)text.bytes[i] < ' ' || text.bytes[i] == 127
                                 ? ' '
                                 : text.bytes[i]);
        }
}

static void put_words_at(rg_buf *out, double x, double y, const char *class,
                         rg_str text)
{
    rg_buf_format(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", class, x, y);
    put_xml(out, text);
    rg_buf_text(out, "</text>\n");
}

/* The same colour for the same name everywhere: its letters choose one. */
static const char *colour_of(const arc *a)
{
    static const char *const colours[] = {"#0b6e99", "#a1440e", "#3d7a2a",
                                          "#7a3e9d", "#9a6a00", "#a3305f"};
    int colon = rg_str_find_byte(a->label, ':', 0);
    rg_str name = rg_str_cut(a->label, 0, colon < 0 ? a->label.len : colon);
    if (a->side == ABOVE)
        return a->used ? "#1f2937" : "#8a94a3";
    return colours[rg_str_hash(name) % (sizeof colours / sizeof *colours)];
}

static void put_arrow(rg_buf *out, const arc *a, double foot, int down)
{
    rg_buf_format(out, "<path d=\"M%.1f %.1fl-3.5 %dl7 0z\" fill=\"%s\"/>\n", a->to,
                  foot, -7 * down, colour_of(a));
}

/* Up from the head, over, and down to the dependent; below the words the other way. */
static void put_arc(drawing *d, const arc *a, double foot)
{
    rg_buf *out = &d->t->out;
    int down = a->side == ABOVE ? 1 : -1, right = a->to > a->from ? 1 : -1;
    double bar = foot - down * (a->level * LEVEL - 4);
    double middle = (a->from + a->to) / 2, wide = width_of(a->label, LABEL_SIZE) + 6;
    rg_buf_format(out,
                  "<path class=\"%s\" stroke=\"%s\" d=\"M%.1f %.1fV%.1fq0 %d %d %dH%.1f"
                  "q%d 0 %d %dV%.1f\"/>\n",
                  a->mended ? (a->used ? "arc used mended" : "arc mended")
                  : a->used ? "arc used"
                            : "arc",
                  colour_of(a), a->from, foot, bar + down * 5, -5 * down, 5 * right,
                  -5 * down, a->to - 5 * right, 5 * right, 5 * right, 5 * down,
                  foot - 5 * down);
    put_arrow(out, a, foot, down);
    rg_buf_format(out,
                  "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"12\" "
                  "fill=\"#ffffff\"/>\n",
                  middle - wide / 2, bar - 6, wide);
    rg_buf_format(out, "<text class=\"%s\" fill=\"%s\" x=\"%.1f\" y=\"%.1f\">",
                  a->used ? "label bold" : "label", colour_of(a), middle, bar + 4);
    put_xml(out, a->label);
    rg_buf_text(out, "</text>\n");
}

static bool is_anchor(const drawing *d, int token, int only)
{
    const rg_edges *edges = &d->t->made->found.entities->edges;
    for (int i = 0; i < edges->count; i++)
        if ((only == RG_NONE || i == only) && explain_triple(d->t, i)->anchor == token)
            return true;
    return false;
}

static void put_row(drawing *d, double top, int only)
{
    for (int i = 0; i < d->count; i++) {
        int token = d->sentence->first + i;
        const rg_token *one = &d->t->made->parse->tokens[token];
        put_words_at(&d->t->out, d->middle[i], top + 16,
                     is_anchor(d, token, only) ? "word bold" : "word",
                     one->lexeme->text);
        put_words_at(&d->t->out, d->middle[i], top + 30, "tag", one->tag);
    }
}

/* A line of text under the picture. */
static void put_line(drawing *d, const char *class, rg_str text)
{
    double wide = width_of(text, 12) + 2 * MARGIN;
    put_words_at(&d->t->out, MARGIN, d->height + 12, class, text);
    d->height += LINE;
    if (wide > d->width)
        d->width = wide;
}

static void put_repairs(drawing *d, int sentence)
{
    const telling *t = d->t;
    const rg_triples *triples = t->made->found.triples;
    for (int i = 0; i < triples->event_count; i++) {
        const rg_event *event = &triples->events[i];
        if (event->kind == RG_EVENT_REPAIRED && event->sentence == sentence) {
            const rg_repair *repair = &t->checker->rules->repairs[event->index];
            put_line(d, "line",
                     rg_arena_format(t->out.arena, "repair %.*s: %.*s",
                                     RG_PRINT(repair->id), RG_PRINT(event->detail)));
        }
    }
}

static void put_triples(drawing *d, int sentence, int only)
{
    const telling *t = d->t;
    const rg_edges *edges = &t->made->found.entities->edges;
    int lines = 0;
    for (int i = 0; i < edges->count; i++) {
        const rg_edge *edge = &edges->items[i];
        if (edge->sentence != sentence + 1 || (only != RG_NONE && only != i)
            || lines++ >= MOST_LINES)
            continue;
        put_line(d, "line bold",
                 rg_arena_format(t->out.arena, "%.*s | %.*s | %.*s  (%.*s, %.*s)",
                                 RG_PRINT(edge->subject), RG_PRINT(edge->relation),
                                 RG_PRINT(edge->object), RG_PRINT(edge->polarity),
                                 RG_PRINT(edge->modality)));
        put_line(d, "line",
                 rg_arena_format(t->out.arena, "    rule %.*s, %.*s",
                                 RG_PRINT(edge->rule), RG_PRINT(edge->rule_place)));
    }
    if (lines == 0)
        put_line(d, "line bold", RG_STR("no triple"));
}

static void arrange(drawing *d, int sentence, int only)
{
    const rg_edges *edges = &d->t->made->found.entities->edges;
    list_arcs(d);
    for (int i = 0; i < edges->count; i++)
        if (edges->items[i].sentence == sentence + 1 && (only == RG_NONE || only == i))
            mark_used(d, explain_triple(d->t, i));
    put_levels(d);
    put_words(d);
    put_ports(d);
}

void explain_put_svg(telling *t, int sentence, int only, rg_picture *page)
{
    const rg_sentence *at = &t->made->parse->sentences[sentence];
    drawing d = {.t = t, .sentence = at, .count = at->end - at->first};
    arrange(&d, sentence, only);
    double top = page->height + MARGIN + LEVEL * d.levels[ABOVE];
    put_row(&d, top + 4, only);
    for (int used = 0; used < 2; used++)
        for (int i = 0; i < d.arc_count; i++)
            if (d.arcs[i].used == (used == 1))
                put_arc(&d, &d.arcs[i], d.arcs[i].side == ABOVE ? top : top + ROW - 4);
    d.height = top + ROW + LEVEL * d.levels[BELOW] + MARGIN;
    put_repairs(&d, sentence);
    put_triples(&d, sentence, only);
    page->height = d.height + MARGIN;
    if (d.width > page->width)
        page->width = d.width;
}

rg_str rg_check_picture(rg_arena *arena, rg_str drawn, const rg_picture *page)
{
    static const char style[] =
        "text{font-family:\"DejaVu Sans\",\"Segoe UI\",Arial,sans-serif}"
        ".word{font-size:15px;text-anchor:middle}.bold{font-weight:bold}"
        ".tag{font-size:10px;text-anchor:middle;fill:#6b7280}"
        ".label{font-size:11px;text-anchor:middle}.line{font-size:12px;white-space:pre}"
        ".arc{fill:none;stroke-width:1.2}.used{stroke-width:2.8}"
        ".mended{stroke-dasharray:5 3}";
    rg_buf out = rg_buf_in(arena);
    int width = (int)page->width + 1, height = (int)page->height + 1;
    rg_buf_format(
        &out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
        "viewBox=\"0 0 %d %d\" role=\"img\">\n",
        width, height, width, height);
    rg_buf_format(&out,
                  "<title>How relgraph reads it</title>\n<style>%s</style>\n"
                  "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n",
                  style, width, height);
    rg_buf_put(&out, drawn);
    rg_buf_text(&out, "</svg>\n");
    return rg_buf_str(&out);
}
