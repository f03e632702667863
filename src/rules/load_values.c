/* load_values.c - `values:`: what the words of dates, numbers and amounts mean. */
#include "rules/load.h"

#include <stdlib.h>
#include <string.h>

typedef enum meaning { WORDS, NUMBERS, PERIODS } meaning;

static const struct {
    const char *key;
    meaning meaning;
    double least, most;
} parts[RG_VALUES_COUNT] = {
#define VALUE_LIST(id, key, meaning, least, most) {key, meaning, least, most},
#include "rules/values.def"
#undef VALUE_LIST
};

static bool is_number(rg_str text, double least, double most)
{
    char digits[32] = "";
    if (text.len == 0 || text.len >= (int)sizeof digits)
        return false;
    memcpy(digits, text.bytes, (size_t)text.len);
    char *end;
    double number = strtod(digits, &end);
    return *end == '\0' && strspn(digits, "-.0123456789") == (size_t)text.len
           && number >= least && number <= most;
}

static bool is_right(int part, rg_str value)
{
    switch (parts[part].meaning) {
    case NUMBERS: return is_number(value, parts[part].least, parts[part].most);
    case PERIODS: return value.len == 1 && strchr("DWMQYX", value.bytes[0]);
    default: return true;
    }
}

/* The first item whose value means nothing is told. */
static void check_items(loader *l, rg_scalar at, int part, const rg_list *list)
{
    for (int i = 0; i < list->item_count; i++) {
        const rg_item *item = &list->items[i];
        if (is_right(part, item->value))
            continue;
        const char *hint =
            parts[part].meaning == PERIODS
                ? "one of D W M Q Y X: day, week, month, quarter, year, ten years"
                : rg_arena_format(l->c.arena, "a number from %.0f to %.0f",
                                  parts[part].least, parts[part].most)
                      .bytes;
        load_error(l, at, "value", hint, "the list '%.*s' gives '%.*s' as a %s",
                   RG_PRINT(list->name), RG_PRINT(load_excerpt(item->value)),
                   parts[part].key);
        return;
    }
}

static void read_types(loader *l, const rg_yaml *node, uint64_t *types)
{
    const rg_scalar *names;
    int count = load_scalars(l, node, &names, "write date: [TYPE, ..]");
    for (int i = 0; i < count; i++) {
        int type = load_type_reference(l, names[i]);
        if (type != RG_NONE)
            types[type / 64] |= (uint64_t)1 << (type % 64);
    }
}

static void read_part(loader *l, const rg_yaml *node, int part)
{
    if (!load_expect(l, node, RG_YAML_SCALAR, "write KEY: $LIST"))
        return;
    int list = load_list_reference(l, node->scalar);
    l->c.rules->values.lists[part] = list;
    if (list != RG_NONE)
        check_items(l, node->scalar, part, &l->c.rules->lists[list]);
}

void load_values(loader *l, const rg_yaml *node)
{
    const char *keys[RG_VALUES_COUNT + 3] = {"date", "amount"};
    rg_values *values = &l->c.rules->values;
    if (!load_expect(l, node, RG_YAML_MAP,
                     "write values: {date: [TYPE], month: $LIST}"))
        return;
    for (int i = 0; i < RG_VALUES_COUNT; i++)
        keys[i + 2] = parts[i].key;
    load_check_keys(l, node, "'values'", keys);
    const rg_yaml *value;
    if ((value = rg_yaml_find(node, "date")))
        read_types(l, value, values->dates);
    if ((value = rg_yaml_find(node, "amount")))
        read_types(l, value, values->amounts);
    for (int i = 0; i < RG_VALUES_COUNT; i++)
        if ((value = rg_yaml_find(node, parts[i].key)))
            read_part(l, value, i);
}
