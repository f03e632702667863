/* parser.h - dependency parser: the best valid move, again and again, left to right.
 *
 * It runs a little behind the encoder: when it looks at a token that has no row yet, the
 * next piece of the block is encoded (and tagged); rows that no state can reach any more
 * are used again, so that memory does not grow with the text.
 */
#ifndef RG_LANG_PARSER_H
#define RG_LANG_PARSER_H

#include "lang/encoder.h"
#include "lang/tagger.h"

typedef struct rg_parser rg_parser;

bool rg_parser_new(rg_parser **out, rg_arena *arena, const rg_model *model,
                   const rg_kernels *kernels, rg_error *err);

/* Sets tag, head (index in the block) and dep as the moves give them (tree.h). */
void rg_parser_run(rg_parser *parser, rg_encoder *encoder, rg_tagger *tagger,
                   rg_arena *scratch, rg_token *tokens, int count, rg_doubts *doubts);

#endif
