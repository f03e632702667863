/* arena.h - memory that is freed all at once.
 *
 * Who takes an arena gives out memory that nobody frees. There is one arena for the
 * engine and one for each run. An arena that cannot grow jumps to `on_full`, the one
 * handler in relgraph.c, where the arena is dropped whole: no caller checks for NULL.
 *
 *     rg_token *tokens = rg_new(arena, rg_token, count);      (zeroed)
 */
#ifndef RG_BASE_ARENA_H
#define RG_BASE_ARENA_H

#include "base/str.h"

#include <setjmp.h>

typedef struct rg_arena rg_arena;
typedef struct rg_arena_mark {
    void *block;
    size_t used;
    rg_arena *child; /* the newest one then */
    size_t large;    /* large pieces taken until then */
    void *owned;     /* the newest one then */
} rg_arena_mark;

/* NULL if there is no memory for even the first block. */
rg_arena *rg_arena_new(void);
void rg_arena_free(rg_arena *arena);
/* Where rg_arena_take jumps (with value 1) when memory runs out; without it, abort(). What
 * it was before. */
jmp_buf *rg_arena_on_full(rg_arena *arena, jmp_buf *handler);
/* Jumps where `other` jumps: for the scratch memory of a run. */
void rg_arena_on_full_as(rg_arena *arena, const rg_arena *other);
/* An arena for scratch work that gives up where its parent does, and is freed with it, by
 * a reset of it to a mark made before, or by rg_arena_free. */
rg_arena *rg_arena_child(rg_arena *parent);
/* The same jump, for memory of another library that ran out. */
_Noreturn void rg_arena_give_up(const rg_arena *arena);

/* A thing of another library: freed by `release` with the arena or by a reset of it to a mark
 * made before, so that a jump leaves nothing behind. */
void rg_arena_own(rg_arena *arena, void *thing, void (*release)(void *thing));
/* Frees it now. */
void rg_arena_release(rg_arena *arena, const void *thing);

/* malloc and so on for a library that does not tell whether memory ran out;
 * rg_library_ran_out does: in this thread, since it was last asked. */
void *rg_library_take(size_t size);
void *rg_library_grow(void *taken, size_t size);
char *rg_library_copy(const char *text);
void rg_library_free(void *taken);
bool rg_library_ran_out(void);

/* `size` zeroed bytes aligned to `align` (a power of two, at most 64). */
void *rg_arena_take(rg_arena *arena, size_t size, size_t align);
/* The same, or NULL where that would jump: for who holds a lock. */
void *rg_arena_try(rg_arena *arena, size_t size, size_t align);
/* `taken`, of `size` bytes, as `larger` ones: their first bytes are the same, the others are not
 * zeroed, and `taken` is no longer valid. A large piece is grown where it lies. NULL without
 * memory; then `taken` stays as it was. */
void *rg_arena_extend(rg_arena *arena, void *taken, size_t size, size_t larger);
/* An array grown to hold at least `count` + 1 items of `size` bytes: `items` itself, or a
 * copy twice as large (then `items` is no longer valid); *capacity is kept up to date. */
void *rg_arena_grow(rg_arena *arena, void *items, int count, int *capacity,
                    size_t size);
/* A copy of the slice; the copy has a zero byte behind it. */
rg_str rg_arena_str(rg_arena *arena, rg_str text);
/* A formatted string, zero-terminated. */
rg_str rg_arena_format(rg_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* All that was taken since `mark` is given back by rg_arena_reset (for scratch work). */
rg_arena_mark rg_arena_mark_now(const rg_arena *arena);
void rg_arena_reset(rg_arena *arena, rg_arena_mark mark);
/* Bytes held from the system, for limits and reports. */
size_t rg_arena_held(const rg_arena *arena);

#define rg_new(arena, type, count)                                                     \
    ((type *)rg_arena_take((arena), sizeof(type) * (size_t)(count), _Alignof(type)))

#endif
