/* markup_times.c - markup_times html|markdown <FILE: the microseconds that rg_text_read takes,
 * the best of some. */
#include "base/file.h"
#include "text/text.h"

#include <stdio.h>
#include <time.h>

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (long long)t.tv_sec * 1000000000 + t.tv_nsec;
}

static long long read_once(rg_arena *arena, const rg_document *document)
{
    const rg_text *text;
    rg_error err = {0};
    rg_arena_mark mark = rg_arena_mark_now(arena);
    long long start = now();
    if (!rg_text_read(&text, arena, document, &err))
        return -1;
    long long took = now() - start;
    rg_arena_reset(arena, mark);
    return took;
}

int main(int count, char **arguments)
{
    rg_arena *arena = rg_arena_new();
    rg_error err = {0};
    rg_document document = {.name = {"-", 1}};
    if (count != 2 || !rg_file_read(&document.bytes, arena, "-", 1 << 30, &err))
        return 2;
    document.mode = arguments[1][0] == 'h' ? RG_TEXT_HTML : RG_TEXT_MARKDOWN;
    long long best = read_once(arena, &document);
    for (int i = 0; i < 4; i++) {
        long long took = read_once(arena, &document);
        best = took < best ? took : best;
    }
    printf("%.1f\n", (double)best / 1000);
    rg_arena_free(arena);
    return 0;
}
