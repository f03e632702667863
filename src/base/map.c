#include "base/map.h"

#include <assert.h>
#include <string.h>

/* A slot holds id + 1, 0 is free, and a part of the hash, so that most keys that are not there
 * are known by the slots alone. */
typedef struct slot {
    int id;
    uint32_t tag;
} slot;

/* Open addressing; at most half of the slots are used. */
struct rg_map {
    rg_arena *arena;
    rg_str *keys;
    uint64_t *hashes;
    int count, capacity, hash_capacity;
    slot *slots;
    int slot_count;
};

enum { FIRST_SLOTS = 16 };

rg_map *rg_map_new(rg_arena *arena)
{
    rg_map *map = rg_new(arena, rg_map, 1);
    map->arena = arena;
    map->slot_count = FIRST_SLOTS;
    map->slots = rg_new(arena, slot, FIRST_SLOTS);
    return map;
}

/* Keys are short: a word at a time. */
static uint64_t hash_of(rg_str key)
{
    uint64_t hash = (uint64_t)key.len, word;
    int at = 0;
    for (; key.len - at >= (int)sizeof word; at += (int)sizeof word) {
        memcpy(&word, key.bytes + at, sizeof word);
        hash = rg_hash_stir(hash, word);
    }
    word = 0;
    if (at < key.len)
        memcpy(&word, key.bytes + at, (size_t)(key.len - at));
    return rg_hash_stir(hash, word);
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* The slot that holds key, or the free one where it belongs. */
static slot *find_slot(const rg_map *map, rg_str key, uint64_t hash)
{
    unsigned mask = (unsigned)map->slot_count - 1;
    for (unsigned i = (unsigned)hash & mask;; i = (i + 1) & mask) {
        slot *at = &map->slots[i];
        if (at->id == 0
            || (at->tag == tag_of(hash) && rg_str_equal(map->keys[at->id - 1], key)))
            return at;
    }
}

static void grow_slots(rg_map *map)
{
    map->slot_count *= 2;
    map->slots = rg_new(map->arena, slot, map->slot_count);
    for (int id = 0; id < map->count; id++)
        *find_slot(map, map->keys[id], map->hashes[id]) =
            (slot){id + 1, tag_of(map->hashes[id])};
}

int rg_map_put(rg_map *map, rg_str key)
{
    uint64_t hash = hash_of(key);
    slot *place = find_slot(map, key, hash);
    if (place->id)
        return place->id - 1;

    int id = map->count;
    map->keys =
        rg_arena_grow(map->arena, map->keys, id, &map->capacity, sizeof(rg_str));
    map->hashes = rg_arena_grow(map->arena, map->hashes, id, &map->hash_capacity,
                                sizeof(uint64_t));
    map->keys[id] = rg_arena_str(map->arena, key);
    map->hashes[id] = hash;
    map->count++;
    *place = (slot){id + 1, tag_of(hash)};
    if (map->count * 2 > map->slot_count)
        grow_slots(map);
    return id;
}

int rg_map_find(const rg_map *map, rg_str key)
{
    return find_slot(map, key, hash_of(key))->id - 1;
}

rg_str rg_map_key(const rg_map *map, int id)
{
    assert(id >= 0 && id < map->count);
    return map->keys[id];
}

int rg_map_count(const rg_map *map)
{
    return map->count;
}

rg_str rg_map_nearest(const rg_map *map, rg_str word)
{
    int limit = word.len < 5 ? 1 : 2;
    rg_str nearest = {"", 0};
    for (int id = 0; id < map->count; id++) {
        int distance = rg_str_distance(map->keys[id], word, limit);
        if (distance <= limit) {
            nearest = map->keys[id];
            limit = distance - 1;
        }
    }
    return nearest;
}
