#include "cli/run.h"

/* The files whose names are compared. */
typedef struct files {
    const arguments *args;
    rg_cut cut;
} files;

static bool tell(rg_engine *engine, const void *request, rg_str *told, rg_error *err)
{
    const files *all = request;
    return rg_suggest(engine, all->args->operands, all->args->operand_count, all->cut,
                      told, err);
}

static bool suggest(const arguments *args, rg_error *err)
{
    files all = {.args = args};
    if (is_given(args, OPTION_output) || is_given(args, OPTION_format))
        return fail_usage(err, NULL, "--suggest writes rules to standard output");
    if (args->operand_count == 0)
        return fail_usage(err, "'-' is standard input", "no FILE is given");
    return read_cut(&all.cut, args, err) && print_told(args, tell, &all, err);
}

bool run_entities(const arguments *args, rg_error *err)
{
    return is_given(args, OPTION_suggest)
               ? suggest(args, err)
               : run_documents(args, RG_PRODUCT_ENTITIES, err);
}
