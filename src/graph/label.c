#include "graph/label.h"

#include "base/utf8.h"

#include <limits.h>

static const rg_str ellipsis = {"\xe2\x80\xa6", 3};

static bool is_forbidden(uint32_t code)
{
    bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    bool bidi = code == 0x061c || code == 0x200e || code == 0x200f
                || (code >= 0x202a && code <= 0x202e)
                || (code >= 0x2066 && code <= 0x2069);
    bool separator = code == 0x2028 || code == 0x2029;
    bool nonchar = (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe;
    return control || bidi || separator || nonchar;
}

static uint32_t clean_code(uint32_t code)
{
    if (code == '\n' || code == '\t' || code == '\r')
        return ' ';
    return is_forbidden(code) ? RG_UTF8_REPLACEMENT : code;
}

rg_str rg_label_clean(rg_arena *arena, rg_str text, int limit)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, i);
        char bytes[RG_UTF8_LONGEST];
        int len = rg_utf8_encode(bytes, clean_code(step.code));
        if (out.len + len > limit) {
            rg_buf_put(&out, ellipsis);
            break;
        }
        rg_buf_put(&out, (rg_str){bytes, len});
        i += step.len;
    }
    return rg_buf_str(&out);
}

rg_str rg_label_relation(rg_arena *arena, rg_str relation)
{
    rg_str copy = rg_arena_str(arena, relation);
    char *bytes = rg_new(arena, char, relation.len + 1);
    for (int i = 0; i < copy.len; i++) {
        bool inside = i > 0 && i + 1 < copy.len;
        bytes[i] = inside && copy.bytes[i] == '-' ? ' ' : copy.bytes[i];
    }
    return (rg_str){bytes, relation.len};
}

/* Byte offset behind the first `count` characters. */
static int skip_characters(rg_str text, int count)
{
    int at = 0;
    while (at < text.len && count-- > 0)
        at += rg_utf8_next(text, at).len;
    return at;
}

/* Text of more than RG_LABEL_SHOWN characters ends at its last word border in there,
 * unless that would leave less than half. */
static rg_str cut_to_shown(rg_arena *arena, rg_str text)
{
    int end = skip_characters(text, RG_LABEL_SHOWN);
    if (end == text.len)
        return text;
    int border = end;
    while (border > 0 && text.bytes[border] != ' ')
        border--;
    rg_str kept = rg_str_cut(text, 0, border > end / 2 ? border : end);
    return rg_arena_format(arena, "%.*s%.*s", RG_PRINT(kept), RG_PRINT(ellipsis));
}

static rg_lines split_words(rg_arena *arena, rg_str text)
{
    rg_lines words = {rg_new(arena, rg_str, text.len / 2 + 1), 0};
    for (int at = 0; at < text.len;) {
        int end = rg_str_find_byte(text, ' ', at);
        end = end < 0 ? text.len : end;
        if (end > at)
            words.items[words.count++] = rg_str_cut(text, at, end);
        at = end + 1;
    }
    return words;
}

/* Small words ("of", "the") read badly at the end of a line. */
static bool is_small(rg_str word)
{
    return word.len <= 3 && word.bytes[0] >= 'a' && word.bytes[0] <= 'z';
}

enum { COST_LINE = 100000, COST_OVER = 400, COST_SMALL_END = 40, COST_SHORT = 60 };

/* What a line of these words costs: squares of lengths make lines alike, and each line
 * more is worse than any raggedness. */
static long line_cost(rg_str last, int length, int width, bool is_last)
{
    long cost = COST_LINE + (long)length * length;
    if (length > width)
        cost += (long)COST_LINE * 2 + (long)COST_OVER * (length - width);
    if (!is_last && is_small(last))
        cost += COST_SMALL_END;
    if (length <= 3)
        cost += COST_SHORT;
    return cost;
}

/* best[i]: least cost of words i.. to the end; next[i]: where the line after i's begins. */
static rg_lines break_lines(rg_arena *arena, rg_lines words, int width)
{
    long *best = rg_new(arena, long, words.count + 1);
    int *next = rg_new(arena, int, words.count + 1);
    for (int i = words.count - 1; i >= 0; i--) {
        best[i] = LONG_MAX;
        int length = -1;
        for (int j = i; j < words.count && length <= width; j++) {
            length += 1 + rg_utf8_count(words.items[j]);
            bool is_last = j + 1 == words.count;
            long cost = line_cost(words.items[j], length, width, is_last) + best[j + 1];
            if (cost < best[i]) {
                best[i] = cost;
                next[i] = j + 1;
            }
        }
    }
    rg_lines lines = {rg_new(arena, rg_str, words.count + 1), 0};
    for (int i = 0; i < words.count; i = next[i]) {
        rg_buf line = rg_buf_in(arena);
        for (int j = i; j < next[i]; j++) {
            if (j > i)
                rg_buf_byte(&line, ' ');
            rg_buf_put(&line, words.items[j]);
        }
        lines.items[lines.count++] = rg_buf_str(&line);
    }
    return lines;
}

rg_lines rg_label_wrap(rg_arena *arena, rg_str text, int width)
{
    rg_str shown = cut_to_shown(arena, rg_label_clean(arena, text, RG_LABEL_LONGEST));
    rg_lines words = split_words(arena, shown);
    if (words.count == 0)
        words.items[words.count++] = (rg_str){"\xe2\x80\x94", 3};
    return break_lines(arena, words, width);
}
