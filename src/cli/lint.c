/* lint.c - findings in rules: as messages on standard error, or on standard output as JSON
 *
 *     [
 *      {"file": "a.yaml", "line": 3, "column": 1, "severity": "error", "id": "unknown-key",
 *       "text": "unknown key 'mach' in a rule", "hint": "did you mean 'match'?"}
 *     ]
 *
 * or as SARIF 2.1.0, which code hosts show beside the lines of a change.
 */
#include "cli/run.h"

#include <stdio.h>
#include <string.h>

static void put_json_bytes(rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte < 0x20)
            printf("\\u%04x", byte);
        else if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else
            putchar(byte);
    }
}

static void put_json_text(rg_str text)
{
    putchar('"');
    put_json_bytes(text);
    putchar('"');
}

static void put_json_field(const char *name, rg_str value)
{
    printf(", \"%s\": ", name);
    put_json_text(value);
}

static rg_str slice(const char *text)
{
    return (rg_str){text, text ? (int)strlen(text) : 0};
}

static void put_json(void *user, const rg_message *message)
{
    int *count = user;
    fputs((*count)++ ? ",\n {\"file\": " : "\n {\"file\": ", stdout);
    put_json_text(message->file);
    printf(", \"line\": %d, \"column\": %d", message->line, message->column);
    put_json_field("severity", slice(severity_name(message->severity)));
    put_json_field("id", slice(message->id));
    put_json_field("text", message->text);
    put_json_field("hint", message->hint);
    putchar('}');
}

/* ---- SARIF --------------------------------------------------------------------------- */

/* A path as a reference of RFC 3986: what is not unreserved, or a slash, is escaped. */
static void put_uri(rg_str path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~/";
    putchar('"');
    for (int i = 0; i < path.len; i++)
        if (path.bytes[i] != '\0' && strchr(plain, path.bytes[i]))
            putchar(path.bytes[i]);
        else
            printf("%%%02X", (unsigned)(unsigned char)path.bytes[i]);
    putchar('"');
}

/* The hint is part of the text: no reader of SARIF shows anything else. */
static void put_sarif_text(const rg_message *message)
{
    putchar('"');
    put_json_bytes(message->text);
    fputs(message->hint.len > 0 ? "; " : "", stdout);
    put_json_bytes(message->hint);
    putchar('"');
}

static void put_sarif_place(const rg_message *message)
{
    fputs(", \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ",
          stdout);
    put_uri(message->file);
    putchar('}');
    if (message->line > 0)
        printf(", \"region\": {\"startLine\": %d, \"startColumn\": %d}", message->line,
               message->column);
    fputs("}}]", stdout);
}

static void put_sarif(void *user, const rg_message *message)
{
    int *count = user;
    fputs((*count)++ ? ",\n   {\"ruleId\": " : "\n   {\"ruleId\": ", stdout);
    put_json_text(slice(message->id));
    put_json_field("level", slice(severity_name(message->severity)));
    fputs(", \"message\": {\"text\": ", stdout);
    put_sarif_text(message);
    putchar('}');
    if (message->file.len > 0)
        put_sarif_place(message);
    putchar('}');
}

/* ---- The command ----------------------------------------------------------------------- */

static bool lint(rg_options *options, rg_error *err)
{
    rg_engine *engine = NULL;
    bool ok = rg_engine_new(&engine, options, err) && rg_engine_lint(engine, err);
    rg_engine_free(engine);
    return ok;
}

static bool lint_as_json(rg_options *options, rg_error *err)
{
    int count = 0;
    options->reporter = (rg_reporter){put_json, &count};
    putchar('[');
    bool ok = lint(options, err);
    puts("\n]");
    return ok;
}

static bool lint_as_sarif(rg_options *options, rg_error *err)
{
    int count = 0;
    options->reporter = (rg_reporter){put_sarif, &count};
    printf(
        "{\n \"version\": \"2.1.0\",\n \"runs\": [{\n  \"tool\": {\"driver\": {\"name\": "
        "\"relgraph\", \"version\": \"%s\"}},\n  \"columnKind\": "
        "\"unicodeCodePoints\",\n  \"results\": [",
        RG_VERSION);
    bool ok = lint(options, err);
    puts("\n  ]\n }]\n}");
    return ok;
}

bool run_lint(const arguments *args, rg_error *err)
{
    rg_options options;
    if (!read_engine_options(&options, args, err))
        return false;
    options.rules = args->operands;
    options.rule_count = args->operand_count;
    const char *format = last_value(args, OPTION_format);
    if (!format || strcmp(format, "text") == 0)
        return lint(&options, err);
    if (strcmp(format, "json") == 0)
        return lint_as_json(&options, err);
    if (strcmp(format, "sarif") == 0)
        return lint_as_sarif(&options, err);
    return fail_usage(err, "formats are text, json and sarif", "lint cannot write '%s'",
                      format);
}
