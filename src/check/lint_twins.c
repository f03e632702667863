/* lint_twins.c - rules with the same body: one says nothing, or says it twice. */
#include "check/lint.h"

static bool is_same_path(const rg_path *a, const rg_path *b)
{
    return rg_str_equal(a->text, b->text);
}

static bool has_same_args(const rg_rule *a, const rg_rule *b)
{
    bool same = a->arg_count == b->arg_count;
    for (int i = 0; same && i < a->arg_count; i++) {
        const rg_arg *one = &a->args[i], *other = &b->args[i];
        same = one->mode == other->mode && one->paths.count == other->paths.count
               && rg_str_equal(a->slots.names[one->slot], b->slots.names[other->slot]);
        for (int p = 0; same && p < one->paths.count; p++)
            same = is_same_path(&one->paths.items[p], &other->paths.items[p]);
    }
    return same;
}

/* A phrase's slots are args without paths; its words may have different synonyms. */
static bool has_same_phrases(const rg_rule *a, const rg_rule *b)
{
    bool same = a->say_count == b->say_count && a->word_count == b->word_count;
    for (int i = 0; same && i < a->say_count; i++)
        same = rg_str_equal(a->says[i].text, b->says[i].text);
    for (int i = 0; same && i < a->word_count; i++) {
        const rg_synonyms *one = &a->words[i], *other = &b->words[i];
        same = rg_str_equal(one->word, other->word) && one->count == other->count;
        for (int k = 0; same && k < one->count; k++)
            same = rg_str_equal(one->others[k], other->others[k]);
    }
    return same;
}

static bool has_same_text(const rg_rule *a, const rg_rule *b)
{
    if (!a->surface || !b->surface)
        return a->surface == b->surface;
    bool same = a->surface->pattern_count == b->surface->pattern_count;
    for (int i = 0; same && i < a->surface->pattern_count; i++)
        same = rg_str_equal(a->surface->patterns[i], b->surface->patterns[i]);
    return same;
}

static bool has_same_tests(const rg_rule *a, const rg_rule *b)
{
    bool same = a->not_count == b->not_count && a->where_count == b->where_count;
    for (int i = 0; same && i < a->not_count; i++)
        same = is_same_path(&a->nots[i], &b->nots[i]);
    for (int i = 0; same && i < a->where_count; i++)
        same = rg_str_equal(a->wheres[i].text, b->wheres[i].text);
    return same;
}

/* Do both fit at the same places, and is what is subject and object the same? */
static bool has_same_body(const rg_rule *a, const rg_rule *b)
{
    return rg_str_equal(a->anchor_text, b->anchor_text)
           && rg_str_equal(a->slots.names[a->subject], b->slots.names[b->subject])
           && rg_str_equal(a->slots.names[a->object], b->slots.names[b->object])
           && has_same_phrases(a, b) && has_same_text(a, b) && has_same_args(a, b)
           && has_same_tests(a, b);
}

static void put_twin(linter *l, const rg_rule *rule, const char *id, const char *hint,
                     rg_str text)
{
    lint_add(l, (style_finding){.id = id,
                                .hint = hint,
                                .text = text,
                                .file = rule->file,
                                .offset = rule->offset});
}

/* The rule stands behind the other one, or has a lower priority. */
static void check_twin(linter *l, const rg_rule *rule, const rg_rule *other)
{
    const rg_file *file = &l->rules->files[other->file];
    if (rg_str_equal(rule->relation.text, other->relation.text)
        && rule->statement == other->statement)
        put_twin(l, rule, "duplicate-rule", "leave one of them out",
                 rg_arena_format(l->arena,
                                 "rule '%.*s' says the same as '%.*s' at %.*s:%d",
                                 RG_PRINT(rule->id), RG_PRINT(other->id),
                                 RG_PRINT(file->path), other->line));
    else if (other->priority > rule->priority && other->consume != RG_CONSUME_NONE)
        put_twin(
            l, rule, "shadowed-rule",
            "'consume: none' in the other rule lets both speak",
            rg_arena_format(l->arena,
                            "rule '%.*s' never says anything: '%.*s' at %.*s:%d has "
                            "the same pattern and a higher priority",
                            RG_PRINT(rule->id), RG_PRINT(other->id),
                            RG_PRINT(file->path), other->line));
}

/* What two rules with the same body have in common, so that few are compared. */
static rg_str key_of(const rg_rule *rule)
{
    return rule->say_count > 0 ? rule->says[0].text
           : rule->surface     ? rule->surface->patterns[0]
                               : rule->anchor_text;
}

static const rg_rule *find_twin(const linter *l, const int *before, int index)
{
    const rg_rule *rules = l->rules->rules;
    for (int i = before[index]; i != RG_NONE; i = before[i])
        if (has_same_body(&rules[i], &rules[index]))
            return &rules[i];
    return NULL;
}

/* Rules are in order of their priority, the highest first. */
void lint_twins(linter *l)
{
    int count = l->rules->rule_count;
    int *before = rg_new(l->arena, int, count + 1);
    int *last = rg_new(l->arena, int, count + 1);
    rg_map *keys = rg_map_new(l->arena);
    for (int i = 0; i < count; i++) {
        const rg_rule *rule = &l->rules->rules[i];
        if (!rule->enabled)
            continue;
        bool is_new = rg_map_find(keys, key_of(rule)) < 0;
        int key = rg_map_put(keys, key_of(rule));
        before[i] = is_new ? RG_NONE : last[key];
        last[key] = i;
        const rg_rule *twin = find_twin(l, before, i);
        if (twin && lint_is_checked(l, rule->file))
            check_twin(l, rule, twin);
    }
}
