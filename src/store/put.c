/* put.c - documents into the store, and what is known of them. */
#include "store/sql.h"

#include "base/pack.h"

#include <stdlib.h>
#include <string.h>

bool rg_store_find(rg_store_state *state, rg_store *store, rg_str path, rg_error *err)
{
    sql_statement s;
    rg_store_state out = {0};
    *state = out;
    if (!sql_begin(
            &s, store,
            "SELECT id, content, edges_hash, naming, version, date FROM doc WHERE path = ?",
            err))
        return false;
    sql_text(&s, path);
    if (sql_step(&s)) {
        rg_str version = sql_column_text(&s, 4);
        out.known = true;
        out.id = sql_column_int(&s, 0);
        out.content = (uint64_t)sql_column_int(&s, 1);
        out.edges = (uint64_t)sql_column_int(&s, 2);
        out.naming = (uint64_t)sql_column_int(&s, 3);
        rg_str date = sql_column_text(&s, 5);
        if (version.len < (int)sizeof out.version)
            memcpy(out.version, version.bytes, (size_t)version.len);
        if (date.len < (int)sizeof out.date)
            memcpy(out.date, date.bytes, (size_t)date.len);
    }
    if (!sql_end(&s, err))
        return false;
    *state = out;
    return true;
}

/* Something is left to do at the end: once for each transaction. `merge`: who is who, too. */
static bool put_work(rg_store *store, bool merge, rg_error *err)
{
    if (!store->unended && !sql_do(store, "UPDATE state SET ended = 0", err))
        return false;
    store->unended = true;
    if (merge && !store->unmerged && !sql_do(store, "UPDATE state SET merged = 0", err))
        return false;
    store->unmerged |= merge;
    return true;
}

bool rg_store_confirm(rg_store *store, long long id, rg_str version, rg_error *err)
{
    sql_statement s;
    if (!put_work(store, false, err)
        || !sql_begin(&s, store, "UPDATE doc SET version = ? WHERE id = ?", err))
        return false;
    sql_text(&s, version);
    sql_int(&s, id);
    return sql_run(&s, err);
}

/* ---- A document's rows -------------------------------------------------------------------------- */

static bool delete_of(rg_store *store, const char *text, long long doc, rg_error *err)
{
    sql_statement s;
    if (!sql_begin(&s, store, text, err))
        return false;
    sql_int(&s, doc);
    return sql_run(&s, err);
}

/* The row of the document itself; its id. */
static bool put_doc(rg_store *store, const rg_store_document *d, long long *id,
                    rg_error *err)
{
    static const char text[] =
        "INSERT INTO doc (path, title, date, bytes, content, version, naming, edges_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET"
        " title = excluded.title, date = excluded.date, bytes = excluded.bytes,"
        " content = excluded.content, version = excluded.version, naming = excluded.naming,"
        " edges_hash = excluded.edges_hash RETURNING id";
    sql_statement s;
    if (!sql_begin(&s, store, text, err))
        return false;
    sql_text(&s, d->document->name);
    sql_text(&s, d->title);
    sql_text(&s, d->document->date);
    sql_int(&s, d->document->bytes.len);
    sql_int(&s, (long long)d->content);
    sql_text(&s, d->version);
    sql_int(&s, (long long)d->naming);
    sql_int(&s, (long long)d->edges_hash);
    *id = sql_step(&s) ? sql_column_int(&s, 0) : 0;
    sql_step(&s);
    return sql_end(&s, err);
}

rg_str rg_store_pack(rg_arena *arena, rg_str edges)
{
    return sql_compress(arena, edges);
}

static bool put_edges(rg_store *store, long long doc, rg_str packed, rg_error *err)
{
    sql_statement s;
    if (!sql_begin(&s, store, "INSERT OR REPLACE INTO doc_edges VALUES (?, ?)", err))
        return false;
    sql_int(&s, doc);
    sql_blob(&s, packed);
    return sql_run(&s, err);
}

/* "key=value; key=value", as in the TSV. */
static rg_str qualifiers_of(rg_arena *arena, const rg_edge *e)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < e->qualifier_count; i++) {
        if (i > 0)
            rg_buf_text(&out, "; ");
        rg_buf_put(&out, e->qualifiers[i].key);
        rg_buf_byte(&out, '=');
        for (int b = 0; b < e->qualifiers[i].value.len; b++) {
            if (e->qualifiers[i].value.bytes[b] == ';')
                rg_buf_byte(&out, '\\');
            rg_buf_byte(&out, e->qualifiers[i].value.bytes[b]);
        }
    }
    return rg_buf_str(&out);
}

static bool put_triple(rg_store *store, rg_arena *arena, long long doc, int n,
                       const rg_edge *e, rg_error *err)
{
    static const char text[] =
        "INSERT INTO triple VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?)";
    const rg_str texts[] = {
        e->id,          e->subject,  e->relation, e->object, e->subject_type,
        e->object_type, e->polarity, e->modality, e->source, qualifiers_of(arena, e)};
    sql_statement s;
    if (!sql_begin(&s, store, text, err))
        return false;
    sql_int(&s, doc);
    sql_int(&s, n);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        sql_text(&s, texts[i]);
    sql_real(&s, e->confidence);
    sql_text(&s, e->rule);
    sql_int(&s, e->sentence);
    sql_int(&s, e->start);
    sql_int(&s, e->end);
    sql_text(&s, e->subject_text);
    sql_text(&s, e->relation_text);
    sql_text(&s, e->object_text);
    sql_text(&s, e->evidence);
    return sql_run(&s, err);
}

static bool put_mention(rg_store *store, rg_arena *arena, long long doc, int n,
                        int entity, const rg_named *named, const rg_entity_mention *m,
                        rg_error *err)
{
    sql_statement s;
    rg_str text = rg_coref_text(arena, named->parse, m),
           evidence = rg_coref_evidence(arena, named, m);
    if (!sql_begin(&s, store,
                   "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", err))
        return false;
    sql_int(&s, doc);
    sql_int(&s, n);
    sql_int(&s, entity);
    sql_text(&s, rg_str_of(rg_coref_kind_name(m->kind)));
    sql_int(&s, m->sentence + 1);
    sql_int(&s, rg_parse_start(named->parse, m->first));
    sql_int(&s, rg_parse_end(named->parse, m->end - 1));
    sql_text(&s, text);
    sql_text(&s, m->pass);
    sql_text(&s, evidence);
    return sql_run(&s, err);
}

/* The names by which the text calls it, each once, a line feed between. */
static rg_str names_of(rg_arena *arena, const rg_named *named, const rg_entity *entity)
{
    rg_map *seen = rg_map_new(arena);
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < entity->mention_count; i++) {
        const rg_entity_mention *m = &named->coref->mentions[entity->mentions[i]];
        int known = rg_map_count(seen);
        if (m->kind != RG_MENTION_NAME)
            continue;
        rg_str text = rg_coref_text(arena, named->parse, m);
        if (rg_map_put(seen, text) != known)
            continue;
        if (out.len > 0)
            rg_buf_byte(&out, '\n');
        rg_buf_put(&out, text);
    }
    return rg_buf_str(&out);
}

static bool put_entity(rg_store *store, rg_arena *arena, long long doc, int n,
                       const rg_named *named, const rg_entity *entity, rg_error *err)
{
    sql_statement s;
    rg_str names = names_of(arena, named, entity);
    if (!sql_begin(&s, store, "INSERT INTO doc_entity VALUES (?, ?, ?, ?, ?, ?)", err))
        return false;
    sql_int(&s, doc);
    sql_int(&s, n);
    sql_text(&s, entity->label);
    sql_text(&s, rg_coref_type_name(named->rules, entity));
    sql_int(&s, entity->mention_count);
    sql_text(&s, names);
    return sql_run(&s, err);
}

static bool put_entities(rg_store *store, rg_arena *arena, long long doc,
                         const rg_named *named, rg_error *err)
{
    int mentions = 0;
    for (int i = 0; i < named->coref->entity_count; i++) {
        const rg_entity *entity = &named->coref->entities[i];
        if (!rg_coref_is_shown(entity))
            continue;
        if (!put_entity(store, arena, doc, i, named, entity, err))
            return false;
        for (int j = 0; j < entity->mention_count; j++)
            if (!put_mention(store, arena, doc, mentions++, i, named,
                             &named->coref->mentions[entity->mentions[j]], err))
                return false;
    }
    return true;
}

bool rg_store_put(rg_store *store, rg_arena *arena, const rg_store_document *d,
                  rg_error *err)
{
    long long id;
    if (!put_work(store, d->named, err) || !put_doc(store, d, &id, err)
        || !put_edges(store, id, d->packed, err)
        || !delete_of(store, "DELETE FROM triple WHERE doc = ?", id, err))
        return false;
    for (int i = 0; i < d->edges->count; i++)
        if (!put_triple(store, arena, id, i, &d->edges->items[i], err))
            return false;
    return !d->named
           || (delete_of(store, "DELETE FROM doc_entity WHERE doc = ?", id, err)
               && delete_of(store, "DELETE FROM mention WHERE doc = ?", id, err)
               && put_entities(store, arena, id, d->named, err));
}

/* ---- What is no longer there --------------------------------------------------------------------- */

static const char forget_content[] = /* RG_KEPT_RULES is 3 */
    "DELETE FROM kept WHERE kind <> 3 AND content NOT IN (SELECT content FROM doc)";
static const char forget_rules[] =
    "DELETE FROM kept WHERE kind = 3 AND content NOT IN (SELECT needs FROM kept)";

bool rg_store_drop_others(rg_store *store, rg_arena *arena, const rg_map *paths,
                          int *dropped, rg_error *err)
{
    sql_rows all;
    *dropped = 0;
    if (!sql_read(&all, store, arena, "SELECT count(*) FROM doc",
                  "SELECT id, path FROM doc ORDER BY id", 2, err))
        return false;
    for (int i = 0; i < all.count; i++) {
        const rg_str *cells = sql_row(&all, i);
        if (rg_map_find(paths, cells[1]) >= 0)
            continue;
        *dropped += 1;
        if (!delete_of(store, "DELETE FROM doc WHERE id = ?",
                       strtoll(cells[0].bytes, NULL, 10), err))
            return false;
    }
    return *dropped == 0 || put_work(store, true, err);
}

static bool forget(rg_store *store, rg_error *err)
{
    return sql_do(store, forget_content, err) && sql_do(store, forget_rules, err);
}

/* ---- Rules ------------------------------------------------------------------------------------ */

static bool put_rule(rg_store *store, rg_arena *arena, const rg_rules *rules,
                     const rg_rule *rule, rg_error *err)
{
    sql_statement s;
    rg_str hash = rg_arena_format(arena, "%016llx", (unsigned long long)rule->hash),
           place = rg_rules_place(arena, rules, rule);
    if (!sql_begin(&s, store, "INSERT OR IGNORE INTO rule VALUES (?, ?, ?, ?)", err))
        return false;
    sql_text(&s, rule->id);
    sql_text(&s, hash);
    sql_text(&s, rule->relation.text);
    sql_text(&s, place);
    return sql_run(&s, err);
}

static bool put_rules(rg_store *store, rg_arena *arena, const rg_rules *rules,
                      rg_error *err)
{
    if (!sql_do(store, "DELETE FROM rule", err))
        return false;
    for (int i = 0; i < rules->rule_count; i++)
        if (!put_rule(store, arena, rules, &rules->rules[i], err))
            return false;
    return true;
}

bool rg_store_end(rg_store *store, rg_arena *arena, const rg_rules *rules,
                  rg_error *err)
{
    long long ended, merged;
    if (!sql_number(store, "SELECT ended FROM state", &ended, err)
        || !sql_number(store, "SELECT merged FROM state", &merged, err))
        return false;
    return ended
           || (put_rules(store, arena, rules, err) && forget(store, err)
               && (merged || rg_store_merge(store, arena, err))
               && sql_do(store, "UPDATE state SET ended = 1", err));
}
