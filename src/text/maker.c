#include "text/maker.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <limits.h>

enum { SOFT_HYPHEN = 0xad, NONE = INT_MIN };

rg_maker rg_maker_in(rg_arena *arena)
{
    return (rg_maker){
        .arena = arena, .text = rg_buf_in(arena), .blank_at = -1, .distance = NONE};
}

static void open_block(rg_maker *p, int at)
{
    p->is_open = true;
    p->block_text = p->text.len;
    p->block_run = p->run_count;
    p->blank_at = -1;
    p->distance = NONE;
    p->blocks = rg_arena_grow(p->arena, p->blocks, p->block_count, &p->block_capacity,
                              sizeof *p->blocks);
    p->blocks[p->block_count++] = (rg_block){.start = at};
}

static void add_run(rg_maker *p, int from, int file_end)
{
    p->runs = rg_arena_grow(p->arena, p->runs, p->run_count, &p->run_capacity,
                            sizeof *p->runs);
    p->runs[p->run_count++] =
        (rg_text_run){p->text.len - p->block_text, from, file_end};
}

static void append(rg_maker *p, rg_str piece, int from, int to, bool plain)
{
    int distance = from - (p->text.len - p->block_text);
    if (!plain || p->distance != distance)
        add_run(p, from, plain ? 0 : to);
    p->distance = plain ? distance : NONE;
    rg_buf_put(&p->text, piece);
    p->blocks[p->block_count - 1].end = to;
}

static void put_piece(rg_maker *p, rg_str piece, int from, int to, bool plain)
{
    if (!p->is_open)
        open_block(p, from);
    if (p->blank_at >= 0)
        append(p, RG_STR(" "), p->blank_at, p->blank_at + 1, true);
    p->blank_at = -1;
    append(p, piece, from, to, plain);
}

void rg_maker_put(rg_maker *p, rg_str piece, int from)
{
    put_piece(p, piece, from, from + piece.len, true);
}

void rg_maker_put_for(rg_maker *p, rg_str piece, int from, int to)
{
    put_piece(p, piece, from, to, false);
}

void rg_maker_blank(rg_maker *p, int at)
{
    if (p->is_open && p->blank_at < 0)
        p->blank_at = at;
}

void rg_maker_put_code(rg_maker *p, uint32_t code, int from, int to)
{
    char bytes[RG_UTF8_LONGEST];
    if (rg_unicode_is_space(code))
        rg_maker_blank(p, from);
    else if (code != 0 && code != SOFT_HYPHEN)
        rg_maker_put_for(p, (rg_str){bytes, rg_utf8_encode(bytes, code)}, from, to);
}

uint32_t rg_maker_latin(unsigned char byte)
{
    static const unsigned short high[32] = {
        0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
        0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
        0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
    };
    return byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : byte;
}

/* Behind the letters, digits and marks of ASCII that stand at `at`. */
static int find_plain_end(rg_str bytes, int at, int to)
{
    while (at < to && bytes.bytes[at] > ' ' && bytes.bytes[at] < 0x7f)
        at++;
    return at;
}

static int put_next(rg_maker *p, rg_str bytes, int at)
{
    rg_utf8_step step = rg_utf8_next(bytes, at);
    if (p->latin)
        step = (rg_utf8_step){rg_maker_latin((unsigned char)bytes.bytes[at]), 1, true};
    bool plain = step.ok && step.code > ' ' && step.code != SOFT_HYPHEN
                 && (!p->latin || step.code < 0x80) && !rg_unicode_is_space(step.code);
    p->replaced += !step.ok;
    if (plain)
        rg_maker_put(p, rg_str_cut(bytes, at, at + step.len), at);
    else
        rg_maker_put_code(p, step.code, at, at + step.len);
    return at + step.len;
}

void rg_maker_text(rg_maker *p, rg_str bytes, int from, int to)
{
    rg_str within = rg_str_cut(bytes, 0, to);
    while (from < to) {
        int plain = find_plain_end(bytes, from, to);
        if (plain > from)
            rg_maker_put(p, rg_str_cut(bytes, from, plain), from);
        from = plain < to ? put_next(p, within, plain) : to;
    }
}

bool rg_maker_end_block(rg_maker *p)
{
    if (!p->is_open)
        return false;
    rg_block *block = &p->blocks[p->block_count - 1];
    block->text.len = p->text.len - p->block_text;
    block->run_count = p->run_count - p->block_run;
    p->is_open = false;
    p->blank_at = -1;
    return true;
}

rg_str rg_maker_so_far(const rg_maker *p)
{
    return p->is_open ? rg_str_cut(rg_buf_str(&p->text), p->block_text, p->text.len)
                      : RG_STR("");
}

void rg_maker_finish(rg_maker *p)
{
    int text = 0, run = 0;
    rg_maker_end_block(p);
    for (int i = 0; i < p->block_count; i++) {
        rg_block *block = &p->blocks[i];
        block->text.bytes = p->text.bytes + text;
        block->runs = p->runs + run;
        text += block->text.len;
        run += block->run_count;
    }
}
