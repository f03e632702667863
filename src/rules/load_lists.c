/* load_lists.c - `lists:`, `types:` and the names of `derive:`. */
#include "rules/load.h"

#include "base/unicode.h"

/* ---- Lists ------------------------------------------------------------------------------ */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* The words of text as symbols; their number. */
static int split_words(loader *l, rg_str text, int **out)
{
    int count = 0, capacity = 0;
    for (int at = 0; at < text.len;) {
        if (is_blank(text.bytes[at])) {
            at++;
            continue;
        }
        int from = at;
        while (at < text.len && !is_blank(text.bytes[at]))
            at++;
        *out = rg_arena_grow(l->c.arena, *out, count, &capacity, sizeof **out);
        (*out)[count++] = rg_pattern_symbol(&l->c, rg_str_cut(text, from, at));
    }
    return count;
}

static rg_str join_words(loader *l, const rg_item *item)
{
    rg_buf joined = rg_buf_in(l->c.arena);
    for (int i = 0; i < item->word_count; i++) {
        if (i > 0)
            rg_buf_byte(&joined, ' ');
        rg_buf_put(&joined, rg_map_key(l->c.rules->symbols, item->words[i]));
    }
    return rg_buf_str(&joined);
}

/* What a list is filled with: its items so far have room for `room`. */
typedef struct filler {
    loader *l;
    rg_list *list;
    int room;
} filler;

/* Adds the item; `value` is empty unless the list is a map. An item that the list has
 * already is a warning: the first one counts. */
static void add_item(filler *to, rg_scalar at, rg_str words, rg_str value)
{
    loader *l = to->l;
    rg_item item = {0};
    item.word_count = split_words(l, rg_unicode_lower(l->c.arena, words), &item.words);
    if (item.word_count == 0) {
        load_error(l, at, "list", NULL, "an empty item in a list");
        return;
    }
    rg_str joined = join_words(l, &item);
    if (rg_map_find(to->list->words, joined) != RG_NONE) {
        load_warn(l, at, "duplicate-item", NULL,
                  "'%.*s' stands twice in the list '%.*s'",
                  RG_PRINT(load_excerpt(joined)), RG_PRINT(to->list->name));
        return;
    }
    rg_map_put(to->list->words, joined);
    item.value = value.len ? value : joined;
    load_grow(l, to->list->items, to->list->item_count, to->room);
    to->list->items[to->list->item_count++] = item;
}

static void add_line(filler *to, rg_scalar at, rg_str line)
{
    if (rg_str_trim(line).len == 0 || line.bytes[0] == '#')
        return;
    int tab = rg_str_find_byte(line, '\t', 0);
    rg_str words = rg_str_trim(tab < 0 ? line : rg_str_cut(line, 0, tab));
    rg_str value = tab < 0 ? RG_STR("") : rg_str_trim(rg_str_cut(line, tab, line.len));
    add_item(to, at, words, value);
}

enum { SMALL_LIST = 64 * 1024 }; /* bytes; a larger file becomes an index */

/* One item a line; behind a tab its value; lines that begin with # are comments. */
static void read_lines(filler *to, rg_scalar path)
{
    int file = load_included_file(to->l, path);
    if (file == RG_NONE)
        return;
    rg_str text = to->l->c.rules->files[file].text;
    for (int from = 0; from < text.len;) {
        int end = rg_str_find_byte(text, '\n', from);
        if (end < 0)
            end = text.len;
        rg_scalar at = {.file = file, .offset = from, .exact = true};
        add_line(to, at, rg_str_cut(text, from, end));
        from = end + 1;
    }
}

static void read_list_file(filler *to, rg_scalar path)
{
    rg_str text;
    rg_arena *scratch = rg_arena_child(to->l->c.arena);
    bool ok = load_names_text(to->l, path, scratch, &text);
    if (ok && text.len > SMALL_LIST)
        to->list->names = load_names(to->l, path, text, RG_NAMES_LOWER);
    bool small = ok && text.len <= SMALL_LIST;
    rg_arena_free(scratch);
    if (small)
        read_lines(to, path);
}

static void read_items(filler *to, const rg_yaml *items)
{
    const char *hint = "write [a, b] or {a: value, b: value}";
    if (items->kind == RG_YAML_SCALAR) {
        load_expect(to->l, items, RG_YAML_LIST, hint);
        return;
    }
    for (const rg_yaml *item = items->first; item; item = item->next) {
        if (!load_expect(to->l, item, RG_YAML_SCALAR, hint))
            continue;
        rg_str value = rg_str_trim(item->scalar.value);
        if (item->key)
            add_item(to, item->key->scalar, item->key->scalar.value, value);
        else
            add_item(to, item->scalar, value, RG_STR(""));
    }
}

/* Has the map keys of the long form, {file: ..} or {items: ..}, and none besides? */
static bool is_long_form(const rg_yaml *node)
{
    bool has_items = false;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        rg_str key = child->key ? child->key->scalar.value : RG_STR("");
        bool gives_items = rg_str_is(key, "file") || rg_str_is(key, "items");
        if (!gives_items && !rg_str_is(key, "override"))
            return false;
        has_items |= gives_items;
    }
    return has_items;
}

static bool overrides(loader *l, const rg_yaml *body)
{
    const rg_yaml *node = rg_yaml_find(body, "override");
    bool value = false;
    return node && load_bool(l, node, &value) && value;
}

/* Reports a name that another file has; within one, yaml.c has reported the key. */
static void report_again(loader *l, rg_scalar name, const char *what, rg_scalar before)
{
    if (name.file != before.file)
        load_error(l, name, "duplicate-name",
                   "the later one counts if it says 'override: true'",
                   "%s '%.*s' stands twice, first at %s", what,
                   RG_PRINT(load_excerpt(name.value)), load_place(l, before));
}

static rg_scalar scalar_at(int file, int offset)
{
    return (rg_scalar){.file = file, .offset = offset, .exact = true};
}

static void load_list(loader *l, const rg_yaml *node)
{
    rg_scalar name = node->key->scalar;
    rg_rules *rules = l->c.rules;
    bool is_long = is_long_form(node);
    if (!load_check_name(l, name, "a list"))
        return;
    int id = rg_map_put(l->c.lists, name.value);
    if (id < rules->list_count) {
        rg_list *before = &rules->lists[id];
        if (!is_long || !overrides(l, node)) {
            report_again(l, name, "list", scalar_at(before->file, before->offset));
            return;
        }
    } else {
        load_grow(l, rules->lists, rules->list_count, l->room.lists);
        rules->list_count++;
    }
    rules->lists[id] = (rg_list){.name = rg_map_key(l->c.lists, id),
                                 .words = rg_map_new(l->c.arena),
                                 .file = name.file,
                                 .offset = name.offset};
    filler to = {.l = l, .list = &rules->lists[id]};
    const rg_yaml *path = is_long ? rg_yaml_find(node, "file") : NULL;
    const rg_yaml *items = is_long ? rg_yaml_find(node, "items") : node;
    if (path && load_expect(l, path, RG_YAML_SCALAR, NULL))
        read_list_file(&to, path->scalar);
    if (items)
        read_items(&to, items);
}

void load_lists(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_MAP, "write NAME: [word, ...]"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next)
        load_list(l, child);
}

/* ---- Types ------------------------------------------------------------------------------ */

static const char *const type_keys[] = {"is",       "like",    "ent",  "pos",
                                        "list",     "first",   "text", "doc",
                                        "override", "untyped", NULL};

void load_type_names(loader *l, const rg_yaml *node)
{
    rg_rules *rules = l->c.rules;
    if (!load_expect(l, node, RG_YAML_MAP, "write NAME: {is: .., ent: [..]}"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        rg_scalar name = child->key->scalar;
        if (!load_check_name(l, name, "a type"))
            continue;
        if (rules->type_count == RG_MAX_TYPES
            && rg_map_find(l->c.types, name.value) == RG_NONE) {
            load_error(l, name, "limit", NULL, "more than %d types", RG_MAX_TYPES);
            return;
        }
        int id = rg_map_put(l->c.types, name.value);
        if (id < rules->type_count) {
            const rg_type *before = &rules->types[id];
            if (!overrides(l, child)) {
                report_again(l, name, "type", scalar_at(before->file, before->offset));
                continue;
            }
        } else {
            load_grow(l, rules->types, rules->type_count, l->room.types);
            rules->type_count++;
        }
        rules->types[id] = (rg_type){.name = rg_map_key(l->c.types, id),
                                     .file = name.file,
                                     .offset = name.offset};
    }
}

/* Symbols of the model's labels named by the scalars of a list; how many. */
static int read_labels(loader *l, const rg_yaml *node, rg_label_kind kind, int **out)
{
    const char *what = kind == RG_LABEL_NAME ? "kind of name" : "part of speech";
    const rg_scalar *words;
    int count = load_scalars(l, node, &words, "write [A, B]"), known = 0;
    *out = rg_new(l->c.arena, int, count);
    for (int i = 0; i < count; i++)
        if (load_label(l, words[i], kind, what))
            (*out)[known++] = rg_pattern_symbol(&l->c, words[i].value);
    return known;
}

static void read_parents(loader *l, const rg_yaml *node, rg_type *type)
{
    enum { MOST = sizeof type->is / sizeof type->is[0] };
    const rg_scalar *names;
    int count = load_scalars(l, node, &names, "write is: TYPE or is: [TYPE, ..]");
    for (int i = 0; i < count; i++) {
        int parent = load_type_reference(l, names[i]);
        if (parent == RG_NONE)
            continue;
        if (type->is_count == MOST) {
            load_error(l, names[i], "limit", NULL, "a type can be of %d others", MOST);
            return;
        }
        type->is[type->is_count++] = parent;
    }
}

/* The lists named; how many of them there are. */
static int read_type_lists(loader *l, const rg_yaml *node, int **out, const char *hint)
{
    const rg_scalar *names;
    int count = load_scalars(l, node, &names, hint), known = 0;
    *out = rg_new(l->c.arena, int, count);
    for (int i = 0; i < count; i++) {
        int list = load_list_reference(l, names[i]);
        if (list != RG_NONE)
            (*out)[known++] = list;
    }
    return known;
}

/* Examples of the type, which stand for its slots while a phrase is read. */
static void read_likes(loader *l, const rg_yaml *node, rg_type *type)
{
    const rg_scalar *texts;
    type->like_count = load_scalars(l, node, &texts, "write like: [Jane Smith, Bob]");
    type->likes = rg_new(l->c.arena, rg_str, type->like_count + 1);
    for (int i = 0; i < type->like_count; i++)
        type->likes[i] = texts[i].value;
}

/* "/.../" or "/.../i", else the text itself. */
static bool read_text(loader *l, rg_scalar scalar, rg_value *out)
{
    rg_str text = scalar.value;
    bool caseless = text.len > 2 && rg_str_ends(text, RG_STR("/i"));
    int end = text.len - 1 - caseless;
    if (!rg_str_starts(text, RG_STR("/"))) {
        *out = (rg_value){RG_VALUE_WORD, rg_pattern_symbol(&l->c, text)};
        return true;
    }
    if (end < 1 || text.bytes[end] != '/')
        return load_error(l, scalar, "regex", NULL,
                          "regular expression without its end");
    scalar.offset += scalar.exact;
    scalar.value = rg_str_cut(text, 1, end);
    *out =
        (rg_value){RG_VALUE_REGEX, rg_regex_add(&l->c, scalar, scalar.value, caseless)};
    return out->id != RG_NONE;
}

static void read_texts(loader *l, const rg_yaml *node, rg_type *type)
{
    const rg_scalar *texts;
    int count = load_scalars(l, node, &texts, "write text: /.../ or [word, /.../]");
    type->texts = rg_new(l->c.arena, rg_value, count);
    for (int i = 0; i < count; i++)
        type->text_count += read_text(l, texts[i], &type->texts[type->text_count]);
}

static void load_type(loader *l, const rg_yaml *node)
{
    rg_scalar name = node->key->scalar;
    int id = rg_map_find(l->c.types, name.value);
    bool is_empty = node->kind == RG_YAML_SCALAR && node->scalar.value.len == 0;
    if (id == RG_NONE || is_empty
        || !load_expect(l, node, RG_YAML_MAP, "write NAME: {is: .., ent: [..]}"))
        return;
    rg_type *type = &l->c.rules->types[id];
    if (type->file != name.file || type->offset != name.offset)
        return; /* a later file overrides this one */
    load_check_keys(l, node, "a type", type_keys);
    const rg_yaml *value;
    if ((value = rg_yaml_find(node, "is")))
        read_parents(l, value, type);
    if ((value = rg_yaml_find(node, "ent")))
        type->ent_count = read_labels(l, value, RG_LABEL_NAME, &type->ents);
    if ((value = rg_yaml_find(node, "untyped")))
        load_bool(l, value, &type->untyped);
    if ((value = rg_yaml_find(node, "pos")))
        type->part_count = read_labels(l, value, RG_LABEL_POS, &type->parts);
    if ((value = rg_yaml_find(node, "list")))
        type->list_count = read_type_lists(l, value, &type->lists, "write list: $NAME");
    if ((value = rg_yaml_find(node, "first")))
        type->first_count =
            read_type_lists(l, value, &type->firsts, "write first: $NAME");
    if ((value = rg_yaml_find(node, "text")))
        read_texts(l, value, type);
    if ((value = rg_yaml_find(node, "like")))
        read_likes(l, value, type);
}

void load_types(loader *l, const rg_yaml *node)
{
    if (node->kind != RG_YAML_MAP)
        return; /* reported by load_type_names */
    for (const rg_yaml *child = node->first; child; child = child->next)
        load_type(l, child);
}

enum { WORD_BITS = 64 };

static bool has_kind(const rg_type *type, int kind)
{
    return type->kinds[kind / WORD_BITS] >> (kind % WORD_BITS) & 1;
}

/* Adds the kinds of all direct parents; did that change anything? */
static bool add_kinds(rg_rules *rules, rg_type *type)
{
    bool changed = false;
    for (int i = 0; i < type->is_count; i++)
        for (int w = 0; w < RG_MAX_TYPES / WORD_BITS; w++) {
            uint64_t more = rules->types[type->is[i]].kinds[w] & ~type->kinds[w];
            type->kinds[w] |= more;
            changed |= more != 0;
        }
    return changed;
}

/* Is one of the type's parents a kind of the type itself? */
static bool is_circular(const rg_rules *rules, int id)
{
    const rg_type *type = &rules->types[id];
    for (int i = 0; i < type->is_count; i++)
        if (has_kind(&rules->types[type->is[i]], id))
            return true;
    return false;
}

/* Is the type of an earlier one's circle, which that one tells? */
static bool is_in_earlier_circle(const rg_rules *rules, int id)
{
    for (int i = 0; i < id; i++)
        if (has_kind(&rules->types[i], id) && has_kind(&rules->types[id], i))
            return true;
    return false;
}

void load_close_types(loader *l)
{
    rg_rules *rules = l->c.rules;
    for (int i = 0; i < rules->type_count; i++)
        rules->types[i].kinds[i / WORD_BITS] |= (uint64_t)1 << (i % WORD_BITS);
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < rules->type_count; i++)
            changed |= add_kinds(rules, &rules->types[i]);
    }
    for (int i = 0; i < rules->type_count; i++)
        if (is_circular(rules, i) && !is_in_earlier_circle(rules, i))
            load_error(l, scalar_at(rules->types[i].file, rules->types[i].offset),
                       "cycle", "a type cannot be a kind of itself",
                       "'is' of type '%.*s' leads back to it",
                       RG_PRINT(rules->types[i].name));
}

/* ---- Names of derived edges --------------------------------------------------------------- */

void load_derive_names(loader *l, const rg_yaml *node)
{
    if (!load_expect(l, node, RG_YAML_MAP, "write EDGE: [path, ...]"))
        return;
    for (const rg_yaml *child = node->first; child; child = child->next) {
        rg_str label = child->key->scalar.value;
        int colon = rg_str_find_byte(label, ':', 0);
        rg_str name = colon < 0 ? label : rg_str_cut(label, 0, colon);
        if (rg_map_count(l->c.derived) == RG_MAX_DERIVED
            && rg_map_find(l->c.derived, name) == RG_NONE) {
            load_error(l, child->key->scalar, "limit", NULL,
                       "more than %d names of derived edges", RG_MAX_DERIVED);
            return;
        }
        rg_map_put(l->c.derived, name);
        rg_map_put(colon < 0 ? l->bare_derived : l->sub_derived, name);
    }
}
