#include "output/columns.h"

#include <string.h>

const char *const rg_column_names[RG_COLUMN_COUNT] = {
#define COLUMN(name) #name,
#include "output/columns.def"
#undef COLUMN
};

int rg_column_find(rg_str name)
{
    for (int i = 0; i < RG_COLUMN_COUNT; i++)
        if (rg_str_is(name, rg_column_names[i]))
            return i;
    return -1;
}

rg_str *rg_column_text(rg_edge *edge, rg_column column)
{
    switch (column) {
    case RG_COLUMN_subject: return &edge->subject;
    case RG_COLUMN_relation: return &edge->relation;
    case RG_COLUMN_object: return &edge->object;
    case RG_COLUMN_subject_type: return &edge->subject_type;
    case RG_COLUMN_object_type: return &edge->object_type;
    case RG_COLUMN_polarity: return &edge->polarity;
    case RG_COLUMN_modality: return &edge->modality;
    case RG_COLUMN_source: return &edge->source;
    case RG_COLUMN_rule: return &edge->rule;
    case RG_COLUMN_doc: return &edge->doc;
    case RG_COLUMN_subject_text: return &edge->subject_text;
    case RG_COLUMN_relation_text: return &edge->relation_text;
    case RG_COLUMN_object_text: return &edge->object_text;
    case RG_COLUMN_evidence: return &edge->evidence;
    default: return NULL;
    }
}

int *rg_column_number(rg_edge *edge, rg_column column)
{
    switch (column) {
    case RG_COLUMN_sentence: return &edge->sentence;
    case RG_COLUMN_start: return &edge->start;
    case RG_COLUMN_end: return &edge->end;
    default: return NULL;
    }
}

int rg_column_hundredths(double confidence)
{
    if (!(confidence > 0))
        return 0;
    return confidence > 1 ? 100 : (int)(confidence * 100 + 0.5);
}

void rg_column_put_confidence(rg_buf *out, double confidence)
{
    int hundredths = rg_column_hundredths(confidence);
    rg_buf_format(out, "%d.%02d", hundredths / 100, hundredths % 100);
}

/* A value between `;`s: the pieces around each `;` go through the format's own escape. */
static void put_qualifier_part(rg_buf *out, rg_str value, rg_put_value *put_value)
{
    int from = 0, at;
    while ((at = rg_str_find_byte(value, ';', from)) >= 0) {
        put_value(out, rg_str_cut(value, from, at));
        rg_buf_text(out, "\\;");
        from = at + 1;
    }
    put_value(out, rg_str_cut(value, from, value.len));
}

static void put_qualifiers(rg_buf *out, const rg_edge *edge, rg_put_value *put_value)
{
    for (int i = 0; i < edge->qualifier_count; i++) {
        if (i > 0)
            rg_buf_text(out, "; ");
        put_qualifier_part(out, edge->qualifiers[i].key, put_value);
        rg_buf_byte(out, '=');
        put_qualifier_part(out, edge->qualifiers[i].value, put_value);
    }
}

void rg_column_put(rg_buf *out, const rg_edge *edge, rg_column column,
                   rg_put_value *put_value)
{
    rg_edge *same =
        (rg_edge *)(uintptr_t)edge; /* for finders that are for writers, too */
    const rg_str *text = rg_column_text(same, column);
    const int *number = rg_column_number(same, column);
    if (text)
        put_value(out, *text);
    else if (number && (*number >= 0))
        rg_buf_int(out, *number);
    else if (column == RG_COLUMN_qualifiers)
        put_qualifiers(out, edge, put_value);
    else if (column == RG_COLUMN_confidence)
        rg_column_put_confidence(out, edge->confidence);
}

rg_edge rg_column_defaults(void)
{
    static const rg_span unknown = {-1, -1};
    return (rg_edge){
        .subject = RG_STR(""),
        .relation = RG_STR(""),
        .object = RG_STR(""),
        .subject_type = RG_STR(""),
        .object_type = RG_STR(""),
        .polarity = RG_STR("affirmed"),
        .modality = RG_STR("asserted"),
        .source = RG_STR(""),
        .confidence = 1,
        .rule = RG_STR(""),
        .rule_place = RG_STR(""),
        .style = RG_STR(""),
        .doc = RG_STR(""),
        .start = -1,
        .end = -1,
        .characters = unknown,
        .subject_text = RG_STR(""),
        .relation_text = RG_STR(""),
        .object_text = RG_STR(""),
        .evidence = RG_STR(""),
        .line = RG_STR(""),
        .subject_span = unknown,
        .relation_span = unknown,
        .object_span = unknown,
        .id = RG_STR(""),
    };
}
