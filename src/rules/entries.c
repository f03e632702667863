/* entries.c - what args, with, where, derive and repair say around their paths. */
#include "lang/labels.h"
#include "rules/reader.h"

#include <ctype.h>

bool rg_pattern_arg(rg_arg *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots)
{
    static const struct {
        const char *word;
        rg_arg_mode mode;
    } modes[] = {{"maybe", RG_ARG_MAYBE},
                 {"some", RG_ARG_SOME},
                 {"all", RG_ARG_ALL},
                 {"list", RG_ARG_LIST}};
    reader in = {.c = c, .scalar = scalar, .slots = slots};
    out->mode = RG_ARG_EACH;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (reader_accept_word(&in, modes[i].word))
            out->mode = modes[i].mode;
    out->offset = scalar.offset;
    out->paths = (rg_paths){0};
    return read_paths(&in, &out->paths) && reader_expect_end(&in);
}

/* "in|on <date>" as "in|on" and "date"; false if the scalar is not of that form. */
static bool is_short_with(rg_str value, rg_str *words, rg_str *type)
{
    value = rg_str_trim(value);
    int open = rg_str_find_byte(value, '<', 0);
    if (open < 1 || value.bytes[value.len - 1] != '>')
        return false;
    *words = rg_str_trim(rg_str_cut(value, 0, open));
    *type = rg_str_cut(value, open + 1, value.len - 1);
    for (int i = 0; i < words->len; i++)
        if (!isalnum((unsigned char)words->bytes[i]) && words->bytes[i] != '|'
            && words->bytes[i] != '-')
            return false;
    return words->len > 0 && type->len > 0;
}

/* The long form of the short one: "ANCHOR >(OBL:in|OBL:on)[:date]". */
static rg_str write_out_with(rg_compiler *c, rg_str anchor, rg_str words, rg_str type)
{
    rg_buf text = rg_buf_in(c->arena);
    rg_buf_format(&text, "%.*s >(", RG_PRINT(anchor));
    for (int from = 0; from <= words.len;) {
        int bar = rg_str_find_byte(words, '|', from);
        int to = bar < 0 ? words.len : bar;
        rg_buf_format(&text, "%sOBL:%.*s", from ? "|" : "",
                      RG_PRINT(rg_str_cut(words, from, to)));
        from = to + 1;
    }
    rg_buf_format(&text, ")[:%.*s]", RG_PRINT(type));
    return rg_buf_str(&text);
}

bool rg_pattern_with(rg_with *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots)
{
    rg_str words, type;
    if (is_short_with(scalar.value, &words, &type)) {
        scalar.value = write_out_with(c, slots->names[0], words, type);
        scalar.exact = false;
    }
    out->offset = scalar.offset;
    return rg_pattern_paths(&out->paths, c, scalar, slots, false);
}

/* One side of a test: "name", "name.attr" or "name.morph.Feature". */
typedef struct side {
    int slot;
    rg_attr attr;
    int feature;
} side;

static bool read_side(reader *in, side *out)
{
    *out = (side){.slot = RG_NONE, .attr = RG_ATTR_ANY, .feature = RG_NONE};
    if (!read_bound_name(in, &out->slot))
        return false;
    int from = in->at;
    if (!reader_accept(in, ".") || reader_peek(in) == '.') {
        in->at = from;
        return true;
    }
    rg_str name = reader_run(in);
    int found = find_attr(name);
    if (found == RG_NONE)
        return reader_error(in, from, "unknown-attribute",
                            "attributes are text, lower, lemma, pos, tag, dep, ent, "
                            "shape, phrase and morph.NAME",
                            "unknown attribute '%.*s'", RG_PRINT(name));
    out->attr = (rg_attr)found;
    if (found == RG_ATTR_MORPH)
        out->feature = rg_pattern_symbol(in->c, rg_str_cut(name, 6, name.len));
    return true;
}

/* ".via = own|rel": how the token was found. */
static bool read_via(reader *in, rg_where *out)
{
    int capacity = 0;
    out->kind = RG_WHERE_VIA;
    out->b = out->a;
    reader_skip_blanks(in);
    out->negated = reader_accept(in, "!=");
    if (!out->negated && !reader_accept(in, "="))
        return reader_error(in, in->at, "syntax", "write subject.via = own|rel",
                            "expected '=' or '!='");
    do {
        reader_skip_blanks(in);
        rg_str sub = reader_ident(in);
        if (sub.len == 0)
            return reader_error(in, in->at, "syntax", "write subject.via = own|rel",
                                "expected a sub-label");
        out->subs = rg_arena_grow(in->c->arena, out->subs, out->sub_count, &capacity,
                                  sizeof *out->subs);
        out->subs[out->sub_count++] = rg_pattern_symbol(in->c, sub);
        reader_skip_blanks(in);
    } while (reader_accept(in, "|"));
    return reader_expect_end(in);
}

/* Steps over "name.via". */
static bool accept_via(reader *in, rg_where *out)
{
    int from = in->at;
    reader_skip_blanks(in);
    out->a = rg_pattern_slot(in->slots, reader_ident(in), false);
    if (out->a != RG_NONE && reader_accept(in, ".") && reader_accept_word(in, "via"))
        return true;
    in->at = from;
    return false;
}

bool rg_pattern_supply(rg_supply *out, rg_compiler *c, rg_scalar scalar)
{
    static const char *const tenses[] = {"present", "past"};
    reader in = {.c = c, .scalar = scalar};
    reader_skip_blanks(&in);
    out->lemma = reader_ident(&in);
    if (out->lemma.len == 0)
        return reader_error(&in, in.at, "syntax", "write supply: be",
                            "expected a word to supply");
    out->tense = RG_TENSE_NEAREST;
    for (int i = 0; i < 2; i++)
        if (reader_accept_word(&in, tenses[i]))
            out->tense = i == 0 ? RG_TENSE_PRESENT : RG_TENSE_PAST;
    return reader_expect_end(&in);
}

bool rg_pattern_where(rg_where *out, rg_compiler *c, rg_scalar scalar, rg_slots *slots)
{
    reader in = {.c = c, .scalar = scalar, .slots = slots};
    side left, right;
    out->text = scalar.value;
    out->offset = scalar.offset;
    if (accept_via(&in, out))
        return read_via(&in, out);
    if (!read_side(&in, &left))
        return false;
    reader_skip_blanks(&in);
    int from = in.at;
    if (reader_accept(&in, ".."))
        out->kind = RG_WHERE_BEFORE;
    else if (reader_accept(&in, "!="))
        out->kind = RG_WHERE_OTHER;
    else if (reader_accept(&in, "="))
        out->kind = RG_WHERE_SAME;
    else
        return reader_error(&in, from, "syntax", NULL, "expected '..', '=' or '!='");
    if (!read_side(&in, &right))
        return false;
    if (left.attr != right.attr || left.feature != right.feature
        || (out->kind == RG_WHERE_BEFORE && left.attr != RG_ATTR_ANY))
        return reader_error(&in, from, "syntax",
                            "write a.lemma = b.lemma, a != b or a .. b",
                            "both sides must name the same attribute");
    out->a = left.slot;
    out->b = right.slot;
    out->feature = left.feature;
    out->attr = left.attr;
    return reader_expect_end(&in);
}

/* "OBL", "GSUBJ:own" or "OBL:{p}": the label that a derive line makes. */
static bool read_derived_label(reader *in, rg_derive *out)
{
    rg_str name = reader_ident(in);
    if (name.len == 0 || !isupper((unsigned char)name.bytes[0]))
        return reader_error(in, 0, "syntax",
                            "parser labels are lower-case, derived upper",
                            "a derived edge is named in upper case");
    out->name = rg_pattern_symbol(in->c, name);
    if (!reader_accept(in, ":"))
        return reader_expect_end(in);
    bool braced = reader_accept(in, "{");
    rg_str sub = reader_ident(in);
    if (sub.len == 0 || (braced && !reader_accept(in, "}")))
        return reader_error(in, in->at, "syntax", "write OBL:{p} or OBL:in",
                            "expected a sub-label");
    if (braced)
        out->sub_slot = rg_pattern_slot(&out->slots, sub, true);
    else
        out->sub = rg_pattern_symbol(in->c, sub);
    return reader_expect_end(in);
}

static bool read_conditions(reader *in, rg_derive *out)
{
    int capacity = 0;
    for (;;) {
        bool unless = reader_accept_word(in, "unless");
        if (!unless && !reader_accept_word(in, "when"))
            return true;
        out->conditions =
            rg_arena_grow(in->c->arena, out->conditions, out->condition_count,
                          &capacity, sizeof *out->conditions);
        rg_condition *condition = &out->conditions[out->condition_count];
        *condition = (rg_condition){.unless = unless};
        if (!read_paths(in, &condition->paths))
            return false;
        out->condition_count++;
    }
}

/* Does some step bind the slot? */
static bool binds(const rg_steps *steps, int slot)
{
    for (int i = 0; i < steps->count; i++)
        if (steps->items[i].kind == RG_STEP_BIND && steps->items[i].slot == slot)
            return true;
    return false;
}

bool rg_pattern_derive(rg_derive *out, rg_compiler *c, rg_scalar label, rg_scalar value)
{
    *out = (rg_derive){.sub = RG_NONE,
                       .sub_slot = RG_NONE,
                       .file = value.file,
                       .offset = value.offset};
    reader key = {.c = c, .scalar = label, .slots = &out->slots};
    if (!read_derived_label(&key, out))
        return false;
    reader in = {.c = c, .scalar = value, .slots = &out->slots, .names_open = true};
    if (!read_path(&in, &out->path))
        return false;
    if (out->sub_slot != RG_NONE && !binds(&out->path.steps, out->sub_slot))
        return reader_error(&in, 0, "unknown-name",
                            "bind it in the path: v >prep=p >pobj",
                            "the path binds no '%.*s', which names the edge",
                            RG_PRINT(out->slots.names[out->sub_slot]));
    in.names_open = false;
    return read_conditions(&in, out) && reader_expect_end(&in);
}

/* "$LIST": for each word its value in the list. */
static bool read_retag_list(reader *in, rg_edit *out)
{
    int from = in->at;
    rg_value list;
    if (!read_list(in, &list))
        return false;
    const rg_list *values = &in->c->rules->lists[list.id];
    if (values->names)
        return reader_error(in, from, "limit", NULL,
                            "a list of so many words cannot retag");
    for (int i = 0; i < values->item_count; i++)
        rg_pattern_symbol(in->c, values->items[i].value);
    out->list = list.id;
    return true;
}

static bool read_retag(reader *in, rg_edit *out)
{
    if (!read_bound_name(in, &out->from))
        return false;
    reader_skip_blanks(in);
    int from = in->at;
    rg_str name = reader_run(in);
    int attr = find_attr(name);
    if (attr != RG_ATTR_POS && attr != RG_ATTR_TAG && attr != RG_ATTR_LEMMA
        && attr != RG_ATTR_ENT)
        return reader_error(in, from, "unknown-attribute",
                            "retag changes pos, tag, lemma or ent",
                            "cannot retag '%.*s'", RG_PRINT(name));
    out->attr = (rg_attr)attr;
    if (!reader_accept(in, "="))
        return reader_error(in, in->at, "syntax", NULL, "expected '='");
    if (reader_peek(in) == '$')
        return read_retag_list(in, out);
    rg_str word = reader_run(in);
    out->label = rg_pattern_symbol(in->c, word);
    return word.len > 0 || reader_error(in, in->at, "syntax", NULL, "expected a value");
}

/* "u >dobj" of an edit; the label is one of the parser's. */
static bool read_edited_edge(reader *in, rg_edit *out)
{
    if (!read_bound_name(in, &out->from))
        return false;
    reader_skip_blanks(in);
    int from = in->at;
    rg_label label;
    if (!reader_accept(in, ">"))
        return reader_error(in, from, "syntax", "write add HEAD >label DEPENDENT",
                            "expected '>' and a label");
    if (!read_label(in, &label))
        return false;
    if (label.name == RG_NONE || label.sub != RG_NONE || label.any_sub
        || isupper(
            (unsigned char)rg_map_key(in->c->rules->symbols, label.name).bytes[0]))
        return reader_error(in, from, "syntax", NULL,
                            "an edit names one label of the parser");
    out->label = label.name;
    return true;
}

/* "v >nsubj b to a >appos" behind move: del v >nsubj b, add a >appos b. */
static bool read_move(reader *in, rg_edit *out, int *count)
{
    rg_edit *del = &out[*count], *add = &out[*count + 1];
    *del = (rg_edit){.kind = RG_EDIT_DEL, .list = RG_NONE};
    *add = (rg_edit){.kind = RG_EDIT_ADD, .list = RG_NONE};
    if (!read_edited_edge(in, del) || !read_bound_name(in, &del->to))
        return false;
    if (!reader_accept_word(in, "to"))
        return reader_error(in, in->at, "syntax", "write move v >nsubj b to a >appos",
                            "expected 'to' and the new edge");
    add->to = del->to;
    *count += 2;
    return read_edited_edge(in, add);
}

static bool read_edit(reader *in, rg_edit *out, int *count)
{
    if (reader_accept_word(in, "move"))
        return read_move(in, out, count);
    rg_edit *edit = &out[(*count)++];
    *edit = (rg_edit){.from = RG_NONE, .to = RG_NONE, .list = RG_NONE};
    if (reader_accept_word(in, "retag")) {
        edit->kind = RG_EDIT_RETAG;
        return read_retag(in, edit);
    }
    if (reader_accept_word(in, "add"))
        edit->kind = RG_EDIT_ADD;
    else if (reader_accept_word(in, "del"))
        edit->kind = RG_EDIT_DEL;
    else
        return reader_error(in, 0, "syntax",
                            "edits are: add a >label b, del a >label b, "
                            "move a >label b to c >label, retag a tag=X",
                            "unknown edit");
    return read_edited_edge(in, edit) && read_bound_name(in, &edit->to);
}

bool rg_pattern_edits(rg_edit *out, int *count, rg_compiler *c, rg_scalar scalar,
                      rg_slots *slots)
{
    reader in = {.c = c, .scalar = scalar, .slots = slots};
    return read_edit(&in, out, count) && reader_expect_end(&in);
}
