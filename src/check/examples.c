/* examples.c - runs `examples:` and `tests:`: does each sentence give what it should? */
#include "check/sentence_run.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

bool check_run_document(sentence_run *out, rg_arena *arena, const rg_checker *checker,
                        const rg_document *document, rg_error *err)
{
    const rg_extract_options options = {.trace = true};
    out->document = *document;
    out->document.date = checker->date;
    bool ok =
        rg_text_read(&out->text, arena, &out->document, err)
        && rg_lang_parse(&out->parse, arena, checker->lang, out->text, err)
        && rg_extract_run(&out->triples, arena, checker->extractor, out->parse,
                          &options, err)
        && rg_entities_link(&out->entities, arena, checker->rules, out->triples, err);
    if (ok)
        rg_extract_report_stops(out->triples, checker->reporter);
    return ok;
}

bool check_run(sentence_run *out, rg_arena *arena, const rg_checker *checker,
               rg_str text, rg_error *err)
{
    const rg_document document = {.name = RG_STR("-"), .bytes = text};
    return check_run_document(out, arena, checker, &document, err);
}

/* ---- Comparing ------------------------------------------------------------------------- */

static char to_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Equal but for the case of the first letter, which a sentence's start changes. */
static bool is_label(rg_str wanted, rg_str label)
{
    if (wanted.len != label.len)
        return false;
    return wanted.len == 0
           || (to_lower(wanted.bytes[0]) == to_lower(label.bytes[0])
               && rg_str_equal(rg_str_cut(wanted, 1, wanted.len),
                               rg_str_cut(label, 1, label.len)));
}

static bool is_close(rg_str number, double value)
{
    char digits[16] = "";
    if (number.len >= (int)sizeof digits)
        return false;
    memcpy(digits, number.bytes, (size_t)number.len);
    double difference = strtod(digits, NULL) - value;
    return difference < 0.005 && difference > -0.005;
}

/* "subject.value", "time.value": the normal value of what the key names. */
static bool has_normal(const rg_edge *edge, rg_str name, rg_str value)
{
    if (rg_str_is(name, "subject"))
        return rg_str_equal(edge->subject_normal, value);
    if (rg_str_is(name, "object"))
        return rg_str_equal(edge->object_normal, value);
    for (int i = 0; i < edge->qualifier_count; i++)
        if (rg_str_equal(edge->qualifiers[i].key, name))
            return rg_str_equal(edge->qualifiers[i].normal, value);
    return value.len == 0;
}

static bool has_value(const rg_edge *edge, rg_str key, rg_str value)
{
    rg_str normal = RG_STR(".value");
    if (rg_str_ends(key, normal))
        return has_normal(edge, rg_str_cut(key, 0, key.len - normal.len), value);
    if (rg_str_is(key, "polarity"))
        return rg_str_equal(edge->polarity, value);
    if (rg_str_is(key, "modality"))
        return rg_str_equal(edge->modality, value);
    if (rg_str_is(key, "source"))
        return is_label(value, edge->source);
    if (rg_str_is(key, "confidence"))
        return is_close(value, edge->confidence);
    for (int i = 0; i < edge->qualifier_count; i++)
        if (rg_str_equal(edge->qualifiers[i].key, key))
            return rg_str_equal(edge->qualifiers[i].value, value);
    return value.len == 0;
}

static bool is_wanted(const rg_wanted *wanted, const rg_edge *edge)
{
    if (!is_label(wanted->subject, edge->subject)
        || !is_label(wanted->object, edge->object)
        || !rg_str_equal(wanted->relation, edge->relation))
        return false;
    for (int i = 0; i < wanted->key_count; i++)
        if (!has_value(edge, wanted->keys[i], wanted->values[i]))
            return false;
    return true;
}

/* ---- One example ----------------------------------------------------------------------- */

/* What an example is compared with. */
typedef struct scope {
    rg_str rule;  /* only triples of this rule; empty: of all */
    bool partial; /* triples that are not wanted are no failure */
} scope;

typedef struct checking {
    rg_arena *arena;
    const rg_checker *checker;
    rg_test_counts *counts;
} checking;

static bool is_in_scope(const scope *what, const rg_edge *edge)
{
    return what->rule.len == 0 || rg_str_equal(what->rule, edge->rule);
}

static void put_edge(rg_buf *out, const rg_edge *edge)
{
    rg_buf_format(out, "%s%.*s | %.*s | %.*s", out->len ? " ; " : "",
                  RG_PRINT(edge->subject), RG_PRINT(edge->relation),
                  RG_PRINT(edge->object));
    if (rg_str_is(edge->polarity, "negated"))
        rg_buf_text(out, " | polarity=negated");
    if (!rg_str_is(edge->modality, "asserted"))
        rg_buf_format(out, " | modality=%.*s", RG_PRINT(edge->modality));
    if (edge->source.len > 0)
        rg_buf_format(out, " | source=%.*s", RG_PRINT(edge->source));
    for (int i = 0; i < edge->qualifier_count; i++)
        rg_buf_format(out, " | %.*s=%.*s", RG_PRINT(edge->qualifiers[i].key),
                      RG_PRINT(edge->qualifiers[i].value));
}

static rg_str describe_edges(rg_arena *arena, const rg_edges *edges, const scope *what)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < edges->count; i++)
        if (is_in_scope(what, &edges->items[i]))
            put_edge(&out, &edges->items[i]);
    return out.len ? rg_buf_str(&out) : RG_STR("none");
}

/* The first wanted triple that is missing, as its index, or -1. */
static int find_missing(const rg_example *example, const rg_edges *edges,
                        const scope *what)
{
    for (int w = 0; w < example->wanted_count; w++) {
        bool found = false;
        for (int i = 0; i < edges->count && !found; i++)
            found = is_in_scope(what, &edges->items[i])
                    && is_wanted(&example->wanted[w], &edges->items[i]);
        if (!found)
            return w;
    }
    return -1;
}

static const rg_edge *find_surplus(const rg_example *example, const rg_edges *edges,
                                   const scope *what)
{
    for (int i = 0; i < edges->count; i++) {
        bool wanted = !is_in_scope(what, &edges->items[i]);
        for (int w = 0; w < example->wanted_count && !wanted; w++)
            wanted = is_wanted(&example->wanted[w], &edges->items[i]);
        if (!wanted)
            return &edges->items[i];
    }
    return NULL;
}

/* What the rule said about its anchors in the sentence, for the message. */
static rg_str describe_near_miss(const checking *c, const sentence_run *made,
                                 const scope *what)
{
    for (int i = 0; i < made->triples->event_count; i++) {
        const rg_event *event = &made->triples->events[i];
        const rg_rule *rule =
            event->kind == RG_EVENT_FAILED || event->kind == RG_EVENT_SUPPRESSED
                ? &c->checker->rules->rules[event->index]
                : NULL;
        if (!rule || !rg_str_equal(rule->id, what->rule))
            continue;
        rg_str word = made->parse->tokens[event->token].lexeme->text;
        if (rule->surface && event->kind == RG_EVENT_FAILED)
            return event->detail;
        return event->kind == RG_EVENT_FAILED
                   ? rg_arena_format(c->arena, "anchor \"%.*s\" ok; %.*s",
                                     RG_PRINT(word), RG_PRINT(event->detail))
                   : rg_arena_format(c->arena,
                                     "\"%.*s\" was said already by another rule",
                                     RG_PRINT(event->detail));
    }
    return RG_STR("no word of the sentence is its anchor");
}

static void report_failure(const checking *c, const rg_example *example,
                           const sentence_run *made, const scope *what)
{
    const rg_edges *edges = &made->entities->edges;
    const rg_file *file = &c->checker->rules->files[example->file];
    int missing = find_missing(example, edges, what);
    rg_str got = describe_edges(c->arena, edges, what);
    rg_str hint = missing >= 0 && what->rule.len > 0 ? describe_near_miss(c, made, what)
                                                     : (rg_str){"", 0};
    rg_finding finding = {RG_ERROR,
                          "example",
                          {file->path, file->text, example->offset},
                          hint.len ? hint.bytes : NULL};
    if (missing >= 0)
        rg_report(c->checker->reporter, finding,
                  "missing %.*s | %.*s | %.*s; the sentence gives: %.*s",
                  RG_PRINT(example->wanted[missing].subject),
                  RG_PRINT(example->wanted[missing].relation),
                  RG_PRINT(example->wanted[missing].object), RG_PRINT(got));
    else
        rg_report(c->checker->reporter, finding, "not wanted; the sentence gives: %.*s",
                  RG_PRINT(got));
}

static bool check_example(checking *c, const rg_example *example, const scope *what,
                          rg_error *err)
{
    rg_arena_mark mark = rg_arena_mark_now(c->arena);
    sentence_run made = {0};
    if (!check_run(&made, c->arena, c->checker, example->sentence, err))
        return false;
    const rg_edges *edges = &made.entities->edges;
    bool surplus = (!what->partial || example->wanted_count == 0)
                   && find_surplus(example, edges, what) != NULL;
    bool ok = !surplus && find_missing(example, edges, what) < 0;
    c->counts->passed += ok;
    c->counts->todo += !ok && example->todo;
    c->counts->failed += !ok && !example->todo;
    if (!ok && !example->todo)
        report_failure(c, example, &made, what);
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

bool rg_check_rule(bool *holds, rg_arena *arena, const rg_checker *checker, rg_str id,
                   rg_error *err)
{
    rg_test_counts counts = {0};
    rg_checker quiet = *checker;
    quiet.reporter = (rg_reporter){NULL, NULL};
    checking c = {arena, &quiet, &counts};
    for (int i = 0; i < checker->rules->rule_count; i++) {
        const rg_rule *rule = &checker->rules->rules[i];
        const scope own = {.rule = id};
        for (int e = 0; rg_str_equal(rule->id, id) && e < rule->examples.count; e++)
            if (!check_example(&c, &rule->examples.items[e], &own, err))
                return false;
        if (rg_str_equal(rule->id, id))
            break; /* its copies have the same examples */
    }
    *holds = counts.failed == 0;
    return true;
}

bool rg_check_examples(rg_test_counts *out, rg_arena *arena, const rg_checker *checker,
                       rg_error *err)
{
    const rg_rules *rules = checker->rules;
    *out = (rg_test_counts){0};
    checking c = {arena, checker, out};
    const scope all = {.partial = false}, some = {.partial = true};
    for (int i = 0; i < rules->repair_count; i++)
        if (!check_examples(&c, &rules->repairs[i].examples, &some, err))
            return false;
    for (int i = 0; i < rules->rule_count; i++) {
        const scope own = {.rule = rules->rules[i].id};
        if (is_copy(rules, i))
            continue;
        if (!check_examples(&c, &rules->rules[i].examples, &own, err))
            return false;
    }
    for (int i = 0; i < rules->attribute_count; i++)
        if (!check_examples(&c, &rules->attributes[i].examples, &some, err))
            return false;
    return check_examples(&c, &rules->tests, &all, err);
}
