#include "extract/index.h"

static void index_list(rg_arena *arena, list_index *out, const rg_list *list,
                       int symbols)
{
    out->single = rg_new(arena, uint64_t, symbols / 64 + 1);
    out->phrases = rg_new(arena, int, list->item_count + 1);
    for (int i = 0; i < list->item_count; i++) {
        const rg_item *item = &list->items[i];
        int word = item->words[0];
        if (item->word_count > 1)
            out->phrases[out->phrase_count++] = i;
        else
            out->single[word / 64] |= (uint64_t)1 << (word % 64);
    }
}

bool list_has_single(const list_index *list, int symbol)
{
    return symbol >= 0 && (list->single[symbol / 64] >> (symbol % 64) & 1);
}

static void put_rule(rg_arena *arena, bucket *b, int rule)
{
    if (b->count > 0 && b->rules[b->count - 1] == rule)
        return;
    b->rules = rg_arena_grow(arena, b->rules, b->count, &b->capacity, sizeof(int));
    b->rules[b->count++] = rule;
}

/* Does the criterion ask for one of some lemmas that can be told beforehand? */
static bool is_lemma_crit(const rg_rules *rules, const rg_crit *crit)
{
    if (crit->kind != RG_CRIT_VALUES || crit->negated
        || (crit->attr != RG_ATTR_ANY && crit->attr != RG_ATTR_LEMMA))
        return false;
    for (int i = 0; i < crit->value_count; i++) {
        rg_value value = crit->values[i];
        bool listed = value.kind == RG_VALUE_LIST && !rules->lists[value.id].names;
        if (value.kind != RG_VALUE_WORD && !listed)
            return false;
    }
    return true;
}

static bool is_pos_crit(const rg_crit *crit)
{
    if (crit->kind != RG_CRIT_VALUES || crit->negated)
        return false;
    for (int i = 0; i < crit->value_count; i++)
        if (crit->values[i].kind != RG_VALUE_POS
            && !(crit->attr == RG_ATTR_POS && crit->values[i].kind == RG_VALUE_WORD))
            return false;
    return true;
}

static void put_under_list(rg_arena *arena, rg_extractor *x, const rg_list *list,
                           int rule)
{
    for (int i = 0; i < list->item_count; i++) {
        const rg_item *item = &list->items[i];
        put_rule(arena, &x->by_lemma[item->words[0]], rule);
        put_rule(arena, &x->by_lemma[item->words[item->word_count - 1]], rule);
    }
}

static void put_under_lemmas(rg_arena *arena, rg_extractor *x, const rg_crit *crit,
                             int rule)
{
    for (int i = 0; i < crit->value_count; i++)
        if (crit->values[i].kind == RG_VALUE_LIST)
            put_under_list(arena, x, &x->rules->lists[crit->values[i].id], rule);
        else
            put_rule(arena, &x->by_lemma[crit->values[i].id], rule);
}

/* A surface rule lies under each of the words of which it needs one. */
static void index_text(rg_arena *arena, rg_extractor *x, int rule)
{
    const rg_surface *pattern = x->rules->rules[rule].surface;
    bool usable = pattern->word_count > 0;
    for (int i = 0; i < pattern->word_count; i++) {
        int len = rg_map_key(x->rules->symbols, pattern->words[i]).len;
        usable = usable && len < LONGEST_TEXT_WORD;
        if (usable && len > x->longest_text_word)
            x->longest_text_word = len;
    }
    x->has_texts = true;
    put_rule(arena, &x->texts, rule);
    if (!usable)
        put_rule(arena, &x->wordless_texts, rule);
    for (int i = 0; i < pattern->word_count && usable; i++)
        put_rule(arena, &x->by_word[pattern->words[i]], rule);
}

const rg_crit *index_lemmas(const rg_rules *rules, const rg_rule *rule)
{
    for (int i = 0; i < rule->anchor.crit_count; i++)
        if (is_lemma_crit(rules, &rule->anchor.crits[i]))
            return &rule->anchor.crits[i];
    return NULL;
}

/* Files the rule under the most selective thing that its anchor asks for. */
static void index_rule(rg_arena *arena, rg_extractor *x, int rule)
{
    const rg_step *anchor = &x->rules->rules[rule].anchor;
    const rg_crit *lemmas = index_lemmas(x->rules, &x->rules->rules[rule]);
    if (lemmas) {
        put_under_lemmas(arena, x, lemmas, rule);
        return;
    }
    for (int i = 0; i < anchor->crit_count; i++)
        if (is_pos_crit(&anchor->crits[i])) {
            for (int v = 0; v < anchor->crits[i].value_count; v++)
                put_rule(arena, &x->by_pos[anchor->crits[i].values[v].id], rule);
            return;
        }
    put_rule(arena, &x->others, rule);
}

static bool is_tested(const rg_type *type)
{
    return type->list_count > 0 || type->part_count > 0 || type->text_count > 0
           || type->first_count > 0;
}

/* A name label of the model gives the types that ask for nothing else; the first of them
 * is the one that is printed. */
static void index_ent_types(rg_arena *arena, rg_extractor *x)
{
    x->ent_types = rg_new(arena, int, x->symbol_count);
    x->ent_kinds = rg_new(arena, rg_kinds, x->symbol_count);
    for (int s = 0; s < x->symbol_count; s++)
        x->ent_types[s] = RG_NONE;
    for (int t = 0; t < x->rules->type_count; t++) {
        const rg_type *type = &x->rules->types[t];
        for (int i = 0; i < type->ent_count && !is_tested(type); i++) {
            if (x->ent_types[type->ents[i]] == RG_NONE)
                x->ent_types[type->ents[i]] = t;
            for (int w = 0; w < RG_MAX_TYPES / 64; w++)
                x->ent_kinds[type->ents[i]].bits[w] |= type->kinds[w];
        }
    }
}

static int count_kinds(const rg_rules *rules, int type)
{
    int count = 0;
    for (int t = 0; t < rules->type_count; t++)
        count += rg_rules_is_kind(rules, type, t);
    return count;
}

/* A type is of more kinds than each of its parents: by that number they are in order. */
static void index_types(rg_arena *arena, rg_extractor *x)
{
    const rg_rules *rules = x->rules;
    index_ent_types(arena, x);
    x->tested_types = rg_new(arena, int, rules->type_count + 1);
    for (int kinds = 1; kinds <= rules->type_count; kinds++)
        for (int t = 0; t < rules->type_count; t++)
            if (is_tested(&rules->types[t]) && count_kinds(rules, t) == kinds)
                x->tested_types[x->tested_type_count++] = t;
}

static void index_names(rg_arena *arena, rg_extractor *x)
{
    x->name_starts = rg_new(arena, bool, 256 * 256);
    for (int i = 0; i < rg_map_count(x->rules->names); i++) {
        rg_str name = rg_map_key(x->rules->names, i);
        if (name.len < 2)
            continue;
        unsigned first = (unsigned char)name.bytes[0],
                 next = (unsigned char)name.bytes[1];
        x->name_starts[first << 8 | next] = true;
        if (name.len > x->longest_name)
            x->longest_name = name.len;
    }
}

static void index_name_files(rg_arena *arena, rg_extractor *x)
{
    const rg_rules *rules = x->rules;
    x->name_files = rg_new(arena, const rg_mention_rule *, rules->mention_count + 1);
    for (int i = 0; i < rules->mention_count; i++)
        if (rules->mentions[i].names)
            x->name_files[x->name_file_count++] = &rules->mentions[i];
}

static void index_needs(rg_arena *arena, rg_extractor *x)
{
    const rg_rules *rules = x->rules;
    x->repairs = rg_new(arena, path_needs, rules->repair_count + 1);
    x->lines = rg_new(arena, path_needs, rules->derive_count + 1);
    for (int i = 0; i < rules->repair_count; i++)
        x->repairs[i] = needs_of_repair(&rules->repairs[i]);
    for (int i = 0; i < rules->derive_count; i++)
        x->lines[i] = needs_of_line(&rules->derives[i]);
    x->whens = rg_new(arena, path_needs *, rules->attribute_count + 1);
    for (int i = 0; i < rules->attribute_count; i++) {
        const rg_paths *when = &rules->attributes[i].when;
        x->whens[i] = rg_new(arena, path_needs, when->count + 1);
        for (int j = 0; j < when->count; j++)
            x->whens[i][j] = needs_of(&when->items[j]);
    }
}

const rg_rules *rg_extract_rules(const rg_extractor *extractor)
{
    return extractor->rules;
}

const rg_extractor *rg_extract_new(rg_arena *arena, const rg_rules *rules)
{
    rg_extractor *x = rg_new(arena, rg_extractor, 1);
    x->rules = rules;
    x->symbol_count = rg_map_count(rules->symbols) + 1;
    x->lists = rg_new(arena, list_index, rules->list_count + 1);
    for (int i = 0; i < rules->list_count; i++)
        index_list(arena, &x->lists[i], &rules->lists[i], x->symbol_count);
    x->by_lemma = rg_new(arena, bucket, x->symbol_count);
    x->by_pos = rg_new(arena, bucket, x->symbol_count);
    x->by_word = rg_new(arena, bucket, x->symbol_count);
    for (int i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].enabled && rules->rules[i].surface)
            index_text(arena, x, i);
        else if (rules->rules[i].enabled && rules->rules[i].anchor_text.len > 0)
            index_rule(arena, x, i);
    index_types(arena, x);
    index_names(arena, x);
    index_name_files(arena, x);
    index_needs(arena, x);
    return x;
}
