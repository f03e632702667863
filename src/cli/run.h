/* run.h - what draw, extract and parse share: an engine, a job, a run. */
#ifndef RG_CLI_RUN_H
#define RG_CLI_RUN_H

#include "cli/cli.h"

/* The values given for the option. */
rg_name_list list_of(const arguments *args, option_id option);
/* Is this what stands behind the path's last dot, the dot included? */
bool ends_as(const char *path, const char *ending);
/* A number from 1 to `most`; *out stays without one. */
bool read_count(int *out, const char *name, const char *text, int most, rg_error *err);
/* The options that choose model, rules and threads. */
bool read_engine_options(rg_options *out, const arguments *args, rg_error *err);
/* --lines, --whole. */
bool read_cut(rg_cut *out, const arguments *args, rg_error *err);
/* -f: text, which is also the default, or `other`. */
bool read_text_or(bool *is_other, const char *other, const char *name,
                  const arguments *args, rg_error *err);
/* Something that an engine tells. */
typedef bool tell_call(rg_engine *engine, const void *request, rg_str *told,
                       rg_error *err);
/* Of rg_query, for an rg_query_request. */
tell_call tell_store;
/* Asks an engine of the command line's options, and prints what it tells. */
bool print_told(const arguments *args, tell_call *call, const void *request,
                rg_error *err);
/* What run_documents runs. */
bool read_job(rg_job *out, const arguments *args, rg_product product, rg_error *err);
/* Runs the documents of the command line through to this product. */
bool run_documents(const arguments *args, rg_product product, rg_error *err);

#endif
