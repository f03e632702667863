/* rules.c - questions about a loaded set. */
#include "rules/rules.h"

int rg_rules_line(const rg_rules *rules, int file, int offset)
{
    int line, column;
    rg_place_line(rules->files[file].text, offset, &line, &column);
    return line;
}

rg_rule_ids rg_rules_ids(rg_arena *arena, const rg_rules *rules)
{
    rg_rule_ids out = {rg_map_new(arena),
                       rg_new(arena, const rg_rule *, rules->rule_count + 1)};
    for (int i = 0; i < rules->rule_count; i++) {
        int known = rg_map_count(out.ids), id = rg_map_put(out.ids, rules->rules[i].id);
        if (id == known)
            out.first[id] = &rules->rules[i];
    }
    return out;
}

rg_str rg_rules_place(rg_arena *arena, const rg_rules *rules, const rg_rule *rule)
{
    rg_str path = rules->files[rule->file].path;
    int from = path.len, slashes = 0;
    while (path.len > 0 && path.bytes[0] == '/' && from > 0 && slashes < 2)
        slashes += path.bytes[--from] == '/';
    if (path.len == 0 || path.bytes[0] != '/')
        from = 0;
    rg_str shown = rg_str_cut(path, slashes == 2 ? from + 1 : from, path.len);
    return rg_arena_format(arena, "%.*s:%d", RG_PRINT(shown), rule->line);
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

/* Items of a large file count on behind the others. */
static int find_in_file(const rg_list *list, rg_str words)
{
    rg_name_walk walk;
    rg_name_walk_begin(&walk);
    if (!list->names || !rg_name_walk_put(&walk, words))
        return RG_NONE;
    rg_name_found found = rg_names_find(list->names, &walk);
    return found.is_name ? list->item_count + found.record : RG_NONE;
}

int rg_rules_find_item(const rg_rules *rules, int list, rg_str words)
{
    const rg_list *l = &rules->lists[list];
    int item = rg_map_find(l->words, words);
    return item >= 0 ? item : find_in_file(l, words);
}

rg_str rg_rules_item_value(const rg_rules *rules, int list, int item)
{
    const rg_list *l = &rules->lists[list];
    return item < l->item_count ? l->items[item].value
                                : rg_names_label(l->names, item - l->item_count);
}

int rg_rules_find_label(const rg_rules *rules, rg_str name)
{
    int id = rg_map_find(rules->names, name);
    return id == RG_NONE ? RG_NONE : rules->name_labels[id];
}
