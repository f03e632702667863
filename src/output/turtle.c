/* turtle.c - the triples of rdf.h as Turtle and as N-Triples.
 *
 * IRIs come percent-encoded, and there are no blank nodes, so that only strings need escapes:
 * too little for a library like serd, which does not look whether it got its memory.
 */
#include "output/output.h"
#include "output/rdf.h"

/* Turtle: the triple before shares its start with the next. */
typedef struct writer {
    rg_buf *out;
    rg_str subject, predicate; /* of the triple before; empty at the start */
} writer;

/* ---- Terms ------------------------------------------------------------------------------ */

static void put_escaped(rg_buf *out, char byte)
{
    switch (byte) {
    case '"': rg_buf_text(out, "\\\""); break;
    case '\\': rg_buf_text(out, "\\\\"); break;
    case '\n': rg_buf_text(out, "\\n"); break;
    case '\r': rg_buf_text(out, "\\r"); break;
    case '\t': rg_buf_text(out, "\\t"); break;
    default:
        if ((unsigned char)byte < ' ' || byte == 0x7f)
            rg_buf_format(out, "\\u%04X", byte);
        else
            rg_buf_byte(out, byte);
    }
}

static void put_string(rg_buf *out, rg_str text)
{
    rg_buf_byte(out, '"');
    for (int i = 0; i < text.len; i++)
        put_escaped(out, text.bytes[i]);
    rg_buf_byte(out, '"');
}

static void put_iri(rg_buf *out, rg_str iri)
{
    rg_buf_byte(out, '<');
    rg_buf_put(out, iri);
    rg_buf_byte(out, '>');
}

/* ---- N-Triples -------------------------------------------------------------------------- */

static void put_object(rg_buf *out, const rg_rdf_triple *triple)
{
    const char *type = rg_rdf_type_of(triple->kind);
    if (triple->kind == RG_RDF_IRI)
        put_iri(out, triple->object);
    else
        put_string(out, triple->object);
    if (type) {
        rg_buf_text(out, "^^");
        put_iri(out, rg_str_of(type));
    }
}

static void put_line(void *user, const rg_rdf_triple *triple)
{
    rg_buf *out = user;
    put_iri(out, triple->subject);
    rg_buf_byte(out, ' ');
    put_iri(out, triple->predicate);
    rg_buf_byte(out, ' ');
    put_object(out, triple);
    rg_buf_text(out, " .\n");
}

static bool put_ntriples(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err;
    rg_rdf_tell(out->arena, graph, (rg_rdf_sink){put_line, out});
    return true;
}

/* ---- Turtle ----------------------------------------------------------------------------- */

/* Readers of older Turtle know no `%` and no colon behind a prefix. */
static bool is_plain_word(rg_str text)
{
    return text.len > 0 && rg_str_find_byte(text, '%', 0) < 0
           && rg_str_find_byte(text, ':', 0) < 0;
}

static void put_short(rg_buf *out, rg_str iri)
{
    const rg_rdf_prefix *at = rg_rdf_find_prefix(iri);
    rg_str word = at ? rg_str_cut(iri, rg_str_of(at->iri).len, iri.len) : RG_STR("");
    if (!is_plain_word(word)) {
        put_iri(out, iri);
        return;
    }
    rg_buf_text(out, at->name);
    rg_buf_byte(out, ':');
    rg_buf_put(out, word);
}

static void put_predicate(rg_buf *out, rg_str predicate)
{
    if (rg_str_is(predicate, RG_RDF_TYPE))
        rg_buf_byte(out, 'a');
    else
        put_short(out, predicate);
}

/* Numbers stand without quotes; their type is told by their look. */
static void put_short_object(rg_buf *out, const rg_rdf_triple *triple)
{
    switch (triple->kind) {
    case RG_RDF_IRI: put_short(out, triple->object); break;
    case RG_RDF_STRING: put_string(out, triple->object); break;
    case RG_RDF_INTEGER:
    case RG_RDF_DECIMAL: rg_buf_put(out, triple->object); break;
    }
}

/* Says no more of the triple than what the one before has not said. */
static void put_abbreviated(void *user, const rg_rdf_triple *triple)
{
    writer *w = user;
    bool same = rg_str_equal(triple->subject, w->subject);
    if (same && rg_str_equal(triple->predicate, w->predicate)) {
        rg_buf_text(w->out, " ,\n\t\t");
    } else {
        if (same) {
            rg_buf_text(w->out, " ;");
        } else {
            rg_buf_text(w->out, w->subject.len > 0 ? " .\n\n" : "\n");
            put_short(w->out, triple->subject);
        }
        rg_buf_text(w->out, "\n\t");
        put_predicate(w->out, triple->predicate);
        rg_buf_byte(w->out, ' ');
    }
    put_short_object(w->out, triple);
    w->subject = triple->subject;
    w->predicate = triple->predicate;
}

static bool put_turtle(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err;
    writer w = {.out = out};
    for (const rg_rdf_prefix *at = rg_rdf_prefixes; at->name[0]; at++)
        rg_buf_format(out, "@prefix %s: <%s> .\n", at->name, at->iri);
    rg_rdf_tell(out->arena, graph, (rg_rdf_sink){put_abbreviated, &w});
    if (w.subject.len > 0)
        rg_buf_text(out, " .\n");
    return true;
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
