#include "extract/long_list.h"

/* Looks taken for one node: more than any list of real names asks for. */
enum { LONGEST_PHRASE = 8, MOST_LOOKS = 256 };

/* A phrase that grows word by word as long as some item begins with it. */
typedef struct phrase {
    const sentence *s;
    const rg_names *names;
    int node; /* whose phrase it is: first or last word of an item */
    int words[LONGEST_PHRASE];
    int count;
    int looks;
    int item; /* found so far */
    rg_name_walk walk;
} phrase;

/* The node's lemma in lower case, as lists have it. */
static rg_str lemma_of(const sentence *s, int node)
{
    int symbol = s->nodes[node].symbols[RG_ATTR_LEMMA];
    const rg_token *token = sentence_token(s, node);
    if (symbol != RG_NONE)
        return rg_map_key(s->rules->symbols, symbol);
    bool proper = rg_str_equal(token->lemma, token->lexeme->text);
    return proper ? token->lexeme->lower : token->lemma;
}

static bool may_add(const phrase *p, int node)
{
    for (int i = 0; i < p->count; i++)
        if (p->words[i] == node)
            return false;
    return p->count < LONGEST_PHRASE && p->looks < MOST_LOOKS;
}

static void grow(phrase *p);

/* Tries the phrase with the node's word behind it, and all that it grows into. */
static void try_word(phrase *p, int node)
{
    int len = p->walk.len;
    uint64_t hash = p->walk.hash;
    if (may_add(p, node) && (p->count == 0 || rg_name_walk_put(&p->walk, RG_STR(" ")))
        && rg_name_walk_put(&p->walk, lemma_of(p->s, node))) {
        rg_name_found found = rg_names_find(p->names, &p->walk);
        p->looks++;
        p->words[p->count++] = node;
        if (found.is_name && (node == p->node || p->words[0] == p->node))
            p->item = found.record;
        else if (found.begins)
            grow(p);
        p->count--;
    }
    p->walk.len = len;
    p->walk.hash = hash;
}

/* Nests at most LONGEST_PHRASE deep. */
static void grow(phrase *p)
{
    const sentence *s = p->s;
    for (int i = s->nodes[p->node].first_out; i != RG_NONE && p->item == RG_NONE;
         i = s->edges[i].next_out)
        if (!s->edges[i].gone && s->edges[i].derived_by == RG_NONE)
            try_word(p, s->edges[i].to);
    if (p->item == RG_NONE)
        try_word(p, p->node);
}

int long_list_item(const sentence *s, int node, const rg_names *names)
{
    phrase p;
    p.s = s;
    p.names = names;
    p.node = node;
    p.count = p.looks = 0;
    p.item = RG_NONE;
    rg_name_walk_begin(&p.walk);
    grow(&p);
    return p.item;
}
