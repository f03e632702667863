/* long_list.h - lists of very many items, read from large files; private to extract/. */
#ifndef RG_EXTRACT_LONG_LIST_H
#define RG_EXTRACT_LONG_LIST_H

#include "extract/sentence.h"

/* The item (a record of names) that the node's lemma is, or that it makes with lemmas of
 * its children, being the item's first or last word: what sentence_list_item finds in a
 * short list. RG_NONE if there is none. */
int long_list_item(const sentence *s, int node, const rg_names *names);

#endif
