/* tuples.h - one match becomes one triple or several, as `output` says; private to extract/.
 *
 *     "Ann gave Bob's books to Carl in Rome."    list: books, to Carl, in Rome
 *       nary     Ann | gave | Bob's books; to Carl; in Rome
 *       binary   Ann | gave | Bob's books     Ann | gave to | Carl     ...
 *       chain    Ann | gave | Bob's books     Ann | gave books to | Carl     ...
 */
#ifndef RG_EXTRACT_TUPLES_H
#define RG_EXTRACT_TUPLES_H

#include "extract/produce.h"

/* Replaces each draft by those that it becomes, in their order. */
void tuples_expand(drafts *d, sentence *s);

#endif
