#include "run/analyses.h"

#include "base/folder.h"
#include "base/writer.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static uint64_t hash_of(rg_str bytes)
{
    return rg_hash_bytes(bytes.bytes, (size_t)bytes.len);
}

rg_kept_name rg_analyses_name(const rg_analyses *a, int kind, const rg_text *text,
                              uint64_t key)
{
    rg_kept_name out = {.kind = kind, .content = key};
    uint64_t hash = rg_hash_stir(rg_hash_stir(a->program, a->model), key);
    hash = rg_hash_stir(rg_str_hash(RG_STR(RG_VERSION)), hash);
    if (text) {
        const rg_document *document = text->document;
        out.content = hash_of(document->bytes);
        hash = rg_hash_stir(hash, (uint64_t)document->mode << 1 | document->goes_on);
    }
    out.key = hash;
    return out;
}

/* Of a file in the user's cache; NULL if there is no place for it. */
static const char *path_of(rg_arena *arena, rg_kept_name name)
{
    uint64_t hash =
        rg_hash_stir(rg_hash_stir(name.content, name.key), (uint64_t)name.kind);
    return rg_file_cache_path(
        arena,
        rg_arena_format(arena, "analyses/%016llx", (unsigned long long)hash).bytes);
}

/* What tells one build of the program from another; nothing that is printed depends on it. */
static uint64_t program_of(void)
{
    struct stat about;
    if (stat("/proc/self/exe", &about) != 0)
        return 0;
    uint64_t hash =
        rg_hash_stir((uint64_t)about.st_size, (uint64_t)about.st_mtim.tv_sec);
    return rg_hash_stir(hash, (uint64_t)about.st_mtim.tv_nsec);
}

void rg_analyses_open(rg_analyses *a, const char *path, rg_store *store)
{
    a->usable = rg_model_peek(&a->model, path);
    a->store = store;
    a->program = store ? 0 : program_of();
    atomic_init(&a->written, false);
}

/* Notes that the file was used, if that is not said for this hour. */
static void note_use(const char *path, const struct stat *about)
{
    enum { HOUR = 3600 };
    if (time(NULL) - about->st_mtim.tv_sec > HOUR)
        utimensat(AT_FDCWD, path, NULL, 0);
}

static rg_str read_file(rg_arena *arena, const char *path)
{
    rg_stream file;
    struct stat about;
    size_t got = 0;
    rg_error ignored = {0};
    rg_str none = {"", 0};
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > INT_MAX
        || !rg_stream_open(&file, path, &ignored))
        return none;
    size_t size = (size_t)about.st_size;
    char *bytes = (char *)rg_new(arena, uint64_t, size / sizeof(uint64_t) + 1);
    bool ok = rg_stream_read(&file, bytes, size, &got, &ignored) && got == size;
    rg_stream_close(&file);
    if (!ok)
        return none;
    note_use(path, &about);
    return (rg_str){bytes, (int)size};
}

/* A file that is cut short when the machine stops is refused, and made anew. */
static bool write_file(const char *path, rg_str bytes)
{
    rg_writer writer;
    rg_error ignored = {0};
    if (!rg_writer_open(&writer, path, &ignored))
        return false;
    writer.hasty = true;
    bool ok = rg_writer_put(&writer, bytes.bytes, (size_t)bytes.len, &ignored)
              && rg_writer_close(&writer, &ignored);
    rg_writer_drop(&writer);
    return ok;
}

static rg_str read_raw(const rg_analyses *a, rg_arena *arena, rg_kept_name name)
{
    if (a->store)
        return rg_store_kept(a->store, arena, name);
    const char *path = a->usable ? path_of(arena, name) : NULL;
    return path ? read_file(arena, path) : (rg_str){"", 0};
}

/* What is not kept is worked out again, but a store without memory fails. */
static bool keep_in_store(rg_store *store, rg_arena *arena, rg_kept_name name,
                          rg_str bytes)
{
    rg_error err = {0};
    bool ok = rg_store_keep(store, arena, name, bytes, &err);
    if (err.kind == RG_ERROR_MEMORY)
        rg_arena_give_up(arena);
    return ok;
}

static bool write_raw(rg_analyses *a, rg_arena *arena, rg_kept_name name, rg_str bytes)
{
    if (a->store)
        return keep_in_store(a->store, arena, name, bytes);
    const char *path = a->usable ? path_of(arena, name) : NULL;
    bool ok = path && write_file(path, bytes);
    if (ok)
        atomic_store(&a->written, true);
    return ok;
}

/* Before the rest: what it is, and a hash of the rest. An analysis has its own. */
static const char magic[] = "RGKEPT01";
enum { MAGIC = sizeof magic - 1, HEAD = MAGIC + sizeof(uint64_t) };

rg_str rg_analyses_read(const rg_analyses *a, rg_arena *arena, rg_kept_name name)
{
    rg_str bytes = read_raw(a, arena, name), none = {"", 0};
    if (bytes.len < HEAD || memcmp(bytes.bytes, magic, MAGIC) != 0)
        return none;
    rg_unpacker from = rg_unpack_from(rg_str_cut(bytes, MAGIC, bytes.len));
    rg_str body = rg_str_cut(bytes, HEAD, bytes.len);
    return rg_unpack_word(&from) == hash_of(body) ? body : none;
}

bool rg_analyses_write(rg_analyses *a, rg_arena *arena, rg_kept_name name, rg_str bytes)
{
    rg_buf all = rg_buf_in(arena);
    rg_buf_text(&all, magic);
    rg_pack_word(&all, hash_of(bytes));
    rg_buf_put(&all, bytes);
    return write_raw(a, arena, name, rg_buf_str(&all));
}

const rg_parse *rg_analyses_find(const rg_analyses *a, rg_arena *arena,
                                 const rg_text *text)
{
    const rg_parse *found = NULL;
    rg_str bytes = read_raw(a, arena, rg_analyses_name(a, RG_KEPT_ANALYSIS, text, 0));
    bool ok = bytes.len > 0 && rg_parse_unpack(&found, arena, bytes, text, a->model);
    return ok ? found : NULL;
}

void rg_analyses_keep(rg_analyses *a, rg_arena *arena, const rg_parse *parse)
{
    rg_buf bytes = rg_buf_in(arena);
    if (a->usable && rg_parse_pack(&bytes, parse, a->model))
        write_raw(a, arena, rg_analyses_name(a, RG_KEPT_ANALYSIS, parse->text, 0),
                  rg_buf_str(&bytes));
}

/* ---- Mentions and entities ------------------------------------------------------------------- */

bool rg_analyses_find_names(const rg_analyses *a, rg_arena *arena, rg_findings *out,
                            const rg_extractor *extractor, const rg_parse *parse)
{
    const rg_rules *rules = rg_extract_rules(extractor);
    rg_unpacker from = rg_unpack_from(rg_analyses_read(
        a, arena, rg_analyses_name(a, RG_KEPT_NAMES, parse->text, rules->naming)));
    return rg_extract_unpack(&out->mentions, arena, extractor, parse, &from)
           && rg_coref_unpack(&out->coref, arena, rules, parse, &from)
           && rg_unpack_done(&from);
}

void rg_analyses_keep_names(rg_analyses *a, rg_arena *arena, const rg_findings *found,
                            const rg_extractor *extractor, const rg_parse *parse)
{
    const rg_rules *rules = rg_extract_rules(extractor);
    rg_buf body = rg_buf_in(arena);
    if (!a->usable || !rg_extract_is_keepable(found->mentions))
        return;
    rg_extract_pack(&body, found->mentions, parse);
    rg_coref_pack(&body, found->coref, rules);
    rg_analyses_write(a, arena,
                      rg_analyses_name(a, RG_KEPT_NAMES, parse->text, rules->naming),
                      rg_buf_str(&body));
}

/* ---- What is too much ------------------------------------------------------------------------ */

typedef struct kept {
    const char *path;
    struct timespec used;
    size_t size;
} kept;

static int by_use(const void *a, const void *b)
{
    const kept *left = a, *right = b;
    if (left->used.tv_sec != right->used.tv_sec)
        return left->used.tv_sec < right->used.tv_sec ? -1 : 1;
    if (left->used.tv_nsec != right->used.tv_nsec)
        return left->used.tv_nsec < right->used.tv_nsec ? -1 : 1;
    return strcmp(left->path, right->path);
}

/* All files of the folder, those used longest ago first. */
static kept *list_kept(rg_arena *arena, const char *folder, int *count)
{
    rg_str *names;
    rg_error ignored = {0};
    int all = 0;
    *count = 0;
    if (!rg_folder_names(&names, &all, arena, folder, &ignored))
        return NULL;
    kept *files = rg_new(arena, kept, all + 1);
    for (int i = 0; i < all; i++) {
        struct stat about;
        const char *path =
            rg_arena_format(arena, "%s/%.*s", folder, RG_PRINT(names[i])).bytes;
        if (stat(path, &about) == 0 && S_ISREG(about.st_mode))
            files[(*count)++] = (kept){path, about.st_mtim, (size_t)about.st_size};
    }
    qsort(files, (size_t)*count, sizeof *files, by_use);
    return files;
}

void rg_analyses_close(rg_analyses *a, rg_arena *arena, size_t most)
{
    const char *folder =
        atomic_load(&a->written) ? rg_file_cache_path(arena, "analyses") : NULL;
    size_t sum = 0;
    int count;
    if (!folder)
        return;
    kept *files = list_kept(arena, folder, &count);
    for (int i = 0; i < count; i++)
        sum += files[i].size;
    for (int i = 0; i < count && sum > most; i++) {
        unlink(files[i].path);
        sum -= files[i].size;
    }
}
