#include "extract/needs.h"

static void add_reads(path_needs *needs, const rg_step *steps, int count);

static void add_crit(path_needs *needs, const rg_crit *crit)
{
    for (int i = 0; i < crit->value_count; i++)
        needs->types |= crit->values[i].kind == RG_VALUE_TYPE;
    needs->types |= crit->kind == RG_CRIT_INSIDE;
    add_reads(needs, crit->steps, crit->step_count);
}

/* As deep as groups and constraints nest, which path.c limits. */
static void add_reads(path_needs *needs, const rg_step *steps, int count)
{
    for (int i = 0; i < count; i++) {
        const rg_step *step = &steps[i];
        if (step->kind == RG_STEP_EDGE)
            needs->reads |= step->mask;
        for (int c = 0; c < step->crit_count; c++)
            add_crit(needs, &step->crits[c]);
        for (int a = 0; a < step->alternative_count; a++)
            add_reads(needs, step->alternatives[a].items, step->alternatives[a].count);
    }
}

static void add_must(path_needs *needs, const rg_step *step)
{
    if (step->kind == RG_STEP_EDGE && step->min > 0 && needs->must_count < MOST_NEEDS)
        needs->must[needs->must_count++] = step->mask;
}

path_needs needs_of(const rg_path *path)
{
    path_needs needs = {.must_count = 0};
    add_reads(&needs, path->steps.items, path->steps.count);
    for (int i = 0; i < path->steps.count; i++) {
        const rg_step *step = &path->steps.items[i];
        add_must(&needs, step);
        for (int c = 0; c < step->crit_count; c++)
            for (int h = 0;
                 h < step->crits[c].step_count && step->crits[c].kind == RG_CRIT_HAS
                 && !step->crits[c].negated;
                 h++)
                add_must(&needs, &step->crits[c].steps[h]);
    }
    return needs;
}

path_needs needs_of_repair(const rg_repair *repair)
{
    path_needs needs = needs_of(&repair->matches.items[0]);
    for (int i = 1; i < repair->matches.count; i++)
        add_reads(&needs, repair->matches.items[i].steps.items,
                  repair->matches.items[i].steps.count);
    return needs;
}

path_needs needs_of_line(const rg_derive *line)
{
    path_needs needs = needs_of(&line->path);
    for (int i = 0; i < line->condition_count; i++) {
        const rg_paths *paths = &line->conditions[i].paths;
        for (int p = 0; p < paths->count; p++)
            add_reads(&needs, paths->items[p].steps.items, paths->items[p].steps.count);
    }
    return needs;
}

bool needs_are_met(const path_needs *needs, uint64_t labels)
{
    for (int i = 0; i < needs->must_count; i++)
        if (!(needs->must[i] & labels))
            return false;
    return true;
}
