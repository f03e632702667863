/* learn.c - rules that may give a wanted triple: drafts from one sentence.
 *
 * In stages: phrases, and ways over logical edges; where those give nothing the parse is
 * likely wrong, and repairs are looked for with which the rules of the set or a phrase make
 * the triple; then the words as they stand, and the parser's own edges, whatever they are; at
 * last repairs with a way. Whether a draft holds is for others to find out.
 */
#include "check/compare.h"
#include "check/lesson.h"

/* Did a rule of this id match, whatever came of it? */
static bool has_matched(const sentence_run *made, const rg_rules *rules, rg_str id)
{
    const rg_triples *triples = made->found.triples;
    for (int i = 0; i < triples->event_count; i++) {
        const rg_event *event = &triples->events[i];
        if ((event->kind == RG_EVENT_FIRED || event->kind == RG_EVENT_SUPPRESSED)
            && rg_str_equal(rules->rules[event->index].id, id))
            return true;
    }
    return false;
}

bool rg_check_gives(rg_answer *out, rg_arena *arena, const rg_checker *checker,
                    const rg_example *example, rg_str rule, rg_error *err)
{
    sentence_run made;
    const scope what = {.owner = rule, .rule = rule};
    if (!check_run(&made, arena, checker, example->sentence, err))
        return false;
    const rg_edges *edges = &made.found.entities->edges;
    bool right = compare_find_missing(example, edges, &what) < 0
                 && (rule.len == 0 || !compare_find_surplus(example, edges, &what));
    *out = right                                      ? RG_ANSWER_RIGHT
           : has_matched(&made, checker->rules, rule) ? RG_ANSWER_OTHER
                                                      : RG_ANSWER_SILENT;
    return true;
}

/* ---- Labels ----------------------------------------------------------------------------- */

static bool is_word_end(rg_str text, int at)
{
    return at <= 0 || at >= text.len || text.bytes[at] == ' '
           || text.bytes[at - 1] == ' ';
}

/* Whole words of the text, in their order. */
static bool holds_words(rg_str text, rg_str words)
{
    int at = rg_str_find(text, words, 0);
    return words.len > 0 && at >= 0 && is_word_end(text, at)
           && is_word_end(text, at + words.len);
}

/* The label of the shortest wording that holds the words; the words, if they are a label or
 * nothing holds them. */
static rg_str label_of(const rg_edges *edges, rg_str words)
{
    rg_str best = words, in = {"", 0};
    for (int i = 0; i < 2 * edges->count; i++) {
        const rg_edge *e = &edges->items[i / 2];
        rg_str label = i % 2 ? e->object : e->subject;
        rg_str text = i % 2 ? e->object_text : e->subject_text;
        if (rg_str_equal(label, words))
            return words;
        bool related = holds_words(label, words) || holds_words(words, label);
        if (related && holds_words(text, words) && (in.len == 0 || text.len < in.len)) {
            best = label;
            in = text;
        }
    }
    return best;
}

static void put_change(rg_buf *out, rg_str from, rg_str to)
{
    if (!rg_str_equal(from, to))
        rg_buf_format(out, "# '%.*s' prints as '%.*s'.\n", RG_PRINT(from),
                      RG_PRINT(to));
}

bool rg_check_use_labels(rg_example *example, rg_str *changed, rg_arena *arena,
                         const rg_checker *checker, rg_error *err)
{
    sentence_run made;
    rg_wanted *wanted = &example->wanted[0];
    rg_buf remarks = rg_buf_in(arena);
    if (!check_run(&made, arena, checker, example->sentence, err))
        return false;
    const rg_edges *edges = &made.found.entities->edges;
    rg_str subject = label_of(edges, wanted->subject),
           object = label_of(edges, wanted->object);
    put_change(&remarks, wanted->subject, subject);
    put_change(&remarks, wanted->object, object);
    *changed = rg_arena_str(arena, rg_buf_str(&remarks));
    if (changed->len == 0 || wanted->key_count > 0)
        return true;
    wanted->subject = subject;
    wanted->object = object;
    example->text = rg_arena_format(arena, "%.*s => %.*s | %.*s | %.*s",
                                    RG_PRINT(example->sentence), RG_PRINT(subject),
                                    RG_PRINT(wanted->relation), RG_PRINT(object));
    return true;
}

/* ---- Drafts ------------------------------------------------------------------------------ */

static void draft_stage(rg_drafts *out, const lesson *l, rg_draft_stage stage)
{
    lesson_way w = lesson_find_way(l);
    if (stage == RG_DRAFT_PLAIN && w.count > 0)
        learn_phrases(out, l, &w);
    if (stage == RG_DRAFT_LOOSE)
        learn_literally(out, l);
    if (stage == RG_DRAFT_LOOSE || lesson_is_logical(l, &w))
        learn_ways(out, l, &w);
}

bool rg_check_drafts(rg_drafts *out, rg_arena *arena, const rg_checker *checker,
                     const rg_example *example, rg_str id, rg_draft_stage stage,
                     rg_error *err)
{
    lesson l;
    out->count = 0;
    if (!lesson_open(&l, arena, checker, example, err))
        return false;
    l.id = id;
    if (stage == RG_DRAFT_REPAIR || stage == RG_DRAFT_REPAIR_LOOSE) {
        learn_repairs(out, &l, stage == RG_DRAFT_REPAIR_LOOSE);
        return true;
    }
    draft_stage(out, &l, stage);
    return true;
}
