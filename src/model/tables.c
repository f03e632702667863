#include "model/tables.h"

#include "model/model.h"

#include <assert.h>

enum { SLOT_SIZE = sizeof(uint64_t) + sizeof(uint32_t) };

bool rg_table_fail(const rg_model *model, const char *name, rg_error *err)
{
    return rg_fail(err, RG_ERROR_MODEL, rg_place_file(rg_model_path(model)),
                   "section %s does not hold what it should; import the model again",
                   name);
}

/* Sections are 64-byte aligned. */
static const void *aligned(rg_str section)
{
    return section.bytes;
}

bool rg_numbers_open(rg_numbers *out, const rg_model *model, const char *name,
                     int width, rg_error *err)
{
    rg_str section = rg_model_section(model, name);
    int record = width * (int)sizeof(uint32_t);
    *out = (rg_numbers){aligned(section), section.len / record};
    return (section.len > 0 && section.len % record == 0)
           || rg_table_fail(model, name, err);
}

bool rg_numbers_check(const rg_numbers *numbers, int width, int column, uint32_t limit,
                      bool optional)
{
    for (int i = 0; i < numbers->count; i++) {
        uint32_t number = numbers->at[(size_t)i * (size_t)width + (size_t)column];
        if (number >= limit && !(optional && number == RG_NO_STRING))
            return false;
    }
    return true;
}

bool rg_strings_open(rg_strings *out, const rg_model *model, rg_error *err)
{
    rg_numbers refs;
    if (!rg_numbers_open(&refs, model, "strings.refs", 2, err))
        return false;
    *out = (rg_strings){refs.at, rg_model_section(model, "strings.bytes"),
                        (uint32_t)refs.count};
    uint32_t size = (uint32_t)out->bytes.len;
    for (int i = 0; i < refs.count; i++) {
        const uint32_t *ref = &refs.at[2 * i];
        if (ref[0] > size || ref[1] > size - ref[0])
            return rg_table_fail(model, "strings.refs", err);
    }
    return true;
}

rg_str rg_strings_at(const rg_strings *strings, uint32_t number)
{
    assert(number < strings->count);
    const uint32_t *ref = &strings->refs[2 * number];
    return (rg_str){strings->bytes.bytes + ref[0], (int)ref[1]};
}

bool rg_ids_open(rg_ids *out, const rg_model *model, const char *name, uint32_t limit,
                 rg_error *err)
{
    rg_str section = rg_model_section(model, name);
    uint32_t slots = (uint32_t)section.len / SLOT_SIZE;
    const uint64_t *keys = aligned(section);
    bool ok = slots > 0 && (slots & (slots - 1)) == 0
              && slots * (uint64_t)SLOT_SIZE == (uint64_t)section.len;
    if (!ok)
        return rg_table_fail(model, name, err);
    const void *values = keys + slots;
    *out = (rg_ids){keys, values, slots - 1};

    bool has_free_slot = false; /* where the search for an unknown key ends */
    for (uint32_t i = 0; i < slots; i++) {
        has_free_slot = has_free_slot || keys[i] == 0;
        ok = ok && (keys[i] == 0 || out->values[i] < limit);
    }
    return (ok && has_free_slot) || rg_table_fail(model, name, err);
}

const uint32_t *rg_ids_find(const rg_ids *ids, uint64_t key)
{
    if (key == 0)
        return NULL;
    for (uint32_t i = (uint32_t)key & ids->mask;; i = (i + 1) & ids->mask) {
        if (ids->keys[i] == key)
            return &ids->values[i];
        if (ids->keys[i] == 0)
            return NULL;
    }
}
