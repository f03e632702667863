/* csv.c - triples as comma-separated values (RFC 4180), for spreadsheets. */
#include "output/csv.h"

#include "output/columns.h"
#include "output/output.h"

#include <string.h>

/* Every `"` doubled; the quotes around the field stand in put_row. */
static void put_inside_quotes(rg_buf *out, rg_str value)
{
    int from = 0, at;
    while ((at = rg_str_find_byte(value, '"', from)) >= 0) {
        rg_buf_put(out, rg_str_cut(value, from, at + 1));
        rg_buf_byte(out, '"');
        from = at + 1;
    }
    rg_buf_put(out, rg_str_cut(value, from, value.len));
}

static bool needs_quotes(rg_str field)
{
    for (int i = 0; i < field.len; i++)
        if (field.bytes[i] == ',' || field.bytes[i] == '"' || field.bytes[i] == '\n'
            || field.bytes[i] == '\r')
            return true;
    return false;
}

static void put_plain(rg_buf *out, rg_str value)
{
    rg_buf_put(out, value);
}

void rg_csv_put_field(rg_buf *out, rg_str field)
{
    if (!needs_quotes(field)) {
        rg_buf_put(out, field);
        return;
    }
    rg_buf_byte(out, '"');
    put_inside_quotes(out, field);
    rg_buf_byte(out, '"');
}

/* What a spreadsheet would compute, with a `'` before it (OWASP, CSV injection). */
static void put_guarded(rg_buf *out, rg_str value)
{
    if (out->len == 0 && value.len > 0 && strchr("=+-@\t\r", value.bytes[0])
        && value.bytes[0] != '\0')
        rg_buf_byte(out, '\'');
    rg_buf_put(out, value);
}

static void put_row(rg_buf *out, const rg_edge *edge, rg_put_value *put_value)
{
    for (int column = 0; column < RG_COLUMN_COUNT; column++) {
        if (column > 0)
            rg_buf_byte(out, ',');
        rg_buf field = rg_buf_in(out->arena);
        rg_column_put(&field, edge, (rg_column)column, put_value);
        rg_csv_put_field(out, rg_buf_str(&field));
    }
    rg_buf_text(out, "\r\n");
}

static void put_header(rg_buf *out)
{
    for (int column = 0; column < RG_COLUMN_COUNT; column++) {
        if (column > 0)
            rg_buf_byte(out, ',');
        rg_buf_text(out, rg_column_names[column]);
    }
    rg_buf_text(out, "\r\n");
}

static void put_edges(rg_buf *out, const rg_edges *edges)
{
    for (int i = 0; i < edges->count; i++)
        put_row(out, &edges->items[i], put_plain);
}

static void put_safe_edges(rg_buf *out, const rg_edges *edges)
{
    for (int i = 0; i < edges->count; i++)
        put_row(out, &edges->items[i], put_guarded);
}

const rg_format rg_format_csv = {
    .name = "csv",
    .ending = ".csv",
    .summary = "triples as comma-separated values, for spreadsheets",
    .from = RG_FROM_EDGES,
    .put_header = put_header,
    .put_edges = put_edges,
};

/* Chosen by its name only: .csv is the one above. */
const rg_format rg_format_csv_safe = {
    .name = "csv-safe",
    .ending = ".csv",
    .summary = "the same, with ' before cells that spreadsheets would compute",
    .from = RG_FROM_EDGES,
    .put_header = put_header,
    .put_edges = put_safe_edges,
};
