/* load_layers.c - `repair`, `derive`, `mentions`, `attributes`, `tests`. */
#include "rules/load.h"

/* ---- Shared with rules ------------------------------------------------------------------- */

/* The scalar of `todo: EXAMPLE`, or NULL after reporting. */
static const rg_yaml *read_todo(loader *l, const rg_yaml *node)
{
    const rg_yaml *todo = rg_yaml_find(node, "todo");
    if (todo && node->count == 1)
        return load_expect(l, todo, RG_YAML_SCALAR, NULL) ? todo : NULL;
    load_error(l, node->scalar, "example",
               "put an example that contains ': ' between quotes",
               "expected an example, found keys");
    return NULL;
}

void load_examples(loader *l, const rg_yaml *node, rg_examples *out)
{
    const char *hint = "write - SENTENCE => SUBJECT | relation | OBJECT";
    if (!load_expect(l, node, RG_YAML_LIST, hint))
        return;
    int room = out->count;
    rg_example *items = rg_new(l->c.arena, rg_example, room + node->count);
    for (int i = 0; i < out->count; i++)
        items[i] = out->items[i];
    out->items = items;
    for (const rg_yaml *item = node->first; item; item = item->next) {
        bool todo = item->kind == RG_YAML_MAP;
        const rg_yaml *text = todo ? read_todo(l, item) : item;
        if (!text || !load_expect(l, text, RG_YAML_SCALAR, hint))
            continue;
        rg_example *example = &out->items[out->count];
        if (rg_pattern_example(example, &l->c, text->scalar)) {
            example->todo = todo;
            out->count++;
        }
    }
}

bool load_paths(loader *l, const rg_yaml *node, rg_paths *out, rg_slots *slots,
                bool names_open)
{
    const rg_scalar *texts;
    int count = load_some(l, node, &texts, "write a path, or [path, ...]");
    int room = out->count;
    bool ok = count > 0;
    for (int i = 0; i < count; i++) {
        rg_paths more;
        if (!rg_pattern_paths(&more, &l->c, texts[i], slots, names_open)) {
            ok = false;
            continue;
        }
        for (int j = 0; j < more.count; j++) {
            load_grow(l, out->items, out->count, room);
            out->items[out->count++] = more.items[j];
        }
    }
    return ok;
}

/* A fixed value of these keys must be one of those that docs/formats.md lists. */
static bool check_value(loader *l, rg_scalar key, rg_scalar value,
                        const rg_template *read)
{
    static const char *const polarities[] = {"affirmed", "negated", NULL};
    static const char *const modalities[] = {"asserted", "denied",   "conditional",
                                             "obliged",  "intended", "possible",
                                             "reported", NULL};
    bool fixed = read->count == 1 && read->pieces[0].slot == RG_NONE;
    if (fixed && rg_str_is(key.value, "polarity"))
        return load_word(l, value, polarities, "polarity") != RG_NONE;
    if (fixed && rg_str_is(key.value, "modality"))
        return load_word(l, value, modalities, "modality") != RG_NONE;
    return true;
}

bool load_sets(loader *l, const rg_yaml *node, const rg_slots *slots, rg_set **out,
               int *count)
{
    const char *hint = "write set: {modality: possible}";
    if (!load_expect(l, node, RG_YAML_MAP, hint))
        return false;
    bool ok = true;
    *out = rg_new(l->c.arena, rg_set, node->count);
    *count = 0;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        rg_set *set = &(*out)[(*count)++];
        set->key = child->key->scalar.value;
        ok &= load_check_name(l, child->key->scalar, "an attribute")
              && load_expect(l, child, RG_YAML_SCALAR, hint)
              && rg_pattern_template(&set->value, &l->c, child->scalar, slots)
              && check_value(l, child->key->scalar, child->scalar, &set->value);
    }
    return ok;
}

/* The required key of an entry of one of the lists below. */
static const rg_yaml *need(loader *l, const rg_yaml *body, const char *key,
                           const char *what)
{
    const rg_yaml *value = rg_yaml_find(body, key);
    if (!value)
        load_error(l, body->scalar, "missing-key", NULL, "%s has no '%s'", what, key);
    return value;
}

/* ---- repair -------------------------------------------------------------------------------- */

enum { MOST_MATCHES = 8 }; /* paths of one repair: they nest when they are walked */

static bool read_edits(loader *l, const rg_yaml *node, rg_repair *repair)
{
    const rg_scalar *edits;
    int count =
        load_some(l, node, &edits, "write edit: [del u >dobj a, add v >oprd a]");
    bool ok = count > 0;
    repair->edits = rg_new(l->c.arena, rg_edit, 2 * count);
    for (int i = 0; i < count; i++)
        ok &= rg_pattern_edits(repair->edits, &repair->edit_count, &l->c, edits[i],
                               &repair->slots);
    return ok;
}

static bool read_repair_id(loader *l, const rg_yaml *body, rg_repair *repair)
{
    const rg_yaml *id = rg_yaml_find(body, "repair");
    int line = load_line(l, repair->file, repair->offset);
    repair->id = id ? id->scalar.value : rg_arena_format(l->c.arena, "repair-%d", line);
    return !id
           || (load_expect(l, id, RG_YAML_SCALAR, NULL)
               && load_check_name(l, id->scalar, "a repair"));
}

/* One path, or a list of paths that share names: a path starts at a name of those before
 * it. */
static bool read_repair_match(loader *l, const rg_yaml *node, rg_repair *repair)
{
    const rg_scalar *texts;
    int count = load_some(l, node, &texts, "write match: path, or [path, ...]");
    if (count == 0)
        return false; /* reported */
    if (count > MOST_MATCHES)
        return load_error(l, node->scalar, "limit", NULL, "more than %d paths",
                          MOST_MATCHES);
    repair->matches.items = rg_new(l->c.arena, rg_path, count);
    for (int i = 0; i < count; i++)
        if (!rg_pattern_path(&repair->matches.items[repair->matches.count++], &l->c,
                             texts[i], &repair->slots, i == 0))
            return false;
    return true;
}

static void load_repair(loader *l, const rg_yaml *body)
{
    static const char *const keys[] = {"repair",   "match", "edit",
                                       "examples", "doc",   NULL};
    rg_rules *rules = l->c.rules;
    if (!load_expect(l, body, RG_YAML_MAP,
                     "write - match: path, and edit: [...] below"))
        return;
    load_check_keys(l, body, "a repair", keys);
    rg_repair repair = {.file = body->scalar.file, .offset = body->scalar.offset};
    bool ok = read_repair_id(l, body, &repair);
    const rg_yaml *match = need(l, body, "match", "the repair");
    const rg_yaml *edit = need(l, body, "edit", "the repair");
    const rg_yaml *examples = rg_yaml_find(body, "examples");
    if (examples)
        load_examples(l, examples, &repair.examples);
    ok = match && edit && read_repair_match(l, match, &repair)
         && read_edits(l, edit, &repair) && ok;
    if (!ok)
        return;
    load_grow(l, rules->repairs, rules->repair_count, l->room.repairs);
    rules->repairs[rules->repair_count++] = repair;
}

void load_repairs(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_LIST, "write - match: path for each repair"))
        return;
    for (const rg_yaml *body = node->first; body; body = body->next)
        load_repair(l, body);
}

/* ---- derive -------------------------------------------------------------------------------- */

static bool is_declared(const loader *l, rg_str label)
{
    int colon = rg_str_find_byte(label, ':', 0);
    rg_str name = colon < 0 ? label : rg_str_cut(label, 0, colon);
    return rg_map_find(l->c.derived, name) != RG_NONE;
}

void load_derives(loader *l, const rg_yaml *node)
{
    rg_rules *rules = l->c.rules;
    if (node->kind != RG_YAML_MAP)
        return; /* reported by load_derive_names */
    for (const rg_yaml *child = node->first; child; child = child->next) {
        const rg_scalar *lines;
        if (!is_declared(l, child->key->scalar.value))
            continue; /* one too many: reported by load_derive_names */
        int count =
            load_some(l, child, &lines, "write EDGE: path, or EDGE: [path, ...]");
        for (int i = 0; i < count; i++) {
            load_grow(l, rules->derives, rules->derive_count, l->room.derives);
            if (rg_pattern_derive(&rules->derives[rules->derive_count], &l->c,
                                  child->key->scalar, lines[i]))
                rules->derive_count++;
        }
    }
}

/* ---- mentions ------------------------------------------------------------------------------- */

/* The token that gets the type: `mention: NAME`, else `it`, else the path's start. */
static bool read_mentioned(loader *l, const rg_yaml *body, rg_mention_rule *mention)
{
    const rg_yaml *node = rg_yaml_find(body, "mention");
    mention->slot = rg_pattern_slot(&mention->slots, RG_STR("it"), false);
    if (mention->slot == RG_NONE)
        mention->slot = mention->match.start;
    if (!node)
        return true;
    if (!load_expect(l, node, RG_YAML_SCALAR, NULL))
        return false;
    mention->slot = rg_pattern_slot(&mention->slots, node->scalar.value, false);
    return mention->slot != RG_NONE
           || load_error(l, node->scalar, "unknown-name", NULL,
                         "nothing is bound to the name '%.*s'",
                         RG_PRINT(load_excerpt(node->scalar.value)));
}

/* The names of `file: PATH`, found as written unless it says `case: any`. */
static bool read_names(loader *l, const rg_yaml *body, const rg_yaml *file,
                       rg_mention_rule *mention)
{
    static const char *const cases[] = {"written", "any", NULL};
    const rg_yaml *node = rg_yaml_find(body, "case");
    int fold = RG_NAMES_WRITTEN;
    if (node
        && (!load_expect(l, node, RG_YAML_SCALAR, "write case: any")
            || (fold = load_word(l, node->scalar, cases, "case")) == RG_NONE))
        return false;
    if (!load_expect(l, file, RG_YAML_SCALAR, "write file: ./NAMES.txt"))
        return false;
    mention->names = load_names_file(l, file->scalar, (rg_names_case)fold);
    return mention->names != NULL;
}

static bool read_what_matches(loader *l, const rg_yaml *body, rg_mention_rule *mention)
{
    const rg_yaml *match = rg_yaml_find(body, "match"),
                  *list = rg_yaml_find(body, "list"),
                  *file = rg_yaml_find(body, "file"),
                  *fold = rg_yaml_find(body, "case");
    if (!!match + !!list + !!file != 1)
        return load_error(l, body->scalar, "missing-key", NULL,
                          "a mention has one of 'list', 'file' and 'match'");
    if (fold && !file)
        return load_error(l, fold->key->scalar, "misplaced-key",
                          "lists are found in any case, by their lemmas",
                          "'case' stands beside 'file' only");
    if (file)
        return read_names(l, body, file, mention);
    if (list) {
        if (!load_expect(l, list, RG_YAML_SCALAR, "write list: $NAME"))
            return false;
        mention->list = load_list_reference(l, list->scalar);
        return mention->list != RG_NONE;
    }
    return load_expect(l, match, RG_YAML_SCALAR, NULL)
           && rg_pattern_path(&mention->match, &l->c, match->scalar, &mention->slots,
                              true)
           && read_mentioned(l, body, mention);
}

static void load_mention(loader *l, const rg_yaml *body)
{
    static const char *const keys[] = {"type",  "list",    "file", "case",
                                       "match", "mention", "doc",  NULL};
    rg_rules *rules = l->c.rules;
    if (!load_expect(l, body, RG_YAML_MAP, "write - {type: TYPE, list: $NAME}"))
        return;
    load_check_keys(l, body, "a mention", keys);
    rg_mention_rule mention = {.slot = RG_NONE,
                               .list = RG_NONE,
                               .file = body->scalar.file,
                               .offset = body->scalar.offset};
    const rg_yaml *type = need(l, body, "type", "the mention");
    bool ok = type && load_expect(l, type, RG_YAML_SCALAR, NULL)
              && (mention.type = load_type_reference(l, type->scalar)) != RG_NONE;
    if (!read_what_matches(l, body, &mention) || !ok)
        return;
    load_grow(l, rules->mentions, rules->mention_count, l->room.mentions);
    rules->mentions[rules->mention_count++] = mention;
}

void load_mentions(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_LIST, "write - {type: TYPE, list: $NAME}"))
        return;
    for (const rg_yaml *body = node->first; body; body = body->next)
        load_mention(l, body);
}

/* ---- attributes ------------------------------------------------------------------------------ */

static void note_roles(rg_attribute *made)
{
    static const char *const names[RG_ROLE_COUNT] = {[RG_ROLE_VERB] = "verb",
                                                     [RG_ROLE_SUBJECT] = "subject",
                                                     [RG_ROLE_OBJECT] = "object"};
    for (int i = 0; i < made->slots.count; i++)
        for (int role = RG_ROLE_OTHER + 1; role < RG_ROLE_COUNT; role++)
            if (rg_str_is(made->slots.names[i], names[role]))
                made->roles[i] = (rg_role)role;
}

static void load_attribute(loader *l, const rg_yaml *body)
{
    static const char *const keys[] = {"set", "when", "examples", "doc", NULL};
    rg_rules *rules = l->c.rules;
    if (!load_expect(l, body, RG_YAML_MAP, "write - {set: {..}, when: path}"))
        return;
    load_check_keys(l, body, "an attribute", keys);
    rg_attribute made = {.file = body->scalar.file, .offset = body->scalar.offset};
    made.line = load_line(l, made.file, made.offset);
    rg_pattern_slot(&made.slots, RG_STR("it"), true);
    const rg_yaml *when = need(l, body, "when", "the attribute");
    const rg_yaml *set = need(l, body, "set", "the attribute");
    const rg_yaml *examples = rg_yaml_find(body, "examples");
    if (examples)
        load_examples(l, examples, &made.examples);
    bool ok = when && load_paths(l, when, &made.when, &made.slots, true);
    ok = set && load_sets(l, set, &made.slots, &made.sets, &made.set_count) && ok;
    if (!ok)
        return;
    note_roles(&made);
    for (int i = 0; i < made.when.count; i++)
        rg_map_put(l->attribute_names, made.slots.names[made.when.items[i].start]);
    load_grow(l, rules->attributes, rules->attribute_count, l->room.attributes);
    rules->attributes[rules->attribute_count++] = made;
}

void load_attributes(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_LIST, "write - {set: {..}, when: path}"))
        return;
    for (const rg_yaml *body = node->first; body; body = body->next)
        load_attribute(l, body);
}

/* ---- tests ----------------------------------------------------------------------------- */

void load_tests(loader *l, const rg_yaml *node)
{
    load_examples(l, node, &l->c.rules->tests);
}
