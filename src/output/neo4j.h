/* neo4j.h - names as Neo4j has them; what they lose is told in properties. */
#ifndef RG_OUTPUT_NEO4J_H
#define RG_OUTPUT_NEO4J_H

#include "base/buf.h"

/* A type as the label of nodes: "org" -> Org. */
void rg_neo4j_put_label(rg_buf *out, rg_str type);
/* A relation as the type of relationships: "judges-risk" -> JUDGES_RISK. */
void rg_neo4j_put_type(rg_buf *out, rg_str relation);

#endif
