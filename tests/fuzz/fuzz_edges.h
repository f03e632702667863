/* fuzz_edges.h - triples whose texts are the pieces of an input, between zero bytes. */
#ifndef RG_TESTS_FUZZ_EDGES_H
#define RG_TESTS_FUZZ_EDGES_H

#include "fuzz.h"

#include "../style.h"
#include "output/columns.h"

enum { MOST_EDGES = 50 };

/* The shipped style, read once for all inputs. */
static inline const rg_style *known_style(void)
{
    static rg_arena *arena;
    static const rg_style *style;
    if (!arena) {
        arena = rg_arena_new();
        style = shipped_style(arena);
    }
    return style;
}

/* The piece up to the next zero byte. */
static inline rg_str take_piece(rg_str *rest)
{
    int at = rg_str_find_byte(*rest, '\0', 0);
    rg_str piece = rg_str_cut(*rest, 0, at < 0 ? rest->len : at);
    *rest = rg_str_cut(*rest, piece.len + 1, rest->len);
    return piece;
}

static inline rg_edges make_edges(rg_arena *arena, rg_str rest)
{
    rg_edges edges = {rg_new(arena, rg_edge, MOST_EDGES), 0};
    while (rest.len > 0 && edges.count < MOST_EDGES) {
        rg_edge *edge = &edges.items[edges.count++];
        *edge = rg_column_defaults();
        edge->subject = take_piece(&rest);
        edge->relation = take_piece(&rest);
        edge->object = take_piece(&rest);
        edge->modality = edge->style = edge->object_type = edge->relation;
        edge->evidence = edge->rule = edge->rule_place = edge->subject;
    }
    return edges;
}

#endif
