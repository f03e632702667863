/* text.h - stage 1: bytes -> blocks of text, with every offset kept.
 *
 * A document is cut into blocks at blank lines (paragraphs, headings, list items). A block
 * is what the model sees at once: valid UTF-8, its inner white space folded to single
 * blanks, ill-formed bytes replaced by U+FFFD. RG_TEXT_WHOLE and RG_TEXT_LINE keep the
 * white space as it is and make one block. A byte-order mark at the start is skipped, and
 * counted in offsets into the file (byte 0 is the first byte of the file).
 *
 * Offsets of a block's text are led back to the file by runs: from text offset `at` on,
 * text and file advance together, up to the next run.
 *
 *     file "A  b"   ->  block text "A b", runs {0, 0}, {2, 3}
 *
 * HTML and Markdown are read by rules of their own (html.h, markdown.h), with the same runs.
 */
#ifndef RG_TEXT_TEXT_H
#define RG_TEXT_TEXT_H

#include "base/arena.h"
#include "base/error.h"

typedef enum rg_text_mode {
    RG_TEXT_BLOCKS,   /* cut at blank lines, white space folded */
    RG_TEXT_WHOLE,    /* the document is one block, as it is */
    RG_TEXT_HTML,     /* its main text (html.c) */
    RG_TEXT_MARKDOWN, /* its text (markdown.c) */
} rg_text_mode;

/* One document as it comes in. */
typedef struct rg_document {
    rg_str name;  /* as printed in the column doc: a path, "-", or FILE:LINE */
    rg_str bytes; /* any bytes at all; borrowed, must outlive the run */
    int base;     /* offset of bytes[0] in its file (0 but for lines of a file) */
    rg_text_mode mode;
    bool is_record; /* a JSON line; name is its id */
    bool is_line;   /* one line of a file; name is FILE:LINE */
    bool goes_on;   /* bytes are not the first of their document (rg_text_cut) */
    rg_str date;    /* the day it was written on, YYYY-MM-DD; empty: unknown */
    rg_str title;   /* empty: unknown */
} rg_document;

typedef struct rg_text_run {
    int at;       /* offset in the block's text from which the run holds */
    int file_at;  /* offset in the document's bytes that belongs to it */
    int file_end; /* 0; or the run's text stands for all bytes up to there: an entity */
} rg_text_run;

typedef struct rg_block {
    rg_str text;
    int start, end; /* the block's bytes in the document, end exclusive */
    rg_text_run *runs;
    int run_count;
} rg_block;

typedef struct rg_text {
    const rg_document *document; /* with the title and date that it tells itself */
    rg_block *blocks;
    int block_count;
    int replaced;   /* how many ill-formed pieces became U+FFFD */
    rg_str warning; /* about text that may be missing or wrong; empty: none */
} rg_text;

/* Where a document of blocks can be cut: the end of the first paragraph, with the white
 * space behind it, that ends `least` bytes behind `from` or later; else bytes.len. */
int rg_text_cut(rg_str bytes, int from, int least);

bool rg_text_read(const rg_text **out, rg_arena *arena, const rg_document *document,
                  rg_error *err);

/* The offset in the file (base included) of the text byte at `offset` of a block. */
int rg_text_place(const rg_text *text, int block, int offset);
/* The same for an exclusive end: just behind the byte before `offset`. */
int rg_text_place_end(const rg_text *text, int block, int offset);

#endif
