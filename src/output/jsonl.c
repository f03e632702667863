/* jsonl.c - triples as JSON lines, with every offset: written, and read back. */
#include "output/columns.h"
#include "output/json.h"
#include "output/output.h"

/* --- writing ---------------------------------------------------------------------- */

json_t *rg_json_hundredths(double share)
{
    return json_real(rg_column_hundredths(share) / 100.0);
}

/* Where a piece of wording stands, [start, end]; null if unknown. */
static json_t *make_span(int start, int end)
{
    return start < 0 ? json_null() : json_pack("[ii]", start, end);
}

static int put_spans(json_t *object, const rg_edge *edge)
{
    const rg_span *s = &edge->subject_span, *r = &edge->relation_span,
                  *o = &edge->object_span;
    return json_object_set_new(
        object, "spans",
        json_pack("{sososo}", "subject", make_span(s->start, s->end), "relation",
                  make_span(r->start, r->end), "object", make_span(o->start, o->end)));
}

/* A field that is left out where it is empty. */
static int put_optional(json_t *object, const char *key, rg_str text)
{
    return text.len > 0 ? json_object_set_new(object, key, rg_json_string(text)) : 0;
}

static json_t *make_qualifiers(const rg_edge *edge)
{
    json_t *list = json_array();
    for (int i = 0; i < edge->qualifier_count; i++) {
        const rg_qualifier *one = &edge->qualifiers[i];
        json_t *item = json_pack("{sososo}", "key", rg_json_string(one->key), "value",
                                 rg_json_string(one->value), "span",
                                 make_span(one->start, one->end));
        int failed = put_optional(item, "normal", one->normal);
        failed |= json_array_append_new(list, item);
        if (failed != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

/* The arguments behind the object: [{"lead", "text", "span"}]. */
static json_t *make_arguments(const rg_edge *edge)
{
    json_t *list = json_array();
    for (int i = 0; i < edge->argument_count; i++) {
        const rg_further *one = &edge->arguments[i];
        json_t *item = json_pack("{sososo}", "lead", rg_json_string(one->lead), "text",
                                 rg_json_string(one->text), "span",
                                 make_span(one->start, one->end));
        if (json_array_append_new(list, item) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *make_value(const rg_edge *edge, rg_column column)
{
    rg_edge copy = *edge;
    const rg_str *text = rg_column_text(&copy, column);
    const int *number = rg_column_number(&copy, column);
    if (text)
        return rg_json_string(*text);
    if (number)
        return json_integer(*number);
    return column == RG_COLUMN_qualifiers ? make_qualifiers(edge)
                                          : rg_json_hundredths(edge->confidence);
}

/* The more general relations, the nearest first. */
static json_t *make_kinds(const rg_edge *edge)
{
    json_t *list = json_array();
    for (int i = 0; i < edge->kind_count; i++)
        json_array_append_new(list, rg_json_string(edge->kinds[i]));
    return list;
}

/* Fields that are not columns. */
static int put_rest(json_t *object, const rg_edge *edge)
{
    int failed = json_object_set_new(object, "id", rg_json_string(edge->id));
    failed |= put_spans(object, edge);
    if (edge->ordered)
        failed |= json_object_set_new(object, "arguments", make_arguments(edge));
    failed |= put_optional(object, "subject_normal", edge->subject_normal);
    failed |= put_optional(object, "object_normal", edge->object_normal);
    failed |= put_optional(object, "tense", edge->tense);
    failed |= put_optional(object, "aspect", edge->aspect);
    failed |= put_optional(object, "style", edge->style);
    failed |= put_optional(object, "rule_place", edge->rule_place);
    failed |= put_optional(object, "object_id", edge->object_id);
    if (edge->kind_count > 0)
        failed |= json_object_set_new(object, "is", make_kinds(edge));
    return failed;
}

json_t *rg_json_edge(const rg_edge *edge)
{
    json_t *object = json_object();
    int failed = 0;
    for (int column = 0; column < RG_COLUMN_COUNT; column++)
        failed |= json_object_set_new(object, rg_column_names[column],
                                      make_value(edge, (rg_column)column));
    failed |= put_rest(object, edge);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static void put_edges(rg_buf *out, const rg_edges *edges)
{
    for (int i = 0; i < edges->count; i++)
        rg_json_put_line(out, rg_json_edge(&edges->items[i]));
}

const rg_format rg_format_jsonl = {
    .name = "jsonl",
    .ending = ".jsonl",
    .summary = "triples as JSON lines, with all offsets",
    .from = RG_FROM_EDGES,
    .put_edges = put_edges,
};

/* --- reading back ----------------------------------------------------------------- */

typedef struct reader {
    rg_arena *arena;
    rg_place at; /* the line read now */
    rg_error *err;
} reader;

/* A string of the object, copied into the arena; false if it is there and no string. */
static bool read_string(rg_str *out, const reader *in, const json_t *object,
                        const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value))
        return rg_fail(in->err, RG_ERROR_INPUT, in->at, "\"%s\" is not a string", key);
    rg_str text = {json_string_value(value), (int)json_string_length(value)};
    if (text.len > 0)
        *out = rg_arena_str(in->arena, text);
    return true;
}

static bool read_whole(int *out, const reader *in, const json_t *value, const char *key)
{
    if (!value || json_is_null(value))
        return true;
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < -1 || number > INT32_MAX)
        return rg_fail(in->err, RG_ERROR_INPUT, in->at,
                       "\"%s\" is not an offset or a count", key);
    *out = (int)number;
    return true;
}

static bool read_span(int *start, int *end, const reader *in, const json_t *value,
                      const char *key)
{
    if (!value || json_is_null(value))
        return true;
    if (json_array_size(value) != 2)
        return rg_fail(in->err, RG_ERROR_INPUT, in->at,
                       "the span of \"%s\" is not [start, end]", key);
    return read_whole(start, in, json_array_get(value, 0), key)
           && read_whole(end, in, json_array_get(value, 1), key);
}

static bool read_qualifiers(rg_edge *edge, const reader *in, const json_t *list)
{
    if (!list || json_is_null(list))
        return true;
    if (!json_is_array(list))
        return rg_fail(in->err, RG_ERROR_INPUT, in->at, "\"qualifiers\" is not a list");
    int count = (int)json_array_size(list);
    edge->qualifiers = rg_new(in->arena, rg_qualifier, count);
    for (int i = 0; i < count; i++) {
        const json_t *item = json_array_get(list, (size_t)i);
        rg_qualifier *one = &edge->qualifiers[edge->qualifier_count++];
        *one = (rg_qualifier){RG_STR(""), RG_STR(""), -1, -1, RG_STR("")};
        if (!read_string(&one->key, in, item, "key")
            || !read_string(&one->value, in, item, "value")
            || !read_string(&one->normal, in, item, "normal")
            || !read_span(&one->start, &one->end, in, json_object_get(item, "span"),
                          "value"))
            return false;
    }
    return true;
}

static bool read_arguments(rg_edge *edge, const reader *in, const json_t *list)
{
    edge->ordered = list && !json_is_null(list);
    if (!edge->ordered)
        return true;
    if (!json_is_array(list))
        return rg_fail(in->err, RG_ERROR_INPUT, in->at, "\"arguments\" is not a list");
    int count = (int)json_array_size(list);
    edge->arguments = rg_new(in->arena, rg_further, count);
    for (int i = 0; i < count; i++) {
        const json_t *item = json_array_get(list, (size_t)i);
        rg_further *one = &edge->arguments[edge->argument_count++];
        *one = (rg_further){RG_STR(""), RG_STR(""), -1, -1};
        if (!read_string(&one->lead, in, item, "lead")
            || !read_string(&one->text, in, item, "text")
            || !read_span(&one->start, &one->end, in, json_object_get(item, "span"),
                          "text"))
            return false;
    }
    return true;
}

static bool read_confidence(double *out, const reader *in, const json_t *value)
{
    if (!value || json_is_null(value))
        return true;
    double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= 0 && number <= 1))
        return rg_fail(in->err, RG_ERROR_INPUT, in->at,
                       "\"confidence\" is not a number from 0 to 1");
    *out = number;
    return true;
}

static bool read_column(rg_edge *edge, const reader *in, const json_t *object,
                        rg_column column)
{
    const char *key = rg_column_names[column];
    rg_str *text = rg_column_text(edge, column);
    int *number = rg_column_number(edge, column);
    if (text)
        return read_string(text, in, object, key);
    if (number)
        return read_whole(number, in, json_object_get(object, key), key);
    return column == RG_COLUMN_qualifiers
               ? read_qualifiers(edge, in, json_object_get(object, key))
               : read_confidence(&edge->confidence, in, json_object_get(object, key));
}

static bool read_spans(rg_edge *edge, const reader *in, const json_t *spans)
{
    rg_span *s = &edge->subject_span, *r = &edge->relation_span,
            *o = &edge->object_span;
    return read_span(&s->start, &s->end, in, json_object_get(spans, "subject"),
                     "subject")
           && read_span(&r->start, &r->end, in, json_object_get(spans, "relation"),
                        "relation")
           && read_span(&o->start, &o->end, in, json_object_get(spans, "object"),
                        "object");
}

static bool read_edge(rg_edge *edge, const reader *in, const json_t *object)
{
    *edge = rg_column_defaults();
    for (int column = 0; column < RG_COLUMN_COUNT; column++)
        if (!read_column(edge, in, object, (rg_column)column))
            return false;
    if (edge->subject.len == 0 || edge->relation.len == 0)
        return rg_fail(in->err, RG_ERROR_INPUT, in->at,
                       "needs a \"subject\" and a \"relation\"");
    if (!read_arguments(edge, in, json_object_get(object, "arguments"))
        || !read_string(&edge->tense, in, object, "tense")
        || !read_string(&edge->aspect, in, object, "aspect")
        || !read_string(&edge->style, in, object, "style")
        || !read_string(&edge->rule_place, in, object, "rule_place")
        || !read_string(&edge->subject_normal, in, object, "subject_normal")
        || !read_string(&edge->object_normal, in, object, "object_normal")
        || !read_spans(edge, in, json_object_get(object, "spans")))
        return false;
    edge->id = rg_edge_id(in->arena, edge);
    return true;
}

static bool read_line(rg_edge *edge, reader *in, rg_str line)
{
    json_error_t cause;
    json_t *object = rg_json_read(in->arena, line, JSON_ALLOW_NUL, &cause);
    if (!object) {
        in->at.offset += cause.position > 0 ? cause.position - 1 : 0;
        return rg_fail(in->err, RG_ERROR_INPUT, in->at, "is not JSON: %s", cause.text);
    }
    bool ok = json_is_object(object)
                  ? read_edge(edge, in, object)
                  : rg_fail(in->err, RG_ERROR_INPUT, in->at, "is not a JSON object");
    rg_json_drop(in->arena, object);
    return ok;
}

bool rg_output_read_jsonl(rg_edges *out, rg_arena *arena, const rg_document *document,
                          rg_reporter reporter, rg_error *err)
{
    (void)reporter; /* JSON has no header whose columns could be unknown */
    rg_str bytes = document->bytes;
    int at = rg_str_starts(bytes, RG_STR("\xef\xbb\xbf")) ? 3 : 0, capacity = 0;
    *out = (rg_edges){0};
    while (at < bytes.len) {
        int end = rg_str_find_byte(bytes, '\n', at);
        end = end < 0 ? bytes.len : end;
        rg_str line = rg_str_trim(rg_str_cut(bytes, at, end));
        reader in = {arena, {document->name, bytes, at}, err};
        at = end + 1;
        if (line.len == 0)
            continue;
        out->items =
            rg_arena_grow(arena, out->items, out->count, &capacity, sizeof *out->items);
        if (!read_line(&out->items[out->count], &in, line))
            return false;
        out->count++;
    }
    return true;
}
