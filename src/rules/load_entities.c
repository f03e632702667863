/* load_entities.c - `aliases:` and `type:`: labels, their names, their types. */
#include "rules/load.h"

/* Index of the label; a new one has no type yet, and is one of its own names. */
static int put_label(loader *l, rg_scalar label)
{
    rg_rules *rules = l->c.rules;
    int known = rg_map_count(rules->labels),
        id = rg_map_put(rules->labels, label.value);
    if (id < known)
        return id;
    load_grow(l, rules->label_types, id, l->room.labels);
    load_grow(l, l->label_places, id, l->room.label_places);
    rules->label_types[id] = RG_NONE;
    l->label_places[id] = label;
    return id;
}

static void put_name(loader *l, rg_scalar at, rg_str name, int label)
{
    rg_rules *rules = l->c.rules;
    if (name.len == 0) {
        load_error(l, at, "alias", NULL, "an empty name");
        return;
    }
    int known = rg_map_count(rules->names), id = rg_map_put(rules->names, name);
    if (id < known) {
        if (rules->name_labels[id] != label)
            load_error(l, at, "duplicate-name", NULL,
                       "the name '%.*s' belongs to '%.*s' already, at %s",
                       RG_PRINT(load_excerpt(name)),
                       RG_PRINT(load_excerpt(
                           rg_map_key(rules->labels, rules->name_labels[id]))),
                       load_place(l, l->name_places[id]));
        return;
    }
    load_grow(l, rules->name_labels, id, l->room.names);
    load_grow(l, l->name_places, id, l->room.name_places);
    rules->name_labels[id] = label;
    l->name_places[id] = at;
}

static int read_label(loader *l, rg_scalar label)
{
    label.value = rg_str_trim(label.value);
    int id = put_label(l, label);
    put_name(l, label, label.value, id);
    return id;
}

void load_aliases(loader *l, const rg_yaml *node)
{
    const char *hint = "write LABEL: [name, name]";
    if (!load_expect(l, node, RG_YAML_MAP, hint))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int label = read_label(l, child->key->scalar);
        const rg_scalar *names;
        int count = load_scalars(l, child, &names, hint);
        for (int i = 0; i < count; i++)
            put_name(l, names[i], rg_str_trim(names[i].value), label);
    }
}

static void set_type(loader *l, rg_scalar at, int type)
{
    rg_rules *rules = l->c.rules;
    int label = read_label(l, at);
    int before = rules->label_types[label];
    if (before != RG_NONE && before != type) {
        load_error(
            l, at, "duplicate-name", NULL, "'%.*s' is of type '%.*s' already, at %s",
            RG_PRINT(load_excerpt(at.value)), RG_PRINT(rules->types[before].name),
            load_place(l, l->label_places[label]));
        return;
    }
    rules->label_types[label] = type;
    l->label_places[label] = at;
}

void load_label_types(loader *l, const rg_yaml *node)
{
    const char *hint = "write TYPE: [label, label]";
    if (!load_expect(l, node, RG_YAML_MAP, hint))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int type = load_type_reference(l, child->key->scalar);
        const rg_scalar *labels;
        int count = load_scalars(l, child, &labels, hint);
        for (int i = 0; i < count && type != RG_NONE; i++)
            set_type(l, labels[i], type);
    }
}
