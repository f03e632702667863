/* error.h - one error struct that owns its bytes, and findings that go to a reporter.
 *
 * rg_fail fills the error once (the first error is the cause) and returns false, so that
 * stages chain with `&&`. A place names a byte of a source; line, column and source line
 * are worked out from it only when something is wrong.
 */
#ifndef RG_BASE_ERROR_H
#define RG_BASE_ERROR_H

#include "base/str.h"

/* Byte `offset` of `source`, the whole text of `file`; offset -1 means the file as such. */
typedef struct rg_place {
    rg_str file;
    rg_str source;
    int offset;
} rg_place;

#define RG_NOWHERE ((rg_place){{"", 0}, {"", 0}, -1})

/* The place of a file as such. */
rg_place rg_place_file(rg_str file);

/* Fills err (unless it holds an error already) and returns false. */
bool rg_fail(rg_error *err, rg_error_kind kind, rg_place at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Adds a hint to the error just made, and returns false. */
bool rg_fail_hint(rg_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Hands err to the reporter, once. */
void rg_error_report(rg_error *err, rg_reporter reporter);

/* A finding that does not end the call. `id` names the check; hint may be NULL. */
typedef struct rg_finding {
    rg_severity severity;
    const char *id;
    rg_place at;
    const char *hint;
} rg_finding;
void rg_report(rg_reporter reporter, rg_finding what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Line and column (from 1, columns in code points) of a byte offset in source. */
void rg_place_line(rg_str source, int offset, int *line, int *column);
/* The line of source that holds the byte, without its line feed. */
rg_str rg_place_source_line(rg_str source, int offset);

#endif
