/* explain.c - of a sentence, of a line of a file, of one triple or entity of a file. */
#include "cli/run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_PATH = 4096 };

/* Splits FILE:LINE: the number behind the last colon, if the rest is a file, or at least
 * is no sentence. Leaves FILE in `path`, which has room for LONGEST_PATH bytes. */
static bool read_file_line(const char *operand, char *path, int *line)
{
    const char *colon = strrchr(operand, ':');
    if (!colon || colon == operand || strspn(colon + 1, "0123456789") == 0
        || colon[1 + strspn(colon + 1, "0123456789")] != '\0' || strlen(colon) > 9)
        return false;
    size_t len = (size_t)(colon - operand);
    if (len >= LONGEST_PATH)
        return false;
    memcpy(path, operand, len);
    path[len] = '\0';
    if (strchr(path, ' ') && access(path, F_OK) != 0)
        return false;
    *line = atoi(colon + 1);
    return *line > 0;
}

static bool ends(const char *text, const char *ending)
{
    size_t len = text ? strlen(text) : 0, tail = strlen(ending);
    return len >= tail && strcmp(text + len - tail, ending) == 0;
}

/* -f, else the ending of OUT. */
static bool read_form(rg_explain_request *out, const arguments *args, rg_error *err)
{
    const char *format = last_value(args, OPTION_format);
    out->output = last_value(args, OPTION_output);
    if (!format)
        format = ends(out->output, ".svg")    ? "svg"
                 : ends(out->output, ".json") ? "json"
                                              : "text";
    out->json = strcmp(format, "json") == 0;
    out->svg = strcmp(format, "svg") == 0;
    if (!out->json && !out->svg && strcmp(format, "text") != 0)
        return fail_usage(err, "formats are text, json and svg",
                          "explain cannot write '%s'", format);
    if (out->misses && (out->json || out->svg))
        return fail_usage(err, NULL, "--misses is told as text only");
    return !(out->entity && out->svg)
           || fail_usage(err, NULL, "--entity is told as text or json only");
}

/* What the operand means; `path` is room for its FILE. */
static bool read_request(rg_explain_request *out, char *path, const arguments *args,
                         rg_error *err)
{
    const char *triple = last_value(args, OPTION_triple);
    const char *entity = last_value(args, OPTION_entity);
    bool misses = is_given(args, OPTION_misses);
    if ((triple != NULL) + (entity != NULL) + misses > 1)
        return fail_usage(err, NULL,
                          "--triple, --entity and --misses exclude each other");
    bool of_file = triple || entity || misses;
    if (args->operand_count != 1)
        return of_file
                   ? fail_usage(err,
                                triple   ? "relgraph explain --triple ID article.txt"
                                : entity ? "relgraph explain --entity LABEL article.txt"
                                         : "relgraph explain --misses article.txt",
                                "one FILE is needed")
                   : fail_usage(err, "relgraph explain \"The bank bought the firm.\"",
                                "one SENTENCE is needed, in quotes");
    const char *operand = args->operands[0];
    *out = (rg_explain_request){.triple = triple, .entity = entity, .misses = misses};
    if (of_file)
        out->path = operand;
    else if (read_file_line(operand, path, &out->line))
        out->path = path;
    else
        out->text = (rg_str){operand, (int)strlen(operand)};
    return read_cut(&out->cut, args, err) && read_form(out, args, err);
}

static bool tell(rg_engine *engine, const void *request, rg_str *told, rg_error *err)
{
    const rg_explain_request *of = request;
    bool ok = rg_explain(engine, of, told, err);
    if (of->output)
        *told = (rg_str){"", 0};
    return ok;
}

bool run_explain(const arguments *args, rg_error *err)
{
    char path[LONGEST_PATH];
    rg_explain_request request;
    return read_request(&request, path, args, err)
           && print_told(args, tell, &request, err);
}
