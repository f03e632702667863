#include "text/text.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "text/html.h"
#include "text/markdown.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

static const rg_str byte_order_mark = RG_STR_IN_TABLE("\xef\xbb\xbf");
static const rg_str replacement = RG_STR_IN_TABLE("\xef\xbf\xbd");

enum { LONGEST_BLOCK = INT_MAX - 16 };

/* Goes over a document twice: first it only counts, then the arrays have their exact sizes
 * and it fills them. So a large document costs no more memory than its text. */
typedef struct reader {
    rg_str bytes;
    char *text; /* NULL while counting; so are runs and blocks */
    rg_text_run *runs;
    rg_block *blocks;
    size_t text_len,
        block_text; /* of all blocks; where the current block's text begins */
    int run_count, block_count, replaced;
    int block_run; /* first run of the current block */
    int distance;  /* file offset - text offset in the current run */
} reader;

static void open_block(reader *in, int file_at)
{
    in->block_text = in->text_len;
    in->block_run = in->run_count;
    in->distance = -1; /* no text has it: the first piece begins a run */
    if (in->blocks)
        in->blocks[in->block_count].start = file_at;
    in->block_count++;
}

static void close_block(reader *in, int file_at)
{
    if (!in->blocks)
        return;
    rg_block *block = &in->blocks[in->block_count - 1];
    block->end = file_at;
    block->text =
        (rg_str){in->text + in->block_text, (int)(in->text_len - in->block_text)};
    block->runs = in->runs + in->block_run;
    block->run_count = in->run_count - in->block_run;
}

/* Appends to the block a piece that stands at file_at. False if the block grows too long. */
static bool put_piece(reader *in, rg_str piece, int file_at)
{
    size_t at = in->text_len - in->block_text;
    if (at + (size_t)piece.len > LONGEST_BLOCK)
        return false;
    if (in->distance != file_at - (int)at) {
        in->distance = file_at - (int)at;
        if (in->runs)
            in->runs[in->run_count] = (rg_text_run){(int)at, file_at, 0};
        in->run_count++;
    }
    if (in->text)
        memcpy(in->text + in->text_len, piece.bytes, (size_t)piece.len);
    in->text_len += (size_t)piece.len;
    return true;
}

/* One character, which is U+FFFD for an ill-formed piece of the file. */
static bool put_character(reader *in, rg_utf8_step step, int file_at)
{
    if (step.ok)
        return put_piece(in, rg_str_cut(in->bytes, file_at, file_at + step.len),
                         file_at);
    in->replaced++;
    return put_piece(in, replacement, file_at);
}

/* Behind the letters, digits and marks of ASCII that stand at `at`. */
static int find_plain_end(rg_str bytes, int at)
{
    while (at < bytes.len && bytes.bytes[at] > ' ' && bytes.bytes[at] < 0x7f)
        at++;
    return at;
}

/* One character, or all plain ones up to the next that is not; *at goes behind. */
static bool put_next(reader *in, int *at)
{
    int from = *at, plain = find_plain_end(in->bytes, from);
    if (plain > from) {
        *at = plain;
        return put_piece(in, rg_str_cut(in->bytes, from, plain), from);
    }
    rg_utf8_step step = rg_utf8_next(in->bytes, from);
    *at += step.len;
    return put_character(in, step, from);
}

static bool read_whole(reader *in, int at)
{
    open_block(in, at);
    while (at < in->bytes.len)
        if (!put_next(in, &at))
            return false;
    if (in->run_count == 0) /* offset 0 of an empty text has a place, too */
        put_piece(in, RG_STR(""), at);
    close_block(in, at);
    return true;
}

/* White space between two characters: from where to where, and how many line ends. */
typedef struct gap {
    int start, end, line_ends;
} gap;

static gap read_gap(rg_str bytes, int at)
{
    gap space = {at, at, 0};
    while (space.end < bytes.len) {
        rg_utf8_step step = rg_utf8_next(bytes, space.end);
        if (!rg_unicode_is_space(step.code))
            break;
        bool after_cr = space.end > 0 && bytes.bytes[space.end - 1] == '\r';
        space.line_ends += step.code == '\r' || (step.code == '\n' && !after_cr);
        space.end += step.len;
    }
    return space;
}

/* The next byte that ends a line, or -1. */
static int find_line_end(rg_str bytes, int at)
{
    while (at < bytes.len && bytes.bytes[at] != '\n' && bytes.bytes[at] != '\r')
        at++;
    return at < bytes.len ? at : -1;
}

int rg_text_cut(rg_str bytes, int from, int least)
{
    if (bytes.len - from <= least)
        return bytes.len;
    int at = find_line_end(bytes, from + least);
    while (at >= 0) {
        gap space = read_gap(bytes, at);
        if (space.line_ends > 1)
            return space.end;
        at = find_line_end(bytes, space.end);
    }
    return bytes.len;
}

static bool read_folded(reader *in, int at)
{
    at = read_gap(in->bytes, at).end;
    if (at < in->bytes.len)
        open_block(in, at);
    while (at < in->bytes.len) {
        if (!put_next(in, &at))
            return false;
        gap space = read_gap(in->bytes, at);
        at = space.end;
        if (at == in->bytes.len || space.line_ends > 1)
            close_block(in, space.start);
        if (at < in->bytes.len && space.line_ends > 1)
            open_block(in, at);
        else if (at < in->bytes.len && space.end > space.start
                 && !put_piece(in, RG_STR(" "), space.start))
            return false;
    }
    return true;
}

static bool read_document(reader *in, const rg_document *document)
{
    bool has_mark = document->base == 0 && rg_str_starts(in->bytes, byte_order_mark);
    int at = has_mark ? byte_order_mark.len : 0;
    return document->mode == RG_TEXT_WHOLE ? read_whole(in, at) : read_folded(in, at);
}

static bool read_plain(const rg_text **out, rg_arena *arena,
                       const rg_document *document, rg_error *err)
{
    reader count = {.bytes = document->bytes};
    if (!read_document(&count, document))
        return rg_fail(err, RG_ERROR_LIMIT, rg_place_file(document->name),
                       "a paragraph grows beyond 2 GiB");

    reader fill = {
        .bytes = document->bytes,
        .text = rg_new(arena, char, count.text_len + 1),
        .runs = rg_new(arena, rg_text_run, count.run_count),
        .blocks = rg_new(arena, rg_block, count.block_count),
    };
    read_document(&fill, document);
    assert(fill.text_len == count.text_len && fill.run_count == count.run_count);

    rg_text *text = rg_new(arena, rg_text, 1);
    *text = (rg_text){.document = document,
                      .blocks = fill.blocks,
                      .block_count = fill.block_count,
                      .replaced = fill.replaced};
    *out = text;
    return true;
}

bool rg_text_read(const rg_text **out, rg_arena *arena, const rg_document *document,
                  rg_error *err)
{
    switch (document->mode) {
    case RG_TEXT_HTML: return rg_html_read(out, arena, document, err);
    case RG_TEXT_MARKDOWN: return rg_markdown_read(out, arena, document, err);
    default: return read_plain(out, arena, document, err);
    }
}

/* The last run of the block that begins at or before the offset. */
static int find_run(const rg_block *block, int offset)
{
    int low = 0, high = block->run_count;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (block->runs[middle].at <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

int rg_text_place(const rg_text *text, int block, int offset)
{
    const rg_block *in = &text->blocks[block];
    assert(offset >= 0 && offset <= in->text.len && in->run_count > 0);
    rg_text_run run = in->runs[find_run(in, offset)];
    int place = run.file_at + (offset - run.at);
    if (run.file_end > 0 && place > run.file_end)
        place = run.file_end;
    return text->document->base + place;
}

int rg_text_place_end(const rg_text *text, int block, int offset)
{
    if (offset == 0)
        return rg_text_place(text, block, 0);
    const rg_block *in = &text->blocks[block];
    assert(offset <= in->text.len && in->run_count > 0);
    int at = find_run(in, offset - 1);
    int end = in->runs[at].file_at + (offset - in->runs[at].at);
    if (in->runs[at].file_end > 0)
        return text->document->base + in->runs[at].file_end;
    /* U+FFFD is longer in the text than the bytes it stands for. */
    int limit = at + 1 < in->run_count ? in->runs[at + 1].file_at : in->end;
    return text->document->base + (end < limit ? end : limit);
}
