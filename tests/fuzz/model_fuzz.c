/* model_fuzz.c - any bytes, read as msgpack and as a model file, end in a value or an error.
 *
 * The model file is tried as it is, and with its size and checksum put right, as a forger
 * would: then the directory is what has to be sound.
 */
#include "fuzz.h"

#include "model/msgpack.h"
#include "model/writer.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Reads one value after the other; a reader that fails stays where it is. */
static void read_msgpack(rg_str bytes)
{
    rg_error err = {0};
    rg_msgpack in = rg_msgpack_over((rg_str){"fuzz", 4}, bytes, &err);
    while (in.at < bytes.len) {
        int before = in.at;
        if (!rg_msgpack_skip(&in))
            break;
        fuzz_check(in.at > before && in.at <= bytes.len);
    }
    bool ended = rg_msgpack_end(&in);
    fuzz_check(ended == (err.kind == RG_ERROR_NONE));
    fuzz_check(ended || err.kind == RG_ERROR_MODEL);
}

/* Every byte of every section can be read. */
static void read_sections(const rg_model *model)
{
    unsigned sum = 0;
    for (int i = 0; i < rg_model_section_count(model); i++) {
        rg_str bytes, name = rg_model_section_at(model, i, &bytes);
        fuzz_check(name.len > 0 && name.len < RG_MODEL_NAME);
        for (int b = 0; b < bytes.len; b++)
            sum += (unsigned char)bytes.bytes[b];
    }
    fuzz_check(sum < 0xffffffffu);
}

static void open_model(const unsigned char *bytes, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/relgraph-model-fuzz-%d", (int)getpid());
    FILE *file = fopen(path, "wb");
    fuzz_check(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
    rg_error err = {0};
    rg_model *model;
    if (rg_model_open(&model, path, &err))
        read_sections(model);
    else
        fuzz_check(err.kind == RG_ERROR_MODEL);
    rg_model_free(model);
    unlink(path);
}

/* Magic, version, size and checksum as they should be; the rest is the input's. */
static void open_forged(rg_arena *arena, const uint8_t *bytes, size_t size)
{
    static const uint32_t version = RG_MODEL_VERSION;
    size_t whole = (size + RG_MODEL_HEADER + RG_MODEL_ALIGN - 1) & ~(size_t)63;
    uint64_t announced = whole;
    unsigned char *file = rg_arena_take(arena, whole, RG_MODEL_ALIGN);
    if (size > 0)
        memcpy(file + 12, bytes, size); /* section count and directory are foreign */
    memcpy(file, RG_MODEL_MAGIC, 8);
    memcpy(file + 8, &version, sizeof version);
    memcpy(file + 16, &announced, sizeof announced);
    memset(file + 24, 0, sizeof(uint64_t));
    uint64_t sum = rg_model_checksum(file, whole);
    memcpy(file + 24, &sum, sizeof sum);
    open_model(file, whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_arena *arena = rg_arena_new();
    read_msgpack(fuzz_input(bytes, size));
    open_model(bytes, size);
    open_forged(arena, bytes, size);
    rg_arena_free(arena);
    return 0;
}
