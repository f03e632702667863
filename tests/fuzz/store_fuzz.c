/* store_fuzz.c - a store with bytes changed: refused, or read, asked and written without a crash.
 *
 * The input is fours of bytes: a place (24 bits, the highest first), and what is put there.
 */
#include "fuzz.h"

#include "base/file.h"
#include "store/store.h"

#include <stdio.h>
#include <unistd.h>

static struct known {
    rg_arena *arena;
    char path[64];
    rg_str bytes;
} known;

static rg_edge make_edge(const char *subject, const char *relation, const char *object)
{
    return (rg_edge){.subject = rg_str_of(subject),
                     .relation = rg_str_of(relation),
                     .object = rg_str_of(object),
                     .subject_type = RG_STR("org"),
                     .polarity = RG_STR("affirmed"),
                     .modality = RG_STR("asserted"),
                     .confidence = 1,
                     .rule = RG_STR("a"),
                     .sentence = 1,
                     .evidence = RG_STR("Acme bought Norsund.")};
}

static bool put_document(rg_store *store, rg_arena *arena, const char *name,
                         rg_error *err)
{
    rg_edge items[] = {make_edge("Acme", "buys", "Norsund"),
                       make_edge("Norsund", "owns", "Corlin")};
    const rg_edges edges = {items, 2};
    const rg_document document = {.name = rg_str_of(name), .bytes = RG_STR("text")};
    const rg_store_document put = {
        .document = &document, .content = 7, .version = RG_STR("v"), .edges = &edges};
    return rg_store_begin(store, err) && rg_store_put(store, arena, &put, err)
           && rg_store_merge(store, arena, err) && rg_store_commit(store, err);
}

static void remove_files(void)
{
    char more[80];
    unlink(known.path);
    snprintf(more, sizeof more, "%s-wal", known.path);
    unlink(more);
    snprintf(more, sizeof more, "%s-shm", known.path);
    unlink(more);
}

static void open_known(void)
{
    rg_store *store;
    rg_error err = {0};
    if (known.arena)
        return;
    known.arena = rg_arena_new();
    snprintf(known.path, sizeof known.path, "/tmp/store_fuzz-%d.db", (int)getpid());
    remove_files();
    const rg_kept_name name = {.kind = RG_KEPT_EDGES, .content = 7, .key = 1};
    fuzz_check(rg_store_open(&store, known.arena, known.path, RG_STORE_WRITE, &err)
               && put_document(store, known.arena, "a.txt", &err)
               && rg_store_keep(store, known.arena, name, RG_STR("kept"), &err));
    rg_store_close(store);
    fuzz_check(rg_file_read(&known.bytes, known.arena, known.path, 1 << 24, &err));
    remove_files();
}

static void ask(rg_arena *arena)
{
    const rg_question question = {.from = "Acme", .to = "Corlin"};
    const rg_question all = {.contradictions = true};
    rg_store *store;
    rg_error err = {0};
    rg_edges edges;
    rg_buf out = rg_buf_in(arena);
    if (!rg_store_open(&store, arena, known.path, RG_STORE_READ, &err))
        return;
    rg_store_ask(&edges, store, arena, &question, &err);
    rg_store_ask(&edges, store, arena, &all, &err);
    rg_store_count(&out, store, true, &err);
    rg_store_close(store);
}

static void change(rg_arena *arena)
{
    rg_store *store;
    rg_error err = {0};
    rg_map *none = rg_map_new(arena);
    int dropped;
    const rg_kept_name name = {.kind = RG_KEPT_EDGES, .content = 7, .key = 1};
    if (!rg_store_open(&store, arena, known.path, RG_STORE_WRITE, &err))
        return;
    rg_store_kept(store, arena, name);
    if (put_document(store, arena, "b.txt", &err) && rg_store_begin(store, &err))
        rg_store_drop_others(store, arena, none, &dropped, &err);
    rg_store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_error err = {0};
    open_known();
    rg_arena *arena = rg_arena_new();
    rg_str copy = rg_arena_str(arena, known.bytes);
    char *at = (char *)(uintptr_t)copy.bytes;
    for (size_t i = 0; i + 3 < size; i += 4)
        at[(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]) % copy.len] =
            (char)bytes[i + 3];
    fuzz_check(rg_file_write(known.path, copy, &err));
    ask(arena);
    change(arena);
    remove_files();
    rg_arena_free(arena);
    return 0;
}
