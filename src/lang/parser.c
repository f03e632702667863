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

/* A parse under way; tokens count from the first one of the block. */
typedef struct run {
    rg_parser *parser;
    const rg_parser_tools *tools;
    rg_token *tokens;
    rg_state state;
    const float *rows; /* of all tokens, if they were computed before; else NULL */
    int ready;         /* tokens that have been encoded */
    int kept;          /* first piece whose chunk has not been given back */
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
    rg_stretch piece = {0, r->state.count, r->ready, count};
    const float *vectors = rg_encoder_run(r->tools->encoder, r->tokens, &piece, 1);
    rg_tagger_run(r->tools->tagger, r->tokens + r->ready, vectors, count,
                  r->tools->doubts);
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
    if (r->rows)
        return r->rows + (size_t)token * (size_t)p->scorer.row_size
               + feature * RG_LOWER;
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
    r->tools->doubts->close_calls += best.is_close;
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

/* Takes the run of a block from its first to its last move. */
static void parse(run *r, int count)
{
    rg_arena *scratch = r->tools->scratch;
    rg_arena_mark mark = rg_arena_mark_now(scratch);
    r->state = rg_state_new(scratch, count);
    while (!rg_state_is_done(&r->state))
        step(r);
    put_heads(r);
    r->tools->doubts->forced_ends += r->state.forced_ends;
    rg_arena_reset(scratch, mark);
}

void rg_parser_run(rg_parser *parser, const rg_parser_tools *tools, rg_token *tokens,
                   int first, int end)
{
    run r = {.parser = parser, .tools = tools, .tokens = tokens + first};
    forget_pieces(parser);
    parse(&r, end - first);
}

void rg_parser_run_group(rg_parser *p, const rg_parser_tools *tools, rg_token *tokens,
                         const rg_stretch *blocks, int count)
{
    int first = blocks[0].first, total = blocks[count - 1].end - first;
    assert(total <= CHUNK);
    const float *vectors = rg_encoder_run(tools->encoder, tokens, blocks, count);
    rg_tagger_run(tools->tagger, tokens + first, vectors, total, tools->doubts);
    forget_pieces(p);
    float *rows = take_chunk(p);
    rg_scorer_rows(&p->scorer, rows, vectors, total);
    for (int i = 0; i < count; i++) {
        run r = {.parser = p, .tools = tools, .tokens = tokens + blocks[i].first};
        r.rows = rows + (size_t)(blocks[i].first - first) * (size_t)p->scorer.row_size;
        r.ready = blocks[i].count;
        parse(&r, blocks[i].count);
    }
    p->spare[p->spare_count++] = rows;
}
