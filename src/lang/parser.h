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

/* What the parser works with. */
typedef struct rg_parser_tools {
    rg_encoder *encoder;
    rg_tagger *tagger;
    rg_arena *scratch;
    rg_doubts *doubts;
} rg_parser_tools;

bool rg_parser_new(rg_parser **out, rg_arena *arena, const rg_model *model,
                   const rg_kernels *kernels, rg_error *err);

/* Sets tag, head (index in the block) and dep of a block [first, end) as the moves give
 * them (tree.h). */
void rg_parser_run(rg_parser *parser, const rg_parser_tools *tools, rg_token *tokens,
                   int first, int end);
/* The same for some blocks that the encoder can take at once. */
void rg_parser_run_group(rg_parser *parser, const rg_parser_tools *tools,
                         rg_token *tokens, const rg_stretch *blocks, int count);

#endif
