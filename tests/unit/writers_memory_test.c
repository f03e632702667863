/* Every format, with each of its allocations failing in turn: it gives up, or says that
 * memory ran out, or has written the same bytes. Never is it half a file that counts as one.
 * The memory is ours and what jansson and libxml2 take through us (base/arena.h). */
#include "base/json.h"
#include "full_edges.h"
#include "output/output.h"
#include "with_arena.h"

#include <libxml/xmlerror.h>
#include <string.h>

/* How many allocations go well before one fails; -1: all do. */
static int left = -1;
static bool has_failed;
/* What was taken since `left` was set. */
static void *taken[100 * 1000];
static int taken_count;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *old);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *old);
bool __wrap_rg_graph_render(rg_buf *out, const rg_graph *graph, rg_picture picture,
                            rg_error *err);

static bool fails_now(void)
{
    if (left < 0)
        return false;
    bool fails = left == 0 && !has_failed;
    has_failed |= fails;
    left -= left > 0;
    return fails;
}

static void *note(void *made)
{
    if (left >= 0 && made) {
        assert_true(taken_count < (int)(sizeof taken / sizeof *taken));
        taken[taken_count++] = made;
    }
    return made;
}

static void forget(const void *old)
{
    for (int i = taken_count - 1; i >= 0; i--)
        if (taken[i] == old) {
            taken[i] = taken[--taken_count];
            return;
        }
}

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : note(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : note(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (fails_now())
        return NULL;
    forget(old);
    return note(__real_realloc(old, size));
}

void __wrap_free(void *old)
{
    forget(old);
    __real_free(old);
}

/* Layout is another program's: what it draws has all that svg.c looks for. */
bool __wrap_rg_graph_render(rg_buf *out, const rg_graph *graph, rg_picture picture,
                            rg_error *err)
{
    (void)graph;
    (void)picture;
    (void)err;
    rg_buf_text(
        out,
        "<svg><!-- x --><g><title>All</title><polygon fill=\"white\"/>"
        "<g class=\"node legend\"><title>l</title><path/></g>"
        "<g><title>n1</title><g><a title=\"Ann\"><path stroke=\"transparent\"/></a>"
        "</g></g></g></svg>");
    return true;
}

/* What one attempt is about. */
typedef struct subject {
    const rg_format *format;
    const rg_style *style;
    const rg_edges *edges;
} subject;

static bool write_all(rg_buf *out, const subject *what, const rg_graph *graph,
                      rg_error *err)
{
    const rg_format *format = what->format;
    if (format->put_header)
        format->put_header(out);
    if (format->put_graph)
        return format->put_graph(out, graph, err);
    if (format->put_edges)
        format->put_edges(out, what->edges);
    if (format->put_files) {
        rg_files files = {.arena = out->arena};
        format->put_files(&files, graph);
        for (int i = 0; i < files.count; i++)
            rg_buf_put(out, rg_buf_str(&files.items[i].bytes));
    }
    return true;
}

/* False where it gave up. The text is copied into the test's arena. */
static bool attempt(rg_str *text, const subject *what, int failing)
{
    jmp_buf on_full;
    rg_error err = {0};
    rg_arena *run = rg_arena_new();
    volatile bool ok = false;
    const rg_graph *graph = graph_of(run, what->edges, what->style, "auto");
    rg_arena_on_full(run, &on_full);
    has_failed = false;
    left = failing;
    if (setjmp(on_full) == 0) {
        rg_buf out = rg_buf_in(run);
        ok = write_all(&out, what, graph, &err);
        left = -1;
        if (ok)
            *text = rg_arena_str(arena, rg_buf_str(&out));
        else
            assert_int_equal(err.kind, RG_ERROR_MEMORY);
    } else {
        rg_library_ran_out(); /* told by this, as in run/engine.c */
    }
    left = -1;
    rg_arena_free(run);
    xmlResetLastError();
    while (taken_count > 0)
        __real_free(taken[--taken_count]);
    return ok;
}

/* How often memory was said to have run out. */
static int fail_in_turn(const subject *what)
{
    rg_str whole, text;
    assert_true(attempt(&whole, what, -1));
    int refused = 0, i = 0;
    for (bool more = true; more; i++) {
        bool ok = attempt(&text, what, i);
        more = has_failed;
        refused += !ok;
        if (ok && !rg_str_equal(text, whole))
            fail_msg("%s differs when allocation %d fails", what->format->name, i);
        if (!ok)
            assert_true(has_failed);
    }
    return refused;
}

static void want_of_memory_is_never_half_a_file(void **state)
{
    (void)state;
    rg_edge edges[] = {full_edge(), full_edge()};
    edges[1].modality = RG_STR("denied");
    edges[1].subject = RG_STR("B\xff <&>");
    edges[1].ordered = false;
    rg_edges all = {edges, 2};
    const rg_style *style = shipped_style(arena);
    rg_output_watch();
    rg_json_watch();
    const rg_format *const *formats = rg_output_all();
    int refused = 0;
    for (int i = 0; formats[i]; i++) {
        subject what = {formats[i], style, &all};
        if (formats[i]->put_graph || formats[i]->put_edges || formats[i]->put_files)
            refused += fail_in_turn(&what);
    }
    assert_true(refused > 1000); /* so that it is known that allocations fail */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(want_of_memory_is_never_half_a_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
