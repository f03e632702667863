#include "output/rdf.h"

#include "base/map.h"
#include "base/utf8.h"
#include "output/details.h"
#include "output/network.h"

#define RDF  "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define XSD  "http://www.w3.org/2001/XMLSchema#"
#define PROV "http://www.w3.org/ns/prov#"
#define OA   "http://www.w3.org/ns/oa#"
#define OURS "urn:relgraph:"

const rg_rdf_prefix rg_rdf_prefixes[] = {
    {"rdf", RDF},
    {"rdfs", RDFS},
    {"xsd", XSD},
    {"prov", PROV},
    {"oa", OA},
    {"term", OURS "term:"},
    {"entity", OURS "entity:"},
    {"type", OURS "type:"},
    {"relation", OURS "relation:"},
    {"document", OURS "document:"},
    {"triple", OURS "triple:"},
    {"", ""},
};

const rg_rdf_prefix *rg_rdf_find_prefix(rg_str iri)
{
    for (const rg_rdf_prefix *at = rg_rdf_prefixes; at->name[0]; at++)
        if (rg_str_starts(iri, rg_str_of(at->iri)))
            return at;
    return NULL;
}

const char *rg_rdf_type_of(rg_rdf_kind kind)
{
    return kind == RG_RDF_INTEGER   ? XSD "integer"
           : kind == RG_RDF_DECIMAL ? XSD "decimal"
                                    : NULL;
}

typedef struct teller {
    rg_arena *arena;
    rg_rdf_sink sink;
    const rg_network *network;
    rg_map *told; /* relations, documents, plain triples: what is told once */
} teller;

/* ---- Terms ------------------------------------------------------------------------------ */

/* Letters, digits, `_` and inner `-` stay; so the name is one of Turtle's, too. */
static void put_encoded(rg_buf *out, rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        bool stays = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
                     || (byte >= '0' && byte <= '9') || byte == '_'
                     || (byte == '-' && i > 0);
        if (stays)
            rg_buf_byte(out, (char)byte);
        else
            rg_buf_format(out, "%%%02X", byte);
    }
}

static rg_str make_iri(const teller *t, const char *kind, rg_str name)
{
    rg_buf iri = rg_buf_in(t->arena);
    rg_buf_format(&iri, OURS "%s:", kind);
    put_encoded(&iri, rg_utf8_repair(t->arena, name));
    return rg_buf_str(&iri);
}

static rg_str make_entity_iri(const teller *t, int index)
{
    const rg_node *node = &t->network->graph->nodes[index];
    rg_buf iri = rg_buf_in(t->arena);
    rg_buf_put(&iri, make_iri(t, "entity", node->type));
    rg_buf_byte(&iri, ':');
    put_encoded(&iri, rg_utf8_repair(t->arena, node->label));
    return rg_buf_str(&iri);
}

/* An IRI of what belongs to a triple: its evidence, a qualifier. */
static rg_str make_part(const teller *t, rg_str whole, const char *part, int number)
{
    return number > 0
               ? rg_arena_format(t->arena, "%.*s:%s:%d", RG_PRINT(whole), part, number)
               : rg_arena_format(t->arena, "%.*s:%s", RG_PRINT(whole), part);
}

/* NUL, which not every reader of RDF takes, becomes U+FFFD. */
static rg_str clean(const teller *t, rg_str text)
{
    text = rg_utf8_repair(t->arena, text);
    if (rg_str_find_byte(text, '\0', 0) < 0)
        return text;
    rg_buf made = rg_buf_in(t->arena);
    for (int i = 0; i < text.len; i++)
        if (text.bytes[i] == '\0')
            rg_utf8_put(&made, RG_UTF8_REPLACEMENT);
        else
            rg_buf_byte(&made, text.bytes[i]);
    return rg_buf_str(&made);
}

/* ---- Triples ---------------------------------------------------------------------------- */

static void tell(const teller *t, rg_str subject, const char *predicate, rg_str object,
                 rg_rdf_kind kind)
{
    rg_rdf_triple triple = {subject, rg_str_of(predicate), object, kind};
    t->sink.put(t->sink.user, &triple);
}

static void tell_iri(const teller *t, rg_str subject, const char *predicate, rg_str iri)
{
    tell(t, subject, predicate, iri, RG_RDF_IRI);
}

static void tell_type(const teller *t, rg_str subject, const char *type)
{
    tell(t, subject, RG_RDF_TYPE, rg_str_of(type), RG_RDF_IRI);
}

/* What is empty or below 0 is not told. */
static void tell_text(const teller *t, rg_str subject, const char *predicate,
                      rg_str text)
{
    if (text.len > 0)
        tell(t, subject, predicate, clean(t, text), RG_RDF_STRING);
}

static void tell_number(const teller *t, rg_str subject, const char *predicate,
                        int number)
{
    if (number >= 0)
        tell(t, subject, predicate, rg_arena_format(t->arena, "%d", number),
             RG_RDF_INTEGER);
}

/* Is it the first time that this is spoken of? */
static bool is_new(const teller *t, rg_str iri)
{
    if (rg_map_find(t->told, iri) >= 0)
        return false;
    rg_map_put(t->told, iri);
    return true;
}

static void tell_entity(const teller *t, int index)
{
    const rg_node *node = &t->network->graph->nodes[index];
    rg_str iri = make_entity_iri(t, index);
    tell_type(t, iri, OURS "term:Entity");
    if (node->type.len > 0)
        tell_iri(t, iri, RG_RDF_TYPE, make_iri(t, "type", node->type));
    tell_text(t, iri, RDFS "label", node->label);
}

static rg_str tell_relation(const teller *t, rg_str relation)
{
    rg_str iri = make_iri(t, "relation", relation);
    if (is_new(t, iri)) {
        tell_type(t, iri, RDF "Property");
        tell_text(t, iri, RDFS "label", relation);
    }
    return iri;
}

static rg_str tell_document(const teller *t, rg_str name)
{
    rg_str iri = make_iri(t, "document", name);
    if (is_new(t, iri)) {
        tell_type(t, iri, PROV "Entity");
        tell_text(t, iri, RDFS "label", name);
    }
    return iri;
}

/* ---- Of one triple of the graph --------------------------------------------------------- */

static void tell_range(const teller *t, rg_str source, const char *part,
                       const char *type, rg_span span)
{
    if (span.start < 0)
        return;
    rg_str iri = make_part(t, source, part, 0);
    tell_type(t, iri, type);
    tell_number(t, iri, OA "start", span.start);
    tell_number(t, iri, OA "end", span.end);
}

static void tell_evidence(const teller *t, rg_str source, const rg_edge *edge)
{
    rg_str iri = make_part(t, source, "evidence", 0);
    rg_str quote = make_part(t, source, "quote", 0);
    rg_str document = tell_document(t, edge->doc);
    tell_type(t, iri, OA "SpecificResource");
    tell_iri(t, iri, OA "hasSource", document);
    if (edge->evidence.len > 0)
        tell_iri(t, iri, OA "hasSelector", quote);
    if (edge->characters.start >= 0)
        tell_iri(t, iri, OA "hasSelector", make_part(t, source, "characters", 0));
    if (edge->start >= 0)
        tell_iri(t, iri, OA "hasSelector", make_part(t, source, "bytes", 0));
    if (edge->evidence.len > 0) {
        tell_type(t, quote, OA "TextQuoteSelector");
        tell_text(t, quote, OA "exact", edge->evidence);
    }
    tell_range(t, source, "characters", OA "TextPositionSelector", edge->characters);
    tell_range(t, source, "bytes", OA "DataPositionSelector",
               (rg_span){edge->start, edge->end});
}

/* A piece of wording with a word about it, and where it stands. */
static void tell_piece(const teller *t, rg_str iri, const char *type, const char *about,
                       rg_str word, rg_str value, rg_span span)
{
    tell_type(t, iri, type);
    tell_text(t, iri, about, word);
    tell_text(t, iri, RDF "value", value);
    tell_number(t, iri, OA "start", span.start);
    tell_number(t, iri, OA "end", span.end);
}

static void tell_qualifiers(const teller *t, rg_str source, const rg_edge *edge)
{
    for (int i = 0; i < edge->qualifier_count; i++) {
        const rg_qualifier *one = &edge->qualifiers[i];
        rg_str iri = make_part(t, source, "qualifier", i + 1);
        tell_piece(t, iri, OURS "term:Qualifier", OURS "term:key", one->key, one->value,
                   (rg_span){one->start, one->end});
        tell_text(t, iri, OURS "term:normal", one->normal);
    }
}

static void tell_arguments(const teller *t, rg_str source, const rg_edge *edge)
{
    for (int i = 0; i < edge->argument_count; i++) {
        const rg_further *one = &edge->arguments[i];
        tell_piece(t, make_part(t, source, "argument", i + 1), OURS "term:Argument",
                   OURS "term:lead", one->lead, one->text,
                   (rg_span){one->start, one->end});
    }
}

/* Those that RDF has other words for. */
static bool is_told_otherwise(int detail)
{
    switch (detail) {
    case RG_DETAIL_triple_id:
    case RG_DETAIL_relation:
    case RG_DETAIL_qualifiers:
    case RG_DETAIL_doc:
    case RG_DETAIL_start:
    case RG_DETAIL_end:
    case RG_DETAIL_evidence:
    case RG_DETAIL_is:
    case RG_DETAIL_object_id: return true;
    default: return false;
    }
}

static void tell_details(const teller *t, rg_str source, const rg_edge *edge)
{
    static const rg_rdf_kind kinds[] = {
        [RG_DETAIL_IS_TEXT] = RG_RDF_STRING,
        [RG_DETAIL_IS_NUMBER] = RG_RDF_INTEGER,
        [RG_DETAIL_IS_REAL] = RG_RDF_DECIMAL,
    };
    for (int i = 0; i < RG_DETAIL_COUNT; i++) {
        rg_str text = rg_detail_text(t->arena, edge, i);
        if (text.len > 0 && !is_told_otherwise(i))
            tell(t, source,
                 rg_arena_format(t->arena, OURS "term:%s", rg_details[i].name).bytes,
                 clean(t, text), kinds[rg_details[i].kind]);
    }
}

/* Its parts are named here, and told behind it. */
static void tell_links(const teller *t, rg_str source, const rg_edge *edge)
{
    for (int i = 0; i < edge->kind_count; i++)
        tell_iri(t, source, OURS "term:is", make_iri(t, "relation", edge->kinds[i]));
    for (int i = 1; i <= edge->qualifier_count; i++)
        tell_iri(t, source, OURS "term:qualifier",
                 make_part(t, source, "qualifier", i));
    for (int i = 1; i <= edge->argument_count; i++)
        tell_iri(t, source, OURS "term:argument", make_part(t, source, "argument", i));
    if (edge->object_id.len > 0)
        tell_iri(t, source, OURS "term:object_triple",
                 make_iri(t, "triple", edge->object_id));
    if (edge->doc.len > 0)
        tell_iri(t, source, PROV "wasDerivedFrom", make_part(t, source, "evidence", 0));
}

/* The plain triple stands only where the text itself asserts it. */
static void tell_plain(const teller *t, const rg_edge *edge, rg_str subject,
                       rg_str relation, rg_str object)
{
    rg_str all = rg_arena_format(t->arena, "%.*s %.*s %.*s", RG_PRINT(subject),
                                 RG_PRINT(relation), RG_PRINT(object));
    if (rg_str_is(edge->polarity, "affirmed") && rg_str_is(edge->modality, "asserted")
        && is_new(t, all))
        tell_iri(t, subject, relation.bytes, object);
}

static void tell_tie(const teller *t, const rg_tie *tie)
{
    const rg_edge *edge = tie->edge;
    rg_str subject = make_entity_iri(t, tie->from);
    rg_str object = make_entity_iri(t, tie->to);
    rg_str relation = tell_relation(t, edge->relation);
    rg_str iri = make_iri(t, "triple", rg_str_cut(tie->id, 1, tie->id.len));
    tell_plain(t, edge, subject, relation, object);
    tell_type(t, iri, RDF "Statement");
    tell_iri(t, iri, RDF "subject", subject);
    tell_iri(t, iri, RDF "predicate", relation);
    tell_iri(t, iri, RDF "object", object);
    tell_details(t, iri, edge);
    tell_links(t, iri, edge);
    if (edge->doc.len > 0)
        tell_evidence(t, iri, edge);
    tell_qualifiers(t, iri, edge);
    tell_arguments(t, iri, edge);
}

void rg_rdf_tell(rg_arena *arena, const rg_graph *graph, rg_rdf_sink sink)
{
    rg_network network = rg_network_of(arena, graph);
    teller t = {arena, sink, &network, rg_map_new(arena)};
    for (int i = 0; i < graph->node_count; i++)
        tell_entity(&t, i);
    for (int i = 0; i < network.tie_count; i++)
        tell_tie(&t, &network.ties[i]);
}
