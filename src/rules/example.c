/* example.c - "SENTENCE => SUBJECT | relation | OBJECT | key=value ; ..." or "=> none".
 *
 * Behind the arrow `\|`, `\;`, `\=` are literal; the last `=>` counts.
 */
#include "rules/pattern.h"

#include "base/buf.h"

/* The offset of the last arrow that no backslash spoils, or -1. */
static int find_arrow(rg_str text)
{
    for (int i = text.len - 2; i >= 0; i--)
        if (text.bytes[i] == '=' && text.bytes[i + 1] == '>'
            && (i == 0 || text.bytes[i - 1] != '\\'))
            return i;
    return -1;
}

/* The offset in [from, to) of the byte, where no backslash stands before it, or `to`. */
static int find_bare(rg_str text, char byte, int from, int to)
{
    for (int i = from; i < to; i++) {
        if (text.bytes[i] == '\\')
            i++;
        else if (text.bytes[i] == byte)
            return i;
    }
    return to;
}

static rg_str unescape(rg_arena *arena, rg_str text)
{
    if (rg_str_find_byte(text, '\\', 0) < 0)
        return text;
    rg_buf plain = rg_buf_in(arena);
    for (int i = 0; i < text.len; i++) {
        bool escaped = text.bytes[i] == '\\' && i + 1 < text.len
                       && rg_str_find_byte(RG_STR("|;=\\"), text.bytes[i + 1], 0) >= 0;
        rg_buf_byte(&plain, text.bytes[i += escaped]);
    }
    return rg_buf_str(&plain);
}

typedef struct reader {
    rg_compiler *c;
    rg_scalar scalar;
} reader;

/* One field of a triple, bytes [from, to); empty ones are an error. */
static bool read_field(reader *in, rg_str *out, int from, int to, const char *what)
{
    rg_str raw = rg_str_trim(rg_str_cut(in->scalar.value, from, to));
    if (raw.len == 0)
        return rg_pattern_error(in->c, in->scalar, from, "example",
                                "write SENTENCE => SUBJECT | relation | OBJECT",
                                "the example's triple has no %s", what);
    *out = unescape(in->c->arena, raw);
    return true;
}

static bool has_key(const rg_wanted *wanted, rg_str key)
{
    for (int i = 0; i < wanted->key_count; i++)
        if (rg_str_equal(wanted->keys[i], key))
            return true;
    return false;
}

/* "key=value" at [from, to); the arrays of `wanted` have room for it. */
static bool read_key(reader *in, rg_wanted *wanted, int from, int to)
{
    int equals = find_bare(in->scalar.value, '=', from, to);
    if (equals == to)
        return rg_pattern_error(in->c, in->scalar, from, "example",
                                "behind the object stand key=value pairs",
                                "expected key=value in the example's triple");
    rg_str key, value = {"", 0}; /* nothing behind '=': the triple has no such value */
    bool empty = rg_str_trim(rg_str_cut(in->scalar.value, equals + 1, to)).len == 0;
    if (!read_field(in, &key, from, equals, "key before '='")
        || (!empty && !read_field(in, &value, equals + 1, to, "value behind '='")))
        return false;
    if (has_key(wanted, key))
        return rg_pattern_error(in->c, in->scalar, from, "example", NULL,
                                "the example's triple has the key '%.*s' twice",
                                RG_PRINT(key));
    wanted->keys[wanted->key_count] = key;
    wanted->values[wanted->key_count++] = value;
    return true;
}

/* Number of bars in [from, to). */
static int count_bars(rg_str text, int from, int to)
{
    int count = 0;
    while ((from = find_bare(text, '|', from, to)) < to) {
        count++;
        from++;
    }
    return count;
}

static bool read_triple(reader *in, rg_wanted *out, int from, int to)
{
    static const char *const names[] = {"subject", "relation", "object"};
    rg_str *const fields[] = {&out->subject, &out->relation, &out->object};
    int bars = count_bars(in->scalar.value, from, to);
    *out = (rg_wanted){.keys = rg_new(in->c->arena, rg_str, bars + 1),
                       .values = rg_new(in->c->arena, rg_str, bars + 1)};
    for (int i = 0; i <= bars || i < 3; i++) {
        int bar = find_bare(in->scalar.value, '|', from, to);
        if (i < 3 ? !read_field(in, fields[i], from, bar, names[i])
                  : !read_key(in, out, from, bar))
            return false;
        from = bar < to ? bar + 1 : to;
    }
    return true;
}

static bool read_triples(reader *in, rg_example *out, int from)
{
    int end = in->scalar.value.len, capacity = 0;
    while (from <= end) {
        int stop = find_bare(in->scalar.value, ';', from, end);
        out->wanted = rg_arena_grow(in->c->arena, out->wanted, out->wanted_count,
                                    &capacity, sizeof(rg_wanted));
        if (!read_triple(in, &out->wanted[out->wanted_count++], from, stop))
            return false;
        from = stop + 1;
    }
    return true;
}

bool rg_pattern_example(rg_example *out, rg_compiler *c, rg_scalar scalar)
{
    reader in = {c, scalar};
    *out = (rg_example){
        .text = scalar.value, .file = scalar.file, .offset = scalar.offset};
    int arrow = find_arrow(scalar.value);
    if (arrow < 0)
        return rg_pattern_error(
            c, scalar, 0, "example",
            "write SENTENCE => SUBJECT | relation | OBJECT, or => none",
            "the example has no '=>'");
    out->sentence = rg_str_trim(rg_str_cut(scalar.value, 0, arrow));
    if (out->sentence.len == 0)
        return rg_pattern_error(c, scalar, 0, "example", NULL,
                                "the example has no sentence before '=>'");
    int from = arrow + 2;
    rg_str rest = rg_str_trim(rg_str_cut(scalar.value, from, scalar.value.len));
    return rg_str_is(rest, "none") || read_triples(&in, out, from);
}
