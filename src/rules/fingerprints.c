/* fingerprints.c - hashes that tell what a change of the rule files cannot have changed: who
 * is who (`naming`), what all rules share (`shared`), what one rule finds (`hash` of each).
 *
 * Hashed is the meaning of the YAML, not its layout: moved lines, remarks, examples and docs
 * change nothing. A list counts where it is named; to be sure of that, every name of a list
 * in a scalar counts as such.
 */
#include "rules/load.h"

static bool is_one_of(rg_str key, const char *const *keys)
{
    for (; *keys; keys++)
        if (rg_str_is(key, *keys))
            return true;
    return false;
}

static uint64_t hash_list(const rg_rules *rules, int index)
{
    const rg_list *list = &rules->lists[index];
    uint64_t hash = rg_str_hash(list->name);
    for (int i = 0; i < list->item_count; i++) {
        const rg_item *item = &list->items[i];
        for (int w = 0; w < item->word_count; w++)
            hash = rg_hash_stir(
                hash, rg_str_hash(rg_map_key(rules->symbols, item->words[w])));
        hash = rg_hash_stir(hash, rg_str_hash(item->value));
    }
    return rg_hash_stir(hash, list->names != NULL);
}

static uint64_t list_hash(loader *l, int index)
{
    const rg_rules *rules = l->c.rules;
    if (!l->list_hashes)
        l->list_hashes = rg_new(l->c.arena, uint64_t, rules->list_count + 1);
    if (l->list_hashes[index] == 0)
        l->list_hashes[index] = hash_list(rules, index) | 1;
    return l->list_hashes[index];
}

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
           || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

/* The text and the lists that it names. */
static uint64_t hash_text(loader *l, uint64_t hash, rg_str text)
{
    hash = rg_hash_stir(hash, rg_str_hash(text));
    for (int from = 0, end; from < text.len; from = end + 1) {
        for (end = from; end < text.len && is_name_byte(text.bytes[end]); end++)
            ;
        int list =
            end > from ? rg_map_find(l->c.lists, rg_str_cut(text, from, end)) : RG_NONE;
        if (list != RG_NONE)
            hash = rg_hash_stir(hash, list_hash(l, list));
    }
    return hash;
}

/* As deep as YAML nests, which yaml.c limits. */
static uint64_t hash_node(loader *l, uint64_t hash, const rg_yaml *node)
{
    hash = rg_hash_stir(hash, (uint64_t)node->kind);
    if (node->kind == RG_YAML_SCALAR)
        hash = hash_text(l, hash, node->scalar.value);
    for (const rg_yaml *child = node->first; child; child = child->next) {
        if (child->key)
            hash = hash_node(l, hash, child->key);
        hash = hash_node(l, hash, child);
    }
    return rg_hash_stir(hash, (uint64_t)node->count);
}

uint64_t load_hash_rule(loader *l, const rg_yaml *body, const rg_yaml *key)
{
    static const char *const silent[] = {"examples", "doc", "tags", NULL};
    uint64_t hash = key ? hash_node(l, 0, key) : 0;
    if (body->kind != RG_YAML_MAP)
        return hash_node(l, hash, body);
    for (const rg_yaml *part = body->first; part; part = part->next)
        if (!is_one_of(part->key->scalar.value, silent))
            hash = hash_node(l, hash_node(l, hash, part->key), part);
    return hash;
}

/* Sections of the files; mode: those in `keys`, or all others. */
static uint64_t hash_sections(loader *l, uint64_t hash, const char *const *keys,
                              bool in)
{
    for (int i = 0; i < l->source_count; i++)
        for (const rg_yaml *part = l->sources[i].root->first; part; part = part->next)
            if (part->key && is_one_of(part->key->scalar.value, keys) == in)
                hash = hash_node(l, hash_node(l, hash, part->key), part);
    return hash;
}

void load_fingerprints(loader *l)
{
    static const char *const not_naming[] = {
        "relgraph",   "include", "lists",     "derive", "relations", "rules",
        "attributes", "tests",   "templates", "style",  "learn",     NULL};
    static const char *const by_rules[] = {"derive", "attributes", NULL};
    rg_rules *rules = l->c.rules;
    rules->naming = hash_sections(l, l->names_hash, not_naming, false);
    rules->shared = hash_sections(l, rules->naming, by_rules, true);
}

uint64_t rg_rules_fingerprint(const rg_rules *rules)
{
    uint64_t hash = rules->shared;
    for (int i = 0; i < rules->rule_count; i++) {
        hash = rg_hash_stir(hash, rules->rules[i].hash);
        hash = rg_hash_stir(hash, rg_str_hash(rules->rules[i].id));
    }
    for (int i = 0; i < rules->relation_count; i++) {
        const rg_relation *one = &rules->relations[i];
        hash = rg_hash_stir(hash, rg_str_hash(one->name));
        hash = rg_hash_stir(hash, rg_str_hash(one->is));
        hash = rg_hash_stir(hash, rg_str_hash(one->inverse));
        hash = rg_hash_stir(hash, one->symmetric);
    }
    return hash;
}
