/* explain_entity.c - why a node is one: its mentions, what linked each, its triples. */
#include "check/explain.h"

static const rg_coref *coref_of(const telling *t)
{
    return t->made->found.coref;
}

static const rg_entity_mention *mention_at(const telling *t, const rg_entity *e, int i)
{
    return &coref_of(t)->mentions[e->mentions[i]];
}

static rg_str text_of(const telling *t, const rg_entity_mention *m)
{
    return rg_coref_text(t->out.arena, t->made->parse, m);
}

rg_str explain_pass(const telling *t, rg_str id)
{
    const rg_coref_spec *spec = &t->checker->rules->coref;
    for (int i = 0; i < spec->pass_count; i++)
        if (rg_str_equal(spec->passes[i].id, id))
            return explain_place(t, spec->passes[i].file, spec->passes[i].offset);
    return (rg_str){"", 0};
}

static void put_mention(telling *t, const rg_entity_mention *m)
{
    const rg_named named = {t->checker->rules, t->made->parse, coref_of(t)};
    rg_str to = rg_coref_evidence(t->out.arena, &named, m);
    rg_buf_format(&t->out, "  sentence %d, bytes %d to %d: %.*s\n", m->sentence + 1,
                  rg_parse_start(t->made->parse, m->first),
                  rg_parse_end(t->made->parse, m->end - 1), RG_PRINT(text_of(t, m)));
    if (m->antecedent == RG_NONE)
        return;
    rg_str place = explain_pass(t, m->pass);
    rg_buf_format(&t->out, "    %.*s: %.*s%s%s%.*s\n", RG_PRINT(m->pass), RG_PRINT(to),
                  m->attribute ? ", says what it is" : "", place.len > 0 ? "  " : "",
                  RG_PRINT(place));
}

/* Where the label comes from. */
static const char *source_of_label(const telling *t, const rg_entity *e)
{
    if (rg_map_find(t->checker->rules->labels, e->label) != RG_NONE)
        return "a label of `aliases` or `type`";
    return e->named ? "the best of its names" : "its first noun phrase";
}

static void put_triples(telling *t, const rg_entity *e)
{
    const rg_edges *edges = &t->made->found.entities->edges;
    bool headed = false;
    for (int i = 0; i < edges->count; i++) {
        const rg_edge *edge = &edges->items[i];
        if (!rg_str_equal(edge->subject, e->label)
            && !rg_str_equal(edge->object, e->label)
            && !rg_str_equal(edge->source, e->label))
            continue;
        if (!headed)
            rg_buf_text(&t->out, "triples\n");
        headed = true;
        rg_buf_format(&t->out, "  %.*s | %.*s | %.*s  sentence %d, %.*s\n",
                      RG_PRINT(edge->subject), RG_PRINT(edge->relation),
                      RG_PRINT(edge->object), edge->sentence, RG_PRINT(edge->rule));
    }
}

/* Two names of it that something linked: what `different` could part. */
static void put_parting(telling *t, const rg_entity *e)
{
    for (int i = 0; i < e->mention_count; i++) {
        const rg_entity_mention *m = mention_at(t, e, i);
        if (m->antecedent == RG_NONE || m->kind != RG_MENTION_NAME)
            continue;
        const rg_entity_mention *to = &coref_of(t)->mentions[m->antecedent];
        rg_str a = text_of(t, to), b = text_of(t, m);
        if (to->kind != RG_MENTION_NAME || rg_str_equal(a, b))
            continue;
        rg_buf_text(&t->out, "if these are two, write\n  different:\n    - [");
        rg_buf_quoted(&t->out, a);
        rg_buf_text(&t->out, ", ");
        rg_buf_quoted(&t->out, b);
        rg_buf_text(&t->out, "]\n");
        return;
    }
}

static void put_text(telling *t, const rg_entity *e)
{
    rg_str type = rg_coref_type_name(t->checker->rules, e);
    rg_buf_format(&t->out, "%sentity %.*s", t->out.len ? "\n" : "", RG_PRINT(e->label));
    if (type.len > 0)
        rg_buf_format(&t->out, ", %.*s", RG_PRINT(type));
    rg_buf_format(&t->out, "\nlabel: %s\nmentions\n", source_of_label(t, e));
    for (int i = 0; i < e->mention_count; i++)
        put_mention(t, mention_at(t, e, i));
    put_triples(t, e);
    put_parting(t, e);
}

static bool is_called(const telling *t, const rg_entity *e, rg_str name)
{
    if (rg_str_equal(e->label, name))
        return true;
    for (int i = 0; i < e->mention_count; i++)
        if (mention_at(t, e, i)->kind == RG_MENTION_NAME
            && rg_str_equal(text_of(t, mention_at(t, e, i)), name))
            return true;
    return false;
}

int explain_entities(telling *t, rg_str name, bool json)
{
    const rg_coref *coref = coref_of(t);
    int told = 0;
    for (int i = 0; i < coref->entity_count; i++)
        if (is_called(t, &coref->entities[i], name)) {
            if (json)
                explain_put_entity_json(t, &coref->entities[i]);
            else
                put_text(t, &coref->entities[i]);
            told++;
        }
    return told;
}
