/* import_ruler.c - patterns of the attribute ruler. */
#include "model/import_tables.h"

#include <string.h>

/* A set of strings that a token's attribute must be in, or must not be in. */
enum { ANY = 0, IN = 1, NOT_IN = 2 };
enum { ON_TAG, ON_LOWER, ON_DEP, ATTRIBUTE_COUNT };
static const char *const condition_names[ATTRIBUTE_COUNT] = {"TAG", "LOWER", "DEP"};
static const char *const attribute_names[] = {"TAG", "POS", "MORPH", "LEMMA", "DEP"};
enum { SET_COUNT = 5, MOST_TOKENS = 2 };

/* rules: first condition, condition count, index, five attributes; conditions: mode of
 * white space, then mode, first value, value count of each set. */
typedef struct ruler {
    rg_number_list rules, conditions, values;
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

/* How many strings the parts make; more than are expanded: MOST_STRINGS. */
enum { MOST_STRINGS = 1000 };
static int count_expansions(const place parts[MOST_PARTS], int count)
{
    long total = 1;
    for (int i = 0; i < count && total < MOST_STRINGS; i++)
        total *= parts[i].choices.len + parts[i].optional;
    return total < MOST_STRINGS ? (int)total : MOST_STRINGS;
}

/* Goes through all combinations by counting: digit i of `number` chooses at part i. */
static bool put_expansions(rg_import *to, rg_number_list *values, rg_str pattern)
{
    place parts[MOST_PARTS];
    int count;
    if (!split_pattern(parts, &count, pattern))
        return false;
    int total = count_expansions(parts, count);
    if (total == MOST_STRINGS)
        return false;
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
        rg_import_put_string(to, values, rg_buf_str(&text));
    }
    return true;
}

/* ["a", "b"]; the empty string, "attribute missing", is never the case. */
static bool read_values(rg_msgpack *in, rg_import *to, rg_number_list *values)
{
    int count;
    rg_str value;
    if (!rg_msgpack_array(in, &count))
        return false;
    for (int i = 0; i < count; i++) {
        if (!rg_msgpack_text(in, &value))
            return false;
        if (value.len > 0)
            rg_import_put_string(to, values, value);
    }
    return true;
}

/* "x", {"IN": [...]}, {"NOT_IN": [...]}, {"REGEX": "..."} */
static bool read_set(rg_msgpack *in, rg_import *to, rg_number_list *values,
                     uint32_t set[3])
{
    rg_msgpack_value value;
    rg_str key, pattern;
    int at = in->at;
    set[1] = (uint32_t)values->count;
    set[0] = IN;
    if (!rg_msgpack_next(in, &value))
        return false;
    if (value.kind == RG_MSGPACK_TEXT) {
        rg_import_put_string(to, values, value.text);
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

static bool read_attribute(rg_msgpack *in, rg_import *to, rg_number_list *values,
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
static bool read_alternative(rg_msgpack *in, rg_import *to, ruler *all)
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
        rg_import_put_number(to, &all->conditions, token.is_space);
        for (int i = 0; i < ATTRIBUTE_COUNT * 3; i++)
            rg_import_put_number(to, &all->conditions, token.sets[i / 3][i % 3]);
    }
    return true;
}

static bool read_sets(rg_msgpack *in, rg_import *to, uint32_t sets[SET_COUNT])
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
        sets[found] = rg_import_string(to, no_features ? RG_STR("") : value);
    }
    return true;
}

/* {"patterns": [...], "attrs": {...}, "index": 0}, in this order */
static bool read_rule(rg_msgpack *in, rg_import *to, ruler *all)
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
        rg_import_put_number(to, &all->rules, first);
        rg_import_put_number(to, &all->rules, end - first);
        for (int a = 0; a < 1 + SET_COUNT; a++) /* filled below */
            rg_import_put_number(to, &all->rules, 0);
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

bool rg_import_ruler(rg_import *to)
{
    rg_msgpack in;
    int count;
    ruler all = {0};
    if (!rg_import_open(&in, to, "attribute_ruler/patterns")
        || !rg_msgpack_array(&in, &count))
        return false;
    for (int i = 0; i < count; i++)
        if (!read_rule(&in, to, &all))
            return false;
    rg_import_add_numbers(to, "ruler.rules", &all.rules);
    rg_import_add_numbers(to, "ruler.conditions", &all.conditions);
    rg_import_add_numbers(to, "ruler.values", &all.values);
    return rg_msgpack_end(&in);
}
