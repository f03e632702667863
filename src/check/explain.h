/* explain.h - what explain.c chooses to tell, and who writes it; private to check/. */
#ifndef RG_CHECK_EXPLAIN_H
#define RG_CHECK_EXPLAIN_H

#include "check/sentence_run.h"

#include "base/buf.h"

/* One explanation being written. */
typedef struct telling {
    rg_buf out;
    const rg_checker *checker;
    const sentence_run *made;
} telling;

/* FILE:LINE of something at an offset of a rule file. */
rg_str explain_place(const telling *t, int file, int offset);
/* FILE:LINE of the rule that set something of the triple. */
rg_str explain_setter(const telling *t, const rg_triple *triple,
                      const rg_setter *setter);
/* Where the pass of `coref` stands in its rule file, or empty: linked by hand. */
rg_str explain_pass(const telling *t, rg_str id);
/* The triple that an edge was made of. */
const rg_triple *explain_triple(const telling *t, int edge);

/* explain_entity.c: why a node is one, of each entity that has this label or is called so;
 * how many there are. */
int explain_entities(telling *t, rg_str name, bool json);

/* explain_json.c: as one JSON object, an entity with its mentions; the sentence, and of its
 * triples those that `only` names (RG_NONE: all). */
void explain_put_entity_json(telling *t, const rg_entity *entity);
void explain_put_json(telling *t, int sentence, int only);

/* explain_svg.c: the sentence as shapes of SVG, with the triples that `only` names. */
void explain_put_svg(telling *t, int sentence, int only, rg_picture *page);

#endif
