/* import_tables.c - tokenizer, norms, attribute ruler, lemmatizer -> flat tables.
 *
 * What is stored and how it is used stands beside the readers: lang/exceptions.c,
 * lang/affixes.c, lang/lexemes.c, lang/attributes.c, lang/lemmas.c.
 */
#include "model/import_tables.h"

#include "model/strings.h"

void rg_import_put_number(rg_import *to, rg_number_list *list, uint32_t number)
{
    list->at = rg_arena_grow(to->arena, list->at, list->count, &list->capacity,
                             sizeof *list->at);
    list->at[list->count++] = number;
}

uint32_t rg_import_string(rg_import *to, rg_str text)
{
    return (uint32_t)rg_map_put(to->strings, text);
}

void rg_import_put_string(rg_import *to, rg_number_list *list, rg_str text)
{
    rg_import_put_number(to, list, rg_import_string(to, text));
}

void rg_import_put_pair(rg_import *to, rg_id_list *map, uint64_t key, uint32_t value)
{
    map->keys = rg_arena_grow(to->arena, map->keys, map->values.count,
                              &map->key_capacity, sizeof *map->keys);
    map->keys[map->values.count] = key;
    rg_import_put_number(to, &map->values, value);
}

void rg_import_add_numbers(rg_import *to, const char *name, const rg_number_list *list)
{
    rg_model_writer_add(to->writer, name, list->at,
                        (size_t)list->count * sizeof *list->at);
}

/* The layout of tables.h; a key that comes twice is refused. */
bool rg_import_add_map(rg_import *to, const char *name, const rg_id_list *map)
{
    size_t slots = 16;
    while (slots * 4 < (size_t)map->values.count * 5)
        slots *= 2;
    size_t size = slots * (sizeof(uint64_t) + sizeof(uint32_t));
    uint64_t *keys = rg_arena_take(to->arena, size, 64);
    uint32_t *values = (uint32_t *)(keys + slots);
    for (int i = 0; i < map->values.count; i++) {
        size_t slot = (size_t)map->keys[i] & (slots - 1);
        while (keys[slot] != 0 && keys[slot] != map->keys[i])
            slot = (slot + 1) & (slots - 1);
        if (keys[slot] != 0 || map->keys[i] == 0)
            return rg_fail(to->err, RG_ERROR_MODEL,
                           rg_place_file(rg_str_of(to->folder)),
                           "table %s has a key twice", name);
        keys[slot] = map->keys[i];
        values[slot] = map->values.at[i];
    }
    rg_model_writer_add(to->writer, name, keys, size);
    return true;
}

bool rg_import_open(rg_msgpack *in, rg_import *to, const char *name)
{
    rg_str bytes, path;
    if (!rg_import_read(&bytes, &path, to->arena, to->folder, name, to->err))
        return false;
    *in = rg_msgpack_over(path, bytes, to->err);
    return true;
}

/* ---- norms ---- */

/* {"lexeme_norm": {id: norm}} */
static bool import_norms(rg_import *to)
{
    rg_msgpack in;
    int pairs, count;
    rg_str key;
    rg_id_list norms = {0};
    if (!rg_import_open(&in, to, "vocab/lookups.bin") || !rg_msgpack_map(&in, &pairs)
        || !rg_msgpack_key(&in, &key) || !rg_msgpack_map(&in, &count))
        return false;
    if (pairs != 1 || !rg_str_is(key, "lexeme_norm"))
        return rg_msgpack_fail(&in, 0, "one table lexeme_norm is expected");
    for (int i = 0; i < count; i++) {
        uint64_t id;
        rg_str norm;
        if (!rg_msgpack_number(&in, &id) || !rg_msgpack_text(&in, &norm))
            return false;
        rg_import_put_pair(to, &norms, id, rg_import_string(to, norm));
    }
    return rg_msgpack_end(&in) && rg_import_add_map(to, "norms", &norms);
}

/* ---- all strings ---- */

static void add_strings(rg_import *to)
{
    rg_number_list refs = {0};
    rg_buf bytes = rg_buf_in(to->arena);
    for (int i = 0; i < rg_map_count(to->strings); i++) {
        rg_str text = rg_map_key(to->strings, i);
        rg_import_put_number(to, &refs, (uint32_t)bytes.len);
        rg_import_put_number(to, &refs, (uint32_t)text.len);
        rg_buf_put(&bytes, text);
    }
    rg_import_add_numbers(to, "strings.refs", &refs);
    rg_model_writer_add(to->writer, "strings.bytes", bytes.bytes, (size_t)bytes.len);
}

bool rg_import_tables(rg_model_writer *writer, rg_arena *arena, const char *folder,
                      rg_error *err)
{
    rg_import to = {arena, writer, folder, rg_map_new(arena), err};
    bool ok = rg_import_tokenizer(&to) && import_norms(&to) && rg_import_ruler(&to)
              && rg_import_lemmas(&to);
    if (ok)
        add_strings(&to);
    return ok;
}
