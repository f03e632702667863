#include "rules/lock.h"

#include "base/buf.h"
#include "rules/yaml.h"

/* ---- Reading ----------------------------------------------------------------------------- */

typedef struct lock_reader {
    rg_compiler c;
    rg_lock *out;
} lock_reader;

static bool wrong(lock_reader *r, const rg_yaml *node)
{
    return rg_pattern_error(&r->c, node->scalar, 0, "lock",
                            "'relgraph rules lock' writes it anew",
                            "this is not what 'relgraph rules lock' writes");
}

static bool read_key(uint64_t *out, rg_str digits)
{
    *out = 0;
    for (int i = 0; i < digits.len; i++) {
        char d = digits.bytes[i];
        bool letter = d >= 'a' && d <= 'f';
        if (!letter && (d < '0' || d > '9'))
            return false;
        *out = *out << 4 | (uint64_t)(letter ? d - 'a' + 10 : d - '0');
    }
    return digits.len == 16;
}

static bool read_args(lock_reader *r, const rg_yaml *node, rg_locked_reading *out)
{
    if (!node || node->kind != RG_YAML_MAP)
        return false;
    out->names = rg_new(r->c.arena, rg_str, node->count + 1);
    out->paths = rg_new(r->c.arena, rg_str, node->count + 1);
    for (const rg_yaml *child = node->first; child; child = child->next) {
        if (child->kind != RG_YAML_SCALAR)
            return false;
        out->names[out->arg_count] = child->key->scalar.value;
        out->paths[out->arg_count++] = child->scalar.value;
    }
    return true;
}

static bool read_readings(lock_reader *r, const rg_yaml *node, rg_locked *out)
{
    if (!node || node->kind != RG_YAML_LIST)
        return false;
    out->readings = rg_new(r->c.arena, rg_locked_reading, node->count + 1);
    for (const rg_yaml *child = node->first; child; child = child->next) {
        rg_locked_reading *reading = &out->readings[out->reading_count++];
        const rg_yaml *anchor = rg_yaml_find(child, "anchor");
        if (!anchor || anchor->kind != RG_YAML_SCALAR
            || !read_args(r, rg_yaml_find(child, "args"), reading))
            return false;
        reading->anchor = anchor->scalar.value;
    }
    return true;
}

static bool read_locked(lock_reader *r, const rg_yaml *node)
{
    const rg_yaml *phrase = rg_yaml_find(node, "phrase"),
                  *key = rg_yaml_find(node, "key");
    rg_lock *out = r->out;
    out->items = rg_arena_grow(r->c.arena, out->items, out->count, &out->capacity,
                               sizeof *out->items);
    rg_locked *item = &out->items[out->count];
    *item = (rg_locked){{"", 0}, 0, NULL, 0};
    if (!phrase || !key || !read_key(&item->key, key->scalar.value)
        || !read_readings(r, rg_yaml_find(node, "readings"), item))
        return wrong(r, node);
    item->phrase = phrase->scalar.value;
    out->count++;
    return true;
}

static bool read_root(lock_reader *r, const rg_yaml *root)
{
    const rg_yaml *version = rg_yaml_find(root, "relgraph-lock");
    const rg_yaml *phrases = rg_yaml_find(root, "phrases");
    if (!version || !rg_str_is(version->scalar.value, "1") || !phrases
        || phrases->kind != RG_YAML_LIST)
        return wrong(r, root);
    bool ok = true;
    for (const rg_yaml *node = phrases->first; node; node = node->next)
        ok &= read_locked(r, node);
    return ok;
}

bool rg_lock_read(rg_lock *out, rg_arena *arena, rg_str path, rg_str text,
                  rg_reporter reporter, rg_error *err)
{
    rg_file file = {.path = path, .text = text};
    rg_rules rules = {.symbols = rg_map_new(arena), .files = &file, .file_count = 1};
    lock_reader r = {{.arena = arena, .rules = &rules, .reporter = reporter}, out};
    *out = (rg_lock){0};
    const rg_yaml *root = rg_yaml_read(&r.c, 0);
    if (root && root->kind == RG_YAML_MAP && read_root(&r, root))
        return true;
    rg_fail(err, RG_ERROR_RULE, rg_place_file(path), "is no lock of phrases");
    err->reported = r.c.errors > 0;
    return false;
}

const rg_locked *rg_lock_find(const rg_lock *lock, rg_str phrase)
{
    for (int i = 0; i < lock->count; i++)
        if (rg_str_equal(lock->items[i].phrase, phrase))
            return &lock->items[i];
    return NULL;
}

/* ---- Writing ------------------------------------------------------------------------------- */

static void put_reading(rg_buf *out, const rg_locked_reading *reading)
{
    rg_buf_text(out, "      - anchor: ");
    rg_buf_quoted(out, reading->anchor);
    rg_buf_text(out, "\n        args:\n");
    for (int i = 0; i < reading->arg_count; i++) {
        rg_buf_format(out, "          %.*s: ", RG_PRINT(reading->names[i]));
        rg_buf_quoted(out, reading->paths[i]);
        rg_buf_byte(out, '\n');
    }
}

rg_str rg_lock_write(rg_arena *arena, const rg_lock *lock)
{
    rg_buf out = rg_buf_in(arena);
    rg_buf_text(&out, "# How phrases are read; written by `relgraph rules lock`.\n"
                      "relgraph-lock: 1\nphrases:\n");
    for (int i = 0; i < lock->count; i++) {
        const rg_locked *item = &lock->items[i];
        rg_buf_text(&out, "  - phrase: ");
        rg_buf_quoted(&out, item->phrase);
        rg_buf_format(&out, "\n    key: \"%016llx\"\n    readings:\n",
                      (unsigned long long)item->key);
        for (int j = 0; j < item->reading_count; j++)
            put_reading(&out, &item->readings[j]);
    }
    return rg_buf_str(&out);
}

/* ---- Keys ------------------------------------------------------------------------------------ */

static void mix(uint64_t *key, rg_str text)
{
    *key = (*key ^ rg_str_hash(text)) * 0x9e3779b97f4a7c15u;
    *key ^= *key >> 29;
}

static void mix_paths(uint64_t *key, const rg_paths *paths)
{
    for (int i = 0; i < paths->count; i++)
        mix(key, paths->items[i].text);
}

static void mix_number(uint64_t *key, int number)
{
    mix(key, (rg_str){(const char *)&number, sizeof number});
}

/* To be raised when phrases are read in another way: old entries are void then. */
enum { READING_VERSION = 5, LARGEST_HASHED_LIST = 20000 };

static void mix_lists(uint64_t *key, const rg_rules *rules)
{
    for (int i = 0; i < rules->list_count; i++) {
        const rg_list *list = &rules->lists[i];
        mix(key, list->name);
        mix_number(key, list->item_count);
        for (int j = 0; list->item_count < LARGEST_HASHED_LIST && j < list->item_count;
             j++)
            mix(key, list->items[j].value);
    }
}

static void mix_repairs(uint64_t *key, const rg_rules *rules)
{
    for (int i = 0; i < rules->repair_count; i++) {
        const rg_repair *repair = &rules->repairs[i];
        mix_paths(key, &repair->matches);
        for (int e = 0; e < repair->edit_count; e++) {
            const rg_edit *edit = &repair->edits[e];
            mix_number(key, (int)edit->kind * RG_MAX_SLOTS + edit->from);
            mix_number(key, edit->to);
            mix(key, edit->list == RG_NONE ? rg_map_key(rules->symbols, edit->label)
                                           : rules->lists[edit->list].name);
        }
    }
}

static void mix_derives(uint64_t *key, const rg_rules *rules)
{
    for (int i = 0; i < rules->derive_count; i++) {
        const rg_derive *line = &rules->derives[i];
        mix(key, rg_map_key(rules->symbols, line->name));
        mix(key, line->path.text);
        for (int j = 0; j < line->condition_count; j++)
            mix_paths(key, &line->conditions[j].paths);
    }
}

uint64_t rg_lock_layer(const rg_rules *rules)
{
    uint64_t key = READING_VERSION;
    mix_lists(&key, rules);
    mix_repairs(&key, rules);
    mix_derives(&key, rules);
    for (int i = 0; i < rules->type_count; i++) {
        mix(&key, rules->types[i].name);
        for (int j = 0; j < rules->types[i].like_count; j++)
            mix(&key, rules->types[i].likes[j]);
    }
    for (int i = 0; i < rules->phrase.scaffold_count; i++)
        mix(&key, rules->phrase.scaffolds[i]);
    for (int i = 0; i < rules->phrase.form_count; i++)
        mix(&key, rules->phrase.forms[i]);
    for (int i = 0; i < rules->phrase.edge_count; i++)
        mix(&key, rg_map_key(rules->symbols, rules->phrase.edges[i]));
    for (int i = 0; i < rules->phrase.also_count; i++) {
        mix(&key, rules->types[rules->phrase.also[i].type].name);
        mix(&key, rules->types[rules->phrase.also[i].other].name);
    }
    return key;
}

static void mix_examples(uint64_t *key, const rg_examples *examples)
{
    for (int i = 0; i < examples->count; i++) {
        const rg_example *example = &examples->items[i];
        mix(key, example->sentence);
        for (int j = 0; j < example->wanted_count; j++) {
            mix(key, example->wanted[j].subject);
            mix(key, example->wanted[j].relation);
            mix(key, example->wanted[j].object);
        }
    }
}

uint64_t rg_lock_key(uint64_t base, const rg_rule *rule, int phrase)
{
    uint64_t key = base;
    mix(&key, rule->says[phrase].text);
    for (int i = 0; i < rule->word_count; i++) {
        mix(&key, rule->words[i].word);
        for (int j = 0; j < rule->words[i].count; j++)
            mix(&key, rule->words[i].others[j]);
    }
    for (int i = 0; i < rule->slots.count; i++)
        mix(&key, rule->slots.names[i]);
    mix_examples(&key, &rule->examples);
    return key;
}
