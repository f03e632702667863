/* query.c - what a store knows. */
#include "cli/run.h"

#include <string.h>

bool run_query(const arguments *args, rg_error *err)
{
    if (args->operand_count != 1)
        return fail_usage(err, "relgraph query KB.db --entity 'Ann Lee'",
                          "one store is asked");
    const rg_question question = {
        .entities = list_of(args, OPTION_entity),
        .relations = list_of(args, OPTION_relation),
        .types = list_of(args, OPTION_type),
        .docs = list_of(args, OPTION_doc),
        .since = last_value(args, OPTION_since),
        .until = last_value(args, OPTION_until),
        .text = last_value(args, OPTION_text),
        .from = last_value(args, OPTION_from),
        .to = last_value(args, OPTION_to),
        .contradictions = is_given(args, OPTION_contradictions),
        .changes = is_given(args, OPTION_changes),
    };
    const rg_query_request request = {.store = args->operands[0],
                                      .question = question,
                                      .format = last_value(args, OPTION_format)};
    if (!question.from != !question.to)
        return fail_usage(err, NULL, "--from and --to go together");
    if (question.contradictions && question.changes)
        return fail_usage(err, NULL,
                          "--contradictions and --changes exclude each other");
    return print_told(args, tell_store, &request, err);
}
