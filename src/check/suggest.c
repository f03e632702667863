/* suggest.c - entities of several documents that are likely one thing, as a YAML patch.
 *
 * Nothing here merges anything: names that look alike may be two people. What looks alike
 * is found by keys that both names have: the letters alone, the initials, a surname, the
 * last words, the name without one of its letters. Linear in the number of names.
 */
#include "check/sentence_run.h"

#include "base/map.h"
#include "base/unicode.h"

#include <string.h>

enum { MOST_ALIKE = 8, LONGEST_WORDS = 12, LEAST_LETTERS = 7 };

typedef enum likeness {
    ALIKE_LETTERS,
    ALIKE_INITIALS,
    ALIKE_SURNAME,
    ALIKE_ENDING,
    ALIKE_SPELLING,
} likeness;

/* What one label stands for in all documents. */
typedef struct node {
    rg_str label;
    int type; /* or RG_NONE */
    bool declared;
    int mentions, documents;
    rg_str document; /* the first */
    int sentence;
    int into;          /* the node whose alias it is likely to be, or itself */
    likeness how;      /* why */
    int bearers;       /* full names that end with it, of a surname alone */
    int aliases, next; /* its aliases: the first of them, and the next of the same */
} node;

typedef struct pair {
    int one, other;
    likeness how;
} pair;

struct rg_suggesting {
    rg_arena *arena;
    const rg_checker *checker;
    rg_map *labels; /* -> nodes */
    node *nodes;
    int room;
    rg_map *keys;
    struct bucket {
        int nodes[MOST_ALIKE], count;
    } * buckets;
    int bucket_room;
    pair *pairs;
    int pair_count, pair_room;
};

rg_suggesting *rg_suggest_begin(rg_arena *arena, const rg_checker *checker)
{
    rg_suggesting *s = rg_new(arena, rg_suggesting, 1);
    s->arena = arena;
    s->checker = checker;
    s->labels = rg_map_new(arena);
    s->keys = rg_map_new(arena);
    return s;
}

/* ---- Entities of a document --------------------------------------------------------------- */

static void note_entity(rg_suggesting *s, const sentence_run *made, const rg_entity *e,
                        rg_map *here)
{
    const rg_coref *coref = made->found.coref;
    int known = rg_map_count(s->labels), id = rg_map_put(s->labels, e->label);
    if (id == known) {
        s->nodes = rg_arena_grow(s->arena, s->nodes, id, &s->room, sizeof *s->nodes);
        s->nodes[id] = (node){
            .label = rg_map_key(s->labels, id),
            .type = e->type,
            .declared = rg_map_find(s->checker->rules->labels, e->label) != RG_NONE,
            .document = rg_arena_str(s->arena, made->document.name),
            .sentence = coref->mentions[e->mentions[0]].sentence + 1,
            .into = id,
            .aliases = RG_NONE,
            .next = RG_NONE};
    }
    node *n = &s->nodes[id];
    int before = rg_map_count(here);
    n->documents += rg_map_put(here, e->label) == before;
    n->mentions += e->mention_count;
    if (n->type == RG_NONE)
        n->type = e->type;
}

bool rg_suggest_add(rg_suggesting *s, const rg_document *document, rg_error *err)
{
    rg_arena *arena = rg_arena_child(s->arena);
    sentence_run made = {0};
    bool ok = check_run_document(&made, arena, s->checker, document, err);
    rg_map *here = rg_map_new(arena);
    for (int i = 0; ok && i < made.found.coref->entity_count; i++)
        if (made.found.coref->entities[i].named)
            note_entity(s, &made, &made.found.coref->entities[i], here);
    rg_arena_free(arena);
    return ok;
}

/* ---- What looks alike ----------------------------------------------------------------------- */

static bool is_person(const rg_suggesting *s, const node *n)
{
    int person = s->checker->rules->coref.type_person;
    return n->type != RG_NONE && person != RG_NONE
           && rg_rules_is_kind(s->checker->rules, n->type, person);
}

/* Could one thing have both types? */
static bool types_fit(const rg_suggesting *s, const node *a, const node *b)
{
    const rg_rules *rules = s->checker->rules;
    return a->type == RG_NONE || b->type == RG_NONE
           || rg_rules_is_kind(rules, a->type, b->type)
           || rg_rules_is_kind(rules, b->type, a->type);
}

static bool has_name(const rg_name_set *set, rg_str name)
{
    for (int i = 0; i < set->count; i++)
        if (rg_str_equal(set->names[i], name))
            return true;
    return false;
}

/* Has somebody said that they are two? */
static bool are_parted(const rg_suggesting *s, const node *a, const node *b)
{
    const rg_coref_spec *spec = &s->checker->rules->coref;
    for (int i = 0; i < spec->different_count; i++)
        if (has_name(&spec->different[i], a->label)
            && has_name(&spec->different[i], b->label))
            return true;
    return false;
}

static bool has_first_name(rg_str label)
{
    return rg_str_find_byte(label, ' ', 0) > 0;
}

/* Do they differ by one letter within a word? Not "Easton" and "Weston", "Dane" and
 * "Danes". */
static bool are_misspelt(rg_str a, rg_str b)
{
    int same = 0, longer = a.len > b.len ? a.len : b.len;
    while (same < a.len && same < b.len && a.bytes[same] == b.bytes[same])
        same++;
    bool plural = same + 1 == longer && a.len != b.len;
    return same > 0 && a.bytes[same - 1] != ' ' && !plural
           && rg_str_distance(a, b, 1) <= 1;
}

static bool is_told(const rg_suggesting *s, int one, int other)
{
    for (int i = s->pair_count - 1; i >= 0 && s->pairs[i].other == other; i--)
        if (s->pairs[i].one == one)
            return true;
    return false;
}

static void put_pair(rg_suggesting *s, int one, int other, likeness how)
{
    const node *a = &s->nodes[one], *b = &s->nodes[other];
    bool fits = one != other && !(a->declared && b->declared) && types_fit(s, a, b)
                && !are_parted(s, a, b) && !is_told(s, one, other)
                && (how != ALIKE_SURNAME || (is_person(s, a) && is_person(s, b)))
                && (how != ALIKE_SPELLING || are_misspelt(a->label, b->label))
                && (how != ALIKE_ENDING || !(is_person(s, a) || is_person(s, b)));
    if (!fits)
        return;
    s->pairs = rg_arena_grow(s->arena, s->pairs, s->pair_count, &s->pair_room,
                             sizeof *s->pairs);
    s->pairs[s->pair_count++] = (pair){one, other, how};
    bool counts = how == ALIKE_SURNAME || how == ALIKE_INITIALS;
    s->nodes[one].bearers += counts && !has_first_name(a->label);
    s->nodes[other].bearers += counts && !has_first_name(b->label);
}

static struct bucket *find_bucket(rg_suggesting *s, const char *kind, rg_str text)
{
    rg_str key = rg_arena_format(s->arena, "%s %.*s", kind, RG_PRINT(text));
    int known = rg_map_count(s->keys), at = rg_map_put(s->keys, key);
    if (at == known) {
        s->buckets = rg_arena_grow(s->arena, s->buckets, at, &s->bucket_room,
                                   sizeof *s->buckets);
        s->buckets[at].count = 0;
    }
    return &s->buckets[at];
}

/* Keeps the node under a key; what very many share says little of each. */
static void keep(rg_suggesting *s, int id, const char *kind, rg_str text)
{
    struct bucket *bucket = find_bucket(s, kind, text);
    if (bucket->count < MOST_ALIKE)
        bucket->nodes[bucket->count++] = id;
}

/* Pairs it with those that are kept under the key. */
static void ask(rg_suggesting *s, int id, const char *kind, rg_str text, likeness how)
{
    const struct bucket *bucket = find_bucket(s, kind, text);
    for (int i = 0; i < bucket->count; i++)
        put_pair(s, bucket->nodes[i], id, how);
}

static void ask_and_keep(rg_suggesting *s, int id, const char *asked, const char *kept,
                         rg_str text, likeness how)
{
    ask(s, id, asked, text, how);
    keep(s, id, kept, text);
}

static int split(rg_str name, rg_str *words)
{
    int count = 0;
    for (int at = 0; at < name.len && count < LONGEST_WORDS;) {
        int blank = rg_str_find_byte(name, ' ', at);
        int end = blank < 0 ? name.len : blank;
        if (end > at)
            words[count++] = rg_str_cut(name, at, end);
        at = end + 1;
    }
    return count;
}

/* Letters and figures alone, in lower case, without a legal form at the end. */
static rg_str letters_of(const rg_suggesting *s, rg_str name)
{
    rg_str words[LONGEST_WORDS];
    int count = split(name, words),
        list = s->checker->rules->coref.words[RG_WORDS_SUFFIX];
    rg_buf out = rg_buf_in(s->arena);
    while (count > 1 && list != RG_NONE
           && rg_rules_find_item(s->checker->rules, list,
                                 rg_unicode_lower(s->arena, words[count - 1]))
                  != RG_NONE)
        count--;
    for (int i = 0; i < count; i++) {
        rg_str lower = rg_unicode_lower(s->arena, words[i]);
        for (int j = 0; j < lower.len; j++)
            if (!strchr(".,-'&/()", lower.bytes[j]))
                rg_buf_byte(&out, lower.bytes[j]);
    }
    return rg_buf_str(&out);
}

static bool is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static void use_initials(rg_suggesting *s, int id, const rg_str *words, int count)
{
    rg_buf out = rg_buf_in(s->arena);
    for (int i = 0; i < count && count > 1; i++)
        if (is_capital(words[i].bytes[0]))
            rg_buf_byte(&out, words[i].bytes[0]);
    for (int i = 0; i < words[0].len && count == 1; i++)
        if (is_capital(words[0].bytes[i]))
            rg_buf_byte(&out, words[0].bytes[i]);
        else if (words[0].bytes[i] != '.')
            return;
    if (out.len > 1)
        ask_and_keep(s, id, count > 1 ? "acronym" : "initials of",
                     count > 1 ? "initials of" : "acronym", rg_buf_str(&out),
                     ALIKE_INITIALS);
}

/* "J. Keller" or "Keller", and "Jane Keller"; not two first names. */
static void use_surname(rg_suggesting *s, int id, const rg_str *words, int count)
{
    rg_str last = words[count - 1], first = words[0];
    bool initial = first.len == 1 || (first.len == 2 && first.bytes[1] == '.');
    rg_str with = rg_arena_format(s->arena, "%.*s %.*s",
                                  RG_PRINT(rg_str_cut(first, 0, 1)), RG_PRINT(last));
    ask_and_keep(s, id, count > 1 ? "alone" : "surname",
                 count > 1 ? "surname" : "alone", last, ALIKE_SURNAME);
    if (count > 1)
        ask_and_keep(s, id, initial ? "full" : "initial", initial ? "initial" : "full",
                     with, ALIKE_SURNAME);
}

/* "Home Office" and "UK Home Office": two words and more. */
static void use_endings(rg_suggesting *s, int id, const rg_str *words, int count)
{
    rg_str label = s->nodes[id].label;
    for (int i = 0; i + 1 < count; i++) {
        int from = (int)(words[i].bytes - label.bytes);
        rg_str end = rg_str_cut(label, from, label.len);
        if (i == 0)
            ask_and_keep(s, id, "ending", "whole", end, ALIKE_ENDING);
        else
            ask_and_keep(s, id, "whole", "ending", end, ALIKE_ENDING);
    }
}

/* Names that differ by one letter have a name without one letter in common. */
static void use_spelling(rg_suggesting *s, int id, rg_str letters)
{
    if (letters.len < LEAST_LETTERS)
        return;
    ask_and_keep(s, id, "spelling", "spelling", letters, ALIKE_SPELLING);
    for (int i = 0; i < letters.len; i++) {
        if ((letters.bytes[i] & 0xc0) == 0x80)
            continue;
        int end = i + 1;
        while (end < letters.len && (letters.bytes[end] & 0xc0) == 0x80)
            end++;
        rg_str without = rg_arena_format(s->arena, "%.*s%.*s", i, letters.bytes,
                                         letters.len - end, letters.bytes + end);
        ask_and_keep(s, id, "spelling", "spelling", without, ALIKE_SPELLING);
    }
}

static void compare(rg_suggesting *s, int id)
{
    rg_str words[LONGEST_WORDS], letters = letters_of(s, s->nodes[id].label);
    int count = split(s->nodes[id].label, words);
    if (count == 0 || letters.len == 0)
        return;
    ask_and_keep(s, id, "letters", "letters", letters, ALIKE_LETTERS);
    use_initials(s, id, words, count);
    use_surname(s, id, words, count);
    use_endings(s, id, words, count);
    use_spelling(s, id, letters);
}

/* ---- The patch --------------------------------------------------------------------------------- */

/* Which of the two names the other: the declared one, that of more words, the longer, the
 * earlier. */
static bool is_better_label(const node *a, const node *b)
{
    rg_str words[LONGEST_WORDS];
    int in_a = split(a->label, words), in_b = split(b->label, words);
    if (a->declared != b->declared)
        return a->declared;
    if (in_a != in_b)
        return in_a > in_b;
    return a->label.len != b->label.len ? a->label.len > b->label.len : a < b;
}

static node *find_root(const rg_suggesting *s, node *n)
{
    while (n->into != (int)(n - s->nodes))
        n = &s->nodes[n->into];
    return n;
}

/* "J. Keller" */
static bool has_initial(rg_str label)
{
    return label.len > 2 && (label.bytes[1] == '.' || label.bytes[1] == ' ');
}

/* Not two declared ones, nor two full names by way of one surname or acronym. */
static bool may_join(const rg_suggesting *s, const pair *p, const node *a,
                     const node *b)
{
    bool full = has_first_name(a->label) && has_first_name(b->label);
    bool unclear = s->nodes[p->one].bearers > 1 || s->nodes[p->other].bearers > 1;
    bool is_part = p->how == ALIKE_SURNAME || p->how == ALIKE_INITIALS;
    return a != b && !(a->declared && b->declared) && types_fit(s, a, b)
           && !are_parted(s, a, b) && !(is_part && unclear)
           && !(is_part && full && !has_initial(a->label) && !has_initial(b->label));
}

static void put_seen(rg_buf *out, const node *n)
{
    rg_buf_format(out, "%d mention%s", n->mentions, n->mentions == 1 ? "" : "s");
    if (n->documents > 1)
        rg_buf_format(out, " in %d documents, first", n->documents);
    rg_buf_format(out, " in %.*s, sentence %d", RG_PRINT(n->document), n->sentence);
}

static void put_alias(rg_buf *out, const node *root, const node *n)
{
    static const char *const reasons[] = {
        [ALIKE_LETTERS] = "the same letters",    [ALIKE_INITIALS] = "the same initials",
        [ALIKE_SURNAME] = "the same surname",    [ALIKE_ENDING] = "the same last words",
        [ALIKE_SPELLING] = "one letter differs",
    };
    rg_buf_format(out, "    # %s: ", reasons[n->how]);
    put_seen(out, n);
    rg_buf_text(out, "; the other: ");
    put_seen(out, root);
    rg_buf_text(out, "\n    - ");
    rg_buf_quoted(out, n->label);
    rg_buf_byte(out, '\n');
}

static bool join_pairs(rg_suggesting *s)
{
    bool joined = false;
    for (int i = 0; i < s->pair_count; i++) {
        const pair *p = &s->pairs[i];
        node *a = find_root(s, &s->nodes[p->one]),
             *b = find_root(s, &s->nodes[p->other]);
        if (!may_join(s, p, a, b))
            continue;
        node *root = is_better_label(a, b) ? a : b, *gone = root == a ? b : a;
        gone->into = (int)(root - s->nodes);
        gone->how = p->how;
        joined = true;
    }
    return joined;
}

static void put_groups(rg_suggesting *s, rg_buf *out)
{
    int count = rg_map_count(s->labels);
    for (int i = count - 1; i >= 0; i--) {
        node *root = find_root(s, &s->nodes[i]);
        if (root == &s->nodes[i])
            continue;
        s->nodes[i].next = root->aliases;
        root->aliases = i;
    }
    for (int i = 0; i < count; i++) {
        const node *root = &s->nodes[i];
        if (root->aliases == RG_NONE)
            continue;
        rg_buf_text(out, "  ");
        rg_buf_quoted(out, root->label);
        rg_buf_text(out, ":\n");
        for (int at = root->aliases; at != RG_NONE; at = s->nodes[at].next)
            put_alias(out, root, &s->nodes[at]);
    }
}

rg_str rg_suggest_end(rg_suggesting *s)
{
    rg_buf out = rg_buf_in(s->arena);
    for (int i = 0; i < rg_map_count(s->labels); i++)
        compare(s, i);
    bool joined = join_pairs(s);
    rg_buf_text(&out, joined
                          ? "# Names that look alike. Take out what is not one thing, "
                            "and add the rest by --add-rules.\n"
                            "relgraph: 1\naliases:\n"
                          : "# No names look alike.\nrelgraph: 1\n");
    put_groups(s, &out);
    return rg_buf_str(&out);
}
