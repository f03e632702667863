/* explain_json.c - an explanation as JSON, one object a sentence and line. Tokens are told
 * by their index in the sentence. */
#include "base/utf8.h"
#include "check/explain.h"

#include <jansson.h>

/* Texts of the analysis are well-formed; a path may be anything. */
static json_t *make_string(const telling *t, rg_str text)
{
    if (rg_utf8_find_bad(text) >= 0) {
        rg_buf repaired = rg_buf_in(t->out.arena);
        for (int at = 0; at < text.len;) {
            rg_utf8_step step = rg_utf8_next(text, at);
            rg_utf8_put(&repaired, step.code);
            at += step.len;
        }
        text = rg_buf_str(&repaired);
    }
    return text.len ? json_stringn(text.bytes, (size_t)text.len) : json_string("");
}

static int first_of(const telling *t, int sentence)
{
    return t->made->parse->sentences[sentence].first;
}

static json_t *make_token(const telling *t, int index, int first)
{
    const rg_token *token = &t->made->parse->tokens[index];
    return json_pack(
        "{so so so so si so so}", "text", make_string(t, token->lexeme->text), "tag",
        make_string(t, token->tag), "pos", make_string(t, token->pos), "lemma",
        make_string(t, token->lemma), "head", token->head - first, "dep",
        make_string(t, token->dep), "ent_type", make_string(t, token->ent_type));
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
    return json_pack("{so si so so}", "repair", make_string(t, repair->id), "at",
                     event->token - first, "edits", make_string(t, event->detail),
                     "place",
                     make_string(t, explain_place(t, repair->file, repair->offset)));
}

static json_t *make_derived(const telling *t, const rg_event *event, int first)
{
    const rg_derive *line = &t->checker->rules->derives[event->index];
    return json_pack("{si so si so}", "from", event->token - first, "label",
                     make_string(t, event->detail), "to", event->other - first, "place",
                     make_string(t, explain_place(t, line->file, line->offset)));
}

static json_t *make_rule(const telling *t, const rg_event *event, int first)
{
    static const char *const words[] = {
        [RG_EVENT_FAILED] = "failed",
        [RG_EVENT_FIRED] = "fired",
        [RG_EVENT_SUPPRESSED] = "left-out",
    };
    const rg_rule *rule = &t->checker->rules->rules[event->index];
    return json_pack("{so si ss so so}", "rule", make_string(t, rule->id), "at",
                     event->token - first, "outcome", words[event->kind],
                     event->kind == RG_EVENT_FAILED ? "why" : "relation",
                     make_string(t, event->detail), "place",
                     make_string(t, explain_place(t, rule->file, rule->offset)));
}

static json_t *make_events(const telling *t, int sentence, unsigned kinds,
                           json_t *(*make)(const telling *t, const rg_event *event,
                                           int first))
{
    json_t *list = json_array();
    for (int i = 0; i < t->made->found.triples->event_count; i++) {
        const rg_event *event = &t->made->found.triples->events[i];
        if (event->sentence == sentence && (kinds >> event->kind & 1))
            json_array_append_new(list, make(t, event, first_of(t, sentence)));
    }
    return list;
}

static json_t *make_qualifier(const telling *t, const rg_qualifier *one)
{
    json_t *object = json_pack("{so so}", "key", make_string(t, one->key), "value",
                               make_string(t, one->value));
    if (one->normal.len > 0)
        json_object_set_new(object, "normal", make_string(t, one->normal));
    return object;
}

static json_t *make_qualifiers(const telling *t, const rg_edge *edge)
{
    json_t *list = json_array();
    for (int i = 0; i < edge->qualifier_count; i++)
        json_array_append_new(list, make_qualifier(t, &edge->qualifiers[i]));
    return list;
}

static json_t *make_setters(const telling *t, const rg_triple *triple)
{
    json_t *list = json_array();
    for (int i = 0; i < triple->setter_count; i++)
        json_array_append_new(
            list,
            json_pack("{so so}", "key", make_string(t, triple->setters[i].key), "by",
                      make_string(t, explain_setter(t, triple, &triple->setters[i]))));
    return list;
}

static json_t *make_grounds(const telling *t, const rg_triple *triple, int first)
{
    json_t *list = json_array();
    for (int i = 0; i < triple->ground_count; i++)
        json_array_append_new(list, json_pack("{si so si}", "from",
                                              triple->grounds[i].from - first, "label",
                                              make_string(t, triple->grounds[i].label),
                                              "to", triple->grounds[i].to - first));
    return list;
}

static json_t *make_triple(const telling *t, int index, int first)
{
    const rg_edge *edge = &t->made->found.entities->edges.items[index];
    const rg_triple *triple = explain_triple(t, index);
    return json_pack(
        "{so so so so so so so so so so si so so}", "id", make_string(t, edge->id),
        "subject", make_string(t, edge->subject), "relation",
        make_string(t, edge->relation), "object", make_string(t, edge->object),
        "polarity", make_string(t, edge->polarity), "modality",
        make_string(t, edge->modality), "source", make_string(t, edge->source),
        "qualifiers", make_qualifiers(t, edge), "rule", make_string(t, edge->rule),
        "place", make_string(t, edge->rule_place), "at", triple->anchor - first, "set",
        make_setters(t, triple), "edges", make_grounds(t, triple, first));
}

static json_t *make_triples(const telling *t, int sentence, int only)
{
    const rg_edges *edges = &t->made->found.entities->edges;
    json_t *list = json_array();
    for (int i = 0; i < edges->count; i++)
        if (edges->items[i].sentence == sentence + 1 && (only == RG_NONE || only == i))
            json_array_append_new(list, make_triple(t, i, first_of(t, sentence)));
    return list;
}

static int put_piece(const char *bytes, size_t size, void *out)
{
    rg_buf_put(out, (rg_str){bytes, (int)size});
    return 0;
}

static void put_object(telling *t, json_t *object)
{
    int failed =
        !object || json_dump_callback(object, put_piece, &t->out, JSON_COMPACT);
    json_decref(object);
    if (failed) /* jansson fails for want of memory only: all strings are UTF-8 */
        rg_arena_give_up(t->out.arena);
    rg_buf_byte(&t->out, '\n');
}

void explain_put_json(telling *t, int sentence, int only)
{
    const unsigned rules =
        1u << RG_EVENT_FAILED | 1u << RG_EVENT_FIRED | 1u << RG_EVENT_SUPPRESSED;
    const rg_sentence *s = &t->made->parse->sentences[sentence];
    json_t *object = json_pack(
        "{so si si si so so so so so}", "doc", make_string(t, t->made->document.name),
        "sentence", sentence + 1, "start", rg_parse_start(t->made->parse, s->first),
        "end", rg_parse_end(t->made->parse, s->end - 1), "tokens",
        make_tokens(t, sentence), "repairs",
        make_events(t, sentence, 1u << RG_EVENT_REPAIRED, make_repair), "derived",
        make_events(t, sentence, 1u << RG_EVENT_DERIVED, make_derived), "rules",
        make_events(t, sentence, rules, make_rule), "triples",
        make_triples(t, sentence, only));
    put_object(t, object);
}

static json_t *make_mention(const telling *t, int index)
{
    const rg_coref *coref = t->made->found.coref;
    const rg_named named = {t->checker->rules, t->made->parse, coref};
    const rg_entity_mention *m = &coref->mentions[index];
    rg_arena *arena = t->out.arena;
    return json_pack("{si si si so so so sb so}", "sentence", m->sentence + 1, "start",
                     rg_parse_start(t->made->parse, m->first), "end",
                     rg_parse_end(t->made->parse, m->end - 1), "text",
                     make_string(t, rg_coref_text(arena, t->made->parse, m)), "pass",
                     make_string(t, m->pass), "evidence",
                     make_string(t, rg_coref_evidence(arena, &named, m)), "attribute",
                     m->attribute, "place", make_string(t, explain_pass(t, m->pass)));
}

void explain_put_entity_json(telling *t, const rg_entity *entity)
{
    json_t *mentions = json_array();
    for (int i = 0; i < entity->mention_count; i++)
        json_array_append_new(mentions, make_mention(t, entity->mentions[i]));
    rg_str type = rg_coref_type_name(t->checker->rules, entity);
    put_object(t,
               json_pack("{so so so so}", "entity", make_string(t, entity->label),
                         "type", make_string(t, type), "doc",
                         make_string(t, t->made->document.name), "mentions", mentions));
}
