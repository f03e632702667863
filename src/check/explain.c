/* explain.c - what happened to a sentence: analysis, repairs, edges, rules, triples. */
#include "check/explain.h"

static rg_str word_of(const telling *t, int token)
{
    return t->made->parse->tokens[token].lexeme->text;
}

rg_str explain_place(const telling *t, int file, int offset)
{
    const rg_rules *rules = t->checker->rules;
    return rg_arena_format(t->out.arena, "%.*s:%d", RG_PRINT(rules->files[file].path),
                           rg_rules_line(rules, file, offset));
}

rg_str explain_setter(const telling *t, const rg_triple *triple,
                      const rg_setter *setter)
{
    if (setter->attribute == RG_NONE)
        return explain_place(t, triple->rule->file, triple->rule->offset);
    const rg_attribute *by = &t->checker->rules->attributes[setter->attribute];
    return explain_place(t, by->file, by->offset);
}

const rg_triple *explain_triple(const telling *t, int edge)
{
    return &t->made->found.triples->items[t->made->found.entities->triples[edge]];
}

/* ---- Analysis, repairs, edges, rules --------------------------------------------------- */

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

static void put_place(telling *t, int file, int offset)
{
    rg_buf_format(&t->out, "  %.*s\n", RG_PRINT(explain_place(t, file, offset)));
}

static void put_repair(telling *t, const rg_event *event)
{
    const rg_repair *repair = &t->checker->rules->repairs[event->index];
    rg_buf_format(&t->out, "  %.*s at \"%.*s\": %.*s", RG_PRINT(repair->id),
                  RG_PRINT(word_of(t, event->token)), RG_PRINT(event->detail));
    put_place(t, repair->file, repair->offset);
}

static void put_derived(telling *t, const rg_event *event)
{
    const rg_derive *line = &t->checker->rules->derives[event->index];
    rg_buf_format(&t->out, "  %.*s >%.*s %.*s", RG_PRINT(word_of(t, event->token)),
                  RG_PRINT(event->detail), RG_PRINT(word_of(t, event->other)));
    put_place(t, line->file, line->offset);
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
    put_place(t, rule->file, rule->offset);
}

/* A heading, then each event of the sentence and of these kinds; nothing if none. */
static void put_events(telling *t, int sentence, const char *heading, unsigned kinds,
                       void (*put)(telling *t, const rg_event *event))
{
    const rg_triples *triples = t->made->found.triples;
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

/* ---- Triples --------------------------------------------------------------------------- */

/* A normal value that is not just what is written. */
static void put_normal(telling *t, rg_str key, rg_str written, rg_str normal)
{
    if (normal.len > 0 && !rg_str_equal(written, normal))
        rg_buf_format(&t->out, " %.*s.value=%.*s", RG_PRINT(key), RG_PRINT(normal));
}

static void put_edge(telling *t, const rg_edge *edge)
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

/* Who set what: all of it, or only what rules of `attributes` did. */
static void put_setters(telling *t, const rg_triple *triple, bool all)
{
    for (int i = 0; i < triple->setter_count; i++)
        if (all || triple->setters[i].attribute != RG_NONE)
            rg_buf_format(&t->out, "    %.*s set by %.*s\n",
                          RG_PRINT(triple->setters[i].key),
                          RG_PRINT(explain_setter(t, triple, &triple->setters[i])));
}

static void put_triples(telling *t, int sentence)
{
    const rg_edges *edges = &t->made->found.entities->edges;
    rg_buf_text(&t->out, "triples\n");
    int count = 0;
    for (int i = 0; i < edges->count; i++)
        if (edges->items[i].sentence == sentence + 1) {
            put_edge(t, &edges->items[i]);
            put_setters(t, explain_triple(t, i), false);
            count++;
        }
    if (count == 0)
        rg_buf_text(&t->out, "  none\n");
}

static void put_sentence(telling *t, int index)
{
    const rg_sentence *sentence = &t->made->parse->sentences[index];
    rg_buf_format(&t->out, "%sanalysis\n", t->out.len ? "\n" : "");
    for (int i = sentence->first; i < sentence->end; i++)
        put_token(t, i, sentence->first);
    put_events(t, index, "repairs", 1u << RG_EVENT_REPAIRED, put_repair);
    put_events(t, index, "derived edges", 1u << RG_EVENT_DERIVED, put_derived);
    put_events(t, index, "rules",
               1u << RG_EVENT_FAILED | 1u << RG_EVENT_FIRED | 1u << RG_EVENT_SUPPRESSED,
               put_rule);
    put_triples(t, index);
}

/* One triple and all that it stands on. */
static void put_triple(telling *t, int index)
{
    const rg_edge *edge = &t->made->found.entities->edges.items[index];
    const rg_triple *triple = explain_triple(t, index);
    rg_buf_format(&t->out, "triple %.*s\n", RG_PRINT(edge->id));
    put_edge(t, edge);
    put_setters(t, triple, true);
    rg_buf_format(&t->out, "sentence %d, bytes %d to %d of %.*s\n  %.*s\n",
                  edge->sentence, edge->start, edge->end, RG_PRINT(edge->doc),
                  RG_PRINT(edge->evidence));
    rg_buf_format(&t->out, "rule\n  %.*s at \"%.*s\"  %.*s\n", RG_PRINT(edge->rule),
                  RG_PRINT(word_of(t, triple->anchor)), RG_PRINT(edge->rule_place));
    rg_buf_format(&t->out,
                  "wording\n  subject: %.*s\n  relation: %.*s\n  object: %.*s\n",
                  RG_PRINT(edge->subject_text), RG_PRINT(edge->relation_text),
                  RG_PRINT(edge->object_text));
    if (triple->ground_count > 0)
        rg_buf_text(&t->out, "edges\n");
    for (int i = 0; i < triple->ground_count; i++)
        rg_buf_format(&t->out, "  %.*s >%.*s %.*s\n",
                      RG_PRINT(word_of(t, triple->grounds[i].from)),
                      RG_PRINT(triple->grounds[i].label),
                      RG_PRINT(word_of(t, triple->grounds[i].to)));
}

/* ---- What is asked for ----------------------------------------------------------------- */

/* Does the sentence stand, in part at least, in this line (from 1) of its document? */
static bool is_in_line(const telling *t, int sentence, int line)
{
    const rg_sentence *s = &t->made->parse->sentences[sentence];
    const rg_document *document = &t->made->document;
    int first, last, column;
    int start = rg_parse_start(t->made->parse, s->first) - document->base;
    int end = rg_parse_end(t->made->parse, s->end - 1) - document->base;
    rg_place_line(document->bytes, start, &first, &column);
    rg_place_line(document->bytes, end > start ? end - 1 : start, &last, &column);
    return first <= line && line <= last;
}

/* ---- Sentences without a triple ---------------------------------------------------------- */

static bool has_triple(const telling *t, int sentence)
{
    const rg_edges *edges = &t->made->found.entities->edges;
    for (int i = 0; i < edges->count; i++)
        if (edges->items[i].sentence == sentence + 1)
            return true;
    return false;
}

/* The rule that came the furthest in the sentence, or NULL: none had an anchor there. */
static const rg_event *find_nearest(const telling *t, int sentence)
{
    const rg_triples *triples = t->made->found.triples;
    const rg_event *best = NULL;
    for (int i = 0; i < triples->event_count; i++) {
        const rg_event *event = &triples->events[i];
        bool is_rule =
            event->kind == RG_EVENT_FAILED || event->kind == RG_EVENT_SUPPRESSED;
        if (event->sentence == sentence && is_rule
            && (!best
                || check_count_found(event->detail) > check_count_found(best->detail)))
            best = event;
    }
    return best;
}

static void put_miss(telling *t, int index)
{
    check_put_place(&t->out, t->made, index);
    rg_buf_text(&t->out, "  ");
    check_put_text(&t->out, t->made, index);
    rg_buf_byte(&t->out, '\n');
    const rg_event *nearest = find_nearest(t, index);
    if (nearest)
        put_rule(t, nearest);
    else
        rg_buf_text(&t->out, "  no rule begins at any of its words\n");
}

static int tell_misses(telling *t)
{
    int told = 0;
    for (int i = 0; i < t->made->parse->sentence_count; i++)
        if (!has_triple(t, i)) {
            put_miss(t, i);
            told++;
        }
    rg_buf_format(&t->out, "%d of %d sentences without a triple\n", told,
                  t->made->parse->sentence_count);
    return 1;
}

static void put_chosen(telling *t, int sentence, int triple, const rg_explained *what)
{
    if (what->picture)
        explain_put_svg(t, sentence, triple, what->picture);
    else if (what->json)
        explain_put_json(t, sentence, triple);
    else if (triple != RG_NONE)
        put_triple(t, triple);
    else
        put_sentence(t, sentence);
}

static int tell_sentences(telling *t, const rg_explained *what)
{
    int told = 0;
    for (int i = 0; i < t->made->parse->sentence_count; i++)
        if (what->line == 0 || is_in_line(t, i, what->line)) {
            put_chosen(t, i, RG_NONE, what);
            told++;
        }
    return told;
}

static int tell_triple(telling *t, const rg_explained *what)
{
    const rg_edges *edges = &t->made->found.entities->edges;
    for (int i = 0; i < edges->count; i++)
        if (rg_str_equal(edges->items[i].id, what->triple)) {
            put_chosen(t, edges->items[i].sentence - 1, i, what);
            return 1;
        }
    return 0;
}

bool rg_check_explain(rg_buf *out, int *told, rg_arena *arena,
                      const rg_checker *checker, const rg_document *document,
                      const rg_explained *what, rg_error *err)
{
    sentence_run made = {0};
    if (!check_run_document(&made, arena, checker, document, err))
        return false;
    telling t = {*out, checker, &made};
    *told += what->misses           ? tell_misses(&t)
             : what->entity.len > 0 ? explain_entities(&t, what->entity, what->json)
             : what->triple.len > 0 ? tell_triple(&t, what)
                                    : tell_sentences(&t, what);
    *out = t.out;
    return true;
}
