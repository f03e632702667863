#include "extract/surface.h"

#include "extract/index.h"

#include <string.h>

/* A name or noun phrase that a slot may take; determiners before it may be left out. */
typedef struct phrase {
    int outer, first, end; /* nodes; outer: with its determiners */
    int head;
} phrase;

struct surface_phrases {
    phrase *items;
    int count;
    /* Phrases by the node at which they may begin: those that may begin at a node are
     * starts[start_of[node]] up to starts[start_of[node + 1]]. */
    int *starts, *start_of;
};

/* ---- Phrases of a sentence ------------------------------------------------------------ */

static bool is_inside(int node, phrase_range r)
{
    return node >= r.first && node < r.end;
}

/* The first of the determiners that stand before the phrase and belong to it. */
static int find_outer(const sentence *s, phrase_range r)
{
    int outer = r.first;
    while (outer > 0 && span_is_edge_word(s, s->first + outer - 1)
           && is_inside(sentence_token(s, outer - 1)->head - s->first, r))
        outer--;
    return outer;
}

static bool has_type(const graph_node *n)
{
    for (int i = 0; i < RG_MAX_TYPES / 64; i++)
        if (n->types[i])
            return true;
    return false;
}

/* The head of the phrase that the node is the head of: a name has one head only. */
static bool is_head(const sentence *s, int node)
{
    int index = s->mentions->of_token[s->first + node];
    const rg_mention *mention = index == RG_NONE ? NULL : &s->mentions->items[index];
    return has_type(&s->nodes[node])
           && (!mention || !mention->name || mention->head == s->first + node);
}

/* Counts for each node the phrases that may begin there, then files them. */
static void file_phrases(rg_arena *arena, surface_phrases *all, int node_count)
{
    all->start_of = rg_new(arena, int, node_count + 2);
    int total = 0;
    for (int i = 0; i < all->count; i++)
        for (int at = all->items[i].outer; at <= all->items[i].first; at++, total++)
            all->start_of[at + 2]++;
    for (int at = 2; at < node_count + 2; at++)
        all->start_of[at] += all->start_of[at - 1];
    all->starts = rg_new(arena, int, total + 1);
    for (int i = 0; i < all->count; i++)
        for (int at = all->items[i].outer; at <= all->items[i].first; at++)
            all->starts[all->start_of[at + 1]++] = i;
}

static const surface_phrases *phrases_of(sentence *s)
{
    if (s->phrases)
        return s->phrases;
    surface_phrases *all = rg_new(s->arena, surface_phrases, 1);
    all->items = rg_new(s->arena, phrase, s->count + 1);
    for (int i = 0; i < s->count; i++) {
        if (!is_head(s, i))
            continue;
        phrase_range r = span_phrase(s, i);
        all->items[all->count++] = (phrase){find_outer(s, r), r.first, r.end, i};
    }
    file_phrases(s->arena, all, s->count);
    s->phrases = all;
    return all;
}

/* ---- The machine ------------------------------------------------------------------------ */

typedef struct state {
    int move, at;
    int taken; /* words and phrases so far */
    const surface_filler *last;
} state;

typedef struct machine {
    sentence *s;
    rg_arena *arena;
    const rg_surface *pattern;
    matcher m; /* what constraints see */
    state *stack;
    int depth, capacity;
    uint64_t
        *seen; /* (move, node) that cannot lead to a longer match; NULL: not kept */
    int wanted_end; /* a match counts only if it ends here; RG_NONE: anywhere */
    bool any;       /* the first match will do */
    int start;
    surface_miss *miss;
    surface_match best; /* end RG_NONE: none */
} machine;

static bool run(machine *k, int move, int start);

static int past_spaces(const sentence *s, int at)
{
    while (at < s->count && sentence_token(s, at)->lexeme->is_space)
        at++;
    return at;
}

/* A state to come back to when those above it are done. */
static void push(machine *k, state one)
{
    k->stack =
        rg_arena_grow(k->arena, k->stack, k->depth, &k->capacity, sizeof *k->stack);
    k->stack[k->depth++] = one;
}

/* Has this been tried before? What it led to is known then. */
static bool is_known(machine *k, const state *now)
{
    if (!k->seen)
        return false;
    int bit = now->move * (k->s->count + 1) + now->at;
    bool known = k->seen[bit / 64] >> (bit % 64) & 1;
    k->seen[bit / 64] |= (uint64_t)1 << (bit % 64);
    return known;
}

/* ---- Moves that take tokens: the node behind them, or RG_NONE ----------------------------- */

static int take_word(const sentence *s, int at, rg_str word)
{
    int len = 0;
    for (int i = at; i < s->count; i++) {
        const rg_token *token = sentence_token(s, i);
        rg_str lower = token->lexeme->lower;
        if (!rg_str_starts(rg_str_cut(word, len, word.len), lower))
            return RG_NONE;
        len += lower.len;
        if (len == word.len)
            return i + 1;
        if (token->space_after)
            return RG_NONE;
    }
    return RG_NONE;
}

static int take_string(const sentence *s, int at, rg_str text)
{
    const rg_token *first = sentence_token(s, at);
    rg_str block = s->parse->text->blocks[first->block].text;
    if (!rg_str_starts(rg_str_cut(block, first->start, block.len), text))
        return RG_NONE;
    for (int i = at; i < s->count; i++) {
        const rg_token *token = sentence_token(s, i);
        int end = token->start + token->lexeme->text.len - first->start;
        if (end >= text.len)
            return end == text.len ? i + 1 : RG_NONE;
    }
    return RG_NONE;
}

/* Adds a token to words that are joined as they stand, up to `room` bytes. */
static void join_word(char *words, int *len, int room, bool blank, rg_str word)
{
    if (*len + blank + word.len > room) {
        *len = room + 1; /* too long to be an item */
        return;
    }
    if (blank)
        words[(*len)++] = ' ';
    memcpy(words + *len, word.bytes, (size_t)word.len);
    *len += word.len;
}

static rg_str lemma_of(const rg_token *token)
{
    bool plain = rg_str_equal(token->lemma, token->lexeme->text);
    return plain ? token->lexeme->lower : token->lemma;
}

/* The longest item that begins here, by its lemmas or as written. */
static int take_item(const sentence *s, int at, int list)
{
    enum { ROOM = 256, MOST_TOKENS = 16 };
    char lemmas[ROOM + 1], lowers[ROOM + 1];
    int lemmas_len = 0, lowers_len = 0, end = RG_NONE;
    for (int i = at; i < s->count && i < at + MOST_TOKENS; i++) {
        const rg_token *token = sentence_token(s, i);
        bool blank = i > at && sentence_token(s, i - 1)->space_after;
        join_word(lemmas, &lemmas_len, ROOM, blank, lemma_of(token));
        join_word(lowers, &lowers_len, ROOM, blank, token->lexeme->lower);
        if (lemmas_len > ROOM || lowers_len > ROOM)
            break;
        if (rg_rules_find_item(s->rules, list, (rg_str){lemmas, lemmas_len}) >= 0
            || rg_rules_find_item(s->rules, list, (rg_str){lowers, lowers_len}) >= 0)
            end = i + 1;
    }
    return end;
}

static bool is_joint(const sentence *s, int at)
{
    const rg_list *list = &s->rules->lists[s->rules->output.joint_list];
    return rg_map_find(list->words, sentence_token(s, at)->lexeme->lower) >= 0;
}

/* "," or "and" or ", and" */
static int take_joint(const sentence *s, int at)
{
    enum { MOST = 3 };
    int end = at;
    while (end < s->count && end < at + MOST && is_joint(s, end))
        end++;
    return end > at ? end : RG_NONE;
}

/* Constraints see what is bound so far. */
static int take_test(machine *k, const rg_move *move, const state *now)
{
    for (int i = 0; i < RG_MAX_SLOTS && k->pattern->has_history; i++)
        k->m.bound[i] = RG_NONE;
    if (k->pattern->has_history)
        for (const surface_filler *f = now->last; f; f = f->before)
            k->m.bound[f->slot] = f->head;
    return match_holds(&k->m, &move->test, now->at) ? now->at + 1 : RG_NONE;
}

static int take_tokens(machine *k, const rg_move *move, const state *now)
{
    if (now->at >= k->s->count)
        return RG_NONE;
    switch (move->kind) {
    case RG_MOVE_WORD: return take_word(k->s, now->at, move->word);
    case RG_MOVE_STRING: return take_string(k->s, now->at, move->word);
    case RG_MOVE_LIST: return take_item(k->s, now->at, move->list);
    case RG_MOVE_JOINT: return take_joint(k->s, now->at);
    default: return take_test(k, move, now);
    }
}

static const surface_filler *bind(machine *k, surface_filler filler)
{
    if (filler.slot == RG_NONE)
        return filler.before;
    surface_filler *kept = rg_new(k->arena, surface_filler, 1);
    *kept = filler;
    return kept;
}

/* Is the phrase coordinated with one that the slot holds: does its head hang on it? */
static bool is_joined(const sentence *s, const rg_move *move, const phrase *p,
                      const surface_filler *last)
{
    int parent = sentence_token(s, p->head)->head - s->first;
    for (const surface_filler *f = last; f; f = f->before)
        if (f->slot == move->slot
            && is_inside(parent, (phrase_range){f->first, f->end}))
            return true;
    return false;
}

static bool fits_types(const sentence *s, const rg_move *move, const phrase *p)
{
    for (int i = 0; i < RG_MAX_TYPES / 64; i++)
        if (s->nodes[p->head].types[i] & move->types[i])
            return true;
    return false;
}

/* Goes on behind each phrase that begins here; false if there is none. */
static bool take_phrases(machine *k, const rg_move *move, const state *now)
{
    const surface_phrases *all = phrases_of(k->s);
    int before = k->depth;
    if (now->at >= k->s->count)
        return false;
    for (int i = all->start_of[now->at]; i < all->start_of[now->at + 1]; i++) {
        const phrase *p = &all->items[all->starts[i]];
        if (!fits_types(k->s, move, p)
            || (move->joined && !is_joined(k->s, move, p, now->last)))
            continue;
        surface_filler filler = {move->slot, p->head, now->at, p->end, true, now->last};
        push(k, (state){now->move + 1, p->end, now->taken + 1, bind(k, filler)});
    }
    return k->depth > before;
}

/* How many steps lead from the token to the root. */
static int depth_of(const rg_parse *parse, int token)
{
    int depth = 0;
    for (; parse->tokens[token].head != token && depth < parse->token_count; depth++)
        token = parse->tokens[token].head;
    return depth;
}

/* The node of [first, end) that the others hang on. */
static int find_highest(const sentence *s, int first, int end)
{
    int best = first, best_depth = depth_of(s->parse, s->first + first);
    for (int node = first + 1; node < end; node++) {
        int depth = depth_of(s->parse, s->first + node);
        if (depth < best_depth) {
            best = node;
            best_depth = depth;
        }
    }
    return best;
}

/* ---- Lookaround ----------------------------------------------------------------------------- */

/* The moves of a look as a machine of its own: as deep as lookarounds nest. */
static bool look_from(const machine *k, int move, int start, int wanted_end)
{
    rg_arena_mark mark = rg_arena_mark_now(k->arena);
    machine inner = {.s = k->s,
                     .arena = k->arena,
                     .pattern = k->pattern,
                     .m = k->m,
                     .wanted_end = wanted_end,
                     .any = true};
    bool fits = run(&inner, move, start);
    rg_arena_reset(k->arena, mark);
    return fits;
}

static bool looks_good(const machine *k, const rg_move *look, const state *now)
{
    bool fits = false;
    if (!look->behind)
        fits = look_from(k, now->move + 1, now->at, RG_NONE);
    for (int start = now->at - 1; look->behind && start >= 0 && !fits; start--)
        fits = look_from(k, now->move + 1, start, now->at);
    return fits != look->negated;
}

/* ---- Steps ----------------------------------------------------------------------------------- */

/* Of tries that took as much, the first counts; of its moves the last, since those before
 * it could be left out. */
static void note_miss(machine *k, const rg_move *move, int at, int taken)
{
    surface_miss *miss = k->miss;
    if (!miss || taken == 0 || taken < miss->taken)
        return;
    bool same = miss->wanted && miss->first == k->start && miss->at == at;
    if (taken > miss->taken || (same && move > miss->wanted))
        *miss = (surface_miss){k->start, at, taken, move};
}

/* A match that ends at the node: is it the one to keep, and the last to look for? */
static bool accept(machine *k, const state *now)
{
    int end = now->at;
    if (k->wanted_end != RG_NONE && past_spaces(k->s, end) != k->wanted_end)
        return false;
    if (k->best.end == RG_NONE || end > k->best.end)
        k->best = (surface_match){k->start, end, now->last};
    return k->any;
}

/* Takes the tokens of a move, or looks around; false if that fails. */
static bool take(machine *k, const rg_move *move, state *now)
{
    if (move->kind == RG_MOVE_LOOK) {
        now->move += move->to;
        return looks_good(k, move,
                          &(state){now->move - move->to, now->at, 0, now->last});
    }
    int from = now->at, end = take_tokens(k, move, now);
    if (end == RG_NONE)
        return false;
    surface_filler filler = {move->slot, from, from, end, false, now->last};
    if (move->slot != RG_NONE && end > from + 1)
        filler.head = find_highest(k->s, from, end);
    *now = (state){now->move + 1, end, now->taken + 1, bind(k, filler)};
    return true;
}

/* Goes on from a state as far as there is one way; other ways are pushed. True if the
 * search is over. */
static bool follow(machine *k, state now)
{
    while (--k->s->fuel >= 0) {
        const rg_move *move = &k->pattern->moves[now.move];
        if (move->kind == RG_MOVE_END)
            return accept(k, &now);
        if (is_known(k, &now))
            return false;
        if (move->kind == RG_MOVE_SPLIT) {
            push(k, (state){now.move + move->to, now.at, now.taken, now.last});
            now.move++;
            continue;
        }
        if (move->kind == RG_MOVE_JUMP) {
            now.move += move->to;
            continue;
        }
        now.at = past_spaces(k->s, now.at);
        int at = now.at, taken = now.taken;
        bool many_ways = move->kind == RG_MOVE_PHRASE;
        bool took = many_ways ? take_phrases(k, move, &now) : take(k, move, &now);
        if (!took)
            note_miss(k, move, at, taken);
        if (!took || many_ways)
            return false;
    }
    return true;
}

/* The longest match from `start`, into k->best; false if there is none. */
static bool run(machine *k, int move, int start)
{
    k->start = start;
    k->best = (surface_match){.end = RG_NONE};
    k->depth = 0;
    push(k, (state){.move = move, .at = start});
    while (k->depth > 0) {
        state now = k->stack[--k->depth];
        if (follow(k, now))
            break;
    }
    return k->best.end != RG_NONE;
}

surface_matches surface_find(sentence *s, rg_arena *arena, const rg_surface *pattern,
                             surface_miss *miss)
{
    surface_matches found = {0};
    machine k = {.s = s,
                 .arena = arena,
                 .pattern = pattern,
                 .wanted_end = RG_NONE,
                 .miss = miss};
    size_t bits = (size_t)pattern->count * (size_t)(s->count + 1);
    size_t words = bits / 64 + 1;
    phrases_of(s); /* in the arena of the sentence, before anything is taken back */
    matcher_begin(&k.m, s);
    k.seen = pattern->has_history ? NULL : rg_new(arena, uint64_t, words);
    for (int start = 0; start < s->count && s->fuel >= 0;) {
        if (!run(&k, 0, start)) {
            start++;
            continue;
        }
        found.items = rg_arena_grow(arena, found.items, found.count, &found.capacity,
                                    sizeof *found.items);
        found.items[found.count++] = k.best;
        start = k.best.end;
        if (k.seen)
            memset(k.seen, 0, words * sizeof *k.seen);
    }
    return found;
}

/* ---- What a match consists of ------------------------------------------------------------------ */

static bool is_literal(const surface_match *match, int node)
{
    for (const surface_filler *f = match->last; f; f = f->before)
        if (f->phrase && node >= f->first && node < f->end)
            return false;
    return true;
}

rg_tokens surface_literals(const sentence *s, rg_arena *arena,
                           const surface_match *match)
{
    rg_tokens out = {rg_new(arena, int, match->end - match->first), 0};
    for (int node = match->first; node < match->end; node++)
        if (is_literal(match, node))
            out.items[out.count++] = s->first + node;
    while (out.count > 0 && rg_token_is_mark(&s->parse->tokens[out.items[0]])) {
        out.items++;
        out.count--;
    }
    while (out.count > 0
           && rg_token_is_mark(&s->parse->tokens[out.items[out.count - 1]]))
        out.count--;
    return out;
}

int surface_anchor(const sentence *s, rg_arena *arena, const surface_match *match)
{
    for (const surface_filler *f = match->last; f; f = f->before)
        if (f->slot == 0)
            return f->head;
    rg_tokens literals = surface_literals(s, arena, match);
    if (literals.count == 0)
        return find_highest(s, match->first, match->end);
    int best = literals.items[0] - s->first;
    for (int i = 1; i < literals.count; i++) {
        int node = literals.items[i] - s->first;
        if (depth_of(s->parse, s->first + node) < depth_of(s->parse, s->first + best))
            best = node;
    }
    return best;
}
