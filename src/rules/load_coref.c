/* load_coref.c - `coref:`, `same:`, `different:`: which mentions are the same thing. */
#include "rules/load.h"

#include <stdlib.h>
#include <string.h>

static const char *const edge_keys[] = {
#define EDGE_GROUP(id, key) key,
#include "rules/coref_groups.def"
#undef EDGE_GROUP
    NULL};

static const char *const tag_keys[] = {
#define TAG_GROUP(id, key) key,
#include "rules/coref_groups.def"
#undef TAG_GROUP
    NULL};

static const char *const word_keys[] = {
#define WORD_LIST(id, key) key,
#include "rules/coref_groups.def"
#undef WORD_LIST
    NULL};

static const char *const clue_keys[] = {
#define CLUE(id, key) key,
#include "rules/coref_groups.def"
#undef CLUE
    NULL};

static const char *const match_keys[] = {
#define MATCH(id, key) key,
#include "rules/coref_passes.def"
#undef MATCH
    NULL};

static const char *const check_keys[] = {
#define CHECK(id, key) key,
#include "rules/coref_passes.def"
#undef CHECK
    NULL};

static const char *const feature_keys[] = {
#define FEATURE(id, key) key,
#include "rules/coref_features.def"
#undef FEATURE
    NULL};

static const char *const kind_keys[] = {"name", "nominal", "pronoun", NULL};

const char *rg_coref_feature_name(int feature)
{
    return feature_keys[feature];
}

/* ---- Small values ---------------------------------------------------------------------- */

/* The bits of the words of a list (or of the one word). */
static uint32_t read_bits(loader *l, const rg_yaml *node, const char *const *words,
                          const char *what)
{
    const rg_scalar *items;
    uint32_t bits = 0;
    int count = load_scalars(l, node, &items, "write [A, B]");
    for (int i = 0; i < count; i++) {
        int found = load_word(l, items[i], words, what);
        if (found != RG_NONE)
            bits |= (uint32_t)1 << found;
    }
    return bits;
}

static bool is_decimal(const char *text)
{
    return text[0] != '\0' && strlen(text) <= 16
           && text[strspn(text, "+-.0123456789")] == '\0';
}

/* A signed decimal number; false, reported. */
static bool read_weight(loader *l, const rg_yaml *node, double *out)
{
    enum { MOST = 100 };
    if (!load_expect(l, node, RG_YAML_SCALAR, NULL))
        return false;
    const char *text = rg_arena_str(l->c.arena, node->scalar.value).bytes;
    char *end = NULL;
    double value = is_decimal(text) ? strtod(text, &end) : 0;
    if (!end || *end != '\0' || value > MOST || value < -MOST)
        return load_error(l, node->scalar, "bad-number", NULL,
                          "expected a number from -%d to %d, found '%.*s'", MOST, MOST,
                          RG_PRINT(load_excerpt(node->scalar.value)));
    *out = value;
    return true;
}

static int read_list(loader *l, const rg_yaml *node)
{
    return load_expect(l, node, RG_YAML_SCALAR, "write KEY: $LIST")
               ? load_list_reference(l, node->scalar)
               : RG_NONE;
}

/* ---- Labels and tags of the analysis, by group -------------------------------------------- */

/* Room for one more symbol in both tables. */
static void put_group(loader *l, uint64_t **table, rg_str label, int group)
{
    int symbol = rg_pattern_symbol(&l->c, label);
    rg_coref_spec *spec = &l->c.rules->coref;
    if (symbol >= spec->symbol_count) {
        int count = 2 * symbol + 64;
        uint64_t *edges = rg_new(l->c.arena, uint64_t, count);
        uint64_t *tags = rg_new(l->c.arena, uint64_t, count);
        for (int i = 0; i < spec->symbol_count; i++) {
            edges[i] = spec->edges[i];
            tags[i] = spec->tags[i];
        }
        spec->edges = edges;
        spec->tags = tags;
        spec->symbol_count = count;
    }
    (*table)[symbol] |= (uint64_t)1 << group;
}

/* A later file's group takes the place of an earlier one's. */
static void drop_group(const rg_coref_spec *spec, uint64_t *table, int group)
{
    for (int i = 0; i < spec->symbol_count; i++)
        table[i] &= ~((uint64_t)1 << group);
}

static void read_groups(loader *l, const rg_yaml *node, bool edges)
{
    rg_coref_spec *spec = &l->c.rules->coref;
    const char *const *keys = edges ? edge_keys : tag_keys;
    rg_label_kind kind = edges ? RG_LABEL_DEP : RG_LABEL_TAG;
    if (!load_expect(l, node, RG_YAML_MAP, "write GROUP: [label, label]"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int group = load_word(l, child->key->scalar, keys, "group");
        const rg_scalar *labels;
        int count = load_scalars(l, child, &labels, "write [label, label]");
        if (group != RG_NONE && spec->symbol_count > 0)
            drop_group(spec, edges ? spec->edges : spec->tags, group);
        for (int i = 0; i < count && group != RG_NONE; i++)
            if (load_label(l, labels[i], kind, edges ? "edge" : "tag"))
                put_group(l, edges ? &spec->edges : &spec->tags, labels[i].value,
                          group);
    }
}

/* ---- Words ---------------------------------------------------------------------------------- */

static void read_words(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_MAP, "write KEY: $LIST"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int key = load_word(l, child->key->scalar, word_keys, "list of 'words'");
        int list = read_list(l, child);
        if (key != RG_NONE)
            l->c.rules->coref.words[key] = list;
    }
}

static rg_pronoun *find_pronoun(loader *l, rg_scalar name)
{
    rg_coref_spec *spec = &l->c.rules->coref;
    for (int i = 0; i < spec->pronoun_count; i++)
        if (rg_str_equal(spec->pronouns[i].name, name.value))
            return &spec->pronouns[i];
    if (spec->pronoun_count == RG_MAX_PRONOUNS) {
        load_error(l, name, "limit", NULL, "more than %d pronouns", RG_MAX_PRONOUNS);
        return NULL;
    }
    return &spec->pronouns[spec->pronoun_count++];
}

static void read_pronoun(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"words",  "gender",  "person",
                                       "number", "animate", NULL};
    static const char *const genders[] = {"none", "male", "female", NULL};
    static const char *const numbers[] = {"singular", "plural", "any", NULL};
    rg_pronoun *out = find_pronoun(l, node->key->scalar);
    if (!out || !load_expect(l, node, RG_YAML_MAP, "write {words: $LIST, person: 3}"))
        return;
    *out = (rg_pronoun){.name = node->key->scalar.value, .list = RG_NONE, .person = 3};
    load_check_keys(l, node, "a pronoun", keys);
    const rg_yaml *value;
    bool animate = false;
    if ((value = rg_yaml_find(node, "words")))
        out->list = read_list(l, value);
    if ((value = rg_yaml_find(node, "person")))
        load_int(l, value, 1, 3, &out->person);
    if ((value = rg_yaml_find(node, "gender")))
        out->gender = (rg_gender)read_bits(l, value, genders, "gender") >> 1;
    if ((value = rg_yaml_find(node, "number"))) {
        uint32_t bits = read_bits(l, value, numbers, "number");
        out->plural = bits >> 1 & 1;
        out->any_number = bits >> 2 & 1;
    }
    if ((value = rg_yaml_find(node, "animate")) && load_bool(l, value, &animate)) {
        out->animate = animate;
        out->inanimate = !animate;
    }
    if (out->list == RG_NONE)
        load_error(l, node->key->scalar, "pronoun", "write words: $LIST",
                   "the pronoun '%.*s' has no words",
                   RG_PRINT(load_excerpt(out->name)));
}

static void read_pronouns(loader *l, const rg_yaml *node)
{
    if (load_expect(l, node, RG_YAML_MAP, "write he: {words: $he, gender: male}"))
        for (const rg_yaml *child = node->first; child; child = child->next)
            read_pronoun(l, child);
}

static void read_type_nouns(loader *l, const rg_yaml *node)
{
    rg_coref_spec *spec = &l->c.rules->coref;
    if (!load_expect(l, node, RG_YAML_MAP, "write TYPE: $LIST"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int type = load_type_reference(l, child->key->scalar);
        int list = read_list(l, child), at = 0;
        if (type == RG_NONE || list == RG_NONE)
            continue;
        while (at < spec->noun_count && spec->nouns[at].type != type)
            at++;
        if (at == spec->noun_count) {
            load_grow(l, spec->nouns, spec->noun_count, l->room.type_nouns);
            spec->noun_count++;
        }
        spec->nouns[at] = (rg_type_noun){type, list};
    }
}

/* What the types of names, people, organisations and places are called. */
static void read_kinds(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"name", "person", "org", "place", NULL};
    rg_coref_spec *spec = &l->c.rules->coref;
    int *const types[] = {&spec->type_name, &spec->type_person, &spec->type_org,
                          &spec->type_place};
    if (!load_expect(l, node, RG_YAML_MAP, "write person: TYPE"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int key = load_word(l, child->key->scalar, keys, "key of 'types'");
        if (key != RG_NONE && load_expect(l, child, RG_YAML_SCALAR, NULL))
            *types[key] = load_type_reference(l, child->scalar);
    }
}

static void read_clues(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_MAP, "write title: 3"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int clue = load_word(l, child->key->scalar, clue_keys, "clue");
        double weight = 0;
        if (read_weight(l, child, &weight) && clue != RG_NONE)
            l->c.rules->coref.clues[clue] = weight;
    }
}

/* ---- Passes --------------------------------------------------------------------------------- */

static rg_coref_pass *find_pass(loader *l, rg_scalar id)
{
    rg_coref_spec *spec = &l->c.rules->coref;
    for (int i = 0; i < spec->pass_count; i++)
        if (rg_str_equal(spec->passes[i].id, id.value))
            return &spec->passes[i];
    load_grow(l, spec->passes, spec->pass_count, l->room.passes);
    rg_coref_pass *made = &spec->passes[spec->pass_count++];
    *made = (rg_coref_pass){.id = id.value,
                            .enabled = true,
                            .determiners = RG_NONE,
                            .window = -1,
                            .merge = true,
                            .file = id.file,
                            .offset = id.offset};
    return made;
}

/* "he" among the pronouns; RG_NONE, reported. */
static int find_pronoun_word(loader *l, rg_scalar at)
{
    const rg_coref_spec *spec = &l->c.rules->coref;
    const char *names[RG_MAX_PRONOUNS + 1] = {NULL};
    for (int i = 0; i < spec->pronoun_count; i++)
        names[i] = rg_arena_str(l->c.arena, spec->pronouns[i].name).bytes;
    return load_word(l, at, names, "pronoun");
}

static void read_pass_pronouns(loader *l, const rg_yaml *node, rg_coref_pass *pass)
{
    const rg_scalar *names;
    int count = load_scalars(l, node, &names, "write [he, she]");
    pass->pronouns = 0;
    for (int i = 0; i < count; i++) {
        int found = find_pronoun_word(l, names[i]);
        if (found != RG_NONE)
            pass->pronouns |= (uint32_t)1 << found;
    }
}

static void read_weights(loader *l, const rg_yaml *node, rg_coref_pass *pass)
{
    if (!load_expect(l, node, RG_YAML_MAP, "write feature: weight"))
        return;
    pass->scored = true;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        int feature = load_word(l, child->key->scalar, feature_keys, "feature");
        double weight = 0;
        if (read_weight(l, child, &weight) && feature != RG_NONE)
            pass->weights[feature] = weight;
    }
}

/* The numbers and switches of a pass. */
static void read_pass_limits(loader *l, const rg_yaml *node, rg_coref_pass *pass)
{
    enum { MOST_SENTENCES = 1000000, MOST_AHEAD = 200 };
    const rg_yaml *value;
    if ((value = rg_yaml_find(node, "window")))
        load_int(l, value, -1, MOST_SENTENCES, &pass->window);
    if ((value = rg_yaml_find(node, "ahead")))
        load_int(l, value, 0, MOST_AHEAD, &pass->ahead);
    if ((value = rg_yaml_find(node, "min_share")))
        load_number(l, value, &pass->min_share);
    if ((value = rg_yaml_find(node, "bare")))
        load_bool(l, value, &pass->bare);
    if ((value = rg_yaml_find(node, "frequent")))
        load_bool(l, value, &pass->frequent);
    if ((value = rg_yaml_find(node, "attribute")))
        load_bool(l, value, &pass->attribute);
    if ((value = rg_yaml_find(node, "merge")))
        load_bool(l, value, &pass->merge);
    if ((value = rg_yaml_find(node, "enabled")))
        load_bool(l, value, &pass->enabled);
}

static void read_pass(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {
        "id",         "anaphor", "antecedent", "pronouns", "match", "when",
        "determiner", "bare",    "frequent",   "window",   "ahead", "min_share",
        "attribute",  "merge",   "weights",    "enabled",  "doc",   NULL};
    const rg_yaml *value = NULL;
    if (!load_expect(l, node, RG_YAML_MAP, "write {id: NAME, match: [..]}"))
        return;
    load_check_keys(l, node, "a pass", keys);
    if (!(value = rg_yaml_find(node, "id")) || value->kind != RG_YAML_SCALAR) {
        load_error(l, node->scalar, "pass", "write id: NAME", "a pass without its id");
        return;
    }
    rg_coref_pass *pass = find_pass(l, value->scalar);
    if ((value = rg_yaml_find(node, "anaphor")))
        pass->anaphors = read_bits(l, value, kind_keys, "kind of mention");
    if ((value = rg_yaml_find(node, "antecedent")))
        pass->antecedents = read_bits(l, value, kind_keys, "kind of mention");
    if ((value = rg_yaml_find(node, "pronouns")))
        read_pass_pronouns(l, value, pass);
    if ((value = rg_yaml_find(node, "match")))
        pass->matches = read_bits(l, value, match_keys, "match");
    if ((value = rg_yaml_find(node, "when")))
        pass->checks = read_bits(l, value, check_keys, "check");
    if ((value = rg_yaml_find(node, "determiner")))
        pass->determiners = read_list(l, value);
    if ((value = rg_yaml_find(node, "weights")))
        read_weights(l, value, pass);
    read_pass_limits(l, node, pass);
    if (!pass->scored && pass->matches == 0)
        load_error(l, node->scalar, "pass", "write match: [..] or weights: {..}",
                   "the pass '%.*s' links nothing", RG_PRINT(load_excerpt(pass->id)));
}

static void read_passes(loader *l, const rg_yaml *node)
{
    if (load_expect(l, node, RG_YAML_LIST, "write - {id: NAME, match: [..]}"))
        for (const rg_yaml *child = node->first; child; child = child->next)
            read_pass(l, child);
}

void load_coref(loader *l, const rg_yaml *node)
{
    static const char *const keys[] = {"edges",    "tags",       "words",  "types",
                                       "pronouns", "type_nouns", "passes", "min_share",
                                       "clues",    NULL};
    const rg_yaml *value;
    if (!load_expect(l, node, RG_YAML_MAP, "write passes: [..]"))
        return;
    load_check_keys(l, node, "'coref'", keys);
    if ((value = rg_yaml_find(node, "edges")))
        read_groups(l, value, true);
    if ((value = rg_yaml_find(node, "tags")))
        read_groups(l, value, false);
    if ((value = rg_yaml_find(node, "words")))
        read_words(l, value);
    if ((value = rg_yaml_find(node, "types")))
        read_kinds(l, value);
    if ((value = rg_yaml_find(node, "pronouns")))
        read_pronouns(l, value);
    if ((value = rg_yaml_find(node, "type_nouns")))
        read_type_nouns(l, value);
    if ((value = rg_yaml_find(node, "clues")))
        read_clues(l, value);
    if ((value = rg_yaml_find(node, "passes")))
        read_passes(l, value);
    if ((value = rg_yaml_find(node, "min_share")))
        load_number(l, value, &l->c.rules->coref.min_share);
}

void load_coref_begin(rg_coref_spec *spec)
{
    spec->min_share = -1;
    spec->type_name = spec->type_person = spec->type_org = spec->type_place = RG_NONE;
    for (int i = 0; i < RG_WORDS_COUNT; i++)
        spec->words[i] = RG_NONE;
}

/* So that a word is looked up once for all lists. */
void load_coref_end(loader *l)
{
    const rg_rules *rules = l->c.rules;
    rg_coref_spec *spec = &l->c.rules->coref;
    spec->word_symbols = rg_map_count(rules->symbols);
    spec->word_lists = rg_new(l->c.arena, uint64_t, spec->word_symbols + 1);
    for (int i = 0; i < RG_WORDS_COUNT; i++) {
        if (spec->words[i] == RG_NONE)
            continue;
        const rg_list *list = &rules->lists[spec->words[i]];
        spec->word_files |= (uint64_t)(list->names != NULL) << i;
        for (int j = 0; j < list->item_count; j++)
            if (list->items[j].word_count == 1)
                spec->word_lists[list->items[j].words[0]] |= (uint64_t)1 << i;
    }
}

/* ---- By hand ---------------------------------------------------------------------------------- */

static void read_name_set(loader *l, const rg_yaml *node, rg_name_set *out)
{
    const rg_scalar *names;
    int count = load_scalars(l, node, &names, "write [NAME, NAME]");
    if (node->kind != RG_YAML_LIST || count < 2) {
        load_error(l, node->scalar, "names", "write - [NAME, NAME]",
                   "two names or more are needed");
        return;
    }
    out->names = rg_new(l->c.arena, rg_str, count);
    for (int i = 0; i < count; i++)
        out->names[out->count++] = rg_str_trim(names[i].value);
}

static void read_name_sets(loader *l, const rg_yaml *node, rg_name_set **sets,
                           int *count, int *room)
{
    if (!load_expect(l, node, RG_YAML_LIST, "write - [NAME, NAME]"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        load_grow(l, *sets, *count, *room);
        read_name_set(l, child, &(*sets)[*count]);
        *count += (*sets)[*count].count > 0;
    }
}

void load_same(loader *l, const rg_yaml *node)
{
    rg_coref_spec *spec = &l->c.rules->coref;
    read_name_sets(l, node, &spec->same, &spec->same_count, &l->room.same);
}

void load_different(loader *l, const rg_yaml *node)
{
    rg_coref_spec *spec = &l->c.rules->coref;
    read_name_sets(l, node, &spec->different, &spec->different_count,
                   &l->room.different);
}
