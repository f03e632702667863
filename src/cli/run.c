#include "cli/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 256 };

bool ends_as(const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    return dot && strcmp(dot, ending) == 0;
}

bool read_count(int *out, const char *name, const char *text, int most, rg_error *err)
{
    if (!text)
        return true;
    char *end;
    long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || number < 1 || number > most)
        return fail_usage(err, NULL, "%s takes a number from 1 to %d, not '%s'", name,
                          most, text);
    *out = (int)number;
    return true;
}

bool read_engine_options(rg_options *out, const arguments *args, rg_error *err)
{
    const values *rules = &args->given[OPTION_rules];
    const values *added = &args->given[OPTION_add_rules];
    *out = (rg_options){
        .model = last_value(args, OPTION_model),
        .rules = rules->items,
        .rule_count = rules->count,
        .add_rules = added->items,
        .add_rule_count = added->count,
        .profile = last_value(args, OPTION_profile),
        .date = last_value(args, OPTION_date),
        .cache = is_given(args, OPTION_cache),
        .kernel = last_value(args, OPTION_kernel),
        .reporter = message_printer(),
    };
    out->threads = 1;
    return read_count(&out->threads, "-j", last_value(args, OPTION_threads),
                      MOST_THREADS, err);
}

bool read_cut(rg_cut *out, const arguments *args, rg_error *err)
{
    bool lines = is_given(args, OPTION_lines), whole = is_given(args, OPTION_whole);
    if (lines && whole)
        return fail_usage(err, NULL, "--lines and --whole exclude each other");
    if (is_given(args, OPTION_jsonl_in) && (lines || whole))
        return fail_usage(err, NULL, "--jsonl-in excludes --lines and --whole");
    *out = lines                             ? RG_CUT_LINES
           : whole                           ? RG_CUT_WHOLE
           : is_given(args, OPTION_jsonl_in) ? RG_CUT_RECORDS
                                             : RG_CUT_BLOCKS;
    return true;
}

rg_name_list list_of(const arguments *args, option_id option)
{
    return (rg_name_list){args->given[option].items, args->given[option].count};
}

static bool read_cluster(rg_cluster *out, const char *name, rg_error *err)
{
    bool by_doc = name && strcmp(name, "doc") == 0;
    bool by_type = name && strcmp(name, "type") == 0;
    *out = by_doc ? RG_CLUSTER_DOC : by_type ? RG_CLUSTER_TYPE : RG_CLUSTER_NONE;
    return !name || by_doc || by_type
           || fail_usage(err, NULL, "--cluster takes doc or type, not '%s'", name);
}

/* What of the diagram is shown. */
static bool read_selection(rg_job *out, const arguments *args, rg_error *err)
{
    enum { MOST = 100000 };
    rg_selection *show = &out->show;
    *show = (rg_selection){.focuses = list_of(args, OPTION_focus),
                           .types = list_of(args, OPTION_type),
                           .relations = list_of(args, OPTION_relation),
                           .docs = list_of(args, OPTION_doc)};
    if (is_given(args, OPTION_hops) && !is_given(args, OPTION_focus))
        return fail_usage(err, "--focus LABEL names an entity",
                          "--hops needs an entity to start from");
    return read_count(&show->hops, "--hops", last_value(args, OPTION_hops), MOST, err)
           && read_count(&show->top, "--top", last_value(args, OPTION_top), MOST, err)
           && read_count(&show->min_evidence, "--min-evidence",
                         last_value(args, OPTION_min_evidence), MOST, err)
           && read_cluster(&out->cluster, last_value(args, OPTION_cluster), err);
}

bool read_job(rg_job *out, const arguments *args, rg_product product, rg_error *err)
{
    if (args->operand_count == 0)
        return fail_usage(err, "'-' is standard input", "no FILE is given");
    *out = (rg_job){
        .paths = args->operands,
        .path_count = args->operand_count,
        .product = product,
        .format = last_value(args, OPTION_format),
        .output = last_value(args, OPTION_output),
        .title = last_value(args, OPTION_title),
        .theme = last_value(args, OPTION_theme),
    };
    bool standard = !out->output || strcmp(out->output, "-") == 0;
    out->to_terminal = standard && isatty(STDOUT_FILENO);
    return read_selection(out, args, err) && read_cut(&out->cut, args, err);
}

bool run_documents(const arguments *args, rg_product product, rg_error *err)
{
    rg_engine *engine = NULL;
    rg_options options;
    rg_job job;
    bool ok = read_job(&job, args, product, err)
              && read_engine_options(&options, args, err)
              && rg_engine_new(&engine, &options, err) && rg_run(engine, &job, err);
    rg_engine_free(engine);
    return ok;
}

bool read_text_or(bool *is_other, const char *other, const char *name,
                  const arguments *args, rg_error *err)
{
    const char *format = last_value(args, OPTION_format);
    char hint[64];
    *is_other = format && strcmp(format, other) == 0;
    if (!format || *is_other || strcmp(format, "text") == 0)
        return true;
    snprintf(hint, sizeof hint, "formats are text and %s", other);
    return fail_usage(err, hint, "%s cannot write '%s'", name, format);
}

bool tell_store(rg_engine *engine, const void *request, rg_str *told, rg_error *err)
{
    return rg_query(engine, request, told, err);
}

bool print_told(const arguments *args, tell_call *call, const void *request,
                rg_error *err)
{
    rg_engine *engine = NULL;
    rg_options options;
    rg_str told = {"", 0};
    bool ok = read_engine_options(&options, args, err)
              && rg_engine_new(&engine, &options, err)
              && call(engine, request, &told, err);
    if (ok)
        fwrite(told.bytes, 1, (size_t)told.len, stdout);
    rg_engine_free(engine);
    return ok;
}
