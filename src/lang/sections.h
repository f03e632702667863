/* sections.h - finds the layers of a network in the model file (model/layout.h). */
#ifndef RG_LANG_SECTIONS_H
#define RG_LANG_SECTIONS_H

#include "base/arena.h"
#include "model/model.h"

typedef struct rg_sections {
    const rg_model *model;
    const char *network; /* the first part of the names */
    rg_error *err;
} rg_sections;

/* Section NETWORK.NAME, or NETWORK.NAMEindex if index is not -1, of `count` numbers. */
bool rg_sections_floats(const float **out, const rg_sections *in, const char *name,
                        int index, int count);
/* A maxout layer with its norm; the first layer (its window split in three) too. */
bool rg_sections_maxout(rg_layer *out, const rg_sections *in, const char *name,
                        int index, int inputs);
bool rg_sections_linear(rg_layer *out, const rg_sections *in, const char *name,
                        int inputs, int outputs);
/* The lines of a section of labels; fails unless there are `count` of them. */
bool rg_sections_lines(rg_str **out, rg_arena *arena, const rg_sections *in,
                       const char *name, int count);

#endif
