/* The colours of rules/style.yaml: text can be read on them, and kinds of nodes and classes
 * of relations are told apart by those who do not see all colours, too.
 */
#include "graph/style.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
/* cmocka wants the headers above */
#include <cmocka.h>

#include "../style.h"

typedef struct colour {
    double part[3];
} colour;

/* Linear light from 0 to 1. */
static colour read_colour(const char *text)
{
    unsigned bytes[3];
    colour made;
    assert_int_equal(sscanf(text, "#%2x%2x%2x", &bytes[0], &bytes[1], &bytes[2]), 3);
    for (int i = 0; i < 3; i++) {
        double value = bytes[i] / 255.0;
        made.part[i] =
            value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
    }
    return made;
}

static colour multiply(const double matrix[3][3], colour by)
{
    colour made = {{0}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            made.part[i] += matrix[i][j] * by.part[j];
    return made;
}

/* WCAG 2.2: relative luminance and contrast. */
static double luminance(const char *text)
{
    colour of = read_colour(text);
    return 0.2126 * of.part[0] + 0.7152 * of.part[1] + 0.0722 * of.part[2];
}

static double contrast(const char *one, const char *other)
{
    double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

/* Machado, Oliveira and Fernandes 2009, severity 1.0, for linear light; first: as it is. */
static const struct {
    const char *name;
    double matrix[3][3];
} sights[] = {
    {"all colours", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"protanopia",
     {{0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}}},
    {"deuteranopia",
     {{0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}}},
    {"tritanopia",
     {{1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}}},
};

enum { SIGHTS = sizeof sights / sizeof *sights };

static double bend(double value)
{
    return value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116;
}

/* CIE L*a*b*, white D65. */
static colour to_lab(colour of)
{
    static const double to_xyz[3][3] = {{0.4124564, 0.3575761, 0.1804375},
                                        {0.2126729, 0.7151522, 0.0721750},
                                        {0.0193339, 0.1191920, 0.9503041}};
    colour xyz = multiply(to_xyz, of);
    double x = bend(xyz.part[0] / 0.95047), y = bend(xyz.part[1]),
           z = bend(xyz.part[2] / 1.08883);
    return (colour){{116 * y - 16, 500 * (x - y), 200 * (y - z)}};
}

static colour see(const char *text, int sight)
{
    colour seen = multiply(sights[sight].matrix, read_colour(text));
    for (int i = 0; i < 3; i++)
        seen.part[i] = fmin(1, fmax(0, seen.part[i]));
    return to_lab(seen);
}

/* CIE 1976: about 2 is what can be told apart side by side. */
static double distance(const char *one, const char *other, int sight)
{
    colour a = see(one, sight), b = see(other, sight);
    return sqrt(pow(a.part[0] - b.part[0], 2) + pow(a.part[1] - b.part[1], 2)
                + pow(a.part[2] - b.part[2], 2));
}

/* ---- All themes ---------------------------------------------------------------------- */

static rg_arena *arena;

static void assert_least(double found, double least, const char *what,
                         const char *theme, const char *one, const char *other)
{
    if (found < least)
        fail_msg("%s of %s and %s in theme %s is %.1f, less than %.1f", what, one,
                 other, theme, found, least);
}

static void text_can_be_read_in_all_themes(void **state)
{
    (void)state;
    const rg_style *style = shipped_style(arena);
    for (int i = 0; i < style->theme_count; i++) {
        const rg_theme *theme = &style->themes[i];
        const char *const *page = theme->page, *ground = page[RG_PAGE_BACKGROUND];
        for (int part = RG_PAGE_TEXT; part < RG_PAGE_COUNT; part++)
            assert_least(contrast(page[part], ground), part == RG_PAGE_LINE ? 3 : 4.5,
                         "contrast", theme->name, page[part], ground);
        for (int j = 0; j < style->class_count; j++)
            assert_least(contrast(theme->classes[j], ground), 4.5, "contrast",
                         theme->name, theme->classes[j], ground);
        for (int j = 0; j < style->kind_count; j++) {
            assert_least(contrast(page[RG_PAGE_TEXT], theme->kinds[j].fill), 7,
                         "contrast", theme->name, page[RG_PAGE_TEXT],
                         theme->kinds[j].fill);
            assert_least(contrast(theme->kinds[j].stroke, ground), 3, "contrast",
                         theme->name, theme->kinds[j].stroke, ground);
        }
    }
}

static void kinds_are_told_apart_by_everybody(void **state)
{
    (void)state;
    const rg_style *style = shipped_style(arena);
    for (int i = 0; i < style->theme_count; i++)
        for (int a = 0; a < style->kind_count; a++)
            for (int b = 0; b < a; b++)
                for (int sight = 0; sight < SIGHTS; sight++) {
                    const rg_paint *one = &style->themes[i].kinds[a],
                                   *other = &style->themes[i].kinds[b];
                    assert_least(fmax(distance(one->fill, other->fill, sight),
                                      distance(one->stroke, other->stroke, sight)),
                                 8, sights[sight].name, style->themes[i].name,
                                 style->kinds[a].name, style->kinds[b].name);
                }
}

/* Lines are thin: their colours must be further apart, from that of all others, too. */
static void classes_are_told_apart_by_everybody(void **state)
{
    (void)state;
    const rg_style *style = shipped_style(arena);
    for (int i = 0; i < style->theme_count; i++)
        for (int a = 0; a < style->class_count; a++)
            for (int b = -1; b < a; b++)
                for (int sight = 0; sight < SIGHTS; sight++) {
                    const rg_theme *theme = &style->themes[i];
                    assert_least(distance(rg_style_colour(theme, a),
                                          rg_style_colour(theme, b), sight),
                                 15, sights[sight].name, theme->name,
                                 style->classes[a].name,
                                 b < 0 ? "other lines" : style->classes[b].name);
                }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_can_be_read_in_all_themes),
        cmocka_unit_test(kinds_are_told_apart_by_everybody),
        cmocka_unit_test(classes_are_told_apart_by_everybody),
    };
    arena = rg_arena_new();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rg_arena_free(arena);
    return failed;
}
