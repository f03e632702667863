/* lint.c - style of rules that load. Findings are gathered, then told in order of place. */
#include "check/lint.h"
#include "check/check.h"

#include <stdlib.h>

bool lint_is_checked(const linter *l, int file)
{
    return !l->rules->files[file].included;
}

void lint_add(linter *l, style_finding what)
{
    l->items = rg_arena_grow(l->arena, l->items, l->count, &l->room, sizeof *l->items);
    l->items[l->count++] = what;
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
    if (has_positive(&rule->examples))
        return;
    rg_str text = rg_arena_format(
        l->arena, "rule '%.*s' has no example that gives a triple", RG_PRINT(rule->id));
    lint_add(l, (style_finding){
                    .id = "no-example",
                    .hint = "write examples: [SENTENCE => SUBJECT | relation | OBJECT]",
                    .text = text,
                    .file = rule->file,
                    .offset = rule->offset,
                });
}

/* An anchor that asks for nothing, or only for what must be absent, is tried everywhere. */
static void check_anchor(linter *l, const rg_rule *rule)
{
    if (rule->surface || rule->say_count > 0)
        return;
    for (int i = 0; i < rule->anchor.crit_count; i++)
        if (!rule->anchor.crits[i].negated)
            return;
    rg_str text =
        rg_arena_format(l->arena, "the anchor of rule '%.*s' fits nearly every token",
                        RG_PRINT(rule->id));
    lint_add(l, (style_finding){
                    .id = "general-anchor",
                    .hint = "name a word, a list, a part of speech or a type",
                    .text = text,
                    .file = rule->file,
                    .offset = rule->offset,
                });
}

static void check_rules(linter *l)
{
    for (int i = 0; i < l->rules->rule_count; i++) {
        const rg_rule *rule = &l->rules->rules[i];
        if (!rule->enabled || !lint_is_checked(l, rule->file))
            continue;
        check_examples(l, rule);
        check_anchor(l, rule);
    }
}

/* Which files have rules of their own: one with lists only serves others. */
static const bool *find_rule_files(linter *l)
{
    bool *has_rules = rg_new(l->arena, bool, l->rules->file_count);
    for (int i = 0; i < l->rules->rule_count; i++)
        has_rules[l->rules->rules[i].file] = true;
    return has_rules;
}

static void check_lists(linter *l)
{
    const bool *has_rules = find_rule_files(l);
    for (int i = 0; i < l->rules->list_count; i++) {
        const rg_list *list = &l->rules->lists[i];
        if (list->used || !lint_is_checked(l, list->file) || !has_rules[list->file])
            continue;
        rg_str text = rg_arena_format(l->arena, "nothing uses the list '%.*s'",
                                      RG_PRINT(list->name));
        lint_add(l, (style_finding){
                        .id = "unused-list",
                        .hint = "leave it out, or name it in a rule: [$NAME]",
                        .text = text,
                        .file = list->file,
                        .offset = list->offset,
                    });
    }
}

static int compare_places(const void *a, const void *b)
{
    const style_finding *one = a, *other = b;
    if (one->file != other->file)
        return one->file - other->file;
    if (one->offset != other->offset)
        return one->offset - other->offset;
    return rg_str_compare(one->text, other->text);
}

static void report_finding(const linter *l, const style_finding *one,
                           rg_reporter reporter)
{
    const rg_file *file = &l->rules->files[one->file];
    rg_report(reporter,
              (rg_finding){.severity = RG_WARNING,
                           .id = one->id,
                           .at = {file->path, file->text, one->offset},
                           .hint = one->hint},
              "%.*s", RG_PRINT(one->text));
}

/* In order of place; of one file at most MOST_SHOWN, and how many more there are. */
static void report_findings(linter *l, rg_reporter reporter)
{
    enum { MOST_SHOWN = 20 };
    if (l->count > 1)
        qsort(l->items, (size_t)l->count, sizeof *l->items, compare_places);
    for (int i = 0; i < l->count;) {
        int file = l->items[i].file, count = 0;
        for (; i < l->count && l->items[i].file == file; i++)
            if (count++ < MOST_SHOWN)
                report_finding(l, &l->items[i], reporter);
        if (count > MOST_SHOWN)
            rg_report(reporter,
                      (rg_finding){.severity = RG_WARNING,
                                   .id = "more",
                                   .at = rg_place_file(l->rules->files[file].path)},
                      "and %d more", count - MOST_SHOWN);
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
    c->count += message->severity != RG_NOTE;
    if (c->behind.report)
        c->behind.report(c->behind.user, message);
}

bool rg_lint(rg_arena *arena, const rg_rules_request *request, rg_reporter reporter,
             rg_error *err)
{
    const rg_rules *rules;
    counter told = {.behind = reporter};
    rg_reporter counting = {count_finding, &told};
    if (!rg_rules_load(&rules, arena, request, counting, err))
        return false;
    linter l = {.arena = arena, .rules = rules};
    check_rules(&l);
    check_lists(&l);
    lint_twins(&l);
    lint_patterns(&l);
    report_findings(&l, counting);
    rg_rules_free(rules);
    if (told.count == 0)
        return true;
    rg_fail(err, RG_ERROR_FINDINGS, RG_NOWHERE, "%d finding%s", told.count,
            told.count == 1 ? "" : "s");
    err->reported = true;
    return false;
}
