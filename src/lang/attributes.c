#include "lang/attributes.h"

#include "base/map.h"

#include <assert.h>

enum {
    TAG,
    POS,
    MORPH,
    LEMMA,
    DEP,
    ATTRIBUTE_COUNT,

    /* ruler.rules: first condition, condition count, index of the token that is set, then
     * the string for each attribute */
    FIRST = 0,
    COUNT = 1,
    INDEX = 2,
    SETS = 3,
    RULE_WIDTH = SETS + ATTRIBUTE_COUNT,

    /* ruler.conditions: mode of white space, then for each of three sets of strings its
     * mode, its first value, its value count */
    SPACE_MODE = 0,
    TAG_SET = 1,
    LOWER_SET = 4,
    DEP_SET = 7,
    CONDITION_WIDTH = 10,
    ANY = 0,
    IN = 1,
    NOT_IN = 2,

    MOST_CONDITIONS = 2,
};

/* Lists of rules by a string of their first condition. */
typedef struct rule_index {
    rg_map *keys;
    int *first; /* entry of each key, -1 ends a list */
    int first_capacity;
} rule_index;

typedef struct entry {
    int rule, next;
} entry;

struct rg_attributes {
    rg_arena *arena;
    rg_strings strings;
    rg_numbers rules, conditions, values;
    rule_index by_lower, by_tag;
    entry *entries;
    int entry_count, entry_capacity;
    int others; /* list of the rules that name neither a word nor a tag */
};

static const uint32_t *rule_at(const rg_attributes *a, int rule)
{
    return &a->rules.at[rule * RULE_WIDTH];
}

static const uint32_t *condition_at(const rg_attributes *a, uint32_t condition)
{
    return &a->conditions.at[condition * CONDITION_WIDTH];
}

static rg_str value_at(const rg_attributes *a, uint32_t value)
{
    return rg_strings_at(&a->strings, a->values.at[value]);
}

/* ---- the index ---- */

static void add_entry(rg_attributes *a, int *list, int rule)
{
    a->entries = rg_arena_grow(a->arena, a->entries, a->entry_count, &a->entry_capacity,
                               sizeof(entry));
    a->entries[a->entry_count] = (entry){rule, *list};
    *list = a->entry_count++;
}

static void add_key(rg_attributes *a, rule_index *index, rg_str key, int rule)
{
    int known = rg_map_count(index->keys);
    int id = rg_map_put(index->keys, key);
    if (id == known) {
        index->first = rg_arena_grow(a->arena, index->first, known,
                                     &index->first_capacity, sizeof(int));
        index->first[id] = -1;
    }
    add_entry(a, &index->first[id], rule);
}

static void add_rule(rg_attributes *a, int rule)
{
    const uint32_t *condition = condition_at(a, rule_at(a, rule)[FIRST]);
    int set = condition[LOWER_SET] == IN ? LOWER_SET : TAG_SET;
    rule_index *index = set == LOWER_SET ? &a->by_lower : &a->by_tag;
    if (condition[set] != IN) {
        add_entry(a, &a->others, rule);
        return;
    }
    for (uint32_t i = 0; i < condition[set + 2]; i++)
        add_key(a, index, value_at(a, condition[set + 1] + i), rule);
}

/* The list of rules for a key, -1 if there is none. */
static int find_list(const rule_index *index, rg_str key)
{
    int id = rg_map_find(index->keys, key);
    return id < 0 ? -1 : index->first[id];
}

/* ---- matching ---- */

static bool is_in_set(const rg_attributes *a, const uint32_t set[3], rg_str text)
{
    if (set[0] == ANY)
        return true;
    bool found = false;
    for (uint32_t i = 0; i < set[2] && !found; i++)
        found = rg_str_equal(value_at(a, set[1] + i), text);
    return found == (set[0] == IN);
}

static bool holds(const rg_attributes *a, const uint32_t *condition,
                  const rg_token *token)
{
    uint32_t space = condition[SPACE_MODE];
    return (space == ANY || token->lexeme->is_space == (space == IN))
           && is_in_set(a, condition + TAG_SET, token->tag)
           && is_in_set(a, condition + LOWER_SET, token->lexeme->lower)
           && is_in_set(a, condition + DEP_SET, token->dep);
}

/* The last rule that sets each attribute of a token, -1 if none does. */
typedef struct decision {
    int rules[ATTRIBUTE_COUNT];
} decision;

static const decision undecided = {{-1, -1, -1, -1, -1}};

static void decide(const rg_attributes *a, decision *target, int rule)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        if (rule_at(a, rule)[SETS + i] != RG_NO_STRING && rule > target->rules[i])
            target->rules[i] = rule;
}

/* Tries the rules of a list on the tokens from here on; targets: of the first two. */
static void try_list(const rg_attributes *a, int list, const rg_token *tokens, int left,
                     decision targets[MOST_CONDITIONS])
{
    for (; list >= 0; list = a->entries[list].next) {
        const uint32_t *rule = rule_at(a, a->entries[list].rule);
        int count = (int)rule[COUNT];
        bool ok = count <= left;
        for (int i = 0; i < count && ok; i++)
            ok = holds(a, condition_at(a, rule[FIRST] + (uint32_t)i), &tokens[i]);
        if (ok)
            decide(a, &targets[rule[INDEX]], a->entries[list].rule);
    }
}

static void set_attributes(const rg_attributes *a, rg_token *token, const decision *how)
{
    rg_str *const fields[ATTRIBUTE_COUNT] = {
        [TAG] = &token->tag,     [POS] = &token->pos, [MORPH] = &token->morph,
        [LEMMA] = &token->lemma, [DEP] = &token->dep,
    };
    token->pos = token->morph = (rg_str){"", 0};
    token->lemma = (rg_str){NULL, 0};
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        if (how->rules[i] >= 0)
            *fields[i] =
                rg_strings_at(&a->strings, rule_at(a, how->rules[i])[SETS + i]);
}

/* A token is changed when the rules that begin at it have been tried: those that begin
 * later do not look back. */
void rg_attributes_apply(const rg_attributes *attributes, rg_token *tokens, int count)
{
    const rg_attributes *a = attributes;
    decision targets[MOST_CONDITIONS] = {undecided, undecided};
    for (int i = 0; i < count; i++) {
        const rg_token *here = &tokens[i];
        try_list(a, find_list(&a->by_lower, here->lexeme->lower), here, count - i,
                 targets);
        try_list(a, find_list(&a->by_tag, here->tag), here, count - i, targets);
        try_list(a, a->others, here, count - i, targets);
        set_attributes(a, &tokens[i], &targets[0]);
        targets[0] = targets[1];
        targets[1] = undecided;
    }
}

/* ---- opening ---- */

static bool check_rules(const rg_attributes *a)
{
    uint32_t conditions = (uint32_t)a->conditions.count;
    uint32_t values = (uint32_t)a->values.count;
    bool ok = rg_numbers_check(&a->values, 1, 0, a->strings.count, false);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        ok = ok
             && rg_numbers_check(&a->rules, RULE_WIDTH, SETS + i, a->strings.count,
                                 true);
    for (int r = 0; r < a->rules.count && ok; r++) {
        const uint32_t *rule = rule_at(a, r);
        ok = rule[FIRST] < conditions && rule[COUNT] > 0
             && rule[COUNT] <= MOST_CONDITIONS
             && rule[COUNT] <= conditions - rule[FIRST] && rule[INDEX] < rule[COUNT];
    }
    for (uint32_t c = 0; c < conditions && ok; c++)
        for (int set = TAG_SET; set < CONDITION_WIDTH; set += 3) {
            const uint32_t *at = condition_at(a, c) + set;
            ok = ok && at[1] <= values && at[2] <= values - at[1];
        }
    return ok;
}

bool rg_attributes_new(rg_attributes **out, rg_arena *arena, const rg_model *model,
                       rg_error *err)
{
    rg_attributes *a = rg_new(arena, rg_attributes, 1);
    *a = (rg_attributes){.arena = arena, .others = -1};
    a->by_lower.keys = rg_map_new(arena);
    a->by_tag.keys = rg_map_new(arena);
    if (!rg_strings_open(&a->strings, model, err)
        || !rg_numbers_open(&a->rules, model, "ruler.rules", RULE_WIDTH, err)
        || !rg_numbers_open(&a->conditions, model, "ruler.conditions", CONDITION_WIDTH,
                            err)
        || !rg_numbers_open(&a->values, model, "ruler.values", 1, err))
        return false;
    if (!check_rules(a))
        return rg_table_fail(model, "ruler.rules", err);
    for (int rule = 0; rule < a->rules.count; rule++)
        add_rule(a, rule);
    *out = a;
    return true;
}
