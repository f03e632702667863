#include "run/formats.h"

#include "base/file.h"

#include <stdio.h>
#include <string.h>

/* What a product's formats are made from, best first. */
static const struct {
    rg_format_from from[3];
    int count;
    const char *usual;
} products[] = {
    [RG_PRODUCT_ANALYSIS] = {{RG_FROM_PARSE}, 1, "tsv"},
    [RG_PRODUCT_TRIPLES] = {{RG_FROM_EDGES, RG_FROM_TEXT}, 2, "tsv"},
    [RG_PRODUCT_DIAGRAM] = {{RG_FROM_GRAPH, RG_FROM_EDGES, RG_FROM_TEXT}, 3, "svg"},
    [RG_PRODUCT_ENTITIES] = {{RG_FROM_ENTITIES}, 1, "tsv"},
};

static const rg_format *find_name(rg_product product, rg_str name)
{
    const rg_format *found = NULL;
    for (int i = 0; !found && i < products[product].count; i++)
        found = rg_output_find(name, products[product].from[i]);
    return found;
}

static const rg_format *find_ending(rg_product product, rg_str path)
{
    const rg_format *found = NULL;
    for (int i = 0; !found && i < products[product].count; i++)
        found = rg_output_find_ending(path, products[product].from[i]);
    return found;
}

bool rg_format_at(rg_format_info *out, rg_product product, int index)
{
    for (int i = 0; i < products[product].count; i++)
        for (const rg_format *const *at = rg_output_all(); *at; at++)
            if ((*at)->from == products[product].from[i] && index-- == 0) {
                *out = (rg_format_info){(*at)->name, (*at)->ending, (*at)->summary};
                return true;
            }
    return false;
}

static void hint_formats(rg_product product, const char *word, rg_error *err)
{
    enum { MOST_NAMES = 32 };
    const char *names[MOST_NAMES];
    char list[240] = "";
    rg_format_info info;
    int count = 0;
    for (; count < MOST_NAMES && rg_format_at(&info, product, count); count++) {
        names[count] = info.name;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", count ? ", " : "", info.name);
    }
    const char *near = rg_nearest(word, names, count);
    if (near)
        rg_fail_hint(err, "did you mean '%s'?", near);
    rg_fail_hint(err, "formats are %s", list);
}

bool rg_run_makes_folder(const rg_format *format, const rg_job *job)
{
    rg_str path = rg_str_of(job->output);
    return format->put_files
           || (format->put_notes && path.len > 0
               && (rg_str_ends(path, RG_STR("/")) || rg_file_is_folder(job->output)));
}

/* A folder needs a name of its own, and must be able to be one. */
static bool check_folder(const rg_format *format, const rg_job *job, rg_error *err)
{
    if (!rg_run_makes_folder(format, job))
        return true;
    if (!job->output || strcmp(job->output, "-") == 0) {
        rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "%s writes several files",
                format->name);
        return rg_fail_hint(err, "give a folder for them by -o FOLDER");
    }
    return !rg_file_exists(job->output) || rg_file_is_folder(job->output)
           || rg_fail(err, RG_ERROR_OUTPUT, rg_place_file(rg_str_of(job->output)),
                      "is no folder, and %s writes several files", format->name);
}

bool rg_run_find_format(const rg_format **out, const rg_job *job, rg_error *err)
{
    const char *path = job->output ? job->output : "-";
    if (job->format)
        *out = find_name(job->product, rg_str_of(job->format));
    else if (strcmp(path, "-") == 0)
        *out = find_name(job->product, rg_str_of(products[job->product].usual));
    else
        *out = find_ending(job->product, rg_str_of(path));

    if (!*out) {
        if (job->format)
            rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "unknown format '%s'",
                    job->format);
        else
            rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "'%s' ends like no format", path);
        hint_formats(job->product, job->format ? job->format : "", err);
        return false;
    }
    if ((*out)->binary && job->to_terminal)
        return rg_fail(err, RG_ERROR_USAGE, RG_NOWHERE, "%s does not go to a terminal",
                       (*out)->name)
               || rg_fail_hint(err, "give a file by -o");
    return check_folder(*out, job, err);
}
