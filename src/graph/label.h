/* label.h - text made fit for a picture: cleaned, cut, broken into balanced lines.
 *
 * What XML cannot hold or what could change how text is read (ill-formed UTF-8, controls,
 * bidirectional controls, noncharacters) becomes U+FFFD; line ends and tabs become blanks.
 */
#ifndef RG_GRAPH_LABEL_H
#define RG_GRAPH_LABEL_H

#include "base/buf.h"

typedef struct rg_lines {
    rg_str *items;
    int count;
} rg_lines;

enum {
    RG_LABEL_LONGEST = 4000, /* bytes of any text that goes to Graphviz */
    RG_LABEL_SHOWN = 60,     /* characters of a label that are drawn */
};

/* At most `limit` bytes of cleaned text, and an ellipsis if there was more. */
rg_str rg_label_clean(rg_arena *arena, rg_str text, int limit);
/* A relation as people read it: dashes between its words become blanks. */
rg_str rg_label_relation(rg_arena *arena, rg_str relation);
/* Cleaned text, cut at a word border near RG_LABEL_SHOWN characters, in as few lines of at
 * most `width` characters as can be, each about as long as the others. At least one line;
 * text without any character is drawn as a dash. */
rg_lines rg_label_wrap(rg_arena *arena, rg_str text, int width);

#endif
