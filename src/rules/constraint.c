/* constraint.c - "[VERB, !has >PRED, tag=VBG|VBN]": reads the criteria on a token. */
#include "base/unicode.h"
#include "lang/labels.h"
#include "rules/reader.h"
#include "rules/regex.h"

#include <ctype.h>

static const char *const attr_names[RG_ATTR_COUNT] = {
    [RG_ATTR_TEXT] = "text", [RG_ATTR_LOWER] = "lower", [RG_ATTR_LEMMA] = "lemma",
    [RG_ATTR_POS] = "pos",   [RG_ATTR_TAG] = "tag",     [RG_ATTR_DEP] = "dep",
    [RG_ATTR_ENT] = "ent",   [RG_ATTR_SHAPE] = "shape",
};

int find_attr(rg_str name)
{
    for (int i = 0; i < RG_ATTR_COUNT; i++)
        if (rg_str_is(name, attr_names[i]))
            return i;
    if (rg_str_is(name, "phrase"))
        return RG_ATTR_PHRASE;
    return rg_str_starts(name, RG_STR("morph.")) && name.len > 6 ? RG_ATTR_MORPH
                                                                 : RG_NONE;
}

static bool is_upper_word(rg_str word)
{
    for (int i = 0; i < word.len; i++)
        if (!isupper((unsigned char)word.bytes[i]))
            return false;
    return word.len > 0;
}

bool read_regex(reader *in, int *out)
{
    int from = in->at;
    in->at++; /* the first slash */
    int start = in->at;
    while (in->at < in->scalar.value.len && reader_peek(in) != '/')
        in->at += reader_peek(in) == '\\' && in->at + 1 < in->scalar.value.len ? 2 : 1;
    if (reader_peek(in) != '/')
        return reader_error(in, from, "regex", NULL,
                            "regular expression without its end");
    rg_str pattern = rg_str_cut(in->scalar.value, start, in->at);
    in->at++;
    bool caseless = reader_peek(in) == 'i';
    in->at += caseless;
    rg_scalar at = in->scalar;
    at.offset += at.exact ? start : 0;
    *out = rg_regex_add(in->c, at, pattern, caseless);
    return *out != RG_NONE;
}

bool read_string(reader *in, rg_str *out)
{
    int from = in->at++;
    rg_buf text = rg_buf_in(in->c->arena);
    for (;; in->at++) {
        if (in->at >= in->scalar.value.len)
            return reader_error(in, from, "string", NULL, "string without its end");
        if (reader_peek(in) == '\'') {
            in->at++;
            if (reader_peek(in) != '\'')
                break;
        }
        rg_buf_byte(&text, reader_peek(in));
    }
    *out = rg_buf_str(&text);
    return true;
}

static bool read_type(reader *in, rg_value *out)
{
    int from = in->at++;
    rg_str name = reader_ident(in);
    out->kind = RG_VALUE_TYPE;
    out->id = rg_map_find(in->c->types, name);
    if (out->id >= 0)
        return true;
    const char *hint = rg_pattern_suggest(in->c, in->c->types, name);
    return reader_error(in, from, "unknown-type",
                        hint
                            ? hint
                            : "types are declared under 'types:' (the built-in ones in "
                              "core: 'include: [core]')",
                        "unknown type ':%.*s'", RG_PRINT(name));
}

bool read_list(reader *in, rg_value *out)
{
    int from = in->at++;
    rg_str name = reader_ident(in);
    out->kind = RG_VALUE_LIST;
    out->id = rg_map_find(in->c->lists, name);
    if (out->id >= 0) {
        in->c->rules->lists[out->id].used = true;
        return true;
    }
    const char *hint = rg_pattern_suggest(in->c, in->c->lists, name);
    return reader_error(in, from, "unknown-list",
                        hint ? hint : "lists are declared under 'lists:'",
                        "unknown list '$%.*s'", RG_PRINT(name));
}

/* Which of the model's label sets the values of an attribute come from, or RG_NONE. */
static int label_kind(rg_attr attr)
{
    switch (attr) {
    case RG_ATTR_POS: return RG_LABEL_POS;
    case RG_ATTR_TAG: return RG_LABEL_TAG;
    case RG_ATTR_DEP: return RG_LABEL_DEP;
    case RG_ATTR_ENT: return RG_LABEL_NAME;
    default: return RG_NONE;
    }
}

static const char *const kind_names[] = {
    [RG_LABEL_DEP] = "dependency label",
    [RG_LABEL_POS] = "part of speech",
    [RG_LABEL_TAG] = "tag",
    [RG_LABEL_NAME] = "kind of name",
    [RG_LABEL_FEATURE] = "morphological feature",
};

/* Reports a word that is no label of the model. */
static bool check_label(reader *in, int kind, rg_str word, int at)
{
    if (kind == RG_NONE || word.len == 0
        || rg_label_is_known((rg_label_kind)kind, word))
        return true;
    rg_str near = rg_label_nearest((rg_label_kind)kind, word);
    const char *hint =
        near.len ? rg_arena_format(in->c->arena, "did you mean '%.*s'?", RG_PRINT(near))
                       .bytes
                 : NULL;
    return reader_error(in, at, "unknown-label", hint, "unknown %s '%.*s'",
                        kind_names[kind], RG_PRINT(word));
}

/* 'take over': a list of this one phrase, without a name. */
static void put_phrase_word(reader *in, rg_str words, rg_value *out)
{
    rg_rules *rules = in->c->rules;
    rg_list *lists = rg_new(in->c->arena, rg_list, rules->list_count + 1);
    for (int i = 0; i < rules->list_count; i++)
        lists[i] = rules->lists[i];
    rg_list *made = &lists[rules->list_count];
    *made = (rg_list){.name = words,
                      .item_count = 1,
                      .used = true,
                      .words = rg_map_new(in->c->arena),
                      .items = rg_new(in->c->arena, rg_item, 1),
                      .file = in->scalar.file,
                      .offset = in->scalar.offset};
    rg_map_put(made->words, words);
    rg_item *item = made->items;
    item->value = words;
    item->words = rg_new(in->c->arena, int, words.len);
    for (int from = 0; from < words.len;) {
        int blank = rg_str_find_byte(words, ' ', from);
        int to = blank < 0 ? words.len : blank;
        if (to > from)
            item->words[item->word_count++] =
                rg_pattern_symbol(in->c, rg_str_cut(words, from, to));
        from = to + 1;
    }
    rules->lists = lists;
    out->kind = RG_VALUE_LIST;
    out->id = rules->list_count++;
}

/* A plain word: what it is depends on the attribute, or, bare, on its case. */
static bool put_word(reader *in, rg_attr attr, rg_str word, bool quoted, int at,
                     rg_value *out)
{
    bool bare_pos = attr == RG_ATTR_ANY && !quoted && is_upper_word(word);
    if (bare_pos)
        attr = RG_ATTR_POS;
    if (!check_label(in, label_kind(attr), word, at))
        return false;
    bool folded = attr == RG_ATTR_ANY || attr == RG_ATTR_LEMMA || attr == RG_ATTR_LOWER
                  || attr == RG_ATTR_PHRASE;
    rg_str value = folded ? rg_unicode_lower(in->c->arena, word) : word;
    if (quoted && (attr == RG_ATTR_ANY || attr == RG_ATTR_LEMMA)
        && rg_str_find_byte(value, ' ', 0) > 0) {
        put_phrase_word(in, value, out);
        return true;
    }
    out->kind = bare_pos ? RG_VALUE_POS : RG_VALUE_WORD;
    out->id = rg_pattern_symbol(in->c, value);
    return true;
}

static bool read_value(reader *in, rg_attr attr, rg_value *out)
{
    reader_skip_blanks(in);
    int from = in->at;
    switch (reader_peek(in)) {
    case ':': return read_type(in, out);
    case '$': return read_list(in, out);
    case '/': out->kind = RG_VALUE_REGEX; return read_regex(in, &out->id);
    case '\'': {
        rg_str text;
        return read_string(in, &text) && put_word(in, attr, text, true, from, out);
    }
    default: break;
    }
    rg_str word = reader_run(in);
    if (word.len == 0)
        return reader_error(
            in, from, "syntax", NULL,
            "expected a value: word, POS, :type, $list, /regex/, 'text'");
    return put_word(in, attr, word, false, from, out);
}

static rg_value *next_value(reader *in, rg_crit *crit, int *capacity)
{
    crit->values = rg_arena_grow(in->c->arena, crit->values, crit->value_count,
                                 capacity, sizeof *crit->values);
    return &crit->values[crit->value_count++];
}

/* ":org~" is ":org" or what `phrase: {loose: ..}` names, which core gives as PROPN. */
static bool read_loose(reader *in, rg_value *out)
{
    rg_str loose = in->c->rules->phrase.loose;
    if (loose.len == 0)
        return reader_error(in, in->at - 1, "syntax", "'include: [core]' does",
                            "no file says what '~' stands for");
    *out = (rg_value){RG_VALUE_POS, rg_pattern_symbol(in->c, loose)};
    return true;
}

static bool read_values(reader *in, rg_crit *crit)
{
    int capacity = 0;
    do {
        rg_value *value = next_value(in, crit, &capacity);
        if (!read_value(in, crit->attr, value))
            return false;
        if (value->kind == RG_VALUE_TYPE && reader_accept(in, "~")
            && !read_loose(in, next_value(in, crit, &capacity)))
            return false;
        reader_skip_blanks(in);
    } while (reader_accept(in, "|"));
    return true;
}

static bool put_attr(reader *in, rg_crit *crit, rg_str word, int from)
{
    int attr = find_attr(word);
    if (attr == RG_NONE)
        return reader_error(in, from, "unknown-attribute",
                            "attributes are text, lower, lemma, pos, tag, dep, ent, "
                            "shape, phrase and morph.NAME",
                            "unknown attribute '%.*s'", RG_PRINT(word));
    crit->attr = (rg_attr)attr;
    if (attr == RG_ATTR_MORPH)
        crit->feature = rg_pattern_symbol(in->c, rg_str_cut(word, 6, word.len));
    return true;
}

/* "attr=" or "attr!=" at the cursor; false (and no move) if none stands here. */
static bool accept_attr(reader *in, rg_crit *crit, bool *ok)
{
    int from = in->at;
    *ok = true;
    rg_str word = reader_run(in);
    reader_skip_blanks(in);
    bool differs = reader_accept(in, "!=");
    if (word.len == 0 || (!differs && !reader_accept(in, "="))) {
        in->at = from;
        return false;
    }
    *ok = put_attr(in, crit, word, from);
    crit->negated ^= differs;
    return true;
}

static bool read_has(reader *in, rg_crit *crit)
{
    rg_steps steps = {0};
    crit->kind = RG_CRIT_HAS;
    if (!read_steps(in, &steps))
        return false;
    if (steps.count == 0)
        return reader_error(in, in->at, "syntax", NULL,
                            "expected a step such as >nsubj after 'has'");
    crit->steps = steps.items;
    crit->step_count = steps.count;
    return true;
}

/* Words that compare the token with another one, or with a number. What stands behind
 * them begins with a letter or a digit; alone, such a word is a lemma. */
static const struct relative {
    const char *word;
    rg_crit_kind kind;
    enum {
        THEN_NAME,
        THEN_NUMBER,
        THEN_NUMBER_NAME,
        THEN_NAME_TEST,
        THEN_ATTR_NAME
    } then;
} relatives[] = {
    {"before", RG_CRIT_BEFORE, THEN_NAME},
    {"after", RG_CRIT_AFTER, THEN_NAME},
    {"beside", RG_CRIT_BESIDE, THEN_NAME},
    {"first", RG_CRIT_FIRST, THEN_NAME},
    {"last", RG_CRIT_LAST, THEN_NAME},
    {"inside", RG_CRIT_INSIDE, THEN_NAME},
    {"within", RG_CRIT_WITHIN, THEN_NUMBER_NAME},
    {"between", RG_CRIT_BETWEEN, THEN_NAME_TEST},
    {"same", RG_CRIT_SAME, THEN_ATTR_NAME},
    {"shorter", RG_CRIT_SHORTER, THEN_NUMBER},
    {"longer", RG_CRIT_LONGER, THEN_NUMBER},
};

static const struct relative *accept_relative(reader *in)
{
    int from = in->at;
    for (size_t i = 0; i < sizeof relatives / sizeof *relatives; i++) {
        bool number =
            relatives[i].then == THEN_NUMBER || relatives[i].then == THEN_NUMBER_NAME;
        if (reader_accept_word(in, relatives[i].word)) {
            reader_skip_blanks(in);
            unsigned char next = (unsigned char)reader_peek(in);
            if (number ? isdigit(next) : isalpha(next))
                return &relatives[i];
        }
        in->at = from;
    }
    return NULL;
}

static bool read_test_between(reader *in, rg_crit *crit)
{
    reader_skip_blanks(in);
    if (reader_peek(in) != '[')
        return reader_error(in, in->at, "syntax", "write between NAME [text=',']",
                            "expected a constraint on what stands between");
    if (in->depth == DEEPEST_STEPS)
        return reader_error(in, in->at, "limit", NULL, "nested deeper than %d",
                            DEEPEST_STEPS);
    crit->steps = rg_new(in->c->arena, rg_step, 1);
    crit->step_count = 1;
    in->depth++;
    bool ok = read_constraint(in, crit->steps);
    in->depth--;
    return ok;
}

static bool read_relative(reader *in, const struct relative *word, rg_crit *crit)
{
    crit->kind = word->kind;
    switch (word->then) {
    case THEN_NAME: return read_bound_name(in, &crit->slot);
    case THEN_NUMBER: return read_number(in, &crit->number);
    case THEN_NUMBER_NAME:
        return read_number(in, &crit->number) && read_bound_name(in, &crit->slot);
    case THEN_NAME_TEST:
        return read_bound_name(in, &crit->slot) && read_test_between(in, crit);
    case THEN_ATTR_NAME: break;
    }
    int from = in->at;
    return put_attr(in, crit, reader_run(in), from) && read_bound_name(in, &crit->slot);
}

static bool read_crit(reader *in, rg_crit *crit)
{
    *crit = (rg_crit){.attr = RG_ATTR_ANY, .feature = RG_NONE, .slot = RG_NONE};
    reader_skip_blanks(in);
    crit->negated = reader_accept(in, "!");
    if (reader_accept_word(in, "has"))
        return read_has(in, crit);
    const struct relative *relative = accept_relative(in);
    if (relative)
        return read_relative(in, relative, crit);
    bool ok;
    reader_skip_blanks(in);
    return (!accept_attr(in, crit, &ok) || ok) && read_values(in, crit);
}

bool read_constraint(reader *in, rg_step *out)
{
    int from = in->at++, capacity = 0;
    *out = (rg_step){.kind = RG_STEP_TEST, .min = 1, .max = 1, .offset = from};
    reader_skip_blanks(in);
    if (reader_accept(in, "]"))
        return true;
    do {
        out->crits = rg_arena_grow(in->c->arena, out->crits, out->crit_count, &capacity,
                                   sizeof *out->crits);
        if (!read_crit(in, &out->crits[out->crit_count]))
            return false;
        out->crit_count++;
        reader_skip_blanks(in);
    } while (reader_accept(in, ","));
    if (reader_accept(in, "]"))
        return true;
    return reader_error(in, in->at, "syntax", NULL,
                        "expected ',' or ']' in the constraint that begins with '%.*s'",
                        RG_PRINT(rg_str_cut(in->scalar.value, from, from + 12)));
}

bool rg_pattern_constraint(rg_step *out, rg_compiler *c, rg_scalar scalar,
                           rg_slots *slots)
{
    reader in = {.c = c, .scalar = scalar, .slots = slots, .names_open = false};
    reader_skip_blanks(&in);
    if (reader_peek(&in) != '[')
        return reader_error(&in, in.at, "syntax",
                            "a constraint stands in brackets, such as \"[VERB]\"",
                            "expected '['");
    return read_constraint(&in, out) && reader_expect_end(&in);
}
