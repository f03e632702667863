/* lint.c - findings in rules: as messages on standard error, or as JSON on standard output:
 *
 *     [
 *      {"file": "a.yaml", "line": 3, "column": 1, "severity": "error", "id": "unknown-key",
 *       "text": "unknown key 'mach' in a rule", "hint": "did you mean 'match'?"}
 *     ]
 */
#include "cli/run.h"

#include <stdio.h>
#include <string.h>

static void put_json_text(rg_str text)
{
    putchar('"');
    for (int i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte < 0x20)
            printf("\\u%04x", byte);
        else if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else
            putchar(byte);
    }
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
    static const char *const severities[] = {
        [RG_NOTE] = "note",
        [RG_WARNING] = "warning",
        [RG_ERROR] = "error",
    };
    int *count = user;
    fputs((*count)++ ? ",\n {\"file\": " : "\n {\"file\": ", stdout);
    put_json_text(message->file);
    printf(", \"line\": %d, \"column\": %d", message->line, message->column);
    put_json_field("severity", slice(severities[message->severity]));
    put_json_field("id", slice(message->id));
    put_json_field("text", message->text);
    put_json_field("hint", message->hint);
    putchar('}');
}

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
    return fail_usage(err, "formats are text and json", "lint cannot write '%s'",
                      format);
}
