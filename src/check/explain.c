/* explain.c - what happened to a sentence: analysis, repairs, edges, rules, triples. */
#include "check/sentence_run.h"

#include "base/buf.h"

/* One explanation being written. */
typedef struct telling {
    rg_buf out;
    const rg_checker *checker;
    const sentence_run *made;
} telling;

static rg_str word_of(const telling *t, int token)
{
    return t->made->parse->tokens[token].lexeme->text;
}

static void put_token(telling *t, int index, int first)
{
    const rg_token *token = &t->made->parse->tokens[index];
    rg_buf_format(&t->out, "  %3d  %-16.*s %-5.*s %-5.*s %-16.*s ", index - first,
                  RG_PRINT(token->lexeme->text), RG_PRINT(token->tag),
                  RG_PRINT(token->pos), RG_PRINT(token->lemma));
    if (token->head == index)
        rg_buf_format(&t->out, "%.*s", RG_PRINT(token->dep));
    else
        rg_buf_format(&t->out, "%.*s of %.*s (%d)", RG_PRINT(token->dep),
                      RG_PRINT(word_of(t, token->head)), token->head - first);
    if (token->ent_iob != 'O')
        rg_buf_format(&t->out, "  %.*s", RG_PRINT(token->ent_type));
    rg_buf_byte(&t->out, '\n');
}

/* FILE:LINE of something at an offset of a rule file. */
static void put_place(telling *t, int file, int offset)
{
    const rg_rules *rules = t->checker->rules;
    rg_buf_format(&t->out, "%.*s:%d", RG_PRINT(rules->files[file].path),
                  rg_rules_line(rules, file, offset));
}

static void put_repair(telling *t, const rg_event *event)
{
    const rg_repair *repair = &t->checker->rules->repairs[event->index];
    rg_buf_format(&t->out, "  %.*s at \"%.*s\"  ", RG_PRINT(repair->id),
                  RG_PRINT(word_of(t, event->token)));
    put_place(t, repair->file, repair->offset);
    rg_buf_byte(&t->out, '\n');
}

static void put_derived(telling *t, const rg_event *event)
{
    const rg_derive *line = &t->checker->rules->derives[event->index];
    rg_buf_format(&t->out, "  %.*s >%.*s %.*s  ", RG_PRINT(word_of(t, event->token)),
                  RG_PRINT(event->detail), RG_PRINT(word_of(t, event->other)));
    put_place(t, line->file, line->offset);
    rg_buf_byte(&t->out, '\n');
}

static void put_rule(telling *t, const rg_event *event)
{
    const rg_rule *rule = &t->checker->rules->rules[event->index];
    static const char *const words[] = {
        [RG_EVENT_FAILED] = "did not match",
        [RG_EVENT_FIRED] = "fired",
        [RG_EVENT_SUPPRESSED] = "left out, said already",
    };
    rg_buf_format(&t->out, "  %.*s at \"%.*s\": %s", RG_PRINT(rule->id),
                  RG_PRINT(word_of(t, event->token)), words[event->kind]);
    if (event->detail.len > 0)
        rg_buf_format(&t->out, ": %.*s", RG_PRINT(event->detail));
    rg_buf_text(&t->out, "  ");
    put_place(t, rule->file, rule->offset);
    rg_buf_byte(&t->out, '\n');
}

/* A heading, then each event of the sentence and of these kinds; nothing if none. */
static void put_events(telling *t, int sentence, const char *heading, unsigned kinds,
                       void (*put)(telling *t, const rg_event *event))
{
    const rg_triples *triples = t->made->triples;
    bool headed = false;
    for (int i = 0; i < triples->event_count; i++) {
        const rg_event *event = &triples->events[i];
        if (event->sentence != sentence || !(kinds >> event->kind & 1))
            continue;
        if (!headed)
            rg_buf_format(&t->out, "%s\n", heading);
        headed = true;
        put(t, event);
    }
}

/* A normal value that is not just what is written. */
static void put_normal(telling *t, rg_str key, rg_str written, rg_str normal)
{
    if (normal.len > 0 && !rg_str_equal(written, normal))
        rg_buf_format(&t->out, " %.*s.value=%.*s", RG_PRINT(key), RG_PRINT(normal));
}

static void put_triple(telling *t, const rg_edge *edge)
{
    rg_buf_format(&t->out, "  %.*s | %.*s | %.*s  [%.*s, %.*s]",
                  RG_PRINT(edge->subject), RG_PRINT(edge->relation),
                  RG_PRINT(edge->object), RG_PRINT(edge->polarity),
                  RG_PRINT(edge->modality));
    if (edge->source.len > 0)
        rg_buf_format(&t->out, " source=%.*s", RG_PRINT(edge->source));
    for (int i = 0; i < edge->qualifier_count; i++) {
        const rg_qualifier *one = &edge->qualifiers[i];
        rg_buf_format(&t->out, " %.*s=%.*s", RG_PRINT(one->key), RG_PRINT(one->value));
        put_normal(t, one->key, one->value, one->normal);
    }
    put_normal(t, RG_STR("subject"), edge->subject, edge->subject_normal);
    put_normal(t, RG_STR("object"), edge->object, edge->object_normal);
    rg_buf_format(&t->out, "  %.*s %.*s\n", RG_PRINT(edge->rule),
                  RG_PRINT(edge->rule_place));
}

static void put_triples(telling *t, int sentence)
{
    const rg_edges *edges = &t->made->entities->edges;
    rg_buf_text(&t->out, "triples\n");
    int count = 0;
    for (int i = 0; i < edges->count; i++)
        if (edges->items[i].sentence == sentence + 1) {
            put_triple(t, &edges->items[i]);
            count++;
        }
    if (count == 0)
        rg_buf_text(&t->out, "  none\n");
}

static void put_sentence(telling *t, int index)
{
    const rg_sentence *sentence = &t->made->parse->sentences[index];
    rg_buf_format(&t->out, "%sanalysis\n", index ? "\n" : "");
    for (int i = sentence->first; i < sentence->end; i++)
        put_token(t, i, sentence->first);
    put_events(t, index, "repairs", 1u << RG_EVENT_REPAIRED, put_repair);
    put_events(t, index, "derived edges", 1u << RG_EVENT_DERIVED, put_derived);
    put_events(t, index, "rules",
               1u << RG_EVENT_FAILED | 1u << RG_EVENT_FIRED | 1u << RG_EVENT_SUPPRESSED,
               put_rule);
    put_triples(t, index);
}

bool rg_check_explain(rg_str *out, rg_arena *arena, const rg_checker *checker,
                      rg_str text, rg_error *err)
{
    sentence_run made = {0};
    if (!check_run(&made, arena, checker, text, true, err))
        return false;
    telling t = {rg_buf_in(arena), checker, &made};
    for (int i = 0; i < made.parse->sentence_count; i++)
        put_sentence(&t, i);
    *out = rg_buf_str(&t.out);
    return true;
}
