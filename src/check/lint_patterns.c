/* lint_patterns.c - constraints that no token can pass: [VERB, NOUN], [buy, !buy]. */
#include "check/lint.h"

#include "base/buf.h"

/* Where the steps at work stand: of a path each step has its place, of an anchor and a
 * surface pattern the rule has. */
typedef struct pattern_place {
    linter *l;
    int file, offset;
    const rg_path *path; /* or NULL */
} pattern_place;

/* Does the criterion ask for one of some words of one attribute? *attr gets it. */
static bool is_plain(const rg_crit *crit, rg_attr *attr)
{
    if (crit->kind != RG_CRIT_VALUES || crit->value_count == 0)
        return false;
    *attr = crit->attr;
    for (int i = 0; i < crit->value_count; i++) {
        rg_value_kind kind = crit->values[i].kind;
        rg_attr one = crit->attr != RG_ATTR_ANY ? crit->attr
                      : kind == RG_VALUE_POS    ? RG_ATTR_POS
                                                : RG_ATTR_LEMMA;
        if ((kind != RG_VALUE_POS && kind != RG_VALUE_WORD) || (i > 0 && one != *attr))
            return false;
        *attr = one;
    }
    return true;
}

static bool has_value(const rg_crit *crit, int id)
{
    for (int i = 0; i < crit->value_count; i++)
        if (crit->values[i].id == id)
            return true;
    return false;
}

/* Of the values of `a`, is none (or, if b is negated, each) among those of `b`? */
static bool excludes(const rg_crit *a, const rg_crit *b)
{
    for (int i = 0; i < a->value_count; i++)
        if (has_value(b, a->values[i].id) != b->negated)
            return false;
    return true;
}

static bool is_contrary(const rg_crit *a, const rg_crit *b)
{
    rg_attr one, other;
    if ((a->kind == RG_CRIT_BEFORE && b->kind == RG_CRIT_AFTER)
        || (a->kind == RG_CRIT_AFTER && b->kind == RG_CRIT_BEFORE))
        return a->slot == b->slot && !a->negated && !b->negated;
    if (!is_plain(a, &one) || !is_plain(b, &other) || one != other
        || a->feature != b->feature || (a->negated && b->negated))
        return false;
    return a->negated ? excludes(b, a) : excludes(a, b);
}

static void put_values(rg_buf *out, const rg_rules *rules, const rg_crit *crit)
{
    if (crit->kind != RG_CRIT_VALUES) {
        rg_buf_text(out, crit->kind == RG_CRIT_BEFORE ? "before" : "after");
        return;
    }
    rg_buf_text(out, crit->negated ? "!" : "");
    for (int i = 0; i < crit->value_count; i++)
        rg_buf_format(out, "%s%.*s", i ? "|" : "",
                      RG_PRINT(rg_map_key(rules->symbols, crit->values[i].id)));
}

static void put_contrary(const pattern_place *at, const rg_step *step, const rg_crit *a,
                         const rg_crit *b)
{
    rg_buf text = rg_buf_in(at->l->arena);
    rg_buf_text(&text, "no token can be both '");
    put_values(&text, at->l->rules, a);
    rg_buf_text(&text, "' and '");
    put_values(&text, at->l->rules, b);
    rg_buf_byte(&text, '\'');
    int offset = at->path ? at->path->offset + step->offset - at->path->at : at->offset;
    lint_add(at->l, (style_finding){.id = "impossible",
                                    .hint = "between alternatives write |: [VERB|NOUN]",
                                    .text = rg_buf_str(&text),
                                    .file = at->file,
                                    .offset = offset});
}

static void check_steps(const pattern_place *at, const rg_step *steps, int count);

static void check_test(const pattern_place *at, const rg_step *step)
{
    for (int i = 0; i < step->crit_count; i++) {
        check_steps(at, step->crits[i].steps, step->crits[i].step_count);
        for (int j = i + 1; j < step->crit_count; j++)
            if (is_contrary(&step->crits[i], &step->crits[j])) {
                put_contrary(at, step, &step->crits[i], &step->crits[j]);
                return;
            }
    }
}

/* As deep as groups and constraints nest, which path.c limits. */
static void check_steps(const pattern_place *at, const rg_step *steps, int count)
{
    for (int i = 0; i < count; i++) {
        check_test(at, &steps[i]);
        for (int a = 0; a < steps[i].alternative_count; a++)
            check_steps(at, steps[i].alternatives[a].items,
                        steps[i].alternatives[a].count);
    }
}

static void check_paths(linter *l, int file, const rg_path *paths, int count)
{
    for (int i = 0; i < count; i++) {
        const pattern_place at = {l, file, 0, &paths[i]};
        check_steps(&at, paths[i].steps.items, paths[i].steps.count);
    }
}

static void check_rule(linter *l, const rg_rule *rule)
{
    const pattern_place at = {l, rule->file, rule->offset, NULL};
    check_test(&at, &rule->anchor);
    check_paths(l, rule->file, rule->nots, rule->not_count);
    for (int i = 0; i < rule->arg_count; i++)
        check_paths(l, rule->file, rule->args[i].paths.items,
                    rule->args[i].paths.count);
    for (int i = 0; i < rule->with_count; i++)
        check_paths(l, rule->file, rule->withs[i].paths.items,
                    rule->withs[i].paths.count);
    for (int i = 0; rule->surface && i < rule->surface->count; i++)
        check_test(&at, &rule->surface->moves[i].test);
}

static void check_layers(linter *l)
{
    const rg_rules *rules = l->rules;
    for (int i = 0; i < rules->repair_count; i++)
        if (lint_is_checked(l, rules->repairs[i].file))
            check_paths(l, rules->repairs[i].file, rules->repairs[i].matches.items,
                        rules->repairs[i].matches.count);
    for (int i = 0; i < rules->derive_count; i++) {
        const rg_derive *line = &rules->derives[i];
        if (!lint_is_checked(l, line->file))
            continue;
        check_paths(l, line->file, &line->path, 1);
        for (int c = 0; c < line->condition_count; c++)
            check_paths(l, line->file, line->conditions[c].paths.items,
                        line->conditions[c].paths.count);
    }
    for (int i = 0; i < rules->attribute_count; i++)
        if (lint_is_checked(l, rules->attributes[i].file))
            check_paths(l, rules->attributes[i].file, rules->attributes[i].when.items,
                        rules->attributes[i].when.count);
}

void lint_patterns(linter *l)
{
    for (int i = 0; i < l->rules->rule_count; i++)
        if (l->rules->rules[i].enabled && lint_is_checked(l, l->rules->rules[i].file))
            check_rule(l, &l->rules->rules[i]);
    check_layers(l);
}
