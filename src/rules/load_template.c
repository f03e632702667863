/* load_template.c - `templates:` and `use:`: bodies written once, filled in many times.
 *
 *     templates:
 *       deal: {match: {verb: "[${verb}, VERB]"}, args: {...}, relation: "${name}"}
 *     rules:
 *       - {rule: buys, use: {template: deal, with: {verb: buy, name: acquires}}}
 *
 * A use is filled in on the YAML tree, before anything is compiled: keys of the rule itself
 * win over those of the template.
 */
#include "rules/load.h"

/* One use of a template. */
typedef struct filling {
    loader *l;
    const rg_yaml *values; /* map, or NULL */
    bool *used;            /* of each value, in order */
    bool ok;
} filling;

void load_templates(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_MAP, "write NAME: {match: .., relation: ..}"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        if (!load_check_name(l, child->key->scalar, "a template")
            || !load_expect(l, child, RG_YAML_MAP,
                            "write NAME: {match: .., relation: ..}"))
            continue;
        int known = rg_map_count(l->templates);
        int id = rg_map_put(l->templates, child->key->scalar.value);
        if (id < known) {
            load_error(l, child->key->scalar, "duplicate-name", NULL,
                       "template '%.*s' stands twice, first at %s",
                       RG_PRINT(load_excerpt(child->key->scalar.value)),
                       load_place(l, l->template_nodes[id]->key->scalar));
            continue;
        }
        load_grow(l, l->template_nodes, id, l->room.templates);
        l->template_nodes[id] = child;
    }
}

/* ---- Filling in ------------------------------------------------------------------------- */

static const rg_yaml *find_value(filling *f, rg_str name)
{
    int index = 0;
    for (const rg_yaml *v = f->values ? f->values->first : NULL; v;
         v = v->next, index++)
        if (rg_str_equal(v->key->scalar.value, name)) {
            f->used[index] = true;
            return v;
        }
    return NULL;
}

static void put_value(filling *f, rg_buf *out, rg_scalar at, rg_str name)
{
    const rg_yaml *value = find_value(f, name);
    if (value && value->kind == RG_YAML_SCALAR) {
        rg_buf_put(out, value->scalar.value);
        return;
    }
    f->ok = false;
    load_error(f->l, at, "template", "give it under use: {with: {NAME: value}}",
               "the template's parameter '%.*s' has no value", RG_PRINT(name));
}

/* "[${verb}, VERB]" with the values in it. */
static rg_str fill_text(filling *f, rg_scalar scalar)
{
    rg_str text = scalar.value;
    if (rg_str_find(text, RG_STR("${"), 0) < 0)
        return text;
    rg_buf out = rg_buf_in(f->l->c.arena);
    for (int at = 0; at < text.len;) {
        int open = rg_str_find(text, RG_STR("${"), at);
        int close = open < 0 ? -1 : rg_str_find_byte(text, '}', open);
        if (close < 0) {
            rg_buf_put(&out, rg_str_cut(text, at, text.len));
            break;
        }
        rg_buf_put(&out, rg_str_cut(text, at, open));
        put_value(f, &out, scalar, rg_str_cut(text, open + 2, close));
        at = close + 1;
    }
    return rg_buf_str(&out);
}

/* A copy of the tree with the values in all scalars; trees are at most 32 deep. */
static rg_yaml *fill_node(filling *f, const rg_yaml *node)
{
    rg_yaml *copy = rg_new(f->l->c.arena, rg_yaml, 1);
    *copy = *node;
    copy->next = NULL;
    copy->first = NULL;
    if (node->kind == RG_YAML_SCALAR) {
        rg_str filled = fill_text(f, node->scalar);
        copy->scalar.exact =
            node->scalar.exact && filled.bytes == node->scalar.value.bytes;
        copy->scalar.value = filled;
    }
    rg_yaml **end = &copy->first;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        *end = fill_node(f, child);
        end = &(*end)->next;
    }
    return copy;
}

static const rg_yaml *find_template(loader *l, const rg_yaml *use)
{
    const char *hint = "write use: {template: NAME, with: {parameter: value}}";
    if (!load_expect(l, use, RG_YAML_MAP, hint))
        return NULL;
    static const char *const keys[] = {"template", "with", NULL};
    load_check_keys(l, use, "'use'", keys);
    const rg_yaml *name = rg_yaml_find(use, "template");
    if (!name || name->kind != RG_YAML_SCALAR) {
        load_error(l, use->scalar, "template", hint, "'use' names no template");
        return NULL;
    }
    int id = rg_map_find(l->templates, name->scalar.value);
    if (id != RG_NONE)
        return l->template_nodes[id];
    load_error(l, name->scalar, "template",
               rg_pattern_suggest(&l->c, l->templates, name->scalar.value),
               "unknown template '%.*s'", RG_PRINT(load_excerpt(name->scalar.value)));
    return NULL;
}

static void check_unused(filling *f)
{
    int index = 0;
    for (const rg_yaml *v = f->values ? f->values->first : NULL; v;
         v = v->next, index++)
        if (!f->used[index]) {
            f->ok = false;
            load_error(f->l, v->key->scalar, "template", NULL,
                       "the template has no parameter '%.*s'",
                       RG_PRINT(load_excerpt(v->key->scalar.value)));
        }
}

/* The children of `from` that `body` has no key for, put behind those of body. */
static rg_yaml *merge(loader *l, const rg_yaml *body, const rg_yaml *from)
{
    rg_yaml *merged = rg_new(l->c.arena, rg_yaml, 1);
    *merged = *body;
    merged->first = NULL;
    rg_yaml **end = &merged->first;
    const rg_yaml *const parts[] = {body, from};
    for (int p = 0; p < 2; p++)
        for (const rg_yaml *child = parts[p]->first; child; child = child->next) {
            rg_str key = child->key->scalar.value;
            bool taken =
                p == 0
                    ? rg_str_is(key, "use")
                    : rg_yaml_find(body, rg_arena_str(l->c.arena, key).bytes) != NULL;
            if (taken)
                continue;
            *end = rg_new(l->c.arena, rg_yaml, 1);
            **end = *child;
            (*end)->next = NULL;
            end = &(*end)->next;
        }
    return merged;
}

const rg_yaml *load_fill_template(loader *l, const rg_yaml *body)
{
    const rg_yaml *use = body->kind == RG_YAML_MAP ? rg_yaml_find(body, "use") : NULL;
    if (!use)
        return body;
    const rg_yaml *found = find_template(l, use);
    if (!found)
        return NULL;
    filling f = {.l = l, .values = rg_yaml_find(use, "with"), .ok = true};
    if (f.values && !load_expect(l, f.values, RG_YAML_MAP, "write with: {NAME: value}"))
        return NULL;
    f.used = rg_new(l->c.arena, bool, f.values ? f.values->count + 1 : 1);
    const rg_yaml *filled = fill_node(&f, found);
    check_unused(&f);
    return f.ok ? merge(l, body, filled) : NULL;
}
