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
    if (!read_cut(&out->cut, args, err)
        || !read_text_or(&out->json, "json", "explain", args, err))
        return false;
    return !(misses && out->json)
           || fail_usage(err, NULL, "--misses is told as text only");
}

static bool tell(rg_engine *engine, const void *request, rg_str *told, rg_error *err)
{
    return rg_explain(engine, request, told, err);
}

bool run_explain(const arguments *args, rg_error *err)
{
    char path[LONGEST_PATH];
    rg_explain_request request;
    return read_request(&request, path, args, err)
           && print_told(args, tell, &request, err);
}
