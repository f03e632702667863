/* test.c - the examples of rule files: as text, as JUnit's XML, or as TAP. */
#include "cli/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- TAP, version 13 ------------------------------------------------------------------- */

/* A description ends at '#', and a line is one test. */
static void put_tap_text(rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        if (byte == '#' || byte == '\\')
            putchar('\\');
        putchar((unsigned char)byte < 0x20 ? ' ' : byte);
    }
}

static void put_tap_field(const char *name, rg_str value)
{
    printf("  %s: '", name);
    for (int i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.bytes[i];
        if (byte == '\'')
            putchar('\'');
        putchar(byte < 0x20 ? ' ' : byte);
    }
    puts("'");
}

static void put_tap(void *user, const rg_test_result *result)
{
    static const char *const directives[] = {
        [RG_PASSED] = "",
        [RG_FAILED] = "",
        [RG_TODO] = " # TODO known failure",
        [RG_TODO_HOLDS] = " # TODO holds now",
        [RG_UNCOVERED] = "",
    };
    int *count = user;
    bool ok = result->outcome == RG_PASSED || result->outcome == RG_TODO_HOLDS;
    printf("%sok %d - ", ok ? "" : "not ", ++*count);
    put_tap_text(result->owner);
    fputs(": ", stdout);
    put_tap_text(result->outcome == RG_UNCOVERED ? result->text : result->sentence);
    puts(directives[result->outcome]);
    if (ok)
        return;
    puts("  ---");
    put_tap_field("message", result->text);
    if (result->hint.len > 0)
        put_tap_field("hint", result->hint);
    put_tap_field("file", result->file);
    printf("  line: %d\n  ...\n", result->line);
}

/* ---- JUnit --------------------------------------------------------------------------------- */

/* The cases are kept until their number is known, which stands before them. */
typedef struct junit {
    FILE *cases;
    int count, failed, skipped;
} junit;

static void put_xml(FILE *out, rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        switch (byte) {
        case '&': fputs("&amp;", out); break;
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '"': fputs("&quot;", out); break;
        default: putc(byte < 0x20 ? ' ' : byte, out);
        }
    }
}

static void put_xml_attribute(FILE *out, const char *name, rg_str value)
{
    fprintf(out, " %s=\"", name);
    put_xml(out, value);
    putc('"', out);
}

static void put_xml_element(FILE *out, const char *name, const rg_test_result *result)
{
    fprintf(out, "      <%s", name);
    put_xml_attribute(out, "message", result->text);
    fputs(result->hint.len > 0 ? ">" : "/>\n", out);
    if (result->hint.len == 0)
        return;
    put_xml(out, result->hint);
    fprintf(out, "</%s>\n", name);
}

static void put_case(void *user, const rg_test_result *result)
{
    junit *to = user;
    bool failed = result->outcome == RG_FAILED || result->outcome == RG_UNCOVERED;
    bool skipped = result->outcome == RG_TODO;
    rg_str name =
        result->outcome == RG_UNCOVERED ? (rg_str){"coverage", 8} : result->sentence;
    to->count++;
    to->failed += failed;
    to->skipped += skipped;
    fputs("    <testcase", to->cases);
    put_xml_attribute(to->cases, "classname", result->owner);
    put_xml_attribute(to->cases, "name", name);
    put_xml_attribute(to->cases, "file", result->file);
    fprintf(to->cases, " line=\"%d\"%s>\n", result->line, failed || skipped ? "" : "/");
    if (!failed && !skipped)
        return;
    put_xml_element(to->cases, failed ? "failure" : "skipped", result);
    fputs("    </testcase>\n", to->cases);
}

static void put_suite(const junit *from, const char *cases)
{
    printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<testsuites>\n"
           "  <testsuite name=\"relgraph\" tests=\"%d\" failures=\"%d\" errors=\"0\" "
           "skipped=\"%d\">\n%s  </testsuite>\n</testsuites>\n",
           from->count, from->failed, from->skipped, cases);
}

/* ---- The command --------------------------------------------------------------------------- */

typedef bool run_tests(const rg_options *options, rg_test_request *request,
                       rg_error *err);

static bool test(const rg_options *options, const rg_test_request *request,
                 rg_test_counts *counts, rg_error *err)
{
    rg_engine *engine = NULL;
    bool ok =
        rg_engine_new(&engine, options, err) && rg_test(engine, request, counts, err);
    rg_engine_free(engine);
    return ok;
}

/* Did all tests run, whatever came of them? */
static bool is_done(bool ok, const rg_error *err)
{
    return ok || err->kind == RG_ERROR_FINDINGS;
}

static bool test_as_text(const rg_options *options, rg_test_request *request,
                         rg_error *err)
{
    rg_test_counts counts = {0};
    bool ok = test(options, request, &counts, err);
    if (is_done(ok, err))
        printf("%d passed, %d failed, %d todo\n", counts.passed, counts.failed,
               counts.todo);
    return ok;
}

static bool test_as_tap(const rg_options *options, rg_test_request *request,
                        rg_error *err)
{
    int count = 0;
    rg_test_counts counts = {0};
    request->result = put_tap;
    request->user = &count;
    puts("TAP version 13");
    bool ok = test(options, request, &counts, err);
    if (is_done(ok, err))
        printf("1..%d\n", count);
    else
        puts("Bail out! the rules cannot be tested");
    return ok;
}

static bool test_as_junit(const rg_options *options, rg_test_request *request,
                          rg_error *err)
{
    char *cases = NULL;
    size_t size = 0;
    rg_test_counts counts = {0};
    junit to = {.cases = open_memstream(&cases, &size)};
    if (!to.cases) {
        *err = (rg_error){.kind = RG_ERROR_MEMORY, .id = "memory"};
        snprintf(err->text, sizeof err->text, "out of memory");
        return false;
    }
    request->result = put_case;
    request->user = &to;
    bool ok = test(options, request, &counts, err);
    fclose(to.cases);
    if (is_done(ok, err))
        put_suite(&to, cases);
    free(cases);
    return ok;
}

/* The differences go where people look: not between the lines of a format for tools. */
static void put_diff(void *user, rg_str text)
{
    (void)user;
    fwrite(text.bytes, 1, (size_t)text.len, stdout);
    fflush(stdout);
}

static bool find_format(run_tests **out, const char *name, rg_error *err)
{
    static const struct {
        const char *name;
        run_tests *run;
    } formats[] = {
        {"text", test_as_text}, {"tap", test_as_tap}, {"junit", test_as_junit}};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(name ? name : "text", formats[i].name) == 0) {
            *out = formats[i].run;
            return true;
        }
    return fail_usage(err, "formats are text, junit and tap", "test cannot write '%s'",
                      name);
}

/* PATHs take the place of the default set, as with --rules. */
bool run_test(const arguments *args, rg_error *err)
{
    rg_options options;
    run_tests *run = NULL;
    rg_test_request request = {.coverage = is_given(args, OPTION_coverage),
                               .update = is_given(args, OPTION_update)};
    if (!read_engine_options(&options, args, err)
        || !find_format(&run, last_value(args, OPTION_format), err))
        return false;
    if (request.update && run != test_as_text)
        return fail_usage(err, NULL, "--update shows what changes as text only");
    if (request.update)
        request.diff = put_diff;
    if (args->operand_count > 0) {
        options.rules = args->operands;
        options.rule_count = args->operand_count;
    }
    return run(&options, &request, err);
}
