/* regex_fuzz.c - any text as a regular expression is refused with a place, or answers the
 * same twice and within its limits.
 *
 * The first line of the input is the expression, each further line a text. An expression
 * that loads does not match nothing. */
#include "fuzz_rules.h"

#include "base/utf8.h"

/* The expression in a rule file, in the quotes of YAML; its case is that of the letters. */
static rg_str write_rules(rg_arena *arena, rg_str pattern)
{
    rg_buf out = rg_buf_in(arena);
    rg_buf_text(&out, "relgraph: 1\nrules:\n  - rule: r\n    args: {a: v >, b: v <}\n"
                      "    relation: r\n    match: {v: \"[text=/");
    fuzz_put_scalar(&out, pattern);
    rg_buf_text(&out, "/]\"}\n");
    return rg_buf_str(&out);
}

static void search(const rg_rules *rules, rg_arena *arena, rg_str text)
{
    if (rg_utf8_find_bad(text) >= 0)
        return;
    for (int i = 0; i < rules->regex_count; i++) {
        bool stopped = false, again = false;
        bool found = rg_rules_regex_matches(rules, i, arena, text, &stopped);
        fuzz_check(found == rg_rules_regex_matches(rules, i, arena, text, &again));
        fuzz_check(stopped == again && !(found && stopped));
        fuzz_check(!found || text.len > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > 4096)
        return 0;
    rg_arena *arena = rg_arena_new();
    rg_str input = fuzz_input(bytes, size);
    int end = size > 0 ? rg_str_find_byte(input, '\n', 0) : -1;
    rg_str all = write_rules(arena, rg_str_cut(input, 0, end < 0 ? input.len : end));
    const rg_rules *rules;
    bool ok = fuzz_load_text(&rules, arena, &all);
    while (ok && end >= 0) {
        int from = end + 1;
        end = rg_str_find_byte(input, '\n', from);
        search(rules, arena, rg_str_cut(input, from, end < 0 ? input.len : end));
    }
    rg_rules_free(rules);
    rg_arena_free(arena);
    return 0;
}
