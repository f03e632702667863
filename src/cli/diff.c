/* diff.c - of two tables of triples, or of what two rule sets find in the same texts. */
#include "cli/run.h"

#include <stdio.h>
#include <string.h>

static bool ends_as_triples(const char *path)
{
    return ends_as(path, ".tsv") || ends_as(path, ".jsonl") || ends_as(path, ".db");
}

/* Which rules each side has, and which documents. */
typedef struct sides {
    rg_options options[2];
    rg_job jobs[2];
} sides;

/* What is compared. */
typedef enum comparison {
    OF_TABLES, /* OLD NEW */
    OF_SETS,   /* --rules OLD --rules NEW FILE... */
    OF_MORE,   /* --add-rules MORE FILE...: the default set without and with it */
} comparison;

static bool check_operands(const arguments *args, comparison what, rg_error *err)
{
    static const char usage[] =
        "relgraph diff old.tsv new.tsv, diff --rules A --rules B text.txt, or diff "
        "--add-rules A text.txt";
    if (what == OF_SETS && args->given[OPTION_rules].count != 2)
        return fail_usage(err, usage, "two --rules and a FILE are needed");
    if (what != OF_TABLES)
        return args->operand_count > 0
               || fail_usage(err, usage, "a FILE with text is needed");
    if (args->operand_count != 2)
        return fail_usage(err, usage, "two tables of triples are needed");
    for (int i = 0; i < 2; i++)
        if (!ends_as_triples(args->operands[i]))
            return fail_usage(err, usage,
                              "%s is no table of triples (.tsv, .jsonl, .db)",
                              args->operands[i]);
    return true;
}

static bool read_sides(sides *out, const arguments *args, rg_error *err)
{
    const values *rules = &args->given[OPTION_rules];
    comparison what = rules->count > 0                          ? OF_SETS
                      : args->given[OPTION_add_rules].count > 0 ? OF_MORE
                                                                : OF_TABLES;
    if (!check_operands(args, what, err))
        return false;
    for (int i = 0; i < 2; i++) {
        rg_options *options = &out->options[i];
        if (!read_engine_options(options, args, err)
            || !read_cut(&out->jobs[i].cut, args, err))
            return false;
        options->rules = what == OF_SETS ? &rules->items[i] : NULL;
        options->rule_count = what == OF_SETS;
        if (what == OF_MORE && i == 0)
            options->add_rule_count = 0;
        out->jobs[i].paths = args->operands + (what == OF_TABLES ? i : 0);
        out->jobs[i].path_count = what == OF_TABLES ? 1 : args->operand_count;
    }
    return true;
}

static bool tell(rg_engine *before, rg_engine *after, const sides *of, bool tsv,
                 rg_error *err)
{
    const rg_diff_request request = {&of->jobs[0], &of->jobs[1], tsv};
    rg_str told;
    rg_change_counts counts;
    if (!rg_diff(before, after, &request, &told, &counts, err))
        return false;
    fwrite(told.bytes, 1, (size_t)told.len, stdout);
    if (counts.lost + counts.gained + counts.changed == 0)
        return true;
    err->kind = RG_ERROR_FINDINGS;
    err->reported = true;
    return false;
}

bool run_diff(const arguments *args, rg_error *err)
{
    sides of = {0};
    rg_engine *before = NULL, *after = NULL;
    bool tsv;
    bool ok = read_text_or(&tsv, "tsv", "diff", args, err) && read_sides(&of, args, err)
              && rg_engine_new(&before, &of.options[0], err)
              && rg_engine_new(&after, &of.options[1], err)
              && tell(before, after, &of, tsv, err);
    rg_engine_free(before);
    rg_engine_free(after);
    return ok;
}
