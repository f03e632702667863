/* extract.h - stage 3: rules x analysis -> triples.
 *
 * For each sentence, in this order: repair (edit wrong parses), derive (add edges),
 * mentions (names get types), rules by priority (match, build, consume), attributes. All
 * of it is said by the rules; C has only the primitives.
 *
 *     "The panel judged the risk manageable."
 *       repair   judged >oprd manageable
 *       derive   judged >SUBJ panel, judged >OBJ risk, judged >PRED manageable
 *       rules    panel | judges-risk | manageable
 */
#ifndef RG_EXTRACT_EXTRACT_H
#define RG_EXTRACT_EXTRACT_H

#include "base/pack.h"
#include "lang/lang.h"
#include "rules/rules.h"

/* Tokens of a parse, ascending. */
typedef struct rg_tokens {
    int *items;
    int count;
} rg_tokens;

/* A name, or a noun phrase that a rule gave a type. Tokens [first, end). */
typedef struct rg_mention {
    int first, end;
    int head; /* the token the rest hangs on */
    int type; /* RG_NONE: none */
    int label; /* index into rules->labels if it is declared under `aliases`, or RG_NONE */
    rg_str printed; /* its label if it stands in a file of names, else empty */
    bool given;     /* its type is said by a rule, not by the model */
    bool name; /* from the model's names, `aliases` or a file: never cut or split */
} rg_mention;

typedef struct rg_kinds {
    uint64_t bits[RG_MAX_TYPES / 64]; /* one for each type */
} rg_kinds;

typedef struct rg_mentions {
    rg_mention *items; /* without overlap */
    int count, capacity;
    int *of_token;   /* for each token its mention, or RG_NONE */
    rg_kinds *kinds; /* the types of each token, and all that these are kinds of */
    bool *
        mended; /* for the first token of a piece: repairs changed it or were stopped */
    struct token_symbols *symbols; /* of each token, or NULL */
    struct regex_memory *regexes;  /* what expressions answered so far */
    int out_of_fuel;               /* mention rules stopped in some sentence */
    rg_str fuel_rule;              /* the first of them */
} rg_mentions;

/* What fills a slot of a triple. */
typedef struct rg_argument {
    int head;       /* the token that names it; RG_NONE: only `text` */
    rg_tokens np;   /* the label's tokens */
    rg_tokens span; /* the wording's tokens, with the lead unless that is elsewhere */
    rg_tokens lead; /* the tokens that lead to it, such as its preposition */
    rg_str text;    /* with head RG_NONE: a literal value of `set` */
    rg_str value;   /* the normal value of a date or an amount, else empty */
} rg_argument;

typedef struct rg_filled {
    rg_str key;
    rg_argument value;
} rg_filled;

/* In the order in which one that holds wins; see docs/formats.md. */
typedef enum rg_modality {
    RG_DENIED,
    RG_CONDITIONAL,
    RG_OBLIGED,
    RG_INTENDED,
    RG_POSSIBLE,
    RG_REPORTED,
    RG_ASSERTED,
} rg_modality;

/* The word of the column `modality`. */
rg_str rg_modality_word(rg_modality modality);

/* Who gave a triple an attribute or a qualifier; kept with options.trace. */
typedef struct rg_setter {
    rg_str key;
    int attribute; /* index of the attribute rule; RG_NONE: the triple's own rule */
} rg_setter;

/* An edge that a triple stands on; kept with options.trace. */
typedef struct rg_ground {
    int from, to; /* tokens */
    rg_str label;
} rg_ground;

typedef struct rg_triple {
    const rg_rule *rule;
    int sentence; /* index of the sentence in the parse */
    int anchor;   /* token */
    rg_argument subject, object;
    int statement; /* index of the triple that is the object, or RG_NONE */
    rg_str relation;
    rg_tokens wording; /* of the relation; in the order in which it is printed */
    rg_str supplied;   /* a word before it that the sentence leaves out, or empty */
    bool ordered;      /* the rule collects its arguments in order */
    rg_argument *arguments; /* those behind the object */
    int argument_count;
    bool negated;
    rg_modality modality;
    rg_argument source; /* head RG_NONE and no text: the text itself */
    rg_filled *qualifiers;
    int qualifier_count;
    double confidence;
    rg_str style;
    rg_str tense, aspect; /* of the verb, or empty */
    rg_setter *setters;   /* with options.trace, in the order in which they set */
    int setter_count;
    rg_ground *grounds; /* with options.trace */
    int ground_count;
} rg_triple;

/* A rule that a limit stopped at a token: of PCRE2, or of the rule's time for regular
 * expressions in the document. */
typedef struct rg_stop {
    rg_str rule;
    int token;
    bool by_time;
} rg_stop;

/* ---- What happened, for explain ------------------------------------------------------ */

typedef enum rg_event_kind {
    RG_EVENT_REPAIRED, /* index: of the repair; token: its start; detail: the edits */
    RG_EVENT_DERIVED,  /* index: of the derive line; token -> other, label */
    RG_EVENT_FAILED, /* index: of the rule, anchor `token` held; `detail` says what not */
    RG_EVENT_FIRED,      /* index: of the rule, anchor `token` */
    RG_EVENT_SUPPRESSED, /* a triple whose edges higher rules had used up, or a double */
} rg_event_kind;

typedef struct rg_event {
    rg_event_kind kind;
    int sentence;
    int index;
    int token, other;
    rg_str detail;
} rg_event;

typedef struct rg_triples {
    const rg_parse *parse;
    const rg_mentions *mentions;
    rg_triple *items;
    int count, capacity;
    rg_event *events; /* with options.trace */
    int event_count, event_capacity;
    int tried;        /* anchors held against rules */
    int cut;          /* sentences cut into pieces because they were too long */
    int capped;       /* sentences with more triples than the limit */
    int out_of_fuel;  /* rules stopped in some sentence */
    rg_str fuel_rule; /* the first of them */
    rg_stop *stops;
    int stop_count, untold_stops; /* kept, and how many there were beyond them */
} rg_triples;

/* Triples of an earlier run, sentence by sentence. */
typedef struct rg_kept_triples {
    const rg_triple *items; /* in order of the text; statements point into them */
    int *first;        /* of each sentence its first one; and the end of the last */
    const bool *stale; /* of each sentence: it has to go through the rules */
} rg_kept_triples;

/* Indexes over a rule set that every sentence uses; in the engine's arena. */
typedef struct rg_extractor rg_extractor;
const rg_extractor *rg_extract_new(rg_arena *arena, const rg_rules *rules);

/* Which mentions mean the same thing: a type test on one holds if it holds on any. */
typedef struct rg_chains {
    const int
        *of_token; /* for the head of each mention in a chain the chain, else RG_NONE */
    const int *types; /* of each chain, beside those of its mentions; RG_NONE: none */
    int count;        /* chains */
} rg_chains;

typedef struct rg_extract_options {
    bool trace;                  /* collect events */
    const rg_mentions *mentions; /* from rg_extract_mentions; NULL: found by the run */
    const rg_chains *chains; /* NULL: no mention is known to mean what another does */
    double *seconds; /* of each rule, CPU time is added; NULL: no clock is read */
    const rg_kept_triples *kept; /* of sentences that need no rules; NULL: none are */
} rg_extract_options;

/* The names and typed nouns of a document, on mended sentences: what coreference starts
 * from. They do not depend on chains. */
bool rg_extract_mentions(const rg_mentions **out, rg_arena *arena,
                         const rg_extractor *extractor, const rg_parse *parse,
                         rg_error *err);

/* Mentions as bytes, and back; kept.c. Those that a limit stopped are not to be kept. What
 * is unpacked points into the bytes; false if they are not sound. */
bool rg_extract_is_keepable(const rg_mentions *mentions);
void rg_extract_pack(rg_buf *out, const rg_mentions *mentions, const rg_parse *parse);
bool rg_extract_unpack(const rg_mentions **out, rg_arena *arena,
                       const rg_extractor *extractor, const rg_parse *parse,
                       rg_unpacker *from);
const rg_rules *rg_extract_rules(const rg_extractor *extractor);

/* ---- What a change of the rules can change: changes.c ---------------------------------- */

/* A rule set as bytes: a hash of each rule and the words of which it needs one, and what
 * the relations are. */
void rg_extract_pack_rules(rg_buf *out, const rg_extractor *extractor);

/* An anchor that a changed rule asks for: all of these words, indexes into `parts`. */
enum { RG_STALE_WORDS = 8 };
typedef struct rg_stale_item {
    int parts[RG_STALE_WORDS];
    int count;
} rg_stale_item;

/* What two sets may differ in: all, or sentences with some item, or triples of one of these
 * relations. */
typedef struct rg_stale {
    bool all;
    rg_map *words; /* items: words with a blank between */
    rg_stale_item *items;
    int capacity;
    rg_map *parts;
    bool *given;           /* of each part: repairs may make it of another word */
    int *by_number, *next; /* parts by a number of their word (changes.c) */
    rg_map *relations;
} rg_stale;

/* Against a set packed before. What all rules share (rules->shared) is the caller's care. */
rg_stale rg_extract_compare(rg_arena *arena, const rg_extractor *now, rg_str before);
/* Of each sentence of the document, whether the sets may differ in it. */
bool *rg_extract_stale_sentences(rg_arena *arena, const rg_stale *stale,
                                 const rg_parse *parse);
/* The words of a document, sentence by sentence, two bytes each; and whether the sets may
 * differ in it. Now and then that is said of one in which they do not. */
void rg_extract_pack_words(rg_buf *out, const rg_parse *parse);
bool rg_extract_is_stale(rg_arena *arena, const rg_stale *stale, rg_str words);

/* The triples of an earlier run as bytes, and back; kept_triples.c. Those of stale sentences
 * are left out. */
void rg_extract_pack_triples(rg_buf *out, const rg_triples *triples);
bool rg_extract_unpack_triples(const rg_kept_triples **out, rg_arena *arena,
                               const rg_rule_ids *rules, const rg_parse *parse,
                               const bool *stale, rg_unpacker *from);

/* The symbol of a token's attribute among those of the rules, or RG_NONE. */
int rg_extract_symbol(const rg_mentions *mentions, int token, rg_attr attr);

bool rg_extract_run(const rg_triples **out, rg_arena *arena,
                    const rg_extractor *extractor, const rg_parse *parse,
                    const rg_extract_options *options, rg_error *err);

/* Reports each stop: "rule R: match limit at DOC:OFFSET". */
void rg_extract_report_stops(const rg_triples *triples, rg_reporter reporter);

/* The text of tokens as it stands; tokens that are apart are joined by one blank. */
rg_str rg_extract_text(rg_arena *arena, const rg_parse *parse, rg_tokens tokens);

#endif
