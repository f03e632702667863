/* lang.h - stage 2: text -> tokens, tags, lemmas, dependency tree, sentences, names.
 *
 * Runs spaCy's published English pipeline en_core_web_sm 3.8 natively; the annotation is
 * spaCy's, token for token (docs/model.md). Labels are slices of the model's tables;
 * equal labels may have different addresses: compare with rg_str_equal.
 */
#ifndef RG_LANG_LANG_H
#define RG_LANG_LANG_H

#include "lang/labels.h"
#include "model/model.h"
#include "text/text.h"

/* What depends on a token's text alone; shared by all tokens of the same text. */
typedef struct rg_lexeme {
    rg_str text, lower, norm, prefix, suffix, shape;
    /* String ids of NORM, PREFIX, SUFFIX, SHAPE (docs/model.md), fed to the networks. */
    uint64_t norm_id, prefix_id, suffix_id, shape_id;
    bool is_space;
} rg_lexeme;

typedef struct rg_token {
    const rg_lexeme *lexeme;
    rg_str norm;      /* the lexeme's, or that of a tokenizer exception */
    uint64_t norm_id; /* string id of norm: what the networks embed */
    rg_str tag, pos, morph, lemma, dep, ent_type;
    int block;
    int start; /* byte offset in the block's text; the token has lexeme->text.len bytes */
    int idx;   /* code points from the block's start (a byte-order mark not counted) */
    int head; /* index of the head in rg_parse.tokens; the root's is its own */
    signed char sent_start; /* 1 or -1, as spaCy's is_sent_start */
    char ent_iob;           /* 'B', 'I' or 'O' */
    bool space_after;       /* one blank follows, not a token of its own */
} rg_token;

/* Tokens [first, end) of one block; sentences follow one another without a gap. */
typedef struct rg_sentence {
    int first, end;
    int block;
} rg_sentence;

typedef struct rg_parse {
    const rg_text *text;
    rg_token *tokens; /* of all blocks, in order */
    int token_count;
    int *block_first; /* first token of each block, and token_count behind the last */
    rg_sentence *sentences;
    int sentence_count;
    int close_calls; /* decisions whose two best scores were closer than 1e-4 */
    int forced_ends; /* sentence ends forced because the parser's span grew too long */
} rg_parse;

/* What one thread reuses from document to document: caches, scratch. */
typedef struct rg_lang rg_lang;
/* `kernel`: NULL for the fastest that the machine has, or a name ("portable", "avx2").
 * NULL if the model's tables are not usable or there is no memory; err says which. */
rg_lang *rg_lang_new(const rg_model *model, const char *kernel, rg_error *err);
/* After a run that ended for want of memory, this is all that may be called. */
void rg_lang_free(rg_lang *lang);

bool rg_lang_parse(const rg_parse **out, rg_arena *arena, rg_lang *lang,
                   const rg_text *text, rg_error *err);

/* The analysis as bytes, to be kept and read again on this machine; packed.c. Appends it, made
 * with the model of this id; false if it is too large. */
bool rg_parse_pack(rg_buf *out, const rg_parse *parse, uint64_t model);
/* The analysis of the text, in the arena; it points into the bytes, which must be aligned to
 * 8. All that the rest of the program relies on is checked, and each token against the text:
 * false if that is not so, or the model is another. */
bool rg_parse_unpack(const rg_parse **out, rg_arena *arena, rg_str bytes,
                     const rg_text *text, uint64_t model);

/* Punctuation or white space: what is trimmed from the ends of a phrase. */
bool rg_token_is_mark(const rg_token *token);

/* The file's byte range [start, end) of tokens [first, end). */
int rg_parse_start(const rg_parse *parse, int token);
int rg_parse_end(const rg_parse *parse, int token);

#endif
