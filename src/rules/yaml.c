#include "rules/yaml.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum {
    MAX_DEPTH = 32,
    MAX_NODES = 400 * 1000,
    MAX_SCALAR = 64 * 1024,
};

/* A list or map whose end has not come yet. */
typedef struct frame {
    rg_yaml *node;
    rg_yaml *last; /* its newest child */
    rg_yaml *key;  /* in a map: the key that waits for its value */
} frame;

typedef struct reader {
    rg_compiler *c;
    int file;
    rg_str text;
    frame stack[MAX_DEPTH];
    int depth, node_count;
    rg_yaml *root;
    bool has_document, done;
    /* libyaml counts in code points: code point `code_at` is byte `byte_at`. */
    int code_at, byte_at;
} reader;

static rg_scalar place_at(const reader *in, int offset)
{
    return (rg_scalar){.file = in->file, .offset = offset, .exact = true};
}

static bool fail_at(reader *in, int offset, const char *hint, const char *what)
{
    return rg_pattern_error(in->c, place_at(in, offset), 0, "yaml", hint, "%s", what);
}

static bool fail_limit(reader *in, int offset, const char *what, int limit)
{
    return rg_pattern_error(in->c, place_at(in, offset), 0, "limit", NULL, "%s (%d)",
                            what, limit);
}

/* Byte offset of libyaml's mark. Marks mostly move forward, so this is linear in all. */
static int offset_of(reader *in, yaml_mark_t mark)
{
    int wanted = (int)mark.index;
    if (wanted < in->code_at)
        in->code_at = in->byte_at = 0;
    while (in->code_at < wanted && in->byte_at < in->text.len) {
        in->byte_at += rg_utf8_next(in->text, in->byte_at).len;
        in->code_at++;
    }
    return in->byte_at;
}

/* ---- Before libyaml: the encoding, control characters, directives ------------------- */

static bool is_control(uint32_t code)
{
    enum { TAB = 0x09, NEXT_LINE = 0x85, BYTE_ORDER_MARK = 0xfeff };
    if (code < 0x20)
        return code != TAB && code != '\n' && code != '\r';
    return (code >= 0x7f && code < 0xa0 && code != NEXT_LINE)
           || code == BYTE_ORDER_MARK;
}

static bool is_utf16(rg_str text)
{
    return rg_str_starts(text, RG_STR("\xff\xfe"))
           || rg_str_starts(text, RG_STR("\xfe\xff"))
           || (text.len > 1 && (text.bytes[0] == '\0' || text.bytes[1] == '\0'));
}

/* Characters that show text in another order than it is read (CVE-2021-42574). */
static bool is_bidi_control(uint32_t code)
{
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static void warn_bidi(reader *in, int offset)
{
    const rg_file *file = &in->c->rules->files[in->file];
    rg_report(
        in->c->reporter,
        (rg_finding){.severity = RG_WARNING,
                     .id = "bidi",
                     .at = {file->path, file->text, offset},
                     .hint = "text may be shown in another order than it is read"},
        "the file contains direction-changing characters");
}

static bool check_characters(reader *in)
{
    bool warned = false;
    if (is_utf16(in->text))
        return fail_at(in, 0, "save the file as UTF-8", "the file is not UTF-8");
    for (int i = 0; i < in->text.len;) {
        rg_utf8_step step = rg_utf8_next(in->text, i);
        if (!step.ok)
            return rg_pattern_error(
                in->c, place_at(in, i), 0, "yaml", "save the file as UTF-8",
                "byte 0x%02x is not UTF-8", (unsigned)(unsigned char)in->text.bytes[i]);
        if (is_control(step.code))
            return rg_pattern_error(in->c, place_at(in, i), 0, "yaml", NULL,
                                    "control character U+%04X", (unsigned)step.code);
        if (!warned && is_bidi_control(step.code)) {
            warn_bidi(in, i);
            warned = true;
        }
        i += step.len;
    }
    return true;
}

/* %YAML and %TAG lines; libyaml is quadratic in their number. */
static bool check_directives(reader *in)
{
    for (int i = 0; i < in->text.len;) {
        if (in->text.bytes[i] == '%')
            return fail_at(in, i, NULL, "directives ('%...') are not allowed");
        int end = rg_str_find_byte(in->text, '\n', i);
        i = end < 0 ? in->text.len : end + 1;
    }
    return true;
}

/* ---- Events -> nodes ----------------------------------------------------------------- */

static rg_yaml *add_node(reader *in, rg_yaml_kind kind, int offset)
{
    if (++in->node_count > MAX_NODES) {
        fail_limit(in, offset, "more values than the limit", MAX_NODES);
        return NULL;
    }
    rg_yaml *node = rg_new(in->c->arena, rg_yaml, 1);
    *node = (rg_yaml){.kind = kind, .scalar = place_at(in, offset)};
    if (in->depth == 0) {
        in->root = node;
        return node;
    }

    frame *top = &in->stack[in->depth - 1];
    if (top->node->kind == RG_YAML_MAP && !top->key) {
        if (kind != RG_YAML_SCALAR) {
            fail_at(in, offset, NULL, "a key must be a plain word");
            return NULL;
        }
        top->key = node;
        return node;
    }
    node->key = top->key;
    top->key = NULL;
    if (top->last)
        top->last->next = node;
    else
        top->node->first = node;
    top->last = node;
    top->node->count++;
    return node;
}

static bool open_node(reader *in, rg_yaml_kind kind, int offset)
{
    if (in->depth == MAX_DEPTH)
        return fail_limit(in, offset, "nested deeper than the limit", MAX_DEPTH);
    rg_yaml *node = add_node(in, kind, offset);
    if (!node)
        return false;
    in->stack[in->depth++] = (frame){.node = node};
    return true;
}

static int compare_keys(const void *a, const void *b)
{
    const rg_yaml *one = *(const rg_yaml *const *)a,
                  *other = *(const rg_yaml *const *)b;
    int order = rg_str_compare(one->key->scalar.value, other->key->scalar.value);
    return order ? order : one->key->scalar.offset - other->key->scalar.offset;
}

/* By sorting, not by hashing: no choice of keys makes it slow. */
static void check_duplicates(reader *in, const rg_yaml *map)
{
    if (map->count < 2)
        return;
    const rg_yaml **sorted = rg_new(in->c->arena, const rg_yaml *, map->count);
    int count = 0;
    for (const rg_yaml *child = map->first; child; child = child->next)
        sorted[count++] = child;
    qsort(sorted, (size_t)count, sizeof sorted[0], compare_keys);
    for (int i = 1; i < count; i++) {
        rg_scalar key = sorted[i]->key->scalar, before = sorted[i - 1]->key->scalar;
        if (!rg_str_equal(key.value, before.value))
            continue;
        int line = 0, column;
        if (!rg_pattern_is_full(in->c, in->file))
            rg_place_line(in->text, before.offset, &line, &column);
        rg_pattern_error(in->c, key, 0, "duplicate-key", NULL,
                         "the key '%.*s' stands here twice, first in line %d",
                         RG_PRINT(key.value), line);
    }
}

static bool close_node(reader *in)
{
    const rg_yaml *node = in->stack[--in->depth].node;
    if (node->kind == RG_YAML_MAP)
        check_duplicates(in, node);
    return true;
}

/* The scalar's value as a slice of the file where it stands there byte by byte. */
static void place_value(reader *in, rg_yaml *node, const yaml_event_t *event)
{
    rg_str value = {(const char *)event->data.scalar.value,
                    (int)event->data.scalar.length};
    bool quoted = event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE
                  || event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    int from = node->scalar.offset + quoted;
    rg_str there = rg_str_cut(in->text, from, from + value.len);
    node->scalar.exact = rg_str_equal(there, value);
    if (node->scalar.exact)
        node->scalar.offset = from;
    node->scalar.value = node->scalar.exact ? there : rg_arena_str(in->c->arena, value);
}

/* "ranked #1 by Forbes" ends at "ranked": a comment begins there. Where none can be meant,
 * since no blank stands behind the sign, that is told. */
static void warn_cut(reader *in, rg_str value, int end)
{
    int at = end;
    while (at < in->text.len && in->text.bytes[at] == ' ')
        at++;
    bool comment = at > end && at < in->text.len && in->text.bytes[at] == '#';
    char next = at + 1 < in->text.len ? in->text.bytes[at + 1] : '\n';
    if (!comment || strchr(" \t\r\n#-=!", next) || rg_str_find_byte(value, ' ', 0) < 0)
        return;
    const rg_file *file = &in->c->rules->files[in->file];
    rg_report(in->c->reporter,
              (rg_finding){.severity = RG_WARNING,
                           .id = "cut-by-comment",
                           .at = {file->path, file->text, at},
                           .hint = "put the text in quotes, or a blank behind '#'"},
              "the text ends before this '#', which begins a comment");
}

/* What an escape such as "\0" or "\e" may have brought in. */
static bool has_control(rg_str value)
{
    for (int i = 0; i < value.len;) {
        rg_utf8_step step = rg_utf8_next(value, i);
        if (is_control(step.code))
            return true;
        i += step.len;
    }
    return false;
}

static bool take_scalar(reader *in, const yaml_event_t *event, int offset)
{
    if (event->data.scalar.length > MAX_SCALAR)
        return fail_limit(in, offset, "text longer than the limit", MAX_SCALAR);
    rg_yaml *node = add_node(in, RG_YAML_SCALAR, offset);
    if (!node)
        return false;
    place_value(in, node, event);
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && node->scalar.exact)
        warn_cut(in, node->scalar.value, offset + node->scalar.value.len);
    if (has_control(node->scalar.value))
        fail_at(in, offset, NULL, "the text contains an escaped control character");
    return true;
}

static void check_properties(reader *in, const void *anchor, const void *tag,
                             int offset)
{
    if (anchor)
        fail_at(in, offset, "put text that starts with '&' between quotes",
                "anchors and aliases are not allowed");
    if (tag)
        fail_at(in, offset, "put text that starts with '!' between quotes",
                "tags ('!...') are not allowed");
}

static bool take_document(reader *in, int offset)
{
    if (in->has_document)
        return fail_at(in, offset, NULL, "a second document in the file");
    in->has_document = true;
    return true;
}

static bool take_event(reader *in, const yaml_event_t *event)
{
    int offset = offset_of(in, event->start_mark);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: return take_document(in, offset);
    case YAML_ALIAS_EVENT:
        return fail_at(in, offset, "put text that starts with '*' between quotes",
                       "anchors and aliases are not allowed");
    case YAML_SCALAR_EVENT:
        check_properties(in, event->data.scalar.anchor, event->data.scalar.tag, offset);
        return take_scalar(in, event, offset);
    case YAML_SEQUENCE_START_EVENT:
        check_properties(in, event->data.sequence_start.anchor,
                         event->data.sequence_start.tag, offset);
        return open_node(in, RG_YAML_LIST, offset);
    case YAML_MAPPING_START_EVENT:
        check_properties(in, event->data.mapping_start.anchor,
                         event->data.mapping_start.tag, offset);
        return open_node(in, RG_YAML_MAP, offset);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return close_node(in);
    case YAML_STREAM_END_EVENT: in->done = true; return true;
    default: return true;
    }
}

/* ---- What libyaml finds wrong -------------------------------------------------------- */

typedef struct problem {
    const char *theirs, *ours, *hint;
    bool at_context; /* the start of the construct shows it better than its end */
} problem;

#define PROBLEM(theirs, ours, hint, at_context) {theirs, ours, hint, at_context},
static const problem problems[] = {
#include "rules/yaml_errors.def"
};
#undef PROBLEM

static bool report_character(reader *in, int offset)
{
    /* libyaml says where; it is not trusted to stay within the text */
    if (offset < in->text.len && in->text.bytes[offset] == '\t')
        return fail_at(in, offset, "use blanks", "a tab cannot indent");
    int len = offset < in->text.len ? rg_utf8_next(in->text, offset).len : 0;
    rg_str character = rg_str_cut(in->text, offset, offset + len);
    return rg_pattern_error(in->c, place_at(in, offset), 0, "yaml",
                            "put the text between quotes",
                            "text cannot start with '%.*s'", RG_PRINT(character));
}

static bool report_problem(reader *in, const yaml_parser_t *parser)
{
    const char *theirs = parser->problem ? parser->problem : "unreadable";
    int offset = offset_of(in, parser->problem_mark);
    if (strcmp(theirs, "found character that cannot start any token") == 0)
        return report_character(in, offset);
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        if (strcmp(problems[i].theirs, theirs) != 0)
            continue;
        if (problems[i].at_context && parser->context)
            offset = offset_of(in, parser->context_mark);
        return fail_at(in, offset, problems[i].hint, problems[i].ours);
    }
    return fail_at(in, offset, NULL, theirs);
}

static void read_events(reader *in, yaml_parser_t *parser)
{
    bool ok = true;
    while (ok && !in->done) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            if (parser->error != YAML_MEMORY_ERROR)
                report_problem(in, parser);
            return;
        }
        ok = take_event(in, &event);
        yaml_event_delete(&event);
    }
}

rg_yaml *rg_yaml_read(rg_compiler *c, int file)
{
    reader in = {.c = c, .file = file, .text = c->rules->files[file].text};
    if (!check_characters(&in) || !check_directives(&in))
        return NULL;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        rg_arena_give_up(c->arena);
    yaml_parser_set_input_string(&parser, (const unsigned char *)in.text.bytes,
                                 (size_t)in.text.len);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    read_events(&in, &parser);
    bool no_memory = parser.error == YAML_MEMORY_ERROR;
    yaml_parser_delete(&parser);
    if (no_memory)
        rg_arena_give_up(c->arena);

    if (in.done && !in.root)
        fail_at(&in, 0, "a rule file starts with 'relgraph: 1'", "the file is empty");
    return in.done ? in.root : NULL;
}

const rg_yaml *rg_yaml_find(const rg_yaml *map, const char *key)
{
    for (const rg_yaml *child = map->first; child; child = child->next)
        if (child->key && rg_str_is(child->key->scalar.value, key))
            return child;
    return NULL;
}
