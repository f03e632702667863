/* style.h - how diagrams look, as data: what the key `style` of rule files says.
 *
 * rules/ fills it, file by file, and graph/ draws by it. All strings end with a zero byte
 * and stand in the arena of the rules; none is NULL but where it is said.
 */
#ifndef RG_BASE_STYLE_H
#define RG_BASE_STYLE_H

#include "base/str.h"

/* How a relation is said: links differ in their line and arrow head by it. */
typedef enum rg_manner {
    RG_MANNER_STATED,
    RG_MANNER_POSSIBLE, /* possible, conditional or reported: dashed */
    RG_MANNER_PLANNED,  /* intended or obliged: dotted */
    RG_MANNER_NEGATED,
    RG_MANNER_DENIED,
    RG_MANNER_COUNT
} rg_manner;

enum {
    RG_STYLE_KINDS = 32,
    RG_STYLE_CLASSES = 16,
    RG_STYLE_THEMES = 8,
    RG_STYLE_FTM = 8
};

typedef struct rg_style_words {
    const rg_str *items;
    int count;
} rg_style_words;

static inline bool rg_words_have(rg_style_words words, rg_str word)
{
    for (int i = 0; i < words.count; i++)
        if (rg_str_equal(words.items[i], word))
            return true;
    return false;
}

/* How a group of types is drawn. */
typedef struct rg_kind {
    const char *name;   /* class of its nodes in SVG, behind "t-" */
    const char *legend; /* word of the legend */
    const char *shape, *margin;
    bool is_round; /* corners of a box */
    rg_style_words types;
    const char *ftm; /* schema in FollowTheMoney, of ftm.def; NULL: that of the rest */
} rg_kind;

/* Relations that are a schema of links in FollowTheMoney. */
typedef struct rg_ftm_link {
    const char *schema;                /* of ftm.def */
    rg_style_words relations, inverse; /* inverse: the object is what its subject is */
} rg_ftm_link;

/* Relations that have a colour. */
typedef struct rg_relation_class {
    const char *name, *legend;
    rg_style_words relations; /* labels that belong to it if the triple does not say */
} rg_relation_class;

/* How a manner is drawn: `style` and `arrowhead` of Graphviz, and the word before the
 * relation. */
typedef struct rg_stroke {
    const char *name;   /* class of its edges in SVG, behind "m-" */
    const char *legend; /* word of the legend */
    const char *style, *arrowhead, *before;
    rg_style_words modalities, polarities; /* of triples that are said in this manner */
} rg_stroke;

typedef struct rg_paint {
    const char *fill, *stroke; /* NULL: not given */
} rg_paint;

/* Colours of what stands on the page whatever the types are; faint: counts and legend. */
typedef enum rg_page_part {
    RG_PAGE_BACKGROUND,
    RG_PAGE_TEXT,
    RG_PAGE_FAINT,
    RG_PAGE_LINE,
    RG_PAGE_LINE_TEXT,
    RG_PAGE_COUNT
} rg_page_part;

typedef struct rg_theme {
    const char *name;
    bool dark;
    const char *page[RG_PAGE_COUNT];
    rg_paint kinds[RG_STYLE_KINDS];
    const char *classes[RG_STYLE_CLASSES]; /* NULL: that of lines */
} rg_theme;

typedef enum rg_style_size {
    RG_SIZE_TITLE,
    RG_SIZE_COUNTS,
    RG_SIZE_LEGEND,
    RG_SIZE_NODE, /* of the least important node */
    RG_SIZE_HUB,  /* of the most important one */
    RG_SIZE_RELATION,
    RG_SIZE_COUNT
} rg_style_size;

typedef struct rg_style {
    const char *font;
    double sizes[RG_SIZE_COUNT]; /* in points */
    rg_kind kinds[RG_STYLE_KINDS];
    rg_relation_class classes[RG_STYLE_CLASSES]; /* of two on one line the first wins */
    rg_ftm_link ftm[RG_STYLE_FTM];
    rg_theme themes[RG_STYLE_THEMES]; /* light and dark are among them */
    int kind_count, class_count, theme_count, ftm_count;
    int other; /* the kind of types that belong to no other */
    rg_stroke strokes[RG_MANNER_COUNT];
} rg_style;

#endif
