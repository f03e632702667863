/* writer.h - builds a model file out of named sections.
 *
 *     0   magic "relgraph" (8)   format version u32, section count u32
 *     16  size of the file u64   checksum u64 of all other bytes
 *     32  32 zero bytes
 *     64  directory: 64 bytes a section: name (40, zero-filled), offset u64, size u64, 0
 *         sections, each at a multiple of 64; zeros between; size is a multiple of 64
 *
 * All numbers are little-endian. model.c reads what is written here.
 */
#ifndef RG_MODEL_WRITER_H
#define RG_MODEL_WRITER_H

#include "base/arena.h"
#include "model/model.h"

#define RG_MODEL_MAGIC "relgraph"
enum {
    RG_MODEL_VERSION = 1,
    RG_MODEL_HEADER = 64,
    RG_MODEL_ALIGN = 64,
    RG_MODEL_ENTRY = 64,
    RG_MODEL_NAME = 40, /* with its zero byte */
};

typedef struct rg_model_writer rg_model_writer;

rg_model_writer *rg_model_writer_new(rg_arena *arena);
/* Adds a section; `bytes` are borrowed until the file is written. A name may be used
 * once and has at most 39 bytes. */
void rg_model_writer_add(rg_model_writer *writer, const char *name, const void *bytes,
                         size_t size);
/* The whole file in the arena, *size bytes of it. */
const void *rg_model_writer_file(const rg_model_writer *writer, size_t *size);

/* The checksum of a model file: all of its bytes but the checksum itself. `size` is a
 * multiple of 64. */
uint64_t rg_model_checksum(const void *file, size_t size);

#endif
