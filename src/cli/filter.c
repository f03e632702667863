#include "cli/run.h"

#include <stdio.h>

static bool read_request(rg_filter_request *out, const arguments *args, rg_error *err)
{
    enum { MOST_RECORD = 16 * 1024 * 1024, MOST = 1000000000 };
    *out = (rg_filter_request){
        .input = last_value(args, OPTION_in),
        .output = last_value(args, OPTION_output),
        .line_buffered = is_given(args, OPTION_line_buffered),
        .isolate = is_given(args, OPTION_isolate),
    };
    if (args->operand_count > 0)
        return fail_usage(err, "records come from standard input, or from --in FILE",
                          "filter takes no files");
    bool ok = read_count(&out->max_document_bytes, "--max-doc-bytes",
                         last_value(args, OPTION_max_doc_bytes), MOST_RECORD, err)
              && read_count(&out->max_sentences, "--max-sentences",
                            last_value(args, OPTION_max_sentences), MOST, err)
              && read_count(&out->timeout_ms, "--doc-timeout-ms",
                            last_value(args, OPTION_doc_timeout_ms), MOST, err);
    if (ok && out->timeout_ms > 0 && !out->isolate)
        return fail_usage(err, "add --isolate",
                          "--doc-timeout-ms needs processes that can be stopped");
    return ok;
}

static void note(long long count, const char *what)
{
    if (count > 0)
        fprintf(stderr, "note: %lld %s\n", count, what);
}

bool run_filter(const arguments *args, rg_error *err)
{
    rg_options options;
    rg_filter_request request;
    rg_filter_counts counts = {0};
    rg_engine *engine;
    if (!read_request(&request, args, err) || !read_engine_options(&options, args, err)
        || !rg_engine_new(&engine, &options, err))
        return false;
    bool ok = rg_filter_records(engine, &request, &counts, err);
    rg_engine_free(engine);
    note(counts.failed, "records have an error instead of triples");
    note(counts.stopped, "records where a rule was stopped for taking too long");
    note(counts.dateless, "records have a date that is none: write YYYY-MM-DD");
    return ok;
}
