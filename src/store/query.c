/* query.c - questions to a store: triples by entity, relation, type, date, text; the shortest
 * way between two things; what is affirmed here and negated there; what changed. */
#include "store/sql.h"

#include "base/unicode.h"
#include "base/ways.h"

#include <stdlib.h>
#include <string.h>

typedef struct corpus {
    rg_arena *arena;
    rg_map *names; /* "TYPE\tlabel in lower case" -> index of thing_of */
    int *thing_of;
    int name_capacity;
    rg_map *by_label; /* label in lower case -> the first thing of that label */
    int *first_of;
    int label_capacity;
    rg_str *labels; /* of each thing */
    int thing_count;
} corpus;

/* ---- Who is who ----------------------------------------------------------------------------------- */

static void put_name(corpus *c, rg_str label, rg_str type, int thing)
{
    int known = rg_map_count(c->names);
    int id = rg_map_put(c->names, sql_thing_key(c->arena, label, type));
    c->thing_of =
        rg_arena_grow(c->arena, c->thing_of, known, &c->name_capacity, sizeof(int));
    if (id == known)
        c->thing_of[id] = thing;
    known = rg_map_count(c->by_label);
    id = rg_map_put(c->by_label, rg_unicode_lower(c->arena, label));
    c->first_of =
        rg_arena_grow(c->arena, c->first_of, known, &c->label_capacity, sizeof(int));
    if (id == known)
        c->first_of[id] = thing;
}

static bool read_corpus(corpus *c, rg_store *store, rg_arena *arena, rg_error *err)
{
    sql_rows rows;
    *c = (corpus){
        .arena = arena, .names = rg_map_new(arena), .by_label = rg_map_new(arena)};
    if (!sql_read(&rows, store, arena, "SELECT count(*) FROM label",
                  "SELECT l.label, l.type, e.id, e.label FROM label l JOIN entity e ON"
                  " e.id = l.entity ORDER BY e.documents DESC, e.id, l.label",
                  4, err))
        return false;
    c->labels = rg_new(arena, rg_str, rows.count + 1);
    rg_map *ids = rg_map_new(arena);
    for (int i = 0; i < rows.count; i++) {
        const rg_str *cells = sql_row(&rows, i);
        int known = rg_map_count(ids), thing = rg_map_put(ids, cells[2]);
        if (thing == known)
            c->labels[thing] = cells[3];
        put_name(c, cells[0], cells[1], thing);
    }
    c->thing_count = rg_map_count(ids);
    return true;
}

/* The thing that a label with this type is; -1: none. */
static int find_thing(const corpus *c, rg_str label, rg_str type)
{
    rg_arena_mark mark = rg_arena_mark_now(c->arena);
    int id = rg_map_find(c->names, sql_thing_key(c->arena, label, type));
    rg_arena_reset(c->arena, mark);
    return id < 0 ? -1 : c->thing_of[id];
}

/* Whom a reader means by a name; -1: nobody. */
static int find_named(const corpus *c, const char *name)
{
    int id = rg_map_find(c->by_label, rg_unicode_lower(c->arena, rg_str_of(name)));
    return id < 0 ? -1 : c->first_of[id];
}

/* ---- All triples ---------------------------------------------------------------------------------- */

typedef struct collection {
    corpus who;
    rg_arena *arena;
    rg_edge *items;
    rg_str *dates; /* of each one's document */
    int *ends;     /* things of subject and object in turn; -1: none */
    int count, capacity, date_capacity, end_capacity;
} collection;

static void take_edge(collection *all, const rg_edge *edge, rg_str date)
{
    int subject = find_thing(&all->who, edge->subject, edge->subject_type),
        object = find_thing(&all->who, edge->object, edge->object_type);
    all->items = rg_arena_grow(all->arena, all->items, all->count, &all->capacity,
                               sizeof *all->items);
    all->dates = rg_arena_grow(all->arena, all->dates, all->count, &all->date_capacity,
                               sizeof *all->dates);
    all->ends = rg_arena_grow(all->arena, all->ends, all->count, &all->end_capacity,
                              2 * sizeof *all->ends);
    rg_edge *copy_of = &all->items[all->count];
    *copy_of = *edge;
    if (subject >= 0)
        copy_of->subject = all->who.labels[subject];
    if (object >= 0)
        copy_of->object = all->who.labels[object];
    all->dates[all->count] = date;
    all->ends[2 * all->count] = subject;
    all->ends[2 * all->count + 1] = object;
    all->count++;
}

static bool read_edges(collection *all, rg_store *store, rg_error *err)
{
    sql_rows rows;
    if (!sql_read(
            &rows, store, all->arena, "SELECT count(*) FROM doc_edges",
            "SELECT d.path, d.date, e.bytes FROM doc d JOIN doc_edges e ON e.doc = d.id ORDER BY d.path",
            3, err))
        return false;
    for (int i = 0; i < rows.count; i++) {
        const rg_str *cells = sql_row(&rows, i);
        rg_edges edges = {0};
        rg_unpacker from = rg_unpack_from(sql_expand(all->arena, cells[2]));
        if (!rg_edges_unpack(&edges, all->arena, 0, &from) || !rg_unpack_done(&from))
            return rg_fail(err, RG_ERROR_INPUT, rg_place_file(rg_str_of(store->path)),
                           "the triples of '%.*s' are damaged", RG_PRINT(cells[0]));
        for (int e = 0; e < edges.count; e++) {
            edges.items[e].doc = cells[0];
            edges.items[e].id = rg_edge_id(all->arena, &edges.items[e]);
            take_edge(all, &edges.items[e], cells[1]);
        }
    }
    return true;
}

/* ---- Conditions ----------------------------------------------------------------------------------- */

static bool is_listed(const rg_name_list *list, rg_str text)
{
    for (int i = 0; i < list->count; i++)
        if (rg_str_is(text, list->items[i]))
            return true;
    return list->count == 0;
}

static bool is_of_types(const rg_name_list *types, const rg_edge *edge)
{
    return types->count == 0 || is_listed(types, edge->subject_type)
           || is_listed(types, edge->object_type);
}

static bool is_in_time(const rg_question *q, rg_str date)
{
    if (!q->since && !q->until)
        return true;
    return date.len > 0 && (!q->since || rg_str_compare(date, rg_str_of(q->since)) >= 0)
           && (!q->until || rg_str_compare(date, rg_str_of(q->until)) <= 0);
}

static bool has_text(rg_arena *arena, const char *text, rg_str evidence)
{
    if (!text)
        return true;
    rg_arena_mark mark = rg_arena_mark_now(arena);
    bool found = rg_str_find(rg_unicode_lower(arena, evidence),
                             rg_unicode_lower(arena, rg_str_of(text)), 0)
                 >= 0;
    rg_arena_reset(arena, mark);
    return found;
}

/* The things that are asked for; false if nobody knows one of them. */
static bool find_asked(int *out, const corpus *who, const rg_name_list *names,
                       rg_error *err)
{
    for (int i = 0; i < names->count; i++) {
        out[i] = find_named(who, names->items[i]);
        if (out[i] < 0)
            return rg_fail(err, RG_ERROR_INPUT, RG_NOWHERE, "nothing is called '%s'",
                           names->items[i]);
    }
    return true;
}

static bool is_about(const collection *all, int edge, const int *things, int count)
{
    for (int i = 0; i < count; i++)
        if (all->ends[2 * edge] == things[i] || all->ends[2 * edge + 1] == things[i])
            return true;
    return count == 0;
}

/* Marks the triples for which all that is asked holds. */
static bool mark_asked(bool *marked, collection *all, const rg_question *q,
                       rg_error *err)
{
    int *things = rg_new(all->arena, int, q->entities.count + 1);
    if (!find_asked(things, &all->who, &q->entities, err))
        return false;
    for (int i = 0; i < all->count; i++) {
        const rg_edge *e = &all->items[i];
        marked[i] = is_listed(&q->relations, e->relation) && is_of_types(&q->types, e)
                    && is_listed(&q->docs, e->doc) && is_in_time(q, all->dates[i])
                    && is_about(all, i, things, q->entities.count)
                    && has_text(all->arena, q->text, e->evidence);
    }
    return true;
}

/* ---- A way between two things --------------------------------------------------------------------- */

static bool keep_way(bool *marked, collection *all, const rg_question *q, rg_error *err)
{
    const char *const names[] = {q->from, q->to};
    const rg_name_list both = {names, 2};
    int ends[2], count = 0;
    if (!find_asked(ends, &all->who, &both, err))
        return false;
    rg_link *links = rg_new(all->arena, rg_link, all->count + 1);
    int *of_link = rg_new(all->arena, int, all->count + 1);
    for (int i = 0; i < all->count; i++)
        if (marked[i] && all->ends[2 * i] >= 0 && all->ends[2 * i + 1] >= 0) {
            of_link[count] = i;
            links[count++] = (rg_link){all->ends[2 * i], all->ends[2 * i + 1], 1};
        }
    const int *last = rg_ways_find(all->arena, links, count, all->who.thing_count,
                                   ends[0], INT32_MAX);
    memset(marked, 0, (size_t)all->count);
    for (int at = ends[1]; at != ends[0];) {
        int link = last[at];
        if (link < 0)
            return rg_fail(err, RG_ERROR_INPUT, RG_NOWHERE,
                           "no triples lead from '%s' to '%s'", q->from, q->to);
        marked[of_link[link]] = true;
        at = links[link].from == at ? links[link].to : links[link].from;
    }
    return true;
}

/* ---- What does not agree -------------------------------------------------------------------------- */

/* Groups of triples that say something of the same; `with_object`: also of the same object. */
static int *group(collection *all, bool with_object, int *count)
{
    rg_map *keys = rg_map_new(all->arena);
    int *of = rg_new(all->arena, int, all->count + 1);
    for (int i = 0; i < all->count; i++) {
        const rg_edge *e = &all->items[i];
        of[i] = rg_map_put(
            keys, rg_arena_format(all->arena, "%.*s\t%.*s\t%.*s", RG_PRINT(e->subject),
                                  RG_PRINT(e->relation),
                                  with_object ? e->object.len : 0, e->object.bytes));
    }
    *count = rg_map_count(keys);
    return of;
}

/* Only what is affirmed in one triple and negated in another. */
static void keep_contradictions(bool *marked, collection *all)
{
    int count;
    const int *of = group(all, true, &count);
    unsigned char *seen = rg_new(all->arena, unsigned char, count + 1);
    for (int i = 0; i < all->count; i++)
        if (marked[i])
            seen[of[i]] |= rg_str_is(all->items[i].polarity, "negated") ? 2 : 1;
    for (int i = 0; i < all->count; i++)
        marked[i] = marked[i] && seen[of[i]] == 3;
}

/* Only subjects and relations of which other objects are told at other dates. */
static void keep_changes(bool *marked, collection *all)
{
    int count;
    const int *of = group(all, false, &count);
    int *first = rg_new(all->arena, int, count + 1);
    bool *changes = rg_new(all->arena, bool, count + 1);
    for (int i = 0; i < count; i++)
        first[i] = -1;
    for (int i = 0; i < all->count; i++) {
        marked[i] = marked[i] && all->dates[i].len > 0
                    && !rg_str_is(all->items[i].polarity, "negated");
        if (!marked[i])
            continue;
        int before = first[of[i]];
        if (before < 0)
            first[of[i]] = i;
        else if (!rg_str_equal(all->items[before].object, all->items[i].object)
                 && !rg_str_equal(all->dates[before], all->dates[i]))
            changes[of[i]] = true;
    }
    for (int i = 0; i < all->count; i++)
        marked[i] = marked[i] && changes[of[i]];
}

/* By what they tell, then by date: what does not agree stands together. */
typedef struct ordered {
    const rg_edge *edge;
    rg_str date;
    int index;
} ordered;

static int by_claim(const void *a, const void *b)
{
    const ordered *one = a, *other = b;
    int order = rg_str_compare(one->edge->subject, other->edge->subject);
    if (order == 0)
        order = rg_str_compare(one->edge->relation, other->edge->relation);
    if (order == 0)
        order = rg_str_compare(one->date, other->date);
    return order != 0 ? order : one->index - other->index;
}

static void put_marked(rg_edges *out, collection *all, const bool *marked, bool sorted)
{
    ordered *list = rg_new(all->arena, ordered, all->count + 1);
    int count = 0;
    for (int i = 0; i < all->count; i++)
        if (marked[i])
            list[count++] = (ordered){&all->items[i], all->dates[i], i};
    if (sorted)
        qsort(list, (size_t)count, sizeof *list, by_claim);
    out->items = rg_new(all->arena, rg_edge, count + 1);
    out->count = count;
    for (int i = 0; i < count; i++)
        out->items[i] = *list[i].edge;
}

bool rg_store_ask(rg_edges *out, rg_store *store, rg_arena *arena, const rg_question *q,
                  rg_error *err)
{
    collection all = {.arena = arena};
    if (!read_corpus(&all.who, store, arena, err) || !read_edges(&all, store, err))
        return false;
    bool *marked = rg_new(arena, bool, all.count + 1);
    if (!mark_asked(marked, &all, q, err)
        || (q->from && !keep_way(marked, &all, q, err)))
        return false;
    if (q->contradictions)
        keep_contradictions(marked, &all);
    if (q->changes)
        keep_changes(marked, &all);
    put_marked(out, &all, marked, q->contradictions || q->changes);
    return true;
}

/* ---- Numbers -------------------------------------------------------------------------------------- */

bool rg_store_count(rg_buf *out, rg_store *store, bool tsv, rg_error *err)
{
    static const struct {
        const char *what, *text;
    } numbers[] = {
        {"documents", "SELECT count(*) FROM doc"},
        {"bytes of text", "SELECT coalesce(sum(bytes), 0) FROM doc"},
        {"triples", "SELECT count(*) FROM triple"},
        {"negated", "SELECT count(*) FROM triple WHERE polarity = 'negated'"},
        {"relations", "SELECT count(DISTINCT relation) FROM triple"},
        {"entities", "SELECT count(*) FROM entity"},
        {"names of them", "SELECT count(*) FROM label"},
        {"mentions", "SELECT count(*) FROM mention"},
        {"rules that found something", "SELECT count(DISTINCT rule) FROM triple"},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        long long value;
        if (!sql_number(store, numbers[i].text, &value, err))
            return false;
        rg_buf_format(out, tsv ? "%s\t%lld\n" : "%-28s %10lld\n", numbers[i].what,
                      value);
    }
    return true;
}
