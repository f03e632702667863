/* edge.h - one finished triple: every column of the TSV as text, and where it comes from.
 *
 * Edges are made by entities/ from the triples of a run, or read back from TSV and JSON
 * lines by output/. Graph and formats see edges only. The columns and their values are
 * those of docs/formats.md.
 */
#ifndef RG_BASE_EDGE_H
#define RG_BASE_EDGE_H

#include "base/pack.h"

typedef struct rg_qualifier {
    rg_str key, value; /* the value is the wording */
    int start, end;    /* bytes in the file, end exclusive; -1 if unknown */
    rg_str normal;     /* the normal value of a date or an amount, or empty */
} rg_qualifier;

/* An argument behind the object: its wording, and how much of that leads to it. */
typedef struct rg_further {
    rg_str lead, text; /* text begins with the lead, if there is one */
    int start, end;    /* bytes in the file, end exclusive; -1 if unknown */
} rg_further;

typedef struct rg_span {
    int start, end; /* bytes in the file, end exclusive; -1 if unknown */
} rg_span;

enum { RG_MAX_KINDS = 4 };

typedef struct rg_edge {
    rg_str subject, relation, object;  /* canonical labels */
    rg_str subject_type, object_type;  /* a type of the rules, or empty */
    rg_str polarity, modality, source; /* never empty, never empty, may be empty */
    rg_qualifier *qualifiers;
    int qualifier_count;
    bool ordered; /* the arguments behind the object are known, in their order */
    rg_further *arguments;
    int argument_count;
    double confidence;    /* 0 to 1 */
    rg_str rule;          /* id of the rule */
    rg_str rule_place;    /* FILE:LINE of the rule, or empty */
    rg_str tense, aspect; /* of the verb: past, perfect...; or empty */
    rg_str style; /* drawing class of the relation, such as "adverse", or empty */
    rg_str doc;
    int sentence;       /* from 1; 0 if unknown */
    int start, end;     /* of the evidence in the file; -1 if unknown */
    rg_span characters; /* the same, counted in characters */
    rg_str subject_text, relation_text, object_text, evidence;
    rg_str line; /* the whole input line with --lines, else empty (for -f oie) */
    rg_span subject_span, relation_span, object_span;
    rg_str subject_normal, object_normal; /* of a date or an amount, or empty */
    rg_str id;                            /* 12 hex digits */
    rg_str object_id; /* id of the triple that is the object (a statement), or empty */
    rg_str kinds[RG_MAX_KINDS]; /* more general relations, the nearest first */
    int kind_count;
} rg_edge;

typedef struct rg_edges {
    rg_edge *items;
    int count;
} rg_edges;

/* The first 12 hex digits of a hash of doc, start, rule, subject, relation, object. */
rg_str rg_edge_id(rg_arena *arena, const rg_edge *edge);

/* Edges of one document as bytes, and back: all but doc, rule_place and line, which are not of
 * its text alone. Offsets count from `base`. What is unpacked points into the bytes. */
void rg_edges_pack(rg_buf *out, const rg_edges *edges, int base);
bool rg_edges_unpack(rg_edges *out, rg_arena *arena, int base, rg_unpacker *from);

#endif
