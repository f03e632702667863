/* run.h - what draw, extract and parse share: an engine, a job, a run. */
#ifndef RG_CLI_RUN_H
#define RG_CLI_RUN_H

#include "cli/cli.h"

/* The options that choose model, rules and threads. */
bool read_engine_options(rg_options *out, const arguments *args, rg_error *err);
/* --lines, --whole. */
bool read_cut(rg_cut *out, const arguments *args, rg_error *err);
/* What run_documents runs. */
bool read_job(rg_job *out, const arguments *args, rg_product product, rg_error *err);
/* Runs the documents of the command line through to this product. */
bool run_documents(const arguments *args, rg_product product, rg_error *err);

#endif
