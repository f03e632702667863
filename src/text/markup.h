/* markup.h - what HTML and Markdown share: tags, attributes, character references.
 *
 * No scan goes over the same bytes again and again: rg_markup_tag tells up to where it looked
 * in vain, and that far everything is text.
 */
#ifndef RG_TEXT_MARKUP_H
#define RG_TEXT_MARKUP_H

#include "text/maker.h"

typedef struct rg_tag {
    rg_str name;    /* as written */
    bool closes;    /* </name> */
    bool self;      /* <name/> */
    int attributes; /* where they begin */
    int end;        /* behind '>'; or, of what is no tag, where text goes on */
} rg_tag;

/* The tag at '<', before `to`. False: text up to tag->end, which is behind `at`. */
bool rg_markup_tag(rg_tag *out, rg_str bytes, int at, int to);
/* The next attribute of the tag: *at begins at tag->attributes. */
bool rg_markup_attribute(rg_str *name, rg_str *value, rg_str bytes, int *at,
                         const rg_tag *tag);
/* Bytes [from, to) as text with character references. */
void rg_markup_text(rg_maker *maker, rg_str bytes, int from, int to);
/* A short text, such as an attribute: decoded, folded, cut at 200 characters. */
rg_str rg_markup_string(rg_arena *arena, rg_str text, bool latin);
/* The same letters, whatever their case? `lower` is in lower case. */
bool rg_markup_is(rg_str text, const char *lower);
/* "2019-02-20" at the start of the text; else empty. */
rg_str rg_markup_day(rg_str text);
/* The first "</NAME" from `from` on, or -1. */
int rg_markup_find_end(rg_str bytes, rg_str name, int from, int to);

#endif
