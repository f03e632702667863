#include "graph/palette.h"

#include "graph/style.h"

bool rg_palette_page(rg_page_key *out, int index)
{
    const rg_page *light = rg_style_page(false), *dark = rg_style_page(true);
    const rg_page_key keys[] = {
        {"background", {light->background, dark->background}},
        {"text", {light->text, dark->text}},
        {"faint", {light->faint, dark->faint}},
        {"line", {light->line, dark->line}},
        {"line-text", {light->line_text, dark->line_text}},
        {"adverse", {light->adverse, dark->adverse}},
    };
    if (index >= (int)(sizeof keys / sizeof *keys))
        return false;
    *out = keys[index];
    return true;
}

bool rg_palette_kind(rg_kind_key *out, int index)
{
    if (index >= RG_KIND_COUNT)
        return false;
    const rg_kind *kind = &rg_style_kinds[index];
    *out = (rg_kind_key){.name = kind->name,
                         .word = kind->legend,
                         .shape = kind->shape,
                         .is_round = kind->style[0] == 'r',
                         .fill = {kind->light.fill, kind->dark.fill},
                         .stroke = {kind->light.stroke, kind->dark.stroke}};
    return true;
}

bool rg_palette_manner(rg_manner_key *out, int index)
{
    if (index >= RG_MANNER_COUNT)
        return false;
    const rg_stroke *stroke = &rg_style_strokes[index];
    *out = (rg_manner_key){.name = stroke->name,
                           .word = stroke->legend,
                           .line = stroke->style,
                           .before = stroke->before,
                           .has_bar = stroke->arrowhead[0] == 't'};
    return true;
}

int rg_palette_find_kind(rg_str type)
{
    return rg_style_find_kind(type);
}
