/* load_phrase.c - `phrase:`: how phrases are made into sentences and patterns. */
#include "rules/load.h"

static void read_scaffolds(loader *l, const rg_yaml *node, rg_phrase_spec *spec)
{
    const rg_scalar *texts;
    int count = load_scalars(l, node, &texts, "write scaffolds: [\"We know {}\"]");
    spec->scaffolds = rg_new(l->c.arena, rg_str, count + 1);
    for (int i = 0; i < count; i++)
        if (rg_str_find(texts[i].value, RG_STR("{}"), 0) >= 0)
            spec->scaffolds[spec->scaffold_count++] = texts[i].value;
        else
            load_error(l, texts[i], "phrase", "write We know {}",
                       "the scaffold has no '{}' for the phrase");
}

static void read_forms(loader *l, const rg_yaml *node, rg_phrase_spec *spec)
{
    const rg_scalar *texts;
    int count = load_scalars(l, node, &texts, "write forms: [\"{past}\"]");
    spec->forms = rg_new(l->c.arena, rg_str, count + 1);
    for (int i = 0; i < count; i++)
        if (rg_str_find(texts[i].value, RG_STR("{past}"), 0) >= 0
            || rg_str_find(texts[i].value, RG_STR("{base}"), 0) >= 0)
            spec->forms[spec->form_count++] = texts[i].value;
        else
            load_error(l, texts[i], "phrase", "write {past} or will {base}",
                       "the form has neither '{past}' nor '{base}'");
}

static void read_test(loader *l, const rg_yaml *node, rg_step *out)
{
    rg_slots none = {.count = 0};
    if (load_expect(l, node, RG_YAML_SCALAR, "write verb: \"[VERB|AUX]\""))
        rg_pattern_constraint(out, &l->c, node->scalar, &none);
}

static void read_edges(loader *l, const rg_yaml *node, rg_phrase_spec *spec)
{
    const rg_scalar *names;
    int count = load_scalars(l, node, &names, "write edges: [SUBJ, OBJ]");
    spec->edges = rg_new(l->c.arena, int, count + 1);
    spec->edge_count = 0;
    for (int i = 0; i < count; i++)
        if (rg_map_find(l->c.derived, names[i].value) >= 0)
            spec->edges[spec->edge_count++] = rg_pattern_symbol(&l->c, names[i].value);
        else
            load_error(l, names[i], "unknown-edge",
                       rg_pattern_suggest(&l->c, l->c.derived, names[i].value),
                       "no edge '%.*s' is derived", RG_PRINT(names[i].value));
}

static void read_also(loader *l, const rg_yaml *node, rg_phrase_spec *spec)
{
    if (!load_expect(l, node, RG_YAML_MAP, "write also: {person: OTHER-TYPE}"))
        return;
    spec->also = rg_new(l->c.arena, rg_also, node->count + 1);
    spec->also_count = 0;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        rg_also one = {load_type_reference(l, child->key->scalar), RG_NONE};
        if (load_expect(l, child, RG_YAML_SCALAR, "write person: OTHER-TYPE"))
            one.other = load_type_reference(l, child->scalar);
        if (one.type != RG_NONE && one.other != RG_NONE)
            spec->also[spec->also_count++] = one;
    }
}

void load_phrase_spec(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"scaffolds", "forms",   "verb", "drop",  "loose",
                                       "names",     "unknown", "also", "edges", NULL};
    rg_phrase_spec *spec = &l->c.rules->phrase;
    const rg_yaml *value;
    if (!load_expect(l, node, RG_YAML_MAP, "write phrase: {verb: \"[VERB]\"}"))
        return;
    load_check_keys(l, node, "'phrase'", keys);
    if ((value = rg_yaml_find(node, "scaffolds")))
        read_scaffolds(l, value, spec);
    if ((value = rg_yaml_find(node, "forms")))
        read_forms(l, value, spec);
    if ((value = rg_yaml_find(node, "verb")))
        read_test(l, value, &spec->verb);
    if ((value = rg_yaml_find(node, "drop")))
        read_test(l, value, &spec->drop);
    if ((value = rg_yaml_find(node, "names"))
        && load_expect(l, value, RG_YAML_SCALAR, "write names: name"))
        spec->names = load_type_reference(l, value->scalar);
    if ((value = rg_yaml_find(node, "edges")))
        read_edges(l, value, spec);
    if ((value = rg_yaml_find(node, "also")))
        read_also(l, value, spec);
    if ((value = rg_yaml_find(node, "unknown"))
        && load_expect(l, value, RG_YAML_SCALAR, "write unknown: \":unknown\""))
        spec->unknown = value->scalar.value;
    if ((value = rg_yaml_find(node, "loose"))
        && load_expect(l, value, RG_YAML_SCALAR, "write loose: PROPN")
        && load_label(l, value->scalar, RG_LABEL_POS, "part of speech"))
        spec->loose = value->scalar.value;
}
