/* turtle.c - the triples of rdf.h as Turtle and as N-Triples, written by serd. */
#include "output/output.h"
#include "output/rdf.h"

#include <serd/serd.h>

typedef struct writer {
    rg_buf *out;
    SerdWriter *serd;
    SerdStatus status; /* the first that is no success */
} writer;

static size_t put_bytes(const void *bytes, size_t size, void *stream)
{
    writer *w = stream;
    rg_buf_put(w->out, (rg_str){bytes, (int)size});
    return size;
}

static SerdNode make_node(SerdType type, rg_str text)
{
    SerdNode node =
        serd_node_from_substring(type, (const uint8_t *)text.bytes, (size_t)text.len);
    node.flags = 0; /* short quotes, with escapes, whatever is in it */
    return node;
}

static void note_status(writer *w, SerdStatus status)
{
    if (w->status == SERD_SUCCESS)
        w->status = status;
}

static void put_triple(void *user, const rg_rdf_triple *triple)
{
    writer *w = user;
    const char *name = rg_rdf_type_of(triple->kind);
    SerdNode subject = make_node(SERD_URI, triple->subject);
    SerdNode predicate = make_node(SERD_URI, triple->predicate);
    SerdNode object =
        make_node(triple->kind == RG_RDF_IRI ? SERD_URI : SERD_LITERAL, triple->object);
    SerdNode type = make_node(SERD_URI, rg_str_of(name));
    note_status(w, serd_writer_write_statement(w->serd, 0, NULL, &subject, &predicate,
                                               &object, name ? &type : NULL, NULL));
}

static void set_prefixes(writer *w)
{
    for (const rg_rdf_prefix *at = rg_rdf_prefixes; at->name[0]; at++) {
        SerdNode name = make_node(SERD_LITERAL, rg_str_of(at->name));
        SerdNode iri = make_node(SERD_URI, rg_str_of(at->iri));
        note_status(w, serd_writer_set_prefix(w->serd, &name, &iri));
    }
}

static bool write_as(SerdSyntax syntax, SerdStyle style, rg_buf *out,
                     const rg_graph *graph, rg_error *err)
{
    writer w = {.out = out};
    SerdEnv *env = serd_env_new(NULL);
    w.serd = env ? serd_writer_new(syntax, style, env, NULL, put_bytes, &w) : NULL;
    if (!w.serd)
        rg_arena_give_up(out->arena);
    if (syntax == SERD_TURTLE)
        set_prefixes(&w);
    rg_rdf_tell(out->arena, graph, (rg_rdf_sink){put_triple, &w});
    note_status(&w, serd_writer_finish(w.serd));
    serd_writer_free(w.serd);
    serd_env_free(env);
    return w.status == SERD_SUCCESS
           || rg_fail(err, RG_ERROR_OUTPUT, RG_NOWHERE, "cannot be written as RDF: %s",
                      (const char *)serd_strerror(w.status));
}

static bool put_turtle(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    return write_as(SERD_TURTLE, SERD_STYLE_ABBREVIATED | SERD_STYLE_CURIED, out, graph,
                    err);
}

static bool put_ntriples(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    return write_as(SERD_NTRIPLES, 0, out, graph, err);
}

const rg_format rg_format_turtle = {
    .name = "turtle",
    .ending = ".ttl",
    .summary = "the graph as RDF, with its evidence",
    .from = RG_FROM_GRAPH,
    .put_graph = put_turtle,
};

const rg_format rg_format_ntriples = {
    .name = "ntriples",
    .ending = ".nt",
    .summary = "the same RDF, one triple a line",
    .from = RG_FROM_GRAPH,
    .put_graph = put_ntriples,
};
