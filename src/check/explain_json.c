/* explain_json.c - an explanation as JSON, one object a sentence and line. Tokens are told
 * by their index in the sentence. What is told by means of the arena is made before the
 * value, and lists are the arena's until they are whole (base/json.h). */
#include "base/json.h"
#include "check/explain.h"

static int first_of(const telling *t, int sentence)
{
    return t->made->parse->sentences[sentence].first;
}

static json_t *make_token(const telling *t, int index, int first)
{
    const rg_token *token = &t->made->parse->tokens[index];
    return json_pack(
        "{so so so so si so so}", "text", rg_json_string(token->lexeme->text), "tag",
        rg_json_string(token->tag), "pos", rg_json_string(token->pos), "lemma",
        rg_json_string(token->lemma), "head", token->head - first, "dep",
        rg_json_string(token->dep), "ent_type", rg_json_string(token->ent_type));
}

static json_t *make_tokens(const telling *t, int sentence)
{
    const rg_sentence *s = &t->made->parse->sentences[sentence];
    json_t *list = json_array();
    for (int i = s->first; i < s->end; i++)
        json_array_append_new(list, make_token(t, i, s->first));
    return list;
}

static json_t *make_repair(const telling *t, const rg_event *event, int first)
{
    const rg_repair *repair = &t->checker->rules->repairs[event->index];
    rg_str place = explain_place(t, repair->file, repair->offset);
    return json_pack("{so si so so}", "repair", rg_json_string(repair->id), "at",
                     event->token - first, "edits", rg_json_string(event->detail),
                     "place", rg_json_string(place));
}

static json_t *make_derived(const telling *t, const rg_event *event, int first)
{
    const rg_derive *line = &t->checker->rules->derives[event->index];
    rg_str place = explain_place(t, line->file, line->offset);
    return json_pack("{si so si so}", "from", event->token - first, "label",
                     rg_json_string(event->detail), "to", event->other - first, "place",
                     rg_json_string(place));
}

static json_t *make_rule(const telling *t, const rg_event *event, int first)
{
    static const char *const words[] = {
        [RG_EVENT_FAILED] = "failed",
        [RG_EVENT_FIRED] = "fired",
        [RG_EVENT_SUPPRESSED] = "left-out",
    };
    const rg_rule *rule = &t->checker->rules->rules[event->index];
    rg_str place = explain_place(t, rule->file, rule->offset);
    return json_pack("{so si ss so so}", "rule", rg_json_string(rule->id), "at",
                     event->token - first, "outcome", words[event->kind],
                     event->kind == RG_EVENT_FAILED ? "why" : "relation",
                     rg_json_string(event->detail), "place", rg_json_string(place));
}

static json_t *make_events(const telling *t, int sentence, unsigned kinds,
                           json_t *(*make)(const telling *t, const rg_event *event,
                                           int first))
{
    json_t *list = rg_json_own(t->out.arena, json_array());
    for (int i = 0; i < t->made->found.triples->event_count; i++) {
        const rg_event *event = &t->made->found.triples->events[i];
        if (event->sentence == sentence && (kinds >> event->kind & 1))
            json_array_append_new(list, make(t, event, first_of(t, sentence)));
    }
    return list;
}

static json_t *make_qualifier(const rg_qualifier *one)
{
    json_t *object = json_pack("{so so}", "key", rg_json_string(one->key), "value",
                               rg_json_string(one->value));
    if (one->normal.len > 0)
        json_object_set_new(object, "normal", rg_json_string(one->normal));
    return object;
}

static json_t *make_qualifiers(const rg_edge *edge)
{
    json_t *list = json_array();
    for (int i = 0; i < edge->qualifier_count; i++)
        json_array_append_new(list, make_qualifier(&edge->qualifiers[i]));
    return list;
}

static json_t *make_setters(const telling *t, const rg_triple *triple)
{
    json_t *list = rg_json_own(t->out.arena, json_array());
    for (int i = 0; i < triple->setter_count; i++) {
        rg_str by = explain_setter(t, triple, &triple->setters[i]);
        json_array_append_new(list, json_pack("{so so}", "key",
                                              rg_json_string(triple->setters[i].key),
                                              "by", rg_json_string(by)));
    }
    return list;
}

static json_t *make_grounds(const rg_triple *triple, int first)
{
    json_t *list = json_array();
    for (int i = 0; i < triple->ground_count; i++)
        json_array_append_new(list, json_pack("{si so si}", "from",
                                              triple->grounds[i].from - first, "label",
                                              rg_json_string(triple->grounds[i].label),
                                              "to", triple->grounds[i].to - first));
    return list;
}

static json_t *make_triple(const telling *t, int index, int first)
{
    const rg_edge *edge = &t->made->found.entities->edges.items[index];
    const rg_triple *triple = explain_triple(t, index);
    json_t *setters = make_setters(t, triple);
    return json_pack(
        "{so so so so so so so so so so si so so}", "id", rg_json_string(edge->id),
        "subject", rg_json_string(edge->subject), "relation",
        rg_json_string(edge->relation), "object", rg_json_string(edge->object),
        "polarity", rg_json_string(edge->polarity), "modality",
        rg_json_string(edge->modality), "source", rg_json_string(edge->source),
        "qualifiers", make_qualifiers(edge), "rule", rg_json_string(edge->rule),
        "place", rg_json_string(edge->rule_place), "at", triple->anchor - first, "set",
        rg_json_take(t->out.arena, setters), "edges", make_grounds(triple, first));
}

static json_t *make_triples(const telling *t, int sentence, int only)
{
    const rg_edges *edges = &t->made->found.entities->edges;
    json_t *list = rg_json_own(t->out.arena, json_array());
    for (int i = 0; i < edges->count; i++)
        if (edges->items[i].sentence == sentence + 1 && (only == RG_NONE || only == i))
            json_array_append_new(list, make_triple(t, i, first_of(t, sentence)));
    return list;
}

void explain_put_json(telling *t, int sentence, int only)
{
    const unsigned rules =
        1u << RG_EVENT_FAILED | 1u << RG_EVENT_FIRED | 1u << RG_EVENT_SUPPRESSED;
    const rg_sentence *s = &t->made->parse->sentences[sentence];
    rg_arena *arena = t->out.arena;
    json_t *repaired = make_events(t, sentence, 1u << RG_EVENT_REPAIRED, make_repair);
    json_t *derived = make_events(t, sentence, 1u << RG_EVENT_DERIVED, make_derived);
    json_t *tried = make_events(t, sentence, rules, make_rule);
    json_t *triples = make_triples(t, sentence, only);
    rg_json_put_line(
        &t->out,
        json_pack("{so si si si so so so so so}", "doc",
                  rg_json_string(t->made->document.name), "sentence", sentence + 1,
                  "start", rg_parse_start(t->made->parse, s->first), "end",
                  rg_parse_end(t->made->parse, s->end - 1), "tokens",
                  make_tokens(t, sentence), "repairs", rg_json_take(arena, repaired),
                  "derived", rg_json_take(arena, derived), "rules",
                  rg_json_take(arena, tried), "triples", rg_json_take(arena, triples)));
}

static json_t *make_mention(const telling *t, int index)
{
    const rg_coref *coref = t->made->found.coref;
    const rg_named named = {t->checker->rules, t->made->parse, coref};
    const rg_entity_mention *m = &coref->mentions[index];
    rg_str text = rg_coref_text(t->out.arena, t->made->parse, m);
    rg_str evidence = rg_coref_evidence(t->out.arena, &named, m);
    rg_str place = explain_pass(t, m->pass);
    return json_pack("{si si si so so so sb so}", "sentence", m->sentence + 1, "start",
                     rg_parse_start(t->made->parse, m->first), "end",
                     rg_parse_end(t->made->parse, m->end - 1), "text",
                     rg_json_string(text), "pass", rg_json_string(m->pass), "evidence",
                     rg_json_string(evidence), "attribute", m->attribute, "place",
                     rg_json_string(place));
}

void explain_put_entity_json(telling *t, const rg_entity *entity)
{
    rg_arena *arena = t->out.arena;
    rg_str type = rg_coref_type_name(t->checker->rules, entity);
    json_t *mentions = rg_json_own(arena, json_array());
    for (int i = 0; i < entity->mention_count; i++)
        json_array_append_new(mentions, make_mention(t, entity->mentions[i]));
    rg_json_put_line(&t->out,
                     json_pack("{so so so so}", "entity", rg_json_string(entity->label),
                               "type", rg_json_string(type), "doc",
                               rg_json_string(t->made->document.name), "mentions",
                               rg_json_take(arena, mentions)));
}
