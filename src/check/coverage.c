#include "check/coverage.h"

#include <stdio.h>

coverage coverage_new(rg_arena *arena, const rg_rules *rules)
{
    return (coverage){.rules = rules,
                      .fired = rg_new(arena, bool, rules->rule_count + 1),
                      .repaired = rg_new(arena, bool, rules->repair_count + 1),
                      .annotated = rg_new(arena, bool, rules->attribute_count + 1)};
}

void coverage_add(coverage *of, const rg_triples *triples)
{
    for (int i = 0; i < triples->event_count; i++) {
        const rg_event *event = &triples->events[i];
        if (event->kind == RG_EVENT_FIRED)
            of->fired[event->index] = true;
        if (event->kind == RG_EVENT_REPAIRED)
            of->repaired[event->index] = true;
    }
    for (int i = 0; i < triples->count; i++)
        for (int j = 0; j < triples->items[i].setter_count; j++) {
            int attribute = triples->items[i].setters[j].attribute;
            if (attribute != RG_NONE)
                of->annotated[attribute] = true;
        }
}

typedef struct uncovered {
    const char *what;
    rg_str id;
    int file, offset;
} uncovered;

static void report(const coverage *of, rg_reporter reporter,
                   const rg_test_request *request, const uncovered *one)
{
    const rg_file *file = &of->rules->files[one->file];
    char text[256];
    snprintf(text, sizeof text, "no example fires the %s%s%.*s%s", one->what,
             one->id.len ? " '" : "", RG_PRINT(one->id), one->id.len ? "'" : "");
    rg_report(reporter,
              (rg_finding){.severity = RG_ERROR,
                           .id = "coverage",
                           .at = {file->path, file->text, one->offset},
                           .hint = "write an example for it, or leave it out"},
              "%s", text);
    if (!request->result)
        return;
    const rg_test_result result = {
        .outcome = RG_UNCOVERED,
        .owner = one->id.len ? one->id : rg_str_of(one->what),
        .file = file->path,
        .line = rg_rules_line(of->rules, one->file, one->offset),
        .text = rg_str_of(text)};
    request->result(request->user, &result);
}

/* Does the rule fire, or a copy of it? Rules of phrases have one for each reading. */
static bool is_fired(const coverage *of, int index)
{
    const rg_rule *rule = &of->rules->rules[index];
    for (int i = 0; i < of->rules->rule_count; i++)
        if (of->fired[i] && rg_str_equal(of->rules->rules[i].id, rule->id))
            return true;
    return false;
}

static bool is_told(const coverage *of, int index)
{
    for (int i = 0; i < index; i++)
        if (rg_str_equal(of->rules->rules[i].id, of->rules->rules[index].id))
            return true;
    return false;
}

int coverage_report(const coverage *of, rg_reporter reporter,
                    const rg_test_request *request)
{
    const rg_rules *rules = of->rules;
    int count = 0;
    for (int i = 0; i < rules->repair_count; i++) {
        const rg_repair *r = &rules->repairs[i];
        if (of->repaired[i] || rules->files[r->file].included)
            continue;
        count++;
        report(of, reporter, request,
               &(uncovered){"repair", r->id, r->file, r->offset});
    }
    for (int i = 0; i < rules->rule_count; i++) {
        const rg_rule *r = &rules->rules[i];
        if (!r->enabled || rules->files[r->file].included || is_fired(of, i)
            || is_told(of, i))
            continue;
        count++;
        report(of, reporter, request, &(uncovered){"rule", r->id, r->file, r->offset});
    }
    for (int i = 0; i < rules->attribute_count; i++) {
        const rg_attribute *r = &rules->attributes[i];
        if (of->annotated[i] || rules->files[r->file].included)
            continue;
        count++;
        report(of, reporter, request,
               &(uncovered){"attribute", RG_STR(""), r->file, r->offset});
    }
    return count;
}
