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
