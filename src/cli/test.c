#include "cli/run.h"

#include <stdio.h>

/* PATHs take the place of the default set, as with --rules. */
bool run_test(const arguments *args, rg_error *err)
{
    rg_engine *engine = NULL;
    rg_options options;
    rg_test_counts counts = {0};
    if (!read_engine_options(&options, args, err))
        return false;
    if (args->operand_count > 0) {
        options.rules = args->operands;
        options.rule_count = args->operand_count;
    }
    bool ran = rg_engine_new(&engine, &options, err);
    bool ok = ran && rg_test(engine, &counts, err);
    if (ok || (ran && err->kind == RG_ERROR_FINDINGS))
        printf("%d passed, %d failed, %d todo\n", counts.passed, counts.failed,
               counts.todo);
    rg_engine_free(engine);
    return ok;
}
