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

void load_phrase_spec(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"scaffolds", "forms", "verb",    "drop",
                                       "loose",     "names", "unknown", NULL};
    rg_phrase_spec *spec = &l->c.rules->phrase;
    const rg_yaml *value;
    if (!load_expect(l, node, RG_YAML_MAP, "write phrase: {verb: \"[VERB]\"}"))
        return;
    load_check_keys(l, node, "'phrase'", keys, NULL);
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
    if ((value = rg_yaml_find(node, "unknown"))
        && load_expect(l, value, RG_YAML_SCALAR, "write unknown: \":unknown\""))
        spec->unknown = value->scalar.value;
    if ((value = rg_yaml_find(node, "loose"))
        && load_expect(l, value, RG_YAML_SCALAR, "write loose: PROPN"))
        spec->loose = value->scalar.value;
}
