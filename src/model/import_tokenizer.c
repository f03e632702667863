/* import_tokenizer.c - regular expressions and exceptions of the tokenizer. */
#include "model/import_tables.h"

#include "model/strings.h"

/* ---- regular expressions: Python's syntax -> PCRE2's ---- */

/* The user part of an address. (?::\S*)? after \S+ adds nothing to what is matched, but
 * makes the search quadratic in the colons of a long token. */
static const rg_str slow_user_part = RG_STR_IN_TABLE("(?:\\S+(?::\\S*)?@)?");
static const rg_str user_part = RG_STR_IN_TABLE("(?:\\S+@)?");

/* The escape at `at`: how PCRE2 writes it, and how long it was. PCRE2's \w and \S depend
 * on its version; \S is only used where no white space can be. */
static int put_escape(rg_buf *out, rg_str pattern, int at, bool in_class)
{
    char kind = at + 1 < pattern.len ? pattern.bytes[at + 1] : '\0';
    int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits > 0) {
        rg_str code = rg_str_cut(pattern, at + 2, at + 2 + digits);
        rg_buf_format(out, "\\x{%.*s}", RG_PRINT(code));
    } else if (kind == 'w') {
        rg_buf_text(out, in_class ? "\\p{L}\\p{N}_" : "[\\p{L}\\p{N}_]");
    } else if (kind == 'S' && !in_class) {
        rg_buf_text(out, "(?s:.)");
    } else {
        rg_buf_put(out, rg_str_cut(pattern, at, at + 2));
    }
    return 2 + digits;
}

static rg_str translate(rg_arena *arena, rg_str pattern)
{
    rg_buf out = rg_buf_in(arena);
    bool in_class = false;
    for (int at = rg_str_starts(pattern, RG_STR("(?u)")) ? 4 : 0; at < pattern.len;) {
        char byte = pattern.bytes[at];
        if (byte == '\\') {
            at += put_escape(&out, pattern, at, in_class);
            continue;
        }
        if (byte == '[' && in_class)
            rg_buf_byte(&out, '\\'); /* "[:" would begin a POSIX class */
        in_class = byte == '[' || (in_class && byte != ']');
        rg_buf_byte(&out, byte);
        at++;
    }
    return rg_buf_str(&out);
}

static rg_str make_linear(rg_arena *arena, rg_str url)
{
    int at = rg_str_find(url, slow_user_part, 0);
    if (at < 0)
        return url;
    rg_buf out = rg_buf_in(arena);
    rg_buf_put(&out, rg_str_cut(url, 0, at));
    rg_buf_put(&out, user_part);
    rg_buf_put(&out, rg_str_cut(url, at + slow_user_part.len, url.len));
    return rg_buf_str(&out);
}

/* ---- tokenizer ---- */

enum { ORTH = 65, NORM = 67 }; /* spaCy's symbols */

typedef struct exceptions {
    rg_id_list ids;        /* hash of the chunk -> number of the exception */
    rg_number_list list;   /* chunk, first piece, piece count */
    rg_number_list pieces; /* text, norm */
} exceptions;

/* {65: "do", 67: "do"} */
static bool read_piece(rg_msgpack *in, rg_import *to, exceptions *all, rg_buf *joined)
{
    int pairs;
    uint64_t key;
    rg_str value, orth = {"", 0};
    uint32_t norm = RG_NO_STRING;
    if (!rg_msgpack_map(in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++) {
        int at = in->at;
        if (!rg_msgpack_number(in, &key) || !rg_msgpack_text(in, &value))
            return false;
        if (key == ORTH)
            orth = value;
        else if (key == NORM)
            norm = rg_import_string(to, value);
        else
            return rg_msgpack_fail(in, at, "an exception may have ORTH and NORM only");
    }
    rg_import_put_string(to, &all->pieces, orth);
    rg_import_put_number(to, &all->pieces, norm);
    rg_buf_put(joined, orth);
    return true;
}

static bool read_exception(rg_msgpack *in, rg_import *to, exceptions *all)
{
    rg_str chunk;
    int at = in->at, count, first = all->pieces.count / 2;
    rg_buf joined = rg_buf_in(to->arena);
    if (!rg_msgpack_text(in, &chunk) || !rg_msgpack_array(in, &count))
        return false;
    for (int i = 0; i < count; i++)
        if (!read_piece(in, to, all, &joined))
            return false;
    if (chunk.len == 0 || !rg_str_equal(rg_buf_str(&joined), chunk))
        return rg_msgpack_fail(in, at, "the pieces of an exception do not make it up");

    rg_import_put_pair(to, &all->ids, rg_string_hash(chunk),
                       (uint32_t)(all->list.count / 3));
    rg_import_put_string(to, &all->list, chunk);
    rg_import_put_number(to, &all->list, (uint32_t)first);
    rg_import_put_number(to, &all->list, (uint32_t)count);
    return true;
}

static bool read_exceptions(rg_msgpack *in, rg_import *to)
{
    exceptions all = {0};
    int count;
    if (!rg_msgpack_map(in, &count))
        return false;
    for (int i = 0; i < count; i++)
        if (!read_exception(in, to, &all))
            return false;
    rg_import_add_numbers(to, "tokenizer.list", &all.list);
    rg_import_add_numbers(to, "tokenizer.pieces", &all.pieces);
    return rg_import_add_map(to, "tokenizer.exceptions", &all.ids);
}

static const char *const pattern_names[] = {"prefix_search", "suffix_search",
                                            "infix_finditer", "url_match"};
enum { PATTERN_COUNT = 4 };

static bool read_tokenizer_entry(rg_msgpack *in, rg_import *to, rg_str patterns[])
{
    rg_str key;
    if (!rg_msgpack_text(in, &key))
        return false;
    for (int i = 0; i < PATTERN_COUNT; i++)
        if (rg_str_is(key, pattern_names[i]))
            return rg_msgpack_text(in, &patterns[i]);
    return rg_str_is(key, "exceptions") ? read_exceptions(in, to) : rg_msgpack_skip(in);
}

bool rg_import_tokenizer(rg_import *to)
{
    rg_msgpack in;
    int pairs;
    rg_str patterns[PATTERN_COUNT] = {{0}};
    if (!rg_import_open(&in, to, "tokenizer") || !rg_msgpack_map(&in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++)
        if (!read_tokenizer_entry(&in, to, patterns))
            return false;

    rg_number_list list = {0};
    for (int i = 0; i < PATTERN_COUNT; i++) {
        if (patterns[i].len == 0)
            return rg_msgpack_fail(&in, 0, "%s is missing", pattern_names[i]);
        rg_str linear = make_linear(to->arena, patterns[i]);
        rg_import_put_string(to, &list, translate(to->arena, linear));
    }
    rg_import_add_numbers(to, "tokenizer.patterns", &list);
    return rg_msgpack_end(&in);
}
