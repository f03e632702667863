/* load_learn.c - `learn:`: what drafts of rules keep, and what may mend a parse. */
#include "rules/load.h"

/* A shape says where words shall hang and what they are: not where from, which is the
 * parse's own, nor anything that depends on the word. */
static bool check_edit(loader *l, const rg_edit *edit, rg_scalar scalar)
{
    bool tags = edit->attr == RG_ATTR_POS || edit->attr == RG_ATTR_TAG;
    if (edit->kind == RG_EDIT_DEL)
        load_error(l, scalar, "shape", "write add HEAD >label DEPENDENT",
                   "a shape takes no edge away");
    else if (edit->kind == RG_EDIT_RETAG && (!tags || edit->list != RG_NONE))
        load_error(l, scalar, "shape", "write retag NAME pos=VERB",
                   "a shape retags pos, and tag behind it, with a value");
    else
        return true;
    return false;
}

static void read_shape(loader *l, const rg_yaml *node, rg_learn_shape *shape)
{
    const rg_scalar *edits;
    int count = load_scalars(l, node, &edits, "write NAME: [add verb >nsubj subject]");
    shape->edits = rg_new(l->c.arena, rg_edit, 2 * count + 1);
    for (int i = 0; i < count; i++) {
        int first = shape->edit_count;
        if (!rg_pattern_edits(shape->edits, &shape->edit_count, &l->c, edits[i],
                              &l->c.rules->learn.slots)
            || !check_edit(l, &shape->edits[first], edits[i]))
            return;
    }
}

static void read_shapes(loader *l, const rg_yaml *node, rg_learn_spec *spec)
{
    if (!load_expect(l, node, RG_YAML_MAP,
                     "write shapes: {object: [add verb >dobj object]}"))
        return;
    spec->shapes = rg_new(l->c.arena, rg_learn_shape, node->count + 1);
    spec->shape_count = 0;
    for (const rg_yaml *child = node->first; child; child = child->next)
        read_shape(l, child, &spec->shapes[spec->shape_count++]);
}

static void read_keep(loader *l, const rg_yaml *node, rg_learn_spec *spec)
{
    const rg_scalar *words;
    int count = load_scalars(l, node, &words, "write keep: [PART, ADP]");
    spec->keep = rg_new(l->c.arena, rg_str, count + 1);
    spec->keep_count = 0;
    for (int i = 0; i < count; i++)
        if (rg_label_is_known(RG_LABEL_POS, words[i].value))
            spec->keep[spec->keep_count++] = words[i].value;
        else
            load_error(l, words[i], "unknown-label", NULL,
                       "unknown part of speech '%.*s'", RG_PRINT(words[i].value));
}

static void read_part(loader *l, const rg_yaml *node, rg_learn_spec *spec)
{
    if (!load_expect(l, node, RG_YAML_SCALAR, "write part: compound"))
        return;
    if (rg_label_is_known(RG_LABEL_DEP, node->scalar.value))
        spec->part = node->scalar.value;
    else
        load_error(l, node->scalar, "unknown-label", NULL,
                   "the parser has no label '%.*s'", RG_PRINT(node->scalar.value));
}

void load_learn_begin(rg_learn_spec *spec)
{
    static const char *const names[RG_LEARN_NAMES] = {
        [RG_LEARN_SUBJECT] = "subject", [RG_LEARN_OBJECT] = "object",
        [RG_LEARN_VERB] = "verb",       [RG_LEARN_WORD] = "word",
        [RG_LEARN_FIRST] = "first",
    };
    for (int i = 0; i < RG_LEARN_NAMES; i++)
        rg_pattern_slot(&spec->slots, rg_str_of(names[i]), true);
}

void load_learn(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"keep", "part", "shapes", NULL};
    rg_learn_spec *spec = &l->c.rules->learn;
    const rg_yaml *value;
    if (!load_expect(l, node, RG_YAML_MAP, "write learn: {keep: [PART, ADP]}"))
        return;
    load_check_keys(l, node, "'learn'", keys);
    if ((value = rg_yaml_find(node, "keep")))
        read_keep(l, value, spec);
    if ((value = rg_yaml_find(node, "part")))
        read_part(l, value, spec);
    if ((value = rg_yaml_find(node, "shapes")))
        read_shapes(l, value, spec);
}
