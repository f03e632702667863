/* spans.h - which tokens of a sentence make a label, a wording; private to extract/. */
#ifndef RG_EXTRACT_SPANS_H
#define RG_EXTRACT_SPANS_H

#include "extract/match.h"

/* The node that names what `head` describes ("his daughter, Jane Smith"; key `name` of
 * `output`), else head itself. */
int span_namer(sentence *s, int head);
/* Tokens (of the parse) of the noun phrase that prints as the label of a node: the whole
 * name if the node heads one, else what `output: np:` collects; words of the list `edge` are
 * trimmed at both ends. In `arena`, as all here. */
rg_tokens span_np(sentence *s, rg_arena *arena, int head);
/* The same of the head itself, even where something names it. */
rg_tokens span_own_np(sentence *s, rg_arena *arena, int head);
/* Nodes [first, end). */
typedef struct phrase_range {
    int first, end;
} phrase_range;
/* The nodes of the noun phrase around its head as they stand together: of the name that
 * the node heads, else those of `output: np:` without a gap; trimmed as labels are. */
phrase_range span_phrase(sentence *s, int head);
/* Is the token (of the parse) one of the list `edge`? */
bool span_is_edge_word(const sentence *s, int token);
/* Tokens of the wording: what `span` collects less what `cut` names with all below it;
 * punctuation at the edges is trimmed. */
rg_tokens span_whole(sentence *s, rg_arena *arena, int head);
/* The same as short as it can be: what `minimal` collects; no name is cut. */
rg_tokens span_minimal(sentence *s, rg_arena *arena, int head);
/* Nodes at the ends of paths of `output` from a node, ascending; in the scratch arena. */
rg_tokens span_ends(sentence *s, const rg_paths *paths, int head);
/* Tokens without marks at both ends. */
rg_tokens span_trim(const sentence *s, rg_tokens tokens);
/* The supplied word in its tense and number. */
rg_str span_supplied(sentence *s, rg_arena *arena, const rg_supply *supply, int anchor,
                     int subject);
/* Tokens of the relation's wording from its anchor. */
rg_tokens span_wording(sentence *s, rg_arena *arena, int anchor);
/* Does the anchor stand in the passive (key `passive`)? */
bool span_is_passive(sentence *s, int anchor);
/* Head, np and span of a node as an argument of a triple; kept, so that it is worked out
 * once. No edge may come or go after the first call. */
rg_argument span_argument(sentence *s, rg_arena *arena, int head);
/* The same as a qualifier: of a date or an amount only its own words. */
rg_argument span_qualifier(sentence *s, rg_arena *arena, int head);

#endif
