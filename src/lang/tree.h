/* tree.h - from the parser's heads to spaCy's tree: projective again, with sentences. */
#ifndef RG_LANG_TREE_H
#define RG_LANG_TREE_H

#include "lang/lang.h"

/* Takes tokens of one block with head (index in the block) and dep set; a label "X||Y"
 * says that the true head is a token with label Y below the one given (pseudo-projective
 * parsing, Nivre and Nilsson 2005, https://aclanthology.org/P05-1013). Resolves these
 * labels and sets sent_start. */
void rg_tree_finish(rg_token *tokens, int count, rg_arena *scratch);

#endif
