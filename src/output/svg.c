/* svg.c - the diagram as SVG: what Graphviz drew, checked and made fit for the web.
 *
 * Every element and attribute must be on a list, so that nothing but shapes and text comes
 * through: no links, no scripts, no references. Then:
 *
 *   - the tooltip that Graphviz put on <a xlink:title> becomes the <title> of its group
 *   - the shapes of the legend become part of the picture's heading
 *   - the root gets a role, a title and a description for screen readers
 *   - stroke="transparent", which is no SVG 1.1, becomes none
 *   - comments and the document type go
 *   - with theme auto, a style sheet for pictures of these colours makes variables of them,
 *     which are dark ones where the reader prefers that
 */
#include "graph/palette.h"
#include "output/output.h"
#include "output/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

/* Elements that Graphviz may write, with their attributes. */
static const struct {
    const char *element;
    const char *attributes[14];
} allowed[] = {
    {"svg", {"width", "height", "viewBox"}},
    {"g", {"id", "class", "transform"}},
    {"a", {"title"}},
    {"title", {NULL}},
    {"path", {"fill", "stroke", "stroke-width", "stroke-dasharray", "d"}},
    {"polygon", {"fill", "stroke", "stroke-width", "stroke-dasharray", "points"}},
    {"polyline", {"fill", "stroke", "stroke-width", "stroke-dasharray", "points"}},
    {"ellipse",
     {"fill", "stroke", "stroke-width", "stroke-dasharray", "cx", "cy", "rx", "ry"}},
    {"text",
     {"fill", "x", "y", "text-anchor", "font-family", "font-size", "font-weight",
      "font-style", "baseline-shift"}},
};

enum { ALLOWED_COUNT = sizeof allowed / sizeof *allowed };

static const char *name_of(const xmlChar *name)
{
    return (const char *)name;
}

static bool is_element(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE
           && strcmp(name_of(node->name), name) == 0;
}

static int find_element(const xmlNode *node)
{
    for (int i = 0; i < ALLOWED_COUNT; i++)
        if (is_element(node, allowed[i].element))
            return i;
    return -1;
}

static bool has_attribute(int element, const xmlAttr *attribute)
{
    for (int i = 0; i < 14 && allowed[element].attributes[i]; i++)
        if (strcmp(name_of(attribute->name), allowed[element].attributes[i]) == 0)
            return true;
    return false;
}

static bool check_node(const xmlNode *node, rg_error *err)
{
    switch (node->type) {
    case XML_TEXT_NODE:
    case XML_COMMENT_NODE: return true;
    case XML_ELEMENT_NODE: break;
    default:
        return rg_fail(err, RG_ERROR_OUTPUT, RG_NOWHERE,
                       "layout wrote what is neither element nor text");
    }
    int element = find_element(node);
    if (element < 0)
        return rg_fail(err, RG_ERROR_OUTPUT, RG_NOWHERE, "layout wrote an element '%s'",
                       name_of(node->name));
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (!has_attribute(element, a))
            return rg_fail(err, RG_ERROR_OUTPUT, RG_NOWHERE,
                           "layout wrote an attribute '%s' of '%s'", name_of(a->name),
                           name_of(node->name));
    return true;
}

/* The node after this one in document order, below `root`; NULL at the end. */
static xmlNode *next_node(xmlNode *node, const xmlNode *root)
{
    if (node->children && node->type == XML_ELEMENT_NODE)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static bool check_all(xmlNode *root, rg_error *err)
{
    for (xmlNode *node = root; node; node = next_node(node, root))
        if (!check_node(node, err))
            return false;
    return true;
}

/* --- changes: each gives false when memory runs out -------------------------------- */

static xmlNode *find_child(const xmlNode *parent, const char *name)
{
    for (xmlNode *child = parent->children; child; child = child->next)
        if (is_element(child, name))
            return child;
    return NULL;
}

static bool set_text(xmlNode *element, const xmlChar *text)
{
    xmlNode *made = xmlNewText(text);
    if (!made)
        return false;
    while (element->children) {
        xmlNode *old = element->children;
        xmlUnlinkNode(old);
        xmlFreeNode(old);
    }
    return xmlAddChild(element, made) != NULL;
}

/* Moves the children of `wrapper` to its place, and drops it. */
static void unwrap(xmlNode *wrapper)
{
    while (wrapper->children) {
        xmlNode *child = wrapper->children;
        xmlUnlinkNode(child);
        xmlAddPrevSibling(wrapper, child);
    }
    xmlUnlinkNode(wrapper);
    xmlFreeNode(wrapper);
}

/* <g><title>n1</title><g><a xlink:title="T">..</a></g></g>  ->  <g><title>T</title>..</g> */
static bool move_tooltip(xmlNode *link)
{
    xmlNode *wrapper = link->parent;
    xmlNode *title = find_child(wrapper->parent, "title");
    xmlChar *text = xmlGetProp(link, (const xmlChar *)"title");
    bool ok = !title || !text || set_text(title, text);
    xmlFree(text);
    unwrap(link);
    if (ok && is_element(wrapper, "g"))
        unwrap(wrapper);
    return ok;
}

static bool move_tooltips(xmlNode *root)
{
    xmlNode *node = root;
    while (node) {
        xmlNode *group = is_element(node, "a") ? node->parent->parent : NULL;
        bool moves = is_element(group, "g");
        if (moves && !move_tooltip(node))
            return false;
        node = next_node(moves ? group : node, root);
    }
    return true;
}

static bool is_legend(const xmlNode *node)
{
    xmlChar *class =
        is_element(node, "g") ? xmlGetProp(node, (const xmlChar *)"class") : NULL;
    bool found = class && xmlStrEqual(class, (const xmlChar *)"node legend");
    xmlFree(class);
    return found;
}

/* The shapes of the legend are no nodes: they stand beside the title, as the rest of it. */
static void flatten_legend(xmlNode *root)
{
    xmlNode *group = find_child(root, "g"), *next;
    for (xmlNode *node = group ? group->children : NULL; node; node = next) {
        next = node->next;
        if (!is_legend(node))
            continue;
        xmlNode *title = find_child(node, "title");
        xmlUnlinkNode(title);
        xmlFreeNode(title);
        unwrap(node);
    }
}

static bool clear_transparent(xmlNode *root)
{
    for (xmlNode *node = root; node; node = next_node(node, root))
        for (xmlAttr *a = node->type == XML_ELEMENT_NODE ? node->properties : NULL; a;
             a = a->next)
            if (a->children
                && xmlStrEqual(a->children->content, (const xmlChar *)"transparent")
                && !xmlSetProp(node, a->name, (const xmlChar *)"none"))
                return false;
    return true;
}

static void drop_comments(xmlNode *root)
{
    xmlNode *node = root;
    while (node) {
        xmlNode *next = next_node(node, root);
        if (node->type == XML_COMMENT_NODE) {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
        }
        node = next;
    }
}

/* Puts <name>text</name> before `place`. */
static bool add_before(xmlNode *place, const char *name, const xmlChar *text)
{
    xmlNode *made = xmlNewDocNode(place->doc, place->ns, (const xmlChar *)name, NULL);
    if (!made || !set_text(made, text)) {
        xmlFreeNode(made);
        return false;
    }
    return xmlAddPrevSibling(place, made) != NULL;
}

/* The drawing as a whole: the title that stood in the outer group, and the counts. */
static bool describe_root(xmlNode *root, const rg_graph *graph)
{
    xmlNode *group = find_child(root, "g");
    xmlNode *title = group ? find_child(group, "title") : NULL;
    if (!title)
        return true;
    rg_str counts = rg_arena_format(graph->arena, "%d entities, %d relations",
                                    graph->entity_count, graph->relation_count);
    xmlChar *text = xmlNodeGetContent(title);
    bool ok = text && add_before(group, "title", text)
              && add_before(group, "desc", (const xmlChar *)counts.bytes)
              && xmlSetProp(root, (const xmlChar *)"role", (const xmlChar *)"img");
    xmlFree(text);
    xmlUnlinkNode(title);
    xmlFreeNode(title);
    return ok;
}

/* The page is a polygon without a line: where the picture ends between two pixels, a
 * light seam would show. A line of its own colour covers it. */
static bool close_seam(xmlNode *root)
{
    xmlNode *group = find_child(root, "g");
    xmlNode *page = group ? find_child(group, "polygon") : NULL;
    xmlChar *fill = page ? xmlGetProp(page, (const xmlChar *)"fill") : NULL;
    bool ok =
        !fill
        || (xmlSetProp(page, (const xmlChar *)"stroke", fill)
            && xmlSetProp(page, (const xmlChar *)"stroke-width", (const xmlChar *)"2"));
    xmlFree(fill);
    return ok;
}

/* --- theme auto ------------------------------------------------------------------------ */

/* One colour: the variable, its two values, and what has it. The rules are for pictures of
 * this class alone, not for the page around them, nor for pictures of another style. */
typedef struct sheet {
    const char *scope;
    rg_buf light, dark, uses;
} sheet;

static void put_colour(sheet *to, const char *prefix, const char *name,
                       rg_colours colours)
{
    static const char *const parts[] = {"fill", "stroke"};
    char lower[8] = "";
    for (int i = 0; i < 7 && colours.light[i]; i++)
        lower[i] = (char)(colours.light[i] | (colours.light[i] >= 'A' ? 0x20 : 0));
    if (!lower[0])
        return;
    rg_buf_format(&to->light, "--%s%s:%s;", prefix, name, colours.light);
    rg_buf_format(&to->dark, "--%s%s:%s;", prefix, name, colours.dark);
    for (int i = 0; i < 2; i++)
        rg_buf_format(&to->uses, ".%s [%s=\"%s\"]{%s:var(--%s%s)}\n", to->scope,
                      parts[i], lower, parts[i], prefix, name);
}

static void put_colours(sheet *to, const rg_graph *graph)
{
    rg_page_key page;
    rg_kind_key kind;
    rg_class_key class;
    for (int i = 0; rg_palette_kind(&kind, graph, i); i++) {
        put_colour(to, "fill-", kind.name, kind.fill);
        put_colour(to, "stroke-", kind.name, kind.stroke);
    }
    for (int i = 0; rg_palette_class(&class, graph, i); i++)
        put_colour(to, "relation-", class.name, class.colours);
    for (int i = 0; rg_palette_page(&page, graph, i); i++)
        put_colour(to, "", page.name, page.colours);
}

/* The same for the same colours: pictures of one style may share a page, and their rules. */
static const char *name_scope(const rg_graph *graph)
{
    sheet colours = {"", rg_buf_in(graph->arena), rg_buf_in(graph->arena),
                     rg_buf_in(graph->arena)};
    put_colours(&colours, graph);
    rg_buf_put(&colours.light, rg_buf_str(&colours.dark));
    unsigned hash = (unsigned)(rg_str_hash(rg_buf_str(&colours.light)) >> 32);
    return rg_arena_format(graph->arena, "relgraph-%08x", hash).bytes;
}

/* Readers that know no variables keep the attributes, which are light. */
static bool add_sheet(xmlNode *root, const rg_graph *graph)
{
    rg_arena *arena = graph->arena;
    if (!graph->adapts || !root->children)
        return true;
    sheet made = {name_scope(graph), rg_buf_in(arena), rg_buf_in(arena),
                  rg_buf_in(arena)};
    put_colours(&made, graph);
    rg_str text = rg_arena_format(arena,
                                  "\n.%s{color-scheme:light dark;%.*s}\n"
                                  "@media (prefers-color-scheme:dark){.%s{%.*s}}\n%.*s",
                                  made.scope, RG_PRINT(rg_buf_str(&made.light)),
                                  made.scope, RG_PRINT(rg_buf_str(&made.dark)),
                                  RG_PRINT(rg_buf_str(&made.uses)));
    rg_str class = rg_arena_format(arena, "relgraph %s", made.scope);
    return xmlSetProp(root, (const xmlChar *)"class", (const xmlChar *)class.bytes)
           && add_before(root->children, "style", (const xmlChar *)text.bytes);
}

static bool change_all(xmlNode *root, const rg_graph *graph)
{
    drop_comments(root);
    flatten_legend(root);
    return move_tooltips(root) && clear_transparent(root) && close_seam(root)
           && describe_root(root, graph) && add_sheet(root, graph);
}

static void drop_prolog(xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    xmlDtd *type = xmlGetIntSubset(doc);
    if (type) {
        xmlUnlinkNode((xmlNode *)type);
        xmlFreeDtd(type);
    }
    while (root->prev) {
        xmlNode *before = root->prev;
        xmlUnlinkNode(before);
        xmlFreeNode(before);
    }
}

static bool put_document(rg_buf *out, xmlDoc *doc)
{
    xmlChar *bytes = NULL;
    int size = 0;
    xmlDocDumpMemoryEnc(doc, &bytes, &size, "UTF-8");
    if (!bytes)
        return false;
    rg_buf_put(out, (rg_str){(const char *)bytes, size});
    xmlFree(bytes);
    return true;
}

static bool put_checked(rg_buf *out, xmlDoc *doc, const rg_graph *graph, rg_error *err)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    if (!is_element(root, "svg"))
        return rg_fail(err, RG_ERROR_OUTPUT, RG_NOWHERE, "layout wrote no picture");
    if (!check_all(root, err))
        return false;
    drop_prolog(doc);
    return (change_all(root, graph) && put_document(out, doc))
           || rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
}

static bool put_graph(rg_buf *out, const rg_graph *graph, rg_error *err)
{
    rg_buf drawn = rg_buf_in(out->arena);
    if (!rg_graph_render(&drawn, graph, RG_PICTURE_SVG, err))
        return false;
    rg_xml_hush();
    /* The document type is not loaded, no entity is expanded, nothing is fetched. The
     * encoding is not named: libxml2 2.9.14 would then convert into a buffer, and crash where
     * that cannot grow. */
    xmlDoc *doc =
        xmlReadMemory(drawn.bytes, drawn.len, "svg", NULL,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!doc && !rg_library_ran_out())
        return rg_fail(err, RG_ERROR_OUTPUT, RG_NOWHERE,
                       "layout wrote a picture that is not well-formed");
    bool ok = doc && put_checked(out, doc, graph, err);
    xmlFreeDoc(doc);
    if (doc && !rg_library_ran_out())
        return ok;
    *err = (rg_error){0}; /* libxml2 takes a lack of memory for other things */
    return rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE, "out of memory");
}

const rg_format rg_format_svg = {
    .name = "svg",
    .ending = ".svg",
    .summary = "the diagram as a scalable picture",
    .from = RG_FROM_GRAPH,
    .put_graph = put_graph,
};
