#include "graph/style.h"

#include <math.h>

int rg_style_find_kind(const rg_style *style, rg_str type)
{
    for (int i = 0; i < style->kind_count; i++)
        if (rg_words_have(style->kinds[i].types, type))
            return i;
    return style->other;
}

int rg_style_find_class(const rg_style *style, rg_str name, rg_str relation)
{
    for (int i = 0; i < style->class_count && name.len > 0; i++)
        if (rg_str_is(name, style->classes[i].name))
            return i;
    for (int i = 0; i < style->class_count; i++)
        if (rg_words_have(style->classes[i].relations, relation))
            return i;
    return -1;
}

rg_manner rg_style_find_manner(const rg_style *style, rg_str polarity, rg_str modality)
{
    for (int i = 0; i < RG_MANNER_COUNT; i++)
        if (rg_words_have(style->strokes[i].polarities, polarity))
            return (rg_manner)i;
    for (int i = 0; i < RG_MANNER_COUNT; i++)
        if (rg_words_have(style->strokes[i].modalities, modality))
            return (rg_manner)i;
    return RG_MANNER_STATED;
}

const rg_theme *rg_style_find_theme(const rg_style *style, rg_str name)
{
    for (int i = 0; i < style->theme_count; i++)
        if (rg_str_is(name, style->themes[i].name))
            return &style->themes[i];
    return NULL;
}

rg_paint rg_style_paint(const rg_style *style, const rg_theme *theme, int kind)
{
    rg_paint own = theme->kinds[kind], other = theme->kinds[style->other];
    const char *fill = own.fill ? own.fill : other.fill;
    const char *stroke = own.stroke ? own.stroke : other.stroke;
    return (rg_paint){fill ? fill : theme->page[RG_PAGE_BACKGROUND],
                      stroke ? stroke : theme->page[RG_PAGE_LINE]};
}

const char *rg_style_colour(const rg_theme *theme, int class)
{
    const char *own = class < 0 ? NULL : theme->classes[class];
    return own ? own : theme->page[RG_PAGE_LINE];
}

/* A graph of few triples has no hub: sizes count from this degree on. */
enum { LEAST_MAX_DEGREE = 6 };

static double share(int degree, int max_degree)
{
    int max = max_degree > LEAST_MAX_DEGREE ? max_degree : LEAST_MAX_DEGREE;
    return (double)degree / max;
}

double rg_style_node_size(const rg_style *style, int degree, int max_degree)
{
    double least = style->sizes[RG_SIZE_NODE], most = style->sizes[RG_SIZE_HUB];
    return least + (most - least) * pow(share(degree, max_degree), 0.75);
}

double rg_style_node_line(int degree, int max_degree)
{
    return 1.1 + 1.5 * share(degree, max_degree);
}

double rg_style_edge_line(int weight)
{
    double more = 0.15 * weight;
    return 0.9 + (more < 1.5 ? more : 1.5);
}

bool rg_style_is_bold(int degree, int max_degree)
{
    return share(degree, max_degree) >= 0.25 && degree >= 3;
}
