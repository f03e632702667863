#include "base/str.h"

#include <string.h>

int rg_str_compare(rg_str a, rg_str b)
{
    int shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.bytes, b.bytes, (size_t)shared) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool rg_str_starts(rg_str text, rg_str start)
{
    return text.len >= start.len && rg_str_equal(rg_str_cut(text, 0, start.len), start);
}

bool rg_str_ends(rg_str text, rg_str end)
{
    return text.len >= end.len
           && rg_str_equal(rg_str_cut(text, text.len - end.len, text.len), end);
}

int rg_str_find_byte(rg_str text, char byte, int from)
{
    if (from < 0 || from >= text.len)
        return -1;
    const char *at = memchr(text.bytes + from, byte, (size_t)(text.len - from));
    return at ? (int)(at - text.bytes) : -1;
}

int rg_str_find(rg_str text, rg_str part, int from)
{
    for (int i = from; i + part.len <= text.len; i++) {
        if (part.len > 0) {
            i = rg_str_find_byte(text, part.bytes[0], i);
            if (i < 0 || i + part.len > text.len)
                return -1;
        }
        if (rg_str_equal((rg_str){text.bytes + i, part.len}, part))
            return i;
    }
    return -1;
}

rg_str rg_str_cut(rg_str text, int from, int to)
{
    if (from < 0)
        from = 0;
    if (to > text.len)
        to = text.len;
    return from < to ? (rg_str){text.bytes + from, to - from} : (rg_str){"", 0};
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

rg_str rg_str_trim(rg_str text)
{
    int from = 0, to = text.len;
    while (from < to && is_blank(text.bytes[from]))
        from++;
    while (to > from && is_blank(text.bytes[to - 1]))
        to--;
    return rg_str_cut(text, from, to);
}

uint64_t rg_str_hash(rg_str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (int i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.bytes[i]) * 0x100000001b3u;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    return hash ^ hash >> 32;
}

static uint64_t word_at(const unsigned char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* Four lanes at a time, so that a step need not wait for the one before it. */
uint64_t rg_hash_bytes(const void *bytes, size_t size)
{
    const unsigned char *from = bytes;
    uint64_t lanes[4] = {size, 1, 2, 3};
    size_t at = 0;
    for (; at + 32 <= size; at += 32)
        for (size_t lane = 0; lane < 4; lane++)
            lanes[lane] = rg_hash_stir(lanes[lane], word_at(from + at + 8 * lane));
    unsigned char rest[32] = {0};
    if (size > at)
        memcpy(rest, from + at, size - at);
    uint64_t sum = 0;
    for (size_t lane = 0; lane < 4; lane++)
        sum = rg_hash_stir(sum, rg_hash_stir(lanes[lane], word_at(rest + 8 * lane)));
    return sum ^ sum >> 32;
}

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Optimal string alignment: a pair of neighbours that changed places is one change. Rows
 * of the table are kept for the last three bytes of `a`. */
int rg_str_distance(rg_str a, rg_str b, int limit)
{
    enum { LONGEST = 64 };
    int rows[3][LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST || a.len - b.len > limit
        || b.len - a.len > limit)
        return limit + 1;
    for (int j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (int i = 1; i <= a.len; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *top = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= b.len; j++) {
            int changed = above[j - 1] + (a.bytes[i - 1] != b.bytes[j - 1]);
            row[j] = least(changed, row[j - 1] + 1, above[j] + 1);
            if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2]
                && a.bytes[i - 2] == b.bytes[j - 1] && top[j - 2] + 1 < row[j])
                row[j] = top[j - 2] + 1;
        }
    }
    int distance = rows[a.len % 3][b.len];
    return distance > limit ? limit + 1 : distance;
}

const char *rg_nearest(const char *word, const char *const *names, int count)
{
    int limit = strlen(word) < 5 ? 1 : 2;
    const char *nearest = NULL;
    for (int i = 0; i < count; i++) {
        int distance = rg_str_distance(rg_str_of(names[i]), rg_str_of(word), limit);
        if (distance <= limit) {
            nearest = names[i];
            limit = distance - 1;
        }
    }
    return nearest;
}
