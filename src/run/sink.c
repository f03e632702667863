#include "run/sink.h"

#include "base/file.h"

#include <string.h>

static bool is_standard(const rg_sink *sink)
{
    return strcmp(sink->path, "-") == 0;
}

rg_sink rg_sink_open(rg_arena *arena, const char *path)
{
    return (rg_sink){.path = path ? path : "-", .out = rg_buf_in(arena)};
}

bool rg_sink_flush(rg_sink *sink, rg_error *err)
{
    if (!is_standard(sink))
        return true;
    rg_str bytes = rg_buf_str(&sink->out);
    sink->out.len = 0;
    return sink->left || bytes.len == 0
           || rg_file_put_standard(bytes, &sink->left, err);
}

bool rg_sink_close(rg_sink *sink, rg_error *err)
{
    return is_standard(sink) ? rg_sink_flush(sink, err)
                             : rg_file_write(sink->path, rg_buf_str(&sink->out), err);
}
