/* csv.h - fields of comma-separated values (RFC 4180); private to output/. */
#ifndef RG_OUTPUT_CSV_H
#define RG_OUTPUT_CSV_H

#include "base/buf.h"

/* In quotes where it needs them. */
void rg_csv_put_field(rg_buf *out, rg_str field);

#endif
