/* with_arena.h - cmocka, and an arena that lives as long as a test or a group of them. */
#ifndef RG_TESTS_WITH_ARENA_H
#define RG_TESTS_WITH_ARENA_H

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the headers above */
#include <cmocka.h>

static rg_arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = rg_arena_new();
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    rg_arena_free(arena);
    return 0;
}

#endif
