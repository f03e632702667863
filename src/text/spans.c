#include "text/spans.h"

#include "text/html.h"
#include "text/markup.h"

enum { MOST_TICKS = 80, MOST_NESTED = 32 };

/* What is known of the block at work. */
typedef struct within {
    rg_spans *all;
    rg_str bytes; /* up to the end of the block */
    int from, to;
    bool counted;                   /* last_ticks is filled */
    int last_ticks[MOST_TICKS + 1]; /* where the last run of so many backticks stands */
    bool no_comment_end, no_raw_end;
    int no_tag_before; /* a '<' before begins no tag */
} within;

void rg_spans_set(rg_spans *spans, int from, int to, rg_mark mark)
{
    for (int i = from; i < to; i++)
        spans->marks[i] = (unsigned char)((spans->marks[i] & RG_MARK_CUT) | mark);
}

static bool is_gone(const rg_spans *spans, int at)
{
    return (spans->marks[at] & RG_MARK_KIND) == RG_MARK_GONE;
}

static bool is_punctuation(char byte)
{
    return (byte >= '!' && byte <= '/') || (byte >= ':' && byte <= '@')
           || (byte >= '[' && byte <= '`') || (byte >= '{' && byte <= '~');
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static char byte_at(const within *in, int at)
{
    return at >= in->from && at < in->to ? in->bytes.bytes[at] : ' ';
}

static int count_run(const within *in, int at)
{
    int end = at;
    while (end < in->to && in->bytes.bytes[end] == in->bytes.bytes[at])
        end++;
    return end - at;
}

/* ---- Code ------------------------------------------------------------------------------ */

static void count_ticks(within *in, int from)
{
    in->counted = true;
    for (int at = from; (at = rg_str_find_byte(in->bytes, '`', at)) >= 0;) {
        int count = count_run(in, at);
        if (count <= MOST_TICKS)
            in->last_ticks[count] = at;
        at += count;
    }
}

static int mark_code(within *in, int at)
{
    int count = count_run(in, at), end = at + count;
    if (!in->counted)
        count_ticks(in, at);
    if (count > MOST_TICKS || in->last_ticks[count] <= at)
        return end;
    int close = end, found;
    while ((close = rg_str_find_byte(in->bytes, '`', close)) >= 0
           && (found = count_run(in, close)) != count)
        close += found;
    if (close < 0)
        return end;
    rg_spans_set(in->all, at, end, RG_MARK_GONE);
    for (int i = end; i < close; i++)
        if (!is_gone(in->all, i))
            rg_spans_set(in->all, i, i + 1, RG_MARK_LITERAL);
    rg_spans_set(in->all, close, close + count, RG_MARK_GONE);
    return close + count;
}

/* ---- Tags ------------------------------------------------------------------------------- */

static int mark_comment(within *in, int at)
{
    int end = in->no_comment_end ? -1 : rg_str_find(in->bytes, RG_STR("-->"), at + 4);
    in->no_comment_end = end < 0;
    if (end < 0)
        return at + 1;
    rg_spans_set(in->all, at, end + 3, RG_MARK_GONE);
    return end + 3;
}

/* <https://example.org>, <ann@example.org> */
static int mark_address(within *in, int at)
{
    bool sign = false;
    int end = at + 1;
    for (; end < in->to && !is_blank(in->bytes.bytes[end]); end++) {
        char byte = in->bytes.bytes[end];
        sign = sign || byte == ':' || byte == '@';
        if (byte == '<' || byte == '>' || byte == '"' || byte == '=')
            break;
    }
    if (!sign || byte_at(in, end) != '>')
        return 0;
    rg_spans_set(in->all, at, at + 1, RG_MARK_GONE);
    rg_spans_set(in->all, at + 1, end, RG_MARK_LITERAL);
    rg_spans_set(in->all, end, end + 1, RG_MARK_GONE);
    return end + 1;
}

static bool is_tag_name(rg_str name)
{
    bool ok = name.len > 0;
    for (int i = 0; i < name.len; i++)
        ok = ok && (name.bytes[i] == '-' || !is_punctuation(name.bytes[i]))
             && (unsigned char)name.bytes[i] < 0x7f;
    return ok;
}

/* Behind a script or style that begins with the tag; its own end if it never ends. */
static int find_raw_end(within *in, const rg_tag *tag)
{
    bool raw = rg_markup_is(tag->name, "script") || rg_markup_is(tag->name, "style");
    if (!raw || tag->closes || in->no_raw_end)
        return tag->end;
    int end = rg_markup_find_end(in->bytes, tag->name, tag->end, in->to);
    in->no_raw_end = end < 0;
    return end < 0 ? tag->end : end;
}

static int mark_tag(within *in, int at)
{
    rg_tag tag;
    int end = mark_address(in, at);
    if (end > 0)
        return end;
    if (at < in->no_tag_before)
        return at + 1;
    bool is_tag = rg_markup_tag(&tag, in->bytes, at, in->to);
    if (!is_tag)
        in->no_tag_before = tag.end;
    if (!is_tag || !is_tag_name(tag.name))
        return at + 1;
    end = find_raw_end(in, &tag);
    rg_spans_set(in->all, at, end, RG_MARK_GONE);
    if (rg_markup_is(tag.name, "br"))
        rg_spans_set(in->all, at, at + 1, RG_MARK_BLANK);
    if (rg_html_breaks(tag.name) && end < in->to)
        in->all->marks[end] |= RG_MARK_CUT;
    return end;
}

static int mark_angle(within *in, int at)
{
    rg_str rest = rg_str_cut(in->bytes, at, at + 4);
    return rg_str_is(rest, "<!--") ? mark_comment(in, at) : mark_tag(in, at);
}

/* ---- Links -------------------------------------------------------------------------------- */

static int skip_blanks(const within *in, int at)
{
    while (at < in->to && is_blank(in->bytes.bytes[at]))
        at++;
    return at;
}

/* Behind "<address>", or -1. */
static int skip_angled(const within *in, int at)
{
    for (at++; at < in->to && in->bytes.bytes[at] != '>'; at++)
        if (in->bytes.bytes[at] == '<' || in->bytes.bytes[at] == '\n')
            return -1;
    return at < in->to ? at + 1 : -1;
}

/* Behind an address, whose parentheses match; or -1. */
static int skip_address(const within *in, int at)
{
    int depth = 0;
    if (byte_at(in, at) == '<')
        return skip_angled(in, at);
    for (; at < in->to && !is_blank(in->bytes.bytes[at]); at++) {
        char byte = in->bytes.bytes[at];
        if (byte == ')' && depth == 0)
            break;
        depth += (byte == '(') - (byte == ')');
        if (depth > MOST_NESTED)
            return -1;
        at += byte == '\\' && at + 1 < in->to;
    }
    return at < in->to ? at : in->to;
}

/* Behind a link's title, if there is one; -1 if it does not end. */
static int skip_title(const within *in, int at)
{
    char quote = byte_at(in, at);
    if (quote != '"' && quote != '\'' && quote != '(')
        return at;
    int end = rg_str_find_byte(in->bytes, quote == '(' ? ')' : quote, at + 1);
    return end < 0 ? -1 : end + 1;
}

/* Behind "(address "title")", or -1. */
static int skip_target(const within *in, int at)
{
    at = skip_address(in, skip_blanks(in, at + 1));
    if (at >= 0)
        at = skip_title(in, skip_blanks(in, at));
    if (at >= 0)
        at = skip_blanks(in, at);
    return at >= 0 && byte_at(in, at) == ')' ? at + 1 : -1;
}

/* Behind "[label]", or -1. */
static int skip_label(const within *in, int at)
{
    for (at++; at < in->to && in->bytes.bytes[at] != ']'; at++)
        if (in->bytes.bytes[at] == '[')
            return -1;
    return at < in->to ? at + 1 : -1;
}

static void push_bracket(within *in, int at, bool image)
{
    rg_spans *all = in->all;
    all->brackets = rg_arena_grow(all->arena, all->brackets, all->bracket_count,
                                  &all->bracket_capacity, sizeof *all->brackets);
    all->brackets[all->bracket_count++] = (rg_bracket){at, image};
    all->open_images += image;
}

/* '[' at `at`: a note's mark goes, anything else may become a link. */
static int mark_bracket(within *in, int at)
{
    int end = byte_at(in, at + 1) == '^' ? skip_label(in, at) : -1;
    if (end > 0) {
        rg_spans_set(in->all, at, end, RG_MARK_GONE);
        return end;
    }
    push_bracket(in, at, false);
    return at + 1;
}

/* ']' at `at`. An image goes with all that it holds; one within another loses its marks,
 * since the outer takes the rest. */
static int close_bracket(within *in, int at)
{
    rg_spans *all = in->all;
    if (all->bracket_count == 0)
        return at + 1;
    rg_bracket open = all->brackets[--all->bracket_count];
    all->open_images -= open.image;
    int end = -1;
    if (byte_at(in, at + 1) == '(')
        end = skip_target(in, at + 1);
    else if (byte_at(in, at + 1) == '[' && all->has_definitions)
        end = skip_label(in, at + 1);
    if (end < 0)
        return at + 1;
    if (open.image && all->open_images == 0)
        rg_spans_set(all, open.at - 1, end, RG_MARK_GONE);
    rg_spans_set(all, open.at - open.image, open.at + 1, RG_MARK_GONE);
    rg_spans_set(all, at, end, RG_MARK_GONE);
    return end;
}

/* ---- Emphasis -------------------------------------------------------------------------------- */

static void push_emphasis(within *in, rg_emphases *list, int at, int count)
{
    list->items = rg_arena_grow(in->all->arena, list->items, list->count,
                                &list->capacity, sizeof *list->items);
    list->items[list->count++] = (rg_emphasis){at, count};
}

/* The marks of a run that match open ones go; how many they are. */
static int match_emphasis(within *in, rg_emphases *list, int at, int count)
{
    int left = count;
    while (left > 0 && list->count > 0) {
        rg_emphasis *open = &list->items[list->count - 1];
        int used = open->count < left ? open->count : left;
        open->count -= used;
        rg_spans_set(in->all, open->at + open->count, open->at + open->count + used,
                     RG_MARK_GONE);
        rg_spans_set(in->all, at, at + used, RG_MARK_GONE);
        at += used;
        left -= used;
        list->count -= open->count == 0;
    }
    return count - left;
}

/* CommonMark's flanking runs: may it open, may it close? */
static int mark_emphasis(within *in, int at)
{
    char mark = in->bytes.bytes[at];
    int count = count_run(in, at), end = at + count;
    char before = byte_at(in, at - 1), behind = byte_at(in, end);
    bool left =
        !is_blank(behind)
        && (!is_punctuation(behind) || is_blank(before) || is_punctuation(before));
    bool right =
        !is_blank(before)
        && (!is_punctuation(before) || is_blank(behind) || is_punctuation(behind));
    bool word = mark == '_' && left && right;
    bool opens = left && (!word || is_punctuation(before));
    bool closes = right && (!word || is_punctuation(behind));
    rg_emphases *list = &in->all->emphases[mark == '*' ? 0 : mark == '_' ? 1 : 2];
    int used = closes ? match_emphasis(in, list, at, count) : 0;
    if (opens && used < count)
        push_emphasis(in, list, at + used, count - used);
    return end;
}

/* ---- All of it ------------------------------------------------------------------------------- */

static int mark_escape(within *in, int at)
{
    char next = byte_at(in, at + 1);
    if (next != '\n' && !is_punctuation(next))
        return at + 1;
    rg_spans_set(in->all, at, at + 1, RG_MARK_GONE);
    if (next != '\n' && at + 1 < in->to)
        rg_spans_set(in->all, at + 1, at + 2, RG_MARK_LITERAL);
    return at + 2;
}

/* Marks what begins at a byte; where to go on. */
static int mark_next(within *in, int at)
{
    switch (in->bytes.bytes[at]) {
    case '\\': return mark_escape(in, at);
    case '`': return mark_code(in, at);
    case '<': return mark_angle(in, at);
    case '[': return mark_bracket(in, at);
    case ']': return close_bracket(in, at);
    case '*':
    case '_':
    case '~': return mark_emphasis(in, at);
    case '!':
        if (byte_at(in, at + 1) != '[')
            return at + 1;
        push_bracket(in, at + 1, true);
        return at + 2;
    default: return at + 1;
    }
}

void rg_spans_mark(rg_spans *spans, int from, int to)
{
    within in = {
        .all = spans, .bytes = rg_str_cut(spans->bytes, 0, to), .from = from, .to = to};
    spans->bracket_count = spans->open_images = 0;
    for (int i = 0; i < 3; i++)
        spans->emphases[i].count = 0;
    for (int at = from; at < to;)
        at = is_gone(spans, at) ? at + 1 : mark_next(&in, at);
}
