/* stats.c - what each rule does over files. */
#include "cli/run.h"

static bool tell(rg_engine *engine, const void *request, rg_str *told, rg_error *err)
{
    return rg_stats(engine, request, told, err);
}

/* Of a store its numbers. */
static bool count_store(const arguments *args, rg_error *err)
{
    bool tsv;
    if (!read_text_or(&tsv, "tsv", "stats", args, err))
        return false;
    const rg_query_request request = {
        .store = args->operands[0], .counts = true, .format = tsv ? "tsv" : NULL};
    return print_told(args, tell_store, &request, err);
}

bool run_stats(const arguments *args, rg_error *err)
{
    if (args->operand_count == 1 && ends_as(args->operands[0], ".db"))
        return count_store(args, err);
    rg_stats_request request = {.paths = args->operands,
                                .path_count = args->operand_count,
                                .rule = last_value(args, OPTION_rule),
                                .times = is_given(args, OPTION_times)};
    if (args->operand_count == 0)
        return fail_usage(err, "'-' is standard input", "no FILE is given");
    if (request.rule && request.times)
        return fail_usage(err, NULL, "--rule and --times exclude each other");
    return read_cut(&request.cut, args, err)
           && read_text_or(&request.tsv, "tsv", "stats", args, err)
           && print_told(args, tell, &request, err);
}
