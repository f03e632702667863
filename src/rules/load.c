/* load.c - loads a set of rule files: passes over all of them, then what needs the whole. */
#include "rules/load.h"

#include <stdlib.h>

/* ---- Findings: kept until the end, then told by file and line, twenty a file ------------ */

enum { MOST_SHOWN = 20 };

typedef struct finding {
    rg_message message;
    int rank; /* of its file in the order of loading */
    int order;
} finding;

typedef struct collector {
    rg_arena *arena;
    const rg_rules *rules;
    finding *items;
    int count, room;
} collector;

static int rank_of(const rg_rules *rules, rg_str path)
{
    for (int i = 0; i < rules->file_count; i++)
        if (rg_str_equal(rules->files[i].path, path))
            return i;
    return RG_NONE;
}

static void collect(void *user, const rg_message *message)
{
    collector *to = user;
    to->items =
        rg_arena_grow(to->arena, to->items, to->count, &to->room, sizeof *to->items);
    rg_message copy = *message;
    copy.file = rg_arena_str(to->arena, message->file);
    copy.text = rg_arena_str(to->arena, message->text);
    copy.source_line = rg_arena_str(to->arena, message->source_line);
    copy.hint = rg_arena_str(to->arena, message->hint);
    to->items[to->count] = (finding){copy, rank_of(to->rules, copy.file), to->count};
    to->count++;
}

static int compare_findings(const void *a, const void *b)
{
    const finding *one = a, *other = b;
    if (one->rank != other->rank)
        return one->rank - other->rank;
    if (one->message.line != other->message.line)
        return one->message.line - other->message.line;
    if (one->message.column != other->message.column)
        return one->message.column - other->message.column;
    return one->order - other->order;
}

/* Tells how many findings of this file are not shown. */
static void report_rest(const collector *from, int rank, int kept, rg_reporter reporter)
{
    if (rank == RG_NONE)
        return;
    const rg_file *file = &from->rules->files[rank];
    int all = file->errors > kept ? file->errors : kept;
    if (all > MOST_SHOWN)
        rg_report(reporter,
                  (rg_finding){.severity = RG_ERROR,
                               .id = "more",
                               .at = rg_place_file(file->path)},
                  "and %d more", all - MOST_SHOWN);
}

static void report_all(const collector *from, rg_reporter reporter)
{
    if (!reporter.report)
        return;
    if (from->count > 1)
        qsort(from->items, (size_t)from->count, sizeof *from->items, compare_findings);
    for (int i = 0; i < from->count;) {
        int rank = from->items[i].rank, kept = 0;
        for (; i < from->count && from->items[i].rank == rank; i++)
            if (kept++ < MOST_SHOWN || rank == RG_NONE)
                reporter.report(reporter.user, &from->items[i].message);
        report_rest(from, rank, kept, reporter);
    }
}

/* ---- The keys of a file ------------------------------------------------------------------- */

typedef struct section {
    const char *key;
    void (*first_pass)(loader *l, const rg_yaml *node);
    void (*second_pass)(loader *l, const rg_yaml *node);
} section;

static const section sections[] = {
    {"lists", load_lists, NULL},
    {"phrase", NULL, load_phrase_spec},
    {"learn", NULL, load_learn},
    {"types", load_type_names, load_types},
    {"templates", load_templates, NULL},
    {"derive", load_derive_names, load_derives},
    {"repair", NULL, load_repairs},
    {"mentions", NULL, load_mentions},
    {"aliases", NULL, load_aliases},
    {"type", NULL, load_label_types},
    {"relations", NULL, load_relations},
    {"rules", NULL, load_rules},
    {"attributes", NULL, load_attributes},
    {"output", NULL, load_output},
    {"values", NULL, load_values},
    {"coref", NULL, load_coref},
    {"same", NULL, load_same},
    {"different", NULL, load_different},
    {"style", NULL, load_style},
    {"tests", NULL, load_tests},
};

static void check_version(loader *l, const rg_yaml *root)
{
    const rg_yaml *version = rg_yaml_find(root, "relgraph");
    if (!version)
        load_error(l, root->scalar, "version", "begin the file with 'relgraph: 1'",
                   "the file does not say which version of the language it is in");
    else if (version->kind != RG_YAML_SCALAR || !rg_str_is(version->scalar.value, "1"))
        load_error(l, version->scalar, "version", "write relgraph: 1",
                   "this program reads version 1 of the language");
}

static void check_file(loader *l, const rg_yaml *root, bool is_profile)
{
    static const char *const profile_keys[] = {"relgraph", "output", NULL};
    static const char *const keys[] = {
        "relgraph", "include",   "lists",  "types",     "repair",     "derive",
        "mentions", "aliases",   "type",   "rules",     "attributes", "output",
        "tests",    "relations", "phrase", "templates", "values",     "coref",
        "same",     "different", "style",  "learn",     NULL};
    check_version(l, root);
    if (is_profile) {
        load_check_keys(l, root, "a profile, which sets 'output' only", profile_keys);
        return;
    }
    load_check_keys(l, root, "a rule file", keys);
}

static void run_pass(loader *l, bool first)
{
    for (int i = 0; i < l->source_count; i++)
        for (size_t j = 0; j < sizeof sections / sizeof sections[0]; j++) {
            const section *part = &sections[j];
            void (*read)(loader *, const rg_yaml *) =
                first ? part->first_pass : part->second_pass;
            const rg_yaml *node = rg_yaml_find(l->sources[i].root, part->key);
            bool meant = !l->origins[l->sources[i].file].profile
                         || part->second_pass == load_output;
            if (read && node && meant)
                read(l, node);
        }
}

/* Edges that have a sub-label wherever they are made. */
static void find_derived_subs(loader *l)
{
    for (int i = 0; i < rg_map_count(l->sub_derived); i++) {
        rg_str name = rg_map_key(l->sub_derived, i);
        if (rg_map_find(l->bare_derived, name) == RG_NONE)
            rg_map_put(l->c.derived_subs, name);
    }
}

/* ---- Order of rules -------------------------------------------------------------------------- */

static int compare_rules(const void *a, const void *b)
{
    const rg_rule *one = *(const rg_rule *const *)a,
                  *other = *(const rg_rule *const *)b;
    if (one->priority != other->priority)
        return one->priority > other->priority ? -1 : 1;
    return one < other ? -1 : 1; /* as in the files */
}

static void sort_rules(loader *l)
{
    rg_rules *rules = l->c.rules;
    int count = rules->rule_count;
    if (count == 0)
        return;
    const rg_rule **order = rg_new(l->c.arena, const rg_rule *, count);
    for (int i = 0; i < count; i++)
        order[i] = &rules->rules[i];
    qsort(order, (size_t)count, sizeof *order, compare_rules);
    rg_rule *sorted = rg_new(l->c.arena, rg_rule, count);
    for (int i = 0; i < count; i++)
        sorted[i] = *order[i];
    rules->rules = sorted;
}

/* ---- All of it --------------------------------------------------------------------------------- */

enum { DEFAULT_DEPTH = 3 }; /* of phrases in phrases that a chain follows */

static rg_rules *new_rules(rg_arena *arena)
{
    rg_rules *rules = rg_new(arena, rg_rules, 1);
    rules->arena = arena;
    rules->symbols = rg_map_new(arena);
    rules->names = rg_map_new(arena);
    rules->labels = rg_map_new(arena);
    rules->output.depth = DEFAULT_DEPTH;
    rules->output.edge_list = rules->output.joint_list = RG_NONE;
    rules->phrase.names = RG_NONE;
    load_coref_begin(&rules->coref);
    load_learn_begin(&rules->learn);
    rules->style = load_style_begin(arena);
    for (int i = 0; i < RG_VALUES_COUNT; i++)
        rules->values.lists[i] = RG_NONE;
    rg_pattern_slot(&rules->output.slots, RG_STR("head"), true);
    return rules;
}

static loader new_loader(rg_arena *arena, rg_rules *rules, collector *findings)
{
    return (loader){
        .c = {.arena = arena,
              .rules = rules,
              .reporter = {collect, findings},
              .lists = rg_map_new(arena),
              .types = rg_map_new(arena),
              .derived = rg_map_new(arena),
              .derived_subs = rg_map_new(arena)},
        .bare_derived = rg_map_new(arena),
        .sub_derived = rg_map_new(arena),
        .attribute_names = rg_map_new(arena),
        .rule_ids = rg_map_new(arena),
        .templates = rg_map_new(arena),
    };
}

static void run_passes(loader *l)
{
    rg_rules *rules = l->c.rules;
    for (int i = 0; i < l->source_count; i++)
        check_file(l, l->sources[i].root, l->origins[l->sources[i].file].profile);
    run_pass(l, true);
    find_derived_subs(l);
    run_pass(l, false);
    load_close_types(l);
    for (int i = 0; i < rules->rule_count; i++)
        load_check_names(l, &rules->rules[i]);
    rg_pattern_stratify(&l->c);
    load_coref_end(l);
    load_fingerprints(l);
    sort_rules(l);
}

static void run_style(loader *l)
{
    for (int i = 0; i < l->source_count; i++) {
        const rg_yaml *node = rg_yaml_find(l->sources[i].root, "style");
        if (node)
            load_style(l, node);
    }
}

bool rg_rules_load(const rg_rules **out, rg_arena *arena,
                   const rg_rules_request *request, rg_reporter reporter, rg_error *err)
{
    rg_rules *rules = new_rules(arena);
    collector findings = {.arena = arena, .rules = rules};
    loader l = new_loader(arena, rules, &findings);
    l.request = request;

    load_sources(&l);
    if (request->style_only)
        run_style(&l);
    else
        run_passes(&l);
    load_style_end(&l);

    report_all(&findings, reporter);
    *out = rules;
    if (l.c.errors == 0)
        return true;
    rg_rules_free(rules);
    *out = NULL;
    rg_fail(err, RG_ERROR_RULE, RG_NOWHERE, "%d error%s in the rules", l.c.errors,
            l.c.errors == 1 ? "" : "s");
    err->reported = true;
    return false;
}
