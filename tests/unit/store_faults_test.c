/* store_faults_test.c - one thing goes wrong in SQLite, each time at another place: a
 * statement is refused, or ends in the middle, memory or the disk fails. It is told, or it
 * changes nothing; the rows are those before or behind a transaction; and the next build
 * makes of the store what it would have been.
 */
#include "with_store.h"

#include "base/file.h"

typedef enum fault {
    NO_FAULT,
    REFUSED,     /* the n-th statement that SQLite asks whether it may be */
    INTERRUPTED, /* the n-th statement */
    NO_MEMORY,   /* the n-th allocation of SQLite */
    NO_DISK,     /* the n-th write */
    FAULTS
} fault;

/* What is to happen, and how far that is. */
static struct {
    fault kind;
    long at, count;
    bool due, happened;
} plan;

static void plan_fault(fault kind, long at)
{
    plan.kind = kind;
    plan.at = at;
    plan.count = 0;
    plan.due = plan.happened = false;
}

/* Is it time for a fault of this kind? */
static bool strikes(fault kind)
{
    if (plan.kind != kind || ++plan.count != plan.at)
        return false;
    plan.happened = true;
    return true;
}

/* ---- What SQLite asks us ---------------------------------------------------------------------- */

static int on_question(void *user, int action, const char *a, const char *b,
                       const char *c, const char *d)
{
    (void)user, (void)b, (void)c, (void)d;
    if (a && strcmp(a, "synchronous") == 0)
        return SQLITE_IGNORE; /* thousands of stores need not outlive the machine */
    bool first = action == SQLITE_SELECT || action == SQLITE_INSERT
                 || action == SQLITE_UPDATE || action == SQLITE_DELETE
                 || action == SQLITE_PRAGMA || action == SQLITE_TRANSACTION;
    return first && strikes(REFUSED) ? SQLITE_DENY : SQLITE_OK;
}

static int on_statement(unsigned kind, void *user, void *statement, void *text)
{
    (void)kind, (void)user, (void)statement, (void)text;
    plan.due = plan.kind == INTERRUPTED && ++plan.count == plan.at;
    return 0;
}

static int on_progress(void *user)
{
    (void)user;
    bool now = plan.due;
    plan.due = false;
    plan.happened |= now;
    return now;
}

/* Of every connection. */
static int on_open(sqlite3 *db, const char **error, const void *api)
{
    (void)error, (void)api;
    fault kind = plan.kind;
    plan.kind = NO_FAULT;
    sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    plan.kind = kind;
    sqlite3_set_authorizer(db, on_question, NULL);
    sqlite3_trace_v2(db, SQLITE_TRACE_STMT, on_statement, NULL);
    sqlite3_progress_handler(db, 1, on_progress, NULL);
    return SQLITE_OK;
}

static sqlite3_mem_methods own_memory;

static void *take(int size)
{
    return strikes(NO_MEMORY) ? NULL : own_memory.xMalloc(size);
}

static void *grow(void *taken, int size)
{
    return strikes(NO_MEMORY) ? NULL : own_memory.xRealloc(taken, size);
}

/* ---- A disk that fails: SQLite's own file system, with our xWrite ------------------------------- */

static sqlite3_vfs disk, *own_disk;
/* Of databases, which can be locked, and of other files. */
static sqlite3_io_methods methods[2];
static const sqlite3_io_methods *own_methods[2];

static int write_file(sqlite3_file *file, const void *bytes, int size,
                      sqlite3_int64 offset)
{
    return strikes(NO_DISK) ? SQLITE_FULL
                            : own_methods[file->pMethods != methods]->xWrite(
                                file, bytes, size, offset);
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                     int *out)
{
    (void)vfs;
    int kind = (flags & SQLITE_OPEN_MAIN_DB) == 0;
    int result = own_disk->xOpen(own_disk, name, file, flags, out);
    if (result != SQLITE_OK)
        return result;
    own_methods[kind] = file->pMethods;
    methods[kind] = *file->pMethods;
    methods[kind].xWrite = write_file;
    file->pMethods = &methods[kind];
    return result;
}

static int watch_sqlite(void **state)
{
    (void)state;
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &own_memory);
    sqlite3_mem_methods ours = own_memory;
    ours.xMalloc = take;
    ours.xRealloc = grow;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0); /* what is small is allocated too */
    own_disk = sqlite3_vfs_find(NULL);
    disk = *own_disk;
    disk.zName = "fails";
    disk.xOpen = open_file;
    sqlite3_vfs_register(&disk, 1);
    return sqlite3_auto_extension((void (*)(void))on_open);
}

/* ---- One run -------------------------------------------------------------------------------------- */

static const told old[] = {{"a", "2020-01-01", "Acme: Acme", "Acme owns Norsund"},
                           {"gone", "", "Ann: Ann she", "Ann leads Acme"}};
static const told new[] = {
    {"a", "2021-01-01", "Acme: Acme AC; Corlin: Corlin", "Acme owns Corlin"},
    {"b", "", "Acme: Acme AC; Norsund: Norsund; Ann", "not Acme owns Norsund"}};

static rg_store *store; /* closed by whoever a jump leads to */
static rg_error err;

static void close_store(void)
{
    rg_store_close(store);
    store = NULL;
}

typedef bool (*action)(void);

/* Does it, with memory that may run out. */
static bool run(action act)
{
    jmp_buf full;
    volatile bool ok = false;
    memset(&err, 0, sizeof err);
    store = NULL;
    jmp_buf *before = rg_arena_on_full(arena, &full);
    if (setjmp(full) == 0)
        ok = act();
    else
        rg_fail(&err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
    rg_arena_on_full(arena, before);
    close_store();
    return ok;
}

static bool build_old(void)
{
    return rg_store_open(&store, arena, store_path, RG_STORE_WRITE, &err)
           && build_documents(store, old, 2, &err) && build_rest(store, old, 2, &err);
}

enum { STEPS = 4 }; /* of a build, each of which is in the file, or not */
static int steps;

static bool confirm(void)
{
    rg_store_state found;
    return rg_store_find(&found, store, RG_STR("a"), &err)
           && rg_store_begin(store, &err)
           && rg_store_confirm(store, found.id, RG_STR("w"), &err)
           && rg_store_commit(store, &err);
}

static bool build_new(void)
{
    return rg_store_open(&store, arena, store_path, RG_STORE_WRITE, &err)
           && (steps < 2 || build_documents(store, new, 2, &err))
           && (steps < 3 || build_rest(store, new, 2, &err))
           && (steps < 4 || confirm());
}

static rg_buf answer;

static bool ask(void)
{
    static const rg_question questions[] = {{.contradictions = true},
                                            {.from = "Corlin", .to = "Norsund"}};
    rg_edges edges;
    answer = rg_buf_in(arena);
    if (!rg_store_open(&store, arena, store_path, RG_STORE_READ, &err))
        return false;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (!rg_store_ask(&edges, store, arena, &questions[i], &err))
            return false;
        for (int e = 0; e < edges.count; e++)
            rg_buf_format(&answer, "%.*s\n", RG_PRINT(edges.items[e].evidence));
    }
    return rg_store_count(&answer, store, true, &err)
           && rg_store_count(&answer, store, false, &err);
}

static void do_rightly(action act)
{
    if (!run(act))
        fail_msg("without a fault: %s", err.text);
}

/* ---- What may come of it -------------------------------------------------------------------------- */

static const char *dump(void)
{
    static const char *const texts[] = {
        "SELECT * FROM doc ORDER BY id",
        "SELECT doc, hex(bytes) FROM doc_edges ORDER BY doc",
        "SELECT * FROM triple ORDER BY 1, 2",
        "SELECT * FROM doc_entity ORDER BY 1, 2",
        "SELECT * FROM mention ORDER BY 1, 2",
        "SELECT * FROM entity ORDER BY id",
        "SELECT * FROM label ORDER BY 1, 2",
        "SELECT content, kind, key, needs, hex(bytes) FROM kept ORDER BY 1, 2",
        "SELECT * FROM rule ORDER BY id",
        "SELECT * FROM state",
        "PRAGMA integrity_check"};
    const char *found = sql_of_all(texts, sizeof texts / sizeof *texts);
    assert_true(rg_str_ends(rg_str_of(found), RG_STR("\nok\n"))
                || rg_str_ends(rg_str_of(found), RG_STR("stateok\n")));
    return found;
}

static void assert_told(fault kind)
{
    bool memory = err.kind == RG_ERROR_MEMORY;
    if (memory != (kind == NO_MEMORY) || err.kind == RG_ERROR_NONE
        || err.text[0] == '\0')
        fail_msg("fault %d at %ld: error %d, '%s'", kind, plan.at, err.kind, err.text);
}

/* Each in turn, but allocations and writes, which are many; how often it was noticed. */
static int try_all(fault kind, void (*try)(fault kind, long at))
{
    static const int steps_of[FAULTS] = {
        [REFUSED] = 1, [INTERRUPTED] = 1, [NO_MEMORY] = 101, [NO_DISK] = 3};
    int noticed = 0;
    for (long at = 1;; at += steps_of[kind]) {
        rg_arena_mark mark = rg_arena_mark_now(arena);
        try(kind, at);
        rg_arena_reset(arena, mark);
        if (!plan.happened)
            return noticed;
        noticed += err.kind != RG_ERROR_NONE;
    }
}

static rg_str start;                 /* the file before the build; empty: none */
static const char *dumps[STEPS + 1]; /* what it may be then, step by step */

static void put_start(void)
{
    remove_store();
    if (start.len == 0)
        return;
    FILE *file = fopen(store_path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(start.bytes, 1, (size_t)start.len, file), start.len);
    fclose(file);
}

static void make_dumps(void)
{
    for (steps = 0; steps <= STEPS; steps++) {
        put_start();
        if (steps > 0)
            do_rightly(build_new);
        dumps[steps] = dump();
    }
    steps = STEPS;
}

static bool is_whole(const char *found)
{
    for (int i = 0; i <= STEPS; i++)
        if (strcmp(found, dumps[i]) == 0)
            return true;
    return false;
}

static void try_build(fault kind, long at)
{
    put_start();
    plan_fault(kind, at);
    bool ok = run(build_new);
    plan.kind = NO_FAULT;
    const char *found = dump();
    if (ok)
        assert_string_equal(found, dumps[STEPS]);
    else
        assert_told(kind);
    if (!is_whole(found))
        fail_msg("fault %d at %ld left half a step:\n%s", kind, at, found);
    rg_error first = err;
    do_rightly(build_new);
    assert_string_equal(dump(), dumps[STEPS]);
    err = first;
}

static void try_builds(void)
{
    make_dumps();
    for (fault kind = REFUSED; kind < FAULTS; kind++)
        assert_true(try_all(kind, try_build) > 5);
}

static void use_old(void)
{
    do_rightly(build_old);
    assert_true(rg_file_read(&start, arena, store_path, 1 << 24, &err));
}

static void a_build_on_a_store_is_done_or_told(void **state)
{
    (void)state;
    use_old();
    try_builds();
}

static void a_first_build_is_done_or_told(void **state)
{
    (void)state;
    start = (rg_str){"", 0};
    try_builds();
}

static rg_str right;

static void try_ask(fault kind, long at)
{
    plan_fault(kind, at);
    bool ok = run(ask);
    plan.kind = NO_FAULT;
    if (ok)
        assert_true(rg_str_equal(rg_buf_str(&answer), right));
    else
        assert_told(kind);
}

static void a_question_is_answered_or_trouble_is_told(void **state)
{
    (void)state;
    steps = STEPS;
    do_rightly(build_new);
    const char *written = dump();
    do_rightly(ask);
    right = rg_arena_str(arena, rg_buf_str(&answer));
    assert_true(rg_str_find(right, RG_STR("Acme owns Corlin"), 0) >= 0);
    for (fault kind = REFUSED; kind <= NO_MEMORY; kind++)
        assert_true(try_all(kind, try_ask) > 5);
    assert_string_equal(dump(), written);
}

#define store_test(name)                                                               \
    cmocka_unit_test_setup_teardown(name, open_store_world, close_store_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(a_question_is_answered_or_trouble_is_told),
        store_test(a_build_on_a_store_is_done_or_told),
        store_test(a_first_build_is_done_or_told),
    };
    return cmocka_run_group_tests(tests, watch_sqlite, NULL);
}
