#include "output/details.h"

#include "output/columns.h"

#include <stddef.h>

static void put_plain(rg_buf *out, rg_str value)
{
    rg_buf_put(out, value);
}

static void put_qualifiers(rg_buf *out, const rg_edge *edge)
{
    rg_column_put(out, edge, RG_COLUMN_qualifiers, put_plain);
}

static void put_confidence(rg_buf *out, const rg_edge *edge)
{
    rg_column_put_confidence(out, edge->confidence);
}

static void put_sentence(rg_buf *out, const rg_edge *edge)
{
    if (edge->sentence > 0)
        rg_buf_int(out, edge->sentence);
}

static void put_kinds(rg_buf *out, const rg_edge *edge)
{
    for (int i = 0; i < edge->kind_count; i++) {
        rg_buf_text(out, i > 0 ? "; " : "");
        rg_buf_put(out, edge->kinds[i]);
    }
}

const rg_detail rg_details[RG_DETAIL_COUNT] = {
#define TEXT(name, member) {#name, RG_DETAIL_IS_TEXT, offsetof(rg_edge, member), NULL},
#define NUMBER(name, member)                                                           \
    {#name, RG_DETAIL_IS_NUMBER, offsetof(rg_edge, member), NULL},
#define MADE(name, kind, put) {#name, RG_DETAIL_IS_##kind, 0, put},
#include "output/details.def"
#undef TEXT
#undef NUMBER
#undef MADE
};

rg_str rg_detail_text(rg_arena *arena, const rg_edge *edge, int detail)
{
    const rg_detail *what = &rg_details[detail];
    const void *member = (const char *)edge + what->offset;
    if (!what->put && what->kind == RG_DETAIL_IS_TEXT)
        return *(const rg_str *)member;
    rg_buf text = rg_buf_in(arena);
    if (what->put)
        what->put(&text, edge);
    else if (*(const int *)member >= 0)
        rg_buf_int(&text, *(const int *)member);
    return rg_buf_str(&text);
}
