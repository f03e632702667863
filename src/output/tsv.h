/* tsv.h - what the formats with tabs share; private to output/. */
#ifndef RG_OUTPUT_TSV_H
#define RG_OUTPUT_TSV_H

#include "base/buf.h"

/* Puts a value; tab, line feed, carriage return and backslash are escaped. */
void rg_tsv_put(rg_buf *out, rg_str value);

#endif
