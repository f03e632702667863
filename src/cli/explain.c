#include "cli/run.h"

#include <stdio.h>
#include <string.h>

bool run_explain(const arguments *args, rg_error *err)
{
    if (args->operand_count != 1)
        return fail_usage(err, "relgraph explain \"The bank bought the firm.\"",
                          "one SENTENCE is needed, in quotes");
    rg_engine *engine = NULL;
    rg_options options;
    rg_str text = {args->operands[0], (int)strlen(args->operands[0])}, told = {"", 0};
    bool ok = read_engine_options(&options, args, err)
              && rg_engine_new(&engine, &options, err)
              && rg_explain(engine, text, &told, err);
    if (ok)
        fwrite(told.bytes, 1, (size_t)told.len, stdout);
    rg_engine_free(engine);
    return ok;
}
