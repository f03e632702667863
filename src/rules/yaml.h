/* yaml.h - one YAML file -> a tree of nodes, with our own limits and checks.
 *
 * Only user of libyaml, and only of its events: never its document loader, which is
 * quadratic in anchors and depth. All scalars are strings (no yes/no/on booleans).
 * Refused: aliases and anchors, tags, directives, a second document, keys that are not
 * scalars, duplicate keys, control characters, depth over 32, scalars over 64 KiB, more
 * than 400,000 nodes, files over 8 MiB, ill-formed UTF-8, other encodings.
 */
#ifndef RG_RULES_YAML_H
#define RG_RULES_YAML_H

#include "rules/pattern.h"

typedef enum rg_yaml_kind { RG_YAML_SCALAR, RG_YAML_LIST, RG_YAML_MAP } rg_yaml_kind;

typedef struct rg_yaml {
    rg_yaml_kind kind;
    rg_scalar scalar;      /* of a scalar: its value; of all: its place */
    struct rg_yaml *key;   /* in a map: the key's node */
    struct rg_yaml *first; /* children, in order */
    struct rg_yaml *next;  /* the next child of the same parent */
    int count;             /* number of children */
} rg_yaml;

/* Reads the whole of rules->files[file]; NULL if it cannot be read to its end. Less
 * grave errors (a key twice, a tag) are reported, too, and the tree is given even so. */
rg_yaml *rg_yaml_read(rg_compiler *c, int file);
/* The value under this key of a map, or NULL. */
const rg_yaml *rg_yaml_find(const rg_yaml *map, const char *key);

#endif
