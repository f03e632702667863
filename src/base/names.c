#include "base/names.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

enum {
    HEAD = 128,
    VERSION = 1,
    RECORD_HEAD = 4,
    MOST_KEYS = 64 * 1024 * 1024, /* names and beginnings of names */
};

static const char magic[8] = "rgnames";

/* A free slot has the tag 0; one of a beginning only has the record 0. */
typedef struct rg_name_slot {
    uint32_t tag;    /* of the key's hash, never 0; it says where the slot belongs */
    uint32_t record; /* offset among the records, + 1 */
} rg_name_slot;

typedef struct head {
    char magic[8];
    uint32_t version, fold;
    uint64_t source, size, checksum, slot_count;
    uint32_t count, longest, conflict_line, zero;
} head;

/* ---- Hashes ---------------------------------------------------------------------------- */

uint64_t rg_names_hash(rg_str source)
{
    return rg_hash_bytes(source.bytes, (size_t)source.len);
}

/* Of all bytes but the checksum itself. */
static uint64_t checksum(const unsigned char *bytes, size_t size)
{
    head copy;
    memcpy(&copy, bytes, sizeof copy);
    copy.checksum = 0;
    return rg_hash_stir(rg_hash_bytes(&copy, sizeof copy),
                        rg_hash_bytes(bytes + sizeof copy, size - sizeof copy));
}

/* ---- A walk ---------------------------------------------------------------------------- */

void rg_name_walk_begin(rg_name_walk *walk)
{
    walk->hash = 0xcbf29ce484222325u; /* FNV-1a */
    walk->len = 0;
}

bool rg_name_walk_put(rg_name_walk *walk, rg_str more)
{
    if (more.len > RG_LONGEST_NAME - walk->len)
        return false;
    uint64_t hash = walk->hash;
    for (int i = 0; i < more.len; i++) {
        walk->text[walk->len + i] = more.bytes[i];
        hash = (hash ^ (unsigned char)more.bytes[i]) * 0x100000001b3u;
    }
    walk->hash = hash;
    walk->len += more.len;
    return true;
}

static uint32_t tag_of(const rg_name_walk *walk)
{
    uint64_t hash = rg_hash_stir(walk->hash, (uint64_t)walk->len);
    hash *= 0x9e3779b97f4a7c15u;
    uint32_t tag = (uint32_t)(hash >> 32);
    return tag + (tag == 0);
}

/* The first slot that a tag may stand in; it stands there or behind, round the end. */
static uint64_t place_of(uint32_t tag, uint64_t slot_count)
{
    return tag * slot_count >> 32;
}

static uint64_t next_place(uint64_t at, uint64_t slot_count)
{
    return at + 1 < slot_count ? at + 1 : 0;
}

/* ---- Records --------------------------------------------------------------------------- */

typedef struct record {
    rg_str name, label;
} record;

/* The record at an offset among the records; an empty one if it does not fit in. */
static record record_at(const rg_names *names, uint32_t offset)
{
    const unsigned char *at = names->bytes + names->records + offset;
    size_t left = names->size - names->records;
    uint16_t lengths[2];
    if (offset > left || left - offset < RECORD_HEAD)
        return (record){{"", 0}, {"", 0}};
    memcpy(lengths, at, sizeof lengths);
    if ((size_t)lengths[0] + lengths[1] > left - offset - RECORD_HEAD)
        return (record){{"", 0}, {"", 0}};
    const char *text = (const char *)at + RECORD_HEAD;
    return (record){{text, lengths[0]}, {text + lengths[0], lengths[1]}};
}

/* The label, or, where the source gives none, the name. */
static rg_str label_of(record r)
{
    return r.label.len > 0 ? r.label : r.name;
}

rg_str rg_names_label(const rg_names *names, int at)
{
    return label_of(record_at(names, (uint32_t)at));
}

rg_name_found rg_names_find(const rg_names *names, const rg_name_walk *walk)
{
    uint32_t tag = tag_of(walk);
    uint64_t at = place_of(tag, names->slot_count);
    rg_name_found found = {.record = -1};
    rg_str text = {walk->text, walk->len};
    /* At least one slot is free, unless the file lies: then a round is enough. */
    for (uint64_t i = 0; i < names->slot_count; i++) {
        rg_name_slot slot = names->slots[at];
        at = next_place(at, names->slot_count);
        if (slot.tag == 0)
            break;
        if (slot.tag != tag)
            continue;
        found.begins = true;
        if (slot.record == 0)
            continue;
        record r = record_at(names, slot.record - 1);
        if (!rg_str_equal(r.name, text))
            continue;
        found.is_name = true;
        found.label = label_of(r);
        found.record = (int)(slot.record - 1);
        break;
    }
    return found;
}

/* ---- Reading a source ------------------------------------------------------------------ */

/* Goes over the lines of a source, one name at a time. */
typedef struct lines {
    rg_str source;
    int at, number;
    rg_names_case fold;
    rg_arena *scratch;
    rg_names_fault *fault;
    char folded[RG_LONGEST_NAME];
    rg_str name, label; /* of the line read last; label empty: the name itself */
} lines;

static bool fail(lines *in, const char *what)
{
    *in->fault = (rg_names_fault){in->number, what};
    return false;
}

/* White space folded to single blanks; false if the name is too long. */
static bool fold_name(lines *in, rg_str text)
{
    int len = 0;
    for (int i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        bool blank = byte == ' ' || (byte >= '\t' && byte <= '\r');
        if (blank && len > 0 && in->folded[len - 1] == ' ')
            continue;
        if (len == RG_LONGEST_NAME)
            return fail(in, "a name of more than 1000 bytes");
        in->folded[len++] = blank ? ' ' : byte;
    }
    in->name = (rg_str){in->folded, len};
    return true;
}

/* The name in lower case, its spelling in the source as its label. */
static bool lower_name(lines *in)
{
    rg_str lower = rg_unicode_lower(in->scratch, in->name);
    if (lower.len > RG_LONGEST_NAME)
        return fail(in, "a name of more than 1000 bytes");
    bool spelled = in->fold == RG_NAMES_ANY && !rg_str_equal(lower, in->name);
    if (in->label.len == 0 && spelled)
        in->label = in->name;
    in->name = lower;
    return true;
}

static bool read_line(lines *in, rg_str line)
{
    int tab = rg_str_find_byte(line, '\t', 0);
    rg_str name = rg_str_trim(tab < 0 ? line : rg_str_cut(line, 0, tab));
    in->label = tab < 0 ? RG_STR("") : rg_str_trim(rg_str_cut(line, tab + 1, line.len));
    if (rg_utf8_find_bad(line) >= 0)
        return fail(in, "text that is not UTF-8");
    if (name.len == 0)
        return fail(in, "a label without a name before it");
    if (in->label.len > RG_LONGEST_NAME)
        return fail(in, "a label of more than 1000 bytes");
    return fold_name(in, name) && (in->fold == RG_NAMES_WRITTEN || lower_name(in));
}

/* The next name; *more is false behind the last one. */
static bool next_name(lines *in, bool *more)
{
    for (*more = true; in->at < in->source.len;) {
        int end = rg_str_find_byte(in->source, '\n', in->at);
        if (end < 0)
            end = in->source.len;
        rg_str line = rg_str_cut(in->source, in->at, end);
        in->at = end + 1;
        in->number++;
        if (rg_str_trim(line).len > 0 && line.bytes[0] != '#')
            return read_line(in, line);
    }
    *more = false;
    return true;
}

/* From the first line on, with the scratch memory given back. */
static void restart(lines *in)
{
    in->at = rg_str_starts(in->source, RG_STR("\xef\xbb\xbf")) ? 3 : 0;
    in->number = 0;
}

/* ---- Building -------------------------------------------------------------------------- */

typedef struct sizes {
    uint64_t keys, records;
    uint32_t count, longest;
} sizes;

static uint64_t count_keys(rg_str name)
{
    uint64_t keys = 1;
    for (int i = 0; i < name.len; i++)
        keys += name.bytes[i] == ' ';
    return keys;
}

static bool measure(lines *in, sizes *out)
{
    bool more;
    *out = (sizes){0};
    rg_arena_mark mark = rg_arena_mark_now(in->scratch);
    while (next_name(in, &more) && more) {
        out->count++;
        out->keys += count_keys(in->name);
        out->records += RECORD_HEAD + (uint64_t)in->name.len + (uint64_t)in->label.len;
        if ((uint32_t)in->name.len > out->longest)
            out->longest = (uint32_t)in->name.len;
        rg_arena_reset(in->scratch, mark);
        if (out->keys > MOST_KEYS)
            return fail(in, "more words in all than an index holds");
    }
    return !more;
}

/* An index at work, in scratch memory. */
typedef struct builder {
    rg_names names; /* over the memory below */
    unsigned char *records;
    rg_name_slot *slots;
    uint32_t record_bytes;
    uint64_t used; /* slots */
    int conflict_line;
} builder;

/* Half as many slots again as keys: a third stays free. */
static uint64_t slots_for(uint64_t keys)
{
    return keys + keys / 2 + 8;
}

/* The slot of the key: that of an equal name, of a beginning, or a free one. */
static rg_name_slot *find_slot(const builder *b, const rg_name_walk *key, bool is_name)
{
    uint32_t tag = tag_of(key);
    rg_str text = {key->text, key->len};
    for (uint64_t at = place_of(tag, b->names.slot_count);;
         at = next_place(at, b->names.slot_count)) {
        rg_name_slot *slot = &b->slots[at];
        if (slot->tag == 0)
            return slot;
        if (slot->tag == tag
            && (!is_name || slot->record == 0
                || rg_str_equal(record_at(&b->names, slot->record - 1).name, text)))
            return slot;
    }
}

static uint32_t put_record(builder *b, rg_str name, rg_str label)
{
    uint32_t offset = b->record_bytes;
    unsigned char *at = b->records + offset;
    uint16_t lengths[2] = {(uint16_t)name.len, (uint16_t)label.len};
    memcpy(at, lengths, sizeof lengths);
    memcpy(at + RECORD_HEAD, name.bytes, (size_t)name.len);
    if (label.len > 0)
        memcpy(at + RECORD_HEAD + name.len, label.bytes, (size_t)label.len);
    b->record_bytes += RECORD_HEAD + (uint32_t)(name.len + label.len);
    return offset;
}

static rg_name_slot *put_key(builder *b, const rg_name_walk *key, bool is_name)
{
    rg_name_slot *slot = find_slot(b, key, is_name);
    b->used += slot->tag == 0;
    slot->tag = tag_of(key);
    return slot;
}

static void put_name(builder *b, const lines *in)
{
    rg_name_walk key;
    rg_name_walk_begin(&key);
    for (int from = 0, blank; (blank = rg_str_find_byte(in->name, ' ', from + 1)) > 0;
         from = blank) {
        rg_name_walk_put(&key, rg_str_cut(in->name, from, blank));
        put_key(b, &key, false);
    }
    rg_name_walk_put(&key, rg_str_cut(in->name, key.len, in->name.len));
    rg_name_slot *slot = put_key(b, &key, true);
    record mine = {in->name, in->label};
    if (slot->record == 0)
        slot->record = put_record(b, in->name, in->label) + 1;
    else if (b->conflict_line == 0
             && !rg_str_equal(label_of(record_at(&b->names, slot->record - 1)),
                              label_of(mine)))
        b->conflict_line = in->number;
}

static builder open_builder(rg_arena *scratch, const sizes *need)
{
    uint64_t slots = slots_for(need->keys);
    builder b = {.records = rg_arena_take(scratch, (size_t)need->records + 1, 8),
                 .slots = rg_new(scratch, rg_name_slot, slots)};
    b.names = (rg_names){.bytes = b.records,
                         .size = (size_t)need->records,
                         .slots = b.slots,
                         .slot_count = slots,
                         .count = (int)need->count,
                         .longest = (int)need->longest};
    return b;
}

/* The slots again, in a table that is no larger than it needs to be. */
static void copy_slots(const builder *b, rg_name_slot *to, uint64_t slot_count)
{
    for (uint64_t i = 0; i < b->names.slot_count; i++) {
        rg_name_slot slot = b->slots[i];
        if (slot.tag == 0)
            continue;
        uint64_t at = place_of(slot.tag, slot_count);
        while (to[at].tag != 0)
            at = next_place(at, slot_count);
        to[at] = slot;
    }
}

/* The block: head, slots, records. */
static void write_block(rg_names *out, rg_arena *arena, const builder *b, head front)
{
    front.slot_count = slots_for(b->used);
    size_t records = HEAD + (size_t)front.slot_count * sizeof(rg_name_slot);
    size_t size = records + b->record_bytes;
    unsigned char *bytes = rg_arena_take(arena, size, 64);
    copy_slots(b, (rg_name_slot *)(void *)(bytes + HEAD), front.slot_count);
    if (b->record_bytes > 0)
        memcpy(bytes + records, b->records, b->record_bytes);
    front.size = size;
    memcpy(bytes, &front, sizeof front);
    front.checksum = checksum(bytes, size);
    memcpy(bytes, &front, sizeof front);
    bool sound =
        rg_names_open(out, bytes, size, front.source, (rg_names_case)front.fold);
    assert(sound);
    (void)sound;
}

static void put_names(builder *b, lines *in)
{
    bool more;
    rg_arena_mark mark = rg_arena_mark_now(in->scratch);
    restart(in);
    while (next_name(in, &more) && more) {
        put_name(b, in);
        rg_arena_reset(in->scratch, mark);
    }
}

bool rg_names_build(rg_names *out, rg_arena *arena, rg_str source, rg_names_case fold,
                    rg_names_fault *fault)
{
    static_assert(sizeof(head) <= HEAD, "the head fits into its place");
    rg_arena *scratch = rg_arena_child(arena);
    lines *in = rg_new(scratch, lines, 1);
    *in = (lines){.source = source, .fold = fold, .scratch = scratch, .fault = fault};
    sizes need;
    restart(in);
    bool ok = measure(in, &need);
    if (ok) {
        builder b = open_builder(scratch, &need);
        put_names(&b, in);
        head front = {.version = VERSION,
                      .fold = (uint32_t)fold,
                      .source = rg_names_hash(source),
                      .count = need.count,
                      .longest = need.longest,
                      .conflict_line = (uint32_t)b.conflict_line};
        memcpy(front.magic, magic, sizeof magic);
        write_block(out, arena, &b, front);
    }
    rg_arena_free(scratch);
    return ok;
}

/* ---- Opening --------------------------------------------------------------------------- */

static bool is_sound(const head *front, size_t size)
{
    uint64_t slots = front->slot_count;
    return memcmp(front->magic, magic, sizeof magic) == 0 && front->version == VERSION
           && front->size == size && slots > 0
           && slots <= (size - HEAD) / sizeof(rg_name_slot) && front->count <= INT_MAX
           && front->longest <= RG_LONGEST_NAME && front->conflict_line <= INT_MAX;
}

bool rg_names_open(rg_names *out, const void *bytes, size_t size, uint64_t source,
                   rg_names_case fold)
{
    head front;
    if (size < HEAD)
        return false;
    memcpy(&front, bytes, sizeof front);
    if (!is_sound(&front, size) || front.source != source
        || front.fold != (uint32_t)fold || front.checksum != checksum(bytes, size))
        return false;
    const unsigned char *at = bytes;
    *out = (rg_names){.bytes = at,
                      .size = size,
                      .slots = (const rg_name_slot *)(const void *)(at + HEAD),
                      .slot_count = front.slot_count,
                      .records = HEAD + (size_t)front.slot_count * sizeof(rg_name_slot),
                      .count = (int)front.count,
                      .longest = (int)front.longest,
                      .fold = fold,
                      .conflict_line = (int)front.conflict_line};
    return true;
}
