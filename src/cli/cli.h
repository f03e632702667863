/* cli.h - the program: a table of commands, a table of options, one file a command.
 *
 * main.c reads the command line into arguments and calls the command, which sees the
 * public interface (relgraph.h) only. Whatever goes wrong ends up as one rg_error whose
 * kind is the exit code; findings are printed to standard error as they come.
 */
#ifndef RG_CLI_CLI_H
#define RG_CLI_CLI_H

#include "relgraph.h"

/* Groups of options.def: which commands take an option. */
enum {
    FOR_DRAW = 1 << 0,
    FOR_EXTRACT = 1 << 1,
    FOR_PARSE = 1 << 2,
    FOR_IMPORT = 1 << 3,
    FOR_INFO = 1 << 4,
    FOR_EXPLAIN = 1 << 5,
    FOR_TEST = 1 << 6,
    FOR_LINT = 1 << 7,
    FOR_VIEW = 1 << 8,
    FOR_LOCK = 1 << 9,
    FOR_ENTITIES = 1 << 10,
    FOR_DIFF = 1 << 11,
    FOR_STATS = 1 << 12,
    FOR_FILTER = 1 << 13,
    FOR_BUILD = 1 << 14,
    FOR_QUERY = 1 << 15,
    FOR_DOCUMENT_RULES = FOR_DRAW | FOR_EXTRACT | FOR_ENTITIES,
    FOR_TEXT = FOR_DOCUMENT_RULES | FOR_PARSE,
    FOR_RULES = FOR_DOCUMENT_RULES | FOR_EXPLAIN | FOR_VIEW | FOR_DIFF | FOR_STATS
                | FOR_FILTER | FOR_BUILD,
    FOR_FORMATS =
        FOR_TEXT | FOR_LINT | FOR_EXPLAIN | FOR_TEST | FOR_DIFF | FOR_STATS | FOR_QUERY,
    FOR_CUT = FOR_TEXT | FOR_EXPLAIN | FOR_DIFF | FOR_STATS | FOR_BUILD,
    FOR_WRITING = FOR_TEXT | FOR_IMPORT | FOR_EXPLAIN | FOR_FILTER | FOR_BUILD,
    FOR_MODEL = FOR_TEXT | FOR_INFO | FOR_EXPLAIN | FOR_TEST | FOR_VIEW | FOR_LOCK
                | FOR_DIFF | FOR_STATS | FOR_FILTER | FOR_BUILD,
    FOR_ALL = ~0,
};

typedef enum option_id {
#define OPTION(name, letter, argument, commands, help) OPTION_##name,
#include "cli/options.def"
#undef OPTION
    OPTION_COUNT
} option_id;

enum { MOST_VALUES = 64 };

/* The values given for one option, in order; "" for options without argument. */
typedef struct values {
    const char *items[MOST_VALUES];
    int count;
} values;

typedef struct arguments {
    values given[OPTION_COUNT];
    const char *const *operands; /* what is left behind the options */
    int operand_count;
} arguments;

typedef struct command {
    const char *name;     /* one or two words */
    const char *operands; /* as help shows them */
    const char *summary;
    int group; /* its bit in options.def */
    bool (*run)(const arguments *args, rg_error *err);
} command;

/* All commands; the one with name NULL ends the list. */
extern const command commands[];

/* arguments.c: reads what follows the command's name. */
bool read_arguments(arguments *args, const command *which, int argc, char **argv,
                    rg_error *err);
/* The last value given, or NULL. */
const char *last_value(const arguments *args, option_id option);
bool is_given(const arguments *args, option_id option);
/* An error in the command line; false. The hint may be NULL. */
bool fail_usage(rg_error *err, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* help.c */
void print_help(void);
void print_command_help(const command *which);
/* The option's name as typed: add_rules is --add-rules. */
void spell_option(char *out, size_t size, option_id option);

/* messages.c: prints a finding to standard error. */
rg_reporter message_printer(void);
/* "note", "warning", "error": also the levels of SARIF. */
const char *severity_name(rg_severity severity);
void print_error(const rg_error *err);

/* The commands. */
bool run_draw(const arguments *args, rg_error *err);
bool run_extract(const arguments *args, rg_error *err);
bool run_parse(const arguments *args, rg_error *err);
bool run_entities(const arguments *args, rg_error *err);
bool run_explain(const arguments *args, rg_error *err);
bool run_diff(const arguments *args, rg_error *err);
bool run_build(const arguments *args, rg_error *err);
bool run_query(const arguments *args, rg_error *err);
bool run_filter(const arguments *args, rg_error *err);
bool run_stats(const arguments *args, rg_error *err);
bool run_watch(const arguments *args, rg_error *err);
bool run_test(const arguments *args, rg_error *err);
bool run_lint(const arguments *args, rg_error *err);
bool run_learn(const arguments *args, rg_error *err);
bool run_rules_list(const arguments *args, rg_error *err);
bool run_rules_show(const arguments *args, rg_error *err);
bool run_rules_expand(const arguments *args, rg_error *err);
bool run_rules_lock(const arguments *args, rg_error *err);
bool run_model_import(const arguments *args, rg_error *err);
bool run_model_info(const arguments *args, rg_error *err);

#endif
