/* store_test.c - who is who in all documents, questions, and files that are no sound store. */
#include "with_store.h"

#include <sys/stat.h>

#define store_test(name)                                                               \
    cmocka_unit_test_setup_teardown(name, open_store_world, close_store_world)

static rg_error err;

static void build(const told *all, int count)
{
    rg_store *store;
    memset(&err, 0, sizeof err);
    if (!rg_store_open(&store, arena, store_path, RG_STORE_WRITE, &err)
        || !build_documents(store, all, count, &err)
        || !build_rest(store, all, count, &err))
        fail_msg("%s", err.text);
    rg_store_close(store);
}

#define build_of(...)                                                                  \
    build((const told[]){__VA_ARGS__},                                                 \
          (int)(sizeof((const told[]){__VA_ARGS__}) / sizeof(told)))

/* "a.txt Acme buys Norsund; ...", or the error. */
static const char *ask(const rg_question *question)
{
    rg_store *store;
    rg_edges edges;
    rg_buf out = rg_buf_in(arena);
    memset(&err, 0, sizeof err);
    if (!rg_store_open(&store, arena, store_path, RG_STORE_READ, &err))
        return err.text;
    bool ok = rg_store_ask(&edges, store, arena, question, &err);
    rg_store_close(store);
    if (!ok)
        return err.text;
    for (int i = 0; i < edges.count; i++)
        rg_buf_format(&out, "%s%.*s %.*s", i > 0 ? "; " : "",
                      RG_PRINT(edges.items[i].doc), RG_PRINT(edges.items[i].evidence));
    return rg_arena_str(arena, rg_buf_str(&out)).bytes;
}

#define assert_answer(wanted, ...)                                                     \
    assert_string_equal(ask(&(const rg_question){__VA_ARGS__}), wanted)

#define NAMES(...)                                                                     \
    {                                                                                  \
        (const char *const[]){__VA_ARGS__},                                            \
            (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))         \
    }

/* ---- Who is who ---------------------------------------------------------------------------- */

static const char things[] = "SELECT e.label, e.documents, e.mentions, e.first, e.last"
                             " FROM entity e ORDER BY e.id";

static void two_documents_make_two_names_one(void **state)
{
    (void)state;
    build_of({"a", "2021-02-01", "Acme: Acme AC AC", ""},
             {"b", "2020-02-01", "Acme: Acme AC", ""}, {"c", "", "AC: AC", ""},
             {"d", "2022-02-01", "AC: AC; Corlin", ""});
    assert_string_equal(sql_of(things), "Acme\t4\t7\t2020-02-01\t2022-02-01\n");
}

static void one_document_makes_no_two_names_one(void **state)
{
    (void)state;
    build_of({"a", "", "Acme: Acme AC", ""}, {"b", "", "AC: AC", ""});
    assert_string_equal(sql_of(things), "AC\t1\t1\t\t\nAcme\t1\t2\t\t\n");
}

static void best_supported_names_come_first_then_those_told_first(void **state)
{
    (void)state;
    build_of({"a", "", "Acme: Acme AC; Norsund: Norsund NS", ""},
             {"b", "", "Acme: Acme AC; Norsund: Norsund NS", ""},
             {"c", "", "Acme: Acme AC; Corlin: Corlin Ann AC", ""},
             {"d", "", "NS: NS; AC: AC; Ann: Ann", ""},
             {"e", "", "Acme: Acme Ann; Norsund: Norsund", ""},
             {"f", "", "Acme: AC Ann; AC: Acme", ""});
    assert_string_equal(sql_of("SELECT label, entity FROM label ORDER BY label"),
                        "AC\t1\nAcme\t1\nAnn\t2\nCorlin\t3\nNS\t4\nNorsund\t4\n");
}

static void a_thing_bears_the_longer_then_the_first_of_two_names(void **state)
{
    (void)state;
    /* each is the name in two documents */
    build_of({"a", "", "NS: NS Norsund", ""}, {"b", "", "NS: NS Norsund", ""},
             {"c", "", "Norsund: Norsund", ""}, {"d", "", "Norsund: Norsund", ""},
             {"e", "", "Ann: Ann", ""});
    assert_string_equal(sql_of("SELECT label FROM entity ORDER BY id"),
                        "Ann\nNorsund\n");
}

static void of_names_of_one_length_the_first_in_order_is_taken(void **state)
{
    (void)state;
    build_of({"a", "", "NS: NS AC", ""}, {"b", "", "NS: NS AC", ""},
             {"c", "", "AC: AC", ""}, {"d", "", "AC: AC", ""});
    assert_string_equal(sql_of("SELECT label FROM entity ORDER BY id"), "AC\n");
}

static void two_things_may_each_be_the_others_name(void **state)
{
    (void)state;
    build_of({"a", "", "Acme: Acme AC", ""}, {"b", "", "Acme: Acme AC", ""},
             {"c", "", "AC: AC Acme", ""}, {"d", "", "AC: AC Acme", ""});
    assert_string_equal(sql_of(things), "Acme\t4\t8\t\t\n");
}

static void the_same_name_in_another_case_is_the_same_thing(void **state)
{
    (void)state;
    build_of({"a", "", "Acme: Acme AC; acme: Acme AC", "acme buys AC"},
             {"b", "", "ACME: AC", ""});
    assert_string_equal(sql_of(things), "Acme\t2\t5\t\t\n");
}

/* ---- Questions ----------------------------------------------------------------------------- */

static void build_news(void)
{
    build_of({"a", "2020-01-01", "Acme: Acme; Norsund: Norsund; Ann: Ann she",
              "Acme owns Norsund; Ann leads Acme; Ann likes tea"},
             {"b", "2021-01-01", "Acme: Acme; Corlin: Corlin; AC",
              "Acme owns Corlin; not Acme owns Norsund; Ann leads Acme"},
             {"c", "", "Corlin: Corlin; NS: NS",
              "Acme owns NS; Corlin buys NS; not Ann leads Acme; Ann leads Corlin"});
}

static void triples_are_asked_for_by_what_they_say(void **state)
{
    (void)state;
    build_news();
    assert_answer("a Ann leads Acme; b Ann leads Acme; c not Ann leads Acme;"
                  " c Ann leads Corlin",
                  .relations = NAMES("leads", "sells"));
    assert_answer("b Acme owns Corlin; c Corlin buys NS; c Ann leads Corlin",
                  .entities = NAMES("corlin"));
    assert_answer("", .types = NAMES("person"));
    assert_answer("c Corlin buys NS", .docs = NAMES("c"), .text = "corlin BUYS");
    assert_answer("nothing is called 'Nobody'", .entities = NAMES("Nobody"));
}

static void dates_are_those_of_documents(void **state)
{
    (void)state;
    build_news();
    assert_answer("b Acme owns Corlin; b not Acme owns Norsund; b Ann leads Acme",
                  .since = "2020-06-01");
    assert_answer("a Acme owns Norsund; a Ann leads Acme; a Ann likes tea",
                  .until = "2020-06-01");
    assert_answer("", .since = "2020-06-01", .until = "2020-07-01");
}

static void what_does_not_agree_is_found(void **state)
{
    (void)state;
    build_news();
    assert_answer("a Acme owns Norsund; b not Acme owns Norsund; c not Ann leads Acme;"
                  " a Ann leads Acme; b Ann leads Acme",
                  .contradictions = true);
    assert_answer("a Acme owns Norsund; b Acme owns Corlin", .changes = true);
    assert_answer("", .changes = true, .relations = NAMES("leads"));
    assert_answer("", .contradictions = true, .relations = NAMES("likes"));
}

static void the_shortest_way_leads_over_things(void **state)
{
    (void)state;
    build_news();
    assert_answer("a Acme owns Norsund; a Ann leads Acme", .from = "Norsund",
                  .to = "Ann");
    assert_answer("", .from = "Ann", .to = "ann");
    assert_answer("no triples lead from 'Norsund' to 'NS'", .from = "Norsund",
                  .to = "NS", .docs = NAMES("a", "b"));
    assert_answer("nothing is called 'tea'", .from = "Ann", .to = "tea");
}

/* ---- Files ----------------------------------------------------------------------------------- */

static void assert_refused(rg_store_mode mode, rg_error_kind kind, const char *text)
{
    rg_store *store;
    memset(&err, 0, sizeof err);
    assert_false(rg_store_open(&store, arena, store_path, mode, &err));
    assert_null(store);
    if (!strstr(err.text, text) || err.kind != kind)
        fail_msg("'%s' (%d) is not '%s' (%d)", err.text, err.kind, text, kind);
}

static void write_bytes(const char *bytes, size_t size)
{
    FILE *file = fopen(store_path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void what_is_no_store_is_refused(void **state)
{
    (void)state;
    assert_refused(RG_STORE_READ, RG_ERROR_INPUT, "cannot read: No such file");
    write_bytes("SQLite", 6);
    assert_false(rg_store_is_one(store_path));
    assert_refused(RG_STORE_WRITE, RG_ERROR_INPUT, "not a database");
    write_bytes("SQLite format 4 of another kind", 31);
    assert_refused(RG_STORE_READ, RG_ERROR_INPUT, "not a database");
    write_bytes("", 0);
    assert_refused(RG_STORE_READ, RG_ERROR_INPUT, "not a database");
    build_of({"a", "", "", ""}); /* an empty file becomes a store */
    sql_of("PRAGMA user_version = 2");
    assert_refused(RG_STORE_READ, RG_ERROR_INPUT, "another version of relgraph");
    assert_refused(RG_STORE_WRITE, RG_ERROR_INPUT, "another version of relgraph");
    sql_of("PRAGMA application_id = 1");
    assert_refused(RG_STORE_WRITE, RG_ERROR_INPUT, "another program's file");
    remove_store();
    assert_int_equal(mkdir(store_path, 0700), 0);
    assert_refused(RG_STORE_WRITE, RG_ERROR_INPUT, "not a database");
    rmdir(store_path);
    snprintf(store_path, sizeof store_path, "/tmp/nowhere-%d/a.db", (int)getpid());
    assert_refused(RG_STORE_WRITE, RG_ERROR_OUTPUT, "cannot open");
    rg_store_close(NULL);
}

static void triples_that_are_damaged_are_told(void **state)
{
    (void)state;
    static const char *const damages[] = {
        "x''",  "x'00'", "x'7f'", "x'8101789c0300'", "x'00789c030000000001'",
        "NULL", "'text'"};
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        build_news();
        sql_of(rg_arena_format(arena,
                               "REPLACE INTO doc_edges SELECT 2, coalesce(%s, 0)",
                               damages[i])
                   .bytes);
        assert_answer("the triples of 'b' are damaged", .from = NULL);
        remove_store();
    }
}

static void kept_bytes_that_are_damaged_are_none(void **state)
{
    (void)state;
    rg_store *store;
    const rg_kept_name name = {.kind = RG_KEPT_EDGES, .content = 7, .key = 1};
    build_news();
    assert_true(rg_store_open(&store, arena, store_path, RG_STORE_READ, &err));
    assert_true(rg_str_is(rg_store_kept(store, arena, name), "kept"));
    rg_store_close(store);
    sql_of("UPDATE kept SET bytes = x''");
    assert_true(rg_store_open(&store, arena, store_path, RG_STORE_READ, &err));
    assert_int_equal(rg_store_kept(store, arena, name).len, 0);
    rg_store_close(store);
}

static void what_is_too_long_of_a_document_is_left_out(void **state)
{
    (void)state;
    rg_store *store;
    rg_store_state found;
    build_news();
    sql_of("UPDATE doc SET version = printf('%064d', 1), date = printf('%016d', 1)");
    assert_true(rg_store_open(&store, arena, store_path, RG_STORE_READ, &err));
    assert_true(rg_store_find(&found, store, RG_STR("a"), &err));
    assert_true(found.known && found.content == 7);
    assert_string_equal(found.version, "");
    assert_string_equal(found.date, "");
    assert_true(rg_store_find(&found, store, RG_STR("z"), &err));
    assert_false(found.known);
    rg_store_close(store);
}

/* A transaction that SQLite gave up: what would come behind it is not written by itself. */
static void nothing_is_written_behind_a_transaction_that_ended(void **state)
{
    (void)state;
    rg_store *store;
    build_news();
    memset(&err, 0, sizeof err);
    assert_true(rg_store_open(&store, arena, store_path, RG_STORE_WRITE, &err)
                && rg_store_begin(store, &err)
                && rg_store_confirm(store, 1, RG_STR("w"), &err));
    assert_false(sql_do(store, "INSERT INTO doc (path) VALUES ('a')", &err));
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    rg_error later = {0}, last = {0};
    assert_false(rg_store_confirm(store, 1, RG_STR("w"), &later));
    assert_string_equal(later.text, err.text);
    assert_int_equal(later.kind, RG_ERROR_OUTPUT);
    assert_false(sql_do(store, "UPDATE doc SET version = 'w'", &last));
    assert_string_equal(last.text, err.text);
    rg_store_close(store);
    assert_string_equal(sql_of("SELECT DISTINCT version FROM doc"), "v\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(two_documents_make_two_names_one),
        store_test(one_document_makes_no_two_names_one),
        store_test(best_supported_names_come_first_then_those_told_first),
        store_test(a_thing_bears_the_longer_then_the_first_of_two_names),
        store_test(of_names_of_one_length_the_first_in_order_is_taken),
        store_test(two_things_may_each_be_the_others_name),
        store_test(the_same_name_in_another_case_is_the_same_thing),
        store_test(triples_are_asked_for_by_what_they_say),
        store_test(dates_are_those_of_documents),
        store_test(what_does_not_agree_is_found),
        store_test(the_shortest_way_leads_over_things),
        store_test(what_is_no_store_is_refused),
        store_test(triples_that_are_damaged_are_told),
        store_test(kept_bytes_that_are_damaged_are_none),
        store_test(what_is_too_long_of_a_document_is_left_out),
        store_test(nothing_is_written_behind_a_transaction_that_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
