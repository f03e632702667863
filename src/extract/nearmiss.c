#include "extract/nearmiss.h"

#include "base/buf.h"

enum { MOST_EDGES_TOLD = 8, MISS_FUEL = 5000 };

/* How far a path leads: its first `steps` steps reach `node`. */
typedef struct reach {
    const rg_path *path;
    int steps, node;
} reach;

static bool keep_node(matcher *m, int at)
{
    *(int *)m->user = at;
    return true;
}

/* The longest beginning of the path that leads somewhere. */
static reach find_reach(const matcher *m, const rg_path *path)
{
    reach best = {path, -1, RG_NONE};
    int start = m->bound[path->start];
    for (int steps = 0; start != RG_NONE && steps <= path->steps.count; steps++) {
        const rg_steps part = {.items = path->steps.items, .count = steps};
        matcher local = *m;
        int node = RG_NONE;
        local.visit = keep_node;
        local.user = &node;
        m->s->fuel = MISS_FUEL;
        if (!match_steps(&local, &part, start))
            break;
        best = (reach){path, steps, node};
    }
    return best;
}

/* The text of one step of the path as it is written. */
static rg_str step_text(const rg_path *path, int step)
{
    const rg_step *steps = path->steps.items;
    int from = steps[step].offset - path->at;
    int to = step + 1 < path->steps.count ? steps[step + 1].offset - path->at
                                          : path->text.len;
    return rg_str_trim(rg_str_cut(path->text, from, to));
}

static rg_str word_at(const sentence *s, int node)
{
    return sentence_token(s, node)->lexeme->text;
}

/* " (place)": the type of the name that the node is in. */
static void put_type(rg_buf *out, const sentence *s, int node)
{
    int mention = s->mentions->of_token[s->first + node];
    int type = mention == RG_NONE ? RG_NONE : s->mentions->items[mention].type;
    rg_buf_format(out, " (%.*s", RG_PRINT(sentence_token(s, node)->pos));
    if (type != RG_NONE)
        rg_buf_format(out, ", %.*s", RG_PRINT(s->rules->types[type].name));
    rg_buf_byte(out, ')');
}

/* " (there are nsubj panel, OBL:in house)": the edges that leave or reach the node. */
static void put_edges(rg_buf *out, const sentence *s, int node, bool up)
{
    int told = 0;
    const graph_node *n = &s->nodes[node];
    for (int i = up ? n->first_in : n->first_out;
         i != RG_NONE && told < MOST_EDGES_TOLD;
         i = up ? s->edges[i].next_in : s->edges[i].next_out) {
        const graph_edge *e = &s->edges[i];
        if (e->gone)
            continue;
        rg_str name = e->name == RG_NONE ? sentence_token(s, e->to)->dep
                                         : rg_map_key(s->rules->symbols, e->name);
        rg_buf_format(out, "%s%.*s", told++ ? ", " : " (there are ", RG_PRINT(name));
        if (e->sub != RG_NONE)
            rg_buf_format(out, ":%.*s", RG_PRINT(sentence_word(s, e->sub)));
        rg_buf_format(out, " %.*s", RG_PRINT(word_at(s, up ? e->from : e->to)));
    }
    rg_buf_text(out, told ? ")" : " (there is nothing)");
}

static void put_reach(rg_buf *out, const sentence *s, const reach *r)
{
    if (r->node == RG_NONE || r->steps >= r->path->steps.count) {
        rg_buf_format(out, "nothing at %.*s", RG_PRINT(r->path->text));
        return;
    }
    const rg_step *failed = &r->path->steps.items[r->steps];
    rg_str text = step_text(r->path, r->steps), word = word_at(s, r->node);
    if (failed->kind == RG_STEP_TEST) {
        rg_buf_format(out, "\"%.*s\" is not %.*s", RG_PRINT(word), RG_PRINT(text));
        put_type(out, s, r->node);
        return;
    }
    rg_buf_format(out, "no %.*s %s \"%.*s\"", RG_PRINT(text),
                  failed->up ? "above" : "below", RG_PRINT(word));
    put_edges(out, s, r->node, failed->kind == RG_STEP_EDGE && failed->up);
}

rg_str nearmiss_describe(rg_arena *arena, const matcher *m, const rg_rule *rule,
                         const rg_arg *arg)
{
    reach best = find_reach(m, &arg->paths.items[0]);
    for (int i = 1; i < arg->paths.count; i++) {
        reach other = find_reach(m, &arg->paths.items[i]);
        if (other.steps > best.steps)
            best = other;
    }
    rg_buf out = rg_buf_in(arena);
    for (int i = 1; i < rule->slots.count; i++)
        if (m->bound[i] != RG_NONE && rule->slots.names[i].len > 0)
            rg_buf_format(&out, "%.*s=%.*s ok; ", RG_PRINT(rule->slots.names[i]),
                          RG_PRINT(word_at(m->s, m->bound[i])));
    rg_buf_format(&out, "%.*s: ", RG_PRINT(rule->slots.names[arg->slot]));
    put_reach(&out, m->s, &best);
    return rg_buf_str(&out);
}
