/* strata.c - in which order edges are derived.
 *
 * An edge that a path reads must be complete before `unless` or "!has" asks that it is
 * absent. As in Datalog (Ullman, Principles of Database and Knowledge-Base Systems, 1988,
 * 3.6): an edge's stratum is at least that of all edges it reads, and above that of those
 * whose absence it asks for. Recursion through absence has no meaning and is refused.
 *
 * What reads what is a square of bits, so that any number of lines takes little time:
 * derived edges are few (RG_MAX_DERIVED).
 */
#include "rules/reader.h"

typedef struct bits {
    uint64_t words[RG_MAX_DERIVED / 64];
} bits;

/* Edges that lines make: of one name and fixed sub-label, or of any sub-label ("{p}"). */
typedef struct made {
    int name, sub;
    bool open;
    rg_str label; /* as messages show it, and (unless open) as expressions match it */
    bits reads;   /* edges that its lines read, present or absent */
    bits lacks;   /* edges whose absence they ask for */
    int stratum;
} made;

typedef struct strata {
    rg_compiler *c;
    made *items;
    int count;
    int *made_by; /* index of the edge that each line makes */
} strata;

static bool has_bit(const bits *set, int i)
{
    return set->words[i / 64] >> (i % 64) & 1;
}

static void set_bit(bits *set, int i)
{
    set->words[i / 64] |= (uint64_t)1 << (i % 64);
}

/* ---- Which edges there are ------------------------------------------------------------- */

static rg_str label_of(rg_compiler *c, const rg_derive *line)
{
    const rg_map *symbols = c->rules->symbols;
    rg_str name = rg_map_key(symbols, line->name);
    if (line->sub != RG_NONE)
        return rg_arena_format(c->arena, "%.*s:%.*s", RG_PRINT(name),
                               RG_PRINT(rg_map_key(symbols, line->sub)));
    if (line->sub_slot != RG_NONE)
        return rg_arena_format(c->arena, "%.*s:{%.*s}", RG_PRINT(name),
                               RG_PRINT(line->slots.names[line->sub_slot]));
    return name;
}

/* The edge that the line makes; RG_NONE, reported, if it is one too many. */
static int put_made(strata *s, const rg_derive *line)
{
    bool open = line->sub_slot != RG_NONE;
    for (int i = 0; i < s->count; i++)
        if (s->items[i].name == line->name && s->items[i].sub == line->sub
            && s->items[i].open == open)
            return i;
    if (s->count == RG_MAX_DERIVED) {
        rg_scalar at = {.file = line->file, .offset = line->offset, .exact = true};
        rg_pattern_error(s->c, at, 0, "limit", NULL, "more than %d derived edges",
                         RG_MAX_DERIVED);
        return RG_NONE;
    }
    s->items[s->count] = (made){.name = line->name,
                                .sub = line->sub,
                                .open = open,
                                .label = label_of(s->c, line)};
    return s->count++;
}

static bool find_edges(strata *s)
{
    const rg_rules *rules = s->c->rules;
    for (int i = 0; i < rules->derive_count; i++)
        if ((s->made_by[i] = put_made(s, &rules->derives[i])) == RG_NONE)
            return false;
    return true;
}

/* ---- What reads what ------------------------------------------------------------------- */

/* May the label be that of such an edge? Of an open one's sub-label nobody knows. */
static bool may_be(const strata *s, const rg_label *label, const made *one)
{
    bool limit = false;
    if (label->regex != RG_NONE)
        return one->open
               || rg_rules_regex_matches(s->c->rules, label->regex, s->c->arena,
                                         one->label, &limit)
               || limit;
    if (label->name != one->name)
        return false;
    if (label->any_sub)
        return one->open || one->sub != RG_NONE;
    return one->open ? label->sub != RG_NONE : label->sub == one->sub;
}

static void note_label(strata *s, int edge, const rg_label *label, bool absent)
{
    for (int other = 0; other < s->count; other++) {
        if (!may_be(s, label, &s->items[other]))
            continue;
        set_bit(&s->items[edge].reads, other);
        if (absent)
            set_bit(&s->items[edge].lacks, other);
    }
}

/* Calls itself as deep as groups and `has` nest, which path.c limits. */
static void note_steps(strata *s, int edge, const rg_step *steps, int count,
                       bool absent)
{
    for (int i = 0; i < count; i++) {
        const rg_step *step = &steps[i];
        for (int j = 0; j < step->label_count; j++)
            note_label(s, edge, &step->labels[j], absent);
        for (int j = 0; j < step->alternative_count; j++)
            note_steps(s, edge, step->alternatives[j].items,
                       step->alternatives[j].count, absent);
        for (int j = 0; j < step->crit_count; j++)
            note_steps(s, edge, step->crits[j].steps, step->crits[j].step_count,
                       absent || step->crits[j].negated);
    }
}

static void note_line(strata *s, int edge, const rg_derive *line)
{
    note_steps(s, edge, line->path.steps.items, line->path.steps.count, false);
    for (int i = 0; i < line->condition_count; i++) {
        const rg_condition *condition = &line->conditions[i];
        for (int j = 0; j < condition->paths.count; j++)
            note_steps(s, edge, condition->paths.items[j].steps.items,
                       condition->paths.items[j].steps.count, condition->unless);
    }
}

/* ---- Cycles ---------------------------------------------------------------------------- */

/* What each edge needs, over any number of others (Warshall). */
static bits *close_reads(const strata *s)
{
    bits *needs = rg_new(s->c->arena, bits, s->count);
    for (int i = 0; i < s->count; i++)
        needs[i] = s->items[i].reads;
    for (int through = 0; through < s->count; through++)
        for (int i = 0; i < s->count; i++)
            for (int w = 0; has_bit(&needs[i], through) && w < RG_MAX_DERIVED / 64; w++)
                needs[i].words[w] |= needs[through].words[w];
    return needs;
}

/* Does the edge ask for the absence of one that needs it? */
static bool needs_own_absence(const strata *s, const bits *needs, int edge)
{
    for (int other = 0; other < s->count; other++)
        if (has_bit(&s->items[edge].lacks, other)
            && (other == edge || has_bit(&needs[other], edge)))
            return true;
    return false;
}

/* Reports the first line of each edge that depends on its own absence. */
static bool check_cycles(const strata *s)
{
    const bits *needs = close_reads(s);
    bits told = {{0}};
    bool ok = true;
    for (int i = 0; i < s->c->rules->derive_count; i++) {
        const rg_derive *line = &s->c->rules->derives[i];
        int edge = s->made_by[i];
        if (has_bit(&told, edge) || !needs_own_absence(s, needs, edge))
            continue;
        set_bit(&told, edge);
        rg_scalar at = {.file = line->file, .offset = line->offset, .exact = true};
        ok = rg_pattern_error(
            s->c, at, 0, "cycle",
            "what 'unless' or '!has' asks about must not need this edge",
            "edge '%.*s' depends on its own absence", RG_PRINT(s->items[edge].label));
    }
    return ok;
}

/* ---- Strata ---------------------------------------------------------------------------- */

/* Raises the edge's stratum as its reads ask for; did it change? */
static bool raise_stratum(strata *s, int edge)
{
    made *one = &s->items[edge];
    int needed = one->stratum;
    for (int other = 0; other < s->count; other++)
        if (has_bit(&one->reads, other)) {
            int least = s->items[other].stratum + has_bit(&one->lacks, other);
            needed = least > needed ? least : needed;
        }
    bool changed = needed > one->stratum;
    one->stratum = needed;
    return changed;
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
    strata s = {.c = c,
                .items = rg_new(c->arena, made, RG_MAX_DERIVED),
                .made_by = rg_new(c->arena, int, rules->derive_count)};
    if (!find_edges(&s))
        return false;
    for (int i = 0; i < rules->derive_count; i++)
        note_line(&s, s.made_by[i], &rules->derives[i]);
    if (!check_cycles(&s))
        return false;
    for (bool changed = true; changed;) {
        changed = false;
        for (int edge = 0; edge < s.count; edge++)
            changed |= raise_stratum(&s, edge);
    }
    for (int i = 0; i < rules->derive_count; i++)
        rules->derives[i].stratum = s.items[s.made_by[i]].stratum;
    sort_by_stratum(c);
    return true;
}
