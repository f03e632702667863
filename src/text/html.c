#include "text/html.h"

#include "base/utf8.h"
#include "text/markup.h"

#include <stdlib.h>

/* ---- Elements ------------------------------------------------------------------------ */

/* What an element is, and does to what is in it. */
enum {
    BREAKS = 1 << 0,   /* ends the block before it and its last one */
    EMPTY = 1 << 1,    /* not kept open */
    RAW = 1 << 2,      /* no tags in it: it ends at its end tag */
    OUT = 1 << 3,      /* never text */
    ASIDE = 1 << 4,    /* no main text */
    HEADER = 1 << 5,   /* ... but within an article it is */
    FORM = 1 << 6,     /* no main text, unless all is in forms */
    MAIN = 1 << 7,     /* the page's own main text */
    ARTICLE = 1 << 8,  /* the same, of one of its articles */
    HEADLINE = 1 << 9, /* main text though it is short and a link */
    KEEPS = 1 << 10,   /* blank lines end blocks */
    FOREIGN = 1 << 11, /* read as XML */
    LINK = 1 << 12,    /* counted as a link */
    ITEM = 1 << 13,    /* ends the one before it, if that is still open */
    LIST = 1 << 14,    /* what items are in */
    TABLE = 1 << 15,   /* part of a table */
    BOUND = 1 << 16,   /* end tags in it close nothing outside */
    INHERITED = OUT | ASIDE | FORM | MAIN | ARTICLE | HEADLINE | KEEPS | FOREIGN,
};

enum {
#define TAG(name, is) TAG_##name,
#include "text/tags.def"
#undef TAG
    TAG_COUNT
};

static const struct {
    const char *name;
    unsigned is;
} tags[] = {
#define TAG(name, is) {#name, is},
#include "text/tags.def"
#undef TAG
};

static int find_kind(rg_str name)
{
    int low = 0, high = TAG_COUNT;
    char lower[16] = "";
    for (int i = 0; i < name.len && i < 15; i++)
        lower[i] = (char)(name.bytes[i] | (name.bytes[i] >= 'A' ? 0x20 : 0));
    while (low < high) {
        int middle = (low + high) / 2;
        if (strcmp(tags[middle].name, lower) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < TAG_COUNT && rg_markup_is(name, tags[low].name) ? low : -1;
}

enum { DEEPEST = 256 };

typedef struct element {
    int kind;
    unsigned own, all; /* all: with what it inherits */
    int at;            /* of its tag */
} element;

/* What is known of a block when it ends. */
typedef struct about {
    unsigned all; /* of where it stands */
    int linked;   /* bytes of its text in links */
} about;

typedef struct page {
    rg_str bytes;
    rg_maker maker;
    element open[DEEPEST];
    int depth;
    int open_count[TAG_COUNT];
    int flattened[TAG_COUNT], flat; /* open ones that are too deep to be kept */
    bool unclosed[TAG_COUNT];       /* there is no end tag of such a raw element */
    bool no_comment_end, no_cdata_end;
    int last_close; /* the last '>' */
    int link_depth; /* where a link has begun; -1: in none */
    int linked;     /* bytes of the open block in links */
    int line_breaks;
    about *blocks;
    int block_capacity;
    bool is_xml;
    rg_str title, date, charset;
    int date_rank; /* how good it is; 0: none */
    int lost_at;   /* what hides the rest of the page; -1: nothing does */
} page;

static unsigned state_of(const page *in)
{
    return in->depth > 0 ? in->open[in->depth - 1].all : 0;
}

static void end_block(page *in)
{
    if (rg_maker_end_block(&in->maker)) {
        int number = in->maker.block_count - 1;
        in->blocks = rg_arena_grow(in->maker.arena, in->blocks, number,
                                   &in->block_capacity, sizeof *in->blocks);
        in->blocks[number] = (about){state_of(in), in->linked};
    }
    in->linked = in->line_breaks = 0;
}

static void pop_to(page *in, int depth)
{
    while (in->depth > depth)
        in->open_count[in->open[--in->depth].kind]--;
    if (in->depth < in->link_depth)
        in->link_depth = -1;
    if (in->flat > 0)
        memset(in->flattened, 0, sizeof in->flattened);
    in->flat = 0;
}

static void push(page *in, int kind, unsigned own, int at)
{
    unsigned around = state_of(in);
    if (in->depth == DEEPEST) {
        in->flattened[kind]++;
        in->flat++;
        return;
    }
    if ((own & HEADER) && (around & (ARTICLE | MAIN)))
        own &= ~(unsigned)ASIDE;
    in->open[in->depth++] = (element){kind, own, around | (own & INHERITED), at};
    in->open_count[kind]++;
}

/* Does the item of such a kind stay in this element? */
static bool holds_items(const element *e, int kind)
{
    if (!(tags[kind].is & TABLE))
        return e->own & (LIST | BOUND | ASIDE | MAIN | ARTICLE);
    return (e->own & TABLE)
           && (!(e->own & ITEM) || (e->kind == TAG_tr && kind != TAG_tr));
}

static int group_of(int kind)
{
    return kind == TAG_dt ? TAG_dd : kind == TAG_th ? TAG_td : kind;
}

/* A start tag ends an open paragraph, and an item the one before it. */
static void close_implied(page *in, int kind)
{
    if (in->depth > 0 && in->open[in->depth - 1].kind == TAG_p)
        pop_to(in, in->depth - 1);
    if (!(tags[kind].is & ITEM) || kind == TAG_p)
        return;
    for (int i = in->depth - 1; i >= 0; i--) {
        const element *e = &in->open[i];
        if (group_of(e->kind) == group_of(kind)) {
            pop_to(in, i);
            return;
        }
        if (holds_items(e, kind))
            return;
    }
}

static void close_element(page *in, int kind)
{
    if (in->flattened[kind] > 0) {
        in->flattened[kind]--;
        in->flat--;
        return;
    }
    if (in->open_count[kind] == 0)
        return;
    for (int i = in->depth - 1; i >= 0; i--) {
        if (in->open[i].kind == kind) {
            pop_to(in, i);
            return;
        }
        if ((in->open[i].own & BOUND) && !(tags[kind].is & TABLE))
            return;
    }
}

bool rg_html_breaks(rg_str name)
{
    int kind = find_kind(name);
    return kind >= 0 && (tags[kind].is & BREAKS);
}

/* ---- Text ------------------------------------------------------------------------------ */

static bool is_blank_line(rg_str bytes, int from, int to)
{
    return rg_str_trim(rg_str_cut(bytes, from, to)).len == 0;
}

/* Text whose blank lines count. What the first bytes belong to is a line already. */
static void put_lines(page *in, int from, int to)
{
    bool first = true;
    while (from < to) {
        int end = rg_str_find_byte(rg_str_cut(in->bytes, 0, to), '\n', from);
        end = end < 0 ? to : end + 1;
        if (!first && in->bytes.bytes[end - 1] == '\n'
            && is_blank_line(in->bytes, from, end))
            end_block(in);
        rg_markup_text(&in->maker, in->bytes, from, end);
        first = false;
        from = end;
    }
}

static void put_text(page *in, int from, int to, unsigned all)
{
    int before = in->maker.text.len;
    if (all & OUT)
        return;
    if (all & KEEPS)
        put_lines(in, from, to);
    else
        rg_markup_text(&in->maker, in->bytes, from, to);
    int added = in->maker.text.len - before;
    if (in->link_depth >= 0)
        in->linked += added;
    if (added > 0)
        in->line_breaks = 0;
}

/* ---- Tags with a meaning of their own ---------------------------------------------------- */

static rg_str find_attribute(const page *in, const rg_tag *tag, const char *wanted)
{
    int at = tag->attributes;
    rg_str name, value;
    while (rg_markup_attribute(&name, &value, in->bytes, &at, tag))
        if (rg_markup_is(name, wanted))
            return value;
    return (rg_str){NULL, 0};
}

static void take_date(page *in, rg_str text, int rank)
{
    rg_str day = rg_markup_day(text);
    if (day.len == 0 || rank <= in->date_rank)
        return;
    in->date = day;
    in->date_rank = rank;
}

/* How good the date is that such a <meta> gives; 0: it gives none. */
static int rank_of(rg_str name)
{
    static const struct {
        const char *name;
        int rank;
    } names[] = {
        {"article:published_time", 4},
        {"datepublished", 4},
        {"dc.date.issued", 3},
        {"dcterms.issued", 3},
        {"dc.date", 3},
        {"dcterms.date", 3},
        {"date", 3},
        {"pubdate", 3},
        {"og:published_time", 3},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (rg_markup_is(name, names[i].name))
            return names[i].rank;
    return 0;
}

static void read_meta(page *in, const rg_tag *tag)
{
    int at = tag->attributes, rank = 0;
    rg_str name, value, content = {"", 0};
    while (rg_markup_attribute(&name, &value, in->bytes, &at, tag)) {
        if (rg_markup_is(name, "content"))
            content = value;
        else if (rg_markup_is(name, "name") || rg_markup_is(name, "property")
                 || rg_markup_is(name, "itemprop"))
            rank = rank ? rank : rank_of(value);
    }
    take_date(in, content, rank);
}

/* What its attributes make of an element. */
static unsigned read_role(const page *in, const rg_tag *tag, unsigned is)
{
    static const struct {
        const char *role;
        unsigned is;
    } roles[] = {
        {"navigation", ASIDE}, {"banner", ASIDE | HEADER}, {"contentinfo", ASIDE},
        {"search", ASIDE},     {"complementary", ASIDE},   {"menu", ASIDE},
        {"menubar", ASIDE},    {"dialog", ASIDE},          {"alertdialog", ASIDE},
        {"main", MAIN},        {"article", ARTICLE},
    };
    int at = tag->attributes;
    rg_str name, value;
    while (rg_markup_attribute(&name, &value, in->bytes, &at, tag)) {
        if (rg_markup_is(name, "hidden"))
            is |= ASIDE;
        if (!rg_markup_is(name, "role"))
            continue;
        for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
            if (rg_markup_is(value, roles[i].role))
                is |= roles[i].is;
    }
    return is;
}

static void break_line(page *in, int at)
{
    int breaks = in->line_breaks + 1;
    if (breaks > 1)
        end_block(in);
    rg_maker_blank(&in->maker, at);
    in->line_breaks = breaks;
}

/* The tags that do more than open and close. */
static void do_special(page *in, int kind, const rg_tag *tag, int at)
{
    if (kind == TAG_br)
        break_line(in, at);
    if (tag->closes)
        return;
    if (kind == TAG_meta)
        read_meta(in, tag);
    if (kind == TAG_time && !(state_of(in) & (ASIDE | OUT)))
        take_date(in, find_attribute(in, tag, "datetime"), 1);
}

/* ---- Markup -------------------------------------------------------------------------------- */

static void read_title(page *in, int from, int to)
{
    if (in->title.len == 0 && !(state_of(in) & FOREIGN))
        in->title = rg_markup_string(in->maker.arena, rg_str_cut(in->bytes, from, to),
                                     in->maker.latin);
}

/* Behind what cannot have tags in it. */
static int read_raw(page *in, int kind, const rg_tag *tag, int at)
{
    int from = tag->end, end = -1;
    bool swallows = kind == TAG_script || kind == TAG_style;
    if (!in->unclosed[kind])
        end = rg_markup_find_end(in->bytes, tag->name, from, in->bytes.len);
    in->unclosed[kind] = end < 0;
    if (end < 0 && kind != TAG_plaintext && !swallows)
        return from; /* its tag is all that there is of it */
    if (end < 0 && swallows)
        in->lost_at = at;
    end = end < 0 ? in->bytes.len : end;
    if (kind == TAG_title)
        read_title(in, from, end);
    put_text(in, from, end, state_of(in) | tags[kind].is);
    return end;
}

static int start_element(page *in, int kind, const rg_tag *tag, int at)
{
    unsigned is = tags[kind].is;
    bool xml = in->is_xml || (state_of(in) & FOREIGN);
    do_special(in, kind, tag, at);
    if (kind == TAG_a) {
        if (find_attribute(in, tag, "href").bytes)
            in->link_depth = in->depth;
        return tag->end;
    }
    if (is & BREAKS) {
        end_block(in);
        close_implied(in, kind);
    }
    if ((is & EMPTY) || (tag->self && xml))
        return tag->end;
    if (is & RAW)
        return read_raw(in, kind, tag, at);
    push(in, kind, read_role(in, tag, is), at);
    return tag->end;
}

static int do_tag(page *in, const rg_tag *tag, int at)
{
    int kind = find_kind(tag->name);
    if (kind < 0)
        return tag->end;
    if (!tag->closes)
        return start_element(in, kind, tag, at);
    do_special(in, kind, tag, at);
    if (kind == TAG_a)
        in->link_depth = -1;
    if (tags[kind].is & BREAKS)
        end_block(in);
    close_element(in, kind);
    return tag->end;
}

/* Behind "-->" or "--!>", or -1. */
static int find_comment_end(rg_str bytes, int from)
{
    for (int at = from; (at = rg_str_find_byte(bytes, '>', at)) >= 0; at++) {
        rg_str before = rg_str_cut(bytes, from, at);
        if (rg_str_ends(before, RG_STR("--")) || rg_str_ends(before, RG_STR("--!")))
            return at + 1;
    }
    return -1;
}

/* A comment that does not end loses its mark only. */
static int skip_comment(page *in, int at)
{
    rg_str rest = rg_str_cut(in->bytes, at, at + 6);
    if (rg_str_starts(rest, RG_STR("<!-->")))
        return at + 5;
    if (rg_str_starts(rest, RG_STR("<!--->")))
        return at + 6;
    int end = in->no_comment_end ? -1 : find_comment_end(in->bytes, at + 4);
    in->no_comment_end = end < 0;
    return end < 0 ? at + 4 : end;
}

/* <!...>, <?...>, </ ...>: comments to HTML. */
static int skip_bogus(page *in, int at)
{
    if (at < in->last_close)
        return rg_str_find_byte(in->bytes, '>', at) + 1;
    put_text(in, at, at + 1, state_of(in));
    return at + 1;
}

static int read_cdata(page *in, int at)
{
    int from = at + 9, end = -1;
    if (!in->no_cdata_end)
        end = rg_str_find(in->bytes, RG_STR("]]>"), from);
    in->no_cdata_end = end < 0;
    if (end < 0)
        return from;
    if (!(state_of(in) & OUT))
        rg_maker_text(&in->maker, in->bytes, from, end);
    return end + 3;
}

static int read_declaration(page *in, int at)
{
    rg_str rest = rg_str_cut(in->bytes, at, at + 9);
    bool xml = in->is_xml || (state_of(in) & FOREIGN);
    if (rg_str_starts(rest, RG_STR("<!--")))
        return skip_comment(in, at);
    if (xml && rg_str_equal(rest, RG_STR("<![CDATA[")))
        return read_cdata(in, at);
    return skip_bogus(in, at);
}

/* Behind what '<' begins. */
static int read_markup(page *in, int at)
{
    rg_str bytes = in->bytes;
    char next = at + 1 < bytes.len ? bytes.bytes[at + 1] : ' ';
    rg_tag tag;
    if (next == '!')
        return read_declaration(in, at);
    if (next == '?')
        return skip_bogus(in, at);
    if (rg_markup_tag(&tag, bytes, at, bytes.len))
        return do_tag(in, &tag, at);
    if (tag.closes && tag.name.len == 0 && at + 2 < bytes.len)
        return skip_bogus(in, at);
    bool cut_off = tag.closes && tag.name.len == bytes.len - at - 2;
    if (!cut_off)
        put_text(in, at, tag.end, state_of(in));
    return tag.end;
}

static void read_page(page *in, int at)
{
    while (at < in->bytes.len) {
        int sign = rg_str_find_byte(in->bytes, '<', at);
        sign = sign < 0 ? in->bytes.len : sign;
        put_text(in, at, sign, state_of(in));
        at = sign < in->bytes.len ? read_markup(in, sign) : sign;
    }
    end_block(in);
    for (int i = 0; i < in->depth && in->lost_at < 0; i++)
        if (in->open[i].own & OUT)
            in->lost_at = in->open[i].at;
}

/* ---- The encoding ---------------------------------------------------------------------------- */

/* "text/html; charset=utf-8" */
static rg_str charset_in(rg_str content)
{
    enum { WORD = 8 };
    for (int at = 0; at + WORD <= content.len; at++)
        if (rg_markup_is(rg_str_cut(content, at, at + WORD), "charset=")) {
            int from = at + WORD, to = from;
            while (to < content.len && !strchr("; \t\n\"'", content.bytes[to]))
                to++;
            return rg_str_cut(content, from, to);
        }
    return RG_STR("");
}

/* What a <meta> near the start says, or the first line of XML. */
static rg_str find_charset(const page *in)
{
    enum { FAR = 4096 };
    rg_str head = rg_str_cut(in->bytes, 0, FAR);
    rg_tag tag;
    for (int at = 0; (at = rg_str_find_byte(head, '<', at)) >= 0; at = tag.end) {
        if (!rg_markup_tag(&tag, head, at, head.len) || !rg_markup_is(tag.name, "meta"))
            continue;
        rg_str said = find_attribute(in, &tag, "charset");
        if (said.len == 0)
            said = charset_in(find_attribute(in, &tag, "content"));
        if (said.len > 0)
            return rg_str_trim(said);
    }
    return RG_STR("");
}

static bool is_one_of(rg_str name, const char *const *names)
{
    while (*names && !rg_markup_is(name, *names))
        names++;
    return *names != NULL;
}

/* Warns of what is read as UTF-8 though it says that it is something else. */
static void choose_charset(page *in)
{
    static const char *const latin[] = {
        "windows-1252", "cp1252",   "x-cp1252", "iso-8859-1", "iso8859-1",
        "iso_8859-1",   "iso88591", "latin1",   "latin-1",    "l1",
        "us-ascii",     "ascii",    NULL};
    static const char *const unicode[] = {"utf-8",    "utf8",    "utf-16", "utf-16le",
                                          "utf-16be", "unicode", NULL};
    rg_str said = find_charset(in);
    bool marked = rg_str_starts(in->bytes, RG_STR("\xef\xbb\xbf"));
    if (said.len == 0 || marked || is_one_of(said, unicode))
        return;
    bool sound = rg_utf8_find_bad(in->bytes) < 0;
    if (is_one_of(said, latin))
        in->maker.latin = !sound;
    else if (!sound || rg_utf8_count(in->bytes) == in->bytes.len)
        in->charset = said;
}

/* ---- The main text ---------------------------------------------------------------------------- */

typedef struct shares {
    long long all, forms, main, article; /* bytes of text */
} shares;

static bool ends_sentence(rg_str text)
{
    char last = text.bytes[text.len - 1];
    return last == '.' || last == '!' || last == '?' || last == '"' || last == ')';
}

/* A menu's entry, a "read more". */
static bool is_menu(const rg_block *block, const about *what)
{
    enum { SHORT = 120 };
    return what->linked * 2 > block->text.len && block->text.len < SHORT
           && !(what->all & HEADLINE) && !ends_sentence(block->text);
}

static bool is_good(const page *in, int number, unsigned bad)
{
    return !(in->blocks[number].all & bad)
           && !is_menu(&in->maker.blocks[number], &in->blocks[number]);
}

static shares count_shares(const page *in, unsigned bad)
{
    shares s = {0};
    for (int i = 0; i < in->maker.block_count; i++) {
        int len = in->maker.blocks[i].text.len;
        unsigned all = in->blocks[i].all;
        if (!is_good(in, i, bad))
            continue;
        s.all += len;
        s.forms += all & FORM ? len : 0;
        s.main += all & MAIN ? len : 0;
        s.article += all & ARTICLE ? len : 0;
    }
    return s;
}

/* Leaves the main text only. */
static void select_main(page *in)
{
    shares s = count_shares(in, ASIDE);
    unsigned bad = s.forms * 2 > s.all ? ASIDE : ASIDE | FORM, scope = 0;
    s = count_shares(in, bad);
    if (s.all == 0)
        return;
    if (s.main * 4 >= s.all)
        scope = MAIN;
    else if (s.article * 3 >= s.all)
        scope = ARTICLE;
    int kept = 0;
    for (int i = 0; i < in->maker.block_count; i++)
        if (is_good(in, i, bad) && (in->blocks[i].all & scope) == scope)
            in->maker.blocks[kept++] = in->maker.blocks[i];
    in->maker.block_count = kept;
}

/* ---- The document -------------------------------------------------------------------------------- */

static rg_str printable(rg_arena *arena, rg_str text)
{
    enum { MOST = 40 };
    rg_str part = rg_str_cut(text, 0, MOST);
    char *bytes = rg_new(arena, char, part.len + 1);
    for (int i = 0; i < part.len; i++)
        bytes[i] = part.bytes[i] < ' ' || part.bytes[i] >= 0x7f ? '?' : part.bytes[i];
    return (rg_str){bytes, part.len};
}

static rg_str tell_warning(const page *in)
{
    rg_arena *arena = in->maker.arena;
    if (in->lost_at >= 0)
        return rg_arena_format(
            arena,
            "what begins at byte %d, '%.*s', does not end: "
            "the rest of the page is not read",
            in->lost_at,
            RG_PRINT(printable(arena,
                               rg_str_cut(in->bytes, in->lost_at, in->lost_at + 10))));
    if (in->charset.len > 0)
        return rg_arena_format(arena,
                               "says that its encoding is '%.*s'; it is read as "
                               "UTF-8",
                               RG_PRINT(printable(arena, in->charset)));
    return RG_STR("");
}

static bool check_size(const rg_document *document, rg_error *err)
{
    rg_place at = rg_place_file(document->name);
    rg_str bytes = document->bytes;
    if (bytes.len > RG_MARKUP_LARGEST)
        return rg_fail(err, RG_ERROR_LIMIT, at, "is larger than %d bytes",
                       RG_MARKUP_LARGEST);
    if (!rg_str_starts(bytes, RG_STR("\xff\xfe"))
        && !rg_str_starts(bytes, RG_STR("\xfe\xff")))
        return true;
    rg_fail(err, RG_ERROR_INPUT, at, "is UTF-16, which is not read");
    return rg_fail_hint(err, "iconv -f UTF-16 -t UTF-8 makes it UTF-8");
}

static page *open_page(rg_arena *arena, const rg_document *document)
{
    page *in = rg_new(arena, page, 1);
    in->bytes = document->bytes;
    in->maker = rg_maker_in(arena);
    in->title = in->date = in->charset = RG_STR("");
    in->link_depth = in->lost_at = in->last_close = -1;
    for (int i = 0; i < in->bytes.len; i++)
        if (in->bytes.bytes[i] == '>')
            in->last_close = i;
    choose_charset(in);
    return in;
}

bool rg_html_read(const rg_text **out, rg_arena *arena, const rg_document *document,
                  rg_error *err)
{
    if (!check_size(document, err))
        return false;
    page *in = open_page(arena, document);
    bool marked = rg_str_starts(in->bytes, RG_STR("\xef\xbb\xbf"));
    int start = marked && document->base == 0 ? 3 : 0;
    in->is_xml =
        rg_str_starts(rg_str_cut(in->bytes, start, in->bytes.len), RG_STR("<?xml"));
    read_page(in, start);
    rg_maker_finish(&in->maker);
    select_main(in);
    rg_document *told = rg_new(arena, rg_document, 1);
    *told = *document;
    told->title = in->title.len > 0 ? in->title : document->title;
    told->date = in->date.len > 0 ? in->date : document->date;
    rg_text *text = rg_new(arena, rg_text, 1);
    *text = (rg_text){.document = told,
                      .blocks = in->maker.blocks,
                      .block_count = in->maker.block_count,
                      .replaced = in->maker.replaced,
                      .warning = tell_warning(in)};
    *out = text;
    return true;
}
