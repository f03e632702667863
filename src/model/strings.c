#include "model/strings.h"

#include <string.h>

typedef struct symbol {
    rg_str name;
    uint64_t id;
} symbol;

static const symbol symbols[] = {
#define SYMBOL(name, id) {RG_STR_IN_TABLE(name), id},
#include "model/symbols.def"
#undef SYMBOL
};

enum {
    SYMBOL_COUNT = sizeof symbols / sizeof *symbols,
    LONGEST_SYMBOL = 17, /* "IS_OOV_DEPRECATED" */
};

static const uint64_t multiplier = 0xc6a4a7935bd1e995u;
enum { SHIFT = 47, SEED = 1 };

/* Up to eight bytes as a little-endian number. */
static uint64_t word_at(const char *bytes, int count)
{
    uint64_t word = 0;
    for (int i = count - 1; i >= 0; i--)
        word = word << 8 | (unsigned char)bytes[i];
    return word;
}

uint64_t rg_string_hash(rg_str text)
{
    uint64_t hash = SEED ^ ((uint64_t)text.len * multiplier);
    int at = 0;
    for (; text.len - at >= 8; at += 8) {
        uint64_t word = word_at(text.bytes + at, 8) * multiplier;
        word ^= word >> SHIFT;
        hash = (hash ^ word * multiplier) * multiplier;
    }
    if (at < text.len)
        hash = (hash ^ word_at(text.bytes + at, text.len - at)) * multiplier;
    hash ^= hash >> SHIFT;
    hash *= multiplier;
    return hash ^ hash >> SHIFT;
}

/* The number that `text` is after `start`, if it has exactly `digits` digits; else 0. */
static int number_after(rg_str text, rg_str start, int digits)
{
    if (text.len != start.len + digits || !rg_str_starts(text, start))
        return 0;
    int number = 0;
    for (int i = start.len; i < text.len; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return 0;
        number = number * 10 + (text.bytes[i] - '0');
    }
    return number;
}

/* The id of a symbol, or 0. */
static uint64_t find_symbol(rg_str text)
{
    int flag = number_after(text, RG_STR("FLAG"), 2);
    if (flag >= 19 && flag <= 63)
        return (uint64_t)flag;
    int deprecated = number_after(text, RG_STR("DEPRECATED"), 3);
    if (deprecated >= 1 && deprecated <= 276)
        return (uint64_t)deprecated + 103;

    int low = 0, high = SYMBOL_COUNT;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = rg_str_compare(symbols[middle].name, text);
        if (order == 0)
            return symbols[middle].id;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

uint64_t rg_string_id(rg_str text)
{
    if (text.len == 0)
        return 0;
    uint64_t id = text.len <= LONGEST_SYMBOL ? find_symbol(text) : 0;
    return id ? id : rg_string_hash(text);
}
