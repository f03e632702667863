/* import_tables.c - tokenizer, norms, attribute ruler, lemmatizer -> flat tables.
 *
 * What is stored and how it is used stands beside the readers: lang/tokenizer.c,
 * lang/lexemes.c, lang/attributes.c, lang/lemmas.c.
 */
#include "model/import.h"

#include "base/map.h"
#include "model/msgpack.h"
#include "model/strings.h"
#include "model/tables.h"

#include <assert.h>
#include <string.h>

/* A growing array of numbers. */
typedef struct numbers {
    uint32_t *at;
    int count, capacity;
} numbers;

/* A map that grows; its slots are laid out when it is done. */
typedef struct id_map {
    uint64_t *keys;
    int key_capacity;
    numbers values;
} id_map;

typedef struct tables {
    rg_arena *arena;
    rg_model_writer *writer;
    const char *folder;
    rg_map *strings; /* a string's number is its id here */
    rg_error *err;
} tables;

static void put_number(tables *to, numbers *list, uint32_t number)
{
    list->at = rg_arena_grow(to->arena, list->at, list->count, &list->capacity,
                             sizeof *list->at);
    list->at[list->count++] = number;
}

static uint32_t string_number(tables *to, rg_str text)
{
    return (uint32_t)rg_map_put(to->strings, text);
}

static void put_string(tables *to, numbers *list, rg_str text)
{
    put_number(to, list, string_number(to, text));
}

static void put_pair(tables *to, id_map *map, uint64_t key, uint32_t value)
{
    map->keys = rg_arena_grow(to->arena, map->keys, map->values.count,
                              &map->key_capacity, sizeof *map->keys);
    map->keys[map->values.count] = key;
    put_number(to, &map->values, value);
}

static void add_numbers(tables *to, const char *name, const numbers *list)
{
    rg_model_writer_add(to->writer, name, list->at,
                        (size_t)list->count * sizeof *list->at);
}

/* The layout of tables.h; a key that comes twice is refused. */
static bool add_map(tables *to, const char *name, const id_map *map)
{
    size_t slots = 16;
    while (slots * 4 < (size_t)map->values.count * 5)
        slots *= 2;
    size_t size = slots * (sizeof(uint64_t) + sizeof(uint32_t));
    uint64_t *keys = rg_arena_take(to->arena, size, 64);
    uint32_t *values = (uint32_t *)(keys + slots);
    for (int i = 0; i < map->values.count; i++) {
        size_t slot = (size_t)map->keys[i] & (slots - 1);
        while (keys[slot] != 0 && keys[slot] != map->keys[i])
            slot = (slot + 1) & (slots - 1);
        if (keys[slot] != 0 || map->keys[i] == 0)
            return rg_fail(to->err, RG_ERROR_MODEL,
                           rg_place_file(rg_str_of(to->folder)),
                           "table %s has a key twice", name);
        keys[slot] = map->keys[i];
        values[slot] = map->values.at[i];
    }
    rg_model_writer_add(to->writer, name, keys, size);
    return true;
}

static bool open_file(rg_msgpack *in, tables *to, const char *name)
{
    rg_str bytes, path;
    if (!rg_import_read(&bytes, &path, to->arena, to->folder, name, to->err))
        return false;
    *in = rg_msgpack_over(path, bytes, to->err);
    return true;
}

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
    id_map ids;     /* hash of the chunk -> number of the exception */
    numbers list;   /* chunk, first piece, piece count */
    numbers pieces; /* text, norm */
} exceptions;

/* {65: "do", 67: "do"} */
static bool read_piece(rg_msgpack *in, tables *to, exceptions *all, rg_buf *joined)
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
            norm = string_number(to, value);
        else
            return rg_msgpack_fail(in, at, "an exception may have ORTH and NORM only");
    }
    put_string(to, &all->pieces, orth);
    put_number(to, &all->pieces, norm);
    rg_buf_put(joined, orth);
    return true;
}

static bool read_exception(rg_msgpack *in, tables *to, exceptions *all)
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

    put_pair(to, &all->ids, rg_string_hash(chunk), (uint32_t)(all->list.count / 3));
    put_string(to, &all->list, chunk);
    put_number(to, &all->list, (uint32_t)first);
    put_number(to, &all->list, (uint32_t)count);
    return true;
}

static bool read_exceptions(rg_msgpack *in, tables *to)
{
    exceptions all = {0};
    int count;
    if (!rg_msgpack_map(in, &count))
        return false;
    for (int i = 0; i < count; i++)
        if (!read_exception(in, to, &all))
            return false;
    add_numbers(to, "tokenizer.list", &all.list);
    add_numbers(to, "tokenizer.pieces", &all.pieces);
    return add_map(to, "tokenizer.exceptions", &all.ids);
}

static const char *const pattern_names[] = {"prefix_search", "suffix_search",
                                            "infix_finditer", "url_match"};
enum { PATTERN_COUNT = 4 };

static bool read_tokenizer_entry(rg_msgpack *in, tables *to, rg_str patterns[])
{
    rg_str key;
    if (!rg_msgpack_text(in, &key))
        return false;
    for (int i = 0; i < PATTERN_COUNT; i++)
        if (rg_str_is(key, pattern_names[i]))
            return rg_msgpack_text(in, &patterns[i]);
    return rg_str_is(key, "exceptions") ? read_exceptions(in, to) : rg_msgpack_skip(in);
}

static bool import_tokenizer(tables *to)
{
    rg_msgpack in;
    int pairs;
    rg_str patterns[PATTERN_COUNT] = {{0}};
    if (!open_file(&in, to, "tokenizer") || !rg_msgpack_map(&in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++)
        if (!read_tokenizer_entry(&in, to, patterns))
            return false;

    numbers list = {0};
    for (int i = 0; i < PATTERN_COUNT; i++) {
        if (patterns[i].len == 0)
            return rg_msgpack_fail(&in, 0, "%s is missing", pattern_names[i]);
        rg_str linear = make_linear(to->arena, patterns[i]);
        put_string(to, &list, translate(to->arena, linear));
    }
    add_numbers(to, "tokenizer.patterns", &list);
    return rg_msgpack_end(&in);
}

/* ---- norms ---- */

/* {"lexeme_norm": {id: norm}} */
static bool import_norms(tables *to)
{
    rg_msgpack in;
    int pairs, count;
    rg_str key;
    id_map norms = {0};
    if (!open_file(&in, to, "vocab/lookups.bin") || !rg_msgpack_map(&in, &pairs)
        || !rg_msgpack_key(&in, &key) || !rg_msgpack_map(&in, &count))
        return false;
    if (pairs != 1 || !rg_str_is(key, "lexeme_norm"))
        return rg_msgpack_fail(&in, 0, "one table lexeme_norm is expected");
    for (int i = 0; i < count; i++) {
        uint64_t id;
        rg_str norm;
        if (!rg_msgpack_number(&in, &id) || !rg_msgpack_text(&in, &norm))
            return false;
        put_pair(to, &norms, id, string_number(to, norm));
    }
    return rg_msgpack_end(&in) && add_map(to, "norms", &norms);
}

/* ---- attribute ruler ---- */

/* A set of strings that a token's attribute must be in, or must not be in. */
enum { ANY = 0, IN = 1, NOT_IN = 2 };
enum { ON_TAG, ON_LOWER, ON_DEP, ATTRIBUTE_COUNT };
static const char *const condition_names[ATTRIBUTE_COUNT] = {"TAG", "LOWER", "DEP"};
static const char *const attribute_names[] = {"TAG", "POS", "MORPH", "LEMMA", "DEP"};
enum { SET_COUNT = 5, MOST_TOKENS = 2 };

typedef struct ruler {
    numbers rules; /* first condition, condition count, index, five attributes */
    numbers
        conditions; /* mode of white space, then mode, first value, value count of each set */
    numbers values;
} ruler;

/* One condition while it is read. */
typedef struct condition {
    uint32_t is_space;
    uint32_t sets[ATTRIBUTE_COUNT][3];
} condition;

/* The strings of a regular expression that has letters, [abc] and x? only: ^n'?t$ -> nt,
 * n't. Each part is what may stand at one place. */
enum { MOST_PARTS = 16 };
typedef struct place {
    rg_str choices; /* one byte each */
    bool optional;
} place;

static bool split_pattern(place parts[MOST_PARTS], int *count, rg_str pattern)
{
    *count = 0;
    if (!rg_str_starts(pattern, RG_STR("^")) || !rg_str_ends(pattern, RG_STR("$")))
        return false;
    rg_str inner = rg_str_cut(pattern, 1, pattern.len - 1);
    for (int at = 0; at < inner.len; (*count)++) {
        rg_str rest = rg_str_cut(inner, at, inner.len);
        int end = rest.bytes[0] == '[' ? rg_str_find_byte(rest, ']', 0) : 0;
        if (*count == MOST_PARTS || end < 0 || strchr("\\.*+(){}|?^$]", rest.bytes[0]))
            return false;
        bool is_class = rest.bytes[0] == '[';
        parts[*count].choices =
            is_class ? rg_str_cut(rest, 1, end) : rg_str_cut(rest, 0, 1);
        at += end + 1;
        parts[*count].optional = at < inner.len && inner.bytes[at] == '?';
        at += parts[*count].optional;
    }
    return true;
}

/* Goes through all combinations by counting: digit i of `number` chooses at part i. */
static bool put_expansions(tables *to, numbers *values, rg_str pattern)
{
    place parts[MOST_PARTS];
    int count, total = 1;
    if (!split_pattern(parts, &count, pattern))
        return false;
    for (int i = 0; i < count && total < 1000; i++)
        total *= parts[i].choices.len + parts[i].optional;
    for (int number = 0; number < total; number++) {
        rg_buf text = rg_buf_in(to->arena);
        int left = number;
        for (int i = 0; i < count; i++) {
            int choices = parts[i].choices.len + parts[i].optional;
            int choice = left % choices;
            left /= choices;
            if (choice < parts[i].choices.len)
                rg_buf_byte(&text, parts[i].choices.bytes[choice]);
        }
        put_string(to, values, rg_buf_str(&text));
    }
    return total < 1000;
}

/* ["a", "b"]; the empty string, "attribute missing", is never the case. */
static bool read_values(rg_msgpack *in, tables *to, numbers *values)
{
    int count;
    rg_str value;
    if (!rg_msgpack_array(in, &count))
        return false;
    for (int i = 0; i < count; i++) {
        if (!rg_msgpack_text(in, &value))
            return false;
        if (value.len > 0)
            put_string(to, values, value);
    }
    return true;
}

/* "x", {"IN": [...]}, {"NOT_IN": [...]}, {"REGEX": "..."} */
static bool read_set(rg_msgpack *in, tables *to, numbers *values, uint32_t set[3])
{
    rg_msgpack_value value;
    rg_str key, pattern;
    int at = in->at;
    set[1] = (uint32_t)values->count;
    set[0] = IN;
    if (!rg_msgpack_next(in, &value))
        return false;
    if (value.kind == RG_MSGPACK_TEXT) {
        put_string(to, values, value.text);
    } else if (value.kind != RG_MSGPACK_MAP || value.count != 1) {
        return rg_msgpack_fail(in, at, "a condition of an unknown kind");
    } else if (!rg_msgpack_text(in, &key)) {
        return false;
    } else if (rg_str_is(key, "REGEX")) {
        if (!rg_msgpack_text(in, &pattern))
            return false;
        if (!put_expansions(to, values, pattern))
            return rg_msgpack_fail(in, at, "a regular expression of an unknown kind");
    } else if (rg_str_is(key, "IN") || rg_str_is(key, "NOT_IN")) {
        set[0] = rg_str_is(key, "IN") ? IN : NOT_IN;
        if (!read_values(in, to, values))
            return false;
    } else {
        return rg_msgpack_fail(in, at, "a condition of an unknown kind");
    }
    set[2] = (uint32_t)values->count - set[1];
    return true;
}

static bool read_attribute(rg_msgpack *in, tables *to, numbers *values,
                           condition *token)
{
    rg_str key;
    rg_msgpack_value value;
    int at = in->at;
    if (!rg_msgpack_text(in, &key))
        return false;
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        if (rg_str_is(key, condition_names[i]))
            return read_set(in, to, values, token->sets[i]);
    if (!rg_str_is(key, "IS_SPACE") || !rg_msgpack_next(in, &value))
        return rg_msgpack_fail(in, at, "a condition on an unknown attribute");
    token->is_space = value.number ? IN : NOT_IN;
    return value.kind == RG_MSGPACK_BOOL
           || rg_msgpack_fail(in, at, "IS_SPACE must be true or false");
}

/* [{"TAG": "IN", "LOWER": ...}, ...] */
static bool read_alternative(rg_msgpack *in, tables *to, ruler *all)
{
    int tokens, pairs, at = in->at;
    if (!rg_msgpack_array(in, &tokens))
        return false;
    if (tokens < 1 || tokens > MOST_TOKENS)
        return rg_msgpack_fail(in, at, "a pattern of %d tokens", tokens);
    for (int t = 0; t < tokens; t++) {
        condition token = {0};
        if (!rg_msgpack_map(in, &pairs))
            return false;
        for (int i = 0; i < pairs; i++)
            if (!read_attribute(in, to, &all->values, &token))
                return false;
        put_number(to, &all->conditions, token.is_space);
        for (int i = 0; i < ATTRIBUTE_COUNT * 3; i++)
            put_number(to, &all->conditions, token.sets[i / 3][i % 3]);
    }
    return true;
}

static bool read_sets(rg_msgpack *in, tables *to, uint32_t sets[SET_COUNT])
{
    int pairs;
    if (!rg_msgpack_map(in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++) {
        rg_str key, value;
        int at = in->at, found = -1;
        if (!rg_msgpack_text(in, &key) || !rg_msgpack_text(in, &value))
            return false;
        for (int a = 0; a < SET_COUNT; a++)
            if (rg_str_is(key, attribute_names[a]))
                found = a;
        if (found < 0)
            return rg_msgpack_fail(in, at, "an unknown attribute is set");
        bool no_features = rg_str_is(key, "MORPH") && rg_str_is(value, "_");
        sets[found] = string_number(to, no_features ? RG_STR("") : value);
    }
    return true;
}

/* {"patterns": [...], "attrs": {...}, "index": 0}, in this order */
static bool read_rule(rg_msgpack *in, tables *to, ruler *all)
{
    int pairs, at = in->at, alternatives;
    rg_str key;
    uint64_t index;
    uint32_t sets[SET_COUNT];
    for (int i = 0; i < SET_COUNT; i++)
        sets[i] = RG_NO_STRING;
    if (!rg_msgpack_map(in, &pairs) || !rg_msgpack_text(in, &key)
        || !rg_msgpack_array(in, &alternatives))
        return false;
    if (pairs != 3 || !rg_str_is(key, "patterns"))
        return rg_msgpack_fail(in, at, "patterns, attrs, index are expected");
    int first_rule = all->rules.count;
    for (int i = 0; i < alternatives; i++) {
        uint32_t first = (uint32_t)all->conditions.count / (1 + ATTRIBUTE_COUNT * 3);
        if (!read_alternative(in, to, all))
            return false;
        uint32_t end = (uint32_t)all->conditions.count / (1 + ATTRIBUTE_COUNT * 3);
        put_number(to, &all->rules, first);
        put_number(to, &all->rules, end - first);
        for (int a = 0; a < 1 + SET_COUNT; a++) /* filled below */
            put_number(to, &all->rules, 0);
    }
    if (!rg_msgpack_text(in, &key) || !rg_str_is(key, "attrs")
        || !read_sets(in, to, sets) || !rg_msgpack_text(in, &key)
        || !rg_str_is(key, "index") || !rg_msgpack_number(in, &index))
        return rg_msgpack_fail(in, at, "patterns, attrs, index are expected");
    for (int r = first_rule; r < all->rules.count; r += 3 + SET_COUNT) {
        if (index >= all->rules.at[r + 1])
            return rg_msgpack_fail(in, at, "index is behind the pattern");
        all->rules.at[r + 2] = (uint32_t)index;
        memcpy(&all->rules.at[r + 3], sets, sizeof sets);
    }
    return true;
}

static bool import_ruler(tables *to)
{
    rg_msgpack in;
    int count;
    ruler all = {0};
    if (!open_file(&in, to, "attribute_ruler/patterns")
        || !rg_msgpack_array(&in, &count))
        return false;
    for (int i = 0; i < count; i++)
        if (!read_rule(&in, to, &all))
            return false;
    add_numbers(to, "ruler.rules", &all.rules);
    add_numbers(to, "ruler.conditions", &all.conditions);
    add_numbers(to, "ruler.values", &all.values);
    return rg_msgpack_end(&in);
}

/* ---- lemmatizer ---- */

/* The parts of speech that have tables; their order is the numbering of lang/lemmas.c. */
static const char *const parts_of_speech[] = {"noun", "verb", "adj", "adv", "punct"};
enum { PART_COUNT = 5, INDEX_BITS = 8 };

typedef struct lemmas {
    numbers rules; /* part of speech, old ending, new ending */
    rg_map *words; /* every form of the index and the exceptions */
    numbers
        masks; /* of each word: bit p is set if part of speech p lists it as lemma */
    numbers heads;      /* of each word: its first exception + 1, or 0 */
    numbers exceptions; /* part of speech, first lemma, lemma count, next + 1 or 0 */
    numbers values;     /* lemmas of the exceptions */
} lemmas;

static bool read_part(rg_msgpack *in, uint32_t *part)
{
    uint64_t id;
    int at = in->at;
    if (!rg_msgpack_number(in, &id))
        return false;
    for (*part = 0; *part < PART_COUNT; ++*part)
        if (rg_string_id(rg_str_of(parts_of_speech[*part])) == id)
            return true;
    return rg_msgpack_fail(in, at, "an unknown part of speech");
}

static bool read_lemma_rules(rg_msgpack *in, tables *to, lemmas *all, uint32_t part)
{
    int count, two;
    if (!rg_msgpack_array(in, &count))
        return false;
    for (int i = 0; i < count; i++) {
        rg_str old, new;
        int at = in->at;
        if (!rg_msgpack_array(in, &two) || !rg_msgpack_text(in, &old)
            || !rg_msgpack_text(in, &new))
            return false;
        if (two != 2)
            return rg_msgpack_fail(in, at, "a rule has an old and a new ending");
        put_number(to, &all->rules, part);
        put_string(to, &all->rules, old);
        put_string(to, &all->rules, new);
    }
    return true;
}

static int word_number(tables *to, lemmas *all, rg_str word)
{
    int number = rg_map_put(all->words, word);
    if (number == all->masks.count) {
        put_number(to, &all->masks, 0);
        put_number(to, &all->heads, 0);
    }
    return number;
}

static bool read_lemma_exceptions(rg_msgpack *in, tables *to, lemmas *all,
                                  uint32_t part)
{
    int count, lemma_count;
    rg_str form, lemma;
    if (!rg_msgpack_map(in, &count))
        return false;
    for (int i = 0; i < count; i++) {
        if (!rg_msgpack_key(in, &form) || !rg_msgpack_array(in, &lemma_count))
            return false;
        int word = word_number(to, all, form);
        put_number(to, &all->exceptions, part);
        put_number(to, &all->exceptions, (uint32_t)all->values.count);
        put_number(to, &all->exceptions, (uint32_t)lemma_count);
        put_number(to, &all->exceptions, all->heads.at[word]);
        all->heads.at[word] = (uint32_t)all->exceptions.count / 4;
        for (int l = 0; l < lemma_count; l++) {
            if (!rg_msgpack_text(in, &lemma))
                return false;
            put_string(to, &all->values, lemma);
        }
    }
    return true;
}

static bool read_lemma_index(rg_msgpack *in, tables *to, lemmas *all, uint32_t part)
{
    int count;
    rg_str word;
    if (!rg_msgpack_array(in, &count))
        return false;
    for (int i = 0; i < count; i++) {
        if (!rg_msgpack_text(in, &word))
            return false;
        all->masks.at[word_number(to, all, word)] |= 1u << part;
    }
    return true;
}

typedef bool (*read_lemma_table)(rg_msgpack *in, tables *to, lemmas *all,
                                 uint32_t part);

static bool read_lemma_entry(rg_msgpack *in, tables *to, lemmas *all)
{
    static const struct {
        const char *name;
        read_lemma_table read;
    } kinds[] = {{"lemma_rules", read_lemma_rules},
                 {"lemma_exc", read_lemma_exceptions},
                 {"lemma_index", read_lemma_index}};
    int at = in->at, parts;
    rg_str name;
    uint32_t part;
    if (!rg_msgpack_key(in, &name) || !rg_msgpack_map(in, &parts))
        return false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!rg_str_is(name, kinds[k].name))
            continue;
        for (int i = 0; i < parts; i++)
            if (!read_part(in, &part) || !kinds[k].read(in, to, all, part))
                return false;
        return true;
    }
    return rg_msgpack_fail(in, at, "an unknown table of the lemmatizer");
}

static bool add_lemmas(tables *to, const lemmas *all)
{
    id_map ids = {0};
    for (int i = 0; i < all->masks.count; i++)
        put_pair(to, &ids, rg_string_hash(rg_map_key(all->words, i)),
                 all->masks.at[i] | all->heads.at[i] << INDEX_BITS);
    add_numbers(to, "lemmas.rules", &all->rules);
    add_numbers(to, "lemmas.exceptions", &all->exceptions);
    add_numbers(to, "lemmas.values", &all->values);
    return add_map(to, "lemmas.words", &ids);
}

static bool import_lemmas(tables *to)
{
    rg_msgpack in;
    int pairs;
    lemmas all = {.words = rg_map_new(to->arena)};
    if (!open_file(&in, to, "lemmatizer/lookups/lookups.bin")
        || !rg_msgpack_map(&in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++)
        if (!read_lemma_entry(&in, to, &all))
            return false;
    return rg_msgpack_end(&in) && add_lemmas(to, &all);
}

/* ---- all strings ---- */

static void add_strings(tables *to)
{
    numbers refs = {0};
    rg_buf bytes = rg_buf_in(to->arena);
    for (int i = 0; i < rg_map_count(to->strings); i++) {
        rg_str text = rg_map_key(to->strings, i);
        put_number(to, &refs, (uint32_t)bytes.len);
        put_number(to, &refs, (uint32_t)text.len);
        rg_buf_put(&bytes, text);
    }
    add_numbers(to, "strings.refs", &refs);
    rg_model_writer_add(to->writer, "strings.bytes", bytes.bytes, (size_t)bytes.len);
}

bool rg_import_tables(rg_model_writer *writer, rg_arena *arena, const char *folder,
                      rg_error *err)
{
    tables to = {arena, writer, folder, rg_map_new(arena), err};
    bool ok = import_tokenizer(&to) && import_norms(&to) && import_ruler(&to)
              && import_lemmas(&to);
    if (ok)
        add_strings(&to);
    return ok;
}
