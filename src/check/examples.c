/* examples.c - runs `examples:` and `tests:`: does each sentence give what it should? */
#include "check/sentence_run.h"

#include "check/compare.h"
#include "check/coverage.h"
#include "check/update.h"

bool check_run_document(sentence_run *out, rg_arena *arena, const rg_checker *checker,
                        const rg_document *document, rg_error *err)
{
    out->document = *document;
    if (out->document.date.len == 0)
        out->document.date = checker->date;
    bool ok = rg_text_read(&out->text, arena, &out->document, err)
              && rg_lang_parse(&out->parse, arena, checker->lang, out->text, err)
              && rg_entities_find(&out->found, arena, checker->rules,
                                  checker->extractor, out->parse, true, err);
    if (ok)
        rg_extract_report_stops(out->found.triples, checker->reporter);
    return ok;
}

bool check_run(sentence_run *out, rg_arena *arena, const rg_checker *checker,
               rg_str text, rg_error *err)
{
    const rg_document document = {.name = RG_STR("-"), .bytes = text};
    return check_run_document(out, arena, checker, &document, err);
}

static int start_in(const sentence_run *made, int sentence)
{
    return rg_parse_start(made->parse, made->parse->sentences[sentence].first)
           - made->document.base;
}

void check_put_place(rg_buf *out, const sentence_run *made, int sentence)
{
    int line, column;
    rg_buf_put(out, made->document.name);
    if (made->document.is_line)
        return; /* its name says which */
    rg_place_line(made->document.bytes, start_in(made, sentence), &line, &column);
    rg_buf_format(out, ":%d", line);
}

void check_put_text(rg_buf *out, const sentence_run *made, int sentence)
{
    int end = rg_parse_end(made->parse, made->parse->sentences[sentence].end - 1);
    rg_str text = rg_str_cut(made->document.bytes, start_in(made, sentence),
                             end - made->document.base);
    for (int i = 0; i < text.len; i++)
        rg_buf_byte(out, (unsigned char)text.bytes[i] < ' ' ? ' ' : text.bytes[i]);
}

int check_count_found(rg_str detail)
{
    const rg_str mark = RG_STR(" ok; ");
    int count = 0, at = 0;
    while ((at = rg_str_find(detail, mark, at)) >= 0) {
        at += mark.len;
        count++;
    }
    return count;
}

/* ---- What fails ------------------------------------------------------------------ */

typedef struct checking {
    rg_arena *arena;
    const rg_checker *checker;
    rg_test_counts *counts;
    const rg_test_request *request; /* NULL: count only */
    coverage *covered;              /* or NULL */
    updates *updates;               /* or NULL */
} checking;

/* What the rule said of one anchor, for the message. */
static rg_str describe_event(const checking *c, const sentence_run *made,
                             const rg_event *event)
{
    const rg_rule *rule = &c->checker->rules->rules[event->index];
    rg_str word = made->parse->tokens[event->token].lexeme->text;
    if (event->kind == RG_EVENT_SUPPRESSED)
        return rg_arena_format(c->arena, "\"%.*s\" was said already by another rule",
                               RG_PRINT(event->detail));
    return rule->surface ? event->detail
                         : rg_arena_format(c->arena, "anchor \"%.*s\" ok; %.*s",
                                           RG_PRINT(word), RG_PRINT(event->detail));
}

/* What the rule said about its anchors in the sentence, the one where it came the furthest. */
static rg_str describe_near_miss(const checking *c, const sentence_run *made,
                                 const scope *what)
{
    const rg_event *best = NULL;
    for (int i = 0; i < made->found.triples->event_count; i++) {
        const rg_event *event = &made->found.triples->events[i];
        bool of_rule = event->kind == RG_EVENT_FAILED || event->kind == RG_EVENT_FIRED
                       || event->kind == RG_EVENT_SUPPRESSED;
        const rg_rule *rule = of_rule ? &c->checker->rules->rules[event->index] : NULL;
        if (!rule || !rg_str_equal(rule->id, what->rule))
            continue;
        if (event->kind == RG_EVENT_FIRED)
            return (rg_str){"", 0}; /* what it gave is told */
        if (!best || check_count_found(event->detail) > check_count_found(best->detail))
            best = event;
    }
    return best ? describe_event(c, made, best)
                : RG_STR("no word of the sentence is its anchor");
}

/* What is wrong with the example, in words. */
static rg_str describe_failure(const checking *c, const rg_example *example,
                               const sentence_run *made, const scope *what)
{
    const rg_edges *edges = &made->found.entities->edges;
    int missing = compare_find_missing(example, edges, what);
    rg_str got = compare_describe(c->arena, edges, what);
    if (missing < 0)
        return rg_arena_format(c->arena, "not wanted; the sentence gives: %.*s",
                               RG_PRINT(got));
    rg_str wanted = compare_describe_wanted(c->arena, &example->wanted[missing]);
    return rg_arena_format(c->arena, "missing %.*s; the sentence gives: %.*s",
                           RG_PRINT(wanted), RG_PRINT(got));
}

static rg_str describe_hint(const checking *c, const rg_example *example,
                            const sentence_run *made, const scope *what)
{
    bool missing =
        compare_find_missing(example, &made->found.entities->edges, what) >= 0;
    return missing && what->rule.len > 0 ? describe_near_miss(c, made, what)
                                         : (rg_str){"", 0};
}

static void report_example(const checking *c, const rg_example *example,
                           rg_finding finding, rg_str text)
{
    const rg_file *file = &c->checker->rules->files[example->file];
    finding.at = (rg_place){file->path, file->text, example->offset};
    rg_report(c->checker->reporter, finding, "%.*s", RG_PRINT(text));
}

/* True if the example will be rewritten. */
static bool rewrite(checking *c, const rg_example *example, const sentence_run *made,
                    const scope *what)
{
    if (!c->updates)
        return false;
    rg_str wanted =
        compare_rewrite(c->updates->arena, example, &made->found.entities->edges, what);
    if (wanted.len > 0 && update_add(c->updates, example, wanted))
        return true;
    report_example(c, example, (rg_finding){.severity = RG_NOTE, .id = "update"},
                   RG_STR("this example must be rewritten by hand"));
    return false;
}

/* ---- One example ----------------------------------------------------------------------- */

static void tell_result(const checking *c, const rg_example *example, const scope *what,
                        rg_test_result result)
{
    if (!c->request || !c->request->result)
        return;
    result.owner = what->owner;
    result.sentence = example->sentence;
    result.file = c->checker->rules->files[example->file].path;
    result.line = rg_rules_line(c->checker->rules, example->file, example->offset);
    c->request->result(c->request->user, &result);
}

static void note_pass(checking *c, const rg_example *example, const scope *what)
{
    c->counts->passed++;
    if (example->todo)
        report_example(c, example, (rg_finding){.severity = RG_NOTE, .id = "todo"},
                       RG_STR("this example holds now: take 'todo' away"));
    tell_result(c, example, what,
                (rg_test_result){.outcome = example->todo ? RG_TODO_HOLDS : RG_PASSED});
}

static void note_failure(checking *c, const rg_example *example,
                         const sentence_run *made, const scope *what)
{
    rg_str text = describe_failure(c, example, made, what);
    rg_str hint = describe_hint(c, example, made, what);
    if (example->todo) {
        c->counts->todo++;
    } else if (rewrite(c, example, made, what)) {
        c->counts->passed++;
        c->counts->rewritten++;
        tell_result(c, example, what, (rg_test_result){.outcome = RG_PASSED});
        return;
    } else {
        c->counts->failed++;
        report_example(c, example,
                       (rg_finding){.severity = RG_ERROR,
                                    .id = "example",
                                    .hint = hint.len ? hint.bytes : NULL},
                       text);
    }
    tell_result(c, example, what,
                (rg_test_result){.outcome = example->todo ? RG_TODO : RG_FAILED,
                                 .text = text,
                                 .hint = hint});
}

static bool check_example(checking *c, const rg_example *example, const scope *what,
                          rg_error *err)
{
    rg_arena_mark mark = rg_arena_mark_now(c->arena);
    sentence_run made = {0};
    if (!check_run(&made, c->arena, c->checker, example->sentence, err))
        return false;
    const rg_edges *edges = &made.found.entities->edges;
    bool surplus = (!what->partial || example->wanted_count == 0)
                   && compare_find_surplus(example, edges, what) != NULL;
    if (c->covered)
        coverage_add(c->covered, made.found.triples);
    if (!surplus && compare_find_missing(example, edges, what) < 0)
        note_pass(c, example, what);
    else
        note_failure(c, example, &made, what);
    rg_arena_reset(c->arena, mark);
    return true;
}

static bool check_examples(checking *c, const rg_examples *examples, const scope *what,
                           rg_error *err)
{
    for (int i = 0; i < examples->count; i++)
        if (!c->checker->rules->files[examples->items[i].file].included
            && !check_example(c, &examples->items[i], what, err))
            return false;
    return true;
}

/* Several rules have the id of a rule of phrases, one for each; all hold its examples. */
static bool is_copy(const rg_rules *rules, int rule)
{
    for (int i = 0; i < rule; i++)
        if (rules->rules[i].says && rules->rules[i].says == rules->rules[rule].says)
            return true;
    return false;
}

bool rg_check_rule(rg_test_counts *out, rg_arena *arena, const rg_checker *checker,
                   rg_str id, rg_error *err)
{
    *out = (rg_test_counts){0};
    rg_checker quiet = *checker;
    quiet.reporter = (rg_reporter){NULL, NULL};
    checking c = {.arena = arena, .checker = &quiet, .counts = out};
    for (int i = 0; i < checker->rules->rule_count; i++) {
        const rg_rule *rule = &checker->rules->rules[i];
        const scope own = {.rule = id};
        for (int e = 0; rg_str_equal(rule->id, id) && e < rule->examples.count; e++)
            if (!check_example(&c, &rule->examples.items[e], &own, err))
                return false;
        if (rg_str_equal(rule->id, id))
            break; /* its copies have the same examples */
    }
    return true;
}

static bool check_rules(checking *c, rg_error *err)
{
    const rg_rules *rules = c->checker->rules;
    for (int i = 0; i < rules->rule_count; i++) {
        const scope own = {.owner = rules->rules[i].id, .rule = rules->rules[i].id};
        if (!is_copy(rules, i)
            && !check_examples(c, &rules->rules[i].examples, &own, err))
            return false;
    }
    return true;
}

static bool check_all(checking *c, rg_error *err)
{
    const rg_rules *rules = c->checker->rules;
    const scope all = {.owner = RG_STR("tests")};
    for (int i = 0; i < rules->repair_count; i++) {
        const scope own = {.owner = rules->repairs[i].id, .partial = true};
        if (!check_examples(c, &rules->repairs[i].examples, &own, err))
            return false;
    }
    if (!check_rules(c, err))
        return false;
    for (int i = 0; i < rules->attribute_count; i++) {
        const scope own = {.owner = RG_STR("attribute"), .partial = true};
        if (!check_examples(c, &rules->attributes[i].examples, &own, err))
            return false;
    }
    return check_examples(c, &rules->tests, &all, err);
}

bool rg_check_examples(rg_test_counts *out, rg_arena *arena, const rg_checker *checker,
                       const rg_test_request *request, rg_error *err)
{
    *out = (rg_test_counts){0};
    updates rewritten = {.arena = rg_arena_child(arena), .rules = checker->rules};
    coverage covered = coverage_new(arena, checker->rules);
    checking c = {.arena = arena,
                  .checker = checker,
                  .counts = out,
                  .request = request,
                  .covered = request->coverage ? &covered : NULL,
                  .updates = request->update ? &rewritten : NULL};
    if (!check_all(&c, err))
        return false;
    if (request->coverage)
        out->uncovered = coverage_report(&covered, checker->reporter, request);
    return update_write(&rewritten, request->diff, request->user, err);
}
