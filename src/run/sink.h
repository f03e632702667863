/* sink.h - where a run writes: standard output piece by piece, or a file at the end.
 *
 * Formats put into `out`; rg_sink_flush sends that on to standard output. A file is
 * replaced whole or not at all, so its bytes stay in `out` until rg_sink_close; so do those
 * of a folder, in `files`. What
 * would command a terminal (escape sequences in a text) is shown there as \xNN.
 */
#ifndef RG_RUN_SINK_H
#define RG_RUN_SINK_H

#include "base/files.h"
#include "base/map.h"

typedef struct rg_sink {
    const char *path; /* "-": standard output */
    rg_buf out;
    rg_files files; /* of a folder, which path is then */
    bool folder;
    rg_map *names; /* of the documents in the folder; NULL before the first */
    rg_buf shown;  /* `out` as a terminal gets it */
    bool terminal;
    bool left; /* nobody reads any more; what is put is dropped */
} rg_sink;

/* NULL for path is "-". */
rg_sink rg_sink_open(rg_arena *arena, const char *path, bool to_terminal);
/* A name for files of a document in the folder, without an ending; no other has it. */
rg_str rg_sink_name(rg_sink *sink, rg_str document);
bool rg_sink_flush(rg_sink *sink, rg_error *err);
bool rg_sink_close(rg_sink *sink, rg_error *err);

#endif
