#include "cli/run.h"

#include <stdio.h>

bool run_model_import(const arguments *args, rg_error *err)
{
    const char *output = last_value(args, OPTION_output);
    if (args->operand_count != 1 || !output)
        return fail_usage(err, NULL, "one DIR and -o FILE are needed");
    return rg_engine_import_model(args->operands[0], output, err);
}

bool run_model_info(const arguments *args, rg_error *err)
{
    if (args->operand_count > 0)
        return fail_usage(err, "--model FILE names the file", "there are no operands");
    rg_engine *engine = NULL;
    rg_options options;
    rg_str text;
    bool ok = read_engine_options(&options, args, err)
              && rg_engine_new(&engine, &options, err)
              && rg_engine_describe_model(engine, &text, err);
    if (ok)
        fwrite(text.bytes, 1, (size_t)text.len, stdout);
    rg_engine_free(engine);
    return ok;
}
