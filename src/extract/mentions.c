#include "extract/mentions.h"

/* The token of [first, end) whose head lies outside, the last one if there are several. */
static int find_head(const rg_parse *parse, int first, int end)
{
    for (int i = end - 1; i >= first; i--) {
        int head = parse->tokens[i].head;
        bool outside = head < first || head >= end || head == i;
        if (outside && !rg_token_is_mark(&parse->tokens[i]))
            return i;
    }
    return end - 1;
}

static void put_mention(rg_arena *arena, rg_mentions *out, const rg_mention *mention)
{
    out->items = rg_arena_grow(arena, out->items, out->count, &out->capacity,
                               sizeof *out->items);
    for (int i = mention->first; i < mention->end; i++)
        out->of_token[i] = out->count;
    out->items[out->count++] = *mention;
}

/* Text of tokens [first, end) as it stands in their block. */
static rg_str text_of(const rg_parse *parse, int first, int end)
{
    const rg_token *from = &parse->tokens[first], *last = &parse->tokens[end - 1];
    rg_str block = parse->text->blocks[from->block].text;
    return rg_str_cut(block, from->start, last->start + last->lexeme->text.len);
}

static bool may_begin(const rg_extractor *x, rg_str text)
{
    if (text.len < 2)
        return false;
    unsigned first = (unsigned char)text.bytes[0], next = (unsigned char)text.bytes[1];
    return x->name_starts[first << 8 | next];
}

/* The longest declared name that begins at the token: its end, or -1. */
static int find_declared(const rg_extractor *x, const rg_parse *parse, int first,
                         int *label)
{
    const rg_token *token = &parse->tokens[first];
    rg_str rest = parse->text->blocks[token->block].text;
    if (!may_begin(x, rg_str_cut(rest, token->start, rest.len)))
        return -1;
    int end = -1;
    for (int i = first; i < parse->token_count; i++) {
        if (parse->tokens[i].block != token->block)
            break;
        rg_str text = text_of(parse, first, i + 1);
        if (text.len > x->longest_name)
            break;
        int found = rg_rules_find_label(x->rules, text);
        if (found != RG_NONE) {
            end = i + 1;
            *label = found;
        }
    }
    return end;
}

/* The model's name that holds the token, as [first, end); empty if there is none. */
static rg_mention model_name(const rg_extractor *x, const rg_parse *parse, int token)
{
    const rg_token *tokens = parse->tokens;
    rg_mention name = {.first = token, .end = token, .label = RG_NONE, .name = true};
    if (tokens[token].ent_iob == 'O')
        return name;
    while (tokens[name.first].ent_iob == 'I' && name.first > 0)
        name.first--;
    name.end = token + 1;
    while (name.end < parse->token_count && tokens[name.end].ent_iob == 'I')
        name.end++;
    name.head = find_head(parse, name.first, name.end);
    int symbol = rg_map_find(x->rules->symbols, tokens[token].ent_type);
    name.type = symbol == RG_NONE ? RG_NONE : x->ent_types[symbol];
    return name;
}

/* Does the declared name [first, end) stand, given the model's name around it? */
static bool stands(const rg_extractor *x, const rg_parse *parse, int first, int end)
{
    rg_mention around = model_name(x, parse, first);
    if (around.end <= end)
        around = model_name(x, parse, end - 1);
    if (around.first >= first && around.end <= end)
        return true;
    return around.end == around.first || (around.head >= first && around.head < end);
}

rg_mentions *mentions_find(rg_arena *arena, const rg_extractor *x,
                           const rg_parse *parse)
{
    rg_mentions *out = rg_new(arena, rg_mentions, 1);
    out->of_token = rg_new(arena, int, parse->token_count);
    for (int i = 0; i < parse->token_count; i++)
        out->of_token[i] = RG_NONE;
    for (int i = 0; i < parse->token_count;) {
        int label = RG_NONE, end = find_declared(x, parse, i, &label);
        if (end > 0 && stands(x, parse, i, end)) {
            rg_mention mention = {.first = i,
                                  .end = end,
                                  .name = true,
                                  .label = label,
                                  .head = find_head(parse, i, end),
                                  .type = x->rules->label_types[label]};
            if (mention.type == RG_NONE)
                mention.type = model_name(x, parse, mention.head).end > mention.head
                                   ? model_name(x, parse, mention.head).type
                                   : RG_NONE;
            put_mention(arena, out, &mention);
            i = end;
            continue;
        }
        i++;
    }
    for (int i = 0; i < parse->token_count;) {
        rg_mention name = model_name(x, parse, i);
        if (name.end <= i) {
            i++;
            continue;
        }
        bool free = true;
        for (int t = name.first; t < name.end; t++)
            free = free && out->of_token[t] == RG_NONE;
        if (free)
            put_mention(arena, out, &name);
        i = name.end;
    }
    return out;
}

void mentions_set_type(rg_arena *arena, rg_mentions *mentions, int token, int type)
{
    int index = mentions->of_token[token];
    if (index != RG_NONE) {
        mentions->items[index].type = type;
        return;
    }
    put_mention(arena, mentions,
                &(rg_mention){.first = token,
                              .end = token + 1,
                              .head = token,
                              .type = type,
                              .label = RG_NONE});
}
