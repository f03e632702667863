/* jsonld.c - the triples of rdf.h as JSON-LD: one object a subject. */
#include "base/json.h"
#include "base/map.h"
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
    const rg_rdf_prefix *at = rg_rdf_find_prefix(iri);
    if (!at)
        return iri;
    rg_str rest = rg_str_cut(iri, rg_str_of(at->iri).len, iri.len);
    return rg_arena_format(m->arena, "%s:%.*s", at->name, RG_PRINT(rest));
}

static json_t *find_subject(maker *m, rg_str iri)
{
    int index = rg_map_find(m->subjects, iri);
    if (index >= 0)
        return json_array_get(m->list, (size_t)index);
    rg_map_put(m->subjects, iri);
    rg_str name = shorten(m, iri);
    json_t *made = json_pack("{so}", "@id", rg_json_string(name));
    if (json_array_append_new(m->list, made) == 0)
        return made;
    m->failed = -1; /* and it was freed */
    return NULL;
}

static json_t *make_object(const maker *m, const rg_rdf_triple *triple, bool is_type)
{
    const char *type = rg_rdf_type_of(triple->kind);
    if (triple->kind == RG_RDF_STRING)
        return rg_json_string(triple->object);
    rg_str name = shorten(m, type ? rg_str_of(type) : triple->object);
    if (type)
        return json_pack("{soso}", "@value", rg_json_string(triple->object), "@type",
                         rg_json_string(name));
    return is_type ? rg_json_string(name)
                   : json_pack("{so}", "@id", rg_json_string(name));
}

/* A second value makes a list of the first. */
static void put_triple(void *user, const rg_rdf_triple *triple)
{
    maker *m = user;
    json_t *subject = find_subject(m, triple->subject);
    rg_str predicate = shorten(m, triple->predicate);
    bool is_type = rg_str_is(triple->predicate, RG_RDF_TYPE);
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

static json_t *make_context(void)
{
    json_t *context = json_object();
    for (const rg_rdf_prefix *at = rg_rdf_prefixes; at->name[0]; at++)
        json_object_set_new(context, at->name, json_string(at->iri));
    return context;
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err; /* only memory can run out */
    maker m = {.arena = out->arena,
               .subjects = rg_map_new(out->arena),
               .list = rg_json_own(out->arena, json_array())};
    rg_rdf_tell(out->arena, graph, (rg_rdf_sink){put_triple, &m});
    if (m.failed)
        rg_arena_give_up(out->arena);
    rg_json_put_line(out, json_pack("{soso}", "@context", make_context(), "@graph",
                                    rg_json_take(out->arena, m.list)));
    return true;
}

const rg_format rg_format_jsonld = {
    .name = "jsonld",
    .ending = ".jsonld",
    .summary = "the same RDF as JSON-LD",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
