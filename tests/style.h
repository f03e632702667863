/* style.h - the shipped style, rules/style.yaml, for tests of what is drawn by it. */
#ifndef RG_TESTS_STYLE_H
#define RG_TESTS_STYLE_H

#include "base/file.h"
#include "rules/rules.h"

#include <stdlib.h>

static inline const rg_style *shipped_style(rg_arena *in)
{
    const rg_rules *rules;
    rg_error err = {0};
    const char *folder = rg_file_find_own(in, "rules");
    if (!folder)
        abort();
    const char *path = rg_arena_format(in, "%s/style.yaml", folder).bytes;
    rg_rules_request request = {.paths = &path, .path_count = 1, .style_only = true};
    if (!rg_rules_load(&rules, in, &request, (rg_reporter){NULL, NULL}, &err))
        abort();
    const rg_style *style = rules->style;
    rg_rules_free(rules);
    return style;
}

#endif
