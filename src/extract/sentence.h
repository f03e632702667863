/* sentence.h - one sentence as a graph that rules edit and match; private to extract/.
 *
 * Nodes are the sentence's tokens, counted from 0. Edges are the parser's, changed by
 * `repair`, and those that `derive` adds; an edge that is taken away is only marked. Each
 * node has two masks of 64 bits, one bit for each label (rg_label_bit) of the edges that
 * leave and reach it, so that most steps fail without a look at an edge.
 */
#ifndef RG_EXTRACT_SENTENCE_H
#define RG_EXTRACT_SENTENCE_H

#include "extract/extract.h"

enum { MAX_LEADS = 4 };

typedef struct graph_edge {
    int from, to;   /* head and dependent, or the start and end of a derived path */
    int name, sub;  /* symbols; sub RG_NONE: none */
    int derived_by; /* index of the derive line, RG_NONE: the parser or a repair */
    int next_out, next_in; /* next edge of the same node, RG_NONE at the end */
    bool gone, consumed;
    int leads
        [MAX_LEADS]; /* nodes that the derive line named on the way: a preposition */
    int lead_count;
} graph_edge;

typedef struct graph_node {
    int symbols[RG_ATTR_COUNT]; /* RG_NONE: a word that no rule names */
    uint64_t out_mask, in_mask;
    int first_out, last_out, first_in, last_in;
    uint64_t types[RG_MAX_TYPES / 64];
    bool consumed; /* no anchor any more */
} graph_node;

/* A token's attributes as symbols; RG_NONE: a word that no rule names. */
typedef struct token_symbols {
    int of[RG_ATTR_COUNT];
} token_symbols;

typedef struct surface_phrases surface_phrases;
typedef struct regex_memory regex_memory;

enum { FAST_NODES = 64 };

typedef struct sentence {
    const rg_extractor *extractor;
    const rg_rules *rules;
    const rg_parse *parse;
    const rg_mentions *mentions;
    rg_arena *arena; /* scratch, reset after the sentence */
    int index;       /* of the sentence in the parse */
    int first;       /* its first token in the parse */
    graph_node *nodes;
    int count;
    graph_edge *edges;
    int edge_count, edge_capacity;
    uint64_t labels; /* of all edges, as bits */
    /* Of the first FAST_NODES nodes, as bits: those that have an edge with the label's bit. */
    uint64_t out_nodes[64], in_nodes[64];
    const surface_phrases *phrases; /* surface.c; NULL: not worked out yet */
    rg_map *words; /* sub-labels that no rule names; symbols from symbol_count on */
    /* Of each node, once somebody has asked; without tokens before. In this arena. */
    struct rg_argument *arguments;
    const rg_arena *arguments_in;
    int fuel; /* steps left for the rule at work */
    int rule; /* at work, by index; RG_NONE: something else */
    regex_memory *regexes;
    bool regex_limit, time_limit; /* an expression was stopped, by its rule's time */
    int limit_node;               /* at this node */
    int stopped;                  /* rules that ran out of fuel, or into that limit */
    rg_str stopped_rule;          /* the first of them */
} sentence;

/* The symbols of all tokens: looked up once, for each time that a sentence is loaded. */
token_symbols *sentence_symbols(rg_arena *arena, const rg_rules *rules,
                                const rg_parse *parse);
/* The graph of tokens [first, end) of the parse, as the parser made it. */
void sentence_load(sentence *s, int first, int end);
/* Adds the edge unless the same stands already; its index. */
int sentence_add_edge(sentence *s, graph_edge e);
/* The parser edge from -> to with this label, or RG_NONE. */
int sentence_find_edge(const sentence *s, int from, int to, int name);
/* Takes an edge away. */
void sentence_drop_edge(sentence *s, int index);
/* Works out the types of all nodes: again when words, edges or mentions have changed. */
void sentence_put_types(sentence *s);
/* The symbol of a word that becomes a sub-label, also if no rule names it; its text. */
int sentence_put_word(sentence *s, rg_str word);
rg_str sentence_word(const sentence *s, int symbol);
/* Remembers that the rule at work was stopped, if it was. */
void sentence_note_limits(sentence *s, rg_str rule);
/* The token of the parse behind a node. */
const rg_token *sentence_token(const sentence *s, int node);
/* A node with all below it by the parser's edges. */
typedef struct phrase_below {
    int first, last; /* nodes */
    int words;       /* without marks and blanks */
} phrase_below;
phrase_below sentence_below(const sentence *s, int node);
/* Marks the node and all below it. */
void sentence_mark_below(const sentence *s, bool *marked, int top);
/* Has a rule used a logical edge between the two, so that it is said what they have to do
 * with one another? */
bool sentence_is_said(const sentence *s, int from, int to);
/* Does the node stand before the other one and not above it? The noun of a relative clause
 * stands before its verb but above it. */
bool sentence_is_ahead(const sentence *s, int node, int other);
/* The text of a node with all below it in lower case, single blanks between the tokens,
 * without marks at its ends. */
rg_str sentence_phrase(const sentence *s, int node);
/* Are both parts of one name, date or amount? */
bool sentence_in_one_name(const sentence *s, int a, int b);
/* Is this word, or, with its children, this phrase, in the list? */
bool sentence_is_listed(const sentence *s, int node, int list);
/* The item that it is, or RG_NONE. */
int sentence_list_item(const sentence *s, int node, int list);

#endif
