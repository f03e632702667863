#include "base/utf8.h"

#include <assert.h>

/* What may follow a lead byte: how many bytes, and the range of the first of them
 * (Unicode 14, table 3-7). The bytes after that are 0x80 to 0xBF. */
typedef struct sequence {
    unsigned char first_lead, last_lead, more, low, high;
} sequence;

static const sequence sequences[] = {
    {0xc2, 0xdf, 1, 0x80, 0xbf}, {0xe0, 0xe0, 2, 0xa0, 0xbf},
    {0xe1, 0xec, 2, 0x80, 0xbf}, {0xed, 0xed, 2, 0x80, 0x9f},
    {0xee, 0xef, 2, 0x80, 0xbf}, {0xf0, 0xf0, 3, 0x90, 0xbf},
    {0xf1, 0xf3, 3, 0x80, 0xbf}, {0xf4, 0xf4, 3, 0x80, 0x8f},
};

static const sequence *find_sequence(unsigned char lead)
{
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (lead >= sequences[i].first_lead && lead <= sequences[i].last_lead)
            return &sequences[i];
    return NULL;
}

rg_utf8_step rg_utf8_long(rg_str text, int at)
{
    assert(at >= 0 && at < text.len);
    const unsigned char *bytes = (const unsigned char *)text.bytes + at;
    if (bytes[0] < 0x80)
        return (rg_utf8_step){bytes[0], 1, true};

    const sequence *s = find_sequence(bytes[0]);
    if (!s)
        return (rg_utf8_step){RG_UTF8_REPLACEMENT, 1, false};
    uint32_t code = bytes[0] & (0x3fu >> s->more);
    unsigned low = s->low, high = s->high;
    for (int i = 1; i <= s->more; i++) {
        if (at + i >= text.len || bytes[i] < low || bytes[i] > high)
            return (rg_utf8_step){RG_UTF8_REPLACEMENT, i, false};
        code = code << 6 | (bytes[i] & 0x3fu);
        low = 0x80;
        high = 0xbf;
    }
    return (rg_utf8_step){code, s->more + 1, true};
}

int rg_utf8_encode(char out[RG_UTF8_LONGEST], uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
    for (int i = more; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    out[0] = (char)(leads[more] | code);
    return more + 1;
}

void rg_utf8_put(rg_buf *buf, uint32_t code)
{
    char bytes[RG_UTF8_LONGEST];
    rg_buf_put(buf, (rg_str){bytes, rg_utf8_encode(bytes, code)});
}

int rg_utf8_find_bad(rg_str text)
{
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (!step.ok)
            return at;
        at += step.len;
    }
    return -1;
}

int rg_utf8_count(rg_str text)
{
    int count = 0;
    for (int at = 0; at < text.len; count++)
        at += rg_utf8_next(text, at).len;
    return count;
}

rg_str rg_utf8_repair(rg_arena *arena, rg_str text)
{
    if (rg_utf8_find_bad(text) < 0)
        return text;
    rg_buf repaired = rg_buf_in(arena);
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        rg_utf8_put(&repaired, step.code);
        at += step.len;
    }
    return rg_buf_str(&repaired);
}

rg_str rg_utf8_cut(rg_str text, int most)
{
    int at = 0;
    for (int i = 0; i < most && at < text.len; i++)
        at += rg_utf8_next(text, at).len;
    return rg_str_cut(text, 0, at);
}

int rg_utf8_count_to(rg_utf8_cursor *cursor, rg_str text, int byte)
{
    if (byte < cursor->at)
        *cursor = (rg_utf8_cursor){0, 0};
    for (; cursor->at < byte && cursor->at < text.len; cursor->count++)
        cursor->at += rg_utf8_next(text, cursor->at).len;
    return cursor->count;
}
