/* labels.h - the labels that the model may give to a token, to check rules against.
 *
 * A rule that names a label the model never writes would match nothing, in silence; so
 * rules/ asks here, and refuses it with the nearest spelling. The lists stand in labels.def.
 *
 *     rg_label_is_known(RG_LABEL_DEP, RG_STR("nsubj"))         true
 *     rg_label_nearest(RG_LABEL_DEP, RG_STR("nsbj"))           "nsubj"
 */
#ifndef RG_LANG_LABELS_H
#define RG_LANG_LABELS_H

#include "base/str.h"

typedef enum rg_label_kind {
    RG_LABEL_DEP,     /* dependency label: nsubj */
    RG_LABEL_POS,     /* coarse part of speech: VERB */
    RG_LABEL_TAG,     /* fine-grained tag: VBD */
    RG_LABEL_NAME,    /* kind of name: ORG */
    RG_LABEL_FEATURE, /* name of a morphological feature: Tense */
} rg_label_kind;

bool rg_label_is_known(rg_label_kind kind, rg_str label);
/* The known label nearest in spelling (case does not count); empty if none is near. */
rg_str rg_label_nearest(rg_label_kind kind, rg_str label);
/* How many labels of the kind there are, and the i-th of them. */
int rg_label_count(rg_label_kind kind);
rg_str rg_label_at(rg_label_kind kind, int i);

#endif
