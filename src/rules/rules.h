/* rules.h - rule files (YAML) -> rg_rules: compiled once, const from then on, shared.
 *
 * A rule file is read as YAML events with our own limits (yaml.c), its keys are checked
 * against tables (load*.c), its mini-languages are compiled (pattern.c, template.c).
 * Words, tags and labels become symbols: small integers in one table, so that matching
 * compares integers. A token's word that no rule names has the symbol RG_NONE.
 *
 *     lists:   {judge: [judge, deem, consider]}
 *     derive:  {SUBJ: [v >nsubj, v >agent >pobj]}
 *     rules:
 *       - rule: judges
 *         match: {verb: "[$judge, VERB]"}
 *         args:  {subject: verb >SUBJ, about: verb >OBJ, object: verb >PRED}
 *         relation: "{verb|present}-{about}"
 *
 * The reference of the language is docs/rules.md.
 */
#ifndef RG_RULES_RULES_H
#define RG_RULES_RULES_H

#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "base/names.h"
#include "base/style.h"
#include "rules/coref.h"

enum { RG_NONE = -1, RG_MAX_SLOTS = 32, RG_MAX_TYPES = 128, RG_MAX_DERIVED = 256 };

/* ---- Patterns: constraints on a token, paths over edges ---------------------------- */

/* What a constraint looks at. RG_ATTR_ANY: a bare value, whose kind says it. */
typedef enum rg_attr {
    RG_ATTR_TEXT,
    RG_ATTR_LOWER,
    RG_ATTR_LEMMA, /* lower case */
    RG_ATTR_POS,
    RG_ATTR_TAG,
    RG_ATTR_DEP,
    RG_ATTR_ENT,
    RG_ATTR_SHAPE,
    RG_ATTR_COUNT,
    RG_ATTR_MORPH = RG_ATTR_COUNT, /* morph.NAME: one feature of the morphology */
    RG_ATTR_PHRASE, /* the text of the token with all below it, lower case */
    RG_ATTR_ANY,
} rg_attr;

typedef enum rg_value_kind {
    RG_VALUE_WORD,  /* id: a symbol, compared with the attribute (a lemma if bare) */
    RG_VALUE_POS,   /* id: a symbol, a part of speech */
    RG_VALUE_TYPE,  /* id: a type */
    RG_VALUE_LIST,  /* id: a list */
    RG_VALUE_REGEX, /* id: a regular expression */
} rg_value_kind;

typedef struct rg_value {
    rg_value_kind kind;
    int id;
} rg_value;

typedef enum rg_crit_kind {
    RG_CRIT_VALUES, /* the attribute is one of the values */
    RG_CRIT_HAS,    /* some path of these steps starts here */
    RG_CRIT_BEFORE, /* stands before the token bound to `slot` */
    RG_CRIT_AFTER,
    RG_CRIT_BESIDE,  /* no token stands between it and that of `slot` */
    RG_CRIT_WITHIN,  /* at most `number` tokens away from it */
    RG_CRIT_BETWEEN, /* some token between the two passes the test `steps` */
    RG_CRIT_FIRST,   /* is the first token of the phrase below that of `slot` */
    RG_CRIT_LAST,
    RG_CRIT_INSIDE,  /* both are parts of one name, date or amount */
    RG_CRIT_SAME,    /* has the same value of `attr` as that of `slot` */
    RG_CRIT_SHORTER, /* the phrase below it has fewer than `number` words */
    RG_CRIT_LONGER,  /* ... more than `number` words */
} rg_crit_kind;

/* One criterion of a constraint: [VERB, !has >PRED, tag=VBG|VBN]. */
typedef struct rg_crit {
    rg_crit_kind kind;
    bool negated; /* "!" before it, or "!=" in it */
    rg_attr attr;
    int feature; /* RG_ATTR_MORPH: symbol of the feature's name */
    int slot; /* the other token, for all but RG_CRIT_VALUES, _HAS, _SHORTER, _LONGER */
    int number; /* RG_CRIT_WITHIN, _SHORTER, _LONGER */
    rg_value *values;
    int value_count;
    struct rg_step *steps; /* RG_CRIT_HAS, _BETWEEN */
    int step_count;
} rg_crit;

/* A label as a path names it: `nsubj`, `OBL:in`, `OBL:*`, or a regular expression. */
typedef struct rg_label {
    int name; /* symbol; RG_NONE with a regex */
    int sub;  /* symbol behind the colon; RG_NONE: none */
    bool any_sub;
    int regex; /* RG_NONE or index of a regular expression over the whole label */
} rg_label;

typedef enum rg_step_kind {
    RG_STEP_EDGE,  /* along one edge (or, if deep, one and more) */
    RG_STEP_TEST,  /* stay, if the constraint holds */
    RG_STEP_BIND,  /* stay, and bind the token to a slot */
    RG_STEP_GROUP, /* one of the alternatives */
} rg_step_kind;

typedef struct rg_step {
    rg_step_kind kind;
    int min, max; /* how often (edges and groups); max -1: no limit */
    /* RG_STEP_EDGE */
    bool up;          /* "<": from dependent to head */
    bool deep;        /* ">>" or "<<" */
    rg_label *labels; /* none: any edge of the parser */
    int label_count;
    uint64_t mask; /* bits of the labels (rg_label_bit); all ones if any may match */
    /* RG_STEP_TEST */
    rg_crit *crits;
    int crit_count;
    /* RG_STEP_BIND */
    int slot;
    /* RG_STEP_GROUP */
    struct rg_steps *alternatives;
    int alternative_count;
    int offset; /* place in the source file, for messages */
} rg_step;

typedef struct rg_steps {
    rg_step *items;
    int count;
    uint64_t begin; /* the mask of the edge without which no walk gets on, or 0 */
    bool begin_up;
} rg_steps;

typedef struct rg_path {
    int start; /* slot where it starts */
    rg_steps steps;
    rg_str text; /* as written */
    int at;      /* where text begins, in what the steps' offsets count from */
    int offset;
} rg_path;

typedef struct rg_paths {
    rg_path *items; /* alternatives, in order */
    int count;
} rg_paths;

/* The names of one rule's tokens; a slot is an index into them. */
typedef struct rg_slots {
    rg_str names[RG_MAX_SLOTS];
    int count;
} rg_slots;

/* ---- Surface patterns: "<object:thing> ,? such as <subject:thing+>" ------------------ */

/* A pattern is a program of moves over the tokens of a sentence; jumps are relative. */
typedef enum rg_move_kind {
    RG_MOVE_WORD,   /* over the token or tokens that `word` (lower case) consists of */
    RG_MOVE_STRING, /* the same, letter for letter; blanks in it are blanks */
    RG_MOVE_LIST,   /* over the tokens of an item of the list, the longest there is */
    RG_MOVE_TEST,   /* over one token on which the constraint holds */
    RG_MOVE_PHRASE, /* over a name or noun phrase whose head has one of the types */
    RG_MOVE_JOINT,  /* over what stands between the parts of a coordination */
    RG_MOVE_SPLIT,  /* stay: try what comes next, then what stands `to` further on */
    RG_MOVE_JUMP,   /* stay: go on at `to` */
    RG_MOVE_LOOK, /* stay, if the moves up to RG_MOVE_END fit here; then go on at `to` */
    RG_MOVE_END,  /* of a pattern or of a look */
} rg_move_kind;

typedef struct rg_move {
    rg_move_kind kind;
    int slot; /* bound to the token or to the phrase's head; RG_NONE: none */
    int to;
    rg_str word;
    int list;
    rg_step test;
    uint64_t types[RG_MAX_TYPES / 64];
    bool joined;          /* RG_MOVE_PHRASE: depends on what the slot holds already */
    bool behind, negated; /* RG_MOVE_LOOK */
    rg_str text;          /* as written, for messages */
} rg_move;

typedef struct rg_surface {
    rg_move *moves;
    int count;
    uint32_t sure;    /* bits of the slots that every match binds */
    uint32_t bound;   /* bits of the slots that some match binds */
    bool has_joints;  /* some slot takes several phrases: <thing+> */
    bool has_history; /* whether a move fits may depend on what is bound */
    int *words;       /* symbols: a sentence without any of them is skipped */
    int word_count;   /* 0: no sentence is */
    rg_str *patterns; /* as written */
    int pattern_count;
    int file, offset;
} rg_surface;

/* ---- Templates: "{verb|present}-{about}" ------------------------------------------- */

typedef enum rg_field {
    RG_FIELD_DEFAULT, /* the lemma in `relation`, else canon */
    RG_FIELD_LEMMA,
    RG_FIELD_TEXT,
    RG_FIELD_HEAD,
    RG_FIELD_NP,
    RG_FIELD_SPAN,
    RG_FIELD_ENT,
    RG_FIELD_CANON,
    RG_FIELD_LEAD,  /* the words that lead to it, such as its preposition */
    RG_FIELD_VIA,   /* the sub-label of the edge that it was found by */
    RG_FIELD_VALUE, /* the normal value of a date or an amount */
    RG_FIELD_CHAIN, /* the arguments that a chain repeats, then the words of `lead` */
    RG_FIELD_TAIL,  /* the words behind an anchor that belong to it (`output: tail`) */
} rg_field;

typedef enum rg_filter_kind {
    RG_FILTER_PRESENT,
    RG_FILTER_PAST,
    RG_FILTER_GERUND,
    RG_FILTER_PARTICIPLE,
    RG_FILTER_VOICE, /* present, or is-PARTICIPLE when the anchor is passive */
    RG_FILTER_SINGULAR,
    RG_FILTER_DASH, /* a dash before it, if it is not empty */
    RG_FILTER_LOWER,
    RG_FILTER_KEBAB,
    RG_FILTER_MAP, /* value of the word in a map list */
} rg_filter_kind;

typedef struct rg_filter {
    rg_filter_kind kind;
    int list; /* RG_FILTER_MAP */
} rg_filter;

typedef struct rg_piece {
    rg_str literal; /* with slot RG_NONE */
    int slot;
    bool optional; /* "?": nothing when the slot is unbound */
    rg_field field;
    rg_filter *filters;
    int filter_count;
} rg_piece;

typedef struct rg_template {
    rg_piece *pieces;
    int count;
    rg_str text;
    int offset;
} rg_template;

/* ---- What a file holds -------------------------------------------------------------- */

/* A list item: its words (lemmas, lower case), and its value in the map form. */
typedef struct rg_item {
    int *words; /* symbols */
    int word_count;
    rg_str value; /* of the map form, else the words joined by blanks */
} rg_item;

typedef struct rg_list {
    rg_str name;
    rg_item *items;
    int item_count;
    rg_map *words;         /* the item's words, joined by blanks -> index of the item */
    const rg_names *names; /* more items, those of a large file; or NULL */
    bool used;             /* named by some rule; set while loading, for lint */
    int file, offset;
} rg_list;

/* A type. `ent` and `list` say what is of it; `pos` and `text` narrow that, or, without
 * them, what is of all types that it `is` a kind of (of every token if there are none). */
typedef struct rg_type {
    rg_str name;
    int is[8]; /* types this one is a kind of */
    int is_count;
    int *ents; /* symbols of the model's name labels */
    int ent_count;
    int *parts; /* symbols of parts of speech */
    int part_count;
    int *lists;
    int list_count;
    int *firsts; /* lists: of a name of several words the first one is in one of them */
    int first_count;
    bool untyped;  /* only what is in no name that has a type */
    rg_str *likes; /* examples of it, which stand for slots in phrases */
    int like_count;
    rg_value *texts; /* words or regular expressions: of the name, else of the word */
    int text_count;
    uint64_t kinds[RG_MAX_TYPES / 64]; /* this type and all it is a kind of */
    int file, offset;
} rg_type;

/* An example: SENTENCE => TRIPLE ; TRIPLE, or => none. */
typedef struct rg_wanted {
    rg_str subject, relation, object;
    rg_str *keys, *values; /* qualifiers and attributes named */
    int key_count;
} rg_wanted;

typedef struct rg_example {
    rg_str sentence;
    rg_wanted *wanted; /* none: must give nothing */
    int wanted_count;
    bool todo;   /* a known failure */
    rg_str text; /* all of it, without the quotes of YAML */
    int file, offset;
} rg_example;

typedef struct rg_examples {
    rg_example *items;
    int count;
} rg_examples;

typedef struct rg_edit {
    enum { RG_EDIT_ADD, RG_EDIT_DEL, RG_EDIT_RETAG } kind;
    int from, to; /* slots: from >label to; RETAG: from */
    int label;    /* symbol of a parser label; RETAG: symbol of the value */
    int list; /* RETAG: the list that has the value for the word as written, or RG_NONE */
    rg_attr attr; /* RETAG */
} rg_edit;

typedef struct rg_repair {
    rg_slots slots;
    rg_paths matches; /* all must match, with one token for each name */
    rg_edit *edits;
    int edit_count;
    rg_examples examples;
    rg_str id; /* its `repair:` key, else "repair-LINE" */
    int file, offset;
} rg_repair;

typedef struct rg_condition {
    bool unless; /* else: when */
    rg_paths paths;
} rg_condition;

/* EDGE: path, from the path's start to its end. */
typedef struct rg_derive {
    rg_slots slots;
    int name;     /* symbol of the label, such as OBL */
    int sub;      /* symbol of a fixed sub-label, or RG_NONE */
    int sub_slot; /* slot whose lemma is the sub-label ("OBL:{p}"), or RG_NONE */
    rg_path path;
    rg_condition *conditions;
    int condition_count;
    int stratum;
    int file, offset;
} rg_derive;

/* Gives the token bound to `slot` (its whole name or noun phrase) a type; or, with a file,
 * every name of the file that stands in the text. */
typedef struct rg_mention_rule {
    rg_slots slots;
    rg_path match; /* with a list or names: no steps */
    int slot;
    int list;              /* RG_NONE, or a list of names as they stand in the text */
    const rg_names *names; /* NULL, or the names of a file */
    int type;
    int file, offset;
} rg_mention_rule;

typedef enum rg_arg_mode {
    RG_ARG_EACH,
    RG_ARG_MAYBE,
    RG_ARG_SOME,
    RG_ARG_ALL,
    RG_ARG_LIST, /* all in one triple, each with the words that lead to it */
} rg_arg_mode;

typedef struct rg_arg {
    int slot;
    rg_arg_mode mode;
    rg_paths paths;
    int offset;
} rg_arg;

/* ---- Phrases: "<buyer:org> acquires <target:org>" ------------------------------------- */

typedef enum rg_phrase_kind {
    RG_PHRASE_WORD,
    RG_PHRASE_SLOT,
    RG_PHRASE_LIST,
    RG_PHRASE_GROUP, /* one of the choices */
} rg_phrase_kind;

enum { RG_MAX_SLOT_TYPES = 4, RG_MAX_PHRASE_PARTS = 64, RG_MAX_PHRASE_WAYS = 32 };

typedef struct rg_phrase_part {
    rg_phrase_kind kind;
    bool glued;    /* no blank stands before it */
    bool optional; /* a slot or group with "?" behind it */
    rg_str word;
    bool exact; /* a quoted word: not its lemma but just this form */
    int slot;
    int types[RG_MAX_SLOT_TYPES]; /* of a slot: any of them */
    int type_count;
    bool loose; /* "~": any proper noun as well */
    bool many;  /* "+": a list */
    int list;
    struct rg_phrase *choices;
    int choice_count;
} rg_phrase_part;

typedef struct rg_phrase {
    rg_phrase_part *parts;
    int count;
    rg_str text; /* as written */
    int offset;
} rg_phrase;

/* Synonyms of a word of the rule's phrases (key `words`). */
typedef struct rg_synonyms {
    rg_str word;
    rg_str *others; /* lemmas, several words allowed, or "$list" */
    int count;
    int offset;
} rg_synonyms;

/* A slot of one type takes what is of the other one, too. */
typedef struct rg_also {
    int type, other;
} rg_also;

/* How phrases are read (key `phrase` of core.yaml). */
typedef struct rg_phrase_spec {
    rg_str *scaffolds; /* sentences with "{}" for a phrase that has no verb */
    int scaffold_count;
    rg_step verb;  /* what makes a phrase a sentence */
    rg_step drop;  /* words that a pattern does not ask for */
    rg_str *forms; /* what else to put for a verb in -s: "{past}", "will {base}" */
    int form_count;
    rg_str loose; /* what "~" adds to a slot's types, such as "PROPN" */
    int names; /* the type of all names, or RG_NONE: slots of its kinds also take... */
    rg_str unknown; /* ...what this test holds of, such as ":unknown" */
    int *
        edges; /* symbols of the derived edges that patterns are made of; none: of all */
    int edge_count;
    rg_also *also; /* what else slots of a type take */
    int also_count;
} rg_phrase_spec;

/* The names in the edits of a shape: tokens of the lesson's sentence. */
typedef enum rg_learn_name {
    RG_LEARN_SUBJECT,
    RG_LEARN_OBJECT,
    RG_LEARN_VERB,  /* a word outside of both */
    RG_LEARN_WORD,  /* one that hangs by the label that the shape gives it */
    RG_LEARN_FIRST, /* the word that the subject hangs on */
    RG_LEARN_NAMES,
} rg_learn_name;

/* How the words of a lesson may hang together: edits that make it so. */
typedef struct rg_learn_shape {
    rg_edit *edits; /* RG_EDIT_ADD: the token hangs there instead; RG_EDIT_RETAG */
    int edit_count;
} rg_learn_shape;

/* How rules are learnt (key `learn` of core.yaml). */
typedef struct rg_learn_spec {
    rg_slots slots; /* rg_learn_name */
    rg_str *keep;   /* parts of speech of what a phrase keeps beside its way */
    int keep_count;
    rg_str part; /* label of a word within a name or a noun phrase, or empty */
    rg_learn_shape *shapes;
    int shape_count;
} rg_learn_spec;

/* A qualifier of `with:`; always optional, the first filler in sentence order. */
typedef struct rg_with {
    rg_str key;
    rg_paths paths;
    int offset;
} rg_with;

typedef enum rg_where_kind {
    RG_WHERE_BEFORE, /* a stands before b: "a .. b" */
    RG_WHERE_SAME,   /* a.attr = b.attr */
    RG_WHERE_OTHER,  /* a.attr != b.attr, or a != b */
    RG_WHERE_VIA,    /* a.via = word|word */
} rg_where_kind;

typedef struct rg_where {
    rg_where_kind kind;
    int a, b;     /* slots */
    bool negated; /* RG_WHERE_VIA: a.via != ... */
    int *subs;    /* RG_WHERE_VIA: symbols of sub-labels */
    int sub_count;
    rg_attr attr; /* RG_ATTR_ANY: the tokens themselves */
    int feature;  /* RG_ATTR_MORPH: symbol of the feature's name */
    rg_str text;  /* as written */
    int offset;
} rg_where;

typedef struct rg_set {
    rg_str key; /* polarity, modality, source, confidence, style, or a qualifier */
    rg_template value;
} rg_set;

typedef enum rg_tense {
    RG_TENSE_NEAREST, /* that of the nearest finite verb above the anchor */
    RG_TENSE_PRESENT,
    RG_TENSE_PAST,
} rg_tense;

/* A word that the sentence leaves out (key `supply`), such as "be". */
typedef struct rg_supply {
    int via; /* only of a subject found by this sub-label (a symbol); RG_NONE: of any */
    rg_str lemma;
    rg_tense tense;
} rg_supply;

typedef enum rg_consume {
    RG_CONSUME_EDGES,
    RG_CONSUME_ANCHOR,
    RG_CONSUME_NONE,
} rg_consume;

typedef struct rg_rule {
    rg_str id;
    rg_slots slots;      /* slot 0 is the anchor */
    rg_step anchor;      /* RG_STEP_TEST */
    rg_surface *surface; /* the body, if it is `text`: no anchor and args then */
    rg_str anchor_text;
    rg_phrase *says; /* the body, if it is phrases; extract/ compiles them */
    int say_count;
    rg_synonyms *words;
    int word_count;
    rg_arg *args; /* ordered so that each path starts at a bound slot */
    int arg_count;
    rg_path *nots;
    int not_count;
    rg_with *withs;
    int with_count;
    rg_where *wheres;
    int where_count;
    rg_template relation;
    bool statement;      /* the object is the triple at its token */
    int subject, object; /* slots */
    int list;            /* slot of the arg of mode RG_ARG_LIST, or RG_NONE */
    int lead;            /* slot whose leading words join the relation's, or RG_NONE */
    rg_paths wording; /* the relation's tokens, if has_wording; else as in `output` */
    bool has_wording;
    rg_supply *supplies;
    int supply_count;
    bool has_turn; /* an argument found by `turn_via` changes places with the subject */
    int turn_via;
    rg_template turn; /* the relation then */
    rg_set *sets;
    int set_count;
    int priority;
    rg_consume consume;
    double confidence;
    rg_str style;
    rg_examples examples;
    bool enabled;
    uint64_t
        hash; /* of all that it finds and says (fingerprints.c), its body included */
    int file, offset, line;
} rg_rule;

/* Names that every triple has. */
typedef enum rg_role {
    RG_ROLE_OTHER,
    RG_ROLE_VERB,
    RG_ROLE_SUBJECT,
    RG_ROLE_OBJECT,
    RG_ROLE_COUNT
} rg_role;

typedef struct rg_attribute {
    rg_slots slots; /* the names that `when` starts at or binds; slot 0 is `it` */
    rg_role roles[RG_MAX_SLOTS]; /* of the slots */
    rg_set *sets;
    int set_count;
    rg_paths when; /* alternatives */
    rg_examples examples;
    int file, offset, line;
} rg_attribute;

typedef enum rg_tuple {
    RG_TUPLE_NARY,   /* one triple with all arguments */
    RG_TUPLE_BINARY, /* one for each argument */
    RG_TUPLE_CHAIN,  /* the same, and the object goes into the relation of later ones */
} rg_tuple;

typedef enum rg_part {
    RG_PART_SUBJECT,
    RG_PART_OBJECT,
    RG_PART_ARGUMENT,
    RG_PART_COUNT
} rg_part;

/* How spans are built (key `output`). Each path starts at the name `head`; all tokens that
 * it ends at belong to the span. */
typedef struct rg_output_spec {
    rg_slots slots;     /* slot 0 is `head` */
    rg_paths name;      /* the token that names what the head describes, if any */
    rg_paths np;        /* the label's tokens */
    rg_paths span;      /* the wording's tokens */
    rg_paths cut;       /* tokens cut from `span`, with all below them */
    rg_paths wording;   /* the relation's tokens, from the anchor */
    rg_paths passive;   /* holds of an anchor that stands in the passive */
    rg_step verb;       /* a word that is not part of a name; no crits: none */
    rg_paths part;      /* tokens at which a name of the model is two names */
    rg_paths minimal;   /* the tokens of a wording that is kept short */
    rg_paths conjuncts; /* the other items of a coordination that head begins */
    rg_paths nested;    /* in a chain: what is told of an argument by its phrases */
    rg_paths
        carry; /* in a chain: holds of an argument that the relations of later ones repeat */
    rg_paths finite; /* the finite verb at head, if there is one */
    rg_paths plural; /* holds of a subject that takes a verb in the plural */
    rg_step past;    /* the test of a finite verb in the past */
    bool has_past;
    rg_paths tail; /* the words of a relation's label that stand behind the anchor */
    rg_steps withouts[RG_PART_ARGUMENT]; /* tests: no such subject, no such object */
    bool evidence; /* only rules that say what their wording is, and nothing consumed */
    rg_str *absorbs; /* keys of qualifiers that are no objects beside others */
    int absorb_count;
    bool no_turn;
    rg_tuple tuple;
    bool minimals[RG_PART_COUNT]; /* build the wording of this part by `minimal` */
    int splits[RG_PART_COUNT];    /* split coordinations of items up to so many words */
    bool no_supply;
    int depth;      /* of `nested` */
    int edge_list;  /* words trimmed at a label's ends, or RG_NONE */
    int joint_list; /* words between the parts of a coordination, or RG_NONE */
} rg_output_spec;

/* What holds of a relation wherever it stands. */
typedef struct rg_relation {
    rg_str name;
    rg_str is;      /* a more general relation, or empty */
    rg_str inverse; /* its name read from object to subject, or empty */
    bool symmetric;
} rg_relation;

/* What the words of dates, numbers and amounts mean (key `values`). */
typedef enum rg_values_part {
#define VALUE_LIST(id, key, meaning, least, most) RG_VALUES_##id,
#include "rules/values.def"
#undef VALUE_LIST
    RG_VALUES_COUNT
} rg_values_part;

typedef struct rg_values {
    uint64_t dates[RG_MAX_TYPES / 64]; /* the types that have a date as their value */
    uint64_t
        amounts[RG_MAX_TYPES / 64]; /* those that have a number, with a unit or not */
    int lists[RG_VALUES_COUNT];     /* RG_NONE: no such words */
} rg_values;

typedef struct rg_file {
    rg_str path; /* as given, or found */
    rg_str text;
    int errors;    /* found in it while loading */
    bool included; /* came by `include:` only: its examples are not run by `test` */
} rg_file;

typedef struct rg_rules {
    rg_map *symbols;
    rg_file *files;
    int file_count;
    rg_list *lists;
    int list_count;
    rg_type *types;
    int type_count;
    struct rg_regex *regexes; /* pattern.h */
    rg_arena *arena;          /* which owns their code */
    int regex_count;
    rg_repair *repairs;
    int repair_count;
    rg_derive *derives; /* by stratum, then in order of the files */
    int derive_count;
    rg_mention_rule *mentions;
    int mention_count;
    rg_rule *rules; /* by priority, highest first, then in order of the files */
    int rule_count;
    rg_relation *relations;
    int relation_count;
    rg_attribute *attributes;
    int attribute_count;
    rg_output_spec output;
    rg_values values;
    rg_phrase_spec phrase;
    rg_learn_spec learn;
    rg_examples tests;
    /* Entities: every name (as written) -> index of its label; labels with their type. */
    rg_map *names;
    int *name_labels; /* by id of names */
    rg_map *labels;
    int *label_types; /* by id of labels; RG_NONE: not declared */
    rg_coref_spec coref;
    rg_style *style;
    uint64_t naming;   /* a hash of all that mentions and entities depend on */
    uint64_t shared;   /* and of all else that is of no single rule (fingerprints.c) */
    rg_mapped *mapped; /* indexes of names, kept in the cache folder */
    int mapped_count;
} rg_rules;

/* What to load. Paths are rule files or folders (their *.yaml and *.yml in byte order).
 * Bare include names are looked up in `folder`. `texts` are loaded behind the paths, as
 * files that lie nowhere: they can include bare names only. */
typedef struct rg_rules_request {
    const char *const *paths;
    int path_count;
    const char *profile; /* NULL, or a file that may hold `output` only; loaded last */
    const char *folder;
    const rg_file *texts; /* path (as shown in messages) and text */
    int text_count;
    bool style_only; /* nothing but `style` is read, nor what is wrong elsewhere told */
} rg_rules_request;

/* Loads a set; findings (up to 20 a file) go to the reporter, and err then is
 * RG_ERROR_RULE, already reported. */
bool rg_rules_load(const rg_rules **out, rg_arena *arena,
                   const rg_rules_request *request, rg_reporter reporter,
                   rg_error *err);
/* Frees the regular expressions and the mapped indexes: all that is not in the arena. */
void rg_rules_free(const rg_rules *rules);

/* Gives a rule of phrases its body: the anchor's constraint and a path for each arg (empty:
 * it stays unbound), compiled as if they stood at the phrase. Symbols may grow. */
bool rg_rules_put_body(rg_rule *rule, rg_arena *arena, rg_rules *rules, int phrase,
                       rg_str anchor, const rg_str *args, rg_reporter reporter);

/* Line (from 1) in its file of something at `offset`. */
int rg_rules_line(const rg_rules *rules, int file, int offset);
/* The ids of the rules, and for each the first rule that has it: the readings of a phrase are
 * rules of one id. */
typedef struct rg_rule_ids {
    rg_map *ids;
    const rg_rule **first;
} rg_rule_ids;
rg_rule_ids rg_rules_ids(rg_arena *arena, const rg_rules *rules);
/* Of all that the set finds: another one for sets that find something else. */
uint64_t rg_rules_fingerprint(const rg_rules *rules);
/* FILE:LINE of a rule; of an absolute path the folder and the name, so that the same rules
 * in another place give the same bytes. */
rg_str rg_rules_place(rg_arena *arena, const rg_rules *rules, const rg_rule *rule);
/* Is type `a` the type `b` or a kind of it? */
bool rg_rules_is_kind(const rg_rules *rules, int a, int b);
/* Index of the type of this name, or RG_NONE. */
int rg_rules_find_type(const rg_rules *rules, rg_str name);
/* The label under which a name is declared (index into labels), or RG_NONE. */
int rg_rules_find_label(const rg_rules *rules, rg_str name);
/* The item of a list with these words (lower case, a blank between), or RG_NONE; its value,
 * which is the words themselves unless the list gives another. */
int rg_rules_find_item(const rg_rules *rules, int list, rg_str words);
rg_str rg_rules_item_value(const rg_rules *rules, int list, int item);
/* Does the regular expression match somewhere in text? *limit_hit is set (never cleared)
 * when its limit stopped it. Without memory for it the arena gives up. */
bool rg_rules_regex_matches(const rg_rules *rules, int regex, rg_arena *arena,
                            rg_str text, bool *limit_hit);
/* The name of a feature of coref_features.def. */
const char *rg_coref_feature_name(int feature);
/* The bit that stands for a label's symbol in 64-bit masks. */
uint64_t rg_label_bit(int symbol);

#endif
