/* records_fuzz.c - a stream of JSON lines in pieces: each line comes out once, and what is
 * printed as its id is JSON without line ends or tabs. */
#include "fuzz.h"

#include "run/records.h"

#include <jansson.h>
#include <string.h>

static void check_id(rg_str id)
{
    json_t *value = json_loadb(id.bytes, (size_t)id.len, JSON_DECODE_ANY, NULL);
    fuzz_check(value != NULL);
    json_decref(value);
    for (int i = 0; i < id.len; i++)
        fuzz_check((unsigned char)id.bytes[i] >= ' ');
}

static void try_line(rg_arena *arena, rg_str line)
{
    rg_record record;
    bool ok = rg_record_read(&record, arena, line);
    fuzz_check(ok == (record.trouble == RG_RECORD_FINE));
    fuzz_check(ok || record.why != NULL);
    check_id(record.id);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_arena *arena = rg_arena_new();
    rg_str all = {(const char *)bytes, (int)size};
    for (int from = 0; from <= all.len;) {
        int to = rg_str_find_byte(all, '\n', from);
        to = to < 0 ? all.len : to;
        try_line(arena, rg_str_cut(all, from, to));
        from = to + 1;
    }
    rg_arena_free(arena);
    return 0;
}
