/* template.c - "{verb|present}-{about}": literal text and named pieces. */
#include "rules/pattern.h"

typedef struct field_word {
    rg_field field;
    rg_str word;
} field_word;

#define FIELD(id, text) {RG_FIELD_##id, {text, (int)sizeof text - 1}},
static const field_word fields[] = {
#include "rules/fields.def"
};
#undef FIELD

typedef struct filter_word {
    rg_filter_kind kind;
    rg_str word;
    bool takes_list;
} filter_word;

#define FILTER(id, text, takes_list)                                                   \
    {RG_FILTER_##id, {text, (int)sizeof text - 1}, takes_list},
static const filter_word filters[] = {
#include "rules/filters.def"
};
#undef FILTER

enum {
    FIELD_COUNT = sizeof fields / sizeof fields[0],
    FILTER_COUNT = sizeof filters / sizeof filters[0],
};

/* A template being read; `at` is the next byte, `end` the closing brace of the piece. */
typedef struct reader {
    rg_compiler *c;
    rg_scalar scalar;
    const rg_slots *slots;
    int at, end;
} reader;

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
           || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

static rg_str read_word(reader *in)
{
    int from = in->at;
    while (in->at < in->end && is_name_byte(in->scalar.value.bytes[in->at]))
        in->at++;
    return rg_str_cut(in->scalar.value, from, in->at);
}

static bool accept(reader *in, char byte)
{
    if (in->at >= in->end || in->scalar.value.bytes[in->at] != byte)
        return false;
    in->at++;
    return true;
}

static bool read_name(reader *in, rg_piece *piece)
{
    int at = in->at;
    rg_str name = read_word(in);
    if (name.len == 0)
        return rg_pattern_error(in->c, in->scalar, at, "template",
                                "write the name of an argument between the braces",
                                "expected a name behind '{'");
    for (int i = 0; i < in->slots->count; i++)
        if (rg_str_equal(in->slots->names[i], name)) {
            piece->slot = i;
            return true;
        }

    rg_map *known = rg_map_new(in->c->arena);
    for (int i = 0; i < in->slots->count; i++)
        rg_map_put(known, in->slots->names[i]);
    return rg_pattern_error(
        in->c, in->scalar, at, "unknown-name", rg_pattern_suggest(in->c, known, name),
        "the template names '%.*s', which nothing binds", RG_PRINT(name));
}

static bool read_field(reader *in, rg_piece *piece)
{
    if (!accept(in, '.'))
        return true;
    int at = in->at;
    rg_str word = read_word(in);
    rg_map *known = rg_map_new(in->c->arena);
    for (int i = 0; i < FIELD_COUNT; i++) {
        rg_map_put(known, fields[i].word);
        if (rg_str_equal(fields[i].word, word)) {
            piece->field = fields[i].field;
            return true;
        }
    }
    const char *hint = rg_pattern_suggest(in->c, known, word);
    if (!hint)
        hint = "fields are lemma, text, head, np, span, ent, canon, lead, via, value, "
               "chain, tail";
    return rg_pattern_error(in->c, in->scalar, at, "unknown-field", hint,
                            "unknown field '%.*s'", RG_PRINT(word));
}

static const filter_word *find_filter(reader *in, int at, rg_str word)
{
    rg_map *known = rg_map_new(in->c->arena);
    for (int i = 0; i < FILTER_COUNT; i++) {
        rg_map_put(known, filters[i].word);
        if (rg_str_equal(filters[i].word, word))
            return &filters[i];
    }
    const char *hint = rg_pattern_suggest(in->c, known, word);
    if (!hint)
        hint = "filters are present, past, gerund, participle, voice, singular, dash, "
               "lower, kebab, map:LIST";
    rg_pattern_error(in->c, in->scalar, at, "unknown-filter", hint,
                     "unknown filter '%.*s'", RG_PRINT(word));
    return NULL;
}

static bool read_list(reader *in, rg_filter *filter)
{
    int at = in->at;
    rg_str name = accept(in, ':') ? read_word(in) : RG_STR("");
    if (name.len == 0)
        return rg_pattern_error(in->c, in->scalar, at, "template", "write map:LIST",
                                "the filter needs the name of a list");
    filter->list = rg_map_find(in->c->lists, name);
    if (filter->list < 0)
        return rg_pattern_error(in->c, in->scalar, at + 1, "unknown-list",
                                rg_pattern_suggest(in->c, in->c->lists, name),
                                "unknown list '%.*s'", RG_PRINT(name));
    in->c->rules->lists[filter->list].used = true;
    return true;
}

static bool read_filter(reader *in, rg_filter *filter)
{
    int at = in->at;
    const filter_word *found = find_filter(in, at, read_word(in));
    if (!found)
        return false;
    *filter = (rg_filter){.kind = found->kind, .list = RG_NONE};
    return !found->takes_list || read_list(in, filter);
}

static bool read_filters(reader *in, rg_piece *piece)
{
    int capacity = 0;
    while (accept(in, '|')) {
        piece->filters =
            rg_arena_grow(in->c->arena, piece->filters, piece->filter_count, &capacity,
                          sizeof(rg_filter));
        if (!read_filter(in, &piece->filters[piece->filter_count++]))
            return false;
    }
    return true;
}

/* The piece whose opening brace stands just before `at`. */
static bool read_piece(reader *in, rg_piece *piece)
{
    int open = in->at - 1;
    in->end = rg_str_find_byte(in->scalar.value, '}', in->at);
    if (in->end < 0)
        return rg_pattern_error(in->c, in->scalar, open, "template", NULL,
                                "'{' without its '}'");
    *piece = (rg_piece){.slot = RG_NONE, .field = RG_FIELD_DEFAULT};
    if (!read_name(in, piece))
        return false;
    piece->optional = accept(in, '?');
    if (!read_field(in, piece) || !read_filters(in, piece))
        return false;
    if (in->at < in->end)
        return rg_pattern_error(in->c, in->scalar, in->at, "template",
                                "write {name}, {name?}, {name.field}, {name|filter}",
                                "unexpected '%c' in a template",
                                in->scalar.value.bytes[in->at]);
    in->at = in->end + 1;
    return true;
}

/* Literal text up to the next brace. */
static bool read_literal(reader *in, rg_piece *piece)
{
    rg_str value = in->scalar.value;
    int from = in->at;
    while (in->at < value.len && value.bytes[in->at] != '{'
           && value.bytes[in->at] != '}')
        in->at++;
    if (in->at < value.len && value.bytes[in->at] == '}')
        return rg_pattern_error(in->c, in->scalar, in->at, "template", NULL,
                                "'}' without its '{'");
    *piece = (rg_piece){.literal = rg_str_cut(value, from, in->at), .slot = RG_NONE};
    return true;
}

bool rg_pattern_template(rg_template *out, rg_compiler *c, rg_scalar scalar,
                         const rg_slots *slots)
{
    *out = (rg_template){.text = scalar.value, .offset = scalar.offset};
    if (rg_str_trim(scalar.value).len == 0)
        return rg_pattern_error(c, scalar, 0, "template", NULL,
                                "the template is empty");
    reader in = {.c = c, .scalar = scalar, .slots = slots};
    int capacity = 0;
    while (in.at < scalar.value.len) {
        out->pieces = rg_arena_grow(c->arena, out->pieces, out->count, &capacity,
                                    sizeof(rg_piece));
        rg_piece *piece = &out->pieces[out->count++];
        bool named = scalar.value.bytes[in.at] == '{';
        in.at += named;
        if (!(named ? read_piece(&in, piece) : read_literal(&in, piece)))
            return false;
    }
    return true;
}
