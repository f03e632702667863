#include "base/edge.h"

#include "base/buf.h"

rg_str rg_edge_id(rg_arena *arena, const rg_edge *edge)
{
    rg_arena_mark mark = rg_arena_mark_now(arena);
    rg_buf key = rg_buf_in(arena);
    const rg_str parts[] = {edge->doc, edge->rule, edge->subject, edge->relation,
                            edge->object};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        rg_buf_put(&key, parts[i]);
        rg_buf_byte(&key, '\0');
    }
    rg_buf_int(&key, edge->start);
    uint64_t hash = rg_str_hash(rg_buf_str(&key));
    rg_arena_reset(arena, mark);
    return rg_arena_format(arena, "%012llx", (unsigned long long)(hash >> 16));
}
