#include "graph/layout.h"

#include "graph/loop.h"

#include <math.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES = 24 };

static const double POINTS = LAYOUT_INCH;

/* --- cgraph, which wants writable names ---------------------------------------------- */

const char *layout_get(void *object, const char *name)
{
    char copy[32];
    snprintf(copy, sizeof copy, "%s", name);
    const char *value = agget(object, copy);
    return value ? value : "";
}

void layout_set(void *object, const char *name, const char *value)
{
    char copy[32], none[] = "";
    snprintf(copy, sizeof copy, "%s", name);
#ifdef RG_GVC_SIZE_T
    agsafeset(object, copy, value, none);
#else
    agsafeset(object, copy, (char *)(uintptr_t)value, none);
#endif
}

/* In old versions a graph knows for each of its strings whether it is markup. */
void layout_set_label(Agnode_t *node, const char *label)
{
#ifdef RG_GVC_SIZE_T
    if (aghtmlstr(label)) {
        agsafeset_html(node, "label", label, "");
        return;
    }
#else
    if (aghtmlstr((char *)(uintptr_t)label))
        label = agstrdup_html(agraphof(node), (char *)(uintptr_t)label);
#endif
    layout_set(node, "label", label);
}

void layout_attach(GVC_t *gvc, Agraph_t *graph)
{
    char attach[] = "dot";
    gvRender(gvc, graph, attach, NULL);
}

/* --- reading ------------------------------------------------------------------------ */

static bool read_point(const char **text, rg_point *out)
{
    char *end;
    out->x = strtod(*text, &end);
    if (end == *text || *end != ',')
        return false;
    out->y = strtod(end + 1, &end);
    *text = end;
    return true;
}

/* "e,1,2 3,4 5,6 7,8 9,10": the arrow's tip, a start, three points for each piece. */
static void read_curve(rg_arena *arena, rg_curve *curve, const char *text)
{
    rg_point *given = rg_new(arena, rg_point, (int)strlen(text) / 4 + 4);
    rg_point tip = {0, 0}, tail = {0, 0}, point;
    bool has_tip = false, has_tail = false;
    int count = 0;
    while (*text && *text != ';') {
        char kind = *text == 'e' || *text == 's' ? *text : '\0';
        text += kind ? 2 : 0;
        if (!read_point(&text, &point))
            break;
        if (kind == 'e')
            tip = point, has_tip = true;
        else if (kind == 's')
            tail = point, has_tail = true;
        else
            given[count++] = point;
        text += strspn(text, " ");
    }
    int pieces = count > 0 ? (count - 1) / 3 : 0;
    curve->points = rg_new(arena, rg_point, pieces * PIECES + 3 + RG_LOOP_POINTS);
    if (has_tail)
        curve->points[curve->count++] = tail;
    if (pieces > 0)
        curve->points[curve->count++] = given[0];
    for (int i = 0; i < pieces; i++)
        for (int j = 1; j <= PIECES; j++)
            curve->points[curve->count++] =
                rg_place_on_cubic(&given[3 * i], j / (double)PIECES);
    if (has_tip)
        curve->points[curve->count++] = tip;
    if (has_tip && pieces > 0)
        curve->arrow = hypot(tip.x - given[3 * pieces].x, tip.y - given[3 * pieces].y);
    rg_place_bound(curve);
}

static rg_box read_box(Agnode_t *node)
{
    const char *text = layout_get(node, "pos");
    rg_point middle = {0, 0};
    read_point(&text, &middle);
    double x = atof(layout_get(node, "width")) * POINTS / 2;
    double y = atof(layout_get(node, "height")) * POINTS / 2;
    return (rg_box){middle.x - x, middle.y - y, middle.x + x, middle.y + y};
}

/* "0.5 0.2 -0.5 0.2 ...", in inches from the middle; of a shape without them, its box. */
static rg_outline read_outline(rg_arena *arena, Agnode_t *node, const rg_box *box)
{
    const char *text = layout_get(node, "vertices");
    rg_outline made = {rg_new(arena, rg_point, (int)strlen(text) / 4 + 4), 0};
    double x = (box->left + box->right) / 2, y = (box->low + box->high) / 2;
    rg_point p;
    for (int used; sscanf(text, "%lf %lf%n", &p.x, &p.y, &used) == 2; text += used)
        made.points[made.count++] = (rg_point){x + p.x * POINTS, y + p.y * POINTS};
    if (made.count >= 3)
        return made;
    const rg_point corners[] = {{box->left, box->low},
                                {box->right, box->low},
                                {box->right, box->high},
                                {box->left, box->high}};
    memcpy(made.points, corners, sizeof corners);
    made.count = 4;
    return made;
}

/* Title and legend, which stand above the graph; false: there are none. */
static bool read_heading(Agraph_t *graph, rg_box *out)
{
    const char *text = layout_get(graph, "lp");
    double x = atof(layout_get(graph, "lwidth")) * POINTS / 2;
    double y = atof(layout_get(graph, "lheight")) * POINTS / 2;
    rg_point middle;
    if (!read_point(&text, &middle))
        return false;
    *out = (rg_box){middle.x - x, middle.y - y, middle.x + x, middle.y + y};
    return true;
}

static bool is_label(Agnode_t *node)
{
    return agnameof(node)[0] == 'l';
}

/* The label of an edge stands in the node that has its number: l7 for e7. */
static Agnode_t *label_of(Agraph_t *graph, Agedge_t *edge)
{
    char name[32];
    const char *id = layout_get(edge, "id");
    snprintf(name, sizeof name, "l%s", id[0] ? id + 1 : "");
    return id[0] ? agnode(graph, name, 0) : NULL;
}

static void read_edge(rg_arena *arena, rg_sheet *sheet, Agraph_t *graph, Agedge_t *edge)
{
    rg_curve *curve = &sheet->curves[sheet->curve_count++];
    curve->hidden = strcmp(layout_get(edge, "style"), "invis") == 0;
    read_curve(arena, curve, layout_get(edge, "pos"));
    if (agtail(edge) == aghead(edge) && curve->arrow > 0)
        curve->around = sheet->node_count;
    Agnode_t *label = label_of(graph, edge);
    if (!label)
        return;
    rg_box box = read_box(label);
    curve->width = box.right - box.left;
    curve->height = box.high - box.low;
    curve->label = (rg_point){(box.left + box.right) / 2, (box.low + box.high) / 2};
}

static void read_sheet(rg_arena *arena, rg_sheet *sheet, Agraph_t *graph)
{
    *sheet = (rg_sheet){.nodes = rg_new(arena, rg_box, agnnodes(graph) + 2),
                        .outlines = rg_new(arena, rg_outline, agnnodes(graph) + 2),
                        .curves = rg_new(arena, rg_curve, agnedges(graph) + 1)};
    for (Agnode_t *n = agfstnode(graph); n; n = agnxtnode(graph, n)) {
        if (!is_label(n)) {
            rg_box *box = &sheet->nodes[sheet->node_count];
            *box = read_box(n);
            sheet->outlines[sheet->node_count++] = read_outline(arena, n, box);
        }
        for (Agedge_t *e = agfstout(graph, n); e; e = agnxtout(graph, e))
            read_edge(arena, sheet, graph, e);
    }
    if (read_heading(graph, &sheet->nodes[sheet->node_count]))
        sheet->node_count++;
}

/* --- changing ----------------------------------------------------------------------- */

static void make_label(Agraph_t *graph, Agedge_t *edge)
{
    static const char *const copied[] = {"fontname", "fontsize", "fontcolor",
                                         "tooltip"};
    const char *label = layout_get(edge, "label"), *id = layout_get(edge, "id");
    char name[32];
    if (!label[0] || id[0] != 'e')
        return;
    snprintf(name, sizeof name, "l%s", id + 1);
    Agnode_t *node = agnode(graph, name, 1);
    layout_set(node, "shape", "plain");
    layout_set(node, "class", "label");
    layout_set(node, "id", name);
    layout_set(node, "pos", layout_get(edge, "lp"));
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
        layout_set(node, copied[i], layout_get(edge, copied[i]));
    layout_set_label(node, label);
    layout_set(edge, "label", "");
}

static void make_labels(Agraph_t *graph)
{
    int count = agnnodes(graph);
    for (Agnode_t *n = agfstnode(graph); n && count-- > 0; n = agnxtnode(graph, n))
        for (Agedge_t *e = agfstout(graph, n); e; e = agnxtout(graph, e))
            make_label(graph, e);
}

static void put_label(Agraph_t *graph, Agedge_t *edge, rg_point place)
{
    Agnode_t *label = label_of(graph, edge);
    char text[64];
    snprintf(text, sizeof text, "%.2f,%.2f", place.x, place.y);
    if (label)
        layout_set(label, "pos", text);
}

static void put_loop(Agedge_t *edge, const rg_curve *curve)
{
    const rg_point *k = curve->knots, tip = curve->points[curve->count - 1];
    char text[256];
    snprintf(text, sizeof text, "e,%.2f,%.2f %.2f,%.2f %.2f,%.2f %.2f,%.2f %.2f,%.2f",
             tip.x, tip.y, k[0].x, k[0].y, k[1].x, k[1].y, k[2].x, k[2].y, k[3].x,
             k[3].y);
    layout_set(edge, "pos", text);
}

static void put_places(const rg_sheet *sheet, Agraph_t *graph)
{
    int i = 0;
    for (Agnode_t *n = agfstnode(graph); n; n = agnxtnode(graph, n))
        for (Agedge_t *e = agfstout(graph, n); e; e = agnxtout(graph, e), i++) {
            put_label(graph, e, sheet->curves[i].label);
            if (sheet->curves[i].is_bent)
                put_loop(e, &sheet->curves[i]);
        }
}

static void cover(rg_box *all, const rg_box *one)
{
    all->left = fmin(all->left, one->left);
    all->right = fmax(all->right, one->right);
    all->low = fmin(all->low, one->low);
    all->high = fmax(all->high, one->high);
}

/* How large the picture has become: labels and loops may stand outside of what dot laid
 * out. */
static rg_box find_bounds(const rg_sheet *sheet, Agraph_t *graph)
{
    rg_box all = {0, 0, 0, 0};
    sscanf(layout_get(graph, "bb"), "%lf,%lf,%lf,%lf", &all.left, &all.low, &all.right,
           &all.high);
    for (int i = 0; i < sheet->curve_count; i++) {
        const rg_curve *curve = &sheet->curves[i];
        double x = curve->width / 2, y = curve->height / 2;
        const rg_box label = {curve->label.x - x, curve->label.y - y,
                              curve->label.x + x, curve->label.y + y};
        cover(&all, &curve->bounds);
        if (curve->width > 0)
            cover(&all, &label);
    }
    return all;
}

/* Borders of nodes are told where these are declared. */
static void ask_for_outlines(Agraph_t *graph)
{
    char vertices[] = "vertices", samples[] = "samplepoints", none[] = "",
         many[] = "32";
    agattr(graph, AGNODE, vertices, none);
    agattr(graph, AGNODE, samples, many);
}

bool layout_again(GVC_t *gvc, Agraph_t *graph)
{
    gvFreeLayout(gvc, graph);
    return gvLayout(gvc, graph, "nop2") == 0;
}

bool layout_labels(GVC_t *gvc, Agraph_t *graph, rg_arena *arena, layout_quality *out)
{
    rg_sheet sheet;
    ask_for_outlines(graph);
    layout_attach(gvc, graph);
    gvFreeLayout(gvc, graph); /* before there are nodes that it did not lay out */
    layout_set(graph, "layout", "nop2");
    make_labels(graph);
    if (gvLayout(gvc, graph, "nop2") != 0)
        return false;
    layout_attach(gvc, graph);
    read_sheet(arena, &sheet, graph);
    out->labels = rg_place_labels(arena, &sheet);
    out->crossings = rg_place_crossings(&sheet);
    put_places(&sheet, graph);
    rg_box all = find_bounds(&sheet, graph);
    out->width = all.right - all.left;
    out->height = all.high - all.low;
    return true;
}
