/* changes.c - which sentences a change of the rules can concern.
 *
 * What rules find in a sentence depends on the sentence, on who is who, and on the rules
 * whose anchor may stand in it, in their order. So a sentence without any word that a new,
 * lost or changed rule asks for keeps its triples.
 */
#include "extract/extract.h"
#include "extract/index.h"

#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum { ANY = -1, MOST_RULES = 1 << 20 };

/* ---- A rule set as bytes --------------------------------------------------------------------- */

static int count_words(const rg_rules *rules, const rg_crit *crit)
{
    int count = 0;
    for (int i = 0; i < crit->value_count; i++)
        count += crit->values[i].kind == RG_VALUE_LIST
                     ? rules->lists[crit->values[i].id].item_count
                     : 1;
    return count;
}

/* The words of an item, a blank between: all of them must be there. */
static void pack_item(rg_buf *out, const rg_rules *rules, const rg_item *item)
{
    rg_buf text = rg_buf_in(out->arena);
    for (int w = 0; w < item->word_count; w++) {
        if (w > 0)
            rg_buf_byte(&text, ' ');
        rg_buf_put(&text, rg_map_key(rules->symbols, item->words[w]));
    }
    rg_pack_str(out, rg_buf_str(&text));
}

static void pack_words(rg_buf *out, const rg_rules *rules, const rg_crit *crit)
{
    rg_pack_int(out, count_words(rules, crit));
    for (int i = 0; i < crit->value_count; i++) {
        rg_value value = crit->values[i];
        if (value.kind != RG_VALUE_LIST) {
            rg_pack_str(out, rg_map_key(rules->symbols, value.id));
            continue;
        }
        const rg_list *list = &rules->lists[value.id];
        for (int j = 0; j < list->item_count; j++)
            pack_item(out, rules, &list->items[j]);
    }
}

static bool is_at_work(const rg_rule *rule)
{
    return rule->enabled && (rule->surface || rule->anchor_text.len > 0);
}

static void pack_rule(rg_buf *out, const rg_rules *rules, const rg_rule *rule)
{
    const rg_crit *lemmas = rule->surface ? NULL : index_lemmas(rules, rule);
    rg_pack_str(out, rule->id);
    rg_pack_word(out, rule->hash);
    rg_pack_int(out, rule->priority);
    if (!is_at_work(rule))
        rg_pack_int(out, 0);
    else if (lemmas)
        pack_words(out, rules, lemmas);
    else
        rg_pack_int(out, ANY);
}

void rg_extract_pack_rules(rg_buf *out, const rg_extractor *extractor)
{
    const rg_rules *rules = extractor->rules;
    rg_pack_int(out, rules->rule_count);
    for (int i = 0; i < rules->rule_count; i++)
        pack_rule(out, rules, &rules->rules[i]);
    rg_pack_int(out, rules->relation_count);
    for (int i = 0; i < rules->relation_count; i++) {
        rg_pack_str(out, rules->relations[i].name);
        rg_pack_str(out, rules->relations[i].is);
        rg_pack_str(out, rules->relations[i].inverse);
        rg_pack_int(out, rules->relations[i].symmetric);
    }
}

/* ---- Two sets -------------------------------------------------------------------------------- */

/* A rule of a packed set. */
typedef struct packed_rule {
    rg_str key; /* the id, and which one of those with this id */
    uint64_t hash;
    int priority, word_count; /* ANY: of no word in particular */
    rg_unpacker words;
    bool same; /* in the other set, too */
} packed_rule;

typedef struct packed_set {
    packed_rule *items;
    int count;
    rg_map *keys;
    rg_relation *relations;
    int relation_count;
    bool ok;
} packed_set;

static void unpack_relations(packed_set *set, rg_arena *arena, int most,
                             rg_unpacker *from)
{
    int count = rg_unpack_in(from, 0, most + 1);
    set->relations = rg_new(arena, rg_relation, count + 1);
    for (; set->relation_count < count && from->ok; set->relation_count++) {
        rg_relation *one = &set->relations[set->relation_count];
        one->name = rg_unpack_str(from);
        one->is = rg_unpack_str(from);
        one->inverse = rg_unpack_str(from);
        one->symmetric = rg_unpack_in(from, 0, 2);
    }
}

static packed_set unpack_set(rg_arena *arena, rg_str bytes)
{
    rg_unpacker from = rg_unpack_from(bytes);
    packed_set set = {.keys = rg_map_new(arena)};
    rg_map *ids = rg_map_new(arena);
    int count = rg_unpack_in(&from, 0, MOST_RULES);
    if (count > bytes.len) /* a rule takes some bytes */
        return set;
    set.items = rg_new(arena, packed_rule, count + 1);
    int *times = rg_new(arena, int, count + 1);
    for (; set.count < count && from.ok; set.count++) {
        packed_rule *rule = &set.items[set.count];
        int id = rg_map_put(ids, rg_unpack_str(&from));
        rule->key = rg_arena_format(arena, "%.*s %d", RG_PRINT(rg_map_key(ids, id)),
                                    times[id]++);
        rule->hash = rg_unpack_word(&from);
        rule->priority = rg_unpack_int(&from);
        rule->word_count = rg_unpack_in(&from, ANY, INT32_MAX);
        rule->words = from;
        for (int i = 0; i < rule->word_count && from.ok; i++)
            rg_unpack_str(&from);
        rg_map_put(set.keys, rule->key);
    }
    unpack_relations(&set, arena, bytes.len, &from);
    set.ok = rg_unpack_done(&from);
    return set;
}

static void mark_same(packed_set *set, const packed_set *other)
{
    for (int i = 0; i < set->count; i++) {
        packed_rule *rule = &set->items[i];
        int index = rg_map_find(other->keys, rule->key);
        rule->same = index != RG_NONE && other->items[index].hash == rule->hash
                     && other->items[index].priority == rule->priority;
    }
}

/* Do the rules that both sets have stand in the same order? */
static bool is_same_order(const packed_set *a, const packed_set *b)
{
    int i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a->count && !a->items[i].same)
            i++;
        while (j < b->count && !b->items[j].same)
            j++;
        if (i == a->count || j == b->count)
            return i == a->count && j == b->count;
        if (!rg_str_equal(a->items[i].key, b->items[j].key))
            return false;
    }
}

/* The words of an item are parts of it. */
static void put_item(rg_stale *out, rg_arena *arena, rg_str words)
{
    int known = rg_map_count(out->words), id = rg_map_put(out->words, words);
    out->items =
        rg_arena_grow(arena, out->items, id, &out->capacity, sizeof *out->items);
    rg_stale_item *item = &out->items[id];
    for (int from = 0, end; id == known && from <= words.len; from = end + 1) {
        end = rg_str_find_byte(words, ' ', from);
        end = end < 0 ? words.len : end;
        if (item->count < RG_STALE_WORDS)
            item->parts[item->count++] =
                rg_map_put(out->parts, rg_str_cut(words, from, end));
    }
}

static void put_stale(rg_stale *out, rg_arena *arena, const packed_set *set)
{
    for (int i = 0; i < set->count; i++) {
        packed_rule *rule = &set->items[i];
        if (rule->same)
            continue;
        out->all |= rule->word_count == ANY;
        for (int w = 0; w < rule->word_count; w++)
            put_item(out, arena, rg_unpack_str(&rule->words));
    }
}

static bool has_relation(const packed_set *set, const rg_relation *one)
{
    for (int i = 0; i < set->relation_count; i++) {
        const rg_relation *other = &set->relations[i];
        if (rg_str_equal(one->name, other->name) && rg_str_equal(one->is, other->is)
            && rg_str_equal(one->inverse, other->inverse)
            && one->symmetric == other->symmetric)
            return true;
    }
    return false;
}

/* A relation that is not declared like this in the other set. */
static void put_stale_relations(rg_stale *out, const packed_set *set,
                                const packed_set *other)
{
    for (int i = 0; i < set->relation_count; i++) {
        if (has_relation(other, &set->relations[i]))
            continue;
        rg_map_put(out->relations, set->relations[i].name);
        rg_map_put(out->relations, set->relations[i].inverse);
    }
}

static void put_given(rg_stale *out, rg_str word)
{
    int part = rg_map_find(out->parts, word);
    if (part != RG_NONE)
        out->given[part] = true;
}

/* Repairs give tokens other lemmas: those may stand in any sentence. */
static void put_all_given(rg_stale *out, const rg_rules *rules, const rg_repair *repair)
{
    for (int e = 0; e < repair->edit_count; e++) {
        const rg_edit *edit = &repair->edits[e];
        if (edit->kind != RG_EDIT_RETAG || edit->attr != RG_ATTR_LEMMA)
            continue;
        if (edit->list == RG_NONE) {
            put_given(out, rg_map_key(rules->symbols, edit->label));
            continue;
        }
        const rg_list *list = &rules->lists[edit->list];
        out->all |= list->names != NULL;
        for (int i = 0; i < list->item_count; i++)
            put_given(out, list->items[i].value);
    }
}

/* A sentence's words as numbers of 16 bits, ascending: now and then two words have the same. */
enum { NUMBERS = 1 << 16, NUMBER_BYTES = 2 };

static int number_of(rg_str word)
{
    return (int)(rg_str_hash(word) % NUMBERS);
}

/* Parts by the number of their word. */
static void number_parts(rg_stale *out, rg_arena *arena)
{
    int parts = rg_map_count(out->parts);
    out->by_number = rg_new(arena, int, NUMBERS);
    out->next = rg_new(arena, int, parts + 1);
    for (int i = 0; i < NUMBERS; i++)
        out->by_number[i] = RG_NONE;
    for (int i = 0; i < parts; i++) {
        int *first = &out->by_number[number_of(rg_map_key(out->parts, i))];
        out->next[i] = *first;
        *first = i;
    }
}

rg_stale rg_extract_compare(rg_arena *arena, const rg_extractor *now, rg_str before)
{
    const rg_rules *rules = now->rules;
    rg_buf bytes = rg_buf_in(arena);
    rg_extract_pack_rules(&bytes, now);
    packed_set old = unpack_set(arena, before),
               new = unpack_set(arena, rg_buf_str(&bytes));
    rg_stale out = {.words = rg_map_new(arena),
                    .parts = rg_map_new(arena),
                    .relations = rg_map_new(arena)};
    if (!old.ok || !new.ok) {
        out.all = true;
        return out;
    }
    mark_same(&old, &new);
    mark_same(&new, &old);
    put_stale(&out, arena, &old);
    put_stale(&out, arena, &new);
    put_stale_relations(&out, &old, &new);
    put_stale_relations(&out, &new, &old);
    out.all |= !is_same_order(&old, &new);
    out.given = rg_new(arena, bool, rg_map_count(out.parts) + 1);
    for (int i = 0; i < rules->repair_count; i++)
        put_all_given(&out, rules, &rules->repairs[i]);
    number_parts(&out, arena);
    return out;
}

/* Does some item have all its parts? */
static bool has_item(const rg_stale *stale, const bool *there)
{
    for (int i = 0; i < rg_map_count(stale->words); i++) {
        const rg_stale_item *item = &stale->items[i];
        bool all = true;
        for (int w = 0; w < item->count && all; w++)
            all = there[item->parts[w]] || stale->given[item->parts[w]];
        if (all)
            return true;
    }
    return false;
}

static void find_part(const rg_stale *stale, bool *there, rg_str word)
{
    int part = rg_map_find(stale->parts, word);
    if (part != RG_NONE)
        there[part] = true;
}

bool *rg_extract_stale_sentences(rg_arena *arena, const rg_stale *stale,
                                 const rg_parse *parse)
{
    bool *out = rg_new(arena, bool, parse->sentence_count + 1);
    int parts = rg_map_count(stale->parts);
    bool *there = rg_new(arena, bool, parts + 1);
    for (int i = 0; i < parse->sentence_count; i++) {
        memset(there, 0, (size_t)parts);
        for (int t = parse->sentences[i].first; t < parse->sentences[i].end; t++) {
            const rg_token *token = &parse->tokens[t];
            find_part(stale, there, token->lexeme->lower);
            if (!rg_str_equal(token->lemma, token->lexeme->lower))
                find_part(stale, there, rg_unicode_lower(arena, token->lemma));
        }
        out[i] = stale->all || has_item(stale, there);
    }
    return out;
}

/* ---- The words of a document ----------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void pack_sentence(rg_buf *out, const rg_parse *parse,
                          const rg_sentence *sentence)
{
    int tokens = sentence->end - sentence->first, count = 0, different = 0;
    int *numbers = rg_new(out->arena, int, 2 * tokens + 1);
    for (int t = sentence->first; t < sentence->end; t++) {
        const rg_token *token = &parse->tokens[t];
        numbers[count++] = number_of(token->lexeme->lower);
        if (!rg_str_equal(token->lemma, token->lexeme->lower))
            numbers[count++] = number_of(rg_unicode_lower(out->arena, token->lemma));
    }
    qsort(numbers, (size_t)count, sizeof *numbers, compare_numbers);
    for (int i = 0; i < count; i++)
        if (i == 0 || numbers[i] != numbers[i - 1])
            numbers[different++] = numbers[i];
    rg_pack_int(out, different);
    for (int i = 0; i < different; i++) {
        rg_buf_byte(out, (char)(numbers[i] & 0xff));
        rg_buf_byte(out, (char)(numbers[i] >> 8));
    }
}

void rg_extract_pack_words(rg_buf *out, const rg_parse *parse)
{
    for (int i = 0; i < parse->sentence_count; i++)
        pack_sentence(out, parse, &parse->sentences[i]);
}

/* The next sentence: which parts may stand in it. False if none does. */
static bool find_parts(const rg_stale *stale, bool *there, rg_unpacker *from)
{
    int count = rg_unpack_in(from, 0, (int)(from->end - from->at) / NUMBER_BYTES + 1);
    bool some = false;
    memset(there, 0, (size_t)rg_map_count(stale->parts));
    if (count > (from->end - from->at) / NUMBER_BYTES)
        from->ok = false;
    for (int i = 0; i < count && from->ok; i++, from->at += NUMBER_BYTES)
        for (int p = stale->by_number[from->at[0] | from->at[1] << 8]; p != RG_NONE;
             p = stale->next[p])
            some = there[p] = true;
    return some;
}

bool rg_extract_is_stale(rg_arena *arena, const rg_stale *stale, rg_str words)
{
    bool *there = rg_new(arena, bool, rg_map_count(stale->parts) + 1);
    bool always = stale->all || has_item(stale, there); /* by what is given alone */
    rg_unpacker from = rg_unpack_from(words);
    while (!always && from.at < from.end && from.ok)
        if (find_parts(stale, there, &from) && has_item(stale, there))
            return true;
    return always || !from.ok;
}
