/* body.c - the body that a phrase gives to its rule. */
#include "rules/pattern.h"

bool rg_rules_put_body(rg_rule *rule, rg_arena *arena, rg_rules *rules, int phrase,
                       rg_str anchor, const rg_str *args, rg_reporter reporter)
{
    rg_compiler c = rg_rules_compiler(arena, rules, reporter);
    rg_scalar at = {.file = rule->file, .offset = rule->says[phrase].offset};
    const rg_arg *given = rule->args;
    rule->args = rg_new(arena, rg_arg, rule->arg_count);
    at.value = rule->anchor_text = anchor;
    rule->hash = rg_hash_stir(rule->hash, rg_str_hash(anchor));
    bool ok = rg_pattern_constraint(&rule->anchor, &c, at, &rule->slots);
    for (int i = 0; ok && i < rule->arg_count; i++) {
        rule->args[i] = given[i];
        at.value = args[i];
        rule->hash = rg_hash_stir(rule->hash, rg_str_hash(args[i]));
        if (at.value.len > 0)
            ok = rg_pattern_paths(&rule->args[i].paths, &c, at, &rule->slots, false);
        else
            rule->args[i].mode = RG_ARG_MAYBE;
    }
    return ok;
}
