/* lock.h - readings of phrases kept in a file, so that nothing changes in silence.
 *
 * `relgraph rules lock` writes NAME.lock beside NAME.yaml; without one, readings are kept
 * in the user's cache. An entry belongs to a key, a hash of all that a reading depends on:
 * the phrase, its words and examples, the model, and the layer below (types, repairs,
 * derived edges).
 *
 *     relgraph-lock: 1
 *     phrases:
 *       - phrase: "<org> acquires <org>"
 *         key: 0011223344556677
 *         readings:
 *           - {anchor: "[acquire, VERB]", args: {org: verb >SUBJ[:org], org2: ...}}
 */
#ifndef RG_RULES_LOCK_H
#define RG_RULES_LOCK_H

#include "rules/rules.h"

typedef struct rg_locked_reading {
    rg_str anchor;
    rg_str *names, *paths; /* of the args */
    int arg_count;
} rg_locked_reading;

typedef struct rg_locked {
    rg_str phrase;
    uint64_t key;
    rg_locked_reading *readings; /* one for each variant of the phrase */
    int reading_count;
} rg_locked;

typedef struct rg_lock {
    rg_locked *items;
    int count, capacity;
} rg_lock;

/* Reads a lock file's text; what is wrong is reported at its place. */
bool rg_lock_read(rg_lock *out, rg_arena *arena, rg_str path, rg_str text,
                  rg_reporter reporter, rg_error *err);
/* The text of a lock file. */
rg_str rg_lock_write(rg_arena *arena, const rg_lock *lock);
/* The entry of this phrase, or NULL. */
const rg_locked *rg_lock_find(const rg_lock *lock, rg_str phrase);

/* Hash of the layer that phrases are read on: types, lists, repairs, derived edges. */
uint64_t rg_lock_layer(const rg_rules *rules);
/* The key of a rule's phrase; `base` is made of the layer and the model. */
uint64_t rg_lock_key(uint64_t base, const rg_rule *rule, int phrase);

#endif
