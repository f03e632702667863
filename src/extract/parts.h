/* parts.h - names of the model that are several names; private to extract/. */
#ifndef RG_EXTRACT_PARTS_H
#define RG_EXTRACT_PARTS_H

#include "extract/match.h"

/* "Acme and Widgetco", found as one name, becomes two where the key `part` of `output` says
 * that a token begins a name of its own, and "Acme beat Widgetco" where `break` says that
 * a word is no part of a name. Declared names are never cut. */
void parts_split(sentence *s, rg_arena *arena, rg_mentions *mentions);

#endif
