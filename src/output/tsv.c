/* tsv.c - triples, one a line, with tabs between: written, and read back. */
#include "output/tsv.h"
#include "base/utf8.h"
#include "output/columns.h"
#include "output/output.h"

/* The bytes that cannot stand in a field, and the letter behind the backslash. */
static char escape_of(char byte)
{
    switch (byte) {
    case '\t': return 't';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\\': return '\\';
    default: return '\0';
    }
}

static char meaning_of(char letter)
{
    switch (letter) {
    case 't': return '\t';
    case 'n': return '\n';
    case 'r': return '\r';
    case '\\': return '\\';
    case ';': return ';';
    default: return '\0';
    }
}

void rg_tsv_put(rg_buf *out, rg_str value)
{
    int from = 0;
    for (int i = 0; i < value.len; i++) {
        char letter = escape_of(value.bytes[i]);
        if (!letter)
            continue;
        rg_buf_put(out, rg_str_cut(value, from, i));
        rg_buf_byte(out, '\\');
        rg_buf_byte(out, letter);
        from = i + 1;
    }
    rg_buf_put(out, rg_str_cut(value, from, value.len));
}

static void put_header(rg_buf *out)
{
    for (int column = 0; column < RG_COLUMN_COUNT; column++) {
        if (column > 0)
            rg_buf_byte(out, '\t');
        rg_buf_text(out, rg_column_names[column]);
    }
    rg_buf_byte(out, '\n');
}

static void put_edges(rg_buf *out, const rg_edges *edges)
{
    for (int i = 0; i < edges->count; i++)
        for (int column = 0; column < RG_COLUMN_COUNT; column++) {
            if (column > 0)
                rg_buf_byte(out, '\t');
            rg_column_put(out, &edges->items[i], (rg_column)column, rg_tsv_put);
            if (column == RG_COLUMN_COUNT - 1)
                rg_buf_byte(out, '\n');
        }
}

const rg_format rg_format_tsv = {
    .name = "tsv",
    .ending = ".tsv",
    .summary = "triples, one a line, with tabs between",
    .from = RG_FROM_EDGES,
    .put_header = put_header,
    .put_edges = put_edges,
};

/* --- reading back ---------------------------------------------------------------- */

/* The columns of a file: for each of its fields, one of ours, or what else it is. */
enum { UNKNOWN_COLUMN = -1, STYLE_COLUMN = -2, MOST_FIELDS = 256 };

typedef struct reader {
    rg_arena *arena;
    const rg_document *document;
    rg_str rest; /* lines not yet read */
    int fields[MOST_FIELDS];
    int field_count;
} reader;

static rg_place place_of(const reader *in, rg_str piece)
{
    rg_str all = in->document->bytes;
    return (rg_place){in->document->name, all, (int)(piece.bytes - all.bytes)};
}

/* Text up to `end`, which is left out; *rest is what stands behind it. */
static rg_str take_until(rg_str *rest, char end)
{
    int at = rg_str_find_byte(*rest, end, 0);
    int stop = at < 0 ? rest->len : at;
    rg_str taken = {rest->bytes, stop};
    int next = at < 0 ? stop : at + 1;
    *rest = (rg_str){rest->bytes + next, rest->len - next};
    return taken;
}

/* The next line; a carriage return before the line feed is part of the line end. */
static rg_str take_line(reader *in)
{
    rg_str line = take_until(&in->rest, '\n');
    if (line.len > 0 && line.bytes[line.len - 1] == '\r')
        line.len--;
    return line;
}

/* Escapes undone, ill-formed UTF-8 repaired; an unknown escape stays as it is. */
static rg_str read_value(rg_arena *arena, rg_str field)
{
    if (rg_str_find_byte(field, '\\', 0) < 0 && rg_utf8_find_bad(field) < 0)
        return field;
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < field.len;) {
        char meaning = '\0';
        if (field.bytes[i] == '\\' && i + 1 < field.len)
            meaning = meaning_of(field.bytes[i + 1]);
        if (meaning) {
            rg_buf_byte(&out, meaning);
            i += 2;
        } else {
            rg_utf8_step step = rg_utf8_next(field, i);
            rg_utf8_put(&out, step.code);
            i += step.len;
        }
    }
    return rg_buf_str(&out);
}

/* Index of the `;` that ends the qualifier at the start of text; its length if none. */
static int find_qualifier_end(rg_str text)
{
    int i = 0;
    while (i < text.len && text.bytes[i] != ';')
        i += text.bytes[i] == '\\' && i + 1 < text.len ? 2 : 1;
    return i;
}

static void read_qualifiers(rg_edge *edge, rg_arena *arena, rg_str field)
{
    int capacity = 0;
    while (field.len > 0) {
        int end = find_qualifier_end(field);
        rg_str one = rg_str_cut(field, 0, end);
        field = rg_str_cut(field, end + 1, field.len);
        while (one.len > 0 && one.bytes[0] == ' ')
            one = rg_str_cut(one, 1, one.len);
        int equals = rg_str_find_byte(one, '=', 0);
        if (equals < 0)
            continue;
        edge->qualifiers = rg_arena_grow(arena, edge->qualifiers, edge->qualifier_count,
                                         &capacity, sizeof *edge->qualifiers);
        edge->qualifiers[edge->qualifier_count++] = (rg_qualifier){
            .key = read_value(arena, rg_str_cut(one, 0, equals)),
            .value = read_value(arena, rg_str_cut(one, equals + 1, one.len)),
            .start = -1,
            .end = -1,
        };
    }
}

/* A whole number up to INT32_MAX; an empty field leaves *out as it is. */
static bool read_number(int *out, const reader *in, rg_str field, rg_error *err)
{
    int64_t value = 0;
    for (int i = 0; i < field.len; i++) {
        char digit = field.bytes[i];
        bool is_digit = digit >= '0' && digit <= '9';
        value = value * 10 + (digit - '0');
        if (!is_digit || value > INT32_MAX)
            return rg_fail(err, RG_ERROR_INPUT, place_of(in, field),
                           "'%.*s' is not a number",
                           RG_PRINT(rg_str_cut(field, 0, 40)));
    }
    if (field.len > 0)
        *out = (int)value;
    return true;
}

/* Digits with at most one point, as 0.85: read without the locale's decimal comma. */
static bool read_confidence(double *out, const reader *in, rg_str field, rg_error *err)
{
    double value = 0, unit = 1;
    bool behind_point = false;
    for (int i = 0; i < field.len; i++) {
        char c = field.bytes[i];
        if (c == '.' && !behind_point) {
            behind_point = true;
        } else if (c >= '0' && c <= '9' && i < 20) {
            unit = behind_point ? unit / 10 : unit;
            value = behind_point ? value + (c - '0') * unit : value * 10 + (c - '0');
        } else {
            value = 2; /* refused below */
            break;
        }
    }
    if (value > 1)
        return rg_fail(err, RG_ERROR_INPUT, place_of(in, field),
                       "confidence '%.*s' is not a number from 0 to 1",
                       RG_PRINT(rg_str_cut(field, 0, 40)));
    if (field.len > 0)
        *out = value;
    return true;
}

static bool read_field(rg_edge *edge, const reader *in, int column, rg_str field,
                       rg_error *err)
{
    if (column == STYLE_COLUMN)
        edge->style = read_value(in->arena, field);
    if (column < 0)
        return true;
    if (column == RG_COLUMN_confidence)
        return read_confidence(&edge->confidence, in, field, err);
    if (column == RG_COLUMN_qualifiers) {
        read_qualifiers(edge, in->arena, field);
        return true;
    }
    rg_str *text = rg_column_text(edge, (rg_column)column);
    if (!text)
        return read_number(rg_column_number(edge, (rg_column)column), in, field, err);
    bool keeps_default = field.len == 0 && text->len > 0;
    if (!keeps_default)
        *text = read_value(in->arena, field);
    return true;
}

static bool read_row(rg_edge *edge, const reader *in, rg_str line, rg_error *err)
{
    rg_str rest = line;
    *edge = rg_column_defaults();
    int count = 0;
    for (bool more = true; more; count++) {
        more = rg_str_find_byte(rest, '\t', 0) >= 0;
        rg_str field = take_until(&rest, '\t');
        if (count == in->field_count)
            return rg_fail(err, RG_ERROR_INPUT, place_of(in, field),
                           "has more fields than the header's %d", in->field_count);
        if (!read_field(edge, in, in->fields[count], field, err))
            return false;
    }
    if (count < in->field_count)
        return rg_fail(err, RG_ERROR_INPUT, place_of(in, line),
                       "has %d fields, the header has %d", count, in->field_count);
    if (edge->subject.len == 0 || edge->relation.len == 0)
        return rg_fail(err, RG_ERROR_INPUT, place_of(in, line),
                       "needs a subject and a relation");
    edge->id = rg_edge_id(in->arena, edge);
    return true;
}

static int find_column(rg_str name)
{
    int column = rg_column_find(name);
    return column < 0 && rg_str_is(name, "style") ? STYLE_COLUMN : column;
}

static bool has_column(const reader *in, int column)
{
    for (int i = 0; i < in->field_count; i++)
        if (in->fields[i] == column)
            return true;
    return false;
}

static bool read_header(reader *in, rg_reporter reporter, rg_error *err)
{
    enum { MOST_NOTES = 10 };
    rg_str line = take_line(in), rest = line;
    int unknown = 0;
    for (bool more = true; more;) {
        more = rg_str_find_byte(rest, '\t', 0) >= 0;
        rg_str name = take_until(&rest, '\t');
        if (in->field_count == MOST_FIELDS)
            return rg_fail(err, RG_ERROR_LIMIT, place_of(in, name),
                           "has more than %d columns", MOST_FIELDS);
        int column = find_column(name);
        if (column >= 0 && has_column(in, column))
            return rg_fail(err, RG_ERROR_INPUT, place_of(in, name),
                           "column '%.*s' stands twice", RG_PRINT(name));
        in->fields[in->field_count++] = column;
        if (column == UNKNOWN_COLUMN && unknown++ < MOST_NOTES)
            rg_report(reporter,
                      (rg_finding){RG_NOTE, "unknown-column", place_of(in, name), NULL},
                      "column '%.*s' is not known and not used",
                      RG_PRINT(rg_str_cut(name, 0, 80)));
    }
    for (int column = RG_COLUMN_subject; column <= RG_COLUMN_object; column++)
        if (!has_column(in, column))
            return rg_fail(err, RG_ERROR_INPUT, place_of(in, line),
                           "the header has no column '%s'", rg_column_names[column]);
    return true;
}

static rg_str without_byte_order_mark(rg_str bytes)
{
    return rg_str_starts(bytes, RG_STR("\xef\xbb\xbf"))
               ? rg_str_cut(bytes, 3, bytes.len)
               : bytes;
}

bool rg_output_read_tsv(rg_edges *out, rg_arena *arena, const rg_document *document,
                        rg_reporter reporter, rg_error *err)
{
    reader in = {.arena = arena, .document = document};
    in.rest = without_byte_order_mark(document->bytes);
    *out = (rg_edges){0};
    if (!read_header(&in, reporter, err))
        return false;

    int capacity = 0;
    while (in.rest.len > 0) {
        rg_str line = take_line(&in);
        if (line.len == 0)
            continue;
        out->items =
            rg_arena_grow(arena, out->items, out->count, &capacity, sizeof *out->items);
        if (!read_row(&out->items[out->count], &in, line, err))
            return false;
        out->count++;
    }
    return true;
}
