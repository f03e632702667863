/* render.c - which engine for which graph, and how much time each gets. */
#include "graph/child.h"
#include "graph/dot.h"
#include "graph/reduce.h"
#include "graph/rows.h"
#include "graph/turn.h"

#include "base/file.h"

#include <stdlib.h>

enum {
    MOST_EDGES = 5000,    /* drawn edges beyond which nothing is tried */
    LARGEST_FOR_DOT = 60, /* drawn edges of one component up to which dot draws best */
    LARGEST_FOR_VARIANTS =
        80, /* drawn edges up to which there is time for more than one */
    LARGEST_FOR_CURVES = 75, /* up to which neato has time to lead edges around nodes */
    LARGEST_WHOLE = 250,     /* beyond it only the most important ones are shown */
    SHOWN_OF_MORE = 150,
    SMALLEST_TO_REFUSE = 20, /* fewer edges may make a long picture */
    ALL_TRIES = 10,          /* seconds of CPU time */
    WALL = 10,               /* times as long by the clock: machines are shared */
    LARGEST_PICTURE = 64 * 1024 * 1024,
    PNG_DPI = 110,
};

static const char *const picture_names[] = {
    [RG_PICTURE_DOT] = "dot",
    [RG_PICTURE_SVG] = "svg",
    [RG_PICTURE_PNG] = "png",
    [RG_PICTURE_PDF] = "pdf",
};

static const char *const engine_names[] = {
    [RG_LAYOUT_DOT] = "dot",
    [RG_LAYOUT_NEATO] = "neato",
    [RG_LAYOUT_SFDP] = "sfdp",
};

/* One layout that is tried; the next one follows if it takes too long or comes out too
 * long. Which one succeeds depends on the graph, and on CPU time only where that runs out. */
typedef struct attempt {
    rg_dot_options options;
    bool may_be_long;
    int share; /* percent of the CPU time that is left */
} attempt;

enum { MOST_ATTEMPTS = 4 };

/* Larger graphs start further down the list. */
static int plan_attempts(attempt plan[MOST_ATTEMPTS], const rg_graph *graph, int dpi)
{
    const attempt all[MOST_ATTEMPTS] = {
        {{.layout = RG_LAYOUT_DOT}, graph->link_count <= SMALLEST_TO_REFUSE, 50},
        {{.layout = RG_LAYOUT_NEATO}, true, 60},
        {{.layout = RG_LAYOUT_NEATO, .coarse = true}, true, 70},
        {{.layout = RG_LAYOUT_SFDP, .coarse = true}, true, 100},
    };
    int largest = rg_rows_largest(graph->arena, graph);
    int first = largest <= LARGEST_FOR_DOT ? 0 : largest <= LARGEST_FOR_CURVES ? 1 : 2;
    int count = 0;
    for (int i = first; i < MOST_ATTEMPTS; i++) {
        plan[count] = all[i];
        plan[count].options.dpi = dpi;
        count++;
    }
    return count;
}

/* The helper stands beside the running program, or in PREFIX/libexec/relgraph. */
static rg_str find_helper(rg_arena *arena)
{
    rg_str folder = rg_file_program_folder(arena);
    static const char *const places[] = {"relgraph-layout", "../relgraph-layout",
                                         "../libexec/relgraph/relgraph-layout"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        rg_str path = rg_arena_format(arena, "%.*s/%s", RG_PRINT(folder), places[i]);
        if (rg_file_exists(path.bytes))
            return path;
    }
    return (rg_str){"", 0};
}

static bool fail_render(rg_error *err, rg_child_end end, const rg_graph *graph,
                        rg_str said)
{
    int line_end = rg_str_find_byte(said, '\n', 0);
    rg_str first = rg_str_cut(said, 0, line_end < 0 ? said.len : line_end);
    switch (end) {
    case RG_CHILD_TOO_SLOW:
        rg_fail(err, RG_ERROR_LIMIT, RG_NOWHERE,
                "layout of %d relations took more than %d seconds",
                graph->relation_count, ALL_TRIES);
        return rg_fail_hint(
            err, "--top 200 draws the most important; -f dot and -f tsv have no limit");
    case RG_CHILD_NO_MEMORY:
        rg_fail(err, RG_ERROR_MEMORY, RG_NOWHERE,
                "layout of %d relations ran out of memory", graph->relation_count);
        return rg_fail_hint(
            err, "--top 200 draws the most important; -f dot and -f tsv have no limit");
    default:
        return rg_fail(err, RG_ERROR_OUTPUT, RG_NOWHERE, "layout failed: %.*s",
                       first.len > 0 ? first.len : 10,
                       first.len > 0 ? first.bytes : "it crashed");
    }
}

/* Small graphs have time for several layouts, of which the child keeps the best. */
static void put_variants(rg_buf *out, const rg_graph *graph,
                         const rg_dot_options *options)
{
    bool many = options->layout == RG_LAYOUT_DOT && !options->plain
                && graph->link_count <= LARGEST_FOR_VARIANTS;
    if (!options->plain && graph->node_count > 0)
        rg_dot_put_legend(out, graph);
    bool may_turn = options->layout == RG_LAYOUT_DOT && !options->plain;
    const rg_graph *turned = may_turn ? rg_turn(graph->arena, graph) : graph;
    for (int i = 0; i < (many ? RG_DOT_VARIANTS : 1); i++) {
        rg_dot_options variant = *options;
        variant.variant = i;
        rg_dot_put(out, i & RG_DOT_AS_IS ? graph : turned, &variant);
    }
}

static rg_child_end try_one(rg_buf *out, rg_buf *said, const rg_graph *graph,
                            const attempt *one, const char *const *names, int seconds)
{
    rg_buf dot = rg_buf_in(graph->arena);
    put_variants(&dot, graph, &one->options);
    const char *limit = rg_arena_format(graph->arena, "%d", seconds).bytes;
    const char *arguments[] = {names[0],
                               names[1],
                               engine_names[one->options.layout],
                               limit,
                               one->may_be_long ? NULL : "2.5",
                               NULL};
    rg_child child = {.arguments = arguments,
                      .input = rg_buf_str(&dot),
                      .milliseconds = seconds * WALL * 1000,
                      .limit = LARGEST_PICTURE};
    return rg_child_run(out, said, &child);
}

static bool may_try_next(rg_child_end end)
{
    return end == RG_CHILD_TOO_SLOW || end == RG_CHILD_REFUSED
           || end == RG_CHILD_FAILED;
}

const rg_graph *rg_graph_shown(const rg_graph *graph)
{
    return graph->link_count > LARGEST_WHOLE
               ? rg_reduce(graph->arena, graph, SHOWN_OF_MORE)
               : graph;
}

bool rg_graph_render(rg_buf *out, const rg_graph *graph, rg_picture picture,
                     rg_error *err)
{
    if (picture != RG_PICTURE_DOT && graph->link_count > MOST_EDGES) {
        rg_fail(err, RG_ERROR_LIMIT, RG_NOWHERE,
                "%d connections are more than a picture shows (%d)", graph->link_count,
                MOST_EDGES);
        return rg_fail_hint(
            err, "--top 200 draws the most important; -f dot and -f tsv have no limit");
    }
    rg_str helper = find_helper(graph->arena);
    if (helper.len == 0)
        return rg_fail(err, RG_ERROR_OUTPUT, RG_NOWHERE,
                       "cannot find relgraph-layout beside the program");

    if (picture != RG_PICTURE_DOT)
        graph = rg_graph_shown(graph);
    attempt plan[MOST_ATTEMPTS];
    int count = plan_attempts(plan, graph, picture == RG_PICTURE_PNG ? PNG_DPI : 0);
    if (picture == RG_PICTURE_DOT) { /* needs no layout */
        plan[0] = (attempt){{.layout = RG_LAYOUT_DOT, .plain = true}, true, 100};
        count = 1;
    }
    const char *const names[] = {helper.bytes, picture_names[picture]};
    int left = ALL_TRIES;
    rg_child_end end = RG_CHILD_FAILED;
    rg_buf said = rg_buf_in(graph->arena);
    for (int i = 0; i < count; i++) {
        int before = out->len, seconds = (left * plan[i].share + 99) / 100;
        seconds = seconds > 0 ? seconds : 1;
        said.len = 0;
        end = try_one(out, &said, graph, &plan[i], names, seconds);
        left -= end == RG_CHILD_TOO_SLOW ? seconds : 0;
        if (end == RG_CHILD_DONE)
            return true;
        out->len = before;
        if (!may_try_next(end))
            break;
    }
    return fail_render(err, end, graph, rg_buf_str(&said));
}
