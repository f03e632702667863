/* yaml_fuzz.c - any bytes as a rule file: refused with a place, or loaded, the same twice. */
#include "fuzz.h"

#include "rules/rules.h"

typedef struct told {
    rg_str source;
    int errors;
} told;

static void check_message(void *user, const rg_message *message)
{
    told *to = user;
    to->errors += message->severity == RG_ERROR;
    fuzz_check(message->text.len > 0);
    fuzz_check(message->line >= 0 && message->line <= to->source.len + 1);
    fuzz_check(message->column >= 0 && message->column <= to->source.len + 1);
}

/* Number of rules loaded, -1 if the text is refused. */
static int load(rg_str text)
{
    rg_arena *arena = rg_arena_new();
    rg_file file = {.path = RG_STR("fuzz.yaml"), .text = text};
    rg_rules_request request = {.texts = &file, .text_count = 1};
    const rg_rules *rules;
    told to = {.source = text};
    rg_error err = {0};
    bool ok =
        rg_rules_load(&rules, arena, &request, (rg_reporter){check_message, &to}, &err);
    fuzz_check(ok == (err.kind == RG_ERROR_NONE) && ok == (to.errors == 0));
    int count = ok ? rules->rule_count : -1;
    if (ok)
        rg_rules_free(rules);
    rg_arena_free(arena);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_str text = fuzz_input(bytes, size);
    fuzz_check(load(text) == load(text));
    return 0;
}
