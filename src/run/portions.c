#include "run/portions.h"

#include <limits.h>
#include <string.h>

enum {
    PORTION = 32 * 1024, /* bytes; some 1 MB when analysed */
    SHARE = 8,           /* portions of a batch, for each thread */
    LONGEST = INT_MAX - 1,
};

rg_portions rg_portions_of(const rg_sources *sources, bool cut, rg_arena *room)
{
    return (rg_portions){.sources = sources,
                         .cut = cut,
                         .stream.fd = -1,
                         .room = room,
                         .empty = rg_arena_mark_now(room)};
}

void rg_portions_close(rg_portions *p)
{
    rg_stream_close(&p->stream);
}

/* A file that is cut into paragraphs, and long or of unknown length. */
static bool is_long(const rg_source *source)
{
    return source->kind == RG_SOURCE_TEXT && source->path && !source->converter
           && source->document.mode == RG_TEXT_BLOCKS
           && rg_file_exceeds(source->path, PORTION);
}

static void open_text(rg_portions *p, const rg_source *source)
{
    rg_arena_reset(p->room, p->empty);
    p->text = source->document;
    p->window = NULL;
    p->base = p->held = p->capacity = p->used = 0;
    p->trouble = (rg_error){0};
    p->is_open = true;
    rg_stream_open(&p->stream, source->path, &p->trouble);
}

/* What the last batch used goes to make room. */
static void shift_window(rg_portions *p)
{
    if (p->used > 0)
        memmove(p->window, p->window + p->used, (size_t)(p->held - p->used));
    p->base += p->used;
    p->held -= p->used;
    p->used = 0;
}

static void widen_window(rg_portions *p, int capacity)
{
    char *wider = rg_arena_take(p->room, (size_t)capacity, 1);
    if (p->held > 0)
        memcpy(wider, p->window, (size_t)p->held);
    p->window = wider;
    p->capacity = capacity;
}

static bool is_ended(const rg_portions *p)
{
    return p->stream.end || p->trouble.kind != RG_ERROR_NONE;
}

static void fill_window(rg_portions *p)
{
    size_t got = 0;
    int room = p->capacity - p->held;
    if (p->base > LONGEST - p->held - room)
        rg_fail(&p->trouble, RG_ERROR_LIMIT, rg_place_file(p->text.name),
                "is larger than %d bytes", LONGEST);
    else if (!is_ended(p))
        rg_stream_read(&p->stream, p->window + p->held, (size_t)room, &got,
                       &p->trouble);
    p->held += (int)got;
}

/* The next portion that the window holds whole. */
static bool take_portion(rg_portions *p, rg_source *out)
{
    rg_str window = {p->window, p->held};
    int end = rg_text_cut(window, p->used, PORTION);
    if (end == p->held && !is_ended(p))
        return false;
    if (p->text.goes_on && end == p->used) /* an empty text has one portion */
        return false;
    *out = (rg_source){.kind = RG_SOURCE_TEXT, .document = p->text};
    out->document.bytes = rg_str_cut(window, p->used, end);
    out->document.base = p->base + p->used;
    p->text.goes_on = true;
    p->used = end;
    return true;
}

/* Portions of the open text; 0 if there are no more. */
static int take_portions(rg_portions *p, rg_source *batch, int most)
{
    int count = 0;
    shift_window(p);
    if (!p->window)
        widen_window(p, (most + 1) * PORTION);
    for (;;) {
        fill_window(p);
        while (count < most && take_portion(p, &batch[count]))
            count++;
        if (count > 0 || is_ended(p) || p->capacity > INT_MAX / 2)
            return count;
        widen_window(p, p->capacity * 2); /* a paragraph that is longer */
    }
}

/* The end of the open text: it is told here if it could not be read to its end. */
static int end_text(rg_portions *p, rg_source *batch)
{
    p->is_open = false;
    rg_stream_close(&p->stream);
    if (p->trouble.kind == RG_ERROR_NONE)
        return 0;
    batch[0] = (rg_source){.document = p->text, .unreadable = &p->trouble};
    return 1;
}

int rg_portions_next(rg_portions *p, rg_source *batch, int most, int threads)
{
    const rg_sources *all = p->sources;
    int share = SHARE * threads < most ? SHARE * threads : most, count = 0;
    for (;;) {
        if (p->is_open && (count = take_portions(p, batch, share)) > 0)
            return count;
        if (p->is_open && (count = end_text(p, batch)) > 0)
            return count;
        for (; count < most && p->next < all->count; p->next++) {
            if (p->cut && is_long(&all->items[p->next]))
                break;
            batch[count++] = all->items[p->next];
        }
        if (count > 0 || p->next == all->count)
            return count;
        open_text(p, &all->items[p->next++]);
    }
}
