/* strata.c - in which order edges are derived.
 *
 * An edge that a path reads must be complete before `unless` or "!has" asks that it is
 * absent. As in Datalog (Ullman, Principles of Database and Knowledge-Base Systems, 1988,
 * 3.6): a line's stratum is at least that of all edges it reads, and above that of those
 * whose absence it asks for. Recursion through absence has no meaning and is refused.
 */
#include "rules/reader.h"

/* Edges that lines make: of one name and fixed sub-label, or of any sub-label ("{p}"). */
typedef struct made {
    int name, sub;
    bool open;
    int stratum;
} made;

typedef struct reads {
    const rg_rules *rules;
    rg_arena *arena;
    made *items;
    int count;
    int needed; /* stratum that the line under work needs */
} reads;

/* May the expression match the label of such an edge? Of an open one nobody knows. */
static bool may_match(const reads *r, int regex, const made *one)
{
    bool limit = false;
    rg_str text = rg_map_key(r->rules->symbols, one->name);
    if (one->open)
        return true;
    if (one->sub != RG_NONE)
        text = rg_arena_format(r->arena, "%.*s:%.*s", RG_PRINT(text),
                               RG_PRINT(rg_map_key(r->rules->symbols, one->sub)));
    return rg_rules_regex_matches(r->rules, regex, text, &limit) || limit;
}

/* May the label be that of such an edge? */
static bool is_read(const reads *r, const rg_label *label, const made *one)
{
    if (label->regex != RG_NONE)
        return may_match(r, label->regex, one);
    if (label->name != one->name)
        return false;
    if (label->any_sub)
        return one->open || one->sub != RG_NONE;
    return one->open ? label->sub != RG_NONE : label->sub == one->sub;
}

static void read_label_stratum(reads *r, const rg_label *label, bool absent)
{
    for (int i = 0; i < r->count; i++) {
        int needed = r->items[i].stratum + absent;
        if (needed > r->needed && is_read(r, label, &r->items[i]))
            r->needed = needed;
    }
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
    const rg_map *symbols = c->rules->symbols;
    rg_str name = rg_map_key(symbols, line->name);
    if (line->sub != RG_NONE)
        name = rg_arena_format(c->arena, "%.*s:%.*s", RG_PRINT(name),
                               RG_PRINT(rg_map_key(symbols, line->sub)));
    if (line->sub_slot != RG_NONE)
        name = rg_arena_format(c->arena, "%.*s:{%.*s}", RG_PRINT(name),
                               RG_PRINT(line->slots.names[line->sub_slot]));
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

static made *find_made(reads *r, const rg_derive *line)
{
    bool open = line->sub_slot != RG_NONE;
    for (int i = 0; i < r->count; i++)
        if (r->items[i].name == line->name && r->items[i].sub == line->sub
            && r->items[i].open == open)
            return &r->items[i];
    r->items[r->count] = (made){line->name, line->sub, open, 0};
    return &r->items[r->count++];
}

bool rg_pattern_stratify(rg_compiler *c)
{
    rg_rules *rules = c->rules;
    reads r = {.rules = rules,
               .arena = c->arena,
               .items = rg_new(c->arena, made, rules->derive_count + 1)};
    for (int i = 0; i < rules->derive_count; i++)
        find_made(&r, &rules->derives[i]);
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < rules->derive_count; i++) {
            rg_derive *line = &rules->derives[i];
            made *one = find_made(&r, line);
            int needed = stratum_needed(&r, line);
            if (needed > r.count)
                return report_cycle(c, line);
            if (needed > one->stratum) {
                one->stratum = needed;
                changed = true;
            }
        }
    }
    for (int i = 0; i < rules->derive_count; i++)
        rules->derives[i].stratum = find_made(&r, &rules->derives[i])->stratum;
    sort_by_stratum(c);
    return true;
}
