#include "lang/parser.h"

#include "lang/scorer.h"
#include "lang/transitions.h"

#include <assert.h>

enum {
    CHUNK = RG_PIECE, /* rows of one piece lie together */
    CHUNKS = RG_LONGEST_SPAN / CHUNK + 4,
    MASKS = 1 << RG_MOVE_COUNT,
};

/* Class c is move moves[c] with label labels[c]. */
struct rg_parser {
    rg_arena *arena;
    rg_scorer scorer;
    rg_move moves[RG_PARSER_CLASSES];
    rg_str labels[RG_PARSER_CLASSES];
    rg_str root;               /* label of a token without a head */
    const float *masks[MASKS]; /* by the set of valid moves */
    float *chunks[CHUNKS];     /* rows of the block's pieces that are alive: a ring */
    float *spare[CHUNKS];      /* chunks without a piece */
    int spare_count;
};

/* A parse under way. */
typedef struct run {
    rg_parser *parser;
    rg_encoder *encoder;
    rg_tagger *tagger;
    rg_token *tokens;
    rg_state state;
    int ready; /* tokens that have been encoded */
    int kept;  /* first piece whose chunk has not been given back */
    rg_doubts *doubts;
} run;

/* The model has the action's number in front of each label. */
static bool read_moves(rg_parser *p, rg_arena *arena, const rg_sections *in)
{
    rg_str *lines;
    if (!rg_sections_lines(&lines, arena, in, "moves", RG_PARSER_CLASSES))
        return false;
    for (int c = 0; c < RG_PARSER_CLASSES; c++) {
        int move = lines[c].len > 0 ? lines[c].bytes[0] - '0' : -1;
        if (move < 0 || move >= RG_MOVE_COUNT)
            return rg_fail(in->err, RG_ERROR_MODEL,
                           rg_place_file(rg_model_path(in->model)),
                           "class %d of the parser has no known move", c);
        p->moves[c] = (rg_move)move;
        p->labels[c] = rg_str_cut(lines[c], 1, lines[c].len);
        if (move == RG_MOVE_BREAK)
            p->root = p->labels[c];
    }
    return true;
}

static const float *make_mask(const rg_parser *p, rg_arena *arena, unsigned valid)
{
    float *mask = rg_scorer_mask(&p->scorer, arena);
    for (int c = 0; c < RG_PARSER_CLASSES; c++)
        if ((valid >> p->moves[c] & 1) != 0)
            mask[c] = 0;
    return mask;
}

bool rg_parser_new(rg_parser **out, rg_arena *arena, const rg_model *model,
                   const rg_kernels *kernels, rg_error *err)
{
    rg_parser *p = rg_new(arena, rg_parser, 1);
    rg_sections in = {model, "parser", err};
    *out = p;
    p->arena = arena;
    p->scorer.features = RG_PARSER_FEATURES;
    p->scorer.classes = RG_PARSER_CLASSES;
    if (!rg_scorer_init(&p->scorer, arena, &in, kernels, CHUNK)
        || !read_moves(p, arena, &in))
        return false;
    for (unsigned valid = 0; valid < MASKS; valid++)
        p->masks[valid] = make_mask(p, arena, valid);
    return true;
}

static float **chunk_of(rg_parser *p, int token)
{
    return &p->chunks[token / CHUNK % CHUNKS];
}

/* Gives back the chunks of pieces that end before `token`. */
static void release_chunks(run *r, int token)
{
    rg_parser *p = r->parser;
    for (; (r->kept + 1) * CHUNK <= token; r->kept++) {
        float **chunk = chunk_of(p, r->kept * CHUNK);
        p->spare[p->spare_count++] = *chunk;
        *chunk = NULL;
    }
}

/* All chunks are spare, also those of a run that memory trouble has cut short. */
static void forget_pieces(rg_parser *p)
{
    for (int i = 0; i < CHUNKS; i++) {
        if (p->chunks[i])
            p->spare[p->spare_count++] = p->chunks[i];
        p->chunks[i] = NULL;
    }
}

static float *take_chunk(rg_parser *p)
{
    if (p->spare_count > 0)
        return p->spare[--p->spare_count];
    size_t size = sizeof(float) * CHUNK * (size_t)p->scorer.row_size;
    return rg_arena_take(p->arena, size, 64);
}

/* Encodes, tags and prepares the next piece of the block. */
static void encode_piece(run *r)
{
    rg_parser *p = r->parser;
    int count = r->state.count - r->ready;
    if (count > CHUNK)
        count = CHUNK;
    release_chunks(r, r->state.base);
    float **chunk = chunk_of(p, r->ready);
    assert(!*chunk);
    *chunk = take_chunk(p);
    const float *vectors =
        rg_encoder_run(r->encoder, r->tokens, r->state.count, r->ready, count);
    rg_tagger_run(r->tagger, r->tokens + r->ready, vectors, count, r->doubts);
    rg_scorer_rows(&p->scorer, *chunk, vectors, count);
    r->ready += count;
}

/* What `token` adds as this feature. */
static const float *part_of(const run *r, int token, int feature)
{
    const rg_parser *p = r->parser;
    if (token < 0)
        return p->scorer.padding + feature * RG_LOWER;
    assert(token >= r->state.base && token < r->ready);
    return p->chunks[token / CHUNK % CHUNKS] + token % CHUNK * p->scorer.row_size
           + feature * RG_LOWER;
}

static int link_of(const int *links, int token)
{
    return token < 0 ? -1 : links[token];
}

/* Two tokens of the buffer, three of the stack, and their children attached last. */
static void find_parts(const run *r, const float *parts[RG_PARSER_FEATURES])
{
    const rg_state *s = &r->state;
    int b0 = rg_state_buffer(s, 0), s0 = rg_state_stack(s, 0);
    const int seen[RG_PARSER_FEATURES] = {
        b0,
        rg_state_buffer(s, 1),
        s0,
        rg_state_stack(s, 1),
        rg_state_stack(s, 2),
        link_of(s->last_left, b0),
        link_of(s->last_left, s0),
        link_of(s->last_right, s0),
    };
    for (int f = 0; f < RG_PARSER_FEATURES; f++)
        parts[f] = part_of(r, seen[f], f);
}

static void step(run *r)
{
    unsigned valid = rg_state_valid(&r->state);
    assert(valid != 0); /* the stack can be reduced or the buffer shifted */
    int needed = r->state.next + 2;
    while (r->ready < needed && r->ready < r->state.count)
        encode_piece(r);

    const float *parts[RG_PARSER_FEATURES];
    find_parts(r, parts);
    rg_best best = rg_scorer_best(&r->parser->scorer, parts, r->parser->masks[valid]);
    r->doubts->close_calls += best.is_close;
    rg_state_do(&r->state, r->parser->moves[best.index], best.index);
}

static void put_heads(const run *r)
{
    for (int i = 0; i < r->state.count; i++) {
        int head = r->state.heads[i];
        r->tokens[i].head = head < 0 ? i : head;
        r->tokens[i].dep =
            head < 0 ? r->parser->root : r->parser->labels[r->state.labels[i]];
    }
}

void rg_parser_run(rg_parser *parser, rg_encoder *encoder, rg_tagger *tagger,
                   rg_arena *scratch, rg_token *tokens, int count, rg_doubts *doubts)
{
    rg_arena_mark mark = rg_arena_mark_now(scratch);
    run r = {parser, encoder, tagger, tokens, rg_state_new(scratch, count),
             0,      0,       doubts};
    forget_pieces(parser);
    while (!rg_state_is_done(&r.state))
        step(&r);
    put_heads(&r);
    doubts->forced_ends += r.state.forced_ends;
    rg_arena_reset(scratch, mark);
}
