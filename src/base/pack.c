#include "base/pack.h"

#include <string.h>

void rg_pack_int(rg_buf *out, int value)
{
    uint32_t bits = (uint32_t)value << 1 ^ (value < 0 ? UINT32_MAX : 0);
    while (bits >= 0x80) {
        rg_buf_byte(out, (char)(bits & 0x7f) | (char)0x80);
        bits >>= 7;
    }
    rg_buf_byte(out, (char)bits);
}

void rg_pack_word(rg_buf *out, uint64_t value)
{
    char bytes[sizeof value];
    memcpy(bytes, &value, sizeof value);
    rg_buf_put(out, (rg_str){bytes, sizeof bytes});
}

void rg_pack_double(rg_buf *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    rg_pack_word(out, bits);
}

void rg_pack_str(rg_buf *out, rg_str text)
{
    rg_pack_int(out, text.len);
    rg_buf_put(out, text);
}

rg_unpacker rg_unpack_from(rg_str bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.bytes;
    return (rg_unpacker){at, at + bytes.len, true};
}

static int fail(rg_unpacker *from)
{
    from->ok = false;
    from->at = from->end;
    return 0;
}

int rg_unpack_int(rg_unpacker *from)
{
    uint32_t bits = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        if (from->at == from->end)
            return fail(from);
        unsigned char byte = *from->at++;
        bits |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return (int)(bits >> 1 ^ (bits & 1 ? UINT32_MAX : 0));
    }
    return fail(from);
}

int rg_unpack_in(rg_unpacker *from, int least, int end)
{
    int value = rg_unpack_int(from);
    if (value >= least && value < end)
        return value;
    fail(from);
    return least;
}

uint64_t rg_unpack_word(rg_unpacker *from)
{
    uint64_t value = 0;
    if (from->end - from->at < (int)sizeof value)
        return (uint64_t)fail(from);
    memcpy(&value, from->at, sizeof value);
    from->at += sizeof value;
    return value;
}

double rg_unpack_double(rg_unpacker *from)
{
    uint64_t bits = rg_unpack_word(from);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

rg_str rg_unpack_str(rg_unpacker *from)
{
    int len = rg_unpack_int(from);
    if (len < 0 || len > from->end - from->at) {
        fail(from);
        return (rg_str){"", 0};
    }
    rg_str text = {(const char *)from->at, len};
    from->at += len;
    return text;
}

bool rg_unpack_done(const rg_unpacker *from)
{
    return from->ok && from->at == from->end;
}
