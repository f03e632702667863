/* rdf.h - the graph as RDF triples, given one by one to a format's sink.
 *
 *     entity:government:NCSC relation:judges-risk entity::manageable .       if it is asserted
 *     triple:1f3b a rdf:Statement ;
 *         rdf:subject entity:government:NCSC ; rdf:predicate ... ; rdf:object ... ;
 *         term:modality "reported" ; term:rule "judges" ;
 *         prov:wasDerivedFrom triple:1f3b:evidence .
 *     triple:1f3b:evidence a oa:SpecificResource ; oa:hasSource document:... ;
 *         oa:hasSelector triple:1f3b:quote, triple:1f3b:characters, triple:1f3b:bytes .
 *
 * All IRIs but those of vocabularies are urn:relgraph:..., all else percent-encoded; there
 * are no blank nodes, so that equal graphs are equal sets.
 */
#ifndef RG_OUTPUT_RDF_H
#define RG_OUTPUT_RDF_H

#include "graph/graph.h"

/* Ends with an empty name. */
typedef struct rg_rdf_prefix {
    const char *name, *iri;
} rg_rdf_prefix;
extern const rg_rdf_prefix rg_rdf_prefixes[];
/* The one that the IRI starts with, or NULL. */
const rg_rdf_prefix *rg_rdf_find_prefix(rg_str iri);

/* The predicate of types, which Turtle and JSON-LD have a word for. */
#define RG_RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

typedef enum rg_rdf_kind {
    RG_RDF_IRI,
    RG_RDF_STRING,
    RG_RDF_INTEGER,
    RG_RDF_DECIMAL
} rg_rdf_kind;

/* Full IRIs: behind a prefix stand letters, digits, `_`, `-` (not first), `%XX` and colons.
 * Strings are well-formed UTF-8 without NUL. All of it is the arena's, and stays. */
typedef struct rg_rdf_triple {
    rg_str subject, predicate, object;
    rg_rdf_kind kind; /* of the object */
} rg_rdf_triple;

typedef struct rg_rdf_sink {
    void (*put)(void *user, const rg_rdf_triple *triple);
    void *user;
} rg_rdf_sink;

/* The IRI of the data type; NULL for IRIs and strings. */
const char *rg_rdf_type_of(rg_rdf_kind kind);
/* All triples of the graph; those of a subject stand together. */
void rg_rdf_tell(rg_arena *arena, const rg_graph *graph, rg_rdf_sink sink);

#endif
