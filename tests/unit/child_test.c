/* A child program: fed, heard, limited, and its end told apart. */
#include "with_arena.h"

#include "graph/child.h"

#include <string.h>
#include <time.h>

static rg_child_end run_shell(rg_buf *out, rg_buf *said, const char *script,
                              rg_str input, int milliseconds)
{
    const char *const arguments[] = {"/bin/sh", "-c", script, NULL};
    *out = rg_buf_in(arena);
    *said = rg_buf_in(arena);
    return rg_child_run(out, said,
                        &(rg_child){.arguments = arguments,
                                    .input = input,
                                    .milliseconds = milliseconds,
                                    .limit = 4 * 1024 * 1024});
}

static rg_str make_input(int len)
{
    char *bytes = rg_new(arena, char, len + 1);
    for (int i = 0; i < len; i++)
        bytes[i] = (char)('a' + i % 26);
    return (rg_str){bytes, len};
}

static void gets_back_what_it_sends(void **state)
{
    (void)state;
    rg_buf out, said;
    rg_str input = make_input(3 * 1024 * 1024); /* more than any pipe holds */
    assert_int_equal(run_shell(&out, &said, "exec cat", input, 10000), RG_CHILD_DONE);
    assert_true(rg_str_equal(rg_buf_str(&out), input));
}

static void survives_a_child_that_reads_nothing(void **state)
{
    (void)state;
    rg_buf out, said;
    rg_str input = make_input(3 * 1024 * 1024);
    assert_int_equal(run_shell(&out, &said, "echo done", input, 10000), RG_CHILD_DONE);
    assert_true(rg_str_is(rg_buf_str(&out), "done\n"));
}

static void stops_a_child_that_takes_too_long(void **state)
{
    (void)state;
    rg_buf out, said;
    time_t start = time(NULL);
    assert_int_equal(run_shell(&out, &said, "exec sleep 30", RG_STR(""), 200),
                     RG_CHILD_TOO_SLOW);
    assert_int_equal(
        run_shell(&out, &said, "exec >&- 2>&-; exec sleep 30", RG_STR(""), 200),
        RG_CHILD_TOO_SLOW);
    assert_true(time(NULL) - start < 10);
}

static void stops_a_child_that_writes_too_much(void **state)
{
    (void)state;
    rg_buf out, said;
    rg_child_end end =
        run_shell(&out, &said, "while :; do echo 0123456789; done", RG_STR(""), 30000);
    assert_int_equal(end, RG_CHILD_TOO_SLOW);
    assert_true(out.len <= 4 * 1024 * 1024);
}

static void tells_how_it_ended(void **state)
{
    (void)state;
    const struct {
        const char *script;
        rg_child_end end;
    } cases[] = {
        {"exit 0", RG_CHILD_DONE},
        {"exit 1", RG_CHILD_FAILED},
        {"exit 8", RG_CHILD_NO_MEMORY},
        {"exit 9", RG_CHILD_REFUSED},
        {"kill -9 $$", RG_CHILD_NO_MEMORY},
        {"kill -SEGV $$", RG_CHILD_FAILED},
        {"kill -XCPU $$", RG_CHILD_TOO_SLOW},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rg_buf out, said;
        assert_int_equal(run_shell(&out, &said, cases[i].script, RG_STR(""), 10000),
                         cases[i].end);
    }
}

static void hears_what_it_says_but_not_forever(void **state)
{
    (void)state;
    rg_buf out, said;
    const char *script = "echo why >&2; i=0; while [ $i -lt 9999 ]; do echo $i >&2; "
                         "i=$((i+1)); done; exit 1";
    assert_int_equal(run_shell(&out, &said, script, RG_STR(""), 10000),
                     RG_CHILD_FAILED);
    assert_true(rg_str_starts(rg_buf_str(&said), RG_STR("why\n")));
    assert_true(said.len < 1000);
}

static void gives_it_no_environment(void **state)
{
    (void)state;
    rg_buf out, said;
    assert_int_equal(
        run_shell(&out, &said, "echo \"[$HOME$GVBINDIR]\"", RG_STR(""), 10000),
        RG_CHILD_DONE);
    assert_true(rg_str_is(rg_buf_str(&out), "[]\n"));
}

static void names_a_program_that_cannot_start(void **state)
{
    (void)state;
    const char *const arguments[] = {"/nowhere/relgraph-layout", NULL};
    rg_buf out = rg_buf_in(arena), said = rg_buf_in(arena);
    rg_child child = {.arguments = arguments, .input = {"", 0}, .milliseconds = 1000};
    assert_int_equal(rg_child_run(&out, &said, &child), RG_CHILD_FAILED);
    assert_true(rg_str_is(rg_buf_str(&said), "cannot start /nowhere/relgraph-layout"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gets_back_what_it_sends),
        cmocka_unit_test(survives_a_child_that_reads_nothing),
        cmocka_unit_test(stops_a_child_that_takes_too_long),
        cmocka_unit_test(stops_a_child_that_writes_too_much),
        cmocka_unit_test(tells_how_it_ended),
        cmocka_unit_test(hears_what_it_says_but_not_forever),
        cmocka_unit_test(gives_it_no_environment),
        cmocka_unit_test(names_a_program_that_cannot_start),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
