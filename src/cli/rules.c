/* rules.c - rules list, show, expand, lock; learn. */
#include "cli/run.h"

#include <string.h>

typedef struct view {
    rg_rules_view of;
    const char *id; /* NULL: of all rules */
} view;

static bool tell_rules(rg_engine *engine, const void *request, rg_str *told,
                       rg_error *err)
{
    const view *wanted = request;
    return rg_rules_tell(engine, wanted->of, wanted->id, told, err);
}

static bool tell(const arguments *args, rg_rules_view of, rg_error *err)
{
    const view wanted = {of, args->operand_count > 0 ? args->operands[0] : NULL};
    return print_told(args, tell_rules, &wanted, err);
}

bool run_rules_list(const arguments *args, rg_error *err)
{
    if (args->operand_count > 0)
        return fail_usage(err, "--rules PATH and --add-rules PATH name files",
                          "there are no operands");
    return tell(args, RG_RULES_LIST, err);
}

bool run_rules_show(const arguments *args, rg_error *err)
{
    if (args->operand_count != 1)
        return fail_usage(err, "'relgraph rules list' names them",
                          "one RULE is needed");
    return tell(args, RG_RULES_SOURCE, err);
}

bool run_rules_expand(const arguments *args, rg_error *err)
{
    if (args->operand_count > 1)
        return fail_usage(err, NULL, "at most one RULE");
    return tell(args, RG_RULES_EXPANDED, err);
}

bool run_rules_lock(const arguments *args, rg_error *err)
{
    if (args->operand_count == 0)
        return fail_usage(err, NULL, "no PATH of a rule file is given");
    rg_engine *engine = NULL;
    rg_options options;
    if (!read_engine_options(&options, args, err))
        return false;
    options.rules = args->operands;
    options.rule_count = args->operand_count;
    bool ok = rg_engine_new(&engine, &options, err) && rg_rules_lock(engine, err);
    rg_engine_free(engine);
    return ok;
}

static bool tell_learnt(rg_engine *engine, const void *request, rg_str *told,
                        rg_error *err)
{
    const char *lesson = request;
    return rg_learn(engine, (rg_str){lesson, (int)strlen(lesson)}, told, err);
}

bool run_learn(const arguments *args, rg_error *err)
{
    static const char usage[] =
        "relgraph learn \"Ann heads Acme. => Ann | leads | Acme\"";
    if (args->operand_count != 1)
        return fail_usage(err, usage, "one lesson is needed, in quotes");
    if (!strstr(args->operands[0], "=>"))
        return fail_usage(err, usage, "the lesson has no '=>'");
    return print_told(args, tell_learnt, args->operands[0], err);
}
