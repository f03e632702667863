/* triples_fuzz.c - triples read from any bytes can be written as TSV and as JSON lines and
 * read again, the same; their wording is marked in the evidence without a byte lost. */
#include "fuzz.h"

#include "output/marks.h"
#include "output/output.h"

#include <string.h>

static bool read_tsv(rg_edges *out, rg_arena *arena, rg_str bytes)
{
    rg_error err = {0};
    rg_document document = {.name = {"fuzz", 4}, .bytes = bytes};
    bool ok = rg_output_read_tsv(out, arena, &document, (rg_reporter){0}, &err);
    fuzz_check(ok == (err.kind == RG_ERROR_NONE));
    return ok;
}

static bool read_jsonl(rg_edges *out, rg_arena *arena, rg_str bytes)
{
    rg_error err = {0};
    rg_document document = {.name = {"fuzz", 4}, .bytes = bytes};
    bool ok = rg_output_read_jsonl(out, arena, &document, (rg_reporter){0}, &err);
    fuzz_check(ok == (err.kind == RG_ERROR_NONE));
    return ok;
}

static rg_str write_as(rg_arena *arena, const char *format, const rg_edges *edges)
{
    const rg_format *to = rg_output_find(rg_str_of(format), RG_FROM_EDGES);
    rg_buf out = rg_buf_in(arena);
    if (to->put_header)
        to->put_header(&out);
    to->put_edges(&out, edges);
    return rg_buf_str(&out);
}

static void check_again(rg_arena *arena, const rg_edges *edges, bool same_bytes)
{
    rg_str once = write_as(arena, "tsv", edges);
    rg_edges again;
    fuzz_check(read_tsv(&again, arena, once));
    fuzz_check(again.count == edges->count);
    if (same_bytes)
        fuzz_check(rg_str_equal(once, write_as(arena, "tsv", &again)));
    for (const rg_format *const *format = rg_output_all(); *format; format++)
        if ((*format)->from == RG_FROM_EDGES)
            write_as(arena, (*format)->name, edges);
}

static void check_json(rg_arena *arena, const rg_edges *edges)
{
    rg_str once = write_as(arena, "jsonl", edges);
    rg_edges again;
    fuzz_check(read_jsonl(&again, arena, once));
    fuzz_check(again.count == edges->count);
    fuzz_check(rg_str_equal(once, write_as(arena, "jsonl", &again)));
}

static void check_marks(rg_arena *arena, const rg_edges *edges)
{
    for (int i = 0; i < edges->count; i++) {
        int count, len = 0;
        const rg_marked *pieces = rg_marks_cut(&count, arena, &edges->items[i]);
        for (int j = 0; j < count; len += pieces[j++].text.len)
            fuzz_check(pieces[j].text.bytes == edges->items[i].evidence.bytes + len);
        fuzz_check(len == edges->items[i].evidence.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_arena *arena = rg_arena_new();
    rg_str input = fuzz_input(bytes, size);
    rg_edges edges;
    if (read_tsv(&edges, arena, input)) {
        check_again(arena, &edges, true);
        check_json(arena, &edges);
    }
    if (read_jsonl(&edges, arena, input)) {
        check_again(arena, &edges, false); /* a key may be anything in JSON */
        check_json(arena, &edges);
        check_marks(arena, &edges);
    }
    rg_arena_free(arena);
    return 0;
}
