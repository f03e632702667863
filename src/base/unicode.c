#include "base/unicode.h"

#include "base/utf8.h"

#include "base/unicode.inc"

enum {
    LAST_CODE = 0x10ffff,
    SIGMA = 0x3a3,
    SMALL_SIGMA = 0x3c3,
    FINAL_SIGMA = 0x3c2,
    DOTTED_I = 0x130,
    DOT_ABOVE = 0x307,
};

static const struct record *find_record(uint32_t code)
{
    static const struct record none = {0};
    if (code > LAST_CODE)
        return &none;
    unsigned page = page_of[code >> PAGE_BITS];
    return &records[record_of[(page << PAGE_BITS) + (code & ((1u << PAGE_BITS) - 1))]];
}

static bool has(uint32_t code, unsigned flag)
{
    return (find_record(code)->flags & flag) != 0;
}

bool rg_unicode_is_space(uint32_t code)
{
    return has(code, SPACE);
}

bool rg_unicode_is_alpha(uint32_t code)
{
    return has(code, ALPHA);
}

bool rg_unicode_is_upper(uint32_t code)
{
    return has(code, UPPER);
}

bool rg_unicode_is_digit(uint32_t code)
{
    return has(code, DIGIT);
}

bool rg_unicode_is_word(rg_str text)
{
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (!rg_unicode_is_alpha(step.code))
            return false;
        at += step.len;
    }
    return text.len > 0;
}

/* Start of the code point that ends before `at`. */
static int step_back(rg_str text, int at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text.bytes[at] & 0xc0) == 0x80);
    return at;
}

/* Is there a cased character before `at`, with nothing but ignorable ones between? */
static bool has_cased_before(rg_str text, int at)
{
    while (at > 0) {
        at = step_back(text, at);
        uint32_t code = rg_utf8_next(text, at).code;
        if (!has(code, IGNORABLE))
            return has(code, CASED);
    }
    return false;
}

static bool has_cased_after(rg_str text, int at)
{
    while (at < text.len) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (!has(step.code, IGNORABLE))
            return has(step.code, CASED);
        at += step.len;
    }
    return false;
}

static uint32_t lower_of(rg_str text, int at, rg_utf8_step step)
{
    if (step.code == SIGMA)
        return has_cased_before(text, at) && !has_cased_after(text, at + step.len)
                   ? FINAL_SIGMA
                   : SMALL_SIGMA;
    return step.code + (uint32_t)find_record(step.code)->to_lower;
}

/* Index of the first byte that is no small ASCII text, or text.len. */
static int find_change(rg_str text)
{
    int at = 0;
    while (at < text.len && (unsigned char)text.bytes[at] < 0x80
           && !(text.bytes[at] >= 'A' && text.bytes[at] <= 'Z'))
        at++;
    return at;
}

rg_str rg_unicode_lower(rg_arena *arena, rg_str text)
{
    int at = find_change(text);
    if (at == text.len)
        return text;

    rg_buf lower = rg_buf_in(arena);
    rg_buf_put(&lower, rg_str_cut(text, 0, at));
    while (at < text.len) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (step.code == DOTTED_I) { /* the only one that becomes two */
            rg_utf8_put(&lower, 'i');
            rg_utf8_put(&lower, DOT_ABOVE);
        } else {
            rg_utf8_put(&lower, lower_of(text, at, step));
        }
        at += step.len;
    }
    return rg_buf_str(&lower);
}
