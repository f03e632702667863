/* regex.c - regular expressions of rule files; only user of PCRE2 in rules/.
 *
 * A rule file may come from anybody: what could run long or reach outside is refused when
 * it is loaded, the rest is stopped by limits, and being stopped is told, never taken for
 * "no match". No JIT: it and the interpreter disagree about limits.
 */
#include "rules/regex.h"

#include "base/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    MAX_PATTERN = 4096,
    MAX_PARENTHESES = 50,
    MAX_COMPILED = 64 * 1024,
    MAX_LOOKBEHIND = 255,
    MATCH_LIMIT = 100 * 1000,
    DEPTH_LIMIT = 1000,
    HEAP_LIMIT = 8192, /* KiB */
};

/* Byte of the scalar at which byte i of the pattern stands. */
static bool fail_in_pattern(rg_compiler *c, rg_scalar at, int i, const char *hint,
                            const char *what)
{
    return rg_pattern_error(c, at, i, "regex", hint,
                            "regular expression: %s (at byte %d)", what, i);
}

/* Verbs "(*...)" and callouts "(?C)" steer the matcher itself. */
static bool check_text(rg_compiler *c, rg_scalar at, rg_str pattern)
{
    if (pattern.len == 0)
        return fail_in_pattern(c, at, 0, NULL, "it is empty");
    if (pattern.len > MAX_PATTERN)
        return fail_in_pattern(c, at, MAX_PATTERN, NULL, "longer than 4096 bytes");
    int bad = rg_utf8_find_bad(pattern);
    if (bad >= 0)
        return fail_in_pattern(c, at, bad, NULL, "not UTF-8");
    int verb = rg_str_find(pattern, RG_STR("(*"), 0);
    if (verb >= 0)
        return fail_in_pattern(c, at, verb, NULL, "verbs '(*...)' are not allowed");
    int callout = rg_str_find(pattern, RG_STR("(?C"), 0);
    if (callout >= 0)
        return fail_in_pattern(c, at, callout, NULL, "callouts '(?C)' are not allowed");
    return true;
}

static void free_code(void *code)
{
    pcre2_code_free(code);
}

static pcre2_code *compile(rg_compiler *c, rg_scalar at, rg_str pattern, bool caseless)
{
    pcre2_compile_context *limits = pcre2_compile_context_create(NULL);
    if (!limits)
        rg_arena_give_up(c->arena);
    pcre2_set_max_pattern_length(limits, MAX_PATTERN);
    pcre2_set_parens_nest_limit(limits, MAX_PARENTHESES);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C
                       | (caseless ? (uint32_t)PCRE2_CASELESS : 0);
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.bytes, (PCRE2_SIZE)pattern.len,
                                     options, &error, &offset, limits);
    pcre2_compile_context_free(limits);
    if (code) {
        rg_arena_own(c->rules->arena, code, free_code);
        return code;
    }
    if (error == PCRE2_ERROR_HEAP_FAILED)
        rg_arena_give_up(c->arena);

    char what[200] = "";
    pcre2_get_error_message(error, (PCRE2_UCHAR *)what, sizeof what);
    fail_in_pattern(c, at, (int)offset, NULL, what);
    return NULL;
}

static bool check_code(rg_compiler *c, rg_scalar at, const pcre2_code *code)
{
    uint32_t match_empty = 0, lookbehind = 0;
    size_t size = 0;
    pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &match_empty);
    pcre2_pattern_info(code, PCRE2_INFO_MAXLOOKBEHIND, &lookbehind);
    pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size);
    if (match_empty)
        return fail_in_pattern(c, at, 0, "write '+' for '*', or leave it out",
                               "it matches the empty text, so it holds of every word");
    if (size > MAX_COMPILED)
        return fail_in_pattern(c, at, 0, NULL, "too large when compiled");
    if (lookbehind > MAX_LOOKBEHIND)
        return fail_in_pattern(c, at, 0, NULL, "looks back more than 255 characters");
    return true;
}

static rg_str key_of(rg_arena *arena, rg_str pattern, bool caseless)
{
    rg_buf key = rg_buf_in(arena);
    rg_buf_byte(&key, caseless ? 'i' : '-');
    rg_buf_put(&key, pattern);
    return rg_buf_str(&key);
}

/* Key -> index of the expressions that the rules have. */
static rg_map *known_regexes(rg_compiler *c)
{
    if (c->regexes)
        return c->regexes;
    c->regexes = rg_map_new(c->arena);
    for (int i = 0; i < c->rules->regex_count; i++) {
        const rg_regex *one = &c->rules->regexes[i];
        rg_map_put(c->regexes, key_of(c->arena, one->text, one->caseless));
    }
    return c->regexes;
}

int rg_regex_add(rg_compiler *c, rg_scalar at, rg_str pattern, bool caseless)
{
    rg_rules *rules = c->rules;
    rg_str key = key_of(c->arena, pattern, caseless);
    int known = rg_map_find(known_regexes(c), key);
    if (known >= 0)
        return known;
    if (!check_text(c, at, pattern))
        return RG_NONE;
    pcre2_code *code = compile(c, at, pattern, caseless);
    if (!code)
        return RG_NONE;
    if (!check_code(c, at, code)) {
        rg_arena_release(c->rules->arena, code);
        return RG_NONE;
    }
    rules->regexes = rg_arena_grow(c->arena, rules->regexes, rules->regex_count,
                                   &c->regex_capacity, sizeof(rg_regex));
    rules->regexes[rules->regex_count] = (rg_regex){.text = pattern,
                                                    .caseless = caseless,
                                                    .code = code,
                                                    .file = at.file,
                                                    .offset = at.offset};
    rg_map_put(c->regexes, key);
    return rules->regex_count++;
}

bool rg_regex_matches(const rg_regex *regex, rg_arena *arena, rg_str text,
                      bool *limit_hit)
{
    pcre2_match_data *found = pcre2_match_data_create(1, NULL);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    int result = PCRE2_ERROR_NOMEMORY;
    if (found && limits) {
        pcre2_set_match_limit(limits, MATCH_LIMIT);
        pcre2_set_depth_limit(limits, DEPTH_LIMIT);
        pcre2_set_heap_limit(limits, HEAP_LIMIT);
        result = pcre2_match(regex->code, (PCRE2_SPTR)text.bytes, (PCRE2_SIZE)text.len,
                             0, 0, found, limits);
    }
    pcre2_match_context_free(limits);
    pcre2_match_data_free(found);
    if (result == PCRE2_ERROR_NOMEMORY)
        rg_arena_give_up(arena);
    if (result < 0 && result != PCRE2_ERROR_NOMATCH)
        *limit_hit = true;
    return result >= 0;
}

void rg_rules_free(const rg_rules *rules)
{
    if (!rules)
        return;
    for (int i = rules->regex_count - 1; i >= 0; i--)
        rg_arena_release(rules->arena, rules->regexes[i].code);
    for (int i = 0; i < rules->mapped_count; i++)
        rg_file_unmap(&rules->mapped[i]);
}

bool rg_rules_regex_matches(const rg_rules *rules, int regex, rg_arena *arena,
                            rg_str text, bool *limit_hit)
{
    return rg_regex_matches(&rules->regexes[regex], arena, text, limit_hit);
}
