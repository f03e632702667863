#include "model/msgpack.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 64 };

rg_msgpack rg_msgpack_over(rg_str file, rg_str bytes, rg_error *err)
{
    return (rg_msgpack){.file = file, .bytes = bytes, .err = err};
}

rg_msgpack rg_msgpack_inside(const rg_msgpack *outer, rg_str bytes)
{
    assert(bytes.bytes >= outer->bytes.bytes);
    int offset = (int)(bytes.bytes - outer->bytes.bytes);
    return (rg_msgpack){outer->file, bytes, 0, outer->base + offset, outer->err};
}

bool rg_msgpack_fail(rg_msgpack *in, int at, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return rg_fail(in->err, RG_ERROR_MODEL, rg_place_file(in->file), "byte %d: %s",
                   in->base + at, text);
}

static int left_in(const rg_msgpack *in)
{
    return in->bytes.len - in->at;
}

/* A big-endian number of 1, 2, 4 or 8 bytes. */
static bool take_number(rg_msgpack *in, int size, uint64_t *out)
{
    if (left_in(in) < size)
        return rg_msgpack_fail(in, in->at, "the file ends inside a number");
    *out = 0;
    for (int i = 0; i < size; i++)
        *out = *out << 8 | (unsigned char)in->bytes.bytes[in->at++];
    return true;
}

static bool take_bytes(rg_msgpack *in, rg_msgpack_value *out, rg_msgpack_kind kind,
                       uint64_t size)
{
    if (size > (uint64_t)left_in(in))
        return rg_msgpack_fail(in, out->at, "%llu bytes announced, %d left",
                               (unsigned long long)size, left_in(in));
    out->kind = kind;
    out->text = (rg_str){in->bytes.bytes + in->at, (int)size};
    in->at += (int)size;
    return true;
}

/* Each item takes at least one byte: more than are left cannot be true. */
static bool take_count(rg_msgpack *in, rg_msgpack_value *out, rg_msgpack_kind kind,
                       uint64_t count)
{
    uint64_t least = kind == RG_MSGPACK_MAP ? count * 2 : count;
    if (least > (uint64_t)left_in(in))
        return rg_msgpack_fail(in, out->at, "%llu items announced, %d bytes left",
                               (unsigned long long)count, left_in(in));
    out->kind = kind;
    out->count = (int)count;
    return true;
}

static bool take_int(rg_msgpack *in, rg_msgpack_value *out, int size, bool is_signed)
{
    uint64_t number;
    if (!take_number(in, size, &number))
        return false;
    uint64_t sign = 1ull << (8 * size - 1);
    out->kind = RG_MSGPACK_INT;
    out->negative = is_signed && (number & sign) != 0;
    out->number = out->negative ? number | ~(sign - 1) : number;
    return true;
}

static bool take_real(rg_msgpack *in, rg_msgpack_value *out, int size)
{
    uint64_t bits;
    if (!take_number(in, size, &bits))
        return false;
    out->kind = RG_MSGPACK_FLOAT;
    if (size == 8) {
        memcpy(&out->real, &bits, sizeof out->real);
    } else {
        uint32_t low = (uint32_t)bits;
        float real;
        memcpy(&real, &low, sizeof real);
        out->real = (double)real;
    }
    return true;
}

/* The heads from 0xc0 to 0xdf; the length that follows has 1, 2, 4 or 8 bytes. */
static bool take_long(rg_msgpack *in, rg_msgpack_value *out, int head)
{
    uint64_t size;
    switch (head) {
    case 0xc0: out->kind = RG_MSGPACK_NIL; return true;
    case 0xc2:
    case 0xc3:
        out->kind = RG_MSGPACK_BOOL;
        out->number = (uint64_t)(head & 1);
        return true;
    case 0xc4:
    case 0xc5:
    case 0xc6:
        return take_number(in, 1 << (head - 0xc4), &size)
               && take_bytes(in, out, RG_MSGPACK_BYTES, size);
    case 0xca: return take_real(in, out, 4);
    case 0xcb: return take_real(in, out, 8);
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf: return take_int(in, out, 1 << (head - 0xcc), false);
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3: return take_int(in, out, 1 << (head - 0xd0), true);
    case 0xd9:
    case 0xda:
    case 0xdb:
        return take_number(in, 1 << (head - 0xd9), &size)
               && take_bytes(in, out, RG_MSGPACK_TEXT, size);
    case 0xdc:
    case 0xdd:
        return take_number(in, 2 << (head - 0xdc), &size)
               && take_count(in, out, RG_MSGPACK_ARRAY, size);
    case 0xde:
    case 0xdf:
        return take_number(in, 2 << (head - 0xde), &size)
               && take_count(in, out, RG_MSGPACK_MAP, size);
    default:
        return rg_msgpack_fail(in, out->at, "type 0x%02x is not expected here", head);
    }
}

bool rg_msgpack_next(rg_msgpack *in, rg_msgpack_value *out)
{
    *out = (rg_msgpack_value){.at = in->at, .text = {"", 0}};
    if (in->err->kind != RG_ERROR_NONE)
        return false;
    if (left_in(in) < 1)
        return rg_msgpack_fail(in, in->at, "the file ends where a value should begin");

    int head = (unsigned char)in->bytes.bytes[in->at++];
    if (head < 0x80 || head >= 0xe0) {
        out->kind = RG_MSGPACK_INT;
        out->negative = head >= 0xe0;
        out->number = out->negative ? ~(uint64_t)0xff | (uint64_t)head : (uint64_t)head;
        return true;
    }
    if (head < 0x90)
        return take_count(in, out, RG_MSGPACK_MAP, head & 0x0f);
    if (head < 0xa0)
        return take_count(in, out, RG_MSGPACK_ARRAY, head & 0x0f);
    if (head < 0xc0)
        return take_bytes(in, out, RG_MSGPACK_TEXT, head & 0x1f);
    return take_long(in, out, head);
}

bool rg_msgpack_skip(rg_msgpack *in)
{
    /* How many values are still to come at each level. */
    int64_t todo[DEEPEST];
    int depth = 0;
    todo[0] = 1;
    while (depth >= 0) {
        if (todo[depth] == 0) {
            depth--;
            continue;
        }
        todo[depth]--;
        rg_msgpack_value value;
        if (!rg_msgpack_next(in, &value))
            return false;
        if (value.count == 0)
            continue;
        if (++depth == DEEPEST)
            return rg_msgpack_fail(in, value.at, "nested more than %d deep", DEEPEST);
        todo[depth] =
            value.kind == RG_MSGPACK_MAP ? 2 * (int64_t)value.count : value.count;
    }
    return true;
}

static const char *const kind_names[] = {
    [RG_MSGPACK_NIL] = "nil",        [RG_MSGPACK_BOOL] = "a boolean",
    [RG_MSGPACK_INT] = "an integer", [RG_MSGPACK_FLOAT] = "a float",
    [RG_MSGPACK_TEXT] = "text",      [RG_MSGPACK_BYTES] = "bytes",
    [RG_MSGPACK_ARRAY] = "a list",   [RG_MSGPACK_MAP] = "a map",
};

static bool next_of(rg_msgpack *in, rg_msgpack_kind kind, rg_msgpack_value *out)
{
    if (!rg_msgpack_next(in, out))
        return false;
    if (out->kind != kind)
        return rg_msgpack_fail(in, out->at, "%s stands where %s is expected",
                               kind_names[out->kind], kind_names[kind]);
    return true;
}

bool rg_msgpack_array(rg_msgpack *in, int *count)
{
    rg_msgpack_value value;
    bool ok = next_of(in, RG_MSGPACK_ARRAY, &value);
    *count = ok ? value.count : 0;
    return ok;
}

bool rg_msgpack_map(rg_msgpack *in, int *pair_count)
{
    rg_msgpack_value value;
    bool ok = next_of(in, RG_MSGPACK_MAP, &value);
    *pair_count = ok ? value.count : 0;
    return ok;
}

bool rg_msgpack_text(rg_msgpack *in, rg_str *out)
{
    rg_msgpack_value value;
    bool ok = next_of(in, RG_MSGPACK_TEXT, &value);
    *out = value.text;
    return ok;
}

bool rg_msgpack_bytes(rg_msgpack *in, rg_str *out)
{
    rg_msgpack_value value;
    bool ok = next_of(in, RG_MSGPACK_BYTES, &value);
    *out = value.text;
    return ok;
}

bool rg_msgpack_key(rg_msgpack *in, rg_str *out)
{
    rg_msgpack_value value;
    bool ok = rg_msgpack_next(in, &value);
    *out = value.text;
    if (ok && value.kind != RG_MSGPACK_TEXT && value.kind != RG_MSGPACK_BYTES)
        return rg_msgpack_fail(in, value.at, "%s stands where a key is expected",
                               kind_names[value.kind]);
    return ok;
}

bool rg_msgpack_number(rg_msgpack *in, uint64_t *out)
{
    rg_msgpack_value value;
    bool ok = next_of(in, RG_MSGPACK_INT, &value);
    *out = ok ? value.number : 0;
    if (ok && value.negative)
        return rg_msgpack_fail(in, value.at, "a negative number is not expected here");
    return ok;
}

bool rg_msgpack_end(rg_msgpack *in)
{
    if (in->err->kind != RG_ERROR_NONE)
        return false;
    if (left_in(in) > 0)
        return rg_msgpack_fail(in, in->at, "%d bytes too many", left_in(in));
    return true;
}
