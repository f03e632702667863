#include "store/sql.h"

#include "base/pack.h"
#include "base/unicode.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

enum {
    MOST_STATEMENTS =
        sizeof((rg_store *)0)->prepared / sizeof((rg_store *)0)->prepared[0]
};

bool sql_is_memory(int code)
{
    return (code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM;
}

/* The last one is told again when statements come behind it. */
static bool tell(rg_store *store, rg_error_kind kind, const char *text, rg_error *err)
{
    store->trouble_kind = kind;
    snprintf(store->trouble, sizeof store->trouble, "%s", text);
    return rg_fail(err, kind, rg_place_file(rg_str_of(store->path)), "the store: %s",
                   text);
}

bool sql_fail(rg_store *store, rg_error *err)
{
    bool memory = sql_is_memory(sqlite3_errcode(store->db));
    return tell(store, memory ? RG_ERROR_MEMORY : RG_ERROR_OUTPUT,
                sqlite3_errmsg(store->db), err);
}

static sqlite3_stmt *find_prepared(rg_store *store, const char *text)
{
    int i = 0;
    while (i < MOST_STATEMENTS && store->prepared[i].text
           && store->prepared[i].text != text)
        i++;
    if (i == MOST_STATEMENTS)
        return NULL;
    if (!store->prepared[i].handle)
        sqlite3_prepare_v3(store->db, text, -1, SQLITE_PREPARE_PERSISTENT,
                           &store->prepared[i].handle, NULL);
    if (store->prepared[i].handle)
        store->prepared[i].text = text;
    return store->prepared[i].handle;
}

/* A disk that is full can end a transaction: nothing may be written outside of it then. */
static bool is_given_up(const rg_store *store)
{
    return store->open_transaction && sqlite3_get_autocommit(store->db);
}

static bool begin(sql_statement *out, rg_store *store, rg_error *err)
{
    if (out->handle && !is_given_up(store))
        return true;
    if (out->handle)
        rg_fail(err, store->trouble_kind, rg_place_file(rg_str_of(store->path)),
                "the store: %s", store->trouble);
    else
        sql_fail(store, err);
    if (out->once)
        sqlite3_finalize(out->handle);
    pthread_mutex_unlock(&store->lock);
    return false;
}

bool sql_begin(sql_statement *out, rg_store *store, const char *text, rg_error *err)
{
    pthread_mutex_lock(&store->lock);
    *out = (sql_statement){.store = store, .handle = find_prepared(store, text)};
    return begin(out, store, err);
}

bool sql_begin_once(sql_statement *out, rg_store *store, const char *text,
                    rg_error *err)
{
    pthread_mutex_lock(&store->lock);
    *out = (sql_statement){.store = store, .once = true};
    sqlite3_prepare_v2(store->db, text, -1, &out->handle, NULL);
    return begin(out, store, err);
}

void sql_int(sql_statement *s, long long value)
{
    sqlite3_bind_int64(s->handle, ++s->bound, value);
}

void sql_real(sql_statement *s, double value)
{
    sqlite3_bind_double(s->handle, ++s->bound, value);
}

void sql_text(sql_statement *s, rg_str text)
{
    int result =
        sqlite3_bind_text(s->handle, ++s->bound, text.len > 0 ? text.bytes : "",
                          text.len, SQLITE_TRANSIENT);
    s->full |= result == SQLITE_NOMEM;
}

void sql_blob(sql_statement *s, rg_str bytes)
{
    int result =
        sqlite3_bind_blob(s->handle, ++s->bound, bytes.len > 0 ? bytes.bytes : "",
                          bytes.len, SQLITE_TRANSIENT);
    s->full |= result == SQLITE_NOMEM;
}

/* SQLITE_OK: no step was taken. */
static bool is_fine(int result)
{
    return result == SQLITE_DONE || result == SQLITE_ROW || result == SQLITE_OK;
}

bool sql_step(sql_statement *s)
{
    if (s->full || !is_fine(s->result)) /* another step would begin anew */
        return false;
    s->result = sqlite3_step(s->handle);
    return s->result == SQLITE_ROW;
}

bool sql_end(sql_statement *s, rg_error *err)
{
    bool ok = is_fine(s->result);
    if (s->full)
        ok = tell(s->store, RG_ERROR_MEMORY, "out of memory", err);
    else if (!ok)
        sql_fail(s->store, err);
    if (s->once) {
        sqlite3_finalize(s->handle);
    } else {
        sqlite3_reset(s->handle);
        sqlite3_clear_bindings(s->handle);
    }
    pthread_mutex_unlock(&s->store->lock);
    return ok;
}

bool sql_run(sql_statement *s, rg_error *err)
{
    sql_step(s);
    return sql_end(s, err);
}

bool sql_do(rg_store *store, const char *text, rg_error *err)
{
    sql_statement s;
    return sql_begin_once(&s, store, text, err) && sql_run(&s, err);
}

bool sql_number(rg_store *store, const char *text, long long *out, rg_error *err)
{
    sql_statement s;
    *out = 0;
    if (!sql_begin_once(&s, store, text, err))
        return false;
    *out = sql_step(&s) ? sql_column_int(&s, 0) : 0;
    return sql_end(&s, err);
}

/* A lock is held: want of memory is noted, not jumped for. */
static void copy_cell(sql_statement *s, rg_str *out, rg_arena *arena, int column)
{
    bool blob = sqlite3_column_type(s->handle, column) == SQLITE_BLOB;
    rg_str bytes = blob ? sql_column_blob(s, column) : sql_column_text(s, column);
    char *room = rg_arena_try(arena, (size_t)bytes.len + 1, 1);
    if (room && bytes.len > 0)
        memcpy(room, bytes.bytes, (size_t)bytes.len);
    *out = (rg_str){room, bytes.len};
    s->full |= !room;
}

bool sql_read(sql_rows *out, rg_store *store, rg_arena *arena, const char *count,
              const char *text, int columns, rg_error *err)
{
    long long most;
    sql_statement s;
    if (!sql_number(store, count, &most, err))
        return false;
    *out = (sql_rows){rg_new(arena, rg_str, most * columns + 1), columns, 0};
    if (!sql_begin_once(&s, store, text, err))
        return false;
    for (; out->count < most && sql_step(&s); out->count++)
        for (int c = 0; c < columns && !s.full; c++)
            copy_cell(&s, out->cells + (size_t)out->count * (size_t)columns + c, arena,
                      c);
    return sql_end(&s, err);
}

const rg_str *sql_row(const sql_rows *rows, int row)
{
    return rows->cells + (size_t)row * (size_t)rows->columns;
}

rg_str sql_thing_key(rg_arena *arena, rg_str label, rg_str type)
{
    return rg_arena_format(arena, "%.*s\t%.*s", RG_PRINT(type),
                           RG_PRINT(rg_unicode_lower(arena, label)));
}

long long sql_column_int(sql_statement *s, int column)
{
    return sqlite3_column_int64(s->handle, column);
}

rg_str sql_column_text(sql_statement *s, int column)
{
    bool there = sqlite3_column_type(s->handle, column) != SQLITE_NULL;
    const unsigned char *text = sqlite3_column_text(s->handle, column);
    s->full |= there && !text;
    return text ? (rg_str){(const char *)text, sqlite3_column_bytes(s->handle, column)}
                : (rg_str){"", 0};
}

rg_str sql_column_blob(sql_statement *s, int column)
{
    const void *bytes = sqlite3_column_blob(s->handle, column);
    return bytes ? (rg_str){bytes, sqlite3_column_bytes(s->handle, column)}
                 : (rg_str){"", 0};
}

/* ---- Bytes ---------------------------------------------------------------------------------- */

enum { MOST_EXPANDED = 1 << 30, MOST_RATIO = 1032 /* of deflate */ };

rg_str sql_compress(rg_arena *arena, rg_str bytes)
{
    uLongf size = compressBound((uLong)bytes.len);
    rg_buf out = rg_buf_in(arena);
    rg_pack_int(&out, bytes.len);
    char *room = rg_buf_room(&out, (int)size);
    if (compress2((Bytef *)room, &size, (const Bytef *)bytes.bytes, (uLong)bytes.len,
                  Z_BEST_SPEED)
        != Z_OK)
        rg_arena_give_up(arena);
    out.len += (int)size;
    return rg_buf_str(&out);
}

rg_str sql_expand(rg_arena *arena, rg_str bytes)
{
    rg_unpacker from = rg_unpack_from(bytes);
    int size = rg_unpack_in(&from, 0, MOST_EXPANDED);
    long left = (long)(from.end - from.at);
    if (!from.ok || size / MOST_RATIO > left)
        return (rg_str){"", 0};
    char *room = (char *)rg_new(arena, uint64_t, (size_t)size / sizeof(uint64_t) + 1);
    uLongf made = (uLongf)size;
    int result = uncompress((Bytef *)room, &made, from.at, (uLong)left);
    if (result == Z_MEM_ERROR)
        rg_arena_give_up(arena);
    bool ok = result == Z_OK && made == (uLongf)size;
    return ok ? (rg_str){room, size} : (rg_str){"", 0};
}
