/* path.c - "verb >SUBJ[:org] | verb <conj": reads paths over edges. */
#include "lang/labels.h"
#include "rules/reader.h"

#include <ctype.h>
#include <limits.h>

static bool unknown_edge(reader *in, int at, rg_str name)
{
    const char *hint = rg_pattern_suggest(in->c, in->c->derived, name);
    return reader_error(
        in, at, "unknown-edge",
        hint ? hint
             : "upper-case edges are declared under 'derive:' (the usual "
               "ones in core: 'include: [core]')",
        "unknown derived edge '%.*s'", RG_PRINT(name));
}

static bool check_dependency(reader *in, int at, rg_str name)
{
    if (rg_label_is_known(RG_LABEL_DEP, name))
        return true;
    rg_str near = rg_label_nearest(RG_LABEL_DEP, name);
    const char *hint =
        near.len ? rg_arena_format(in->c->arena, "did you mean '%.*s'?", RG_PRINT(near))
                       .bytes
                 : NULL;
    return reader_error(in, at, "unknown-label", hint,
                        "unknown dependency label '%.*s'", RG_PRINT(name));
}

static bool is_derived(rg_str name)
{
    return isupper((unsigned char)name.bytes[0]);
}

static bool check_label_name(reader *in, int at, rg_str name, bool has_sub)
{
    if (!is_derived(name))
        return check_dependency(in, at, name);
    if (rg_map_find(in->c->derived, name) < 0)
        return unknown_edge(in, at, name);
    if (!has_sub && rg_map_find(in->c->derived_subs, name) >= 0)
        return reader_error(
            in, at, "unknown-edge",
            rg_arena_format(in->c->arena, "write '%.*s:*' for any", RG_PRINT(name))
                .bytes,
            "edge '%.*s' always has a sub-label", RG_PRINT(name));
    return true;
}

/* A regular expression may match any label, so all of the parser's become symbols. */
static bool read_label_regex(reader *in, rg_label *out)
{
    for (int i = 0; i < rg_label_count(RG_LABEL_DEP); i++)
        rg_pattern_symbol(in->c, rg_label_at(RG_LABEL_DEP, i));
    return read_regex(in, &out->regex);
}

bool read_label(reader *in, rg_label *out)
{
    *out = (rg_label){.name = RG_NONE, .sub = RG_NONE, .regex = RG_NONE};
    if (reader_peek(in) == '/')
        return read_label_regex(in, out);
    int from = in->at;
    rg_str name = reader_ident(in);
    if (name.len == 0)
        return reader_error(in, from, "syntax", NULL, "expected an edge label");
    bool has_sub = reader_accept(in, ":");
    if (!check_label_name(in, from, name, has_sub))
        return false;
    out->name = rg_pattern_symbol(in->c, name);
    if (!has_sub)
        return true;
    if (reader_accept(in, "*")) {
        out->any_sub = true;
        return true;
    }
    rg_str sub = reader_ident(in);
    if (sub.len == 0)
        return reader_error(in, in->at, "syntax", NULL,
                            "expected a sub-label or '*' behind '%.*s:'",
                            RG_PRINT(name));
    out->sub = rg_pattern_symbol(in->c, sub);
    return true;
}

static void add_mask(rg_step *step, const rg_label *label)
{
    step->mask |= label->name == RG_NONE ? ~(uint64_t)0 : rg_label_bit(label->name);
}

static bool read_label_group(reader *in, rg_step *step)
{
    int capacity = 0;
    do {
        reader_skip_blanks(in);
        step->labels = rg_arena_grow(in->c->arena, step->labels, step->label_count,
                                     &capacity, sizeof *step->labels);
        if (!read_label(in, &step->labels[step->label_count]))
            return false;
        add_mask(step, &step->labels[step->label_count++]);
        reader_skip_blanks(in);
    } while (reader_accept(in, "|"));
    if (!reader_accept(in, ")"))
        return reader_error(in, in->at, "syntax", NULL,
                            "expected '|' or ')' in labels");
    return true;
}

static bool read_edge(reader *in, rg_step *step)
{
    char way = reader_peek(in);
    *step = (rg_step){
        .kind = RG_STEP_EDGE, .min = 1, .max = 1, .up = way == '<', .offset = in->at};
    in->at++;
    if (reader_peek(in) == way) {
        step->deep = true;
        in->at++;
    }
    if (reader_accept(in, "("))
        return read_label_group(in, step);
    char next = reader_peek(in);
    if (next != '/' && !isalpha((unsigned char)next)) {
        step->mask = ~(uint64_t)0;
        return true;
    }
    step->labels = rg_new(in->c->arena, rg_label, 1);
    step->label_count = 1;
    if (!read_label(in, step->labels))
        return false;
    add_mask(step, step->labels);
    return true;
}

static bool read_group(reader *in, rg_step *step)
{
    int from = in->at++, capacity = 0;
    *step = (rg_step){.kind = RG_STEP_GROUP, .min = 1, .max = 1, .offset = from};
    do {
        step->alternatives =
            rg_arena_grow(in->c->arena, step->alternatives, step->alternative_count,
                          &capacity, sizeof *step->alternatives);
        rg_steps *steps = &step->alternatives[step->alternative_count];
        *steps = (rg_steps){0};
        if (!read_steps(in, steps))
            return false;
        step->alternative_count++;
        reader_skip_blanks(in);
    } while (reader_accept(in, "|"));
    if (!reader_accept(in, ")"))
        return reader_error(in, in->at, "syntax", NULL,
                            "expected '|' or ')' in the group");
    return true;
}

bool read_number(reader *in, int *out)
{
    enum { MOST = 99 };
    int from = in->at;
    *out = 0;
    while (isdigit((unsigned char)reader_peek(in))) {
        *out = *out * 10 + (reader_peek(in) - '0');
        in->at++;
        if (*out > MOST)
            return reader_error(in, from, "syntax", NULL, "the number is above %d",
                                MOST);
    }
    if (in->at == from)
        return reader_error(in, from, "syntax", NULL, "expected a number");
    return true;
}

bool read_quantifier(reader *in, rg_step *step)
{
    if (reader_accept(in, "?"))
        step->min = 0;
    else if (reader_accept(in, "*"))
        step->min = 0, step->max = -1;
    else if (reader_accept(in, "+"))
        step->max = -1;
    else if (reader_accept(in, "{")) {
        int from = in->at;
        if (!read_number(in, &step->min))
            return false;
        step->max = step->min;
        if (reader_accept(in, ",")) {
            step->max = -1;
            if (reader_peek(in) != '}' && !read_number(in, &step->max))
                return false;
        }
        if (!reader_accept(in, "}"))
            return reader_error(in, in->at, "syntax", NULL, "expected '}'");
        if (step->max >= 0 && step->max < step->min)
            return reader_error(in, from, "syntax", NULL,
                                "the second number is smaller than the first");
    }
    return true;
}

static bool read_bind(reader *in, rg_step *step)
{
    int from = in->at++;
    rg_str name = reader_ident(in);
    if (name.len == 0)
        return reader_error(in, from, "syntax", NULL, "expected a name behind '='");
    *step = (rg_step){.kind = RG_STEP_BIND, .min = 1, .max = 1, .offset = from};
    step->slot = rg_pattern_slot(in->slots, name, true);
    if (step->slot == RG_NONE)
        return reader_error(in, from, "limit", NULL, "more than %d names",
                            RG_MAX_SLOTS);
    return true;
}

static bool read_step(reader *in, rg_step *step)
{
    switch (reader_peek(in)) {
    case '>':
    case '<': return read_edge(in, step) && read_quantifier(in, step);
    case '(': return read_group(in, step) && read_quantifier(in, step);
    case '[': return read_constraint(in, step);
    default: return read_bind(in, step);
    }
}

static bool begins_step(char byte)
{
    return byte == '>' || byte == '<' || byte == '(' || byte == '[' || byte == '=';
}

/* The first edge that every walk must take, if only tests and names stand before it. */
static void note_begin(rg_steps *steps)
{
    for (int i = 0; i < steps->count; i++) {
        const rg_step *step = &steps->items[i];
        if (step->kind == RG_STEP_EDGE && step->min > 0) {
            steps->begin = step->mask;
            steps->begin_up = step->up;
        }
        if (step->kind == RG_STEP_EDGE || step->kind == RG_STEP_GROUP)
            return;
    }
}

static bool read_steps_inside(reader *in, rg_steps *out)
{
    int capacity = 0;
    for (;;) {
        reader_skip_blanks(in);
        if (!begins_step(reader_peek(in))) {
            note_begin(out);
            return true;
        }
        out->items = rg_arena_grow(in->c->arena, out->items, out->count, &capacity,
                                   sizeof *out->items);
        if (!read_step(in, &out->items[out->count]))
            return false;
        out->count++;
    }
}

bool read_steps(reader *in, rg_steps *out)
{
    if (in->depth == DEEPEST_STEPS)
        return reader_error(in, in->at, "limit", NULL, "nested deeper than %d",
                            DEEPEST_STEPS);
    in->depth++;
    bool ok = read_steps_inside(in, out);
    in->depth--;
    return ok;
}

static bool unknown_name(reader *in, int at, rg_str name)
{
    rg_map *names = rg_map_new(in->c->arena);
    for (int i = 0; i < in->slots->count; i++)
        rg_map_put(names, in->slots->names[i]);
    return reader_error(in, at, "unknown-name", rg_pattern_suggest(in->c, names, name),
                        "nothing is bound to the name '%.*s'", RG_PRINT(name));
}

static bool read_name(reader *in, bool open, int *slot)
{
    reader_skip_blanks(in);
    int from = in->at;
    rg_str name = reader_ident(in);
    if (name.len == 0)
        return reader_error(in, from, "syntax",
                            "a path starts at a name, such as 'verb >SUBJ'",
                            "expected a name");
    *slot = rg_pattern_slot(in->slots, name, open);
    return *slot != RG_NONE || unknown_name(in, from, name);
}

bool read_bound_name(reader *in, int *slot)
{
    return read_name(in, false, slot);
}

bool read_path(reader *in, rg_path *out)
{
    reader_skip_blanks(in);
    int from = in->at;
    *out = (rg_path){.at = from,
                     .offset = in->scalar.offset + (in->scalar.exact ? from : 0)};
    if (!read_name(in, in->names_open, &out->start) || !read_steps(in, &out->steps))
        return false;
    out->text = rg_str_trim(rg_str_cut(in->scalar.value, from, in->at));
    return true;
}

bool read_paths(reader *in, rg_paths *out)
{
    int capacity = 0;
    do {
        out->items = rg_arena_grow(in->c->arena, out->items, out->count, &capacity,
                                   sizeof *out->items);
        if (!read_path(in, &out->items[out->count]))
            return false;
        out->count++;
        reader_skip_blanks(in);
    } while (reader_accept(in, "|"));
    return true;
}

bool rg_pattern_paths(rg_paths *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots,
                      bool names_open)
{
    reader in = {.c = c, .scalar = scalar, .slots = slots, .names_open = names_open};
    *out = (rg_paths){0};
    return read_paths(&in, out) && reader_expect_end(&in);
}

bool rg_pattern_path(rg_path *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots,
                     bool names_open)
{
    reader in = {.c = c, .scalar = scalar, .slots = slots, .names_open = names_open};
    return read_path(&in, out) && reader_expect_end(&in);
}
