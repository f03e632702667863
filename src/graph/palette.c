#include "graph/palette.h"

#include "graph/style.h"

typedef struct themes {
    const rg_theme *light, *dark;
} themes;

static themes themes_of(const rg_graph *graph)
{
    const rg_theme *own = graph->theme;
    return own->dark ? (themes){rg_style_find_theme(graph->style, RG_STR("light")), own}
                     : (themes){own, rg_style_find_theme(graph->style, RG_STR("dark"))};
}

bool rg_palette_page(rg_page_key *out, const rg_graph *graph, int index)
{
    static const char *const names[] = {
        [RG_PAGE_BACKGROUND] = "background", [RG_PAGE_TEXT] = "text",
        [RG_PAGE_FAINT] = "faint",           [RG_PAGE_LINE] = "line",
        [RG_PAGE_LINE_TEXT] = "line-text",
    };
    themes of = themes_of(graph);
    if (index >= RG_PAGE_COUNT)
        return false;
    *out = (rg_page_key){names[index], {of.light->page[index], of.dark->page[index]}};
    return true;
}

bool rg_palette_kind(rg_kind_key *out, const rg_graph *graph, int index)
{
    themes of = themes_of(graph);
    if (index >= graph->style->kind_count)
        return false;
    const rg_kind *kind = &graph->style->kinds[index];
    rg_paint light = rg_style_paint(graph->style, of.light, index);
    rg_paint dark = rg_style_paint(graph->style, of.dark, index);
    *out = (rg_kind_key){.name = kind->name,
                         .word = kind->legend,
                         .shape = kind->shape,
                         .is_round = kind->is_round,
                         .fill = {light.fill, dark.fill},
                         .stroke = {light.stroke, dark.stroke}};
    return true;
}

bool rg_palette_class(rg_class_key *out, const rg_graph *graph, int index)
{
    themes of = themes_of(graph);
    if (index >= graph->style->class_count)
        return false;
    bool has_colour = of.light->classes[index] || of.dark->classes[index];
    *out = (rg_class_key){graph->style->classes[index].name,
                          graph->style->classes[index].legend,
                          {has_colour ? rg_style_colour(of.light, index) : "",
                           has_colour ? rg_style_colour(of.dark, index) : ""}};
    return true;
}

bool rg_palette_manner(rg_manner_key *out, const rg_graph *graph, int index)
{
    if (index >= RG_MANNER_COUNT)
        return false;
    const rg_stroke *stroke = &graph->style->strokes[index];
    *out = (rg_manner_key){.name = stroke->name,
                           .word = stroke->legend,
                           .line = stroke->style,
                           .before = stroke->before,
                           .has_bar = stroke->arrowhead[0] == 't'};
    return true;
}

int rg_palette_find_kind(const rg_graph *graph, rg_str type)
{
    return rg_style_find_kind(graph->style, type);
}

int rg_palette_find_class(const rg_graph *graph, const rg_edge *edge)
{
    return rg_style_find_class(graph->style, edge->style, edge->relation);
}
