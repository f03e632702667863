#include "check/check.h"

#include <stdlib.h>

typedef struct linter {
    rg_arena *arena;
    const rg_rules *rules;
    rg_reporter reporter;
} linter;

static bool is_checked(const linter *l, int file)
{
    return !l->rules->files[file].included;
}

static rg_finding warning(const linter *l, const char *id, int file, int offset,
                          const char *hint)
{
    const rg_file *at = &l->rules->files[file];
    return (rg_finding){.severity = RG_WARNING,
                        .id = id,
                        .at = {at->path, at->text, offset},
                        .hint = hint};
}

/* Does some example want a triple? */
static bool has_positive(const rg_examples *examples)
{
    for (int i = 0; i < examples->count; i++)
        if (examples->items[i].wanted_count > 0 && !examples->items[i].todo)
            return true;
    return false;
}

static void check_examples(linter *l, const rg_rule *rule)
{
    if (!has_positive(&rule->examples))
        rg_report(l->reporter,
                  warning(l, "no-example", rule->file, rule->offset,
                          "write examples: [SENTENCE => SUBJECT | relation | OBJECT]"),
                  "rule '%.*s' has no example that gives a triple", RG_PRINT(rule->id));
}

/* An anchor that asks for nothing, or only for what must be absent, is tried everywhere. */
static void check_anchor(linter *l, const rg_rule *rule)
{
    for (int i = 0; i < rule->anchor.crit_count; i++)
        if (!rule->anchor.crits[i].negated)
            return;
    rg_report(l->reporter,
              warning(l, "general-anchor", rule->file, rule->offset,
                      "name a word, a list, a part of speech or a type"),
              "the anchor of rule '%.*s' fits nearly every token", RG_PRINT(rule->id));
}

static int compare_places(const void *a, const void *b)
{
    const rg_rule *one = *(const rg_rule *const *)a,
                  *other = *(const rg_rule *const *)b;
    return one->file != other->file ? one->file - other->file
                                    : one->offset - other->offset;
}

/* Rules lie in order of priority; findings come in order of the files. */
static void check_rules(linter *l)
{
    int count = l->rules->rule_count;
    const rg_rule **order = rg_new(l->arena, const rg_rule *, count + 1);
    for (int i = 0; i < count; i++)
        order[i] = &l->rules->rules[i];
    qsort(order, (size_t)count, sizeof *order, compare_places);
    for (int i = 0; i < count; i++) {
        if (!order[i]->enabled || !is_checked(l, order[i]->file))
            continue;
        check_examples(l, order[i]);
        check_anchor(l, order[i]);
    }
}

/* Has the file rules of its own? One with lists only serves others. */
static bool has_rules(const rg_rules *rules, int file)
{
    for (int i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].file == file)
            return true;
    return false;
}

static void check_lists(linter *l)
{
    for (int i = 0; i < l->rules->list_count; i++) {
        const rg_list *list = &l->rules->lists[i];
        if (list->used || !is_checked(l, list->file)
            || !has_rules(l->rules, list->file))
            continue;
        rg_report(l->reporter,
                  warning(l, "unused-list", list->file, list->offset,
                          "leave it out, or name it in a rule: [$NAME]"),
                  "nothing uses the list '%.*s'", RG_PRINT(list->name));
    }
}

/* Counts what passes through to the reporter behind it: loading may warn, too. */
typedef struct counter {
    rg_reporter behind;
    int count;
} counter;

static void count_finding(void *user, const rg_message *message)
{
    counter *c = user;
    c->count++;
    if (c->behind.report)
        c->behind.report(c->behind.user, message);
}

bool rg_lint(rg_arena *arena, const rg_rules_request *request, rg_reporter reporter,
             rg_error *err)
{
    const rg_rules *rules;
    counter findings = {.behind = reporter};
    linter l = {.arena = arena, .reporter = {count_finding, &findings}};
    if (!rg_rules_load(&rules, arena, request, l.reporter, err))
        return false;
    l.rules = rules;
    check_rules(&l);
    check_lists(&l);
    rg_rules_free(rules);
    if (findings.count == 0)
        return true;
    rg_fail(err, RG_ERROR_FINDINGS, RG_NOWHERE, "%d finding%s", findings.count,
            findings.count == 1 ? "" : "s");
    err->reported = true;
    return false;
}
