/* import_tables.h - what the imports of the tables share: numbers, strings, maps.
 *
 * Each import reads one file of spaCy's folder and adds sections of flat tables, laid out
 * as model/tables.h says. A string is stored once; tables hold its number.
 */
#ifndef RG_MODEL_IMPORT_TABLES_H
#define RG_MODEL_IMPORT_TABLES_H

#include "base/map.h"
#include "model/import.h"
#include "model/msgpack.h"
#include "model/tables.h"

/* A growing array of numbers. */
typedef struct rg_number_list {
    uint32_t *at;
    int count, capacity;
} rg_number_list;

/* A map that grows; its slots are laid out when it is done. */
typedef struct rg_id_list {
    uint64_t *keys;
    int key_capacity;
    rg_number_list values;
} rg_id_list;

typedef struct rg_import {
    rg_arena *arena;
    rg_model_writer *writer;
    const char *folder;
    rg_map *strings; /* a string's number is its id here */
    rg_error *err;
} rg_import;

/* A file of the folder, to be read. */
bool rg_import_open(rg_msgpack *in, rg_import *to, const char *name);

/* The number of a string, added if it is new. */
uint32_t rg_import_string(rg_import *to, rg_str text);
void rg_import_put_number(rg_import *to, rg_number_list *list, uint32_t number);
void rg_import_put_string(rg_import *to, rg_number_list *list, rg_str text);
void rg_import_put_pair(rg_import *to, rg_id_list *map, uint64_t key, uint32_t value);

/* Adds a section. A map with a key that comes twice is refused. */
void rg_import_add_numbers(rg_import *to, const char *name, const rg_number_list *list);
bool rg_import_add_map(rg_import *to, const char *name, const rg_id_list *map);

bool rg_import_tokenizer(rg_import *to);
bool rg_import_ruler(rg_import *to);
bool rg_import_lemmas(rg_import *to);

#endif
