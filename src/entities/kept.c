/* kept.c - who is who in a document as bytes, and back: what a cache keeps. */
#include "entities/coref.h"

enum { FREE, BY_HAND, FIRST_PASS }; /* how a mention was linked: else by a pass */

static int pass_number(const rg_rules *rules, const rg_entity_mention *m)
{
    if (m->pass.len == 0)
        return FREE;
    for (int i = 0; i < rules->coref.pass_count; i++)
        if (rg_str_equal(m->pass, rules->coref.passes[i].id))
            return FIRST_PASS + i;
    return BY_HAND;
}

static void pack_mention(rg_buf *out, const rg_rules *rules, const rg_entity_mention *m)
{
    rg_pack_int(out, m->first);
    rg_pack_int(out, m->end - m->first);
    rg_pack_int(out, m->head);
    rg_pack_int(out, m->sentence);
    rg_pack_int(out, (int)m->kind);
    rg_pack_int(out, m->entity);
    rg_pack_int(out, m->antecedent);
    rg_pack_int(out, pass_number(rules, m));
    rg_pack_int(out, m->attribute | (m->share != 1) << 1);
    if (m->share != 1)
        rg_pack_double(out, m->share);
}

void rg_coref_pack(rg_buf *out, const rg_coref *all, const rg_rules *rules)
{
    rg_pack_int(out, all->mention_count);
    rg_pack_int(out, all->entity_count);
    for (int i = 0; i < all->mention_count; i++)
        pack_mention(out, rules, &all->mentions[i]);
    for (int i = 0; i < all->entity_count; i++) {
        rg_pack_str(out, all->entities[i].label);
        rg_pack_int(out, all->entities[i].type);
        rg_pack_int(out, all->entities[i].named);
    }
}

static rg_str pass_of(const rg_rules *rules, int number)
{
    return number == FREE      ? (rg_str){"", 0}
           : number == BY_HAND ? RG_STR("same")
                               : rules->coref.passes[number - FIRST_PASS].id;
}

static void unpack_mention(rg_entity_mention *m, const rg_rules *rules,
                           const rg_parse *parse, const rg_coref *all,
                           rg_unpacker *from)
{
    int tokens = parse->token_count;
    m->first = rg_unpack_in(from, 0, tokens);
    m->end = m->first + rg_unpack_in(from, 1, tokens - m->first + 1);
    m->head = rg_unpack_in(from, 0, tokens);
    m->sentence = rg_unpack_in(from, 0, parse->sentence_count);
    m->kind = (rg_mention_kind)rg_unpack_in(from, 0, RG_MENTION_COUNT);
    m->entity = rg_unpack_in(from, 0, all->entity_count);
    m->antecedent = rg_unpack_in(from, RG_NONE, all->mention_count);
    m->pass =
        pass_of(rules, rg_unpack_in(from, FREE, FIRST_PASS + rules->coref.pass_count));
    int flags = rg_unpack_in(from, 0, 4);
    m->attribute = flags & 1;
    m->share = flags & 2 ? rg_unpack_double(from) : 1;
}

/* Each entity's mentions, in text order. */
static void list_mentions(rg_coref *all, rg_arena *arena)
{
    int *counts = rg_new(arena, int, all->entity_count + 1);
    for (int i = 0; i < all->mention_count; i++)
        counts[all->mentions[i].entity]++;
    for (int i = 0; i < all->entity_count; i++)
        all->entities[i].mentions = rg_new(arena, int, counts[i] + 1);
    for (int i = 0; i < all->mention_count; i++) {
        rg_entity *e = &all->entities[all->mentions[i].entity];
        e->mentions[e->mention_count++] = i;
    }
}

bool rg_coref_unpack(const rg_coref **out, rg_arena *arena, const rg_rules *rules,
                     const rg_parse *parse, rg_unpacker *from)
{
    rg_coref *made = rg_new(arena, rg_coref, 1);
    made->mention_count = rg_unpack_in(from, 0, parse->token_count + 1);
    made->entity_count = rg_unpack_in(from, 0, made->mention_count + 1);
    made->mentions = rg_new(arena, rg_entity_mention, made->mention_count + 1);
    made->entities = rg_new(arena, rg_entity, made->entity_count + 1);
    for (int i = 0; i < made->mention_count && from->ok; i++)
        unpack_mention(&made->mentions[i], rules, parse, made, from);
    for (int i = 0; i < made->entity_count && from->ok; i++) {
        made->entities[i].label = rg_unpack_str(from);
        made->entities[i].type = rg_unpack_in(from, RG_NONE, rules->type_count);
        made->entities[i].named = rg_unpack_in(from, 0, 2);
    }
    if (!from->ok)
        return false;
    list_mentions(made, arena);
    for (int i = 0; i < made->entity_count; i++)
        if (made->entities[i].mention_count == 0)
            return false;
    coref_chain(made, arena, parse->token_count);
    *out = made;
    return true;
}
