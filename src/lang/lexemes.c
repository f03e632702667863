#include "lang/lexemes.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <assert.h>

enum {
    FIRST_SLOTS = 256,
    SUFFIX_LENGTH = 3, /* code points */
    LONGEST_SHAPE = 100,
    LONGEST_SAME = 4, /* a run of the same shape character is cut to this */
};

typedef struct slot {
    uint64_t hash;
    rg_lexeme *lexeme; /* NULL if the slot is free */
} slot;

struct rg_lexemes {
    rg_arena *arena;
    const rg_norms *norms;
    slot *slots;
    size_t slot_count, count; /* a power of two; at most half of it is used */
};

typedef struct base_norm {
    rg_str text, norm;
} base_norm;

static const base_norm base_norms[] = {
#define BASE_NORM(text, norm) {RG_STR_IN_TABLE(text), RG_STR_IN_TABLE(norm)},
#include "lang/norms.def"
#undef BASE_NORM
};

bool rg_norms_open(rg_norms *out, const rg_model *model, rg_error *err)
{
    return rg_strings_open(&out->strings, model, err)
           && rg_ids_open(&out->ids, model, "norms", out->strings.count, err);
}

rg_lexemes *rg_lexemes_new(rg_arena *arena, const rg_norms *norms)
{
    rg_lexemes *lexemes = rg_new(arena, rg_lexemes, 1);
    *lexemes = (rg_lexemes){.arena = arena,
                            .norms = norms,
                            .slots = rg_new(arena, slot, FIRST_SLOTS),
                            .slot_count = FIRST_SLOTS};
    return lexemes;
}

static rg_str norm_of(const rg_norms *norms, rg_str text, rg_str lower)
{
    const uint32_t *known = rg_ids_find(&norms->ids, rg_string_id(text));
    if (known)
        return rg_strings_at(&norms->strings, *known);
    for (size_t i = 0; i < sizeof base_norms / sizeof *base_norms; i++)
        if (rg_str_equal(text, base_norms[i].text))
            return base_norms[i].norm;
    return lower;
}

/* The last code points of the text, at most `count`. */
static rg_str last_of(rg_str text, int count)
{
    int at = text.len;
    while (at > 0 && count > 0) {
        at--;
        count -= ((unsigned char)text.bytes[at] & 0xc0) != 0x80;
    }
    return rg_str_cut(text, at, text.len);
}

static uint32_t shape_character(uint32_t code)
{
    if (rg_unicode_is_alpha(code))
        return rg_unicode_is_upper(code) ? 'X' : 'x';
    return rg_unicode_is_digit(code) ? 'd' : code;
}

static rg_str shape_of(rg_arena *arena, rg_str text)
{
    char bytes[LONGEST_SHAPE * RG_UTF8_LONGEST];
    int len = 0, count = 0, same = 0;
    uint32_t last = 0;
    for (int at = 0; at < text.len; count++) {
        if (count == LONGEST_SHAPE - 1) /* this is the hundredth */
            return RG_STR("LONG");
        rg_utf8_step step = rg_utf8_next(text, at);
        uint32_t shape = shape_character(step.code);
        same = count > 0 && shape == last ? same + 1 : 0;
        if (same < LONGEST_SAME)
            len += rg_utf8_encode(bytes + len, shape);
        last = shape;
        at += step.len;
    }
    return rg_arena_str(arena, (rg_str){bytes, len});
}

static bool is_all_space(rg_str text)
{
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (!rg_unicode_is_space(step.code))
            return false;
        at += step.len;
    }
    return text.len > 0;
}

static rg_lexeme *make_lexeme(rg_lexemes *in, rg_str text)
{
    rg_lexeme *made = rg_new(in->arena, rg_lexeme, 1);
    made->text = text;
    made->lower = rg_unicode_lower(in->arena, text);
    made->norm = norm_of(in->norms, text, made->lower);
    made->prefix = rg_str_cut(text, 0, rg_utf8_next(text, 0).len);
    made->suffix = last_of(text, SUFFIX_LENGTH);
    made->shape = shape_of(in->arena, text);
    made->norm_id = rg_string_id(made->norm);
    made->prefix_id = rg_string_id(made->prefix);
    made->suffix_id = rg_string_id(made->suffix);
    made->shape_id = rg_string_id(made->shape);
    made->is_space = is_all_space(text);
    return made;
}

/* The slot that holds the text, or the free one where it belongs. */
static slot *find_slot(const rg_lexemes *in, rg_str text, uint64_t hash)
{
    size_t mask = in->slot_count - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        slot *s = &in->slots[i];
        if (!s->lexeme || (s->hash == hash && rg_str_equal(s->lexeme->text, text)))
            return s;
    }
}

static void grow_slots(rg_lexemes *in)
{
    const slot *old = in->slots;
    size_t old_count = in->slot_count;
    in->slot_count *= 2;
    in->slots = rg_arena_take(in->arena, in->slot_count * sizeof(slot), _Alignof(slot));
    for (size_t i = 0; i < old_count; i++)
        if (old[i].lexeme)
            *find_slot(in, old[i].lexeme->text, old[i].hash) = old[i];
}

const rg_lexeme *rg_lexemes_get(rg_lexemes *lexemes, rg_str text)
{
    assert(text.len > 0);
    uint64_t hash = rg_string_hash(text);
    slot *found = find_slot(lexemes, text, hash);
    if (found->lexeme)
        return found->lexeme;

    rg_lexeme *made = make_lexeme(lexemes, text);
    *found = (slot){hash, made};
    if (++lexemes->count * 2 > lexemes->slot_count)
        grow_slots(lexemes);
    return made;
}
