/* load_style.c - `style:`: shapes, lines, colours and sizes of diagrams. A later file changes
 * single keys of earlier ones.
 */
#include "rules/load.h"

#include <string.h>

static const char *const manner_names[] = {
    [RG_MANNER_STATED] = "stated",   [RG_MANNER_POSSIBLE] = "possible",
    [RG_MANNER_PLANNED] = "planned", [RG_MANNER_NEGATED] = "negated",
    [RG_MANNER_DENIED] = "denied",   [RG_MANNER_COUNT] = NULL,
};

static const char *const page_names[] = {
    [RG_PAGE_BACKGROUND] = "background", [RG_PAGE_TEXT] = "text",
    [RG_PAGE_FAINT] = "faint",           [RG_PAGE_LINE] = "line",
    [RG_PAGE_LINE_TEXT] = "line_text",
};

static const char *const size_names[] = {
    [RG_SIZE_TITLE] = "title",   [RG_SIZE_COUNTS] = "counts",
    [RG_SIZE_LEGEND] = "legend", [RG_SIZE_NODE] = "node",
    [RG_SIZE_HUB] = "hub",       [RG_SIZE_RELATION] = "relation",
    [RG_SIZE_COUNT] = NULL,
};

static const char *const shapes[] = {"box",     "ellipse", "hexagon",   "note",
                                     "octagon", "diamond", "house",     "parallelogram",
                                     "folder",  "tab",     "component", NULL};
static const char *const corners[] = {"sharp", "round", NULL};
static const char *const lines[] = {"solid", "dashed", "dotted", NULL};
static const char *const arrows[] = {"normal", "tee", NULL};

static const char *const ftm_things[] = {
#define ENTITY(schema, is, caption) #schema,
#define LINK(schema, subject, subject_is, object, object_is, role)
#include "base/ftm.def"
#undef ENTITY
#undef LINK
    NULL,
};

static const char *const ftm_links[] = {
#define ENTITY(schema, is, caption)
#define LINK(schema, subject, subject_is, object, object_is, role) #schema,
#include "base/ftm.def"
#undef ENTITY
#undef LINK
    NULL,
};

/* ---- Values: what is wrong is told, and the old value stays ------------------------- */

static const char *keep(loader *l, rg_str text)
{
    return rg_arena_format(l->c.arena, "%.*s", RG_PRINT(text)).bytes;
}

static void read_text(loader *l, const rg_yaml *map, const char *key, const char **out)
{
    enum { LONGEST = 60 };
    const rg_yaml *node = rg_yaml_find(map, key);
    if (!node)
        return;
    if (node->kind != RG_YAML_SCALAR)
        load_expect(l, node, RG_YAML_SCALAR, NULL);
    else if (node->scalar.value.len > LONGEST)
        load_error(l, node->scalar, "too-long", NULL, "'%s' has more than %d bytes",
                   key, LONGEST);
    else
        *out = keep(l, node->scalar.value);
}

/* One of `words`; its index, or RG_NONE. */
static int read_word(loader *l, const rg_yaml *map, const char *key,
                     const char *const *words, const char **out)
{
    const rg_yaml *node = rg_yaml_find(map, key);
    if (!node || !load_expect(l, node, RG_YAML_SCALAR, NULL))
        return RG_NONE;
    int found = load_word(l, node->scalar, words, key);
    if (found != RG_NONE && out)
        *out = words[found];
    return found;
}

static void read_words(loader *l, const rg_yaml *map, const char *key,
                       rg_style_words *out)
{
    const rg_yaml *node = rg_yaml_find(map, key);
    if (!node)
        return;
    const rg_scalar *scalars;
    int count = load_scalars(l, node, &scalars, "write a list of words");
    rg_str *items = rg_new(l->c.arena, rg_str, count + 1);
    for (int i = 0; i < count; i++)
        items[i] = scalars[i].value;
    *out = (rg_style_words){items, count};
}

static void read_colour(loader *l, const rg_yaml *node, const char **out)
{
    if (!node || !load_expect(l, node, RG_YAML_SCALAR, "write \"#RRGGBB\""))
        return;
    const char *text = keep(l, node->scalar.value);
    if (text[0] == '#' && strlen(text) == 7
        && strspn(text + 1, "0123456789abcdefABCDEF") == 6)
        *out = text;
    else
        load_error(l, node->scalar, "bad-colour", "write \"#RRGGBB\", in quotes",
                   "'%.*s' is no colour", RG_PRINT(load_excerpt(node->scalar.value)));
}

/* Text of which only these bytes may go into DOT. */
static void read_plain(loader *l, const rg_yaml *map, const char *key,
                       const char *bytes, const char *hint, const char **out)
{
    const char *text = NULL;
    read_text(l, map, key, &text);
    if (text && text[0] != '\0' && text[strspn(text, bytes)] == '\0')
        *out = text;
    else if (text)
        load_error(l, rg_yaml_find(map, key)->scalar, "unknown-value", hint,
                   "'%s' cannot be a %s", text, key);
}

/* ---- Names of kinds, classes and themes ---------------------------------------------- */

/* The index of the name that this struct of `size` bytes begins with, or RG_NONE. */
static int find_named(const void *first, size_t size, int count, rg_str name)
{
    for (int i = 0; i < count; i++) {
        const char *const *at = (const void *)((const char *)first + size * (size_t)i);
        if (rg_str_is(name, *at))
            return i;
    }
    return RG_NONE;
}

static bool has_room(loader *l, rg_scalar name, int count, int most, const char *what)
{
    if (!load_check_name(l, name, what))
        return false;
    return count < most
           || load_error(l, name, "too-many", NULL, "at most %d of them", most);
}

static int find_or_add_kind(loader *l, rg_scalar name)
{
    rg_style *style = l->c.rules->style;
    int found =
        find_named(style->kinds, sizeof *style->kinds, style->kind_count, name.value);
    if (found != RG_NONE
        || !has_room(l, name, style->kind_count, RG_STYLE_KINDS, "a kind of nodes"))
        return found;
    const char *text = keep(l, name.value);
    style->kinds[style->kind_count] =
        (rg_kind){.name = text, .legend = text, .shape = "box", .margin = "0.13,0.07"};
    return style->kind_count++;
}

static int find_or_add_class(loader *l, rg_scalar name)
{
    rg_style *style = l->c.rules->style;
    int found = find_named(style->classes, sizeof *style->classes, style->class_count,
                           name.value);
    if (found != RG_NONE
        || !has_room(l, name, style->class_count, RG_STYLE_CLASSES, "relations"))
        return found;
    const char *text = keep(l, name.value);
    style->classes[style->class_count] =
        (rg_relation_class){.name = text, .legend = text};
    return style->class_count++;
}

/* A new theme begins as the first one. */
static int find_or_add_theme(loader *l, rg_scalar name)
{
    rg_style *style = l->c.rules->style;
    int found = find_named(style->themes, sizeof *style->themes, style->theme_count,
                           name.value);
    if (found != RG_NONE
        || !has_room(l, name, style->theme_count, RG_STYLE_THEMES, "a theme"))
        return found;
    rg_theme *theme = &style->themes[style->theme_count];
    *theme = style->themes[0];
    theme->name = keep(l, name.value);
    return style->theme_count++;
}

/* ---- Parts ----------------------------------------------------------------------------- */

static void read_kind(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"types",  "legend", "shape", "corners",
                                       "margin", "ftm",    NULL};
    int index = find_or_add_kind(l, node->key->scalar);
    if (index == RG_NONE || !load_expect(l, node, RG_YAML_MAP, "write {shape: box}"))
        return;
    rg_kind *kind = &l->c.rules->style->kinds[index];
    load_check_keys(l, node, "a kind of nodes", keys);
    read_words(l, node, "types", &kind->types);
    read_text(l, node, "legend", &kind->legend);
    read_word(l, node, "shape", shapes, &kind->shape);
    read_word(l, node, "ftm", ftm_things, &kind->ftm);
    int round = read_word(l, node, "corners", corners, NULL);
    kind->is_round = round == RG_NONE ? kind->is_round : round == 1;
    read_plain(l, node, "margin", "0123456789.,", "write \"0.13,0.07\": inches",
               &kind->margin);
}

static void read_class(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"legend", "relations", NULL};
    int index = find_or_add_class(l, node->key->scalar);
    if (index == RG_NONE
        || !load_expect(l, node, RG_YAML_MAP, "write {relations: [sues]}"))
        return;
    rg_relation_class *made = &l->c.rules->style->classes[index];
    load_check_keys(l, node, "a class of relations", keys);
    read_text(l, node, "legend", &made->legend);
    read_words(l, node, "relations", &made->relations);
}

/* The schema's lists, which a later file replaces. */
static void read_ftm(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"relations", "inverse", NULL};
    rg_style *style = l->c.rules->style;
    int name = load_word(l, node->key->scalar, ftm_links, "ftm");
    if (name == RG_NONE
        || !load_expect(l, node, RG_YAML_MAP, "write {relations: [owns]}"))
        return;
    int index = find_named(style->ftm, sizeof *style->ftm, style->ftm_count,
                           rg_str_of(ftm_links[name]));
    if (index == RG_NONE) /* there are no more names than room */
        index = style->ftm_count++;
    rg_ftm_link *made = &style->ftm[index];
    made->schema = ftm_links[name];
    load_check_keys(l, node, "a link of ftm", keys);
    read_words(l, node, "relations", &made->relations);
    read_words(l, node, "inverse", &made->inverse);
}

static void read_manner(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"legend",   "line",     "arrow", "before",
                                       "modality", "polarity", NULL};
    int index = load_word(l, node->key->scalar, manner_names, "manner");
    if (index == RG_NONE || !load_expect(l, node, RG_YAML_MAP, "write {line: dashed}"))
        return;
    rg_stroke *stroke = &l->c.rules->style->strokes[index];
    load_check_keys(l, node, "a manner", keys);
    read_text(l, node, "legend", &stroke->legend);
    read_text(l, node, "before", &stroke->before);
    read_word(l, node, "line", lines, &stroke->style);
    read_word(l, node, "arrow", arrows, &stroke->arrowhead);
    read_words(l, node, "modality", &stroke->modalities);
    read_words(l, node, "polarity", &stroke->polarities);
}

static void read_paint(loader *l, const rg_yaml *node, rg_theme *theme)
{
    static const char *const keys[] = {"fill", "stroke", NULL};
    int index = find_or_add_kind(l, node->key->scalar);
    if (index == RG_NONE
        || !load_expect(l, node, RG_YAML_MAP, "write {fill: \"#RRGGBB\"}"))
        return;
    load_check_keys(l, node, "the colours of a kind", keys);
    read_colour(l, rg_yaml_find(node, "fill"), &theme->kinds[index].fill);
    read_colour(l, rg_yaml_find(node, "stroke"), &theme->kinds[index].stroke);
}

static void read_class_colour(loader *l, const rg_yaml *node, rg_theme *theme)
{
    int index = find_or_add_class(l, node->key->scalar);
    if (index != RG_NONE)
        read_colour(l, node, &theme->classes[index]);
}

static void read_theme(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"dark",  "background", "text",
                                       "faint", "line",       "line_text",
                                       "nodes", "relations",  NULL};
    int index = find_or_add_theme(l, node->key->scalar);
    if (index == RG_NONE
        || !load_expect(l, node, RG_YAML_MAP, "write {line: \"#RRGGBB\"}"))
        return;
    rg_theme *theme = &l->c.rules->style->themes[index];
    load_check_keys(l, node, "a theme", keys);
    const rg_yaml *part;
    if ((part = rg_yaml_find(node, "dark")))
        load_bool(l, part, &theme->dark);
    for (int i = 0; i < RG_PAGE_COUNT; i++)
        read_colour(l, rg_yaml_find(node, page_names[i]), &theme->page[i]);
    if ((part = rg_yaml_find(node, "nodes")) && load_expect(l, part, RG_YAML_MAP, NULL))
        for (const rg_yaml *child = part->first; child; child = child->next)
            read_paint(l, child, theme);
    if ((part = rg_yaml_find(node, "relations"))
        && load_expect(l, part, RG_YAML_MAP, NULL))
        for (const rg_yaml *child = part->first; child; child = child->next)
            read_class_colour(l, child, theme);
}

/* Smaller text cannot be read, larger text leaves no room. */
static void read_sizes(loader *l, const rg_yaml *node)
{
    enum { LEAST = 7, MOST = 72 };
    load_check_keys(l, node, "'sizes'", size_names);
    for (int i = 0; i < RG_SIZE_COUNT; i++) {
        const rg_yaml *size = rg_yaml_find(node, size_names[i]);
        if (size)
            load_decimal(l, size, LEAST, MOST, &l->c.rules->style->sizes[i]);
    }
}

/* ---- All of it -------------------------------------------------------------------------- */

static void read_each(loader *l, const rg_yaml *map, const char *key,
                      void (*read)(loader *l, const rg_yaml *node))
{
    const rg_yaml *part = rg_yaml_find(map, key);
    if (part && load_expect(l, part, RG_YAML_MAP, "write NAME: {KEY: VALUE}"))
        for (const rg_yaml *child = part->first; child; child = child->next)
            read(l, child);
}

void load_style(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"font",    "sizes",  "nodes", "relations",
                                       "manners", "themes", "ftm",   NULL};
    if (!load_expect(l, node, RG_YAML_MAP, "write style: {themes: {NAME: ...}}"))
        return;
    load_check_keys(l, node, "'style'", keys);
    read_plain(l, node, "font",
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,-",
               "write names of fonts, with commas between them",
               &l->c.rules->style->font);
    const rg_yaml *sizes = rg_yaml_find(node, "sizes");
    if (sizes && load_expect(l, sizes, RG_YAML_MAP, "write {title: 20}"))
        read_sizes(l, sizes);
    read_each(l, node, "nodes", read_kind);
    read_each(l, node, "relations", read_class);
    read_each(l, node, "manners", read_manner);
    read_each(l, node, "themes", read_theme);
    read_each(l, node, "ftm", read_ftm);
}

/* Black on white, and white on black: what a set without `style` is drawn in. */
rg_style *load_style_begin(rg_arena *arena)
{
    rg_style *style = rg_new(arena, rg_style, 1);
    *style = (rg_style){
        .font = "sans-serif",
        .sizes = {20, 10.5, 9.5, 11.5, 18, 9},
        .themes = {{.name = "light",
                    .page = {"#FFFFFF", "#000000", "#000000", "#000000", "#000000"}},
                   {.name = "dark",
                    .dark = true,
                    .page = {"#000000", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF"}}},
        .theme_count = 2,
    };
    for (int i = 0; i < RG_MANNER_COUNT; i++)
        style->strokes[i] = (rg_stroke){.name = manner_names[i],
                                        .legend = manner_names[i],
                                        .style = "solid",
                                        .arrowhead = "normal",
                                        .before = ""};
    return style;
}

/* There is always a kind for types of no other. */
void load_style_end(loader *l)
{
    l->c.rules->style->other =
        find_or_add_kind(l, (rg_scalar){.value = RG_STR("other")});
    if (l->c.rules->style->other == RG_NONE)
        l->c.rules->style->other = 0;
}
