#include "lang/networks.h"

#include "lang/names.h"
#include "lang/parser.h"
#include "lang/tree.h"

#include <assert.h>

/* Tagger and parser share an encoder; the names have their own. */
struct rg_networks {
    const rg_arena *arena;
    rg_encoder *encoder, *names_encoder;
    rg_tagger *tagger;
    rg_parser *parser;
    rg_names *names;
};

bool rg_networks_new(rg_networks **out, rg_arena *arena, const rg_model *model,
                     const char *kernel, rg_error *err)
{
    const rg_kernels *kernels = rg_kernels_find(kernel);
    if (!kernels)
        return rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE,
                       "this machine has no kernel called '%s'", kernel);
    rg_vectors_setup parse = {model, kernels, "tok2vec", RG_COLUMNS, NULL};
    rg_vectors_setup names = {model, kernels, "names", RG_NAMES_COLUMNS, NULL};
    rg_networks *n = rg_new(arena, rg_networks, 1);
    n->arena = arena;
    *out = n;
    return rg_encoder_new(&n->encoder, arena, &parse, err)
           && rg_tagger_new(&n->tagger, arena, model, kernels, RG_PIECE, err)
           && rg_parser_new(&n->parser, arena, model, kernels, err)
           && rg_encoder_new(&n->names_encoder, arena, &names, err)
           && rg_names_new(&n->names, arena, model, kernels, err);
}

static void finish_block(rg_token *tokens, int first, int end, rg_arena *scratch)
{
    rg_tree_finish(tokens + first, end - first, scratch);
    for (int i = first; i < end; i++)
        tokens[i].head += first;
}

void rg_networks_parse(rg_networks *n, rg_arena *scratch, rg_token *tokens,
                       const int *ends, int count, rg_doubts *doubts)
{
    assert(scratch != n->arena);
    const rg_parser_tools tools = {n->encoder, n->tagger, scratch, doubts};
    rg_stretch blocks[RG_GROUP];
    for (int at = 0; at < count;) {
        int grouped = rg_encoder_group(blocks, ends, at, count);
        int first = at > 0 ? ends[at - 1] : 0;
        if (grouped > 0)
            rg_parser_run_group(n->parser, &tools, tokens, blocks, grouped);
        else
            rg_parser_run(n->parser, &tools, tokens, first, ends[at]);
        at += grouped > 0 ? grouped : 1;
    }
    for (int b = 0; b < count; b++)
        finish_block(tokens, b > 0 ? ends[b - 1] : 0, ends[b], scratch);
}

void rg_networks_names(rg_networks *n, rg_token *tokens, const int *ends, int count,
                       rg_doubts *doubts)
{
    rg_names_run(n->names, n->names_encoder, tokens, ends, count, doubts);
}
