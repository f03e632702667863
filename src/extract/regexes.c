#include "extract/regexes.h"

#include "base/clock.h"

#include <string.h>

enum {
    MOST_ANSWERS = 16 * 1024, /* kept; others are worked out anew */
    LONGEST_KEPT = 256,       /* bytes of a text whose answer is kept */
    MOST_STOPS = 20,          /* told */
};

static const double most_seconds = 2; /* of a rule in a document */

typedef enum answer {
    ANSWER_UNKNOWN,
    ANSWER_NO,
    ANSWER_YES,
    ANSWER_LIMIT,
} answer;

struct regex_memory {
    rg_arena *arena;
    rg_map *asked; /* the expression's number and the text -> index of answers */
    unsigned char *answers;
    int answer_capacity;
    double *spent; /* seconds, by rule; the last one: repairs, edges, attributes */
    rg_stop stops[MOST_STOPS];
    int stop_count;
};

regex_memory *regexes_new(rg_arena *arena, const rg_rules *rules)
{
    if (rules->regex_count == 0)
        return NULL;
    regex_memory *memory = rg_new(arena, regex_memory, 1);
    memory->arena = arena;
    return memory;
}

/* Most documents never ask. */
static void prepare(regex_memory *memory, const rg_rules *rules)
{
    if (memory->asked)
        return;
    memory->asked = rg_map_new(memory->arena);
    memory->spent = rg_new(memory->arena, double, rules->rule_count + 1);
}

/* Where the answer is kept, or NULL. */
static unsigned char *find_answer(regex_memory *memory, int regex, rg_str text)
{
    char key[sizeof regex + LONGEST_KEPT];
    if (text.len > LONGEST_KEPT)
        return NULL;
    memcpy(key, &regex, sizeof regex);
    memcpy(key + sizeof regex, text.bytes, (size_t)text.len);
    rg_str asked = {key, (int)sizeof regex + text.len};
    int known = rg_map_find(memory->asked, asked);
    if (known < 0 && rg_map_count(memory->asked) < MOST_ANSWERS) {
        known = rg_map_put(memory->asked, asked);
        memory->answers = rg_arena_grow(memory->arena, memory->answers, known,
                                        &memory->answer_capacity, 1);
        memory->answers[known] = ANSWER_UNKNOWN;
    }
    return known < 0 ? NULL : &memory->answers[known];
}

static answer work_out(sentence *s, int regex, rg_str text, double *spent)
{
    double start = rg_clock_seconds();
    bool limit = false,
         yes = rg_rules_regex_matches(s->rules, regex, s->regexes->arena, text, &limit);
    *spent += rg_clock_seconds() - start;
    return limit ? ANSWER_LIMIT : yes ? ANSWER_YES : ANSWER_NO;
}

static bool stop(sentence *s, int node, bool by_time)
{
    if (!s->regex_limit)
        s->limit_node = node;
    s->regex_limit = true;
    s->time_limit = by_time;
    return false;
}

bool regexes_match(sentence *s, int regex, rg_str text, int node)
{
    regex_memory *memory = s->regexes;
    prepare(memory, s->rules);
    double *spent = &memory->spent[s->rule == RG_NONE ? s->rules->rule_count : s->rule];
    unsigned char *kept = find_answer(memory, regex, text);
    answer found = kept ? (answer)*kept : ANSWER_UNKNOWN;
    if (found == ANSWER_UNKNOWN && *spent > most_seconds)
        return stop(s, node, true);
    if (found == ANSWER_UNKNOWN)
        found = work_out(s, regex, text, spent);
    if (kept)
        *kept = (unsigned char)found;
    return found == ANSWER_LIMIT ? stop(s, node, false) : found == ANSWER_YES;
}

void regexes_note(sentence *s, rg_str rule)
{
    if (!s->regex_limit)
        return;
    regex_memory *memory = s->regexes;
    rg_stop one = {rule, s->first + s->limit_node, s->time_limit};
    s->regex_limit = s->time_limit = false;
    for (int i = 0; i < memory->stop_count && i < MOST_STOPS; i++) {
        const rg_stop *other = &memory->stops[i];
        if (rg_str_equal(other->rule, rule)
            && (other->token == one.token || (one.by_time && other->by_time)))
            return;
    }
    if (memory->stop_count < MOST_STOPS)
        memory->stops[memory->stop_count] = one;
    memory->stop_count++;
}

bool regexes_stopped(const regex_memory *memory)
{
    return memory && memory->stop_count > 0;
}

void regexes_tell(const regex_memory *memory, rg_triples *out)
{
    if (!memory)
        return;
    int kept = memory->stop_count < MOST_STOPS ? memory->stop_count : MOST_STOPS;
    out->stops = rg_new(memory->arena, rg_stop, kept + 1);
    for (int i = 0; i < kept; i++)
        out->stops[out->stop_count++] = memory->stops[i];
    out->untold_stops = memory->stop_count - kept;
}

void rg_extract_report_stops(const rg_triples *triples, rg_reporter reporter)
{
    rg_finding warning = {RG_WARNING, "regex-limit", RG_NOWHERE, NULL};
    rg_str doc = triples->parse->text->document->name;
    for (int i = 0; i < triples->stop_count; i++) {
        const rg_stop *one = &triples->stops[i];
        rg_report(reporter, warning, "rule %.*s: %s limit at %.*s:%d",
                  RG_PRINT(one->rule), one->by_time ? "time" : "match", RG_PRINT(doc),
                  rg_parse_start(triples->parse, one->token));
    }
    if (triples->untold_stops > 0)
        rg_report(reporter, warning, "and %d more in %.*s", triples->untold_stops,
                  RG_PRINT(doc));
}
