#include "base/arena.h"

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_BLOCK = 64 * 1024,
    LARGEST_STEP = 4 * 1024 * 1024,
    MAX_ALIGN = 64,
    MOST_SPARE = 16 * 1024 * 1024,
    LARGE = 1024 * 1024, /* from here on a piece is on its own, so that it can grow */
    LARGE_ALIGN = 16,    /* that of malloc */
};

/* Blocks form a list from the newest to the oldest; bytes follow the header. What was
 * never touched is still zero from calloc: pages that nobody uses are never written. */
typedef struct block {
    struct block *older;
    size_t size, used;
    size_t touched; /* bytes from here on were never given out */
} block;

/* A piece by itself; its bytes follow. The newest comes first, and counts highest. */
typedef struct large {
    struct large *older;
    size_t size, number;
    size_t filler; /* what follows is aligned as this is */
} large;

/* A thing of another library; NULL: it was freed. They lie in the arena themselves. */
typedef struct owned {
    struct owned *older;
    void *thing;
    void (*release)(void *thing);
} owned;

struct rg_arena {
    block *newest;
    large *pieces;
    size_t piece_count;                            /* taken so far */
    rg_arena *parent, *first_child, *next_sibling; /* the newest child first */
    owned *owned;                                  /* the newest first */
    jmp_buf *on_full;
    size_t held;
    block
        *spare; /* given back by a reset, for the next need; the smallest come first */
    size_t spare_size;
};

static unsigned char *bytes_of(block *b)
{
    return (unsigned char *)(b + 1);
}

static block *new_block(size_t size, block *older)
{
    block *b = calloc(1, sizeof(block) + size);
    if (b)
        *b = (block){.older = older, .size = size};
    return b;
}

rg_arena *rg_arena_new(void)
{
    rg_arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        return NULL;
    arena->newest = new_block(FIRST_BLOCK, NULL);
    if (!arena->newest) {
        free(arena);
        return NULL;
    }
    arena->held = FIRST_BLOCK;
    return arena;
}

static block *drop_newest(rg_arena *arena)
{
    block *gone = arena->newest;
    arena->newest = gone->older;
    arena->held -= gone->size;
    return gone;
}

/* An arena that is emptied and filled again and again need not ask the system each time. */
static void spare_newest(rg_arena *arena)
{
    block *gone = drop_newest(arena);
    if (arena->spare_size + gone->size > MOST_SPARE) {
        free(gone);
        return;
    }
    gone->older = arena->spare;
    arena->spare = gone;
    arena->spare_size += gone->size;
}

/* The first spare block that is large enough, or NULL. */
static block *take_spare(rg_arena *arena, size_t need)
{
    block **at = &arena->spare;
    while (*at && (*at)->size < need)
        at = &(*at)->older;
    block *found = *at;
    if (!found)
        return NULL;
    *at = found->older;
    arena->spare_size -= found->size;
    found->used = 0;
    found->older = arena->newest;
    return found;
}

static void drop_piece(rg_arena *arena, large **at)
{
    large *gone = *at;
    *at = gone->older;
    arena->held -= gone->size;
    free(gone);
}

/* Those taken since there were `count`. */
static void drop_pieces(rg_arena *arena, size_t count)
{
    while (arena->pieces && arena->pieces->number > count)
        drop_piece(arena, &arena->pieces);
}

static void unlink_child(rg_arena *child)
{
    rg_arena **at = &child->parent->first_child;
    while (*at != child)
        at = &(*at)->next_sibling;
    *at = child->next_sibling;
}

static void release(owned *one)
{
    void *thing = one->thing;
    one->thing = NULL;
    if (thing)
        one->release(thing);
}

static void release_until(rg_arena *arena, const owned *last)
{
    for (; arena->owned != last; arena->owned = arena->owned->older)
        release(arena->owned);
}

void rg_arena_free(rg_arena *arena)
{
    if (!arena)
        return;
    release_until(arena, NULL);
    if (arena->parent)
        unlink_child(arena);
    while (arena->first_child)
        rg_arena_free(arena->first_child);
    drop_pieces(arena, 0);
    while (arena->newest)
        free(drop_newest(arena));
    while (arena->spare) {
        block *gone = arena->spare;
        arena->spare = gone->older;
        free(gone);
    }
    free(arena);
}

jmp_buf *rg_arena_on_full(rg_arena *arena, jmp_buf *handler)
{
    jmp_buf *before = arena->on_full;
    arena->on_full = handler;
    return before;
}

void rg_arena_on_full_as(rg_arena *arena, const rg_arena *other)
{
    arena->on_full = other->on_full;
}

_Noreturn static void give_up(const rg_arena *arena)
{
    if (arena->on_full)
        longjmp(*arena->on_full, 1);
    abort();
}

rg_arena *rg_arena_child(rg_arena *parent)
{
    rg_arena *child = rg_arena_new();
    if (!child)
        give_up(parent);
    child->parent = parent;
    child->on_full = parent->on_full;
    child->next_sibling = parent->first_child;
    parent->first_child = child;
    return child;
}

void rg_arena_give_up(const rg_arena *arena)
{
    give_up(arena);
}

/* False if there is no memory. */
static bool add_block(rg_arena *arena, size_t need)
{
    size_t size = arena->newest->size * 2;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (size < need)
        size = need;
    block *b = take_spare(arena, need);
    if (!b && need < SIZE_MAX / 2)
        b = new_block(size, arena->newest);
    if (!b)
        return false;
    arena->newest = b;
    arena->held += b->size;
    return true;
}

/* Offset in `b` of the next place aligned to `align`. */
static size_t next_place(block *b, size_t align)
{
    uintptr_t at = (uintptr_t)(bytes_of(b) + b->used);
    return b->used + (size_t)(-at & (align - 1));
}

/* The next `size` bytes of the newest block, from `place` on, as zeros. */
static void *give_out(block *b, size_t place, size_t size)
{
    unsigned char *given = bytes_of(b) + place;
    size_t end = place + size;
    if (place < b->touched)
        memset(given, 0, (end < b->touched ? end : b->touched) - place);
    if (end > b->touched)
        b->touched = end;
    b->used = end;
    return given;
}

static void *take_large(rg_arena *arena, size_t size)
{
    large *piece = size < SIZE_MAX / 4 ? calloc(1, sizeof *piece + size) : NULL;
    if (!piece)
        return NULL;
    *piece = (large){arena->pieces, size, ++arena->piece_count, 0};
    arena->pieces = piece;
    arena->held += size;
    return piece + 1;
}

void *rg_arena_try(rg_arena *arena, size_t size, size_t align)
{
    assert(align > 0 && align <= MAX_ALIGN && (align & (align - 1)) == 0);
    if (size >= LARGE && align <= LARGE_ALIGN)
        return take_large(arena, size);
    size_t place = next_place(arena->newest, align);
    if (place > arena->newest->size || size > arena->newest->size - place) {
        if (size > SIZE_MAX / 4 || !add_block(arena, size + align))
            return NULL;
        place = next_place(arena->newest, align);
    }
    return give_out(arena->newest, place, size);
}

void *rg_arena_take(rg_arena *arena, size_t size, size_t align)
{
    void *taken = rg_arena_try(arena, size, align);
    if (!taken)
        give_up(arena);
    return taken;
}

static large **find_piece(rg_arena *arena, const void *taken)
{
    large **at = &arena->pieces;
    while (*at + 1 != (const large *)taken)
        at = &(*at)->older;
    return at;
}

/* NULL if there is no memory; then it stays as it was. */
static void *extend_large(rg_arena *arena, void *taken, size_t larger)
{
    large **at = find_piece(arena, taken);
    size_t before = (*at)->size;
    large *grown = larger < SIZE_MAX / 4 ? realloc(*at, sizeof *grown + larger) : NULL;
    if (!grown)
        return NULL;
    grown->size = larger;
    arena->held += larger - before;
    *at = grown;
    return grown + 1;
}

void *rg_arena_extend(rg_arena *arena, void *taken, size_t size, size_t larger)
{
    assert(larger >= size);
    void *grown = size >= LARGE ? extend_large(arena, taken, larger)
                                : rg_arena_try(arena, larger, 1);
    if (grown && size > 0 && size < LARGE)
        memcpy(grown, taken, size);
    return grown;
}

void *rg_arena_grow(rg_arena *arena, void *items, int count, int *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    if (*capacity > INT_MAX / 2)
        give_up(arena);
    int larger = *capacity ? *capacity * 2 : 8;
    size_t before = size * (size_t)*capacity;
    void *copy = rg_arena_take(arena, size * (size_t)larger, 16);
    if (count > 0)
        memcpy(copy, items, size * (size_t)count);
    if (before >= LARGE)
        drop_piece(arena, find_piece(arena, items));
    *capacity = larger;
    return copy;
}

rg_str rg_arena_str(rg_arena *arena, rg_str text)
{
    char *copy = rg_arena_take(arena, (size_t)text.len + 1, 1);
    if (text.len > 0)
        memcpy(copy, text.bytes, (size_t)text.len);
    return (rg_str){copy, text.len};
}

rg_str rg_arena_format(rg_arena *arena, const char *format, ...)
{
    char small[256]; /* most fit, and need not be formatted twice */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    assert(len >= 0);
    char *text = rg_arena_take(arena, (size_t)len + 1, 1);
    if (len < (int)sizeof small)
        memcpy(text, small, (size_t)len + 1);
    else
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return (rg_str){text, len};
}

rg_arena_mark rg_arena_mark_now(const rg_arena *arena)
{
    return (rg_arena_mark){arena->newest, arena->newest->used, arena->first_child,
                           arena->piece_count, arena->owned};
}

void rg_arena_reset(rg_arena *arena, rg_arena_mark mark)
{
    release_until(arena, mark.owned);
    while (arena->first_child != mark.child)
        rg_arena_free(arena->first_child);
    drop_pieces(arena, mark.large);
    while (arena->newest != mark.block)
        spare_newest(arena);
    arena->newest->used = mark.used;
}

void rg_arena_own(rg_arena *arena, void *thing, void (*release_it)(void *thing))
{
    owned *one = rg_arena_try(arena, sizeof *one, _Alignof(owned));
    if (!one) {
        release_it(thing);
        give_up(arena);
    }
    *one = (owned){arena->owned, thing, release_it};
    arena->owned = one;
}

void rg_arena_release(rg_arena *arena, const void *thing)
{
    owned *one = arena->owned;
    while (one && one->thing != thing)
        one = one->older;
    assert(one);
    release(one);
    if (one == arena->owned)
        arena->owned = one->older;
}

/* ---- For libraries ------------------------------------------------------------------------------ */

static _Thread_local bool ran_out;

void *rg_library_take(size_t size)
{
    void *taken = malloc(size);
    ran_out |= !taken;
    return taken;
}

void *rg_library_grow(void *taken, size_t size)
{
    void *grown = realloc(taken, size);
    ran_out |= !grown && size > 0;
    return grown;
}

char *rg_library_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = rg_library_take(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

void rg_library_free(void *taken)
{
    free(taken);
}

bool rg_library_ran_out(void)
{
    bool now = ran_out;
    ran_out = false;
    return now;
}

size_t rg_arena_held(const rg_arena *arena)
{
    return arena->held;
}
