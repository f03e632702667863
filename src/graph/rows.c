#include "graph/rows.h"

#include <math.h>
#include <stdlib.h>

/* Rows are so many columns wide; more if the largest component is. */
enum { LEAST_WIDTH = 4, MOST_WIDTH = 12 };

/* Columns are the levels of a breadth-first walk from the nodes nothing points at. */
typedef struct component {
    int index;         /* its lowest node */
    int width, height; /* levels, and nodes of the fullest level */
    int first, last;   /* a node of the first and one of the last level */
    int row;
} component;

typedef struct sorter {
    const rg_graph *graph;
    int *root;             /* of each node: the lowest node of its component */
    int *level;            /* of each node */
    int *offset;           /* of each root: nodes in components of lower roots */
    component *components; /* the highest first */
    int count;
} sorter;

static int find_root(int *parent, int node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

static void find_roots(sorter *s, rg_arena *arena)
{
    const rg_graph *graph = s->graph;
    s->root = rg_new(arena, int, graph->node_count + 1);
    for (int i = 0; i < graph->node_count; i++)
        s->root[i] = i;
    for (int i = 0; i < graph->link_count; i++) {
        int a = find_root(s->root, graph->links[i].from);
        int b = find_root(s->root, graph->links[i].to);
        s->root[a > b ? a : b] = a > b ? b : a;
    }
    int *sizes = rg_new(arena, int, graph->node_count + 1);
    for (int i = 0; i < graph->node_count; i++) {
        s->root[i] = find_root(s->root, i);
        sizes[s->root[i]]++;
    }
    s->offset = rg_new(arena, int, graph->node_count + 1);
    for (int i = 0; i < graph->node_count; i++)
        s->offset[i + 1] = s->offset[i] + sizes[i];
}

/* Moves the heads of all links behind their tails, once; false if none had to move. */
static bool push_levels(sorter *s, int level)
{
    bool moved = false;
    for (int i = 0; i < s->graph->link_count; i++) {
        const rg_link *link = &s->graph->links[i];
        if (s->level[link->from] == level && s->level[link->to] < 0) {
            s->level[link->to] = level + 1;
            moved = true;
        }
    }
    return moved;
}

/* A component that is one cycle has no start: its lowest node is it. */
static void find_levels(sorter *s, rg_arena *arena)
{
    const rg_graph *graph = s->graph;
    bool *has_start = rg_new(arena, bool, graph->node_count + 1);
    s->level = rg_new(arena, int, graph->node_count + 1);
    for (int i = 0; i < graph->link_count; i++)
        if (graph->links[i].from != graph->links[i].to)
            s->level[graph->links[i].to] = -1;
    for (int i = 0; i < graph->node_count; i++)
        has_start[s->root[i]] = has_start[s->root[i]] || s->level[i] == 0;
    for (int i = 0; i < graph->node_count; i++)
        if (!has_start[s->root[i]])
            s->level[s->root[i]] = 0;
    for (int level = 0; push_levels(s, level);)
        level++;
    for (int i = 0; i < graph->node_count;
         i++) /* behind a cycle that nothing reaches */
        if (s->level[i] < 0)
            s->level[i] = 0;
}

static int compare_components(const void *a, const void *b)
{
    const component *left = a, *right = b;
    if (left->height != right->height)
        return left->height > right->height ? -1 : 1;
    if (left->width != right->width)
        return left->width > right->width ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static void list_components(sorter *s, rg_arena *arena)
{
    int node_count = s->graph->node_count;
    int *place = rg_new(arena, int, node_count + 1);
    int *filled = rg_new(arena, int, node_count + 1); /* nodes of each level */
    s->components = rg_new(arena, component, node_count + 1);
    for (int i = 0; i < node_count; i++)
        if (s->root[i] == i) {
            place[i] = s->count;
            s->components[s->count++] = (component){.index = i, .first = -1, .last = i};
        }
    for (int i = 0; i < node_count; i++) {
        component *c = &s->components[place[s->root[i]]];
        int *nodes = &filled[s->offset[s->root[i]] + s->level[i]];
        *nodes += 1;
        if (*nodes > c->height)
            c->height = *nodes;
        if (s->level[i] + 1 > c->width) {
            c->width = s->level[i] + 1;
            c->last = i;
        }
        if (s->level[i] == 0 && c->first < 0)
            c->first = i;
    }
    qsort(s->components, (size_t)s->count, sizeof *s->components, compare_components);
}

/* Columns that make the picture somewhat wider than high; a cell of the grid takes about
 * 150 by 45 points. */
static int choose_width(const sorter *s)
{
    int cells = 0, widest = LEAST_WIDTH;
    for (int i = 0; i < s->count; i++) {
        cells += s->components[i].width * s->components[i].height;
        if (s->components[i].width > widest)
            widest = s->components[i].width;
    }
    int wanted = (int)sqrt(0.42 * cells);
    wanted = wanted < MOST_WIDTH ? wanted : MOST_WIDTH;
    return wanted > widest ? wanted : widest;
}

/* Each component goes to the first row with room, behind what stands there. */
static void fill_rows(sorter *s, rg_arena *arena, rg_rows *rows)
{
    int width = choose_width(s), row_count = 0;
    int *used = rg_new(arena, int, s->count + 1),
        *last = rg_new(arena, int, s->count + 1);
    rows->ties = rg_new(arena, rg_tie, s->count + 1);
    for (int i = 0; i < s->count; i++) {
        component *c = &s->components[i];
        while (c->row < row_count && used[c->row] + c->width > width)
            c->row++;
        if (c->row < row_count)
            rows->ties[rows->tie_count++] = (rg_tie){last[c->row], c->first};
        else
            row_count++;
        used[c->row] += c->width;
        last[c->row] = c->last;
    }
}

static int compare_rows(const void *a, const void *b)
{
    const component *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return compare_components(a, b);
}

/* Nodes by their component's place, and in their own order within it. */
static const int *order_nodes(sorter *s, rg_arena *arena)
{
    int node_count = s->graph->node_count;
    int *order = rg_new(arena, int, node_count + 1);
    int *next = rg_new(arena, int, node_count + 1);
    qsort(s->components, (size_t)s->count, sizeof *s->components, compare_rows);
    for (int i = 0, at = 0; i < s->count; i++) {
        int root = s->components[i].index;
        next[root] = at;
        at += s->offset[root + 1] - s->offset[root];
    }
    for (int i = 0; i < node_count; i++)
        order[next[s->root[i]]++] = i;
    return order;
}

int rg_rows_largest(rg_arena *arena, const rg_graph *graph)
{
    sorter s = {.graph = graph};
    find_roots(&s, arena);
    int *links = rg_new(arena, int, graph->node_count + 1), most = 0;
    for (int i = 0; i < graph->link_count; i++) {
        int count = ++links[s.root[graph->links[i].from]];
        most = count > most ? count : most;
    }
    return most;
}

rg_rows rg_rows_sort(rg_arena *arena, const rg_graph *graph)
{
    sorter s = {.graph = graph};
    rg_rows rows = {0};
    find_roots(&s, arena);
    find_levels(&s, arena);
    list_components(&s, arena);
    fill_rows(&s, arena, &rows);
    rows.order = order_nodes(&s, arena);
    return rows;
}
