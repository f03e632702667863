/* layout_main.c - the layout child: DOT on standard input, a picture on standard output.
 * More than one graph there: the legend first, if it has that name, then the same one in
 * other orders, of which the best layout is drawn.
 *
 *     relgraph-layout FORMAT ENGINE SECONDS [ASPECT]
 *
 * FORMAT dot: read and written, no layout. SECONDS: of CPU time.
 *
 * Graphviz runs here and nowhere else: it is not thread-safe, does not survive running out
 * of memory, and lays out some small graphs for minutes. So this program limits itself
 * before it reads a byte, searches no plugins, and ends without cleaning up. A picture
 * longer or higher than ASPECT times its other side is refused, for another engine.
 */
#define _GNU_SOURCE
#include "graph/child.h"
#include "graph/dot.h"
#include "graph/layout.h"

#include <graphviz/gvc.h>
#include <graphviz/gvplugin.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#ifdef __linux__
#    include <sys/prctl.h>
#endif
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#    define SANITIZED 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#        define SANITIZED 1
#    endif
#endif

enum { MEGABYTE = 1024 * 1024 };

static const struct {
    int what;
    rlim_t most;
} limits[] = {
    {RLIMIT_CPU, 20}, /* the parent gives fewer; at this one the system kills */
#ifndef SANITIZED     /* shadow memory takes terabytes of address space */
    {RLIMIT_AS, 1024 * (rlim_t)MEGABYTE},
#endif
    {RLIMIT_FSIZE, 64 * (rlim_t)MEGABYTE},
    {RLIMIT_NOFILE, 16},
    {RLIMIT_CORE, 0},
    {RLIMIT_STACK, 64 * (rlim_t)MEGABYTE},
};

static void limit_ourselves(void)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit;
        if (getrlimit(limits[i].what, &limit) != 0)
            continue;
        if (limit.rlim_max > limits[i].most)
            limit.rlim_max = limits[i].most;
        limit.rlim_cur = limit.rlim_max;
        setrlimit(limits[i].what, &limit);
    }
#ifdef __linux__
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    /* The parent cleared the environment already; this is for a run by hand. */
    clearenv();
    setenv("SOURCE_DATE_EPOCH", "0", 1);
    if (chdir("/") != 0)
        _exit(RG_CHILD_EXIT_FAILED);
}

/* Graphviz writes to what malloc gave without looking. If memory is short when it falls,
 * that was the cause. */
static void tell_crash(int signal_number)
{
    void *probe = mmap(NULL, 64 * MEGABYTE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (probe == MAP_FAILED)
        _exit(RG_CHILD_EXIT_MEMORY);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void limit_time(const char *seconds)
{
    struct rlimit limit;
    rlim_t most = (rlim_t)atoi(seconds);
    if (getrlimit(RLIMIT_CPU, &limit) == 0 && most > 0 && most < limit.rlim_cur) {
        limit.rlim_cur = most;
        setrlimit(RLIMIT_CPU, &limit);
    }
}

static void watch_crashes(void)
{
    static char stack[64 * 1024];
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    struct sigaction action = {.sa_handler = tell_crash, .sa_flags = SA_ONSTACK};
    const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGTRAP}; /* GLib ends by a trap */
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        sigaction(crashes[i], &action, NULL);
}

_Noreturn static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    _exit(RG_CHILD_EXIT_FAILED);
}

/* Graphviz reports one failure in several calls, some of them only warnings. */
static int say(char *message)
{
    fputs(message, stderr);
    return 0;
}

static void write_out(const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(STDOUT_FILENO, bytes, size);
        if (done <= 0)
            fail("cannot write the picture");
        bytes += done;
        size -= (size_t)done;
    }
}

static void write_dot(Agraph_t *graph)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&bytes, &size);
    if (!memory || agwrite(graph, memory) != 0 || ferror(memory) || fclose(memory) != 0)
        _exit(RG_CHILD_EXIT_MEMORY);
    write_out(bytes, size);
}

extern gvplugin_library_t gvplugin_core_LTX_library, gvplugin_dot_layout_LTX_library,
    gvplugin_neato_layout_LTX_library, gvplugin_pango_LTX_library;

static lt_symlist_t plugins[] = {
    {"gvplugin_core_LTX_library", &gvplugin_core_LTX_library},
    {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
    {"gvplugin_neato_layout_LTX_library", &gvplugin_neato_layout_LTX_library},
    {"gvplugin_pango_LTX_library", &gvplugin_pango_LTX_library},
    {NULL, NULL},
};

/* Small pictures may be as long as they like: a chain of five is one line. */
static bool is_too_long(double width, double height, double aspect)
{
    enum { SMALL = 1400 };
    double longer = width > height ? width : height;
    double shorter = width > height ? height : width;
    return aspect > 0 && longer > SMALL && longer > aspect * shorter;
}

static bool is_refused(Agraph_t *graph, double aspect)
{
    char name[] = "bb";
    double left, low, right, high;
    const char *box = agget(graph, name);
    return box && sscanf(box, "%lf,%lf,%lf,%lf", &left, &low, &right, &high) == 4
           && is_too_long(right - left, high - low, aspect);
}

#ifdef RG_GVC_SIZE_T /* Graphviz 13 and later */
typedef size_t picture_size;
#else
typedef unsigned int picture_size;
#endif

static void render(GVC_t *gvc, Agraph_t *graph, const char *format)
{
    char *bytes = NULL;
    picture_size size = 0;
    if (gvRenderData(gvc, graph, format, &bytes, &size) != 0 || !bytes)
        fail("rendering failed");
    write_out(bytes, size);
}

enum { STRUCK = 100, TOO_LONG = 10000 }; /* so many crossings */

/* More than the usual ones while many lines cross, and all of them while some label is not
 * where it should be. */
static bool is_worth_trying(int tried, int least)
{
    enum { MANY_CROSSINGS = 8, SOME = 24 };
    if (tried < RG_DOT_TURNS)
        return least > 0;
    return least >= (tried < SOME ? MANY_CROSSINGS : STRUCK);
}

/* Is there time for one more, and for drawing the best? Where there is always enough, as on
 * all but the slowest machines, pictures do not depend on it. */
static bool has_time(int tried)
{
    struct rlimit limit;
    double used = (double)clock() / CLOCKS_PER_SEC;
    return tried == 0 || getrlimit(RLIMIT_CPU, &limit) != 0
           || used * (tried + 3) / tried < (double)limit.rlim_cur;
}

typedef struct layout {
    Agraph_t *graph;
    layout_quality is;
    int score; /* what must be low */
} layout;

/* Paper that a picture takes: of a screen or a page, which are wider than high, or up to
 * twice as wide. */
static double paper_of(const layout *one)
{
    enum { WIDEST = 2 };
    double width = one->is.width, height = one->is.height;
    double wide = height > width ? height : width;
    return wide * (height * WIDEST > width ? height : width / WIDEST);
}

/* What layout i costs that is among the best. For a crossing more it must need less paper:
 * a quarter less where there would be none, a twelfth where there are ten anyway. Only
 * those in rows from the start have on top what is read first. */
static double cost_of(const layout *layouts, int i, int least)
{
    const layout *one = &layouts[i];
    double crossings = 0.25 * (one->score - least) / (1 + 0.2 * least);
    double order = i & (RG_DOT_TURNED | RG_DOT_AS_IS) ? 0.15 : 0;
    return paper_of(one) * (1 + crossings + order + 0.03 * one->is.labels.close);
}

/* Of those nearly as good as the best one the cheapest; of equals the first. */
static Agraph_t *pick(const layout *layouts, int count, int least)
{
    enum { SLACK = 3 };
    int best = -1;
    for (int i = 0; i < count; i++)
        if (layouts[i].score <= least + SLACK
            && (best < 0 || cost_of(layouts, i, least) < cost_of(layouts, best, least)))
            best = i;
    return layouts[best].graph;
}

/* Lays out each graph on standard input as long as that is worth it. Only dot has labels to
 * be placed, and so a score. */
static Agraph_t *choose(GVC_t *gvc, Agraph_t *graph, double aspect, rg_arena *arena)
{
    layout layouts[RG_DOT_VARIANTS];
    int count = 0, least = 1;
    while (graph && count < RG_DOT_VARIANTS && is_worth_trying(count, least)
           && has_time(count)) {
        layout *one = &layouts[count++];
        one->graph = graph;
        if (gvLayout(gvc, graph, "dot") != 0
            || !layout_labels(gvc, graph, arena, &one->is))
            fail("layout failed");
        bool is_long = is_too_long(one->is.width, one->is.height, aspect);
        one->score = one->is.crossings + STRUCK * one->is.labels.struck
                     + (is_long ? TOO_LONG : 0);
        least = count == 1 || one->score < least ? one->score : least;
        graph = agread(stdin, NULL);
    }
    return pick(layouts, count, least);
}

/* What renders looks attributes up by their places in the graph last laid out. */
static Agraph_t *lay_out(GVC_t *gvc, Agraph_t *graph, const char *engine, double aspect,
                         rg_arena *arena)
{
    bool is_dot = strcmp(engine, "dot") == 0;
    Agraph_t *legend = NULL;
    if (strcmp(agnameof(graph), RG_DOT_LEGEND) == 0) {
        legend = graph;
        graph = agread(stdin, NULL);
    }
    if (graph && is_dot)
        graph = choose(gvc, graph, aspect, arena);
    if (!graph
        || (is_dot ? !layout_again(gvc, graph) : gvLayout(gvc, graph, engine) != 0)
        || (legend && !layout_legend(gvc, graph, legend)))
        fail("layout failed");
    return graph;
}

static void draw(Agraph_t *graph, const char *format, const char *engine, double aspect)
{
    GVC_t *gvc = gvContextPlugins(plugins, 0);
    rg_arena *arena = rg_arena_new();
    jmp_buf full;
    if (!gvc || !arena || setjmp(full) != 0)
        _exit(RG_CHILD_EXIT_MEMORY);
    rg_arena_on_full(arena, &full);
    Agraph_t *best = lay_out(gvc, graph, engine, aspect, arena);
    layout_attach(gvc, best);
    if (is_refused(best, aspect))
        _exit(RG_CHILD_EXIT_REFUSED);
    render(gvc, best, format);
}

int main(int argc, char **argv)
{
    limit_ourselves();
    watch_crashes();
    if (argc < 4)
        fail("usage: relgraph-layout FORMAT ENGINE SECONDS [ASPECT] <DOT");
    limit_time(argv[3]);
    agseterr(AGERR);
    agseterrf(say);
    Agraph_t *graph = agread(stdin, NULL);
    if (!graph)
        fail("cannot read the graph");
    if (strcmp(argv[1], "dot") == 0)
        write_dot(graph);
    else
        draw(graph, argv[1], argv[2], argc > 4 ? atof(argv[4]) : 0);
    _exit(0);
}
