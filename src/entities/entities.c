#include "entities/entities.h"

#include "base/buf.h"
#include "entities/coref.h"

#include <string.h>

/* What all edges of a document share. */
typedef struct linking {
    rg_arena *arena;
    int cut; /* labels cut so far */
    const rg_rules *rules;
    const rg_triples *triples;
    const rg_parse *parse;
    const rg_coref *coref; /* or NULL */
    rg_str *phrases;       /* of each entity without a name: its label, or empty */
    rg_str *places;        /* of the rules, once worked out */
    rg_map *said;          /* triples of symmetric relations, as said_key writes them */
    rg_buf key;
} linking;

/* Label and type of what fills a slot. */
typedef struct entity {
    rg_str label;
    int type;
} entity;

static const rg_mention *mention_of(const linking *l, int token)
{
    int index = l->triples->mentions->of_token[token];
    return index == RG_NONE ? NULL : &l->triples->mentions->items[index];
}

/* White space folded to single blanks, none at the ends. */
static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Is there no blank but single spaces within? */
static bool is_folded(rg_str text)
{
    for (int i = 0; i < text.len; i++)
        if (is_blank(text.bytes[i])
            && (text.bytes[i] != ' ' || i == 0 || i == text.len - 1
                || is_blank(text.bytes[i + 1])))
            return false;
    return true;
}

static rg_str fold(rg_arena *arena, rg_str text)
{
    if (is_folded(text))
        return text;
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        if (!is_blank(byte))
            rg_buf_byte(&out, byte);
        else if (out.len > 0 && out.bytes[out.len - 1] != ' ')
            rg_buf_byte(&out, ' ');
    }
    return rg_str_trim(rg_buf_str(&out));
}

/* At most LONGEST_LABEL bytes, cut between characters, and then an ellipsis. */
static rg_str cut_label(linking *l, rg_str label)
{
    enum { LONGEST_LABEL = 1024 };
    int len = LONGEST_LABEL;
    if (label.len <= len)
        return label;
    while (len > 0 && (label.bytes[len] & 0xc0) == 0x80)
        len--;
    l->cut++;
    return rg_arena_format(l->arena, "%.*s…", len, label.bytes);
}

static entity declared(const linking *l, int label)
{
    return (entity){rg_map_key(l->rules->labels, label), l->rules->label_types[label]};
}

/* The entity whose mention is headed by the token, or NULL. */
static const rg_entity *entity_at(const linking *l, int token)
{
    int mention = l->coref && token != RG_NONE ? l->coref->of_token[token] : RG_NONE;
    return mention == RG_NONE ? NULL
                              : &l->coref->entities[l->coref->mentions[mention].entity];
}

/* How sure it is that the argument is the entity it is printed as. */
static double share_of(const linking *l, const rg_argument *argument)
{
    int token = argument->head;
    int mention = l->coref && token != RG_NONE ? l->coref->of_token[token] : RG_NONE;
    return mention == RG_NONE ? 1 : l->coref->mentions[mention].share;
}

/* The type that a token has by its name, by a list or by a rule. */
static entity find_own(const linking *l, const rg_argument *argument)
{
    if (argument->head == RG_NONE)
        return (entity){argument->text, RG_NONE};
    rg_str np = fold(l->arena, rg_extract_text(l->arena, l->parse, argument->np));
    const rg_mention *mention = mention_of(l, argument->head);
    int label = rg_rules_find_label(l->rules, np);
    bool whole = mention && argument->head == mention->head;
    if (label == RG_NONE && whole)
        label = mention->label;
    entity found = label == RG_NONE ? (entity){np, RG_NONE} : declared(l, label);
    if (label == RG_NONE && whole && mention->printed.len > 0)
        found.label = mention->printed;
    if (found.type == RG_NONE && whole)
        found.type = mention->type;
    return found;
}

/* "Acme, a maker of pumps": what says of an entity what it is keeps its own words, but in what
 * a clause of its own says: "a maker of pumps that sued Norsund". */
static bool keeps_words(const linking *l, const rg_argument *argument, int anchor)
{
    int head = argument->head;
    return l->coref->mentions[l->coref->of_token[head]].attribute
           && (anchor == head || !coref_is_below(l->parse, anchor, head));
}

/* Label and type of the entity that the argument is, else its own; the anchor is that of its
 * triple. */
static entity find_entity(const linking *l, const rg_argument *argument, int anchor)
{
    const rg_entity *e = entity_at(l, argument->head);
    entity own = find_own(l, argument);
    if (!e || (!e->named && e->mention_count < 2) || keeps_words(l, argument, anchor))
        return own;
    int type = e->type == RG_NONE ? own.type : e->type;
    if (e->named)
        return (entity){e->label, type};
    rg_str phrase = l->phrases[e - l->coref->entities];
    return (entity){phrase.len > 0 ? phrase : e->label, type};
}

/* An entity without a name is called what the first argument says that is none of its
 * pronouns. */
static void note_phrase(const linking *l, const rg_argument *argument)
{
    const rg_entity *e = entity_at(l, argument->head);
    if (!e || e->named)
        return;
    int mention = l->coref->of_token[argument->head];
    rg_str *phrase = &l->phrases[e - l->coref->entities];
    if (phrase->len == 0 && l->coref->mentions[mention].kind == RG_MENTION_NOMINAL)
        *phrase = find_own(l, argument).label;
}

static void note_phrases(linking *l)
{
    if (!l->coref)
        return;
    l->phrases = rg_new(l->arena, rg_str, l->coref->entity_count + 1);
    for (int i = 0; i < l->triples->count; i++) {
        note_phrase(l, &l->triples->items[i].subject);
        note_phrase(l, &l->triples->items[i].object);
    }
}

static rg_str type_name(const linking *l, int type)
{
    return type == RG_NONE ? (rg_str){"", 0} : l->rules->types[type].name;
}

static rg_span span_of(const linking *l, rg_tokens tokens)
{
    if (tokens.count == 0)
        return (rg_span){-1, -1};
    int first = tokens.items[0], last = first; /* a wording need not be in order */
    for (int i = 1; i < tokens.count; i++) {
        first = tokens.items[i] < first ? tokens.items[i] : first;
        last = tokens.items[i] > last ? tokens.items[i] : last;
    }
    return (rg_span){rg_parse_start(l->parse, first), rg_parse_end(l->parse, last)};
}

static rg_str wording_of(const linking *l, const rg_argument *argument)
{
    if (argument->head == RG_NONE)
        return argument->text;
    return fold(l->arena, rg_extract_text(l->arena, l->parse, argument->span));
}

static void put_qualifiers(const linking *l, rg_edge *edge, const rg_triple *triple)
{
    edge->qualifiers = rg_new(l->arena, rg_qualifier, triple->qualifier_count + 1);
    for (int i = 0; i < triple->qualifier_count; i++) {
        const rg_filled *one = &triple->qualifiers[i];
        bool literal = one->value.head == RG_NONE;
        rg_span span = literal ? (rg_span){-1, -1} : span_of(l, one->value.span);
        edge->qualifiers[edge->qualifier_count++] =
            (rg_qualifier){one->key, wording_of(l, &one->value), span.start, span.end,
                           one->value.value};
    }
}

static void put_arguments(const linking *l, rg_edge *edge, const rg_triple *triple)
{
    edge->ordered = triple->ordered;
    edge->arguments = rg_new(l->arena, rg_further, triple->argument_count + 1);
    for (int i = 0; i < triple->argument_count; i++) {
        const rg_argument *one = &triple->arguments[i];
        rg_span span = span_of(l, one->span);
        edge->arguments[edge->argument_count++] = (rg_further){
            .lead = fold(l->arena, rg_extract_text(l->arena, l->parse, one->lead)),
            .text = wording_of(l, one),
            .start = span.start,
            .end = span.end};
    }
}

/* The relation's wording behind the word that is supplied, if there is one. */
static rg_str relation_text(const linking *l, const rg_triple *triple)
{
    rg_str text = fold(l->arena, rg_extract_text(l->arena, l->parse, triple->wording));
    if (triple->supplied.len == 0)
        return text;
    return rg_arena_format(l->arena, "%.*s%s%.*s", RG_PRINT(triple->supplied),
                           text.len > 0 ? " " : "", RG_PRINT(text));
}

/* The evidence: the sentence, its number and place. */
static void put_sentence(const linking *l, rg_edge *edge, int index)
{
    const rg_sentence *sentence = &l->parse->sentences[index];
    int last = sentence->end - 1, first = sentence->first;
    while (first < last && l->parse->tokens[first].lexeme->is_space)
        first++;
    while (last > first && l->parse->tokens[last].lexeme->is_space)
        last--;
    const rg_token *from = &l->parse->tokens[first], *to = &l->parse->tokens[last];
    rg_str block = l->parse->text->blocks[sentence->block].text;
    edge->sentence = index + 1;
    edge->start = rg_parse_start(l->parse, first);
    edge->end = rg_parse_end(l->parse, last);
    edge->evidence = fold(
        l->arena, rg_str_cut(block, from->start, to->start + to->lexeme->text.len));
}

/* With --lines the document is one line of its file. */
static rg_str line_of(const linking *l)
{
    const rg_text *text = l->parse->text;
    bool line = text->document->mode == RG_TEXT_WHOLE && text->block_count == 1
                && rg_str_find_byte(text->document->bytes, '\n', 0) < 0;
    return line ? text->blocks[0].text : (rg_str){"", 0};
}

/* Worked out once a rule. */
static rg_str place_of_rule(const linking *l, const rg_rule *rule)
{
    rg_str *known = &l->places[rule - l->rules->rules];
    if (known->len == 0)
        *known = rg_rules_place(l->arena, l->rules, rule);
    return *known;
}

static bool is_nominal(const linking *l, int token)
{
    int mention = l->coref->of_token[token];
    return mention != RG_NONE && l->coref->mentions[mention].kind == RG_MENTION_NOMINAL;
}

/* "Norsund is a carrier": what is said of an entity by a noun keeps its own words, or the
 * triple would say that Norsund is Norsund. */
static void tell_apart(const linking *l, const rg_triple *triple, entity *subject,
                       entity *object)
{
    const rg_entity *one = entity_at(l, triple->subject.head);
    if (!one || one != entity_at(l, triple->object.head))
        return;
    if (is_nominal(l, triple->object.head))
        *object = find_own(l, &triple->object);
    else if (is_nominal(l, triple->subject.head))
        *subject = find_own(l, &triple->subject);
}

static rg_edge make_edge(linking *l, const rg_triple *triple)
{
    entity subject = find_entity(l, &triple->subject, triple->anchor);
    entity object = find_entity(l, &triple->object, triple->anchor);
    tell_apart(l, triple, &subject, &object);
    rg_tokens wording = triple->wording;
    rg_edge edge = {
        .subject = cut_label(l, subject.label),
        .relation = cut_label(l, triple->relation),
        .object = cut_label(l, object.label),
        .subject_type = type_name(l, subject.type),
        .object_type = type_name(l, object.type),
        .polarity = triple->negated ? RG_STR("negated") : RG_STR("affirmed"),
        .modality = rg_modality_word(triple->modality),
        .source = cut_label(l, find_entity(l, &triple->source, triple->anchor).label),
        .confidence = triple->confidence * share_of(l, &triple->subject)
                      * share_of(l, &triple->object),
        .rule = triple->rule->id,
        .rule_place = place_of_rule(l, triple->rule),
        .style = triple->style,
        .tense = triple->tense,
        .aspect = triple->aspect,
        .doc = l->parse->text->document->name,
        .subject_text = wording_of(l, &triple->subject),
        .relation_text = relation_text(l, triple),
        .object_text = wording_of(l, &triple->object),
        .line = line_of(l),
        .subject_span = span_of(l, triple->subject.span),
        .relation_span = span_of(l, wording),
        .object_span = span_of(l, triple->object.span),
        .subject_normal = triple->subject.value,
        .object_normal = triple->object.value,
    };
    put_qualifiers(l, &edge, triple);
    put_arguments(l, &edge, triple);
    put_sentence(l, &edge, triple->sentence);
    return edge;
}

/* ---- Relations ------------------------------------------------------------------------ */

static const rg_relation *find_relation(const rg_rules *rules, rg_str name)
{
    for (int i = 0; i < rules->relation_count; i++)
        if (rg_str_equal(rules->relations[i].name, name))
            return &rules->relations[i];
    return NULL;
}

/* The relation whose inverse has this name, or NULL. */
static const rg_relation *find_inverse(const rg_rules *rules, rg_str name)
{
    for (int i = 0; i < rules->relation_count; i++)
        if (rules->relations[i].inverse.len > 0
            && rg_str_equal(rules->relations[i].inverse, name))
            return &rules->relations[i];
    return NULL;
}

static void swap_str(rg_str *a, rg_str *b)
{
    rg_str swap = *a;
    *a = *b;
    *b = swap;
}

static void swap_ends(rg_edge *edge)
{
    swap_str(&edge->subject, &edge->object);
    swap_str(&edge->subject_type, &edge->object_type);
    swap_str(&edge->subject_text, &edge->object_text);
    rg_span span = edge->subject_span;
    edge->subject_span = edge->object_span;
    edge->object_span = span;
}

static rg_str said_key(linking *l, rg_str relation, rg_str subject, rg_str object)
{
    l->key.len = 0;
    rg_buf_format(&l->key, "%d %d ", relation.len, subject.len);
    rg_buf_put(&l->key, relation);
    rg_buf_put(&l->key, subject);
    rg_buf_put(&l->key, object);
    return rg_buf_str(&l->key);
}

/* One direction for what can be said in two: a declared inverse is turned round, and a
 * symmetric relation keeps the direction that came first. */
static void put_direction(linking *l, rg_edge *edge)
{
    const rg_relation *turned = find_inverse(l->rules, edge->relation);
    if (turned) {
        edge->relation = turned->name;
        swap_ends(edge);
    }
    const rg_relation *about = find_relation(l->rules, edge->relation);
    if (about && about->symmetric
        && rg_map_find(l->said,
                       said_key(l, edge->relation, edge->object, edge->subject))
               != RG_NONE)
        swap_ends(edge);
    if (about && about->symmetric)
        rg_map_put(l->said, said_key(l, edge->relation, edge->subject, edge->object));
    for (; about && about->is.len > 0 && edge->kind_count < RG_MAX_KINDS;
         about = find_relation(l->rules, about->is))
        edge->kinds[edge->kind_count++] = about->is;
}

static bool is_kind(const rg_edge *edge, rg_str relation)
{
    for (int i = 0; i < edge->kind_count; i++)
        if (rg_str_equal(edge->kinds[i], relation))
            return true;
    return rg_str_equal(edge->relation, relation);
}

/* A triple is said again by the same one, or by one of a more special relation. */
static bool has_same_wording(const rg_edge *a, const rg_edge *b)
{
    return rg_str_equal(a->relation_text, b->relation_text)
           && rg_str_equal(a->object_text, b->object_text);
}

static bool is_repeated(const rg_edge *edges, int count)
{
    const rg_edge *last = &edges[count];
    for (int i = count - 1; i >= 0 && edges[i].sentence == last->sentence; i--)
        if (rg_str_equal(edges[i].subject, last->subject)
            && is_kind(&edges[i], last->relation)
            && rg_str_equal(edges[i].object, last->object)
            && (!last->ordered || has_same_wording(&edges[i], last)))
            return true;
    return false;
}

/* The object of a statement is the triple itself. */
static void put_statement(linking *l, rg_edge *edge, const rg_triple *triple)
{
    if (triple->statement == RG_NONE)
        return;
    rg_edge inner = make_edge(l, &l->triples->items[triple->statement]);
    edge->object = rg_arena_format(l->arena, "%.*s %.*s %.*s", RG_PRINT(inner.subject),
                                   RG_PRINT(inner.relation), RG_PRINT(inner.object));
    edge->object_type = RG_STR("statement");
    edge->object_id = rg_edge_id(l->arena, &inner);
}

/* Ends of edges, subjects and objects in turn. */
static rg_str *label_at(const rg_edges *edges, int end)
{
    rg_edge *edge = &edges->items[end / 2];
    return end % 2 ? &edge->object : &edge->subject;
}

static rg_str *type_at(const rg_edges *edges, int end)
{
    rg_edge *edge = &edges->items[end / 2];
    return end % 2 ? &edge->object_type : &edge->subject_type;
}

/* The type most often seen with a label; of several, the one declared first. */
static int find_usual(const int *seen, int type_count)
{
    int best = RG_NONE;
    for (int t = 0; t < type_count; t++)
        if (seen[t] > (best == RG_NONE ? 0 : seen[best]))
            best = t;
    return best;
}

/* Gives all ends of the same label the same type. A declared type is that of all. */
static void unify_types(const linking *l, const rg_edges *edges)
{
    rg_map *labels = rg_map_new(l->arena);
    int type_count = l->rules->type_count;
    for (int i = 0; i < 2 * edges->count; i++)
        rg_map_put(labels, *label_at(edges, i));
    int *seen =
        rg_new(l->arena, int, (size_t)rg_map_count(labels) * (size_t)type_count + 1);
    for (int i = 0; i < 2 * edges->count; i++) {
        int label = rg_map_find(labels, *label_at(edges, i));
        int type = rg_rules_find_type(l->rules, *type_at(edges, i));
        if (type != RG_NONE)
            seen[(size_t)label * (size_t)type_count + (size_t)type]++;
    }
    for (int i = 0; i < 2 * edges->count; i++) {
        size_t label = (size_t)rg_map_find(labels, *label_at(edges, i));
        int usual = find_usual(seen + label * (size_t)type_count, type_count);
        if (i % 2 == 0 || edges->items[i / 2].object_id.len == 0) /* no statement */
            *type_at(edges, i) = type_name(l, usual);
    }
}

bool rg_entities_link(const rg_entities **out, rg_arena *arena, const rg_rules *rules,
                      const rg_triples *triples, const rg_coref *named, rg_error *err)
{
    (void)err;
    linking l = {.arena = arena,
                 .rules = rules,
                 .triples = triples,
                 .parse = triples->parse,
                 .coref = named,
                 .places = rg_new(arena, rg_str, rules->rule_count + 1),
                 .said = rg_map_new(arena),
                 .key = rg_buf_in(arena)};
    note_phrases(&l);
    rg_entities *made = rg_new(arena, rg_entities, 1);
    made->edges.items = rg_new(arena, rg_edge, triples->count + 1);
    made->triples = rg_new(arena, int, triples->count + 1);
    for (int i = 0; i < triples->count; i++) {
        rg_edge *edge = &made->edges.items[made->edges.count];
        *edge = make_edge(&l, &triples->items[i]);
        put_statement(&l, edge, &triples->items[i]);
        put_direction(&l, edge);
        edge->id = rg_edge_id(arena, edge);
        made->triples[made->edges.count] = i;
        /* One sentence says the same of the same two entities once. */
        if (!is_repeated(made->edges.items, made->edges.count))
            made->edges.count++;
    }
    unify_types(&l, &made->edges);
    made->cut = l.cut;
    made->coref = named;
    *out = made;
    return true;
}

bool rg_entities_name(rg_findings *out, rg_arena *arena, const rg_rules *rules,
                      const rg_extractor *extractor, const rg_parse *parse,
                      rg_error *err)
{
    *out = (rg_findings){0};
    return rg_extract_mentions(&out->mentions, arena, extractor, parse, err)
           && rg_coref_resolve(&out->coref, arena, rules, parse, out->mentions, NULL,
                               err);
}

bool rg_entities_relate(rg_findings *out, rg_arena *arena, const rg_rules *rules,
                        const rg_extractor *extractor, const rg_parse *parse,
                        bool trace, rg_error *err)
{
    const rg_extract_options options = {.trace = trace,
                                        .mentions = out->mentions,
                                        .chains = &out->coref->chains,
                                        .kept = out->kept};
    return rg_extract_run(&out->triples, arena, extractor, parse, &options, err)
           && rg_entities_link(&out->entities, arena, rules, out->triples, out->coref,
                               err);
}

bool rg_entities_find(rg_findings *out, rg_arena *arena, const rg_rules *rules,
                      const rg_extractor *extractor, const rg_parse *parse, bool trace,
                      rg_error *err)
{
    return rg_entities_name(out, arena, rules, extractor, parse, err)
           && rg_entities_relate(out, arena, rules, extractor, parse, trace, err);
}
