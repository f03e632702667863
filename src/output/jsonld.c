/* jsonld.c - the triples of rdf.h as JSON-LD: one object a subject. */
#include "base/map.h"
#include "output/json.h"
#include "output/output.h"
#include "output/rdf.h"

#include <string.h>

typedef struct maker {
    rg_arena *arena;
    rg_map *subjects; /* ids are indexes of the list */
    json_t *list;
    int failed;
} maker;

/* With a prefix in place of what it stands for. */
static rg_str shorten(const maker *m, rg_str iri)
{
    for (const rg_rdf_prefix *at = rg_rdf_prefixes; at->name[0]; at++) {
        rg_str whole = rg_str_of(at->iri);
        if (rg_str_starts(iri, whole))
            return rg_arena_format(m->arena, "%s:%.*s", at->name,
                                   RG_PRINT(rg_str_cut(iri, whole.len, iri.len)));
    }
    return iri;
}

static json_t *make_iri(const maker *m, rg_str iri)
{
    return rg_json_string(m->arena, shorten(m, iri));
}

static json_t *find_subject(maker *m, rg_str iri)
{
    int index = rg_map_find(m->subjects, iri);
    if (index >= 0)
        return json_array_get(m->list, (size_t)index);
    rg_map_put(m->subjects, iri);
    json_t *made = json_pack("{so}", "@id", make_iri(m, iri));
    if (json_array_append_new(m->list, made) == 0)
        return made;
    m->failed = -1; /* and it was freed */
    return NULL;
}

static json_t *make_object(const maker *m, const rg_rdf_triple *triple, bool is_type)
{
    const char *type = rg_rdf_type_of(triple->kind);
    if (type)
        return json_pack("{soso}", "@value", rg_json_string(m->arena, triple->object),
                         "@type", make_iri(m, rg_str_of(type)));
    if (triple->kind == RG_RDF_STRING)
        return rg_json_string(m->arena, triple->object);
    return is_type ? make_iri(m, triple->object)
                   : json_pack("{so}", "@id", make_iri(m, triple->object));
}

/* A second value makes a list of the first. */
static void put_triple(void *user, const rg_rdf_triple *triple)
{
    maker *m = user;
    json_t *subject = find_subject(m, triple->subject);
    rg_str predicate = shorten(m, triple->predicate);
    bool is_type = rg_str_is(predicate, "rdf:type");
    const char *key = is_type ? "@type" : predicate.bytes;
    json_t *object = make_object(m, triple, is_type);
    json_t *known = json_object_get(subject, key);
    if (json_is_array(known))
        m->failed |= json_array_append_new(known, object);
    else if (known)
        m->failed |=
            json_object_set_new(subject, key, json_pack("[Oo]", known, object));
    else
        m->failed |= json_object_set_new(subject, key, object);
}

static json_t *make_context(maker *m)
{
    json_t *context = json_object();
    for (const rg_rdf_prefix *at = rg_rdf_prefixes; at->name[0]; at++)
        m->failed |= json_object_set_new(context, at->name, json_string(at->iri));
    return context;
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err; /* only memory can run out */
    maker m = {
        .arena = out->arena, .subjects = rg_map_new(out->arena), .list = json_array()};
    rg_rdf_tell(out->arena, graph, (rg_rdf_sink){put_triple, &m});
    json_t *made = json_pack("{soso}", "@context", make_context(&m), "@graph", m.list);
    if (m.failed)
        rg_arena_give_up(out->arena);
    rg_json_put_line(out, made);
    return true;
}

const rg_format rg_format_jsonld = {
    .name = "jsonld",
    .ending = ".jsonld",
    .summary = "the same RDF as JSON-LD",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
