#include "lang/affixes.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    PREFIX,
    SUFFIX,
    INFIX,
    URL,
    PATTERN_COUNT,

    /* No suffix but a run of full stops has more bytes (the longest have 10, and look
     * back over 4 more): a search from here finds all of them. */
    SUFFIX_WINDOW = 48,

    JIT_STACK_FIRST = 32 * 1024,
    JIT_STACK_LARGEST = 32 * 1024 * 1024,
};

struct rg_affixes {
    pcre2_code *patterns[PATTERN_COUNT];
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    bool compiled; /* by JIT, at least one */
    bool *ran_out; /* of memory, since it was last asked */
};

static bool compile_pattern(rg_affixes *a, int which, rg_str pattern,
                            const rg_model *model, rg_error *err)
{
    int code;
    PCRE2_SIZE at;
    uint32_t anchored = which == PREFIX || which == URL ? PCRE2_ANCHORED : 0;
    a->patterns[which] =
        pcre2_compile((PCRE2_SPTR)pattern.bytes, (PCRE2_SIZE)pattern.len,
                      PCRE2_UTF | PCRE2_UCP | anchored, &code, &at, NULL);
    if (!a->patterns[which] && code == PCRE2_ERROR_HEAP_FAILED)
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    if (!a->patterns[which])
        return rg_table_fail(model, "tokenizer.patterns", err);
    /* Without JIT (which a system may forbid) the same expressions are interpreted. */
    int jit = pcre2_jit_compile(a->patterns[which], PCRE2_JIT_COMPLETE);
    a->compiled = a->compiled || jit == 0;
    return true;
}

static bool compile_patterns(rg_affixes *a, const rg_strings *strings,
                             const rg_model *model, rg_error *err)
{
    static const char name[] = "tokenizer.patterns";
    rg_numbers patterns;
    if (!rg_numbers_open(&patterns, model, name, 1, err))
        return false;
    if (patterns.count != PATTERN_COUNT
        || !rg_numbers_check(&patterns, 1, 0, strings->count, false))
        return rg_table_fail(model, name, err);
    for (int i = 0; i < PATTERN_COUNT; i++)
        if (!compile_pattern(a, i, rg_strings_at(strings, patterns.at[i]), model, err))
            return false;
    a->match = pcre2_match_data_create(1, NULL);
    a->context = pcre2_match_context_create(NULL);
    a->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_LARGEST, NULL);
    if (!a->match || !a->context || (a->compiled && !a->stack))
        return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    if (a->stack) /* there is none without JIT */
        pcre2_jit_stack_assign(a->context, NULL, a->stack);
    return true;
}

/* The first match in `text` at or after `from`. A limit that is met counts as none. */
static bool find_match(const rg_affixes *a, int which, rg_str text, int from,
                       int *start, int *end)
{
    int found =
        pcre2_match(a->patterns[which], (PCRE2_SPTR)text.bytes, (PCRE2_SIZE)text.len,
                    (PCRE2_SIZE)from, PCRE2_NO_UTF_CHECK, a->match, a->context);
    *a->ran_out |= found == PCRE2_ERROR_NOMEMORY;
    if (found < 0)
        return false;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(a->match);
    *start = (int)ends[0];
    *end = (int)ends[1];
    return true;
}

int rg_affixes_prefix(const rg_affixes *affixes, rg_str text)
{
    int start, end;
    return text.len > 0 && find_match(affixes, PREFIX, text, 0, &start, &end) ? end : 0;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Where the search for a suffix may begin: every one begins there or behind it. */
static int suffix_search_start(rg_str text)
{
    int dots = text.len;
    while (dots > 0 && text.bytes[dots - 1] == '.')
        dots--;
    int at = text.len - SUFFIX_WINDOW;
    if (dots < at)
        at = dots;
    while (at > 0 && is_continuation(text.bytes[at]))
        at--;
    return at > 0 ? at : 0;
}

int rg_affixes_suffix(const rg_affixes *affixes, rg_str text)
{
    int start, end;
    if (text.len == 0
        || !find_match(affixes, SUFFIX, text, suffix_search_start(text), &start, &end))
        return 0;
    return text.len - start;
}

bool rg_affixes_infix(const rg_affixes *affixes, rg_str text, int from, int *start,
                      int *end)
{
    return find_match(affixes, INFIX, text, from, start, end);
}

/* A URL has a full stop. */
bool rg_affixes_is_url(const rg_affixes *affixes, rg_str text)
{
    int start, end;
    return rg_str_find_byte(text, '.', 0) >= 0
           && find_match(affixes, URL, text, 0, &start, &end);
}

bool rg_affixes_ran_out(const rg_affixes *affixes)
{
    bool ran_out = *affixes->ran_out;
    *affixes->ran_out = false;
    return ran_out;
}

bool rg_affixes_new(rg_affixes **out, rg_arena *arena, const rg_model *model,
                    rg_error *err)
{
    rg_strings strings;
    *out = rg_new(arena, rg_affixes, 1);
    (*out)->ran_out = rg_new(arena, bool, 1);
    return rg_strings_open(&strings, model, err)
           && compile_patterns(*out, &strings, model, err);
}

void rg_affixes_free(rg_affixes *affixes)
{
    if (!affixes)
        return;
    for (int i = 0; i < PATTERN_COUNT; i++)
        pcre2_code_free(affixes->patterns[i]);
    pcre2_match_data_free(affixes->match);
    pcre2_match_context_free(affixes->context);
    pcre2_jit_stack_free(affixes->stack);
}
