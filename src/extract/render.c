#include "extract/render.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "extract/values.h"
#include "lang/inflect.h"

static rg_str lower_of(const filling *f, rg_str text)
{
    return rg_unicode_lower(f->arena, text);
}

/* Blanks and slashes become dashes, several of them one, at the ends none. */
static rg_str kebab_of(const filling *f, rg_str text)
{
    rg_buf out = rg_buf_in(f->arena);
    for (int i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        bool dash = byte == ' ' || byte == '-' || byte == '_' || byte == '/';
        if (!dash)
            rg_buf_byte(&out, byte);
        else if (out.len > 0 && out.bytes[out.len - 1] != '-')
            rg_buf_byte(&out, '-');
    }
    rg_str kebab = rg_buf_str(&out);
    bool dash_last = kebab.len > 0 && kebab.bytes[kebab.len - 1] == '-';
    return rg_str_cut(kebab, 0, kebab.len - dash_last);
}

/* The label of the name, from a file of names, that the node is the head of; or empty. */
static rg_str printed_of(const filling *f, int node)
{
    int token = f->s->first + span_namer(f->s, node);
    int index = f->s->mentions->of_token[token];
    const rg_mention *mention = index == RG_NONE ? NULL : &f->s->mentions->items[index];
    return mention && mention->head == token ? mention->printed : RG_STR("");
}

/* The canonical label of a name, else its noun phrase. */
static rg_str canon_of(const filling *f, int node)
{
    const rg_rules *rules = f->s->rules;
    rg_str printed = printed_of(f, node);
    if (printed.len > 0)
        return printed;
    rg_str np = rg_extract_text(f->arena, f->s->parse, span_np(f->s, f->arena, node));
    int label = rg_rules_find_label(rules, np);
    return label == RG_NONE ? np : rg_map_key(rules->labels, label);
}

/* The lemma in lower case; a repair may have changed it. */
static rg_str lemma_of(const filling *f, int node)
{
    int symbol = f->s->nodes[node].symbols[RG_ATTR_LEMMA];
    return symbol == RG_NONE ? lower_of(f, sentence_token(f->s, node)->lemma)
                             : rg_map_key(f->s->rules->symbols, symbol);
}

/* The words that lead to the slot's token, in lower case. */
static rg_str lead_of(const filling *f, int slot)
{
    rg_buf out = rg_buf_in(f->arena);
    for (int i = 0; f->ways && i < f->ways[slot].lead_count; i++) {
        if (i > 0)
            rg_buf_byte(&out, ' ');
        rg_buf_put(&out, sentence_token(f->s, f->ways[slot].leads[i])->lexeme->lower);
    }
    return rg_buf_str(&out);
}

/* What a chain repeats, then the words that lead to the slot's token. */
static rg_str chain_of(const filling *f, int slot)
{
    rg_str lead = lead_of(f, slot);
    if (f->carried.len == 0)
        return lead;
    return rg_arena_format(f->arena, "%.*s %.*s", RG_PRINT(f->carried), RG_PRINT(lead));
}

/* The words behind the node that `output: tail` finds, in lower case. */
static rg_str tail_of(const filling *f, int node)
{
    rg_buf out = rg_buf_in(f->arena);
    rg_arena_mark mark = rg_arena_mark_now(f->s->arena);
    rg_tokens ends = span_ends(f->s, &f->s->rules->output.tail, node);
    for (int i = 0; i < ends.count; i++) {
        if (ends.items[i] <= node)
            continue;
        if (out.len > 0)
            rg_buf_byte(&out, ' ');
        rg_buf_put(&out, sentence_token(f->s, ends.items[i])->lexeme->lower);
    }
    if (f->arena != f->s->arena)
        rg_arena_reset(f->s->arena, mark);
    return rg_buf_str(&out);
}

static rg_str via_of(const filling *f, int slot)
{
    if (!f->ways || f->ways[slot].via == RG_NONE)
        return (rg_str){"", 0};
    return sentence_word(f->s, f->ways[slot].via);
}

static rg_str field_of(const filling *f, const rg_piece *piece, int node)
{
    const rg_token *token = sentence_token(f->s, node);
    rg_field field = piece->field;
    if (field == RG_FIELD_DEFAULT)
        field = f->label ? RG_FIELD_LEMMA : RG_FIELD_CANON;
    switch (field) {
    case RG_FIELD_TEXT:
    case RG_FIELD_HEAD: return token->lexeme->text;
    case RG_FIELD_NP:
    case RG_FIELD_ENT:
        return rg_extract_text(f->arena, f->s->parse, span_np(f->s, f->arena, node));
    case RG_FIELD_SPAN:
        return rg_extract_text(f->arena, f->s->parse, span_whole(f->s, f->arena, node));
    case RG_FIELD_CANON: return canon_of(f, node);
    case RG_FIELD_LEAD: return lead_of(f, piece->slot);
    case RG_FIELD_VIA: return via_of(f, piece->slot);
    case RG_FIELD_CHAIN: return chain_of(f, piece->slot);
    case RG_FIELD_TAIL: return tail_of(f, node);
    case RG_FIELD_VALUE: return values_of(f->s, f->arena, node);
    default: return lemma_of(f, node);
    }
}

/* The value of the word (or phrase) in a map list, else the word itself. */
static rg_str map_value(const filling *f, int list, int node, rg_str text)
{
    const rg_rules *rules = f->s->rules;
    int item = node == RG_NONE ? RG_NONE : sentence_list_item(f->s, node, list);
    if (item == RG_NONE)
        item = rg_rules_find_item(rules, list, lower_of(f, text));
    return item < 0 ? text : rg_rules_item_value(rules, list, item);
}

static rg_str apply_filter(const filling *f, rg_filter filter, int node, rg_str text)
{
    rg_arena *arena = f->arena;
    switch (filter.kind) {
    case RG_FILTER_PRESENT: return rg_inflect(arena, text, RG_INFLECT_PRESENT);
    case RG_FILTER_PAST: return rg_inflect(arena, text, RG_INFLECT_PAST);
    case RG_FILTER_GERUND: return rg_inflect(arena, text, RG_INFLECT_GERUND);
    case RG_FILTER_PARTICIPLE: return rg_inflect(arena, text, RG_INFLECT_PARTICIPLE);
    case RG_FILTER_SINGULAR: return rg_inflect(arena, text, RG_INFLECT_SINGULAR);
    case RG_FILTER_VOICE:
        return rg_inflect(arena, text,
                          node != RG_NONE && span_is_passive(f->s, node)
                              ? RG_INFLECT_PASSIVE
                              : RG_INFLECT_PRESENT);
    case RG_FILTER_DASH:
        return text.len ? rg_arena_format(arena, "-%.*s", RG_PRINT(text)) : text;
    case RG_FILTER_LOWER: return lower_of(f, text);
    case RG_FILTER_KEBAB: return kebab_of(f, lower_of(f, text));
    case RG_FILTER_MAP: return map_value(f, filter.list, node, text);
    }
    return text;
}

rg_str render_template(const filling *f, const rg_template *template)
{
    rg_buf out = rg_buf_in(f->arena);
    for (int i = 0; i < template->count; i++) {
        const rg_piece *piece = &template->pieces[i];
        if (piece->slot == RG_NONE) {
            rg_buf_put(&out, piece->literal);
            continue;
        }
        int node = f->bound[piece->slot];
        if (node == RG_NONE)
            continue;
        rg_str text = field_of(f, piece, node);
        for (int j = 0; j < piece->filter_count; j++)
            text = apply_filter(f, piece->filters[j], node, text);
        rg_buf_put(&out, text);
    }
    rg_str text = rg_buf_str(&out);
    return f->label ? kebab_of(f, lower_of(f, text)) : text;
}

int render_single(const filling *f, const rg_template *template)
{
    const rg_piece *only = template->pieces;
    if (template->count != 1 || only->slot == RG_NONE || only->filter_count > 0
        || only->field == RG_FIELD_LEMMA || only->field == RG_FIELD_TEXT
        || only->field == RG_FIELD_HEAD || only->field == RG_FIELD_LEAD
        || only->field == RG_FIELD_VIA || only->field == RG_FIELD_VALUE
        || only->field == RG_FIELD_CHAIN || only->field == RG_FIELD_TAIL)
        return RG_NONE;
    return f->bound[only->slot];
}
