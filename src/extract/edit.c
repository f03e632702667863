#include "extract/edit.h"

#include "extract/index.h"

#include <string.h>

enum { REPAIR_FUEL = 50000, DERIVE_FUEL = 200000, MOST_SITES = 64, MOST_EDGES = 20000 };

/* ---- repair -------------------------------------------------------------------------- */

typedef struct site {
    int bound[RG_MAX_SLOTS];
} site;

typedef struct sites {
    site *items;
    int count, capacity;
    int start; /* the first with the same start as that at work */
    const rg_repair *repair;
    int path; /* the one that is walked */
} sites;

static bool has_twice(const int *bound, int count)
{
    for (int i = 0; i < count; i++)
        for (int j = 0; j < i; j++)
            if (bound[i] != RG_NONE && bound[i] == bound[j])
                return true;
    return false;
}

/* At the end of a path: on to the next one; behind the last, a site is found if different
 * names stand for different tokens. Several ways to the same tokens are one site. Nests as
 * deep as a repair has paths, which are few. */
static bool note_site(matcher *m, int node)
{
    (void)node;
    sites *found = m->user;
    const rg_repair *repair = found->repair;
    if (found->path + 1 < repair->matches.count) {
        const rg_path *next = &repair->matches.items[++found->path];
        bool stop = m->bound[next->start] != RG_NONE
                    && match_steps(m, &next->steps, m->bound[next->start]);
        found->path--;
        return stop;
    }
    if (has_twice(m->bound, repair->slots.count))
        return false;
    for (int i = found->start; i < found->count; i++)
        if (memcmp(found->items[i].bound, m->bound, sizeof m->bound) == 0)
            return false;
    if (found->count - found->start == MOST_SITES)
        return true;
    found->items = rg_arena_grow(m->s->arena, found->items, found->count,
                                 &found->capacity, sizeof *found->items);
    memcpy(found->items[found->count++].bound, m->bound, sizeof m->bound);
    return false;
}

/* Gives the attribute its value, or that of the list for the word as it is written. */
static void retag(sentence *s, const rg_edit *edit, int node)
{
    int value = edit->label;
    if (edit->list != RG_NONE) {
        rg_str word = sentence_token(s, node)->lexeme->lower;
        int item = rg_rules_find_item(s->rules, edit->list, word);
        if (item < 0)
            return;
        value = rg_map_find(s->rules->symbols,
                            rg_rules_item_value(s->rules, edit->list, item));
    }
    s->nodes[node].symbols[edit->attr] = value;
}

static void apply_edit(sentence *s, const rg_edit *edit, const site *at)
{
    int from = at->bound[edit->from];
    if (edit->kind == RG_EDIT_RETAG) {
        retag(s, edit, from);
        return;
    }
    int to = at->bound[edit->to];
    if (edit->kind == RG_EDIT_DEL) {
        int gone = sentence_find_edge(s, from, to, edit->label);
        if (gone != RG_NONE)
            sentence_drop_edge(s, gone);
        return;
    }
    sentence_add_edge(s, (graph_edge){.from = from,
                                      .to = to,
                                      .name = edit->label,
                                      .sub = RG_NONE,
                                      .derived_by = RG_NONE});
    s->nodes[to].symbols[RG_ATTR_DEP] = edit->label;
}

/* A site found earlier still stands if all edges that the edits take away are there. */
static bool still_stands(const sentence *s, const rg_repair *repair, const site *at)
{
    for (int i = 0; i < repair->edit_count; i++) {
        const rg_edit *edit = &repair->edits[i];
        if (edit->kind == RG_EDIT_DEL
            && sentence_find_edge(s, at->bound[edit->from], at->bound[edit->to],
                                  edit->label)
                   == RG_NONE)
            return false;
    }
    return true;
}

/* True if there was something to repair. */
static bool run_repair(sentence *s, int index, sites *found, const edit_log *log)
{
    const rg_repair *repair = &s->rules->repairs[index];
    const rg_path *first = &repair->matches.items[0];
    found->count = found->path = 0;
    found->repair = repair;
    s->fuel = REPAIR_FUEL;
    for (int i = -1;
         s->fuel >= 0 && (i = match_next_start(s, &first->steps, i + 1)) != RG_NONE;) {
        matcher m;
        matcher_begin(&m, s);
        m.bound[first->start] = i;
        m.visit = note_site;
        m.user = found;
        found->start = found->count;
        match_steps(&m, &first->steps, i);
    }
    sentence_note_limits(s, repair->id);
    for (int i = 0; i < found->count; i++) {
        if (!still_stands(s, repair, &found->items[i]))
            continue;
        for (int e = 0; e < repair->edit_count; e++)
            apply_edit(s, &repair->edits[e], &found->items[i]);
        if (log->repaired)
            log->repaired(log->user, index, found->items[i].bound,
                          found->items[i].bound[first->start]);
    }
    return found->count > 0;
}

bool edit_repair(sentence *s, bool by_types, const edit_log *log)
{
    const path_needs *needs = s->extractor->repairs;
    sites found = {0};
    bool repaired = false;
    for (int i = 0; i < s->rules->repair_count; i++)
        if ((repaired || !by_types || needs[i].types)
            && needs_are_met(&needs[i], s->labels))
            repaired = run_repair(s, i, &found, log) || repaired;
    return repaired;
}

/* ---- derive -------------------------------------------------------------------------- */

typedef struct deriving {
    const rg_derive *line;
    int index, start;
    bool changed;
    const edit_log *log;
} deriving;

static bool conditions_hold(const matcher *m, const rg_derive *line)
{
    for (int i = 0; i < line->condition_count; i++)
        if (match_any_exists(m, &line->conditions[i].paths)
            == line->conditions[i].unless)
            return false;
    return true;
}

static int sub_of(sentence *s, const matcher *m, const rg_derive *line)
{
    if (line->sub_slot == RG_NONE)
        return line->sub;
    int word = m->bound[line->sub_slot];
    if (word == RG_NONE)
        return RG_NONE;
    int symbol = s->nodes[word].symbols[RG_ATTR_LEMMA];
    return symbol == RG_NONE
               ? sentence_put_word(s, sentence_token(s, word)->lexeme->lower)
               : symbol;
}

/* What the line gave a name on the way stays with the edge, but for its two ends. */
static void put_leads(graph_edge *e, const matcher *m, const rg_derive *line)
{
    for (int i = 0; i < line->slots.count && e->lead_count < MAX_LEADS; i++)
        if (i != line->path.start && m->bound[i] != RG_NONE && m->bound[i] != e->to)
            e->leads[e->lead_count++] = m->bound[i];
}

static bool add_derived(matcher *m, int node)
{
    deriving *work = m->user;
    sentence *s = m->s;
    if (node == work->start || s->edge_count >= MOST_EDGES
        || !conditions_hold(m, work->line) || s->fuel < 0)
        return false;
    int before = s->edge_count;
    graph_edge made = {.from = work->start,
                       .to = node,
                       .name = work->line->name,
                       .sub = sub_of(s, m, work->line),
                       .derived_by = work->index};
    put_leads(&made, m, work->line);
    int added = sentence_add_edge(s, made);
    if (s->edge_count > before) {
        work->changed = true;
        if (work->log->derived)
            work->log->derived(work->log->user, work->index, added);
    }
    return false;
}

/* Runs one line from every token; true if it gave a new edge. */
static bool run_line(sentence *s, int index, const edit_log *log)
{
    const rg_derive *line = &s->rules->derives[index];
    deriving work = {.line = line, .index = index, .log = log};
    for (int i = -1;
         s->fuel >= 0
         && (i = match_next_start(s, &line->path.steps, i + 1)) != RG_NONE;) {
        matcher m;
        matcher_begin(&m, s);
        m.bound[line->path.start] = work.start = i;
        m.visit = add_derived;
        m.user = &work;
        match_steps(&m, &line->path.steps, i);
    }
    sentence_note_limits(s, rg_map_key(s->rules->symbols, line->name));
    return work.changed;
}

/* Has an edge come, from index `first` on, that the line looks at? */
static bool has_news(const sentence *s, int line, int first)
{
    uint64_t labels = 0;
    for (int i = first; i < s->edge_count; i++)
        labels |= rg_label_bit(s->edges[i].name);
    return labels & s->extractor->lines[line].reads;
}

/* Runs lines [first, end) until they give nothing new; seen[i]: how many edges there were
 * when line i began last. */
static void derive_stratum(sentence *s, int first, int end, int *seen,
                           const edit_log *log)
{
    for (bool changed = true; changed && s->fuel >= 0;) {
        changed = false;
        for (int i = first; i < end && s->fuel >= 0; i++) {
            bool due = seen[i] == RG_NONE || has_news(s, i, seen[i]);
            if (!due || !needs_are_met(&s->extractor->lines[i], s->labels))
                continue;
            seen[i] = s->edge_count;
            changed = run_line(s, i, log) || changed;
        }
    }
}

void edit_derive(sentence *s, const edit_log *log)
{
    const rg_rules *rules = s->rules;
    int *seen = rg_new(s->arena, int, rules->derive_count + 1);
    for (int i = 0; i < rules->derive_count; i++)
        seen[i] = RG_NONE;
    s->fuel = DERIVE_FUEL;
    for (int first = 0, end; first < rules->derive_count && s->fuel >= 0; first = end) {
        end = first + 1;
        while (end < rules->derive_count
               && rules->derives[end].stratum == rules->derives[first].stratum)
            end++;
        derive_stratum(s, first, end, seen, log);
    }
}
