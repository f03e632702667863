#include "extract/parts.h"

#include "extract/mentions.h"

enum { PART_FUEL = 5000 };

/* The last word before `token`, behind `first`, that joins two names; or RG_NONE. */
static int find_joint(const sentence *s, int first, int token)
{
    int list = s->rules->output.joint_list;
    for (int i = token - 1; i > first && list != RG_NONE; i--)
        if (rg_map_find(s->rules->lists[list].words, s->parse->tokens[i].lexeme->lower)
            >= 0)
            return i;
    return RG_NONE;
}

/* Takes the verb out of a name that the model found around it: the first to stand in it. */
static void break_name(sentence *s, rg_arena *arena, rg_mentions *mentions, int index)
{
    const rg_mention *name = &mentions->items[index];
    matcher m;
    matcher_begin(&m, s);
    for (int i = name->first + 1; i < name->end - 1; i++) {
        if (!match_holds(&m, &s->rules->output.verb, i - s->first))
            continue;
        int end = name->end, head = end - 1;
        mentions_cut(arena, mentions, index, i, head);
        mentions->items[index].head = i - 1;
        return;
    }
}

/* Cuts the name at each token that begins one of its own, from left to right. */
static void split_name(sentence *s, rg_arena *arena, rg_mentions *mentions, int index)
{
    matcher m;
    matcher_begin(&m, s);
    m.bound[0] = mentions->items[index].head - s->first;
    s->fuel = PART_FUEL;
    rg_tokens parts = match_ends(&m, &s->rules->output.part);
    for (int i = 0; i < parts.count; i++) {
        int token = parts.items[i] + s->first;
        const rg_mention *name = &mentions->items[index];
        int joint = token > name->first && token < name->end
                        ? find_joint(s, name->first, token)
                        : RG_NONE;
        if (joint != RG_NONE)
            index = mentions_cut(arena, mentions, index, joint, token);
    }
}

static bool may_split(const sentence *s, const rg_mention *name)
{
    return name->name && name->label == RG_NONE && name->printed.len == 0
           && name->end - name->first > 2 && name->first >= s->first
           && name->end <= s->first + s->count;
}

void parts_split(sentence *s, rg_arena *arena, rg_mentions *mentions)
{
    const rg_output_spec *output = &s->rules->output;
    if (output->part.count == 0 && output->verb.crit_count == 0)
        return;
    for (int i = 0; i < s->count; i++) {
        int index = mentions->of_token[s->first + i];
        bool first = index != RG_NONE && mentions->items[index].first == s->first + i;
        if (!first || !may_split(s, &mentions->items[index]))
            continue;
        if (output->verb.crit_count > 0)
            break_name(s, arena, mentions, index);
        split_name(s, arena, mentions, index);
    }
}
