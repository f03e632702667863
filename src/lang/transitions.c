#include "lang/transitions.h"

#include <assert.h>
#include <string.h>

static int *new_links(rg_arena *arena, int count)
{
    int *links = rg_new(arena, int, count);
    memset(links, 0xff, sizeof(int) * (size_t)count);
    return links;
}

/* Stack and rebuffer never hold more than the live span. */
rg_state rg_state_new(rg_arena *arena, int count)
{
    int live = count < RG_LONGEST_SPAN ? count : RG_LONGEST_SPAN;
    rg_state state = {
        .count = count,
        .stack = rg_new(arena, int, live + 1),
        .rebuffer = rg_new(arena, int, live + 1),
        .heads = new_links(arena, count),
        .labels = rg_new(arena, short, count),
        .last_left = new_links(arena, count),
        .last_right = new_links(arena, count),
        .older = new_links(arena, count),
        .sent_start = rg_new(arena, bool, count + 1),
        .unshiftable = rg_new(arena, bool, count + 1),
    };
    state.sent_start[0] = true;
    return state;
}

int rg_state_stack(const rg_state *s, int i)
{
    return i < s->stack_count ? s->stack[s->stack_count - 1 - i] : -1;
}

int rg_state_buffer(const rg_state *s, int i)
{
    if (i < s->rebuffer_count)
        return s->rebuffer[s->rebuffer_count - 1 - i];
    int token = s->next + (i - s->rebuffer_count);
    return token < s->count ? token : -1;
}

static int buffer_length(const rg_state *s)
{
    return s->count - s->next + s->rebuffer_count;
}

bool rg_state_is_done(const rg_state *s)
{
    return s->stack_count == 0 && buffer_length(s) == 0;
}

static bool is_shift_valid(const rg_state *s, int first)
{
    if (s->stack_count == 0)
        return true;
    return buffer_length(s) >= 2 && !s->sent_start[first] && !s->unshiftable[first];
}

static bool is_break_valid(const rg_state *s, int first)
{
    int second = rg_state_buffer(s, 1);
    return second >= 0 && second == first + 1 && !s->sent_start[second];
}

unsigned rg_state_valid(const rg_state *s)
{
    int first = rg_state_buffer(s, 0);
    unsigned moves = s->stack_count > 0 ? 1u << RG_MOVE_REDUCE : 0;
    if (first < 0)
        return moves;
    if (is_shift_valid(s, first))
        moves |= 1u << RG_MOVE_SHIFT;
    if (s->stack_count > 0 && !s->sent_start[first])
        moves |= 1u << RG_MOVE_LEFT | 1u << RG_MOVE_RIGHT;
    if (is_break_valid(s, first))
        moves |= 1u << RG_MOVE_BREAK;
    return moves;
}

static int pop_stack(rg_state *s)
{
    assert(s->stack_count > 0);
    return s->stack[--s->stack_count];
}

/* Called when `next` has come to the front of the buffer for the first time: it has no
 * children yet, so a sentence can be made to begin here. */
static void limit_span(rg_state *s)
{
    if (s->next - s->base < RG_LONGEST_SPAN || s->next >= s->count
        || s->sent_start[s->next])
        return;
    s->sent_start[s->next] = true;
    s->forced_ends++;
}

static void shift(rg_state *s)
{
    bool is_again = s->rebuffer_count > 0;
    int token = is_again ? s->rebuffer[--s->rebuffer_count] : s->next++;
    assert(token < s->count && s->stack_count <= RG_LONGEST_SPAN);
    s->stack[s->stack_count++] = token;
    if (!is_again)
        limit_span(s);
}

static void reduce(rg_state *s)
{
    bool is_last = s->stack_count == 1;
    int token = pop_stack(s);
    if (s->heads[token] >= 0 || is_last)
        return;
    s->unshiftable[token] = true;
    s->rebuffer[s->rebuffer_count++] = token;
}

static void attach(rg_state *s, int child, int head, int label)
{
    int *last = child < head ? &s->last_left[head] : &s->last_right[head];
    s->heads[child] = head;
    s->labels[child] = (short)label;
    s->older[child] = *last;
    *last = child;
}

/* A token that has a head already is the last right child of that head. */
static void detach(rg_state *s, int child)
{
    int head = s->heads[child];
    if (head < 0)
        return;
    assert(s->last_right[head] == child);
    s->last_right[head] = s->older[child];
    s->heads[child] = -1;
}

static void arc_left(rg_state *s, int label)
{
    int child = pop_stack(s), head = rg_state_buffer(s, 0);
    detach(s, child);
    attach(s, child, head, label);
    s->unshiftable[head] = false;
}

static void arc_right(rg_state *s, int label)
{
    attach(s, rg_state_buffer(s, 0), rg_state_stack(s, 0), label);
    shift(s);
}

/* Where a sentence begins and both stacks are empty, nothing before it is read again. */
static void move_base(rg_state *s)
{
    if (s->stack_count == 0 && s->rebuffer_count == 0 && s->sent_start[s->next])
        s->base = s->next;
}

void rg_state_do(rg_state *s, rg_move move, int label)
{
    switch (move) {
    case RG_MOVE_SHIFT: shift(s); break;
    case RG_MOVE_REDUCE: reduce(s); break;
    case RG_MOVE_LEFT: arc_left(s, label); break;
    case RG_MOVE_RIGHT: arc_right(s, label); break;
    case RG_MOVE_BREAK: s->sent_start[rg_state_buffer(s, 1)] = true; break;
    case RG_MOVE_COUNT: assert(false); break;
    }
    move_base(s);
}
