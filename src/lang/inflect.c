#include "lang/inflect.h"

#include <assert.h>

typedef struct verb {
    rg_str forms[RG_INFLECT_PAST_PLURAL + 1]; /* an empty one is regular */
    rg_str lemma;
} verb;

static const verb verbs[] = {
#define VERB(word, past, participle)                                                   \
    {.lemma = RG_STR_IN_TABLE(word),                                                   \
     .forms = {[RG_INFLECT_PAST] = RG_STR_IN_TABLE(past),                              \
               [RG_INFLECT_PARTICIPLE] = RG_STR_IN_TABLE(participle)}},
#define VERB_ALL(word, present, past, participle, gerund)                              \
    {.lemma = RG_STR_IN_TABLE(word),                                                   \
     .forms = {[RG_INFLECT_PRESENT] = RG_STR_IN_TABLE(present),                        \
               [RG_INFLECT_PAST] = RG_STR_IN_TABLE(past),                              \
               [RG_INFLECT_PARTICIPLE] = RG_STR_IN_TABLE(participle),                  \
               [RG_INFLECT_GERUND] = RG_STR_IN_TABLE(gerund)}},
#define VERB_PLURAL(word, present, past, participle, gerund, presents, pasts)          \
    {.lemma = RG_STR_IN_TABLE(word),                                                   \
     .forms = {[RG_INFLECT_PRESENT] = RG_STR_IN_TABLE(present),                        \
               [RG_INFLECT_PAST] = RG_STR_IN_TABLE(past),                              \
               [RG_INFLECT_PARTICIPLE] = RG_STR_IN_TABLE(participle),                  \
               [RG_INFLECT_GERUND] = RG_STR_IN_TABLE(gerund),                          \
               [RG_INFLECT_PRESENT_PLURAL] = RG_STR_IN_TABLE(presents),                \
               [RG_INFLECT_PAST_PLURAL] = RG_STR_IN_TABLE(pasts)}},
#include "lang/inflect.def"
};

static const rg_str doubled[] = {
#define DOUBLED(lemma) RG_STR_IN_TABLE(lemma),
#include "lang/inflect.def"
};

static const struct noun {
    rg_str singular, plural;
} nouns[] = {
#define NOUN(singular, plural) {RG_STR_IN_TABLE(singular), RG_STR_IN_TABLE(plural)},
#include "lang/inflect.def"
};

static const rg_str not_men[] = {
#define NOT_MAN(singular) RG_STR_IN_TABLE(singular),
#include "lang/inflect.def"
};

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static bool is_listed(rg_str word, const rg_str *list, int count)
{
    for (int i = 0; i < count; i++)
        if (rg_str_equal(word, list[i]))
            return true;
    return false;
}

static char lower_byte(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

/* The byte `back` places before the end (1 is the last one), in lower case; 0 if none. */
static char byte_from_end(rg_str word, int back)
{
    return back <= word.len ? lower_byte(word.bytes[word.len - back]) : '\0';
}

static bool is_letter(char byte)
{
    return lower_byte(byte) >= 'a' && lower_byte(byte) <= 'z';
}

static bool is_vowel(char byte)
{
    return byte == 'a' || byte == 'e' || byte == 'i' || byte == 'o' || byte == 'u';
}

/* Is the letter `back` places before the end a vowel? The u of "qu" is none. */
static bool has_vowel_at(rg_str word, int back)
{
    char byte = byte_from_end(word, back);
    return is_vowel(byte) && !(byte == 'u' && byte_from_end(word, back + 1) == 'q');
}

static bool has_consonant_at(rg_str word, int back)
{
    return is_letter(byte_from_end(word, back)) && !has_vowel_at(word, back);
}

static bool has_vowel_before(rg_str word, int back)
{
    for (int i = back; i <= word.len; i++)
        if (has_vowel_at(word, i) || byte_from_end(word, i) == 'y')
            return true;
    return false;
}

/* Consonant, vowel, consonant at the end, in a word of one syllable: ban, plan, quit. */
static bool is_short(rg_str word)
{
    char last = byte_from_end(word, 1);
    return has_consonant_at(word, 1) && last != 'w' && last != 'x' && last != 'y'
           && has_vowel_at(word, 2) && has_consonant_at(word, 3)
           && !has_vowel_before(word, 4);
}

static bool doubles_last(rg_str word)
{
    return is_short(word) || is_listed(word, doubled, COUNT_OF(doubled));
}

static rg_str join(rg_arena *arena, rg_str start, const char *end)
{
    return rg_arena_format(arena, "%.*s%s", RG_PRINT(start), end);
}

/* `word` without its last `cut` bytes, then `end`. */
static rg_str replace_end(rg_arena *arena, rg_str word, int cut, const char *end)
{
    return join(arena, rg_str_cut(word, 0, word.len - cut), end);
}

static bool ends_hissing(rg_str word)
{
    return rg_str_ends(word, RG_STR("s")) || rg_str_ends(word, RG_STR("x"))
           || rg_str_ends(word, RG_STR("z")) || rg_str_ends(word, RG_STR("ch"))
           || rg_str_ends(word, RG_STR("sh"));
}

static bool ends_in_consonant_y(rg_str word)
{
    return byte_from_end(word, 1) == 'y' && has_consonant_at(word, 2);
}

/* The ending -s of verbs and nouns. */
static rg_str add_s(rg_arena *arena, rg_str word)
{
    if (ends_in_consonant_y(word))
        return replace_end(arena, word, 1, "ies");
    if (byte_from_end(word, 1) == 'z' && is_short(word))
        return join(arena, word, "zes");
    return join(arena, word, ends_hissing(word) ? "es" : "s");
}

static rg_str make_present(rg_arena *arena, rg_str word)
{
    bool ends_in_o = byte_from_end(word, 1) == 'o' && has_consonant_at(word, 2);
    return ends_in_o ? join(arena, word, "es") : add_s(arena, word);
}

/* The stem before an ending that starts with a vowel, and that ending. */
static rg_str add_to_stem(rg_arena *arena, rg_str word, const char *ending)
{
    if (rg_str_ends(word, RG_STR("ic")))
        return rg_arena_format(arena, "%.*sk%s", RG_PRINT(word), ending);
    if (doubles_last(word))
        return rg_arena_format(arena, "%.*s%c%s", RG_PRINT(word),
                               word.bytes[word.len - 1], ending);
    return join(arena, word, ending);
}

static rg_str make_past(rg_arena *arena, rg_str word)
{
    if (byte_from_end(word, 1) == 'e')
        return join(arena, word, "d");
    if (ends_in_consonant_y(word))
        return replace_end(arena, word, 1, "ied");
    return add_to_stem(arena, word, "ed");
}

static rg_str make_gerund(rg_arena *arena, rg_str word)
{
    if (rg_str_ends(word, RG_STR("ie")))
        return replace_end(arena, word, 2, "ying");
    bool silent_e = byte_from_end(word, 1) == 'e' && has_vowel_before(word, 2);
    char before = byte_from_end(word, 2);
    if (silent_e && before != 'e' && before != 'o' && before != 'y')
        return replace_end(arena, word, 1, "ing");
    return add_to_stem(arena, word, "ing");
}

static bool is_man(rg_str word, const char *end)
{
    return word.len > 3 && rg_str_ends(word, rg_str_of(end));
}

static rg_str make_plural(rg_arena *arena, rg_str word)
{
    for (int i = 0; i < COUNT_OF(nouns); i++)
        if (rg_str_equal(word, nouns[i].singular))
            return nouns[i].plural;
    bool human =
        rg_str_is(word, "man")
        || (is_man(word, "man") && !is_listed(word, not_men, COUNT_OF(not_men)));
    return human ? replace_end(arena, word, 2, "en") : add_s(arena, word);
}

static bool is_plural(rg_str word)
{
    return word.len > 2 && rg_str_ends(word, RG_STR("s"))
           && !rg_str_ends(word, RG_STR("ss")) && !rg_str_ends(word, RG_STR("us"))
           && !rg_str_ends(word, RG_STR("is")) && !rg_str_ends(word, RG_STR("ics"));
}

static rg_str make_singular(rg_arena *arena, rg_str word)
{
    for (int i = 0; i < COUNT_OF(nouns); i++)
        if (rg_str_equal(word, nouns[i].plural))
            return nouns[i].singular;
    if (rg_str_is(word, "men") || is_man(word, "men"))
        return replace_end(arena, word, 2, "an");
    if (!is_plural(word))
        return rg_arena_str(arena, word);
    if (word.len > 4 && rg_str_ends(word, RG_STR("ies")))
        return replace_end(arena, word, 3, "y");
    rg_str stem = rg_str_cut(word, 0, word.len - 2); /* without -es */
    bool hisses =
        rg_str_ends(word, RG_STR("es")) && !rg_str_ends(stem, RG_STR("z"))
        && ends_hissing(stem)
        && (!rg_str_ends(stem, RG_STR("s")) || rg_str_ends(stem, RG_STR("ss")));
    return rg_arena_str(arena, hisses ? stem : rg_str_cut(word, 0, word.len - 1));
}

static const verb *find_verb(rg_str word)
{
    for (int i = 0; i < COUNT_OF(verbs); i++)
        if (rg_str_equal(word, verbs[i].lemma))
            return &verbs[i];
    return NULL;
}

static rg_str inflect_word(rg_arena *arena, rg_str word, rg_inflection what)
{
    const verb *irregular = what <= RG_INFLECT_PAST_PLURAL ? find_verb(word) : NULL;
    if (irregular && irregular->forms[what].len > 0)
        return irregular->forms[what];
    if (irregular && what == RG_INFLECT_PAST_PLURAL)
        return irregular->forms[RG_INFLECT_PAST];
    switch (what) {
    case RG_INFLECT_PRESENT: return make_present(arena, word);
    case RG_INFLECT_PRESENT_PLURAL: return rg_arena_str(arena, word);
    case RG_INFLECT_PAST:
    case RG_INFLECT_PAST_PLURAL:
    case RG_INFLECT_PARTICIPLE: return make_past(arena, word);
    case RG_INFLECT_GERUND: return make_gerund(arena, word);
    case RG_INFLECT_PLURAL: return make_plural(arena, word);
    case RG_INFLECT_SINGULAR: return make_singular(arena, word);
    case RG_INFLECT_PASSIVE: break; /* made of two words, in rg_inflect */
    }
    assert(!"a form that rg_inflect does not know");
    return word;
}

/* Index of the last byte that equals `byte`, or -1. */
static int find_last(rg_str text, char byte)
{
    int at = text.len - 1;
    while (at >= 0 && text.bytes[at] != byte)
        at--;
    return at;
}

rg_str rg_inflect(rg_arena *arena, rg_str word, rg_inflection what)
{
    if (word.len == 0)
        return word;
    if (what == RG_INFLECT_PASSIVE)
        return rg_arena_format(
            arena, "is %.*s", RG_PRINT(rg_inflect(arena, word, RG_INFLECT_PARTICIPLE)));
    bool verbal = what <= RG_INFLECT_PAST_PLURAL;
    int blank = verbal ? rg_str_find_byte(word, ' ', 0) : find_last(word, ' ');
    int end = verbal && blank >= 0 ? blank : word.len;
    int start = verbal ? 0 : blank + 1;
    int hyphen = find_last(rg_str_cut(word, start, end), '-');
    start += hyphen + 1; /* "re-run", "vice-president": what follows the hyphen */
    if (start >= end)
        return rg_arena_str(arena, word);

    rg_str form = inflect_word(arena, rg_str_cut(word, start, end), what);
    if (start == 0 && end == word.len)
        return form;
    return rg_arena_format(arena, "%.*s%.*s%.*s", RG_PRINT(rg_str_cut(word, 0, start)),
                           RG_PRINT(form), RG_PRINT(rg_str_cut(word, end, word.len)));
}
