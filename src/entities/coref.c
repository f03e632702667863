/* coref.c - the sieve: pass after pass, merging entities; then what is kept of them. */
#include "entities/coref.h"

const cluster *coref_cluster(const coref *c, const coref_mention *m)
{
    return &c->entities[m->entity];
}

/* ---- Said by hand ------------------------------------------------------------------------------- */

/* The mention without an article before it, as it stands. */
static rg_str bare_text(const coref *c, const coref_mention *m)
{
    int first = m->first;
    if (m->kind == RG_MENTION_NAME)
        return m->norm;
    if (first < m->head && coref_word_is(c, RG_WORDS_ARTICLE, first))
        first++;
    const rg_token *from = &c->parse->tokens[first],
                   *to = &c->parse->tokens[m->end - 1];
    rg_str block = c->parse->text->blocks[from->block].text;
    return rg_str_cut(block, from->start, to->start + to->lexeme->text.len);
}

/* A name written by hand, without the article it may begin with. */
static rg_str bare_name(const coref *c, rg_str name)
{
    int blank = rg_str_find_byte(name, ' ', 0);
    bool article =
        blank > 0
        && coref_list_item(c, RG_WORDS_ARTICLE, rg_str_cut(name, 0, blank)) != RG_NONE;
    return article ? rg_str_cut(name, blank + 1, name.len) : name;
}

static bool bears(const coref *c, const coref_mention *m, rg_str name)
{
    rg_str bare = bare_name(c, name);
    return rg_str_equal(bare, bare_text(c, m)) || rg_str_equal(name, m->printed)
           || (m->label != RG_NONE
               && rg_str_equal(bare, rg_map_key(c->rules->labels, m->label)));
}

/* Which name of the set the mention bears, or RG_NONE. */
static int find_borne(const coref *c, const coref_mention *m, const rg_name_set *set)
{
    for (int i = 0; i < set->count; i++)
        if (bears(c, m, set->names[i]))
            return i;
    return RG_NONE;
}

static void put_hand_name(coref *c, cluster *e, hand_name one)
{
    for (int i = 0; i < e->hand_count; i++)
        if (e->hand[i].set == one.set && e->hand[i].name == one.name)
            return;
    hand_name *more = rg_new(c->scratch, hand_name, e->hand_count + 1);
    for (int i = 0; i < e->hand_count; i++)
        more[i] = e->hand[i];
    more[e->hand_count] = one;
    e->hand = more;
    e->hand_count++;
}

static void read_different(coref *c)
{
    for (int i = 0; i < c->mention_count; i++)
        for (int s = 0; s < c->spec->different_count; s++) {
            int name = find_borne(c, &c->mentions[i], &c->spec->different[s]);
            if (name != RG_NONE)
                put_hand_name(c, &c->entities[i], (hand_name){s, name});
        }
}

/* Do two names of one set of `different` stand in them? */
static bool are_kept_apart(const cluster *a, const cluster *b)
{
    for (int i = 0; i < a->hand_count; i++)
        for (int j = 0; j < b->hand_count; j++)
            if (a->hand[i].set == b->hand[j].set && a->hand[i].name != b->hand[j].name)
                return true;
    return false;
}

/* ---- Merging ------------------------------------------------------------------------------------ */

static cluster new_entity(int index, const coref_mention *m)
{
    return (cluster){.first = index,
                     .list = index,
                     .tail = index,
                     .count = 1,
                     .names = m->kind == RG_MENTION_NAME,
                     .subjects = m->role == RG_EDGES_SUBJECT,
                     .pronouns = m->kind == RG_MENTION_PRONOUN,
                     .odds = m->odds,
                     .person = m->person,
                     .plural = m->plural,
                     .any_number = m->any_number,
                     .full =
                         m->kind == RG_MENTION_NAME && m->words > 1 ? index : RG_NONE,
                     .type = m->kind == RG_MENTION_PRONOUN ? RG_NONE : m->type,
                     .label = m->label};
}

/* Is the type of b to be preferred to that of a? That of a name, of a special kind. */
static bool is_better_type(const coref *c, const cluster *a, const cluster *b)
{
    if (b->type == RG_NONE || a->type == RG_NONE)
        return b->type != RG_NONE;
    if ((a->names > 0) != (b->names > 0))
        return b->names > 0;
    return a->type != b->type && rg_rules_is_kind(c->rules, b->type, a->type);
}

/* What both know; `a` stands first in the text. */
static cluster join_facts(coref *c, const cluster *a, const cluster *b)
{
    cluster e = *a;
    if (is_better_type(c, a, b))
        e.type = b->type;
    if (e.label == RG_NONE)
        e.label = b->label;
    if (e.full == RG_NONE
        || (b->full != RG_NONE
            && c->mentions[b->full].words > c->mentions[e.full].words))
        e.full = b->full;
    if (a->names == 0 && b->names > 0)
        e.plural = b->plural;
    e.any_number = a->any_number || b->any_number;
    e.odds = coref_combine(a->odds, b->odds);
    e.person = coref_combine(a->person, b->person);
    e.count += b->count;
    e.names += b->names;
    e.subjects += b->subjects;
    e.pronouns += b->pronouns;
    for (int i = 0; i < b->hand_count; i++)
        put_hand_name(c, &e, b->hand[i]);
    return e;
}

/* The larger one goes on, so that each mention is moved a few times only. */
static void merge(coref *c, int one, int other)
{
    cluster *a = &c->entities[one], *b = &c->entities[other];
    int into = a->count >= b->count ? one : other, gone = into == one ? other : one;
    cluster joined = a->first < b->first ? join_facts(c, a, b) : join_facts(c, b, a);
    c->follows[a->first < b->first ? b->first : a->first] = true;
    for (int i = c->entities[gone].list; i != RG_NONE; i = c->mentions[i].next)
        c->mentions[i].entity = into;
    c->mentions[c->entities[into].tail].next = c->entities[gone].list;
    joined.list = c->entities[into].list;
    joined.tail = c->entities[gone].tail;
    c->entities[into] = joined;
    c->entities[gone].count = 0;
}

/* Passes on what a predicate says of its subject. */
static void pass_on(coref *c, const coref_mention *from, const coref_mention *to)
{
    cluster *e = &c->entities[to->entity];
    e->odds = coref_combine(e->odds, from->odds);
    e->person = coref_combine(e->person, from->person);
}

bool coref_link(coref *c, int anaphor, int antecedent, int pass, double share)
{
    coref_mention *a = &c->mentions[anaphor], *b = &c->mentions[antecedent];
    const rg_coref_pass *how = pass < 0 ? NULL : &c->spec->passes[pass];
    if (how && !how->merge) {
        pass_on(c, a, b);
        return true;
    }
    if (a->entity == b->entity)
        return true;
    if (how && are_kept_apart(&c->entities[a->entity], &c->entities[b->entity]))
        return false;
    merge(c, a->entity, b->entity);
    bool taken = a->antecedent != RG_NONE && b->antecedent == RG_NONE;
    coref_mention *noted = taken ? b : a; /* what linked it before is kept */
    noted->antecedent = taken ? anaphor : antecedent;
    noted->pass = pass;
    noted->share = share;
    a->attribute =
        a->attribute || (how && how->attribute && a->kind == RG_MENTION_NOMINAL);
    return true;
}

/* Mentions of one set of `same` become one. */
static void link_same(coref *c)
{
    for (int s = 0; s < c->spec->same_count; s++) {
        int before = RG_NONE;
        for (int i = 0; i < c->mention_count; i++) {
            if (find_borne(c, &c->mentions[i], &c->spec->same[s]) == RG_NONE)
                continue;
            if (before != RG_NONE)
                coref_link(c, i, before, RG_NONE, 1);
            before = i;
        }
    }
}

static void run_passes(coref *c)
{
    c->entities = rg_new(c->scratch, cluster, c->mention_count + 1);
    c->kinds = rg_new(c->scratch, unsigned char, c->mention_count + 1);
    c->follows = rg_new(c->scratch, bool, c->mention_count + 1);
    for (int i = 0; i < c->mention_count; i++) {
        c->kinds[i] = (unsigned char)c->mentions[i].kind;
        c->mentions[i].entity = i;
        c->entities[i] = new_entity(i, &c->mentions[i]);
    }
    read_different(c);
    link_same(c);
    for (int i = 0; i < c->spec->pass_count; i++) {
        if (!c->spec->passes[i].enabled)
            continue;
        if (c->spec->passes[i].scored)
            coref_run_scores(c, i);
        else
            coref_run_links(c, i);
    }
}

/* ---- What is kept --------------------------------------------------------------------------------- */

static void keep_entities(const coref *c, rg_coref *out, int *places)
{
    out->entities = rg_new(c->arena, rg_entity, c->mention_count + 1);
    for (int i = 0; i < c->mention_count; i++) {
        int id = c->mentions[i].entity;
        const cluster *e = &c->entities[id];
        if (e->first != i)
            continue;
        places[id] = out->entity_count;
        out->entities[out->entity_count++] =
            (rg_entity){.label = coref_label(c, e),
                        .type = coref_type(c, e),
                        .named = e->names > 0,
                        .mentions = rg_new(c->arena, int, e->count)};
    }
}

static void keep_mentions(const coref *c, rg_coref *out, const int *places)
{
    out->mentions = rg_new(c->arena, rg_entity_mention, c->mention_count + 1);
    out->mention_count = c->mention_count;
    for (int i = 0; i < c->mention_count; i++) {
        const coref_mention *m = &c->mentions[i];
        rg_entity *e = &out->entities[places[m->entity]];
        e->mentions[e->mention_count++] = i;
        bool by_hand = m->antecedent != RG_NONE && m->pass == RG_NONE;
        out->mentions[i] = (rg_entity_mention){
            .first = m->first,
            .end = m->end,
            .head = m->head,
            .sentence = m->sentence,
            .kind = m->kind,
            .entity = places[m->entity],
            .antecedent = m->antecedent,
            .pass = by_hand              ? RG_STR("same")
                    : m->pass == RG_NONE ? (rg_str){"", 0}
                                         : c->spec->passes[m->pass].id,
            .share = m->share,
            .attribute = m->attribute};
    }
}

void coref_chain(rg_coref *out, rg_arena *arena, int tokens)
{
    int *chain = rg_new(arena, int, tokens + 1);
    int *types = rg_new(arena, int, out->entity_count + 1);
    out->of_token = rg_new(arena, int, tokens + 1);
    for (int i = 0; i < tokens; i++)
        chain[i] = out->of_token[i] = RG_NONE;
    for (int i = 0; i < out->mention_count; i++) {
        const rg_entity_mention *m = &out->mentions[i];
        const rg_entity *e = &out->entities[m->entity];
        out->of_token[m->head] = i;
        if (e->named || e->mention_count > 1)
            chain[m->head] = m->entity;
    }
    for (int i = 0; i < out->entity_count; i++)
        types[i] = out->entities[i].type;
    out->chains = (rg_chains){chain, types, out->entity_count};
}

bool rg_coref_resolve(const rg_coref **out, rg_arena *arena, const rg_rules *rules,
                      const rg_parse *parse, const rg_mentions *names,
                      const rg_coref_watch *watch, rg_error *err)
{
    (void)err;
    rg_coref *made = rg_new(arena, rg_coref, 1);
    coref c = {.arena = arena,
               .scratch = rg_arena_child(arena),
               .rules = rules,
               .spec = &rules->coref,
               .parse = parse,
               .names = names,
               .watch = watch};
    coref_read_tokens(&c);
    coref_find_mentions(&c);
    run_passes(&c);
    int *places = rg_new(c.scratch, int, c.mention_count + 1);
    keep_entities(&c, made, places);
    keep_mentions(&c, made, places);
    coref_chain(made, arena, parse->token_count);
    rg_arena_free(c.scratch);
    *out = made;
    return true;
}

rg_str rg_coref_text(rg_arena *arena, const rg_parse *parse,
                     const rg_entity_mention *mention)
{
    int count = mention->end - mention->first;
    int *tokens = rg_new(arena, int, count + 1);
    for (int i = 0; i < count; i++)
        tokens[i] = mention->first + i;
    return rg_extract_text(arena, parse, (rg_tokens){tokens, count});
}

rg_str rg_coref_evidence(rg_arena *arena, const rg_named *named,
                         const rg_entity_mention *mention)
{
    if (mention->antecedent == RG_NONE)
        return (rg_str){"", 0};
    rg_str to = rg_coref_text(arena, named->parse,
                              &named->coref->mentions[mention->antecedent]);
    int share = (int)(mention->share * 100 + 0.5);
    return share >= 100 ? to
                        : rg_arena_format(arena, "%.*s (0.%02d)", RG_PRINT(to), share);
}

bool rg_coref_is_shown(const rg_entity *entity)
{
    return entity->named || entity->mention_count > 1;
}

const char *rg_coref_kind_name(rg_mention_kind kind)
{
    static const char *const names[RG_MENTION_COUNT] = {
        [RG_MENTION_NAME] = "name",
        [RG_MENTION_NOMINAL] = "nominal",
        [RG_MENTION_PRONOUN] = "pronoun"};
    return names[kind];
}

rg_str rg_coref_type_name(const rg_rules *rules, const rg_entity *entity)
{
    return entity->type == RG_NONE ? (rg_str){"", 0} : rules->types[entity->type].name;
}
