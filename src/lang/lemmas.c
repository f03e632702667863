#include "lang/lemmas.h"

#include "base/buf.h"
#include "base/unicode.h"

#include <assert.h>
#include <string.h>

enum {
    PART_COUNT = 5,
    RULE_WIDTH = 3, /* lemmas.rules: part of speech, old ending, new ending */
    /* lemmas.exceptions: part of speech, first lemma, lemma count, next exception + 1 */
    EXCEPTION_WIDTH = 4,
    /* lemmas.words: the low bits say which parts of speech list the word as a lemma, the
     * others are its first exception + 1, or 0 */
    MASK_BITS = 8,
    MOST_FORMS = 64,
};

/* The parts of speech that have tables, in the order of their numbers there. */
static const rg_str parts[PART_COUNT] = {
    RG_STR_IN_TABLE("NOUN"), RG_STR_IN_TABLE("VERB"),  RG_STR_IN_TABLE("ADJ"),
    RG_STR_IN_TABLE("ADV"),  RG_STR_IN_TABLE("PUNCT"),
};

struct rg_lemmas {
    rg_strings strings;
    rg_ids words;
    rg_numbers rules, exceptions, values;
};

/* Forms found, the best one first. */
typedef struct forms {
    rg_str items[MOST_FORMS];
    int count;
} forms;

/* ---- features ---- */

/* Does the list "A=x|B=y" hold an item that is `feature`, or begins with it? */
static bool has_item(rg_str morph, rg_str feature, bool whole)
{
    for (int start = 0; start < morph.len;) {
        int end = rg_str_find_byte(morph, '|', start);
        if (end < 0)
            end = morph.len;
        rg_str item = rg_str_cut(morph, start, end);
        if (whole ? rg_str_equal(item, feature) : rg_str_starts(item, feature))
            return true;
        start = end + 1;
    }
    return false;
}

static bool has_feature(rg_str morph, const char *feature)
{
    return has_item(morph, rg_str_of(feature), true);
}

/* Is the form its own lemma? */
static bool is_base_form(rg_str pos, rg_str morph)
{
    if (rg_str_is(pos, "NOUN") && has_feature(morph, "Number=Sing"))
        return true;
    if (rg_str_is(pos, "VERB") && has_feature(morph, "VerbForm=Fin")
        && has_feature(morph, "Tense=Pres")
        && !has_item(morph, RG_STR("Number="), false))
        return true;
    return has_feature(morph, "VerbForm=Inf") || has_feature(morph, "VerbForm=None")
           || has_feature(morph, "Degree=Pos");
}

/* ---- tables ---- */

static int find_part(rg_str pos)
{
    for (int i = 0; i < PART_COUNT; i++)
        if (rg_str_equal(pos, parts[i]))
            return i;
    return -1;
}

static uint32_t find_word(const rg_lemmas *lemmas, rg_str word)
{
    const uint32_t *found = rg_ids_find(&lemmas->words, rg_string_hash(word));
    return found ? *found : 0;
}

static bool is_listed(const rg_lemmas *lemmas, rg_str word, int part)
{
    return (find_word(lemmas, word) >> part & 1) != 0;
}

/* The record of the word's exception for this part of speech, or NULL. */
static const uint32_t *find_exception(const rg_lemmas *lemmas, rg_str word, int part)
{
    uint32_t next = find_word(lemmas, word) >> MASK_BITS;
    while (next > 0) {
        const uint32_t *exception =
            &lemmas->exceptions.at[(next - 1) * EXCEPTION_WIDTH];
        if (exception[0] == (uint32_t)part)
            return exception;
        next = exception[3];
    }
    return NULL;
}

/* ---- forms ---- */

static bool has_form(const forms *in, rg_str form)
{
    for (int i = 0; i < in->count; i++)
        if (rg_str_equal(in->items[i], form))
            return true;
    return false;
}

static void put_first(forms *to, rg_str form)
{
    memmove(to->items + 1, to->items, sizeof *to->items * (size_t)to->count);
    to->items[0] = form;
    to->count++;
}

/* `lower` with one ending replaced; it is a slice of `lower` if nothing is appended. */
static rg_str replace_ending(rg_arena *arena, rg_str lower, int cut, rg_str new)
{
    rg_str stem = rg_str_cut(lower, 0, lower.len - cut);
    if (new.len == 0)
        return stem;
    rg_buf form = rg_buf_in(arena); /* a format would end at a zero byte */
    rg_buf_put(&form, stem);
    rg_buf_put(&form, new);
    return rg_buf_str(&form);
}

/* Known lemmas go to the front, the last one first; what is no word goes to the back; a
 * word that is not known is only used if nothing else is found. */
static void try_rules(const rg_lemmas *lemmas, forms *found, rg_str *unknown,
                      rg_arena *arena, rg_str lower, int part)
{
    for (int i = 0; i < lemmas->rules.count; i++) {
        const uint32_t *rule = &lemmas->rules.at[i * RULE_WIDTH];
        rg_str old = rg_strings_at(&lemmas->strings, rule[1]);
        if (rule[0] != (uint32_t)part || !rg_str_ends(lower, old))
            continue;
        rg_str form = replace_ending(arena, lower, old.len,
                                     rg_strings_at(&lemmas->strings, rule[2]));
        if (form.len == 0)
            continue;
        if (is_listed(lemmas, form, part))
            put_first(found, form);
        else if (!rg_unicode_is_word(form))
            found->items[found->count++] = form;
        else if (unknown->len == 0)
            *unknown = form;
    }
}

static void try_exceptions(const rg_lemmas *lemmas, forms *found, rg_str lower,
                           int part)
{
    const uint32_t *exception = find_exception(lemmas, lower, part);
    for (uint32_t i = 0; exception && i < exception[2]; i++) {
        rg_str lemma =
            rg_strings_at(&lemmas->strings, lemmas->values.at[exception[1] + i]);
        if (!has_form(found, lemma))
            put_first(found, lemma);
    }
}

rg_str rg_lemmas_find(const rg_lemmas *lemmas, rg_arena *arena, const rg_token *token)
{
    rg_str lower = token->lexeme->lower, pos = token->pos;
    if (pos.len == 0 || rg_str_is(pos, "SPACE") || is_base_form(pos, token->morph))
        return lower;
    int part = find_part(pos);
    if (part < 0)
        return rg_str_is(pos, "PROPN") ? token->lexeme->text : lower;

    forms found = {.count = 0};
    rg_str unknown = {"", 0};
    try_rules(lemmas, &found, &unknown, arena, lower, part);
    try_exceptions(lemmas, &found, lower, part);
    if (found.count > 0)
        return found.items[0];
    return unknown.len > 0 ? unknown : token->lexeme->text;
}

/* ---- opening ---- */

/* An exception's chain must lead to earlier records only, so that it ends. */
static bool check_exceptions(const rg_lemmas *lemmas)
{
    uint32_t values = (uint32_t)lemmas->values.count;
    for (int i = 0; i < lemmas->exceptions.count; i++) {
        const uint32_t *exception = &lemmas->exceptions.at[i * EXCEPTION_WIDTH];
        if (exception[1] > values || exception[2] > values - exception[1]
            || exception[2] > MOST_FORMS / 2 || exception[3] > (uint32_t)i)
            return false;
    }
    return true;
}

static bool check_tables(const rg_lemmas *lemmas)
{
    uint32_t strings = lemmas->strings.count;
    return lemmas->rules.count <= MOST_FORMS / 2
           && rg_numbers_check(&lemmas->rules, RULE_WIDTH, 1, strings, false)
           && rg_numbers_check(&lemmas->rules, RULE_WIDTH, 2, strings, false)
           && rg_numbers_check(&lemmas->values, 1, 0, strings, false)
           && check_exceptions(lemmas);
}

bool rg_lemmas_new(rg_lemmas **out, rg_arena *arena, const rg_model *model,
                   rg_error *err)
{
    rg_lemmas *lemmas = rg_new(arena, rg_lemmas, 1);
    if (!rg_strings_open(&lemmas->strings, model, err)
        || !rg_numbers_open(&lemmas->rules, model, "lemmas.rules", RULE_WIDTH, err)
        || !rg_numbers_open(&lemmas->exceptions, model, "lemmas.exceptions",
                            EXCEPTION_WIDTH, err)
        || !rg_numbers_open(&lemmas->values, model, "lemmas.values", 1, err))
        return false;
    uint32_t limit = ((uint32_t)lemmas->exceptions.count + 1) << MASK_BITS;
    if (!rg_ids_open(&lemmas->words, model, "lemmas.words", limit, err))
        return false;
    *out = lemmas;
    return check_tables(lemmas) || rg_table_fail(model, "lemmas.rules", err);
}
