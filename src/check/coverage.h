/* coverage.h - which rules, repairs and attributes some example fires; private to check/. */
#ifndef RG_CHECK_COVERAGE_H
#define RG_CHECK_COVERAGE_H

#include "extract/extract.h"

typedef struct coverage {
    const rg_rules *rules;
    bool *fired, *repaired, *annotated; /* by index of rule, repair, attribute */
} coverage;

coverage coverage_new(rg_arena *arena, const rg_rules *rules);
/* Notes what happened in the sentences of a traced run. */
void coverage_add(coverage *of, const rg_triples *triples);
/* Reports what nothing fired in the files that were asked for; how many there are. */
int coverage_report(const coverage *of, rg_reporter reporter,
                    const rg_test_request *request);

#endif
