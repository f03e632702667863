/* reader.h - a cursor over one scalar of a mini-language; private to rules/.
 *
 * Functions that read return false when they have reported what is wrong.
 */
#ifndef RG_RULES_READER_H
#define RG_RULES_READER_H

#include "base/buf.h"
#include "rules/pattern.h"

typedef struct reader {
    rg_compiler *c;
    rg_scalar scalar;
    int at;
    rg_slots *slots;
    bool names_open; /* an unknown start name is added to the slots */
    int depth;       /* of the groups and `has` that are open */
} reader;

/* The byte at the cursor, 0 at the end. */
char reader_peek(const reader *in);
void reader_skip_blanks(reader *in);
/* Steps over `text` if it stands at the cursor. */
bool reader_accept(reader *in, const char *text);
/* Steps over the word (followed by no word character), after blanks. */
bool reader_accept_word(reader *in, const char *word);
/* letter { letter | digit | - | _ }; empty if none stands here. */
rg_str reader_ident(reader *in);
/* A run without blank [ ] , | = ! < > ( ) { }; empty if none stands here. */
rg_str reader_run(reader *in);
/* Reports at byte `at` of the scalar. */
#define reader_error(in, at, id, hint, ...)                                            \
    rg_pattern_error((in)->c, (in)->scalar, (at), (id), (hint), __VA_ARGS__)
bool reader_expect_end(reader *in);

enum { DEEPEST_STEPS = 16 }; /* all that walks over steps may call itself */

/* A number up to 99. */
bool read_number(reader *in, int *out);
/* "[...]" at the cursor -> a step of kind RG_STEP_TEST. */
bool read_constraint(reader *in, rg_step *out);
/* Steps up to something that is none. */
bool read_steps(reader *in, rg_steps *out);
/* One path: a name and its steps. */
bool read_path(reader *in, rg_path *out);
/* Paths with "|" between them. */
bool read_paths(reader *in, rg_paths *out);
/* "nsubj", "OBL:in", "OBL:*" or a regular expression. */
bool read_label(reader *in, rg_label *out);
/* "/.../" or "/.../i": an index into rules->regexes. */
bool read_regex(reader *in, int *out);
/* "'...'" without its quotes; a doubled quote stands for one. */
bool read_string(reader *in, rg_str *out);
/* "$NAME": the list. */
bool read_list(reader *in, rg_value *out);
/* "?", "*", "+", "{m}", "{m,}", "{m,n}" into min and max, which stay if none stands here. */
bool read_quantifier(reader *in, rg_step *step);
/* A name that must be bound already. */
bool read_bound_name(reader *in, int *slot);
/* The attribute of this name (RG_ATTR_MORPH for "morph.X"), or RG_NONE. */
int find_attr(rg_str name);

#endif
