#include "extract/annotate.h"
#include "extract/edit.h"
#include "extract/index.h"
#include "extract/mentions.h"
#include "extract/parts.h"
#include "extract/regexes.h"
#include "extract/tuples.h"

#include <string.h>

enum { LONGEST_PIECE = 512, SITE_FUEL = 20000 };

/* What all sentences of a run share. */
typedef struct run {
    const rg_extractor *x;
    const rg_parse *parse;
    rg_arena *arena, *scratch, *work;
    regex_memory *regexes;
    const rg_mentions *mentions;
    rg_triples *out;
    bool trace;
    double *seconds;             /* of each rule, or NULL */
    const rg_chains *chains;     /* or NULL */
    rg_kinds *chain_types;       /* of each chain */
    const rg_kept_triples *kept; /* or NULL; never with trace */
} run;

typedef struct log_target {
    drafts *d;
    const sentence *s;
} log_target;

static const char *const attr_words[RG_ATTR_COUNT] = {
    [RG_ATTR_TEXT] = "text", [RG_ATTR_LOWER] = "lower", [RG_ATTR_LEMMA] = "lemma",
    [RG_ATTR_POS] = "pos",   [RG_ATTR_TAG] = "tag",     [RG_ATTR_DEP] = "dep",
    [RG_ATTR_ENT] = "ent",   [RG_ATTR_SHAPE] = "shape",
};

/* "del using >dobj manageable" */
static void put_edit(rg_buf *out, const sentence *s, const rg_edit *edit,
                     const int *bound)
{
    static const char *const words[] = {
        [RG_EDIT_ADD] = "add", [RG_EDIT_DEL] = "del", [RG_EDIT_RETAG] = "retag"};
    rg_str from = sentence_token(s, bound[edit->from])->lexeme->text;
    int value = edit->list == RG_NONE ? edit->label
                                      : s->nodes[bound[edit->from]].symbols[edit->attr];
    rg_str label = rg_map_key(s->rules->symbols, value);
    rg_buf_format(out, "%s%s %.*s ", out->len ? ", " : "", words[edit->kind],
                  RG_PRINT(from));
    if (edit->kind == RG_EDIT_RETAG)
        rg_buf_format(out, "%s=%.*s", attr_words[edit->attr], RG_PRINT(label));
    else
        rg_buf_format(out, ">%.*s %.*s", RG_PRINT(label),
                      RG_PRINT(sentence_token(s, bound[edit->to])->lexeme->text));
}

static void log_repair(void *user, int repair, const int *bound, int node)
{
    log_target *to = user;
    const rg_repair *made = &to->s->rules->repairs[repair];
    rg_buf edits = rg_buf_in(to->d->keep);
    for (int i = 0; i < made->edit_count; i++)
        put_edit(&edits, to->s, &made->edits[i], bound);
    produce_event(to->d, to->s, RG_EVENT_REPAIRED, repair, node, rg_buf_str(&edits));
}

static rg_str edge_text(rg_arena *arena, const sentence *s, const graph_edge *e)
{
    const rg_map *symbols = s->rules->symbols;
    rg_str name = e->name == RG_NONE ? sentence_token(s, e->to)->dep
                                     : rg_map_key(symbols, e->name);
    if (e->sub == RG_NONE)
        return name;
    return rg_arena_format(arena, "%.*s:%.*s", RG_PRINT(name),
                           RG_PRINT(sentence_word(s, e->sub)));
}

static void log_derived(void *user, int line, int edge)
{
    log_target *to = user;
    const graph_edge *e = &to->s->edges[edge];
    produce_event(to->d, to->s, RG_EVENT_DERIVED, line, e->from,
                  edge_text(to->d->keep, to->s, e));
    to->d->out->events[to->d->out->event_count - 1].other = to->s->first + e->to;
}

/* A mention rule at work; the table of mentions is the run's. */
typedef struct typing {
    rg_arena *arena;
    rg_mentions *mentions;
    const rg_mention_rule *rule;
} typing;

static bool note_mention(matcher *m, int at)
{
    const typing *work = m->user;
    int bound = m->bound[work->rule->slot];
    int node = bound == RG_NONE ? at : bound;
    mentions_set_type(work->arena, work->mentions, m->s->first + node,
                      work->rule->type);
    return false;
}

static void run_mention_rule(typing work, sentence *s)
{
    const rg_mention_rule *rule = work.rule;
    s->fuel = SITE_FUEL;
    for (int at = 0; at < s->count; at++) {
        matcher m;
        matcher_begin(&m, s);
        m.visit = note_mention;
        m.user = &work;
        if (rule->list == RG_NONE) {
            m.bound[rule->match.start] = at;
            match_steps(&m, &rule->match.steps, at);
        } else if (sentence_is_listed(s, at, rule->list)) {
            note_mention(&m, at);
        }
    }
    sentence_note_limits(s, s->rules->types[rule->type].name);
}

/* The stage `mentions`: names and nouns get types by list or by path. */
static void run_mentions(const run *r, rg_mentions *mentions, sentence *s)
{
    for (int i = 0; i < s->rules->mention_count; i++)
        if (!s->rules->mentions[i].names)
            run_mention_rule((typing){r->arena, mentions, &s->rules->mentions[i]}, s);
    if (s->rules->mention_count > r->x->name_file_count)
        sentence_put_types(s);
    mentions_refine(r->arena, mentions, s);
}

/* The edges that the draft stands on, each once. */
static void put_grounds(run *r, const sentence *s, const draft *one, rg_triple *triple)
{
    triple->grounds = rg_new(r->arena, rg_ground, one->edge_count + 1);
    for (int i = 0; i < one->edge_count; i++) {
        bool again = false;
        for (int j = 0; j < i && !again; j++)
            again = one->edges[j] == one->edges[i];
        const graph_edge *e = &s->edges[one->edges[i]];
        if (!again)
            triple->grounds[triple->ground_count++] = (rg_ground){
                s->first + e->from, s->first + e->to, edge_text(r->arena, s, e)};
    }
}

static rg_triple *put_triple(run *r, const rg_triple *triple, int statement)
{
    rg_triples *out = r->out;
    out->items = rg_arena_grow(r->arena, out->items, out->count, &out->capacity,
                               sizeof *out->items);
    out->items[out->count] = *triple;
    out->items[out->count].statement = statement;
    return &out->items[out->count++];
}

static void put_draft(run *r, const sentence *s, const draft *one, int statement)
{
    rg_triple *triple = put_triple(r, &one->triple, statement);
    if (r->trace)
        put_grounds(r, s, one, triple);
}

/* Does draft b say something at the object of the statement a? */
static bool is_said_at(const draft *a, const draft *b)
{
    return a != b && b->anchor == a->object;
}

/* How many triples a draft becomes: one, or one for each triple at a statement's object. */
static int count_triples(const drafts *d, const draft *one)
{
    int count = 0;
    for (int i = 0; i < d->count && one->triple.rule->statement; i++)
        count += is_said_at(one, &d->items[i]) && !d->items[i].triple.rule->statement;
    return one->triple.rule->statement ? count : 1;
}

/* All drafts in their order; a statement points at the triple that it is about. */
static void put_triples(run *r, const sentence *s, drafts *d)
{
    int *place = rg_new(s->arena, int, d->count + 1);
    int next = r->out->count;
    for (int i = 0; i < d->count; i++) {
        place[i] = next;
        next += count_triples(d, &d->items[i]);
    }
    for (int i = 0; i < d->count; i++) {
        const draft *one = &d->items[i];
        if (!one->triple.rule->statement)
            put_draft(r, s, one, RG_NONE);
        else if (count_triples(d, one) == 0)
            produce_event(d, s, RG_EVENT_FAILED, one->rule, one->anchor,
                          RG_STR("no triple stands at its object"));
        for (int j = 0; j < d->count && one->triple.rule->statement; j++)
            if (is_said_at(one, &d->items[j]) && !d->items[j].triple.rule->statement)
                put_draft(r, s, one, place[j]);
    }
}

static sentence new_sentence(const run *r, int index)
{
    return (sentence){.extractor = r->x,
                      .rules = r->x->rules,
                      .parse = r->parse,
                      .mentions = r->mentions,
                      .arena = r->scratch,
                      .index = index,
                      .rule = RG_NONE,
                      .regexes = r->regexes};
}

/* Tokens [first, end) of a sentence, mended, with their types. */
static void open_piece(sentence *s, int first, int end, const edit_log *log)
{
    sentence_load(s, first, end);
    sentence_put_types(s);
    /* Repairs that found nothing before the rules gave types can find something now if
     * they ask for types. */
    if (edit_repair(s, !s->mentions->mended[first], log))
        sentence_put_types(s);
}

/* Tokens [first, end) of one sentence, or of a piece of a very long one. */
static void run_piece(run *r, rg_mentions *mentions, int index, int first, int end)
{
    (void)mentions;
    rg_arena_mark mark = rg_arena_mark_now(r->scratch);
    sentence s = new_sentence(r, index);
    drafts d = {.keep = r->arena,
                .work = r->work,
                .out = r->out,
                .trace = r->trace,
                .seconds = r->seconds};
    log_target to = {&d, &s};
    edit_log log = {r->trace ? log_repair : NULL, r->trace ? log_derived : NULL, &to};
    open_piece(&s, first, end, &log);
    if (r->chains)
        chains_spread_types(r->chains, r->chain_types, &s);
    edit_derive(&s, &log);
    produce_drafts(&d, &s);
    for (int i = 0; i < d.count; i++)
        annotate_draft(&d, &s, &d.items[i]);
    tuples_expand(&d, &s);
    put_triples(r, &s, &d);
    if (r->out->out_of_fuel == 0)
        r->out->fuel_rule = s.stopped_rule;
    r->out->out_of_fuel += s.stopped;
    rg_arena_reset(r->scratch, mark);
}

/* The triples that an earlier run found in a sentence. */
static void put_kept(run *r, const rg_kept_triples *kept, int index)
{
    int shift = r->out->count - kept->first[index];
    for (int i = kept->first[index]; i < kept->first[index + 1]; i++) {
        int statement = kept->items[i].statement;
        put_triple(r, &kept->items[i],
                   statement == RG_NONE ? RG_NONE : statement + shift);
    }
}

/* Calls `work` for each sentence, or for each piece of a very long one. Returns how many
 * were cut. */
static int each_piece(run *r, rg_mentions *mentions,
                      void (*work)(run *r, rg_mentions *mentions, int index, int first,
                                   int end))
{
    int cut = 0;
    for (int i = 0; i < r->parse->sentence_count; i++) {
        const rg_sentence *whole = &r->parse->sentences[i];
        if (r->kept && !r->kept->stale[i]) {
            put_kept(r, r->kept, i);
            continue;
        }
        cut += whole->end - whole->first > LONGEST_PIECE;
        for (int first = whole->first; first < whole->end; first += LONGEST_PIECE) {
            int end = first + LONGEST_PIECE;
            work(r, mentions, i, first, end < whole->end ? end : whole->end);
        }
    }
    return cut;
}

/* ---- Mentions: what there is to talk of, before any rule ------------------------------ */

static void name_piece(run *r, rg_mentions *mentions, int index, int first, int end)
{
    rg_arena_mark mark = rg_arena_mark_now(r->scratch);
    const edit_log silent = {NULL, NULL, NULL};
    sentence s = new_sentence(r, index);
    sentence_load(&s, first, end);
    parts_split(&s, r->arena, mentions);
    sentence_put_types(&s);
    mentions->mended[first] = edit_repair(&s, false, &silent);
    if (mentions->mended[first])
        sentence_put_types(&s);
    mentions->mended[first] |= s.stopped > 0;
    s.stopped = 0; /* those repairs run again with the rules, and are counted there */
    run_mentions(r, mentions, &s);
    if (mentions->out_of_fuel == 0)
        mentions->fuel_rule = s.stopped_rule;
    mentions->out_of_fuel += s.stopped;
    mentions_keep_kinds(mentions, &s);
    rg_arena_reset(r->scratch, mark);
}

static rg_mentions *name_all(run *r)
{
    rg_mentions *mentions = mentions_find(r->arena, r->x, r->parse);
    mentions->kinds = rg_new(r->arena, rg_kinds, r->parse->token_count + 1);
    mentions->mended = rg_new(r->arena, bool, r->parse->token_count + 1);
    mentions->regexes = r->regexes;
    mentions->symbols = sentence_symbols(r->arena, r->x->rules, r->parse);
    r->mentions = mentions;
    each_piece(r, mentions, name_piece);
    return mentions;
}

static run new_run(rg_arena *arena, const rg_extractor *extractor,
                   const rg_parse *parse)
{
    return (run){.x = extractor,
                 .parse = parse,
                 .arena = arena,
                 .scratch = rg_arena_child(arena),
                 .work = rg_arena_child(arena)};
}

static void end_run(const run *r)
{
    rg_arena_free(r->work);
    rg_arena_free(r->scratch);
}

bool rg_extract_mentions(const rg_mentions **out, rg_arena *arena,
                         const rg_extractor *extractor, const rg_parse *parse,
                         rg_error *err)
{
    (void)err;
    run r = new_run(arena, extractor, parse);
    r.regexes = regexes_new(arena, extractor->rules);
    *out = name_all(&r);
    end_run(&r);
    return true;
}

int rg_extract_symbol(const rg_mentions *mentions, int token, rg_attr attr)
{
    return mentions->symbols[token].of[attr];
}

/* ---- All of it ------------------------------------------------------------------------- */

bool rg_extract_run(const rg_triples **out, rg_arena *arena,
                    const rg_extractor *extractor, const rg_parse *parse,
                    const rg_extract_options *options, rg_error *err)
{
    (void)err;
    static const rg_extract_options none = {0};
    options = options ? options : &none;
    rg_triples *triples = rg_new(arena, rg_triples, 1);
    run r = new_run(arena, extractor, parse);
    r.out = triples;
    r.trace = options->trace;
    r.chains = options->chains;
    r.seconds = options->seconds;
    r.regexes = options->mentions ? options->mentions->regexes
                                  : regexes_new(arena, extractor->rules);
    r.mentions = options->mentions ? options->mentions : name_all(&r);
    *triples = (rg_triples){.parse = parse,
                            .mentions = r.mentions,
                            .out_of_fuel = r.mentions->out_of_fuel,
                            .fuel_rule = r.mentions->fuel_rule};
    if (r.chains)
        r.chain_types =
            chains_types(arena, r.chains, r.mentions, parse, extractor->rules);
    r.kept = options->kept;
    triples->cut = each_piece(&r, NULL, run_piece);
    regexes_tell(r.regexes, triples);
    end_run(&r);
    *out = triples;
    return true;
}
