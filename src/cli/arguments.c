#include "cli/cli.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What options.def says of an option. */
typedef struct option_row {
    int letter;
    bool has_argument;
    int commands;
} option_row;

static const option_row rows[OPTION_COUNT] = {
#define OPTION(name, letter, argument, commands, help)                                 \
    [OPTION_##name] = {letter, (argument) != NULL, commands},
#include "cli/options.def"
#undef OPTION
};

enum { FIRST_LONG = 256, LONGEST_NAME = 32 };

/* A command's options as getopt_long wants them. */
typedef struct table {
    struct option longs[OPTION_COUNT + 1];
    char letters[2 * OPTION_COUNT + 3];
    char names[OPTION_COUNT][LONGEST_NAME];
    const char *spelled[OPTION_COUNT];
    int count;
} table;

bool fail_usage(rg_error *err, const char *hint, const char *format, ...)
{
    if (err->kind != RG_ERROR_NONE)
        return false;
    *err = (rg_error){.kind = RG_ERROR_USAGE, .id = "usage"};
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    if (hint)
        snprintf(err->hint, sizeof err->hint, "%s", hint);
    return false;
}

static void add_letter(table *made, option_id option)
{
    size_t len = strlen(made->letters);
    snprintf(made->letters + len, sizeof made->letters - len, "%c%s",
             (char)rows[option].letter, rows[option].has_argument ? ":" : "");
}

static void build_table(table *made, int group)
{
    *made = (table){.letters = ":"}; /* a missing argument is told as ':' */
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(rows[i].commands & group))
            continue;
        char *name = made->names[made->count];
        spell_option(name, LONGEST_NAME, (option_id)i);
        made->spelled[made->count] = name;
        made->longs[made->count++] = (struct option){
            .name = name + 2, /* without its dashes */
            .has_arg = rows[i].has_argument ? required_argument : no_argument,
            .val = FIRST_LONG + i,
        };
        if (rows[i].letter)
            add_letter(made, (option_id)i);
    }
}

static option_id find_option(int value)
{
    if (value >= FIRST_LONG)
        return (option_id)(value - FIRST_LONG);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (rows[i].letter == value)
            return (option_id)i;
    return OPTION_COUNT;
}

static bool fail_option(const table *made, const char *word, rg_error *err)
{
    if (optopt != 0 && optopt < FIRST_LONG)
        return fail_usage(err, NULL, "unknown option '-%c'", optopt);
    char name[LONGEST_NAME], hint[LONGEST_NAME + 32] = "";
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    if (optopt >= FIRST_LONG)
        return fail_usage(err, NULL, "'%s' takes no value", name);
    const char *near = rg_nearest(name, made->spelled, made->count);
    if (near)
        snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    return fail_usage(err, hint, "unknown or ambiguous option '%s'", name);
}

static bool keep_value(arguments *args, option_id option, const char *value,
                       rg_error *err)
{
    values *list = &args->given[option];
    if (list->count == MOST_VALUES)
        return fail_usage(err, NULL, "an option is given more than %d times",
                          MOST_VALUES);
    list->items[list->count++] = value ? value : "";
    return true;
}

bool read_arguments(arguments *args, const command *which, int argc, char **argv,
                    rg_error *err)
{
    table made;
    build_table(&made, which->group);
    *args = (arguments){0};
    opterr = 0;
    optind = 1;
    int value;
    while ((value = getopt_long(argc, argv, made.letters, made.longs, NULL)) != -1) {
        if (value == ':')
            return fail_usage(err, NULL, "option '%s' needs a value", argv[optind - 1]);
        if (value == '?')
            return fail_option(&made, argv[optind - 1], err);
        if (!keep_value(args, find_option(value), optarg, err))
            return false;
    }
    args->operands = (const char *const *)(argv + optind);
    args->operand_count = argc - optind;
    return true;
}

const char *last_value(const arguments *args, option_id option)
{
    const values *list = &args->given[option];
    return list->count ? list->items[list->count - 1] : NULL;
}

bool is_given(const arguments *args, option_id option)
{
    return args->given[option].count > 0;
}
