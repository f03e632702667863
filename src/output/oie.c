/* oie.c - one line a triple in the wording of its sentence, as the scorers of open
 * information extraction read it:
 *
 *     sentence, confidence, subject, relation, object, then each further argument (of a
 *     rule that collects them), else each qualifier
 *
 * Scorers compare words between blanks, so a span that ends inside such a word ("left"
 * of "left.") is widened to it.
 */
#include "output/columns.h"
#include "output/output.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* No escapes here: scorers look sentences up by their very bytes. */
static void put_field(rg_buf *out, rg_str text)
{
    for (int i = 0; i < text.len; i++)
        rg_buf_byte(out, is_blank(text.bytes[i]) ? ' ' : text.bytes[i]);
}

/* Does `part` stand at byte `at` of the sentence? A blank matches one or more blanks.
 * Returns the end of the match, or -1. */
static int match_at(rg_str sentence, int at, rg_str part)
{
    for (int i = 0; i < part.len;) {
        if (at >= sentence.len)
            return -1;
        bool blank = is_blank(part.bytes[i]);
        if (blank != is_blank(sentence.bytes[at])
            || (!blank && part.bytes[i] != sentence.bytes[at]))
            return -1;
        if (!blank) {
            i++, at++;
            continue;
        }
        while (i < part.len && is_blank(part.bytes[i]))
            i++;
        while (at < sentence.len && is_blank(sentence.bytes[at]))
            at++;
    }
    return at;
}

static int distance(int a, int b)
{
    return a < b ? b - a : a - b;
}

static rg_span widen(rg_str sentence, rg_span span)
{
    while (span.start > 0 && !is_blank(sentence.bytes[span.start - 1]))
        span.start--;
    while (span.end < sentence.len && !is_blank(sentence.bytes[span.end]))
        span.end++;
    return span;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
           || (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
}

/* Does a word run on over byte `at`, from the byte before it? */
static bool is_inside_word(rg_str sentence, int at)
{
    return at > 0 && at < sentence.len && is_letter(sentence.bytes[at - 1])
           && is_letter(sentence.bytes[at]);
}

/* "do" is a piece of "don't", but "is" is none of "this". */
static bool is_piece(rg_str sentence, rg_span found)
{
    rg_span word = widen(sentence, found);
    rg_str text = rg_str_cut(sentence, word.start, word.end);
    return rg_str_find_byte(text, '\'', 0) >= 0
           || (!is_inside_word(sentence, found.start)
               && !is_inside_word(sentence, found.end));
}

/* The occurrence of `part` whose start is nearest to `near`; start -1 if none. */
static rg_span find_nearest(rg_str sentence, rg_str part, int near)
{
    rg_span best = {-1, -1};
    for (int at = 0; part.len > 0 && at < sentence.len; at++) {
        rg_span found = {at, match_at(sentence, at, part)};
        bool is_nearer =
            best.start < 0 || distance(at, near) < distance(best.start, near);
        if (found.end >= 0 && is_nearer && is_piece(sentence, found))
            best = found;
    }
    return best;
}

/* One word after the other, for wording whose pieces stand apart. A word that is not in
 * the sentence (a supplied "is") stays as it is; two pieces of one word print it once. */
static void put_words(rg_buf *out, rg_str sentence, rg_str wording, int near)
{
    int last_start = -1;
    bool first = true;
    for (int at = 0; at < wording.len;) {
        int end = at;
        while (end < wording.len && !is_blank(wording.bytes[end]))
            end++;
        rg_str word = rg_str_cut(wording, at, end);
        at = end + 1;
        rg_span found = find_nearest(sentence, word, near);
        if (word.len == 0
            || (found.start >= 0 && widen(sentence, found).start == last_start))
            continue;
        if (found.start >= 0) {
            near = found.end;
            found = widen(sentence, found);
            last_start = found.start;
            word = rg_str_cut(sentence, found.start, found.end);
        }
        if (!first)
            rg_buf_byte(out, ' ');
        first = false;
        put_field(out, word);
    }
}

/* The wording as whole words of the sentence; `near` is where it should stand. */
static void put_wording(rg_buf *out, rg_str sentence, rg_str wording, int near)
{
    wording = rg_str_trim(wording);
    rg_span found = find_nearest(sentence, wording, near);
    if (found.start < 0) {
        put_words(out, sentence, wording, near);
        return;
    }
    found = widen(sentence, found);
    put_field(out, rg_str_cut(sentence, found.start, found.end));
}

/* A file offset as an offset in the sentence, as near as folded white space allows. Triples that
 * were read back may have any offsets. */
static int place_in_sentence(const rg_edge *edge, rg_str sentence, int offset)
{
    if (offset < 0 || edge->start < 0)
        return 0;
    rg_span evidence = find_nearest(sentence, edge->evidence, 0);
    int from = evidence.start > 0 ? evidence.start : 0, on = offset - edge->start;
    if (on > sentence.len - from)
        return sentence.len;
    return on > -from ? from + on : 0;
}

/* Index of the qualifier that stands first among those behind `after`, or -1. Equal
 * places keep their order: `after` is the place and the index of the one before. */
static int find_next_qualifier(const rg_edge *edge, rg_span after)
{
    int best = -1;
    for (int i = 0; i < edge->qualifier_count; i++) {
        int start = edge->qualifiers[i].start;
        bool is_behind = start > after.start || (start == after.start && i > after.end);
        if (is_behind && (best < 0 || start < edge->qualifiers[best].start))
            best = i;
    }
    return best;
}

static void put_arguments(rg_buf *out, const rg_edge *edge, rg_str sentence)
{
    for (int i = 0; i < edge->argument_count; i++) {
        rg_buf_byte(out, '\t');
        put_wording(out, sentence, edge->arguments[i].text,
                    place_in_sentence(edge, sentence, edge->arguments[i].start));
    }
}

static void put_qualifiers(rg_buf *out, const rg_edge *edge, rg_str sentence)
{
    rg_span last = {-2, -1};
    int next;
    while ((next = find_next_qualifier(edge, last)) >= 0) {
        const rg_qualifier *one = &edge->qualifiers[next];
        rg_buf_byte(out, '\t');
        put_wording(out, sentence, one->value,
                    place_in_sentence(edge, sentence, one->start));
        last = (rg_span){one->start, next};
    }
}

static void put_edge(rg_buf *out, const rg_edge *edge)
{
    rg_str sentence = edge->line.len > 0 ? edge->line : edge->evidence;
    const rg_str wordings[] = {edge->subject_text, edge->relation_text,
                               edge->object_text};
    const int starts[] = {edge->subject_span.start, edge->relation_span.start,
                          edge->object_span.start};
    put_field(out, sentence);
    rg_buf_byte(out, '\t');
    rg_column_put_confidence(out, edge->confidence);
    for (int i = 0; i < 3; i++) {
        rg_buf_byte(out, '\t');
        put_wording(out, sentence, wordings[i],
                    place_in_sentence(edge, sentence, starts[i]));
    }
    if (edge->ordered)
        put_arguments(out, edge, sentence);
    else
        put_qualifiers(out, edge, sentence);
    rg_buf_byte(out, '\n');
}

static void put_edges(rg_buf *out, const rg_edges *edges)
{
    for (int i = 0; i < edges->count; i++)
        put_edge(out, &edges->items[i]);
}

const rg_format rg_format_oie = {
    .name = "oie",
    .ending = ".oie",
    .summary = "the wording of each triple, for the scorers of open extraction",
    .from = RG_FROM_EDGES,
    .put_edges = put_edges,
};
