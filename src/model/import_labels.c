/* import_labels.c - the names of tags and moves, in the order of the classes. */
#include "model/import.h"
#include "model/layout.h"
#include "model/msgpack.h"

#include <jansson.h>
#include <string.h>

/* A list of labels as it is built: lines, and how many. */
typedef struct labels {
    rg_buf lines;
    int count;
} labels;

static bool put_label(labels *to, const char *label)
{
    if (!label || strchr(label, '\n'))
        return false;
    rg_buf_text(&to->lines, label);
    rg_buf_byte(&to->lines, '\n');
    to->count++;
    return true;
}

static bool refuse_labels(rg_str path, const char *what, rg_error *err)
{
    return rg_fail(err, RG_ERROR_MODEL, rg_place_file(path), "%s", what);
}

static bool put_tags(labels *to, const json_t *cfg)
{
    const json_t *list = json_object_get(cfg, "labels");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!put_label(to, json_string_value(json_array_get(list, i))))
            return false;
    return to->count == RG_TAGS;
}

static bool add_tags(rg_model_writer *writer, rg_arena *arena, const char *folder,
                     rg_error *err)
{
    rg_str bytes, path;
    if (!rg_import_read(&bytes, &path, arena, folder, "tagger/cfg", err))
        return false;
    json_error_t where;
    json_t *cfg = json_loadb(bytes.bytes, (size_t)bytes.len, 0, &where);
    if (!cfg)
        return rg_fail(err, RG_ERROR_MODEL, rg_place_file(path), "byte %d: %s",
                       where.position, where.text);
    labels tags = {rg_buf_in(arena), 0};
    bool ok = put_tags(&tags, cfg);
    json_decref(cfg);
    if (!ok)
        return refuse_labels(path, "50 labels are expected", err);
    rg_model_writer_add(writer, "tagger.labels", tags.lines.bytes,
                        (size_t)tags.lines.len);
    return true;
}

/* One label of an action with its frequency in training. */
typedef struct move {
    const char *label;
    json_int_t count;
} move;

/* spaCy's order of classes: by frequency, then by label, both falling. */
static bool comes_before(const move *a, const move *b)
{
    return a->count > b->count
           || (a->count == b->count && strcmp(a->label, b->label) > 0);
}

enum { MOST_MOVES = 64 };

/* Sorts the labels of one action into `moves`; -1 if something is odd. */
static int sort_moves(move moves[MOST_MOVES], json_t *action)
{
    int count = 0;
    const char *label;
    json_t *value;
    json_object_foreach(action, label, value)
    {
        if (count == MOST_MOVES || !json_is_integer(value))
            return -1;
        move next = {label, json_integer_value(value)};
        int at = count++;
        for (; at > 0 && comes_before(&next, &moves[at - 1]); at--)
            moves[at] = moves[at - 1];
        moves[at] = next;
    }
    return count;
}

static bool put_moves(labels *to, const json_t *all, int class_count)
{
    for (int action = 0; action <= 5; action++) {
        char key[2] = {(char)('0' + action), '\0'};
        move moves[MOST_MOVES];
        int count = sort_moves(moves, json_object_get(all, key));
        if (count < 0)
            return false;
        for (int i = 0; i < count; i++) {
            rg_buf_byte(&to->lines, key[0]);
            if (!put_label(to, moves[i].label))
                return false;
        }
    }
    return to->count == class_count;
}

/* {"moves": text that is JSON: {"0": {label: frequency, ...}, ...}, "cfg": ...} */
static bool read_moves(json_t **out, rg_str bytes, rg_str path, rg_error *err)
{
    rg_msgpack in = rg_msgpack_over(path, bytes, err);
    int pairs;
    rg_str key, text;
    if (!rg_msgpack_map(&in, &pairs) || !rg_msgpack_text(&in, &key)
        || !rg_msgpack_text(&in, &text))
        return false;
    if (pairs != 2 || !rg_str_is(key, "moves"))
        return rg_msgpack_fail(&in, 0, "keys moves and cfg are expected");
    if (!rg_msgpack_text(&in, &key) || !rg_msgpack_skip(&in) || !rg_msgpack_end(&in))
        return false;
    json_error_t where;
    *out = json_loadb(text.bytes, (size_t)text.len, 0, &where);
    return *out || rg_msgpack_fail(&in, 0, "%s", where.text);
}

static bool add_moves(rg_model_writer *writer, rg_arena *arena, const char *folder,
                      const char *network, rg_error *err)
{
    bool is_parser = strcmp(network, "parser") == 0;
    rg_str bytes, path;
    json_t *all = NULL;
    if (!rg_import_read(&bytes, &path, arena, folder,
                        is_parser ? "parser/moves" : "ner/moves", err)
        || !read_moves(&all, bytes, path, err))
        return false;
    labels moves = {rg_buf_in(arena), 0};
    bool ok = put_moves(&moves, all, is_parser ? RG_PARSER_CLASSES : RG_NAMES_CLASSES);
    json_decref(all);
    if (!ok)
        return refuse_labels(path, "the moves are those of another network", err);
    rg_model_writer_add(writer, is_parser ? "parser.moves" : "names.moves",
                        moves.lines.bytes, (size_t)moves.lines.len);
    return true;
}

bool rg_import_labels(rg_model_writer *writer, rg_arena *arena, const char *folder,
                      rg_error *err)
{
    return add_tags(writer, arena, folder, err)
           && add_moves(writer, arena, folder, "parser", err)
           && add_moves(writer, arena, folder, "names", err);
}
