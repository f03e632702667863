/* converters.h - documents that other programs make text of: PDF, Word, OpenDocument, EPUB.
 *
 * The program is run without a shell, with a fixed environment, 60 seconds and 64 MiB of text
 * at most. What it writes is the document: offsets are into that text.
 */
#ifndef RG_RUN_CONVERTERS_H
#define RG_RUN_CONVERTERS_H

#include "base/arena.h"
#include "base/error.h"

typedef struct rg_converter {
    const char *ending;
    const char *program, *package;
    const char *arguments[6]; /* before the path; NULL ends them */
    const char *last;         /* behind it, or NULL */
} rg_converter;

/* By the ending of the path, whatever its case; NULL: it needs none. */
const rg_converter *rg_converter_find(const char *path);
bool rg_converter_is_there(rg_arena *arena, const rg_converter *converter);
bool rg_converter_run(rg_str *out, rg_arena *arena, const rg_converter *converter,
                      const char *path, rg_error *err);

#endif
