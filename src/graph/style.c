#include "graph/style.h"

#include <math.h>

static const rg_page light_page = {
    .background = "#FFFFFF",
    .text = "#1B2530",
    .faint = "#5A6874",
    .line = "#8794A1",
    .line_text = "#384653",
    .adverse = "#B3261E",
};

static const rg_page dark_page = {
    .background = "#11161C",
    .text = "#E8EDF2",
    .faint = "#9DADBC",
    .line = "#748393",
    .line_text = "#C4CFD9",
    .adverse = "#FF8A80",
};

enum { ORGANISATION, GOVERNMENT, PERSON, PLACE, PRODUCT, OTHER };

const rg_kind rg_style_kinds[RG_KIND_COUNT] = {
    [ORGANISATION] = {.name = "org",
                      .legend = "Organisation",
                      .shape = "box",
                      .style = "rounded,filled",
                      .margin = "0.13,0.07",
                      .light = {"#E4EFFA", "#0B62A8"},
                      .dark = {"#0F2E4A", "#4DA3F5"}},
    [GOVERNMENT] = {.name = "government",
                    .legend = "Government",
                    .shape = "box",
                    .style = "filled",
                    .margin = "0.13,0.07",
                    .light = {"#F6E6EF", "#9B3A75"},
                    .dark = {"#3D1C32", "#EC7FBF"}},
    [PERSON] = {.name = "person",
                .legend = "Person",
                .shape = "ellipse",
                .style = "filled",
                .margin = "0.05,0.03",
                .light = {"#FFF1CC", "#A86400"},
                .dark = {"#3D2E0B", "#F2BE5C"}},
    [PLACE] = {.name = "place",
               .legend = "Place",
               .shape = "hexagon",
               .style = "filled",
               .margin = "0.02,0.02",
               .light = {"#DFF3EB", "#0A5240"},
               .dark = {"#0C352A", "#2FBF95"}},
    [PRODUCT] = {.name = "product",
                 .legend = "Product",
                 .shape = "note",
                 .style = "filled",
                 .margin = "0.13,0.07",
                 .light = {"#EEE8FB", "#6D28D9"},
                 .dark = {"#2A2550", "#DCD3FF"}},
    [OTHER] = {.name = "other",
               .legend = "Other",
               .shape = "box",
               .style = "filled",
               .margin = "0.13,0.07",
               .light = {"#EEF1F4", "#5B6770"},
               .dark = {"#252C34", "#A9B4BF"}},
};

static const struct {
    const char *type;
    int kind;
} types[] = {
    {"org", ORGANISATION}, {"group", ORGANISATION}, {"government", GOVERNMENT},
    {"person", PERSON},    {"place", PLACE},        {"facility", PLACE},
    {"product", PRODUCT},  {"work", PRODUCT},       {"law", PRODUCT},
    {"language", PRODUCT},
};

const rg_stroke rg_style_strokes[RG_MANNER_COUNT] = {
    [RG_MANNER_STATED] = {"stated", "stated", "solid", "normal", ""},
    [RG_MANNER_POSSIBLE] = {"possible", "possible or alleged", "dashed", "normal", ""},
    [RG_MANNER_PLANNED] = {"planned", "planned or due", "dotted", "normal", ""},
    [RG_MANNER_NEGATED] = {"negated", "negated", "solid", "tee", "not "},
    [RG_MANNER_DENIED] = {"denied", "denied", "solid", "tee", "denies "},
};

const rg_page *rg_style_page(bool dark)
{
    return dark ? &dark_page : &light_page;
}

int rg_style_find_kind(rg_str type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (rg_str_is(type, types[i].type))
            return types[i].kind;
    return OTHER;
}

rg_paint rg_style_paint(const rg_kind *kind, bool dark)
{
    return dark ? kind->dark : kind->light;
}

/* A graph of few triples has no hub: sizes count from this degree on. */
enum { LEAST_MAX_DEGREE = 6 };

static double share(int degree, int max_degree)
{
    int max = max_degree > LEAST_MAX_DEGREE ? max_degree : LEAST_MAX_DEGREE;
    return (double)degree / max;
}

double rg_style_node_size(int degree, int max_degree)
{
    return 11.5 + 6.5 * pow(share(degree, max_degree), 0.75);
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
