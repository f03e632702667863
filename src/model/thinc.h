/* thinc.h - reads spaCy's weight files. Private to model/.
 *
 * Each file is {"nodes": N maps, "attrs": N maps, "params": N maps, "shims": N empty
 * lists}, N parts of a network; weights.def says which tensors must stand where. Anything
 * else (another shape, name, type or seed, a NaN, a tensor or a byte too many) is refused.
 */
#ifndef RG_MODEL_THINC_H
#define RG_MODEL_THINC_H

#include "base/arena.h"
#include "base/error.h"

typedef enum rg_weights {
#define WEIGHTS(name, path, nodes) RG_WEIGHTS_##name,
#define TENSOR(file, node, kind, param, rank, a, b, c, d, seed)
#include "model/weights.def"
} rg_weights;

enum { RG_WEIGHTS_TENSORS = 80 }; /* no fewer than weights.def has */

typedef struct rg_thinc {
    rg_weights file;
    const float *data[RG_WEIGHTS_TENSORS]; /* by the tensor's place in weights.def */
} rg_thinc;

bool rg_thinc_read(rg_thinc *out, rg_arena *arena, const char *folder, rg_weights file,
                   rg_error *err);

/* The numbers of a tensor that weights.def lists for this file. */
const float *rg_thinc_data(const rg_thinc *found, int node, const char *param);

#endif
