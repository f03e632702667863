#include "rules/surface.h"

#include "base/unicode.h"

#include <ctype.h>
#include <string.h>

enum { MOST_MOVES = 2000, MOST_WORDS = 256, DEEPEST = 16 };

/* The name of slot 0; until the pattern binds it, nothing can refer to it. */
#define ANCHOR "verb"

/* Words of which a sentence must hold one for a part of a pattern to match. */
typedef struct needs {
    int *words; /* symbols */
    int count;  /* 0: it may match without any word */
    int score;  /* the higher, the rarer they should be */
} needs;

/* A part of a pattern, whose moves are [from, the end of the program). */
typedef struct part {
    int from;
    int least; /* tokens that it takes at least */
    needs needs;
} part;

/* A pattern that is being read. */
typedef struct text_reader {
    reader in;
    rg_slots *slots;  /* the rule's */
    rg_slots visible; /* those that a constraint may name: surely bound before it */
    rg_surface *out;
    int room;
    uint32_t sure, bound; /* slots bound on the way to here: surely, perhaps */
    uint32_t reserved;    /* 1: "subject" is named somewhere, 2: "object" */
    int looks;            /* lookarounds that are open */
    int depth;
} text_reader;

static bool read_text(text_reader *t, part *p);

/* ---- Programs ------------------------------------------------------------------------ */

static bool put_move(text_reader *t, rg_move move)
{
    rg_surface *out = t->out;
    if (out->count == MOST_MOVES)
        return reader_error(&t->in, t->in.at, "limit", "repeat less, or shorter parts",
                            "the pattern has more than %d steps when its repetitions "
                            "are written out",
                            MOST_MOVES);
    out->moves = rg_arena_grow(t->in.c->arena, out->moves, out->count, &t->room,
                               sizeof *out->moves);
    out->moves[out->count++] = move;
    return true;
}

static bool put_jump(text_reader *t, rg_move_kind kind, int to)
{
    return put_move(t, (rg_move){.kind = kind, .slot = RG_NONE, .to = to});
}

/* Puts a split before the moves from `from` on. */
static bool insert_split(text_reader *t, int from, int to)
{
    if (!put_jump(t, RG_MOVE_SPLIT, to))
        return false;
    rg_move *moves = t->out->moves, split = moves[t->out->count - 1];
    memmove(&moves[from + 1], &moves[from],
            sizeof *moves * (size_t)(t->out->count - 1 - from));
    moves[from] = split;
    return true;
}

static bool put_copy(text_reader *t, const rg_move *moves, int count)
{
    for (int i = 0; i < count; i++)
        if (!put_move(t, moves[i]))
            return false;
    return true;
}

/* Writes the moves from `from` on out as often as the quantifier says. */
static bool repeat(text_reader *t, int from, int min, int max)
{
    int count = t->out->count - from, optional = max < 0 ? 1 : max - min;
    rg_move *body = rg_new(t->in.c->arena, rg_move, count);
    memcpy(body, &t->out->moves[from], sizeof *body * (size_t)count);
    t->out->count = from;
    for (int i = 0; i < min; i++)
        if (!put_copy(t, body, count))
            return false;
    for (int left = optional; left > 0; left--) {
        int size = count + 1 + (max < 0);
        if (!put_jump(t, RG_MOVE_SPLIT, left * size) || !put_copy(t, body, count))
            return false;
        if (max < 0 && !put_jump(t, RG_MOVE_JUMP, -(count + 1)))
            return false;
    }
    return true;
}

/* ---- What a sentence must hold ---------------------------------------------------------- */

/* Short words are common ones (Zipf's law of abbreviation); marks are everywhere. */
static int score_of(rg_str word)
{
    int score = 0;
    for (int i = 0; i < word.len; i++)
        score += isalnum((unsigned char)word.bytes[i])
                 || (unsigned char)word.bytes[i] >= 0x80;
    return score;
}

static needs need_word(text_reader *t, rg_str word)
{
    rg_str lower = rg_unicode_lower(t->in.c->arena, word);
    needs out = {rg_new(t->in.c->arena, int, 1), 1, score_of(lower)};
    out.words[0] = rg_pattern_symbol(t->in.c, lower);
    return out;
}

/* The longest of the words in a string. */
static needs need_string(text_reader *t, rg_str text)
{
    rg_str longest = {"", 0};
    for (int from = 0; from <= text.len;) {
        int blank = rg_str_find_byte(text, ' ', from);
        rg_str word = rg_str_cut(text, from, blank < 0 ? text.len : blank);
        if (longest.len == 0 || score_of(word) > score_of(longest))
            longest = word;
        from += word.len + 1;
    }
    return need_word(t, longest);
}

/* One of the lemmas that a criterion names; nothing if it may hold without. */
static needs need_crit(text_reader *t, const rg_crit *crit)
{
    needs out = {.words = rg_new(t->in.c->arena, int, crit->value_count)};
    const rg_map *symbols = t->in.c->rules->symbols;
    bool lemma = crit->attr == RG_ATTR_ANY || crit->attr == RG_ATTR_LEMMA
                 || crit->attr == RG_ATTR_LOWER;
    if (crit->kind != RG_CRIT_VALUES || crit->negated || !lemma
        || crit->value_count > MOST_WORDS)
        return (needs){0};
    for (int i = 0; i < crit->value_count; i++) {
        if (crit->values[i].kind != RG_VALUE_WORD)
            return (needs){0};
        int score = score_of(rg_map_key(symbols, crit->values[i].id));
        out.words[out.count++] = crit->values[i].id;
        out.score = i == 0 || score < out.score ? score : out.score;
    }
    return out;
}

static needs rarer(needs a, needs b)
{
    if (a.count == 0 || b.count == 0)
        return a.count ? a : b;
    return b.score > a.score ? b : a;
}

/* Either of both: nothing is needed if one of them needs nothing. */
static needs either(rg_arena *arena, needs a, needs b)
{
    if (a.count == 0 || b.count == 0 || a.count + b.count > MOST_WORDS)
        return (needs){0};
    needs out = {rg_new(arena, int, a.count + b.count), a.count + b.count,
                 a.score < b.score ? a.score : b.score};
    memcpy(out.words, a.words, sizeof(int) * (size_t)a.count);
    memcpy(out.words + a.count, b.words, sizeof(int) * (size_t)b.count);
    return out;
}

/* ---- Names -------------------------------------------------------------------------------- */

static uint32_t bit_of(int slot)
{
    return slot == RG_NONE ? 0 : (uint32_t)1 << slot;
}

static bool bind(text_reader *t, rg_str name, int at, int *slot)
{
    if (t->looks > 0)
        return reader_error(&t->in, at, "name", "take the name away",
                            "nothing in a lookaround is kept, so '%.*s' names nothing",
                            RG_PRINT(name));
    if (rg_str_is(name, ANCHOR))
        t->slots->names[0] = name;
    *slot = rg_pattern_slot(t->slots, name, true);
    if (*slot == RG_NONE)
        return reader_error(&t->in, at, "limit", NULL, "more than %d names in a rule",
                            RG_MAX_SLOTS);
    if (t->bound & bit_of(*slot))
        return reader_error(&t->in, at, "duplicate-name", NULL,
                            "the name '%.*s' is bound twice", RG_PRINT(name));
    t->sure |= bit_of(*slot);
    t->bound |= bit_of(*slot);
    return true;
}

/* A slot without a name is the subject, the next one the object, others are context. */
static bool bind_unnamed(text_reader *t, int at, int *slot)
{
    static const char *const names[] = {"subject", "object"};
    *slot = RG_NONE;
    if (t->looks > 0)
        return true;
    for (int i = 0; i < 2; i++) {
        rg_str name = rg_str_of(names[i]);
        int known = rg_pattern_slot(t->slots, name, false);
        if (!(t->reserved >> i & 1) && !(t->bound & bit_of(known)))
            return bind(t, name, at, slot);
    }
    return true;
}

/* "=NAME" behind what takes tokens. */
static bool read_name_behind(text_reader *t, int from)
{
    reader *in = &t->in;
    int at = in->at;
    if (!reader_accept(in, "="))
        return true;
    rg_str name = reader_ident(in);
    rg_move *last = &t->out->moves[t->out->count - 1];
    if (name.len == 0)
        return reader_error(in, at, "syntax", "quote '=' to mean the sign itself",
                            "expected a name behind '='");
    if (t->out->count - from != 1 || last->kind == RG_MOVE_PHRASE)
        return reader_error(in, at, "syntax", "a slot is named inside: <name:type>",
                            "only a word, text, list, constraint or regular expression "
                            "takes '=%.*s'",
                            RG_PRINT(name));
    return bind(t, name, at, &last->slot);
}

/* ---- Elements ------------------------------------------------------------------------------ */

static rg_str text_from(const text_reader *t, int from)
{
    return rg_str_cut(t->in.scalar.value, from, t->in.at);
}

static bool ends_word(char byte)
{
    return byte == '\0' || isspace((unsigned char)byte)
           || strchr("[]()<>|?*+{}=", byte) != NULL;
}

static bool read_word(text_reader *t, part *p)
{
    reader *in = &t->in;
    int from = in->at;
    while (in->at < in->scalar.value.len && !ends_word(reader_peek(in)))
        in->at++;
    rg_str word = text_from(t, from);
    if (word.len == 0)
        return reader_error(in, from, "syntax",
                            "put a sign that is meant as it stands between quotes: '?'",
                            "unexpected '%c' in the pattern", reader_peek(in));
    p->needs = need_word(t, word);
    return put_move(t, (rg_move){.kind = RG_MOVE_WORD,
                                 .slot = RG_NONE,
                                 .word = rg_unicode_lower(in->c->arena, word),
                                 .text = word});
}

/* One of the first words of the list's items; nothing if one of them may be several
 * tokens, or if the list is long. */
static needs need_item(text_reader *t, const rg_list *list)
{
    const rg_map *symbols = t->in.c->rules->symbols;
    if (list->names || list->item_count > MOST_WORDS)
        return (needs){0};
    needs out = {.words = rg_new(t->in.c->arena, int, list->item_count)};
    for (int i = 0; i < list->item_count; i++) {
        rg_str word = rg_map_key(symbols, list->items[i].words[0]);
        int score = score_of(word);
        if (score < word.len)
            return (needs){0};
        out.words[out.count++] = list->items[i].words[0];
        out.score = i == 0 || score < out.score ? score : out.score;
    }
    return out;
}

static bool read_list_item(text_reader *t, part *p)
{
    int from = t->in.at;
    rg_value list;
    if (!read_list(&t->in, &list))
        return false;
    p->needs = need_item(t, &t->in.c->rules->lists[list.id]);
    return put_move(t, (rg_move){.kind = RG_MOVE_LIST,
                                 .slot = RG_NONE,
                                 .list = list.id,
                                 .text = text_from(t, from)});
}

static bool is_list(const text_reader *t)
{
    rg_str rest = rg_str_cut(t->in.scalar.value, t->in.at, t->in.scalar.value.len);
    return rest.len > 1 && rest.bytes[0] == '$'
           && (isalpha((unsigned char)rest.bytes[1])
               || (unsigned char)rest.bytes[1] >= 0x80);
}

static bool read_quoted(text_reader *t, part *p)
{
    int from = t->in.at;
    rg_str word;
    if (!read_string(&t->in, &word))
        return false;
    if (rg_str_trim(word).len == 0 || rg_str_trim(word).len < word.len)
        return reader_error(&t->in, from, "string", "blanks between tokens go unsaid",
                            "a quoted text is not empty, and no blank is at its ends");
    p->needs = need_string(t, word);
    return put_move(t, (rg_move){.kind = RG_MOVE_STRING,
                                 .slot = RG_NONE,
                                 .word = word,
                                 .text = text_from(t, from)});
}

static bool names_place(rg_str constraint)
{
    return rg_str_find(constraint, RG_STR("before"), 0) >= 0
           || rg_str_find(constraint, RG_STR("after"), 0) >= 0;
}

/* A constraint may name what is surely bound before it; names inside are its own. */
static bool read_test(text_reader *t, part *p)
{
    reader *in = &t->in;
    int from = in->at;
    rg_move move = {.kind = RG_MOVE_TEST, .slot = RG_NONE};
    t->visible = *t->slots;
    for (int i = 0; i < t->visible.count; i++)
        if (!(t->sure & bit_of(i)))
            t->visible.names[i] = RG_STR("");
    in->slots = &t->visible;
    if (!read_constraint(in, &move.test))
        return false;
    while (t->slots->count < t->visible.count)
        t->slots->names[t->slots->count++] = RG_STR("");
    move.text = text_from(t, from);
    for (int i = 0; i < move.test.crit_count; i++)
        p->needs = rarer(p->needs, need_crit(t, &move.test.crits[i]));
    t->out->has_history |= names_place(move.text);
    return put_move(t, move);
}

static bool read_expression(text_reader *t)
{
    int from = t->in.at;
    rg_arena *arena = t->in.c->arena;
    rg_crit *crit = rg_new(arena, rg_crit, 1);
    *crit = (rg_crit){.attr = RG_ATTR_TEXT,
                      .feature = RG_NONE,
                      .slot = RG_NONE,
                      .values = rg_new(arena, rg_value, 1),
                      .value_count = 1};
    crit->values[0].kind = RG_VALUE_REGEX;
    if (!read_regex(&t->in, &crit->values[0].id))
        return false;
    return put_move(t, (rg_move){.kind = RG_MOVE_TEST,
                                 .slot = RG_NONE,
                                 .test = {.kind = RG_STEP_TEST,
                                          .min = 1,
                                          .max = 1,
                                          .crits = crit,
                                          .crit_count = 1},
                                 .text = text_from(t, from)});
}

/* ---- Slots --------------------------------------------------------------------------------- */

static bool add_type(text_reader *t, rg_move *move, rg_str name, int at)
{
    rg_compiler *c = t->in.c;
    int type = rg_map_find(c->types, name);
    if (type >= 0) {
        move->types[type / 64] |= (uint64_t)1 << (type % 64);
        return true;
    }
    if (name.len == 0)
        return reader_error(&t->in, at, "syntax", "a slot is <type> or <name:type>",
                            "expected a type");
    const char *hint = rg_pattern_suggest(c, c->types, name);
    return reader_error(&t->in, at, "unknown-type",
                        hint
                            ? hint
                            : "types are declared under 'types:' (the built-in ones in "
                              "core: 'include: [core]')",
                        "unknown type '%.*s'", RG_PRINT(name));
}

static bool read_types(text_reader *t, rg_move *move)
{
    reader *in = &t->in;
    do {
        reader_skip_blanks(in);
        int at = in->at;
        if (!add_type(t, move, reader_ident(in), at))
            return false;
        reader_skip_blanks(in);
    } while (reader_accept(in, "|"));
    int at = in->at;
    return !reader_accept(in, "~") || add_type(t, move, RG_STR("name"), at);
}

/* "name:" at the cursor, or nothing. */
static rg_str accept_slot_name(reader *in)
{
    int from = in->at;
    rg_str name = reader_ident(in);
    if (name.len > 0 && reader_accept(in, ":"))
        return name;
    in->at = from;
    return (rg_str){"", 0};
}

static bool put_more_phrases(text_reader *t, rg_move first)
{
    t->out->has_joints = t->out->has_history = true;
    first.joined = true;
    rg_move joint = {.kind = RG_MOVE_JOINT, .slot = RG_NONE, .text = first.text};
    return put_jump(t, RG_MOVE_SPLIT, 4) && put_move(t, joint) && put_move(t, first)
           && put_jump(t, RG_MOVE_JUMP, -3);
}

static bool read_slot(text_reader *t, part *p)
{
    reader *in = &t->in;
    int from = in->at++;
    rg_move move = {.kind = RG_MOVE_PHRASE, .slot = RG_NONE};
    uint32_t sure = t->sure;
    rg_str name = accept_slot_name(in);
    if (!read_types(t, &move))
        return false;
    bool optional = reader_accept(in, "?"), many = !optional && reader_accept(in, "+");
    if (!reader_accept(in, ">"))
        return reader_error(
            in, in->at, "syntax",
            "a slot is <type>, <name:type>, <type~>, <type?> or <type+>",
            "expected '>' at the end of the slot");
    move.text = text_from(t, from);
    bool ok = name.len > 0 ? bind(t, name, from, &move.slot)
                           : bind_unnamed(t, from, &move.slot);
    ok = ok && put_move(t, move) && (!many || put_more_phrases(t, move));
    if (!ok || !optional)
        return ok;
    t->sure = sure;
    p->least = 0;
    return repeat(t, p->from, 0, 1);
}

/* ---- Groups, lookaround, quantifiers ---------------------------------------------------------- */

static bool expect_close(text_reader *t, int from)
{
    if (!reader_accept(&t->in, ")"))
        return reader_error(&t->in, from, "syntax", NULL, "'(' without its ')'");
    return true;
}

static bool read_look(text_reader *t, part *p, int from)
{
    reader *in = &t->in;
    rg_move look = {.kind = RG_MOVE_LOOK, .slot = RG_NONE};
    look.behind = reader_accept(in, "<");
    look.negated = reader_accept(in, "!");
    if (!look.negated && !reader_accept(in, "="))
        return reader_error(in, from, "syntax",
                            "lookarounds are (?= ), (?! ), (?<= ) and (?<! )",
                            "unknown kind of group");
    int at = t->out->count;
    if (!put_move(t, look))
        return false;
    part inner = {.from = t->out->count};
    t->looks++;
    bool ok = read_text(t, &inner) && expect_close(t, from);
    t->looks--;
    if (!ok || !put_jump(t, RG_MOVE_END, 0))
        return false;
    if (inner.least == 0)
        return reader_error(in, from, "empty-match", "take a '?' or '*' away",
                            "the lookaround always fits, whatever stands there");
    t->out->moves[at].to = t->out->count - at;
    t->out->moves[at].text = text_from(t, from);
    p->least = 0;
    if (!look.negated)
        p->needs = inner.needs;
    if (reader_peek(in) && strchr("?*+{", reader_peek(in)))
        return reader_error(in, in->at, "syntax", NULL,
                            "a lookaround cannot be repeated");
    return true;
}

static bool read_group(text_reader *t, part *p)
{
    int from = t->in.at++;
    if (t->depth == DEEPEST)
        return reader_error(&t->in, from, "limit", NULL, "nested deeper than %d",
                            DEEPEST);
    t->depth++;
    bool ok = reader_accept(&t->in, "?") ? read_look(t, p, from)
                                         : read_text(t, p) && expect_close(t, from);
    t->depth--;
    return ok;
}

static bool apply_quantifier(text_reader *t, part *p, uint32_t sure, uint32_t bound)
{
    reader *in = &t->in;
    int at = in->at;
    rg_step how = {.min = 1, .max = 1};
    if (!read_quantifier(in, &how))
        return false;
    if (in->at == at)
        return true;
    if (how.max == 0)
        return reader_error(in, at, "syntax", NULL, "a part that never stands there");
    if (how.max != 1 && t->bound != bound)
        return reader_error(in, at, "name",
                            "write <type+> for one and more, or name each by itself",
                            "a name cannot stand for what is repeated");
    if (how.max < 0 && p->least == 0)
        return reader_error(in, at, "empty-match", "take a '?' or '*' away",
                            "what is repeated may match nothing");
    if (how.min == 0) {
        p->needs = (needs){0};
        t->sure = sure;
    }
    p->least *= how.min;
    return repeat(t, p->from, how.min, how.max);
}

static bool read_element(text_reader *t, part *p)
{
    switch (reader_peek(&t->in)) {
    case '<': return read_slot(t, p);
    case '[': return read_test(t, p);
    case '/': return read_expression(t);
    case '\'': return read_quoted(t, p);
    case '(': return read_group(t, p);
    default: return is_list(t) ? read_list_item(t, p) : read_word(t, p);
    }
}

static bool read_item(text_reader *t, part *p)
{
    uint32_t sure = t->sure, bound = t->bound;
    *p = (part){.from = t->out->count, .least = 1};
    return read_element(t, p) && read_name_behind(t, p->from)
           && apply_quantifier(t, p, sure, bound);
}

static bool read_sequence(text_reader *t, part *p)
{
    *p = (part){.from = t->out->count};
    for (;;) {
        reader_skip_blanks(&t->in);
        char next = reader_peek(&t->in);
        if (t->in.at >= t->in.scalar.value.len || next == '|' || next == ')')
            return true;
        part item;
        if (!read_item(t, &item))
            return false;
        p->least += item.least; /* each takes a move at least: it cannot overflow */
        p->needs = rarer(p->needs, item.needs);
    }
}

/* Alternatives while they are read: what all of them have in common. */
typedef struct branches {
    int last_jump; /* index of the last alternative's jump; its `to` is the one before */
    int count, least;
    needs needs;
    uint32_t before_sure, before_bound, sure, bound;
} branches;

static branches begin_branches(const text_reader *t)
{
    return (branches){.last_jump = RG_NONE,
                      .before_sure = t->sure,
                      .before_bound = t->bound,
                      .sure = ~(uint32_t)0};
}

static void add_branch(branches *b, text_reader *t, const part *p)
{
    b->least = b->count == 0 || p->least < b->least ? p->least : b->least;
    b->needs = b->count == 0 ? p->needs : either(t->in.c->arena, b->needs, p->needs);
    b->sure &= t->sure;
    b->bound |= t->bound;
    b->count++;
    t->sure = b->before_sure;
    t->bound = b->before_bound;
}

/* Another alternative follows the one that begins at `from`. */
static bool split_branch(branches *b, text_reader *t, int from)
{
    if (!insert_split(t, from, t->out->count - from + 2)
        || !put_jump(t, RG_MOVE_JUMP, b->last_jump))
        return false;
    b->last_jump = t->out->count - 1;
    return true;
}

static void end_branches(const branches *b, text_reader *t, part *p)
{
    for (int at = b->last_jump; at != RG_NONE;) {
        int before = t->out->moves[at].to;
        t->out->moves[at].to = t->out->count - at;
        at = before;
    }
    t->sure = b->sure;
    t->bound = b->bound;
    p->least = b->least;
    p->needs = b->needs;
}

/* Sequences with "|" between them. */
static bool read_text(text_reader *t, part *p)
{
    branches b = begin_branches(t);
    p->from = t->out->count;
    for (;;) {
        part one;
        int from = t->in.at;
        if (!read_sequence(t, &one))
            return false;
        if (t->out->count == one.from)
            return reader_error(&t->in, from, "syntax", NULL,
                                "expected a word, slot, [constraint] or group");
        add_branch(&b, t, &one);
        if (!reader_accept(&t->in, "|"))
            break;
        if (!split_branch(&b, t, one.from))
            return false;
    }
    end_branches(&b, t, p);
    return true;
}

/* ---- Patterns ------------------------------------------------------------------------------- */

/* Names that are given somewhere are not given to slots without one. */
static uint32_t find_reserved(rg_str pattern)
{
    bool subject = rg_str_find(pattern, RG_STR("<subject:"), 0) >= 0;
    bool object = rg_str_find(pattern, RG_STR("<object:"), 0) >= 0;
    return (uint32_t)subject | (uint32_t)object << 1;
}

static bool check_pattern(text_reader *t, const part *p)
{
    if (p->least == 0)
        return reader_error(&t->in, 0, "empty-match", "take a '?' or '*' away",
                            "the pattern may match nothing");
    if (t->in.at < t->in.scalar.value.len)
        return reader_error(&t->in, t->in.at, "syntax", NULL, "')' without its '('");
    return true;
}

/* All patterns of a rule bind the same names. */
static bool check_same_names(text_reader *t, uint32_t wanted)
{
    for (int slot = 1; slot < t->slots->count; slot++)
        if ((wanted ^ t->bound) >> slot & 1)
            return reader_error(&t->in, 0, "unknown-name",
                                "all patterns of a rule bind the same names",
                                "only some of the patterns bind the name '%.*s'",
                                RG_PRINT(t->slots->names[slot]));
    return true;
}

static bool read_pattern(text_reader *t, branches *b, rg_scalar scalar, part *p)
{
    t->in.scalar = scalar;
    t->in.at = 0;
    t->looks = t->depth = 0;
    t->reserved = find_reserved(scalar.value);
    if (!read_text(t, p) || !check_pattern(t, p)
        || (b->count > 0 && !check_same_names(t, b->bound)))
        return false;
    add_branch(b, t, p);
    return true;
}

bool surface_read(rg_surface *out, rg_compiler *c, const rg_scalar *patterns, int count,
                  rg_slots *slots)
{
    text_reader t = {.in = {.c = c}, .slots = slots, .out = out};
    branches b = begin_branches(&t);
    bool ok = true;
    part p = {0};
    rg_pattern_slot(slots, RG_STR(""), true);
    out->patterns = rg_new(c->arena, rg_str, count);
    for (int i = 0; i < count; i++)
        out->patterns[out->pattern_count++] = patterns[i].value;
    for (int i = 0; i < count && ok; i++)
        ok = read_pattern(&t, &b, patterns[i], &p)
             && (i + 1 == count || split_branch(&b, &t, p.from));
    if (!ok || !put_jump(&t, RG_MOVE_END, 0))
        return false;
    out->count--; /* the jumps lead to the end, not behind it */
    end_branches(&b, &t, &p);
    out->count++;
    slots->names[0] = RG_STR(ANCHOR);
    out->sure = t.sure;
    out->bound = t.bound;
    out->words = p.needs.words;
    out->word_count = p.needs.count;
    return true;
}
