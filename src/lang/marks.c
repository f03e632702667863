/* marks.c - tokens that are no words. */
#include "lang/lang.h"

bool rg_token_is_mark(const rg_token *token)
{
    return token->lexeme->is_space || rg_str_is(token->pos, "PUNCT");
}
