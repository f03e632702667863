/* load.h - what the parts of rule loading share; private to rules/.
 *
 * Loading goes in passes over all files, so that names may be used before the place where
 * they are declared:
 *
 *     sources.c     paths, folders, includes -> files with their YAML trees
 *     load_lists.c  pass 1: names of lists, types, derived edges; the lists' items
 *     load_*.c      pass 2: types, repairs, rules, ...: all that holds patterns
 *     load.c        then: closure of types, strata, order by priority
 *
 * Functions report what is wrong, with its place, and go on: one run shows many errors.
 * Those that return bool return false when they reported something.
 */
#ifndef RG_RULES_LOAD_H
#define RG_RULES_LOAD_H

#include "base/beneath.h"
#include "base/buf.h"
#include "lang/labels.h"
#include "rules/yaml.h"

/* A rule file with its tree; in order: included files before those that include them. */
typedef struct source {
    int file;
    const rg_yaml *root; /* a map */
} source;

/* Where a file lies: what its relative paths mean. */
typedef struct origin {
    const char *root; /* folder that includes cannot leave */
    rg_str folder;    /* of the file, beneath root; empty or ending in a slash */
    rg_file_id id;
    int includer; /* the file that included it first, or RG_NONE */
    int depth;    /* of includes; 0 for a file given by its path */
    bool profile; /* it may hold `output` only */
    bool open;    /* its includes are being read: to meet it again is a cycle */
} origin;

typedef struct loader {
    rg_compiler c;
    const rg_rules_request *request;
    origin *origins; /* by file */
    source *sources;
    int source_count;
    int include_count;
    size_t byte_count, names_byte_count;
    uint64_t names_hash;                /* of the files of names */
    uint64_t *list_hashes;              /* of each list, once asked for; 0: not yet */
    rg_map *bare_derived, *sub_derived; /* edges made without, with a sub-label */
    int warnings;
    rg_map *templates;
    const rg_yaml **template_nodes;   /* by id of templates */
    int line_file, line_offset, line; /* where load_line was last */
    rg_map *attribute_names;          /* at which paths of `attributes` start */
    rg_map *rule_ids;
    rg_scalar *rule_places;  /* by id of rule_ids */
    rg_scalar *name_places;  /* by id of rules->names */
    rg_scalar *label_places; /* by id of rules->labels: where its type is given */
    struct {
        int files, mapped, origins, sources, lists, types, repairs, derives, mentions,
            rules, attributes, tests, rule_places, names, name_places, labels,
            label_places, templates, relations, type_nouns, passes, same, different;
    } room; /* capacities of the arrays in rules and here */
} loader;

/* `*array` (of rules or of loader) with room for one more, zeroed item at `count`. */
#define load_grow(l, array, count, room)                                               \
    ((array) = rg_arena_grow((l)->c.arena, (array), (count), &(room), sizeof *(array)))
#define load_error(l, scalar, id, hint, ...)                                           \
    rg_pattern_error(&(l)->c, (scalar), 0, (id), (hint), __VA_ARGS__)

/* ---- schema.c: what kind of value stands where --------------------------------------- */

/* A finding that does not keep the rules from being used. */
void load_warn(loader *l, rg_scalar scalar, const char *id, const char *hint,
               const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Is node of this kind? If not, it is reported, `hint` behind it. */
bool load_expect(loader *l, const rg_yaml *node, rg_yaml_kind kind, const char *hint);
/* Reports the keys of map that are not in `known` (which ends with NULL). */
void load_check_keys(loader *l, const rg_yaml *map, const char *where,
                     const char *const *known);
/* A letter, then letters, digits, "-" and "_". */
bool load_is_name(rg_str text);
bool load_check_name(loader *l, rg_scalar scalar, const char *what);
/* The scalars of a list, or the one scalar that stands instead of it; others reported. */
int load_scalars(loader *l, const rg_yaml *node, const rg_scalar **out,
                 const char *hint);
/* The same where a list without items says nothing: that is reported. */
int load_some(loader *l, const rg_yaml *node, const rg_scalar **out, const char *hint);
/* Is it a label of the model? Else that is reported: "unknown WHAT". */
bool load_label(loader *l, rg_scalar at, rg_label_kind kind, const char *what);
bool load_int(loader *l, const rg_yaml *node, int least, int most, int *out);
bool load_number(loader *l, const rg_yaml *node, double *out); /* from 0 to 1 */
/* From `least` to `most`, with digits and a point. */
bool load_decimal(loader *l, const rg_yaml *node, int least, int most, double *out);
bool load_bool(loader *l, const rg_yaml *node, bool *out);
/* The index of `word` among `words` (which ends with NULL), or RG_NONE, reported. */
int load_word(loader *l, rg_scalar scalar, const char *const *words, const char *what);
/* At most 80 bytes of text, cut at a character, for messages. */
rg_str load_excerpt(rg_str text);
/* The line of a scalar; fast when asked in order of the file. */
int load_line(loader *l, int file, int offset);
/* "FILE:LINE" of a scalar. */
const char *load_place(loader *l, rg_scalar scalar);
/* The list that "$name" refers to, or the type of this name; RG_NONE, reported. */
int load_list_reference(loader *l, rg_scalar scalar);
int load_type_reference(loader *l, rg_scalar scalar);

/* ---- sources.c ------------------------------------------------------------------------ */

void load_sources(loader *l);
/* Reads the file named by a scalar of a rule file; its index, or RG_NONE, reported. */
int load_included_file(loader *l, rg_scalar path);
/* Reads the file of names (up to 256 MiB) that a scalar names; false, reported. */
bool load_names_text(loader *l, rg_scalar path, rg_arena *arena, rg_str *out);

/* ---- name_files.c ------------------------------------------------------------------------ */

/* The index of the text of the file of names at `path`: that in the cache folder, or a new
 * one; NULL, reported. */
const rg_names *load_names(loader *l, rg_scalar path, rg_str text, rg_names_case fold);
/* Both of them: the index of a file. */
const rg_names *load_names_file(loader *l, rg_scalar path, rg_names_case fold);

/* ---- The parts of a file: each gets the value of its key ------------------------------- */

/* Pass 1: names that patterns may use. */
void load_lists(loader *l, const rg_yaml *node);
void load_type_names(loader *l, const rg_yaml *node);
void load_derive_names(loader *l, const rg_yaml *node);
/* Pass 2. */
void load_templates(loader *l, const rg_yaml *node);
void load_types(loader *l, const rg_yaml *node);
void load_repairs(loader *l, const rg_yaml *node);
void load_derives(loader *l, const rg_yaml *node);
void load_mentions(loader *l, const rg_yaml *node);
void load_aliases(loader *l, const rg_yaml *node);
void load_label_types(loader *l, const rg_yaml *node);
void load_coref(loader *l, const rg_yaml *node);
void load_coref_begin(rg_coref_spec *spec); /* a set without `coref` */
void load_coref_end(loader *l);             /* when all lists are read */
void load_same(loader *l, const rg_yaml *node);
void load_different(loader *l, const rg_yaml *node);
void load_rules(loader *l, const rg_yaml *node);
void load_relations(loader *l, const rg_yaml *node);
void load_phrase_spec(loader *l, const rg_yaml *node);
void load_learn_begin(rg_learn_spec *spec); /* a set without `learn` */
void load_learn(loader *l, const rg_yaml *node);
void load_attributes(loader *l, const rg_yaml *node);
void load_output(loader *l, const rg_yaml *node);
void load_values(loader *l, const rg_yaml *node);
void load_tests(loader *l, const rg_yaml *node);
void load_style(loader *l, const rg_yaml *node);
rg_style *load_style_begin(rg_arena *arena); /* a set without `style` */
void load_style_end(loader *l);

/* Shared by them. */
/* The body with the template of its `use` filled in; NULL if something was reported. */
const rg_yaml *load_fill_template(loader *l, const rg_yaml *body);
void load_examples(loader *l, const rg_yaml *node, rg_examples *out);
bool load_sets(loader *l, const rg_yaml *node, const rg_slots *slots, rg_set **out,
               int *count);
/* The paths of one scalar, or of a list of them, added to `out`. */
bool load_paths(loader *l, const rg_yaml *node, rg_paths *out, rg_slots *slots,
                bool names_open);

/* rule_names.c: order of args, names that are unbound, unused or may stay unbound. */
void load_bind_names(loader *l, rg_scalar scalar, rg_slots *slots);
bool load_order_args(loader *l, rg_rule *rule);
void load_check_names(loader *l, const rg_rule *rule);

/* fingerprints.c: of a rule as it is filled in; of the set, once all is read. */
uint64_t load_hash_rule(loader *l, const rg_yaml *body, const rg_yaml *key);
void load_fingerprints(loader *l);

/* After both passes: what each type is a kind of; a cycle is reported. */
void load_close_types(loader *l);

#endif
