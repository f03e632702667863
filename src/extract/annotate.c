#include "extract/annotate.h"

#include "extract/index.h"

#include <stdlib.h>
#include <string.h>

enum { ATTRIBUTE_FUEL = 20000 };

static const char *const modality_words[] = {
    [RG_DENIED] = "denied",     [RG_CONDITIONAL] = "conditional",
    [RG_OBLIGED] = "obliged",   [RG_INTENDED] = "intended",
    [RG_POSSIBLE] = "possible", [RG_REPORTED] = "reported",
    [RG_ASSERTED] = "asserted",
};

rg_str rg_modality_word(rg_modality modality)
{
    return rg_str_of(modality_words[modality]);
}

/* True if the word is a stronger modality than the triple had. */
static bool raise_modality(rg_triple *triple, rg_str word)
{
    for (int i = 0; i < (int)triple->modality; i++)
        if (rg_str_is(word, modality_words[i])) {
            triple->modality = (rg_modality)i;
            return true;
        }
    return false;
}

static bool has_qualifier(const rg_triple *triple, rg_str key)
{
    for (int i = 0; i < triple->qualifier_count; i++)
        if (rg_str_equal(triple->qualifiers[i].key, key))
            return true;
    return false;
}

/* True if the triple takes it: it says nothing of that kind yet. */
static bool put_qualifier(drafts *d, rg_triple *triple, rg_str key, rg_argument value)
{
    bool said = value.head != RG_NONE
                && (value.head == triple->subject.head
                    || (value.head == triple->object.head
                        && triple->rule->list == RG_NONE)); /* one object of several */
    bool empty = value.head == RG_NONE && value.text.len == 0;
    if (said || empty || has_qualifier(triple, key))
        return false;
    produce_put_filled(d, triple, key, value);
    return true;
}

static double read_confidence(rg_str text)
{
    char digits[16] = "";
    if (text.len < (int)sizeof digits && text.len > 0)
        memcpy(digits, text.bytes, (size_t)text.len);
    return strtod(digits, NULL);
}

static bool has_source(const rg_triple *triple)
{
    return triple->source.head != RG_NONE || triple->source.text.len > 0;
}

static bool put_once(rg_str *field, rg_str text)
{
    if (field->len > 0)
        return false;
    *field = text;
    return true;
}

/* False if the triple keeps what it has. */
static bool set_field(drafts *d, rg_triple *triple, rg_str key, rg_argument value)
{
    if (rg_str_is(key, "modality"))
        return raise_modality(triple, value.text);
    if (rg_str_is(key, "polarity"))
        triple->negated = rg_str_is(value.text, "negated");
    else if (rg_str_is(key, "confidence"))
        triple->confidence = read_confidence(value.text);
    else if (rg_str_is(key, "style"))
        triple->style = value.text;
    else if (rg_str_is(key, "tense") || rg_str_is(key, "aspect"))
        return put_once(rg_str_is(key, "tense") ? &triple->tense : &triple->aspect,
                        value.text);
    else if (!rg_str_is(key, "source"))
        return put_qualifier(d, triple, key, value);
    else if (!has_source(triple))
        triple->source = value;
    else
        return false;
    return true;
}

static void note_setter(drafts *d, rg_triple *triple, rg_setter setter)
{
    rg_setter *copy = rg_new(d->keep, rg_setter, triple->setter_count + 1);
    if (triple->setter_count > 0)
        memcpy(copy, triple->setters, sizeof *copy * (size_t)triple->setter_count);
    copy[triple->setter_count++] = setter;
    triple->setters = copy;
}

/* Sets it, and notes who did if somebody wants to know. */
static void set_by(drafts *d, rg_triple *triple, int attribute, rg_str key,
                   rg_argument value)
{
    if (set_field(d, triple, key, value) && d->trace)
        note_setter(d, triple, (rg_setter){key, attribute});
}

/* What somebody says is reported, unless it is something stronger. */
static void raise_by_source(drafts *d, rg_triple *triple)
{
    if (!has_source(triple) || triple->modality <= RG_REPORTED)
        return;
    triple->modality = RG_REPORTED;
    for (int i = 0; i < triple->setter_count; i++)
        if (rg_str_is(triple->setters[i].key, "source")) {
            note_setter(d, triple,
                        (rg_setter){RG_STR("modality"), triple->setters[i].attribute});
            return;
        }
}

/* What the rule itself calls so, or RG_NONE. */
static int find_own_name(const draft *one, rg_str name)
{
    const rg_slots *own = &one->triple.rule->slots;
    for (int j = 0; j < own->count; j++)
        if (one->bound[j] != RG_NONE && rg_str_equal(own->names[j], name))
            return one->bound[j];
    return RG_NONE;
}

/* The nodes that all attributes may name, whatever the rule: by rg_role. */
typedef struct cast {
    int nodes[RG_ROLE_COUNT];
} cast;

static cast find_cast(const draft *one)
{
    const rg_str names[RG_ROLE_COUNT] = {[RG_ROLE_VERB] = RG_STR("verb"),
                                         [RG_ROLE_SUBJECT] = RG_STR("subject"),
                                         [RG_ROLE_OBJECT] = RG_STR("object")};
    cast found = {{[RG_ROLE_OTHER] = RG_NONE,
                   [RG_ROLE_VERB] = one->anchor,
                   [RG_ROLE_SUBJECT] = one->subject,
                   [RG_ROLE_OBJECT] = one->object}};
    for (int i = RG_ROLE_OTHER + 1; i < RG_ROLE_COUNT; i++) {
        int own = find_own_name(one, names[i]);
        found.nodes[i] = own == RG_NONE ? found.nodes[i] : own;
    }
    return found;
}

/* A triple's nodes under the names that an attribute rule uses. */
static void bind_names(matcher *m, const rg_attribute *attribute, const draft *one,
                       const cast *known)
{
    for (int i = 1; i < attribute->slots.count; i++)
        m->bound[i] = attribute->roles[i] == RG_ROLE_OTHER
                          ? find_own_name(one, attribute->slots.names[i])
                          : known->nodes[attribute->roles[i]];
}

/* Is there, in the sentence and at its start, what the path cannot do without? */
static bool may_lead(const sentence *s, int attribute, int path, int start)
{
    const rg_paths *when = &s->rules->attributes[attribute].when;
    return start != RG_NONE && match_may_begin(s, &when->items[path].steps, start)
           && needs_are_met(&s->extractor->whens[attribute][path], s->labels);
}

/* False if no path can lead anywhere: most attributes end here. */
static bool may_apply(const sentence *s, int index, const cast *known)
{
    const rg_attribute *attribute = &s->rules->attributes[index];
    for (int i = 0; i < attribute->when.count; i++) {
        rg_role role = attribute->roles[attribute->when.items[i].start];
        if (role == RG_ROLE_OTHER || may_lead(s, index, i, known->nodes[role]))
            return true;
    }
    return false;
}

/* Keeps the first end as `it`, with what was bound on the way. */
static bool keep_first(matcher *m, int at)
{
    m->bound[0] = at;
    return true;
}

/* Frees the names that the steps bind; as deep as groups nest, which path.c limits. */
static void free_bound(int *bound, const rg_steps *steps)
{
    for (int i = 0; i < steps->count; i++) {
        const rg_step *step = &steps->items[i];
        if (step->kind == RG_STEP_BIND)
            bound[step->slot] = RG_NONE;
        for (int j = 0; j < step->alternative_count; j++)
            free_bound(bound, &step->alternatives[j]);
    }
}

/* A name that the path itself binds is its own, whatever the rule calls so. */
static bool holds(matcher *m, const rg_path *path)
{
    int start = m->bound[path->start];
    free_bound(m->bound, &path->steps);
    m->bound[path->start] = start;
    m->visit = keep_first;
    return match_steps(m, &path->steps, start);
}

/* Leaves in `m` what the first path that holds has bound. */
static bool find_holding(matcher *m, int index)
{
    const rg_attribute *attribute = &m->s->rules->attributes[index];
    int before[RG_MAX_SLOTS];
    memcpy(before, m->bound, sizeof before);
    for (int i = 0; i < attribute->when.count; i++) {
        const rg_path *path = &attribute->when.items[i];
        if (!may_lead(m->s, index, i, before[path->start]))
            continue;
        memcpy(m->bound, before, sizeof before);
        m->trail_count = 0;
        if (holds(m, path))
            return true;
    }
    return false;
}

static void apply_sets(drafts *d, sentence *s, const rg_attribute *attribute,
                       const matcher *m, draft *one)
{
    filling f = {.s = s, .arena = d->keep, .bound = m->bound, .anchor = one->anchor};
    for (int i = 0; i < attribute->set_count; i++) {
        const rg_set *set = &attribute->sets[i];
        int single = render_single(&f, &set->value);
        rg_argument value =
            single == RG_NONE ? (rg_argument){.head = RG_NONE,
                                              .text = render_template(&f, &set->value)}
                              : span_qualifier(s, d->keep, single);
        int index = (int)(attribute - s->rules->attributes);
        set_by(d, &one->triple, index, set->key, value);
    }
}

/* What a rule sets itself stands with its qualifiers until here. */
static void take_own_sets(drafts *d, rg_triple *triple)
{
    rg_filled *given = triple->qualifiers;
    int count = triple->qualifier_count;
    triple->qualifiers = NULL;
    triple->qualifier_count = 0;
    for (int i = 0; i < count; i++)
        set_by(d, triple, RG_NONE, given[i].key, given[i].value);
}

void annotate_draft(drafts *d, sentence *s, draft *one)
{
    const cast known = find_cast(one);
    take_own_sets(d, &one->triple);
    for (int i = 0; i < s->rules->attribute_count; i++) {
        const rg_attribute *attribute = &s->rules->attributes[i];
        if (!may_apply(s, i, &known))
            continue;
        matcher m;
        matcher_begin(&m, s);
        s->fuel = ATTRIBUTE_FUEL;
        bind_names(&m, attribute, one, &known);
        if (find_holding(&m, i))
            apply_sets(d, s, attribute, &m, one);
        if (s->fuel < 0 || s->regex_limit)
            sentence_note_limits(
                s, rg_arena_format(d->keep, "%.*s:%d",
                                   RG_PRINT(s->rules->files[attribute->file].path),
                                   attribute->line));
    }
    raise_by_source(d, &one->triple);
}
