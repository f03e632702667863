/* main.c - finds the command, runs it, turns what went wrong into an exit code. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const command commands[] = {
#define COMMAND(name, operands, group, run, summary)                                   \
    {name, operands, summary, group, run},
#include "cli/commands.def"
#undef COMMAND
    {0},
};

enum { MOST_COMMANDS = sizeof commands / sizeof commands[0] };

/* Descriptors 0 to 2 are open from here on, so that no file of ours becomes one. */
static void open_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)!open("/dev/null", O_RDWR); /* takes the lowest free number: fd */
}

static void ignore_broken_pipes(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, NULL);
}

/* How many words of the command line are the command's name; 0 if it is another one. */
static int match_command(const command *which, int argc, char **argv)
{
    const char *blank = strchr(which->name, ' ');
    size_t first = blank ? (size_t)(blank - which->name) : strlen(which->name);
    if (strlen(argv[1]) != first || strncmp(argv[1], which->name, first) != 0)
        return 0;
    if (!blank)
        return 1;
    return argc > 2 && strcmp(argv[2], blank + 1) == 0 ? 2 : 0;
}

static bool fail_command(int argc, char **argv, rg_error *err)
{
    const char *names[MOST_COMMANDS];
    int count = 0;
    for (const command *c = commands; c->name; c++)
        names[count++] = c->name;
    char word[64], hint[96];
    snprintf(word, sizeof word, "%s", argv[1]);
    size_t len = strlen(word);
    for (const command *c = commands; c->name;
         c++) /* the first of two words is right */
        if (strncmp(c->name, word, len) == 0 && c->name[len] == ' ' && argc > 2)
            snprintf(word + len, sizeof word - len, " %s", argv[2]);
    const char *near = rg_nearest(word, names, count);
    if (near)
        snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    else
        snprintf(hint, sizeof hint, "relgraph --help lists the commands");
    return fail_usage(err, hint, "unknown command '%s'", word);
}

static bool run_command(const command *which, int words, int argc, char **argv,
                        rg_error *err)
{
    arguments args;
    if (!read_arguments(&args, which, argc - words, argv + words, err))
        return false;
    if (is_given(&args, OPTION_help)) {
        print_command_help(which);
        return true;
    }
    return which->run(&args, err);
}

static bool is_either(const char *word, const char *one, const char *other)
{
    return strcmp(word, one) == 0 || strcmp(word, other) == 0;
}

static bool run(int argc, char **argv, rg_error *err)
{
    if (argc < 2)
        return fail_usage(err, "relgraph --help lists the commands",
                          "no command is given");
    if (is_either(argv[1], "--help", "-h") || is_either(argv[1], "help", "help")) {
        print_help();
        return true;
    }
    if (is_either(argv[1], "--version", "-V")) {
        printf("relgraph %s\n", RG_VERSION);
        return true;
    }
    for (const command *c = commands; c->name; c++) {
        int words = match_command(c, argc, argv);
        if (words)
            return run_command(c, words, argc, argv, err);
    }
    return fail_command(argc, argv, err);
}

/* What was printed to standard output has to arrive; a reader that left is no error. */
static void check_output(rg_error *err)
{
    bool failed = fflush(stdout) != 0 || ferror(stdout);
    int cause = errno;
    failed = fclose(stdout) != 0 || failed;
    bool finished = err->kind == RG_ERROR_NONE || err->kind == RG_ERROR_FINDINGS;
    if (!failed || cause == EPIPE || !finished)
        return;
    *err =
        (rg_error){.kind = RG_ERROR_OUTPUT, .id = "output", .file = "standard output"};
    snprintf(err->text, sizeof err->text, "cannot write: %s", strerror(cause));
}

int main(int argc, char **argv)
{
    open_standard_files();
    ignore_broken_pipes();
    rg_error err = {0};
    run(argc, argv, &err);
    check_output(&err);
    print_error(&err);
    return (int)err.kind;
}
