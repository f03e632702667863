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

static bool is_amount(const rg_rules *rules, int type)
{
    bool found = false;
    for (int i = 0; i < RG_MAX_TYPES / 64 && type != RG_NONE; i++)
        found = found || (rules->types[type].kinds[i] & rules->values.amounts[i]);
    return found;
}

/* "$" of "$80", which the model leaves out of the amount: a unit right before it. */
static void take_unit_before(const rg_extractor *x, const rg_parse *parse,
                             rg_mention *name)
{
    int units = x->rules->values.lists[RG_VALUES_UNIT];
    if (name->first == 0 || units == RG_NONE || !is_amount(x->rules, name->type))
        return;
    const rg_token *before = &parse->tokens[name->first - 1];
    if (before->space_after || before->ent_iob != 'O'
        || before->block != parse->tokens[name->first].block
        || rg_rules_find_item(x->rules, units, before->lexeme->lower) < 0)
        return;
    name->first--;
    name->head = find_head(parse, name->first, name->end);
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

/* ---- Files of names -------------------------------------------------------------------- */

/* Adds the token to the text that is held against the names. */
static bool put_token(rg_name_walk *walk, const rg_names *names, const rg_token *token)
{
    const rg_lexeme *lexeme = token->lexeme;
    bool written = names->fold == RG_NAMES_WRITTEN;
    return rg_name_walk_put(walk, written ? lexeme->text : lexeme->lower)
           && walk->len <= names->longest;
}

/* Is there white space behind the token? *next gets the token behind it. */
static bool is_blank_behind(const rg_parse *parse, int token, int *next)
{
    bool blank = parse->tokens[token].space_after;
    for (*next = token + 1;
         *next < parse->token_count && parse->tokens[*next].lexeme->is_space
         && parse->tokens[*next].block == parse->tokens[token].block;
         ++*next)
        blank = true;
    return blank;
}

/* The longest name of the file that begins at the token: its end, or -1. */
static int find_in_file(const rg_names *names, const rg_parse *parse, int first,
                        rg_str *printed)
{
    rg_name_walk walk;
    int end = -1;
    rg_name_walk_begin(&walk);
    for (int i = first, next; i < parse->token_count; i = next) {
        if (parse->tokens[i].block != parse->tokens[first].block
            || !put_token(&walk, names, &parse->tokens[i]))
            break;
        rg_name_found found = rg_names_find(names, &walk);
        if (found.is_name) {
            end = i + 1;
            *printed = found.label;
        }
        bool blank = is_blank_behind(parse, i, &next);
        if (blank && (!found.begins || !rg_name_walk_put(&walk, RG_STR(" "))))
            break;
    }
    return end;
}

/* The longest name of all files, longer than `end`, or `end`; of equal ones the first. */
static int find_in_files(const rg_extractor *x, const rg_parse *parse, int first,
                         int end, rg_mention *out)
{
    if (parse->tokens[first].lexeme->is_space)
        return end;
    for (int i = 0; i < x->name_file_count; i++) {
        rg_str printed;
        int found = find_in_file(x->name_files[i]->names, parse, first, &printed);
        if (found <= end)
            continue;
        end = found;
        out->label = RG_NONE;
        out->printed = printed;
        out->type = x->name_files[i]->type;
    }
    return end;
}

/* The longest name that begins at the token and is declared, in a rule file or in a file
 * of names; false if there is none. */
static bool find_known(const rg_extractor *x, const rg_parse *parse, int first,
                       rg_mention *out)
{
    *out =
        (rg_mention){.first = first, .name = true, .label = RG_NONE, .type = RG_NONE};
    int end = find_declared(x, parse, first, &out->label);
    if (end > 0)
        out->type = x->rules->label_types[out->label];
    out->end = find_in_files(x, parse, first, end, out);
    return out->end > 0 && stands(x, parse, first, out->end);
}

rg_mentions *mentions_find(rg_arena *arena, const rg_extractor *x,
                           const rg_parse *parse)
{
    rg_mentions *out = rg_new(arena, rg_mentions, 1);
    out->of_token = rg_new(arena, int, parse->token_count);
    for (int i = 0; i < parse->token_count; i++)
        out->of_token[i] = RG_NONE;
    for (int i = 0; i < parse->token_count;) {
        rg_mention mention;
        if (find_known(x, parse, i, &mention)) {
            mention.head = find_head(parse, i, mention.end);
            mention.given = mention.type != RG_NONE;
            if (mention.type == RG_NONE)
                mention.type = model_name(x, parse, mention.head).end > mention.head
                                   ? model_name(x, parse, mention.head).type
                                   : RG_NONE;
            put_mention(arena, out, &mention);
            i = mention.end;
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
        i = name.end;
        take_unit_before(x, parse, &name);
        bool free = true;
        for (int t = name.first; t < name.end; t++)
            free = free && out->of_token[t] == RG_NONE;
        if (free)
            put_mention(arena, out, &name);
    }
    return out;
}

int mentions_cut(rg_arena *arena, rg_mentions *mentions, int index, int joint, int head)
{
    rg_mention rest = mentions->items[index];
    mentions->items[index].end = joint;
    mentions->of_token[joint] = RG_NONE;
    rest.first = joint + 1;
    rest.head = head;
    put_mention(arena, mentions, &rest);
    return mentions->count - 1;
}

void mentions_set_type(rg_arena *arena, rg_mentions *mentions, int token, int type)
{
    mentions_put_type(arena, mentions, token, type);
    mentions->items[mentions->of_token[token]].given = true;
}

void mentions_put_type(rg_arena *arena, rg_mentions *mentions, int token, int type)
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
