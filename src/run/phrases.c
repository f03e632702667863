#include "run/phrases.h"

/* Compiling the phrases of one set. */
typedef struct compiling {
    rg_arena *arena;
    const rg_rules *rules;
    const rg_extractor *extractor; /* of rules, their phrases asleep */
    const rg_checker *checker;
    rg_variants variants;
    int *chosen; /* reading of each variant */
    int errors;
} compiling;

bool rg_phrases_wait(const rg_rules *rules)
{
    for (int i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].say_count > 0 && rules->rules[i].anchor_text.len == 0)
            return true;
    return false;
}

static rg_finding at_phrase(const compiling *c, const rg_variant *variant,
                            rg_severity severity, const char *hint)
{
    const rg_rule *rule = &c->rules->rules[variant->rule];
    const rg_file *file = &c->rules->files[rule->file];
    return (rg_finding){
        .severity = severity,
        .id = "phrase",
        .hint = hint,
        .at = {file->path, file->text, rule->says[variant->phrase].offset}};
}

/* Is there a variant of the same phrase that has a reading? */
static bool has_reading(const compiling *c, const rg_variant *one)
{
    for (int i = 0; i < c->variants.count; i++) {
        const rg_variant *other = &c->variants.items[i];
        if (other->rule == one->rule && other->phrase == one->phrase
            && other->reading_count > 0)
            return true;
    }
    return false;
}

static void report_unread(compiling *c, const rg_variant *variant)
{
    if (has_reading(c, variant))
        return;
    c->errors++;
    rg_report(
        c->checker->reporter,
        at_phrase(c, variant, RG_ERROR,
                  "write it as a short sentence in the present: <org> acquires <org>"),
        "the words and slots of the phrase cannot be joined; it was read as: %.*s",
        RG_PRINT(variant->text));
}

static rg_str describe(rg_arena *arena, const rg_rule *rule, const rg_reading *reading)
{
    rg_buf out = rg_buf_in(arena);
    rg_buf_put(&out, reading->anchor);
    for (int i = 0; i < rule->arg_count; i++)
        if (reading->args[i].len > 0)
            rg_buf_format(&out, "; %.*s: %.*s",
                          RG_PRINT(rule->slots.names[rule->args[i].slot]),
                          RG_PRINT(reading->args[i]));
    return rg_buf_str(&out);
}

static void warn_split(const compiling *c, const rg_variant *variant)
{
    const rg_rule *rule = &c->rules->rules[variant->rule];
    const rg_reading *first = &variant->readings[0], *second = &variant->readings[1];
    rg_report(
        c->checker->reporter,
        at_phrase(c, variant, RG_WARNING,
                  "examples decide which is meant: examples: [SENTENCE => A | r | B]"),
        "the phrase is read in two ways: %.*s (%d of %d), and %.*s (%d)",
        RG_PRINT(describe(c->arena, rule, first)), first->votes, variant->tried,
        RG_PRINT(describe(c->arena, rule, second)), second->votes);
}

/* Do the rule's examples hold with the readings that are chosen now? */
static bool prove(compiling *c, const rg_rule *rule, bool *holds, rg_error *err)
{
    const rg_rules *made;
    rg_checker checker = *c->checker;
    if (!rg_phrases_apply(&made, c->arena, c->rules, &c->variants, c->chosen,
                          checker.reporter, err))
        return false;
    checker.rules = made;
    checker.extractor = rg_extract_new(c->arena, made);
    return rg_check_rule(holds, c->arena, &checker, rule->id, err);
}

/* The first reading that holds the examples; the best-voted one if none does. */
static bool choose(compiling *c, int index, rg_error *err)
{
    const rg_variant *variant = &c->variants.items[index];
    const rg_rule *rule = &c->rules->rules[variant->rule];
    if (rule->examples.count == 0) {
        warn_split(c, variant);
        return true;
    }
    for (int i = 0; i < variant->reading_count; i++) {
        bool holds = false;
        c->chosen[index] = i;
        if (!prove(c, rule, &holds, err))
            return false;
        if (holds)
            return true;
    }
    c->chosen[index] = 0;
    return true;
}

static bool choose_all(compiling *c, rg_error *err)
{
    c->chosen = rg_new(c->arena, int, c->variants.count + 1);
    for (int i = 0; i < c->variants.count; i++) {
        c->chosen[i] = c->variants.items[i].reading_count > 0 ? 0 : RG_NONE;
        if (c->chosen[i] == RG_NONE)
            report_unread(c, &c->variants.items[i]);
    }
    if (c->errors > 0) {
        rg_fail(err, RG_ERROR_RULE, RG_NOWHERE, "%d phrases cannot be read", c->errors);
        err->reported = true;
        return false;
    }
    for (int i = 0; i < c->variants.count; i++)
        if (c->variants.items[i].reading_count > 1 && !choose(c, i, err))
            return false;
    return true;
}

bool rg_phrases_compile(const rg_rules **rules, rg_arena *arena,
                        const rg_checker *checker, rg_error *err)
{
    compiling c = {.arena = arena,
                   .rules = *rules,
                   .checker = checker,
                   .extractor = rg_extract_new(arena, *rules)};
    for (int i = 0; i < c.rules->rule_count; i++)
        if (c.rules->rules[i].say_count > 0
            && !rg_phrases_read(&c.variants, arena, c.extractor, checker->lang, i, err))
            return false;
    return choose_all(&c, err)
           && rg_phrases_apply(rules, arena, c.rules, &c.variants, c.chosen,
                               checker->reporter, err);
}
