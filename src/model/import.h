/* import.h - the parts of the import: weights, labels, tables. Private to model/. */
#ifndef RG_MODEL_IMPORT_H
#define RG_MODEL_IMPORT_H

#include "model/writer.h"

enum { RG_IMPORT_LIMIT = 64 * 1024 * 1024 }; /* no file of the folder may be larger */

/* Reads folder/name whole; trouble is RG_ERROR_MODEL. *path is set for messages. */
bool rg_import_read(rg_str *out, rg_str *path, rg_arena *arena, const char *folder,
                    const char *name, rg_error *err);

/* Tokenizer, lexeme norms, attribute ruler, lemmatizer -> sections of flat tables. */
bool rg_import_tables(rg_model_writer *writer, rg_arena *arena, const char *folder,
                      rg_error *err);
/* Tags and moves -> sections of labels. */
bool rg_import_labels(rg_model_writer *writer, rg_arena *arena, const char *folder,
                      rg_error *err);
/* Embeddings and layers -> sections as the kernels read them. */
bool rg_import_weights(rg_model_writer *writer, rg_arena *arena, const char *folder,
                       rg_error *err);

#endif
