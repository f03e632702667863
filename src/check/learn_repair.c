/* learn_repair.c - drafts with a repair: the edits that help, with a rule or without. */
#include "check/learn_repair.h"

#include "check/compare.h"

enum { FEW_EDITS = 2 };

/* The rule that makes the triple, or NULL: none of this set's own. */
static const rg_rule *find_rule(const lesson *l, const cure *c)
{
    const scope all = {.partial = true};
    const rg_edges *edges = &c->made.found.entities->edges;
    for (int i = 0; i < edges->count; i++) {
        const rg_edges one = {.items = &edges->items[i], .count = 1};
        if (compare_find_missing(l->example, &one, &all) < 0)
            return c->made.found.triples->items[c->made.found.entities->triples[i]]
                .rule;
    }
    return NULL;
}

/* Up to and with the last slash. */
static rg_str folder_of(rg_str path)
{
    int end = path.len;
    while (end > 0 && path.bytes[end - 1] != '/')
        end--;
    return rg_str_cut(path, 0, end);
}

/* The name by which a rule file beside core.yaml is included, or empty: it is core, or lies
 * elsewhere. */
static rg_str include_name(const lesson *l, const rg_rule *rule)
{
    const rg_rules *rules = l->checker->rules;
    const rg_str ending = RG_STR(".yaml"), none = {"", 0};
    if (!rule || rules->derive_count == 0)
        return none;
    rg_str path = rules->files[rule->file].path;
    rg_str core = rules->files[rules->derives[0].file].path, folder = folder_of(path);
    if (rg_str_equal(path, core) || !rg_str_equal(folder, folder_of(core))
        || !rg_str_ends(path, ending))
        return none;
    return rg_str_cut(path, folder.len, path.len - ending.len);
}

/* A repair alone; its example needs the rule that makes the triple. */
static void draft_whole(rg_drafts *out, const lesson *l, const cure *c)
{
    rg_str repair = learn_put_repair(l, c->changes, c->count, true);
    rg_str file = include_name(l, find_rule(l, c));
    if (repair.len == 0)
        return;
    rg_buf draft = rg_buf_in(l->arena);
    rg_buf_format(&draft, "relgraph: 1\ninclude: [core%s%.*s]\n\n%.*s",
                  file.len ? ", " : "", RG_PRINT(file), RG_PRINT(repair));
    if (out->count < RG_DRAFTS)
        out->items[out->count++] =
            (rg_draft){.text = rg_buf_str(&draft), .by_any = true};
}

static bool has_verb(const lesson *l, const lesson_way *w)
{
    bool has = false;
    for (int i = 1; i + 1 < w->count; i++)
        has = has || lesson_is_verb(lesson_token(l, w->tokens[i]));
    return has;
}

/* Repair and rule: phrases, since how a phrase is read in other sentences confirms the
 * edit; at the very last ways, which nothing confirms. */
static void draft_half(rg_drafts *out, const lesson *l, const cure *c, bool ways)
{
    lesson with = *l;
    with.repair = learn_put_repair(l, c->changes, c->count, false);
    with.made = c->made;
    if (with.repair.len == 0)
        return;
    lesson_list_links(&with);
    lesson_way w = lesson_find_way(&with);
    if (!has_verb(&with, &w))
        return;
    if (!ways)
        learn_phrases(out, &with, &w);
    else if (lesson_is_logical(&with, &w))
        learn_ways(out, &with, &w);
}

static bool has_retag(const lesson *l, const cure *c)
{
    for (int i = 0; i < c->count; i++)
        if (!rg_str_equal(c->changes[i].pos, lesson_token(l, c->changes[i].token)->pos))
            return true;
    return false;
}

/* An edge or two may be a phrase's ground; what takes more is left for the end. */
static void draft_halves(rg_drafts *out, const lesson *l, const cures *found, bool ways)
{
    for (int i = 0; i < found->count; i++) {
        const cure *c = &found->items[i];
        bool few = c->count <= FEW_EDITS && !has_retag(l, c);
        if (few || ways)
            draft_half(out, l, c, false);
        if (ways)
            draft_half(out, l, c, true);
    }
}

void learn_repairs(rg_drafts *out, const lesson *l, bool ways)
{
    plans *edits = rg_new(l->arena, plans, 1);
    remedies *found = rg_new(l->arena, remedies, 1);
    learn_list_plans(edits, l);
    learn_search(found, l, edits);
    for (int i = 0; i < found->whole.count && !ways; i++)
        draft_whole(out, l, &found->whole.items[i]);
    draft_halves(out, l, &found->half, ways);
    draft_halves(out, l, &found->slight, ways);
}
