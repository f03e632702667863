#include "text/markdown.h"

#include "text/html.h"
#include "text/markup.h"
#include "text/spans.h"

/* Code between fences. */
typedef struct fence {
    char mark; /* 0: none is open */
    int count, quotes, at;
} fence;

typedef struct markdown {
    rg_str bytes;
    rg_spans spans;
    bool is_open; /* a block, whose content is [from, to) */
    int from, to;
    int quotes; /* how many '>' it stands behind */
    bool in_list, in_table;
    fence code;
    bool no_comment_end, no_raw_end;
    int heading; /* where the first one of level one begins; -1: there is none */
    rg_str title, date;
} markdown;

/* One line: its bytes, and what stands before its text. */
typedef struct line {
    int from, end; /* without its line end */
    int at;        /* where its text begins */
    int tail;      /* from here on only one of - * _ and blanks */
    int quotes;
    bool item;
} line;

static char byte_at(const markdown *in, int at, int end)
{
    return at < end ? in->bytes.bytes[at] : '\n';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_blank_or_end(char byte)
{
    return is_blank(byte) || byte == '\n' || byte == '\r';
}

static void drop(markdown *in, int from, int to)
{
    rg_spans_set(&in->spans, from, to, RG_MARK_GONE);
}

static void end_block(markdown *in)
{
    if (!in->is_open)
        return;
    in->is_open = false;
    in->spans.marks[in->from] |= RG_MARK_CUT;
    rg_spans_mark(&in->spans, in->from, in->to);
}

static void put_line(markdown *in, int from, int to)
{
    if (!in->is_open)
        in->from = from;
    in->is_open = true;
    in->to = to;
}

/* ---- What stands before the text of a line ------------------------------------------------- */

static int skip_blanks(const markdown *in, int at, int end)
{
    while (at < end && is_blank(in->bytes.bytes[at]))
        at++;
    return at;
}

static int find_tail(const markdown *in, int from, int end)
{
    int at = end;
    while (at > from && is_blank(in->bytes.bytes[at - 1]))
        at--;
    char mark = at > from ? in->bytes.bytes[at - 1] : ' ';
    if (mark != '-' && mark != '*' && mark != '_')
        return end;
    while (at > from
           && (in->bytes.bytes[at - 1] == mark || is_blank(in->bytes.bytes[at - 1])))
        at--;
    return skip_blanks(in, at, end);
}

/* Behind "-", "12." or the like that begins an item; 0: it does not. */
static int skip_bullet(const markdown *in, int at, int end)
{
    enum { MOST_DIGITS = 9 };
    int behind = at;
    while (behind < end && behind - at < MOST_DIGITS && in->bytes.bytes[behind] >= '0'
           && in->bytes.bytes[behind] <= '9')
        behind++;
    char mark = byte_at(in, behind, end);
    bool number = behind > at;
    bool first = number && behind == at + 1 && in->bytes.bytes[at] == '1';
    bool right =
        number ? (mark == '.' || mark == ')') && (first || in->in_list || !in->is_open)
               : mark == '-' || mark == '*' || mark == '+';
    return right && is_blank_or_end(byte_at(in, behind + 1, end)) ? behind + 1 : 0;
}

/* However many marks there are: nothing is kept of how deep it is but the count of '>'. */
static line read_line(const markdown *in, int from, int end)
{
    line l = {.from = from, .end = end, .at = from, .tail = find_tail(in, from, end)};
    for (;;) {
        int behind;
        l.at = skip_blanks(in, l.at, end);
        if (l.at >= l.tail)
            break;
        if (byte_at(in, l.at, end) == '>') {
            l.quotes++;
            l.at++;
        } else if ((behind = skip_bullet(in, l.at, end)) > 0) {
            l.item = true;
            l.at = behind;
        } else {
            break;
        }
    }
    l.at = skip_blanks(in, l.at, end);
    return l;
}

/* ---- Code between fences --------------------------------------------------------------------- */

static int count_run(const markdown *in, int at, int end)
{
    int behind = at;
    while (behind < end && in->bytes.bytes[behind] == in->bytes.bytes[at])
        behind++;
    return behind - at;
}

static bool open_fence(markdown *in, const line *l)
{
    char mark = byte_at(in, l->at, l->end);
    int count = mark == '`' || mark == '~' ? count_run(in, l->at, l->end) : 0;
    rg_str rest = rg_str_cut(in->bytes, l->at + count, l->end);
    if (count < 3 || (mark == '`' && rg_str_find_byte(rest, '`', 0) >= 0))
        return false;
    end_block(in);
    drop(in, l->from, l->end);
    in->code = (fence){mark, count, l->quotes, l->at};
    return true;
}

/* False if the line is no more of the code. */
static bool is_code(markdown *in, int from, int end)
{
    int at = from, quotes = 0;
    if (!in->code.mark)
        return false;
    while (at < end && (is_blank(in->bytes.bytes[at]) || in->bytes.bytes[at] == '>')
           && (quotes < in->code.quotes || in->bytes.bytes[at] != '>'))
        quotes += in->bytes.bytes[at++] == '>';
    if (quotes < in->code.quotes) {
        in->code.mark = 0;
        return false;
    }
    drop(in, from, end);
    int count = byte_at(in, at, end) == in->code.mark ? count_run(in, at, end) : 0;
    if (count >= in->code.count && skip_blanks(in, at + count, end) == end)
        in->code.mark = 0;
    return true;
}

/* ---- Tables ---------------------------------------------------------------------------------- */

static int find_line_end(rg_str bytes, int at)
{
    while (at < bytes.len && bytes.bytes[at] != '\n' && bytes.bytes[at] != '\r')
        at++;
    return at;
}

static int find_next_line(rg_str bytes, int end)
{
    bool pair =
        end + 1 < bytes.len && bytes.bytes[end] == '\r' && bytes.bytes[end + 1] == '\n';
    return end < bytes.len ? end + 1 + pair : end;
}

static bool has_bar(const markdown *in, int from, int end)
{
    return rg_str_find_byte(rg_str_cut(in->bytes, from, end), '|', 0) >= 0;
}

/* |---|:--:| */
static bool is_rule_row(const markdown *in, int from, int end)
{
    bool bar = false, dash = false;
    while (from < end
           && (is_blank(in->bytes.bytes[from]) || in->bytes.bytes[from] == '>'))
        from++;
    for (; from < end; from++) {
        char byte = in->bytes.bytes[from];
        if (!is_blank(byte) && byte != '|' && byte != '-' && byte != ':')
            return false;
        bar = bar || byte == '|';
        dash = dash || byte == '-';
    }
    return bar && dash;
}

static void put_cell(markdown *in, int from, int to)
{
    from = skip_blanks(in, from, to);
    if (from == to)
        return;
    put_line(in, from, to);
    end_block(in);
}

static void put_row(markdown *in, const line *l)
{
    int cell = l->at;
    end_block(in);
    if (is_rule_row(in, l->at, l->end)) {
        drop(in, l->at, l->end);
        return;
    }
    for (int at = l->at; at < l->end; at++) {
        at += in->bytes.bytes[at] == '\\' && at + 1 < l->end;
        if (in->bytes.bytes[at] != '|'
            || (at > l->at && in->bytes.bytes[at - 1] == '\\'))
            continue;
        drop(in, at, at + 1);
        put_cell(in, cell, at);
        cell = at + 1;
    }
    put_cell(in, cell, l->end);
}

static bool read_row(markdown *in, const line *l)
{
    int next = find_next_line(in->bytes, l->end);
    bool bar = has_bar(in, l->at, l->end);
    if (bar && !in->in_table)
        in->in_table = is_rule_row(in, next, find_line_end(in->bytes, next));
    in->in_table = in->in_table && bar;
    if (in->in_table)
        put_row(in, l);
    return in->in_table;
}

/* ---- Lines ------------------------------------------------------------------------------------ */

/* Behind a label such as "[name]:"; 0: it is none. */
static int skip_label(const markdown *in, const line *l)
{
    int close = byte_at(in, l->at, l->end) == '['
                    ? rg_str_find_byte(rg_str_cut(in->bytes, 0, l->end), ']', l->at)
                    : -1;
    return close > l->at + 1 && byte_at(in, close + 1, l->end) == ':' ? close + 2 : 0;
}

/* [name]: address "title" */
static bool is_definition(const markdown *in, const line *l, int behind)
{
    int at = skip_blanks(in, behind, l->end), end = at;
    while (end < l->end && !is_blank(in->bytes.bytes[end]))
        end++;
    char next = byte_at(in, skip_blanks(in, end, l->end), l->end);
    return end > at && (next == '\n' || next == '"' || next == '\'' || next == '(');
}

/* The label of a note goes, of a link the whole line. */
static bool read_definition(markdown *in, line *l)
{
    int behind = in->is_open && !l->item ? 0 : skip_label(in, l);
    if (behind == 0)
        return false;
    bool note = in->bytes.bytes[l->at + 1] == '^';
    if (note) {
        drop(in, l->at, behind);
        l->at = skip_blanks(in, behind, l->end);
        return false;
    }
    if (!is_definition(in, l, behind))
        return false;
    drop(in, l->at, l->end);
    return true;
}

static void note_heading(markdown *in, int level)
{
    if (level == 1 && in->heading < 0 && in->is_open)
        in->heading = in->from;
}

static bool read_heading(markdown *in, const line *l)
{
    enum { MOST_LEVELS = 6 };
    int level = byte_at(in, l->at, l->end) == '#' ? count_run(in, l->at, l->end) : 0;
    int from = l->at + level, to = l->end;
    if (level == 0 || level > MOST_LEVELS
        || !is_blank_or_end(byte_at(in, from, l->end)))
        return false;
    end_block(in);
    while (to > from && is_blank(in->bytes.bytes[to - 1]))
        to--;
    int marks = to;
    while (marks > from && in->bytes.bytes[marks - 1] == '#')
        marks--;
    if (is_blank(in->bytes.bytes[marks - 1]))
        to = marks;
    drop(in, l->from, from);
    drop(in, to, l->end);
    from = skip_blanks(in, from, to);
    if (from == to)
        return true;
    put_line(in, from, to);
    note_heading(in, level);
    end_block(in);
    return true;
}

/* A line of marks alone: under a heading, or between paragraphs. */
static bool read_rule(markdown *in, const line *l)
{
    int at = l->at;
    while (in->is_open && at < l->end && in->bytes.bytes[at] == '=')
        at++;
    bool underline = at > l->at && skip_blanks(in, at, l->end) == l->end;
    if (l->at < l->tail && !underline)
        return false;
    if (underline)
        note_heading(in, 1);
    end_block(in);
    drop(in, l->from, l->end);
    return true;
}

static void read_text(markdown *in, const line *l)
{
    bool indented = l->at > l->from && is_blank(in->bytes.bytes[l->from]);
    if (l->item || (in->is_open && l->quotes > in->quotes))
        end_block(in);
    if (!in->is_open)
        in->in_list = l->item || (in->in_list && indented);
    if (!in->is_open)
        in->quotes = l->quotes;
    drop(in, l->from, l->at);
    put_line(in, l->at, l->end);
}

/* Behind a comment, script or style that the line begins with; 0: it does not. */
static int skip_hidden(markdown *in, const line *l)
{
    rg_str bytes = in->bytes;
    rg_tag tag;
    int end = -1;
    if (byte_at(in, l->at, l->end) != '<')
        return 0;
    if (rg_str_starts(rg_str_cut(bytes, l->at, l->end), RG_STR("<!--"))) {
        if (!in->no_comment_end)
            end = rg_str_find(bytes, RG_STR("-->"), l->at + 4);
        in->no_comment_end = end < 0;
        return end < 0 ? 0 : end + 3;
    }
    bool raw = rg_markup_tag(&tag, bytes, l->at, l->end) && !tag.closes
               && (rg_markup_is(tag.name, "script") || rg_markup_is(tag.name, "style"));
    if (!raw || in->no_raw_end)
        return 0;
    end = rg_markup_find_end(bytes, tag.name, tag.end, bytes.len);
    in->no_raw_end = end < 0;
    return end < 0 ? 0 : rg_str_find_byte(bytes, '>', end) + 1;
}

/* Reads a line; where to go on. */
static int do_line(markdown *in, int from, int end)
{
    if (is_code(in, from, end))
        return find_next_line(in->bytes, end);
    line l = read_line(in, from, end);
    int hidden = skip_hidden(in, &l);
    if (hidden > 0) {
        end_block(in);
        drop(in, l.from, hidden);
        return hidden;
    }
    if (l.at == end) {
        end_block(in);
        in->in_table = false;
        drop(in, from, end);
    } else if (!read_rule(in, &l) && !read_heading(in, &l) && !open_fence(in, &l)) {
        drop(in, l.from, l.at);
        if (!read_row(in, &l) && !read_definition(in, &l) && l.at < end)
            read_text(in, &l);
    }
    return find_next_line(in->bytes, end);
}

/* ---- Front matter -------------------------------------------------------------------------------- */

static rg_str value_of(rg_str entry, rg_str key)
{
    rg_str value = rg_str_trim(rg_str_cut(entry, key.len, entry.len));
    bool quoted = value.len >= 2 && (value.bytes[0] == '"' || value.bytes[0] == '\'')
                  && value.bytes[value.len - 1] == value.bytes[0];
    return quoted ? rg_str_cut(value, 1, value.len - 1) : value;
}

static void read_entry(markdown *in, rg_str entry)
{
    if (rg_str_starts(entry, RG_STR("title:")))
        in->title = value_of(entry, RG_STR("title:"));
    if (rg_str_starts(entry, RG_STR("date:")))
        in->date = rg_markup_day(value_of(entry, RG_STR("date:")));
}

/* Where the front matter ends that begins at `at`; `at` if there is none. */
static int find_front_end(const markdown *in, int at)
{
    int start = at;
    for (bool first = true; at < in->bytes.len; first = false) {
        int end = find_line_end(in->bytes, at);
        rg_str row = rg_str_cut(in->bytes, at, end);
        while (row.len > 0 && is_blank(row.bytes[row.len - 1]))
            row.len--;
        bool mark = rg_str_is(row, "---") || (!first && rg_str_is(row, "..."));
        if (first != mark)
            return first ? start : find_next_line(in->bytes, end);
        at = find_next_line(in->bytes, end);
    }
    return start;
}

static int read_front(markdown *in, int at)
{
    int front = find_front_end(in, at);
    for (int row = at; row < front;) {
        int end = find_line_end(in->bytes, row);
        read_entry(in, rg_str_cut(in->bytes, row, end));
        row = find_next_line(in->bytes, end);
    }
    drop(in, at, front);
    return front;
}

/* ---- The document -------------------------------------------------------------------------------- */

static bool has_definitions(rg_str bytes)
{
    for (int at = 0; (at = rg_str_find_byte(bytes, ':', at)) >= 0; at++)
        if (at > 0 && bytes.bytes[at - 1] == ']')
            return true;
    return false;
}

static rg_maker put_together(const markdown *in)
{
    rg_maker p = rg_maker_in(in->spans.arena);
    const unsigned char *marks = in->spans.marks;
    for (int at = 0, end; at < in->bytes.len; at = end) {
        int kind = marks[at] & RG_MARK_KIND;
        if (marks[at] & RG_MARK_CUT)
            rg_maker_end_block(&p);
        for (end = at + 1; end < in->bytes.len && marks[end] == kind;)
            end++;
        if (kind == RG_MARK_TEXT)
            rg_markup_text(&p, in->bytes, at, end);
        else if (kind == RG_MARK_LITERAL)
            rg_maker_text(&p, in->bytes, at, end);
        else if (kind == RG_MARK_BLANK)
            rg_maker_blank(&p, at);
    }
    rg_maker_finish(&p);
    return p;
}

static rg_str find_title(const markdown *in, const rg_maker *p)
{
    if (in->title.len > 0)
        return rg_markup_string(in->spans.arena, in->title, false);
    for (int i = 0; i < p->block_count && in->heading >= 0; i++)
        if (p->blocks[i].start >= in->heading)
            return rg_markup_string(in->spans.arena, p->blocks[i].text, false);
    return RG_STR("");
}

static rg_str tell_warning(const markdown *in)
{
    int number, column;
    if (!in->code.mark)
        return RG_STR("");
    rg_place_line(in->bytes, in->code.at, &number, &column);
    return rg_arena_format(in->spans.arena,
                           "the code that begins at line %d does not end: "
                           "the rest of the file is not read",
                           number);
}

static void read_lines(markdown *in, int at)
{
    while (at < in->bytes.len)
        at = do_line(in, at, find_line_end(in->bytes, at));
    end_block(in);
}

bool rg_markdown_read(const rg_text **out, rg_arena *arena, const rg_document *document,
                      rg_error *err)
{
    rg_str bytes = document->bytes;
    if (bytes.len > RG_MARKUP_LARGEST)
        return rg_fail(err, RG_ERROR_LIMIT, rg_place_file(document->name),
                       "is larger than %d bytes", RG_MARKUP_LARGEST);
    markdown in = {.bytes = bytes, .heading = -1, .title = {"", 0}, .date = {"", 0}};
    in.spans = (rg_spans){.arena = arena,
                          .bytes = bytes,
                          .marks = rg_new(arena, unsigned char, bytes.len + 1),
                          .has_definitions = has_definitions(bytes)};
    bool marked = rg_str_starts(bytes, RG_STR("\xef\xbb\xbf")) && document->base == 0;
    drop(&in, 0, marked ? 3 : 0);
    read_lines(&in, read_front(&in, marked ? 3 : 0));
    rg_maker p = put_together(&in);
    rg_document *told = rg_new(arena, rg_document, 1);
    *told = *document;
    rg_str title = find_title(&in, &p);
    told->title = title.len > 0 ? title : document->title;
    told->date = in.date.len > 0 ? in.date : document->date;
    rg_text *text = rg_new(arena, rg_text, 1);
    *text = (rg_text){.document = told,
                      .blocks = p.blocks,
                      .block_count = p.block_count,
                      .replaced = p.replaced,
                      .warning = tell_warning(&in)};
    *out = text;
    return true;
}
