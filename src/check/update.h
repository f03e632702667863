/* update.h - what examples expect, rewritten in the rule files; private to check/.
 *
 * Only the scalar of an example changes, all else stays byte for byte. Its sentence stays
 * too, and so does its kind of quotes, unless what is new needs some.
 */
#ifndef RG_CHECK_UPDATE_H
#define RG_CHECK_UPDATE_H

#include "rules/rules.h"

/* One example with what it shall expect. */
typedef struct update {
    int file, from, to; /* bytes [from, to) of the file */
    rg_str text;
} update;

typedef struct updates {
    rg_arena *arena; /* outlives the examples */
    const rg_rules *rules;
    update *items;
    int count, room;
} updates;

/* Puts "TRIPLE ; TRIPLE" or "none" behind the example's arrow. False if the example is not
 * written plainly in its file: a block scalar, or one that a template fills. */
bool update_add(updates *list, const rg_example *example, rg_str wanted);
/* Shows the changed lines of each file, then replaces it, whole or not at all. */
bool update_write(updates *list, void (*show)(void *user, rg_str text), void *user,
                  rg_error *err);

#endif
