/* regexes.h - regular expressions over words, each answered once a document; private.
 *
 * A limit of PCRE2 that ends a search leaves the answer open: the expression then counts
 * as one that does not match, and that is told with the rule and the place. So is a rule
 * whose expressions took all of its time in the document.
 */
#ifndef RG_EXTRACT_REGEXES_H
#define RG_EXTRACT_REGEXES_H

#include "extract/sentence.h"

regex_memory *regexes_new(rg_arena *arena, const rg_rules *rules);
/* Does the expression match the text, which belongs to the node? */
bool regexes_match(sentence *s, int regex, rg_str text, int node);
/* Remembers that `rule` was stopped in the sentence, if it was; tells each place once. */
bool regexes_stopped(const regex_memory *memory);
void regexes_note(sentence *s, rg_str rule);
/* What was noted goes to the triples. */
void regexes_tell(const regex_memory *memory, rg_triples *out);

#endif
