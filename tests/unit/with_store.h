/* with_store.h - documents by hand, and stores made of them, without a model.
 *
 *     {"b.txt", "2021-05-01", "Acme: Acme AC; Norsund: Norsund", "Acme buys Norsund"}
 *
 * Entities are LABEL: the names by which the document calls it, words of `words`; an edge is
 * SUBJECT RELATION OBJECT, with "not" before it if it is negated.
 */
#ifndef RG_TESTS_WITH_STORE_H
#define RG_TESTS_WITH_STORE_H

#include "by_hand.h"

#include "base/map.h"
#include "store/sql.h"

#include <stdio.h>
#include <unistd.h>

typedef struct told {
    const char *name, *date, *entities, *edges;
} told;

static const rg_parse *words;

static inline void use_words(void)
{
    use_rules("rules:\n  - rule: gives\n    match: {verb: '[give]'}\n"
              "    args: {subject: verb >nsubj, object: verb >dobj}\n"
              "    relation: gives\n");
    words = read_parse("Acme/NNP/ROOT/1 AC/NNP/dep/1 Norsund/NNP/dep/1 NS/NNP/dep/1 "
                       "Corlin/NNP/dep/1 Ann/NNP/dep/1 she/PRP/dep/1");
}

static inline int find_word(rg_str name)
{
    for (int i = 0; i < words->token_count; i++)
        if (rg_str_equal(words->tokens[i].lexeme->text, name))
            return i;
    fail_msg("%.*s is no word", RG_PRINT(name));
    return -1;
}

static inline bool next_of(rg_str *out, rg_str *list, char end)
{
    while (list->len > 0 && list->bytes[0] == ' ')
        *list = rg_str_cut(*list, 1, list->len);
    if (list->len == 0)
        return false;
    *out = next_piece(list, end);
    return true;
}

/* "Acme: Acme AC"; without names it is a thing that nobody is shown. */
static inline void put_told_entity(rg_coref *to, rg_str text)
{
    rg_str label = next_piece(&text, ':'), name;
    rg_entity *entity = &to->entities[to->entity_count];
    *entity = (rg_entity){.label = label, .type = RG_NONE, .named = text.len > 0};
    entity->mentions = rg_new(arena, int, 8);
    while (next_of(&name, &text, ' ')) {
        int word = find_word(name);
        entity->mentions[entity->mention_count++] = to->mention_count;
        to->mentions[to->mention_count++] = (rg_entity_mention){
            .first = word,
            .end = word + 1,
            .head = word,
            .kind = rg_str_is(name, "she") ? RG_MENTION_PRONOUN : RG_MENTION_NAME,
            .entity = to->entity_count,
            .antecedent = RG_NONE,
            .share = 1};
    }
    to->entity_count++;
}

static inline const rg_named *read_named(const char *entities)
{
    rg_coref *coref = rg_new(arena, rg_coref, 1);
    rg_named *named = rg_new(arena, rg_named, 1);
    rg_str rest = rg_str_of(entities), one;
    coref->entities = rg_new(arena, rg_entity, 16);
    coref->mentions = rg_new(arena, rg_entity_mention, 64);
    while (next_of(&one, &rest, ';'))
        put_told_entity(coref, one);
    *named = (rg_named){rules, words, coref};
    return named;
}

static inline rg_edge read_edge(rg_str text)
{
    bool negated = rg_str_starts(text, RG_STR("not "));
    rg_str rest = negated ? rg_str_cut(text, 4, text.len) : text;
    rg_edge edge = {.polarity = negated ? RG_STR("negated") : RG_STR("affirmed"),
                    .modality = RG_STR("asserted"),
                    .confidence = 1,
                    .rule = RG_STR("a"),
                    .sentence = 1,
                    .evidence = text};
    edge.subject = next_piece(&rest, ' ');
    edge.relation = next_piece(&rest, ' ');
    edge.object = rest;
    edge.qualifiers = rg_new(arena, rg_qualifier, 2);
    edge.qualifiers[0] = (rg_qualifier){.key = RG_STR("time"), .value = RG_STR("May")};
    edge.qualifiers[1] = (rg_qualifier){.key = RG_STR("at"), .value = RG_STR("a;b")};
    edge.qualifier_count = 2;
    return edge;
}

static inline const rg_edges *read_edges_told(const char *text)
{
    rg_edges *edges = rg_new(arena, rg_edges, 1);
    rg_str rest = rg_str_of(text), one;
    edges->items = rg_new(arena, rg_edge, 16);
    while (next_of(&one, &rest, ';'))
        edges->items[edges->count++] = read_edge(one);
    return edges;
}

static inline bool put_told(rg_store *store, const told *one, rg_error *err)
{
    rg_buf packed = rg_buf_in(arena);
    const rg_edges *edges = read_edges_told(one->edges);
    const rg_document document = {.name = rg_str_of(one->name),
                                  .bytes = RG_STR("text"),
                                  .date = rg_str_of(one->date)};
    rg_edges_pack(&packed, edges, 0);
    const rg_store_document put = {.document = &document,
                                   .content = 7,
                                   .version = RG_STR("v"),
                                   .edges = edges,
                                   .packed = rg_store_pack(arena, rg_buf_str(&packed)),
                                   .named = read_named(one->entities)};
    return rg_store_put(store, arena, &put, err);
}

static inline bool put_all_told(rg_store *store, const told *all, int count,
                                rg_error *err)
{
    for (int i = 0; i < count; i++)
        if (!put_told(store, &all[i], err))
            return false;
    return true;
}

/* The two transactions of `relgraph build`. */
static inline bool build_documents(rg_store *store, const told *all, int count,
                                   rg_error *err)
{
    const rg_kept_name name = {.kind = RG_KEPT_EDGES, .content = 7, .key = 1};
    rg_store_kept(store, arena, name);
    return rg_store_begin(store, err) && put_all_told(store, all, count, err)
           && rg_store_keep(store, arena, name, RG_STR("kept"), err)
           && rg_store_commit(store, err);
}

static inline bool build_rest(rg_store *store, const told *all, int count,
                              rg_error *err)
{
    int dropped;
    rg_map *paths = rg_map_new(arena);
    for (int i = 0; i < count; i++)
        rg_map_put(paths, rg_str_of(all[i].name));
    return rg_store_begin(store, err)
           && rg_store_drop_others(store, arena, paths, &dropped, err)
           && rg_store_end(store, arena, rules, err) && rg_store_commit(store, err);
}

/* ---- Files -------------------------------------------------------------------------------- */

static char store_path[64];

static inline void remove_store(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        unlink(rg_arena_format(arena, "%s%s", store_path, ends[i]).bytes);
}

static inline int open_store_world(void **state)
{
    if (open_world(state))
        return -1;
    snprintf(store_path, sizeof store_path, "/tmp/store_test-%d.db", (int)getpid());
    use_words();
    remove_store();
    return 0;
}

static inline int close_store_world(void **state)
{
    remove_store();
    return close_world(state);
}

/* Rows of the SQL: cells with tabs, rows with line feeds; or the error. */
static inline void put_rows(rg_buf *out, sqlite3 *db, const char *text)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, text, -1, &s, NULL) != SQLITE_OK)
        rg_buf_text(out, sqlite3_errmsg(db));
    while (s && sqlite3_step(s) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            const void *bytes = sqlite3_column_blob(s, i);
            rg_buf_put(out, (rg_str){bytes, sqlite3_column_bytes(s, i)});
            rg_buf_byte(out, i + 1 < sqlite3_column_count(s) ? '\t' : '\n');
        }
    sqlite3_finalize(s);
}

/* What each of these gives in the file, done by SQLite itself. */
static inline const char *sql_of_all(const char *const *texts, size_t count)
{
    rg_buf out = rg_buf_in(arena);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(store_path, &db), SQLITE_OK);
    for (size_t i = 0; i < count; i++)
        put_rows(&out, db, texts[i]);
    sqlite3_close(db);
    rg_buf_byte(&out, '\0');
    return rg_buf_str(&out).bytes;
}

static inline const char *sql_of(const char *text)
{
    return sql_of_all(&text, 1);
}

#endif
