/* rules.c - questions about a loaded set. */
#include "rules/rules.h"

int rg_rules_line(const rg_rules *rules, int file, int offset)
{
    int line, column;
    rg_place_line(rules->files[file].text, offset, &line, &column);
    return line;
}

bool rg_rules_is_kind(const rg_rules *rules, int a, int b)
{
    enum { WORD_BITS = 64 };
    return rules->types[a].kinds[b / WORD_BITS] >> (b % WORD_BITS) & 1;
}

int rg_rules_find_type(const rg_rules *rules, rg_str name)
{
    for (int i = 0; i < rules->type_count; i++)
        if (rg_str_equal(rules->types[i].name, name))
            return i;
    return RG_NONE;
}

int rg_rules_find_label(const rg_rules *rules, rg_str name)
{
    int id = rg_map_find(rules->names, name);
    return id == RG_NONE ? RG_NONE : rules->name_labels[id];
}
