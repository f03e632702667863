#include "extract/phrases.h"

#include "base/buf.h"
#include "extract/edit.h"
#include "extract/index.h"
#include "extract/mentions.h"
#include "extract/phrase_tree.h"
#include "lang/inflect.h"

enum { MOST_FILLERS = 8, MOST_VARIANTS = RG_MAX_PHRASE_WAYS };

typedef struct flats {
    flat *items;
    int count;
} flats;

/* ---- Variants: every way to choose from groups ---------------------------------------- */

typedef struct rest {
    const rg_phrase *phrase;
    int next;
    const struct rest *then;
} rest;

/* Depth is that of groups and parts in one phrase, both limited when it is read. */
static void spread(flats *out, flat so_far, const rest *todo)
{
    while (todo && todo->next == todo->phrase->count)
        todo = todo->then;
    if (!todo) {
        if (out->count < MOST_VARIANTS)
            out->items[out->count++] = so_far;
        return;
    }
    const rg_phrase_part *part = &todo->phrase->parts[todo->next];
    rest after = {todo->phrase, todo->next + 1, todo->then};
    if (part->kind != RG_PHRASE_GROUP) {
        if (so_far.count < MOST_PARTS)
            so_far.parts[so_far.count++] = part;
        spread(out, so_far, &after);
        return;
    }
    for (int i = 0; i < part->choice_count; i++) {
        rest choice = {&part->choices[i], 0, &after};
        spread(out, so_far, &choice);
    }
    if (part->optional)
        spread(out, so_far, &after);
}

/* ---- Sentences: a variant with its slots filled ---------------------------------------- */

/* The i-th example of the first of the slot's types that has any, or of one it is a kind
 * of; empty if there is none. */
static rg_str example_of(const rg_rules *rules, const rg_phrase_part *slot, int i)
{
    for (int t = 0; t < slot->type_count; t++)
        for (int k = 0; k < rules->type_count; k++) {
            int other = (slot->types[t] + k) % rules->type_count;
            const rg_type *type = &rules->types[other];
            if (type->like_count > 0 && rg_rules_is_kind(rules, slot->types[t], other))
                return type->likes[i % type->like_count];
        }
    return (rg_str){"", 0};
}

/* How one sentence is made of a variant. */
typedef struct making {
    const rg_rules *rules;
    const flat *variant;
    int filler;      /* which examples stand for the slots */
    rg_str form;     /* what stands for the first verb in -s; empty: the verb itself */
    rg_str scaffold; /* the sentence around a phrase without a verb, or empty */
} making;

/* A word that may be a verb in the present: "acquires". */
static bool ends_in_s(const rg_phrase_part *part)
{
    enum { SHORTEST = 4 };
    return part->kind == RG_PHRASE_WORD && !part->exact && part->word.len >= SHORTEST
           && rg_str_ends(part->word, RG_STR("s"))
           && !rg_str_ends(part->word, RG_STR("ss"));
}

/* The part that a form is put for: the first word in -s, or RG_NONE. */
static int find_verb_part(const flat *variant)
{
    for (int i = 0; i < variant->count; i++)
        if (ends_in_s(variant->parts[i]))
            return i;
    return RG_NONE;
}

static bool is_base_of(rg_arena *arena, rg_str base, rg_str word)
{
    return rg_str_equal(rg_inflect(arena, base, RG_INFLECT_PRESENT), word);
}

/* "star" of "stars"; "leave" of "leaves", which as a noun's plural is of "leaf". */
static rg_str base_of_verb(rg_arena *arena, rg_str word)
{
    rg_str base = rg_inflect(arena, word, RG_INFLECT_SINGULAR);
    rg_str shorter = rg_str_cut(word, 0, word.len - 1);
    return !is_base_of(arena, base, word) && is_base_of(arena, shorter, word) ? shorter
                                                                              : base;
}

/* "stars" in the form "will {base}" is "will star". */
static rg_str put_form(rg_arena *arena, rg_str form, rg_str word)
{
    rg_str base = base_of_verb(arena, word);
    bool past = rg_str_find(form, RG_STR("{past}"), 0) >= 0;
    rg_str mark = past ? RG_STR("{past}") : RG_STR("{base}");
    int at = rg_str_find(form, mark, 0);
    rg_str made_word = past ? rg_inflect(arena, base, RG_INFLECT_PAST) : base;
    return rg_arena_format(arena, "%.*s%.*s%.*s", RG_PRINT(rg_str_cut(form, 0, at)),
                           RG_PRINT(made_word),
                           RG_PRINT(rg_str_cut(form, at + mark.len, form.len)));
}

static rg_str word_of_part(rg_arena *arena, const making *m, int index, int slot_number)
{
    const rg_phrase_part *part = m->variant->parts[index];
    switch (part->kind) {
    case RG_PHRASE_SLOT:
        /* Two slots of one type never get the same word. */
        return example_of(m->rules, part, m->filler + slot_number * 3);
    case RG_PHRASE_LIST: return m->rules->lists[part->list].items[0].value;
    default: break;
    }
    return m->form.len > 0 && index == find_verb_part(m->variant)
               ? put_form(arena, m->form, part->word)
               : part->word;
}

static void capitalise(rg_str text)
{
    char *first = (char *)(uintptr_t)text.bytes;
    if (text.len > 0 && *first >= 'a' && *first <= 'z')
        *first = (char)(*first - 'a' + 'A');
}

/* The phrase as a sentence; with a scaffold, in place of its "{}". */
static made make_sentence(rg_arena *arena, const making *m)
{
    made out = {{"", 0}, {0}, {0}};
    rg_str scaffold = m->scaffold;
    rg_buf text = rg_buf_in(arena);
    int hole = scaffold.len ? rg_str_find(scaffold, RG_STR("{}"), 0) : 0, slots = 0;
    rg_buf_put(&text, rg_str_cut(scaffold, 0, hole));
    for (int i = 0; i < m->variant->count; i++) {
        const rg_phrase_part *part = m->variant->parts[i];
        if (i > 0 && !part->glued)
            rg_buf_byte(&text, ' ');
        out.from[i] = text.len;
        rg_buf_put(&text, word_of_part(arena, m, i, slots));
        out.to[i] = text.len;
        slots += part->kind == RG_PHRASE_SLOT;
    }
    if (scaffold.len > 0)
        rg_buf_put(&text, rg_str_cut(scaffold, hole + 2, scaffold.len));
    rg_buf_byte(&text, '.');
    out.text = rg_buf_str(&text);
    capitalise(out.text);
    return out;
}

/* ---- Votes --------------------------------------------------------------------------------- */

static bool is_same_reading(const rg_reading *a, const rg_reading *b, int args)
{
    for (int i = 0; i < args; i++)
        if (!rg_str_equal(a->args[i], b->args[i]))
            return false;
    return rg_str_equal(a->anchor, b->anchor);
}

static void vote(rg_variant *variant, const rg_reading *one, int args)
{
    for (int i = 0; i < variant->reading_count; i++)
        if (is_same_reading(&variant->readings[i], one, args)) {
            variant->readings[i].votes++;
            return;
        }
    variant->readings[variant->reading_count] = *one;
    variant->readings[variant->reading_count++].votes = 1;
}

/* Most votes first; of equal ones, the earlier. */
static void sort_readings(rg_variant *variant)
{
    for (int i = 1; i < variant->reading_count; i++)
        for (int j = i;
             j > 0 && variant->readings[j].votes > variant->readings[j - 1].votes;
             j--) {
            rg_reading swap = variant->readings[j];
            variant->readings[j] = variant->readings[j - 1];
            variant->readings[j - 1] = swap;
        }
}

/* ---- One sentence, one variant, one rule ---------------------------------------------------- */

typedef struct phrase_reader {
    rg_arena *arena, *scratch;
    const rg_extractor *x;
    rg_lang *lang;
    const rg_rule *rule;
} phrase_reader;

/* The sentence's graph, repaired and derived; false if it is not one sentence. */
static bool load_graph(phrase_reader *r, sentence *s, rg_str text, bool *usable,
                       rg_error *err)
{
    rg_document *document = rg_new(r->scratch, rg_document, 1);
    *document = (rg_document){.bytes = text, .mode = RG_TEXT_WHOLE};
    const rg_text *read;
    const rg_parse *parse;
    if (!rg_text_read(&read, r->scratch, document, err)
        || !rg_lang_parse(&parse, r->scratch, r->lang, read, err))
        return false;
    *usable = parse->sentence_count == 1;
    if (!*usable)
        return true;
    const edit_log quiet = {0};
    *s = (sentence){.extractor = r->x,
                    .rules = r->x->rules,
                    .parse = parse,
                    .mentions = mentions_find(r->scratch, r->x, parse),
                    .arena = r->scratch};
    sentence_load(s, 0, parse->token_count);
    edit_repair(s, false, &quiet);
    sentence_put_types(s);
    edit_derive(s, &quiet);
    return true;
}

/* Reads one sentence made of the variant; *complete if it has a verb (or needs none). */
static bool read_sentence(phrase_reader *r, const making *how, bool *complete,
                          rg_variant *out, rg_error *err)
{
    rg_arena_mark mark = rg_arena_mark_now(r->scratch);
    made one = make_sentence(r->scratch, how);
    sentence s;
    bool usable = false;
    if (!load_graph(r, &s, one.text, &usable, err))
        return false;
    *complete = usable && (how->scaffold.len > 0 || phrase_tree_has_verb(&s));
    rg_reading reading = {0};
    if (*complete && out->text.len == 0)
        out->text = rg_arena_str(r->arena, one.text);
    if (*complete
        && phrase_tree_read(&reading, r->arena, &s, r->rule, how->variant, &one))
        vote(out, &reading, r->rule->arg_count);
    out->tried += *complete;
    rg_arena_reset(r->scratch, mark);
    return true;
}

/* The phrase as it stands, its verb in other forms too (a verb in -s is easily taken for
 * a noun); if no sentence comes of it, in each scaffold. */
static bool read_filler(phrase_reader *r, const flat *variant, int filler,
                        rg_variant *out, rg_error *err)
{
    const rg_phrase_spec *spec = &r->x->rules->phrase;
    making how = {.rules = r->x->rules, .variant = variant, .filler = filler};
    bool some = false, complete;
    int forms = find_verb_part(variant) == RG_NONE ? 0 : spec->form_count;
    for (int i = -1; i < forms; i++) {
        how.form = i < 0 ? (rg_str){"", 0} : spec->forms[i];
        if (!read_sentence(r, &how, &complete, out, err))
            return false;
        some = some || complete;
    }
    how.form = (rg_str){"", 0};
    for (int i = 0; i < spec->scaffold_count && !some; i++) {
        how.scaffold = spec->scaffolds[i];
        if (!read_sentence(r, &how, &complete, out, err))
            return false;
    }
    return true;
}

static bool read_variant(phrase_reader *r, const flat *variant, rg_variant *out,
                         rg_error *err)
{
    const rg_phrase_spec *spec = &r->x->rules->phrase;
    int most = MOST_FILLERS * (1 + spec->form_count + spec->scaffold_count);
    out->readings = rg_new(r->arena, rg_reading, most);
    for (int filler = 0; filler < MOST_FILLERS; filler++)
        if (!read_filler(r, variant, filler, out, err))
            return false;
    sort_readings(out);
    return true;
}

rg_variant *rg_phrases_add(rg_variants *out, rg_arena *arena, int rule, int phrase)
{
    out->items = rg_arena_grow(arena, out->items, out->count, &out->capacity,
                               sizeof *out->items);
    rg_variant *variant = &out->items[out->count++];
    *variant = (rg_variant){.rule = rule, .phrase = phrase};
    return variant;
}

bool rg_phrases_read(rg_variants *out, rg_arena *arena, const rg_extractor *extractor,
                     rg_lang *lang, int rule, int phrase, rg_error *err)
{
    phrase_reader r = {arena, rg_arena_child(arena), extractor, lang,
                       &extractor->rules->rules[rule]};
    flats variants = {rg_new(arena, flat, MOST_VARIANTS), 0};
    rest all = {&r.rule->says[phrase], 0, NULL};
    spread(&variants, (flat){.count = 0}, &all);
    bool ok = true;
    for (int i = 0; ok && i < variants.count; i++)
        ok = read_variant(&r, &variants.items[i],
                          rg_phrases_add(out, arena, rule, phrase), err);
    rg_arena_free(r.scratch);
    return ok;
}

/* ---- Readings into rules --------------------------------------------------------------------- */

/* The rule itself, or one copy of it for each variant chosen. */
static bool put_compiled(rg_rules *made_rules, rg_arena *arena, const rg_rule *rule,
                         int index, const rg_variants *variants, const int *chosen,
                         rg_reporter reporter)
{
    bool ok = true;
    if (rule->say_count == 0)
        made_rules->rules[made_rules->rule_count++] = *rule;
    for (int v = 0; ok && v < variants->count; v++) {
        if (variants->items[v].rule != index || chosen[v] == RG_NONE)
            continue;
        rg_rule *copy = &made_rules->rules[made_rules->rule_count++];
        *copy = *rule;
        const rg_variant *variant = &variants->items[v];
        const rg_reading *reading = &variant->readings[chosen[v]];
        ok = rg_rules_put_body(copy, arena, made_rules, variant->phrase,
                               reading->anchor, reading->args, reporter);
    }
    return ok;
}

bool rg_phrases_apply(const rg_rules **out, rg_arena *arena, const rg_rules *rules,
                      const rg_variants *variants, const int *chosen,
                      rg_reporter reporter, rg_error *err)
{
    rg_rules *copy = rg_new(arena, rg_rules, 1);
    *copy = *rules;
    copy->rules = rg_new(arena, rg_rule, rules->rule_count + variants->count + 1);
    copy->rule_count = 0;
    bool ok = true;
    for (int i = 0; ok && i < rules->rule_count; i++)
        ok = put_compiled(copy, arena, &rules->rules[i], i, variants, chosen, reporter);
    *out = copy;
    if (ok)
        return true;
    rg_fail(err, RG_ERROR_RULE, RG_NOWHERE, "a phrase cannot be compiled");
    err->reported = true;
    return false;
}
