/* stats.c - what each rule does over documents: matches, overlaps, conflicts, time.
 *
 * Rules of one id (the readings of a phrase) are counted together. With one rule asked
 * for, the sentences behind it are told instead, each with what the rule did there.
 */
#include "check/sentence_run.h"

#include <stdlib.h>

/* What a rule did so far. */
typedef struct tally {
    int rank; /* its place among the rules */
    int matches, overlaps, conflicts, triples, sentences;
    int last; /* the last sentence counted, over all documents */
    double seconds;
} tally;

struct rg_tallies {
    rg_arena *arena;
    const rg_checker *checker;
    const rg_tallied *what;
    rg_map *ids;
    tally *items;          /* of each id */
    double *seconds;       /* of each rule, or NULL */
    int sentences, spoken; /* all, and those with a triple */
    rg_buf out;            /* sentences behind the one rule */
};

rg_tallies *rg_tallies_begin(rg_arena *arena, const rg_checker *checker,
                             const rg_tallied *what)
{
    const rg_rules *rules = checker->rules;
    rg_tallies *t = rg_new(arena, rg_tallies, 1);
    *t = (rg_tallies){.arena = arena,
                      .checker = checker,
                      .what = what,
                      .ids = rg_map_new(arena),
                      .items = rg_new(arena, tally, rules->rule_count + 1),
                      .out = rg_buf_in(arena)};
    if (what->times)
        t->seconds = rg_new(arena, double, rules->rule_count + 1);
    for (int i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].enabled)
            rg_map_put(t->ids, rules->rules[i].id);
    for (int i = 0; i < rg_map_count(t->ids); i++)
        t->items[i] = (tally){.rank = i, .last = -1};
    return t;
}

bool rg_tallies_know(const rg_tallies *t, rg_str rule)
{
    return rg_map_find(t->ids, rule) >= 0;
}

/* ---- Conflicts ------------------------------------------------------------------------- */

static const rg_triple *triple_of(const sentence_run *made, int edge)
{
    return &made->found.triples->items[made->found.entities->triples[edge]];
}

/* Two triples of one sentence about the same two ends: one says what the other denies, or
 * two rules name the relation at the same anchor differently. */
static bool is_conflict(const sentence_run *made, int a, int b)
{
    const rg_edge *one = &made->found.entities->edges.items[a];
    const rg_edge *other = &made->found.entities->edges.items[b];
    if (!rg_str_equal(one->subject, other->subject)
        || !rg_str_equal(one->object, other->object))
        return false;
    if (rg_str_equal(one->relation, other->relation))
        return !rg_str_equal(one->polarity, other->polarity);
    return !rg_str_equal(one->rule, other->rule)
           && triple_of(made, a)->anchor == triple_of(made, b)->anchor;
}

/* The first edge that the given one conflicts with, at or behind `from`; or -1. */
static int find_conflict(const sentence_run *made, int edge, int from)
{
    const rg_edges *edges = &made->found.entities->edges;
    for (int i = from; i < edges->count; i++) {
        if (edges->items[i].sentence > edges->items[edge].sentence)
            return -1;
        if (i != edge && edges->items[i].sentence == edges->items[edge].sentence
            && is_conflict(made, edge, i))
            return i;
    }
    return -1;
}

/* ---- One sentence of the rule asked for ------------------------------------------------ */

static void put_labels(rg_buf *out, const rg_edge *edge)
{
    rg_buf_format(out, "%.*s | %.*s | %.*s", RG_PRINT(edge->subject),
                  RG_PRINT(edge->relation), RG_PRINT(edge->object));
    if (rg_str_is(edge->polarity, "negated"))
        rg_buf_text(out, " | polarity=negated");
}

/* A line of what the rule did in the sentence; as a table, with the sentence behind it. */
static void begin_line(rg_tallies *t, const sentence_run *made, int sentence,
                       const char *what)
{
    if (t->what->tsv) {
        check_put_place(&t->out, made, sentence);
        rg_buf_format(&t->out, "\t%s\t", what);
    } else {
        rg_buf_format(&t->out, "  %s ", what);
    }
}

static void end_line(rg_tallies *t, const sentence_run *made, int sentence)
{
    if (t->what->tsv) {
        rg_buf_byte(&t->out, '\t');
        check_put_text(&t->out, made, sentence);
    }
    rg_buf_byte(&t->out, '\n');
}

static void put_edge(rg_tallies *t, const sentence_run *made, int index)
{
    const rg_edges *edges = &made->found.entities->edges;
    int sentence = edges->items[index].sentence - 1;
    begin_line(t, made, sentence, "triple");
    put_labels(&t->out, &edges->items[index]);
    end_line(t, made, sentence);
    for (int i = 0; (i = find_conflict(made, index, i)) >= 0; i++) {
        begin_line(t, made, sentence, "conflict");
        put_labels(&t->out, &edges->items[i]);
        rg_buf_format(&t->out, " (%.*s)", RG_PRINT(edges->items[i].rule));
        end_line(t, made, sentence);
    }
}

static void put_overlap(rg_tallies *t, const sentence_run *made, const rg_event *event)
{
    rg_str anchor = made->parse->tokens[event->token].lexeme->text;
    begin_line(t, made, event->sentence, "overlap");
    rg_buf_format(&t->out, "%.*s at \"%.*s\"", RG_PRINT(event->detail),
                  RG_PRINT(anchor));
    end_line(t, made, event->sentence);
}

static bool is_asked(const rg_tallies *t, rg_str rule)
{
    return t->what->rule.len > 0 && rg_str_equal(rule, t->what->rule);
}

/* ---- Counting -------------------------------------------------------------------------- */

static tally *tally_of(const rg_tallies *t, rg_str rule)
{
    int id = rg_map_find(t->ids, rule);
    return id < 0 ? NULL : &t->items[id];
}

static bool is_match(const rg_event *event)
{
    return event->kind == RG_EVENT_FIRED || event->kind == RG_EVENT_SUPPRESSED;
}

static void add_event(rg_tallies *t, const sentence_run *made, const rg_event *event)
{
    const rg_rule *rule = &t->checker->rules->rules[event->index];
    tally *one = tally_of(t, rule->id);
    if (!one)
        return;
    int sentence = t->sentences + event->sentence;
    if (one->last != sentence && is_asked(t, rule->id) && !t->what->tsv) {
        check_put_place(&t->out, made, event->sentence);
        rg_buf_text(&t->out, "  ");
        check_put_text(&t->out, made, event->sentence);
        rg_buf_byte(&t->out, '\n');
    }
    one->sentences += one->last != sentence;
    one->last = sentence;
    one->matches++;
    one->overlaps += event->kind == RG_EVENT_SUPPRESSED;
    if (event->kind == RG_EVENT_SUPPRESSED && is_asked(t, rule->id))
        put_overlap(t, made, event);
}

static void add_edge(rg_tallies *t, const sentence_run *made, int index)
{
    rg_str rule = made->found.entities->edges.items[index].rule;
    tally *one = tally_of(t, rule);
    if (!one)
        return;
    one->triples++;
    one->conflicts += find_conflict(made, index, 0) >= 0;
    if (is_asked(t, rule))
        put_edge(t, made, index);
}

/* Events and edges both come in the order of sentences. */
static void add_sentences(rg_tallies *t, const sentence_run *made)
{
    const rg_triples *triples = made->found.triples;
    const rg_edges *edges = &made->found.entities->edges;
    int event = 0, edge = 0;
    for (int i = 0; i < made->parse->sentence_count; i++) {
        int before = edge;
        for (; event < triples->event_count && triples->events[event].sentence == i;
             event++)
            if (is_match(&triples->events[event]))
                add_event(t, made, &triples->events[event]);
        for (; edge < edges->count && edges->items[edge].sentence == i + 1; edge++)
            add_edge(t, made, edge);
        t->spoken += edge > before;
    }
    t->sentences += made->parse->sentence_count;
}

/* The rules once more, without events, which cost more than the rules themselves. */
static bool take_times(rg_tallies *t, rg_arena *work, const sentence_run *made,
                       rg_error *err)
{
    const rg_triples *again;
    const rg_extract_options options = {.mentions = made->found.mentions,
                                        .chains = &made->found.coref->chains,
                                        .seconds = t->seconds};
    return rg_extract_run(&again, work, t->checker->extractor, made->parse, &options,
                          err);
}

bool rg_tallies_add(rg_tallies *t, rg_arena *work, const rg_document *document,
                    rg_error *err)
{
    sentence_run made = {0};
    if (!check_run_document(&made, work, t->checker, document, err))
        return false;
    add_sentences(t, &made);
    return !t->what->times || take_times(t, work, &made, err);
}

/* ---- Telling --------------------------------------------------------------------------- */

/* Most matches first. */
static int compare_tallies(const void *left, const void *right)
{
    const tally *a = left, *b = right;
    return a->matches != b->matches ? b->matches - a->matches : a->rank - b->rank;
}

static void put_row(rg_buf *out, const rg_tallies *t, const tally *one)
{
    rg_str id = rg_map_key(t->ids, one->rank);
    const char *format =
        t->what->tsv ? "%.*s\t%d\t%d\t%d\t%d\t%d" : "%-32.*s %8d %8d %9d %8d %9d";
    rg_buf_format(out, format, RG_PRINT(id), one->matches, one->overlaps,
                  one->conflicts, one->triples, one->sentences);
    if (t->what->times)
        rg_buf_format(out, t->what->tsv ? "\t%.3f" : " %9.3f", one->seconds * 1e3);
    rg_buf_byte(out, '\n');
}

static void put_heading(rg_buf *out, const rg_tallies *t)
{
    const char *format =
        t->what->tsv ? "%s\t%s\t%s\t%s\t%s\t%s" : "%-32s %8s %8s %9s %8s %9s";
    rg_buf_format(out, format, "rule", "matches", "overlaps", "conflicts", "triples",
                  "sentences");
    if (t->what->times)
        rg_buf_format(out, t->what->tsv ? "\t%s" : " %9s", "cpu_ms");
    rg_buf_byte(out, '\n');
}

static rg_str put_table(rg_tallies *t)
{
    rg_buf out = rg_buf_in(t->arena);
    int count = rg_map_count(t->ids), matched = 0;
    put_heading(&out, t);
    for (int i = 0; t->seconds && i < t->checker->rules->rule_count; i++) {
        tally *one = tally_of(t, t->checker->rules->rules[i].id);
        if (one)
            one->seconds += t->seconds[i];
    }
    qsort(t->items, (size_t)count, sizeof *t->items, compare_tallies);
    for (int i = 0; i < count; i++) {
        matched += t->items[i].matches > 0;
        if (t->what->tsv || t->items[i].matches > 0)
            put_row(&out, t, &t->items[i]);
    }
    if (!t->what->tsv)
        rg_buf_format(&out,
                      "%d of %d rules matched; %d of %d sentences give a triple\n",
                      matched, count, t->spoken, t->sentences);
    return rg_buf_str(&out);
}

rg_str rg_tallies_end(rg_tallies *t)
{
    if (t->what->rule.len == 0)
        return put_table(t);
    const tally *one = tally_of(t, t->what->rule);
    rg_buf out = rg_buf_in(t->arena);
    if (t->what->tsv)
        rg_buf_text(&out, "place\twhat\ttriple\tsentence\n");
    rg_buf_put(&out, rg_buf_str(&t->out));
    if (!t->what->tsv)
        rg_buf_format(&out,
                      "%d matches, %d overlaps, %d conflicts, %d triples in %d "
                      "sentences\n",
                      one->matches, one->overlaps, one->conflicts, one->triples,
                      one->sentences);
    return rg_buf_str(&out);
}
