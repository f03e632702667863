#include "run/sink.h"

#include "base/file.h"

#include <string.h>

static bool is_standard(const rg_sink *sink)
{
    return strcmp(sink->path, "-") == 0;
}

rg_sink rg_sink_open(rg_arena *arena, const char *path)
{
    return (rg_sink){.path = path ? path : "-", .kept = rg_buf_in(arena)};
}

bool rg_sink_put(rg_sink *sink, rg_str bytes, rg_error *err)
{
    if (sink->left)
        return true;
    if (is_standard(sink))
        return rg_file_put_standard(bytes, &sink->left, err);
    rg_buf_put(&sink->kept, bytes);
    return true;
}

bool rg_sink_close(rg_sink *sink, rg_error *err)
{
    return is_standard(sink) || rg_file_write(sink->path, rg_buf_str(&sink->kept), err);
}
