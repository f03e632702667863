/* transitions.h - the state of the parser: non-monotonic arc-eager with unshift.
 *
 * Tokens go from the buffer to a stack and leave it when they have their children. A
 * token that leaves the stack without a head goes back to the buffer (onto `rebuffer`),
 * once. S0, S1 ... count from the top of the stack, B0, B1 ... from the front of the
 * buffer. Honnibal and Johnson 2015, https://aclanthology.org/D15-1162; spaCy's
 * arc_eager.pyx and _state.pxd.
 *
 *     stack: ... S1 S0  |  rebuffer: B0 B1 ...  |  next, next + 1, ... count - 1
 */
#ifndef RG_LANG_TRANSITIONS_H
#define RG_LANG_TRANSITIONS_H

#include "base/arena.h"

typedef enum rg_move {
    RG_MOVE_SHIFT,
    RG_MOVE_REDUCE,
    RG_MOVE_LEFT,  /* S0 becomes a child of B0 and leaves the stack */
    RG_MOVE_RIGHT, /* B0 becomes a child of S0 and goes onto the stack */
    RG_MOVE_BREAK, /* B1 begins a sentence */
    RG_MOVE_COUNT,
} rg_move;

/* A sentence end is forced when the tokens since the last point that nothing reaches
 * across would become more than this: a bound for memory. */
enum { RG_LONGEST_SPAN = 8192 };

typedef struct rg_state {
    int count; /* tokens */
    int next;
    int base; /* nothing below this token is looked at any more */
    int *stack, stack_count;
    int *rebuffer, rebuffer_count;
    int *heads;     /* -1: none (yet) */
    short *labels;  /* class of the move that gave the head */
    int *last_left; /* child attached last and still attached, or -1 */
    int *last_right;
    int *older;       /* the sibling that was attached before on the same side, or -1 */
    bool *sent_start; /* a sentence is known to begin here */
    bool *unshiftable;
    int forced_ends;
} rg_state;

/* A state with all tokens in the buffer; its arrays live in the arena. */
rg_state rg_state_new(rg_arena *arena, int count);

/* The token, or -1 past the end. */
int rg_state_stack(const rg_state *state, int i);
int rg_state_buffer(const rg_state *state, int i);
bool rg_state_is_done(const rg_state *state);

/* Bit 1 << move is set if the move may be done. */
unsigned rg_state_valid(const rg_state *state);
void rg_state_do(rg_state *state, rg_move move, int label);

#endif
