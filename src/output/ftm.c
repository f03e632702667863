/* ftm.c - entities and links as FollowTheMoney has them: JSON lines for Aleph, OpenSanctions.
 *
 * A type becomes the schema of its kind of nodes, a relation that of its list (`ftm` in
 * rules/style.yaml), if the text says that it holds and the ends are what the schema wants;
 * all else is an UnknownLink. The evidence is the summary, its document the proof.
 */
#include "base/json.h"
#include "base/map.h"
#include "base/utf8.h"
#include "output/details.h"
#include "output/network.h"
#include "output/output.h"

#include <inttypes.h>

enum {
    FTM_THING = 0,
    FTM_LEGAL = 1,
    FTM_PERSON = 2,
    FTM_ORGANIZATION = 4,
    FTM_ASSET = 8
};
enum {
    LONGEST_NAME = 384,
    LONGEST_ROLE = 1024
}; /* characters, as its schema has them */

typedef struct thing {
    const char *schema;
    int is;              /* FTM_LEGAL... */
    const char *caption; /* the property that it is called by */
} thing;

static const thing things[] = {
#define ENTITY(schema, is, caption) {#schema, is, #caption},
#define LINK(schema, subject, subject_is, object, object_is, role)
#include "base/ftm.def"
#undef ENTITY
#undef LINK
};

typedef struct link_schema {
    const char *schema, *subject;
    int subject_is;
    const char *object;
    int object_is;
    const char *role; /* of the relation; only those with "role" have a status */
} link_schema;

static const link_schema links[] = {
#define ENTITY(schema, is, caption)
#define LINK(schema, subject, subject_is, object, object_is, role)                     \
    {#schema, #subject, subject_is, #object, object_is, #role},
#include "base/ftm.def"
#undef ENTITY
#undef LINK
};
static const link_schema unknown = {"UnknownLink", "subject", FTM_THING,
                                    "object",      FTM_THING, "role"};

enum { THINGS = sizeof things / sizeof *things, LINKS = sizeof links / sizeof *links };

typedef struct maker {
    rg_buf *out;
    const rg_network *network;
    rg_map *documents; /* told already */
    int failed;
} maker;

/* ---- What becomes what ------------------------------------------------------------------ */

static const thing *find_thing(const rg_style *style, rg_str type)
{
    const char *schema = style->kinds[style->other].ftm;
    for (int i = 0; i < style->kind_count; i++)
        if (rg_words_have(style->kinds[i].types, type))
            schema = style->kinds[i].ftm;
    for (int i = 0; i < THINGS; i++)
        if (schema && rg_str_is(rg_str_of(schema), things[i].schema))
            return &things[i];
    return &things[THINGS - 1];
}

static const link_schema *find_link(const char *schema)
{
    for (int i = 0; i < LINKS; i++)
        if (rg_str_is(rg_str_of(schema), links[i].schema))
            return &links[i];
    return NULL;
}

/* How a link is written. */
typedef struct mapping {
    const link_schema *link;
    bool inverse; /* the object comes first */
} mapping;

static bool find_relation(mapping *out, const rg_style *style, rg_str relation)
{
    for (int i = 0; i < style->ftm_count; i++) {
        const rg_ftm_link *one = &style->ftm[i];
        out->inverse = rg_words_have(one->inverse, relation);
        if (out->inverse || rg_words_have(one->relations, relation)) {
            out->link = find_link(one->schema);
            return out->link != NULL;
        }
    }
    return false;
}

static bool fits(const mapping *how, int subject_is, int object_is)
{
    int first = how->inverse ? object_is : subject_is;
    int second = how->inverse ? subject_is : object_is;
    return (first & how->link->subject_is) == how->link->subject_is
           && (second & how->link->object_is) == how->link->object_is;
}

/* What is denied, planned or only possible is no ownership. */
static bool is_said_to_hold(const rg_edge *edge)
{
    return rg_str_is(edge->polarity, "affirmed")
           && (rg_str_is(edge->modality, "asserted")
               || rg_str_is(edge->modality, "reported"));
}

/* By the relation, else by the nearest of the more general ones. */
static mapping find_mapping(const maker *m, const rg_tie *tie)
{
    const rg_graph *graph = m->network->graph;
    const rg_edge *edge = tie->edge;
    int subject_is = find_thing(graph->style, graph->nodes[tie->from].type)->is;
    int object_is = find_thing(graph->style, graph->nodes[tie->to].type)->is;
    mapping how;
    bool found =
        is_said_to_hold(edge) && find_relation(&how, graph->style, edge->relation);
    for (int i = 0; is_said_to_hold(edge) && !found && i < edge->kind_count; i++)
        found = find_relation(&how, graph->style, edge->kinds[i]);
    if (found && fits(&how, subject_is, object_is))
        return how;
    return (mapping){&unknown, false};
}

/* ---- Writing ---------------------------------------------------------------------------- */

/* Every property is a list; what is empty is left out. */
static void set(maker *m, json_t *properties, const char *name, rg_str value)
{
    if (value.len == 0)
        return;
    json_t *list = json_array();
    m->failed |= json_array_append_new(list, rg_json_string(value));
    m->failed |= json_object_set_new(properties, name, list);
}

static rg_str cut(const maker *m, rg_str text, int longest)
{
    return rg_utf8_cut(rg_utf8_repair(m->out->arena, text), longest);
}

static void put_entity(maker *m, rg_str id, const char *schema, json_t *properties)
{
    if (m->failed)
        rg_arena_give_up(m->out->arena);
    rg_json_put_line(m->out,
                     json_pack("{sossso}", "id", rg_json_string(id), "schema", schema,
                               "properties", rg_json_take(m->out->arena, properties)));
}

/* A name that its readers would find empty is said to be none. */
static rg_str make_name(const maker *m, rg_str text, int longest)
{
    text = cut(m, text, longest);
    for (int i = 0; i < text.len; i++)
        if ((unsigned char)text.bytes[i] > ' ' && text.bytes[i] != 0x7f)
            return text;
    return RG_STR("(blank)");
}

static void put_node(maker *m, int index)
{
    const rg_graph *graph = m->network->graph;
    const rg_node *node = &graph->nodes[index];
    json_t *properties = rg_json_own(m->out->arena, json_object());
    rg_str name = make_name(m, node->label, LONGEST_NAME);
    const thing *found = find_thing(graph->style, node->type);
    set(m, properties, "name", name);
    if (!rg_str_is(RG_STR("name"), found->caption))
        set(m, properties, found->caption, name);
    set(m, properties, "keywords", cut(m, node->type, LONGEST_NAME));
    put_entity(m, m->network->node_ids[index], found->schema, properties);
}

/* The id of the document, told when it is new. */
static rg_str put_document(maker *m, rg_str name)
{
    rg_arena *arena = m->out->arena;
    rg_str id = rg_arena_format(arena, "d%016" PRIx64, rg_str_hash(name));
    if (rg_map_find(m->documents, id) >= 0)
        return id;
    rg_map_put(m->documents, id);
    json_t *properties = rg_json_own(m->out->arena, json_object());
    set(m, properties, "fileName", make_name(m, name, LONGEST_ROLE));
    put_entity(m, id, "Document", properties);
    return id;
}

/* Property by property, what no other one holds. */
static rg_str describe(maker *m, const rg_edge *edge)
{
    rg_buf text = rg_buf_in(m->out->arena);
    for (int i = 0; i < RG_DETAIL_COUNT; i++) {
        rg_str value = rg_detail_text(m->out->arena, edge, i);
        if (value.len == 0 || i == RG_DETAIL_evidence)
            continue;
        rg_buf_format(&text, "%s%s=", text.len ? "; " : "", rg_details[i].name);
        rg_buf_put(&text, value);
    }
    return rg_buf_str(&text);
}

/* The relation, and how it is said if that is not plainly so. */
static rg_str make_role(maker *m, const rg_edge *edge)
{
    bool negated = !rg_str_is(edge->polarity, "affirmed");
    return rg_arena_format(m->out->arena, "%s%.*s", negated ? "not " : "",
                           RG_PRINT(cut(m, edge->relation, LONGEST_ROLE - 4)));
}

static void put_tie(maker *m, const rg_tie *tie)
{
    const rg_edge *edge = tie->edge;
    rg_str document = edge->doc.len > 0 ? put_document(m, edge->doc) : RG_STR("");
    mapping how = find_mapping(m, tie);
    rg_str from = m->network->node_ids[how.inverse ? tie->to : tie->from];
    rg_str to = m->network->node_ids[how.inverse ? tie->from : tie->to];
    json_t *properties = rg_json_own(m->out->arena, json_object());
    set(m, properties, how.link->subject, from);
    set(m, properties, how.link->object, to);
    set(m, properties, how.link->role, make_role(m, edge));
    if (rg_str_is(rg_str_of(how.link->role), "role"))
        set(m, properties, "status", cut(m, edge->modality, LONGEST_ROLE));
    set(m, properties, "summary", edge->evidence);
    set(m, properties, "description", describe(m, edge));
    set(m, properties, "recordId", edge->id);
    set(m, properties, "proof", document);
    set(m, properties, "publisher", cut(m, edge->source, LONGEST_NAME));
    put_entity(m, tie->id, how.link->schema, properties);
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    (void)err; /* only memory can run out */
    rg_network network = rg_network_of(out->arena, graph);
    maker m = {.out = out, .network = &network, .documents = rg_map_new(out->arena)};
    for (int i = 0; i < graph->node_count; i++)
        put_node(&m, i);
    for (int i = 0; i < network.tie_count; i++)
        put_tie(&m, &network.ties[i]);
    return true;
}

const rg_format rg_format_ftm = {
    .name = "ftm",
    .ending = ".ftm.json",
    .summary = "FollowTheMoney entities, for Aleph and OpenSanctions",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
