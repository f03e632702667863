#include "cli/run.h"

#include <stdio.h>

static bool suggest(const arguments *args, rg_error *err)
{
    rg_engine *engine = NULL;
    rg_options options;
    rg_cut cut;
    rg_str told = {"", 0};
    if (is_given(args, OPTION_output) || is_given(args, OPTION_format))
        return fail_usage(err, NULL, "--suggest writes rules to standard output");
    if (args->operand_count == 0)
        return fail_usage(err, "'-' is standard input", "no FILE is given");
    bool ok =
        read_cut(&cut, args, err) && read_engine_options(&options, args, err)
        && rg_engine_new(&engine, &options, err)
        && rg_suggest(engine, args->operands, args->operand_count, cut, &told, err);
    if (ok)
        fwrite(told.bytes, 1, (size_t)told.len, stdout);
    rg_engine_free(engine);
    return ok;
}

bool run_entities(const arguments *args, rg_error *err)
{
    return is_given(args, OPTION_suggest)
               ? suggest(args, err)
               : run_documents(args, RG_PRODUCT_ENTITIES, err);
}
