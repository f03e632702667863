/* types.c - which types the tokens of a sentence have; see `types` in docs/rules.md. */
#include "extract/mentions.h"
#include "extract/regexes.h"

#include <string.h>

static void add_kinds(uint64_t types[], const uint64_t kinds[])
{
    for (int i = 0; i < RG_MAX_TYPES / 64; i++)
        types[i] |= kinds[i];
}

static bool has_type(const graph_node *n, int type)
{
    return n->types[type / 64] >> (type % 64) & 1;
}

static bool is_among(const int *symbols, int count, int symbol)
{
    for (int i = 0; i < count; i++)
        if (symbols[i] == symbol)
            return true;
    return false;
}

static const rg_mention *mention_of(const sentence *s, int node)
{
    int index = s->mentions->of_token[s->first + node];
    return index == RG_NONE ? NULL : &s->mentions->items[index];
}

/* ---- The types of one node ----------------------------------------------------------- */

static bool in_some_list(const sentence *s, int node, const rg_type *type)
{
    for (int i = 0; i < type->list_count; i++)
        if (sentence_is_listed(s, node, type->lists[i]))
            return true;
    return false;
}

/* What `ent` and `list` say. What a rule says of a mention overrules the model's label. */
static bool is_member(const sentence *s, int node, const rg_type *type)
{
    const rg_mention *mention = mention_of(s, node);
    bool labelled =
        mention && !mention->given
        && is_among(type->ents, type->ent_count, s->nodes[node].symbols[RG_ATTR_ENT]);
    return labelled || in_some_list(s, node, type);
}

static bool has_all_parents(const sentence *s, int node, const rg_type *type)
{
    for (int i = 0; i < type->is_count; i++)
        if (!has_type(&s->nodes[node], type->is[i]))
            return false;
    return true;
}

/* The name that the node is part of, else its word. */
static rg_str whole_text(sentence *s, int node)
{
    const rg_mention *mention = mention_of(s, node);
    if (!mention)
        return sentence_token(s, node)->lexeme->text;
    int count = mention->end - mention->first;
    int *tokens = rg_new(s->arena, int, count);
    for (int i = 0; i < count; i++)
        tokens[i] = mention->first + i;
    return rg_extract_text(s->arena, s->parse, (rg_tokens){tokens, count});
}

static bool has_text(sentence *s, int node, const rg_type *type)
{
    rg_str text = whole_text(s, node);
    bool found = false;
    for (int i = 0; i < type->text_count && !found; i++) {
        rg_value value = type->texts[i];
        found = value.kind == RG_VALUE_REGEX
                    ? regexes_match(s, value.id, text, node)
                    : rg_str_equal(text, rg_map_key(s->rules->symbols, value.id));
    }
    regexes_note(s, type->name);
    return found;
}

/* Is the first word of a name of several words in one of the type's lists? */
static bool has_first(const sentence *s, int node, const rg_type *type)
{
    const rg_mention *mention = mention_of(s, node);
    if (!mention || mention->end - mention->first < 2 || mention->first < s->first)
        return false;
    for (int i = 0; i < type->first_count; i++)
        if (sentence_is_listed(s, mention->first - s->first, type->firsts[i]))
            return true;
    return false;
}

/* Whether a type with `list`, `pos` or `text` holds; its parents have been told. */
static bool is_of(sentence *s, int node, const rg_type *type)
{
    const graph_node *n = &s->nodes[node];
    bool named = type->ent_count > 0 || type->list_count > 0;
    const rg_mention *mention = type->untyped ? mention_of(s, node) : NULL;
    if (mention && mention->type != RG_NONE)
        return false;
    return (type->part_count == 0
            || is_among(type->parts, type->part_count, n->symbols[RG_ATTR_POS]))
           && (named ? is_member(s, node, type) : has_all_parents(s, node, type))
           && (type->first_count == 0 || has_first(s, node, type))
           && (type->text_count == 0 || has_text(s, node, type));
}

static void put_types(sentence *s, int node)
{
    const rg_extractor *x = s->extractor;
    graph_node *n = &s->nodes[node];
    const rg_mention *mention = mention_of(s, node);
    int ent = n->symbols[RG_ATTR_ENT];
    memset(n->types, 0, sizeof n->types); /* a mention may have got another type */
    if (mention && mention->type != RG_NONE)
        add_kinds(n->types, s->rules->types[mention->type].kinds);
    if (mention && !mention->given && ent != RG_NONE)
        add_kinds(n->types, x->ent_kinds[ent].bits);
    for (int i = 0; i < x->tested_type_count; i++) {
        const rg_type *type = &s->rules->types[x->tested_types[i]];
        if (is_of(s, node, type))
            add_kinds(n->types, type->kinds);
    }
}

void sentence_put_types(sentence *s)
{
    for (int i = 0; i < s->count; i++)
        put_types(s, i);
}

/* ---- The types that mentions are printed with ---------------------------------------- */

/* Would the type say more of the node than its mention does? */
static bool says_more(const sentence *s, int node, int type)
{
    const rg_mention *mention = mention_of(s, node);
    if (!mention)
        return true;
    if (mention->head != s->first + node || mention->given)
        return false;
    return mention->type == RG_NONE
           || (mention->type != type
               && rg_rules_is_kind(s->rules, type, mention->type));
}

void mentions_refine(rg_arena *arena, rg_mentions *mentions, const sentence *s)
{
    const rg_extractor *x = s->extractor;
    for (int t = 0; t < x->tested_type_count; t++) {
        int id = x->tested_types[t];
        const rg_type *type = &s->rules->types[id];
        if (type->list_count == 0 && type->text_count == 0 && type->ent_count == 0)
            continue; /* a part of speech alone names no kind of thing */
        for (int i = 0; i < s->count; i++)
            if (has_type(&s->nodes[i], id) && says_more(s, i, id))
                mentions_put_type(arena, mentions, s->first + i, id);
    }
}

/* ---- Chains -------------------------------------------------------------------------- */

/* The chain that the node's mention, or the node itself, is in. */
static int chain_of(const sentence *s, const rg_chains *chains, int node)
{
    const rg_mention *mention = mention_of(s, node);
    int own = chains->of_token[s->first + node];
    return own == RG_NONE && mention ? chains->of_token[mention->head] : own;
}

void mentions_keep_kinds(rg_mentions *mentions, const sentence *s)
{
    for (int i = 0; i < s->count; i++)
        add_kinds(mentions->kinds[s->first + i].bits, s->nodes[i].types);
}

rg_kinds *chains_types(rg_arena *arena, const rg_chains *chains,
                       const rg_mentions *mentions, const rg_parse *parse,
                       const rg_rules *rules)
{
    rg_kinds *types = rg_new(arena, rg_kinds, chains->count + 1);
    for (int i = 0; i < parse->token_count; i++)
        if (chains->of_token[i] != RG_NONE)
            add_kinds(types[chains->of_token[i]].bits, mentions->kinds[i].bits);
    for (int i = 0; i < chains->count && chains->types; i++)
        if (chains->types[i] != RG_NONE)
            add_kinds(types[i].bits, rules->types[chains->types[i]].kinds);
    return types;
}

void chains_spread_types(const rg_chains *chains, const rg_kinds *types, sentence *s)
{
    for (int i = 0; i < s->count; i++) {
        int chain = chain_of(s, chains, i);
        if (chain != RG_NONE)
            add_kinds(s->nodes[i].types, types[chain].bits);
    }
}
