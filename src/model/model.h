/* model.h - the English model: one file of named, 64-byte aligned sections, mapped.
 *
 * relgraph model import turns spaCy's folder into this file once (import.c). At start it
 * is checked (magic, version, size, 64-bit checksum) and mapped read-only; nothing is
 * parsed: tensors and tables are used where they lie. All numbers are little-endian.
 */
#ifndef RG_MODEL_MODEL_H
#define RG_MODEL_MODEL_H

#include "base/error.h"
#include "base/file.h"
#include "model/kernels.h" /* the arithmetic that reads the layers; offered with this header */
#include "model/strings.h"
#include "model/tables.h"

typedef struct rg_model rg_model;

/* Opens and checks a model file; RG_ERROR_MODEL says what is wrong and at which byte. */
bool rg_model_open(rg_model **out, const char *path, rg_error *err);
void rg_model_free(rg_model *model);
/* What rg_model_id would say of the file, which is not checked. False if it is no model. */
bool rg_model_peek(uint64_t *id, const char *path);

/* The path it was opened from, for messages. */
rg_str rg_model_path(const rg_model *model);
/* The checksum of its bytes: the same model has the same. */
uint64_t rg_model_id(const rg_model *model);
/* The bytes of the section of this name, 64-byte aligned; empty if there is none. */
rg_str rg_model_section(const rg_model *model, const char *name);
int rg_model_section_count(const rg_model *model);
/* Name of the section with this index, and its bytes, in the order of the file. */
rg_str rg_model_section_at(const rg_model *model, int index, rg_str *bytes);

/* A section that holds exactly `count` numbers; RG_ERROR_MODEL if it does not. */
bool rg_model_floats(const float **out, const rg_model *model, const char *name,
                     size_t count, rg_error *err);

/* spaCy's folder (en_core_web_sm 3.8.0 or its re-packaged twin) -> a model file at path. */
bool rg_model_import(const char *folder, const char *path, rg_error *err);

#endif
