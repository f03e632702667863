#include "lang/sections.h"

#include <stdio.h>

enum { LONGEST_NAME = 64 };

static void put_name(char out[LONGEST_NAME], const rg_sections *in, const char *name,
                     int index)
{
    if (index >= 0)
        snprintf(out, LONGEST_NAME, "%s.%s%d", in->network, name, index);
    else
        snprintf(out, LONGEST_NAME, "%s.%s", in->network, name);
}

bool rg_sections_floats(const float **out, const rg_sections *in, const char *name,
                        int index, int count)
{
    char full[LONGEST_NAME];
    put_name(full, in, name, index);
    return rg_model_floats(out, in->model, full, (size_t)count, in->err);
}

bool rg_sections_maxout(rg_layer *out, const rg_sections *in, const char *name,
                        int index, int inputs)
{
    const float *at;
    int size = inputs * RG_MAXOUT;
    if (!rg_sections_floats(&at, in, name, index, size + RG_MAXOUT + 2 * RG_WIDTH))
        return false;
    *out = (rg_layer){
        .weights = at,
        .bias = at + size,
        .scale = at + size + RG_MAXOUT,
        .shift = at + size + RG_MAXOUT + RG_WIDTH,
        .inputs = inputs,
        .panel_size = inputs * RG_PANEL,
        .outputs = RG_MAXOUT,
    };
    return true;
}

bool rg_sections_linear(rg_layer *out, const rg_sections *in, const char *name,
                        int inputs, int outputs)
{
    const float *at;
    int padded = rg_padded(outputs);
    if (!rg_sections_floats(&at, in, name, -1, padded * (inputs + 1)))
        return false;
    *out = (rg_layer){
        .weights = at,
        .bias = at + padded * inputs,
        .inputs = inputs,
        .panel_size = inputs * RG_PANEL,
        .outputs = padded,
    };
    return true;
}

static int count_lines(rg_str text)
{
    int count = 0;
    for (int i = 0; i < text.len; i++)
        count += text.bytes[i] == '\n';
    return count;
}

bool rg_sections_lines(rg_str **out, rg_arena *arena, const rg_sections *in,
                       const char *name, int count)
{
    char full[LONGEST_NAME];
    put_name(full, in, name, -1);
    rg_str text = rg_model_section(in->model, full);
    if (count_lines(text) != count)
        return rg_fail(in->err, RG_ERROR_MODEL, rg_place_file(rg_model_path(in->model)),
                       "section %s does not hold %d labels", full, count);
    rg_str *lines = rg_new(arena, rg_str, count);
    int from = 0;
    for (int i = 0; i < count; i++) {
        int end = rg_str_find_byte(text, '\n', from);
        lines[i] = rg_str_cut(text, from, end);
        from = end + 1;
    }
    *out = lines;
    return true;
}
