/* nearmiss.h - why an argument found nothing, in words; private to extract/. */
#ifndef RG_EXTRACT_NEARMISS_H
#define RG_EXTRACT_NEARMISS_H

#include "extract/match.h"

/* The step of the arg's paths at which the way that came furthest ended, with what stands
 * there: 'object: "Nokia" is not [:org] (place)', 'object: no >OBJ below "judged" (there
 * are nsubj panel, dobj risk)'. m has bound what was bound then. */
rg_str nearmiss_describe(rg_arena *arena, const matcher *m, const rg_rule *rule,
                         const rg_arg *arg);

#endif
