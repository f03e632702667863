/* strata.c - in which order edges are derived.
 *
 * An edge that a path reads must be complete before `unless` or "!has" asks that it is
 * absent. As in Datalog (Ullman, Principles of Database and Knowledge-Base Systems, 1988,
 * 3.6): a line's stratum is at least that of all edges it reads, and above that of those
 * whose absence it asks for. Recursion through absence has no meaning and is refused.
 */
#include "rules/reader.h"

typedef struct reads {
    const rg_rules *rules;
    const rg_map *names; /* derived edge names: their ids index `stratum` */
    const rg_map *subs;  /* those that always have a sub-label */
    int *stratum;
    int needed; /* stratum that the line under work needs */
} reads;

/* May the label be that of an edge of this name? */
static bool is_read(const reads *r, const rg_label *label, rg_str name)
{
    bool limit = false;
    if (label->regex == RG_NONE)
        return rg_str_equal(name, rg_map_key(r->rules->symbols, label->name));
    return rg_map_find(r->subs, name) >= 0
           || rg_rules_regex_matches(r->rules, label->regex, name, &limit) || limit;
}

static void read_edge_stratum(reads *r, int id, bool absent)
{
    int needed = r->stratum[id] + absent;
    if (needed > r->needed)
        r->needed = needed;
}

static void read_label_stratum(reads *r, const rg_label *label, bool absent)
{
    for (int id = 0; id < rg_map_count(r->names); id++)
        if (is_read(r, label, rg_map_key(r->names, id)))
            read_edge_stratum(r, id, absent);
}

static void read_steps_strata(reads *r, const rg_step *steps, int count, bool absent);

static void read_step_strata(reads *r, const rg_step *step, bool absent)
{
    for (int i = 0; i < step->label_count; i++)
        read_label_stratum(r, &step->labels[i], absent);
    for (int i = 0; i < step->alternative_count; i++)
        read_steps_strata(r, step->alternatives[i].items, step->alternatives[i].count,
                          absent);
    for (int i = 0; i < step->crit_count; i++)
        read_steps_strata(r, step->crits[i].steps, step->crits[i].step_count,
                          absent || step->crits[i].negated);
}

/* Calls itself as deep as groups and `has` nest, which path.c limits. */
static void read_steps_strata(reads *r, const rg_step *steps, int count, bool absent)
{
    for (int i = 0; i < count; i++)
        read_step_strata(r, &steps[i], absent);
}

static int stratum_needed(reads *r, const rg_derive *line)
{
    r->needed = 0;
    read_steps_strata(r, line->path.steps.items, line->path.steps.count, false);
    for (int i = 0; i < line->condition_count; i++) {
        const rg_condition *condition = &line->conditions[i];
        for (int j = 0; j < condition->paths.count; j++)
            read_steps_strata(r, condition->paths.items[j].steps.items,
                              condition->paths.items[j].steps.count, condition->unless);
    }
    return r->needed;
}

static bool report_cycle(rg_compiler *c, const rg_derive *line)
{
    rg_str name = rg_map_key(c->rules->symbols, line->name);
    rg_scalar at = {.file = line->file, .offset = line->offset, .exact = true};
    return rg_pattern_error(
        c, at, 0, "cycle", "what 'unless' or '!has' asks about must not need this edge",
        "edge '%.*s' depends on its own absence", RG_PRINT(name));
}

/* Stable: by stratum, then in order of the files. */
static void sort_by_stratum(rg_compiler *c)
{
    rg_rules *rules = c->rules;
    rg_derive *sorted = rg_new(c->arena, rg_derive, rules->derive_count);
    int done = 0;
    for (int stratum = 0; done < rules->derive_count; stratum++)
        for (int i = 0; i < rules->derive_count; i++)
            if (rules->derives[i].stratum == stratum)
                sorted[done++] = rules->derives[i];
    rules->derives = sorted;
}

bool rg_pattern_stratify(rg_compiler *c)
{
    rg_rules *rules = c->rules;
    int count = rg_map_count(c->derived);
    reads r = {.rules = rules,
               .names = c->derived,
               .subs = c->derived_subs,
               .stratum = rg_new(c->arena, int, count + 1)};
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < rules->derive_count; i++) {
            rg_derive *line = &rules->derives[i];
            int id = rg_map_find(c->derived, rg_map_key(rules->symbols, line->name));
            int needed = stratum_needed(&r, line);
            if (needed > count)
                return report_cycle(c, line);
            if (needed > r.stratum[id]) {
                r.stratum[id] = needed;
                changed = true;
            }
        }
    }
    for (int i = 0; i < rules->derive_count; i++)
        rules->derives[i].stratum = r.stratum[rg_map_find(
            c->derived, rg_map_key(rules->symbols, rules->derives[i].name))];
    sort_by_stratum(c);
    return true;
}
