#include "output/output.h"

#define FORMAT(name) extern const rg_format rg_format_##name;
#include "output/formats.def"
#undef FORMAT

static const rg_format *const formats[] = {
#define FORMAT(name) &rg_format_##name,
#include "output/formats.def"
#undef FORMAT
    NULL,
};

const rg_format *const *rg_output_all(void)
{
    return formats;
}

const rg_format *rg_output_find(rg_str name, rg_format_from from)
{
    for (int i = 0; formats[i]; i++)
        if (formats[i]->from == from && rg_str_is(name, formats[i]->name))
            return formats[i];
    return NULL;
}

const rg_format *rg_output_find_ending(rg_str path, rg_format_from from)
{
    for (int i = 0; formats[i]; i++)
        if (formats[i]->from == from && formats[i]->ending[0] != '\0'
            && rg_str_ends(path, rg_str_of(formats[i]->ending)))
            return formats[i];
    return NULL;
}
