#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APPLICATION = 0x52474b42 /* "RGKB" */, SCHEMA = 1, WAIT_MS = 5000 };

static const char *const schema[] = {
#include "store/schema.inc"
};

/* ---- Opening ------------------------------------------------------------------------------------ */

bool rg_store_is_one(const char *path)
{
    static const char magic[] = "SQLite format 3";
    char start[sizeof magic];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool ok = fd >= 0 && read(fd, start, sizeof start) == (ssize_t)sizeof start
              && memcmp(start, magic, sizeof magic) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

/* sqlite.org/security.html, with room for our own statements. */
static void harden(sqlite3 *db)
{
    static const struct {
        int id, value;
    } switches[] =
        {
            {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
            {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
            {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_DQS_DDL, 0},
        },
      limits[] = {
          {SQLITE_LIMIT_LENGTH, 256 << 20},
          {SQLITE_LIMIT_SQL_LENGTH, 100000},
          {SQLITE_LIMIT_COLUMN, 100},
          {SQLITE_LIMIT_EXPR_DEPTH, 50},
          {SQLITE_LIMIT_COMPOUND_SELECT, 4},
          {SQLITE_LIMIT_VDBE_OP, 25000},
          {SQLITE_LIMIT_FUNCTION_ARG, 8},
          {SQLITE_LIMIT_ATTACHED, 0},
          {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
          {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
          {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
      };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        sqlite3_db_config(db, switches[i].id, switches[i].value, NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i].id, limits[i].value);
    sqlite3_busy_timeout(db, WAIT_MS);
}

static bool fail_foreign(rg_store *store, const char *what, rg_error *err)
{
    rg_fail(err, RG_ERROR_INPUT, rg_place_file(rg_str_of(store->path)),
            "is no store of relgraph: %s", what);
    return rg_fail_hint(err, "relgraph build makes one: build DIR -o KB.db");
}

/* Of a file that is there already. */
static bool check(rg_store *store, rg_error *err)
{
    long long application, version;
    if (!sql_number(store, "PRAGMA application_id", &application, err)
        || !sql_number(store, "PRAGMA user_version", &version, err))
        return false;
    if (application != APPLICATION)
        return fail_foreign(store, "another program's file", err);
    if (version != SCHEMA)
        return fail_foreign(store, "made by another version of relgraph", err);
    return sql_do(store, "PRAGMA cell_size_check = ON", err);
}

static bool make_tables(rg_store *store, rg_error *err)
{
    char numbers[64];
    if (!rg_store_begin(store, err))
        return false;
    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
        if (!sql_do(store, schema[i], err))
            return false;
    snprintf(numbers, sizeof numbers, "PRAGMA application_id = %d", APPLICATION);
    if (!sql_do(store, numbers, err))
        return false;
    snprintf(numbers, sizeof numbers, "PRAGMA user_version = %d", SCHEMA);
    return sql_do(store, numbers, err) && rg_store_commit(store, err);
}

static bool is_empty(rg_store *store, bool *empty, rg_error *err)
{
    long long tables;
    bool ok = sql_number(store, "SELECT count(*) FROM sqlite_schema", &tables, err);
    *empty = tables == 0;
    return ok;
}

/* Nothing of a file that is not ours is touched. */
static bool prepare_writing(rg_store *store, rg_error *err)
{
    bool empty;
    return is_empty(store, &empty, err) && (empty || check(store, err))
           && sql_do(store, "PRAGMA journal_mode = WAL", err)
           && sql_do(store, "PRAGMA synchronous = FULL", err)
           && sql_do(store, "PRAGMA foreign_keys = ON", err)
           /* a batch of documents, so that no page is written twice before its commit */
           && sql_do(store, "PRAGMA cache_size = -65536", err)
           /* 64 MiB: what several batches write goes into the file once */
           && sql_do(store, "PRAGMA wal_autocheckpoint = 16384", err)
           && (!empty || make_tables(store, err));
}

bool rg_store_open(rg_store **out, rg_arena *arena, const char *path,
                   rg_store_mode mode, rg_error *err)
{
    bool there = access(path, F_OK) == 0, write = mode == RG_STORE_WRITE;
    int flags =
        SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_FULLMUTEX
        | (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE);
    *out = NULL;
    rg_store *store = rg_new(arena, rg_store, 1);
    store->path = path;
    store->trouble_kind = RG_ERROR_OUTPUT;
    store->arena = arena;
    if (!there && !write)
        return rg_fail(err, RG_ERROR_INPUT, rg_place_file(rg_str_of(path)),
                       "cannot read: %s", strerror(ENOENT));
    if (there && !rg_store_is_one(path)) {
        struct stat about;
        bool empty =
            stat(path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0;
        if (!empty || !write)
            return fail_foreign(store, "not a database", err);
    }
    int result = sqlite3_open_v2(path, &store->db, flags, NULL);
    if (result == SQLITE_READONLY || result == SQLITE_CANTOPEN
        || (result == SQLITE_OK && !write && access(path, W_OK) != 0)) {
        sqlite3_close(store->db);
        result = sqlite3_open_v2(
            path, &store->db,
            SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_FULLMUTEX, NULL);
    }
    if (result != SQLITE_OK) {
        rg_error_kind kind = write ? RG_ERROR_OUTPUT : RG_ERROR_INPUT;
        rg_fail(err, sql_is_memory(result) ? RG_ERROR_MEMORY : kind,
                rg_place_file(rg_str_of(path)), "cannot open: %s",
                sqlite3_errstr(result));
        sqlite3_close(store->db);
        return false;
    }
    pthread_mutex_init(&store->lock, NULL);
    harden(store->db);
    if (write ? !prepare_writing(store, err) : !check(store, err)) {
        rg_store_close(store);
        return false;
    }
    *out = store;
    return true;
}

void rg_store_close(rg_store *store)
{
    rg_error ignored = {0};
    if (!store)
        return;
    if (store->open_transaction)
        sql_do(store, "ROLLBACK", &ignored);
    for (size_t i = 0; i < sizeof store->prepared / sizeof *store->prepared; i++)
        sqlite3_finalize(store->prepared[i].handle);
    sqlite3_close(store->db);
    pthread_mutex_destroy(&store->lock);
}

bool rg_store_begin(rg_store *store, rg_error *err)
{
    store->unended = store->unmerged = false;
    store->open_transaction = sql_do(store, "BEGIN IMMEDIATE", err);
    return store->open_transaction;
}

bool rg_store_commit(rg_store *store, rg_error *err)
{
    bool ok = sql_do(store, "COMMIT", err);
    if (ok)
        store->open_transaction = false;
    return ok;
}

/* ---- What is kept ------------------------------------------------------------------------------- */

/* What cannot be read is worked out again, but not for want of memory. */
static rg_str give_kept(rg_arena *arena, rg_str packed, const rg_error *err)
{
    if (err->kind == RG_ERROR_MEMORY)
        rg_arena_give_up(arena);
    return packed.len > 0 ? sql_expand(arena, packed) : packed;
}

rg_str rg_store_kept(rg_store *store, rg_arena *arena, rg_kept_name name)
{
    sql_statement s;
    rg_error ignored = {0};
    rg_str copy = {"", 0};
    if (!sql_begin(&s, store,
                   "SELECT bytes FROM kept WHERE content = ? AND kind = ? AND key = ?",
                   &ignored))
        return give_kept(arena, copy, &ignored);
    sql_int(&s, (long long)name.content);
    sql_int(&s, name.kind);
    sql_int(&s, (long long)name.key);
    if (sql_step(&s)) {
        rg_str bytes = sql_column_blob(&s, 0);
        char *room = rg_arena_try(arena, (size_t)bytes.len + 1, 1);
        if (room && bytes.len > 0)
            memcpy(room, bytes.bytes, (size_t)bytes.len);
        copy = room ? (rg_str){room, bytes.len} : copy;
        s.full |= !room;
    }
    sql_end(&s, &ignored);
    return give_kept(arena, copy, &ignored);
}

bool rg_store_keep(rg_store *store, rg_arena *arena, rg_kept_name name, rg_str bytes,
                   rg_error *err)
{
    sql_statement s;
    rg_str packed = sql_compress(arena, bytes);
    if (!sql_begin(&s, store,
                   "INSERT OR REPLACE INTO kept (content, kind, key, needs, bytes)"
                   " VALUES (?, ?, ?, ?, ?)",
                   err))
        return false;
    sql_int(&s, (long long)name.content);
    sql_int(&s, name.kind);
    sql_int(&s, (long long)name.key);
    sql_int(&s, (long long)name.needs);
    sql_blob(&s, packed);
    return sql_run(&s, err);
}
