/* phrase.c - "<buyer:org> (agrees to)? acquire <target:org>": reads phrases into parts. */
#include "rules/reader.h"

#include <ctype.h>
#include <string.h>

enum { DEEPEST_GROUP = 4 };

static bool read_phrase(reader *in, rg_phrase *out, int depth);

static bool ends_word(char byte)
{
    return byte == '\0' || isspace((unsigned char)byte) || byte == '<' || byte == '('
           || byte == ')' || byte == '|' || byte == '"' || byte == '$';
}

static bool unknown_type(reader *in, int at, rg_str name)
{
    const char *near = rg_pattern_suggest(in->c, in->c->types, name);
    return reader_error(in, at, "unknown-type",
                        near
                            ? near
                            : "types are declared under 'types:' (the built-in ones in "
                              "core: 'include: [core]')",
                        "unknown type '<%.*s>'", RG_PRINT(name));
}

static bool read_slot_type(reader *in, rg_phrase_part *part, rg_str name, int at)
{
    int type = rg_map_find(in->c->types, name);
    if (type == RG_NONE)
        return unknown_type(in, at, name);
    if (part->type_count == RG_MAX_SLOT_TYPES)
        return reader_error(in, at, "limit", NULL, "more than %d types in a slot",
                            RG_MAX_SLOT_TYPES);
    part->types[part->type_count++] = type;
    return true;
}

/* A second <org> is called org2, a third org3. */
static rg_str free_name(reader *in, rg_str name)
{
    rg_str free = name;
    for (int i = 2; rg_pattern_slot(in->slots, free, false) != RG_NONE; i++)
        free = rg_arena_format(in->c->arena, "%.*s%d", RG_PRINT(name), i);
    return free;
}

static void read_slot_marks(reader *in, rg_phrase_part *part)
{
    part->loose = reader_accept(in, "~");
    part->optional = reader_accept(in, "?");
    part->many = reader_accept(in, "+");
}

/* "name:type|type~?>" behind the "<". */
static bool read_slot(reader *in, rg_phrase_part *part)
{
    int from = in->at++;
    rg_str name = reader_ident(in);
    bool named = reader_accept(in, ":");
    int at = in->at;
    rg_str type = named ? reader_ident(in) : name;
    part->kind = RG_PHRASE_SLOT;
    if (name.len == 0 || type.len == 0)
        return reader_error(in, from, "syntax", "write <type> or <name:type>",
                            "expected a type in the slot");
    if (!read_slot_type(in, part, type, named ? at : from + 1))
        return false;
    while (reader_accept(in, "|")) {
        at = in->at;
        if (!read_slot_type(in, part, reader_ident(in), at))
            return false;
    }
    read_slot_marks(in, part);
    if (!reader_accept(in, ">"))
        return reader_error(in, in->at, "syntax",
                            reader_peek(in) == '|'
                                ? "'~' stands behind all types: <org|person~>"
                                : NULL,
                            "expected '>' at the slot's end");
    if (strchr("~?+*", reader_peek(in)) && reader_peek(in) != '\0')
        return reader_error(in, in->at, "syntax", "write <type?>, <type+> or <type~>",
                            "'%c' stands inside the slot", reader_peek(in));
    if (named && rg_pattern_slot(in->slots, name, false) != RG_NONE)
        return reader_error(in, from, "duplicate-name", NULL,
                            "the phrase has the name '%.*s' twice", RG_PRINT(name));
    part->slot = rg_pattern_slot(in->slots, named ? name : free_name(in, name), true);
    if (part->slot == RG_NONE)
        return reader_error(in, from, "limit", NULL, "more than %d names",
                            RG_MAX_SLOTS);
    return true;
}

static bool read_list_part(reader *in, rg_phrase_part *part)
{
    int from = in->at++;
    rg_str name = reader_ident(in);
    part->kind = RG_PHRASE_LIST;
    part->list = rg_map_find(in->c->lists, name);
    if (part->list != RG_NONE) {
        in->c->rules->lists[part->list].used = true;
        return true;
    }
    return reader_error(in, from, "unknown-list",
                        rg_pattern_suggest(in->c, in->c->lists, name),
                        "unknown list '$%.*s'", RG_PRINT(name));
}

static bool read_quoted(reader *in, rg_phrase_part *part)
{
    int from = in->at++;
    int end = rg_str_find_byte(in->scalar.value, '"', in->at);
    if (end <= in->at)
        return reader_error(in, from, "syntax", NULL, "quoted word without its end");
    part->word = rg_str_cut(in->scalar.value, in->at, end);
    part->exact = true;
    in->at = end + 1;
    return true;
}

static bool read_choices(reader *in, rg_phrase_part *part, int depth)
{
    int from = in->at++, room = 0;
    part->kind = RG_PHRASE_GROUP;
    if (depth == DEEPEST_GROUP)
        return reader_error(in, from, "limit", NULL, "groups nest deeper than %d",
                            DEEPEST_GROUP);
    do {
        part->choices = rg_arena_grow(in->c->arena, part->choices, part->choice_count,
                                      &room, sizeof *part->choices);
        if (!read_phrase(in, &part->choices[part->choice_count++], depth + 1))
            return false;
    } while (reader_accept(in, "|"));
    if (!reader_accept(in, ")"))
        return reader_error(in, in->at, "syntax", NULL, "expected '|' or ')'");
    part->optional = reader_accept(in, "?");
    return true;
}

static bool read_word(reader *in, rg_phrase_part *part)
{
    int from = in->at;
    while (!ends_word(reader_peek(in)))
        in->at++;
    part->word = rg_str_cut(in->scalar.value, from, in->at);
    if (part->word.len == 0)
        return reader_error(in, from, "syntax", NULL, "cannot read '%c' here",
                            reader_peek(in));
    return true;
}

static bool read_part(reader *in, rg_phrase_part *part, int depth)
{
    switch (reader_peek(in)) {
    case '<': return read_slot(in, part);
    case '$': return read_list_part(in, part);
    case '"': return read_quoted(in, part);
    case '(': return read_choices(in, part, depth);
    default: return read_word(in, part);
    }
}

static bool read_phrase(reader *in, rg_phrase *out, int depth)
{
    int room = 0;
    *out = (rg_phrase){.offset = in->scalar.offset};
    for (;;) {
        int before = in->at;
        reader_skip_blanks(in);
        char next = reader_peek(in);
        if (in->at >= in->scalar.value.len
            || (depth > 0 && (next == '|' || next == ')')))
            return true;
        out->parts = rg_arena_grow(in->c->arena, out->parts, out->count, &room,
                                   sizeof *out->parts);
        rg_phrase_part *part = &out->parts[out->count++];
        *part = (rg_phrase_part){.glued = in->at == before && out->count > 1,
                                 .slot = RG_NONE,
                                 .list = RG_NONE};
        if (!read_part(in, part, depth))
            return false;
    }
}

/* In how many ways choices can be made from the groups; those of a level multiply. */
static int count_ways(const rg_phrase *phrase)
{
    int ways = 1;
    for (int i = 0; i < phrase->count && ways <= RG_MAX_PHRASE_WAYS; i++) {
        const rg_phrase_part *part = &phrase->parts[i];
        int of_part = part->optional || part->kind != RG_PHRASE_GROUP;
        for (int c = 0; c < part->choice_count; c++)
            of_part += count_ways(&part->choices[c]);
        ways *= of_part;
    }
    return ways > RG_MAX_PHRASE_WAYS ? RG_MAX_PHRASE_WAYS + 1 : ways;
}

/* Words, slots and lists, those of all groups too. */
static int count_parts(const rg_phrase *phrase)
{
    int count = 0;
    for (int i = 0; i < phrase->count; i++) {
        const rg_phrase_part *part = &phrase->parts[i];
        count += part->kind != RG_PHRASE_GROUP;
        for (int c = 0; c < part->choice_count; c++)
            count += count_parts(&part->choices[c]);
    }
    return count;
}

/* Slots outside of groups: those inside may stay unfilled. */
static int count_slots(const rg_phrase *phrase)
{
    int count = 0;
    for (int i = 0; i < phrase->count; i++)
        count += phrase->parts[i].kind == RG_PHRASE_SLOT;
    return count;
}

bool rg_pattern_phrase(rg_phrase *out, rg_compiler *c, rg_scalar scalar,
                       rg_slots *slots)
{
    reader in = {.c = c, .scalar = scalar, .slots = slots};
    if (!read_phrase(&in, out, 0)) /* all of it: nothing ends a phrase */
        return false;
    out->text = rg_str_trim(scalar.value);
    if (count_slots(out) < 2)
        return reader_error(&in, 0, "phrase", "write <person> was born in <place>",
                            "a phrase needs two slots");
    if (count_parts(out) > RG_MAX_PHRASE_PARTS)
        return reader_error(&in, 0, "limit", "write a shorter one",
                            "more than %d words and slots in a phrase",
                            RG_MAX_PHRASE_PARTS);
    if (count_ways(out) > RG_MAX_PHRASE_WAYS)
        return reader_error(&in, 0, "limit", "write several phrases",
                            "more than %d ways to choose from the phrase's groups",
                            RG_MAX_PHRASE_WAYS);
    for (int i = 0; i < out->count; i++)
        if (out->parts[i].kind != RG_PHRASE_SLOT)
            return true;
    return reader_error(&in, 0, "phrase", "write <org> acquires <org>",
                        "a phrase needs a word between its slots");
}
