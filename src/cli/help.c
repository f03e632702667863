/* help.c - every text of --help, from the tables. */
#include "cli/cli.h"

#include <stdio.h>

/* What options.def says for readers. */
typedef struct option_text {
    const char *name;
    char letter;
    const char *argument; /* NULL: none */
    int commands;
    const char *help;
} option_text;

static const option_text texts[OPTION_COUNT] = {
#define OPTION(name, letter, argument, commands, help)                                 \
    [OPTION_##name] = {#name, letter, argument, commands, help},
#include "cli/options.def"
#undef OPTION
};

void spell_option(char *out, size_t size, option_id option)
{
    snprintf(out, size, "--%s", texts[option].name);
    for (char *at = out; *at; at++)
        if (*at == '_')
            *at = '-';
}

void print_help(void)
{
    printf("relgraph %s - English text to a relationship diagram\n\n", RG_VERSION);
    printf("usage: relgraph COMMAND [OPTION...] ...\n\ncommands:\n");
    for (const command *c = commands; c->name; c++)
        printf("  %-14s %s\n", c->name, c->summary);
    printf("\nrelgraph COMMAND --help tells more; relgraph --version the version.\n");
}

static void print_option(option_id option)
{
    const option_text *text = &texts[option];
    char name[32], left[64];
    spell_option(name, sizeof name, option);
    snprintf(left, sizeof left, "%s%s%s", name, text->argument ? " " : "",
             text->argument ? text->argument : "");
    if (text->letter)
        printf("  -%c, %-18s %s\n", text->letter, left, text->help);
    else
        printf("      %-18s %s\n", left, text->help);
}

static void print_formats(rg_product product)
{
    printf("\nformats:\n");
    rg_format_info info;
    for (int i = 0; rg_format_at(&info, product, i); i++)
        printf("  %-10s %-10s %s\n", info.name,
               info.ending[0] ? info.ending : "a folder", info.summary);
}

void print_command_help(const command *which)
{
    printf("usage: relgraph %s [OPTION...] %s\n\n%s\n\noptions:\n", which->name,
           which->operands, which->summary);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (texts[i].commands & which->group)
            print_option((option_id)i);
    if (which->group == FOR_DRAW)
        print_formats(RG_PRODUCT_DIAGRAM);
    if (which->group == FOR_EXTRACT)
        print_formats(RG_PRODUCT_TRIPLES);
    if (which->group == FOR_PARSE)
        print_formats(RG_PRODUCT_ANALYSIS);
    if (which->group == FOR_ENTITIES)
        print_formats(RG_PRODUCT_ENTITIES);
}
