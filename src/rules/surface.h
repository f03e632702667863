/* surface.h - `text:` patterns -> programs of moves over tokens; private to rules/.
 *
 *     <object:thing> ,? such as <subject:thing+>
 *
 *     0 phrase object    1 split 3    2 word ,    3 word such    4 word as
 *     5 phrase subject   6 split 10   7 joint     8 phrase subject   9 jump 6   10 end
 *
 * Jumps are relative, so that a part may be moved and copied when a quantifier behind it
 * is read. Repetitions are written out; how long a program may get is limited.
 */
#ifndef RG_RULES_SURFACE_H
#define RG_RULES_SURFACE_H

#include "rules/reader.h"

/* One program of all patterns, which stand for one another. Adds their names to `slots`,
 * whose first is the anchor, "verb". Once per pattern the first thing wrong is reported. */
bool surface_read(rg_surface *out, rg_compiler *c, const rg_scalar *patterns, int count,
                  rg_slots *slots);

#endif
