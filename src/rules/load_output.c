/* load_output.c - `output`: which tokens make a label or a wording, and how many triples
 * one match becomes. A profile is a file that holds nothing else.
 */
#include "rules/load.h"

#include <limits.h>

/* ---- Paths from a head -------------------------------------------------------------------- */

static void read_paths_of(loader *l, const rg_yaml *node, bool replace)
{
    rg_output_spec *output = &l->c.rules->output;
    struct {
        const char *key;
        rg_paths *paths;
    } parts[] = {{"name", &output->name},       {"np", &output->np},
                 {"span", &output->span},       {"cut", &output->cut},
                 {"wording", &output->wording}, {"passive", &output->passive},
                 {"minimal", &output->minimal}, {"conjuncts", &output->conjuncts},
                 {"nested", &output->nested},   {"carry", &output->carry},
                 {"finite", &output->finite},   {"plural", &output->plural},
                 {"part", &output->part},       {"tail", &output->tail}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const rg_yaml *value = rg_yaml_find(node, parts[i].key);
        if (!value)
            continue;
        if (replace)
            *parts[i].paths = (rg_paths){0};
        load_paths(l, value, parts[i].paths, &output->slots, false);
    }
}

static void read_lists(loader *l, const rg_yaml *node)
{
    rg_output_spec *output = &l->c.rules->output;
    const rg_yaml *value;
    if ((value = rg_yaml_find(node, "edge"))
        && load_expect(l, value, RG_YAML_SCALAR, "write edge: $NAME"))
        output->edge_list = load_list_reference(l, value->scalar);
    if ((value = rg_yaml_find(node, "joint"))
        && load_expect(l, value, RG_YAML_SCALAR, "write joint: $NAME"))
        output->joint_list = load_list_reference(l, value->scalar);
}

/* ---- Switches ------------------------------------------------------------------------------- */

/* A value for each part of a triple, or one for all of them. */
typedef bool read_part(loader *l, const rg_yaml *node, rg_part part);

static bool read_parts(loader *l, const rg_yaml *node, read_part *read)
{
    static const char *const parts[] = {
        [RG_PART_SUBJECT] = "subject",
        [RG_PART_OBJECT] = "object",
        [RG_PART_ARGUMENT] = "arguments",
        [RG_PART_COUNT] = NULL,
    };
    bool ok = true;
    if (node->kind != RG_YAML_MAP) {
        for (int i = 0; i < RG_PART_COUNT && ok; i++)
            ok = read(l, node, (rg_part)i);
        return ok;
    }
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int part = load_word(l, child->key->scalar, parts, "part of a triple");
        ok &= part != RG_NONE && read(l, child, (rg_part)part);
    }
    return ok;
}

static bool read_build(loader *l, const rg_yaml *node, rg_part part)
{
    static const char *const builds[] = {"whole", "minimal", NULL};
    int found = load_expect(l, node, RG_YAML_SCALAR, "write spans: minimal")
                    ? load_word(l, node->scalar, builds, "way to build spans")
                    : RG_NONE;
    l->c.rules->output.minimals[part] = found == 1;
    return found != RG_NONE;
}

static bool read_split(loader *l, const rg_yaml *node, rg_part part)
{
    enum { MOST_WORDS = 1000 };
    if (part == RG_PART_ARGUMENT && node->key
        && rg_str_is(node->key->scalar.value, "arguments"))
        return load_error(l, node->key->scalar, "split", NULL,
                          "only subjects and objects are split");
    int *split = &l->c.rules->output.splits[part];
    *split = 0;
    if (!load_expect(l, node, RG_YAML_SCALAR, "write split: all, none or a number"))
        return false;
    if (rg_str_is(node->scalar.value, "none"))
        return true;
    if (!rg_str_is(node->scalar.value, "all"))
        return load_int(l, node, 0, MOST_WORDS, split);
    *split = INT_MAX;
    return true;
}

static void read_tuple(loader *l, const rg_yaml *node)
{
    static const char *const tuples[] = {
        [RG_TUPLE_NARY] = "nary",
        [RG_TUPLE_BINARY] = "binary",
        [RG_TUPLE_CHAIN] = "chain",
        NULL,
    };
    int found = load_expect(l, node, RG_YAML_SCALAR, "write tuple: nary")
                    ? load_word(l, node->scalar, tuples, "kind of tuple")
                    : RG_NONE;
    if (found != RG_NONE)
        l->c.rules->output.tuple = (rg_tuple)found;
}

static void read_tests(loader *l, const rg_yaml *node)
{
    rg_output_spec *output = &l->c.rules->output;
    rg_slots none = {.count = 0};
    const rg_yaml *value;
    if ((value = rg_yaml_find(node, "break"))
        && load_expect(l, value, RG_YAML_SCALAR, "write break: \"[VERB]\""))
        rg_pattern_constraint(&output->verb, &l->c, value->scalar, &none);
    if ((value = rg_yaml_find(node, "past"))
        && load_expect(l, value, RG_YAML_SCALAR, "write past: \"[tag=VBD]\""))
        output->has_past =
            rg_pattern_constraint(&output->past, &l->c, value->scalar, &none);
}

/* without: {subject: "[PRON]"}, or for both, or several; none takes all away. */
static bool read_without(loader *l, const rg_yaml *node, rg_part part)
{
    const char *hint = "write without: \"[PRON]\"";
    rg_slots none = {.count = 0};
    if (part == RG_PART_ARGUMENT)
        return !node->key || !rg_str_is(node->key->scalar.value, "arguments")
               || load_error(l, node->key->scalar, "without",
                             "further arguments are left out as objects are",
                             "only subjects and objects are left out");
    rg_steps *tests = &l->c.rules->output.withouts[part];
    const rg_scalar *scalars;
    int count = load_scalars(l, node, &scalars, hint);
    bool ok = count > 0;
    *tests = (rg_steps){.items = rg_new(l->c.arena, rg_step, count > 0 ? count : 1)};
    if (count == 1 && rg_str_is(scalars[0].value, "none"))
        return true;
    for (int i = 0; i < count; i++)
        ok &= rg_pattern_constraint(&tests->items[tests->count++], &l->c, scalars[i],
                                    &none);
    return ok;
}

/* absorb: [time, amount]; none takes all away. */
static void read_absorb(loader *l, const rg_yaml *node)
{
    rg_output_spec *output = &l->c.rules->output;
    const rg_scalar *keys;
    int count = load_scalars(l, node, &keys, "write absorb: [time]");
    bool none = count == 1 && rg_str_is(keys[0].value, "none");
    output->absorbs = rg_new(l->c.arena, rg_str, count > 0 ? count : 1);
    output->absorb_count = 0;
    for (int i = 0; i < count && !none; i++)
        output->absorbs[output->absorb_count++] = keys[i].value;
}

static void read_flag(loader *l, const rg_yaml *node, const char *key, bool inverted,
                      bool *out)
{
    const rg_yaml *value = rg_yaml_find(node, key);
    bool flag;
    if (value && load_bool(l, value, &flag))
        *out = flag != inverted;
}

static void read_switches(loader *l, const rg_yaml *node)
{
    enum { DEEPEST_NESTED = 8 };
    rg_output_spec *output = &l->c.rules->output;
    const rg_yaml *value;
    if ((value = rg_yaml_find(node, "tuple")))
        read_tuple(l, value);
    if ((value = rg_yaml_find(node, "spans")))
        read_parts(l, value, read_build);
    if ((value = rg_yaml_find(node, "split")))
        read_parts(l, value, read_split);
    if ((value = rg_yaml_find(node, "without")))
        read_parts(l, value, read_without);
    read_flag(l, node, "supply", true, &output->no_supply);
    read_flag(l, node, "turn", true, &output->no_turn);
    read_flag(l, node, "evidence", false, &output->evidence);
    if ((value = rg_yaml_find(node, "absorb")))
        read_absorb(l, value);
    if ((value = rg_yaml_find(node, "depth")))
        load_int(l, value, 0, DEEPEST_NESTED, &output->depth);
}

void load_output(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {
        "name",   "np",    "span",    "cut",       "wording",  "passive",
        "edge",   "joint", "minimal", "nested",    "carry",    "finite",
        "plural", "past",  "tuple",   "conjuncts", "spans",    "split",
        "supply", "depth", "part",    "break",     "override", "without",
        "turn",   "tail",  "absorb",  "evidence",  NULL};
    if (!load_expect(l, node, RG_YAML_MAP, "write output: {np: [path, ...]}"))
        return;
    load_check_keys(l, node, "'output'", keys);
    const rg_yaml *override = rg_yaml_find(node, "override");
    bool replace = false;
    if (override)
        load_bool(l, override, &replace);
    read_paths_of(l, node, replace);
    read_lists(l, node);
    read_tests(l, node);
    read_switches(l, node);
}
