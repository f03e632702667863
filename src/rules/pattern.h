/* pattern.h - compiles the mini-languages of rule files: paths, constraints, templates.
 *
 * Each function reads one YAML scalar and reports the first thing wrong in it with its
 * place; false means that something was reported. Names that a scalar may use or bind are
 * slots; `names_open` says whether an unknown start name is added (derive, repair, when)
 * or refused (args, not, where).
 */
#ifndef RG_RULES_PATTERN_H
#define RG_RULES_PATTERN_H

#include "rules/rules.h"

/* A regular expression of a rule file, compiled by PCRE2 with the limits of docs/rules.md.
 * `code` is a pcre2_code; rg_rules_free frees it. */
typedef struct rg_regex {
    rg_str text;
    bool caseless;
    void *code;
    int file, offset;
} rg_regex;

/* A scalar as it stands in its file. `exact`: byte i of value is byte offset + i of the
 * file (plain and simply quoted scalars); else places inside are given as its start. */
typedef struct rg_scalar {
    rg_str value;
    int file, offset;
    bool exact;
} rg_scalar;

/* What compiling needs; made by load.c, which fills lists and types before any pattern
 * is compiled. */
typedef struct rg_compiler {
    rg_arena *arena;
    rg_rules *rules;
    rg_reporter reporter;
    int errors; /* reported so far */
    int regex_capacity;
    rg_map *regexes;       /* of rules->regexes, in their order; NULL: not made yet */
    rg_map *lists, *types; /* name -> index, for messages and look-up */
    rg_map *derived;       /* names of all edges under `derive:`, before the colon */
    rg_map *derived_subs;  /* those that only stand with a sub-label */
} rg_compiler;

/* A compiler for more patterns over rules that are loaded: names and symbols may grow. */
rg_compiler rg_rules_compiler(rg_arena *arena, rg_rules *rules, rg_reporter reporter);

/* Reports an error at byte `at` of the scalar; returns false. hint may be NULL. */
bool rg_pattern_error(rg_compiler *c, rg_scalar scalar, int at, const char *id,
                      const char *hint, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* Has the file so many errors that more are counted only? */
bool rg_pattern_is_full(const rg_compiler *c, int file);
/* The hint "did you mean 'x'?" for the nearest key of map, or NULL; in the arena. */
const char *rg_pattern_suggest(rg_compiler *c, const rg_map *map, rg_str word);

/* The slot of a name: found, or added if `open`; RG_NONE if not (nothing reported). */
int rg_pattern_slot(rg_slots *slots, rg_str name, bool open);
int rg_pattern_symbol(rg_compiler *c, rg_str word);

/* "verb >SUBJ | verb <conj" */
bool rg_pattern_paths(rg_paths *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots,
                      bool names_open);
/* One path without alternatives at the top. */
bool rg_pattern_path(rg_path *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots,
                     bool names_open);
/* "[VERB, !has >PRED]" -> a step of kind RG_STEP_TEST. */
bool rg_pattern_constraint(rg_step *out, rg_compiler *c, rg_scalar scalar,
                           rg_slots *slots);
/* "maybe verb >prt": mode and paths. */
bool rg_pattern_arg(rg_arg *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots);
/* `with:` value: "in|on <date>" (short for ANCHOR >(OBL:in|OBL:on)[:date]) or paths. */
bool rg_pattern_with(rg_with *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots);
/* "a .. b", "a.lemma = b.lemma", "a != b" */
bool rg_pattern_where(rg_where *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots);
/* "be", "be present": the word and its tense; `via` stays as it is. */
bool rg_pattern_supply(rg_supply *out, rg_compiler *c, rg_scalar scalar);
/* A value of `derive:`: "v <xcomp >SUBJ unless v >nsubj"; label is its key "OBL:{p}". */
bool rg_pattern_derive(rg_derive *out, rg_compiler *c, rg_scalar label,
                       rg_scalar value);
/* "del u >dobj a", "retag v tag=VBN": adds an edit to out, or two for a `move`. */
bool rg_pattern_edits(rg_edit *out, int *count, rg_compiler *c, rg_scalar scalar,
                      rg_slots *slots);
/* "{verb|present}-{about}" */
bool rg_pattern_template(rg_template *out, rg_compiler *c, rg_scalar scalar,
                         const rg_slots *slots);
/* "SENTENCE => S | r | O | key=value ; ..." */
bool rg_pattern_example(rg_example *out, rg_compiler *c, rg_scalar scalar);

/* Compiles a regular expression, the text between the slashes; `at` is the scalar that
 * consists of it alone. Its index in rules->regexes, or RG_NONE after reporting. */
int rg_regex_add(rg_compiler *c, rg_scalar at, rg_str pattern, bool caseless);

/* "<buyer:org> acquires <target:org>"; adds a slot for each name to slots. */
bool rg_pattern_phrase(rg_phrase *out, rg_compiler *c, rg_scalar scalar,
                       rg_slots *slots);

/* Gives each derive its stratum; a cycle through `unless` or "!has" is reported. */
bool rg_pattern_stratify(rg_compiler *c);

#endif
