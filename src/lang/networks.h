/* networks.h - tagger, parser and names: the part of stage 2 that is arithmetic.
 *
 * One call takes the tokens of some blocks, which must have their lexeme, norm_id and
 * space_after, through a network and fills the labels in. Each thread has its own
 * networks (caches and scratch); the weights are used where they lie in the model.
 *
 *     rg_networks_parse(networks, scratch, tokens, ends, count, &doubts);
 *     ... attribute ruler, lemmatizer ...
 *     rg_networks_names(networks, tokens, ends, count, &doubts);
 *
 * The rows of a block never depend on other blocks, nor on what the caches hold.
 */
#ifndef RG_LANG_NETWORKS_H
#define RG_LANG_NETWORKS_H

#include "lang/lang.h"

typedef struct rg_networks rg_networks;

/* Added up over blocks; set to zero first. */
typedef struct rg_doubts {
    int close_calls; /* decisions whose two best valid scores are closer than 1e-4 */
    int forced_ends; /* sentence ends forced because the live span grew too long */
} rg_doubts;

/* Networks in the arena, which must outlive them and which they go on taking from.
 * `kernel`: NULL for the best that the machine has, or a name ("portable", "avx2"). */
bool rg_networks_new(rg_networks **out, rg_arena *arena, const rg_model *model,
                     const char *kernel, rg_error *err);

/* Fills tag, head, dep and sent_start. The `count` blocks follow one another from
 * tokens[0] on and end at ends[i]; none is empty. Heads are indexes into tokens.
 * `scratch` is not the networks' arena; it comes back as it was. */
void rg_networks_parse(rg_networks *networks, rg_arena *scratch, rg_token *tokens,
                       const int *ends, int count, rg_doubts *doubts);

/* Fills ent_iob and ent_type; reads sent_start and the lexemes only. */
void rg_networks_names(rg_networks *networks, rg_token *tokens, const int *ends,
                       int count, rg_doubts *doubts);

#endif
