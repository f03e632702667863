/* sql.h - statements of one store; private to store/.
 *
 *     sql_statement s;
 *     if (sql_begin(&s, store, "SELECT path FROM doc WHERE id = ?", err)) {
 *         sql_int(&s, id);
 *         while (sql_step(&s)) ... sql_column_text(&s, 0) ...
 *         ok = sql_end(&s, err);
 *     }
 *
 * A statement holds the store's lock from sql_begin to sql_end. Values are bound, never
 * written into the text.
 */
#ifndef RG_STORE_SQL_H
#define RG_STORE_SQL_H

#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>

struct rg_store {
    sqlite3 *db;
    const char *path;
    rg_arena *arena;
    pthread_mutex_t lock;
    struct {
        const char *text; /* told apart by its address */
        sqlite3_stmt *handle;
    } prepared[64];
    bool open_transaction;
    bool unended, unmerged; /* the transaction has said so in `state` */
    char trouble[128];      /* the last one that a statement had */
    rg_error_kind trouble_kind;
};

typedef struct sql_statement {
    rg_store *store;
    sqlite3_stmt *handle;
    bool once;  /* not one of the store's */
    int bound;  /* values so far */
    int result; /* of the last step */
    bool full;  /* there was no memory for a value, in or out */
} sql_statement;

/* The text is a literal, prepared once; sql_begin_once takes any other. */
bool sql_begin(sql_statement *out, rg_store *store, const char *text, rg_error *err);
bool sql_begin_once(sql_statement *out, rg_store *store, const char *text,
                    rg_error *err);
void sql_int(sql_statement *s, long long value);
void sql_real(sql_statement *s, double value);
void sql_text(sql_statement *s, rg_str text);
void sql_blob(sql_statement *s, rg_str bytes);
/* Is there a row? */
bool sql_step(sql_statement *s);
bool sql_end(sql_statement *s, rg_error *err);
/* The same for what gives no rows. */
bool sql_run(sql_statement *s, rg_error *err);
bool sql_do(rg_store *store, const char *text, rg_error *err);

/* The number in the first column of the first row; 0: there is none. */
bool sql_number(rg_store *store, const char *text, long long *out, rg_error *err);

/* All rows, copied: texts and blobs as they are, numbers as text; each with a zero behind. */
typedef struct sql_rows {
    rg_str *cells; /* row by row */
    int columns, count;
} sql_rows;
/* `count` gives the number of rows. */
bool sql_read(sql_rows *out, rg_store *store, rg_arena *arena, const char *count,
              const char *text, int columns, rg_error *err);
/* The first cell of a row. */
const rg_str *sql_row(const sql_rows *rows, int row);

/* What labels of one thing share: the type, and the label whatever its case. */
rg_str sql_thing_key(rg_arena *arena, rg_str label, rg_str type);

long long sql_column_int(sql_statement *s, int column);
/* Valid until the next step. */
rg_str sql_column_text(sql_statement *s, int column);
rg_str sql_column_blob(sql_statement *s, int column);

bool sql_fail(rg_store *store, rg_error *err);
/* Does the result say that memory ran out? */
bool sql_is_memory(int code);

/* Bytes as they are kept: packed with zlib, their size before them. */
rg_str sql_compress(rg_arena *arena, rg_str bytes);
/* Aligned; empty if they are not sound. */
rg_str sql_expand(rg_arena *arena, rg_str bytes);

#endif
