/* changes.c - triples gained, lost and changed between two sets, for people or as a table. */
#include "base/map.h"
#include "output/columns.h"
#include "output/output.h"
#include "output/tsv.h"

#include <stdlib.h>

/* One triple of either side. */
typedef struct entry {
    const rg_edge *edge;
    int doc;    /* rank of its document */
    int number; /* among its own side's */
    bool is_after;
} entry;

/* One line of the answer; both sides: what is told of the triple changed. */
typedef struct change {
    const entry *before, *after;
    rg_str what; /* "polarity: affirmed -> negated" */
} change;

/* ---- Order and pairs --------------------------------------------------------------- */

static int compare_numbers(int a, int b)
{
    return (a > b) - (a < b);
}

static int compare_places(const entry *a, const entry *b)
{
    int order = compare_numbers(a->doc, b->doc);
    if (order == 0)
        order = compare_numbers(a->edge->start, b->edge->start);
    return order != 0 ? order : compare_numbers(a->edge->sentence, b->edge->sentence);
}

/* By sentence, then by labels: the same triples of both sides lie together. */
static int compare_same(const entry *a, const entry *b)
{
    int order = compare_places(a, b);
    if (order == 0)
        order = rg_str_compare(a->edge->subject, b->edge->subject);
    if (order == 0)
        order = rg_str_compare(a->edge->relation, b->edge->relation);
    return order != 0 ? order : rg_str_compare(a->edge->object, b->edge->object);
}

static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    int order = compare_same(a, b);
    if (order == 0)
        order = compare_numbers(a->is_after, b->is_after);
    return order != 0 ? order : compare_numbers(a->number, b->number);
}

static const entry *entry_of(const change *c)
{
    return c->before ? c->before : c->after;
}

/* As people read it: by sentence, what was lost before what was gained. */
static int compare_changes(const void *left, const void *right)
{
    const change *a = left, *b = right;
    int order = compare_places(entry_of(a), entry_of(b));
    if (order == 0)
        order = compare_numbers(!a->before, !b->before);
    return order != 0 ? order
                      : compare_numbers(entry_of(a)->number, entry_of(b)->number);
}

static void add_entries(entry *out, rg_map *docs, const rg_edges *edges, bool is_after)
{
    for (int i = 0; i < edges->count; i++)
        out[i] = (entry){.edge = &edges->items[i],
                         .doc = rg_map_put(docs, edges->items[i].doc),
                         .number = i,
                         .is_after = is_after};
}

/* ---- What changed of a triple ------------------------------------------------------ */

static rg_str column_of(rg_arena *arena, const rg_edge *edge, rg_column column)
{
    rg_buf text = rg_buf_in(arena);
    rg_column_put(&text, edge, column, rg_buf_put);
    return text.len > 0 ? rg_buf_str(&text) : RG_STR("none");
}

static rg_str describe(rg_arena *arena, const rg_edge *before, const rg_edge *after)
{
    static const rg_column columns[] = {
        RG_COLUMN_subject_type, RG_COLUMN_object_type, RG_COLUMN_polarity,
        RG_COLUMN_modality,     RG_COLUMN_source,      RG_COLUMN_qualifiers,
    };
    rg_buf what = rg_buf_in(arena);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        rg_str was = column_of(arena, before, columns[i]);
        rg_str is = column_of(arena, after, columns[i]);
        if (!rg_str_equal(was, is))
            rg_buf_format(&what, "%s%s: %.*s -> %.*s", what.len > 0 ? "; " : "",
                          rg_column_names[columns[i]], RG_PRINT(was), RG_PRINT(is));
    }
    return rg_buf_str(&what);
}

/* ---- Comparing --------------------------------------------------------------------- */

typedef struct comparison {
    rg_arena *arena;
    change *changes;
    int count;
    rg_change_counts counts;
} comparison;

static void add_change(comparison *c, const entry *before, const entry *after)
{
    change made = {before, after, {NULL, 0}};
    if (before && after) {
        made.what = describe(c->arena, before->edge, after->edge);
        if (made.what.len == 0) {
            c->counts.kept++;
            return;
        }
        c->counts.changed++;
    } else if (before) {
        c->counts.lost++;
    } else {
        c->counts.gained++;
    }
    c->changes[c->count++] = made;
}

/* The entries are the same triple: first those before, then those after. */
static void pair(comparison *c, const entry *entries, int count)
{
    int before = 0;
    while (before < count && !entries[before].is_after)
        before++;
    int after = count - before, both = before < after ? before : after;
    for (int i = 0; i < both; i++)
        add_change(c, &entries[i], &entries[before + i]);
    for (int i = both; i < before; i++)
        add_change(c, &entries[i], NULL);
    for (int i = both; i < after; i++)
        add_change(c, NULL, &entries[before + i]);
}

static void compare(comparison *c, const rg_edges *before, const rg_edges *after)
{
    int count = before->count + after->count;
    entry *entries = rg_new(c->arena, entry, count);
    rg_map *docs = rg_map_new(c->arena);
    add_entries(entries, docs, before, false);
    add_entries(entries + before->count, docs, after, true);
    c->changes = rg_new(c->arena, change, count);
    qsort(entries, (size_t)count, sizeof *entries, compare_entries);
    for (int from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count; to++)
            if (compare_same(&entries[from], &entries[to]) != 0)
                break;
        pair(c, entries + from, to - from);
    }
    qsort(c->changes, (size_t)c->count, sizeof *c->changes, compare_changes);
}

/* ---- Writing ----------------------------------------------------------------------- */

static const rg_edge *edge_of(const change *c)
{
    return c->after ? c->after->edge : c->before->edge;
}

static const char *mark_of(const change *c)
{
    return c->before && c->after ? "~" : c->before ? "-" : "+";
}

static void put_sentence(rg_buf *out, const rg_edge *edge)
{
    if (edge->doc.len == 0)
        return;
    rg_buf_put(out, edge->doc);
    if (edge->sentence > 0)
        rg_buf_format(out, ", sentence %d", edge->sentence);
    if (edge->evidence.len > 0)
        rg_buf_format(out, ": %.*s", RG_PRINT(edge->evidence));
    rg_buf_byte(out, '\n');
}

static void put_text(rg_buf *out, const comparison *c)
{
    for (int i = 0; i < c->count; i++) {
        const change *at = &c->changes[i];
        const rg_edge *edge = edge_of(at);
        if (i == 0 || compare_places(entry_of(at), entry_of(at - 1)) != 0)
            put_sentence(out, edge);
        rg_buf_format(out, "  %s %.*s | %.*s | %.*s", mark_of(at),
                      RG_PRINT(edge->subject), RG_PRINT(edge->relation),
                      RG_PRINT(edge->object));
        if (at->what.len > 0)
            rg_buf_format(out, "  (%.*s)", RG_PRINT(at->what));
        else if (edge->rule.len > 0)
            rg_buf_format(out, "  [%.*s]", RG_PRINT(edge->rule));
        rg_buf_byte(out, '\n');
    }
    rg_buf_format(out, "%d lost, %d gained, %d changed, %d kept\n", c->counts.lost,
                  c->counts.gained, c->counts.changed, c->counts.kept);
}

static void put_table(rg_buf *out, const comparison *c)
{
    rg_buf_text(out, "change\tsubject\trelation\tobject\tdoc\tsentence\twhat\n");
    for (int i = 0; i < c->count; i++) {
        const change *at = &c->changes[i];
        const rg_edge *edge = edge_of(at);
        const rg_str cells[] = {rg_str_of(mark_of(at)), edge->subject, edge->relation,
                                edge->object, edge->doc};
        for (size_t k = 0; k < sizeof cells / sizeof cells[0]; k++) {
            rg_tsv_put(out, cells[k]);
            rg_buf_byte(out, '\t');
        }
        rg_buf_format(out, "%d\t", edge->sentence);
        rg_tsv_put(out, at->what);
        rg_buf_byte(out, '\n');
    }
}

rg_change_counts rg_output_changes(rg_buf *out, const rg_edges *before,
                                   const rg_edges *after, bool as_tsv)
{
    comparison c = {.arena = out->arena};
    compare(&c, before, after);
    if (as_tsv)
        put_table(out, &c);
    else
        put_text(out, &c);
    return c.counts;
}
