#include "model/writer.h"

#include <assert.h>
#include <string.h>

typedef struct section {
    const char *name;
    const void *bytes;
    size_t size;
} section;

struct rg_model_writer {
    rg_arena *arena;
    section *sections;
    int section_count, capacity;
};

rg_model_writer *rg_model_writer_new(rg_arena *arena)
{
    rg_model_writer *writer = rg_new(arena, rg_model_writer, 1);
    writer->arena = arena;
    return writer;
}

static bool has_section(const rg_model_writer *writer, const char *name)
{
    for (int i = 0; i < writer->section_count; i++)
        if (strcmp(writer->sections[i].name, name) == 0)
            return true;
    return false;
}

void rg_model_writer_add(rg_model_writer *writer, const char *name, const void *bytes,
                         size_t size)
{
    assert(strlen(name) < RG_MODEL_NAME && !has_section(writer, name));
    writer->sections =
        rg_arena_grow(writer->arena, writer->sections, writer->section_count,
                      &writer->capacity, sizeof(section));
    rg_str kept = rg_arena_str(writer->arena, rg_str_of(name));
    writer->sections[writer->section_count++] = (section){kept.bytes, bytes, size};
}

static size_t align_up(size_t size)
{
    return (size + RG_MODEL_ALIGN - 1) & ~(size_t)(RG_MODEL_ALIGN - 1);
}

static void put_number(unsigned char *to, uint64_t number, int size)
{
    for (int i = 0; i < size; i++)
        to[i] = (unsigned char)(number >> (8 * i));
}

static size_t file_size(const rg_model_writer *writer)
{
    size_t size = RG_MODEL_HEADER + (size_t)writer->section_count * RG_MODEL_ENTRY;
    for (int i = 0; i < writer->section_count; i++)
        size += align_up(writer->sections[i].size);
    return size;
}

static void put_sections(const rg_model_writer *writer, unsigned char *file)
{
    size_t offset = RG_MODEL_HEADER + (size_t)writer->section_count * RG_MODEL_ENTRY;
    for (int i = 0; i < writer->section_count; i++) {
        const section *s = &writer->sections[i];
        unsigned char *entry = file + RG_MODEL_HEADER + i * RG_MODEL_ENTRY;
        memcpy(entry, s->name, strlen(s->name));
        put_number(entry + RG_MODEL_NAME, offset, 8);
        put_number(entry + RG_MODEL_NAME + 8, s->size, 8);
        if (s->size > 0)
            memcpy(file + offset, s->bytes, s->size);
        offset += align_up(s->size);
    }
}

const void *rg_model_writer_file(const rg_model_writer *writer, size_t *size)
{
    *size = file_size(writer);
    unsigned char *file = rg_arena_take(writer->arena, *size, RG_MODEL_ALIGN);
    memcpy(file, RG_MODEL_MAGIC, 8);
    put_number(file + 8, RG_MODEL_VERSION, 4);
    put_number(file + 12, (uint64_t)writer->section_count, 4);
    put_number(file + 16, *size, 8);
    put_sections(writer, file);
    put_number(file + 24, rg_model_checksum(file, *size), 8);
    return file;
}

static uint64_t read_word(const unsigned char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* One step of a lane: one-to-one in `word` for a given lane, so that a change of one word
 * always changes the sum; the turn carries high bits down. */
static uint64_t stir(uint64_t lane, uint64_t word)
{
    lane = (lane ^ word) * 0x9e3779b97f4a7c15u;
    return lane << 29 | lane >> 35;
}

/* Four lanes, so that the multiplications overlap: 15 MB take 2 ms. */
uint64_t rg_model_checksum(const void *file, size_t size)
{
    const unsigned char *at = file;
    assert(size >= RG_MODEL_HEADER && size % RG_MODEL_ALIGN == 0);
    uint64_t lanes[4] = {read_word(at), read_word(at + 8), read_word(at + 16), size};
    for (size_t i = 32; i < size; i += 32)
        for (size_t lane = 0; lane < 4; lane++)
            lanes[lane] = stir(lanes[lane], read_word(at + i + 8 * lane));
    uint64_t sum = 0;
    for (int lane = 0; lane < 4; lane++)
        sum = stir(sum, lanes[lane]);
    return sum ^ sum >> 32;
}
