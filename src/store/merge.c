/* merge.c - who is who in all documents: things with the same name and type are one, and so
 * are two names that documents show to be of one thing.
 *
 * A document shows that S is a name of L if the thing it calls L is named S in it ("IBM" and
 * "International Business Machines"). Two documents and more must show it, four in five of
 * those in which S is a name of something else, and four in five of those that show it or
 * have S and L as two things; else S stays what it is. Never by spelling.
 */
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_SUPPORT = 2, SHARE = 80 /* percent */, MOST_NAMES = 200 };

/* A label with its type, whatever its case. */
typedef struct node {
    rg_str label, type;
    int documents, mentions;
    rg_str first, last; /* dates */
    int parent, size;   /* of the union; size counts at its root */
    int total; /* documents in which it is a name of a thing with another label */
    int alias; /* the first alias that it is the name of; -1: none */
    long long last_doc; /* counted so far */
    long long marked;   /* the last document that had it as a label, in count_apart */
} node;

typedef struct alias {
    int name, of; /* nodes */
    int support;
    int apart; /* documents in which both are things, each for itself */
    int next;  /* the next alias of the same name; -1: none */
    long long last_doc;
} alias;

typedef struct merging {
    rg_arena *arena;
    rg_map *keys, *written; /* of nodes; labels as they are written, with their type */
    int *node_of_written, written_capacity;
    rg_buf key;
    node *nodes;
    int node_capacity;
    rg_map *alias_keys;
    alias *aliases;
    int alias_capacity;
} merging;

/* ---- What the documents say ----------------------------------------------------------------------- */

static int make_node(merging *m, rg_str label, rg_str type)
{
    rg_str key = sql_thing_key(m->arena, label, type);
    int known = rg_map_count(m->keys), id = rg_map_put(m->keys, key);
    m->nodes =
        rg_arena_grow(m->arena, m->nodes, known, &m->node_capacity, sizeof *m->nodes);
    if (id == known)
        m->nodes[id] = (node){.label = rg_arena_str(m->arena, label),
                              .type = rg_arena_str(m->arena, type),
                              .parent = id,
                              .size = 1,
                              .alias = -1};
    return id;
}

/* Most labels are met again and again, written alike. */
static int node_of(merging *m, rg_str label, rg_str type)
{
    m->key.len = 0;
    rg_buf_put(&m->key, type);
    rg_buf_byte(&m->key, '\t');
    rg_buf_put(&m->key, label);
    int known = rg_map_count(m->written),
        id = rg_map_put(m->written, rg_buf_str(&m->key));
    if (id < known)
        return m->node_of_written[id];
    m->node_of_written =
        rg_arena_grow(m->arena, m->node_of_written, known, &m->written_capacity,
                      sizeof *m->node_of_written);
    m->node_of_written[id] = make_node(m, label, type);
    return m->node_of_written[id];
}

static void count_dates(merging *m, node *n, rg_str date)
{
    if (date.len == 0)
        return;
    if (n->first.len == 0 || rg_str_compare(date, n->first) < 0)
        n->first = rg_arena_str(m->arena, date);
    if (n->last.len == 0 || rg_str_compare(date, n->last) > 0)
        n->last = rg_arena_str(m->arena, date);
}

/* An entity of a document. */
typedef struct row {
    long long doc;
    int mentions;
    rg_str label, type, date, names; /* a line feed between names */
} row;

typedef struct rows {
    row *items;
    int count;
} rows;

static bool read_rows(rows *out, rg_store *store, rg_arena *arena, rg_error *err)
{
    static const char text[] =
        "SELECT e.doc, e.mentions, e.label, e.type, d.date, e.names FROM doc_entity e"
        " JOIN doc d ON d.id = e.doc ORDER BY d.path, e.n";
    enum { COLUMNS = 6, DECIMAL = 10 };
    sql_rows all;
    if (!sql_read(&all, store, arena, "SELECT count(*) FROM doc_entity", text, COLUMNS,
                  err))
        return false;
    *out = (rows){rg_new(arena, row, all.count + 1), all.count};
    for (int i = 0; i < all.count; i++) {
        const rg_str *cells = sql_row(&all, i);
        out->items[i] = (row){.doc = strtoll(cells[0].bytes, NULL, DECIMAL),
                              .mentions = (int)strtol(cells[1].bytes, NULL, DECIMAL),
                              .label = cells[2],
                              .type = cells[3],
                              .date = cells[4],
                              .names = cells[5]};
    }
    return true;
}

static void take_entity(merging *m, const row *one)
{
    int id = node_of(m, one->label, one->type);
    node *n = &m->nodes[id];
    n->mentions += one->mentions;
    n->documents += n->last_doc != one->doc;
    n->last_doc = one->doc;
    count_dates(m, n, one->date);
}

/* The document calls a thing by its label and by another name. */
static void take_name(merging *m, const row *one, int of, rg_str other)
{
    int name = node_of(m, other, one->type);
    if (of == name)
        return;
    rg_str key = rg_arena_format(m->arena, "%d %d", name, of);
    int known = rg_map_count(m->alias_keys), id = rg_map_put(m->alias_keys, key);
    m->aliases = rg_arena_grow(m->arena, m->aliases, known, &m->alias_capacity,
                               sizeof *m->aliases);
    if (id == known) {
        m->aliases[id] = (alias){.name = name, .of = of, .next = m->nodes[name].alias};
        m->nodes[name].alias = id;
    }
    if (m->aliases[id].last_doc == one->doc)
        return;
    m->aliases[id].last_doc = one->doc;
    m->aliases[id].support++;
    m->nodes[name].total++;
}

static void take_names(merging *m, const row *one)
{
    int of = node_of(m, one->label, one->type);
    for (int from = 0, end; from < one->names.len; from = end + 1) {
        end = rg_str_find_byte(one->names, '\n', from);
        end = end < 0 ? one->names.len : end;
        rg_str name = rg_str_cut(one->names, from, end);
        if (!rg_str_equal(name, one->label))
            take_name(m, one, of, name);
    }
}

/* ---- Unions --------------------------------------------------------------------------------------- */

static int root_of(merging *m, int node_index)
{
    int at = node_index;
    while (m->nodes[at].parent != at) {
        m->nodes[at].parent = m->nodes[m->nodes[at].parent].parent;
        at = m->nodes[at].parent;
    }
    return at;
}

static void unite(merging *m, int a, int b)
{
    int one = root_of(m, a), other = root_of(m, b);
    if (one == other || m->nodes[one].size + m->nodes[other].size > MOST_NAMES)
        return;
    int low = one < other ? one : other, high = one < other ? other : one;
    m->nodes[high].parent = low;
    m->nodes[low].size += m->nodes[high].size;
}

/* Rows of one document, whose labels are marked: names that are labels beside what they
 * should be a name of. */
static void count_apart_in(merging *m, const rows *all, int first, int end)
{
    for (int i = first; i < end; i++) {
        int id = node_of(m, all->items[i].label, all->items[i].type);
        m->nodes[id].marked = all->items[i].doc;
    }
    for (int i = first; i < end; i++) {
        int id = node_of(m, all->items[i].label, all->items[i].type);
        for (int a = m->nodes[id].alias; a >= 0; a = m->aliases[a].next)
            m->aliases[a].apart +=
                m->nodes[m->aliases[a].of].marked == all->items[i].doc;
    }
}

static void count_apart(merging *m, const rows *all)
{
    for (int first = 0, end; first < all->count; first = end) {
        for (end = first + 1;
             end < all->count && all->items[end].doc == all->items[first].doc; end++)
            ;
        count_apart_in(m, all, first, end);
    }
}

static bool is_shown(const merging *m, const alias *a)
{
    return a->support >= LEAST_SUPPORT
           && a->support * 100 >= m->nodes[a->name].total * SHARE
           && a->support * 100 >= (a->support + a->apart) * SHARE;
}

/* The best supported first. Of one name no two are shown: four in five are one's alone. */
static int by_support(const void *a, const void *b)
{
    const alias *one = a, *other = b;
    return one->support != other->support ? other->support - one->support
                                          : one->name - other->name;
}

static void unite_aliases(merging *m)
{
    int all = rg_map_count(m->alias_keys), count = 0;
    alias *shown = rg_new(m->arena, alias, all + 1);
    for (int i = 0; i < all; i++)
        if (is_shown(m, &m->aliases[i]))
            shown[count++] = m->aliases[i];
    qsort(shown, (size_t)count, sizeof *shown, by_support);
    for (int i = 0; i < count; i++)
        unite(m, shown[i].name, shown[i].of);
}

/* Is a the better name of a thing: in more documents, then longer, then first in order? */
static bool is_better(const node *a, const node *b)
{
    if (a->documents != b->documents)
        return a->documents > b->documents;
    if (a->label.len != b->label.len)
        return a->label.len > b->label.len;
    return rg_str_compare(a->label, b->label) < 0;
}

/* ---- Tables --------------------------------------------------------------------------------------- */

/* A thing: the sum of its nodes. */
typedef struct thing {
    const node *name;
    int root, documents, mentions;
    rg_str first, last;
} thing;

static int by_name(const void *a, const void *b)
{
    const thing *one = a, *other = b;
    int order = rg_str_compare(one->name->label, other->name->label);
    return order != 0 ? order : rg_str_compare(one->name->type, other->name->type);
}

static thing *sum_up(merging *m, int *count, int **thing_of)
{
    int nodes = rg_map_count(m->keys);
    int *index = rg_new(m->arena, int, nodes + 1);
    thing *things = rg_new(m->arena, thing, nodes + 1);
    *count = 0;
    for (int i = 0; i < nodes; i++)
        index[i] = -1;
    for (int i = 0; i < nodes; i++) {
        const node *n = &m->nodes[i];
        int root = root_of(m, i);
        if (n->documents == 0)
            continue;
        if (index[root] < 0) {
            index[root] = (*count)++;
            things[index[root]] = (thing){.name = n, .root = root};
        }
        thing *t = &things[index[root]];
        t->name = is_better(n, t->name) ? n : t->name;
        t->mentions += n->mentions;
        t->documents += n->documents;
        if (n->first.len > 0
            && (t->first.len == 0 || rg_str_compare(n->first, t->first) < 0))
            t->first = n->first;
        if (n->last.len > 0
            && (t->last.len == 0 || rg_str_compare(n->last, t->last) > 0))
            t->last = n->last;
    }
    qsort(things, (size_t)*count, sizeof *things, by_name);
    for (int i = 0; i < *count; i++)
        index[things[i].root] = i;
    *thing_of = index;
    return things;
}

static bool put_thing(rg_store *store, int id, const thing *t, rg_error *err)
{
    sql_statement s;
    if (!sql_begin(&s, store, "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)", err))
        return false;
    sql_int(&s, id);
    sql_text(&s, t->name->label);
    sql_text(&s, t->name->type);
    sql_int(&s, t->documents);
    sql_int(&s, t->mentions);
    sql_text(&s, t->first);
    sql_text(&s, t->last);
    return sql_run(&s, err);
}

static bool put_label(rg_store *store, int id, const node *n, rg_error *err)
{
    sql_statement s;
    if (!sql_begin(&s, store, "INSERT OR IGNORE INTO label VALUES (?, ?, ?, ?)", err))
        return false;
    sql_text(&s, n->label);
    sql_text(&s, n->type);
    sql_int(&s, id);
    sql_int(&s, n->documents);
    return sql_run(&s, err);
}

static bool put_tables(merging *m, rg_store *store, rg_error *err)
{
    int count, *thing_of;
    const thing *things = sum_up(m, &count, &thing_of);
    if (!sql_do(store, "DELETE FROM entity", err)
        || !sql_do(store, "DELETE FROM label", err))
        return false;
    for (int i = 0; i < count; i++)
        if (!put_thing(store, i + 1, &things[i], err))
            return false;
    for (int i = 0; i < rg_map_count(m->keys); i++) {
        int id = thing_of[root_of(m, i)];
        if (id >= 0 && m->nodes[i].documents > 0
            && !put_label(store, id + 1, &m->nodes[i], err))
            return false;
    }
    return true;
}

bool rg_store_merge(rg_store *store, rg_arena *arena, rg_error *err)
{
    rows entities;
    merging m = {.arena = arena,
                 .keys = rg_map_new(arena),
                 .written = rg_map_new(arena),
                 .key = rg_buf_in(arena),
                 .alias_keys = rg_map_new(arena)};
    if (!read_rows(&entities, store, arena, err))
        return false;
    for (int i = 0; i < entities.count; i++)
        take_entity(&m, &entities.items[i]);
    for (int i = 0; i < entities.count; i++)
        take_names(&m, &entities.items[i]);
    count_apart(&m, &entities);
    unite_aliases(&m);
    return put_tables(&m, store, err)
           && sql_do(store, "UPDATE state SET merged = 1", err);
}
