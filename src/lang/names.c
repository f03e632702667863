#include "lang/names.h"

#include "lang/scorer.h"

#include <assert.h>
#include <string.h>

/* spaCy's numbers of the actions. */
typedef enum action { BEGIN = 1, IN, LAST, UNIT, OUT, ACTIONS } action;

enum { NONE = -1, MOST_LABELS = 32 };

/* Three things about a token decide what it may be outside of a name. */
enum { CAN_CONTINUE = 1, CAN_START = 2, OUTSIDE_MASKS = 4 };

struct rg_names {
    rg_scorer scorer;
    action actions[RG_NAMES_CLASSES];
    rg_str labels[RG_NAMES_CLASSES];
    int label_of[RG_NAMES_CLASSES]; /* number of the label among all labels */
    rg_str label_names[MOST_LABELS];
    int label_count;
    const float *outside[OUTSIDE_MASKS];
    const float
        *inside[MOST_LABELS][2]; /* by label, and by whether the name can go on */
    float *rows;                 /* of one piece */
    float *start, *previous;     /* rows of the name's first token and of i - 1 */
};

/* The names of a block under way. */
typedef struct run {
    rg_names *names;
    rg_token *tokens;
    int end;  /* of the block */
    int open; /* label of the open name, or NONE */
    rg_doubts *doubts;
} run;

static int number_label(rg_names *n, rg_str label)
{
    for (int i = 0; i < n->label_count; i++)
        if (rg_str_equal(n->label_names[i], label))
            return i;
    if (n->label_count == MOST_LABELS)
        return NONE;
    n->label_names[n->label_count] = label;
    return n->label_count++;
}

static bool read_moves(rg_names *n, rg_arena *arena, const rg_sections *in)
{
    rg_str *lines;
    if (!rg_sections_lines(&lines, arena, in, "moves", RG_NAMES_CLASSES))
        return false;
    for (int c = 0; c < RG_NAMES_CLASSES; c++) {
        int number = lines[c].len > 0 ? lines[c].bytes[0] - '0' : NONE;
        n->labels[c] = rg_str_cut(lines[c], 1, lines[c].len);
        n->label_of[c] = number_label(n, n->labels[c]);
        if (number < BEGIN || number >= ACTIONS || n->label_of[c] == NONE)
            return rg_fail(in->err, RG_ERROR_MODEL,
                           rg_place_file(rg_model_path(in->model)),
                           "class %d of the names has no known move", c);
        n->actions[c] = (action)number;
    }
    return true;
}

static bool is_valid_outside(const rg_names *n, int c, unsigned can)
{
    bool has_label = n->labels[c].len > 0;
    switch (n->actions[c]) {
    case BEGIN: return has_label && can == (CAN_CONTINUE | CAN_START);
    case UNIT: return has_label && (can & CAN_START) != 0;
    case OUT: return true;
    default: return false;
    }
}

static bool is_valid_inside(const rg_names *n, int c, int label, bool can_continue)
{
    if (n->label_of[c] != label)
        return false;
    return n->actions[c] == LAST || (n->actions[c] == IN && can_continue);
}

static void make_masks(rg_names *n, rg_arena *arena)
{
    for (unsigned can = 0; can < OUTSIDE_MASKS; can++) {
        float *mask = rg_scorer_mask(&n->scorer, arena);
        for (int c = 0; c < RG_NAMES_CLASSES; c++)
            if (is_valid_outside(n, c, can))
                mask[c] = 0;
        n->outside[can] = mask;
    }
    for (int i = 0; i < 2 * n->label_count; i++) {
        float *mask = rg_scorer_mask(&n->scorer, arena);
        for (int c = 0; c < RG_NAMES_CLASSES; c++)
            if (is_valid_inside(n, c, i / 2, i % 2 == 1))
                mask[c] = 0;
        n->inside[i / 2][i % 2] = mask;
    }
}

bool rg_names_new(rg_names **out, rg_arena *arena, const rg_model *model,
                  const rg_kernels *kernels, rg_error *err)
{
    rg_names *n = rg_new(arena, rg_names, 1);
    rg_sections in = {model, "names", err};
    *out = n;
    n->scorer.features = RG_NAMES_FEATURES;
    n->scorer.classes = RG_NAMES_CLASSES;
    if (!rg_scorer_init(&n->scorer, arena, &in, kernels, RG_PIECE)
        || !read_moves(n, arena, &in))
        return false;
    make_masks(n, arena);
    n->rows = rg_new(arena, float, RG_PIECE * n->scorer.row_size);
    n->start = rg_new(arena, float, n->scorer.row_size);
    n->previous = rg_new(arena, float, n->scorer.row_size);
    return true;
}

static const float *find_mask(const run *r, int i)
{
    const rg_names *n = r->names;
    bool can_continue = i + 1 < r->end && r->tokens[i + 1].sent_start != 1;
    if (r->open != NONE)
        return n->inside[r->open][can_continue];
    bool can_start = !r->tokens[i].lexeme->is_space;
    return n->outside[(can_continue ? CAN_CONTINUE : 0) | (can_start ? CAN_START : 0)];
}

static void put_token(run *r, int i, int class)
{
    rg_token *token = &r->tokens[i];
    action what = r->names->actions[class];
    token->ent_iob = what == OUT ? 'O' : what == BEGIN || what == UNIT ? 'B' : 'I';
    token->ent_type = r->names->labels[class];
    if (what == BEGIN)
        r->open = r->names->label_of[class];
    else if (what == LAST)
        r->open = NONE;
}

/* Features: the token; if a name is open, its first token and the one before this. */
static void step(run *r, int i, const float *row)
{
    rg_names *n = r->names;
    const rg_scorer *s = &n->scorer;
    size_t row_bytes = sizeof(float) * (size_t)s->row_size;
    bool is_open = r->open != NONE;
    const float *parts[RG_NAMES_FEATURES] = {
        row,
        (is_open ? n->start : s->padding) + RG_LOWER,
        (is_open ? n->previous : s->padding) + 2 * RG_LOWER,
    };
    rg_best best = rg_scorer_best(s, parts, find_mask(r, i));
    r->doubts->close_calls += best.is_close;
    put_token(r, i, best.index);
    if (n->actions[best.index] == BEGIN)
        memcpy(n->start, row, row_bytes);
    memcpy(n->previous, row, row_bytes);
}

/* Long blocks are cut: the open name and its rows go on to the next piece. */
static void run_block(run *r, rg_encoder *encoder, int first)
{
    rg_names *n = r->names;
    for (int from = first; from < r->end; from += RG_PIECE) {
        int count = r->end - from < RG_PIECE ? r->end - from : RG_PIECE;
        rg_stretch piece = {first, r->end, from, count};
        const float *vectors = rg_encoder_run(encoder, r->tokens, &piece, 1);
        rg_scorer_rows(&n->scorer, n->rows, vectors, count);
        for (int i = 0; i < count; i++)
            step(r, from + i, n->rows + i * n->scorer.row_size);
    }
}

static void run_group(run *r, rg_encoder *encoder, const rg_stretch *blocks, int count)
{
    rg_names *n = r->names;
    int first = blocks[0].first;
    const float *vectors = rg_encoder_run(encoder, r->tokens, blocks, count);
    rg_scorer_rows(&n->scorer, n->rows, vectors, blocks[count - 1].end - first);
    for (int b = 0; b < count; b++) {
        r->open = NONE;
        r->end = blocks[b].end;
        for (int i = blocks[b].first; i < r->end; i++)
            step(r, i, n->rows + (i - first) * n->scorer.row_size);
    }
}

void rg_names_run(rg_names *names, rg_encoder *encoder, rg_token *tokens,
                  const int *ends, int count, rg_doubts *doubts)
{
    rg_stretch blocks[RG_GROUP];
    for (int at = 0; at < count;) {
        int grouped = rg_encoder_group(blocks, ends, at, count);
        run r = {names, tokens, ends[at], NONE, doubts};
        if (grouped > 0)
            run_group(&r, encoder, blocks, grouped);
        else
            run_block(&r, encoder, at > 0 ? ends[at - 1] : 0);
        at += grouped > 0 ? grouped : 1;
    }
}
