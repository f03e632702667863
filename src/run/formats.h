/* formats.h - which formats a product can be written in, and which one a job asks for. */
#ifndef RG_RUN_FORMATS_H
#define RG_RUN_FORMATS_H

#include "output/output.h"

/* By -f, else by the ending of the output's path, else the product's usual one. */
bool rg_run_find_format(const rg_format **out, const rg_job *job, rg_error *err);
/* Does the job write several files into a folder? */
bool rg_run_makes_folder(const rg_format *format, const rg_job *job);

#endif
