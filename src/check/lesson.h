/* lesson.h - a sentence and the triple wanted of it, as `learn` works on it; private to
 * check/.
 *
 *     learn.c          which drafts are tried, in which order
 *     lesson.c         where subject and object stand, and the ways between words
 *     learn_phrase.c   drafts that are phrases: "<subject:org> threatens to cancel <object>"
 *     learn_way.c      drafts that are an anchor and paths
 *     learn_repair.c   drafts with a repair: learn_plan.c lists edits of the parse,
 *                      learn_search.c tries them
 *     learn_mend.c     such edits as text of the rule language
 */
#ifndef RG_CHECK_LESSON_H
#define RG_CHECK_LESSON_H

#include "base/ways.h"
#include "check/sentence_run.h"

typedef struct lesson {
    rg_arena *arena;
    const rg_checker *checker;
    const rg_example *example;
    const rg_wanted *wanted;
    sentence_run made;
    rg_str id;
    rg_tokens subject, object; /* where they stand */
    rg_str repair;  /* the key `repair` of the draft, and remarks before it; or empty */
    rg_link *links; /* between tokens, from head to dependent */
    rg_str *labels; /* theirs */
    int link_count;
} lesson;

/* From the subject to the object, over edges. */
typedef struct lesson_way {
    int *tokens;
    int *steps; /* steps[i]: the link that leads from tokens[i] to tokens[i + 1] */
    int count;  /* tokens; 0: there is no way */
} lesson_way;

/* Reads the sentence; false if it does not hold the words of subject and object. */
bool lesson_open(lesson *out, rg_arena *arena, const rg_checker *checker,
                 const rg_example *example, rg_error *err);
/* Takes in another analysis of the same tokens. */
void lesson_list_links(lesson *l);
lesson_way lesson_find_way(const lesson *l);
/* Is it made of derived edges that phrases are made of, and no others? */
bool lesson_is_logical(const lesson *l, const lesson_way *w);

const rg_token *lesson_token(const lesson *l, int token);
bool lesson_holds(rg_tokens tokens, int token);
/* The token of the words that hangs on none of the others. */
int lesson_head(const lesson *l, rg_tokens tokens);
/* The name of the type of what the words name, or empty. */
rg_str lesson_type(const lesson *l, rg_tokens tokens);
/* Does the relation name the word: "threatens-to-cancel" names "threatened"? */
bool lesson_is_named(const lesson *l, int token);
/* Letters and dashes: what phrases and constraints can hold as it is. */
bool lesson_is_plain(rg_str word);
bool lesson_is_verb(const rg_token *token);

/* A draft of a rule with this body; a text that is there already is left out. */
void lesson_add(rg_drafts *out, const lesson *l, rg_str body);
/* Each adds drafts, the best first. */
void learn_phrases(rg_drafts *out, const lesson *l, const lesson_way *w);
void learn_literally(rg_drafts *out, const lesson *l);
void learn_ways(rg_drafts *out, const lesson *l, const lesson_way *w);
/* `ways`: only those whose rule is an anchor and paths; else all others. */
void learn_repairs(rg_drafts *out, const lesson *l, bool ways);

/* How one token of the parse is changed. */
typedef struct mended {
    int token;
    int head; /* itself: the root */
    rg_str dep, pos, tag, lemma;
} mended;

/* The keys of a repair, and remarks before it that say what was wrong; empty if it would
 * be larger than a repair may be. */
rg_str learn_put_repair(const lesson *l, const mended *changes, int count, bool alone);

#endif
