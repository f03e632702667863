/* load_rule.c - `rules:`: one body after the other. */
#include "rules/load.h"
#include "rules/surface.h"

static const char *const rule_keys[] = {
    "rule",    "match",    "args",    "not",       "with",     "where", "relation",
    "subject", "object",   "set",     "priority",  "consume",  "style", "confidence",
    "enabled", "examples", "tags",    "doc",       "say",      "words", "use",
    "as",      "is",       "inverse", "symmetric", "override", "text",  "wording",
    "lead",    "supply",   "turn",    NULL};

enum { DEFAULT_PRIORITY = 50, RELATION_PRIORITY = 100, MOST_PRIORITY = 1000 * 1000 };

/* A rule that is being read. */
typedef struct rule_reader {
    loader *l;
    const rg_yaml *body;
    rg_rule *rule;
    const rg_yaml *key; /* under `relations`: the relation; else NULL */
} rule_reader;

static const rg_yaml *need(rule_reader *in, const char *key)
{
    const rg_yaml *value = rg_yaml_find(in->body, key);
    if (!value)
        load_error(in->l, in->body->scalar, "missing-key", NULL, "the rule has no '%s'",
                   key);
    return value;
}

/* "news-12" for a rule without a name in line 12 of news.yaml. */
static rg_str default_id(rule_reader *in)
{
    const rg_rules *rules = in->l->c.rules;
    rg_str path = rules->files[in->rule->file].path;
    int from = path.len, to = path.len;
    while (from > 0 && path.bytes[from - 1] != '/')
        from--;
    for (int dot = from; dot < path.len; dot++)
        if (path.bytes[dot] == '.' && dot > from)
            to = dot;
    return rg_arena_format(in->l->c.arena, "%.*s-%d",
                           RG_PRINT(rg_str_cut(path, from, to)), in->rule->line);
}

/* Takes out the rule that a later one overrides. */
static void drop_rule(rg_rules *rules, rg_str id)
{
    int kept = 0;
    for (int i = 0; i < rules->rule_count; i++)
        if (!rg_str_equal(rules->rules[i].id, id))
            rules->rules[kept++] = rules->rules[i];
    rules->rule_count = kept;
}

static bool read_id(rule_reader *in)
{
    loader *l = in->l;
    const rg_yaml *node = rg_yaml_find(in->body, "rule");
    if (!node)
        node = in->key;
    if (!node) {
        in->rule->id = default_id(in);
        return true;
    }
    if ((node != in->key && !load_expect(l, node, RG_YAML_SCALAR, NULL))
        || !load_check_name(l, node->scalar, "a rule"))
        return false;
    in->rule->id = node->scalar.value;
    int known = rg_map_count(l->rule_ids), id = rg_map_put(l->rule_ids, in->rule->id);
    bool override = false;
    const rg_yaml *over = rg_yaml_find(in->body, "override");
    if (over && !load_bool(l, over, &override))
        return false;
    if (id < known && !override)
        return load_error(l, node->scalar, "duplicate-name",
                          "'override: true' lets the later one take its place",
                          "rule '%.*s' stands twice, first at %s",
                          RG_PRINT(load_excerpt(in->rule->id)),
                          load_place(l, l->rule_places[id]));
    if (id >= known && override)
        return load_error(l, over->scalar, "override", NULL,
                          "there is no earlier rule '%.*s' to override",
                          RG_PRINT(load_excerpt(in->rule->id)));
    if (id < known)
        drop_rule(l->c.rules, in->rule->id);
    load_grow(l, l->rule_places, id, l->room.rule_places);
    l->rule_places[id] = node->scalar;
    return true;
}

/* match: {verb: "[VERB]"} binds the anchor to slot 0. */
static bool read_match(rule_reader *in)
{
    const char *hint = "write match: {verb: \"[$list, VERB]\"}";
    const rg_yaml *node = rg_yaml_find(in->body, "match");
    if (!load_expect(in->l, node, RG_YAML_MAP, hint))
        return false;
    if (node->count != 1)
        return load_error(in->l, node->scalar, "match", hint,
                          "'match' names one anchor, found %d", node->count);
    rg_scalar name = node->first->key->scalar;
    if (!load_check_name(in->l, name, "an anchor")
        || !load_expect(in->l, node->first, RG_YAML_SCALAR, hint))
        return false;
    rg_pattern_slot(&in->rule->slots, name.value, true);
    in->rule->anchor_text = node->first->scalar.value;
    return rg_pattern_constraint(&in->rule->anchor, &in->l->c, node->first->scalar,
                                 &in->rule->slots);
}

/* text: "<object:thing> ,? such as <subject:thing+>", or several of them. */
static bool read_surface(rule_reader *in)
{
    loader *l = in->l;
    static const char *const others[] = {"match", "args", "say", "words", NULL};
    const rg_yaml *other;
    for (int i = 0; others[i]; i++)
        if ((other = rg_yaml_find(in->body, others[i])))
            return load_error(l, other->key->scalar, "two-bodies",
                              "leave one of them out, or write two rules",
                              "the rule has both 'text' and '%s'", others[i]);
    const rg_yaml *node = rg_yaml_find(in->body, "text");
    const rg_scalar *patterns;
    int count =
        load_scalars(l, node, &patterns, "write text: PATTERN, or a list of them");
    if (count == 0 || (node->kind == RG_YAML_LIST && count < node->count))
        return false;
    rg_surface *surface = rg_new(l->c.arena, rg_surface, 1);
    surface->file = patterns[0].file;
    surface->offset = patterns[0].offset;
    in->rule->surface = surface;
    return surface_read(surface, &l->c, patterns, count, &in->rule->slots);
}

/* ---- args ------------------------------------------------------------------------------ */

/* Gives each arg its slot, then one to each name that a path binds. */
static bool name_args(rule_reader *in, const rg_yaml *args)
{
    rg_slots *slots = &in->rule->slots;
    for (const rg_yaml *arg = args->first; arg; arg = arg->next) {
        rg_scalar name = arg->key->scalar;
        if (!load_check_name(in->l, name, "an argument"))
            return false;
        if (rg_pattern_slot(slots, name.value, false) == 0)
            return load_error(in->l, name, "duplicate-name", NULL,
                              "the anchor has the name '%.*s' already",
                              RG_PRINT(load_excerpt(name.value)));
        if (rg_pattern_slot(slots, name.value, true) == RG_NONE)
            return load_error(in->l, name, "limit", NULL,
                              "more than %d names in a rule", RG_MAX_SLOTS);
    }
    for (const rg_yaml *arg = args->first; arg; arg = arg->next)
        if (arg->kind == RG_YAML_SCALAR)
            load_bind_names(in->l, arg->scalar, slots);
    return true;
}

static bool read_args(rule_reader *in)
{
    const char *hint = "write args: {NAME: path, ...}";
    loader *l = in->l;
    const rg_yaml *args = rg_yaml_find(in->body, "args");
    if (!args)
        return true;
    if (!load_expect(l, args, RG_YAML_MAP, hint) || !name_args(in, args))
        return false;
    rg_rule *rule = in->rule;
    rule->args = rg_new(l->c.arena, rg_arg, args->count);
    bool ok = true;
    for (const rg_yaml *node = args->first; node; node = node->next) {
        rg_arg *arg = &rule->args[rule->arg_count];
        arg->slot = rg_pattern_slot(&rule->slots, node->key->scalar.value, false);
        if (load_expect(l, node, RG_YAML_SCALAR, hint)
            && rg_pattern_arg(arg, &l->c, node->scalar, &rule->slots))
            rule->arg_count++;
        else
            ok = false;
    }
    return ok && load_order_args(l, rule);
}

/* ---- say: phrases ------------------------------------------------------------------------- */

static bool read_synonyms(rule_reader *in)
{
    const char *hint = "write words: {acquire: [buy, take over]}";
    loader *l = in->l;
    const rg_yaml *node = rg_yaml_find(in->body, "words");
    if (!node || in->body->kind != RG_YAML_MAP)
        return true;
    if (!load_expect(l, node, RG_YAML_MAP, hint))
        return false;
    in->rule->words = rg_new(l->c.arena, rg_synonyms, node->count);
    for (const rg_yaml *child = node->first; child; child = child->next) {
        rg_synonyms *words = &in->rule->words[in->rule->word_count++];
        const rg_scalar *others;
        words->word = child->key->scalar.value;
        words->offset = child->key->scalar.offset;
        words->count = load_scalars(l, child, &others, hint);
        words->others = rg_new(l->c.arena, rg_str, words->count + 1);
        for (int i = 0; i < words->count; i++) {
            words->others[i] = others[i].value;
            if (others[i].value.len > 0 && others[i].value.bytes[0] == '$'
                && load_list_reference(l, others[i]) == RG_NONE)
                return false;
        }
    }
    return true;
}

/* The phrase's slots become those of the same names in `shared`. */
static void share_slots(rg_phrase *phrase, const rg_slots *own, rg_slots *shared)
{
    for (int i = 0; i < phrase->count; i++) {
        rg_phrase_part *part = &phrase->parts[i];
        for (int c = 0; c < part->choice_count; c++)
            share_slots(&part->choices[c], own, shared);
        if (part->kind == RG_PHRASE_SLOT)
            part->slot = rg_pattern_slot(shared, own->names[part->slot], false);
    }
}

/* The first phrase names the slots; the others must have the same. */
static bool read_phrase_item(rule_reader *in, const rg_scalar *text, int index)
{
    loader *l = in->l;
    rg_rule *rule = in->rule;
    rg_slots own = {.count = 0};
    rg_pattern_slot(&own, rule->slots.names[0], true);
    if (!rg_pattern_phrase(&rule->says[index], &l->c, *text, &own))
        return false;
    if (index == 0) {
        rule->slots = own;
        return true;
    }
    bool same = own.count == rule->slots.count;
    for (int i = 0; same && i < own.count; i++)
        same = rg_pattern_slot(&rule->slots, own.names[i], false) != RG_NONE;
    if (same)
        share_slots(&rule->says[index], &own, &rule->slots);
    return same
           || load_error(l, *text, "phrase",
                         "name the slots: <buyer:org> buys <target:org>",
                         "all phrases of a rule need slots of the same names");
}

static void put_phrase_args(rg_arena *arena, rg_rule *rule, const rg_phrase *phrase)
{
    for (int i = 0; i < phrase->count; i++) {
        const rg_phrase_part *part = &phrase->parts[i];
        for (int c = 0; c < part->choice_count; c++)
            put_phrase_args(arena, rule, &part->choices[c]);
        if (part->kind == RG_PHRASE_SLOT)
            rule->args[rule->arg_count++] =
                (rg_arg){.slot = part->slot,
                         .offset = phrase->offset,
                         .mode = part->optional ? RG_ARG_MAYBE
                                 : part->many   ? RG_ARG_SOME
                                                : RG_ARG_EACH};
    }
}

static bool read_phrase_body(rule_reader *in)
{
    const char *hint = "write say: <org> acquires <org>";
    loader *l = in->l;
    rg_rule *rule = in->rule;
    const rg_yaml *node =
        in->body->kind == RG_YAML_MAP ? rg_yaml_find(in->body, "say") : in->body;
    if (!node)
        return load_error(l, in->body->scalar, "missing-key", hint,
                          "the rule has no 'say'");
    const rg_scalar *texts;
    int count = load_scalars(l, node, &texts, hint);
    rg_pattern_slot(&rule->slots, RG_STR("verb"), true);
    rule->says = rg_new(l->c.arena, rg_phrase, count + 1);
    bool ok = count > 0;
    for (int i = 0; i < count; i++)
        ok &= read_phrase_item(in, &texts[i], i);
    if (!ok)
        return false;
    rule->say_count = count;
    rule->args = rg_new(l->c.arena, rg_arg, RG_MAX_SLOTS);
    put_phrase_args(l->c.arena, rule, &rule->says[0]);
    return read_synonyms(in);
}

static bool read_either_body(rule_reader *in)
{
    const rg_yaml *match = rg_yaml_find(in->body, "match");
    const rg_yaml *say = rg_yaml_find(in->body, "say");
    if (match && say)
        return load_error(in->l, say->scalar, "body", NULL,
                          "a rule has one body: either 'match' or 'say'");
    if (say)
        return read_phrase_body(in);
    return need(in, "match") && read_match(in) && read_args(in);
}

/* ---- where, not, with -------------------------------------------------------------------- */

static bool read_wheres(rule_reader *in)
{
    loader *l = in->l;
    const rg_yaml *node = rg_yaml_find(in->body, "where");
    if (!node)
        return true;
    const rg_scalar *tests;
    int count =
        load_scalars(l, node, &tests, "write where: [a.lemma = b.lemma, a .. b]");
    bool ok = count > 0;
    in->rule->wheres = rg_new(l->c.arena, rg_where, count);
    for (int i = 0; i < count; i++)
        ok &= rg_pattern_where(&in->rule->wheres[in->rule->where_count++], &l->c,
                               tests[i], &in->rule->slots);
    return ok;
}

/* Names bound in `not` and `with` are their own: nobody else can name these slots. */
static void hide_names(rg_slots *slots, int from)
{
    for (int i = from; i < slots->count; i++)
        slots->names[i] = RG_STR("");
}

static bool read_nots(rule_reader *in)
{
    loader *l = in->l;
    rg_slots *slots = &in->rule->slots;
    const rg_yaml *node = rg_yaml_find(in->body, "not");
    if (!node)
        return true;
    const rg_scalar *texts;
    int count = load_scalars(l, node, &texts, "write not: [path, ...]"), room = 0;
    bool ok = count > 0;
    for (int i = 0; i < count; i++) {
        rg_paths paths;
        int before = slots->count;
        if (!rg_pattern_paths(&paths, &l->c, texts[i], slots, false)) {
            ok = false;
            continue;
        }
        hide_names(slots, before);
        for (int j = 0; j < paths.count; j++) {
            load_grow(l, in->rule->nots, in->rule->not_count, room);
            in->rule->nots[in->rule->not_count++] = paths.items[j];
        }
    }
    return ok;
}

static bool read_withs(rule_reader *in)
{
    const char *hint = "write with: {place: \"in <place>\"}";
    loader *l = in->l;
    rg_slots *slots = &in->rule->slots;
    const rg_yaml *node = rg_yaml_find(in->body, "with");
    if (!node)
        return true;
    if (!load_expect(l, node, RG_YAML_MAP, hint))
        return false;
    bool ok = true;
    in->rule->withs = rg_new(l->c.arena, rg_with, node->count);
    for (const rg_yaml *child = node->first; child; child = child->next) {
        rg_with *with = &in->rule->withs[in->rule->with_count++];
        int before = slots->count;
        with->key = child->key->scalar.value;
        ok &= load_check_name(l, child->key->scalar, "a qualifier")
              && load_expect(l, child, RG_YAML_SCALAR, hint)
              && rg_pattern_with(with, &l->c, child->scalar, slots);
        hide_names(slots, before);
    }
    return ok;
}

/* ---- relation, subject, object -------------------------------------------------------------- */

static bool read_relation(rule_reader *in)
{
    const rg_yaml *node = rg_yaml_find(in->body, "relation");
    if (!node)
        return rg_pattern_template(&in->rule->relation, &in->l->c, in->key->scalar,
                                   &in->rule->slots);
    return load_expect(in->l, node, RG_YAML_SCALAR, NULL)
           && rg_pattern_template(&in->rule->relation, &in->l->c, node->scalar,
                                  &in->rule->slots);
}

/* The first arg, in order of writing, that is not `taken`: the slots of args follow the
 * anchor's. So do those that a surface pattern names. */
static int find_end(const rg_rule *rule, int taken)
{
    for (int slot = 1; rule->surface && slot < RG_MAX_SLOTS; slot++)
        if (slot != taken && (rule->surface->sure >> slot & 1))
            return slot;
    for (int slot = 1; slot <= rule->arg_count; slot++)
        if (slot != taken)
            return slot;
    return RG_NONE;
}

/* The name that `key` gives, else the name `key` itself, else RG_NONE. */
static bool read_end(rule_reader *in, const char *key, int *out)
{
    loader *l = in->l;
    const rg_yaml *node = rg_yaml_find(in->body, key);
    *out = rg_pattern_slot(&in->rule->slots, rg_str_of(key), false);
    if (!node)
        return true;
    if (!load_expect(l, node, RG_YAML_SCALAR, NULL))
        return false;
    *out = rg_pattern_slot(&in->rule->slots, node->scalar.value, false);
    if (*out != RG_NONE)
        return true;
    rg_map *names = rg_map_new(l->c.arena);
    for (int i = 0; i < in->rule->slots.count; i++)
        rg_map_put(names, in->rule->slots.names[i]);
    return load_error(l, node->scalar, "unknown-name",
                      rg_pattern_suggest(&l->c, names, node->scalar.value),
                      "nothing is bound to the name '%.*s'",
                      RG_PRINT(load_excerpt(node->scalar.value)));
}

static bool read_ends(rule_reader *in)
{
    rg_rule *rule = in->rule;
    if (!read_end(in, "subject", &rule->subject)
        || !read_end(in, "object", &rule->object))
        return false;
    if (rule->subject == RG_NONE)
        rule->subject = find_end(rule, rule->object);
    if (rule->object == RG_NONE)
        rule->object = find_end(rule, rule->subject);
    if (rule->subject != RG_NONE && rule->object != RG_NONE)
        return true;
    return load_error(in->l, in->body->scalar, "missing-key",
                      rule->surface ? "the pattern needs two slots: <type> ... <type>"
                                    : "name arguments 'subject' and 'object'",
                      "the rule has no '%s'",
                      rule->subject == RG_NONE ? "subject" : "object");
}

/* ---- wording, lead, supply -------------------------------------------------------------------- */

/* `wording: none`, or paths to the relation's tokens. */
static bool read_wording(rule_reader *in)
{
    const rg_yaml *node = rg_yaml_find(in->body, "wording");
    rg_rule *rule = in->rule;
    if (!node)
        return true;
    rule->has_wording = true;
    if (node->kind == RG_YAML_SCALAR && rg_str_is(node->scalar.value, "none"))
        return true;
    int before = rule->slots.count;
    bool ok = load_paths(in->l, node, &rule->wording, &rule->slots, false);
    hide_names(&rule->slots, before);
    return ok;
}

/* The arg of mode `list`; a rule has one at most. */
static bool find_list(rule_reader *in)
{
    rg_rule *rule = in->rule;
    for (int i = 0; i < rule->arg_count; i++) {
        const rg_arg *arg = &rule->args[i];
        if (arg->mode != RG_ARG_LIST)
            continue;
        if (rule->list != RG_NONE)
            return load_error(in->l, in->body->scalar, "list-arg",
                              "join their paths by '|'",
                              "a rule has one argument of mode 'list'");
        rule->list = arg->slot;
    }
    return rule->list == RG_NONE || rule->list != rule->subject
           || load_error(in->l, in->body->scalar, "list-arg", NULL,
                         "the subject cannot be a 'list'");
}

static bool read_lead(rule_reader *in)
{
    return read_end(in, "lead", &in->rule->lead) || !rg_yaml_find(in->body, "lead");
}

static bool read_supply(rule_reader *in)
{
    const char *hint = "write supply: be, or supply: {SUB-LABEL: be}";
    loader *l = in->l;
    const rg_yaml *node = rg_yaml_find(in->body, "supply");
    rg_rule *rule = in->rule;
    if (!node)
        return true;
    bool map = node->kind == RG_YAML_MAP, ok = true;
    rule->supplies = rg_new(l->c.arena, rg_supply, map ? node->count : 1);
    for (const rg_yaml *one = map ? node->first : node; one; one = one->next) {
        rg_supply *supply = &rule->supplies[rule->supply_count++];
        supply->via = RG_NONE;
        if (map && !load_check_name(l, one->key->scalar, "a sub-label"))
            ok = false;
        else if (map)
            supply->via = rg_pattern_symbol(&l->c, one->key->scalar.value);
        ok &= load_expect(l, one, RG_YAML_SCALAR, hint)
              && rg_pattern_supply(supply, &l->c, one->scalar);
        if (!map)
            break;
    }
    return ok;
}

/* turn: {agent: "{verb|present}"} */
static bool read_turn(rule_reader *in)
{
    const char *hint = "write turn: {SUB-LABEL: RELATION}";
    loader *l = in->l;
    rg_rule *rule = in->rule;
    const rg_yaml *node = rg_yaml_find(in->body, "turn");
    if (!node)
        return true;
    if (!load_expect(l, node, RG_YAML_MAP, hint))
        return false;
    const rg_yaml *one = node->first;
    if (!one || one->next)
        return load_error(l, node->scalar, "turn", hint, "expected one sub-label");
    if (!load_check_name(l, one->key->scalar, "a sub-label")
        || !load_expect(l, one, RG_YAML_SCALAR, hint))
        return false;
    rule->has_turn = true;
    rule->turn_via = rg_pattern_symbol(&l->c, one->key->scalar.value);
    return rg_pattern_template(&rule->turn, &l->c, one->scalar, &rule->slots);
}

/* ---- The plain keys --------------------------------------------------------------------------- */

static bool read_numbers(rule_reader *in)
{
    rg_rule *rule = in->rule;
    bool ok = true;
    const rg_yaml *node;
    if ((node = rg_yaml_find(in->body, "priority")))
        ok &= load_int(in->l, node, 0, MOST_PRIORITY, &rule->priority);
    if ((node = rg_yaml_find(in->body, "confidence")))
        ok &= load_number(in->l, node, &rule->confidence);
    if ((node = rg_yaml_find(in->body, "enabled")))
        ok &= load_bool(in->l, node, &rule->enabled);
    return ok;
}

static bool read_words(rule_reader *in)
{
    static const char *const consumes[] = {
        [RG_CONSUME_EDGES] = "edges",
        [RG_CONSUME_ANCHOR] = "anchor",
        [RG_CONSUME_NONE] = "none",
        NULL,
    };
    loader *l = in->l;
    bool ok = true;
    const rg_yaml *node;
    if ((node = rg_yaml_find(in->body, "consume"))) {
        int found = load_expect(l, node, RG_YAML_SCALAR, NULL)
                        ? load_word(l, node->scalar, consumes, "way to consume")
                        : RG_NONE;
        ok &= found != RG_NONE;
        in->rule->consume = found == RG_NONE ? RG_CONSUME_EDGES : (rg_consume)found;
    }
    if ((node = rg_yaml_find(in->body, "style"))) {
        ok &= load_expect(l, node, RG_YAML_SCALAR, NULL)
              && load_check_name(l, node->scalar, "a style");
        in->rule->style = node->scalar.value;
    }
    if ((node = rg_yaml_find(in->body, "tags"))) {
        const rg_scalar *tags;
        load_scalars(l, node, &tags, "write tags: [a, b]");
    }
    if ((node = rg_yaml_find(in->body, "doc")))
        ok &= load_expect(l, node, RG_YAML_SCALAR, NULL);
    return ok;
}

/* as: statement: the object is what the sentence says at that token. */
static bool read_as(rule_reader *in)
{
    static const char *const words[] = {"statement", NULL};
    const rg_yaml *node = rg_yaml_find(in->body, "as");
    if (!node)
        return true;
    in->rule->statement =
        load_expect(in->l, node, RG_YAML_SCALAR, "write as: statement")
        && load_word(in->l, node->scalar, words, "way to take the object") != RG_NONE;
    return in->rule->statement;
}

/* A name of another relation under this key. */
static bool read_other_relation(rule_reader *in, const char *key, rg_str *out)
{
    const rg_yaml *node = rg_yaml_find(in->body, key);
    if (!node)
        return true;
    if (!load_expect(in->l, node, RG_YAML_SCALAR, NULL)
        || !load_check_name(in->l, node->scalar, "a relation"))
        return false;
    *out = node->scalar.value;
    return true;
}

/* is, inverse, symmetric: what holds of the relation wherever it stands. */
static bool read_relation_kind(rule_reader *in)
{
    loader *l = in->l;
    rg_relation about = {.name = in->rule->relation.text};
    const rg_yaml *node = rg_yaml_find(in->body, "symmetric");
    bool ok = read_other_relation(in, "is", &about.is)
              & read_other_relation(in, "inverse", &about.inverse)
              & (!node || load_bool(l, node, &about.symmetric));
    if (!ok || (about.is.len == 0 && about.inverse.len == 0 && !about.symmetric))
        return ok;
    const rg_template *relation = &in->rule->relation;
    if (relation->count != 1 || relation->pieces[0].slot != RG_NONE)
        return load_error(
            l, in->body->scalar, "relation", NULL,
            "'is', 'inverse' and 'symmetric' need a relation without names");
    rg_rules *rules = l->c.rules;
    load_grow(l, rules->relations, rules->relation_count, l->room.relations);
    rules->relations[rules->relation_count++] = about;
    return true;
}

static bool read_rule_sets(rule_reader *in)
{
    const rg_yaml *node = rg_yaml_find(in->body, "set");
    return !node
           || load_sets(in->l, node, &in->rule->slots, &in->rule->sets,
                        &in->rule->set_count);
}

/* Templates are read before `not` and `with`, whose names they cannot use. */
static bool read_body(rule_reader *in)
{
    bool by_text =
        in->body->kind == RG_YAML_MAP && rg_yaml_find(in->body, "text") != NULL;
    bool found = by_text   ? read_surface(in)
                 : in->key ? read_phrase_body(in)
                           : read_either_body(in);
    bool named = in->key || need(in, "relation");
    if (!found || !named)
        return false;
    bool ok = read_wheres(in);
    ok &= read_relation(in);
    ok &= read_rule_sets(in);
    ok &= read_as(in);
    ok &= ok && read_relation_kind(in);
    ok &= read_ends(in);
    ok &= find_list(in) && read_wording(in) && read_lead(in) && read_supply(in);
    ok &= read_turn(in);
    ok &= read_nots(in);
    ok &= read_withs(in);
    return ok;
}

/* One body; under `relations` the key is the relation, the rule's name, and the body may
 * be the phrase alone. */
static void load_rule(loader *l, const rg_yaml *body, const rg_yaml *key)
{
    rg_rules *rules = l->c.rules;
    body = load_fill_template(l, body);
    if (!body)
        return;
    rg_rule rule = {
        .priority = key ? RELATION_PRIORITY : DEFAULT_PRIORITY,
        .confidence = 1,
        .enabled = true,
        .subject = RG_NONE,
        .object = RG_NONE,
        .list = RG_NONE,
        .lead = RG_NONE,
        .file = body->scalar.file,
        .offset = body->scalar.offset,
        .line = load_line(l, body->scalar.file, body->scalar.offset),
        .hash = load_hash_rule(l, body, key),
    };
    rule_reader in = {.l = l, .body = body, .rule = &rule, .key = key};
    if (body->kind == RG_YAML_MAP)
        load_check_keys(l, body, "a rule", rule_keys);
    bool ok = read_id(&in);
    ok &= read_numbers(&in);
    ok &= read_words(&in);
    const rg_yaml *examples = rg_yaml_find(body, "examples");
    if (examples)
        load_examples(l, examples, &rule.examples);
    ok &= read_body(&in);
    if (!ok)
        return;
    load_grow(l, rules->rules, rules->rule_count, l->room.rules);
    rules->rules[rules->rule_count++] = rule;
}

void load_rules(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_LIST, "write - rule: NAME for each rule"))
        return;
    for (const rg_yaml *body = node->first; body; body = body->next)
        if (load_expect(l, body, RG_YAML_MAP, "write - rule: NAME, and its keys below"))
            load_rule(l, body, NULL);
}

void load_relations(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_MAP, "write acquires: <org> acquires <org>"))
        return;
    for (const rg_yaml *body = node->first; body; body = body->next)
        load_rule(l, body, body->key);
}
